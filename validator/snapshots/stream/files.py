"""Files of the disk, opened so that nothing can block or mislead, and read once."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from validator.language.file_names import AnyPath, path_of, posix_name
from validator.language.limits import SNAPSHOT_LIMITS
from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import InputError
from validator.snapshots.stream.given import Delivered, refused, refused_by
from validator.snapshots.stream.said import about, stop

# Flags of POSIX; where there are none, the test for a regular file is all there is.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


class State(NamedTuple):
    """What tells whether a file was written to."""

    size: int
    written: int


@contextmanager
def opened(path: AnyPath) -> Iterator[BinaryIO]:
    """A regular file, open for reading. Raises InputError for a link, a pipe, a device, and a closed file."""
    name = posix_name(path)
    try:
        handle = os.open(path, _FLAGS)
    except (OSError, ValueError):
        raise stop("symbolic-link" if path_of(path).is_symlink() else "unreadable-file", name) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise stop("not-a-file", name)
    with os.fdopen(handle, "rb") as stream:
        yield stream


def state_of(stream: BinaryIO) -> State:
    """The state of an open file, to be compared with that after the reading."""
    found = os.fstat(stream.fileno())
    return State(found.st_size, found.st_mtime_ns)


def check_unchanged(stream: BinaryIO, before: State, name: str, whole: int | None = None) -> None:
    """Raises InputError when the file was written to since `before`, or is not as long as it said (`whole`)."""
    if state_of(stream) != before or (whole is not None and whole != before.size):
        raise stop("changed-while-read", name)


def deliver(path: AnyPath) -> Delivered:
    """The bytes of a file that is one document. What can't be read comes with its problem."""
    name = posix_name(path)
    # One byte over the limit is enough for the reader to refuse it, whatever the real size is.
    bound = SNAPSHOT_LIMITS.file_bytes + 1
    try:
        with opened(path) as stream:
            before = state_of(stream)
            data = stream.read(bound)
            check_unchanged(stream, before, name, len(data) if len(data) < bound else None)
            return Delivered(name, data)
    except InputError as error:
        return refused_by(error, name)
    except OSError:
        return refused(about("read-error", name))


class Upto:
    """The first bytes of a file: as many as it had when it was opened, though it may grow for ever."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self._left = size

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, none at the end."""
        data = self._stream.read(min(size, self._left))
        self._left -= len(data)
        return data
