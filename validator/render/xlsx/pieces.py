"""The parts of a finding as texts of cells, one thing a line."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from validator.logic.report import CitedPlace, CriterionResult, Evidence, MissingFact, Result, SanctionText
from validator.logic.result_set import PolicyEntry
from validator.logic.text import Language
from validator.render.personal import is_personal
from validator.render.rollup.words import number_text
from validator.render.words import CAUSES, FORCES, SANCTIONS, say, verdict_word
from validator.render.xlsx import words


def verdict_text(result: Result, language: Language) -> str:
    """The verdict in a word or, of a decision, in its own words."""
    title = result["verdict_title"]
    return say(title, language) if title else say(verdict_word(result["verdict"]), language).lower()


def ground_text(citations: Iterable[CitedPlace], language: Language) -> str:
    """The acts with the places cited and their weight."""
    lines = []
    for _, group in groupby(citations, key=lambda cited: cited["act"]):
        cited = list(group)
        places = ", ".join(place["at"] for place in cited)
        lines.append(f"{say(cited[0]['title'], language)}, {places} ({say(FORCES[cited[0]['force']], language)})")
    return "\n".join(lines)


def facts_text(because: Iterable[Evidence], language: Language) -> str:
    """The facts that decided, without those about persons; that there are such is said."""
    lines, of_persons = [], False
    for fact in because:
        if is_personal(fact["path"]):
            of_persons = True
        else:
            lines.append(f"{say(fact['title'], language)}: {say(fact['value_title'], language)}")
    if of_persons:
        lines.append(say(words.PERSON_FACTS, language))
    return "\n".join(lines)


def place_text(path: str) -> str:
    """The path of a fact; which person it is about is not told: `chats[3].admins[…].kind`."""
    parts: list[str] = []
    names: list[str] = []
    for part in path.split("."):
        name, bracket, _ = part.partition("[")
        names.append(name)
        hidden = bracket and is_personal(".".join(names))
        parts.append(f"{name}[…]" if hidden else part)
    return ".".join(parts)


def cause_text(fact: MissingFact, language: Language) -> str:
    """Why a fact is missing."""
    return say(CAUSES[fact["cause"]], language)


def missing_text(facts: Iterable[MissingFact], language: Language) -> str:
    """Missing facts, each with its cause, each told once."""
    lines = (f"{say(fact['title'], language)} ({cause_text(fact, language)})" for fact in facts)
    return "\n".join(dict.fromkeys(lines))


def instead_text(ways: Iterable[list[MissingFact]], language: Language) -> str:
    """Other sets of facts that would settle the verdict as well."""
    return f"\n{say(words.OR, language)}\n".join(missing_text(way, language) for way in ways)


def disputed_text(result: Result, policy: PolicyEntry, language: Language) -> str:
    """The reading that was chosen, and those that judge otherwise with their verdicts; each with its ground."""
    if not result["disputed"]:
        return ""
    outcomes = {outcome["id"]: say(outcome["title"], language) for outcome in policy["outcomes"]}
    lines = [
        f"{say(words.CHOSEN, language)} {reading['id']}: {verdict_text(result, language)}. "
        f"{say(reading['title'], language)}"
        for reading in policy["readings"]
        if reading["chosen"]
    ]
    for other in result["disputed"]:
        verdict, title = other["verdict"], other["verdict_title"]
        word = (
            say(title, language) if title else outcomes.get(verdict) or say(verdict_word(verdict), language).lower()
        )
        lines.append(f"{say(words.OTHERWISE, language)} {other['reading']}: {word}. {say(other['why'], language)}")
    return "\n".join(lines)


def sanction_text(sanction: SanctionText | None, language: Language) -> str | None:
    """The penalty that the act names: where, whether it applies, how much."""
    if sanction is None:
        return None
    lines = [
        f"{say(sanction['title'], language)}, {sanction['at']}: {say(SANCTIONS[sanction['applies']], language)}"
    ]
    for whom, sums in (
        (words.FOR_OFFICIALS, sanction["official_rub"]),
        (words.FOR_ENTITIES, sanction["entity_rub"]),
    ):
        if sums:
            told = "–".join(number_text(amount) for amount in dict.fromkeys(sums))
            lines.append(f"{say(whom, language)}: {told} {say(words.ROUBLES, language)}")
    return "\n".join(lines)


def failed_text(criteria: Iterable[CriterionResult], language: Language) -> str:
    """The criteria that were not met and the exclusions that hold."""
    lines = []
    for criterion in criteria:
        if criterion["truth"] == ("true" if criterion["exclusion"] else "false"):
            negated = "" if criterion["exclusion"] else say(words.NOT_MET, language)
            lines.append(f"{negated}{say(criterion['title'], language)} ({criterion['id']})")
    return "\n".join(lines)


def subject_text(result: Result, language: Language) -> str:
    """What was judged: the pseudonym of an item, its place where it has none, or the organization."""
    if result["subject"] == "organization":
        return say(words.WHOLE, language)
    return f"{result['subject']} {result['ref']}" if result["ref"] else result["subject"]


def chat_text(result: Result, language: Language) -> str:
    """The pseudonym of a chat, or what else was decided about."""
    return result["ref"] or subject_text(result, language)


def remedy_text(result: Result, language: Language) -> str:
    """What to do about a finding."""
    remedy = [say(result["remedy"], language)] if result["remedy"] and result["verdict"] != "ok" else []
    advice = (one["ru"] if language == "ru" else one["en"] for one in result.get("advice", ()))
    return "\n".join([*remedy, *advice])
