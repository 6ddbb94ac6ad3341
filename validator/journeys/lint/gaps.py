"""What the norms of a topic leave uncovered though it is declared that they cover everything (ANA-A9).

Asked for each kind of organization and for each stretch of days in which nothing about the norms changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from validator.interpreters.readings import overrides_of, readings_of, window_condition
from validator.journeys.lint.conditions import of_policy
from validator.journeys.lint.regions.search import Possible, Search
from validator.journeys.lint.uses import uses_of
from validator.journeys.sweep import DAY, joined, stretches
from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.expr import AllOf, AsOf, Compare, Condition, Field, Literal, terms_of, walk
from validator.logic.policy import (
    Cover,
    Decision,
    Modality,
    Norm,
    Period,
    Policy,
    PolicySet,
    Subject,
    Topic,
    Window,
)
from validator.logic.values import Order


class Gap(NamedTuple):
    """Days, and the kinds of organization that no norm applies to on them; of each kind when there is none."""

    days: Period
    kinds: tuple[str, ...]


class Unclear(NamedTuple):
    """It could not be decided whether everything is covered."""

    why: str


class _Part(NamedTuple):
    """A policy on one of its lists: when it is in force and applies."""

    policy: Policy
    path: str
    window: Window
    applies: Condition


def gaps(policies: PolicySet, vocabulary: Vocabulary, topic: Topic, cover: Cover) -> Iterator[Gap | Unclear]:
    """The longest stretches of days with the kinds that are left uncovered all along."""
    parts = [
        part
        for policy in policies.policies()
        if policy.topic == topic.name
        for part in _parts(policy)
        if part.path == cover.about
    ]
    found = _Cells(policies, vocabulary, cover, parts)
    if found.why:
        yield Unclear(found.why)
        return
    whole = found.uncovered(cover.period)
    if whole.yes is None:
        yield Unclear(whole.why)
    elif whole.yes:
        yield from found.gaps()


class _Cells:
    """The questions about one domain; `why` says what stands in the way of asking, "" when nothing does."""

    def __init__(self, policies: PolicySet, vocabulary: Vocabulary, cover: Cover, parts: list[_Part]) -> None:
        self.policies, self.cover, self.parts = policies, cover, parts
        self.kind = vocabulary.root.fields["kind"]
        judged = [part.window.judged_through for part in parts]
        changes = overrides_of(*(reading for part in parts for reading in readings_of(part.policy)[0]))
        alike = all(one == judged[0] for one in judged) and not any(changes[:3])
        self.why = "" if alike else "readings"
        window = Window(judged_through=judged[0] if judged else None)
        subject = Subject(cover.about, cover.scopes, vocabulary.record_of(cover.about))
        self.search = Search(policies, vocabulary.root, overrides_of(), subject, window, pointed=True)
        self.silent = [(part.applies, False) for part in parts]

    def uncovered(self, days: Period, kind: str | None = None) -> Possible:
        """Whether something of the domain can be left out on one of the days."""
        goals = [(self.cover.when, True), (_within(days), True), *self.silent]
        if kind is not None:
            goals.append((Compare(Field(ROOT, ("kind",), self.kind), Order.IS, Literal(kind)), True))
        return self.search.possible(goals)

    def gaps(self) -> Iterator[Gap]:
        """The gaps, earlier ones first."""
        pieces = stretches(self._cuts(), self.cover.period)
        found: list[tuple[Period, str]] = []
        for kind in self.kind.values:
            left = [days for days in pieces if self.uncovered(days, kind).yes]
            found += [(days, kind) for days in joined(left)]
        found.sort(key=lambda cell: (cell[0].first or date.min, cell[0].last or date.max))
        for days, cells in groupby(found, key=lambda cell: cell[0]):
            kinds = tuple(kind for _, kind in cells)
            yield Gap(days, () if len(kinds) == len(self.kind.values) else kinds)

    def _cuts(self) -> set[date]:
        """The days on which something about the norms begins to be otherwise."""
        found: set[date] = set()
        for part in self.parts:
            uses = uses_of(self.policies, part.policy)
            conditions = [*of_policy(part.policy), part.applies]
            conditions += [self.policies.definitions[name].when for name in uses.definitions]
            found |= {day for condition in conditions for day in _days_in(condition)}
            for name in uses.parameters:
                rows = self.policies.parameters[name].rows
                found |= {day for row in rows for day in _ends(row.period)}
                found |= {
                    day for row in rows if isinstance(row.value, date) for day in (row.value, row.value + DAY)
                }
            for name in uses.registers:
                found |= {day for entry in self.policies.registers[name].rows for day in _ends(entry.period)}
        return found


def _parts(policy: Policy) -> Iterator[_Part]:
    match policy:
        case Norm():
            for clauses in policy.clauses:
                parts = (window_condition(clauses.window), clauses.applies_when)
                allowed = (clauses.requirement,) if policy.modality is Modality.PERMISSION else ()
                yield _Part(policy, clauses.subject.path, clauses.window, AllOf((*parts, *allowed)))
        case Decision():
            applies = AllOf((window_condition(policy.window), policy.applies_when))
            yield _Part(policy, policy.subject.path, policy.window, applies)


def _within(days: Period) -> Condition:
    """The day of judgement lies in a period."""
    parts: list[Condition] = []
    if days.first is not None:
        parts.append(Compare(AsOf(), Order.ON_OR_AFTER, Literal(days.first)))
    if days.last is not None:
        parts.append(Compare(AsOf(), Order.ON_OR_BEFORE, Literal(days.last)))
    return AllOf(tuple(parts))


def _days_in(condition: Condition) -> Iterator[date]:
    for node in walk(condition):
        for term in terms_of(node):
            if isinstance(term, Literal) and isinstance(term.value, date):
                yield from (term.value, term.value + DAY)


def _ends(period: Period) -> Iterator[date]:
    if period.first is not None:
        yield period.first
    if period.last is not None and period.last < date.max:
        yield period.last + DAY
