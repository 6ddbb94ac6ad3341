"""What a policy rests on: the definitions, parameters and registers behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from validator.journeys.lint.conditions import of_policy
from validator.logic.expr import Condition, ListedIn, Meets, ParameterValue, Shifted, Term, terms_of, walk
from validator.logic.policy import Decision, Norm, Policy, PolicySet, Reading, Window


class Uses(NamedTuple):
    """The names that a policy, a definition or the whole set uses."""

    definitions: frozenset[str]
    parameters: frozenset[str]
    registers: frozenset[str]


def uses_of(policies: PolicySet, policy: Policy) -> Uses:
    """What a policy rests on, definitions of definitions and the changes of its readings included."""
    return through(policies, [*of_policy(policy)], _window_terms(policy), policy.readings)


def uses_under(policies: PolicySet, policy: Policy, readings: tuple[Reading, ...]) -> Uses:
    """What is asked for when a policy is judged by some of its readings: what these only name is not used yet."""
    swapped = {other for reading in readings for other in reading.definitions.values()}
    others = [policies.definitions[name].when for name in sorted(swapped) if name in policies.definitions]
    return through(policies, [*of_policy(policy), *others], _window_terms(policy), ())


def through(policies: PolicySet, first: list[Condition], terms: list[Term], readings: tuple[Reading, ...]) -> Uses:
    definitions: set[str] = set()
    parameters = {name for term in terms for name in _parameters_in(term)}
    registers: set[str] = set()
    for reading in readings:
        parameters |= {*reading.parameters, *reading.admit_press}
        registers |= {*reading.registers, *reading.registers.values()}
        definitions |= {*reading.definitions, *reading.definitions.values()}
    queue = [*first, *(policies.definitions[name].when for name in definitions if name in policies.definitions)]
    while queue:
        for node in walk(queue.pop()):
            match node:
                case Meets(definition=name) if name not in definitions:
                    definitions.add(name)
                    if name in policies.definitions:
                        queue.append(policies.definitions[name].when)
                case ListedIn(register=name):
                    registers.add(name)
                case _:
                    parameters |= {name for term in terms_of(node) for name in _parameters_in(term)}
    return Uses(frozenset(definitions), frozenset(parameters), frozenset(registers))


def _parameters_in(term: Term) -> Iterator[str]:
    match term:
        case ParameterValue(name=name):
            yield name
        case Shifted(day=day, days=days):
            yield from _parameters_in(day)
            if not isinstance(days, int):
                yield days.name
        case _:
            return


def _window_terms(policy: Policy) -> list[Term]:
    windows: list[Window]
    match policy:
        case Norm():
            windows = [clauses.window for clauses in policy.clauses]
        case Decision():
            windows = [policy.window]
    return [term for window in windows for term in (window.first, window.last) if term is not None]
