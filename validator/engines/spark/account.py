"""The account of all documents, kept by the driver: the same as on one machine, in the same order.

It reads the heads of the records, some kilobytes each, one after another; the rows stay where they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from validator.journeys.batch.ledger import Ledger
from validator.journeys.batch.records import SECTIONS, Record, decode
from validator.snapshots.repeats import Key

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

# Where a document stands in the input: the number of its file, and its own number in there.
At = tuple[int, int]
Lines = Mapping[str, bytes]


class Settled(NamedTuple):
    """What the account changes about the rows.

    The rows of a document that is in `instead` are those there; `added` are lines that come after all documents.
    """

    instead: dict[At, Lines]
    added: list[Lines]


def settle(judged: DataFrame, ledger: Ledger) -> Settled:
    """Account for every judged document; what is to be written otherwise than it was judged."""
    instead: dict[At, Lines] = {}
    for at, record in _heads(judged):
        written = ledger.admit(record)
        if written is not record:
            instead[at] = written.sections
    added: list[Lines] = []
    retracted = ledger.retracted
    if retracted:
        files = [document.file for document, _ in retracted.values()]
        for at, record in _heads(judged.filter(judged["name"].isin(files))):
            key = None if record.key is None else Key(*record.key)
            if at not in instead and key in retracted and retracted[key][0].file == record.file:
                added.append(ledger.retract(record, retracted[key][1]).sections)
                instead[at] = {}
    return Settled(instead, added)


def lines_about_waivers(judged: DataFrame, settled: Settled) -> list[bytes]:
    """What documents that count tell about waivers, a line each."""
    column = "waivers"
    assert column in SECTIONS
    rows = judged.filter(judged[column].isNotNull()).select("file", "document", column).collect()
    kept = sorted(((row["file"], row["document"]), bytes(row[column])) for row in rows)
    return [line + b"\n" for at, lines in kept if at not in settled.instead for line in lines.splitlines()]


def _heads(judged: DataFrame) -> Iterator[tuple[At, Record]]:
    ordered = judged.select("file", "document", "head").orderBy("file", "document")
    for row in ordered.toLocalIterator(prefetchPartitions=True):
        yield (row["file"], row["document"]), decode(bytes(row["head"]))
