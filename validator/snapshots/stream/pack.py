"""Many documents into one file that is read as one input: Parquet, or NDJSON, plain or gzipped.

The same documents under the same names give the same bytes, as long as the libraries that compress are the same.
What was written is read back by the reader that everybody else will use, before anybody relies on it.
"""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from validator.language.limits import MIB
from validator.logic.problem import InputError
from validator.snapshots.stream.deliveries import documents
from validator.snapshots.stream.given import PassedOver
from validator.snapshots.stream.parquet_layout import COLUMNS, DIGEST_KEY, FORMAT, FORMAT_KEY
from validator.snapshots.stream.parquet_pages import MissingParquetError

if TYPE_CHECKING:
    from types import ModuleType

# As much lies together as a reader should have to hold; a page is as small as it can be, because a page in which
# hundreds of documents repeat one another is packed so well that it looks like a bomb.
_GROUP_BYTES: Final = 8 * MIB
_PAGE_BYTES: Final = 64 * 1024


class Packing(Enum):
    """The kinds of file that can be written, by the ending of the name."""

    PARQUET = ".parquet"
    LINES = ".ndjson"
    PACKED_LINES = ".ndjson.gz"

    @property
    def one_line(self) -> bool:
        """Whether a document has to stand on one line."""
        return self is not Packing.PARQUET


class Packable(NamedTuple):
    """A document to be packed: its name, and its JSON bytes, on one line where the packing asks for it."""

    file: str
    data: bytes


class PackError(Exception):
    """What was read back is not what was written."""


def packing_of(name: str) -> Packing | None:
    """The kind of file that a name asks for; None when it asks for none of them."""
    return next((packing for packing in Packing if name.lower().endswith(packing.value)), None)


def require(packing: Packing) -> None:
    """Raises MissingParquetError when the extra that writes such a file is not installed."""
    if packing is Packing.PARQUET:
        _parquet_library()


def pack(packing: Packing, file: Path, given: Callable[[], Iterable[Packable]]) -> int:
    """Write the documents to a file and read it back; their number. The ending of `file` must be that of `packing`.

    `given` gives the documents from the start, at most twice: what can be packed so well that the reader would
    take it for a bomb is written without compression. Raises InputError when the file would be over a limit of
    the reader, PackError when it does not hold what was given.
    """
    try:
        return _packed(packing, file, given(), compressed=True)
    except InputError as error:
        if error.problems[0].code != "limit-archive-ratio":
            raise
    return _packed(packing, file, given(), compressed=False)


def _packed(packing: Packing, file: Path, given: Iterable[Packable], *, compressed: bool) -> int:
    written, read = _Tally(), _Tally()
    with file.open("wb") as target:
        match packing:
            case Packing.PARQUET:
                _write_parquet(target, written.counting(given), compressed)
            case Packing.LINES:
                _write_lines(target, written.counting(given))
            case Packing.PACKED_LINES:
                level = 6 if compressed else 0
                with gzip.GzipFile("", "wb", level, target, mtime=0) as zipped:
                    _write_lines(zipped, written.counting(given))
        target.flush()
        os.fsync(target.fileno())
    if written.number:
        for item in documents(file, PassedOver()):
            if item.problem is not None:
                raise InputError([item.problem])
            read.add(item.data)
        if read.digest() != written.digest():
            raise PackError(file)
    return written.number


class _Tally:
    """The number of documents and the digest of all of them in their order."""

    def __init__(self) -> None:
        self.number = 0
        self._digest = hashlib.sha256()

    def add(self, data: bytes) -> None:
        self.number += 1
        self._digest.update(len(data).to_bytes(8, "little") + data)

    def counting(self, given: Iterable[Packable]) -> Iterator[Packable]:
        """The same documents, each counted as it passes."""
        for document in given:
            self.add(document.data)
            yield document

    def digest(self) -> bytes:
        return self._digest.digest()


def _write_lines(target: BinaryIO | gzip.GzipFile, given: Iterable[Packable]) -> None:
    for document in given:
        target.write(document.data + b"\n")


# --- Parquet --------------------------------------------------------------------------------------------------


def _parquet_library() -> ModuleType:
    try:
        import pyarrow.parquet  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra, and slow to load
    except ImportError:
        raise MissingParquetError from None
    library: ModuleType = pyarrow
    return library


def _write_parquet(target: BinaryIO, given: Iterable[Packable], compressed: bool) -> None:
    """Write rows as `parquet_layout` wants them."""
    library = _parquet_library()
    kinds = zip(COLUMNS, (library.string(), library.binary()), strict=True)
    schema = library.schema([library.field(name, kind, nullable=False) for name, kind in kinds])
    digested = _Digested(target)
    with library.parquet.ParquetWriter(
        digested,
        schema,
        compression="zstd" if compressed else "none",
        use_dictionary=False,
        write_statistics=False,
        store_schema=False,
        data_page_version="1.0",
        data_page_size=_PAGE_BYTES,
        write_batch_size=1,  # else the size of a page is looked at after a thousand documents
        write_page_checksum=True,
    ) as writer:
        for group in _groups(given):
            columns = zip(*group, strict=True)
            arrays = [library.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
            table = library.Table.from_arrays(arrays, schema=schema)
            writer.write_table(table, row_group_size=len(group))
        writer.add_key_value_metadata({FORMAT_KEY: FORMAT, DIGEST_KEY: digested.digest.hexdigest()})


def _groups(given: Iterable[Packable]) -> Iterator[list[Packable]]:
    """The documents in groups that are never empty, and small unless a document alone is not."""
    group: list[Packable] = []
    size = 0
    for document in given:
        needed = len(document.data) + len(document.file.encode())
        if group and size + needed > _GROUP_BYTES:
            yield group
            group, size = [], 0
        group.append(document)
        size += needed
    if group:
        yield group


class _Digested:
    """A file that takes the digest of what is written to it. The library closes it, which does nothing here."""

    def __init__(self, target: BinaryIO) -> None:
        self.digest = hashlib.sha256()
        self.closed = False
        self._target = target
        self._written = 0

    def write(self, data: bytes) -> int:
        """Write all of `data`."""
        self.digest.update(data)
        self._written += len(data)
        return self._target.write(data)

    def tell(self) -> int:
        """How much was written."""
        return self._written

    def flush(self) -> None:
        """Nothing is held back here."""

    def close(self) -> None:
        """Nothing: who opened the file closes it."""
