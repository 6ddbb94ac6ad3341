"""A sheet as rows of cells, and the names of its cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import Problem
from validator.logic.text import Text

# What a cell may hold; the empty text stands for an empty cell.
Cell = str | float | int | bool | date | datetime | time | timedelta

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_PLAIN_NAME = re.compile(r"[^\W\d]\w*")


class Grid(NamedTuple):
    """The cells of one sheet.

    `rows` need not be of equal length. The first cell of the first row stands at row `top` and column `left`,
    both from 0. `sheet` is "" for a file that has no sheets. `across` means that rows and columns are swapped:
    what is a row here is a column of the sheet. `filled` are cells that a merged range covers → its first cell.
    """

    file: str
    sheet: str
    rows: list[list[Cell]]
    top: int = 0
    left: int = 0
    date1904: bool = False
    filled: Mapping[tuple[int, int], tuple[int, int]] = {}
    across: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()

    def place(self, row: int, column: int) -> str:
        """Where a cell of `rows` stands, as spreadsheets write it: `Школы!B7`, or `B7` where there is one sheet."""
        if self.across:
            row, column = column, row
        name = address(row + self.top, column + self.left)
        return f"{quoted_sheet(self.sheet)}!{name}" if self.sheet else name

    def cell(self, row: int, column: int) -> Cell:
        """The cell, "" where the row is shorter."""
        line = self.rows[row] if 0 <= row < len(self.rows) else ()
        return line[column] if 0 <= column < len(line) else ""

    def problem(
        self, code: str, row: int, column: int, message: Text, help_: Text, *, warning: bool = False
    ) -> Problem:
        """A problem at a cell."""
        return Problem(code, message, help_, None, self.file, self.place(row, column), warning)

    def width(self) -> int:
        """The length of the longest row."""
        return max(map(len, self.rows), default=0)


class Range(NamedTuple):
    """A part of a sheet, rows and columns from 0, the end included."""

    top: int
    left: int
    bottom: int
    right: int


def column_name(number: int) -> str:
    """The letters of a column counted from 0: A, …, Z, AA."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_number(name: str) -> int:
    """The number of a column from 0."""
    found = 0
    for letter in name.upper():
        found = found * 26 + ord(letter) - ord("A") + 1
    return found - 1


def address(row: int, column: int) -> str:
    """`B7` for row 6 and column 1."""
    return f"{column_name(column)}{row + 1}"


def quoted_sheet(name: str) -> str:
    """The name of a sheet as it stands in an address: quoted unless it is one plain word."""
    return name if _PLAIN_NAME.fullmatch(name) else "'" + name.replace("'", "''") + "'"


def parse_range(text: str) -> Range | None:
    """`A3:T200`, None for anything else."""
    first, colon, last = text.strip().partition(":")
    one, other = _ADDRESS.fullmatch(first), _ADDRESS.fullmatch(last)
    if not colon or one is None or other is None:
        return None
    found = Range(int(one[2]) - 1, column_number(one[1]), int(other[2]) - 1, column_number(other[1]))
    return found if found.top <= found.bottom and found.left <= found.right else None


def within(grid: Grid, part: Range) -> Grid:
    """The part of a sheet; what stands outside of it is not there. Nothing of a sheet counted across is cut."""
    top, left = max(part.top - grid.top, 0), max(part.left - grid.left, 0)
    bottom, right = part.bottom - grid.top + 1, part.right - grid.left + 1
    rows = [row[left : max(right, 0)] for row in grid.rows[top : max(bottom, 0)]]
    filled = {
        (row - top, column - left): (one - top, other - left) for (row, column), (one, other) in grid.filled.items()
    }
    return grid._replace(rows=rows, top=grid.top + top, left=grid.left + left, filled=filled)
