"""A policy as the summary page tells it."""

from __future__ import annotations

from itertools import groupby
from typing import TypedDict

from validator.logic.report import CitedPlace, PolicyEntry, SanctionText
from validator.logic.text import Language, Text
from validator.render.html.words import KINDS, SCRIPT
from validator.render.safe import one_line
from validator.render.waivers.words import day_text
from validator.render.words import FORCES, MODALITIES, SANCTIONS, SEVERITIES, say

RANKS = tuple(SEVERITIES)


class GroundRow(TypedDict):
    """An act with the places cited, its weight, and whether a person has compared it with the official text."""

    title: str
    at: str
    force: str
    checked: str


class PolicyRow(TypedDict):
    """A policy in one language. `rank` orders severities, the gravest first; a decision comes last."""

    id: str
    title: str
    kind: str
    severity: str
    rank: int
    in_force: str
    ground: list[GroundRow]
    sanction: str


def policy_row(entry: PolicyEntry, language: Language) -> PolicyRow:
    """What the page says of a policy."""
    modality, severity = entry["modality"], entry["severity"]
    kind = KINDS[entry["kind"]] if modality is None else MODALITIES[modality]
    return {
        "id": one_line(entry["policy"]),
        "title": one_line(say(entry["title"], language)),
        "kind": say(kind, language),
        "severity": say(SEVERITIES[severity], language) if severity else "",
        "rank": RANKS.index(severity) if severity else len(RANKS),
        "in_force": in_force(entry, language),
        "ground": ground_rows(entry["citations"], language),
        "sanction": "" if entry["sanction"] is None else sanction_text(entry["sanction"], language),
    }


def in_force(entry: PolicyEntry, language: Language) -> str:
    """The days on which a policy can judge anybody."""
    told = period(entry["in_force_from"], entry["in_force_through"], language)
    if not entry["in_force_varies"]:
        return told
    varies = say(Text("не у всех организаций одинаково", "not the same for every organization"), language)
    return varies if told == "—" else f"{told}; {varies}"


def period(first: str | None, last: str | None, language: Language) -> str:
    """The days from the first to the last, both counting; one that is None is no bound."""
    told = []
    if first is not None:
        told.append(f"{'с' if language == 'ru' else 'from'} {day_text(first, language)}")
    if last is not None:
        told.append(f"{'по' if language == 'ru' else 'through'} {day_text(last, language)}")
    return " ".join(told) or "—"


def ground_rows(citations: list[CitedPlace], language: Language) -> list[GroundRow]:
    """The acts, each with all of its places that stand beside one another."""
    return [
        {
            "title": one_line(say(places[0]["title"], language)),
            "at": one_line(", ".join(place["at"] for place in places)),
            "force": say(FORCES[places[0]["force"]], language),
            "checked": _checked(checked_on, language),
        }
        for (_, checked_on), group in groupby(citations, key=lambda place: (place["act"], place["checked_on"]))
        if (places := list(group))
    ]


def _checked(day: str, language: Language) -> str:
    if day == "never":
        return say(SCRIPT["checked_never"], language)
    return say(SCRIPT["checked"], language).replace("{day}", day_text(day, language))


def sanction_text(sanction: SanctionText, language: Language) -> str:
    """The act that names the penalty, for whom how much, and whether it applies."""
    told = [f"{say(sanction['title'], language)}, {sanction['at']}"]
    for name_ru, name_en, limits in (
        ("должностному лицу", "an official", sanction["official_rub"]),
        ("организации", "the organization", sanction["entity_rub"]),
    ):
        if limits:
            told.append(f"{name_ru if language == 'ru' else name_en}: {_roubles(limits, language)}")
    told.append(say(SANCTIONS[sanction["applies"]], language))
    return one_line("; ".join(told))


def _roubles(limits: list[int], language: Language) -> str:
    numbers = "–".join(f"{number:,}".replace(",", "\N{NO-BREAK SPACE}") for number in sorted(set(limits)))
    return f"{numbers} ₽" if language == "ru" else f"{numbers} roubles"
