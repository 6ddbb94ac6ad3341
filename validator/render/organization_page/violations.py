"""Violations, advice: what was found under one policy is one entry, however many items it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from validator.logic.report import PolicyEntry, Result, SanctionText
from validator.logic.text import Language, Text
from validator.render import baseline
from validator.render.findings import is_known, severity_of
from validator.render.organization_page.naming import Folded, Naming, Places, general
from validator.render.organization_page.words import chosen_text, force_text, other_text, times_text
from validator.render.rollup.words import number_text
from validator.render.telling import basis_of, fact_of
from validator.render.waivers.words import day_text
from validator.render.words import SANCTIONS, SEVERITIES, say, verdict_word

_MOST_FACTS = 4
_MOST_CASES = 8
_NO_DAY = "9999-12-31"


class Case(NamedTuple):
    """One message and the items that it was said of."""

    message: str
    places: list[Places]


class Entry(NamedTuple):
    """What is told of one policy.

    `heading` says what is wrong; `requirement` is the policy, empty where they agree. `since` is there
    where the policy has no last day, `term` where it has one.
    """

    policy: str
    severity: str
    severity_word: str
    heading: str
    requirement: str
    times: str
    cases: list[Case]
    more_cases: list[Case]
    more: str
    todo: list[str]
    since: str
    term: str
    facts: Folded
    basis: str
    sanction: str
    otherwise: list[str]
    known: str


def entries(found: Iterable[Result], naming: Naming) -> list[Entry]:
    """The findings by policy: the gravest first, then what must be done sooner."""
    by_policy: dict[str, list[Result]] = {}
    for result in found:
        by_policy.setdefault(result["policy"], []).append(result)
    return [_entry(results, naming) for results in sorted(by_policy.values(), key=lambda r: _order(r, naming))]


def _order(results: list[Result], naming: Naming) -> tuple[int, str, str]:
    entry = naming.policies.get(results[0]["policy"])
    return min(map(rank, results)), _days(entry)[1] or _NO_DAY, results[0]["policy"]


def rank(result: Result) -> int:
    """The place of a finding by severity, the gravest 0."""
    return list(SEVERITIES).index(severity_of(result))


def _entry(results: list[Result], naming: Naming) -> Entry:
    language = naming.language
    first = min(results, key=rank)
    title = say(first["title"], language)
    cases = _cases(results, naming)
    heading = cases[0].message if len(cases) == 1 else title
    began, last = _days_told(naming.policies.get(first["policy"]), language)
    shown = len(cases) if len(cases) <= _MOST_CASES + 2 else _MOST_CASES
    rest = naming.folded([case.message for case in cases], shown)
    return Entry(
        policy=first["policy"],
        severity=severity_of(first),
        severity_word=say(SEVERITIES[severity_of(first)], language),
        heading=heading,
        requirement="" if heading == title else title,
        times=times_text(len(results), language) if len(results) > 1 else "",
        cases=cases[:shown],
        more_cases=cases[shown:],
        more=rest.more,
        todo=list(dict.fromkeys(say(r["remedy"], language) for r in results if r["remedy"])),
        since="" if last else force_text(began, None, language),
        term=force_text(began, last, language) if last else "",
        facts=_facts(results, naming),
        basis=basis_of(first, language),
        sanction=_sanction(first["sanction"], language) if first["sanction"] else "",
        otherwise=_otherwise(results, naming),
        known=_known(results, language),
    )


def _cases(results: list[Result], naming: Naming) -> list[Case]:
    lines = {result["subject"]: result["location"]["line"] for result in results}
    by_message: dict[str, list[str]] = {}
    for result in results:
        message = say(result["message"] or result["title"], naming.language)
        by_message.setdefault(message, []).append(result["subject"])
    return [
        Case(message, naming.places(subjects, {subject: lines[subject] for subject in subjects}))
        for message, subjects in by_message.items()
    ]


def _facts(results: list[Result], naming: Naming) -> Folded:
    """What was observed in every one of the findings, the most telling first."""
    told = [
        {(general(evidence["path"]), fact_of(evidence, naming.language)): None for evidence in result["because"]}
        for result in results
    ]
    common = [fact for key in told[0] if all(key in facts for facts in told) for fact in [key[1]]]
    return naming.folded(list(dict.fromkeys(common)), _MOST_FACTS)


def _known(results: list[Result], language: Language) -> str:
    number = sum(map(is_known, results))
    if not number:
        return ""
    told = baseline.known(language)
    return told if number == len(results) else f"{told}: {number} / {len(results)}"


# --- parts --------------------------------------------------------------------------------------------------


def _days_told(entry: PolicyEntry | None, language: Language) -> tuple[str | None, str | None]:
    """The days on which the policy is in force, as the language writes them."""
    first, last = (None if day is None else day_text(day, language) for day in _days(entry))
    return first, last


def _days(entry: PolicyEntry | None) -> tuple[str | None, str | None]:
    # A policy whose days differ by region has the widest ones in its entry; those are not this organization's.
    if entry is None or entry["in_force_varies"]:
        return None, None
    return entry["in_force_from"], entry["in_force_through"]


def _sanction(sanction: SanctionText, language: Language) -> str:
    head = f"{say(sanction['title'], language)}, {sanction['at']} — {say(SANCTIONS[sanction['applies']], language)}"
    limits = (
        (sanction["official_rub"], Text("должностное лицо", "an official")),
        (sanction["entity_rub"], Text("организация", "the organization")),
    )
    told = [f"{say(who, language)} {_roubles(sums, language)}" for sums, who in limits if sums]
    return f"{head}: {', '.join(told)}" if told else head


def _roubles(sums: Sequence[int], language: Language) -> str:
    low, high = number_text(sums[0]), number_text(sums[1])
    return say(Text(f"{low}–{high} руб.", f"{low}–{high} roubles"), language)


def _otherwise(results: list[Result], naming: Naming) -> list[str]:
    """Why the chosen reading was chosen, and what others give, with the number of findings if not of all."""
    language = naming.language
    told = [other_text(line, language) for result in results for line in dict.fromkeys(readings(result, language))]
    why = naming.why_chosen(results[0]["policy"])
    lines = [chosen_text(why, language)] if told and why else []
    for line, same in groupby(sorted(told)):
        number = len(list(same))
        lines.append(line if number == len(results) else f"{line} ({times_text(number, language)})")
    return lines


def readings(result: Result, language: Language) -> list[str]:
    """The verdict of each other reading that differs, and its ground."""
    told = []
    for other in result["disputed"] or ():
        title = other["verdict_title"]
        word = say(title, language) if title else say(verdict_word(other["verdict"]), language).lower()
        told.append(f"{word}. {say(other['why'], language)}")
    return told
