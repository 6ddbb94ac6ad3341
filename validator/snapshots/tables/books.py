"""Workbooks as grids of cells. The library that reads them comes with the extra `[xlsx]`."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from validator.language.limits import default
from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import InputError, Problem
from validator.logic.text import Text
from validator.snapshots.tables.book_parts import BookLook, SheetLook, broken_book, look_into
from validator.snapshots.tables.csv_files import over_limit
from validator.snapshots.tables.grid import Cell, Grid

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

BOOK_ENDINGS: Final = (".xlsx", ".xlsm", ".xls", ".ods")
_ZIP: Final = b"PK\x03\x04"


class MissingXlsxError(Exception):
    """The extra for workbooks is not installed."""


class Sheet(NamedTuple):
    """A sheet that is there; its cells are read when they are asked for."""

    name: str
    hidden: bool


class Book:
    """An open workbook. `sheets` are in its order. Raises `InputError` and `MissingXlsxError`."""

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        self._look = look_into(data, file) if data.startswith(_ZIP) else BookLook(False, {})
        self._book = _opened(data, file)
        self.sheets = [
            Sheet(sheet.name, str(sheet.visible) != "SheetVisibleEnum.Visible")
            for sheet in self._book.sheets_metadata
            if str(sheet.typ) == "SheetTypeEnum.WorkSheet"
        ]

    @property
    def date1904(self) -> bool:
        """Whether days are counted from 1904 in it."""
        return self._look.date1904

    def grid(self, name: str) -> Grid:
        """The cells of a sheet. Raises `InputError`."""
        look = self._look.sheets.get(name, SheetLook())
        try:
            sheet = self._book.get_sheet_by_name(name)
            self._check(sheet, name)
            rows: list[list[Cell]] = sheet.to_python(skip_empty_area=True)
        except InputError:
            raise
        except Exception:  # whatever the library raises, it could not read the sheet
            raise InputError([broken_book(self.file)._replace(path=name)]) from None
        top, left = sheet.start or (0, 0)
        return Grid(
            self.file,
            name,
            rows,
            top,
            left,
            self.date1904,
            _filled(sheet, top, left),
            False,
            look.hidden_rows,
            look.hidden_columns,
        )

    def _check(self, sheet: CalamineSheet, name: str) -> None:
        for limit, number in (
            ("limit-table-rows", sheet.height),
            ("limit-table-columns", sheet.width),
            ("limit-table-cells", sheet.height * sheet.width),
        ):
            if number > default(limit):
                raise InputError([over_limit(limit, self.file, name)])


def _opened(data: bytes, file: str) -> CalamineWorkbook:
    try:
        from python_calamine import CalamineWorkbook, PasswordError  # noqa: PLC0415 - an extra
    except ImportError:
        raise MissingXlsxError from None
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise InputError([_locked(file)]) from None
    except Exception:  # the library has no one base for what it raises
        raise InputError([broken_book(file)]) from None


def _filled(sheet: CalamineSheet, top: int, left: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Every cell that a merged range covers → its first cell, both counted from the first cell of the grid."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for (row, column), (last_row, last_column) in (sheet.merged_cell_ranges or ())[:10_000]:
        if (last_row - row + 1) * (last_column - column + 1) > 100_000:
            continue
        for one in range(row, last_row + 1):
            for other in range(column, last_column + 1):
                if (one, other) != (row, column):
                    found[one - top, other - left] = (row - top, column - left)
    return found


def _locked(file: str) -> Problem:
    return Problem(
        "table-locked",
        Text("книга закрыта паролем", "the workbook is locked with a password"),
        Text("сохраните её без пароля", "save it without a password"),
        None,
        file,
    )
