"""Tar archives, read forward only: once to see that the archive is whole and honest, once for the documents.

The library ends quietly at a damaged or missing header, follows sizes backwards, and takes a header of any length
into memory; the stream that it is given here allows none of that.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, BinaryIO, Final, cast

from validator.language.limits import default
from validator.logic.problem import InputError
from validator.snapshots.stream.given import CHUNK, Delivered, PassedOver
from validator.snapshots.stream.members import Member, Members, Names
from validator.snapshots.stream.packed import BROKEN, counted, unpacked
from validator.snapshots.stream.said import over, stop

_BLOCK: Final = 512
# No header needs such a number, and some versions of the library take hours to look through one.
_LONG_NUMBER: Final = re.compile(rb"[0-9]{256}")


def tar_documents(
    name: str, packing: str, stream: BinaryIO, size: int, passed_over: PassedOver
) -> Iterator[Delivered]:
    """The documents of a tar archive in its order. Raises InputError when it can't be trusted whole."""

    def start() -> _Forward:
        if packing:
            return _Forward(unpacked(stream, packing, name, size), name)
        stream.seek(0)
        return _Forward(stream, name)

    members = Members(name, _look_through(name, start), passed_over)
    forward = start()
    for number, entry in enumerate(_entries(forward, name), 1):
        if entry.isdir() and not entry.size:
            continue
        is_file = entry.isreg() and not entry.issparse()
        read = partial(_read, forward, entry, f"{name}/{entry.name}")
        yield from members.of(Member(entry.name, number, is_file), read, checked=True)
        if members.given_up:
            break
    yield from members.rest()


def _look_through(name: str, start: Callable[[], _Forward]) -> Names:
    """The names of all files. Raises InputError for an archive that is cut, damaged or too large."""
    names = Names()
    forward = start()
    for number, entry in enumerate(_entries(forward, name), 1):
        if number > default("limit-archive-members"):
            raise InputError([over("limit-archive-members", name)])
        if not entry.isdir():
            names.add(entry.name)
    forward.finish()
    return names


def _entries(forward: _Forward, name: str) -> Iterator[tarfile.TarInfo]:
    """The headers one by one, none kept. Raises InputError when they end in anything but the mark of the end."""
    try:
        forward.allow_header()
        archive: Any = tarfile.TarFile(fileobj=forward.as_file(), encoding="utf-8", errors="surrogateescape")
        while (entry := archive.next()) is not None:
            archive.members.clear()
            archive.pax_headers.clear()
            if entry.size < 0:
                raise EOFError
            yield entry
            forward.allow_header()
    except (tarfile.TarError, RecursionError, *BROKEN):
        raise stop("damaged-archive", name) from None
    if not forward.at_end_mark:
        raise stop("damaged-archive", name)


class _Forward:
    """A stream that goes forward only, for a library that wants a file; a header may have so many bytes only."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._position = 0
        self._header = 0
        self._last = b""

    def as_file(self) -> BinaryIO:
        """Itself: the library needs no more of a file than there is here."""
        return cast(BinaryIO, self)

    def allow_header(self) -> None:
        """A header begins, with all that belongs to it."""
        self._header = default("limit-archive-header-bytes")

    @property
    def at_end_mark(self) -> bool:
        """Whether the last block read was the mark of the end."""
        return self._last == bytes(_BLOCK)

    def tell(self) -> int:
        """The position from the start."""
        return self._position

    def seek(self, position: int) -> int:
        """Go forward to a position. Raises OSError for one that lies behind, EOFError for one beyond the end."""
        if position < self._position:
            raise OSError("backward")
        while self._position < position:
            if not self._take(min(CHUNK, position - self._position)):
                raise EOFError
        return position

    def read(self, size: int = -1) -> bytes:
        """Bytes of a header. Raises InputError when it has too many, or an endless number."""
        if not 0 <= size <= self._header:
            raise InputError([over("limit-archive-header-bytes", self._name)])
        self._header -= size
        self._last = self._take(size)
        if _LONG_NUMBER.search(self._last):
            raise stop("damaged-archive", self._name)
        return self._last

    def content(self, size: int) -> bytes:
        """At most `size` bytes of a member."""
        return self._take(size)

    def finish(self) -> None:
        """Go to the end of the stream. Raises InputError when there is more than padding."""
        while data := self._take(CHUNK):
            if data.strip(b"\0"):
                raise stop("data-after-end", self._name)

    def _take(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._position += len(data)
        return data


def _read(forward: _Forward, entry: tarfile.TarInfo, name: str) -> BinaryIO:
    """The bytes of the member whose header was read last; they can be had once."""
    return counted(_Content(forward, entry), None, "damaged-member", name)


class _Content:
    def __init__(self, forward: _Forward, entry: tarfile.TarInfo) -> None:
        self._forward = forward
        self._end = entry.offset_data + entry.size
        forward.seek(entry.offset_data)

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, none at the end of the member."""
        wanted = min(size, self._end - self._forward.tell())
        data = self._forward.content(wanted)
        if wanted and not data:
            raise EOFError
        return data
