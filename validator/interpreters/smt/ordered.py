"""Numbers and days as the solver sees them: a value where known, an interval where only bounded.

The counterpart of `interpreters/terms.py`, term by term.
"""

from __future__ import annotations

from typing import NamedTuple

from validator.interpreters.smt.formulas import (
    BIG,
    Bool,
    Number,
    Rails,
    any_of,
    at_most,
    both,
    choose,
    less,
    neg,
    same,
)
from validator.logic.values import Order


class Ordered(NamedTuple):
    """What a term with an order comes to.

    `low` and `high` are the ends of what it can be, equal where it is `known`; nothing follows from them unless
    `tight`. Where `never` holds it is known to be that word, and has no place in any order.
    """

    known: Bool
    never: Bool
    tight: Bool
    low: Number
    high: Number


def exactly(value: Number) -> Ordered:
    """A known value."""
    return Ordered(True, False, True, value, value)


NEVER_DAY = Ordered(True, True, False, 0, 0)
NOTHING = Ordered(False, False, False, -BIG, BIG)


def compare(left: Ordered, order: Order, right: Ordered) -> Rails:
    """The counterpart of `terms.compare_seen` for what has an order."""
    usable = both(left.tight, right.tight, neg(left.never), neg(right.never))
    true, false = compare_ends(left.low, left.high, order, right.low, right.high)
    if order is Order.IS:
        one_never = both(
            left.known, right.known, any_of(both(left.never, neg(right.never)), both(right.never, neg(left.never)))
        )
        return Rails(
            any_of(both(left.never, right.never), both(usable, true)), any_of(one_never, both(usable, false))
        )
    return Rails(both(usable, true), any_of(left.never, right.never, both(usable, false)))


def compare_ends(left_low: Number, left_high: Number, order: Order, right_low: Number, right_high: Number) -> Rails:
    """The counterpart of `values.compare_intervals`."""
    match order:
        case Order.IS:
            points = both(same(left_low, left_high), same(right_low, right_high), same(left_low, right_low))
            return Rails(points, any_of(less(left_high, right_low), less(right_high, left_low)))
        case Order.LESS_THAN | Order.BEFORE:
            return Rails(less(left_high, right_low), at_most(right_high, left_low))
        case Order.AT_MOST | Order.ON_OR_BEFORE:
            return Rails(at_most(left_high, right_low), less(right_high, left_low))
        case Order.MORE_THAN | Order.AFTER:
            return Rails(less(right_high, left_low), at_most(left_high, right_low))
        case Order.AT_LEAST | Order.ON_OR_AFTER:
            return Rails(at_most(right_high, left_low), less(left_high, right_low))


def larger(one: Number, other: Number) -> Number:
    """The larger of two numbers."""
    return choose(less(one, other), other, one)


def smaller(one: Number, other: Number) -> Number:
    """The smaller of two numbers."""
    return choose(less(other, one), other, one)
