"""What paths lead to, in an order that no file system decides."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from validator.language.file_names import AnyPath, is_folder, is_there, last_part, path_of, posix_name
from validator.logic.named_tuple import NamedTuple
from validator.snapshots.stream.names import named

if TYPE_CHECKING:
    from pathlib import Path


class Found(NamedTuple):
    """What paths lead to: files to read, in a stable order; files that are no snapshots; closed folders."""

    files: list[Path]
    passed_over: list[Path]
    closed: list[Path]


class FoundNames(NamedTuple):
    """The same by name, as `posix_name` gives them."""

    files: list[str]
    passed_over: list[str]
    closed: list[str]


def find(paths: Iterable[AnyPath]) -> Found:
    """Every snapshot file that the paths name or hold, each once. Raises FileNotFoundError for a missing path.

    A link to a folder inside a folder is among the files: it is not followed, and reading it says so.
    """
    return Found(*([path_of(name) for name in names] for names in find_names(paths)))


def find_names(paths: Iterable[AnyPath]) -> FoundNames:
    """What `find` finds, by name: a run over one file needs no more."""
    files: dict[str, str] = {}  # by the absolute name, so that two ways to write it are one file
    passed_over: list[str] = []
    closed: list[str] = []
    for path in map(posix_name, paths):
        if is_folder(path):
            for inner, is_link in sorted(_walk(path, closed), key=lambda found: found[0]):
                if is_link or named(last_part(inner)) is not None:
                    files.setdefault(os.path.abspath(inner), inner)
                else:
                    passed_over.append(inner)
        elif is_there(path):
            files.setdefault(os.path.abspath(path), path)
        else:
            raise FileNotFoundError(path)
    return FoundNames(list(files.values()), passed_over, sorted(closed, key=path_of))


def _walk(folder: str, closed: list[str]) -> Iterator[tuple[str, bool]]:
    """Files under a folder, and links to folders (True); names that start with a point are not entered."""

    def note(error: OSError) -> None:
        closed.append(posix_name(error.filename))

    for root, folders, names in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from ((_below(root, name), False) for name in names if not name.startswith("."))
        inner = ((_below(root, name), path_of(root) / name) for name in folders)
        yield from ((name, True) for name, path in inner if path.is_symlink())


def _below(folder: str, name: str) -> str:
    return posix_name(os.path.join(folder, name))
