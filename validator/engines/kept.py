"""Records of earlier batches: a document judged before, by the same policies and program, is not judged again.

One file for every way of judging, in the user's cache folder. A run reads that of the run before and writes its
own, which takes its place when the run ends; so what is no longer asked for is dropped. What is damaged costs time
and nothing else: every record is kept with a checksum, and is only data.
"""

from __future__ import annotations

import os
import struct
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple

from validator.engines.folder.lock import is_still
from validator.journeys.batch.records import Record, decode, encode
from validator.language.store import (
    DAMAGED,
    READ_FLAGS,
    WRITE_FLAGS,
    CacheError,
    Once,
    Store,
    check_folder,
    check_owner,
    create_folder,
    key_of_parts,
)
from validator.logic.text import Text
from validator.snapshots.stream import Delivered

KEPT = 4
_KIND, _ENDING, _TEMPORARY = "results-", ".cache", ".new"
_ENTRY = struct.Struct(">32sI16s")


class _Place(NamedTuple):
    start: int
    length: int
    checksum: bytes


class KeptRecords:
    """The records of one way of judging: `key` is a digest of all that a record depends on beside its document."""

    def __init__(self, store: Store, key: str, notice: Callable[[Text], None]) -> None:
        """`notice` is told, at most once, that the cache could not be used."""
        self._store = store
        self._head = f"sverka results {key}\n".encode()
        self._file = store.folder / f"{_KIND}{key}{_ENDING}"
        self._tell = Once(notice)
        self._places: dict[bytes, _Place] = {}
        self._old: BinaryIO | None = None
        self._new: BinaryIO | None = None
        self._new_file = self._file.with_name(f".{self._file.name}.{os.getpid()}-{os.urandom(6).hex()}{_TEMPORARY}")
        self.hits = 0

    def open(self) -> None:
        """Look what is there, and begin the file of this run."""
        try:
            create_folder(self._store.folder)
            check_folder(self._store.folder)
            self._new = self._created()
            self._new.write(self._head)
            self._drop_abandoned()
        except CacheError as error:
            self._give_up(error.reason)
        except OSError as error:
            why = error.strerror or type(error).__name__
            self._give_up(Text(f"она недоступна ({why})", f"it is not accessible ({why})"))
        else:
            self._open_old()

    def _created(self) -> BinaryIO:
        """The file of this run, locked as long as it is open; another run may take it for abandoned until then."""
        while True:
            stream = open(os.open(self._new_file, WRITE_FLAGS, 0o600), "wb")  # noqa: SIM115 - until the end of the run
            with suppress(OSError):  # without locks nothing is ever taken for abandoned
                _lock(stream, wait=True)
            if is_still(self._new_file, stream):
                return stream
            stream.close()

    def _open_old(self) -> None:
        """What the run before has kept; what can't be used is told of, and will be replaced."""
        try:
            self._old = open(os.open(self._file, READ_FLAGS), "rb")  # noqa: SIM115 - it is read until the end
            check_owner(os.fstat(self._old.fileno()), self._file)
            if self._old.read(len(self._head)) != self._head:
                raise CacheError(DAMAGED)
            self._places = self._listed(self._old)
        except FileNotFoundError:
            pass
        except CacheError as error:
            self._tell(error.reason)
        except OSError:
            self._tell(DAMAGED)

    def _listed(self, stream: BinaryIO) -> dict[bytes, _Place]:
        """Where each record is; a file that ends too early is good up to there."""
        size = os.fstat(stream.fileno()).st_size
        places: dict[bytes, _Place] = {}
        start = len(self._head)
        while len(head := stream.read(_ENTRY.size)) == _ENTRY.size:
            name, length, checksum = _ENTRY.unpack(head)
            start += _ENTRY.size
            if start + length > size:
                break
            places[name] = _Place(start, length, checksum)
            start += length
            stream.seek(start)
        return places

    def get(self, item: Delivered, digest: str) -> Record | None:
        """The record of a document that was judged before under the same name, None when there is none."""
        name = _name(item, digest)
        place = self._places.get(name)
        if place is None or self._old is None:
            return None
        try:
            self._old.seek(place.start)
            data = self._old.read(place.length)
            if _checksum(name, data) != place.checksum:
                raise ValueError
            record = decode(zlib.decompress(data))
        except (OSError, ValueError, zlib.error):
            self._tell(DAMAGED)
            return None
        self.hits += 1
        self._write(name, data)
        return record

    def put(self, item: Delivered, digest: str, record: Record) -> None:
        """Keep the record of a document that was evaluated."""
        if self._new is not None:
            self._write(_name(item, digest), zlib.compress(encode(record), 1))

    def _write(self, name: bytes, data: bytes) -> None:
        if self._new is None:
            return
        try:
            self._new.write(_ENTRY.pack(name, len(data), _checksum(name, data)) + data)
        except OSError as error:
            why = error.strerror or type(error).__name__
            self._give_up(Text(f"запись не удалась ({why})", f"writing failed ({why})"))

    def close(self, *, finished: bool) -> None:
        """Let the file of this run take the place of the old one when the run came to its end."""
        if self._old is not None:
            self._old.close()
        if self._new is None:
            return
        try:
            self._new.close()
            if finished:
                os.replace(self._new_file, self._file)
                self._tidy()
            else:
                self._new_file.unlink()
        except OSError as error:
            why = error.strerror or type(error).__name__
            self._give_up(Text(f"запись не удалась ({why})", f"writing failed ({why})"))

    def _give_up(self, why: Text) -> None:
        self._tell(why)
        if self._new is not None:
            with suppress(OSError):
                self._new.close()
            self._new = None
        with suppress(OSError):
            self._new_file.unlink()

    def _drop_abandoned(self) -> None:
        """Drop what processes left behind that were killed."""
        for path in self._store.folder.iterdir():
            if path.name.startswith(f".{_KIND}") and path.name.endswith(_TEMPORARY) and path != self._new_file:
                with suppress(OSError):
                    _drop_unless_in_use(path)

    def _tidy(self) -> None:
        """Keep the newest files; records of other policies or programs won't be asked for much longer."""
        files = [path for path in self._store.folder.iterdir() if _is_ours(path)]
        for path in sorted(files, key=_changed, reverse=True)[KEPT:]:
            with suppress(OSError):
                path.unlink()


def _drop_unless_in_use(path: Path) -> None:
    """Raises OSError when another process works with the file."""
    if sys.platform == "win32":  # where what is open can't be removed
        path.unlink()
        return
    with path.open("rb") as stream:
        _lock(stream, wait=False)
        path.unlink()


def _lock(stream: BinaryIO, *, wait: bool) -> None:
    """Say that a file is in use. Raises OSError when another process says so, or where there are no locks."""
    if sys.platform == "win32":
        return
    import fcntl  # noqa: PLC0415 - not on Windows

    fcntl.flock(stream.fileno(), fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def _is_ours(path: Path) -> bool:
    return path.name.startswith(_KIND) and path.name.endswith(_ENDING)


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:  # another process has dropped it
        return 0


def _name(item: Delivered, digest: str) -> bytes:
    """What a record is kept under: the bytes of the document, its name and place, which stand in the record."""
    start = "" if item.start is None else f"{item.start.file}:{item.start.line}:{item.start.column}"
    parts = (digest.encode(), item.file.encode(), start.encode(), (item.syntax or "").encode())
    return bytes.fromhex(key_of_parts(parts))


def _checksum(name: bytes, data: bytes) -> bytes:
    return sha256(name + data).digest()[:16]
