"""The accumulator of a roll-up: cheap per organization, its size bounded by groups × policies × verdicts."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from validator.journeys.rollup.columns import EVALUATED, FIRST_FREE, WITH_UNKNOWN, WITH_VIOLATION, columns_of
from validator.journeys.rollup.figures import Figures, added
from validator.journeys.rollup.suppress import DEFAULT_THRESHOLD, LEAST_THRESHOLD
from validator.journeys.rollup.table import make_table
from validator.logic.batch import Coverage, ExpectedGroups, Group, PersonPolicies, RollUpTable, Tally

DEFAULT_FLOOR_PERCENT = 95.0


class RollUp:
    """Adds up the tallies of organizations by group.

    `persons` are the policies about persons (`persons_of`): their violations and unknowns don't count towards the
    organizations that have one, and the table tells no small number of theirs. `policies` are all that were
    applied: each has its row, also when it judged nothing.
    """

    def __init__(self, persons: PersonPolicies, policies: Iterable[str] = ()) -> None:
        self._persons = persons
        self._policies = (*persons, *policies)
        # A kind of tally, or what an organization may have under a policy → its place in the row of every group.
        self._lines: dict[tuple[str, str, str | None, bool], int] = {}
        self._having: dict[tuple[str, str], int] = {}
        self._width = FIRST_FREE
        self._groups: dict[Group, array[int]] = {}

    def add(self, group: Group, tallies: Iterable[Tally], times: int = 1) -> None:
        """Add the judgements of one organization; `times=-1` takes back what was added for it before."""
        row = self._row(group)
        lines = self._lines
        violating: set[str] = set()
        unsettled: set[str] = set()
        for policy, verdict, reason, disputed, number in tallies:
            line = (policy, verdict, reason, disputed)
            place = lines.get(line)
            if place is None:
                place = lines[line] = self._new_place(row)
            row[place] += number * times
            if reason is None:  # an `ok` has one; most lines are such
                if verdict == "violation":
                    violating.add(policy)
                elif verdict == "unknown":
                    unsettled.add(policy)
        row[EVALUATED] += times
        self._add_having(row, "violation", violating, WITH_VIOLATION, times)
        self._add_having(row, "unknown", unsettled, WITH_UNKNOWN, times)

    def _add_having(self, row: array[int], verdict: str, policies: set[str], whole: int, times: int) -> None:
        """Count the organization under each of these policies, and as a whole unless all are about persons."""
        if not policies <= self._persons.keys():
            row[whole] += times
        for policy in policies:
            place = self._having.get((policy, verdict))
            if place is None:
                place = self._having[policy, verdict] = self._new_place(row)
            row[place] += times

    def _row(self, group: Group) -> array[int]:
        """The numbers of the group, as wide as the widest."""
        row = self._groups.setdefault(group, array("q"))
        row.extend([0] * (self._width - len(row)))
        return row

    def _new_place(self, row: array[int]) -> int:
        self._width += 1
        row.append(0)
        return self._width - 1

    def table(
        self,
        coverage: Coverage,
        expected: ExpectedGroups | None = None,
        *,
        threshold: int = DEFAULT_THRESHOLD,
        floor_percent: float = DEFAULT_FLOOR_PERCENT,
    ) -> RollUpTable:
        """The figures of everything added so far.

        Numbers of persons below `threshold` are not told. ValueError when it is below 3, when more was taken back
        from a group than had been added, or when a tally `ok` had no reason.
        """
        if threshold < LEAST_THRESHOLD:
            raise ValueError(f"a threshold below {LEAST_THRESHOLD} would hide nothing: {threshold}")
        groups = {group: self._row(group) for group in self._groups}
        if any(min(row) < 0 for row in groups.values()):
            raise ValueError("more was taken back from a group than had been added to it")
        total = added(groups.values(), self._width)
        columns = columns_of(self._lines, self._having, total, self._policies)
        figures = Figures(groups, total, columns, self._persons)
        return make_table(figures, coverage, expected, threshold, floor_percent)
