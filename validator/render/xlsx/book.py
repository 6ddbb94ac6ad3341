"""A workbook that is written row by row: sheets that are split when full, texts that stay texts.

Nothing of a run but its rows is in memory. The same rows give the same bytes: no clock, no name of a machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple

from validator.logic.text import Language, Text
from validator.render.words import say
from validator.render.xlsx import words
from validator.render.xlsx.cells import EXCEL_ROWS, Value, fitted, inert, length, lines_needed, looks_like_formula

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

# `code`: a short text that must stay as it is; `long`: sentences.
Style = Literal[
    "code", "long", "order", "count", "number", "share", "head", "title", "section", "label", "alarm", "line"
]

# No scheme: with one, Excel takes the font of its theme instead.
_FONT: dict[str, object] = {"font_name": "Arial", "font_size": 9, "font_scheme": "", "valign": "top"}
_BOX: dict[str, object] = {**_FONT, "border": 1, "border_color": "#BFBFBF"}
_STYLES: dict[Style, dict[str, object]] = {
    "code": {**_BOX, "text_wrap": True, "num_format": "@"},
    "long": {**_BOX, "text_wrap": True},
    "order": {**_BOX, "num_format": "0", "align": "center"},
    "count": {**_BOX, "num_format": "#,##0", "align": "left"},
    "number": {**_BOX, "num_format": "#,##0", "align": "right"},
    "share": {**_BOX, "num_format": "0.0", "align": "right"},
    "head": {
        **_BOX,
        "bold": True,
        "text_wrap": True,
        "bg_color": "#DCE6F1",
        "align": "center",
        "valign": "vcenter",
    },
    "title": {**_FONT, "bold": True, "font_size": 14},
    "section": {**_FONT, "bold": True, "font_size": 11},
    "label": {**_FONT},
    "alarm": {**_FONT, "bold": True, "font_color": "#9C0006"},
    "line": {**_FONT, "bottom": 1},
}
_DAY_FORMATS = {"ru": "dd.mm.yyyy", "en": "yyyy-mm-dd"}
# The styles whose texts go on in the next line.
_WRAPPED: frozenset[Style] = frozenset({"code", "long", "head"})
_LINE_HEIGHT = 11.5  # points
_TITLE_HEIGHT = 20.0
_MOST_HEIGHT = 409.0
_A4 = 9
_MARGIN = 0.4  # inches


def _options(folder: str) -> dict[str, object]:
    """The options of a workbook; anew for each, because XlsxWriter keeps notes of its own in them."""
    return {
        "constant_memory": True,
        "tmpdir": folder,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
        # Widths of columns are counted in digits of this font; it has the same measures in every office.
        "default_format_properties": {"font_name": "Arial", "font_size": 10},
    }


class Column(NamedTuple):
    """A column of a table: its heading, its width in characters and the style of its cells."""

    heading: Text
    width: float
    style: Style = "long"


class Cell(NamedTuple):
    """A value with a style of its own."""

    value: Value
    style: Style


class Book:
    """A workbook in the making; leaving the `with` block writes it to `file`, unless an error ended it.

    Raises ModuleNotFoundError when XlsxWriter (`sverka[xlsx]`) is not installed, OSError when writing fails.
    """

    def __init__(self, file: BinaryIO, language: Language, title: str, as_of: str, rows: int = EXCEL_ROWS) -> None:
        from xlsxwriter.workbook import Workbook  # noqa: PLC0415 - an extra

        self.language = language
        self.rows_per_sheet = rows
        self.cut_cells = 0
        self.series: list[Series] = []
        self._title, self._as_of = title, as_of
        self._folder = TemporaryDirectory(ignore_cleanup_errors=True)
        self._book: Workbook = Workbook(file, _options(self._folder.name))
        self._formats: dict[tuple[Style, str], Format] = {}

    def __enter__(self) -> Book:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        try:
            if kind is None:
                for series in self.series:
                    series.finish()
                self._in_order()
                self._book.close()
        finally:
            for sheet in self._book.worksheets():
                if sheet.row_data_fh is not None:
                    sheet.row_data_fh.close()
            self._folder.cleanup()

    def describe(self, title: str, author: str, created: date) -> None:
        """The properties of the document."""
        made = datetime.combine(created, time())
        self._book.set_properties({"title": title, "author": author, "created": made})

    def say(self, text: Text) -> str:
        """A text in the language of the book."""
        return say(text, self.language)

    def sheet(self, name: str) -> Worksheet:
        """A new sheet, ready for print: A4, one page wide, numbered pages."""
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=_MARGIN, right=_MARGIN, top=0.7, bottom=0.6)
        header = f"&L&8{_unheard(self._title)}: {_unheard(name)}&R&8{_unheard(self._as_of)}"
        sheet.set_header(header)
        sheet.set_footer(f"&C&8{self.say(words.PRINT_PAGE)}")
        return sheet

    def put(self, sheet: Worksheet, row: int, column: int, value: Value, style: Style) -> None:
        """Write one cell. A text is never anything but a text."""
        match value:
            case None | "":
                sheet.write_blank(row, column, None, self._format(style))
            case str():
                self._put_text(sheet, row, column, value, style)
            case date():
                sheet.write_datetime(row, column, datetime.combine(value, time()), self._format(style, "day"))
            case int() | float():
                sheet.write_number(row, column, value, self._format(style))

    def _put_text(self, sheet: Worksheet, row: int, column: int, text: str, style: Style) -> None:
        text = inert(text)
        shorter = fitted(text, self.say(words.cut_mark(length(text))))
        if shorter is not None:
            self.cut_cells += 1
            text = shorter
        form = self._format(style, "quoted" if looks_like_formula(text) else "")
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such a text for markup of its own and would write it as it is.
            plain = self._format("label")
            sheet.write_rich_string(row, column, plain, text[:3], plain, text[3:], form)
        else:
            sheet.write_string(row, column, text, form)

    def _format(self, style: Style, variant: str = "") -> Format:
        found = self._formats.get((style, variant))
        if found is None:
            look = dict(_STYLES[style])
            if variant == "day":
                look |= {"num_format": _DAY_FORMATS[self.language], "align": "left"}
            elif variant == "quoted":
                look |= {"quote_prefix": True}
            found = self._formats[style, variant] = self._book.add_format(look)
        return found

    def _in_order(self) -> None:
        """A sheet that goes on from a full one stands after it."""
        ordered = [sheet for series in self.series for sheet in series.sheets]
        self._book.worksheets_objs[:] = ordered
        for index, sheet in enumerate(ordered):
            sheet.index = index


def _unheard(text: str) -> str:
    """A text within a header or footer of a page, where `&` begins a command."""
    return text.replace("&", "&&")


class Series:
    """One sheet, and those on which it goes on when it is full. `rows` counts what `add` was given."""

    def __init__(self, book: Book, name: Text, widths: Sequence[float]) -> None:
        self.book = book
        self.name = book.say(name)
        self.sheets: list[Worksheet] = []
        self.rows = 0
        self._widths = widths
        self._next = 0
        book.series.append(self)
        self._begin()

    def _begin(self) -> None:
        number = len(self.sheets) + 1
        sheet = self.book.sheet(self.name if number == 1 else f"{self.name} ({number})")
        for column, width in enumerate(self._widths):
            sheet.set_column(column, column, width)
        self.sheets.append(sheet)
        self._next = 0

    def _free_row(self) -> int:
        """The next row, on a further sheet when this one is full."""
        if self._next >= self.book.rows_per_sheet:
            self._end()
            self._begin()
        self._next += 1
        return self._next - 1

    def _end(self) -> None:
        """The sheet has all its rows."""

    def finish(self) -> None:
        """All rows are there."""
        self._end()

    def _fit(self, row: int, cells: Sequence[tuple[Value, Style]]) -> None:
        """Make the row as high as its longest text needs: not every program does so by itself."""
        lines = max(
            (
                lines_needed(value, width)
                for (value, style), width in zip(cells, self._widths, strict=False)
                if isinstance(value, str) and style in _WRAPPED
            ),
            default=1,
        )
        sheet = self.sheets[-1]
        if any(style == "title" for _, style in cells):
            sheet.set_row(row, _TITLE_HEIGHT)
        elif lines > 1:
            sheet.set_row(row, min(_MOST_HEIGHT, lines * _LINE_HEIGHT + 3))
        if cells:  # then the row before is written already, and its height need not be kept for the rest of the run
            sheet.row_info.pop(row - 1, None)
        sheet.row_sizes.clear()

    @property
    def notice(self) -> Text | None:
        """What is said when there is more than one sheet."""
        return words.split(self.name, len(self.sheets)) if len(self.sheets) > 1 else None


class Page(Series):
    """A sheet of text and small tables, row after row."""

    def add(self, *cells: Cell | None) -> None:
        """A row; None leaves a cell empty, no cell at all a row."""
        row = self._free_row()
        for column, cell in enumerate(cells):
            if cell is not None:
                self.book.put(self.sheets[-1], row, column, cell.value, cell.style)
        self._fit(row, [(cell.value, cell.style) if cell else (None, "label") for cell in cells])
        self.rows += 1

    def lines(self, style: Style, values: Iterable[Value]) -> None:
        """A row of cells of one style."""
        self.add(*(Cell(value, style) for value in values))


class Table(Series):
    """A sheet with a header that stays in view, filters, and one row per thing; the first columns are printed."""

    def __init__(self, book: Book, name: Text, columns: Sequence[Column], printed: int, frozen: int) -> None:
        self._columns = columns
        self._printed = printed
        self._frozen = frozen
        self._styles = [column.style for column in columns]
        super().__init__(book, name, [column.width for column in columns])

    def _begin(self) -> None:
        super()._begin()
        sheet = self.sheets[-1]
        sheet.freeze_panes(1, self._frozen)
        sheet.repeat_rows(0)
        heads = [self.book.say(column.heading) for column in self._columns]
        for place, head in enumerate(heads):
            self.book.put(sheet, 0, place, head, "head")
        self._fit(0, [(head, "head") for head in heads])
        self._next = 1

    def add(self, *values: Value) -> None:
        """A row, a value for each column."""
        row = self._free_row()
        sheet, put = self.sheets[-1], self.book.put
        for place, (column, value) in enumerate(zip(self._columns, values, strict=True)):
            put(sheet, row, place, value, column.style)
        self._fit(row, [*zip(values, self._styles, strict=True)])
        self.rows += 1

    def _end(self) -> None:
        sheet, last = self.sheets[-1], self._next - 1
        if not self.rows:
            self.book.put(sheet, 1, 0, self.book.say(words.NO_ROWS), "label")
        sheet.autofilter(0, 0, last, len(self._columns) - 1)
        sheet.print_area(0, 0, last, self._printed - 1)
        codes = [place for place, column in enumerate(self._columns) if column.style == "code"]
        if last and codes:  # Excel would mark each code as a number that was stored as text
            sheet.ignore_errors({"number_stored_as_text": " ".join(_range(place, last) for place in codes)})


def _range(column: int, last: int) -> str:
    from xlsxwriter.utility import xl_range  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra

    return str(xl_range(1, column, last, column))
