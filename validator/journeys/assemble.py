"""From results to the report: counts, inputs, quarantine records, and the exit code of the gate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from validator import LANGUAGE_VERSION, __version__
from validator.journeys.gate import DEFAULT_GATE, UNKNOWNS, VIOLATIONS, Gate
from validator.journeys.selection import identity_of
from validator.logic.named_tuple import NamedTuple
from validator.logic.policy import PolicySet
from validator.logic.problem import Problem
from validator.logic.told import SCHEMA, both

if TYPE_CHECKING:
    from validator.logic.report import (
        Counts,
        Inputs,
        OrganizationRow,
        QuarantineRecord,
        Report,
        Result,
        Tool,
    )


class Quarantined(NamedTuple):
    """A document that was not evaluated: its name, its digest and size where it could be read, its mistakes."""

    file: str
    digest: str | None
    size: int | None
    problems: list[Problem]


def assemble(
    policies: PolicySet,
    law_date: str | None,
    organizations: list[OrganizationRow],
    results: list[Result],
    quarantined: list[Quarantined],
    warnings: list[Problem],
    not_reached: int = 0,
) -> Report:
    """The report of a run; results are ordered by organization, then as they came (policy, subject).

    What was left out of `results` as plainly fine is counted by the organizations (`fine`).
    """
    ordered = sorted(results, key=lambda r: (r["organization"], r["as_of"], r["location"]["file"]))
    return {
        "schema": SCHEMA,
        "tool": tool(),
        "policy_set": identity_of(policies),
        "law_date": law_date,
        "inputs": inputs(len(organizations), len(quarantined), not_reached),
        "organizations": sorted(organizations, key=lambda row: (row["organization"], row["as_of"], row["file"])),
        "results": ordered,
        "quarantine": [problem_record(problem, q) for q in quarantined for problem in q.problems],
        "warnings": [problem_record(problem, None) for problem in warnings],
        "counts": count(ordered, fine_of(organizations)),
    }


def fine_of(organizations: Iterable[OrganizationRow]) -> Counter[str]:
    """How many results that are plainly fine were left out of a report, by reason."""
    found: Counter[str] = Counter()
    for row in organizations:
        for reasons in row.get("fine", {}).values():
            found.update(reasons)
    return found


def tool() -> Tool:
    """Which program this is."""
    return {"name": "sverka", "version": __version__, "language_version": LANGUAGE_VERSION}


def inputs(evaluated: int, quarantined: int, not_reached: int) -> Inputs:
    """The balance of documents."""
    return {
        "documents": evaluated + quarantined + not_reached,
        "evaluated": evaluated,
        "quarantined": quarantined,
        "not_reached": not_reached,
    }


def problem_record(problem: Problem, document: Quarantined | None) -> QuarantineRecord:
    """A problem as reports hold it, with the document that it put aside."""
    return {
        "code": problem.code,
        "file": problem.span.file if problem.span else problem.file,
        "digest": document.digest if document else None,
        "size": document.size if document else None,
        "line": problem.span.line if problem.span else None,
        "column": problem.span.column if problem.span else None,
        "path": problem.path,
        "message": both(problem.message),
        "help": both(problem.help),
    }


def count(results: Iterable[Result], fine: Mapping[str, int] = MappingProxyType({})) -> Counts:
    """How many results of each verdict; outcomes of decisions are counted apart, `fine` are those left out."""
    alike = Counter(
        (result["kind"] == "decision", result["verdict"], result["reason"], result["disputed"] is not None)
        for result in results
    )
    alike.update({(False, "ok", reason, False): number for reason, number in fine.items()})
    return counts_of(alike)


# Whether a decision judged, its verdict, its reason, whether it is disputed.
Alike = tuple[bool, str, str | None, bool]


def counts_of(judgements: Mapping[Alike, int]) -> Counts:
    """The counts of judgements of which those alike are counted together."""
    norms: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    decisions: Counter[str] = Counter({"unknown": 0})
    disputed = 0
    for (is_decision, verdict, reason, is_disputed), number in judgements.items():
        disputed += number if is_disputed else 0
        if verdict == "ok":
            reasons[reason or "open"] += number
        elif is_decision:
            decisions[verdict] += number
        else:
            norms[verdict] += number
    return {
        "violation": norms["violation"],
        "advice": norms["advice"],
        "waived": norms["waived"],
        "unknown": norms["unknown"],
        "disputed": disputed,
        "ok": {
            "met": reasons["met"],
            "exempt": reasons["exempt"],
            "not_applicable": reasons["not_applicable"],
            "not_in_force": reasons["not_in_force"],
            "open": reasons["open"],
        },
        "decisions": {name: n for name, n in sorted(decisions.items()) if n or name == "unknown"},
    }


def exit_code(report: Report, gate: Gate = DEFAULT_GATE) -> int:
    """The exit code of a report: 4 incomplete, 2 nothing evaluated, 1 violations, 3 unknowns or quarantine."""
    numbers = report["inputs"]
    if numbers["not_reached"]:
        return 4
    if not numbers["documents"]:
        return 2
    found = {gate.blocks(result) for result in report["results"]}
    if VIOLATIONS in found:
        return VIOLATIONS
    return UNKNOWNS if UNKNOWNS in found or numbers["quarantined"] else 0
