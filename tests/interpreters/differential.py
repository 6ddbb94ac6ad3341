"""The reference evaluator and the compiled program side by side, on random policies and snapshots."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from worlds import REAL, TOY, snapshot_of

from validator.interpreters.compile.program import Program, readings_in, verdict_of
from validator.interpreters.judge import case_of, environments, judge_decision, judge_norm, judge_rest
from validator.interpreters.readings import readings_of
from validator.interpreters.strategies import (
    Chooser,
    Menu,
    World,
    forget,
    random_document,
    random_policies,
    seeded,
)
from validator.logic.facts import Snapshot
from validator.logic.frozen import Frozen, fields_of, replace
from validator.logic.lean import lower
from validator.logic.policy import Clauses, Decision, Norm, PolicySet

FULL = Menu(known=True)
POLICIES, SNAPSHOTS = 8, 6
Verdicts = dict[tuple[str, str], tuple[tuple[str, str | None], tuple[str, ...]]]


class Trial(NamedTuple):
    """A random policy set and snapshots to judge by it, each with a law date."""

    world: World
    policies: PolicySet
    snapshots: list[tuple[Snapshot, date]]


def trial(seed: int) -> Trial:
    """The trial of a seed."""
    world, choose = (TOY, REAL)[seed % 2], seeded(seed)
    policies = random_policies(world, choose, POLICIES, FULL)
    return Trial(world, policies, [_snapshot(world, choose) for _ in range(SNAPSHOTS)])


def _snapshot(world: World, choose: Chooser) -> tuple[Snapshot, date]:
    document = random_document(world, choose)
    if choose.chance(70):
        document = forget(world, choose, document, choose.one((10, 30, 60)))
    snapshot = snapshot_of(world, document)
    return snapshot, snapshot.as_of if choose.chance(60) else choose.one(world.days())


def reference(policies: PolicySet, snapshot: Snapshot, day: date) -> Verdicts:
    """What the reference says: verdict and reason under the chosen reading, and the verdict under each other."""
    found: Verdicts = {}
    for policy in policies.policies():
        for clauses in policy.clauses if isinstance(policy, Norm) else (policy,):
            for path, verdicts in _of_items(policies, policy, clauses, snapshot, day):
                found[policy.id, path] = verdicts
            own = [verdict for (name, _), ((verdict, _), _) in found.items() if name == policy.id]
            if isinstance(policy, Norm) and not {"violation", "advice"} & {*own}:
                rest = judge_rest(policies, policy, policy.clauses[0], snapshot, day)
                if rest is not None:
                    found[policy.id, policy.clauses[0].subject.path] = ((rest.verdict, rest.reason), ())
    return found


def _of_items(
    policies: PolicySet, policy: Norm | Decision, clauses: Clauses | Decision, snapshot: Snapshot, day: date
) -> Iterator[tuple[str, tuple[tuple[str, str | None], tuple[str, ...]]]]:
    for item, env in environments(snapshot, clauses.subject):
        cases = [case_of(policies, snapshot, day, r, env, clauses.window) for r in readings_of(policy)]
        chosen, *others = [
            judge_norm(policy, clauses, case, env)
            if isinstance(policy, Norm)
            else judge_decision(policy, case, env)
            for case in cases
        ]
        yield item.path, ((chosen.verdict, chosen.reason), tuple(other.verdict for other in others))


def compiled(program: Program, snapshot: Snapshot, day: date) -> Verdicts:
    """The same from the compiled program."""
    found: Verdicts = {}
    for judged in program.judge(lower(snapshot, program.types), day.toordinal()):
        path, policy = judged.part.subject.path, judged.part.policy.id
        items = (
            [item.path for item_list in snapshot.items(path) for item in item_list]
            if path != "organization"
            else [path]
        )
        for subject, code in zip(items, judged.codes, strict=True):
            chosen, *others = [verdict_of(judged.part, bits) for bits in readings_in(judged.part, code)]
            found[policy, subject] = (chosen, tuple(verdict for verdict, _ in others))
        if judged.rest is not None:
            found[policy, path] = (verdict_of(judged.part, judged.rest), ())
    return found


def disagreements(seed: int) -> list[str]:
    """Where the two differ in the trial of a seed."""
    found = trial(seed)
    return _differences(seed, found, found.policies)


def seen(seed: int, change: Callable[[Any], Any]) -> bool:
    """Whether a fault made in every part of the policies before compiling shows in the trial of a seed."""
    found = trial(seed)
    faulty = everywhere(found.policies, change)
    if faulty.definitions == found.policies.definitions:  # only policies that the fault touches can differ
        touched = {p.id for p, q in zip(found.policies.policies(), faulty.policies(), strict=True) if p != q}
        found, faulty = found._replace(policies=_only(found.policies, touched)), _only(faulty, touched)
    return bool(faulty.policies() and _differences(seed, found, faulty))


def _only(policies: PolicySet, names: set[str]) -> PolicySet:
    norms = {name: norm for name, norm in policies.norms.items() if name in names}
    return replace(policies, norms=norms, decisions={k: d for k, d in policies.decisions.items() if k in names})


def _differences(seed: int, found: Trial, compiled_ones: PolicySet) -> list[str]:
    program = Program(compiled_ones, found.world.vocabulary)
    different: list[str] = []
    for number, (snapshot, day) in enumerate(found.snapshots):
        one, other = compiled(program, snapshot, day), reference(found.policies, snapshot, day)
        different += [
            f"seed {seed}, snapshot {number}, {key}: {one.get(key)} for {other.get(key)}"
            for key in sorted(one.keys() | other.keys())
            if one.get(key) != other.get(key)
        ]
    return different


def everywhere(node: Any, change: Callable[[Any], Any]) -> Any:
    """A policy set, policy or condition with a change made to every part of it, the innermost first."""
    if isinstance(node, Frozen):
        changed = {name: everywhere(getattr(node, name), change) for name in fields_of(node) if name not in _LEFT}
        return change(replace(node, **changed))
    if isinstance(node, tuple) and type(node) is tuple:
        return tuple(everywhere(part, change) for part in node)
    if isinstance(node, dict):
        return {key: everywhere(value, change) for key, value in node.items()}
    return node


_LEFT = ("shape", "span", "subject", "registers", "parameters", "acts", "path", "scopes")
