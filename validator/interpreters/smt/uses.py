"""What the formulas of a condition depend on: they are built once and used again wherever that is the same."""

from __future__ import annotations

from typing import NamedTuple

from validator.interpreters.smt.query import Mode
from validator.logic.expr import (
    Compare,
    Condition,
    CountOf,
    Field,
    Follow,
    Fresh,
    Known,
    ListedIn,
    ListPath,
    Meets,
    OneOf,
    ParameterValue,
    Quantified,
    Ratio,
    SetTest,
    Shifted,
    Sum,
    Term,
    children,
)
from validator.logic.shape import FieldShape


class Uses(NamedTuple):
    """The scope names a condition leaves to its surroundings, and what else its meaning rests on.

    `things` are the identities of definitions, parameters, registers and replacements it reads; `lists` the paths
    of the lists it ranges over or points into; `judged` whether it asks for the judged day; `subject` the scopes of
    the judged item that a reading brings in.
    """

    scopes: frozenset[str]
    things: frozenset[object]
    lists: frozenset[str]
    judged: bool
    subject: frozenset[str]

    def with_(self, other: Uses) -> Uses:
        """What both rest on."""
        return Uses(
            self.scopes | other.scopes,
            self.things | other.things,
            self.lists | other.lists,
            self.judged or other.judged,
            self.subject | other.subject,
        )


_NONE = Uses(frozenset(), frozenset(), frozenset(), False, frozenset())


class UseFinder:
    """Finds what conditions use under one mode; remembers it by identity of the condition."""

    def __init__(self, mode: Mode) -> None:
        self.mode = mode
        self._found: dict[int, tuple[Condition, Uses]] = {}

    def of(self, condition: Condition) -> Uses:
        """What a condition uses."""
        found = self._found.get(id(condition))
        if found is None:
            found = self._found[id(condition)] = (condition, self._work_out(condition))
        return found[1]

    def _work_out(self, condition: Condition) -> Uses:
        match condition:
            case Compare(left=left, right=right):
                return self.term(left).with_(self.term(right))
            case OneOf(field=field) | Known(field=field):
                return self.term(field)
            case SetTest(field=field, values=values):
                return self.term(field).with_(self.term(values))
            case Quantified(items=items, bind=bind, body=body):
                return self._bound(items, bind, body)
            case Follow(reference=reference, bind=bind, body=body):
                inner = self.of(body)
                return self.term(reference).with_(inner._replace(scopes=inner.scopes - {bind}))
            case ListedIn(field=field, register=register):
                name = self.mode.overrides.registers.get(register, register)
                registers = tuple(id(each) for each in self.mode.policies.registers.values())
                own = _NONE._replace(things=frozenset({(register, name, registers)}), judged=True)
                return self.term(field).with_(own)
            case Meets(definition=name, scope=scope):
                return self._meets(name, scope)
            case Fresh(body=body, on=on, within=within):
                found = self.of(body).with_(self.term(on))._replace(judged=True)
                return found if isinstance(within, int) else found.with_(self.term(within))
            case _:
                found = _NONE
                for part in children(condition):
                    found = found.with_(self.of(part))
                return found

    def _bound(self, items: ListPath, bind: str, body: Condition) -> Uses:
        inner = self.of(body)
        record = items.shape.record
        assert record is not None
        own = _NONE._replace(scopes=frozenset({items.scope}), lists=frozenset({record.path}))
        return own.with_(inner._replace(scopes=inner.scopes - {bind}))

    def _meets(self, name: str, scope: str) -> Uses:
        definition = self.mode.policies.definitions[self.mode.overrides.definitions.get(name, name)]
        inner = self.of(definition.when)
        return inner._replace(scopes=frozenset({scope}), things=inner.things | {(name, id(definition))})

    def term(self, term: Term) -> Uses:
        """What a term uses."""
        match term:
            case Field():
                return _NONE._replace(scopes=frozenset({term.scope}), lists=_targets(term.shape))
            case ParameterValue(name=name):
                return self._parameter(name)
            case Shifted(day=day, days=days):
                return self.term(day) if isinstance(days, int) else self.term(day).with_(self.term(days))
            case CountOf(items=items, bind=bind, body=body):
                return self._bound(items, bind, body)
            case Sum(terms=terms):
                found = _NONE
                for each in terms:
                    found = found.with_(self.term(each))
                return found
            case Ratio(part=part, whole=whole):
                return self.term(part).with_(self.term(whole))
            case _:
                return _NONE

    def _parameter(self, name: str) -> Uses:
        override = self.mode.overrides.parameters.get(name)
        if override is not None:
            brought = frozenset({override.scope}) if isinstance(override, Field) else frozenset[str]()
            return _NONE._replace(things=frozenset({(name, id(override))}), subject=brought)
        press = name in self.mode.overrides.admit_press
        found = frozenset({(name, id(self.mode.policies.parameters[name]), press)})
        return _NONE._replace(things=found, judged=True)


def _targets(shape: FieldShape) -> frozenset[str]:
    return frozenset() if shape.target is None else frozenset({shape.target})
