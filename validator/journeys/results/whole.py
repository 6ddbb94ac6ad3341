"""Result sets that know all their judgements, not only the findings: they can be put together and written whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from validator.journeys.results.of_report import ReportResults
from validator.journeys.results.tallies import Tallied
from validator.logic.batch import Tally
from validator.logic.report import BaselineUse, Report
from validator.logic.result_set import ResultSet
from validator.logic.told import SCHEMA


class WholeResults(ResultSet, Protocol):
    """A `ResultSet` that also counts what is plainly fine."""

    @property
    def baseline(self) -> BaselineUse | None:
        """What came of the baseline of the run, None without one."""

    def tallied(self) -> Iterator[Tallied]:
        """The judgements of each organization, counted, in the order of `organizations`."""


def report_of(results: WholeResults) -> Report:
    """The report that a result set stands for, all its findings in memory.

    What is plainly fine is counted by the organizations, where the result set does not come from a report itself.
    """
    if isinstance(results, ReportResults):
        return results.report
    head = results.head
    report: Report = {
        "schema": SCHEMA,
        "tool": head["tool"],
        "policy_set": head["policy_set"],
        "law_date": head["law_date"],
        "inputs": head["inputs"],
        "organizations": [{**row, "fine": _fine(tallies)} for row, tallies in results.tallied()],
        "results": list(results.findings()),
        "quarantine": list(results.quarantine()),
        "warnings": list(results.warnings()),
        "counts": head["counts"],
        "policies": list(results.policies.values()),
        "names": head["names"],
    }
    if results.baseline is not None:
        report["baseline"] = results.baseline
    return report


def _fine(tallies: Iterable[Tally]) -> dict[str, dict[str, int]]:
    """What was plainly fine, by policy and reason."""
    found: dict[str, dict[str, int]] = {}
    for tally in tallies:
        if tally.verdict == "ok" and not tally.disputed:
            reasons = found.setdefault(tally.policy, {})
            reasons[tally.reason or "open"] = reasons.get(tally.reason or "open", 0) + tally.number
    return found
