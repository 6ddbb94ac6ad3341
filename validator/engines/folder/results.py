"""A folder of results: empty, in work, or complete; what is in it under a final name is whole.

While a run is under way everything lies in `.run` within the folder. When all is written down, the run decides
once, by writing `.run/commit.json`, and then moves the files to their names, `run.json` last; whoever finds a
commit finishes the moving. So a run may die at any moment and be taken up again.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from validator.engines.folder import journal
from validator.engines.folder.journal import Entry, JournalError
from validator.engines.folder.lock import Lock, LockedError
from validator.engines.folder.parts import START, Parts
from validator.logic.text import Text

RUN, WORK, COMMIT, JOURNAL, LOCK, FINAL = "run.json", ".run", "commit.json", "journal", "lock", "final"
JOURNAL_SCHEMA = "sverka.journal/1"


class FolderError(Exception):
    """The folder can't be used: what is wrong, what to do, and the exit code that this has."""

    def __init__(self, message: Text, help_: Text, code: int = 2) -> None:
        super().__init__(message.en)
        self.message = message
        self.help = help_
        self.code = code


class Done(NamedTuple):
    """A document that an earlier attempt of the run has done, and its lines in the files of results."""

    entry: Entry
    lines: dict[str, bytes]


class ResultFolder:
    """The folder of one run, from `open` to `close`. `terms` is what the results depend on beside the documents."""

    def __init__(self, path: Path, terms: Mapping[str, object]) -> None:
        self.path = path
        self.work = path / WORK
        self.terms = dict(terms)
        self.is_complete = False
        self._lock = Lock(self.work / LOCK)
        self._parts: Parts | None = None
        self._journal: int | None = None

    # --- opening ------------------------------------------------------------------------------------------

    def open(self, *, resume: bool) -> None:
        """Take the folder, as a new one, or where an earlier attempt of the same run left off.

        `is_complete` says that there is nothing left to do. Raises `FolderError`, or OSError where the system
        refuses.
        """
        state = self._state()
        if state == "foreign":
            raise FolderError(
                Text("папка результатов не пуста", "the folder for results is not empty"),
                Text("назовите новую или пустую папку", "name a new or an empty folder"),
            )
        if state == "complete":
            self._check_terms(json.loads((self.path / RUN).read_bytes())["terms"], resume=resume)
            if self.work.exists():  # it died while it cleared away
                shutil.rmtree(self.work)
            self.is_complete = True
            return
        for folder in (self.path, self.work):
            folder.mkdir(exist_ok=True)
        self._acquire()
        try:
            self._begin_or_resume(resume=resume)
        except BaseException:
            self.close()
            raise

    def _state(self) -> str:
        if not self.path.exists():
            return "new"
        if not self.path.is_dir():
            return "foreign"
        names = {entry.name for entry in self.path.iterdir()}
        if RUN in names:  # it is the last to come
            return "complete"
        return "work" if WORK in names else "foreign" if names else "new"

    def _acquire(self) -> None:
        try:
            self._lock.acquire()
        except LockedError as error:
            who = f" ({error.owner})" if error.owner else ""
            raise FolderError(
                Text(f"в этой папке уже идёт проверка{who}", f"another run is working in this folder{who}"),
                Text("дождитесь её конца или назовите другую папку", "wait until it ends, or name another folder"),
            ) from None

    def _begin_or_resume(self, *, resume: bool) -> None:
        file = self.work / JOURNAL
        if (self.work / COMMIT).exists():
            self._check_terms(self._commit()["run"]["terms"], resume=resume)
            self._move()
            self.is_complete = True
            return
        if not file.exists():
            self._begin(file)
            return
        head = next(self._lines(), None)
        if head is None:  # it died while it wrote the first line
            self._begin(file)
            return
        terms = head[0].get("terms") if isinstance(head[0], dict) else None
        if not isinstance(terms, dict):
            raise _damaged(1)
        self._check_terms(terms, resume=resume)
        self._parts = Parts(self.work)
        self._journal = os.open(file, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))

    def _begin(self, file: Path) -> None:
        self._parts = Parts(self.work)
        self._parts.cut(START)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND | getattr(os, "O_BINARY", 0)
        self._journal = os.open(file, flags, 0o666)
        self._write(journal.line_of({"schema": JOURNAL_SCHEMA, "terms": self.terms}))

    def _check_terms(self, terms: Mapping[str, object], *, resume: bool) -> None:
        """Results of different terms are never mixed in one folder."""
        if not resume:
            raise FolderError(
                Text("в этой папке уже есть результаты", "this folder holds results already"),
                Text(
                    "назовите новую папку; прерванную проверку продолжает --resume",
                    "name a new folder; --resume takes up a run that was interrupted",
                ),
            )
        other = sorted(name for name in {*terms, *self.terms} if terms.get(name) != self.terms.get(name))
        if other:
            listed = ", ".join(other)
            raise FolderError(
                Text(
                    f"та проверка шла на других условиях, отличаются: {listed}",
                    f"that run had other terms, these differ: {listed}",
                ),
                Text("начните новую проверку в новой папке", "begin a new run in a new folder"),
            )

    # --- what is done -------------------------------------------------------------------------------------

    def _lines(self) -> Iterator[tuple[Any, int]]:
        try:
            yield from journal.read(self.work / JOURNAL)
        except JournalError as error:
            raise _damaged(error.line) from None

    def entries(self) -> Iterator[tuple[Entry, int]]:
        """The documents that are done, in their order, and where the line of each ends in the journal."""
        lines = self._lines()
        next(lines, None)
        for number, (value, end) in enumerate(lines, 2):
            try:
                yield journal.entry_of(value, number), end
            except JournalError as error:
                raise _damaged(error.line) from None

    def recover(self) -> Iterator[Done]:
        """What earlier attempts have done; what they left half-written is dropped when the last was taken.

        The last documents whose lines did not reach the disk are not among them.
        """
        assert self._parts is not None
        assert self._journal is not None
        place, end_of_journal = START, next(self._lines())[1]
        for entry, end in self.entries():
            if not self._parts.holds(place, entry):
                break
            yield Done(entry, self._parts.between(place, entry.ends))
            place, end_of_journal = entry.ends, end
        self._parts.cut(place)
        os.ftruncate(self._journal, end_of_journal)

    # --- writing ------------------------------------------------------------------------------------------

    def append(self, entry: Entry, sections: Mapping[str, bytes]) -> None:
        """Write the lines of a document, and that it is done; `ends` and `crc` of the entry are filled in here."""
        assert self._parts is not None
        crc = self._parts.append(sections)
        self._write(journal.line_of(list(entry._replace(ends=self._parts.ends, crc=crc))))

    def _write(self, line: bytes) -> None:
        assert self._journal is not None
        rest = memoryview(line)
        while rest:
            rest = rest[os.write(self._journal, rest) :]

    def sync(self) -> None:
        """What was written outlasts a power cut."""
        assert self._parts is not None
        assert self._journal is not None
        self._parts.sync()
        os.fsync(self._journal)

    def lines_of(self, start: tuple[int, ...], end: tuple[int, ...]) -> dict[str, bytes]:
        """What was written between two places."""
        assert self._parts is not None
        return self._parts.between(start, end)

    # --- the end ------------------------------------------------------------------------------------------

    def finish(self, run: Mapping[str, object], files: Mapping[str, Path]) -> None:
        """Give files their final names, the keys of `files`, from where they lie in `.run`; write `run.json`."""
        self._close_files()
        for file in files.values():
            _sync_file(file)
        moves = {name: file.relative_to(self.work).as_posix() for name, file in files.items()}
        text = json.dumps({"moves": moves, "run": run}, ensure_ascii=False)
        _write_synced(self.work / (COMMIT + ".new"), text)
        os.replace(self.work / (COMMIT + ".new"), self.work / COMMIT)
        self._move()

    def _commit(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.work / COMMIT).read_bytes())
        return found

    def _move(self) -> None:
        commit = self._commit()
        for name, inner in commit["moves"].items():
            if (self.work / inner).exists():  # otherwise it was moved before the run died
                os.replace(self.work / inner, self.path / name)
        _write_synced(self.work / RUN, json.dumps(commit["run"], ensure_ascii=False, indent=2) + "\n")
        os.replace(self.work / RUN, self.path / RUN)
        _sync_folder(self.path)
        self._lock.release()
        shutil.rmtree(self.work)

    def close(self) -> None:
        """Let go of the folder, as it is."""
        self._close_files()
        self._lock.release()

    def _close_files(self) -> None:
        if self._parts is not None:
            self._parts.close()
            self._parts = None
        if self._journal is not None:
            os.close(self._journal)
            self._journal = None


def _damaged(line: int) -> FolderError:
    return FolderError(
        Text(f"журнал проверки повреждён (строка {line})", f"the journal of the run is damaged (line {line})"),
        Text(
            "начните проверку заново в новой папке; из повреждённой ничего не взято",
            "begin the run anew in a new folder; nothing was taken from the damaged one",
        ),
        4,
    )


def _write_synced(file: Path, text: str) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_file(file: Path) -> None:
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    """Names in a folder outlast a power cut; where the system has no such thing, nothing is to be done."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
