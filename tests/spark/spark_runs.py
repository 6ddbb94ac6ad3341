"""The same documents judged on one machine and by Spark, and what either left."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from validator.cli.context import library_of, policy_texts
from validator.engines.folder.conclude import Conclusion
from validator.engines.local.orders import Setup, pack_setup
from validator.engines.spark.places import listing
from validator.engines.spark.run import Job, run
from validator.engines.spark.target import Target
from validator.journeys.batch.judging import EvidenceLevel
from validator.journeys.batch.ledger import Ledger
from validator.journeys.results.entries import policies_document

ROWS = ("organizations", "verdicts", "findings", "quarantine", "warnings")


def by_one_machine(place: Path, to: str, *more: str) -> int:
    """The command line, in its folder; its exit code."""
    command = [sys.executable, "-m", "validator", "check", "in", "--to", to, *more]
    return subprocess.run(command, cwd=place, capture_output=True, check=False, timeout=120).returncode


def by_spark(
    spark: Any,
    to: str,
    *,
    policies: tuple[str, ...] = ("builtin",),
    law_date: date | None = None,
    evidence: EvidenceLevel = EvidenceLevel.NONE,
) -> dict[str, Any]:
    """The engine, in the current folder; what `run.json` says."""
    texts = policy_texts(policies)
    library = library_of(texts)
    setup = pack_setup(Setup(tuple(texts), (), law_date, evidence, None, None))
    told = None if law_date is None else law_date.isoformat()
    listed = policies_document(library.policies, library.vocabulary)
    conclusion = Conclusion(library.policies, listed, told, None, False, False, lambda _: [])
    job = Job(setup, {}, conclusion)
    ledger = Ledger(None, library.policies, library.vocabulary)
    return dict(run(spark, listing(spark, ["in"]), Target(spark, to), ledger, job, tasks=4).run)


def rows(folder: Path, name: str) -> bytes:
    """A file of results, or its parts one after another."""
    file = folder / f"{name}.jsonl"
    parts = sorted(file.glob("part-*.jsonl")) if file.is_dir() else [file]
    return b"".join(part.read_bytes() for part in parts)


def read(folder: Path, name: str) -> Any:
    """A file of JSON."""
    return json.loads((folder / name).read_bytes())
