"""How much of the input, and of what was expected, stands behind the figures."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeVar

from validator.journeys.rollup.shares import percent_down
from validator.logic.batch import Coverage, Expected, ExpectedGroups, Group, NoRowCoverage, RowCoverage, RunCoverage

Key = TypeVar("Key")


def _judged_of(coverage: Coverage) -> tuple[int, int]:
    """How many were evaluated of how many: of the organizations expected, or else of the documents given."""
    if coverage.expected is not None:
        return coverage.expected - (coverage.missing or 0), coverage.expected
    return coverage.evaluated, coverage.evaluated + coverage.quarantined + coverage.not_reached


def run_coverage(coverage: Coverage, floor_percent: float) -> RunCoverage:
    """The coverage of the run as the table tells it."""
    judged, of = _judged_of(coverage)
    return {
        "documents": coverage.documents,
        "evaluated": coverage.evaluated,
        "quarantined": coverage.quarantined,
        "not_reached": coverage.not_reached,
        "expected": coverage.expected,
        "missing": coverage.missing,
        "unexpected": coverage.unexpected,
        "percent": percent_down(judged, of),
        "floor_percent": floor_percent,
    }


def is_complete(coverage: Coverage, floor_percent: float) -> bool:
    """Whether enough was evaluated, and nothing was left because the run ended early."""
    return coverage.not_reached == 0 and _reaches(*_judged_of(coverage), floor_percent)


def _reaches(judged: int, of: int, floor_percent: float) -> bool:
    return of > 0 and Fraction(100 * judged, of) >= Fraction(str(floor_percent))


class RowCoverages:
    """The coverage of rows, where the list of expected organizations tells rows apart."""

    def __init__(self, expected: ExpectedGroups | None, floor_percent: float) -> None:
        self._expected = expected
        self._floor = floor_percent

    def by(self, columns: frozenset[str], key: Callable[[Group], Key]) -> dict[Key, RowCoverage]:
        """The coverage of each row that the list names, by the key of the row; empty when it can't be known."""
        if self.why_not(columns) is not None or self._expected is None:
            return {}
        found: dict[Key, Expected] = {}
        for group, (number, missing) in self._expected.groups.items():
            before = found.get(key(group), Expected(0, 0))
            found[key(group)] = Expected(before.expected + number, before.missing + missing)
        return {place: self._row(counts) for place, counts in found.items()}

    def why_not(self, columns: frozenset[str]) -> NoRowCoverage | None:
        """Why rows told apart by these columns have no coverage of their own; None when they have."""
        if self._expected is None:
            return "no_list"
        return None if columns <= self._expected.columns else "no_column"

    def _row(self, counts: Expected) -> RowCoverage:
        judged = counts.expected - counts.missing
        return {
            "expected": counts.expected,
            "missing": counts.missing,
            "percent": percent_down(judged, counts.expected),
            "complete": _reaches(judged, counts.expected, self._floor),
        }
