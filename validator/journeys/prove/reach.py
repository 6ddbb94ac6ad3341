"""What a policy reads: fields by the path of their list, and the days on which something about it changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from validator.interpreters.smt.query import Judged
from validator.journeys.impact.content import Part, closure, conditions_of
from validator.journeys.sweep import DAY
from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.expr import (
    AsOf,
    Compare,
    Condition,
    CountOf,
    Field,
    Follow,
    Literal,
    Meets,
    Quantified,
    Ratio,
    Shifted,
    Term,
    children,
    terms_of,
    walk,
)
from validator.logic.policy import Norm, Period, Policy, PolicySet, Subject, Window
from validator.logic.shape import Role


class Read(NamedTuple):
    """A field that a condition reads: the list it is of (`organization`), its path there, who decides about it."""

    about: str
    path: tuple[str, ...]
    role: Role


Paths = Mapping[str, str]


def paths_of(subject: Subject) -> dict[str, str]:
    """The list path behind each scope name that is bound for an item of the subject."""
    found = {ROOT: ROOT}
    parts = subject.path.split(".")
    for index, scope in enumerate(subject.scopes):
        found[scope] = ".".join(parts[: index + 1])
    return found


def fields_read(condition: Condition, policies: PolicySet, paths: Paths) -> Iterator[Read]:
    """Every field and list that a condition reads, through definitions too; a list as a field of its holder."""
    for term in _all_terms(condition):
        if isinstance(term, Field):
            yield Read(paths.get(term.scope, ROOT), term.path, term.shape.role)
        elif isinstance(term, CountOf):
            yield from _inside(term.items.shape.record, term.items, term.bind, term.body, policies, paths)
    match condition:
        case Quantified(items=items, bind=bind, body=body):
            yield from _inside(items.shape.record, items, bind, body, policies, paths)
        case Follow(reference=reference, bind=bind, body=body):
            target = reference.shape.target or ""
            yield from fields_read(body, policies, {**paths, bind: target})
        case Meets(definition=name, scope=scope) if name in policies.definitions:
            definition = policies.definitions[name]
            inner = {ROOT: ROOT}
            parts = paths.get(scope, ROOT).split(".")
            for index, bound in enumerate(definition.scopes):
                inner[bound] = ".".join(parts[: index + 1])
            yield from fields_read(definition.when, policies, inner)
        case Compare():
            pass  # what its counts hold was told above
        case _:
            for part in children(condition):
                yield from fields_read(part, policies, paths)


def _inside(
    record: object, items: object, bind: str, body: Condition, policies: PolicySet, paths: Paths
) -> Iterator[Read]:
    path = getattr(record, "path", "")
    shape = items.shape  # type: ignore[attr-defined]
    yield Read(paths.get(items.scope, ROOT), items.path, shape.role)  # type: ignore[attr-defined]
    yield from fields_read(body, policies, {**paths, bind: path})


def _all_terms(condition: Condition) -> Iterator[Term]:
    for term in terms_of(condition):
        yield term
        if isinstance(term, Ratio):
            continue


# --- days ------------------------------------------------------------------------------------------------------


def cut_days(policies: PolicySet, policy: Policy) -> frozenset[date]:
    """The days on which what a policy says may change: a day in it begins a stretch in which nothing does.

    Days of facts and shifted days are not among them; they change with the snapshot.
    """
    found: set[date] = set()
    for window in _windows(policy):
        found |= _window_cuts(window)
    for condition in conditions_of(policy):
        found |= _literal_cuts(condition)
    for part in closure(policy, policies):
        found |= _part_cuts(part, policies)
    return frozenset(day for day in found if date(1990, 1, 1) < day < date(2100, 1, 1))


def _windows(policy: Policy) -> Iterable[Window]:
    return [clauses.window for clauses in policy.clauses] if isinstance(policy, Norm) else [policy.window]


def _window_cuts(window: Window) -> set[date]:
    found: set[date] = set()
    if isinstance(window.first, Literal) and isinstance(window.first.value, date):
        found.add(window.first.value)
    if isinstance(window.last, Literal) and isinstance(window.last.value, date):
        found.add(window.last.value + DAY)
    return found


def _literal_cuts(condition: Condition) -> set[date]:
    found: set[date] = set()
    for node in walk(condition):
        for term in terms_of(node):
            if isinstance(term, Literal) and isinstance(term.value, date):
                found |= {term.value, term.value + DAY}
    return found


def _part_cuts(part: Part, policies: PolicySet) -> set[date]:
    found: set[date] = set()
    if part.kind == "parameter" and part.name in policies.parameters:
        for row in policies.parameters[part.name].rows:
            found |= _period_cuts(row.period)
            if isinstance(row.value, date):
                found |= {row.value, row.value + DAY}
    elif part.kind == "register" and part.name in policies.registers:
        for entry in policies.registers[part.name].rows:
            found |= _period_cuts(entry.period)
            if entry.announced_on is not None:
                found.add(entry.announced_on)
    elif part.kind == "definition" and part.name in policies.definitions:
        found |= _literal_cuts(policies.definitions[part.name].when)
    return found


def data_cuts(policies: PolicySet, policy: Policy) -> frozenset[date]:
    """The days on which a parameter or a register that a policy rests on begins to say something else."""
    found: set[date] = set()
    for part in closure(policy, policies):
        if part.kind == "parameter" and part.name in policies.parameters:
            for row in policies.parameters[part.name].rows:
                found |= _period_cuts(row.period)
        elif part.kind == "register":
            found |= _part_cuts(part, policies)
    return frozenset(found)


def _period_cuts(period: Period) -> set[date]:
    found = {period.first} if period.first is not None else set()
    return found | ({period.last + DAY} if period.last is not None else set())


# --- what depends on the day -----------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def part_reads(part: Judged) -> frozenset[Read]:
    """Everything that decides the verdict."""
    return frozenset(fields_read(part.verdict, part.mode.policies, paths_of(part.subject)))


def reads(condition: Condition, part: Judged) -> frozenset[Read]:
    """Everything that a condition of a policy reads."""
    return frozenset(fields_read(condition, part.mode.policies, paths_of(part.subject)))


@lru_cache(maxsize=4096)
def met_reads(part: Judged) -> frozenset[Read]:
    """Everything that decides whether what a policy requires is met."""
    return reads(part.met, part)


def every_node(condition: Condition, policies: PolicySet) -> Iterator[Condition]:
    """The condition with everything inside it and inside the definitions it meets."""
    queue, seen = [condition], set[str]()
    while queue:
        for node in walk(queue.pop()):
            yield node
            if isinstance(node, Meets) and node.definition not in seen and node.definition in policies.definitions:
                seen.add(node.definition)
                queue.append(policies.definitions[node.definition].when)


def names_law_date(node: Condition) -> bool:
    """Whether a condition, what is inside it apart, asks for the day of judgement itself."""
    return any(
        isinstance(term, AsOf) or (isinstance(term, Shifted) and isinstance(term.day, AsOf))
        for term in terms_of(node)
    )


def in_vocabulary(vocabulary: Vocabulary, path: str) -> Subject:
    """The items of a list (or the organization) as something to be judged."""
    return Subject(path, vocabulary.scopes_of(path), vocabulary.record_of(path))
