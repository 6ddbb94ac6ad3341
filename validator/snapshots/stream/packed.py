"""Unpacking with a budget: what comes out is counted while it comes, whatever the archive claims."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any, BinaryIO, Final, Protocol, cast

from validator.language.limits import SNAPSHOT_LIMITS, default
from validator.logic.problem import InputError
from validator.snapshots.stream.given import CHUNK
from validator.snapshots.stream.said import over, stop

# More than any program asks for; a packed file of a few bytes could ask for 4 GiB.
_XZ_MEMORY: Final = default("limit-xz-memory-bytes")
BROKEN: Final = (EOFError, OSError, ValueError, zlib.error)


class Readable(Protocol):
    """What can be read in pieces."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, none at the end."""


class Budget:
    """How much may still come out of one archive of `packed` bytes. Raises InputError when it is spent."""

    def __init__(self, file: str, packed: int) -> None:
        self._file = file
        self._total = default("limit-archive-total-bytes")
        # What is no larger than one snapshot does no harm, however well it was packed.
        self._by_ratio = max(packed * default("limit-archive-ratio"), SNAPSHOT_LIMITS.file_bytes)
        self._spent = 0

    def spend(self, number: int) -> None:
        """Count bytes that came out, or that will."""
        self._spent += number
        if self._spent > self._total:
            raise InputError([over("limit-archive-total-bytes", self._file)])
        if self._spent > self._by_ratio:
            raise InputError([over("limit-archive-ratio", self._file)])


class Counted(io.RawIOBase):
    """A source whose bytes are counted, and whose damage is told as the problem `broken` of the file."""

    def __init__(self, source: Readable, budget: Budget | None, broken: str, file: str) -> None:
        self._source = source
        self._budget = budget
        self._broken = broken
        self._file = file

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, target: Any) -> int:
        """Fill `target`; 0 at the end."""
        try:
            data = self._source.read(len(target))
        except BROKEN:
            raise stop(self._broken, self._file) from None
        if self._budget is not None:
            self._budget.spend(len(data))
        target[: len(data)] = data
        return len(data)


def counted(source: Readable, budget: Budget | None, broken: str, file: str) -> BinaryIO:
    """The source as a stream of bytes under a budget."""
    return cast(BinaryIO, io.BufferedReader(Counted(source, budget, broken, file), CHUNK))


def unpacked(stream: BinaryIO, packing: str, file: str, packed_size: int) -> BinaryIO:
    """What a packed file holds, from its start, under a budget of its own. Raises InputError while it is read."""
    stream.seek(0)
    try:
        source = _source(stream, packing)
    except ImportError:  # Python can be built without bz2 or lzma
        raise stop("unsupported-format", file) from None
    return counted(source, Budget(file, packed_size), "damaged-archive", file)


def drain(stream: BinaryIO) -> None:
    """Read to the end, so that every check sum is looked at."""
    while stream.read(CHUNK):
        pass


def _source(stream: BinaryIO, packing: str) -> Readable:
    match packing:
        case "gz":
            import gzip  # noqa: PLC0415 - only where something is packed this way

            return gzip.GzipFile(fileobj=stream, mode="rb")
        case "bz2":
            import bz2  # noqa: PLC0415

            return _Streams(stream, bz2.BZ2Decompressor, OSError)
        case "xz":
            import lzma  # noqa: PLC0415

            new = partial(lzma.LZMADecompressor, format=lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
            return _Streams(stream, new, lzma.LZMAError)
        case _:
            raise AssertionError(packing)


class _Streams:
    """One compressed stream after another, as bz2 and xz files may hold; the library sets xz no bound on memory."""

    def __init__(self, stream: BinaryIO, new: Callable[[], Any], broken: type[Exception]) -> None:
        self._stream = stream
        self._new = new
        self._broken = broken
        self._decoder: Any = new()

    def read(self, size: int) -> bytes:
        """At most `size` bytes, none at the end. Raises OSError or EOFError for a damaged or cut stream."""
        while True:
            given = b""
            if self._decoder.eof:
                given = self._next_stream()
                if not given:
                    return b""
                self._decoder = self._new()
            elif self._decoder.needs_input:
                given = self._stream.read(CHUNK)
                if not given:
                    raise EOFError
            try:
                data: bytes = self._decoder.decompress(given, size)
            except self._broken as error:
                raise OSError(str(error)) from None
            if data:
                return data

    def _next_stream(self) -> bytes:
        """What stands behind the end of a stream, without padding."""
        rest: bytes = self._decoder.unused_data
        while not (rest := rest.lstrip(b"\0")):
            rest = self._stream.read(CHUNK)
            if not rest:
                break
        return rest
