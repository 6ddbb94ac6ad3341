"""`sverka form`: a questionnaire as a workbook, empty or filled in from a snapshot, for `sverka import` to read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from validator.cli.context import (
    USAGE,
    StopError,
    current_language,
    notice,
    say_aside,
    shown,
    stop,
    tell,
    usage_error,
)
from validator.cli.options import language_option, policies_option
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.language.library import Library
    from validator.language.nodes import Node

_HELP = Text(
    "Составить анкету — книгу Excel с листом организации и листами списков. --for заполняет её тем, что уже"
    " известно, и"
    " отмечает, чего не хватает. Заполненную читает `sverka import`.",
    "Make a questionnaire, a workbook with a sheet for the organization and one for each list. --for fills"
    " in what is"
    " known and marks what is missing. `sverka import` reads it back.",
)
_NAME = Text("анкета.xlsx", "form.xlsx")


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    file, snapshot = tell(Text("ФАЙЛ", "FILE")), tell(Text("СНИМОК", "SNAPSHOT"))
    into = Text(f"куда записать ({_NAME.ru})", f"where to write it ({_NAME.en})")

    @click.command(name="form", help=tell(_HELP))
    @click.option("-o", "--output", metavar=file, help=tell(into))
    @click.option(
        "--for", "known", metavar=snapshot, help=tell(Text("заполнить по снимку", "fill in from a snapshot"))
    )
    @click.option(
        "--force", is_flag=True, help=tell(Text("заменить файл, если он есть", "replace the file if there is one"))
    )
    @policies_option
    @language_option
    def command(output: str | None, known: str | None, force: bool, policies: tuple[str, ...]) -> int:
        """Write the form."""
        from validator.cli.validate import library_of_names  # noqa: PLC0415 - help needs no policies

        target = _target(output, known, force=force)
        library = library_of_names(policies)
        document = None if known is None else _document(known, library)
        _write(target, library, document)
        return 0

    return command


def _target(output: str | None, known: str | None, *, force: bool) -> Path:
    """Where the form goes. Leaves with 2 when it can't be written there, or would overwrite something."""
    target = Path(output if output is not None else tell(_NAME))
    name = shown(target)
    if target.suffix.lower() != ".xlsx":
        usage_error(f"имя анкеты должно кончаться на .xlsx: {name}", f"the name of a form ends in .xlsx: {name}")
    if not target.absolute().parent.is_dir():
        usage_error(f"нет папки: {shown(target.parent)}", f"there is no folder: {shown(target.parent)}")
    if known is not None and target.exists() and Path(known).exists() and target.samefile(known):
        usage_error(f"анкета затёрла бы снимок: {name}", f"the form would overwrite the snapshot: {name}")
    if os.path.lexists(target) and (not force or not target.is_file()):
        usage_error(
            f"такой файл уже есть: {name}",
            f"there is such a file already: {name}",
            Text("назовите другой или замените его: `--force`", "name another, or replace it: `--force`"),
        )
    return target


def _document(path: str, library: Library) -> Node:
    """The root of a sound snapshot. Leaves with 2 for any other, and for several."""
    from validator.cli.documents import delivered, read  # noqa: PLC0415
    from validator.journeys.assemble import Quarantined  # noqa: PLC0415
    from validator.snapshots.stream import document_of  # noqa: PLC0415

    items = list(delivered((path,)))
    if len(items) != 1:
        usage_error(
            f"нужен один снимок, а здесь их {len(items)}: {shown(path)}",
            f"one snapshot is wanted, here are {len(items)}: {shown(path)}",
        )
    found = read(items[0], library)
    if isinstance(found, Quarantined):
        stop(found.problems)
    return document_of(items[0]).root


def _write(target: Path, library: Library, document: Node | None) -> None:
    from validator.cli.outputs import create_beside, naming  # noqa: PLC0415

    try:
        from validator.render.form.workbook import form_workbook  # noqa: PLC0415 - an extra
    except ImportError:
        from validator.cli.import_table import NO_XLSX  # noqa: PLC0415

        say_aside(tell(NO_XLSX))
        raise StopError(USAGE) from None
    form = form_workbook(library.vocabulary, current_language(), document)
    with naming(target):
        handle, temporary = create_beside(target)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(form.data)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
    notice(Text(f"анкета записана: {shown(target)}", f"the form was written: {shown(target)}"))
    if document is not None:
        notice(
            Text(
                f"сведений не хватает: {form.missing} (жёлтые ячейки)",
                f"facts that are missing: {form.missing} (yellow cells)",
            )
        )
