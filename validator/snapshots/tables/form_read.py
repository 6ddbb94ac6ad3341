"""A questionnaire that came back: known by its hidden sheet, read as tables whose mapping it carries itself."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest

from validator.language.names import ReferenceNames
from validator.language.structure import nearest, shorten
from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import InputError, Problem
from validator.logic.shape import Kind
from validator.logic.text import Text
from validator.snapshots.tables.bound import Bound
from validator.snapshots.tables.convert import Converter, Pseudonyms
from validator.snapshots.tables.fields import INN, Place, places
from validator.snapshots.tables.form_layout import (
    FIRST_FACT,
    FIRST_ITEM,
    FORM_ID,
    KEY_SHEET,
    PATH_ROW,
    PATHS,
    SEPARATOR,
    VALUES,
)
from validator.snapshots.tables.grid import Cell, Grid
from validator.snapshots.tables.headers import Header
from validator.snapshots.tables.mapping import Column, MappingFile, TableMap
from validator.snapshots.tables.sources import Source, Tables
from validator.snapshots.tables.words import levelled


class Form(NamedTuple):
    """A form as an import: its tables, and the mapping that joins them."""

    tables: Tables
    mapping: MappingFile


def is_form(source: Source) -> bool:
    """Whether a file is a form of ours. Raises `InputError`."""
    if source.book is None or KEY_SHEET not in source.all_sheets:
        return False
    first = source.grid(KEY_SHEET).cell(0, 0)
    return isinstance(first, str) and first.startswith("sverka.form/")


def read_form(source: Source, vocabulary: Vocabulary, names: ReferenceNames) -> Form:
    """The tables of a form. Raises `InputError` where it is of another version or its sheets are not there."""
    key = source.grid(KEY_SHEET)
    if key.cell(0, 0) != FORM_ID:
        raise InputError([_problem(source.file, "unknown-schema", _VERSION, _MAKE_ANEW)])
    known = places(vocabulary)
    bound: list[Bound] = []
    problems: list[Problem] = []
    for row in key.rows[1:]:
        sheet, rows = str(row[0]), str(row[1]) if len(row) > 1 else ""
        if sheet not in source.all_sheets:
            message = Text(f"в анкете нет листа `{shorten(sheet)}`", f"the form has no sheet `{shorten(sheet)}`")
            problems.append(_problem(source.file, "sheet-not-found", message, _MAKE_ANEW))
            continue
        grid = _whole(source.grid(sheet))
        one = _organization(grid, known) if rows == ROOT else _items(grid, rows, known)
        problems.extend(one.notes)
        bound.append(one._replace(notes=()))
    if problems:
        raise InputError(problems)
    inn = _inn(bound, known, names)
    return Form(Tables(bound, [], [], [], []), MappingFile(source.file, (), only_inn=inn))


def _whole(grid: Grid) -> Grid:
    """The grid from the cell A1 on."""
    rows: list[list[Cell]] = [[] for _ in range(grid.top)]
    rows.extend([*[""] * grid.left, *row] for row in grid.rows)
    return grid._replace(rows=rows, top=0, left=0, filled={})


def _organization(grid: Grid, known: Mapping[str, Place]) -> Bound:
    """The facts that go down, as one row."""
    turned = [list(line) for line in zip_longest(*grid.rows, fillvalue="")]
    across = grid._replace(rows=turned, across=True)
    return _bound(across, ROOT, PATHS, [VALUES], FIRST_FACT, known)


def _items(grid: Grid, rows: str, known: Mapping[str, Place]) -> Bound:
    filled = [n for n in range(FIRST_ITEM, len(grid.rows)) if any(_says(cell) for cell in grid.rows[n])]
    return _bound(grid, rows, PATH_ROW, filled, 0, known)


def _says(cell: Cell) -> bool:
    return bool(levelled(cell)) if isinstance(cell, str) else True


def _bound(grid: Grid, rows: str, paths: int, filled: list[int], first: int, known: Mapping[str, Place]) -> Bound:
    """The table of a sheet; its notes are mistakes: paths that no snapshot has."""
    columns: list[tuple[Column, int]] = []
    problems: list[Problem] = []
    line = grid.rows[paths] if paths < len(grid.rows) else []
    for number in range(first, len(line)):
        path = line[number]
        if not isinstance(path, str) or not path:
            continue
        if path not in known:
            message = Text(
                f"в анкете неизвестное поле `{shorten(path)}`", f"the form has an unknown field `{shorten(path)}`"
            )
            problems.append(grid.problem("unknown-field", paths, number, message, nearest(path, known)))
            continue
        kind = known[path].shape.kind
        columns.append((Column(path, known[path], separator=SEPARATOR if kind is Kind.SET else ""), number))
    table = TableMap(rows, tuple(column for column, _ in columns))
    return Bound(table, grid, Header(paths, paths, {}), tuple(columns), tuple(filled), tuple(problems))


def _inn(bound: list[Bound], known: Mapping[str, Place], names: ReferenceNames) -> str:
    """The INN of the form as JSON, the word for none where it can't be read."""
    for one in bound:
        number = one.number_of(INN)
        if one.table.rows == ROOT and number is not None:
            cell = one.grid.cell(VALUES, number)
            found = Converter(Column("", known[INN]), names, Pseudonyms(), bare=True)[cell]
            return found or '"?"'
    return '"?"'


def _problem(file: str, code: str, message: Text, help_: Text) -> Problem:
    return Problem(code, message, help_, None, file)


_VERSION = Text("анкета другой версии", "the form is of another version")
_MAKE_ANEW = Text("составьте её заново: `sverka form`", "make it anew: `sverka form`")
