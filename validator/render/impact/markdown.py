"""The impact report as a comment on a merge request: totals first, details folded, never over the size limit.

Every text of others is written so that it can be nothing but text (`markdown_text.py`). What does not fit is
counted and told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from validator.journeys.impact.counters import by_direction, total
from validator.logic.impact import Direction, Directions, Flip, ImpactReport, PolicyImpact
from validator.logic.text import Language, Text
from validator.render.impact.words import (
    DIRECTIONS,
    STATES,
    UNREAD_SIDES,
    causes_phrase,
    change_phrase,
    day_phrase,
    groups,
    head_phrase,
    left_out_phrase,
    place_phrase,
    side_phrase,
    state_phrase,
    steps,
    subject_phrase,
    who_phrase,
    why_phrase,
)
from validator.render.markdown_text import quiet
from validator.render.words import SEVERITIES, say, verdict_word

LIMIT_BYTES = 60_000
# How much of it each part may take; the details of flips take what is left.
_QUOTA = {"head": 6_000, "changes": 8_000, "policies": 12_000, "places": 9_000, "aside": 5_000, "end": 1_000}
_CLOSING = "\n</details>\n"


def render(report: ImpactReport, language: Language = "ru") -> str:
    """The report as Markdown of at most `LIMIT_BYTES` bytes."""
    return _Writer(report, language).text()


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def _fitting(lines: Iterable[str], quota: int) -> tuple[list[str], int]:
    """The first lines that fit, and how many do not."""
    found: list[str] = []
    rest = 0
    for line in lines:
        quota -= _size(line)
        if quota < 0 or rest:
            rest += 1
        else:
            found.append(line)
    return found, rest


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


class _Writer:
    def __init__(self, report: ImpactReport, language: Language) -> None:
        self.report = report
        self.language = language
        self.flips: defaultdict[str, list[Flip]] = defaultdict(list)
        for flip in report["flips"]:
            self.flips[flip["policy"]].append(flip)

    def say(self, ru: str, en: str) -> str:
        return ru if self.language == "ru" else en

    def text(self) -> str:
        parts = [self._head(), self._policies(), self._changes(), self._places(), self._aside()]
        above = "".join(parts)
        room = LIMIT_BYTES - _size(above) - _QUOTA["end"]
        details, left = self._details(room)
        return above + details + self._end(left)

    def _more(self, rest: int) -> str:
        if not rest:
            return ""
        told = self.say(f"не поместилось строк: {rest}", f"lines that did not fit: {rest}")
        return f"\n*{told}*\n"

    def _folded(self, title: str, lines: Iterable[str], quota: int, head: str = "") -> str:
        found, rest = _fitting(lines, quota)
        if not found and not rest:
            return ""
        return f"\n<details><summary>{title}</summary>\n\n{head}{''.join(found)}{self._more(rest)}{_CLOSING}"

    # --- the parts ----------------------------------------------------------------------------------------

    def _head(self) -> str:
        title = self.say("Сверка: чьи вердикты изменит правка политик", "Sverka: whose verdicts this change flips")
        old, new = (quiet(side_phrase(side, self.language)) for side in (self.report["old"], self.report["new"]))
        lines = [
            f"**{quiet(head_phrase(self.report, self.language))}**\n",
            f"\n{self.say('Было', 'Old')}: {old}<br>\n{self.say('Стало', 'New')}: {new}\n",
        ]
        law = self.report["new"]["law_date"]
        if law is not None:
            lines.append(f"<br>\n{self.say('Право на', 'Law of')} {day_phrase(law, self.language)}\n")
        for note in self.report["notes"]:
            help_ = say(note["help"], self.language)
            told = say(note["message"], self.language) + (f". {help_}" if help_ else "")
            lines.append(f"\n> **{self.say('Внимание', 'Note')}:** {quiet(told)}\n")
        found, rest = _fitting(lines, _QUOTA["head"])
        return f"### {title}\n\n{''.join(found)}{self._more(rest)}"

    def _table(self, first: tuple[str, ...], last: tuple[str, ...] = ()) -> str:
        names = (*first, *(say(DIRECTIONS[name], self.language) for name in self._columns), *last)
        numbers = ["---:"] * len(self._columns)
        marks = [*(["---"] * len(first)), *numbers, *(["---:"] * len(last))]
        return _row(*names) + _row(*marks)

    @property
    def _columns(self) -> list[Direction]:
        """The directions that occur at all."""
        return [name for name, number in by_direction(self.report["counts"]["flips"]) if number]

    def _cells(self, counts: Directions) -> list[str]:
        return [str(number) for name, number in by_direction(counts) if name in self._columns]

    def _policies(self) -> str:
        flipping = [policy for policy in self.report["policies"] if total(policy["counts"])]
        if not flipping:
            return ""
        flipping.sort(key=lambda policy: (-total(policy["counts"]), policy["policy"]))
        rows = [
            _row(
                quiet(policy["policy"]),
                quiet(say(policy["title"], self.language)),
                *self._cells(policy["counts"]),
                str(policy["organizations"]),
            )
            for policy in flipping
        ]
        found, rest = _fitting(rows, _QUOTA["policies"])
        head = self._table(
            (self.say("политика", "policy"), self.say("название", "title")),
            (self.say("организаций", "organizations"),),
        )
        return f"\n{head}{''.join(found)}{self._more(rest)}{self._matrix()}"

    def _matrix(self) -> str:
        told = [
            f"{self._state(step['before'])} → {self._state(step['after'])}: {step['count']}"
            for step in steps(self.report)
        ]
        return f"\n{self.say('Нормы', 'Norms')}: {'; '.join(told)}\n" if told else ""

    def _state(self, verdict: str) -> str:
        return quiet(say(STATES.get(verdict) or verdict_word(verdict), self.language).lower())

    def _changes(self) -> str:
        title = self.say("Что изменилось в политиках", "What changed in the policies")
        lines = (f"- {quiet(change_phrase(change, self.language))}\n" for change in self.report["changes"])
        return self._folded(f"{title}: {len(self.report['changes'])}", lines, _QUOTA["changes"])

    def _places(self) -> str:
        rows = sorted(
            (row for row in self.report["municipalities"] if row["touched"]),
            key=lambda row: (-row["touched"], row["region"], row["municipality"] or ""),
        )
        lines = (
            _row(
                quiet(place_phrase(row, self.language)),
                *self._cells(row["counts"]),
                str(row["touched"]),
                str(row["organizations"]),
            )
            for row in rows
        )
        last = (self.say("затронуто организаций", "organizations touched"), self.say("всего", "of"))
        head = self._table((self.say("муниципалитет", "municipality"),), last)
        every = len(self.report["municipalities"])
        title = self.say(
            f"По муниципалитетам: затронуто {len(rows)} из {every}",
            f"By municipality: {len(rows)} of {every} touched",
        )
        return self._folded(title, lines, _QUOTA["places"], head)

    def _aside(self) -> str:
        """Documents that were not compared."""
        lines = []
        for record in self.report["quarantine"]:
            place = record["file"] + (f":{record['line']}:{record['column']}" if record["line"] else "")
            side = say(UNREAD_SIDES[record["side"]], self.language)
            told = f"{place}: {say(record['message'], self.language)} [{record['code']}]{side and f' ({side})'}"
            lines.append(f"- {quiet(told)}\n")
        lines += [
            f"- {quiet(left['file'])}: {quiet(left_out_phrase(left['cause'], self.language))}\n"
            for left in self.report["left_out"]
        ]
        numbers = self.report["inputs"]
        count = numbers["quarantined"] + numbers["left_out"]
        title = self.say(f"НЕ СРАВНЕНО документов: {count}", f"Documents NOT COMPARED: {count}")
        return self._folded(f"<b>{title}</b>", lines, _QUOTA["aside"])

    # --- details ------------------------------------------------------------------------------------------

    def _details(self, room: int) -> tuple[str, int]:
        """The flips by cause and policy, as many as there is room for; how many were left out."""
        told: list[str] = []
        left = 0
        for causes, policies in groups(self.report):
            head = f"\n**{self.say('Причина', 'Cause')}:** {quiet(causes_phrase(causes, self.language))}\n"
            for policy in policies:
                block, rest = self._policy(policy, room - _size(head))
                left += rest
                if block:
                    told.append(head + block)
                    room -= _size(head + block)
                    head = ""
        return "".join(told), left

    def _policy(self, policy: PolicyImpact, room: int) -> tuple[str, int]:
        flips = self.flips[policy["policy"]]
        severity = f", {say(SEVERITIES[policy['severity']], self.language)}" if policy["severity"] else ""
        name = f"{quiet(policy['policy'])}{severity}: {quiet(say(policy['title'], self.language))}"
        frame = f"\n<details><summary>{name} — {len(flips)}</summary>\n\n"
        found, rest = _fitting(map(self._flip, flips), room - _size(frame + _CLOSING + self._more(len(flips))))
        return (f"{frame}{''.join(found)}{self._more(rest)}{_CLOSING}" if found else ""), rest

    def _flip(self, flip: Flip) -> str:
        word = say(DIRECTIONS[flip["direction"]], self.language)
        before, after = state_phrase(flip["before"], self.language), state_phrase(flip["after"], self.language)
        head = (
            f"- **{word}** {quiet(who_phrase(flip, self.language))}, {day_phrase(flip['as_of'], self.language)}, "
            f"<code>{quiet(subject_phrase(flip))}</code>: {quiet(before)} → **{quiet(after)}**\n"
        )
        return head + "".join(self._whys(flip))

    def _whys(self, flip: Flip) -> Iterator[str]:
        for title, judged in ((Text("было", "before"), flip["before"]), (Text("стало", "after"), flip["after"])):
            why = why_phrase(judged, self.language)
            if why:
                yield f"  - {say(title, self.language)}: {quiet(why)}\n"

    def _end(self, left: int) -> str:
        numbers = self.report["inputs"]
        parts = self.say(
            f"Документов {numbers['documents']}, сравнено {numbers['compared']}",
            f"Documents {numbers['documents']}, compared {numbers['compared']}",
        )
        if numbers["not_read"]:
            parts += self.say(f", не читано {numbers['not_read']}", f", not read {numbers['not_read']}")
        if self.report["counts"]["reasons"]:
            number = self.report["counts"]["reasons"]
            parts += self.say(
                f". Вердикт тот же, причина другая: {number}", f". Same verdict, other reason: {number}"
            )
        if left:
            parts += self.say(
                f". **Не поместилось изменений: {left}**; все есть в <code>&#45;o json</code>",
                f". **Flips that did not fit: {left}**; all are in <code>&#45;o json</code>",
            )
        return f"\n{parts}.\n"
