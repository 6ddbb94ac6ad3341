"""What is told of policies about persons: numbers of the whole run, the small ones hidden."""

from __future__ import annotations

from typing import NamedTuple

from validator.logic.batch import PersonJudgements, RollUpTable
from validator.logic.report import PolicyEntry
from validator.logic.text import Language, Text
from validator.render.rollup.words import person_text
from validator.render.safe import one_line
from validator.render.words import say


class PersonRow(NamedTuple):
    """A policy about persons and its numbers: violations, unknowns, advice, waived, met."""

    policy: str
    title: str
    cells: list[str]


def person_rows(table: RollUpTable, entries: dict[str, PolicyEntry], language: Language) -> list[PersonRow]:
    """The policies about persons, in the order of the roll-up."""
    threshold = table["persons_rule"]["threshold"]
    return [
        PersonRow(
            policy=one_line(row["policy"]),
            title=one_line(say(entries[row["policy"]]["title"], language)) if row["policy"] in entries else "",
            cells=_cells(persons, threshold, language),
        )
        for row in table["by_policy"]
        if (persons := row["persons"]) is not None
    ]


def _cells(persons: PersonJudgements, threshold: int, language: Language) -> list[str]:
    hidden = persons["hidden"]
    told = (
        ("violation", persons["violation"]),
        ("unknown", persons["unknown"]),
        ("advice", persons["advice"]),
        ("waived", persons["waived"]),
        ("ok.met", persons["ok"]["met"]),
        ("ok.exempt", persons["ok"]["exempt"]),
        ("ok.open", persons["ok"]["open"]),
    )
    return [person_text(number, hidden.get(title), threshold, language) for title, number in told]


def rule(table: RollUpTable, language: Language) -> str:
    """Why the page lists no finding about a person, and which numbers it hides."""
    threshold = table["persons_rule"]["threshold"]
    told = Text(
        "Находки о людях в этом отчёте не перечислены ни по людям, ни по организациям: они на страницах "
        f"организаций. Числа меньше {threshold} не показаны, и те, по которым их можно вычислить.",
        "Findings about persons are not listed in this report, neither by person nor by organization: they are on "
        f"pages of organizations. Numbers below {threshold} are not shown, nor those that would give them away.",
    )
    return say(told, language)
