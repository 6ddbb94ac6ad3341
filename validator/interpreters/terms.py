"""Terms on the facts: values where they are known, intervals where they are only bounded, gaps where they are not.

Part of the reference evaluator; slow and obvious on purpose.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from validator.interpreters.lookup import parameter_value
from validator.interpreters.outcome import Observed, StandIn
from validator.interpreters.readings import Overrides
from validator.logic.expr import AsOf, Field, Literal, ParameterValue, Shifted, Sum
from validator.logic.facts import Record, Snapshot
from validator.logic.named_tuple import NamedTuple
from validator.logic.policy import PolicySet
from validator.logic.shape import Limit
from validator.logic.values import (
    ANYTHING,
    INFINITY,
    Interval,
    SpecialDay,
    Value,
    point,
    spell,
)
from validator.logic.ways import Cause, Gap

Env = Mapping[str, Record]
NO_ITEM: Env = MappingProxyType({})
AFTER_SCHEMA = 1 << 20
NOUGHT = Interval(0, 0)


class Case(NamedTuple):
    """One policy, under one reading, on one organization.

    `judged` is the judged day, an interval when the day itself is only bounded; `judged_gaps` are the facts each
    of which could settle it, the day itself first. `subject` binds the names of what is judged: a reading may put
    a field of it in the place of a parameter, also inside a definition that knows nothing of that item.
    """

    policies: PolicySet
    snapshot: Snapshot
    law_date: date
    overrides: Overrides
    judged: Interval
    judged_gaps: tuple[Gap, ...] = ()
    subject: Env = NO_ITEM


class Seen(NamedTuple):
    """What a term came to.

    `value` is None when it is not known. What has an order also has a `base`, the part that is known, to which
    each of the `gaps` adds a value of its interval; `base` is None for what has no order. The intervals of
    the `loose` gaps are not declared ones: nothing follows from them. `never` is the gap that the word `never`
    may fill, and `stand_ins` are further facts that could narrow a gap.
    """

    value: Value | None
    base: Interval | None
    gaps: tuple[tuple[Gap, Interval], ...] = ()
    observed: tuple[Observed, ...] = ()
    loose: frozenset[Gap] = frozenset()
    never: Gap | None = None
    stand_ins: tuple[StandIn, ...] = ()

    @property
    def bounded(self) -> bool:
        """Whether every interval is a declared one."""
        return not self.loose

    def interval(self, given: Mapping[Gap, Interval] | None = None) -> Interval:
        """Every value that is possible, some of the gaps perhaps given."""
        total = self.base or NOUGHT
        for missing, possible in self.gaps:
            total = total.plus((given or {}).get(missing, possible))
        return total


def schema_order(snapshot: Snapshot, path: str) -> tuple[int, ...]:
    """The place of a path in the schema: positions of fields, indexes of items."""
    shape, order = snapshot.root.shape, []
    for part in path.removeprefix("organization.").split("."):
        name, _, index = part.rstrip("]").partition("[")
        names = list(shape.fields)
        order.append(names.index(name) if name in names else AFTER_SCHEMA)
        if index:
            order.append(int(index) if index.isdigit() else AFTER_SCHEMA)  # `?` is an item nobody gave
        found = shape.fields.get(name)
        if found is None or found.record is None:
            break
        shape = found.record
    return tuple(order)


def gap(case: Case, record: Record, name: str, cause: Cause = "absent") -> Gap:
    """The gap of a field of a record."""
    path = record.path_of(name)
    return Gap(schema_order(case.snapshot, path), path, cause, record.span_of(name))


def record_of(env: Env, scope: str, path: tuple[str, ...]) -> Record:
    """The record that holds the last name of a path."""
    record = env[scope]
    for name in path[:-1]:
        record = record.records[name]
    return record


def see(case: Case, env: Env, term: Literal | Field | ParameterValue | AsOf | Shifted | Sum) -> Seen:
    """What a term comes to, counts and shares apart."""
    match term:
        case Literal(value=value):
            return _known(value)
        case AsOf():
            return _known(case.law_date)
        case Field():
            return see_field(case, env, term)
        case ParameterValue():
            return _parameter(case, env, term)
        case Shifted():
            return _shifted(case, env, term)
        case Sum(terms=terms):
            return _sum([see_field(case, env, field) for field in terms])


def _known(value: Value, observed: tuple[Observed, ...] = ()) -> Seen:
    ordered = not isinstance(value, str | bool | frozenset) and value is not SpecialDay.NEVER
    return Seen(value, point(value) if ordered else None, (), observed)


def see_field(case: Case, env: Env, field: Field) -> Seen:
    """A field: its value, or where it is absent its declared bounds and the gap."""
    record, name = record_of(env, field.scope, field.path), field.path[-1]
    value = record.values.get(name)
    if value is not None:
        path, span = record.path_of(name), record.span_of(name)
        return _known(value, (Observed(path, spell(value), span, field.shape, value),))
    declared = bounds(case.snapshot, record, name)
    ordered = field.shape.kind.is_number or field.shape.kind.is_day
    missing = gap(case, record, name)
    return Seen(
        None,
        NOUGHT if ordered else None,
        ((missing, declared or ANYTHING),),
        _bounding(record, name),
        loose=frozenset() if declared else frozenset({missing}),
        never=missing if SpecialDay.NEVER.value in field.shape.special else None,
        stand_ins=stand_ins(case, record, name),
    )


def bounds(snapshot: Snapshot, record: Record, name: str) -> Interval | None:
    """The interval in which the schema says that an absent value lies, or None when it says nothing."""
    shape = record.shape.fields[name]
    if not shape.is_bounded:
        return None
    low = _limit(snapshot, record, shape.at_least, lower=True)
    high = _limit(snapshot, record, shape.at_most, lower=False)
    return Interval(low, max(low, high))


def _bounding(record: Record, name: str) -> tuple[Observed, ...]:
    """The known siblings that bound an absent value: what is said of it rests on them."""
    shape = record.shape.fields[name]
    names = [limit.sibling for limit in (shape.at_least, shape.at_most) if limit is not None and limit.sibling]
    return tuple(
        Observed(
            record.path_of(other), spell(record.values[other]), record.span_of(other), record.shape.fields[other]
        )
        for other in names
        if other in record.values
    )


def stand_ins(case: Case, record: Record, name: str) -> tuple[StandIn, ...]:
    """The absent siblings that bound an absent value: giving one of them narrows the interval."""
    shape, declared = record.shape.fields[name], bounds(case.snapshot, record, name)
    found = []
    for limit, lower in ((shape.at_least, True), (shape.at_most, False)):
        if declared is None or limit is None or limit.sibling is None or limit.sibling in record.values:
            continue
        low, high = bounds(case.snapshot, record, limit.sibling) or ANYTHING
        end = max(declared.low, high) if lower else max(declared.low, low)
        narrowed = Interval(end, max(end, declared.high)) if lower else Interval(declared.low, end)
        found.append(StandIn(gap(case, record, limit.sibling), gap(case, record, name), narrowed))
    return tuple(found)


def _limit(snapshot: Snapshot, record: Record, limit: Limit | None, *, lower: bool) -> int | float:
    end = -INFINITY if lower else INFINITY
    if limit is None:
        return end
    if limit.as_of:
        return snapshot.as_of.toordinal()
    if limit.number is not None:
        return limit.number
    assert limit.sibling is not None
    value = record.values.get(limit.sibling)
    if value is not None and value is not SpecialDay.NEVER:
        found = point(value)
    else:
        found = bounds(snapshot, record, limit.sibling) or ANYTHING
    return found.low if lower else found.high  # type: ignore[return-value]


def _parameter(case: Case, env: Env, term: ParameterValue) -> Seen:
    override = case.overrides.parameters.get(term.name)
    if override is not None:
        return see(case, case.subject or env, override)
    parameter = case.policies.parameters[term.name]
    admitted = term.name in case.overrides.admit_press
    snapshot = case.snapshot
    same, value = parameter_value(parameter, snapshot.region, snapshot.kind, case.judged, admitted)
    if not same and case.judged_gaps:
        day, *others = case.judged_gaps
        instead = tuple(StandIn(g, day, Interval(end, end)) for g in others for end in ANYTHING)
        return Seen(None, NOUGHT, ((day, ANYTHING),), loose=frozenset({day}), stand_ins=instead)
    if value is not None:
        return _known(value)
    path = f"parameters.{term.name}"
    missing = Gap((AFTER_SCHEMA,), path, "parameter_gap", snapshot.root.span_of("region"))
    return Seen(None, NOUGHT, ((missing, ANYTHING),), loose=frozenset({missing}))


def _shifted(case: Case, env: Env, term: Shifted) -> Seen:
    day = see(case, env, term.day)
    days = _known(term.days) if isinstance(term.days, int) else see(case, env, term.days)
    observed = day.observed + days.observed
    if isinstance(day.value, SpecialDay):
        return day._replace(observed=observed)
    if isinstance(day.value, date) and isinstance(days.value, int):
        moved = _moved(day.value, days.value)
        return Seen(moved, point(moved), (), observed)
    base = (day.base or NOUGHT).plus(days.base or NOUGHT)
    return Seen(
        None,
        base,
        day.gaps + days.gaps,
        observed,
        day.loose | days.loose,
        day.never,
        day.stand_ins + days.stand_ins,
    )


def _moved(day: date, days: int) -> date:
    """A day moved within the calendar; what would leave it stays at its end."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _sum(terms: list[Seen]) -> Seen:
    base = NOUGHT
    for term in terms:
        base = base.plus(term.base or NOUGHT)
    gaps = tuple(g for term in terms for g in term.gaps)
    observed = tuple(o for term in terms for o in term.observed)
    loose = frozenset(g for term in terms for g in term.loose)
    return Seen(None, base, gaps, observed, loose, stand_ins=tuple(s for term in terms for s in term.stand_ins))
