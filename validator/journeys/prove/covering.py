"""The assumptions of all proofs, and gaps in what a topic should cover (ANA-A0, A9)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from validator.interpreters.smt.query import (
    Both,
    ForSome,
    Judged,
    Negated,
    Query,
    organization_mode,
    surely,
    surely_not,
)
from validator.journeys.impact.content import content
from validator.journeys.prove.digests import canonical, digest
from validator.journeys.prove.ground import Found, Ground
from validator.journeys.prove.reach import in_vocabulary
from validator.journeys.prove.told import FIRST, LAST, days_after
from validator.journeys.sweep import joined
from validator.language.vocabulary import ROOT
from validator.logic.expr import AllOf, Compare, Field, Literal
from validator.logic.policy import Cover, Period, Topic
from validator.logic.proof import Status, Weight
from validator.logic.text import Text
from validator.logic.values import Order

_VOID = Text(
    "исправьте инварианты схемы или область темы: пока они противоречивы, доказательства ничего не значат",
    "mend the invariants of the schema or the domain of the topic: while they contradict, proofs mean nothing",
)


def assumptions(ground: Ground) -> Iterator[Found]:
    """Whether any snapshot meets the invariants."""
    asks = Text("есть ли снимок, не нарушающий инвариантов?", "is there a snapshot that breaks no invariant?")
    stated = " ".join(f"{name} {canonical(content(one.when))}" for name, one in ground.invariants.items())
    body = Both(
        tuple(
            Negated(ForSome(subject, surely_false, f"invariant {name}"))
            for name, one in ground.invariants.items()
            for subject in (in_vocabulary(ground.vocabulary, one.about),)
            for surely_false in (_broken(ground, name),)
        )
    )
    answer = ground.ask("ANA-A0", (), ROOT, asks, body, stated)
    if answer.status is Status.PROVED:
        message = Text(
            "инварианты противоречат друг другу: возможных снимков нет",
            "the invariants contradict one another: no snapshot is possible",
        )
        yield Found("ANA-A0", Weight.ERROR, (), message, _VOID, core=tuple(ground.invariants), question=ground.last)


def _broken(ground: Ground, name: str) -> Query:
    one = ground.invariants[name]
    mode = organization_mode(ground.policies, in_vocabulary(ground.vocabulary, one.about))
    return surely_not(one.when, mode, f"invariant {name}")


# --- gaps ------------------------------------------------------------------------------------------------------


class _Cell(NamedTuple):
    """A kind of organization (None: whatever the kind) and the days on which nothing covers it."""

    kind: str | None
    days: Period


def gaps(ground: Ground) -> Iterator[Found]:
    """What the norms of a topic leave of the domains that it should cover."""
    for topic in ground.policies.topics.values():
        if any(off.analysis == "ANA-A9" for off in topic.switched_off):
            continue
        for cover in topic.covers:
            yield from _Gap(ground, topic, cover).findings()


class _Gap:
    def __init__(self, ground: Ground, topic: Topic, cover: Cover) -> None:
        self.ground = ground
        self.topic = topic
        self.cover = cover
        self.subject = in_vocabulary(ground.vocabulary, cover.about)
        self.mode = organization_mode(ground.policies, self.subject)
        self.parts: list[Judged] = [
            part
            for policy in ground.policies.policies()
            if policy.topic == topic.name
            for part in ground.parts(policy)
            if part.subject.path == cover.about
        ]
        self.names = tuple(dict.fromkeys(part.policy.id for part in self.parts))
        self.extra = digest(topic.name, cover.id, canonical(content((cover.when, cover.period))))

    def findings(self) -> Iterator[Found]:
        if not self.ground.concerns(*self.names):
            return
        if not self._possible():
            yield self._empty()
            return
        asks = Text(
            f"есть ли в области «{self.cover.title.ru}» то, к чему не применима ни одна норма темы?",
            f"is there anything in the domain “{self.cover.title.en}” that no norm of the topic applies to?",
        )
        answer = self.ground.ask(
            "ANA-A9", self.names, self.cover.about, asks, self._uncovered(), self.extra, witness=True
        )
        if answer.status is not Status.WITNESS:
            return
        question = self.ground.last
        for days, kinds in self._cells():
            yield self._found(days, kinds, question)

    def _domain(self, *more: Query) -> Query:
        within = self.ground.within(self.cover.period)
        return ForSome(self.subject, Both((surely(self.cover.when, self.mode), within, *more)))

    def _uncovered(self, *more: Query) -> Query:
        # What is only unknown is told to whom it concerns: a gap is where every norm is surely silent.
        silent = (surely_not(AllOf((part.in_force, part.applies)), part.mode) for part in self.parts)
        return self._domain(*silent, *more)

    def _possible(self) -> bool:
        asks = Text(
            f"есть ли что-нибудь в области «{self.cover.title.ru}»?",
            f"is there anything in the domain “{self.cover.title.en}”?",
        )
        found = self.ground.ask("ANA-A0", self.names, self.cover.about, asks, self._domain(), self.extra)
        return found.status is not Status.PROVED

    def _empty(self) -> Found:
        message = Text(
            f"в области «{self.cover.title.ru}» темы `{self.topic.name}` ничего быть не может",
            f"nothing can be in the domain “{self.cover.title.en}” of topic `{self.topic.name}`",
        )
        core = (self.topic.name, self.cover.id)
        return Found("ANA-A0", Weight.ERROR, (), message, _VOID, core=core, question=self.ground.last)

    def _cells(self) -> Iterator[tuple[Period, tuple[str | None, ...]]]:
        """The largest stretches of days with the kinds of organization that are left uncovered all along."""
        kinds: list[str | None] = [*self.ground.vocabulary.root.fields["kind"].values]
        found: list[_Cell] = []
        stretches = self.ground.stretches(self.names, self.cover.period)
        asked = {
            f"{self.extra} {kind} {days}": Both((self._of_kind(kind), self.ground.within(days)))
            for kind in kinds
            for days in stretches
        }
        answers = self.ground.probe_each(self.names, self._uncovered(), asked)
        for kind in kinds:
            open_days = [
                days for days in stretches if answers[f"{self.extra} {kind} {days}"].status is Status.WITNESS
            ]
            found += [_Cell(kind, days) for days in joined(open_days)]
        found.sort(key=lambda cell: (cell.days.first or FIRST, cell.days.last or LAST, kinds.index(cell.kind)))
        for days, cells in groupby(found, key=lambda cell: cell.days):
            named = tuple(cell.kind for cell in cells)
            yield days, (None,) if len(named) == len(kinds) else named

    def _of_kind(self, kind: str | None) -> Query:
        if kind is None:
            return Both(())
        shape = self.ground.vocabulary.root.fields["kind"]
        condition = Compare(Field(ROOT, ("kind",), shape), Order.IS, Literal(kind))
        return surely(condition, self.ground.organization_mode)

    def _found(self, days: Period, kinds: tuple[str | None, ...], question: int) -> Found:
        shape = self.ground.vocabulary.root.fields["kind"]
        titles = [shape.values[kind] for kind in kinds if kind is not None]
        whose = Text("", "")
        if titles:
            whose = Text(
                ": " + ", ".join(title.ru for title in titles), ": " + ", ".join(title.en for title in titles)
            )
        query = self._uncovered(self._of_kind(kinds[0]), self.ground.within(days))
        answer = self.ground.probe(self.names, query, f"{self.extra} shown {kinds[0]} {days}", witness=True)
        told = days_after(days)
        return Found(
            "ANA-A9",
            Weight.ERROR if self.cover.exhaustive else Weight.INFO,
            self.names,
            Text(
                f"тема `{self.topic.name}`, область «{self.cover.title.ru}»: ни одна норма не применима"
                f"{told.ru}{whose.ru}",
                f"topic `{self.topic.name}`, domain “{self.cover.title.en}”: no norm applies{told.en}{whose.en}",
            ),
            Text("дополните нормы темы или сузьте область", "add to the norms of the topic, or narrow the domain"),
            core=(self.topic.name, self.cover.id, str(days.first), str(days.last), *map(str, kinds)),
            answer=answer,
            days=Period(None if days.first == FIRST else days.first, None if days.last == LAST else days.last),
            question=question,
        )
