"""The end of a run that reached all its documents: roll-up, lists, `run.json`, and everything under its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from validator.engines.folder.results import FINAL, ResultFolder
from validator.engines.folder.settle import row_of, settle
from validator.journeys.assemble import problem_record
from validator.journeys.batch.expected import ExpectedList
from validator.journeys.batch.ledger import Ledger
from validator.journeys.batch.records import line_of, lines_of
from validator.journeys.batch.run import coverage_of, run_of
from validator.journeys.rollup.accumulate import DEFAULT_FLOOR_PERCENT
from validator.journeys.rollup.pieces import json_pieces
from validator.logic.batch import RollUpTable
from validator.logic.policy import PolicySet
from validator.logic.result_set import PoliciesDocument

ROLLUP, MISSING, POLICIES = "rollup.json", "missing.jsonl", "policies.json"


class Conclusion(NamedTuple):
    """What the end needs beside the ledger.

    `policies_document` lists the policies as reports do. `warnings` makes of the lines about waivers the lines of
    warnings.
    """

    policies: PolicySet
    policies_document: PoliciesDocument
    law_date: str | None
    expected: ExpectedList | None
    parquet: bool
    has_evidence: bool
    warnings: Callable[[list[bytes]], Iterable[bytes]]


def conclude(folder: ResultFolder, ledger: Ledger, given: Conclusion) -> None:
    """Settle what is contradicted, write what is known only now, and finish the folder. Raises OSError."""
    settled = settle(folder, ledger, lambda lines: [*several_days(ledger), *given.warnings(lines)])
    files = dict(settled)
    final = folder.work / FINAL
    files[ROLLUP] = _written(final / ROLLUP, rollup_of(ledger, given))
    files[POLICIES] = _written(final / POLICIES, given.policies_document)
    if given.expected is not None:
        files[MISSING] = final / MISSING
        files[MISSING].write_bytes(lines_of({"organization": one} for one in ledger.missing))
    if given.parquet:
        from validator.engines.folder.columns import as_parquet  # noqa: PLC0415 - pyarrow is an extra

        files = as_parquet(files, final, keep_findings=given.has_evidence)
    files = dict(sorted(files.items()))
    rows = {name: row_of(file) for name, file in files.items()}
    run = run_of(given.policies, given.law_date, folder.terms, ledger, rows, DEFAULT_FLOOR_PERCENT)
    folder.finish(dict(run), files)


def several_days(ledger: Ledger) -> Iterable[bytes]:
    """The warning, a line, that organizations came with facts of several days; nothing when none did."""
    problem = ledger.several_days()
    return [] if problem is None else [line_of(problem_record(problem, None))]


def rollup_of(ledger: Ledger, given: Conclusion) -> RollUpTable:
    """The figures of everything that counts."""
    groups = None if given.expected is None else given.expected.groups(ledger.missing)
    return ledger.rollup.table(coverage_of(ledger), groups)


def _written(file: Path, document: Mapping[str, object]) -> Path:
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(json_pieces(document))
    return file
