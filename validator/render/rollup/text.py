"""The roll-up at the end of a batch: how much was judged, where and under what policies most violations are.

Ten rows of either kind, in at most 100 columns; the file holds all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from validator.logic.batch import Judgements, MunicipalityRow, PersonJudgements, PolicyRow, RollUpTable, RunCoverage
from validator.logic.text import Language, Text
from validator.render.rollup.words import cut, number_text, percent_text, person_text
from validator.render.safe import log_line, one_line
from validator.render.words import say

_SHOWN = 10
_NAME_WIDTH = 38
_OF_PLACES = Text("организаций", "organizations")
_OF_POLICIES = Text("у организаций", "organizations")
_HEADS = (
    Text("нарушений", "violations"),
    Text("и о людях", "and of persons"),
    Text("нет данных, %", "unknown, %"),
)


class _Line(NamedTuple):
    """A row as it is shown."""

    name: str
    organizations: int | None
    exact: Judgements | None
    persons: PersonJudgements | None


def render(table: RollUpTable, language: Language = "ru") -> str:
    """The short roll-up as text."""
    return "".join(log_line(line) + "\n" for line in _Writer(table, language).lines())


class _Writer:
    def __init__(self, table: RollUpTable, language: Language) -> None:
        self.table = table
        self.language = language
        self.threshold = table["persons_rule"]["threshold"]

    def say(self, ru: str, en: str) -> str:
        return ru if self.language == "ru" else en

    def lines(self) -> Iterator[str]:
        yield from self._coverage()
        yield from self._total()
        places = [_of_place(row, self.say("не указан", "not given")) for row in self.table["by_municipality"]]
        policies = [_of_policy(row) for row in self.table["by_policy"]]
        yield from self._worst(
            Text("Муниципалитеты, где нарушений больше всего", "Municipalities with most violations"),
            _OF_PLACES,
            places,
        )
        yield from self._worst(
            Text("Политики, по которым нарушений больше всего", "Policies with most violations"),
            _OF_POLICIES,
            policies,
        )
        yield from self._hidden()

    def _coverage(self) -> Iterator[str]:
        run = self.table["coverage"]
        percent = percent_text(run["percent"], self.language)
        if run["expected"] is None:
            of = self.say("от поданных документов", "of the documents given")
        else:
            of = self.say("от ожидаемых организаций", "of the organizations expected")
        yield f"{self.say('Полнота свода', 'Coverage of the roll-up')}: {percent} % {of}"
        parts = [
            (run["evaluated"], "проверено", "evaluated"),
            (run["quarantined"], "отложено", "quarantined"),
            (run["not_reached"], "не дошла очередь", "not reached"),
        ]
        yield f"  {self.say('документов', 'documents')} {number_text(run['documents'])}: {self._listed(parts)}"
        if run["expected"] is not None:
            parts = [
                (run["missing"] or 0, "нет", "missing"),
                (run["unexpected"] or 0, "лишних", "unexpected"),
            ]
            expected = self.say("ожидалось организаций", "organizations expected")
            yield f"  {expected} {number_text(run['expected'])}: {self._listed(parts)}"
            yield from self._silent()
        if not self.table["complete"]:
            yield self._incomplete(run)

    def _incomplete(self, run: RunCoverage) -> str:
        """Why nobody should judge the whole by these figures."""
        floor = percent_text(run["floor_percent"], self.language)
        if run["not_reached"]:
            why = self.say("проверка прервана", "the run ended early")
        else:
            why = self.say(f"проверено меньше {floor} %", f"less than {floor} % was evaluated")
        return self.say(
            f"СВОД НЕПОЛОН: {why}; судить по нему о целом нельзя", f"INCOMPLETE: {why}; don't judge the whole by it"
        )

    def _silent(self) -> Iterator[str]:
        silent = sum(not row["organizations"]["evaluated"] for row in self.table["by_municipality"])
        if silent:
            told = self.say("муниципалитетов, откуда не пришло ничего", "municipalities that sent nothing")
            yield f"  {told}: {number_text(silent)}"

    def _listed(self, parts: list[tuple[int, str, str]]) -> str:
        return ", ".join(f"{self.say(ru, en)} {number_text(number)}" for number, ru, en in parts)

    def _total(self) -> Iterator[str]:
        total = self.table["total"]
        organizations, exact, persons = total["organizations"], total["judgements"], total["persons"]
        parts = [
            (organizations["with_violation"], "с нарушениями", "with violations"),
            (organizations["with_unknown"], "с нехваткой данных", "with unknowns"),
        ]
        told = self.say("Организаций", "Organizations")
        yield f"{told} {number_text(organizations['evaluated'])}: {self._listed(parts)}"
        share = percent_text(exact["unknown_percent"], self.language)
        parts = [(exact["violation"], "нарушений", "violations"), (exact["unknown"], "нет данных", "unknown")]
        told = self.say("Применимых оценок не о людях", "Applicable judgements not about persons")
        yield f"{told} {number_text(exact['applicable'])}: {self._listed(parts)} ({share} %)"
        if self.table["persons_rule"]["policies"]:
            yield self._persons(persons)

    def _persons(self, persons: PersonJudgements) -> str:
        violations, unknown = (
            person_text(number, persons["hidden"].get(title), self.threshold, self.language)
            for title, number in (("violation", persons["violation"]), ("unknown", persons["unknown"]))
        )
        percent = persons["unknown_percent"]
        share = "" if percent is None else f" ({percent_text(percent, self.language)} %)"
        return self.say(
            f"О людях, сверх того: нарушений {violations}, нет данных {unknown}{share}",
            f"About persons, besides: violations {violations}, unknown {unknown}{share}",
        )

    def _worst(self, title: Text, first: Text, rows: list[_Line]) -> Iterator[str]:
        """The rows with most violations that are told, first those of organizations and persons together."""
        found = sorted((row for row in rows if _violations(row)), key=lambda row: -_violations(row))
        yield ""
        if not found:
            yield f"{say(title, self.language)}: {self.say('нарушений нет', 'no violations')}"
            return
        shown = found[:_SHOWN]
        number = self.say(f"{len(shown)} из {len(rows)}", f"{len(shown)} of {len(rows)}")
        yield f"{say(title, self.language)} ({number}):"
        heads = [say(head, self.language) for head in (first, *_HEADS)]
        yield "  " + " " * _NAME_WIDTH + "".join(f"{head:>15}" for head in heads)
        for row in shown:
            yield f"  {cut(one_line(row.name), _NAME_WIDTH):<{_NAME_WIDTH}}" + "".join(
                f"{cell:>15}" for cell in self._cells(row)
            )

    def _cells(self, row: _Line) -> tuple[str, str, str, str]:
        exact, persons = row.exact, row.persons
        share = exact["unknown_percent"] if exact is not None else persons["unknown_percent"] if persons else None
        return (
            "-" if row.organizations is None else number_text(row.organizations),
            "-" if exact is None else number_text(exact["violation"]),
            "-" if persons is None else self._violations(persons),
            percent_text(share, self.language),
        )

    def _violations(self, persons: PersonJudgements) -> str:
        mark = persons["hidden"].get("violation")
        return person_text(persons["violation"], mark, self.threshold, self.language)

    def _hidden(self) -> Iterator[str]:
        if any(row["persons"] and row["persons"]["hidden"] for row in self.table["by_policy"]) or any(
            row["persons"]["hidden"] for row in self.table["by_municipality"]
        ):
            yield ""
            yield self.say(
                f"Числа людей меньше {self.threshold} не показаны, и те, по которым их можно вычислить.",
                f"Numbers of persons below {self.threshold} are not shown, nor those that would give them away.",
            )


def _violations(row: _Line) -> int:
    """All violations of a row that are told."""
    exact = row.exact["violation"] if row.exact is not None else 0
    return exact + ((row.persons["violation"] or 0) if row.persons is not None else 0)


def _of_place(row: MunicipalityRow, nameless: str) -> _Line:
    name = f"{row['region']} {row['municipality'] or nameless}"
    return _Line(name, row["organizations"]["evaluated"], row["judgements"], row["persons"])


def _of_policy(row: PolicyRow) -> _Line:
    organizations = row["organizations"]
    having = None if organizations is None else organizations["with_violation"]
    return _Line(row["policy"], having, row["judgements"], row["persons"])
