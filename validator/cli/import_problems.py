"""Telling what an import left out: on standard error, and as a table to be sent back to those who filled it in."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path
from typing import Final

from validator.cli.context import USAGE, StopError, notice, problem_lines, say_aside, shown, tell, usage_error
from validator.cli.outputs import create_beside, naming, write_whole
from validator.language.limits import SNAPSHOT_LIMITS
from validator.logic.problem import Problem
from validator.logic.text import Text, plural_ru

_HEAD: Final = (
    Text("Файл", "File"),
    Text("Лист", "Sheet"),
    Text("Ячейка", "Cell"),
    Text("Что не так", "What is wrong"),
    Text("Что сделать", "What to do"),
    Text("Код", "Code"),
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def check_problems_file(value: str | None, inputs: tuple[str, ...], target: str) -> str | None:
    """The file for the problems. Leaves with 2 when it can't be written, or would overwrite something."""
    if value is None:
        return None
    file = Path(value)
    if file.suffix.lower() not in (".csv", ".xlsx"):
        usage_error(
            f"по имени файла не понять, как записать: {shown(value)}",
            f"the name does not say how to write the file: {shown(value)}",
            Text("имя должно кончаться на .csv или .xlsx", "end the name in .csv or .xlsx"),
        )
    if not file.absolute().parent.is_dir() or file.is_dir():
        usage_error(f"сюда нельзя записать: {shown(value)}", f"nothing can be written there: {shown(value)}")
    if any(Path(path).is_file() and file.exists() and file.samefile(path) for path in inputs):
        usage_error(f"файл затёр бы таблицу: {shown(value)}", f"the file would overwrite a table: {shown(value)}")
    if file.absolute() == Path(target).absolute() or Path(target).absolute() in file.absolute().parents:
        usage_error("список ошибок и снимки направлены в одно место", "mistakes and snapshots go to one place")
    return value


def tell_problems(problems: list[Problem], warnings: list[Problem], problems_to: str | None) -> None:
    """Say the warnings and the mistakes, of each file as many as limits allow, and how many more there are."""
    most = SNAPSHOT_LIMITS.errors
    for level, rows in (("", problems), (tell(Text("замечание: ", "note: ")), warnings)):
        told: Counter[str] = Counter()
        for problem in rows:
            told[problem.file] += 1
            if told[problem.file] <= most:
                first, *rest = problem_lines([problem])
                say_aside(level + first)
                for line in rest:
                    say_aside(line)
        for file, number in told.items():
            if number > most:
                _tell_more(file, number - most, bool(level), problems_to)


def _tell_more(file: str, more: int, notes: bool, problems_to: str | None) -> None:
    what = (
        plural_ru(more, "замечание", "замечания", "замечаний")
        if notes
        else plural_ru(more, "ошибка", "ошибки", "ошибок")
    )
    hint = Text(
        "" if notes or problems_to else "; все запишет `--problems ошибки.xlsx`",
        "" if notes or problems_to else "; `--problems mistakes.xlsx` writes all of them",
    )
    notice(
        Text(
            f"{file}: ещё {more} {what}{hint.ru}",
            f"{file}: {more} more {'notes' if notes else 'mistakes'}{hint.en}",
        )
    )


def write_problems(value: str, problems: list[Problem]) -> None:
    """Write the table of problems, one row each. Raises `OSError`."""
    file = Path(value)
    rows = [_row(problem) for problem in problems]
    head = [tell(title) for title in _HEAD]
    if file.suffix.lower() == ".xlsx":
        _write_book(file, head, rows)
    else:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerows([[_inert(cell) for cell in row] for row in (head, *rows)])
        write_whole(file, "\ufeff" + text.getvalue())
    notice(Text(f"записаны ошибки: {shown(file)}: {len(rows)}", f"mistakes written: {shown(file)}: {len(rows)}"))


def _row(problem: Problem) -> list[str]:
    sheet, mark, cell = problem.path.rpartition("!")
    if not mark and problem.span is not None:
        cell = f"{problem.span.line}:{problem.span.column}"
    return [problem.file, sheet.strip("'"), cell, tell(problem.message), tell(problem.help), problem.code]


def _inert(cell: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _write_book(file: Path, head: list[str], rows: list[list[str]]) -> None:
    import os  # noqa: PLC0415

    try:
        from validator.render.form.problem_book import problem_book  # noqa: PLC0415 - an extra
    except ImportError:
        from validator.cli.import_table import NO_XLSX  # noqa: PLC0415

        say_aside(tell(NO_XLSX))
        raise StopError(USAGE) from None
    data = problem_book(head, rows)
    with naming(file):
        handle, temporary = create_beside(file)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            os.replace(temporary, file)
        finally:
            temporary.unlink(missing_ok=True)
