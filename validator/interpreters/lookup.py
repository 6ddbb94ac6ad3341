"""Registers and parameters on a day: the two questions a condition asks of reference data.

The judged day may itself be known only as an interval of days; an answer is given only when it is the same on
every one of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeVar

from validator.logic.policy import Parameter, ParameterRow, Period, PolicySet, Register
from validator.logic.truth import Truth
from validator.logic.values import Interval, UnregisteredName, Value

T = TypeVar("T")


def days_that_differ(judged: Interval, periods: Iterable[Period]) -> list[date]:
    """Days of the interval on which an answer bounded by `periods` can change, its first day among them."""
    turns: set[date] = set()
    for period in periods:
        turns |= {period.first} if period.first else set()
        turns |= {period.last + timedelta(days=1)} if period.last and period.last < date.max else set()
    inside = [turn for turn in turns if judged.low < turn.toordinal() <= judged.high]
    start = date.fromordinal(int(judged.low)) if judged.low >= 1 else None
    if start is None:
        start = min(inside) - timedelta(days=1) if inside else date.fromordinal(int(judged.high))
    return [start, *sorted(inside)]


def same_on_every_day(answers: Iterable[T]) -> tuple[bool, T]:
    """Whether all answers are equal, and the first of them."""
    found = list(answers)
    return all(answer == found[0] for answer in found), found[0]


def parameter_row(
    parameter: Parameter, region: str, kind: str, day: date, admit_press: bool
) -> ParameterRow | None:
    """The row that counts on a day: the most specific one for the region and kind, or None.

    Where a reading admits the press, its row comes before another of the same keys: that is what it is read for.
    """
    rows = [
        row
        for row in parameter.rows
        if row.region in (None, region)
        and row.kind in (None, kind)
        and row.period.covers(day)
        and (admit_press or not row.press)
    ]
    return max(rows, key=lambda row: (row.specificity, row.press), default=None)


def parameter_value(
    parameter: Parameter, region: str, kind: str, judged: Interval, admit_press: bool
) -> tuple[bool, Value | None]:
    """The value on the judged day, None when there is none; the first part is False when it turns on the day."""

    def on(day: date) -> Value | None:
        row = parameter_row(parameter, region, kind, day, admit_press)
        return None if row is None else row.value

    return same_on_every_day(map(on, days_that_differ(judged, (row.period for row in parameter.rows))))


def listed(policies: PolicySet, register: Register, name: str, judged: Interval) -> tuple[bool, Truth]:
    """Whether a name is on a register on the judged day; the first part is False when it turns on the day."""
    rows = [row for row in register.rows if row.id == name]
    announced = [Period(row.announced_on) for row in rows if row.announced_on]
    periods = [row.period for row in rows] + announced
    days = days_that_differ(judged, periods)
    return same_on_every_day(_listed_on(policies, register, name, day) for day in days)


def _listed_on(policies: PolicySet, register: Register, name: str, day: date) -> Truth:
    rows = [row for row in register.rows if row.id == name]
    if any(row.period.covers(day) for row in rows):
        return Truth.TRUE
    for row in rows:
        first = row.period.first
        if row.announced_on is not None and first is not None and row.announced_on <= day < first:
            return Truth.UNKNOWN
    if rows or register.closed:
        return Truth.FALSE
    if isinstance(name, UnregisteredName):
        return Truth.UNKNOWN
    return Truth.FALSE if _known_in_family(policies, register.family, name) else Truth.UNKNOWN


def _known_in_family(policies: PolicySet, family: str, name: str) -> bool:
    return bool(family) and any(
        row.id == name
        for register in policies.registers.values()
        if register.family == family
        for row in register.rows
    )
