"""What a report holds, counted by organization: as a run counts it, so that the roll-up comes out the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from validator.journeys.rollup.accumulate import RollUp
from validator.logic.batch import Coverage, Group, RollUpTable, Tally
from validator.logic.report import Inputs, OrganizationRow, PolicyEntry, Report

_Alike = tuple[str, str, str | None, bool]


class Tallied(NamedTuple):
    """An organization on a day of its facts, and its judgements by policy, those alike together."""

    row: OrganizationRow
    tallies: tuple[Tally, ...]


def tallied(report: Report) -> Iterator[Tallied]:
    """The organizations of a report, in its order. What it leaves out as fine and does not count is not there."""
    counts: dict[tuple[str, str], Counter[_Alike]] = {}
    for result in report["results"]:
        alike = (result["policy"], result["verdict"], result["reason"], result["disputed"] is not None)
        counts.setdefault((result["organization"], result["as_of"]), Counter())[alike] += 1
    for row in report["organizations"]:
        own = counts.get((row["organization"], row["as_of"]), Counter())
        for policy, reasons in row.get("fine", {}).items():
            own.update({(policy, "ok", reason, False): number for reason, number in reasons.items()})
        yield Tallied(row, tuple(Tally(*alike, number) for alike, number in sorted(own.items(), key=_order)))


def _order(pair: tuple[_Alike, int]) -> tuple[str, str, str, bool]:
    policy, verdict, reason, disputed = pair[0]
    return policy, verdict, reason or "", disputed


def table_of(entries: Mapping[str, PolicyEntry], rows: Iterable[Tallied], inputs: Inputs) -> RollUpTable:
    """The roll-up. Raises ValueError when a policy about persons has a verdict that it can't have."""
    persons = {name: frozenset(entry["verdicts"]) for name, entry in entries.items() if entry["about_persons"]}
    rolled = RollUp(persons, entries)
    for row, tallies in rows:
        rolled.add(Group(row["region"], row["municipality"], row["kind"]), tallies)
    return rolled.table(coverage_of(inputs))


def coverage_of(inputs: Inputs) -> Coverage:
    """How much of the input was judged, where nobody listed who was expected."""
    documents, evaluated, aside = inputs["documents"], inputs["evaluated"], inputs["quarantined"]
    return Coverage(documents, evaluated, aside, inputs["not_reached"], None, None, None)
