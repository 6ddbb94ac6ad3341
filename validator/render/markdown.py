"""The report as Markdown for merge requests and job summaries: the worst findings in a table, details folded.

Every text of others is written so that it can be nothing but text: no markup, table, link, mention or reference to
an issue comes of a name. What does not fit into the summary of a job is counted and told.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

from validator.journeys.assemble import count
from validator.logic.report import Location, QuarantineRecord, Report, Result
from validator.logic.text import Language, Text
from validator.render.asides import asides
from validator.render.counts import judgements
from validator.render.findings import gravity, is_fine, is_told_on_changes, record_gravity
from validator.render.fitted import Fitted, as_many_as_fit
from validator.render.markdown_text import quiet
from validator.render.telling import bare_mistake, basis_of, details, fate, headline, subject_of, verdict_of, who
from validator.render.words import SEVERITIES, count_ru_en, say

MOST_BYTES = 1_000_000  # GitHub takes 1 MiB from a step, GitLab a million characters in a comment
_MOST_ROWS = 20
_NOTHING_JUDGED = count([])


class Finding(NamedTuple):
    """A result of the report that is told."""

    result: Result


class Mistake(NamedTuple):
    """A mistake in a document; `set_aside` when the document was not evaluated because of it."""

    record: QuarantineRecord
    set_aside: bool


Entry = Finding | Mistake


def render(report: Report, language: Language = "ru") -> str:
    """The report as Markdown."""
    return fit(report, language).text


def fit(report: Report, language: Language = "ru", limit: int = MOST_BYTES) -> Fitted:
    """The report as Markdown of at most `limit` bytes, with the worst findings."""
    entries = _entries(report)

    def made(number: int) -> str:
        return _Writer(report, language, entries[:number], left_out(number, len(entries))).text()

    text, number = as_many_as_fit(len(entries), limit, made)
    return Fitted(text, left_out(number, len(entries)))


def left_out(shown: int, every: int) -> Text | None:
    """What to tell where not everything fits."""
    if shown == every:
        return None
    return Text(
        f"markdown: поместилось {shown} самых серьёзных из {every}, не поместилось {every - shown}; "
        "все есть в -o json",
        f"markdown: the {shown} gravest of {every} fit, {every - shown} do not; all are in -o json",
    )


def _entries(report: Report) -> list[Entry]:
    """Everything that is told, worst first."""
    ranked: list[tuple[tuple[int, int, int], Entry]] = [
        (gravity(result), Finding(result)) for result in report["results"] if not is_fine(result)
    ]
    for set_aside, records in ((True, report["quarantine"]), (False, report["warnings"])):
        rank = record_gravity(set_aside=set_aside)
        ranked += [(rank, Mistake(record, set_aside)) for record in records]
    return [entry for _, entry in sorted(ranked, key=itemgetter(0))]


def _place(location: Location) -> str:
    return _code(f"{location['file']}:{location['line']}:{location['column']}")


def _code(text: str) -> str:
    return f"<code>{quiet(text)}</code>"


class _Writer:
    def __init__(self, report: Report, language: Language, entries: list[Entry], left: Text | None) -> None:
        self.report = report
        self.language = language
        self.left = left
        self.results = [entry.result for entry in entries if isinstance(entry, Finding)]
        self.mistakes = [entry for entry in entries if isinstance(entry, Mistake)]
        self.worst = [entry for entry in entries if not isinstance(entry, Finding) or self._blames(entry.result)]

    def say(self, ru: str, en: str) -> str:
        return ru if self.language == "ru" else en

    def text(self) -> str:
        """The whole document."""
        return "".join(line + "\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        yield from self._head()
        yield from self._table()
        yield from self._mistakes(set_aside=True)
        yield from self._findings()
        yield from self._others()
        yield from self._mistakes(set_aside=False)
        if self.left is not None:
            yield from ("", f"> **{quiet(say(self.left, self.language))}**")

    # --- the head -----------------------------------------------------------------------------------------

    def _head(self) -> Iterator[str]:
        numbers, policies = self.report["inputs"], self.report["policy_set"]
        yield f"### {self.say('Сверка', 'Sverka')}: {self._in_short()}"
        for line in judgements(self.report["counts"], self.language):
            yield from ("", quiet(line))
        law = self.report["law_date"]
        day = quiet(law) if law else self.say("день каждого снимка", "the day of each snapshot")
        norms = say(count_ru_en(policies["norms"], ("норма", "нормы", "норм"), ("norm", "norms")), self.language)
        told = [
            f"{self.say('Документов', 'Documents')} {numbers['documents']}",
            f"{self.say('проверено', 'evaluated')} {numbers['evaluated']}",
            f"{self.say('отложено', 'quarantined')} {numbers['quarantined']}",
            f"{self.say('не дошла очередь', 'not reached')} {numbers['not_reached']}",
        ]
        if self.report["counts"] != _NOTHING_JUDGED:
            digest = policies["digest"].removeprefix("sha256:")[:12]
            told += [f"{self.say('право на', 'law of')} {day}", f"{norms} (<code>{digest}</code>)"]
        yield from ("", ", ".join(told))
        for aside in asides(self.report, self.language):
            yield from ("", f"> {quiet(aside.text)}")

    def _in_short(self) -> str:
        counts, numbers = self.report["counts"], self.report["inputs"]
        parts = [
            (counts["violation"], "нарушений", "violations"),
            (counts["unknown"], "нет данных", "unknown"),
            (numbers["quarantined"], "документов не проверено", "documents not evaluated"),
            (numbers["not_reached"], "до документов не дошла очередь", "documents not reached"),
        ]
        told = ", ".join(f"{self.say(ru, en)} {number}" for number, ru, en in parts if number)
        return told or self.say("замечаний нет", "nothing found")

    # --- the worst ----------------------------------------------------------------------------------------

    @staticmethod
    def _blames(result: Result) -> bool:
        return is_told_on_changes(result)

    def _table(self) -> Iterator[str]:
        rows = [entry for entry in self.worst if isinstance(entry, Finding) or entry.set_aside]
        if not rows:
            return
        names = (
            self.say("вердикт", "verdict"),
            self.say("важность", "severity"),
            self.say("правило", "rule"),
            self.say("что найдено", "finding"),
            self.say("организация", "organization"),
            self.say("место", "place"),
        )
        yield from ("", f"| {' | '.join(names)} |", "|" + " --- |" * len(names))
        for entry in rows[:_MOST_ROWS]:
            yield f"| {' | '.join(self._cells(entry))} |"
        if len(rows) > _MOST_ROWS:
            rest = len(rows) - _MOST_ROWS
            told = self.say(f"И ещё {rest}; подробности ниже.", f"And {rest} more; details below.")
            yield from ("", f"*{told}*")

    def _cells(self, entry: Entry) -> tuple[str, ...]:
        if isinstance(entry, Mistake):
            word = fate(self.language, set_aside=entry.set_aside)
            told = quiet(bare_mistake(entry.record, self.language))
            return f"**{word}**", "", _code(entry.record["code"]), told, "", self._record_place(entry.record)
        result = entry.result
        return (
            f"**{quiet(verdict_of(result, self.language))}**",
            self._severity(result),
            _code(result["policy"]),
            quiet(headline(result, self.language)),
            quiet(who(result, self.language)),
            _place(result["location"]),
        )

    def _severity(self, result: Result) -> str:
        return say(SEVERITIES[result["severity"]], self.language) if result["severity"] else ""

    # --- folded parts -------------------------------------------------------------------------------------

    def _folded(self, title: str, lines: Iterator[str], *, opened: bool = False) -> Iterator[str]:
        """A part to unfold; `title` is Markdown that is safe already."""
        yield from ("", f"<details{' open' if opened else ''}><summary>{title}</summary>", "")
        yield from lines
        yield from ("", "</details>")

    def _mistakes(self, *, set_aside: bool) -> Iterator[str]:
        records = [entry.record for entry in self.mistakes if entry.set_aside is set_aside]
        if records:
            told = (
                self.say("Документы не проверены, ошибок", "Documents not evaluated, mistakes")
                if set_aside
                else self.say("Предупреждений", "Warnings")
            )
            lines = (self._mistake(record) for record in records)
            yield from self._folded(f"<b>{told}: {len(records)}</b>", lines, opened=set_aside)

    def _mistake(self, record: QuarantineRecord) -> str:
        help_ = say(record["help"], self.language)
        told = quiet(bare_mistake(record, self.language)) + (f" — {quiet(help_)}" if help_ else "")
        return f"- {self._record_place(record)} {told} {_code(record['code'])}"

    @staticmethod
    def _record_place(record: QuarantineRecord) -> str:
        return _code(record["file"] + (f":{record['line']}:{record['column']}" if record["line"] else ""))

    def _findings(self) -> Iterator[str]:
        """What a review has to look at, a part for each policy, the policy with the worst finding first."""
        policies: dict[str, list[Result]] = {}
        for result in filter(self._blames, self.results):
            policies.setdefault(result["policy"], []).append(result)
        for policy, results in policies.items():
            first = results[0]
            title = f"{_code(policy)} {self._severity(first)}: {quiet(say(first['title'], self.language))}"
            yield from self._folded(f"{title} — {len(results)}", self._of_policy(results))

    def _others(self) -> Iterator[str]:
        """What stops nothing: waived violations, disputed judgements that are fine, decisions."""
        rest = [result for result in self.results if not self._blames(result)]
        for title, chosen in (
            (Text("Отступления", "Waived"), [r for r in rest if r["verdict"] == "waived"]),
            (
                Text("Спорное: соблюдено по выбранному прочтению", "Disputed: fine by the chosen reading"),
                [r for r in rest if r["verdict"] == "ok"],
            ),
            (Text("Решения", "Decisions"), [r for r in rest if r["verdict"] not in ("waived", "ok")]),
        ):
            if chosen:
                yield from self._folded(f"{say(title, self.language)}: {len(chosen)}", self._bullets(chosen))

    def _of_policy(self, results: list[Result]) -> Iterator[str]:
        yield f"{self.say('Основание', 'Basis')}: {quiet(basis_of(results[0], self.language))}"
        yield ""
        yield from self._bullets(results, of_policy=False)

    def _bullets(self, results: list[Result], *, of_policy: bool = True) -> Iterator[str]:
        for result in results:
            verdict, told = quiet(verdict_of(result, self.language)), quiet(headline(result, self.language))
            whose = quiet(who(result, self.language))
            subject = f"{_place(result['location'])} {_code(subject_of(result))}"
            yield f"- **{verdict}** {_code(result['policy'])} {told} — {whose}, {subject}"
            for heading, text in details(result, self.language, of_policy=of_policy):
                yield f"  - {heading}: {quiet(text)}"
