"""Reading the documents that a command was given: every one is evaluated or told about."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from validator.cli.context import notice, shown, usage_error
from validator.journeys.assemble import Quarantined
from validator.language.limits import SNAPSHOT_LIMITS
from validator.logic.problem import InputError, Problem
from validator.logic.text import Text
from validator.snapshots.stream import Delivered, deliver, find, unreadable_folder

if TYPE_CHECKING:
    from validator.language.library import Library
    from validator.language.nodes import Document
    from validator.logic.facts import Snapshot

STANDARD_INPUT, STDIN_NAME = "-", "<stdin>"


def delivered(paths: tuple[str, ...]) -> Iterator[Delivered]:
    """The documents of the paths. Leaves with 2 for a path that does not exist, or when there is no document."""
    files = [path for path in paths if path != STANDARD_INPUT]
    try:
        found = find([Path(path) for path in files])
    except OSError as error:  # also a name that the system can't have, such as one that is too long
        missing = shown(error.filename or error.args[0])
        usage_error(f"нет такого пути: {missing}", f"no such path: {missing}")
    if found.passed_over:
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
            Text("нужны файлы .yaml, .yml или .json", ".yaml, .yml or .json files are wanted"),
        )
    if len(files) < len(paths):
        yield _standard_input()
    for folder in found.closed:
        yield named(unreadable_folder(folder))
    for path in found.files:
        yield named(deliver(path))


def _standard_input() -> Delivered:
    if sys.stdin is None:
        usage_error("стандартный ввод закрыт", "standard input is closed")
    # One byte over the limit is enough for the reader to refuse it.
    return Delivered(STDIN_NAME, sys.stdin.buffer.read(SNAPSHOT_LIMITS.file_bytes + 1))


def named(item: Delivered) -> Delivered:
    """The document under the name that reports show, the same under every locale and always text."""
    name = shown(item.file)
    problem = item.problem._replace(file=name) if item.problem else None
    return item._replace(file=name, problem=problem)


def read(item: Delivered, library: Library) -> tuple[Snapshot, list[Problem]] | Quarantined:
    """The facts of a delivered document with warnings, or why it is put aside."""
    from validator.snapshots.read import read_snapshot  # noqa: PLC0415

    if item.problem is not None:
        return Quarantined(item.file, None, None, [item.problem])
    try:
        return read_snapshot(_document(item), library.vocabulary, library.names)
    except InputError as error:
        digest = f"sha256:{hashlib.sha256(item.data).hexdigest()}"
        return Quarantined(item.file, digest, len(item.data), error.problems)


def _document(item: Delivered) -> Document:
    from validator.language.source import read_document  # noqa: PLC0415

    if item.file == STDIN_NAME:
        start = item.data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
        return read_document(item.data, item.file, syntax="json" if start in (b"{", b"[", b'"') else "yaml")
    return read_document(item.data, item.file)
