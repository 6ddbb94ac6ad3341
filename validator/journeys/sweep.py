"""Periods on a line of days: what overlaps, and which days are left out. No solver, exact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations

from validator.logic.policy import Period

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


def overlaps(periods: Sequence[Period]) -> Iterator[tuple[int, int, Period]]:
    """Every two periods with days in common, by their numbers, and these days."""
    for (one, first), (other, second) in combinations(enumerate(periods), 2):
        if first.overlaps(second):
            start = max((end for end in (first.first, second.first) if end is not None), default=None)
            last = min((end for end in (first.last, second.last) if end is not None), default=None)
            yield one, other, Period(start, last)
