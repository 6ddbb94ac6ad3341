"""The files of an import as sheets that can be asked for, and the tables of a mapping found on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from validator.language.file_names import last_part, posix_name
from validator.language.limits import default
from validator.language.names import ReferenceNames
from validator.language.structure import nearest, shorten
from validator.language.vocabulary import Vocabulary
from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import InputError, Problem
from validator.logic.text import Text
from validator.snapshots.integrity import inn_is_valid
from validator.snapshots.tables.books import BOOK_ENDINGS, Book
from validator.snapshots.tables.bound import Bound, bind, unmapped
from validator.snapshots.tables.convert import Converter, Pseudonyms
from validator.snapshots.tables.csv_files import DELIMITERS, over_limit, read_csv
from validator.snapshots.tables.fields import INN, places
from validator.snapshots.tables.grid import Cell, Grid
from validator.snapshots.tables.headers import find_header
from validator.snapshots.tables.mapping import Column, MappingFile, TableMap
from validator.snapshots.tables.words import folded

TEXT_ENDINGS: Final = (".csv", ".tsv", ".txt")
ENDINGS: Final = (*TEXT_ENDINGS, *BOOK_ENDINGS)


class Source:
    """One file. `told` is what is worth knowing of how it was read. Raises `InputError`, `MissingXlsxError`."""

    def __init__(self, file: str, data: bytes, encoding: str | None = None) -> None:
        self.file = file
        self.told: list[Text] = []
        self._grids: dict[str, Grid] = {}
        if len(data) > default("limit-table-bytes"):
            raise InputError([over_limit("limit-table-bytes", file)])
        name = file.lower()
        if not name.endswith(ENDINGS):
            raise InputError([_no_table(file)])
        self.book = Book(data, file) if name.endswith(BOOK_ENDINGS) else None
        if self.book is None:
            self._read_text(data, encoding)

    def _read_text(self, data: bytes, encoding: str | None) -> None:
        found = read_csv(data, self.file, encoding)
        self._grids[""] = found.grid
        delimiter = DELIMITERS.get(found.delimiter, Text(found.delimiter, found.delimiter))
        doubt = Text(
            " (определена по буквам; если текст искажён, назовите её: `--encoding`)",
            " (told by its letters; if texts look wrong, name it: `--encoding`)",
        )
        self.told.append(
            Text(
                f"{self.file}: кодировка {found.encoding}{doubt.ru * found.chosen}, разделитель — {delimiter.ru}",
                f"{self.file}: encoding {found.encoding}{doubt.en * found.chosen}, delimiter: {delimiter.en}",
            )
        )

    @property
    def sheets(self) -> list[str]:
        """The names of the sheets that people see; one without a name for a text."""
        if self.book is None:
            return [""]
        return [sheet.name for sheet in self.book.sheets if not sheet.hidden]

    @property
    def all_sheets(self) -> list[str]:
        """The names of all sheets, hidden ones too."""
        return [""] if self.book is None else [sheet.name for sheet in self.book.sheets]

    def grid(self, sheet: str) -> Grid:
        """The cells of a sheet. Raises `InputError`."""
        if sheet not in self._grids:
            assert self.book is not None
            self._grids[sheet] = self.book.grid(sheet)
        return self._grids[sheet]


class Tables(NamedTuple):
    """The tables that were found, what is wrong with others, and the lists that those would have given.

    `notes` cost no row. `unused` are sheets that no table was read from, as (file, sheet).
    """

    bound: list[Bound]
    problems: list[Problem]
    lost: list[str]
    unused: list[tuple[str, str]]
    notes: list[Problem]


def find_tables(
    mapping: MappingFile,
    sources: Sequence[Source],
    vocabulary: Vocabulary,
    names: ReferenceNames,
    unread: Sequence[str] = (),
) -> Tables:
    """Every table of the mapping in every file that it is meant for; `unread` are files that can't be opened."""
    is_inn = partial(_is_inn, Column("", places(vocabulary)[INN]), names)
    found = Tables([], [], [], [], [])
    used: set[tuple[str, str]] = set()
    for table in mapping.tables:
        found.lost.extend(table.rows for file in unread if _is_meant(table, file))
        for source in sources:
            if not _is_meant(table, source.file):
                continue
            try:
                for sheet in _sheets(table, source, alone=len(sources) == 1 or bool(table.file)):
                    used.add((source.file, sheet))
                    found.bound.append(bind(table, source.grid(sheet), is_inn))
            except InputError as error:
                found.problems.extend(error.problems)
                found.lost.append(table.rows)
    found.notes.extend(unmapped(found.bound))
    found.notes.extend(dict.fromkeys(note for bound in found.bound for note in bound.notes))
    for source in sources:
        found.unused.extend(
            (source.file, sheet)
            for sheet in source.all_sheets
            if (source.file, sheet) not in used and (source.book is None or source.grid(sheet).rows)
        )
    return found


