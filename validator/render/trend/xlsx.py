"""The comparison of dates as a workbook: figures as numbers, codes as text, no formulas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import BinaryIO

from validator.logic.text import Language, Text
from validator.logic.trend import Trend
from validator.render.trend import words
from validator.render.trend.words import Line
from validator.render.words import say
from validator.render.xlsx.book import Book, Cell, Column, Page, Table
from validator.render.xlsx.cells import EXCEL_ROWS, Value

_SUMMARY = Text("Сводка", "Summary")
_TRANSFER = Text("Ход перехода", "Transfer")
_POLICIES = Text("Политики", "Policies")
_PLACES = Text("Муниципалитеты", "Municipalities")
_ORGANIZATIONS = Text("Организации", "Organizations")
_CHANGES = Text("Изменения", "Changes")
_WIDTH = 13.0


def write(
    trend: Trend, file: BinaryIO, language: Language = "ru", *, rows_per_sheet: int = EXCEL_ROWS
) -> list[Text]:
    """Write the workbook; what did not fit into one sheet is returned. The same comparison gives the same bytes.

    Raises ModuleNotFoundError when XlsxWriter (`sverka[xlsx]`) is not installed, OSError when writing fails.
    """
    title = say(words.TITLE, language)
    last = trend["dates"][-1]["fact_dates"][-1]
    made_by = f"{trend['tool']['name']} {trend['tool']['version']}"
    with Book(file, language, title, words.day_text(last, language), rows_per_sheet) as book:
        book.describe(title, made_by, date.fromisoformat(last))
        writer = _Writer(book, trend)
        writer.summary()
        writer.policies(_TRANSFER, of_transfer=True)
        writer.policies(_POLICIES, of_transfer=False)
        writer.places()
        writer.organizations()
        writer.changes()
        return [notice for series in book.series if (notice := series.notice) is not None]


class _Writer:
    def __init__(self, book: Book, trend: Trend) -> None:
        self.book = book
        self.trend = trend
        self.language = book.language
        self.threshold = trend["threshold"]

    def summary(self) -> None:
        page = Page(self.book, _SUMMARY, [32.0, *([_WIDTH] * len(self.trend["dates"]))])
        page.add(Cell(self.book.say(words.TITLE), "title"))
        page.add()
        for label, told in (
            (words.FACTS, lambda one: words.days_text(one["fact_dates"], self.language)),
            (words.LAW, lambda one: words.days_text(one["law_dates"], self.language)),
            (words.SOURCE, lambda one: one["name"]),
            (words.SET, lambda one: one["policy_set"]["digest"].removeprefix("sha256:")[:12]),
            (words.NUMBER, lambda one: one["organizations"]),
            (words.COVERAGE, lambda one: one["coverage"]["percent"]),
        ):
            self._row(page, label, [told(one) for one in self.trend["dates"]])
        for line in words.lines_of(self.trend["total"], self.language, self.threshold):
            if not line.is_idle:
                self._row(page, line.title, _values(line))
        page.add()
        for note in self.trend["notes"]:
            page.add(Cell(f"{self.book.say(words.NOTES)}: {note['message'][self.language]}", "label"))

    def _row(self, page: Page, label: Text, values: Sequence[Value]) -> None:
        cells = [
            Cell(value, "share" if isinstance(value, float) else "number" if isinstance(value, int) else "code")
            for value in values
        ]
        page.add(Cell(self.book.say(label), "long"), *cells)

    def _columns(self) -> list[Column]:
        pairs = zip(words.headings(self.trend, "ru"), words.headings(self.trend, "en"), strict=True)
        return [Column(Text(ru, en), _WIDTH, "number") for ru, en in pairs]

    def policies(self, name: Text, *, of_transfer: bool) -> None:
        columns = [Column(words.POLICY, 13, "code"), Column(words.NAME, 50), Column(words.FIGURE, 30)]
        table = self._table(name, [*columns, *self._columns()])
        for policy, line in words.policy_rows(self.trend, self.language, of_transfer=of_transfer):
            mark = f" ({self.book.say(words.ABOUT_PERSONS)})" if policy["about_persons"] else ""
            title = policy["title"][self.language] + mark
            table.add(policy["policy"], title, self.book.say(line.title), *_values(line))

    def places(self) -> None:
        columns = [Column(words.REGION, 9, "code"), Column(words.PLACE, 40), Column(words.FIGURE, 30)]
        table = self._table(_PLACES, [*columns, *self._columns()])
        for place in self.trend["by_municipality"]:
            named = place["municipality"] or self.book.say(words.NO_PLACE)
            for line in words.place_lines(place, self.language, self.threshold):
                table.add(place["region"], named, self.book.say(line.title), *_values(line))

    def organizations(self) -> None:
        columns = [
            Column(words.WHEN, 12, "code"),
            Column(words.WHAT, 12),
            Column(words.ORGANIZATION, 14, "code"),
            Column(words.NAME, 50),
            Column(words.REGION, 9, "code"),
            Column(words.PLACE, 36),
        ]
        table = self._table(_ORGANIZATIONS, columns)
        days = words.headings(self.trend, self.language)
        for day, step in zip(days[1:], self.trend["organizations"], strict=True):
            for what, listed in ((words.APPEARED, step["appeared"]), (words.LEFT, step["left"])):
                for one in listed:
                    named = (one["organization"], one["name"], one["region"], one["municipality"])
                    table.add(day, self.book.say(what), *named)

    def changes(self) -> None:
        columns = [
            Column(words.ORGANIZATION, 14, "code"),
            Column(words.NAME, 46),
            Column(words.REGION, 9, "code"),
            Column(words.PLACE, 30),
            Column(words.POLICY, 13, "code"),
            Column(words.FIRST, 15),
            Column(words.LAST, 15),
        ]
        table = self._table(_CHANGES, columns)
        for change in self.trend["changes"]:
            states = [self.book.say(words.STATES[state]) for state in (change["first"], change["last"])]
            named = (change["organization"], change["name"], change["region"], change["municipality"])
            table.add(*named, change["policy"], *states)

    def _table(self, name: Text, columns: Sequence[Column]) -> Table:
        return Table(self.book, name, columns, len(columns), 1)


def _values(line: Line) -> list[Value]:
    """Numbers where they are told, else the text that stands for one."""
    return [text if number is None else number for number, text in zip(line.numbers, line.values, strict=True)]
