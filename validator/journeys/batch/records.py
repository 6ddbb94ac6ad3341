"""What a batch keeps of one document, as bytes: a header that the run reads, and lines that go to its files.

A record is written by a worker, may wait in the cache of results, and is read by the run. It is JSON lines
throughout and never pickled, so reading one can do nothing but fail.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from validator.logic.batch import Group, Tally

# The files of a batch, in the order of their sections in a record.
SECTIONS = ("organizations", "verdicts", "findings", "quarantine", "warnings", "waivers")


class Record(NamedTuple):
    """One document after judging.

    `key` is whose facts and of which day, None when the document was put aside. `digest` and `size` are those of
    its bytes, None where they could not be read. `gates` holds what it means for the exit code: 1 blocking
    violation, 3 blocking unknown. `sections` are whole lines, by the name of their file.
    """

    file: str
    digest: str | None
    size: int | None
    key: tuple[str, str] | None
    group: Group | None
    tallies: tuple[Tally, ...]
    gates: tuple[int, ...]
    sections: Mapping[str, bytes]


_text_of = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def text_of(value: object) -> str:
    """A value as JSON: keys as they stand, no spaces."""
    return _text_of(value)


def line_of(value: object) -> bytes:
    """A value as one line of JSON, LF."""
    return _text_of(value).encode() + b"\n"


def lines_of(values: Iterable[object]) -> bytes:
    """Several values, one line each."""
    return b"".join(map(line_of, values))


def encode(record: Record) -> bytes:
    """The record as bytes."""
    head = {
        "file": record.file,
        "digest": record.digest,
        "size": record.size,
        "key": record.key,
        "group": record.group,
        "tallies": record.tallies,
        "gates": record.gates,
        "sections": [len(record.sections.get(name, b"")) for name in SECTIONS],
    }
    return line_of(head) + b"".join(record.sections.get(name, b"") for name in SECTIONS)


def decode(data: bytes) -> Record:
    """The record that `encode` wrote. Raises ValueError when it is anything else."""
    import msgspec  # noqa: PLC0415 - findings of an ordinary check use this module too

    first, end, rest = data.partition(b"\n")
    try:
        head: dict[str, Any] = msgspec.json.decode(first)
        lengths = [int(length) for length in head["sections"]]
        if not end or len(lengths) != len(SECTIONS) or min(lengths) < 0 or sum(lengths) != len(rest):
            raise ValueError
        sections, start = {}, 0
        for name, length in zip(SECTIONS, lengths, strict=True):
            sections[name] = rest[start : start + length]
            start += length
        return Record(
            head["file"],
            head["digest"],
            head["size"],
            None if head["key"] is None else (head["key"][0], head["key"][1]),
            None if head["group"] is None else Group(*head["group"]),
            tuple(Tally(*tally) for tally in head["tallies"]),
            tuple(head["gates"]),
            sections,
        )
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError("no record") from error
