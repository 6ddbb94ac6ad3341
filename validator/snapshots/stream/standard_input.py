"""Standard input: what it holds is told by how it begins, because it has no name."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, cast

from validator.language.limits import SNAPSHOT_LIMITS
from validator.snapshots.stream.contents import BOM, contents
from validator.snapshots.stream.given import Delivered, refused
from validator.snapshots.stream.names import Holds, Named
from validator.snapshots.stream.said import about

NAME: Final = "<stdin>"
_ARCHIVES: Final = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"7z\xbc\xaf",
    b"Rar!",
    b"PAR1",
)
_SPACE: Final = b" \t\r\n"


def standard_input(stream: BinaryIO) -> Iterator[Delivered]:
    """The documents of standard input: one in YAML or JSON, a JSON array, or NDJSON."""
    head = stream.read(SNAPSHOT_LIMITS.file_bytes + 1)
    if head.startswith(_ARCHIVES):
        yield refused(about("archive-on-standard-input", NAME))
        return
    yield from contents(NAME, _kind(head), cast(BinaryIO, io.BufferedReader(_Again(head, stream))))


def _kind(head: bytes) -> Named:
    body = head.removeprefix(BOM).lstrip(_SPACE)
    if body.startswith(b"{") and _is_lines(body):
        return Named(Holds.LINES, "", "json")
    return Named(Holds.DOCUMENT, "", "json" if body[:1] in (b"{", b"[", b'"') else "yaml")


def _is_lines(body: bytes) -> bool:
    """Whether the first line is a whole JSON document and another one seems to begin after it."""
    first, _, rest = body.partition(b"\n")
    if not rest.lstrip(_SPACE).startswith(b"{"):
        return False
    try:
        import json  # noqa: PLC0415 - only where lines are told from a document

        return isinstance(json.loads(first, parse_int=str, parse_float=str, parse_constant=str), dict)
    except (ValueError, RecursionError):
        return False


class _Again(io.RawIOBase):
    """What was read already, and then the rest of the stream."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._stream = stream

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, target: Any) -> int:
        """Fill `target`; 0 at the end."""
        data = self._head.read(len(target)) or self._stream.read(len(target))
        target[: len(data)] = data
        return len(data)
