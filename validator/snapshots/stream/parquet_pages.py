"""The values of one column chunk of our Parquet files, a page at a time: no more than one page is in memory.

A page says how long it is when unpacked; what comes out must be exactly that, and all pages together what the
description of the file says, so that the budget taken from the description holds.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, NamedTuple

from validator.language.limits import SNAPSHOT_LIMITS, default
from validator.snapshots.stream.parquet_layout import Chunk
from validator.snapshots.stream.thrift import ThriftError, number_in, read_struct, struct_in

_LENGTH: Final = struct.Struct("<I")
_LONGEST_HEADER: Final = 1024  # ours take about 40 bytes
_KIND, _UNPACKED, _PACKED, _DATA_PAGE = 1, 2, 3, 5
_VALUES, _ENCODING = 1, 2
_PLAIN: Final = 0


class PageError(Exception):
    """A page that does not hold what it should."""


class MissingParquetError(Exception):
    """The extra that unpacks Parquet is not installed."""


class _Page(NamedTuple):
    start: int
    packed: int
    unpacked: int
    values: int


def check_pages(stream: BinaryIO, chunk: Chunk) -> None:
    """Look at the headers of all pages. Raises PageError when they do not add up to the chunk."""
    values = unpacked = 0
    position = chunk.start
    for page in _pages(stream, chunk):
        values += page.values
        unpacked += page.unpacked + page.start - position  # with the header
        position = page.start + page.packed
    if (values, unpacked) != (chunk.values, chunk.unpacked):
        raise PageError


def values_of(stream: BinaryIO, chunk: Chunk) -> Iterator[bytes | None]:
    """The values in their order; None for one that is longer than a snapshot may be.

    Raises PageError at the first page that is broken, MissingParquetError when nothing can be unpacked here.
    """
    longest = SNAPSHOT_LIMITS.file_bytes
    for page in _pages(stream, chunk):
        if page.values == 1 and page.unpacked > longest + _LENGTH.size:
            yield None
            continue
        if page.unpacked > default("limit-array-bytes"):
            raise PageError
        stream.seek(page.start)
        data = stream.read(page.packed)
        yield from _plain(_unpacked(data, page) if chunk.is_packed else data, page)


def _pages(stream: BinaryIO, chunk: Chunk) -> Iterator[_Page]:
    position = chunk.start
    while position < chunk.end:
        stream.seek(position)
        head = stream.read(min(_LONGEST_HEADER, chunk.end - position))
        try:
            page, length = _page(head, position)
        except ThriftError:
            raise PageError from None
        position += length + page.packed
        if position > chunk.end or (not chunk.is_packed and page.packed != page.unpacked):
            raise PageError
        yield page


def _page(head: bytes, position: int) -> tuple[_Page, int]:
    header, length = read_struct(head)
    data_page = struct_in(header, _DATA_PAGE)
    sizes = [number_in(header, _PACKED), number_in(header, _UNPACKED), number_in(data_page, _VALUES)]
    if number_in(header, _KIND) or number_in(data_page, _ENCODING) != _PLAIN or min(sizes) < 0:
        raise ThriftError("another encoding")
    return _Page(position + length, *sizes), length


def _unpacked(data: bytes, page: _Page) -> bytes:
    source = zstd().CompressedInputStream(zstd().BufferReader(data), "zstd")
    try:
        found: bytes = source.read(page.unpacked)
        if len(found) != page.unpacked or source.read(1):
            raise PageError
    except (OSError, EOFError, ValueError):
        raise PageError from None
    return found


def zstd() -> Any:
    """The library that unpacks. Raises MissingParquetError when it is not installed."""
    try:
        import pyarrow  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra, and slow to load
    except ImportError:
        raise MissingParquetError from None
    return pyarrow


def _plain(data: bytes, page: _Page) -> Iterator[bytes | None]:
    """The values of a page: each stands behind its length."""
    longest = SNAPSHOT_LIMITS.file_bytes
    position = 0
    for _ in range(page.values):
        start = position + _LENGTH.size
        if start > len(data):
            raise PageError
        position = start + _LENGTH.unpack_from(data, start - _LENGTH.size)[0]
        if position > len(data):
            raise PageError
        yield data[start:position] if position - start <= longest else None
    if position != len(data):
        raise PageError
