"""The rows that count, written by executors: one section at a time, in the order of input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.engines.spark.account import Lines, Settled

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_AFTER_ALL = 2**31 - 1


def write_section(spark: SparkSession, judged: DataFrame, settled: Settled, name: str, path: str) -> None:
    """The lines of one section to text files under `path`, which put one after another are the whole file."""
    from pyspark.sql import functions as f  # noqa: PLC0415 - an extra

    given = judged.filter(f.col(name).isNotNull()).select("file", "document", f.col(name).alias("lines"))
    if settled.instead:
        changed = spark.createDataFrame(list(settled.instead), "file int, document int")
        given = given.join(f.broadcast(changed), ["file", "document"], "left_anti")
    others = _others(settled, name)
    if others:
        given = given.unionByName(spark.createDataFrame(others, "file int, document int, lines binary"))
    ordered = given.orderBy("file", "document").select(f.col("lines").cast("string").alias("value"))
    ordered.write.text(path, lineSep="\n")


def _others(settled: Settled, name: str) -> list[tuple[int, int, bytes]]:
    """What the driver has to add to a section, without the last line break."""
    placed = [(file, document, lines) for (file, document), lines in settled.instead.items()]
    after = [(_AFTER_ALL, number, lines) for number, lines in enumerate(settled.added)]
    return [(file, document, _cut(lines, name)) for file, document, lines in (*placed, *after) if lines.get(name)]


def _cut(lines: Lines, name: str) -> bytes:
    return lines[name].removesuffix(b"\n")
