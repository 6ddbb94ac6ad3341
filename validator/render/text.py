"""The report for people at a terminal: by organization, gravest first, each finding with what to do.

Words instead of marks, so that it reads the same on every console page.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from validator.journeys.assemble import count
from validator.logic.text import Language, Text
from validator.render import baseline
from validator.render.counts import judgements
from validator.render.partial import selected
from validator.render.safe import log_line
from validator.render.words import (
    CAUSES,
    FORCES,
    SANCTIONS,
    SEVERITIES,
    count_ru_en,
    say,
    verdict_word,
)

if TYPE_CHECKING:
    from validator.logic.report import MissingFact, OrganizationRow, QuarantineRecord, Report, Result

_SEVERITY_ORDER = list(SEVERITIES)
_SHOWN_PLACES = 5
_NOTHING_JUDGED = count([])
_SHOWN_FACTS = 7


def render(report: Report, language: Language = "ru") -> str:
    """The whole report as text."""
    writer = _Writer(report, language)
    return "".join(log_line(line) + "\n" for line in writer.lines())


def _facts(row: OrganizationRow | Result) -> tuple[str, str]:
    """Whose facts, and of which day."""
    return row["organization"], row["as_of"]


class _Writer:
    def __init__(self, report: Report, language: Language) -> None:
        self.report = report
        self.language = language

    def say(self, ru: str, en: str) -> str:
        return ru if self.language == "ru" else en

    def quoted(self, text: str) -> str:
        """A name in the quotation marks of the language."""
        return self.say(f"«{text}»", f"“{text}”")

    def day(self, iso: str) -> str:
        """A day as the language writes it."""
        return ".".join(reversed(iso.split("-"))) if self.language == "ru" else iso

    def lines(self) -> Iterator[str]:
        yield from self._head()
        if self.report["counts"] != _NOTHING_JUDGED:
            results = {key: list(group) for key, group in groupby(self.report["results"], key=_facts)}
            rows = {_facts(row): row for row in reversed(self.report["organizations"])}
            for key, row in reversed(rows.items()):
                yield from self._organization(row, results.get(key, []))
        yield from self._quarantine()
        yield from self._summary()

    def _head(self) -> Iterator[str]:
        policies = self.report["policy_set"]
        norms = count_ru_en(policies["norms"], ("норма", "нормы", "норм"), ("norm", "norms"))
        decisions = count_ru_en(policies["decisions"], ("решение", "решения", "решений"), ("decision", "decisions"))
        law = self.report["law_date"]
        day = self.say("на день каждого снимка", "of the day of each snapshot") if law is None else self.day(law)
        digest = policies["digest"].removeprefix("sha256:")[:12]
        documents = self.report["inputs"]["documents"]
        parts = [
            f"{self.say('Политики', 'Policies')}: {say(norms, self.language)}, "
            f"{say(decisions, self.language)} ({digest})",
            f"{self.say('Право', 'Law')}: {day}",
            f"{self.say('Документов', 'Documents')}: {documents}",
        ]
        yield "   ".join(parts if self.report["counts"] != _NOTHING_JUDGED else parts[2:])
        if "selection" in policies:
            yield selected(policies["selection"], self.language)

    # --- one organization ---------------------------------------------------------------------------------

    def _organization(self, row: OrganizationRow, results: list[Result]) -> Iterator[str]:
        """What was found about an organization; that nothing was found is said too."""
        identity = self.say("ИНН", "INN") + " " + row["organization"]
        name = f"{row['name']} ({identity})" if row["name"] else identity
        yield ""
        yield f"=== {name}, {self.say('факты на', 'facts of')} {self.day(row['as_of'])} ==="
        law_date = self.report["law_date"] or row["as_of"]
        if law_date != row["as_of"]:
            law, facts = self.day(law_date), self.day(row["as_of"])
            yield self.say(
                f"Внимание: право на {law}, а факты на {facts}", f"Note: law of {law}, but facts of {facts}"
            )
        shown = 0
        for wanted in ("violation", "advice", "waived"):
            for result in sorted((r for r in results if r["verdict"] == wanted), key=_gravity):
                yield from self._finding(result)
                shown += 1
        for result in (r for r in results if r["verdict"] == "ok" and r["disputed"]):
            yield from self._finding(result)
            shown += 1
        unknown = sorted((r for r in results if r["verdict"] == "unknown" and r["kind"] == "norm"), key=_gravity)
        for _, group in groupby(unknown, key=lambda result: result["policy"]):
            yield from self._unknown(list(group))
            shown += 1
        decided = sorted((r for r in results if r["kind"] == "decision"), key=lambda r: r["policy"])
        for _, group in groupby(decided, key=lambda result: result["policy"]):
            yield from self._decision([r for r in group if r["verdict"] != "ok"])
        if not shown:
            yield self.say("Нарушений и пробелов в данных не найдено", "No violations and no gaps in the facts")

    def _finding(self, result: Result) -> Iterator[str]:
        word = say(verdict_word(result["verdict"]), self.language)
        severity = say(SEVERITIES[result["severity"] or "info"], self.language)
        text = say(result["message"] or result["title"], self.language)
        yield f"{word}  {result['policy']} ({severity})  {text}"
        yield self._field("где", "where", self._place(result))
        facts = "; ".join(
            f"{say(e['title'], self.language)}: {say(e['value_title'], self.language)}"
            for e in result["because"][:_SHOWN_FACTS]
        )
        if facts:
            yield self._field("факты", "facts", facts)
        yield self._field("основание", "basis", self._citations(result))
        if result["waiver"]:
            from validator.render.waivers.words import whole_waiver  # noqa: PLC0415 - few violations are waived

            yield self._field("отступление", "waiver", whole_waiver(result["waiver"], self.language))
        if result.get("baseline"):
            yield self._field("известно", "known", baseline.known(self.language))
        if result["remedy"] and result["verdict"] != "ok":
            yield self._field("что сделать", "what to do", say(result["remedy"], self.language))
        if result["sanction"] and result["verdict"] in ("violation", "waived"):
            yield self._field("санкция", "sanction", self._sanction(result))
        yield from self._disputed(result)

    def _unknown(self, results: list[Result]) -> Iterator[str]:
        first = results[0]
        word = say(verdict_word("unknown"), self.language)
        severity = say(SEVERITIES[first["severity"] or "info"], self.language)
        title = self.say("не установлено", "not established") + f": {say(first['title'], self.language)}"
        yield f"{word}  {first['policy']} ({severity})  {title}"
        for result in results[:_SHOWN_PLACES]:
            ref = f"{result['ref']}: " if result["ref"] else ""
            known = f" ({baseline.known(self.language)})" if result.get("baseline") else ""
            yield self._field("не хватает", "missing", ref + self._missing(result) + known)
        yield from self._rest(len(results) - _SHOWN_PLACES)
        # Items of one norm are mostly disputed alike: each line is said once.
        yield from dict.fromkeys(line for result in results for line in self._disputed(result))

    def _decision(self, results: list[Result]) -> Iterator[str]:
        if not results:
            return
        word = self.say("РЕШЕНИЕ", "DECISION")
        yield f"{word}  {results[0]['policy']}  {say(results[0]['title'], self.language)}"
        for result in results:
            title = result["verdict_title"]
            outcome = (
                say(title, self.language) if title else say(verdict_word(result["verdict"]), self.language).lower()
            )
            yield f"    {result['subject']}{_ref(result)}: {outcome}{self._why(result)}"
            for advice in result.get("advice", []):
                yield "  " + self._field(
                    "что сделать", "what to do", advice["ru"] if self.language == "ru" else advice["en"]
                )
            for line in self._disputed(result):
                yield "  " + line

    def _why(self, result: Result) -> str:
        if result["verdict"] == "unknown":
            return f"; {self.say('не хватает', 'missing')}: {self._missing(result)}"
        advised = result.get("criteria", [])
        reasons = [c for c in advised if c["truth"] == ("true" if c["exclusion"] else "false")]
        told = ", ".join(
            f"{c['id']} ({self._negated(c['exclusion'])}{say(c['title'], self.language)})" for c in reasons
        )
        return f"; {told}" if told else ""

    def _negated(self, exclusion: bool) -> str:
        return "" if exclusion else self.say("не выполнено: ", "not met: ")

    def _rest(self, number: int) -> Iterator[str]:
        if number > 0:
            yield f"    {self.say(f'и ещё {number}', f'and {number} more')}"

    # --- parts of a finding -------------------------------------------------------------------------------

    def _field(self, ru: str, en: str, value: str) -> str:
        return f"    {self.say(ru, en)}: {value}"

    def _place(self, result: Result) -> str:
        place = result["location"]
        return f"{place['file']}:{place['line']}:{place['column']}  {result['subject']}{_ref(result)}"

    def _citations(self, result: Result) -> str:
        told = []
        for _, group in groupby(result["citations"], key=lambda cited: cited["act"]):
            cited = list(group)
            places = ", ".join(place["at"] for place in cited)
            force = say(FORCES[cited[0]["force"]], self.language)
            told.append(f"{say(cited[0]['title'], self.language)}, {places} ({force})")
        return "; ".join(told)

    def _missing(self, result: Result) -> str:
        ways = [self._facts(result["missing"]), *map(self._facts, result["alternatives"])]
        return self.say(" ИЛИ ", " OR ").join(ways)

    def _facts(self, facts: list[MissingFact]) -> str:
        told = [self._fact(fact) for fact in facts[:_SHOWN_PLACES]]
        rest = len(facts) - _SHOWN_PLACES
        return ", ".join(told) + (self.say(f" и ещё {rest}", f" and {rest} more") if rest > 0 else "")

    def _fact(self, fact: MissingFact) -> str:
        cause = say(CAUSES[fact["cause"]], self.language)
        return f"{fact['path']} {self.quoted(say(fact['title'], self.language))} ({cause})"

    def _sanction(self, result: Result) -> str:
        sanction = result["sanction"]
        assert sanction is not None
        applies = say(SANCTIONS[sanction["applies"]], self.language)
        head = f"{say(sanction['title'], self.language)}, {sanction['at']}, {applies}"
        parts = []
        for key, who in (
            ("official_rub", Text("должностные лица", "officials")),
            ("entity_rub", Text("организации", "entities")),
        ):
            limits = sanction["official_rub"] if key == "official_rub" else sanction["entity_rub"]
            if limits:
                roubles = self.say("руб.", "roubles")
                parts.append(f"{say(who, self.language)} {_grouped(limits[0])}–{_grouped(limits[1])} {roubles}")
        return f"{head}: {'; '.join(parts)}" if parts else head

    def _disputed(self, result: Result) -> Iterator[str]:
        for other in result["disputed"] or ():
            title = other["verdict_title"]
            word = (
                say(title, self.language) if title else say(verdict_word(other["verdict"]), self.language).lower()
            )
            head = self.say("СПОРНО: при прочтении", "DISPUTED: under reading")
            told = f": {say(other['message'], self.language)}" if other["message"] else ""
            yield f"    {head} {self.quoted(other['reading'])} — {word}{told}. {say(other['why'], self.language)}"

    # --- the end ------------------------------------------------------------------------------------------

    def _quarantine(self) -> Iterator[str]:
        for title, records in (
            (self.say("НЕ ПРОВЕРЕНО", "NOT EVALUATED"), self.report["quarantine"]),
            (self.say("ПРЕДУПРЕЖДЕНИЕ", "WARNING"), self.report["warnings"]),
        ):
            if records:
                yield ""
            for record in records:
                yield from self._record(title, record)

    def _record(self, title: str, record: QuarantineRecord) -> Iterator[str]:
        place = record["file"] + (f":{record['line']}:{record['column']}" if record["line"] else "")
        path = f"{record['path']}: " if record["path"] else ""
        yield f"{title}  {place}: {path}{say(record['message'], self.language)} [{record['code']}]"
        if say(record["help"], self.language):
            yield self._field("что сделать", "what to do", say(record["help"], self.language))

    def _summary(self) -> Iterator[str]:
        numbers = self.report["inputs"]
        yield ""
        yield from judgements(self.report["counts"], self.language)
        if "baseline" in self.report:
            yield from baseline.told(self.report["baseline"], self.language)
        yield from self._outcomes()
        names = (
            self.say("проверено", "evaluated"),
            self.say("отложено", "quarantined"),
            self.say("не дошла очередь", "not reached"),
        )
        yield (
            f"{self.say('Документов', 'Documents')} {numbers['documents']} = {names[0]} {numbers['evaluated']}"
            f" + {names[1]} {numbers['quarantined']} + {names[2]} {numbers['not_reached']}"
        )

    def _outcomes(self) -> Iterator[str]:
        """How often each outcome of each decision came, a line per decision."""
        decided = [r for r in self.report["results"] if r["kind"] == "decision" and r["verdict"] != "ok"]
        for policy, group in groupby(sorted(decided, key=lambda r: r["policy"]), key=lambda r: r["policy"]):
            titles = [say(r["verdict_title"] or verdict_word(r["verdict"]), self.language).lower() for r in group]
            told = ", ".join(f"{title} {titles.count(title)}" for title in sorted(set(titles)))
            yield f"{self.say('Решение', 'Decision')} {policy}: {told}"


def _gravity(result: Result) -> tuple[int, str]:
    return (_SEVERITY_ORDER.index(result["severity"] or "info"), result["policy"])


def _grouped(number: int) -> str:
    """A sum with its thousands set apart, in both languages alike."""
    return f"{number:,}".replace(",", " ")


def _ref(result: Result) -> str:
    return f" {result['ref']}" if result["ref"] else ""
