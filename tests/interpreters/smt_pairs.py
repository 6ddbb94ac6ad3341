"""The encoder and the reference side by side: random policies, random snapshots, every condition on every item.

A concrete snapshot is a full assignment of the solver's variables; the solver has to accept it as sound, and the
two formulas of each condition have to come out as the reference says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import z3
from differential import Trial, trial

from validator.interpreters.evaluate import evaluate
from validator.interpreters.judge import environments
from validator.interpreters.smt.codes import FAMILIES, MADE_UP
from validator.interpreters.smt.formulas import BIG, Rails, term
from validator.interpreters.smt.query import Judged, Setting, all_judged
from validator.interpreters.smt.replay import case_of
from validator.interpreters.smt.slots import Space
from validator.interpreters.smt.variables import NEVER, Node, Variable
from validator.logic.expr import Condition, Meets, terms_of, walk
from validator.logic.facts import Record, Snapshot
from validator.logic.policy import Norm, Policy, PolicySet
from validator.logic.shape import Kind
from validator.logic.truth import Truth
from validator.logic.values import SpecialDay, UnregisteredName

SIZES = {True: 3, False: 2}


# What the reference says, by the number of the policy, the item and the number of the condition.
Truths = dict[tuple[int, str, int], Truth]


class Kept(NamedTuple):
    """Trials and what the reference says of their snapshots, each worked out once."""

    trials: dict[int, Trial]
    truths: dict[tuple[int, int], Truths]


def space_of(found: Trial) -> Space:
    """A space with room for every random snapshot."""
    setting = Setting(found.world.vocabulary, found.world.names)
    space = Space(setting)
    space.lists.sizes = {path: SIZES["." not in path] for path in found.world.vocabulary.lists}
    return space


class Assignment:
    """A snapshot as values of the solver's variables."""

    def __init__(self, space: Space, snapshot: Snapshot) -> None:
        self.space = space
        self.snapshot = snapshot
        self.names: dict[tuple[int, str], int] = {}
        self.records: dict[Node, Record | None] = {space.root: snapshot.root}
        for slot in space.all_slots():
            outer = self.records[slot.parent or space.root]
            items = outer.lists[slot.path.rpartition(".")[2]].items if outer is not None else []
            index = int(slot.label[slot.label.rindex("[") + 1 : -1])
            self.records[slot] = items[index] if index < len(items) else None
        self.refs = {
            (slot.path, record.ref): slot.code
            for slot, record in self.records.items()
            if record is not None and record.ref is not None
        }

    def equations(self, touched: list[Any]) -> Iterator[Any]:
        """What fixes every variable that came up."""
        yield self.space.as_of == self.snapshot.as_of.toordinal()
        for slot in self.space.all_slots():
            yield slot.here == (self.records[slot] is not None)
        texts = {part for part in touched if isinstance(part, int)}
        for part in touched:
            if isinstance(part, Variable):
                yield from self._variable(part, texts)
            elif isinstance(part, tuple):
                name, node = part
                record = self.records[node]
                yield z3.Bool(f"{node.label}.{name}*") == (record is not None and record.lists[name].closed)

    def _variable(self, variable: Variable, texts: set[int]) -> Iterator[Any]:
        record = self.records[variable.node]
        for name in variable.path[:-1]:
            record = record.records[name] if record is not None else None
        value = record.values.get(variable.path[-1]) if record is not None else None
        if variable.shape.identity:
            return
        if variable.present is not True:
            yield variable.present == (value is not None)
        if value is None:
            return
        if isinstance(value, frozenset):
            members = {self._code(variable, name, texts) for name in value}
            for code, bit in variable.members.items():
                yield bit == (code in members)
        elif isinstance(value, bool):
            yield variable.value == value
        elif isinstance(value, str):
            yield variable.value == self._code(variable, value, texts)
        elif isinstance(value, SpecialDay):
            yield variable.value == (NEVER if value is SpecialDay.NEVER else BIG)
        else:
            yield variable.value == term(value if not hasattr(value, "toordinal") else value.toordinal())

    def _code(self, variable: Variable, text: str, texts: set[int]) -> int:
        codes, shape = self.space.encoder.codes, variable.shape
        if shape.target is not None and text not in shape.special:
            return self.refs[shape.target, text]
        if isinstance(text, UnregisteredName):
            return self._numbered(MADE_UP, str(text))
        if Kind.ENUM in (shape.kind, shape.item) or Kind.SERVICE in (shape.kind, shape.item) or shape.special:
            return codes.of(text)
        if codes.of(text) in texts or (shape.name == "region" and codes.regions):
            return codes.of(text)
        wanted = (
            f"digits {len(text)}" if text.isdigit() and len(text) > 2 else "regions" if text.isdigit() else "words"
        )
        family = next(f for f in FAMILIES if f.name == ("addresses" if "://" in text else wanted))
        return self._numbered(family.base, text)

    def _numbered(self, base: int, text: str) -> int:
        others = sum(key[0] == base for key in self.names)
        return self.names.setdefault((base, text), base + others)


