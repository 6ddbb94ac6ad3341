"""One run at a time in a folder of results. The system lets go of the lock however the process ends."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import IO

# A file system that knows no locks is told of; it does not look like another run.
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL)


class LockedError(Exception):
    """Another process works in the folder; `owner` is what it wrote about itself, or ""."""

    def __init__(self, owner: str) -> None:
        super().__init__(owner)
        self.owner = owner


class Lock:
    """The lock file of a folder, held from `acquire` to `release`."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._stream: IO[bytes] | None = None

    def acquire(self) -> None:
        """Take the lock. Raises `LockedError`, or OSError where the folder can't be written to or has no locks."""
        while True:
            stream = open(self.file, "a+b")  # noqa: SIM115 - it stays open as long as the lock is held
            try:
                _lock(stream)
            except OSError as error:
                if error.errno in _NO_LOCKS:
                    stream.close()
                    raise
                stream.seek(0)
                owner = stream.read(100).decode("ascii", "replace").strip()
                stream.close()
                raise LockedError(owner) from None
            if is_still(self.file, stream):
                break
            stream.close()  # its owner took it away between our opening and our locking
        stream.truncate(0)
        stream.write(f"{os.getpid()}\n".encode())
        stream.flush()
        self._stream = stream

    def release(self) -> None:
        """Take the lock file away; nothing happens when the lock is not held."""
        if self._stream is None:
            return
        if sys.platform == "win32":  # an open file can't be removed there
            self._stream.close()
            self.file.unlink(missing_ok=True)
        else:
            self.file.unlink(missing_ok=True)
            self._stream.close()
        self._stream = None


def is_still(file: Path, stream: IO[bytes]) -> bool:
    """Whether what was opened under a name is what the name stands for."""
    try:
        return os.path.samestat(os.stat(file), os.fstat(stream.fileno()))
    except FileNotFoundError:
        return False


def _lock(stream: IO[bytes]) -> None:
    """Raises OSError when another process holds the lock."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - only there

        # Beyond the text: what is locked can't be read by others.
        stream.seek(4096)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        stream.seek(0)
    else:
        import fcntl  # noqa: PLC0415 - not on Windows

        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
