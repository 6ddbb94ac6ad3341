"""Reading the documents that a command was given: every one is evaluated or told about."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NoReturn, assert_never

from validator.cli.context import notice, shown, usage_error
from validator.journeys.assemble import Quarantined
from validator.journeys.organizations import organization_row
from validator.logic.digest import sha256_of
from validator.logic.problem import InputError, Problem
from validator.logic.text import Text
from validator.snapshots.repeats import Came, Identity, Key, Repeats, again, conflict
from validator.snapshots.stream import (
    WANTED,
    Delivered,
    FoundNames,
    PassedOver,
    document_of,
    documents,
    find_names,
    standard_input,
    unreadable_folder,
)

if TYPE_CHECKING:
    from validator.language.library import Library
    from validator.logic.facts import Snapshot
    from validator.logic.report import OrganizationRow, Result

STANDARD_INPUT = "-"


def delivered(paths: tuple[str, ...], *, aloud: bool = True) -> Iterator[Delivered]:
    """The documents of the paths; `aloud` tells what is passed over.

    Leaves with 2 for a path that does not exist, or when there is no document.
    """
    files = [path for path in paths if path != STANDARD_INPUT]
    try:
        found = find_names(files)
    except OSError as error:
        _no_path(error, files)
    if found.passed_over and aloud:
        number, first = len(found.passed_over), shown(found.passed_over[0])
        notice(
            Text(
                f"в папках есть файлы, которые не снимки: {number} (первый: {first})",
                f"folders hold files that are no snapshots: {number} (the first: {first})",
            )
        )
    if not found.files and not found.closed and len(files) == len(paths):
        usage_error(
            "не найдено ни одного снимка",
            "no snapshot was found",
            Text(f"нужны файлы {WANTED}", f"{WANTED} files are wanted"),
        )
    in_archives = PassedOver()
    for item in _all(found, len(files) < len(paths), in_archives):
        yield named(item)
    if in_archives.number and aloud:
        number, first = in_archives.number, shown(in_archives.first)
        notice(
            Text(
                f"в архивах есть файлы, которые не снимки: {number} (первый: {first})",
                f"archives hold files that are no snapshots: {number} (the first: {first})",
            )
        )


def _no_path(error: OSError, files: list[str]) -> NoReturn:
    """Leaves with 2: a path does not exist, or is a name that the system can't have, or can't be looked at."""
    named = error.filename or (error.args[0] if isinstance(error, FileNotFoundError) else None)
    path = shown(named) if isinstance(named, str | os.PathLike) else ", ".join(map(shown, files))
    if error.errno in (None, errno.ENOENT, errno.ENAMETOOLONG, errno.ENOTDIR, errno.EINVAL):
        usage_error(f"нет такого пути: {path}", f"no such path: {path}")
    why = error.strerror or type(error).__name__
    usage_error(f"не удаётся посмотреть, что в {path}: {why}", f"can't look into {path}: {why}")


def _all(found: FoundNames, with_standard_input: bool, in_archives: PassedOver) -> Iterator[Delivered]:
    if with_standard_input:
        if sys.stdin is None:
            usage_error("стандартный ввод закрыт", "standard input is closed")
        yield from standard_input(sys.stdin.buffer)
    for folder in found.closed:
        yield unreadable_folder(folder)
    for path in found.files:
        yield from documents(path, in_archives)


def named(item: Delivered) -> Delivered:
    """The document under the name that reports show, the same under every locale and always text."""
    start = item.start and item.start._replace(file=shown(item.start.file))
    problem = item.problem
    if problem is not None:
        span = problem.span and problem.span._replace(file=shown(problem.span.file))
        problem = problem._replace(file=shown(problem.file), span=span)
    return item._replace(file=shown(item.file), problem=problem, start=start)


def read(item: Delivered, library: Library) -> tuple[Snapshot, list[Problem]] | Quarantined:
    """The facts of a delivered document with warnings, or why it is put aside."""
    from validator.snapshots.read import read_snapshot  # noqa: PLC0415

    if item.problem is not None:
        return Quarantined(item.file, None, None, [item.problem])
    try:
        return read_snapshot(document_of(item), library.vocabulary, library.names)
    except InputError as error:
        digest = sha256_of(item.data)
        return Quarantined(item.file, digest, len(item.data), error.problems)


def counted(paths: tuple[str, ...], library: Library) -> Iterator[Delivered]:
    """The documents of the paths for a journey that can't take a judgement back: all are looked at beforehand.

    What comes again byte for byte is left out aloud; what contradicts another document comes as put aside.
    """
    kept = list(delivered(paths)) if STANDARD_INPUT in paths else None  # it can be read once only
    repeats, aside, left_out = Repeats(), dict[str, Problem](), set[str]()
    for item in kept if kept is not None else delivered(paths):
        found = read(item, library)
        if isinstance(found, Quarantined):
            continue
        document = Identity(item.file, found[0].digest, found[0].size)
        seen = repeats.see(_key(organization_row(found[0])), document)
        if seen.came is Came.AGAIN:
            left_out.add(item.file)
            notice(again(document, seen.first).message)
        elif seen.came is Came.CONFLICT:
            aside[item.file] = conflict(document, seen.first)
    aside |= {document.file: problem for document, problem in repeats.retracted.values()}
    for item in kept if kept is not None else delivered(paths, aloud=False):
        if item.file not in left_out:
            yield item._replace(problem=aside.get(item.file, item.problem))


class Intake:
    """The documents of a run that count: each is read, and what comes twice is told (see `snapshots.repeats`).

    `rows`, `quarantined` and `warnings` are those of the report, complete after `settle`.
    """

    def __init__(self, library: Library) -> None:
        self.rows: list[OrganizationRow] = []
        self.quarantined: list[Quarantined] = []
        self.warnings: list[Problem] = []
        self._library = library
        self._repeats = Repeats()

    def admit(self, item: Delivered) -> Snapshot | None:
        """The facts to judge, or None when there are none: it is told why."""
        found = read(item, self._library)
        if isinstance(found, Quarantined):
            self.quarantined.append(found)
            return None
        snapshot, notes = found
        row = organization_row(snapshot)
        row["file"] = item.file
        document = Identity(item.file, snapshot.digest, snapshot.size)
        seen = self._repeats.see(_key(row), document)
        match seen.came:
            case Came.AGAIN:
                self.warnings.append(again(document, seen.first))
                return None
            case Came.CONFLICT:
                self._set_aside(document, conflict(document, seen.first))
                return None
            case Came.NEW:
                self.rows.append(row)
                self.warnings.extend(notes)
                return snapshot
            case _:
                assert_never(seen.came)

    def settle(self, results: Iterable[Result] = ()) -> list[Result]:
        """The results that stay; what was judged before a conflict was known is taken back, its row too."""
        retracted = self._repeats.retracted
        for document, problem in retracted.values():
            self._set_aside(document, problem)
        self.rows = [row for row in self.rows if _key(row) not in retracted]
        days = self._repeats.several_days()
        self.warnings.extend([] if days is None else [days])
        return [result for result in results if _key(result) not in retracted]

    def _set_aside(self, document: Identity, problem: Problem) -> None:
        self.quarantined.append(Quarantined(document.file, document.digest, document.size, [problem]))


def _key(row: OrganizationRow | Result) -> Key:
    return Key(row["organization"], row["as_of"])
