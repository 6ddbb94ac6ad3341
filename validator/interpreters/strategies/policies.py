"""Norms, decisions and their readings."""

from __future__ import annotations

from datetime import date

from validator.interpreters.strategies.choosers import Chooser
from validator.interpreters.strategies.conditions import random_condition
from validator.interpreters.strategies.leaves import PLAIN, Menu, fields_of
from validator.interpreters.strategies.worlds import DAY, NOTHING, NUMBERS, World
from validator.language.scopes import scope_of
from validator.language.vocabulary import ROOT
from validator.logic.expr import TRUE, Condition, Field, ListedIn, Literal, Not, walk
from validator.logic.frozen import replace
from validator.logic.policy import (
    Clauses,
    Criterion,
    Decision,
    ExceptionClause,
    Force,
    Modality,
    Norm,
    Parameter,
    PolicySet,
    Reading,
    Severity,
    Subject,
    Window,
)
from validator.logic.shape import Kind


def subject_of(world: World, path: str) -> Subject:
    """What a policy about `path` judges."""
    return Subject(path, world.vocabulary.scopes_of(path), world.vocabulary.record_of(path))


def random_window(world: World, choose: Chooser, path: str) -> Window:
    """A time in force, sometimes open on either side, sometimes judged on days of the item."""
    days = [field for field in _own_fields(world, path) if field.shape.kind is Kind.DATE]
    first = None if choose.chance(50) else choose.one(world.days())
    later = [world.as_of, world.as_of + DAY, *world.days()]
    last = None if choose.chance(50) else max(choose.one(later), first or date.min)
    start, end = (None if day is None else Literal(day) for day in (first, last))
    if not days or choose.chance(40):
        return Window(start, end)
    judged_from = choose.one(days)
    return Window(start, end, judged_from, choose.one(days) if choose.chance(50) else judged_from)


def random_norm(world: World, choose: Chooser, path: str, menu: Menu = PLAIN) -> Norm:
    """A norm about the items of one list, or about the organization."""
    scope = scope_of(world.vocabulary, path)

    def any_condition() -> Condition:
        return random_condition(world, choose, scope, menu)

    names = [f"e{index}" for index in range(choose.below(3))]
    clauses = Clauses(
        subject_of(world, path),
        random_window(world, choose, path),
        TRUE if choose.chance(30) else any_condition(),
        Not(any_condition()) if choose.chance(50) else any_condition(),
        tuple((name, any_condition()) for name in names),
    )
    modality = choose.one([*Modality])
    reading = Reading("chosen", True, NOTHING, TRUE.span, parameters=_overrides(world, choose, path))
    return norm_of(clauses, modality, (reading,))


def _own_fields(world: World, path: str) -> list[Field]:
    """The fields of the judged item; none of the organization, which has no days to be judged on."""
    if path == ROOT:
        return []
    return [*fields_of(world.vocabulary.scopes_of(path)[-1], world.vocabulary.record_of(path), ())]


def _overrides(world: World, choose: Chooser, path: str) -> dict[str, Literal | Field]:
    """Sometimes a parameter that a reading replaces by a value or by a field of the judged item."""
    if not choose.chance(25):
        return {}
    name, kind = choose.one([*world.known.parameters.items()])
    days = kind.is_day
    fields = [f for f in _own_fields(world, path) if (f.shape.kind.is_day if days else f.shape.kind is kind)]
    if fields and choose.chance(50):
        return {name: choose.one(fields)}
    return {name: Literal(choose.one(world.days()) if days else choose.one(NUMBERS))}


def norm_of(
    clauses: Clauses, modality: Modality = Modality.PROHIBITION, readings: tuple[Reading, ...] = ()
) -> Norm:
    """A norm with these clauses and no texts."""
    exceptions = tuple(ExceptionClause(name, (), None, TRUE.span) for name, _ in clauses.exceptions)
    return Norm(
        id="N",
        topic="",
        title=NOTHING,
        modality=modality,
        severity=Severity.LOW,
        cites=(),
        force=Force.FEDERAL_LAW,
        clauses=(clauses,),
        exceptions=exceptions,
        readings=readings,
        message=NOTHING,
        remedy=None,
        remark=None,
        remedy_sets={},
        sanction=None,
        waivable=True,
        span=TRUE.span,
    )


