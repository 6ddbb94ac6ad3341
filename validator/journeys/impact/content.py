"""What of a policy can move a verdict, and on what else a policy rests.

Two texts are compared by what they say: places, comments and the order of keys with no order never count. Wording
(titles, messages, citations, severity) counts as a change, but not as one that can flip a verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple, TypeVar

from validator.interpreters.readings import window_condition
from validator.logic.expr import Condition, ListedIn, Meets, ParameterValue, Term, terms_of, walk
from validator.logic.expr import Literal as Written
from validator.logic.frozen import Frozen, compared_fields
from validator.logic.policy import (
    ALWAYS,
    Decision,
    Norm,
    Parameter,
    Policy,
    PolicySet,
    Register,
    RegisterRow,
    Window,
)

T = TypeVar("T")
# A register is asked in two ways: for its own rows, and for the names that its whole family knows.
PartKind = Literal["definition", "parameter", "register", "family"]


class Part(NamedTuple):
    """Something of the policy set that policies share, by kind and name."""

    kind: PartKind
    name: str


def content(value: object) -> object:
    """The value without places, hashable: equal for two values exactly when they say the same."""
    if isinstance(value, Frozen):
        names = [name for name in compared_fields(value) if name != "span"]
        return (type(value).__name__, *((name, content(getattr(value, name))) for name in names))
    match value:
        case Mapping():
            return tuple(sorted((key, content(item)) for key, item in value.items()))
        case tuple() | list():
            return tuple(content(item) for item in value)
        case frozenset():
            return frozenset(content(item) for item in value)
        case _:
            return (type(value).__name__, value)  # `1` and `true` are equal in Python and differ here


def essence(policy: Policy) -> object:
    """What of the policy's own text its verdicts depend on."""
    readings = tuple(
        (
            *(r.id, r.chosen, frozenset(r.without_exceptions), frozenset(r.admit_press)),
            *map(content, (r.parameters, r.definitions, r.registers)),
        )
        for r in policy.readings
    )
    match policy:
        case Norm():
            return ("norm", policy.modality, content(policy.clauses), readings)
        case Decision():
            tests = tuple(content(criterion.when) for criterion in policy.criteria)
            bars = tuple(content(exclusion.when) for exclusion in policy.exclusions)
            frame = content((policy.subject, policy.window, policy.applies_when))
            return ("decision", frame, tests, bars, policy.positive, policy.otherwise, readings)


def essence_of(part: Part, policies: PolicySet) -> object:
    """What verdicts depend on in a shared part; None when the policy set has no such part."""
    match part.kind:
        case "definition":
            definition = policies.definitions.get(part.name)
            return definition and content((definition.about, definition.scopes, definition.when))
        case "parameter":
            parameter = policies.parameters.get(part.name)
            return parameter and (parameter.kind, rows_of(parameter))
        case "register":
            register = policies.registers.get(part.name)
            return register and (register.family, register.closed, rows_of(register))
        case "family":
            return known_names(policies, part.name)


def rows_of(data: Parameter | Register) -> frozenset[object]:
    """What verdicts depend on in the rows; their order says nothing."""
    if isinstance(data, Parameter):
        rows = data.rows
        return frozenset(content((row.region, row.kind, row.period, row.value, row.press)) for row in rows)
    return frozenset(content((row.id, row.period, row.announced_on)) for row in data.rows)


def known_names(policies: PolicySet, family: str) -> frozenset[str]:
    """Every name that a family of registers knows."""
    registers = policies.registers.values()
    return frozenset(row.id for register in registers if register.family == family for row in register.rows)


# --- what a policy rests on ------------------------------------------------------------------------------------


def conditions_of(policy: Policy) -> Iterator[Condition]:
    """Every condition that decides a verdict of the policy, its window among them."""
    match policy:
        case Norm():
            for clauses in policy.clauses:
                yield from (window_condition(clauses.window), clauses.applies_when, clauses.requirement)
                yield from (when for _, when in clauses.exceptions)
        case Decision():
            yield from (window_condition(policy.window), policy.applies_when)
            yield from (criterion.when for criterion in (*policy.criteria, *policy.exclusions))


