"""Places as the formats for CI systems name them: files of the repository as relative URIs."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from validator.render.safe import one_line
from validator.snapshots.stream.names import named

_DRIVE = re.compile(r"[A-Za-z]:/")


class Container(NamedTuple):
    """The file that lies in the repository, and the member of it that holds the document, or ""."""

    file: str
    member: str


@lru_cache(maxsize=4096)  # a file is named by many results
def container_of(file: str) -> Container:
    """The file on the disk of a document that may lie in an archive: `all.zip/a/b.yaml` is in `all.zip`."""
    parts = file.split("/")
    for index, part in enumerate(parts[:-1]):
        found = named(part)
        if found is not None and found.is_archive:
            return Container("/".join(parts[: index + 1]), "/".join(parts[index + 1 :]))
    return Container(file, "")


def path_of(file: str) -> str:
    """The file that lies in the repository as a path on one line, without `./`."""
    return one_line(container_of(file).file).removeprefix("./")


def uri_of(file: str) -> str:
    """The file that lies in the repository as a URI, percent-encoded: relative, or `file:` for an absolute path."""
    path = container_of(file).file.removeprefix("./")
    if _DRIVE.match(path):
        return f"file:///{path[:2]}{_quoted(path[2:])}"
    return f"file://{_quoted(path)}" if path.startswith("/") else _quoted(path)


def _quoted(path: str) -> str:
    return quote(path.encode("utf-8", "backslashreplace"), safe="/")
