"""Trials that broke a law, made small and kept as files that a test replays.

A file holds the policies as a person would write their conditions, the snapshot, and what the reference said of it.
Where the reference itself was wrong, `expected` is put right by hand with the repair.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from laws import LAWS, Law
from trials import Trial, by_reference, restricted, shipped_world, with_policies
from worlds import REAL, TOY, node_of

from validator.interpreters.strategies import World, norm_of, seeded, subject_of
from validator.interpreters.strategies.mending import lists_in, mended, places_in
from validator.interpreters.strategies.worlds import NOTHING
from validator.language.conditions import ConditionReader
from validator.language.printer import UnprintableError, structure_of
from validator.language.scopes import scope_of
from validator.logic.expr import TRUE, AllOf, AnyOf, Condition, Field, Fresh, Literal, Not
from validator.logic.frozen import replace
from validator.logic.policy import (
    Clauses,
    Criterion,
    Decision,
    ExceptionClause,
    Force,
    Modality,
    Policy,
    Reading,
    Window,
)
from validator.logic.problem import InputError, Problem
from validator.logic.shape import Kind
from validator.logic.values import Value

FOLDER = Path(__file__).parents[2] / "fixtures" / "divergences"
WORLDS = {"toy": TOY, "published": REAL}
FALSE = AnyOf(())
TRIES = 1_500


class Divergence(NamedTuple):
    """A law that a trial breaks, with the seed of the choices that the law makes."""

    law: Law
    trial: Trial
    seed: int

    def faults(self) -> list[str]:
        """What the law finds wrong."""
        return self.law.faults(self.trial, seeded(self.seed))[1]


# --- files ---------------------------------------------------------------------------------------------------


def written(found: Divergence) -> str:
    """The divergence as a file. Raises `UnprintableError` where a policy can't be told."""
    trial = found.trial
    told: dict[str, Any] = {"law": f"{found.law.id} {found.law.name}", "seed": found.seed}
    told["law_date"] = trial.day.isoformat()
    if trial.world.policies.norms:
        told["shipped"] = [policy.id for policy in trial.policies.policies()]
    else:
        told["world"] = next(name for name, world in WORLDS.items() if world is trial.world)
        told["policies"] = [_policy(trial.world, policy) for policy in trial.policies.policies()]
        verdicts = trial.judged(by_reference)
        told["expected"] = [[*key, *verdict, list(others)] for key, (verdict, others) in sorted(verdicts.items())]
    told["snapshot"] = trial.document
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=110)


def read(text: str) -> Divergence:
    """The divergence that a file tells of."""
    told = yaml.safe_load(text)
    law = next(law for law in LAWS if f"{law.id} {law.name}" == told["law"])
    day, document = date.fromisoformat(told["law_date"]), told["snapshot"]
    if "shipped" in told:
        world = shipped_world()
        trial = Trial(world, restricted(world.policies, set(told["shipped"])), document, day)
    else:
        world = WORLDS[told["world"]]
        policies = with_policies(world.policies, [_read_policy(world, one) for one in told["policies"]])
        trial = Trial(world, policies, document, day)
    return Divergence(law, trial, told["seed"])


def expected(text: str) -> dict[tuple[str, str], Any] | None:
    """What the file says that is right; None of shipped policies, which may be edited."""
    rows = yaml.safe_load(text).get("expected")
    return None if rows is None else {(r[0], r[1]): ((r[2], r[3]), tuple(r[4])) for r in rows}


def _policy(world: World, policy: Policy) -> dict[str, Any]:
    subject = policy.subject if isinstance(policy, Decision) else policy.clauses[0].subject
    window = policy.window if isinstance(policy, Decision) else policy.clauses[0].window

    def told(when: Condition) -> Any:
        return structure_of(when, scope_of(world.vocabulary, subject.path))

    found: dict[str, Any] = {"id": policy.id, "about": subject.path, "in_force": _window(window)}
    if isinstance(policy, Decision):
        found["applies_when"] = told(policy.applies_when)
        found["criteria"] = {test.id: told(test.when) for test in policy.criteria}
        found["exclusions"] = {test.id: told(test.when) for test in policy.exclusions}
    else:
        (clauses,) = policy.clauses
        found["modality"] = policy.modality.value
        found["applies_when"], found["required"] = told(clauses.applies_when), told(clauses.requirement)
        found["exceptions"] = {name: told(when) for name, when in clauses.exceptions}
    found["readings"] = [_reading(reading) for reading in policy.readings]
    return found