def conditions_of(part: Judged) -> tuple[Condition, ...]:
    """The conditions that make up a verdict."""
    return (part.in_force, part.applies, part.exempt, part.met, part.verdict)


def nodes_of(snapshot: Snapshot, part: Judged, records: dict[Node, Record | None]) -> Iterator[tuple[Node, Any]]:
    """Every item that is judged, as the solver and as the reference see it."""
    by_record = {id(record): node for node, record in records.items() if record is not None}
    for record, env in environments(snapshot, part.subject):
        yield by_record[id(record)], env


def differences(seed: int, kinds: Counter[str], kept: Kept | None = None) -> list[str]:
    """Where the two differ in the trial of a seed; `kinds` counts what was looked at.

    Where the same is asked again and again, `kept` holds the trial and what the reference said.
    """
    memory = Kept({}, {}) if kept is None else kept
    found = memory.trials[seed] if seed in memory.trials else memory.trials.setdefault(seed, trial(seed))
    space = space_of(found)
    parts = [part for policy in found.policies.policies() for part in all_judged(found.policies, policy)]
    for policy in found.policies.policies():
        kinds.update(_kinds(found.policies, policy))
    different: list[str] = []
    for number, (snapshot, _) in enumerate(found.snapshots):
        known = memory.truths.setdefault((seed, number), {})
        different += [f"seed {seed} snapshot {number}: {one}" for one in _on(space, parts, snapshot, kinds, known)]
    return different


def disagreements(setting: Setting, parts: list[Judged], snapshot: Snapshot, kinds: Counter[str]) -> Iterator[str]:
    """Where the two differ on one snapshot, with as many slots as it has items."""
    space = Space(setting)
    sizes = {}
    for path in setting.vocabulary.lists:
        sizes[path] = max((len(items) for items in snapshot.items(path)), default=0)
    space.lists.sizes = sizes
    yield from _on(space, parts, snapshot, kinds)


def _on(
    space: Space, parts: list[Judged], snapshot: Snapshot, kinds: Counter[str], known: Truths | None = None
) -> Iterator[str]:
    truths = {} if known is None else known
    fixed = Assignment(space, snapshot)
    space.encoder.touched = {}
    pairs: list[tuple[str, Rails, Truth]] = []
    for number, part in enumerate(parts):
        for node, env in nodes_of(snapshot, part, fixed.records):
            names = space.encoder.names_of(part.subject.scopes, node)
            case = space.encoder.case(part.mode, names)
            for index, condition in enumerate(conditions_of(part)):
                rails = space.encoder.rails(case, names, condition)
                key = (number, node.label, index)
                if key not in truths:
                    truths[key] = evaluate(case_of(snapshot, part.mode, env), env, condition).truth
                pairs.append((f"{part.policy.id} on {node.label}, part {index}", rails, truths[key]))
    touched = list(space.encoder.touched)
    solver = z3.SimpleSolver()
    solver.add(list(fixed.equations(touched)))
    assert solver.check() == z3.sat
    sound = space.soundness(touched)
    if solver.check(*[f for f in sound if f is not True]) != z3.sat:
        model = solver.model() if solver.check() == z3.sat else None
        bad = [
            str(f)[:300]
            for f in sound
            if f is False or (model is not None and z3.is_false(model.eval(f, model_completion=True)))
        ]
        yield f"a sound snapshot is forbidden: {bad}"
        return
    model = solver.model()
    for where, rails, truth in pairs:
        kinds["pairs"] += 1
        true, false = (_holds(model, rail) for rail in rails)
        told = Truth.TRUE if true else Truth.FALSE if false else Truth.UNKNOWN
        if told is not truth or (true and false):
            yield f"{where}: {told} instead of {truth}"


def _holds(model: Any, formula: Any) -> bool:
    if isinstance(formula, bool):
        return formula
    return bool(z3.is_true(model.eval(formula, model_completion=True)))


def _kinds(policies: PolicySet, policy: Policy) -> Iterator[str]:
    for part in all_judged(policies, policy)[:1]:
        for condition in conditions_of(part):
            for node in walk(condition):
                yield type(node).__name__
                yield from (type(found).__name__ for found in terms_of(node))
                if isinstance(node, Meets):
                    yield "Meets"
    for reading in policy.readings:
        if reading.parameters:
            yield "replaced parameter"
        if reading.definitions:
            yield "replaced definition"
        if reading.registers:
            yield "replaced register"
    if isinstance(policy, Norm) and policy.clauses[0].window.judged_through is not None:
        yield "judged day of the item"
