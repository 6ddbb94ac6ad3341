"""The list of waivers for people: those that end first in front, each with what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

from validator.logic.report import QuarantineRecord
from validator.logic.text import Language
from validator.logic.waiver import ListedWaiver, WaiverList
from validator.render.safe import log_line
from validator.render.waivers.words import STATES, approval_text, day_text, state_text
from validator.render.words import say


def render(found: WaiverList, language: Language = "ru") -> str:
    """The whole list as text."""
    return "".join(log_line(line) + "\n" for line in _Writer(found, language).lines())


class _Writer:
    def __init__(self, found: WaiverList, language: Language) -> None:
        self.found = found
        self.language = language

    def say(self, ru: str, en: str) -> str:
        return ru if self.language == "ru" else en

    def lines(self) -> Iterator[str]:
        yield self._head()
        for waiver in self.found["waivers"]:
            yield ""
            yield from self._waiver(waiver)
        if self.found["quarantine"]:
            yield ""
        for record in self.found["quarantine"]:
            yield from self._problem("", self.say("НЕ ПРОВЕРЕНО", "NOT EVALUATED"), record)
        yield ""
        yield self._summary()

    def _head(self) -> str:
        inputs = self.found["inputs"]
        parts = [
            f"{self.say('Отступления на', 'Waivers on')} {day_text(self.found['day'], self.language)}",
            f"{self.say('Файлов с отступлениями', 'Files of waivers')}: {self.found['files']}",
        ]
        if inputs["documents"]:
            parts.append(
                self.say(
                    f"Снимков: проверено {inputs['evaluated']}, отложено {inputs['quarantined']}",
                    f"Snapshots: evaluated {inputs['evaluated']}, quarantined {inputs['quarantined']}",
                )
            )
        else:
            parts.append(
                self.say(
                    "Снимки не названы: есть ли что отступать, не проверено", "No snapshots named: not checked"
                )
            )
        return "   ".join(parts)

    def _waiver(self, waiver: ListedWaiver) -> Iterator[str]:
        yield f"{waiver['id']}  {state_text(waiver, self.language)}"
        title = f"  {say(waiver['title'], self.language)}" if waiver["title"] else ""
        yield self._field("норма", "norm", f"{waiver['policy']}{title}")
        organization = waiver["organization"] or self.say("не названа", "not named")
        yield self._field("организация", "organization", organization)
        if waiver["item"] is not None:
            yield self._field("запись", "item", waiver["item"])
        first, last = (day_text(day, self.language) for day in (waiver["from"], waiver["through"]))
        yield self._field("срок", "days", self.say(f"с {first} по {last}", f"{first} through {last}"))
        yield self._field("причина", "ground", say(waiver["ground"], self.language))
        yield self._field("утвердил", "approved by", approval_text(waiver["approved_by"]))
        place = waiver["location"]
        yield self._field("записано", "written", f"{place['file']}:{place['line']}:{place['column']}")
        if self.found["inputs"]["documents"]:
            yield self._field("нарушений под ним", "violations it waives", self._waives(waiver))
        for record in waiver["problems"]:
            yield from self._problem("    ", self.say("ВНИМАНИЕ", "ATTENTION"), record)

    def _waives(self, waiver: ListedWaiver) -> str:
        if waiver["facts_on"] is None:
            return self.say("не проверено, снимка этой организации нет", "not checked, no snapshot of it was given")
        facts = day_text(waiver["facts_on"], self.language)
        return self.say(f"{waiver['waives']} (факты на {facts})", f"{waiver['waives']} (facts of {facts})")

    def _field(self, ru: str, en: str, value: str) -> str:
        return f"    {self.say(ru, en)}: {value}"

    def _problem(self, indent: str, title: str, record: QuarantineRecord) -> Iterator[str]:
        place = record["file"] + (f":{record['line']}:{record['column']}" if record["line"] else "")
        path = f"{record['path']}: " if record["path"] else ""
        yield f"{indent}{title}  {place}: {path}{say(record['message'], self.language)} [{record['code']}]"
        if say(record["help"], self.language):
            yield indent + self._field("что сделать", "what to do", say(record["help"], self.language))

    def _summary(self) -> str:
        counts = self.found["counts"]
        told = [
            f"{say(text, self.language)} {number}"
            for text, number in (
                (STATES["active"], counts["active"]),
                (STATES["ends_soon"], counts["ends_soon"]),
                (STATES["not_begun"], counts["not_begun"]),
                (STATES["expired"], counts["expired"]),
                (STATES["no_effect"], counts["no_effect"]),
            )
        ]
        total = len(self.found["waivers"])
        problems = self.say("с замечаниями", "with problems")
        return (
            f"{self.say('Итог: отступлений', 'Summary: waivers')} {total}: {', '.join(told)}; "
            f"{problems} {counts['with_problems']}"
        )
