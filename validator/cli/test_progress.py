"""How many changes of the policies have been tried, on one line of a terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from validator.cli.context import tell
from validator.cli.progress import REFRESH_SECONDS
from validator.logic.text import Text

T = TypeVar("T")
_WIDTH = 60


def counted(items: Iterable[T], total: int) -> Iterator[T]:
    """The items, while a person who looks at a terminal sees how many there were; nothing in CI or in a file."""
    if os.environ.get("CI") or sys.stderr is None or not sys.stderr.isatty():
        yield from items
        return
    written = time.monotonic()
    for number, item in enumerate(items, 1):
        yield item
        if time.monotonic() - written >= REFRESH_SECONDS:
            written = time.monotonic()
            said = tell(Text(f"проверено изменений: {number} из {total}", f"changes tried: {number} of {total}"))
            _write(f"\r{said}".ljust(_WIDTH))
    _write("\r".ljust(_WIDTH) + "\r")


def _write(line: str) -> None:
    try:
        sys.stderr.write(line)
        sys.stderr.flush()
    except OSError:  # the terminal is gone; the work goes on
        return
