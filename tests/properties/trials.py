"""Trials: some policies and a snapshot to judge by them; and the engines that judge.

Policies are random ones over the toy or the published vocabulary, or a few of the shipped ones; snapshots are plain
random ones, drawn from the constants of the policies, or made to come close to a verdict.
"""

from __future__ import annotations

import functools
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from differential import Verdicts, compiled, reference
from shipped import library
from worlds import INN, REAL, TOY, snapshot_of

from validator.interpreters.compile.program import Program
from validator.interpreters.strategies import (
    Chooser,
    Json,
    Menu,
    Pools,
    World,
    directed_document,
    edited,
    forget,
    random_document,
    random_policies,
    seeded,
)
from validator.language.scopes import Known
from validator.logic.facts import Snapshot
from validator.logic.frozen import replace
from validator.logic.policy import Decision, Norm, Policy, PolicySet

Engine = Callable[[World, PolicySet, Snapshot, date], Verdicts]
POLICIES = 3
MENU = Menu(known=True, depth=2)
PROGRAMS: OrderedDict[tuple[int, int], tuple[PolicySet, Program]] = OrderedDict()


class Trial(NamedTuple):
    """Policies, a document to judge by them, and the day of the law."""

    world: World
    policies: PolicySet
    document: Json
    day: date

    @property
    def snapshot(self) -> Snapshot:
        """The facts of the document."""
        return snapshot_of(self.world, self.document)

    def judged(self, judge: Engine) -> Verdicts:
        """What an engine says of it."""
        return judge(self.world, self.policies, self.snapshot, self.day)

    def on(self, document: Json) -> Trial:
        """The same policies on another document."""
        return self._replace(document=document)

    def by(self, policies: PolicySet) -> Trial:
        """The same document by other policies."""
        return self._replace(policies=policies)


def by_reference(_: World, policies: PolicySet, snapshot: Snapshot, day: date) -> Verdicts:
    """The verdicts of the reference evaluator."""
    return reference(policies, snapshot, day)


def by_program(world: World, policies: PolicySet, snapshot: Snapshot, day: date) -> Verdicts:
    """The verdicts of the compiled program."""
    return compiled(program_of(world, policies), snapshot, day)


def program_of(world: World, policies: PolicySet) -> Program:
    """The program of a policy set; the last few are kept."""
    key = (id(policies), id(world.vocabulary))
    kept = PROGRAMS.get(key)
    if kept is None:
        kept = PROGRAMS[key] = (policies, Program(policies, world.vocabulary))
        if len(PROGRAMS) > 8:
            PROGRAMS.popitem(last=False)
    return kept[1]


ENGINES: dict[str, Engine] = {"reference": by_reference, "program": by_program}


# --- where policies and snapshots come from ------------------------------------------------------------------


def random_trial(choose: Chooser) -> Trial:
    """Random policies on a snapshot of one of the two worlds."""
    world = choose.one((TOY, REAL))
    return _trial(world, choose, random_policies(world, choose, POLICIES, MENU), forgetful=40)


def shipped_trial(choose: Chooser) -> Trial:
    """A few of the shipped policies, the first of which the snapshot is made for."""
    policies = shipped_world().policies
    names = [choose.one(shipped_groups()) for _ in range(2)]
    wanted = {name for group in names for name in group}
    return _trial(shipped_world(), choose, restricted(policies, wanted), forgetful=25)


SOURCES: dict[str, Callable[[Chooser], Trial]] = {"random": random_trial, "shipped": shipped_trial}


def drawn(source: str, seed: int) -> Trial:
    """The trial of a seed."""
    return SOURCES[source](seeded(seed))


def _trial(world: World, choose: Chooser, policies: PolicySet, forgetful: int) -> Trial:
    pools = pools_of(policies)
    directed = directed_document(world, choose, policies, pools)
    makers: tuple[Callable[[], Json], ...] = (
        lambda: directed,
        lambda: edited(world, choose, directed, pools),
        lambda: random_document(world, choose, pools),
        lambda: directed,
        lambda: random_document(world, choose),
    )
    document = choose.one(makers)()
    if choose.chance(forgetful):
        document = forget(world, choose, document, choose.one((5, 20, 50)))
    facts_day = date.fromisoformat(document["as_of"])
    law_day = facts_day if choose.chance(70) else choose.one(pools.days or world.days())
    return Trial(world, policies, document, law_day)


def pools_of(policies: PolicySet) -> Pools:
    """The constants of a policy set; of the shipped one they are gathered once."""
    return _shipped_pools() if policies is shipped_world().policies else Pools(policies)


@functools.cache
def _shipped_pools() -> Pools:
    return Pools(shipped_world().policies)


@functools.cache
def shipped_world() -> World:
    """The published vocabulary with the shipped policies and registers."""
    policies, names = library().policies, library().names
    families = [register for register in policies.registers.values() if register.family]
    services = tuple(sorted({row.id for register in families for row in register.rows}))
    known = Known(
        {name: definition.about for name, definition in policies.definitions.items()},
        {name: parameter.kind for name, parameter in policies.parameters.items()},
        {name: register.family for name, register in policies.registers.items()},
        {},
        frozenset(services),
    )
    return World(
        vocabulary=library().vocabulary,
        policies=policies,
        names=names,
        known=known,
        as_of=date(2025, 10, 20),
        services=(*services, "stranger"),
        fixed={"inn": (INN,), "region": ("78", "27", "35", "77")},
        texts=REAL.texts,
    )


@functools.cache
def shipped_groups() -> tuple[tuple[str, ...], ...]:
    """The names of shipped policies, each with the next one: small sets that still meet one another."""
    names = [policy.id for policy in shipped_world().policies.policies()]
    return tuple(zip(names, names[1:] + names[:1], strict=True))


def restricted(policies: PolicySet, wanted: set[str]) -> PolicySet:
    """The policy set with the named policies alone; data and definitions stay."""
    return replace(
        policies,
        norms={name: norm for name, norm in policies.norms.items() if name in wanted},
        decisions={name: decision for name, decision in policies.decisions.items() if name in wanted},
    )


def with_policies(policies: PolicySet, found: list[Policy]) -> PolicySet:
    """The policy set with these policies instead of its own, in this order."""
    return replace(
        policies,
        norms={policy.id: policy for policy in found if isinstance(policy, Norm)},
        decisions={policy.id: policy for policy in found if isinstance(policy, Decision)},
    )
