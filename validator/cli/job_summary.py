"""The summary of a job on GitHub: a file that every command of a step adds to, and that has a limit."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from validator.cli.context import user_environment
from validator.language.file_names import path_of

if TYPE_CHECKING:
    from pathlib import Path

VARIABLE = "GITHUB_STEP_SUMMARY"
_LIMIT = 1024 * 1024  # of a step; a larger summary is not shown at all
_SPARE = 1024


def is_job_summary(file: Path) -> bool:
    """Whether a file is the summary of the running step."""
    named = user_environment().get(VARIABLE)
    return bool(named) and file.absolute() == path_of(named or "").absolute()


def room_in_summary(file: Path) -> int:
    """How many bytes may be added to it; at least one."""
    size = file.stat().st_size if file.exists() else 0
    return max(_LIMIT - _SPARE - size, 1)


def add_to_summary(file: Path, text: str) -> None:
    """Add a text after what others wrote, as a part of its own, whole or not at all."""
    size = file.stat().st_size if file.exists() else 0
    before = "\n" if size else ""
    try:
        with file.open("ab") as stream:
            stream.write((before + text).encode("utf-8", "backslashreplace"))
    except OSError:
        with suppress(OSError):
            os.truncate(file, size)
        raise
