"""One run of `prove`: the analyses that were asked for, their findings, the report, and its exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from validator import __version__
from validator.journeys.prove.alone import alone
from validator.journeys.prove.audits import examples, waived
from validator.journeys.prove.changes import changes
from validator.journeys.prove.covering import assumptions, gaps
from validator.journeys.prove.findings import finding_of
from validator.journeys.prove.ground import Found, Ground
from validator.journeys.prove.joint import joint
from validator.journeys.prove.knowing import lasting, monotone, sources
from validator.journeys.prove.known import Known, Ledger
from validator.journeys.prove.pairs import pairs
from validator.journeys.prove.properties import Property, properties
from validator.journeys.prove.remedies import remedies
from validator.journeys.prove.rows import rows
from validator.journeys.prove.statement import statement
from validator.logic.policy import PolicySet
from validator.logic.proof import ANALYSES, Entry, Finding, ProofCounts, ProofReport, Status, Weight
from validator.logic.report import both
from validator.logic.waiver import Waiver

SCHEMA = "sverka.prove/1"
# What these find is worth knowing and never a fault, so an open question among them stops nobody.
FOR_INFORMATION = ("ANA-A7", "ANA-A8", "ANA-A12", "ANA-A14", "ANA-A15", "ANA-A17")


class Asked(NamedTuple):
    """What a run is to do: the analyses, and what beside the policy set they look at.

    `old` is the set to compare with, `revision` its name; `whole` says that no policy was left out.
    """

    analyses: frozenset[str] = frozenset(ANALYSES)
    old: PolicySet | None = None
    revision: str | None = None
    stated: tuple[Property, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    known: tuple[Known, ...] = ()
    today: date | None = None
    whole: bool = True


def prove(ground: Ground, asked: Asked, schema: bytes, solver: str) -> ProofReport:
    """Everything there is to say of the policy set. `schema` is the snapshot schema, `solver` names the solver."""
    ledger = Ledger(asked.known, asked.today)
    wanted = [found for found in _found(ground, asked) if found.analysis in asked.analyses]
    findings = [finding_of(ground, found, ledger) for found in wanted]
    ground.answered[:] = [one for one in ground.answered if one["analysis"] in asked.analyses]
    findings = sorted({one["digest"]: one for one in findings}.values(), key=_order)
    entries = ledger.problems(whole=asked.whole and asked.analyses == frozenset(ANALYSES))
    policies = ground.policies
    report: ProofReport = {
        "schema": SCHEMA,
        "version": __version__,
        "policy_set": {
            "digest": policies.digest,
            "norms": len(policies.norms),
            "decisions": len(policies.decisions),
        },
        "scope": {
            "analyses": sorted(asked.analyses, key=[*ANALYSES].index),
            "changed_since": asked.revision,
            "policies": None if ground.only is None else sorted(ground.only),
            "today": None if asked.today is None else asked.today.isoformat(),
        },
        "findings": findings,
        "questions": ground.answered,
        "switched_off": [
            {"topic": topic.name, "analysis": off.analysis, "why": both(off.why)}
            for topic in policies.topics.values()
            for off in topic.switched_off
        ],
        "entries": entries,
        "counts": _counts(ground, findings, entries),
        "statement": statement(ground, schema, solver, asked.revision, _held(ground, asked)),
    }
    return report


def _held(ground: Ground, asked: Asked) -> list[Property]:
    """The stated properties that were proved; each puts one question, in their order."""
    put = [one["status"] for one in ground.answered if one["analysis"] == "ANA-A19"]
    return [one for one, status in zip(asked.stated, put, strict=False) if status == Status.PROVED.value]


def _found(ground: Ground, asked: Asked) -> Iterator[Found]:
    """The findings of the analyses that were asked for, one analysis after another."""
    for codes, analysis in _analyses(asked):
        if asked.analyses & codes:
            yield from analysis(ground)


def _analyses(asked: Asked) -> Iterator[tuple[frozenset[str], Callable[[Ground], Iterator[Found]]]]:
    yield frozenset({"ANA-A0"}), assumptions
    yield frozenset({"ANA-A1", "ANA-A2", "ANA-A3", "ANA-A4", "ANA-A11", "ANA-A12", "ANA-A18"}), alone
    yield frozenset({"ANA-A5"}), joint
    yield frozenset({"ANA-A5"}), remedies
    yield frozenset({"ANA-A6", "ANA-A7", "ANA-A8"}), pairs
    yield frozenset({"ANA-A0", "ANA-A9"}), gaps
    yield frozenset({"ANA-A10"}), rows
    yield frozenset({"ANA-A12"}), sources
    yield frozenset({"ANA-A13"}), monotone
    yield frozenset({"ANA-A14"}), lasting
    old = asked.old
    if old is not None:
        yield frozenset({"ANA-A15"}), lambda ground: changes(ground, old)
    if asked.waivers:
        yield frozenset({"ANA-A16"}), lambda ground: waived(ground, asked.waivers, asked.today)
    yield frozenset({"ANA-A17"}), examples
    if asked.stated:
        yield frozenset({"ANA-A19"}), lambda ground: properties(ground, asked.stated)


def _order(finding: Finding) -> tuple[int, int, list[str], list[str], str]:
    names = [involved["id"] for involved in finding["policies"]]
    weight = [weight.value for weight in Weight].index(finding["weight"])
    return weight, [*ANALYSES].index(finding["analysis"]), names, finding["core"], finding["digest"]


def _counts(ground: Ground, findings: list[Finding], entries: list[Entry]) -> ProofCounts:
    asked = [one["status"] for one in ground.answered]
    standing = [one["weight"] for one in findings if one["acknowledged"] is None]
    problems = [entry["problem"] for entry in entries]
    return {
        "proved": asked.count(Status.PROVED.value),
        "witness": asked.count(Status.WITNESS.value),
        "bounded_ok": asked.count(Status.BOUNDED_OK.value),
        "undecided": asked.count(Status.UNDECIDED.value),
        "unreachable": asked.count(Status.UNREACHABLE.value),
        "not_analysed": asked.count(Status.NOT_ANALYSED.value),
        "errors": standing.count(Weight.ERROR.value),
        "warnings": standing.count(Weight.WARNING.value),
        "infos": standing.count(Weight.INFO.value),
        "acknowledged": len(findings) - len(standing),
        "expired": problems.count("expired"),
        "orphaned": problems.count("orphaned"),
    }


def exit_code(report: ProofReport, *, accept_bounded: bool) -> int:
    """1 for a finding that stands or an entry that needs attention, 3 for open questions, else 0."""
    counts = report["counts"]
    if counts["errors"] or counts["warnings"] or counts["expired"] or counts["orphaned"]:
        return 1
    if counts["undecided"]:
        return 3
    partly = {Status.BOUNDED_OK.value, Status.NOT_ANALYSED.value} if not accept_bounded else set()
    asked = (one for one in report["questions"] if one["analysis"] not in FOR_INFORMATION)
    return 3 if any(one["status"] in partly for one in asked) else 0
