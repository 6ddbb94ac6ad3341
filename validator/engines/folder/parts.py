"""The files of results while a run writes them: they only grow, or are cut back to what the journal knows."""

from __future__ import annotations

import os
from collections.abc import Mapping
from io import FileIO
from pathlib import Path
from zlib import crc32

from validator.engines.folder.journal import Entry
from validator.journeys.batch.records import SECTIONS

START: tuple[int, ...] = (0,) * len(SECTIONS)


class Parts:
    """The files `NAME.jsonl` of a folder, open for appending."""

    def __init__(self, folder: Path) -> None:
        self.files = {name: folder / f"{name}.jsonl" for name in SECTIONS}
        # Unbuffered: what was written is with the system when the journal says so.
        self._streams = {name: open(file, "a+b", buffering=0) for name, file in self.files.items()}  # noqa: SIM115
        self.ends = tuple(os.path.getsize(file) for file in self.files.values())

    def append(self, sections: Mapping[str, bytes]) -> int:
        """Write the lines of one document; the CRC-32 of them all. Raises OSError."""
        checksum = 0
        ends = []
        for name, end in zip(SECTIONS, self.ends, strict=True):
            data = sections.get(name, b"")
            if data:
                _write_all(self._streams[name], data)
                checksum = crc32(data, checksum)
            ends.append(end + len(data))
        self.ends = tuple(ends)
        return checksum

    def between(self, start: tuple[int, ...], end: tuple[int, ...]) -> dict[str, bytes]:
        """What stands between two places of the files."""
        found = {}
        for name, first, last in zip(SECTIONS, start, end, strict=True):
            if last > first:
                self._streams[name].seek(first)
                found[name] = _read_all(self._streams[name], last - first)
        return found

    def holds(self, start: tuple[int, ...], entry: Entry) -> bool:
        """Whether the lines of a document are there, as they were written."""
        checksum = 0
        for data in self.between(start, entry.ends).values():
            checksum = crc32(data, checksum)
        return checksum == entry.crc

    def cut(self, ends: tuple[int, ...]) -> None:
        """Drop what comes after these places."""
        for name, end in zip(SECTIONS, ends, strict=True):
            self._streams[name].truncate(end)
        self.ends = ends

    def sync(self) -> None:
        """What was written outlasts a power cut."""
        for stream in self._streams.values():
            os.fsync(stream.fileno())

    def close(self) -> None:
        """Close the files."""
        for stream in self._streams.values():
            stream.close()


def _write_all(stream: FileIO, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[stream.write(rest) :]


def _read_all(stream: FileIO, size: int) -> bytes:
    """So many bytes, or fewer at the end of the file."""
    pieces = []
    while size > 0 and (piece := stream.read(size)):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
