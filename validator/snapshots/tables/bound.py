"""A table of the mapping found on a sheet: its columns by number and its rows of data.

A sheet holds one table. What stands below or beside it is either a note, which is told, or a second table, which
is refused with its address: nobody can say which of the two was meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import InputError, Problem
from validator.logic.text import Text
from validator.snapshots.tables.fields import INN
from validator.snapshots.tables.grid import Cell, Grid, column_name, within
from validator.snapshots.tables.headers import Header, find_header, resolve
from validator.snapshots.tables.mapping import Column, TableMap
from validator.snapshots.tables.words import folded

_TOTALS: Final = ("итого", "всего", "total")
_FEW: Final = 3


class Bound(NamedTuple):
    """A table with its cells. `rows` are the numbers of the rows of data in the grid; `notes` are warnings."""

    table: TableMap
    grid: Grid
    header: Header
    columns: tuple[tuple[Column, int], ...]
    rows: tuple[int, ...]
    notes: tuple[Problem, ...]

    def number_of(self, path: str) -> int | None:
        """The number of the column that fills a place."""
        return next((number for column, number in self.columns if column.place.path == path), None)


def bind(table: TableMap, sheet: Grid, is_inn: Callable[[Cell], bool]) -> Bound:
    """The table on a sheet. Raises `InputError` with all that is wrong with it as a whole."""
    grid = within(sheet, table.part) if table.part is not None else sheet
    header = find_header(grid, table)
    if header is None:
        raise InputError([_no_header(grid, table)])
    columns, problems = resolve(header, grid, table)
    if problems:
        raise InputError(problems)
    found = Bound(table, grid, header, tuple(columns), (), ())
    if table.part is None:
        _refuse_beside(found)
    rows, notes = _Rows(found, is_inn).read()
    return found._replace(rows=tuple(rows), notes=(*_hidden(found, rows), *notes))


def _after(grid: Grid, header: Header) -> range:
    return range(header.last + 1, len(grid.rows))


def _blank(grid: Grid, row: int) -> bool:
    cells = grid.rows[row]
    return cells.count("") == len(cells) or all(isinstance(cell, str) and not cell.strip() for cell in cells)


def _filled(grid: Grid, row: int) -> list[int]:
    """The numbers of the cells of a row that hold something."""
    cells = grid.rows[row]
    return [n for n, cell in enumerate(cells) if not (isinstance(cell, str) and not cell.strip())]


class _Rows:
    """Sorts the rows below a header into data, notes and what can't stand there."""

    def __init__(self, bound: Bound, is_inn: Callable[[Cell], bool]) -> None:
        self.bound = bound
        self.grid = bound.grid
        self.is_inn = is_inn
        self.key = bound.number_of(INN)
        self.told: list[tuple[str, int]] = []  # the codes of notes, with their rows

    def read(self) -> tuple[list[int], list[Problem]]:
        """The rows of data, and notes. Raises `InputError` where a second table begins."""
        rows: list[int] = []
        gap: int | None = None
        for row in self._below():
            if gap is None and rows and self._is_plain(row):
                rows.append(row)
                continue
            if _blank(self.grid, row):
                gap = row
                continue
            kind = self._kind(row, gap is not None or not rows)
            if kind == "data":
                if gap is not None and rows:
                    self.told.append(("blank-rows", gap))
                rows.append(row)
                gap = None
            else:
                self.told.append((kind, row))
        if not rows:
            raise InputError([_no_rows(self.bound)])
        return rows, list(self._notes())

    def _is_plain(self, row: int) -> bool:
        """Whether a row is surely data: the cell of its key begins with a digit, and not alone in the row."""
        cells, key = self.grid.rows[row], self.key
        if key is None or key >= len(cells):
            return False
        cell = cells[key]
        return (cell[:1].isdigit() if isinstance(cell, str) else isinstance(cell, float | int)) and cells.count(
            ""
        ) < len(cells) - 1

    def _below(self) -> Iterator[int]:
        """The rows below the header, without a row that numbers the columns."""
        for row in _after(self.grid, self.bound.header):
            if row == self.bound.header.last + 1 and self._numbers(row):
                self.told.append(("column-numbers", row))
                continue
            yield row

    def _numbers(self, row: int) -> bool:
        """Whether the cells say 1, 2, 3, … as forms number their columns."""
        filled = _filled(self.grid, row)
        said = [str(cell).removesuffix(".0") for cell in self.grid.rows[row] if cell != ""]
        return len(filled) > 2 and said == [str(number) for number in range(1, len(filled) + 1)]

    def _kind(self, row: int, after_gap: bool) -> str:
        filled = _filled(self.grid, row)
        cell = self.grid.cell(row, self.key) if self.key is not None else None
        keyless = cell == "" or (isinstance(cell, str) and not cell.strip())
        first = self.grid.cell(row, filled[0])
        if (keyless or cell is first) and isinstance(first, str) and folded(first).startswith(_TOTALS):
            return "totals-row"
        if (
            len(filled) == 1
            and self.key is not None
            and len(self.bound.columns) > 1
            and self._is_note(filled[0], first)
        ):
            return "note-row"
        apart = after_gap and self.key is not None and not self._is_key(cell) and len(filled) > 1
        if self._is_header(row) or (apart and self._begins_table(row, filled)):
            raise InputError([_second(self.grid, row, filled[0])])
        return "data"

    def _is_note(self, number: int, cell: Cell) -> bool:
        """Whether the only cell of a row tells no fact: it is a text in place of a key, or in no column of ours."""
        if number == self.key:
            return isinstance(cell, str) and not self._is_key(cell) and any(char.isalpha() for char in cell)
        return all(number != other for _, other in self.bound.columns)

    def _is_key(self, cell: Cell | None) -> bool:
        return cell is not None and cell != "" and self.is_inn(cell)

    def _begins_table(self, row: int, filled: list[int]) -> bool:
        """Whether a row after a gap is a header: texts alone."""
        return all(isinstance(self.grid.cell(row, n), str) for n in filled) and row > self.bound.header.last + 1

    def _is_header(self, row: int) -> bool:
        """Whether the header is repeated here."""
        names = self.bound.header.names
        numbers = [n for _, n in self.bound.columns if n in names]
        said = [self.grid.cell(row, n) for n in numbers]
        return len(said) > 1 and all(
            isinstance(cell, str) and folded(cell).rstrip(" *:") == names[n].own
            for cell, n in zip(said, numbers, strict=True)
        )

    def _notes(self) -> Iterator[Problem]:
        for code, (message, help_) in _NOTES.items():
            rows = [row for told, row in self.told if told == code]
            if rows:
                yield _note(self.grid, code, rows, message, help_)


