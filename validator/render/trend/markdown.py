"""The comparison of dates as Markdown: a table per part, every text of others nothing but text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.logic.text import Language, Text
from validator.logic.trend import Trend
from validator.render.markdown_text import quiet
from validator.render.rollup.words import percent_text
from validator.render.trend import words
from validator.render.words import say

MOST_PLACES = 200
MOST_CHANGES = 500


def render(trend: Trend, language: Language = "ru") -> str:
    """The comparison as Markdown, ending with LF."""
    return "\n".join(_Writer(trend, language).lines()) + "\n"


class _Writer:
    def __init__(self, trend: Trend, language: Language) -> None:
        self.trend = trend
        self.language: Language = language
        self.threshold = trend["threshold"]

    def say(self, text: Text) -> str:
        return say(text, self.language)

    def lines(self) -> Iterator[str]:
        yield f"# {self.say(words.TITLE)}"
        yield from self._dates()
        yield from self._total()
        yield from self._policies(words.TRANSFER, of_transfer=True)
        yield from self._policies(words.POLICIES, of_transfer=False)
        yield from self._places()
        yield from self._organizations()
        yield from self._changes()

    def _table(
        self, title: Text, heads: Sequence[str], rows: Sequence[Sequence[str]], words_in: int
    ) -> Iterator[str]:
        """A section with a table; the first `words_in` columns hold words, the others numbers."""
        yield ""
        yield f"## {self.say(title)}"
        yield ""
        if not rows:
            yield self.say(words.NOTHING)
            return
        yield _row(heads)
        yield _row(["---"] * words_in + ["---:"] * (len(heads) - words_in))
        for row in rows:
            yield _row(row)

    def _columns(self) -> list[str]:
        return words.headings(self.trend, self.language)

    def _dates(self) -> Iterator[str]:
        heads = [
            self.say(one) for one in (words.FACTS, words.LAW, words.SOURCE, words.SET, words.NUMBER, words.COVERAGE)
        ]
        rows = [
            [
                words.days_text(date["fact_dates"], self.language),
                words.days_text(date["law_dates"], self.language),
                quiet(date["name"]),
                quiet(date["policy_set"]["digest"].removeprefix("sha256:")[:12]),
                str(date["organizations"]),
                percent_text(date["coverage"]["percent"], self.language),
            ]
            for date in self.trend["dates"]
        ]
        yield from self._table(words.DATES, heads, rows, 4)
        for note in self.trend["notes"]:
            yield ""
            yield f"{self.say(words.NOTES)}: {quiet(note['message'][self.language])}"

    def _total(self) -> Iterator[str]:
        lines = words.lines_of(self.trend["total"], self.language, self.threshold)
        rows = [[self.say(line.title), *line.values] for line in lines if not line.is_idle]
        yield from self._table(words.TOTAL, [self.say(words.FIGURE), *self._columns()], rows, 1)

    def _policies(self, title: Text, *, of_transfer: bool) -> Iterator[str]:
        rows = []
        for policy, line in words.policy_rows(self.trend, self.language, of_transfer=of_transfer):
            mark = f" ({self.say(words.ABOUT_PERSONS)})" if policy["about_persons"] else ""
            name = f"{quiet(policy['policy'])} {quiet(policy['title'][self.language])}{mark}"
            rows.append([name, quiet(self.say(line.title)), *line.values])
        heads = [self.say(words.POLICY), self.say(words.FIGURE), *self._columns()]
        yield from self._table(title, heads, rows, 2)

    def _places(self) -> Iterator[str]:
        places = self.trend["by_municipality"]
        rows = [
            [
                quiet(words.place_text(place["region"], place["municipality"], self.language)),
                self.say(line.title),
                *line.values,
            ]
            for place in places[:MOST_PLACES]
            for line in words.place_lines(place, self.language, self.threshold)
        ]
        heads = [self.say(words.PLACE), self.say(words.FIGURE), *self._columns()]
        yield from self._table(words.PLACES, heads, rows, 2)
        yield from self._more(len(places) - MOST_PLACES)

    def _organizations(self) -> Iterator[str]:
        rows = [
            [day, self.say(what), one["organization"], quiet(one["name"] or "")]
            for day, step in zip(self._columns()[1:], self.trend["organizations"], strict=True)
            for what, listed in ((words.APPEARED, step["appeared"]), (words.LEFT, step["left"]))
            for one in listed
        ]
        heads = [self.say(one) for one in (words.WHEN, words.WHAT, words.ORGANIZATION, words.NAME)]
        yield from self._table(words.ORGANIZATIONS, heads, rows[:MOST_CHANGES], 4)
        yield from self._more(len(rows) - MOST_CHANGES)

    def _changes(self) -> Iterator[str]:
        counts = [
            [
                quiet(count["policy"]),
                self.say(words.STATES[count["first"]]),
                self.say(words.STATES[count["last"]]),
                str(count["organizations"]),
            ]
            for count in self.trend["change_counts"]
        ]
        heads = [self.say(one) for one in (words.POLICY, words.FIRST, words.LAST, words.NUMBER)]
        yield from self._table(words.CHANGES, heads, counts, 3)
        changes = self.trend["changes"]
        rows = [
            [
                change["organization"],
                quiet(change["name"] or ""),
                quiet(change["policy"]),
                self.say(words.STATES[change["first"]]),
                self.say(words.STATES[change["last"]]),
            ]
            for change in changes[:MOST_CHANGES]
        ]
        heads = [self.say(one) for one in (words.ORGANIZATION, words.NAME, words.POLICY, words.FIRST, words.LAST)]
        if rows:
            yield from self._table(words.CHANGED, heads, rows, 5)
        yield from self._more(len(changes) - MOST_CHANGES)

    def _more(self, number: int) -> Iterator[str]:
        if number > 0:
            yield ""
            yield self.say(words.more(number))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
