"""The sheet Правила: every policy that judged, with its ground and its numbers."""

from __future__ import annotations

from collections.abc import Mapping

from validator.logic.batch import Judgements, Mark, PersonJudgements, PolicyRow
from validator.logic.result_set import PolicyEntry, ResultSet
from validator.logic.text import Language
from validator.render.rollup.words import person_text
from validator.render.words import FORCES, MODALITIES, SEVERITIES, say
from validator.render.xlsx import pieces, words
from validator.render.xlsx.book import Book, Column, Table
from validator.render.xlsx.cells import Value, day

_NUMBERS = (
    words.ORGANIZATIONS_WITH_VIOLATION,
    words.N_VIOLATIONS,
    words.N_UNKNOWN,
    words.N_ADVICE,
    words.N_WAIVED,
    words.N_MET,
    words.N_EXEMPT,
    words.N_OPEN,
    words.N_NOT_APPLICABLE,
    words.N_NOT_IN_FORCE,
    words.N_DISPUTED,
)
_COLUMNS = (
    Column(words.POLICY, 17, "code"),
    Column(words.TITLE, 34),
    Column(words.SORT, 10),
    Column(words.MODALITY, 14),
    Column(words.SEVERITY, 12),
    Column(words.FORCE, 18),
    Column(words.FROM, 11, "code"),
    Column(words.THROUGH, 11, "code"),
    Column(words.GROUND, 34),
    *(Column(heading, 11.5, "number") for heading in _NUMBERS[:5]),
    Column(words.OUTCOMES, 24),
    Column(words.SANCTION, 46),
    Column(words.ABOUT_PERSONS, 9),
    Column(words.DAYS_DIFFER, 15),
    *(Column(heading, 12.5, "number") for heading in _NUMBERS[5:]),
)


def fill_policies(book: Book, results: ResultSet) -> Table:
    """All policies in the order of their ids."""
    sheet = Table(book, words.POLICIES, _COLUMNS, printed=15, frozen=2)
    figures = {row["policy"]: row for row in results.table["by_policy"]}
    threshold = results.table["persons_rule"]["threshold"]
    for policy in results.policies.values():
        numbers = _Numbers(figures.get(policy["policy"]), policy, threshold, book.language)
        sheet.add(*_row(policy, numbers, book.language))
    return sheet


def _row(policy: PolicyEntry, numbers: _Numbers, language: Language) -> list[Value]:
    modality, severity = policy["modality"], policy["severity"]
    told = numbers.told()
    return [
        policy["policy"],
        say(policy["title"], language),
        say(words.DECISION if policy["kind"] == "decision" else words.NORM, language),
        None if modality is None else say(MODALITIES[modality], language),
        None if severity is None else say(SEVERITIES[severity], language),
        say(FORCES[policy["force"]], language),
        day(policy["in_force_from"]),
        day(policy["in_force_through"]),
        pieces.ground_text(policy["citations"], language),
        *told[:5],
        numbers.outcomes(),
        pieces.sanction_text(policy["sanction"], language),
        say(words.YES if policy["about_persons"] else words.NO, language),
        say(words.YES if policy["in_force_varies"] else words.NO, language),
        *told[5:],
    ]


class _Numbers:
    """The numbers of one policy; those about persons as the roll-up tells them."""

    def __init__(self, row: PolicyRow | None, policy: PolicyEntry, threshold: int, language: Language) -> None:
        self._row = row
        self._policy = policy
        self._threshold = threshold
        self._language: Language = language

    def told(self) -> list[Value]:
        """As the headings have them; None where a number is not counted."""
        if self._row is None:
            return [None] * len(_NUMBERS)
        if self._row["persons"] is not None:
            return self._of_persons(self._row["persons"])
        exact, organizations = self._row["judgements"], self._row["organizations"]
        with_violation = organizations["with_violation"] if organizations else None
        return [with_violation, *(_exact(exact) if exact else [None] * (len(_NUMBERS) - 1))]

    def _of_persons(self, persons: PersonJudgements) -> list[Value]:
        hidden, ok = persons["hidden"], persons["ok"]
        numbers = {
            "violation": persons["violation"],
            "unknown": persons["unknown"],
            "advice": persons["advice"],
            "waived": persons["waived"],
            "ok.met": ok["met"],
            "ok.exempt": ok["exempt"],
            "ok.open": ok["open"],
        }
        told: list[Value] = [self._person(number, hidden.get(title)) for title, number in numbers.items()]
        return [None, *told, None, None, None]

    def _person(self, number: int | None, mark: Mark | None) -> Value:
        return person_text(None, mark, self._threshold, self._language) if number is None else number

    def outcomes(self) -> str | None:
        """How often each outcome of a decision came."""
        if self._row is None or self._policy["kind"] != "decision":
            return None
        persons, exact = self._row["persons"], self._row["judgements"]
        if persons is not None:
            counts: Mapping[str, int | None] = persons["decisions"]
            hidden: Mapping[str, Mark] = persons["hidden"]
        else:
            counts, hidden = (exact["decisions"] if exact else {}), {}
        lines = []
        for outcome in self._policy["outcomes"]:
            name = outcome["id"]
            told = person_text(
                counts.get(name, 0), hidden.get(f"decisions.{name}"), self._threshold, self._language
            )
            lines.append(f"{say(outcome['title'], self._language)}: {told}")
        return "\n".join(lines)


def _exact(judgements: Judgements) -> list[int]:
    ok = judgements["ok"]
    return [
        judgements["violation"],
        judgements["unknown"],
        judgements["advice"],
        judgements["waived"],
        ok["met"],
        ok["exempt"],
        ok["open"],
        ok["not_applicable"],
        ok["not_in_force"],
        judgements["disputed"],
    ]
