"""The reference evaluator: the definition of what a condition means on the facts. Slow and obvious.

Every other interpreter is tested against this one. It returns an outcome tree that says what was observed and,
where the answer is unknown, which missing facts could change it.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import assert_never

from validator.interpreters.lookup import listed
from validator.interpreters.outcome import Observed, Outcome
from validator.interpreters.terms import Case, Env, Seen, gap, record_of, see, see_field
from validator.logic.expr import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    CountOf,
    Field,
    Follow,
    Fresh,
    Known,
    ListedIn,
    ListPath,
    Literal,
    Meets,
    Not,
    OneOf,
    Quantified,
    Quantity,
    Ratio,
    SetRelation,
    SetTest,
    Term,
    Undecided,
)
from validator.logic.facts import ItemList, Record
from validator.logic.policy import Definition
from validator.logic.truth import Truth, all_of, any_of, truth
from validator.logic.values import (
    INFINITY,
    Interval,
    Order,
    SpecialDay,
    UnregisteredName,
    Value,
    compare_intervals,
    percent,
    point,
)
from validator.logic.ways import SETTLED, Gap, Way, Ways, minimal

MAX_CORNER_GAPS = 4


def evaluate(case: Case, env: Env, condition: Condition) -> Outcome:
    """The outcome of a condition; `env` binds the names of all enclosing items and `organization`."""
    match condition:
        case AllOf(parts):
            found = tuple(evaluate(case, env, part) for part in parts)
            return Outcome(condition, all_of(o.truth for o in found), parts=found)
        case AnyOf(parts):
            found = tuple(evaluate(case, env, part) for part in parts)
            return Outcome(condition, any_of(o.truth for o in found), parts=found)
        case Not(part):
            inner = evaluate(case, env, part)
            return Outcome(condition, ~inner.truth, parts=(inner,))
        case Compare():
            return _compare(case, env, condition)
        case OneOf():
            return _one_of(case, env, condition)
        case SetTest():
            return _set_test(case, env, condition)
        case Quantified():
            return _quantified(case, env, condition)
        case Follow():
            return _follow(case, env, condition)
        case ListedIn():
            return _listed_in(case, env, condition)
        case Meets():
            return _meets(case, env, condition)
        case Undecided(question):
            way = _way(Gap((1 << 21,), question, "undecided", condition.span))
            return Outcome(condition, Truth.UNKNOWN, to_true=way, to_false=way)
        case Fresh():
            return _fresh(case, env, condition)
        case Known(field):
            seen = see_field(case, env, field)
            return Outcome(condition, truth(seen.value is not None), observed=seen.observed)
        case _:
            assert_never(condition)


def _way(*gaps: Gap) -> Ways:
    return (frozenset(gaps),)


def _unknown(condition: Condition, ways: Ways, observed: tuple[Observed, ...] = ()) -> Outcome:
    return Outcome(condition, Truth.UNKNOWN, to_true=ways, to_false=ways, observed=observed)


# --- comparisons ---------------------------------------------------------------------------------------------


def _compare(case: Case, env: Env, condition: Compare) -> Outcome:
    left, order, right = condition.left, condition.order, condition.right
    if isinstance(left, CountOf | Ratio) or isinstance(right, CountOf | Ratio):
        return _compare_counts(case, env, condition)
    one, other = see(case, env, left), see(case, env, right)
    observed = one.observed + other.observed
    answer = compare_seen(one, order, other)
    if answer is not Truth.UNKNOWN:
        return Outcome(condition, answer, observed=observed)
    doubtful = _unregistered(case, env, left, one) + _unregistered(case, env, right, other)
    gaps = one.gaps + other.gaps
    if doubtful or one.base is None or other.base is None or len(gaps) > MAX_CORNER_GAPS:
        ways = _way(*(g for g, _ in gaps), *doubtful)
        return _unknown(condition, ways, observed)
    to_true, to_false = _corners(one, order, other)
    return Outcome(condition, answer, observed=observed, to_true=to_true, to_false=to_false)


def compare_seen(left: Seen, order: Order, right: Seen) -> Truth:
    """A comparison of two terms, counts and shares apart.

    With the date `never` every order is false, whatever the other side may be.
    """
    if left.value is not None and right.value is not None:
        return _compare_values(left.value, order, right.value)
    if order is not Order.IS and SpecialDay.NEVER in (left.value, right.value):
        return Truth.FALSE
    if left.base is None or right.base is None or not (left.bounded and right.bounded):
        return Truth.UNKNOWN
    return compare_intervals(left.interval(), order, right.interval())


def _compare_values(left: Value, order: Order, right: Value) -> Truth:
    if order is Order.IS:
        return _same(left, right)
    if SpecialDay.NEVER in (left, right):
        return Truth.FALSE
    return compare_intervals(point(left), order, point(right))


def _same(left: Value, right: Value) -> Truth:
    """Equality; a name that no register knows may be another name of anything."""
    if left == right:
        return Truth.TRUE
    if isinstance(left, frozenset) and isinstance(right, frozenset):
        strange = any(isinstance(name, UnregisteredName) for name in left ^ right)
        return Truth.UNKNOWN if strange else Truth.FALSE
    strange = isinstance(left, UnregisteredName) or isinstance(right, UnregisteredName)
    return Truth.UNKNOWN if strange else Truth.FALSE


def _unregistered(case: Case, env: Env, term: Term, seen: Seen) -> tuple[Gap, ...]:
    """The gap of a field whose value holds a name that no register knows."""
    if not isinstance(term, Field) or seen.value is None:
        return ()
    names = seen.value if isinstance(seen.value, frozenset) else {seen.value}
    if not any(isinstance(name, UnregisteredName) for name in names):
        return ()
    return (gap(case, record_of(env, term.scope, term.path), term.path[-1], "register_gap"),)


def _corners(left: Seen, order: Order, right: Seen) -> tuple[Ways, Ways]:
    """Which gaps, put to an end of their interval, make a comparison true, and which false."""
    possible = dict(left.gaps + right.gaps)
    found: dict[Truth, list[Way]] = {Truth.TRUE: [], Truth.FALSE: []}
    for size in range(1, len(possible) + 1):
        for chosen in combinations(possible, size):
            answers = {
                compare_intervals(left.interval(given), order, right.interval(given))
                for given in _assignments(chosen, possible, left, right)
            }
            for answer in answers - {Truth.UNKNOWN}:
                found[answer].append(frozenset(chosen))
    return minimal(found[Truth.TRUE]), minimal(found[Truth.FALSE])


def _assignments(
    chosen: tuple[Gap, ...], possible: dict[Gap, Interval], left: Seen, right: Seen
) -> list[dict[Gap, Interval]]:
    ends = (*left.interval(), *right.interval())
    choices = []
    for missing in chosen:
        low, high = possible[missing]
        values = {low, high} | {end for end in ends if low <= end <= high}
        choices.append([Interval(value, value) for value in sorted(values)])
    return [dict(zip(chosen, values, strict=True)) for values in product(*choices)]


def _one_of(case: Case, env: Env, condition: OneOf) -> Outcome:
    seen = see_field(case, env, condition.field)
    if seen.value is None:
        return _unknown(condition, _way(*(g for g, _ in seen.gaps)))
    if seen.value in condition.values:
        return Outcome(condition, Truth.TRUE, observed=seen.observed)
    doubtful = _unregistered(case, env, condition.field, seen)
    if doubtful:
        return _unknown(condition, _way(*doubtful), seen.observed)
    return Outcome(condition, Truth.FALSE, observed=seen.observed)


def _set_test(case: Case, env: Env, condition: SetTest) -> Outcome:
    field, values = condition.field, condition.values
    one, other = see_field(case, env, field), see(case, env, values)
    observed = one.observed + other.observed
    if one.value is None or other.value is None:
        if one.value == frozenset() and condition.relation is SetRelation.WITHIN:
            return Outcome(condition, Truth.TRUE, observed=observed)
        return _unknown(condition, _way(*(g for g, _ in one.gaps + other.gaps)), observed)
    answer = _relate(_members(one.value), condition.relation, _members(other.value))
    if answer is not Truth.UNKNOWN:
        return Outcome(condition, answer, observed=observed)
    doubtful = _unregistered(case, env, field, one) + _unregistered(case, env, values, other)
    return _unknown(condition, _way(*doubtful), observed)


def _members(value: Value) -> frozenset[str]:
    return (
        value
        if isinstance(value, frozenset)
        else frozenset({str(value)} if not isinstance(value, str) else {value})
    )


def _relate(left: frozenset[str], relation: SetRelation, right: frozenset[str]) -> Truth:
    match relation:
        case SetRelation.CONTAINS_ANY:
            return any_of(_is_in(name, left) for name in right)
        case SetRelation.CONTAINS_ALL:
            return all_of(_is_in(name, left) for name in right)
        case SetRelation.WITHIN:
            return all_of(_is_in(name, right) for name in left)
        case _:
            assert_never(relation)


def _is_in(name: str, names: frozenset[str]) -> Truth:
    return any_of(_same(name, other) for other in names)


# --- registers, definitions, freshness -----------------------------------------------------------------------


def _listed_in(case: Case, env: Env, condition: ListedIn) -> Outcome:
    seen = see_field(case, env, condition.field)
    if seen.value is None:
        return _unknown(condition, _way(*(g for g, _ in seen.gaps)))
    name = case.overrides.registers.get(condition.register, condition.register)
    register = case.policies.registers[name]
    assert isinstance(seen.value, str)
    same, answer = listed(case.policies, register, seen.value, case.judged)
    if not same:
        return _unknown(condition, _way(*case.judged_gaps), seen.observed)
    if answer is Truth.UNKNOWN:
        record = record_of(env, condition.field.scope, condition.field.path)
        missing = gap(case, record, condition.field.path[-1], "register_gap")
        return _unknown(condition, _way(missing), seen.observed)
    return Outcome(condition, answer, observed=seen.observed)


def _meets(case: Case, env: Env, condition: Meets) -> Outcome:
    name = case.overrides.definitions.get(condition.definition, condition.definition)
    definition = case.policies.definitions[name]
    inner = evaluate(case, env_of(definition, env, env[condition.scope]), definition.when)
    return Outcome(condition, inner.truth, parts=(inner,))


def env_of(definition: Definition, env: Env, item: Record) -> Env:
    """What the names in a definition stand for when it is asked of `item`."""
    bound = {"organization": env["organization"]}
    record: Record | None = item
    for scope in reversed(definition.scopes):
        assert record is not None
        bound[scope] = record
        record = record.parent
    return bound


def _fresh(case: Case, env: Env, condition: Fresh) -> Outcome:
    inner = evaluate(case, env, condition.body)
    seen = see_field(case, env, condition.on)
    within = see(case, env, Literal(condition.within) if isinstance(condition.within, int) else condition.within)
    if seen.value is None or within.value is None:
        gaps = _way(*(g for g, _ in seen.gaps + within.gaps))
        return Outcome(
            condition, Truth.UNKNOWN, parts=(inner,), observed=seen.observed, to_true=gaps, to_false=gaps
        )
    assert isinstance(within.value, int)
    earliest = case.judged.high - within.value
    checked = seen.value
    if checked is not SpecialDay.NEVER and point(checked).low >= earliest:
        return Outcome(
            condition, inner.truth, parts=(inner,), observed=seen.observed, to_true=SETTLED, to_false=SETTLED
        )
    record = record_of(env, condition.on.scope, condition.on.path)
    stale = _way(gap(case, record, condition.on.path[-1], "stale"))
    return Outcome(condition, Truth.UNKNOWN, parts=(inner,), observed=seen.observed, to_true=stale, to_false=stale)


# --- lists and references ------------------------------------------------------------------------------------


def list_of(env: Env, items: ListPath) -> ItemList:
    """The list that a path leads to."""
    return record_of(env, items.scope, items.path).lists[items.path[-1]]


def _open_list(case: Case, items: ItemList, record: Record) -> Gap | None:
    return None if items.closed else gap(case, record, items.shape.name, "list_incomplete")


def _each(case: Case, env: Env, items: ItemList, bind: str, body: Condition) -> tuple[Outcome, ...]:
    found = []
    for item in items:
        outcome = evaluate(case, {**env, bind: item}, body)
        outcome.item = item.path
        found.append(outcome)
    return tuple(found)


def _quantified(case: Case, env: Env, condition: Quantified) -> Outcome:
    items = list_of(env, condition.items)
    record = record_of(env, condition.items.scope, condition.items.path)
    parts = _each(case, env, items, condition.bind, condition.body)
    missing = _open_list(case, items, record)
    rest = Truth.UNKNOWN if missing else Truth.FALSE  # whether an item that was not given satisfies the body
    match condition.quantity:
        case Quantity.SOME:
            answer = any_of([*(o.truth for o in parts), rest])
        case Quantity.NO:
            answer = ~any_of([*(o.truth for o in parts), rest])
        case Quantity.EVERY:
            answer = all_of([*(o.truth for o in parts), ~rest])
        case _:
            assert_never(condition.quantity)
    seen = Observed(items.path, f"{len(items)}", items.span, items.shape)
    return Outcome(condition, answer, parts=parts, open_list=missing, observed=(seen,))


def _follow(case: Case, env: Env, condition: Follow) -> Outcome:
    seen = see_field(case, env, condition.reference)
    if seen.value is None:
        return _unknown(condition, _way(*(g for g, _ in seen.gaps)))
    target = case.snapshot.referred(condition.reference.shape.target or "", str(seen.value))
    if target is None:  # a word such as `none`: it points nowhere, so nothing is true of what it points to
        return Outcome(condition, Truth.FALSE, observed=seen.observed)
    inner = evaluate(case, {**env, condition.bind: target}, condition.body)
    return Outcome(condition, inner.truth, parts=(inner,), observed=seen.observed)


# --- counts and shares ---------------------------------------------------------------------------------------


class Counted:
    """A count or a share as an interval, with what it was counted from."""

    def __init__(
        self, interval: Interval | None, parts: tuple[Outcome, ...], observed: tuple[Observed, ...]
    ) -> None:
        self.interval = interval
        self.parts = parts
        self.observed = observed
        self.gaps: list[Gap] = []
        self.open_list: Gap | None = None


def _counted(case: Case, env: Env, term: Term) -> Counted:
    match term:
        case CountOf():
            return _count(case, env, term)
        case Ratio(part=part, whole=whole):
            one, other = _counted(case, env, part), _counted(case, env, whole)
            share = None
            if one.interval is not None and other.interval is not None:
                share = percent(one.interval, other.interval)
            found = Counted(share, one.parts + other.parts, one.observed + other.observed)
            found.gaps = [*one.gaps, *other.gaps, *(g for g in (one.open_list, other.open_list) if g)]
            return found
        case _:
            seen = see(case, env, term)
            usable = seen.base is not None and seen.bounded
            found = Counted(seen.interval() if usable else None, (), seen.observed)
            found.gaps = [g for g, _ in seen.gaps]
            return found


def _count(case: Case, env: Env, term: CountOf) -> Counted:
    items = list_of(env, term.items)
    record = record_of(env, term.items.scope, term.items.path)
    parts = _each(case, env, items, term.bind, term.body)
    certain = sum(o.truth is Truth.TRUE for o in parts)
    doubtful = sum(o.truth is Truth.UNKNOWN for o in parts)
    high = certain + doubtful if items.closed else INFINITY
    seen = Observed(items.path, f"{len(items)}", items.span, items.shape)
    found = Counted(Interval(certain, high), parts, (seen,))
    found.open_list = _open_list(case, items, record)
    return found


def _compare_counts(case: Case, env: Env, condition: Compare) -> Outcome:
    left, right = _counted(case, env, condition.left), _counted(case, env, condition.right)
    parts, observed = left.parts + right.parts, left.observed + right.observed
    answer = Truth.UNKNOWN
    if left.interval is not None and right.interval is not None:
        answer = compare_intervals(left.interval, condition.order, right.interval)
    ways = _way(*left.gaps, *right.gaps)
    known = (
        isinstance(condition.left, CountOf) and not isinstance(condition.right, CountOf | Ratio) and not right.gaps
    )
    return Outcome(
        condition,
        answer,
        parts=parts,
        observed=observed,
        to_true=ways,
        to_false=ways,
        open_list=left.open_list or right.open_list,
        limit=right.interval if known else None,
    )
