"""The sheet Сведения: how the report was made, what is on which sheet, what was not evaluated, what words mean."""

from __future__ import annotations

from collections.abc import Iterable

from validator.logic.report import QuarantineRecord, words_of
from validator.logic.result_set import ResultSet
from validator.logic.text import Text
from validator.render.words import say
from validator.render.xlsx import words
from validator.render.xlsx.book import Book, Cell, Page, Series, Table
from validator.render.xlsx.cells import Value
from validator.render.xlsx.summary import dates_of, partial_of

_WIDTHS = (46, 66, 58, 8, 8, 24)


def fill_about(book: Book, results: ResultSet, others: Iterable[Series], cuts: int) -> Page:
    """The whole sheet, after all the others: `others` are these, `cuts` the cells whose text did not fit."""
    page = Page(book, words.ABOUT, _WIDTHS)
    page.sheets[0].repeat_rows(0)
    about = _About(book, page, results)
    about.run()
    about.sheets(list(others), cuts)
    about.legend()
    about.records(words.QUARANTINE_HEADLINE, words.NO_QUARANTINE, results.quarantine())
    about.records(words.WARNINGS_HEADLINE, words.NO_WARNINGS, results.warnings())
    about.tell(notices([page], book.cut_cells - cuts))
    return page


class _About:
    def __init__(self, book: Book, page: Page, results: ResultSet) -> None:
        self.book = book
        self.page = page
        self.results = results

    def _section(self, title: Text) -> None:
        self.page.add()
        self.page.add(Cell(self.book.say(title), "section"))

    def _pair(self, label: Text, *values: Value) -> None:
        self.page.lines("code", (self.book.say(label), *values))

    def run(self) -> None:
        """The program, the policies, the days, the documents."""
        head, language = self.results.head, self.book.language
        policies = head["policy_set"]
        self.page.add(Cell(self.book.say(words.ABOUT_HEADLINE), "title"))
        self._pair(words.TOOL, f"{head['tool']['name']} {head['tool']['version']}")
        self._pair(words.LANGUAGE_VERSION, str(head["tool"]["language_version"]))
        self._pair(words.POLICY_SET, policies["digest"])
        self._count(words.NORMS, policies["norms"])
        self._count(words.DECISIONS, policies["decisions"])
        for part in partial_of(head):
            self._pair(words.SELECTION, words_of(part))
        for label, days in dates_of(head):
            self._pair(label, *(days or [self.book.say(words.NOTHING_EVALUATED)]))
        run = self.results.table["coverage"]
        self._count(words.DOCUMENTS, run["documents"])
        self._count(words.EVALUATED, run["evaluated"])
        self._count(words.QUARANTINED, run["quarantined"])
        self._count(words.NOT_REACHED, run["not_reached"])
        self._pair(words.EXPLAINED, say(words.EXPLAINED_HOW[head["explained"]], language))

    def _count(self, label: Text, number: int) -> None:
        self.page.add(Cell(self.book.say(label), "code"), Cell(number, "count"))

    def sheets(self, others: list[Series], cuts: int) -> None:
        """Every sheet with what it holds and how many rows; what was split or cut."""
        self._section(words.SHEETS_HEADLINE)
        rows = {series.name: series.rows for series in others if isinstance(series, Table)}
        for name, what in words.SHEETS:
            told = self.book.say(name)
            number = Cell(rows[told], "count") if told in rows else None
            self.page.add(Cell(told, "code"), Cell(self.book.say(what), "long"), number)
        self.tell(notices(others, cuts))
        threshold = self.results.table["persons_rule"]["threshold"]
        if self.results.table["persons_rule"]["policies"]:
            for sentence in words.persons_rule(threshold):
                self.page.add(Cell(self.book.say(sentence), "label"))
        for note in words.NOTES:
            self.page.add(Cell(self.book.say(note), "label"))

    def tell(self, notices: Iterable[Text]) -> None:
        """What nobody should overlook."""
        for notice in notices:
            self.page.add(Cell(self.book.say(notice), "alarm"))

    def legend(self) -> None:
        """The terms."""
        self._section(words.LEGEND_HEADLINE)
        for term, meaning in words.LEGEND:
            self.page.lines("long", (self.book.say(term), self.book.say(meaning)))

    def records(self, title: Text, none: Text, records: Iterable[QuarantineRecord]) -> None:
        """Mistakes in documents, a row each; that there are none is said."""
        self._section(title)
        language, first = self.book.language, True
        for record in records:
            if first:
                heads = (words.FILE, words.WHAT_IS_WRONG, words.REMEDY, words.LINE, words.COLUMN, words.CODE)
                self.page.lines("head", (self.book.say(head) for head in heads))
                first = False
            where = f"{record['path']}: " if record["path"] else ""
            self.page.add(
                Cell(record["file"], "code"),
                Cell(where + say(record["message"], language), "long"),
                Cell(say(record["help"], language), "long"),
                Cell(record["line"], "order"),
                Cell(record["column"], "order"),
                Cell(record["code"], "code"),
            )
        if first:
            self.page.add(Cell(self.book.say(none), "label"))


def notices(others: Iterable[Series], cuts: int) -> list[Text]:
    """What is said of sheets that were split and of texts that were cut."""
    found = [series.notice for series in others if series.notice is not None]
    return [*found, words.cut(cuts)] if cuts else found
