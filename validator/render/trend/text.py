"""The comparison of dates for a terminal: a column per date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from validator.logic.text import Language, Text
from validator.logic.trend import ChangeCount, Trend
from validator.render.rollup.words import cut, percent_text
from validator.render.safe import log_line
from validator.render.trend import words
from validator.render.trend.words import Line
from validator.render.words import say

_TITLE, _VALUE = 44, 12
MOST_PLACES = 30
MOST_CHANGES = 40


def render(trend: Trend, language: Language = "ru") -> str:
    """The comparison as plain text, ending with LF."""
    return "".join(log_line(line) + "\n" for line in _Writer(trend, language).lines())


class _Writer:
    def __init__(self, trend: Trend, language: Language) -> None:
        self.trend = trend
        self.language: Language = language
        self.threshold = trend["threshold"]

    def say(self, text: Text) -> str:
        return say(text, self.language)

    def lines(self) -> Iterator[str]:
        yield f"{self.say(words.TITLE)}: {len(self.trend['dates'])}"
        yield from self._dates()
        for note in self.trend["notes"]:
            yield f"{self.say(words.NOTES)}: {note['message'][self.language]}"
        yield from self._table(words.TOTAL, words.lines_of(self.trend["total"], self.language, self.threshold))
        yield from self._transfer()
        yield from self._policies()
        yield from self._places()
        yield from self._organizations()
        yield from self._changes()

    def _dates(self) -> Iterator[str]:
        yield ""
        for date in self.trend["dates"]:
            facts = words.days_text(date["fact_dates"], self.language)
            law = words.days_text(date["law_dates"], self.language)
            coverage = percent_text(date["coverage"]["percent"], self.language)
            yield (
                f"{self.say(words.FACTS)} {facts}; {self.say(words.LAW)} {law}; {self.say(words.NUMBER)}"
                f" {date['organizations']}; {self.say(words.COVERAGE)} {coverage}; {date['name']}"
            )

    def _head(self, title: Text) -> str:
        return self._row(self.say(title), words.headings(self.trend, self.language))

    def _row(self, title: str, values: Iterable[str]) -> str:
        return cut(title, _TITLE).ljust(_TITLE) + "".join(f" {value:>{_VALUE}}" for value in values)

    def _table(self, title: Text, lines: Sequence[Line]) -> Iterator[str]:
        yield ""
        yield self._head(title)
        yield from self._lines(lines)

    def _lines(self, lines: Sequence[Line]) -> Iterator[str]:
        for line in lines:
            if not line.is_idle:
                yield self._row("  " + self.say(line.title), line.values)

    def _transfer(self) -> Iterator[str]:
        yield from self._of_policies(words.TRANSFER, of_transfer=True)

    def _policies(self) -> Iterator[str]:
        yield from self._of_policies(words.POLICIES, of_transfer=False)

    def _of_policies(self, title: Text, *, of_transfer: bool) -> Iterator[str]:
        yield ""
        yield self._head(title)
        rows = words.policy_rows(self.trend, self.language, of_transfer=of_transfer)
        for _, group in groupby(rows, key=lambda pair: pair[0]["policy"]):
            own = list(group)
            policy = own[0][0]
            mark = f" ({self.say(words.ABOUT_PERSONS)})" if policy["about_persons"] else ""
            yield f"{policy['policy']} {policy['title'][self.language]}{mark}"
            yield from self._lines([line for _, line in own])

    def _places(self) -> Iterator[str]:
        places = self.trend["by_municipality"]
        yield ""
        yield self._head(words.PLACES)
        for place in places[:MOST_PLACES]:
            yield words.place_text(place["region"], place["municipality"], self.language)
            yield from self._lines(words.place_lines(place, self.language, self.threshold))
        yield from self._more(len(places) - MOST_PLACES)

    def _organizations(self) -> Iterator[str]:
        yield ""
        yield self.say(words.ORGANIZATIONS)
        days = words.headings(self.trend, self.language)
        for day, step in zip(days[1:], self.trend["organizations"], strict=True):
            yield f"  {self.say(words.WHEN)} {day}: +{len(step['appeared'])} -{len(step['left'])}"

    def _changes(self) -> Iterator[str]:
        counts = self.trend["change_counts"]
        yield ""
        yield f"{self.say(words.CHANGES)}: {'' if counts else self.say(words.NOTHING)}".removesuffix(": ")
        for count in counts:
            yield f"  {self._count(count)}"
        changes = self.trend["changes"]
        for change in changes[:MOST_CHANGES]:
            name = f" {change['name']}" if change["name"] else ""
            states = f"{self.say(words.STATES[change['first']])} > {self.say(words.STATES[change['last']])}"
            yield f"    {change['organization']}{name}: {change['policy']} {states}"
        yield from self._more(len(changes) - MOST_CHANGES)

    def _count(self, count: ChangeCount) -> str:
        first, last = self.say(words.STATES[count["first"]]), self.say(words.STATES[count["last"]])
        return f"{count['policy']}: {first} > {last}: {count['organizations']}"

    def _more(self, number: int) -> Iterator[str]:
        if number > 0:
            yield f"    {self.say(words.more(number))}"
