"""Reading the documents that a command was given: every one is evaluated or told about."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from validator.cli.context import tell, usage_error
from validator.journeys.assemble import Quarantined
from validator.logic.problem import InputError, Problem
from validator.logic.text import Text
from validator.snapshots.stream import Delivered, deliver, find

if TYPE_CHECKING:
    from validator.language.library import Library
    from validator.language.nodes import Document
    from validator.logic.facts import Snapshot

STANDARD_INPUT = "-"


def delivered(paths: tuple[str, ...]) -> Iterator[Delivered]:
    """The documents of the paths. Leaves with 2 for a path that does not exist, or when there is no document."""
    named = [path for path in paths if path != STANDARD_INPUT]
    try:
        found = find([Path(path) for path in named])
    except FileNotFoundError as error:
        usage_error(f"нет такого пути: {error.args[0]}", f"no such path: {error.args[0]}")
        return
    if found.passed_over:
        number, first = len(found.passed_over), found.passed_over[0].as_posix()
        message = Text(
            f"в папках есть файлы, которые не снимки: {number} (первый: {first})",
            f"folders hold files that are no snapshots: {number} (the first: {first})",
        )
        click.echo(tell(message), err=True)
    if not found.files and len(named) == len(paths):
        usage_error(
            "не найдено ни одного снимка",
            "no snapshot was found",
            Text("нужны файлы .yaml, .yml или .json", ".yaml, .yml or .json files are wanted"),
        )
    if len(named) < len(paths):
        yield Delivered("<stdin>", sys.stdin.buffer.read())
    for path in found.files:
        yield deliver(path)


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

    if item.file == "<stdin>":
        start = item.data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
        return read_document(item.data, item.file, syntax="json" if start in (b"{", b"[", b'"') else "yaml")
    return read_document(item.data, item.file)
