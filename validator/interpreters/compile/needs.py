"""What a condition depends on: which items, whether on the judged day, and which changes of a reading reach it.

It decides where a sub-condition can be worked out once: outside a loop, for the whole document, for all readings.
"""

from __future__ import annotations

from typing import NamedTuple

from validator.interpreters.readings import Overrides
from validator.language.vocabulary import ROOT
from validator.logic.expr import (
    AllOf,
    AnyOf,
    AsOf,
    Compare,
    Condition,
    CountOf,
    Field,
    Follow,
    Fresh,
    Known,
    ListedIn,
    Literal,
    Meets,
    Not,
    OneOf,
    ParameterValue,
    Quantified,
    Ratio,
    SetTest,
    Shifted,
    Sum,
    Term,
    Undecided,
)
from validator.logic.policy import PolicySet

SUBJECT = "§"  # before the scope name of the judged item, which a reading may name inside a definition


class Needs(NamedTuple):
    """`scopes` are the items it names, `timed` whether the judged day matters, `changes` what a reading changes."""

    scopes: frozenset[str] = frozenset()
    timed: bool = False
    changes: frozenset[tuple[str, str, object]] = frozenset()

    def plus(self, *others: Needs) -> Needs:
        """What all of them depend on."""
        return Needs(
            self.scopes.union(*(other.scopes for other in others)),
            self.timed or any(other.timed for other in others),
            self.changes.union(*(other.changes for other in others)),
        )

    def without(self, scope: str) -> Needs:
        """The same outside the place where a name is bound."""
        return self._replace(scopes=self.scopes - {scope})


NOTHING = Needs()
TIMED = Needs(timed=True)


def _scope(name: str) -> Needs:
    return NOTHING if name == ROOT else Needs(frozenset({name}))


class Dependencies:
    """The needs of conditions under the overrides of a reading."""

    def __init__(self, policies: PolicySet, overrides: Overrides) -> None:
        self.policies = policies
        self.overrides = overrides
        self._known: dict[Condition, Needs] = {}

    def of(self, condition: Condition) -> Needs:
        """What a condition depends on."""
        if condition not in self._known:
            self._known[condition] = self._of(condition)
        return self._known[condition]

    def _of(self, condition: Condition) -> Needs:
        match condition:
            case AllOf(parts) | AnyOf(parts):
                return NOTHING.plus(*(self.of(part) for part in parts))
            case Not(part):
                return self.of(part)
            case Compare(left=left, right=right):
                return self.of_term(left).plus(self.of_term(right))
            case OneOf(field=field) | Known(field=field):
                return self.of_term(field)
            case SetTest(field=field, values=values):
                return self.of_term(field).plus(self.of_term(values))
            case Quantified(items=items, bind=bind, body=body):
                return self.of(body).without(bind).plus(_scope(items.scope))
            case Follow(reference=reference, bind=bind, body=body):
                return self.of(body).without(bind).plus(self.of_term(reference))
            case ListedIn(field=field, register=register):
                changed = self._change("register", register, self.overrides.registers.get(register))
                return self.of_term(field).plus(TIMED, changed)
            case Meets():
                return self._meets(condition)
            case Undecided():
                return NOTHING
            case Fresh(body=body, on=on, within=within):
                days = NOTHING if isinstance(within, int) else self.of_term(within)
                return self.of(body).plus(self.of_term(on), days, TIMED)

    def _meets(self, condition: Meets) -> Needs:
        name = condition.definition
        other = self.overrides.definitions.get(name)
        definition = self.policies.definitions[other or name]
        inner = self.of(definition.when)
        own = {scope for scope in inner.scopes if not scope.startswith(SUBJECT)}
        outside = inner._replace(scopes=inner.scopes - own)
        return outside.plus(_scope(condition.scope), self._change("definition", name, other))

    def of_term(self, term: Term) -> Needs:
        """What a term depends on."""
        match term:
            case Literal() | AsOf():
                return NOTHING
            case Field(scope=scope):
                return _scope(scope)
            case ParameterValue(name=name):
                return self._parameter(name)
            case Shifted(day=day, days=days):
                return self.of_term(day).plus(NOTHING if isinstance(days, int) else self.of_term(days))
            case Sum(terms=terms):
                return NOTHING.plus(*(self.of_term(inner) for inner in terms))
            case CountOf(items=items, bind=bind, body=body):
                return self.of(body).without(bind).plus(_scope(items.scope))
            case Ratio(part=part, whole=whole):
                return self.of_term(part).plus(self.of_term(whole))

    def _parameter(self, name: str) -> Needs:
        other = self.overrides.parameters.get(name)
        admitted = name in self.overrides.admit_press or None
        changed = self._change("parameter", name, other).plus(self._change("press", name, admitted))
        match other:
            case Field(scope=scope):
                return changed if scope == ROOT else changed.plus(Needs(frozenset({SUBJECT + scope})))
            case Literal():
                return changed
            case _:
                return changed.plus(TIMED)

    def _change(self, kind: str, name: str, other: object) -> Needs:
        return NOTHING if other is None else Needs(changes=frozenset({(kind, name, other)}))
