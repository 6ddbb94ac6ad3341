"""The results of a report, in memory or saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Literal

from validator.journeys.assemble import count, fine_of
from validator.journeys.results.tallies import Tallied, table_of, tallied
from validator.logic.batch import RollUpTable
from validator.logic.report import (
    BaselineUse,
    Names,
    OrganizationRow,
    PolicyEntry,
    QuarantineRecord,
    Report,
    Result,
)
from validator.logic.result_set import Head


class ReportResults:
    """A `ResultSet` of a report that has its policies."""

    def __init__(self, report: Report) -> None:
        """Raises ValueError when the report lacks `policies`, or has results of one that is not among them."""
        self.report = report
        self.policies: Mapping[str, PolicyEntry] = {entry["policy"]: entry for entry in report.get("policies", ())}
        judged = {result["policy"] for result in report["results"]}
        judged.update(policy for row in report["organizations"] for policy in row.get("fine", ()))
        if unlisted := sorted(judged - self.policies.keys()):
            raise ValueError(f"policies that the report does not list: {', '.join(unlisted)}")

    @cached_property
    def head(self) -> Head:
        """See `ResultSet`."""
        report = self.report
        fact_dates = _first_and_last([row["as_of"] for row in report["organizations"]])
        law_date = report["law_date"]
        nothing: Names = {"kinds": {}, "regions": {}}
        return {
            "tool": report["tool"],
            "policy_set": report["policy_set"],
            "law_date": law_date,
            "law_dates": fact_dates if law_date is None or fact_dates is None else (law_date, law_date),
            "fact_dates": fact_dates,
            "inputs": report["inputs"],
            "counts": report["counts"],
            "organizations": len({row["organization"] for row in report["organizations"]}),
            "explained": _explained(self.findings()),
            "names": report.get("names", nothing),
        }

    @property
    def baseline(self) -> BaselineUse | None:
        """What came of the baseline of the run, None without one."""
        return self.report.get("baseline")

    @cached_property
    def table(self) -> RollUpTable:
        """See `ResultSet`. Raises ValueError as `table_of` does."""
        return table_of(self.policies, self.tallied(), self.report["inputs"])

    def tallied(self) -> Iterator[Tallied]:
        """The judgements of each organization, counted, in the order of `organizations`."""
        return tallied(self.report)

    def organizations(self) -> Iterator[OrganizationRow]:
        """See `ResultSet`."""
        return iter(self.report["organizations"])

    def findings(self) -> Iterator[Result]:
        """See `ResultSet`."""
        return (result for result in self.report["results"] if result["verdict"] != "ok" or result["disputed"])

    def quarantine(self) -> Iterator[QuarantineRecord]:
        """See `ResultSet`."""
        return iter(self.report["quarantine"])

    def warnings(self) -> Iterator[QuarantineRecord]:
        """See `ResultSet`."""
        return iter(self.report["warnings"])


def results_of(report: Report) -> ReportResults:
    """The results of a report that has `policies`. Raises ValueError as `ReportResults` does."""
    return ReportResults(report)


def _explained(findings: Iterable[Result]) -> Literal["all", "blocking", "none"]:
    """Which findings carry facts and advice: a report made of a folder may hold some that nobody explained.

    A violation that was explained has a message. Where there is none, unknowns tell by the facts they miss.
    """
    told: set[bool] = set()
    unknowns: set[bool] = set()
    for finding in findings:
        if finding["verdict"] in ("violation", "advice"):
            told.add(finding["message"] is not None)
        elif finding["verdict"] == "unknown":
            unknowns.add(bool(finding["missing"]))
    if told:
        return "blocking" if len(told) > 1 else "all" if told.pop() else "none"
    return "none" if unknowns == {False} else "all"


def leaves_out_uncounted(report: Report) -> bool:
    """Whether plainly fine results are neither listed nor counted by organization: an older program did so.

    Then no roll-up can be made of it: how much applied to whom is lost.
    """
    listed = sum_of(count(report["results"])["ok"])
    return listed + fine_of(report["organizations"]).total() != sum_of(report["counts"]["ok"])


def sum_of(reasons: Mapping[str, object]) -> int:
    """How many there are of all reasons."""
    return sum(number for number in reasons.values() if isinstance(number, int))


def _first_and_last(days: list[str]) -> tuple[str, str] | None:
    return (min(days), max(days)) if days else None
