"""Where a report goes: standard output, or files written whole or not at all."""

from __future__ import annotations

import importlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from validator.cli.context import current_language, tell, usage_error
from validator.language.structure import nearest
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.logic.report import Report

F = TypeVar("F", bound=Callable[..., Any])
FORMATS = ("text", "concise", "json")
ENDINGS = {
    0: Text("ничего, что останавливает", "nothing that blocks"),
    1: Text("есть нарушения", "there are violations"),
    2: Text("ничего не проверено", "nothing was evaluated"),
    3: Text("не хватает данных или есть отложенные документы", "facts are missing or documents were quarantined"),
    4: Text("проверка не закончена", "the run is incomplete"),
}


class Output(NamedTuple):
    """A format, and the file it goes to (None for standard output)."""

    format: str
    file: Path | None


def parse_outputs(values: tuple[str, ...]) -> list[Output]:
    """`FORMAT` or `FORMAT=FILE`, repeatable. Leaves with 2 for an unknown format or two for standard output."""
    outputs: list[Output] = []
    for value in values or ("text",):
        name, equals, target = value.partition("=")
        if name not in FORMATS:
            usage_error(f"неизвестный формат `{name}`", f"unknown format `{name}`", nearest(name, FORMATS))
        if equals and not target:
            usage_error(f"для `{name}=` не указан файл", f"`{name}=` names no file")
        outputs.append(Output(name, Path(target) if target else None))
    if sum(output.file is None for output in outputs) > 1:
        usage_error(
            "в стандартный вывод можно направить только один формат",
            "only one format can go to standard output",
            Text(
                "остальным укажите файл: `-o json=отчёт.json`", "name files for the others: `-o json=report.json`"
            ),
        )
    for output in outputs:
        if output.file is not None and not output.file.parent.is_dir():
            folder = output.file.parent
            usage_error(f"нет папки для отчёта: {folder}", f"no folder for the report: {folder}")
    return outputs


def output_option(function: F) -> F:
    """`-o FORMAT[=FILE]`, repeatable."""
    formats = ", ".join(FORMATS)
    text = Text(f"формат отчёта ({formats}); можно повторять", f"format of the report ({formats}); repeatable")
    return click.option("-o", "--output", "outputs", multiple=True, metavar="FORMAT[=FILE]", help=tell(text))(
        function
    )


def deliver(report: Report, outputs: list[Output], code: int) -> int:
    """Render and write every output, and say the exit code where people read; the code."""
    _write(report, outputs)
    ending = f"{tell(Text('Код выхода', 'Exit code'))}: {code} ({tell(ENDINGS[code])})"
    click.echo(ending, err=not any(output.format == "text" and output.file is None for output in outputs))
    return code


def _write(report: Report, outputs: list[Output]) -> None:
    language = current_language()
    for output in outputs:
        renderer = importlib.import_module(f"validator.render.{output.format}")
        text: str = renderer.render(report, language)
        if output.file is None:
            click.echo(text, nl=False)
        else:
            write_whole(output.file, text)
            message = Text(f"записан {output.format}: {output.file}", f"written {output.format}: {output.file}")
            click.echo(tell(message), err=True)


def write_whole(file: Path, text: str) -> None:
    """Write a file under another name and move it into place, so that it is never there half-written."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o644)
        os.replace(name, file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
