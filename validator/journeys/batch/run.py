"""What a finished batch says of itself: `run.json` (`sverka.run/1`)."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import NotRequired, TypedDict

from validator.journeys.assemble import tool
from validator.journeys.batch.ledger import Ledger
from validator.journeys.gate import UNKNOWNS, VIOLATIONS
from validator.journeys.rollup.coverage import run_coverage
from validator.journeys.selection import identity_of
from validator.logic.batch import Coverage, RunCoverage
from validator.logic.policy import PolicySet
from validator.logic.report import BaselineUse, Counts, PolicySetIdentity, Tool

SCHEMA = "sverka.run/1"
INTERNAL = 4


class RunInputs(TypedDict):
    """The balance of documents: documents = evaluated + quarantined + not_reached; repeated ones are beside it."""

    documents: int
    evaluated: int
    quarantined: int
    not_reached: int
    repeated: int
    organizations: int


class ExpectedCounts(TypedDict):
    """Expected organizations, those of them without an evaluated snapshot, and those that nobody expected."""

    organizations: int
    missing: int
    unexpected: int


class FileRow(TypedDict):
    """A file of results: its digest and size; `lines` where it has lines."""

    sha256: str
    bytes: int
    lines: NotRequired[int]


class Run(TypedDict):
    """The whole document. `digest` is that of the digests of all files: one figure for the whole folder.

    `baseline` is there when there was one.
    """

    schema: str
    tool: Tool
    policy_set: PolicySetIdentity
    law_date: str | None
    terms: Mapping[str, object]
    inputs: RunInputs
    expected: ExpectedCounts | None
    coverage: RunCoverage
    counts: Counts
    exit_code: int
    files: dict[str, FileRow]
    digest: str
    baseline: NotRequired[BaselineUse]


def coverage_of(ledger: Ledger) -> Coverage:
    """How much of the input was judged, all of it having been reached."""
    sums = ledger.sums
    expected = None if ledger.expected is None else len(ledger.expected)
    missing = None if expected is None else len(ledger.missing)
    unexpected = None if expected is None else len(ledger.unexpected)
    documents = sums.evaluated + sums.quarantined
    return Coverage(documents, sums.evaluated, sums.quarantined, 0, expected, missing, unexpected)


def run_of(
    policies: PolicySet,
    law_date: str | None,
    terms: Mapping[str, object],
    ledger: Ledger,
    files: dict[str, FileRow],
    floor_percent: float,
) -> Run:
    """The document of a run that came to its end."""
    sums, coverage = ledger.sums, coverage_of(ledger)
    expected: ExpectedCounts | None = None
    if ledger.expected is not None:
        expected = {
            "organizations": len(ledger.expected),
            "missing": len(ledger.missing),
            "unexpected": len(ledger.unexpected),
        }
    found: Run = {
        "schema": SCHEMA,
        "tool": tool(),
        "policy_set": identity_of(policies),
        "law_date": law_date,
        "terms": terms,
        "inputs": {
            "documents": coverage.documents,
            "evaluated": sums.evaluated,
            "quarantined": sums.quarantined,
            "not_reached": 0,
            "repeated": sums.repeated,
            "organizations": sums.organizations,
        },
        "expected": expected,
        "coverage": run_coverage(coverage, floor_percent),
        "counts": ledger.counts(),
        "exit_code": exit_code(ledger),
        "files": files,
        "digest": _digest(files),
    }
    if ledger.known is not None:
        found["baseline"] = ledger.known.use()
    return found


def _digest(files: Mapping[str, FileRow]) -> str:
    """One digest for all files: that of their names and digests, a line each."""
    lines = "".join(f"{name} {row['sha256']}\n" for name, row in files.items())
    return f"sha256:{sha256(lines.encode()).hexdigest()}"


def exit_code(ledger: Ledger) -> int:
    """The exit code of a finished run: as of a report, and 3 also when expected organizations are missing."""
    sums, gates = ledger.sums, ledger.gates
    if INTERNAL in gates:
        return INTERNAL
    if not sums.evaluated + sums.quarantined:
        return 2
    if VIOLATIONS in gates:
        return VIOLATIONS
    return UNKNOWNS if UNKNOWNS in gates or sums.quarantined or ledger.missing else 0