def _window(window: Window) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, end in (("from", window.first), ("through", window.last)):
        if end is not None:
            if not isinstance(end, Literal):
                raise UnprintableError(name)
            found[name] = end.value.isoformat()  # type: ignore[union-attr]
    for name, field in (("judged_from", window.judged_from), ("judged_through", window.judged_through)):
        if field is not None:
            found[name] = ".".join(field.path)
    return found


def _reading(reading: Reading) -> dict[str, Any]:
    parameters: dict[str, Any] = {}
    for name, instead in reading.parameters.items():
        value = instead.value if isinstance(instead, Literal) else None
        parameters[name] = str(value) if value is not None else {"field": ".".join(instead.path)}  # type: ignore[union-attr]
    return {
        "id": reading.id,
        "chosen": reading.chosen,
        "parameters": parameters,
        "definitions": dict(reading.definitions),
        "registers": dict(reading.registers),
        "without_exceptions": list(reading.without_exceptions),
        "admit_press": list(reading.admit_press),
    }


def _read_policy(world: World, told: dict[str, Any]) -> Policy:
    path = told["about"]

    def condition(structure: Any) -> Condition:
        problems: list[Problem] = []
        reader = ConditionReader("divergence.yaml", problems, world.known)
        reader.allow_known = True
        found = reader.condition(node_of(structure), scope_of(world.vocabulary, path))
        if found is None or problems:
            raise UnprintableError(path)
        return found

    window = _read_window(world, path, told["in_force"])
    readings = tuple(_read_reading(world, path, one) for one in told["readings"])
    applies = condition(told["applies_when"])
    if "criteria" in told:
        tests = [
            tuple(Criterion(name, NOTHING, (), condition(when), TRUE.span) for name, when in told[part].items())
            for part in ("criteria", "exclusions")
        ]
        return Decision(
            told["id"], "", NOTHING, (), Force.FEDERAL_LAW, subject_of(world, path), window, applies,
            {"moved": NOTHING, "stays": NOTHING}, tests[0], tests[1], "moved", "stays", readings, {}, TRUE.span,
        )  # fmt: skip
    exceptions = tuple((name, condition(when)) for name, when in told["exceptions"].items())
    clauses = Clauses(subject_of(world, path), window, applies, condition(told["required"]), exceptions)
    return replace(norm_of(clauses, Modality(told["modality"]), readings), id=told["id"])


def _read_window(world: World, path: str, told: dict[str, Any]) -> Window:
    days = [Literal(date.fromisoformat(told[name])) if name in told else None for name in ("from", "through")]
    fields = [_field(world, path, told.get(name)) for name in ("judged_from", "judged_through")]
    return Window(*days, *fields)


def _field(world: World, path: str, told: str | None) -> Field | None:
    if told is None:
        return None
    names, shape = told.split("."), world.vocabulary.record_of(path)
    for name in names[:-1]:
        inner = shape.fields[name].record
        assert inner is not None
        shape = inner
    return Field(world.vocabulary.scopes_of(path)[-1], tuple(names), shape.fields[names[-1]])


def _read_reading(world: World, path: str, told: dict[str, Any]) -> Reading:
    parameters: dict[str, Literal | Field] = {}
    for name, instead in told["parameters"].items():
        if isinstance(instead, dict):
            field = _field(world, path, instead["field"])
            assert field is not None
            parameters[name] = field
        else:
            parameters[name] = Literal(_value(instead, world.known.parameters[name]))
    dropped, admitted = tuple(told["without_exceptions"]), tuple(told["admit_press"])
    others = (told["definitions"], told["registers"])
    return Reading(told["id"], told["chosen"], NOTHING, TRUE.span, (), parameters, *others, None, dropped, admitted)


def _value(text: str, kind: Kind) -> Value:
    if kind.is_day:
        return date.fromisoformat(text)
    return Decimal(text) if "." in text else int(text)


# --- making small --------------------------------------------------------------------------------------------


def shrunk(found: Divergence) -> Divergence:
    """The smallest divergence that greedy cuts lead to: fewer policies, simpler conditions, fewer facts."""
    left = TRIES
    while left > 0:
        for candidate in _simpler(found):
            left -= 1
            if left <= 0 or _still_breaks(candidate):
                break
        else:
            return found
        if left > 0:
            found = candidate
    return found


def _still_breaks(candidate: Divergence) -> bool:
    """Whether the candidate, written and read again, breaks its law still."""
    try:
        return bool(read(written(candidate)).faults())
    except (UnprintableError, InputError, ValueError, KeyError):
        return False


