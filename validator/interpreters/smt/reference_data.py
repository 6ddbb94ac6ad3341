"""Registers and parameters on a judged day that may be an interval: one answer per stretch of days.

The meaning on a single day is that of `interpreters/lookup.py`; here stands only from which day to which an answer
is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import NamedTuple, TypeVar

from validator.interpreters.lookup import days_that_differ, listed, parameter_row
from validator.interpreters.smt.formulas import BIG, Bool, Number, at_most, both, less
from validator.logic.policy import Parameter, Period, PolicySet, Register
from validator.logic.truth import Truth
from validator.logic.values import INFINITY, Interval, Value

T = TypeVar("T", bound=Hashable)
_ALL_DAYS = Interval(-INFINITY, date.max.toordinal())


class Stretch(NamedTuple):
    """From the day `first` to the one before `end` the answer is the same; infinite ends where there is none."""

    first: int
    end: int

    def holds(self, low: Number, high: Number) -> Bool:
        """That every day of an interval lies in the stretch."""
        starts = True if self.first == -BIG else at_most(self.first, low)
        ends = True if self.end == BIG else less(high, self.end)
        return both(starts, ends)


def stretches(periods: Iterable[Period], on: Callable[[date], T]) -> tuple[tuple[Stretch, T], ...]:
    """The answers by stretch of days, neighbours with the same answer put together."""
    days = days_that_differ(_ALL_DAYS, periods)
    found: list[tuple[int, T]] = []
    for index, day in enumerate(days):
        answer = on(day)
        if not found or found[-1][1] != answer:
            found.append((-BIG if index == 0 else day.toordinal(), answer))
    ends = [first for first, _ in found[1:]] + [BIG]
    return tuple((Stretch(first, end), answer) for (first, answer), end in zip(found, ends, strict=True))


def parameter_on(
    parameter: Parameter, region: str, kind: str, admit_press: bool
) -> tuple[tuple[Stretch, Value | None], ...]:
    """The value of a parameter for one region and kind, by stretch of days."""

    def on(day: date) -> Value | None:
        row = parameter_row(parameter, region, kind, day, admit_press)
        return None if row is None else row.value

    return stretches((row.period for row in parameter.rows), on)


def listed_on(policies: PolicySet, register: Register, name: str) -> tuple[tuple[Stretch, Truth], ...]:
    """Whether a name stands on a register, by stretch of days."""
    rows = [row for row in register.rows if row.id == name]
    periods = [row.period for row in rows] + [Period(row.announced_on) for row in rows if row.announced_on]

    def on(day: date) -> Truth:
        today = day.toordinal()
        return listed(policies, register, name, Interval(today, today))[1]

    return stretches(periods, on)
