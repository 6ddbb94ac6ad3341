"""What decisions came to: which chats and people move, and what to do with those that don't."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from validator.logic.report import CriterionResult, Result
from validator.logic.text import Language, Text
from validator.render.organization_page.naming import ORGANIZATION, Naming, Places, general
from validator.render.organization_page.violations import readings
from validator.render.organization_page.words import WORDS
from validator.render.telling import basis_of
from validator.render.words import say, verdict_word

# The organization's own transfer first, then its chats, then whatever else is decided about.
_ORDER = (ORGANIZATION, "chats[]")
_SHOWN_FINE = 6


class Reason(NamedTuple):
    """Why an outcome came, and what to do about it where there is something to do."""

    why: str
    todo: str


class Row(NamedTuple):
    """Items with the same outcome for the same reasons. `acts`: there is something to do about them."""

    outcome: str
    verdict: str
    reasons: list[Reason]
    disputed: bool
    places: list[Places]
    acts: bool


class Decided(NamedTuple):
    """One decision; `numbers` say how often each outcome came; `of_organization`: it is about nothing else."""

    policy: str
    title: str
    label: str
    numbers: list[tuple[str, int]]
    rows: list[Row]
    basis: str
    of_organization: bool


class _Same(NamedTuple):
    """What items of one row have in common."""

    verdict: str
    outcome: str
    reasons: tuple[Reason, ...]
    disputed: bool


def decisions(found: Iterable[Result], naming: Naming) -> list[Decided]:
    """The decisions: about the organization, about its chats, about others."""
    by_policy: dict[str, list[Result]] = {}
    for result in found:
        by_policy.setdefault(result["policy"], []).append(result)
    return sorted(
        (_decided(results, naming) for results in by_policy.values()), key=lambda one: _place(one, by_policy)
    )


def _place(one: Decided, by_policy: dict[str, list[Result]]) -> tuple[int, str]:
    subject = general(by_policy[one.policy][0]["subject"])
    return (_ORDER.index(subject) if subject in _ORDER else len(_ORDER), one.policy)


def _decided(results: list[Result], naming: Naming) -> Decided:
    language = naming.language
    first = results[0]
    by_row: dict[_Same, list[str]] = {}
    for result in results:
        by_row.setdefault(_same(result, language), []).append(result["subject"])
    wanted = _wanted(results, language)
    rows = [_row(same, subjects, wanted, naming) for same, subjects in by_row.items()]
    numbers = Counter(outcome_of(result, language) for result in results)
    of_organization = all(result["subject"] == ORGANIZATION for result in results)
    return Decided(
        policy=first["policy"],
        title=say(first["title"], language),
        label="" if of_organization else naming.title(first["subject"]),
        numbers=numbers.most_common(),
        rows=sorted(rows, key=_row_order),
        basis=basis_of(first, language),
        of_organization=of_organization,
    )


def outcome_of(result: Result, language: Language) -> str:
    """The outcome in words."""
    title = result["verdict_title"]
    return say(title, language) if title else say(verdict_word(result["verdict"]), language).lower()


def _row(same: _Same, subjects: list[str], wanted: str, naming: Naming) -> Row:
    acts = any(reason.todo for reason in same.reasons)
    unknown = same.verdict == "unknown"
    return Row(
        outcome=same.outcome,
        verdict=same.verdict,
        reasons=[Reason(wanted, "")] if unknown and wanted else list(same.reasons),
        disputed=same.disputed,
        # Nobody has to look up one by one what takes care of itself.
        places=naming.places(subjects) if acts or unknown else naming.places(subjects, shown=_SHOWN_FINE),
        acts=acts,
    )


def _wanted(results: Iterable[Result], language: Language) -> str:
    """The facts that outcomes wait for, each once."""
    titles = {
        say(fact["title"], language): None
        for result in results
        if result["verdict"] == "unknown"
        for fact in result["missing"]
    }
    return f"{'; '.join(titles)} ({say(WORDS['below'], language)})" if titles else ""


def _row_order(row: Row) -> tuple[int, str, int]:
    """What needs doing first, then what is not known, then what takes care of itself; the largest rows first."""
    urgency = 0 if row.acts else 1 if row.verdict == "unknown" else 2
    return urgency, row.outcome, -sum(place.number for place in row.places)


def _same(result: Result, language: Language) -> _Same:
    return _Same(
        verdict=result["verdict"],
        outcome=outcome_of(result, language),
        reasons=tuple(_reasons(result, language)),
        disputed=bool(readings(result, language)),
    )


def _reasons(result: Result, language: Language) -> list[Reason]:
    """What a verdict rests on: reasons with advice in the order of criteria, then the others together."""
    if result["verdict"] == "unknown":
        return []  # told of all of them together
    criteria = result.get("criteria", [])
    against = [criterion for criterion in criteria if _speaks_against(criterion)]
    if criteria and not against and all(criterion["truth"] != "unknown" for criterion in criteria):
        return [Reason(say(WORDS["all_met"], language), "")]
    advice = {one["criterion"]: one["ru"] if language == "ru" else one["en"] for one in result.get("advice", ())}
    advised = [Reason(_reason(one, language), advice.pop(one["id"])) for one in against if one["id"] in advice]
    others = "; ".join(_reason(one, language) for one in against if one["id"] not in _ids(result))
    # An older report may advise on a criterion that it does not list.
    unexplained = [Reason("", text) for text in advice.values()]
    return [*advised, *unexplained, *([Reason(others, "")] if others else [])]


def _ids(result: Result) -> set[str]:
    return {one["criterion"] for one in result.get("advice", ())}


def _speaks_against(criterion: CriterionResult) -> bool:
    return criterion["truth"] == ("true" if criterion["exclusion"] else "false")


def _reason(criterion: CriterionResult, language: Language) -> str:
    negated = Text("", "") if criterion["exclusion"] else WORDS["not_met"]
    return say(negated, language) + say(criterion["title"], language)