def closure(policy: Policy, policies: PolicySet) -> frozenset[Part]:
    """Every shared part that a verdict of the policy can depend on, through definitions and readings too."""
    found: set[Part] = set()
    queue = [part for condition in conditions_of(policy) for part in _named_in(condition)]
    for reading in policy.readings:
        queue += [Part("definition", name) for name in reading.definitions.values()]
        queue += [Part("register", name) for name in reading.registers.values()]
    while queue:
        part = queue.pop()
        if part in found:
            continue
        found.add(part)
        if part.kind == "definition" and part.name in policies.definitions:
            queue += _named_in(policies.definitions[part.name].when)
        elif part.kind == "register" and part.name in policies.registers:
            queue.append(Part("family", policies.registers[part.name].family))
    return frozenset(found)


def _named_in(condition: Condition) -> list[Part]:
    found: list[Part] = []
    for node in walk(condition):
        if isinstance(node, Meets):
            found.append(Part("definition", node.definition))
        elif isinstance(node, ListedIn):
            found.append(Part("register", node.register))
        found += [Part("parameter", term.name) for term in terms_of(node) if isinstance(term, ParameterValue)]
    return found


# --- from which day on a difference can matter ------------------------------------------------------------------


def first_day(policy: Policy, policies: PolicySet) -> date | None:
    """The first day of law on which the policy is in force for anybody; None when that can't be told for sure."""
    match policy:
        case Norm():
            windows = [clauses.window for clauses in policy.clauses]
        case Decision():
            windows = [policy.window]
    days = [_first_day(window, policy, policies) for window in windows]
    sure = [day for day in days if day is not None]
    return min(sure) if sure and len(sure) == len(days) else None


def _first_day(window: Window, policy: Policy, policies: PolicySet) -> date | None:
    first: Term | None = window.first
    match first:
        case Written(value=date() as day):
            return day
        case ParameterValue(name=name):
            touched = any(name in reading.parameters or name in reading.admit_press for reading in policy.readings)
            return None if touched else _lowest(policies.parameters[name])
        case _:
            return None


def _lowest(parameter: Parameter) -> date | None:
    """The lowest value, when every organization surely has one that is a day."""
    values = [row.value for row in parameter.rows]
    for_all = any(row.region is row.kind is None and row.period == ALWAYS for row in parameter.rows)
    days = [value for value in values if isinstance(value, date)]
    return min(days) if for_all and len(days) == len(values) else None


def first_day_of(part: Part, old: PolicySet, new: PolicySet) -> date | None:
    """The first day on which a difference in a shared part can matter; None when it can on any day."""
    before, after = essence_of(part, old), essence_of(part, new)
    if before is None or after is None:
        return None
    match part.kind:
        case "register":
            one, other = old.registers[part.name], new.registers[part.name]
            if (one.family, one.closed) != (other.family, other.closed):
                return None
            return _earliest([_start(row) for row in _differing(one.rows, other.rows)])
        case "parameter":
            rows = _differing(old.parameters[part.name].rows, new.parameters[part.name].rows)
            return _earliest([row.period.first for row in rows])
        case _:
            return None


def _start(row: RegisterRow) -> date | None:
    """The first day on which a row says anything: before it, the name is known not to be listed."""
    first = row.period.first
    return min(first, row.announced_on) if first and row.announced_on else first


def _differing(old: tuple[T, ...], new: tuple[T, ...]) -> list[T]:
    before, after = {content(row): row for row in old}, {content(row): row for row in new}
    return [row for key, row in (before | after).items() if (key in before) != (key in after)]


def _earliest(days: list[date | None]) -> date | None:
    sure = [day for day in days if day is not None]
    return min(sure) if sure and len(sure) == len(days) else None
