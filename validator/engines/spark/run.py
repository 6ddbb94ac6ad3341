"""One run on a cluster, from files of documents to a folder of results."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from validator.engines.folder.conclude import MISSING, ROLLUP
from validator.engines.folder.settle import KEPT
from validator.engines.spark.account import lines_about_waivers, settle
from validator.engines.spark.judging import COLUMNS, Task
from validator.engines.spark.places import Listing, contents
from validator.engines.spark.target import RUN, Target, rows_of
from validator.engines.spark.writing import write_section
from validator.journeys.assemble import problem_record
from validator.journeys.batch.expected import ExpectedList
from validator.journeys.batch.ledger import Ledger
from validator.journeys.batch.records import line_of, lines_of
from validator.journeys.batch.run import FileRow, Run, coverage_of, run_of
from validator.journeys.rollup.accumulate import DEFAULT_FLOOR_PERCENT
from validator.journeys.rollup.pieces import json_pieces
from validator.logic.policy import PolicySet

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# How Spark hands rows to Python: in small pieces, because one row may be a file of many megabytes.
SETTINGS = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": "16",
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
}


class Job(NamedTuple):
    """What is to be judged by what.

    `setup` is what a worker of one machine gets, packed; `terms` are told in `run.json`; `warnings` makes of the
    lines about waivers the lines of warnings that no document tells.
    """

    setup: bytes
    policies: PolicySet
    law_date: str | None
    terms: dict[str, object]
    expected: ExpectedList | None
    warnings: Callable[[list[bytes]], Iterable[bytes]]


def run(spark: SparkSession, listed: Listing, target: Target, ledger: Ledger, job: Job, tasks: int) -> Run:
    """Judge the files and leave results in the target; what `run.json` says.

    `ledger` is new. The target is free. An exception leaves nothing under a final name.
    """
    for name, value in SETTINGS.items():
        spark.conf.set(name, value)
    target.clear_work()
    judge(spark, listed, job.setup, tasks).write.parquet(target.work("judged"))
    judged = spark.read.parquet(target.work("judged"))
    settled = settle(judged, ledger)
    days = ledger.several_days()
    several = [] if days is None else [line_of(problem_record(days, None))]
    warnings = b"".join([*several, *job.warnings(lines_about_waivers(judged, settled))])
    if warnings:
        settled.added.append({"warnings": warnings})
    parts: dict[str, list[str]] = {}
    for section in KEPT:
        name = f"{section}.jsonl"
        write_section(spark, judged, settled, section, target.work(f"final/{name}"))
        parts[name] = target.parts(name)
    small = _small(ledger, job)
    for name, pieces in small.items():
        target.write(name, pieces)
    rows = rows_of(spark, parts)
    rows |= {name: _row(pieces, name) for name, pieces in small.items()}
    files = dict(sorted(rows.items()))
    found = run_of(job.policies, job.law_date, job.terms, ledger, files, DEFAULT_FLOOR_PERCENT)
    target.write(RUN, [json.dumps(found, ensure_ascii=False, indent=2).encode() + b"\n"])
    target.finish([*parts, *small])
    return found


def judge(spark: SparkSession, listed: Listing, setup: bytes, tasks: int) -> DataFrame:
    """The judged documents of the files (`COLUMNS`), in no order."""
    context = spark.sparkContext
    told, places = context.broadcast(setup), context.broadcast(listed.places)
    task = Task(lambda: told.value, lambda: places.value)
    return contents(spark, listed, tasks).mapInArrow(task, COLUMNS)


def _small(ledger: Ledger, job: Job) -> dict[str, list[bytes]]:
    """The files that the driver writes itself, in pieces."""
    groups = None if job.expected is None else job.expected.groups(ledger.missing)
    table = ledger.rollup.table(coverage_of(ledger), groups)
    found = {ROLLUP: [piece.encode() for piece in json_pieces(table)]}
    if job.expected is not None:
        found[MISSING] = [lines_of({"organization": one} for one in ledger.missing)]
    return found


def _row(pieces: list[bytes], name: str) -> FileRow:
    data = b"".join(pieces)
    row: FileRow = {"sha256": sha256(data).hexdigest(), "bytes": len(data)}
    if name.endswith(".jsonl"):
        row["lines"] = data.count(b"\n")
    return row
