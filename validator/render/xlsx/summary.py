"""The sheet Сводка: how much was checked, totals, figures by region, municipality, kind and policy, a signature.

All figures are those of the roll-up, where small numbers of persons are kept out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from validator.logic.batch import Judgements, Organizations, PersonJudgements, RowCoverage, RunCoverage
from validator.logic.report import PolicySelection
from validator.logic.result_set import Head, ResultSet
from validator.logic.text import Text
from validator.render.partial import selected
from validator.render.rollup.words import percent_text, person_text
from validator.render.words import say
from validator.render.xlsx import words
from validator.render.xlsx.book import Book, Cell, Page, Style
from validator.render.xlsx.cells import Value, day
from validator.render.xlsx.names import Codes

_WIDTHS = (25, 36, *(11,) * 11)
_FIGURES = (
    words.ORGANIZATIONS,
    words.WITH_VIOLATION,
    words.WITH_UNKNOWN,
    words.N_VIOLATIONS,
    words.N_UNKNOWN,
    words.UNKNOWN_PERCENT,
    words.N_ADVICE,
    words.N_WAIVED,
    words.PERSON_VIOLATIONS,
    words.PERSON_UNKNOWNS,
    words.COVERAGE,
)
_STYLES: tuple[Style, ...] = (
    *("number",) * 5, "share", *("number",) * 4, "share",
)  # fmt: skip


def fill_summary(book: Book, results: ResultSet) -> Page:
    """The whole sheet."""
    page = Page(book, words.SUMMARY, _WIDTHS)
    page.sheets[0].repeat_rows(0)
    summary = _Summary(book, page, results)
    summary.head()
    summary.totals()
    summary.places()
    summary.policies()
    summary.signature()
    return page


class _Summary:
    def __init__(self, book: Book, page: Page, results: ResultSet) -> None:
        self.book = book
        self.page = page
        self.results = results
        self.table = results.table
        # Without a list of expected organizations no row has a coverage of its own.
        self.figures = len(_FIGURES) if results.table["coverage"]["expected"] is not None else len(_FIGURES) - 1
        self.language = book.language
        self.codes = Codes(results.head["names"], book.language)
        self.threshold = results.table["persons_rule"]["threshold"]

    def _section(self, title: Text) -> None:
        self.page.add()
        self.page.add(Cell(self.book.say(title), "section"))

    def _pair(self, label: Text, *values: Value, style: Style = "number") -> None:
        """A label over two columns, then values."""
        told = (Cell(value, style) for value in values)
        self.page.add(Cell(self.book.say(label), "label"), None, *told)

    # --- what, when, how much ---------------------------------------------------------------------------------

    def head(self) -> None:
        head = self.results.head
        self.page.add(Cell(self.book.say(words.HEADLINE), "title"))
        nothing = self.book.say(words.NOTHING_EVALUATED)
        for label, values in dates_of(head):
            self._pair(label, *(values or [nothing]), style="code")
        self._coverage(self.table["coverage"])
        if not self.table["complete"]:
            floor = percent_text(self.table["coverage"]["floor_percent"], self.language)
            alarm = words.incomplete(floor, ended_early=self.table["coverage"]["not_reached"] > 0)
            self.page.add(Cell(self.book.say(alarm), "alarm"))
        for told in partial_of(head):
            self.page.add(Cell(selected(told, self.language), "alarm"))

    def _coverage(self, run: RunCoverage) -> None:
        whole = words.COVERAGE_DOCUMENTS if run["expected"] is None else words.COVERAGE_EXPECTED
        self._pair(whole, "-" if run["percent"] is None else run["percent"], style="share")
        self._pair(words.DOCUMENTS, run["documents"])
        for label, number in (
            (words.EVALUATED, run["evaluated"]),
            (words.QUARANTINED, run["quarantined"]),
            (words.NOT_REACHED, run["not_reached"]),
        ):
            self._pair(Text(f"    {label.ru}", f"    {label.en}"), number)
        if run["expected"] is not None:
            self._pair(words.EXPECTED, run["expected"])
            for label, left in ((words.NOT_EVALUATED, run["missing"]), (words.UNEXPECTED, run["unexpected"])):
                self._pair(Text(f"    {label.ru}", f"    {label.en}"), left)

    def totals(self) -> None:
        total = self.table["total"]
        self._section(words.TOTAL)
        self._heads(words.FIGURE, None, (words.ALL_BUT_PERSONS, words.OF_PERSONS))
        organizations, exact, persons = total["organizations"], total["judgements"], total["persons"]
        rows: list[tuple[Text, Value, Value]] = [
            (words.ORGANIZATIONS, organizations["evaluated"], None),
            (_inner(words.WITH_VIOLATION), organizations["with_violation"], None),
            (_inner(words.WITH_UNKNOWN), organizations["with_unknown"], None),
            (words.APPLICABLE, exact["applicable"], persons["applicable"]),
            (words.N_VIOLATIONS, exact["violation"], self._person(persons, "violation", persons["violation"])),
            (words.N_UNKNOWN, exact["unknown"], self._person(persons, "unknown", persons["unknown"])),
            (words.N_ADVICE, exact["advice"], self._person(persons, "advice", persons["advice"])),
            (words.N_WAIVED, exact["waived"], self._person(persons, "waived", persons["waived"])),
            (words.N_DISPUTED, exact["disputed"], None),
        ]
        for label, number, of_persons in rows:
            cells = (Cell(self.book.say(label), "long"), Cell(None, "long"))
            self.page.add(*cells, Cell(number, "number"), Cell(of_persons, "number"))
        if self.table["persons_rule"]["policies"]:
            for sentence in words.persons_rule(self.threshold):
                self.page.add(Cell(self.book.say(sentence), "label"))

    # --- tables -----------------------------------------------------------------------------------------------

    def _heads(self, first: Text, second: Text | None, figures: Sequence[Text]) -> None:
        names = [self.book.say(first), "" if second is None else self.book.say(second)]
        self.page.lines("head", (*names, *(self.book.say(figure) for figure in figures[: self.figures])))

    def _row(self, first: str, second: str, figures: Iterable[Value]) -> None:
        told = [Cell(value, style) for value, style in zip(figures, _STYLES, strict=True)][: self.figures]
        self.page.add(Cell(first, "code"), Cell(second, "code"), *told)

    def places(self) -> None:
        """By region where there are several, by municipality, by kind."""
        if len(self.table["by_region"]) > 1:
            self._regions()
        self._municipalities()
        self._kinds()

    def _regions(self) -> None:
        self._section(words.BY_REGION)
        self._heads(words.REGION, None, _FIGURES)
        for row in self.table["by_region"]:
            figures = self._figures(row["organizations"], row["judgements"], row["persons"], row["coverage"])
            self._row(self.codes.region(row["region"]), "", figures)

    def _municipalities(self) -> None:
        self._section(words.BY_MUNICIPALITY)
        self._heads(words.REGION, words.MUNICIPALITY, _FIGURES)
        for row in self.table["by_municipality"]:
            name = row["municipality"]
            told = self.book.say(words.NOT_GIVEN) if name is None else name
            figures = self._figures(row["organizations"], row["judgements"], row["persons"], row["coverage"])
            self._row(self.codes.region(row["region"]), told, figures)

    def _kinds(self) -> None:
        self._section(words.BY_KIND)
        self._heads(words.KIND, None, _FIGURES)
        for row in self.table["by_kind"]:
            figures = self._figures(row["organizations"], row["judgements"], None, row["coverage"])
            self._row(self.codes.kind(row["kind"]), "", figures)

    def policies(self) -> None:
        self._section(words.BY_POLICY)
        self._heads(words.POLICY, words.TITLE, _FIGURES)
        for row in self.table["by_policy"]:
            policy = self.results.policies.get(row["policy"])
            title = say(policy["title"], self.language) if policy else ""
            figures = self._figures(row["organizations"], row["judgements"], row["persons"], row["coverage"])
            self._row(row["policy"], title, figures)

    def _figures(
        self,
        organizations: Organizations | None,
        exact: Judgements | None,
        persons: PersonJudgements | None,
        coverage: RowCoverage | None,
    ) -> list[Value]:
        """The figures of a row as the headings have them; nothing where a figure is not counted."""
        return [
            *(
                (organizations["evaluated"], organizations["with_violation"], organizations["with_unknown"])
                if organizations
                else (None, None, None)
            ),
            *(
                (exact["violation"], exact["unknown"], exact["unknown_percent"], exact["advice"], exact["waived"])
                if exact
                else (None, None, None, None, None)
            ),
            *(
                (
                    self._person(persons, "violation", persons["violation"]),
                    self._person(persons, "unknown", persons["unknown"]),
                )
                if persons
                else (None, None)
            ),
            coverage["percent"] if coverage else None,
        ]

    def _person(self, persons: PersonJudgements, title: str, number: int | None) -> Value:
        """A number of persons, or what stands for a hidden one."""
        if number is not None:
            return number
        return person_text(None, persons["hidden"].get(title), self.threshold, self.language)

    def signature(self) -> None:
        """Where an official signs."""
        self.page.add()
        self.page.add()
        labels = (words.POST_LINE, words.SIGNATURE, words.FULL_NAME, words.DATE_LINE)
        post, signed, name, signed_on = (self.book.say(label) for label in labels)
        self.page.add(
            Cell(post, "line"),
            Cell(None, "line"),
            None,
            Cell(signed, "line"),
            Cell(None, "line"),
            None,
            Cell(name, "line"),
            Cell(None, "line"),
            Cell(None, "line"),
            None,
            Cell(signed_on, "line"),
            Cell(None, "line"),
        )


def _inner(label: Text) -> Text:
    return Text(f"    {label.ru}", f"    {label.en}")


def dates_of(head: Head) -> list[tuple[Text, list[Value]]]:
    """The days of the facts and of the law, as label and days; no day where nothing was evaluated."""
    law: tuple[Text, list[Value]]
    if head["law_date"] is not None:
        law = (words.LAW_ASKED, [day(head["law_date"])])
    else:
        law = (words.LAW_OWN, [day(iso) for iso in head["law_dates"] or ()])
    return [(words.AS_OF_FROM, [day(iso) for iso in head["fact_dates"] or ()]), law]


def partial_of(head: Head) -> list[PolicySelection]:
    """The selection, when only a part of the policies judged."""
    return [head["policy_set"]["selection"]] if "selection" in head["policy_set"] else []
