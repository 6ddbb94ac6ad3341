"""Constants that matter: what the policies compare each field with, one less and one more, and one other word.

Policies are data, so a generator that looks at Python source never meets their numbers and days; without them a
random value hits a boundary once in a thousand tries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from validator.interpreters.strategies.worlds import DAY, World
from validator.logic.expr import (
    AsOf,
    Compare,
    Condition,
    Field,
    Fresh,
    ListedIn,
    Literal,
    OneOf,
    ParameterValue,
    Ratio,
    SetTest,
    Shifted,
    Sum,
    Term,
    walk,
)
from validator.logic.policy import Decision, Norm, Policy, PolicySet, Window
from validator.logic.shape import FieldShape, Kind
from validator.logic.values import Value

CENT = Decimal("0.01")


class Constants:
    """What one field is compared with: values, and days counted from the law date."""

    def __init__(self) -> None:
        self.values: dict[Value, None] = {}
        self.offsets: dict[int, None] = {}


class Pools:
    """The constants of a policy set by field. `days` are the days on which what the policies say can change."""

    def __init__(self, policies: PolicySet) -> None:
        self.policies = policies
        self._by_field: dict[int, Constants] = {}
        self._regions: dict[str, None] = {}
        days: set[date] = set()
        for policy in policies.policies():
            for window in windows_of(policy):
                days |= set(self._window(window))
        for condition in conditions_of(policies):
            for node in walk(condition):
                self._node(node)
        for parameter in policies.parameters.values():
            days |= {day for row in parameter.rows for day in (row.period.first, row.period.last) if day}
            self._regions |= dict.fromkeys(row.region for row in parameter.rows if row.region)
        for register in policies.registers.values():
            days |= {d for row in register.rows for d in (row.period.first, row.period.last, row.announced_on) if d}
        self.days = sorted({day + k * DAY for day in days if day.year < 9990 for k in (-1, 0, 1)})

    def of(self, shape: FieldShape) -> Constants:
        """The constants of a field."""
        return self._by_field.setdefault(id(shape), Constants())

    def options(self, shape: FieldShape, world: World) -> list[Any]:
        """The values of a field around its constants, as a document writes them; none when no policy names any."""
        found = self.of(shape)
        if world.vocabulary.root.fields.get("region") is shape:
            return [*dict.fromkeys([*(str(value) for value in found.values), *self._regions])]
        match shape.item if shape.kind is Kind.SET else shape.kind:
            case Kind.INTEGER:
                whole = [n for n in found.values if isinstance(n, int) and not isinstance(n, bool)]
                return [n for c in whole for n in (c, c - 1, c + 1) if is_allowed(shape, n)]
            case Kind.DECIMAL:
                exact = [Decimal(c) for c in found.values if isinstance(c, int | Decimal)]
                return [f"{n:f}" for c in exact for n in (c, c - CENT, c + CENT) if is_allowed(shape, n)]
            case Kind.DATE | Kind.MONTH:
                return [*_days(shape, found, world.as_of)]
            case Kind.ENUM | Kind.SERVICE:
                named = [str(value) for value in found.values]
                others = [*shape.values] if shape.values else [*world.services]
                other = [word for word in others if word not in named]
                return named + other[:1] if named else []
            case _:
                return []

    # --- gathering ----------------------------------------------------------------------------------------

    def _window(self, window: Window) -> Iterator[date]:
        for end, judged in ((window.first, window.judged_through), (window.last, window.judged_from)):
            for value in self._values(end) if end is not None else ():
                if isinstance(value, date):
                    yield value
                    if judged is not None:
                        self.of(judged.shape).values[value] = None

    def _node(self, node: Condition) -> None:
        match node:
            case Compare(left=left, right=right):
                self._sides(left, right)
                self._sides(right, left)
            case OneOf(field=found, values=values):
                self._add(found, sorted(values, key=repr))
            case SetTest(field=found, values=Literal(value=value)):
                self._add(found, [value])
            case ListedIn(field=found, register=register):
                self._add(found, [row.id for row in self.policies.registers[register].rows][:4])
            case Fresh(on=on, within=within):
                allowed = [within] if isinstance(within, int) else [*self._values(within)]
                self.of(on.shape).offsets |= {-n - k: None for n in allowed if isinstance(n, int) for k in (0, 1)}
            case _:
                pass

    def _sides(self, one: Term, other: Term) -> None:
        match one:
            case Field():
                self._add(one, self._values(other))
                self.of(one.shape).offsets |= dict.fromkeys(self._offsets(other))
            case Shifted(day=Field() as moved, days=days):
                back = [-n for n in ([days] if isinstance(days, int) else self._values(days)) if isinstance(n, int)]
                values = [v + timedelta(n) for v in self._values(other) if isinstance(v, date) for n in back]
                self._add(moved, values)
                self.of(moved.shape).offsets |= {k + n: None for k in self._offsets(other) for n in back}
            case Sum(terms=terms):
                for term in terms:
                    self._add(term, [0, *self._values(other)])
            case Ratio(part=part, whole=whole):
                for side in (part, whole):
                    if isinstance(side, Field):
                        self._add(side, [0, 1, 2, *self._values(other)])
            case _:
                pass

    def _add(self, found: Field, values: Iterable[Value]) -> None:
        own = self.of(found.shape).values
        for value in values:
            members = sorted(value) if isinstance(value, frozenset) else [value]
            own |= dict.fromkeys(members)

    def _values(self, term: Term) -> list[Value]:
        """The values that a term may have whatever the facts are."""
        match term:
            case Literal(value=value):
                return [value]
            case ParameterValue(name=name):
                return [row.value for row in self.policies.parameters[name].rows if row.value is not None]
            case Shifted(day=Literal() | ParameterValue() as base, days=days):
                moves = [days] if isinstance(days, int) else self._values(days)
                bases = [value for value in self._values(base) if isinstance(value, date)]
                return [day + timedelta(n) for day in bases for n in moves if isinstance(n, int)]
            case _:
                return []

    def _offsets(self, term: Term) -> list[int]:
        match term:
            case AsOf():
                return [-1, 0]
            case Shifted(day=AsOf(), days=days):
                moves = [days] if isinstance(days, int) else self._values(days)
                return [n + k for n in moves if isinstance(n, int) for k in (-1, 0, 1)]
            case _:
                return []


def is_allowed(shape: FieldShape, number: int | Decimal) -> bool:
    """Whether the schema lets the field hold the number."""
    ends = [limit.number for limit in (shape.at_least,) if limit and limit.number is not None]
    low = max([*ends, *([] if shape.min_value is None else [shape.min_value])], default=0)
    tops = [limit.number for limit in (shape.at_most,) if limit and limit.number is not None]
    high = min([*tops, *([] if shape.max_value is None else [shape.max_value])], default=None)
    return low <= number and (high is None or number <= high)


def _days(shape: FieldShape, found: Constants, as_of: date) -> Iterator[str]:
    fixed = [day for value in found.values if isinstance(value, date) for day in (value - DAY, value, value + DAY)]
    moving = [as_of + n * DAY for n in found.offsets]
    seen = dict.fromkeys(
        f"{day:%Y-%m}" if shape.kind is Kind.MONTH else day.isoformat()
        for day in (*moving, *fixed)
        if day <= as_of or shape.future
    )
    if seen:
        yield from seen
        yield from shape.special


# --- what a policy set is made of ----------------------------------------------------------------------------


def windows_of(policy: Policy) -> list[Window]:
    """The times in force of a policy, one for each list that it is about."""
    return [policy.window] if isinstance(policy, Decision) else [clauses.window for clauses in policy.clauses]


def own_conditions(policy: Policy) -> list[Condition]:
    """The conditions that a policy itself is written with, times in force and waivers apart."""
    if isinstance(policy, Norm):
        return [
            when
            for clauses in policy.clauses
            for when in (clauses.applies_when, clauses.requirement, *(when for _, when in clauses.exceptions))
        ]
    return [policy.applies_when, *(test.when for test in (*policy.criteria, *policy.exclusions))]


def conditions_of(policies: PolicySet) -> list[Condition]:
    """Every condition of a policy set, definitions included."""
    own = [when for policy in policies.policies() for when in own_conditions(policy)]
    return own + [definition.when for definition in policies.definitions.values()]


__all__ = ["Constants", "Pools", "conditions_of", "own_conditions", "windows_of"]