def _is_meant(table: TableMap, file: str) -> bool:
    """Whether a table of the mapping stands in a file: one that names no file stands in all."""
    return not table.file or folded(last_part(posix_name(file))) == folded(table.file)


def absent_files(mapping: MappingFile, given: Sequence[str]) -> list[str]:
    """The names of the files of the mapping that are not among the given ones."""
    return [table.file for table in mapping.tables if not any(_is_meant(table, file) for file in given)]


def _sheets(table: TableMap, source: Source, *, alone: bool) -> Iterator[str]:
    """The sheet that a table stands on. Raises `InputError` where none or several could be meant."""
    if source.book is None:
        yield ""
        return
    if table.sheet:
        named = [sheet for sheet in source.all_sheets if folded(sheet) == folded(table.sheet)]
        if not named and alone:
            raise InputError([_no_sheet(source, table)])
        yield from named[:1]
        return
    if len(source.sheets) == 1:
        yield source.sheets[0]
        return
    fitting = [sheet for sheet in source.sheets if find_header(source.grid(sheet), table) is not None]
    if len(fitting) == 1:
        yield fitting[0]
    elif fitting:
        raise InputError([_several_sheets(source, fitting)])
    elif alone:
        raise InputError([_no_fitting_sheet(source)])


def _is_inn(column: Column, names: ReferenceNames, cell: Cell) -> bool:
    """Whether a cell holds an INN, one that lost its zero too."""
    converter = Converter(column, names, Pseudonyms(), restore_zeros=True, bare=True)
    found = converter[cell] or ""
    return bool(found) and inn_is_valid(found.strip('"'))


def _no_table(file: str) -> Problem:
    return Problem(
        "table-format",
        Text("это не таблица", "this is no table"),
        Text(f"нужны файлы {', '.join(ENDINGS)}", f"files are wanted that end in {', '.join(ENDINGS)}"),
        None,
        file,
    )


def _no_sheet(source: Source, table: TableMap) -> Problem:
    return Problem(
        "sheet-not-found",
        Text(f"в книге нет листа `{shorten(table.sheet)}`", f"the workbook has no sheet `{shorten(table.sheet)}`"),
        nearest(table.sheet, source.all_sheets),
        None,
        source.file,
    )


def _several_sheets(source: Source, sheets: list[str]) -> Problem:
    listed = ", ".join(f"`{shorten(sheet)}`" for sheet in sheets[:5])
    return Problem(
        "sheet-ambiguous",
        Text(f"таблица может быть на нескольких листах: {listed}", f"the table may be on several sheets: {listed}"),
        Text("назовите лист в сопоставлении: `sheet:`", "name the sheet in the mapping: `sheet:`"),
        None,
        source.file,
    )


def _no_fitting_sheet(source: Source) -> Problem:
    return Problem(
        "header-not-found",
        Text("ни на одном листе нет заголовка таблицы", "no sheet has the header of the table"),
        Text("назовите лист и строку: `sheet:`, `header:`", "name the sheet and the row: `sheet:`, `header:`"),
        None,
        source.file,
    )
