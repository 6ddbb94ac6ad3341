"""Our Parquet files, `sverka.snapshots/1`: what the end of a file says, looked at before any of its data.

A row is one document: `file` is its name, `document` its JSON bytes. Both columns hold a value in every row,
plainly encoded and compressed by zstd or not at all. Their chunks fill the file from its start to the description
at its end, which holds the digest of all bytes before it. So whatever was damaged or cut is known before it is
used, and a file of any other layout is no file of ours.
"""

from __future__ import annotations

from typing import BinaryIO, Final, NamedTuple

from validator.language.limits import SNAPSHOT_LIMITS, default
from validator.logic.problem import InputError
from validator.snapshots.stream.packed import Budget
from validator.snapshots.stream.said import foreign_parquet, newer_parquet, over, stop
from validator.snapshots.stream.thrift import (
    Struct,
    ThriftError,
    bytes_in,
    number_in,
    read_struct,
    struct_in,
    structs_in,
)

FORMAT_KEY, FORMAT = "sverka.format", "sverka.snapshots/1"
DIGEST_KEY: Final = "sverka.sha256"
COLUMNS: Final = ("file", "document")

MAGIC: Final = b"PAR1"
_TAIL: Final = 8  # the length of the description in four bytes, and the magic again
# Fields of the structures of Parquet, by their numbers there.
_SCHEMA, _ROWS, _GROUPS, _WORDS = 2, 3, 4, 5
_NAME, _TYPE, _REPETITION, _CHILDREN, _CONVERTED = 4, 1, 3, 5, 6
_CHUNKS, _GROUP_ROWS = 1, 3
_FOREIGN_FILE, _CHUNK_META, _CRYPTO = 1, 3, (8, 9)
_CODEC, _VALUES, _UNPACKED, _PACKED, _DATA, _INDEX, _DICTIONARY = 4, 5, 6, 7, 9, 10, 11
_BYTE_ARRAY, _REQUIRED, _UTF_8 = 6, 0, 0
_PLAIN_CODEC, _ZSTD = 0, 6


class Chunk(NamedTuple):
    """The values of one column in one group: where they lie, their number, their size packed and unpacked."""

    start: int
    packed: int
    unpacked: int
    values: int
    is_packed: bool

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + self.packed


class Group(NamedTuple):
    """Rows that lie together; `first` is the number of the first of them, from 1."""

    first: int
    rows: int
    files: Chunk
    documents: Chunk


class Layout(NamedTuple):
    """What the end of a file says: its groups, the digest of all bytes before `end`."""

    groups: list[Group]
    digest: str
    end: int

    @property
    def rows(self) -> int:
        """The number of documents."""
        return sum(group.rows for group in self.groups)


def read_layout(name: str, stream: BinaryIO, size: int) -> Layout:
    """The layout of a file of `size` bytes. Raises InputError when it is not ours, damaged, or over a limit."""
    data, end = _description(name, stream, size)
    if FORMAT_KEY.encode() not in data:  # what others write into their files need not be understood here
        raise InputError([foreign_parquet(name)])
    try:
        meta, length = read_struct(data)
        words = {bytes_in(word, 1): word.get(2) for word in structs_in(meta, _WORDS)}
    except ThriftError:
        raise stop("damaged-archive", name) from None
    given = words.get(FORMAT_KEY.encode())
    if given != FORMAT.encode():
        family = FORMAT.partition("/")[0].encode() + b"/"
        newer = isinstance(given, bytes) and given.startswith(family)
        raise InputError([newer_parquet(name) if newer else foreign_parquet(name)])
    digest = words.get(DIGEST_KEY.encode())
    try:
        _check_columns(meta)
        groups = _groups(meta, end)
    except ThriftError:
        raise stop("not-as-packed", name) from None
    if length != len(data) or not isinstance(digest, bytes):
        raise stop("not-as-packed", name)
    found = Layout(groups, digest.decode("ascii", "replace"), end)
    _check_limits(name, found, size)
    return found


def _description(name: str, stream: BinaryIO, size: int) -> tuple[bytes, int]:
    """The bytes of the description, and where they begin."""
    stream.seek(0)
    if stream.read(len(MAGIC)) != MAGIC:
        raise InputError([foreign_parquet(name)])
    stream.seek(max(0, size - _TAIL))
    tail = stream.read(_TAIL)
    length = int.from_bytes(tail[:4], "little")
    end = size - _TAIL - length
    if not tail.endswith(MAGIC) or end < len(MAGIC):
        raise stop("damaged-archive", name)
    if length > SNAPSHOT_LIMITS.file_bytes:  # as many rows as may be take less
        raise InputError([foreign_parquet(name)])
    stream.seek(end)
    return stream.read(length), end


def _check_columns(meta: Struct) -> None:
    """Raises ThriftError unless there are our two columns, of our kinds, with a value in every row."""
    root, *columns = structs_in(meta, _SCHEMA) or [{}]
    if root.get(_CHILDREN) != len(COLUMNS) or len(columns) != len(COLUMNS):
        raise ThriftError("other columns")
    for column, name in zip(columns, COLUMNS, strict=True):
        kind = (column.get(_TYPE), column.get(_REPETITION), column.get(_CHILDREN, 0))
        if bytes_in(column, _NAME) != name.encode() or kind != (_BYTE_ARRAY, _REQUIRED, 0):
            raise ThriftError("another column")
    if columns[0].get(_CONVERTED) != _UTF_8:
        raise ThriftError("a column of bytes where text belongs")


def _groups(meta: Struct, end: int) -> list[Group]:
    """The groups. Raises ThriftError unless they follow one another and fill the file up to `end`."""
    groups: list[Group] = []
    first, position = 1, len(MAGIC)
    for struct in structs_in(meta, _GROUPS):
        rows = number_in(struct, _GROUP_ROWS)
        files, documents = (_chunk(column) for column in _two(structs_in(struct, _CHUNKS)))
        if rows < 1 or files.values != rows or documents.values != rows:
            raise ThriftError("rows that do not add up")
        if files.start != position or documents.start != files.end:
            raise ThriftError("a chunk in another place")
        groups.append(Group(first, rows, files, documents))
        first, position = first + rows, documents.end
    if position != end or first - 1 != number_in(meta, _ROWS):
        raise ThriftError("rows or bytes that do not add up")
    return groups


def _two(columns: list[Struct]) -> list[Struct]:
    if len(columns) != len(COLUMNS):
        raise ThriftError("other columns")
    return columns


def _chunk(column: Struct) -> Chunk:
    meta = struct_in(column, _CHUNK_META)
    if _FOREIGN_FILE in column or any(field in column for field in _CRYPTO):
        raise ThriftError("data elsewhere, or encrypted")
    codec = number_in(meta, _CODEC)
    if codec not in (_PLAIN_CODEC, _ZSTD) or _INDEX in meta or _DICTIONARY in meta:
        raise ThriftError("another encoding")
    start, packed, unpacked, values = (number_in(meta, field) for field in (_DATA, _PACKED, _UNPACKED, _VALUES))
    if min(start, packed, unpacked, values) < 0:
        raise ThriftError("a negative size")
    return Chunk(start, packed, unpacked, values, codec == _ZSTD)


def _check_limits(name: str, layout: Layout, size: int) -> None:
    """Raises InputError for more documents or bytes than an archive may hold, before any of them is unpacked."""
    if layout.rows > default("limit-archive-members"):
        raise InputError([over("limit-archive-members", name)])
    chunks = (chunk for group in layout.groups for chunk in (group.files, group.documents))
    Budget(name, size).spend(sum(chunk.unpacked for chunk in chunks))
