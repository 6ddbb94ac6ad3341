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
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from validator.engines.folder import journal
from validator.engines.folder.durable import sync_file, sync_folder, write_synced
from validator.engines.folder.journal import Entry, JournalError
from validator.engines.folder.lock import Lock, LockedError
from validator.engines.folder.parts import START, Parts
from validator.journeys.batch.records import SECTIONS
from validator.logic.text import Text

RUN, WORK, COMMIT, JOURNAL, LOCK, FINAL = "run.json", ".run", "commit.json", "journal", "lock", "final"
_COMMIT_NEW = COMMIT + ".new"
# All that a run under way may have in `.run`. A folder of that name with anything else in it is somebody else's.
_OURS = frozenset({RUN, COMMIT, _COMMIT_NEW, JOURNAL, LOCK, FINAL, *(f"{name}.jsonl" for name in SECTIONS)})
JOURNAL_SCHEMA = "sverka.journal/1"
_NEW_FOLDER = Text("начните новую проверку в новой папке", "begin a new run in a new folder")


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
        self._is_created = self._is_untouched = False
        self._lock = Lock(self.work / LOCK)
        self._parts: Parts | None = None
        self._journal: int | None = None

    # --- opening ------------------------------------------------------------------------------------------

    def open(self, *, resume: bool) -> None:
        """Take the folder, as a new one, or where an earlier attempt of the same run left off.

        `is_complete` says that there is nothing left to do. Raises `FolderError`, or OSError where the system
        refuses.
        """
        while not self.is_complete and self._journal is None:
            self._check_state()
            if (self.path / RUN).exists():  # it is the last to come
                self._check_terms(self._terms_of(RUN), resume=resume)
                if not self.work.exists():
                    self.is_complete = True
                    return
            self._work_in(resume=resume)

    def _check_state(self) -> None:
        """Refuse what is not of our making: nothing in it is ever changed."""
        if not self.path.exists():
            return
        if not self.path.is_dir():
            raise FolderError(
                Text("для результатов нужна папка, а это файл", "a folder is wanted for results, this is a file"),
                Text("назовите новую или пустую папку", "name a new or an empty folder"),
            )
        names = {entry.name for entry in self.path.iterdir()}
        inner = {entry.name for entry in self.work.iterdir()} if self.work.is_dir() else set()
        is_begun = RUN in names or bool(inner & {JOURNAL, COMMIT}) or names == {WORK}
        if not inner <= _OURS or (names and not is_begun):
            raise FolderError(
                Text("папка результатов не пуста", "the folder for results is not empty"),
                Text("назовите новую или пустую папку", "name a new or an empty folder"),
            )

    def _work_in(self, *, resume: bool) -> None:
        """Take the lock and begin, go on, or finish; nothing is done where the folder was cleared meanwhile."""
        self._is_created = self._is_created or not self.path.exists()
        for folder in (self.path, self.work):
            folder.mkdir(exist_ok=True)
        try:
            self._acquire()
        except FileNotFoundError:  # another run has just ended here
            return
        try:
            if (self.path / RUN).exists():  # the other one, or an earlier attempt that died while it cleared away
                self._clear()
            else:
                self._begin_or_resume(resume=resume)
        except BaseException:
            self.close()
            raise

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
            self._check_terms(self._terms_of(f"{WORK}/{COMMIT}"), resume=resume)
            self._move()
            self.is_complete = True
            return
        lines = self._lines() if file.exists() else iter(())
        head = next(lines, None)
        if head is None or next(lines, None) is None:  # it died before anything was done
            self._begin(file)
            return
        terms = head[0].get("terms") if isinstance(head[0], dict) else None
        if not isinstance(terms, dict):
            raise _damaged(1)
        self._check_terms(terms, resume=resume)
        self._parts = Parts(self.work)
        self._journal = os.open(file, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))

    def _begin(self, file: Path) -> None:
        self._is_untouched = True
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
                _NEW_FOLDER,
            )

    def _terms_of(self, file: str) -> Mapping[str, object]:
        """The terms of a run that wrote all it had to write."""
        try:
            value = json.loads((self.path / file).read_bytes())
            run = value["run"] if file.endswith(COMMIT) else value
            terms = run["terms"] if run["schema"].startswith("sverka.run/") else None
        except (ValueError, KeyError, TypeError, AttributeError):
            terms = None
        if not isinstance(terms, dict):
            message = Text(f"{file} — не итог проверки или повреждён", f"{file} is damaged, or not of a run")
            raise FolderError(message, _NEW_FOLDER, 4 if file.endswith(COMMIT) else 2)
        return terms

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
        self._is_untouched = False
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
        self._is_untouched = False
        self._close_files()
        for file in files.values():
            sync_file(file)
        moves = {name: file.relative_to(self.work).as_posix() for name, file in files.items()}
        text = json.dumps({"moves": moves, "run": run}, ensure_ascii=False)
        write_synced(self.work / _COMMIT_NEW, text)
        os.replace(self.work / _COMMIT_NEW, self.work / COMMIT)
        sync_folder(self.work)
        self._move()

    def _commit(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.work / COMMIT).read_bytes())
        return found

    def _move(self) -> None:
        commit = self._commit()
        for name, inner in commit["moves"].items():
            if (self.work / inner).exists():  # otherwise it was moved before the run died
                os.replace(self.work / inner, self.path / name)
        write_synced(self.work / RUN, json.dumps(commit["run"], ensure_ascii=False, indent=2) + "\n")
        os.replace(self.work / RUN, self.path / RUN)
        sync_folder(self.path)
        self._clear()

    def _clear(self) -> None:
        """Take away what only a run under way needs, the lock the last: who gets it meanwhile finds `run.json`."""
        for entry in self.work.iterdir():
            if entry.name == LOCK:
                continue
            if entry.is_dir():
                shutil.rmtree(entry)
            else:
                entry.unlink()
        self._lock.release()
        with suppress(OSError):  # another run has looked in, and will take it away
            self.work.rmdir()

    def close(self) -> None:
        """Let go of the folder, as it is; when nothing was done, nothing is left of it."""
        self._close_files()
        if self._is_untouched:
            self._is_untouched = False
            self._clear()
            with suppress(OSError):
                if self._is_created:
                    self.path.rmdir()
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
