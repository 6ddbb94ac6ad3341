"""Parquet files made by hand, byte for byte, so that they can claim whatever a test wants them to claim."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow

ZSTD, PLAIN_CODEC = 6, 0
PLAIN = 0
FORMAT = "sverka.snapshots/1"
Row = tuple[str, bytes]


# --- Thrift ---------------------------------------------------------------------------------------------------


class Small(int):
    """A number of 32 bits; libraries tell it from one of 64."""


def varint(number: int) -> bytes:
    data = bytearray()
    while number >= 0x80:
        data.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*data, number])


def _number(number: int) -> bytes:
    return varint(number << 1 if number >= 0 else (-number << 1) - 1)


def thrift(value: Any) -> bytes:
    """A number (of 64 bits unless it is `Small`), a text, a list of one kind, a structure: fields by number."""
    match value:
        case int():
            return _number(value)
        case str():
            return thrift(value.encode())
        case bytes():
            return varint(len(value)) + value
        case list():
            head = bytes([len(value) << 4 | _kind(value)]) if len(value) < 15 else bytes([0xF0 | _kind(value)])
            return head + (varint(len(value)) if len(value) >= 15 else b"") + b"".join(map(thrift, value))
        case dict():
            fields = b"".join(bytes([_kind([v])]) + _number(key) + thrift(v) for key, v in value.items())
            return fields + b"\0"
    raise AssertionError(value)


def _kind(values: list[Any]) -> int:
    match values:
        case [Small(), *_]:
            return 5
        case [int(), *_]:
            return 6
        case [str() | bytes(), *_]:
            return 8
        case [list(), *_]:
            return 9
        case _:
            return 12


# --- Parquet --------------------------------------------------------------------------------------------------


@dataclass
class Page:
    """A page and what its header claims; None stands for the truth."""

    values: Sequence[bytes]
    claimed_values: int | None = None
    claimed_unpacked: int | None = None
    claimed_packed: int | None = None
    encoding: int = PLAIN
    kind: int = 0
    codec: int = ZSTD
    content: bytes | None = None  # in the place of the values
    packed: bytes | None = None  # in the place of the packed content
    size: int = 0  # with the header, unpacked, as it was written

    def data(self) -> bytes:
        plain = b"".join(len(value).to_bytes(4, "little") + value for value in self.values)
        plain = plain if self.content is None else self.content
        packed = pyarrow.compress(plain, "zstd", asbytes=True) if self.codec == ZSTD else plain
        packed = packed if self.packed is None else self.packed
        unpacked = _or(self.claimed_unpacked, len(plain))
        head = {1: self.kind, 2: unpacked, 3: _or(self.claimed_packed, len(packed))}
        inner = {1: _or(self.claimed_values, len(self.values)), 2: self.encoding, 3: 3, 4: 3}
        header = thrift(_small(head) | {5: _small(inner)})
        self.size = len(header) + unpacked
        return header + packed


def _small(numbers: dict[int, int]) -> dict[int, Any]:
    return {field: Small(number) for field, number in numbers.items()}


def _or(claimed: int | None, truth: int) -> int:
    return truth if claimed is None else claimed


@dataclass
class Chunk:
    """The pages of a column, and other fields of its description."""

    pages: list[Page]
    other: dict[int, Any] = field(default_factory=dict)
    outer: dict[int, Any] = field(default_factory=dict)


@dataclass
class Made:
    """A file: groups of two chunks each, and what its description claims."""

    groups: list[tuple[Chunk, Chunk]]
    other: dict[int, Any] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    claimed_rows: dict[int, int] = field(default_factory=dict)  # of a group

    def data(self) -> bytes:
        data = bytearray(b"PAR1")
        groups = []
        for number, chunks in enumerate(self.groups):
            columns = []
            for name, chunk in zip(("file", "document"), chunks, strict=True):
                columns.append(_column(name, chunk, data))
            rows = self.claimed_rows.get(number, columns[0][3][5])
            groups.append({1: columns, 2: sum(column[3][6] for column in columns), 3: rows})
        words = {"sverka.format": FORMAT, "sverka.sha256": hashlib.sha256(data).hexdigest()} | self.words
        described = {
            1: Small(2),
            2: SCHEMA,
            3: sum(group[3] for group in groups),
            4: groups,
            5: [{1: key, 2: value} for key, value in words.items()],
        }
        footer = thrift(described | self.other)
        return bytes(data) + footer + len(footer).to_bytes(4, "little") + b"PAR1"


SCHEMA = [
    {4: "schema", 5: Small(2)},
    {1: Small(6), 3: Small(0), 4: "file", 6: Small(0)},
    {1: Small(6), 3: Small(0), 4: "document"},
]


def _column(name: str, chunk: Chunk, data: bytearray) -> dict[int, Any]:
    start = len(data)
    for page in chunk.pages:
        data += page.data()
    values = sum(_or(page.claimed_values, len(page.values)) for page in chunk.pages)
    sizes = {6: sum(page.size for page in chunk.pages), 7: len(data) - start, 9: start}
    codec = chunk.pages[0].codec if chunk.pages else ZSTD
    meta = {1: Small(6), 2: [Small(0)], 3: [name], 4: Small(codec), 5: values} | sizes | chunk.other
    return {2: start, 3: meta} | chunk.outer


def made(groups: list[list[Row]], **more: Any) -> Made:
    """A right file: each group in one page per column."""
    return Made(
        [
            (Chunk([Page([name.encode() for name, _ in rows])]), Chunk([Page([data for _, data in rows])]))
            for rows in groups
        ],
        **more,
    )


def with_documents(file: Made, group: int, pages: list[Page]) -> Made:
    """The file with other pages of documents in a group."""
    groups = list(file.groups)
    groups[group] = (groups[group][0], Chunk(pages))
    return replace(file, groups=groups)


def redigested(data: bytes) -> bytes:
    """The file with a right digest again, after bytes of its data were changed."""
    end = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    found = re.search(rb"sverka\.sha256.{2,3}?([0-9a-f]{64})", data[max(end, 0) :], re.DOTALL)
    if end < 0 or found is None:
        return data
    start = end + found.start(1)
    return data[:start] + hashlib.sha256(data[:end]).hexdigest().encode() + data[start + 64 :]
