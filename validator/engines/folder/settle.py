"""From the files of a run under way to its final files: what was contradicted is left out, warnings are added."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO, NamedTuple

from validator.engines.folder.parts import START
from validator.engines.folder.results import FINAL, ResultFolder
from validator.journeys.batch.ledger import Ledger, replayed
from validator.journeys.batch.records import SECTIONS, Record
from validator.journeys.batch.run import FileRow
from validator.snapshots.repeats import Key

# Files that are there after every run; what waivers came to is among the warnings.
KEPT = tuple(name for name in SECTIONS if name != "waivers")


class _Retracted(NamedTuple):
    """Where the lines of a document that does not count any more stand, and the record that stands for it."""

    start: tuple[int, ...]
    end: tuple[int, ...]
    record: Record


def settle(
    folder: ResultFolder, ledger: Ledger, warnings: Callable[[list[bytes]], Iterable[bytes]]
) -> dict[str, Path]:
    """Take back what was contradicted; the final files by name, those that had to change written anew.

    `warnings` is told the lines about waivers that count, and gives the lines to add to the warnings.
    """
    final = folder.work / FINAL
    final.mkdir(exist_ok=True)
    retracted = _take_back(folder, ledger)
    waivers = _settled("waivers", folder, final, retracted).read_bytes().splitlines(keepends=True)
    files = {f"{name}.jsonl": _settled(name, folder, final, retracted) for name in KEPT if name != "warnings"}
    files["warnings.jsonl"] = _settled("warnings", folder, final, retracted, warnings(waivers))
    return files


def _settled(
    name: str, folder: ResultFolder, final: Path, retracted: list[_Retracted], more: Iterable[bytes] = ()
) -> Path:
    """The file of a section without what was taken back and with more lines; the old file if nothing changes."""
    number = SECTIONS.index(name)
    old = folder.work / f"{name}.jsonl"
    gaps = [(one.start[number], one.end[number]) for one in retracted if one.end[number] > one.start[number]]
    lines = [line for line in (*(one.record.sections.get(name, b"") for one in retracted), *more) if line]
    return _rewritten(old, final / old.name, gaps, lines) if gaps or lines else old


def _take_back(folder: ResultFolder, ledger: Ledger) -> list[_Retracted]:
    wanted = ledger.retracted
    found = []
    place = START
    for entry, _ in folder.entries() if wanted else ():
        key = None if entry.key is None else Key(*entry.key)
        if key in wanted and wanted[key][0].file == entry.file:
            lines = folder.lines_of(place, entry.ends)
            record = Record(entry.file, entry.digest, entry.size, entry.key, None, (), entry.gates, lines)
            whole = replayed(record)
            found.append(_Retracted(place, entry.ends, ledger.retract(whole, wanted[key][1])))
        place = entry.ends
    return found


def _rewritten(old: Path, new: Path, gaps: list[tuple[int, int]], more: Iterable[bytes]) -> Path:
    """A copy of a file without the gaps, which are in order, and with more lines at its end."""
    with old.open("rb") as source, new.open("wb") as target:
        for start, end in gaps:
            for piece in _pieces(source, start - source.tell()):
                target.write(piece)
            source.seek(end)
        shutil.copyfileobj(source, target)
        target.writelines(more)
    return new


def _pieces(source: BinaryIO, size: int) -> Iterator[bytes]:
    """So many bytes, piece by piece."""
    while size > 0 and (piece := source.read(min(size, 1 << 20))):
        size -= len(piece)
        yield piece


def row_of(file: Path) -> FileRow:
    """What `run.json` says of a file: its digest, its size, and its lines where it has some."""
    with file.open("rb") as stream:
        row: FileRow = {"sha256": file_digest(stream, "sha256").hexdigest(), "bytes": file.stat().st_size}
        stream.seek(0)
        if file.suffix == ".jsonl":
            row["lines"] = sum(piece.count(b"\n") for piece in iter(lambda: stream.read(1 << 20), b""))
    return row
