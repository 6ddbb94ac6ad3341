"""Documents from paths: files, folders, standard input. Every file found is delivered or told about.

Names are only names here: nothing in them is a pattern, and a link, a pipe or a device is never opened.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from validator.language.limits import SNAPSHOT_LIMITS
from validator.logic.problem import Problem
from validator.logic.text import Text

ENDINGS = (".json", ".yaml", ".yml")


class Delivered(NamedTuple):
    """One document as it lies: its name for messages and its bytes, or why there are none."""

    file: str
    data: bytes
    problem: Problem | None = None


class Found(NamedTuple):
    """What paths lead to: files to read, in a stable order; files that are no snapshots; closed folders."""

    files: list[Path]
    passed_over: list[Path]
    closed: list[Path]


def find(paths: list[Path]) -> Found:
    """Every snapshot file that the paths name or hold, each once. Raises FileNotFoundError for a missing path."""
    files: dict[str, Path] = {}  # by the absolute name, so that two ways to write it are one file
    passed_over: list[Path] = []
    closed: list[Path] = []
    for path in paths:
        if path.is_dir():
            for inner in sorted(_walk(path, closed), key=lambda p: p.as_posix()):
                if inner.suffix.lower() in ENDINGS:
                    files.setdefault(os.path.abspath(inner), inner)
                else:
                    passed_over.append(inner)
        elif path.exists() or path.is_symlink():
            files.setdefault(os.path.abspath(path), path)
        else:
            raise FileNotFoundError(path)
    return Found(list(files.values()), passed_over, closed)


def _walk(folder: Path, closed: list[Path]) -> Iterator[Path]:
    """Files under a folder; names that start with a point are not entered, links to folders not followed."""

    def note(error: OSError) -> None:
        closed.append(Path(error.filename))

    for root, folders, names in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(root) / name for name in names if not name.startswith("."))


def deliver(path: Path) -> Delivered:
    """The bytes of a file, read once. What is not a regular file, or can't be read, comes with its problem."""
    name = path.as_posix()
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        if path.is_symlink():
            return Delivered(
                name, b"", _unreadable(name, "symbolic-link", "это ссылка, а не файл", "this is a link, not a file")
            )
        return Delivered(
            name, b"", _unreadable(name, "unreadable-file", "файл не открывается", "the file can't be opened")
        )
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return Delivered(
                name, b"", _unreadable(name, "not-a-file", "это не обычный файл", "this is not a regular file")
            )
        try:
            # One byte over the limit is enough for the reader to refuse it, whatever the real size is.
            return Delivered(name, stream.read(SNAPSHOT_LIMITS.file_bytes + 1))
        except OSError:
            return Delivered(
                name, b"", _unreadable(name, "unreadable-file", "файл не читается", "the file can't be read")
            )


def _unreadable(name: str, code: str, ru: str, en: str) -> Problem:
    help_ = Text("проверьте файл и права доступа", "check the file and its permissions")
    return Problem(code, Text(ru, en), help_, file=name)


def unreadable_folder(folder: Path) -> Delivered:
    """A folder that can't be listed stands in the report as one document that was not evaluated."""
    name = folder.as_posix()
    return Delivered(
        name, b"", _unreadable(name, "unreadable-folder", "папка не открывается", "the folder can't be opened")
    )
