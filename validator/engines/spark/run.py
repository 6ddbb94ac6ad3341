"""One run on a cluster, from files of documents to a folder of results."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from validator.engines.folder.conclude import MISSING, POLICIES, ROLLUP, Conclusion, rollup_of, several_days
from validator.engines.folder.settle import KEPT
from validator.engines.spark.account import lines_about_waivers, settle
from validator.engines.spark.judging import COLUMNS, Task
from validator.engines.spark.places import Listing, contents
from validator.engines.spark.target import RUN, Target, rows_of
from validator.engines.spark.writing import write_section
from validator.journeys.batch.ledger import Ledger
from validator.journeys.batch.records import lines_of
from validator.journeys.batch.run import FileRow, Run, run_of
from validator.journeys.rollup.accumulate import DEFAULT_FLOOR_PERCENT
from validator.journeys.rollup.pieces import json_pieces
from validator.logic.batch import RollUpTable

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# How Spark hands rows to Python: in small pieces, because one row may be a file of many megabytes.
SETTINGS = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": "16",
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
}


class Job(NamedTuple):
    """What the documents are judged by.

    `setup` is what a worker of one machine gets, packed; `terms` are told in `run.json`.
    """

    setup: bytes
    terms: dict[str, object]
    conclusion: Conclusion


class Finished(NamedTuple):
    """A run that came to its end: what stands in `run.json` and in `rollup.json`."""

    run: Run
    table: RollUpTable


def run(spark: SparkSession, listed: Listing, target: Target, ledger: Ledger, job: Job, tasks: int) -> Finished:
    """Judge the files and leave results in the target.

    `ledger` is new. The target is free. An exception leaves nothing under a final name.
    """
    given = job.conclusion
    for name, value in SETTINGS.items():
        spark.conf.set(name, value)
    target.clear_work()
    judge(spark, listed, job.setup, tasks).write.parquet(target.work("judged"))
    judged = spark.read.parquet(target.work("judged"))
    settled = settle(judged, ledger)
    warnings = b"".join([*several_days(ledger), *given.warnings(lines_about_waivers(judged, settled))])
    if warnings:
        settled.added.append({"warnings": warnings})
    parts: dict[str, list[str]] = {}
    for section in KEPT:
        name = f"{section}.jsonl"
        write_section(spark, judged, settled, section, target.work(f"final/{name}"))
        parts[name] = target.parts(name)
    table = rollup_of(ledger, given)
    small = _small(ledger, given, table)
    for name, pieces in small.items():
        target.write(name, pieces)
    rows = rows_of(spark, parts)
    rows |= {name: _row(pieces, name) for name, pieces in small.items()}
    files = dict(sorted(rows.items()))
    found = run_of(given.policies, given.law_date, job.terms, ledger, files, DEFAULT_FLOOR_PERCENT)
    target.write(RUN, [json.dumps(found, ensure_ascii=False, indent=2).encode() + b"\n"])
    target.finish([*parts, *small])
    return Finished(found, table)


def judge(spark: SparkSession, listed: Listing, setup: bytes, tasks: int) -> DataFrame:
    """The judged documents of the files (`COLUMNS`), in no order."""
    context = spark.sparkContext
    told, places = context.broadcast(setup), context.broadcast(listed.places)
    task = Task(lambda: told.value, lambda: places.value)
    return contents(spark, listed, tasks).mapInArrow(task, COLUMNS)


def _small(ledger: Ledger, given: Conclusion, table: RollUpTable) -> dict[str, list[bytes]]:
    """The files that the driver writes itself, in pieces."""
    documents: dict[str, Mapping[str, object]] = {
        ROLLUP: table,
        POLICIES: given.policies_document,
    }
    found = {name: [piece.encode() for piece in json_pieces(document)] for name, document in documents.items()}
    if given.expected is not None:
        found[MISSING] = [lines_of({"organization": one} for one in ledger.missing)]
    return found


def _row(pieces: list[bytes], name: str) -> FileRow:
    data = b"".join(pieces)
    row: FileRow = {"sha256": sha256(data).hexdigest(), "bytes": len(data)}
    if name.endswith(".jsonl"):
        row["lines"] = data.count(b"\n")
    return row
