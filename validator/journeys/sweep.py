"""Periods on a line of days: what overlaps, and which days are left out. No solver, exact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise

from validator.logic.policy import Parameter, Period

DAY = timedelta(days=1)


def holes(periods: Iterable[Period]) -> list[Period]:
    """The days between two of the periods that none of them covers, in order; before the first and after the last
    there is no hole."""
    ordered = sorted(periods, key=lambda period: (period.first or date.min, period.last or date.max))
    found: list[Period] = []
    covered: date | None = None
    for number, period in enumerate(ordered):
        if number and covered is not None and period.first is not None and period.first > covered + DAY:
            found.append(Period(covered + DAY, period.first - DAY))
        if period.last is None:
            break
        covered = period.last if covered is None else max(covered, period.last)
    return found


def left_over(days: Period, periods: Iterable[Period]) -> list[Period]:
    """The stretches of some days (with both ends) that none of the periods covers, in order."""
    assert days.first is not None
    assert days.last is not None
    found: list[Period] = []
    day = days.first
    for period in sorted(periods, key=lambda period: (period.first or date.min, period.last or date.max)):
        if period.first is not None and period.first > day:
            found.append(Period(day, min(days.last, period.first - DAY)))
        if period.last is None or period.last >= days.last or (period.first or day) > days.last:
            return found
        day = max(day, period.last + DAY)
    return [*found, Period(day, days.last)]


def more_general(parameter: Parameter, region: str | None, kind: str | None, *, press: bool) -> list[Period]:
    """The periods of the rows that speak where the rows of these keys do not: those that ask for less."""
    return [
        row.period
        for row in parameter.rows
        if not row.press
        and row.region in (None, region)
        and row.kind in (None, kind)
        and (press or (row.region, row.kind) != (region, kind))
    ]


def overlaps(periods: Sequence[Period]) -> Iterator[tuple[int, int, Period]]:
    """Every two periods with days in common, by their numbers, and these days."""
    for (one, first), (other, second) in combinations(enumerate(periods), 2):
        if first.overlaps(second):
            start = max((end for end in (first.first, second.first) if end is not None), default=None)
            last = min((end for end in (first.last, second.last) if end is not None), default=None)
            yield one, other, Period(start, last)


def stretches(cuts: Iterable[date], whole: Period) -> list[Period]:
    """A period cut before each of the days."""
    starts = sorted(
        {
            day
            for day in cuts
            if (whole.first is None or day > whole.first) and (whole.last is None or day <= whole.last)
        }
    )
    edges: list[date | None] = [whole.first, *starts]
    return [
        *(Period(start, end - DAY) for start, end in pairwise(edges) if end is not None),
        Period(edges[-1], whole.last),
    ]


def joined(days: Iterable[Period]) -> Iterator[Period]:
    """Periods in order, those that follow one another without a day between them as one."""
    run: Period | None = None
    for one in days:
        if run is not None and run.last is not None and one.first is not None and one.first - run.last == DAY:
            run = Period(run.first, one.last)
            continue
        if run is not None:
            yield run
        run = one
    if run is not None:
        yield run