def _simpler(found: Divergence) -> Iterator[Divergence]:
    trial = found.trial
    policies = list(trial.policies.policies())
    for policy in policies if len(policies) > 1 else ():
        yield found._replace(
            trial=trial.by(with_policies(trial.policies, [p for p in policies if p is not policy]))
        )
    if not trial.world.policies.norms:
        for policy in policies:
            for simple in _simpler_policies(policy):
                others = [simple if p is policy else p for p in policies]
                yield found._replace(trial=trial.by(with_policies(trial.policies, others)))
    for document in _smaller_documents(trial):
        yield found._replace(trial=trial.on(document))


def _simpler_policies(policy: Policy) -> Iterator[Policy]:
    for reading in policy.readings:
        if not reading.chosen:
            yield replace(policy, readings=tuple(r for r in policy.readings if r is not reading))
        elif reading.parameters:
            plain = replace(reading, parameters={})
            yield replace(policy, readings=tuple(plain if r is reading else r for r in policy.readings))
    if isinstance(policy, Decision):
        yield from (replace(policy, applies_when=when) for when in _simpler_conditions(policy.applies_when))
        for name in ("criteria", "exclusions"):
            tests = getattr(policy, name)
            for index, test in enumerate(tests):
                rest = (*tests[:index], *tests[index + 1 :])
                yield replace(policy, **{name: rest})
                for when in _simpler_conditions(test.when):
                    changed = (*tests[:index], replace(test, when=when), *tests[index + 1 :])
                    yield replace(policy, **{name: changed})
        yield replace(policy, window=Window())
        return
    (clauses,) = policy.clauses
    for simple in _simpler_clauses(clauses):
        named = {name for name, _ in simple.exceptions}
        told: tuple[ExceptionClause, ...] = tuple(one for one in policy.exceptions if one.id in named)
        yield replace(policy, clauses=(simple,), exceptions=told)


def _simpler_clauses(clauses: Clauses) -> Iterator[Clauses]:
    for index in range(len(clauses.exceptions)):
        yield replace(clauses, exceptions=clauses.exceptions[:index] + clauses.exceptions[index + 1 :])
    if clauses.window != Window():
        yield replace(clauses, window=Window())
    yield from (replace(clauses, applies_when=when) for when in _simpler_conditions(clauses.applies_when))
    yield from (replace(clauses, requirement=when) for when in _simpler_conditions(clauses.requirement))
    for index, (name, when) in enumerate(clauses.exceptions):
        for simple in _simpler_conditions(when):
            changed = (*clauses.exceptions[:index], (name, simple), *clauses.exceptions[index + 1 :])
            yield replace(clauses, exceptions=changed)


def _simpler_conditions(condition: Condition) -> Iterator[Condition]:
    if condition not in (TRUE, FALSE):
        yield from (TRUE, FALSE)
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            yield from parts
            for index, part in enumerate(parts):
                yield replace(condition, parts=parts[:index] + parts[index + 1 :])
                for simple in _simpler_conditions(part):
                    yield replace(condition, parts=(*parts[:index], simple, *parts[index + 1 :]))
        case Not(part=part):
            yield part
            yield from (Not(simple) for simple in _simpler_conditions(part))
        case Fresh(body=body):
            yield body
        case _ if hasattr(condition, "body"):
            yield from (replace(condition, body=simple) for simple in _simpler_conditions(condition.body))
        case _:
            pass


def _smaller_documents(trial: Trial) -> Iterator[dict[str, Any]]:
    vocabulary = trial.world.vocabulary

    def changed(change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
        document = copy.deepcopy(trial.document)
        change(document)
        return mended(trial.world, document)

    for number, place in enumerate(lists_in(copy.deepcopy(trial.document), vocabulary)):
        for index in range(len(place.items())):
            yield changed(lambda d, n=number, i=index: lists_in(d, vocabulary)[n].items().pop(i))  # type: ignore[misc]
    for number, (record, shape) in enumerate(places_in(trial.document, vocabulary)):
        if shape.name in record and not shape.required:
            yield changed(lambda d, n=number, name=shape.name: places_in(d, vocabulary)[n].record.pop(name))  # type: ignore[misc]


def keep(found: Divergence, folder: Path = FOLDER) -> Path:
    """Writes the divergence, made small, beside the others; the name tells the law and the seed."""
    small = shrunk(found)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{found.law.id}-{found.law.name}-{found.seed}.yaml"
    path.write_text(written(small), encoding="utf-8")
    return path