def _note(grid: Grid, code: str, rows: list[int], message: Text, help_: Text) -> Problem:
    numbers = ", ".join(str(row + grid.top + 1) for row in rows[:_FEW]) + (", …" if len(rows) > _FEW else "")
    told = Text(f"{message.ru}: {numbers}", f"{message.en}: {numbers}")
    return grid.problem(code, rows[0], 0, told, help_, warning=True)


_NOTES: Final = {
    "column-numbers": (
        Text("строка с номерами столбцов не читается", "a row that numbers the columns is passed over"),
        Text("так и должно быть", "as it should be"),
    ),
    "totals-row": (
        Text("строки итогов не читаются", "rows of totals are passed over"),
        Text("так и должно быть", "as it should be"),
    ),
    "note-row": (
        Text("строки с одной ячейкой приняты за примечания", "rows with a single cell are taken for notes"),
        Text("если это данные, впишите ИНН", "if they are data, write the INN into them"),
    ),
    "blank-rows": (
        Text("внутри таблицы пустые строки", "there are blank rows within the table"),
        Text("строки под ними прочитаны", "the rows below them were read"),
    ),
}


# --- the table as a whole -----------------------------------------------------------------------------------------


def _refuse_beside(bound: Bound) -> None:
    """Raises `InputError` where columns stand apart to the right, and none of them is in the mapping."""
    grid, names = bound.grid, bound.header.names
    used = [number for _, number in bound.columns]
    for column in range(max(used) + 1, grid.width()):
        if column in names or any(grid.cell(row, column) != "" for row in _after(grid, bound.header)):
            continue
        beyond = [other for other in names if other > column]
        if len(beyond) > 1:
            raise InputError([_second(grid, bound.header.first, min(beyond))])


