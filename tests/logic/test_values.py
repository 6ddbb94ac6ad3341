"""Values and intervals, checked against every pair of small whole numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest

from validator.logic.truth import Truth
from validator.logic.values import (
    ANYTHING,
    DAY_ORDERS,
    INFINITY,
    NUMBER_ORDERS,
    Interval,
    Order,
    SpecialDay,
    compare_intervals,
    month_end,
    percent,
    point,
    spell,
)

SMALL = range(4)
INTERVALS = [Interval(low, high) for low in SMALL for high in SMALL if low <= high]
PLAIN: dict[Order, Callable[[int, int], bool]] = {
    Order.IS: int.__eq__,
    Order.AT_LEAST: int.__ge__,
    Order.AT_MOST: int.__le__,
    Order.MORE_THAN: int.__gt__,
    Order.LESS_THAN: int.__lt__,
    Order.BEFORE: int.__lt__,
    Order.ON_OR_BEFORE: int.__le__,
    Order.AFTER: int.__gt__,
    Order.ON_OR_AFTER: int.__ge__,
}
TRUTHS = {frozenset({True}): Truth.TRUE, frozenset({False}): Truth.FALSE, frozenset({True, False}): Truth.UNKNOWN}


def numbers(interval: Interval) -> range:
    return range(int(interval.low), int(interval.high) + 1)


@pytest.mark.parametrize("order", Order)
def test_an_order_of_intervals_is_what_all_their_pairs_agree_on(order: Order) -> None:
    for left, right in product(INTERVALS, INTERVALS):
        answers = frozenset(PLAIN[order](a, b) for a, b in product(numbers(left), numbers(right)))
        assert compare_intervals(left, order, right) is TRUTHS[answers], (left, right)


@pytest.mark.parametrize("order", Order)
def test_an_interval_without_ends_decides_nothing(order: Order) -> None:
    assert compare_intervals(ANYTHING, order, Interval(1, 1)) is Truth.UNKNOWN
    assert compare_intervals(Interval(1, 1), order, ANYTHING) is Truth.UNKNOWN


def test_an_interval_open_on_one_side_decides_on_the_other() -> None:
    several = Interval(2, INFINITY)
    assert compare_intervals(several, Order.AT_LEAST, Interval(2, 2)) is Truth.TRUE
    assert compare_intervals(several, Order.LESS_THAN, Interval(2, 2)) is Truth.FALSE
    assert compare_intervals(several, Order.AT_MOST, Interval(9, 9)) is Truth.UNKNOWN
    assert compare_intervals(several, Order.IS, Interval(1, 1)) is Truth.FALSE


def test_every_order_but_equality_belongs_to_numbers_or_to_days() -> None:
    assert {*NUMBER_ORDERS, *DAY_ORDERS, Order.IS} == set(Order)
    assert not set(NUMBER_ORDERS) & set(DAY_ORDERS)


@pytest.mark.parametrize("whole", [w for w in INTERVALS if w.low > 0])
@pytest.mark.parametrize("part", INTERVALS)
def test_a_percentage_spans_exactly_the_percentages_of_its_pairs(part: Interval, whole: Interval) -> None:
    found = [Fraction(p * 100, w) for p, w in product(numbers(part), numbers(whole))]
    assert percent(part, whole) == Interval(min(found), max(found))


@pytest.mark.parametrize("whole", [Interval(0, 0), Interval(0, 3), Interval(-1, 2)])
def test_a_percentage_of_what_may_be_nought_is_unknown(whole: Interval) -> None:
    assert percent(Interval(0, 0), whole) is None


def test_a_percentage_with_an_open_end_keeps_what_is_certain() -> None:
    assert percent(Interval(1, INFINITY), Interval(2, 2)) == Interval(50, INFINITY)
    assert percent(Interval(1, 1), Interval(2, INFINITY)) == Interval(0, 50)
    assert percent(Interval(1, INFINITY), Interval(2, INFINITY)) == Interval(0, INFINITY)


def test_a_percentage_is_exact() -> None:
    assert percent(Interval(1, 1), Interval(3, 3)) == Interval(Fraction(100, 3), Fraction(100, 3))
    assert percent(point(Decimal("0.1")), point(Decimal("0.3"))) == percent(Interval(1, 1), Interval(3, 3))


def test_open_ended_is_after_every_day() -> None:
    last = point(date.max)
    assert compare_intervals(point(SpecialDay.OPEN_ENDED), Order.AFTER, last) is Truth.TRUE
    assert compare_intervals(last, Order.BEFORE, point(SpecialDay.OPEN_ENDED)) is Truth.TRUE
    assert compare_intervals(point(SpecialDay.OPEN_ENDED), Order.IS, last) is Truth.FALSE


@pytest.mark.parametrize("value", ["text", True, frozenset({"a"}), SpecialDay.NEVER])
def test_what_has_no_order_is_no_point(value: str | bool | frozenset[str] | SpecialDay) -> None:
    with pytest.raises(TypeError, match="no order"):
        point(value)


def test_numbers_of_both_kinds_and_days_are_points() -> None:
    assert point(5) == Interval(5, 5)
    assert point(Decimal("50.01")) == Interval(Fraction(5001, 100), Fraction(5001, 100))
    assert point(date(1, 1, 1)) == Interval(1, 1)
    assert point(date(2025, 9, 25)).is_point
    assert not Interval(1, 2).is_point


def test_intervals_add_end_by_end() -> None:
    assert Interval(1, 2).plus(Interval(10, INFINITY)) == Interval(11, INFINITY)


@pytest.mark.parametrize(
    ("month", "last"), [((2024, 2), 29), ((2025, 2), 28), ((2100, 2), 28), ((2025, 4), 30), ((2025, 12), 31)]
)
def test_a_month_is_judged_on_its_last_day(month: tuple[int, int], last: int) -> None:
    assert month_end(*month) == date(*month, last)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (False, "false"),
        (5, "5"),
        (Decimal("50.10"), "50.10"),
        (date(2025, 9, 1), "2025-09-01"),
        (SpecialDay.NEVER, "never"),
        (SpecialDay.OPEN_ENDED, "open_ended"),
        (frozenset({"b", "a"}), "[a, b]"),
        ("школа", "школа"),
    ],
)
def test_a_value_is_spelt_as_a_policy_writes_it(value: str | bool | int | Decimal, text: str) -> None:
    assert spell(value) == text
