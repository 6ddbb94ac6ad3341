"""How far long work is, on one line of a terminal: how much is done, how fast, and how long it may still take."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from validator.cli.context import shown, tell
from validator.logic.text import Text
from validator.snapshots.stream import Delivered

T = TypeVar("T")
REFRESH_SECONDS = 0.25
_WIDTH = 79


class Silent:
    """Nobody looks."""

    def reached(self, item: Delivered) -> None:
        """Nothing to tell."""

    def done(self, count: int) -> None:
        """Nothing to tell."""

    def end(self) -> None:
        """Nothing to tell."""


class Progress:
    """Writes to standard error, which is a terminal. `files` are the files to come, in their order."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = [(shown(file), _size(file)) for file in files]
        self._total = sum(size for _, size in self._files)
        self._passed = self._within = self._file = 0
        self._count = self._before = 0
        self._began: float | None = None
        self._written = 0.0

    def reached(self, item: Delivered) -> None:
        """A document was read; files before its own are read whole."""
        name = item.file if item.start is None else item.start.file
        while self._file < len(self._files) and not name.startswith(self._files[self._file][0]):
            self._passed += self._files[self._file][1]
            self._within, self._file = 0, self._file + 1
        self._within += len(item.data)

    def done(self, count: int) -> None:
        """So many documents are done; the first ones may come from an earlier attempt."""
        now = time.monotonic()
        if self._began is None:
            self._began, self._before = now, count
        self._count = count
        if now - self._written >= REFRESH_SECONDS:
            self._written = now
            self._write(self._line(now - self._began).ljust(_WIDTH)[:_WIDTH])

    def end(self) -> None:
        """Take the line away."""
        if self._written:
            self._write("\r".rjust(_WIDTH + 1))

    def _line(self, seconds: float) -> str:
        parts = [tell(Text(f"документов: {self._count}", f"documents: {self._count}"))]
        rate = (self._count - self._before) / seconds if seconds > 1 else 0.0
        if rate:
            parts.append(tell(Text(f"{rate:.0f} в секунду", f"{rate:.0f} a second")))
        share = self._share()
        if share is not None:
            parts.append(f"{share:.0%}")
            if seconds > 3 and 0 < share < 1:
                parts.append(_remaining(seconds * (1 - share) / share))
        return ", ".join(parts)

    def _share(self) -> float | None:
        """Which part of the bytes was read; of a packed file the bytes come to more than its size."""
        if not self._total or self._file >= len(self._files):
            return None
        return (self._passed + min(self._within, self._files[self._file][1])) / self._total

    def _write(self, line: str) -> None:
        if not _written(line):
            self._files = []


def _remaining(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return tell(Text("осталось меньше минуты", "less than a minute left"))
    return tell(Text(f"осталось около {minutes} мин", f"about {minutes} min left"))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:  # the stream will say so
        return 0


def _somebody_looks() -> bool:
    """Whether a person looks at a terminal; nobody does in CI, or when messages go into a file."""
    return not os.environ.get("CI") and sys.stderr is not None and sys.stderr.isatty()


def _written(line: str) -> bool:
    """Whether the terminal is still there to take a line; without it the work goes on."""
    try:
        sys.stderr.write("\r" + line)
        sys.stderr.flush()
    except OSError:
        return False
    return True


def counted(items: Iterable[T], total: int, what: Text) -> Iterator[T]:
    """The items, while a person who looks at a terminal sees how many there were; `what` says of what."""
    if not _somebody_looks():
        yield from items
        return
    written = time.monotonic()
    for number, item in enumerate(items, 1):
        yield item
        if time.monotonic() - written >= REFRESH_SECONDS:
            written = time.monotonic()
            said = tell(Text(f"{what.ru}: {number} из {total}", f"{what.en}: {number} of {total}"))
            _written(said.ljust(_WIDTH)[:_WIDTH])
    _written("\r".rjust(_WIDTH + 1))


def progress_for(paths: tuple[str, ...]) -> Progress | Silent:
    """A line of progress where a person looks at a terminal, and nothing in CI or in a file."""
    if not _somebody_looks():
        return Silent()
    from validator.snapshots.stream import find  # noqa: PLC0415

    try:
        return Progress(find([Path(path) for path in paths if path != "-"]).files)
    except OSError:  # the documents themselves will say so
        return Silent()
