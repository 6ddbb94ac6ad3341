"""Problems of policies as plain data (`sverka.problems/1`), which every renderer of them reads.

`schemas/problems.schema.json` describes each key; keys are never renamed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from validator import __version__
from validator.journeys.lint.levels import Level, Told
from validator.logic.report import BothTexts, both
from validator.logic.text import Text

SCHEMA = "sverka.problems/1"
SHIPPED = "builtin/"  # how the names of files of the shipped set begin
LEVELS = {
    "error": Text("ошибка", "error"),
    "finding": Text("замечание", "finding"),
    "note": Text("заметка", "note"),
}


class ProblemRow(TypedDict):
    """One problem; lines and columns from 1, the end exclusive, all None where there is no text to point into."""

    level: str
    code: str
    file: str
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    message: BothTexts
    help: BothTexts


class Totals(TypedDict):
    """How many problems of each level are listed, and how many were left out because the command line said so.

    `only_counted` of the notes are about the shipped set beside folders of one's own: for people they are counted.
    """

    error: int
    finding: int
    note: int
    left_out: int
    only_counted: int


class ProblemReport(TypedDict):
    """What one run of a command says of policies. `day` is the day of the run, None when nobody told it."""

    schema: str
    version: str
    command: str
    day: str | None
    files: int
    totals: Totals
    problems: list[ProblemRow]


def problem_report(
    command: str, told: Iterable[Told], files: int, day: str | None, left_out: int, *, count_shipped: bool = False
) -> ProblemReport:
    """The report of a run that read so many files; the problems keep their order.

    With `count_shipped`, notes about the shipped set are only counted where people read.
    """
    rows = [row(found) for found in told]
    counts = {level.value: sum(row["level"] == level.value for row in rows) for level in Level}
    return {
        "schema": SCHEMA,
        "version": __version__,
        "command": command,
        "day": day,
        "files": files,
        "totals": {
            "error": counts["error"],
            "finding": counts["finding"],
            "note": counts["note"],
            "left_out": left_out,
            "only_counted": sum(map(is_shipped_note, rows)) if count_shipped else 0,
        },
        "problems": rows,
    }


def row(told: Told) -> ProblemRow:
    """A problem as plain data."""
    problem = told.problem
    span = problem.span
    return {
        "level": told.level.value,
        "code": problem.code,
        "file": problem.file,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
        "message": both(problem.message),
        "help": both(problem.help),
    }


def is_shipped_note(row: ProblemRow) -> bool:
    """Whether it is a note about a file of the shipped set."""
    return row["level"] == "note" and row["file"].startswith(SHIPPED)


def for_people(report: ProblemReport) -> list[ProblemRow]:
    """The problems that people are shown: without the notes that are only counted."""
    counted = bool(report["totals"]["only_counted"])
    return [row for row in report["problems"] if not (counted and is_shipped_note(row))]


def where(row: ProblemRow) -> str:
    """`file:line:column`, or the file alone."""
    return row["file"] if row["line"] is None else f"{row['file']}:{row['line']}:{row['column']}"
