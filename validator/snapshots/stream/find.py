"""What paths lead to, in an order that no file system decides."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from validator.snapshots.stream.names import named


class Found(NamedTuple):
    """What paths lead to: files to read, in a stable order; files that are no snapshots; closed folders."""

    files: list[Path]
    passed_over: list[Path]
    closed: list[Path]


def find(paths: list[Path]) -> Found:
    """Every snapshot file that the paths name or hold, each once. Raises FileNotFoundError for a missing path.

    A link to a folder inside a folder is among the files: it is not followed, and reading it says so.
    """
    files: dict[str, Path] = {}  # by the absolute name, so that two ways to write it are one file
    passed_over: list[Path] = []
    closed: list[Path] = []
    for path in paths:
        if path.is_dir():
            for inner, is_folder in sorted(_walk(path, closed), key=lambda found: found[0].as_posix()):
                if is_folder or named(inner.name) is not None:
                    files.setdefault(os.path.abspath(inner), inner)
                else:
                    passed_over.append(inner)
        elif path.exists() or path.is_symlink():
            files.setdefault(os.path.abspath(path), path)
        else:
            raise FileNotFoundError(path)
    return Found(list(files.values()), passed_over, sorted(closed))


def _walk(folder: Path, closed: list[Path]) -> Iterator[tuple[Path, bool]]:
    """Files under a folder, and links to folders (True); names that start with a point are not entered."""

    def note(error: OSError) -> None:
        closed.append(Path(error.filename))

    for root, folders, names in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from ((Path(root) / name, False) for name in names if not name.startswith("."))
        yield from ((Path(root) / name, True) for name in folders if (Path(root) / name).is_symlink())
