"""Where the header of a table is, and which column is which.

A header is looked for by the names that the mapping knows; it has one row, or two, the upper of which may be merged
over several columns. A column is called by its own cell, or by both: `Чаты / в MAX`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from validator.language.structure import closest, shorten
from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import Problem
from validator.logic.text import Text
from validator.snapshots.tables.grid import Grid, column_number
from validator.snapshots.tables.mapping import Column, TableMap
from validator.snapshots.tables.words import folded, levelled

_LOOKED_AT: Final = 60
_LETTERS: Final = re.compile(r"@([A-Za-z]{1,3})")


class Name(NamedTuple):
    """What a column is called: folded, its cell alone and with what stands above it; and as it is written."""

    own: str
    full: str
    written: str


class Header(NamedTuple):
    """The rows of a header and the names of the columns by their number."""

    first: int
    last: int
    names: dict[int, Name]


def candidates(grid: Grid) -> Iterator[Header]:
    """Every header there might be: each of the first rows alone, and with the row below it."""
    grid = grid._replace(rows=grid.rows[: _LOOKED_AT + 1])  # nothing below them is looked at
    for row in range(min(len(grid.rows), _LOOKED_AT)):
        if not _reaches_down(grid, row):
            yield header_at(grid, row, row)
        if row + 1 < len(grid.rows) and not _reaches_down(grid, row + 1):
            yield header_at(grid, row, row + 1)


def _reaches_down(grid: Grid, row: int) -> bool:
    """Whether a merged cell of the row goes on in the next: then that row is of the header as well."""
    return any(grid.filled.get((row + 1, column), (-1, 0))[0] == row for column in range(len(grid.rows[row])))


def header_at(grid: Grid, first: int, last: int) -> Header:
    """The header of these rows of the grid."""
    names: dict[int, Name] = {}
    above = ""
    width = max(len(grid.rows[row]) for row in range(first, last + 1))
    for column in range(width):
        own = _label(grid, last, column)
        if first == last:
            if own:
                names[column] = Name(_plain(own), _plain(own), own)
            continue
        upper = _label(grid, first, column)
        above = upper or above  # a merged cell whose range nobody tells has its text in the first column alone
        over = upper or (above if own else "")
        if over and own and over != own:
            names[column] = Name(_plain(own), _plain(f"{over} / {own}"), f"{over} / {own}")
        elif over or own:
            names[column] = Name(_plain(own or over), _plain(own or over), own or over)
    return Header(first, last, names)


def _label(grid: Grid, row: int, column: int) -> str:
    """The text of a cell, of the first cell of a merged range for all of its cells."""
    cell = grid.cell(*grid.filled.get((row, column), (row, column)))
    return levelled(cell) if isinstance(cell, str) else (str(int(cell)) if isinstance(cell, float) else "")


def _plain(text: str) -> str:
    return folded(text).rstrip(" *:").replace(" /", "/").replace("/ ", "/")


def columns_called(header: Header, grid: Grid, name: str) -> list[int]:
    """The columns that a mapping means by a name: by the full name, else by the own cell, else by letter."""
    if told := _LETTERS.fullmatch(name):
        number = column_number(told[1]) - grid.left
        return [number] if number >= 0 and any(number < len(row) for row in grid.rows) else []
    plain = _plain(name)
    whole = [column for column, known in header.names.items() if known.full == plain]
    return whole or [column for column, known in header.names.items() if known.own == plain]


def find_header(grid: Grid, table: TableMap) -> Header | None:
    """The header with the most columns of the mapping, the first of equals; None where none has half of them."""
    if table.header:
        first, last = table.header[0] - grid.top, table.header[-1] - grid.top
        return header_at(grid, first, last) if first >= 0 and last < len(grid.rows) else None
    best, most = None, 0
    for header in candidates(grid):
        found = count_columns(header, grid, table.columns)
        if found > most:
            best, most = header, found
    return best if 2 * most >= len(table.columns) else None


def count_columns(header: Header, grid: Grid, columns: Sequence[Column]) -> int:
    """How many columns of the mapping a header has. Letters are in every header, so they tell nothing."""
    return sum(
        bool(columns_called(header, grid, column.header)) for column in columns if not column.header.startswith("@")
    )


def resolve(header: Header, grid: Grid, table: TableMap) -> tuple[list[tuple[Column, int]], list[Problem]]:
    """The columns of the mapping with their numbers, and what is wrong with them."""
    found: list[tuple[Column, int]] = []
    problems: list[Problem] = []
    for column in table.columns:
        numbers = columns_called(header, grid, column.header)
        if len(numbers) == 1:
            found.append((column, numbers[0]))
        elif numbers:
            problems.append(_ambiguous(column, numbers, header, grid))
        elif not column.optional:
            problems.append(_not_found(column, header, grid))
    taken: dict[int, Column] = {}
    for column, number in found:
        if number in taken:
            problems.append(_twice(column, taken[number], number, header, grid))
        taken[number] = column
    return found, problems


def _ambiguous(column: Column, numbers: list[int], header: Header, grid: Grid) -> Problem:
    others = ", ".join(grid.place(header.last, number).rpartition("!")[2] for number in numbers)
    return grid.problem(
        "ambiguous-column",
        header.last,
        numbers[0],
        Text(
            f"несколько столбцов называются `{shorten(column.header)}`: {others}",
            f"several columns are called `{shorten(column.header)}`: {others}",
        ),
        Text(
            "назовите столбец вместе с верхней ячейкой, `Чаты / Всего`, или буквой, `@D`",
            "name it with the cell above, `Chats / Total`, or by its letter, `@D`",
        ),
    )


def _not_found(column: Column, header: Header, grid: Grid) -> Problem:
    close = closest(column.header, [name.written for name in header.names.values()])  # only this much is quoted
    said = (
        Text(f"похоже на `{shorten(close)}`", f"did you mean `{shorten(close)}`?")
        if close is not None
        else Text("сверьте названия столбцов", "compare the names of the columns")
    )
    return grid.problem(
        "column-not-found",
        header.last,
        0,
        Text(f"нет столбца `{shorten(column.header)}`", f"there is no column `{shorten(column.header)}`"),
        Text(
            f"{said.ru}; столбцу, которого может не быть, поставьте `optional: true`",
            f"{said.en}; a column that may be missing takes `optional: true`",
        ),
    )


def _twice(column: Column, other: Column, number: int, header: Header, grid: Grid) -> Problem:
    return grid.problem(
        "ambiguous-column",
        header.last,
        number,
        Text(
            f"один столбец назван дважды: `{shorten(other.header)}` и `{shorten(column.header)}`",
            f"one column is named twice: `{shorten(other.header)}` and `{shorten(column.header)}`",
        ),
        Text("назовите его один раз", "name it once"),
    )
