"""The questionnaire: a sheet for the organization, a sheet for each list, and instructions.

Where a cell takes one of few words, Excel offers them. Facts of a snapshot are filled in, and what it does not tell
is marked. What is read back is the same snapshot (`snapshots.tables.form_read`).
"""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final, NamedTuple

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from validator.language.nodes import Mapping, Node, Scalar, Sequence
from validator.language.structure import parse_day, parse_integer
from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.shape import Kind
from validator.logic.text import Language, Text
from validator.render.form.guidance import hint, instructions
from validator.render.form.problem_book import MADE, OPTIONS
from validator.snapshots.tables.fields import Place, parent_of
from validator.snapshots.tables.form_layout import (
    FIRST_FACT,
    FIRST_ITEM,
    FORM_ID,
    HINT_ROW,
    HINTS,
    KEY_SHEET,
    NOBODY,
    PATH_ROW,
    PATHS,
    SEPARATOR,
    SHEETS,
    TITLE_ROW,
    TITLES,
    VALUES,
    WORD_SHEET,
    YES_NO,
    Asked,
    choices,
    sheets,
    special_text,
    word_text,
)
from validator.snapshots.tables.words import UNKNOWN

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

# Rows that are ready to be filled in; more may be added below.
READY: Final = 500
_OLDEST: Final = date(1900, 3, 1)  # the calendar of spreadsheets is wrong before
Value = str | int | date | None


class Filled(NamedTuple):
    """A form, and how many facts of the snapshot are marked as missing."""

    data: bytes
    missing: int


