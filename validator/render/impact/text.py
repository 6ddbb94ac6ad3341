"""The impact report for people at a terminal: what changed, then by cause whose verdicts flip, then totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from validator.logic.impact import Flip, ImpactReport, PlaceTotal, PolicyImpact
from validator.logic.text import Language
from validator.render.impact.words import (
    DIRECTIONS,
    STATES,
    UNREAD_SIDES,
    causes_phrase,
    change_phrase,
    day_phrase,
    flips_phrase,
    groups,
    head_phrase,
    left_out_phrase,
    place_phrase,
    policy_phrase,
    side_phrase,
    state_phrase,
    steps,
    subject_phrase,
    who_phrase,
    why_phrase,
)
from validator.render.safe import log_line
from validator.render.words import say, verdict_word


def render(report: ImpactReport, language: Language = "ru") -> str:
    """The whole report as text."""
    return "".join(log_line(line) + "\n" for line in _Writer(report, language).lines())


class _Writer:
    def __init__(self, report: ImpactReport, language: Language) -> None:
        self.report = report
        self.language = language
        self.flips: defaultdict[str, list[Flip]] = defaultdict(list)
        for flip in report["flips"]:
            self.flips[flip["policy"]].append(flip)

    def say(self, ru: str, en: str) -> str:
        return ru if self.language == "ru" else en

    def lines(self) -> Iterator[str]:
        yield from self._head()
        yield from self._changes()
        for causes, policies in groups(self.report):
            yield ""
            yield f"=== {self.say('Причина', 'Cause')}: {causes_phrase(causes, self.language)} ==="
            for policy in policies:
                yield from self._policy(policy)
        yield from self._reasons()
        yield from self._not_compared()
        yield from self._totals()

    # --- the beginning ------------------------------------------------------------------------------------

    def _head(self) -> Iterator[str]:
        old, new = (side_phrase(side, self.language) for side in (self.report["old"], self.report["new"]))
        yield f"{self.say('Было', 'Old')}: {old}"
        yield f"{self.say('Стало', 'New')}: {new}"
        law = self.report["new"]["law_date"]
        if law is not None:
            yield f"{self.say('Право на', 'Law of')} {day_phrase(law, self.language)}"
        for note in self.report["notes"]:
            yield f"{self.say('ВНИМАНИЕ', 'NOTE')}  {say(note['message'], self.language)}"
            if say(note["help"], self.language):
                yield f"    {say(note['help'], self.language)}"

    def _changes(self) -> Iterator[str]:
        if self.report["changes"]:
            yield ""
            yield self.say("Что изменилось в политиках:", "What changed in the policies:")
        for change in self.report["changes"]:
            yield f"    {change_phrase(change, self.language)}"

    # --- flips --------------------------------------------------------------------------------------------

    def _policy(self, policy: PolicyImpact) -> Iterator[str]:
        counts = flips_phrase(policy["counts"], self.language)
        touched = f"{self.say('организаций', 'organizations')} {policy['organizations']}"
        yield f"{policy_phrase(policy, self.language)}: {counts}; {touched}"
        for flip in self.flips[policy["policy"]]:
            yield from self._flip(flip)

    def _flip(self, flip: Flip) -> Iterator[str]:
        word = say(DIRECTIONS[flip["direction"]], self.language).upper()
        before, after = state_phrase(flip["before"], self.language), state_phrase(flip["after"], self.language)
        day = day_phrase(flip["as_of"], self.language)
        yield (
            f"    {word}  {who_phrase(flip, self.language)}, {self.say('факты на', 'facts of')} {day}, "
            f"{subject_phrase(flip)}: {before} → {after}"
        )
        was, now = why_phrase(flip["before"], self.language), why_phrase(flip["after"], self.language)
        if was:
            yield f"        {self.say('было', 'before')}: {was}"
        if now:
            yield f"        {self.say('стало', 'after')}: {now}"
        place = flip["location"]
        yield f"        {self.say('где', 'where')}: {place['file']}:{place['line']}:{place['column']}"

    def _reasons(self) -> Iterator[str]:
        number = self.report["counts"]["reasons"]
        if not number:
            return
        yield ""
        shown = self.report["reason_changes"]
        told = self.say("Вердикт тот же, причина другая", "Same verdict, other reason")
        yield f"{told}: {number}" + (
            "" if shown else self.say(" (показать: `--reasons`)", " (shown by `--reasons`)")
        )
        for flip in shown:
            before, after = state_phrase(flip["before"], self.language), state_phrase(flip["after"], self.language)
            who = f"{who_phrase(flip, self.language)}, {subject_phrase(flip)}"
            yield f"    {flip['policy']}  {who}: {before} → {after}"

    # --- the end ------------------------------------------------------------------------------------------

    def _not_compared(self) -> Iterator[str]:
        if self.report["quarantine"] or self.report["left_out"]:
            yield ""
        for record in self.report["quarantine"]:
            place = record["file"] + (f":{record['line']}:{record['column']}" if record["line"] else "")
            path = f"{record['path']}: " if record["path"] else ""
            side = say(UNREAD_SIDES[record["side"]], self.language)
            told = f"{path}{say(record['message'], self.language)} [{record['code']}]"
            yield f"{self.say('НЕ СРАВНЕНО', 'NOT COMPARED')}  {place}: {told}{side and f' ({side})'}"
            if say(record["help"], self.language):
                yield f"    {self.say('что сделать', 'what to do')}: {say(record['help'], self.language)}"
        for left in self.report["left_out"]:
            cause = left_out_phrase(left["cause"], self.language)
            day = day_phrase(left["as_of"], self.language)
            who = f"{self.say('ИНН', 'INN')} {left['organization']}, {self.say('факты на', 'facts of')} {day}"
            yield f"{self.say('НЕ СРАВНЕНО', 'NOT COMPARED')}  {left['file']}: {who}: {cause}"

    def _totals(self) -> Iterator[str]:
        yield ""
        yield head_phrase(self.report, self.language)
        for step in steps(self.report):
            yield f"    {self._state(step['before'])} → {self._state(step['after'])}: {step['count']}"
        yield from self._places()
        numbers = self.report["inputs"]
        parts = (
            (self.say("сравнено", "compared"), numbers["compared"]),
            (self.say("отложено", "quarantined"), numbers["quarantined"]),
            (self.say("без пары", "left out"), numbers["left_out"]),
            (self.say("не читано", "not read"), numbers["not_read"]),
        )
        told = " + ".join(f"{name} {number}" for name, number in parts)
        yield f"{self.say('Документов', 'Documents')} {numbers['documents']} = {told}"

    def _state(self, verdict: str) -> str:
        return say(STATES.get(verdict) or verdict_word(verdict), self.language).lower()

    def _places(self) -> Iterator[str]:
        rows = self.report["municipalities"]
        touched = [row for row in rows if row["touched"]]
        if touched:
            yield self.say("По муниципалитетам:", "By municipality:")
        for row in touched:
            yield f"    {place_phrase(row, self.language)}: {self._touched(row)}"
        if touched and len(touched) < len(rows):
            rest = len(rows) - len(touched)
            yield f"    {self.say('без изменений ещё', 'no flips in another')} {rest}"

    def _touched(self, row: PlaceTotal) -> str:
        told = f"{self.say('затронуто', 'touched')} {row['touched']} {self.say('из', 'of')} {row['organizations']}"
        return f"{told}; {flips_phrase(row['counts'], self.language)}"
