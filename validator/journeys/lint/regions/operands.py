"""What stands on the sides of a comparison, each with the demands under which it is that."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from fractions import Fraction
from itertools import product
from typing import NamedTuple, assert_never

from validator.interpreters.readings import Overrides
from validator.journeys.lint.regions.differences import ZERO, Least, Node
from validator.journeys.lint.regions.goals import (
    ANY_WORD,
    ORGANIZATION,
    Bound,
    Choice,
    Env,
    Goal,
    Guess,
    Judged,
    Key,
    Narrow,
    Number,
    Total,
    Words,
    one_of,
)
from validator.journeys.lint.regions.state import AS_OF, JUDGED, PUBLIC_SHARE, organization_field
from validator.language.names import SERVICES, SUBJECTS
from validator.logic.expr import AsOf, CountOf, Field, Literal, ParameterValue, Ratio, Shifted, Sum, Term
from validator.logic.policy import Parameter, ParameterRow, Period, PolicySet, Window
from validator.logic.shape import FieldShape, Kind, RecordShape
from validator.logic.values import SpecialDay, Value, point
from validator.snapshots.integrity import shares_are_sound

DAY = "day"  # a date that is a day, and not one of the words that may stand for one


class Fixed(NamedTuple):
    """A value."""

    value: Value


class Linear(NamedTuple):
    """A number or a day: an unknown and what is added to it."""

    node: Node
    plus: int
    whole: bool


class Word(NamedTuple):
    """A name or a truth value of a field; `pattern` is what a name must look like, "" when like anything.

    Beside the `domain` a name of a service may be one that no register knows (`strange`): nothing is sure of it,
    but for what is asked of registers.
    """

    key: Key
    domain: Words
    pattern: str = ""
    strange: bool = False


class SetOf(NamedTuple):
    """A field that is a set; `domain` None: of whatever words."""

    key: Key
    domain: frozenset[str] | None


class Strange(NamedTuple):
    """Something that is not looked into."""

    what: Hashable


Operand = Fixed | Linear | Word | SetOf | Strange
Given = tuple[tuple[Goal, ...], Operand]


class Operands:
    """How the terms of one policy are read: under one reading, for one subject."""

    def __init__(
        self,
        policies: PolicySet,
        root: RecordShape,
        overrides: Overrides,
        subject: Env,
        window: Window,
        mindful: bool,
        pointed: bool,
    ) -> None:
        self.policies = policies
        self.overrides = overrides
        self.subject = subject
        self.window = window
        self.mindful, self.pointed = mindful, pointed
        self._kinds = Words(True, frozenset(root.fields["kind"].values)) if "kind" in root.fields else ANY_WORD
        self._services = frozenset(
            row.id for reg in policies.registers.values() if reg.family == SERVICES for row in reg.rows
        )
        subjects = policies.registers.get(SUBJECTS)
        self._regions = Words(True, frozenset(row.id for row in subjects.rows)) if subjects else ANY_WORD
        self._founders = self._public_founders(root)
        self._rows: dict[str, tuple[Given, ...]] = {}

    # --- fields -----------------------------------------------------------------------------------------------

    def domain(self, key: Key, shape: FieldShape) -> Words:
        """Every value that a name or truth value may have when it is known."""
        match shape.kind:
            case Kind.BOOLEAN:
                return Words(True, frozenset({True, False}))
            case Kind.ENUM:
                return Words(True, frozenset(set(shape.values) - set(shape.unknown_values)))
            case Kind.SERVICE:
                return Words(True, frozenset(self._services))
            case _:
                return self._regions if key == organization_field("region") else ANY_WORD

    def field(self, env: Env, term: Field) -> list[Given]:
        """A field that is known."""
        shape, key = term.shape, (env[term.scope].name, term.path)
        known: tuple[Goal, ...] = (known_goal(key, True),) if self.mindful and not shape.is_bounded else ()
        if key[0] == ORGANIZATION.name and term.path[0] == PUBLIC_SHARE:
            known = (*known, self._shared(key))
        if shape.kind is Kind.BOOLEAN or shape.kind.is_name:
            pattern = "" if shape.special else shape.pattern
            return [(known, Word(key, self.domain(key, shape), pattern, shape.kind is Kind.SERVICE))]
        if shape.kind is Kind.SET:
            return [(known, SetOf(key, self._members(shape)))]
        if not shape.kind.is_number and not shape.kind.is_day:
            return [(known, Strange(key))]
        number = Linear(key, 0, shape.kind is not Kind.DECIMAL)
        month: tuple[Goal, ...] = (Guess("month"),) if shape.kind is Kind.MONTH else ()
        words = [word for word in SpecialDay if shape.kind.is_day and word.value in shape.special]
        if not words:
            return [((*known, Number(key, shape), *month), number)]
        return [
            ((*known, form(key, DAY), Number(key, shape), *month), number),
            *(((*known, form(key, word.value)), Fixed(word)) for word in words),
        ]

    def _members(self, shape: FieldShape) -> frozenset[str] | None:
        if shape.item is Kind.ENUM:
            return frozenset(set(shape.values) - set(shape.unknown_values))
        return self._services if shape.item is Kind.SERVICE else None

    # --- terms ------------------------------------------------------------------------------------------------

    def of(self, env: Env, term: Term) -> list[Given]:
        """Every operand that a term can surely come to, with the demands under which it does."""
        match term:
            case Literal(value):
                return [((), Fixed(value))]
            case AsOf():
                return [((), Linear(AS_OF, 0, True))]
            case Field():
                return self.field(env, term)
            case ParameterValue(name):
                override = self.overrides.parameters.get(name)
                if override is not None:
                    return self.of(self.subject or env, override)
                return list(self._parameter(name))
            case Shifted(day, days):
                amounts = [((), Fixed(days))] if isinstance(days, int) else self.of(env, days)
                return [
                    ((*one, *other), _moved(what, amount, (term, named(env))))
                    for (one, what), (other, amount) in product(self.of(env, day), amounts)
                ]
            case Sum(terms):
                whole = all(field.shape.kind is Kind.INTEGER for field in terms)
                return [(self._sum(env, terms), Linear(_sum_node(env, terms), 0, whole))]
            case Ratio() | CountOf():
                return [((Guess("ratio"),), Linear((term, named(env)), 0, False))]
            case _:
                assert_never(term)

    def _sum(self, env: Env, terms: tuple[Field, ...]) -> tuple[Goal, ...]:
        """What is demanded of a sum; public shares are no more than the whole."""
        node = _sum_node(env, terms)
        found: list[Goal] = [Total(node, tuple(((env[t.scope].name, t.path), t.shape) for t in terms))]
        if len({(t.scope, t.path) for t in terms}) < len(terms) or len({t.shape.kind for t in terms}) > 1:
            found.append(Guess("sum"))
        if all(t.path[0] == PUBLIC_SHARE for t in terms):
            found += [Bound(node, ZERO, Least(100)), self._shared(node)]
        return tuple(found)

    def _shared(self, node: Node) -> Goal:
        """A public share beside a founder that is not public is nought."""
        return Choice(((self._founders,), (Bound(node, ZERO, Least(0)),)))

    def _public_founders(self, root: RecordShape) -> Narrow:
        words = root.fields["founder"].values if "founder" in root.fields else ()
        public = frozenset(word for word in words if shares_are_sound([Fraction(1)], word))
        return Narrow(organization_field("founder"), Words(True, public) if words else ANY_WORD)

    # --- parameters -------------------------------------------------------------------------------------------

    def _parameter(self, name: str) -> tuple[Given, ...]:
        if name not in self._rows:
            parameter = self.policies.parameters[name]
            self._rows[name] = tuple(self._values(parameter, name in self.overrides.admit_press))
        return self._rows[name]

    def _values(self, parameter: Parameter, admit_press: bool) -> Iterable[Given]:
        rows = [row for row in parameter.rows if admit_press or not row.press]
        rows.sort(key=lambda row: (row.specificity, row.press), reverse=True)
        for index, row in enumerate(rows):
            # What nobody knows yet may turn out to be anything.
            unknown = Linear(("parameter", parameter.name, index), 0, parameter.kind is not Kind.DECIMAL)
            before = [other for other in rows[:index] if _can_meet(row, other) and _rank(other) > _rank(row)]
            unless = [goal for other in before for goal in one_of(self._outside(other, row))]
            yield (*self._inside(row), *unless), unknown if row.value is None else Fixed(row.value)

    def _inside(self, row: ParameterRow) -> tuple[Goal, ...]:
        found: list[Goal] = []
        if row.region is not None:
            found.append(Narrow(organization_field("region"), self._regions.both(_only(row.region))))
        if row.kind is not None:
            found.append(Narrow(organization_field("kind"), self._kinds.both(_only(row.kind))))
        return (*found, *in_period(row.period))

    def _outside(self, row: ParameterRow, inner: ParameterRow) -> tuple[tuple[Goal, ...], ...]:
        """The ways in which a row can fail to hold where another one does."""
        found: list[tuple[Goal, ...]] = []
        if row.region is not None and row.region != inner.region:
            found.append((Narrow(organization_field("region"), self._regions.both(_not(row.region))),))
        if row.kind is not None and row.kind != inner.kind:
            found.append((Narrow(organization_field("kind"), self._kinds.both(_not(row.kind))),))
        return (*found, *outside_period(row.period))


def _rank(row: ParameterRow) -> tuple[int, bool]:
    return row.specificity, row.press


def _can_meet(one: ParameterRow, other: ParameterRow) -> bool:
    regions = None in (one.region, other.region) or one.region == other.region
    kinds = None in (one.kind, other.kind) or one.kind == other.kind
    return regions and kinds and one.period.overlaps(other.period)


def _only(word: str) -> Words:
    return Words(True, frozenset({word}))


def _not(word: str) -> Words:
    return Words(False, frozenset({word}))


def in_period(period: Period) -> tuple[Goal, ...]:
    """The judged day lies in a period."""
    found: list[Goal] = []
    if period.first is not None:
        found.append(Bound(ZERO, JUDGED, Least(-period.first.toordinal())))
    if period.last is not None:
        found.append(Bound(JUDGED, ZERO, Least(period.last.toordinal())))
    return (Judged(), *found) if found else ()


def outside_period(period: Period) -> tuple[tuple[Goal, ...], ...]:
    """The ways in which the judged day lies outside a period."""
    found: list[tuple[Goal, ...]] = []
    if period.first is not None:
        found.append((Judged(), Bound(JUDGED, ZERO, Least(period.first.toordinal() - 1))))
    if period.last is not None:
        found.append((Judged(), Bound(ZERO, JUDGED, Least(-period.last.toordinal() - 1))))
    return tuple(found)


def form(key: Key, word: str) -> Narrow:
    """A date is a day, or one of the words that may stand for it."""
    return Narrow((key[0], (*key[1], "#form")), _only(word))


def known_goal(key: Key, truth: bool) -> Narrow:
    """A field is known, or absent."""
    return Narrow((key[0], (*key[1], "#known")), Words(True, frozenset({truth})))


def named(env: Env) -> Hashable:
    """What the names of scopes stand for, to tell one place of a condition from another."""
    return tuple(sorted((scope, item.name) for scope, item in env.items()))


def _sum_node(env: Env, terms: tuple[Field, ...]) -> Node:
    return ("sum", tuple(sorted((env[t.scope].name, t.path) for t in terms)))


def _moved(day: Operand, days: Operand, what: Hashable) -> Operand:
    if isinstance(day, Fixed) and isinstance(day.value, SpecialDay):
        return day
    if isinstance(days, Fixed) and isinstance(days.value, int):
        if isinstance(day, Linear):
            return day._replace(plus=day.plus + days.value)
        if isinstance(day, Fixed):
            return Linear(ZERO, _ordinal(day.value) + days.value, True)
    return Strange(what)


def _ordinal(value: Value) -> int:
    return int(point(value).low)