def form_workbook(vocabulary: Vocabulary, language: Language, document: Node | None = None) -> Filled:
    """The form, filled in from the root of a snapshot where one is given."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, OPTIONS)
    book.set_properties({"created": MADE, "title": Text("Анкета Сверки", "Sverka form").in_language(language)})
    writer = _Writer(book, language, document if isinstance(document, Mapping) else None)
    writer.write(vocabulary)
    book.close()
    return Filled(data.getvalue(), writer.missing)


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, language: Language, document: Mapping | None) -> None:
        self.book = book
        self.language: Language = language
        self.document = document
        self.missing = 0
        self._ranges: dict[tuple[str, ...], str] = {}
        base = {"valign": "top", "text_wrap": True}
        self.title = book.add_format({**base, "bold": True, "bg_color": "#DDE6F0", "border": 1})
        self.must = book.add_format({**base, "bold": True, "bg_color": "#F4D9C6", "border": 1})
        self.small = book.add_format({**base, "italic": True, "font_color": "#555555", "font_size": 9})
        self.head = book.add_format({"bold": True, "font_size": 14})
        self.formats = {
            (kind, marked): book.add_format(
                {**base, "num_format": number, "locked": False}
                | ({"border": 1} if kind != "free" else {})
                | ({"bg_color": "#FFF2CC"} if marked else {})
            )
            for kind, number in (("text", "@"), ("date", "dd.mm.yyyy"), ("number", "0"))
            for marked in (False, True)
        }

    def say(self, text: Text) -> str:
        return text.in_language(self.language)

    def write(self, vocabulary: Vocabulary) -> None:
        """All sheets: instructions first, what only the program reads last."""
        self._instructions()
        asked = list(sheets(vocabulary))
        written = {one.rows: self.book.add_worksheet(self.say(one.name)) for one in asked}
        key, self.words = self.book.add_worksheet(KEY_SHEET), self.book.add_worksheet(WORD_SHEET)
        key.write_string(0, 0, FORM_ID)
        for number, one in enumerate(asked, 1):
            key.write_string(number, 0, self.say(one.name))
            key.write_string(number, 1, one.rows)
            if one.rows == ROOT:
                self._organization(written[one.rows], one)
            else:
                self._items(written[one.rows], one)
        key.very_hidden()
        self.words.very_hidden()

    def _instructions(self) -> None:
        sheet = self.book.add_worksheet(self.say(Text("Как заполнять", "How to fill in")))
        sheet.set_column(0, 0, 110, self.book.add_format({"text_wrap": True, "valign": "top"}))
        sheet.hide_gridlines(2)
        for number, text in enumerate(instructions()):
            sheet.write_string(number, 0, self.say(text), self.head if number == 0 else None)
        _print(sheet)

    # --- the organization -----------------------------------------------------------------------------------

    def _organization(self, sheet: Worksheet, asked: Asked) -> None:
        sheet.set_column(PATHS, PATHS, 12, None, {"hidden": True})
        sheet.set_column(TITLES, TITLES, 46)
        sheet.set_column(VALUES, VALUES, 42, self.formats["text", False])
        sheet.set_column(HINTS, HINTS, 70)
        sheet.write_string(0, TITLES, self.say(asked.name), self.head)
        for column, text in ((TITLES, _FACT), (VALUES, _VALUE), (HINTS, _HOW)):
            sheet.write_string(FIRST_FACT - 1, column, self.say(text), self.title)
        for row, place in enumerate(asked.places, FIRST_FACT):
            sheet.write_string(row, PATHS, place.path)
            sheet.write_string(row, TITLES, self.say(place.shape.title), self._title_of(place))
            sheet.write_string(row, HINTS, self.say(hint(place)), self.small)
            node = None if self.document is None else _at(self.document, (*place.record, place.name))
            self._cell(sheet, row, VALUES, place, self._listed(place, node))
            self._offer(sheet, place, row, VALUES, row)
        sheet.freeze_panes(FIRST_FACT, VALUES)
        sheet.repeat_rows(FIRST_FACT - 1)
        _print(sheet)

    def _listed(self, place: Place, node: Node | None) -> Node | None:
        """The completeness of a list, which nobody knows where the list itself says so."""
        if place.coverage and self.document is not None:
            told = _at(self.document, (place.coverage,))
            if isinstance(told, Scalar) and node is not None:
                return told
        return node

    # --- lists ------------------------------------------------------------------------------------------------

    def _items(self, sheet: Worksheet, asked: Asked) -> None:
        sheet.set_row(PATH_ROW, None, None, {"hidden": True})
        sheet.set_row(HINT_ROW, 76)
        parent = parent_of(asked.rows)
        for column, place in enumerate(asked.places):
            title = place.shape.title
            if parent and column == 0:
                title = Text(f"{SHEETS[parent].ru}: {title.ru}", f"{SHEETS[parent].en}: {title.en}")
            sheet.write_string(PATH_ROW, column, place.path)
            sheet.write_string(TITLE_ROW, column, self.say(title), self._title_of(place))
            sheet.write_string(HINT_ROW, column, self.say(hint(place)), self.small)
            sheet.set_column(column, column, 22, self.formats[_format(place), False])
            self._offer(sheet, place, FIRST_ITEM, column, FIRST_ITEM + READY - 1)
        first = 1 if parent else 0
        for row, (owner, item) in enumerate(self._rows(asked.rows), FIRST_ITEM):
            for column, place in enumerate(asked.places):
                own = place.rows == asked.rows
                node = _at(item if own else owner, (*place.record, place.name))
                if own and not item.entries and column == first:  # a blank row would say that there is no such item
                    node = Scalar(UNKNOWN, "plain", 1, 1, 1, 1)
                self._cell(sheet, row, column, place, _whole(place, item, node) if own else node)
        sheet.freeze_panes(FIRST_ITEM, 1)
        sheet.repeat_rows(TITLE_ROW)
        _print(sheet)

    def _rows(self, path: str) -> list[tuple[Mapping, Mapping]]:
        """The items of a list of the snapshot, each with the item that holds it."""
        if self.document is None:
            return []
        parent, _, name = path.rpartition(".")
        if not parent:
            return [(self.document, item) for item in _items_of(self.document.get(name))]
        holders = [item for _, item in self._rows(parent)]
        return [(holder, item) for holder in holders for item in _items_of(holder.get(name))]

    # --- cells ------------------------------------------------------------------------------------------------

    def _title_of(self, place: Place) -> Format:
        return self.must if place.shape.required else self.title

    def _cell(self, sheet: Worksheet, row: int, column: int, place: Place, node: Node | None) -> None:
        """Write a fact, or mark that it is not known."""
        value = None if node is None else self._value(place, node)
        marked = value is None and self.document is not None
        self.missing += marked
        if isinstance(value, date):
            sheet.write_datetime(row, column, datetime.combine(value, time()), self.formats["date", False])
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self.formats["number", False])
        elif value is not None:
            sheet.write_string(row, column, value, self.formats["text", False])
        elif marked or place.rows == ROOT:
            sheet.write_blank(row, column, None, self.formats[_format(place), marked])

    def _value(self, place: Place, node: Node) -> Value:
        if isinstance(node, Sequence):
            items = [item.text for item in node.items if isinstance(item, Scalar)]
            return f"{SEPARATOR} ".join(self.say(word_text(place, item)) for item in items) or self.say(NOBODY)
        if not isinstance(node, Scalar):
            return None
        text, shape = node.text, place.shape
        if text == UNKNOWN or text in shape.special:
            return self.say(special_text(text))
        match shape.kind:
            case Kind.BOOLEAN:
                return self.say(YES_NO[0 if text == "true" else 1])
            case Kind.ENUM:
                return self.say(word_text(place, text))
            case Kind.INTEGER:
                return parse_integer(text)
            case Kind.DATE:
                day = parse_day(text)
                return day if day is not None and day >= _OLDEST else text
            case _:
                return text

    def _offer(self, sheet: Worksheet, place: Place, first: int, column: int, last: int) -> None:
        """Let Excel offer the words of a cell, and ask again where a day or a number is none."""
        words = [self.say(text) for text in choices(place)]
        if words:
            sheet.data_validation(
                first,
                column,
                last,
                column,
                {
                    "validate": "list",
                    "source": self._range(words),
                    "error_title": self.say(_ERROR),
                    "error_message": self.say(_FROM_LIST),
                },
            )
        elif place.shape.kind is Kind.DATE:
            sheet.data_validation(
                first,
                column,
                last,
                column,
                {
                    "validate": "date",
                    "criteria": "between",
                    "minimum": date(1990, 1, 1),
                    "maximum": date(2100, 12, 31),
                    "error_type": "warning",
                    "error_title": self.say(_ERROR),
                    "error_message": self.say(hint(place))[:250],
                },
            )

    def _range(self, words: list[str]) -> str:
        """Where the words stand; in a cell of its own a list is not bound to 255 characters."""
        key = tuple(words)
        if key not in self._ranges:
            column = len(self._ranges)
            self.words.write_column(0, column, words)
            letters = xl_col_to_name(column, col_abs=True)
            self._ranges[key] = f"='{WORD_SHEET}'!{letters}$1:{letters}${len(words)}"
        return self._ranges[key]


def _format(place: Place) -> str:
    match place.shape.kind:
        case Kind.DATE:
            return "date"
        case Kind.INTEGER:
            return "number"
        case _:
            return "text"


def _print(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R&P / &N")


def _at(node: Node, keys: tuple[str, ...]) -> Node | None:
    """What stands under keys, one within the other."""
    found: Node | None = node
    for key in keys:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def _whole(place: Place, item: Mapping, node: Node | None) -> Node | None:
    """The completeness of a list within an item, which nobody knows where the list itself says so."""
    if place.coverage and node is not None:
        told = item.get(place.coverage.rpartition(".")[2])
        if isinstance(told, Scalar):
            return told
    return node


def _items_of(node: Node | None) -> list[Mapping]:
    return [item for item in node.items if isinstance(item, Mapping)] if isinstance(node, Sequence) else []


_FACT: Final = Text("Сведения", "Fact")
_VALUE: Final = Text("Ответ", "Answer")
_HOW: Final = Text("Как заполнять", "How to fill in")
_ERROR: Final = Text("Сверка", "Sverka")
_FROM_LIST: Final = Text("Выберите ответ из списка.", "Choose an answer from the list.")
