"""Names of proposed examples: what comes out, and the facts that matter most for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from validator.interpreters.naming import name_of
from validator.journeys.lint.conditions import of_policy
from validator.journeys.mutants.model import Mutant, policy_of
from validator.logic.expr import AsOf, Condition, Field, ListedIn, Shifted, Term, terms_of, walk
from validator.logic.facts import Snapshot
from validator.logic.policy import Norm, PolicySet, Window
from validator.logic.problem import Span
from validator.logic.report import Result
from validator.logic.text import Language, Text

MOST_FACTS = 3


def name_for(
    result: Result,
    snapshot: Snapshot,
    mutant: Mutant,
    policies: PolicySet,
    words: Mapping[str, Text],
    language: Language,
) -> str:
    """The name of an example: up to three facts that the changed place speaks of, then the verdict or reason.

    `words` names verdicts and reasons.
    """
    expected = result["reason"] or result["verdict"]
    title = words.get(expected)
    if result["verdict_title"] is not None:
        said = result["verdict_title"][language]
    else:
        said = title.in_language(language) if title else expected
    if said.isupper():  # as reports print a verdict
        said = said.lower()
    facts = list(_facts(result, fields_at(mutant, policies), language))
    if mutant.kind == "parameter":
        of_row = list(_of_row(snapshot, mutant, policies, language))
        facts = [*of_row, *(fact for fact in facts if fact not in of_row)]
    return f"{', '.join(facts)}: {said}" if facts else said


def _facts(result: Result, fields: frozenset[str], language: Language) -> Iterator[str]:
    """The facts that decided, those of the changed place first; without any of them the day of the snapshot."""
    told = [
        (e["path"].rpartition(".")[2], e["title"][language], e["value_title"][language]) for e in result["because"]
    ]
    told += [
        (fact["path"].rpartition(".")[2], fact["title"][language], "неизвестно" if language == "ru" else "unknown")
        for fact in result["missing"]
    ]
    told.sort(key=lambda fact: fact[0] not in fields)
    wanted = [fact for fact in told if fact[0] in fields] or told[:1]
    lines = dict.fromkeys(f"{title} — {value}" for _, title, value in wanted)
    yield from [*lines][:MOST_FACTS]
    if "as_of" in fields or not fields:
        yield f"на {result['as_of']}" if language == "ru" else f"on {result['as_of']}"


def _of_row(snapshot: Snapshot, mutant: Mutant, policies: PolicySet, language: Language) -> Iterator[str]:
    """The region and kind of the organization, as far as the rows of a parameter speak of them."""
    rows = policies.parameters[mutant.owner].rows
    for name, said in (("region", any(row.region for row in rows)), ("kind", any(row.kind for row in rows))):
        shape, value = snapshot.root.shape.fields[name], snapshot.root.values[name]
        if said:
            title, told = shape.title.in_language(language), name_of(value, shape, policies).in_language(language)
            yield f"{title} — {told}"


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def fields_at(mutant: Mutant, policies: PolicySet) -> frozenset[str]:
    """The names of the fields that the changed place speaks of; `as_of` for the day itself."""
    match mutant.kind:
        case "policy":
            policy = policy_of(policies, mutant.owner)
            conditions = [*of_policy(policy)]
            windows = [c.window for c in policy.clauses] if isinstance(policy, Norm) else [policy.window]
            days = {name for window in windows for name in _of_window(window, mutant.span)}
            found = {name for one in conditions for name in _in(one, mutant.span)}
            return frozenset(days | found)
        case "definition":
            return frozenset(_in(policies.definitions[mutant.owner].when, mutant.span))
        case "parameter":
            users = [one for name in mutant.touches for one in of_policy(policy_of(policies, name))]
            own = {name for one in users for node in walk(one) for term in terms_of(node) for name in _names(term)}
            return frozenset({*(name for name in own if name.endswith("_on")), "as_of"})
        case "register":
            users = [one for name in mutant.touches for one in of_policy(policy_of(policies, name))]
            listed = {n.field.path[-1] for one in users for n in walk(one) if isinstance(n, ListedIn)}
            return frozenset({*listed, "service", "platform", "as_of"})


def _of_window(window: Window, span: Span) -> Iterator[str]:
    """The judged day and the ends of a window, when the place is one of them."""
    parts = (window.first, window.last, window.judged_from, window.judged_through)
    given = [part for part in parts if part is not None]
    if any(_meet(part.span, span) for part in given):
        yield "as_of"
        for part in given:
            yield from _names(part)


def _in(condition: Condition, span: Span) -> Iterator[str]:
    for node in walk(condition):
        if _meet(node.span, span):
            for inner in walk(node) if node.span == span else (node,):
                for term in terms_of(inner):
                    yield from _names(term)


def _meet(one: Span, other: Span) -> bool:
    """Whether one of two places lies in the other, or they are on the same line."""
    return one.file == other.file and (one == other or one.line == other.line)


def _names(term: Term) -> Iterator[str]:
    match term:
        case Field(path=path):
            yield path[-1]
        case AsOf():
            yield "as_of"
        case Shifted(day=day):
            yield from _names(day)
        case _:
            return