def random_decision(world: World, choose: Chooser, path: str, menu: Menu = PLAIN) -> Decision:
    """A decision about the items of one list, or about the organization."""
    scope = scope_of(world.vocabulary, path)

    def tests(prefix: str, count: int) -> tuple[Criterion, ...]:
        return tuple(
            Criterion(f"{prefix}{n}", NOTHING, (), random_condition(world, choose, scope, menu), TRUE.span)
            for n in range(count)
        )

    return Decision(
        id="D",
        topic="",
        title=NOTHING,
        cites=(),
        force=Force.FEDERAL_LAW,
        subject=subject_of(world, path),
        window=random_window(world, choose, path),
        applies_when=TRUE if choose.chance(50) else random_condition(world, choose, scope, menu),
        outcomes={"moved": NOTHING, "stays": NOTHING},
        criteria=tests("p", choose.one((1, 2))),
        exclusions=tests("e", choose.one((1, 0, 2))),
        positive="moved",
        otherwise="stays",
        readings=(),
        advice={},
        span=TRUE.span,
    )


def random_reading(world: World, choose: Chooser, policy: Norm | Decision, path: str, name: str) -> Reading:
    """A reading that is not chosen: other parameters, definitions and registers, some exceptions dropped."""
    data = world.policies
    others = {
        d.name: [o.name for o in data.definitions.values() if o.about == d.about] for d in data.definitions.values()
    }
    lists = {
        r.name: [o.name for o in data.registers.values() if o.family == r.family] for r in data.registers.values()
    }
    mentioned = {node.register for node in _parts_of(policy) if isinstance(node, ListedIn)}
    lists = {name: names for name, names in lists.items() if name in mentioned}
    dropped = [clause.id for clause in policy.exceptions] if isinstance(policy, Norm) else []
    return Reading(
        name,
        False,
        NOTHING,
        TRUE.span,
        parameters=_overrides(world, choose, path),
        definitions={name: choose.one(names[::-1]) for name, names in others.items() if choose.chance(50)},
        registers={name: choose.one(names[::-1]) for name, names in lists.items() if choose.chance(50)},
        without_exceptions=tuple(choose.some(dropped)),
        admit_press=tuple(p.name for p in data.parameters.values() if _has_press(p) and choose.chance(60)),
    )


def _parts_of(policy: Norm | Decision) -> list[Condition]:
    """Every condition of a policy and everything inside them."""
    if isinstance(policy, Decision):
        tests = [test.when for test in (*policy.criteria, *policy.exclusions)]
        return [node for when in (policy.applies_when, *tests) for node in walk(when)]
    found = [
        when
        for clauses in policy.clauses
        for when in (clauses.applies_when, clauses.requirement, *(when for _, when in clauses.exceptions))
    ]
    return [node for when in found for node in walk(when)]


def _has_press(parameter: Parameter) -> bool:
    return any(row.press for row in parameter.rows)


def random_policies(world: World, choose: Chooser, count: int, menu: Menu = PLAIN) -> PolicySet:
    """The reference data of the world with so many random norms and decisions, some with several readings."""
    paths = [ROOT, *world.vocabulary.lists]
    norms: dict[str, Norm] = {}
    decisions: dict[str, Decision] = {}
    for number in range(count):
        path = choose.one(paths)
        if choose.chance(25):
            decision = random_decision(world, choose, path, menu)
            chosen = Reading("chosen", True, NOTHING, TRUE.span)
            readings = (chosen, *_other_readings(world, choose, decision, path))
            decisions[f"D{number}"] = replace(decision, id=f"D{number}", readings=readings)
        else:
            norm = random_norm(world, choose, path, menu)
            readings = (*norm.readings, *_other_readings(world, choose, norm, path))
            norms[f"N{number}"] = replace(norm, id=f"N{number}", readings=readings)
    return replace(world.policies, norms=norms, decisions=decisions)


def _other_readings(world: World, choose: Chooser, policy: Norm | Decision, path: str) -> tuple[Reading, ...]:
    return tuple(random_reading(world, choose, policy, path, f"other{n}") for n in range(choose.below(3)))
