"""The journal of a run: which documents are done, and how far the files of results reached after each.

One line per document, with a checksum before it, so that the end that a dying process leaves half-written is told
from damage: a torn last line is dropped and its document done again, anything else wrong is told.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from validator.journeys.batch.records import SECTIONS, text_of

_CHECKSUM = 16


class JournalError(Exception):
    """The journal is damaged at a line, counted from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


class Entry(NamedTuple):
    """One document that is done.

    `digest` and `size` are None where its bytes could not be read, `key` where it was put aside. `ends` is where
    its lines end in each file of results, in the order of `SECTIONS`; `crc` the CRC-32 of them all.
    """

    file: str
    digest: str | None
    size: int | None
    key: tuple[str, str] | None
    gates: tuple[int, ...]
    ends: tuple[int, ...]
    crc: int


def line_of(value: object) -> bytes:
    """A line of the journal."""
    text = text_of(value).encode()
    return _checksum(text) + b" " + text + b"\n"


def read(file: Path) -> Iterator[tuple[object, int]]:
    """The values of the journal, and where the line of each ends. Raises `JournalError` for damage.

    A last line that is torn is none.
    """
    with file.open("rb") as stream:
        end = 0
        for number, line in enumerate(stream, 1):
            checksum, _, text = line.partition(b" ")
            text = text.removesuffix(b"\n")
            if not line.endswith(b"\n") or checksum != _checksum(text):
                if stream.read(1):
                    raise JournalError(number)
                return
            end += len(line)
            yield json.loads(text), end


def entry_of(value: Any, line: int) -> Entry:
    """The entry that a line of the journal holds. Raises `JournalError` when it holds anything else."""
    try:
        file, digest, size, key, gates, ends, crc = value
        if len(ends) != len(SECTIONS):
            raise ValueError
        return Entry(
            file, digest, size, None if key is None else (key[0], key[1]), tuple(gates), tuple(ends), int(crc)
        )
    except (TypeError, ValueError, IndexError):
        raise JournalError(line) from None


def _checksum(text: bytes) -> bytes:
    return sha256(text).hexdigest()[:_CHECKSUM].encode()
