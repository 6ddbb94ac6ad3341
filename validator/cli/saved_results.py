"""Saved results as the command line names them: reports, folders of batches, standard input."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from pathlib import Path

from validator.cli.context import shown, stop, usage_error
from validator.engines.folder.results import RUN
from validator.engines.folder.saved import FolderResults
from validator.journeys.impact.saved import LIMIT_BYTES
from validator.journeys.results.merged import Named
from validator.journeys.results.saved import SavedReport, saved_report
from validator.journeys.results.whole import WholeResults
from validator.language.vocabulary import Vocabulary, read_vocabulary
from validator.logic.problem import InputError, Problem
from validator.logic.text import Text
from validator.resources import schema_bytes

STANDARD_INPUT = "-"


def read_all(names: tuple[str, ...], stack: ExitStack) -> list[Named]:
    """The saved results of all names; what they keep open closes with `stack`. Leaves with 2, all mistakes told."""
    _check_names(names)
    vocabulary = read_vocabulary(schema_bytes("snapshot"))
    found: list[Named] = []
    problems: list[Problem] = []
    for name in names:
        try:
            found.append(Named(_told(name), _read(name, vocabulary, stack)))
        except InputError as error:
            problems += error.problems
    if problems:
        stop(problems)
    return found


def _check_names(names: tuple[str, ...]) -> None:
    """Leaves with 2 when the same results would be taken twice: an organization would count twice."""
    seen: dict[str, str] = {}
    for name in names:
        place = name if name == STANDARD_INPUT else os.path.realpath(_folder_of(name) or name)
        if place in seen:
            usage_error(f"названо дважды: {shown(name)}", f"named twice: {shown(name)}")
        seen[place] = name


def _folder_of(name: str) -> str | None:
    """The folder of a batch that a name stands for, itself or its `run.json`."""
    if os.path.isdir(name):
        return name
    folder, file = os.path.split(name)
    return (folder or ".") if file == RUN and os.path.isfile(name) else None


def _told(name: str) -> str:
    return "<stdin>" if name == STANDARD_INPUT else shown(name)


def _read(name: str, vocabulary: Vocabulary, stack: ExitStack) -> WholeResults:
    told = _told(name)
    try:
        folder = None if name == STANDARD_INPUT else _folder_of(name)
        if folder is not None:
            return stack.enter_context(FolderResults(Path(folder), shown(folder)))
        return saved_report(_bytes(name), told, vocabulary)
    except FileNotFoundError:
        message = Text("нет такого файла или папки", "no such file or folder")
        help_ = Text("назовите отчёт или папку пакетной проверки", "name a report, or the folder of a batch")
    except OSError as error:
        why = error.strerror or type(error).__name__
        message = Text(f"не читается: {why}", f"can't be read: {why}")
        help_ = Text("проверьте права на файл", "check who may read it")
    raise InputError([Problem("unreadable-file", message, help_, file=told)])


def _bytes(name: str) -> bytes:
    """At most one byte more than may be read: that is told as too large."""
    if name == STANDARD_INPUT:
        if sys.stdin is None:
            usage_error("стандартный ввод закрыт", "standard input is closed")
        return sys.stdin.buffer.read(LIMIT_BYTES + 1)
    with open(name, "rb") as stream:
        return stream.read(LIMIT_BYTES + 1)


def refuse_uncounted(parts: list[Named]) -> None:
    """Leaves with 2 when figures are wanted that a report does not hold."""
    problems = [
        Problem(
            "saved-report",
            Text(
                "прежняя версия сохранила отчёт без благополучных: доли и своды по нему были бы неверны",
                "an older version saved the report without what is fine: shares and roll-ups would be wrong",
            ),
            Text("сохраните отчёт заново", "save the report anew"),
            file=part.name,
        )
        for part in parts
        if isinstance(part.results, SavedReport) and part.results.is_uncounted
    ]
    if problems:
        stop(problems)