def _second(grid: Grid, row: int, column: int) -> Problem:
    return grid.problem(
        "second-table",
        row,
        column,
        Text(
            "на листе вторая таблица, она начинается здесь", "there is a second table on the sheet, it begins here"
        ),
        Text(
            "перенесите её на другой лист или назовите часть листа: `range: A1:H20`",
            "move it to another sheet, or name the part of the sheet: `range: A1:H20`",
        ),
    )


def _no_header(grid: Grid, table: TableMap) -> Problem:
    wanted = ", ".join(f"`{column.header}`" for column in table.columns[:5])
    return grid.problem(
        "header-not-found",
        0,
        0,
        Text("не найден заголовок таблицы", "the header of the table was not found"),
        Text(
            f"нужна строка с названиями {wanted}; или укажите её номер: `header: 3`",
            f"a row with the names {wanted} is wanted; or say which it is: `header: 3`",
        ),
    )


def _no_rows(bound: Bound) -> Problem:
    return bound.grid.problem(
        "no-rows",
        bound.header.last,
        0,
        Text("под заголовком нет ни одной строки", "there is no row below the header"),
        Text("проверьте, тот ли это лист", "check whether this is the right sheet"),
    )


def _hidden(bound: Bound, rows: list[int]) -> Iterator[Problem]:
    """Hidden rows and columns are read as all others; that they are there is told."""
    grid = bound.grid
    mine = set(rows)
    hidden = [row - grid.top for row in grid.hidden_rows if row - grid.top in mine]
    if hidden:
        message = Text("скрытые строки прочитаны наравне с другими", "hidden rows are read as all others")
        yield _note(grid, "hidden-rows", hidden, message, Text("уберите лишние", "remove those not wanted"))
    used = {number for _, number in bound.columns}
    columns = [column for column in grid.hidden_columns if column - grid.left in used]
    if columns:
        letters = ", ".join(map(column_name, columns))
        yield grid.problem(
            "hidden-columns",
            bound.header.last,
            columns[0] - grid.left,
            Text(
                f"скрытые столбцы прочитаны наравне с другими: {letters}",
                f"hidden columns are read as all others: {letters}",
            ),
            Text("уберите лишние из сопоставления", "remove those not wanted from the mapping"),
            warning=True,
        )


def unmapped(found: Sequence[Bound]) -> Iterator[Problem]:
    """Columns that no table of the mapping names, once for each sheet."""
    used: dict[tuple[str, str, int], set[int]] = {}
    first: dict[tuple[str, str, int], Bound] = {}
    for bound in found:
        key = (bound.grid.file, bound.grid.sheet, bound.header.last + bound.grid.top)
        first.setdefault(key, bound)
        used.setdefault(key, set()).update(number + bound.grid.left for _, number in bound.columns)
    for key, bound in first.items():
        others = [number for number in bound.header.names if number + bound.grid.left not in used[key]]
        if others:
            letters = ", ".join(column_name(number + bound.grid.left) for number in others)
            yield bound.grid.problem(
                "columns-not-mapped",
                bound.header.last,
                others[0],
                Text(f"столбцов нет в сопоставлении: {letters}", f"columns are not in the mapping: {letters}"),
                Text("они не прочитаны", "they were not read"),
                warning=True,
            )
