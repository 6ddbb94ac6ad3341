"""What a fact can be: texts, truth values, numbers, days, sets; and intervals for what is only bounded.

Days are civil dates in the organization's own time zone. Two words stand beside them: `never` (we looked, it
did not happen) and `open_ended` (no last day). Every order comparison with `never` is false; `open_ended` is
after every day.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from validator.logic.named_tuple import NamedTuple
from validator.logic.truth import Truth, truth


class SpecialDay(Enum):
    """A word that may stand where a date is expected."""

    NEVER = "never"
    OPEN_ENDED = "open_ended"


class OngoingDay(date):
    """The snapshot's own day where `ongoing` was written: the same day, told otherwise."""

    __slots__ = ()


class UnregisteredName(str):
    """A service name that no register knows: kept as written, but what it denotes is an open question."""

    __slots__ = ()


Value = str | bool | int | Decimal | date | SpecialDay | frozenset[str]


def month_end(year: int, month: int) -> date:
    """The last day of a month, the day on which a month is judged."""
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


def spell(value: Value) -> str:
    """The value as a policy or a YAML snapshot would write it; sets in sorted order."""
    match value:
        case bool():
            return "true" if value else "false"
        case OngoingDay():
            return "ongoing"
        case date():
            return value.isoformat()
        case SpecialDay():
            return value.value
        case frozenset():
            return "[" + ", ".join(sorted(value)) + "]"
        case _:
            return str(value)


# An end of an interval: exact, or an infinity. The only floats that ever occur are the infinities.
Bound = int | Fraction | float
INFINITY = float("inf")


class Interval(NamedTuple):
    """Every value from `low` to `high`, both included; days are counted by `date.toordinal`."""

    low: Bound
    high: Bound

    @property
    def is_point(self) -> bool:
        """Whether only one value is possible."""
        return self.low == self.high

    def plus(self, other: Interval) -> Interval:
        """The interval of sums."""
        return Interval(self.low + other.low, self.high + other.high)


ANYTHING = Interval(-INFINITY, INFINITY)


def point(value: Value) -> Interval:
    """A number or a day as an interval of one value. Raises TypeError for what has no order."""
    match value:
        case bool() | str() | frozenset() | SpecialDay.NEVER:
            raise TypeError(f"{value!r} has no order")
        case SpecialDay.OPEN_ENDED:
            return Interval(INFINITY, INFINITY)
        case date():
            return Interval(value.toordinal(), value.toordinal())
        case int():
            return Interval(value, value)
        case Decimal():
            exact = Fraction(value)
            return Interval(exact, exact)
        case _:
            raise TypeError(f"{value!r} has no order")


class Order(Enum):
    """A comparison; of days the words say which day counts."""

    IS = "is"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    BEFORE = "before"
    ON_OR_BEFORE = "on_or_before"
    AFTER = "after"
    ON_OR_AFTER = "on_or_after"


NUMBER_ORDERS = (Order.AT_LEAST, Order.AT_MOST, Order.MORE_THAN, Order.LESS_THAN)
DAY_ORDERS = (Order.BEFORE, Order.ON_OR_BEFORE, Order.AFTER, Order.ON_OR_AFTER)


def compare_intervals(left: Interval, order: Order, right: Interval) -> Truth:
    """Whether `order` holds between every pair (true), no pair (false), or some pairs only (unknown)."""
    match order:
        case Order.IS:
            if left.is_point and right.is_point:
                return truth(left.low == right.low)
            apart = left.high < right.low or right.high < left.low
            return Truth.FALSE if apart else Truth.UNKNOWN
        case Order.LESS_THAN | Order.BEFORE:
            return _decide(left.high < right.low, left.low >= right.high)
        case Order.AT_MOST | Order.ON_OR_BEFORE:
            return _decide(left.high <= right.low, left.low > right.high)
        case Order.MORE_THAN | Order.AFTER:
            return _decide(left.low > right.high, left.high <= right.low)
        case Order.AT_LEAST | Order.ON_OR_AFTER:
            return _decide(left.low >= right.high, left.high < right.low)


def _decide(always: bool, nowhere: bool) -> Truth:
    return Truth.TRUE if always else Truth.FALSE if nowhere else Truth.UNKNOWN


def percent(part: Interval, whole: Interval) -> Interval | None:
    """`part` in percent of `whole`, exactly; None when the whole may be nought or less."""
    if whole.low <= 0:
        return None
    corners = [_scaled(p, w) for p in part for w in whole]
    return Interval(min(corners), max(corners))


def _scaled(part: Bound, whole: Bound) -> Bound:
    if isinstance(part, float) or isinstance(whole, float):  # an infinity
        if isinstance(part, float):
            return part
        return 0
    return Fraction(part) * 100 / Fraction(whole)
