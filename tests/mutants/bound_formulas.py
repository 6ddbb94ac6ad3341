"""Quick checks of formulas: what Python can decide is decided, and what stays means what it says.

A comparison of numbers and days is asked of every pair of what a term can come to, known, bounded or open, and has
to come out as the reference has it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import z3

from validator.interpreters.evaluate import compare_seen
from validator.interpreters.smt.counts import Share, Side
from validator.interpreters.smt.formulas import (
    BIG,
    Rails,
    any_of,
    at_most,
    both,
    choose,
    conj,
    disj,
    implies,
    is_plain,
    less,
    neg,
    plus,
    same,
    term,
    within,
)
from validator.interpreters.smt.ordered import NEVER_DAY, NOTHING, Ordered, compare, exactly, larger, smaller
from validator.interpreters.terms import Seen
from validator.logic.expr import NOWHERE
from validator.logic.truth import Truth
from validator.logic.values import ANYTHING, INFINITY, Interval, Order, SpecialDay, percent, point
from validator.logic.ways import Gap

A, B = z3.Bools("a b")
X, Y = z3.Ints("x y")


def _same(found: Any, wanted: Any) -> bool:
    """Whether two formulas are one and the same, or two constants of one type."""
    if isinstance(found, z3.ExprRef) and isinstance(wanted, z3.ExprRef):
        return bool(found.eq(wanted))
    return type(found) is type(wanted) and bool(found == wanted)


def _at(found: Any, **values: Any) -> Any:
    """What a formula or a term comes to."""
    if not isinstance(found, z3.ExprRef):
        return found
    made = [(z3.Int(name), z3.IntVal(value)) for name, value in values.items() if type(value) is int]
    made += [(z3.Bool(name), z3.BoolVal(value)) for name, value in values.items() if type(value) is bool]
    result = z3.simplify(z3.substitute(found, *made))
    return result.as_long() if z3.is_int_value(result) else z3.is_true(result)


def check_connectives() -> None:
    """Constants are folded, a part is said once, and a part alone is itself."""
    for make, unit, joined in ((conj, True, z3.And), (disj, False, z3.Or)):
        assert make([]) is unit
        assert make([unit, unit]) is unit
        assert make([A, not unit, B]) is (not unit)
        assert make([unit, A, unit]) is A
        assert make([A, A]) is A
        assert _same(make([A, unit, B, A]), joined(A, B))
    assert _same(both(A, B), z3.And(A, B))
    assert _same(any_of(A, B), z3.Or(A, B))
    assert (neg(True), neg(False)) == (False, True)
    assert _same(neg(A), z3.Not(A))
    assert _same(neg(z3.Not(A)), A)
    assert _same(implies(A, B), z3.Or(z3.Not(A), B))
    assert implies(False, B) is True
    assert implies(True, B) is B


def check_choices() -> None:
    """A choice is made where it can be; between two equal numbers there is none."""
    assert (choose(True, 1, 2), choose(False, 1, 2)) == (1, 2)
    assert choose(True, X, Y) is X
    assert choose(False, X, Y) is Y
    assert _same(choose(A, 3, 3), 3)
    assert _same(choose(A, 3, 4), z3.If(A, z3.IntVal(3), z3.IntVal(4)))
    assert _same(choose(A, X, 4), z3.If(A, X, z3.IntVal(4)))
    assert _same(choose(A, 4, X), z3.If(A, z3.IntVal(4), X))


def check_numbers() -> None:
    """A number of Python is an exact term; a term stays what it is."""
    assert all(is_plain(value) for value in (3, Fraction(1, 3), Decimal("1.5")))
    assert not is_plain(X)
    assert not is_plain(z3.IntVal(3))
    for value, wanted in (
        (3, z3.IntVal(3)),
        (-(2**70), z3.IntVal(-(2**70))),
        (Decimal("4.0"), z3.IntVal(4)),
        (Decimal("-1.25"), z3.Q(-5, 4)),
        (Fraction(1, 3), z3.Q(1, 3)),
        (Fraction(6, 3), z3.IntVal(2)),
        (X, X),
    ):
        assert _same(term(value), wanted)


def check_relations() -> None:
    """Two numbers are compared at once, and a term with itself."""
    numbers: tuple[Any, ...] = (-1, 0, 1, Decimal("0.5"), Fraction(1, 2))
    for one, other in product(numbers, repeat=2):
        assert _same(same(one, other), one == other)
        assert _same(less(one, other), one < other)
        assert _same(at_most(one, other), one <= other)
    assert same(X, X) is True
    assert at_most(X, X) is True
    for found, wanted in (
        (same(X, 3), z3.IntVal(3) == X),
        (same(3, X), z3.IntVal(3) == X),
        (less(X, Y), X < Y),
        (less(2, X), z3.IntVal(2) < X),
        (at_most(X, 2), z3.IntVal(2) >= X),
        (at_most(2, X), z3.IntVal(2) <= X),
    ):
        assert _same(found, wanted)


def check_sums() -> None:
    """A sum with infinity is infinity, with nought the other one; a field alone is never infinite."""
    assert (plus(2, 3), plus(2, -3), plus(Decimal("0.5"), 1)) == (5, -1, Decimal("1.5"))
    for infinite in (BIG, -BIG, BIG + 1):
        for other in (1, -1, X):
            assert plus(infinite, other) == infinite
            assert plus(other, infinite) == infinite
    assert plus(X, 0) is X
    assert plus(0, X) is X
    assert _same(plus(X, 5), X + z3.IntVal(5))
    assert _same(plus(1, X), z3.IntVal(1) + X)
    assert _same(plus(X, Y), X + Y)
    for infinite, value in product((BIG, -BIG), (7, 0)):
        perhaps = z3.If(A, term(infinite), X)
        for found in (plus(perhaps, 1), plus(1, perhaps), plus(perhaps, Y), plus(Y, perhaps)):
            assert _at(found, a=True, x=value, y=1) == infinite
            assert _at(found, a=False, x=value, y=1) == value + 1
        assert _at(plus(perhaps, -1), a=True, x=value) == infinite
    almost = BIG - 1
    assert _at(plus(z3.If(A, X, Y), 1), a=True, x=-almost, y=0) == -almost + 1
    assert _at(plus(z3.If(A, X, Y), -1), a=True, x=almost, y=0) == almost - 1


def check_codes() -> None:
    """A code is one of these, whatever their order; neighbours are told as a range."""
    for codes in ((), (3,), (3, 4, 5), (5, 3, 4, 3), (1, 3), (1, 3, 5), (1, 2, 5, 6, 7, 9), (9, 1, 2), (2, 4, 5)):
        for value in range(11):
            assert within(value, codes) is (value in codes)
            assert _at(within(X, codes), x=value) is (value in codes)
    assert _same(within(X, (3,)), X == 3)
    assert _same(within(X, (4, 3, 5)), z3.And(X >= 3, X <= 5))
    assert _same(within(X, (1, 3, 4)), z3.Or(X == 1, z3.And(X >= 3, X <= 4)))


# --- comparisons -----------------------------------------------------------------------------------------------

GAP = Gap((), "", "absent", NOWHERE)
FIRST, LAST = 1, 4


def _between(low: float, high: float) -> tuple[Seen, Ordered]:
    """What is not known, with the bounds that the schema declares."""
    ends = [-BIG if end == -INFINITY else BIG if end == INFINITY else int(end) for end in (low, high)]
    given = Interval(*(end if end in (INFINITY, -INFINITY) else int(end) for end in (low, high)))
    return Seen(None, Interval(0, 0), ((GAP, given),)), Ordered(False, False, True, ends[0], ends[1])


def _numbers() -> list[tuple[Seen, Ordered]]:
    """What a number can come to."""
    return [
        *((Seen(value, point(value)), exactly(value)) for value in range(FIRST, LAST)),
        *(_between(low, high) for low in range(FIRST, LAST) for high in range(low, LAST)),
        *(_between(-INFINITY, end) for end in range(FIRST, LAST)),
        *(_between(end, INFINITY) for end in range(FIRST, LAST)),
        # Nothing follows from what has no declared bounds.
        (Seen(None, Interval(0, 0), ((GAP, ANYTHING),), loose=frozenset({GAP})), NOTHING),
    ]


def _days() -> list[tuple[Seen, Ordered]]:
    """What a day can come to: the words too, `never` as a policy says it and as a field has it."""
    never = Seen(SpecialDay.NEVER, None)
    return [
        *_numbers(),
        (never, NEVER_DAY),
        (never, Ordered(True, True, True, 0, 0)),
        (Seen(SpecialDay.OPEN_ENDED, point(SpecialDay.OPEN_ENDED)), exactly(BIG)),
    ]


def check_comparisons() -> None:
    """Any two terms are compared as by the reference; numbers are written as they are."""
    for order in Order:
        numbers = order in (Order.AT_LEAST, Order.AT_MOST, Order.MORE_THAN, Order.LESS_THAN)
        terms = _numbers() if numbers else _days()
        for (left, one), (right, other) in product(terms, repeat=2):
            told = compare_seen(left, order, right)
            assert compare(one, order, other) == Rails(told is Truth.TRUE, told is Truth.FALSE), (one, order, other)
    for x, y in product(range(3), repeat=2):
        assert (larger(x, y), smaller(x, y)) == (max(x, y), min(x, y))
        assert _at(larger(X, Y), x=x, y=y) == max(x, y)
        assert _at(smaller(X, Y), x=x, y=y) == min(x, y)


# --- shares ----------------------------------------------------------------------------------------------------

LARGE = 2**53 - 1
TINY = Fraction(1, 10**6)
Pair = tuple[float | Fraction, float | Fraction]
# An end is infinite where nothing is said of it.
PARTS: tuple[Pair, ...] = (
    (-INFINITY, INFINITY),
    (-INFINITY, 5),
    (5, INFINITY),
    (-LARGE, -1),
    (0, 0),
    (1, 5),
    (LARGE, LARGE),
)
WHOLES: tuple[Pair, ...] = ((TINY, TINY), (1, 5), (5, INFINITY), (LARGE, LARGE))
ENDS: tuple[float | Fraction, ...] = (-LARGE, 0, Fraction(1, 2), 100, LARGE)


def _end(value: float | Fraction) -> int | Fraction:
    if isinstance(value, float):
        return BIG if value == INFINITY else -BIG
    return value


def check_quotients() -> None:
    """That every quotient is less, more or the same is said of just those shares of which it is so."""

    def more(one: Any, other: Any) -> Any:
        return less(other, one)

    for part, whole in product(PARTS, WHOLES):
        quotients = percent(Interval(*part), Interval(*whole))
        assert quotients is not None
        share = Share(Side(True, *map(_end, part)), Side(True, *map(_end, whole)))
        assert share.usable is True
        for end in ENDS:
            told = [_at(share.every(relation, end)) for relation in (less, at_most, more, same)]
            wanted = [quotients.high < end, quotients.high <= end, quotients.low > end]
            assert told == [*wanted, quotients.low == quotients.high == end], (part, whole, end)
    doubtful: tuple[Pair, ...] = ((0, 5), (-1, 5), (-INFINITY, 5))
    for whole in doubtful:
        assert Share(Side(True, 1, 1), Side(True, *map(_end, whole))).usable is False
    for one, other in product((True, False), repeat=2):
        assert Share(Side(one, 1, 1), Side(other, 1, 1)).usable is (one and other)
