"""Comparisons of counts and shares: the counterpart of `evaluate._compare_counts`.

A share lies between the quotients of the ends of its two sides. It is never divided: as the whole is positive,
`part / whole * 100 < x` is `part * 100 < x * whole`, which stays linear where `x` is a number of the policy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from validator.interpreters.smt.facts import NotAnalysedError
from validator.interpreters.smt.formulas import (
    BIG,
    Bool,
    Number,
    Rails,
    any_of,
    at_most,
    both,
    choose,
    conj,
    disj,
    less,
    neg,
    plus,
    same,
    term,
)
from validator.interpreters.smt.ordered import Ordered, compare_ends
from validator.interpreters.smt.terms import literal
from validator.logic.expr import Compare, CountOf, ParameterValue, Ratio, Term
from validator.logic.text import Text
from validator.logic.values import Order

if TYPE_CHECKING:
    from validator.interpreters.smt.encoder import Case, Encoder, Names
    from validator.interpreters.smt.variables import Node

Relation = Callable[[Number, Number], Bool]


class Side(NamedTuple):
    """The ends of a side of a comparison, when anything follows from them."""

    usable: Bool
    low: Number
    high: Number


class Share(NamedTuple):
    """A share of two sides."""

    part: Side
    whole: Side

    @property
    def usable(self) -> Bool:
        """Whether the share is known at all."""
        return both(self.part.usable, self.whole.usable, less(0, self.whole.low))

    def every(self, relation: Relation, end: Number) -> Bool:
        """That every quotient of ends stands in a relation to a number."""
        parts, wholes = (self.part.low, self.part.high), (self.whole.low, self.whole.high)
        return conj(_corner(part, whole, relation, end) for part in parts for whole in wholes)


def _corner(part: Number, whole: Number, relation: Relation, end: Number) -> Bool:
    found = relation(term(part) * term(100), term(whole) * term(end))
    for number, instead in ((whole, 0), (part, part)):  # an infinite part counts before an infinite whole
        infinite = any_of(at_most(BIG, number), at_most(number, -BIG))
        found = any_of(both(infinite, relation(instead, end)), both(neg(infinite), found))
    return found


def compare_counts(encoder: Encoder, case: Case, names: Names, condition: Compare) -> Rails:
    """The formulas of a comparison with a count or a share on either side."""
    left, order, right = condition.left, condition.order, condition.right
    if isinstance(left, Ratio) and isinstance(right, Ratio):
        where = condition.span.start() if condition.span.file else ""
        raise NotAnalysedError(
            Text(f"сравнение двух долей {where}".strip(), f"a comparison of two shares {where}".strip())
        )
    if isinstance(left, Ratio):
        return _of_share(encoder, case, names, left, order, right)
    if isinstance(right, Ratio):
        return _of_share(encoder, case, names, right, _MIRRORED[order], left)
    one, other = _side(encoder, case, names, left), _side(encoder, case, names, right)
    # The ends of a number that is not known are infinite, so nothing follows from it for a count.
    return compare_ends(one.low, one.high, order, other.low, other.high)


_MIRRORED = {
    Order.IS: Order.IS,
    Order.AT_LEAST: Order.AT_MOST,
    Order.AT_MOST: Order.AT_LEAST,
    Order.MORE_THAN: Order.LESS_THAN,
    Order.LESS_THAN: Order.MORE_THAN,
}


def _side(encoder: Encoder, case: Case, names: Names, found: Term) -> Side:
    if isinstance(found, CountOf):
        return _count(encoder, case, names, found)
    return _number(encoder.ordered(case, names, found))


def _number(seen: Ordered) -> Side:
    return Side(seen.tight, seen.low, seen.high)


def _count(encoder: Encoder, case: Case, names: Names, found: CountOf) -> Side:
    node, path = encoder.list_of(names, found.items)

    def body(item: Node) -> Rails:
        return encoder.rails(case, {**names, found.bind: item}, found.body)

    certain = encoder.lists.amount(node, path, lambda item: body(item).true)
    doubtful = encoder.lists.amount(node, path, lambda item: neg(any_of(*body(item))))
    closed = encoder.closed(node, found.items.path[-1])
    return Side(True, certain, choose(closed, plus(certain, doubtful), BIG))


def _of_share(encoder: Encoder, case: Case, names: Names, ratio: Ratio, order: Order, other: Term) -> Rails:
    share = Share(_side(encoder, case, names, ratio.part), _side(encoder, case, names, ratio.whole))
    if isinstance(other, ParameterValue) and other.name not in case.mode.overrides.parameters:
        found = [
            (condition, _share_against(share, order, _number(literal(value))))
            for condition, value in encoder.pieces(case, other)
        ]
        return Rails(disj(both(c, r.true) for c, r in found), disj(both(c, r.false) for c, r in found))
    return _share_against(share, order, _side(encoder, case, names, other))


def _share_against(share: Share, order: Order, end: Side) -> Rails:
    usable = both(share.usable, end.usable)
    true, false = _ends(share, order, end)
    return Rails(both(usable, true), both(usable, false))


def _more(one: Number, other: Number) -> Bool:
    return less(other, one)


def _at_least(one: Number, other: Number) -> Bool:
    return at_most(other, one)


def _ends(share: Share, order: Order, end: Side) -> tuple[Bool, Bool]:
    match order:
        case Order.IS:
            equal = both(same(end.low, end.high), share.every(same, end.low))
            return equal, any_of(share.every(less, end.low), share.every(_more, end.high))
        case Order.LESS_THAN:
            return share.every(less, end.low), share.every(_at_least, end.high)
        case Order.AT_MOST:
            return share.every(at_most, end.low), share.every(_more, end.high)
        case Order.MORE_THAN:
            return share.every(_more, end.high), share.every(at_most, end.low)
        case _:
            return share.every(_at_least, end.high), share.every(less, end.low)
