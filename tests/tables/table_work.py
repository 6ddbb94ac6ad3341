"""Reading tables in tests: texts in, snapshots and problems out."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from validator.language.library import Library, load, read_folder
from validator.language.vocabulary import read_vocabulary
from validator.resources import policies_folder, schema_bytes
from validator.snapshots.tables.importing import Balance, import_by
from validator.snapshots.tables.mapping_files import read_mapping
from validator.snapshots.tables.sources import Source

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
INN = "7899001010"
OTHER = "7499001015"


FIXTURES = Path(__file__).parents[2] / "fixtures" / "tables"


class Ran(NamedTuple):
    """An exit code and what was printed."""

    code: int
    out: str
    err: str


class Done(NamedTuple):
    """What an import gave: snapshots, problems and notes as (code, place), what was said, and the balance."""

    snapshots: list[dict[str, Any]]
    problems: list[tuple[str, str]]
    notes: list[tuple[str, str]]
    said: list[str]
    balance: Balance


@cache
def library() -> Library:
    """The shipped policy set."""
    return load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))


def run(mapping: str, **files: str | bytes) -> Done:
    """Import files by a mapping without its first line; names of files have `_` for their point."""
    found = read_mapping(
        f"schema: sverka.mapping/1\n{mapping}".encode(), "map.yaml", library().vocabulary, library().names
    )
    sources = [
        Source(".".join(name.rsplit("_", 1)), data.encode() if isinstance(data, str) else data)
        for name, data in files.items()
    ]
    work = import_by(found, sources, library().vocabulary, library().names)
    made = [json.loads(made.data) for made in work.made()]
    problems = [(problem.code, problem.path) for problem in work.problems]
    notes = [(problem.code, problem.path) for problem in work.warnings]
    return Done(made, problems, notes, [text.ru for text in work.told()], work.balance)


def one_fact(field: str, cell: str, options: str = "") -> Done:
    """A table of one organization with one more column, `Факт`, for a fact of the organization."""
    column = f"{{field: {field}{options}}}"
    return run(
        "constants: {as_of: 2025-11-14, organization.region: '78', organization.kind: school}\n"
        f"tables: [{{rows: organization, columns: {{ИНН: organization.inn, Факт: {column}}}}}]",
        t_csv=f'ИНН;Факт\n{INN};"{cell}"\n',
    )


def at(snapshot: dict[str, Any], path: str) -> Any:
    """The value at a path of a snapshot, None where there is none."""
    found: Any = snapshot
    for key in path.split("."):
        found = found.get(key) if isinstance(found, dict) else None
    return found


def book(**sheets: list[list[Any]]) -> bytes:
    """A workbook with these sheets."""
    data = io.BytesIO()
    made = xlsxwriter.Workbook(data, OPTIONS)
    day = made.add_format({"num_format": "dd.mm.yyyy"})
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if hasattr(cell, "isoformat"):
                    sheet.write_datetime(number, column, cell, day)
                elif cell != "":
                    sheet.write(number, column, cell)
    made.close()
    return data.getvalue()
