"""The reference evaluator: the definition of what a condition means on the facts. Slow and obvious.

Every other interpreter is tested against this one. It returns an outcome tree that says what was observed and,
where the answer is unknown, which missing facts could change it.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import assert_never

from validator.interpreters.lookup import listed
from validator.interpreters.outcome import Counted, Observed, Outcome
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
    Bound,
    Interval,
    Order,
    SpecialDay,
    UnregisteredName,
    Value,
    compare_intervals,
    percent,
    point,
)
from validator.logic.ways import SETTLED, Gap, Way, Ways, either, minimal, together

MAX_CORNER_GAPS = 6


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
    if not one.gaps and not other.gaps:
        doubtful = _unregistered(case, env, left, one) + _unregistered(case, env, right, other)
        return _unknown(condition, _way(*doubtful), observed)
    to_true, to_false = _ways_between(one, order, other)
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
        if not left or not right:  # whatever a strange name denotes, it is one
            return Truth.FALSE
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


def _ways_between(left: Seen, order: Order, right: Seen) -> tuple[Ways, Ways]:
    """Which gaps, given together, could make a comparison true, and which false."""
    gaps, stand_ins = dict(left.gaps + right.gaps), left.stand_ins + right.stand_ins
    found: dict[Truth, list[Way]] = {Truth.TRUE: [], Truth.FALSE: []}
    if order is not Order.IS:
        found[Truth.FALSE] += [frozenset({never}) for never in (left.never, right.never) if never]
    open_gaps = frozenset(g for g, interval in gaps.items() if not interval.is_point) or frozenset(gaps)
    names = list(dict.fromkeys([*gaps, *(stand_in.gap for stand_in in stand_ins)]))
    if left.base is None or right.base is None or len(names) > MAX_CORNER_GAPS:
        found[Truth.TRUE].append(frozenset(gaps))
        found[Truth.FALSE].append(frozenset(gaps))
        return minimal(found[Truth.TRUE]), minimal(found[Truth.FALSE])
    if order is Order.IS:  # two totals that overlap can be made equal
        found[Truth.TRUE].append(open_gaps)
    for size in range(1, len(names) + 1):
        for chosen in combinations(names, size):
            for answer in _corner_answers(chosen, left, order, right):
                found[answer].append(frozenset(chosen))
    return minimal(found[Truth.TRUE]), minimal(found[Truth.FALSE])


def _corner_answers(chosen: tuple[Gap, ...], left: Seen, order: Order, right: Seen) -> set[Truth]:
    """The definite answers that come out when each chosen gap takes some end of what it may be."""
    gaps, stand_ins = dict(left.gaps + right.gaps), left.stand_ins + right.stand_ins
    ends: set[Bound] = {0, *left.interval(), *right.interval()}
    choices: list[list[tuple[Gap, Interval]]] = []
    for missing in chosen:
        if missing in gaps:
            low, high = gaps[missing]
            values = {low, high} | {end for end in ends if low <= end <= high}
            choices.append([(missing, Interval(value, value)) for value in sorted(values)])
        else:
            choices.append([(s.instead, s.narrowed) for s in stand_ins if s.gap == missing])
    answers: set[Truth] = set()
    for assignment in product(*choices):
        given: dict[Gap, Interval] = {}
        for missing, interval in assignment:
            if missing not in given or interval.is_point:
                given[missing] = interval
        if (left.loose | right.loose) <= given.keys():
            answers.add(compare_intervals(left.interval(given), order, right.interval(given)))
    return answers - {Truth.UNKNOWN}


def _one_of(case: Case, env: Env, condition: OneOf) -> Outcome:
    seen = see_field(case, env, condition.field)
    if seen.value is None:
        # The same as a disjunction of equalities, so that a declared interval can exclude every value.
        answers = [compare_seen(seen, Order.IS, see(case, env, Literal(value))) for value in condition.values]
        if any_of(answers) is not Truth.UNKNOWN:
            return Outcome(condition, any_of(answers), observed=seen.observed)
        return _unknown(condition, _any_gap(seen), seen.observed)
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
        return _unknown(condition, minimal(frozenset({day}) for day in case.judged_gaps), seen.observed)
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
        gaps = together([_way(*(g for g, _ in seen.gaps)), _any_gap(within)])
        return Outcome(
            condition, Truth.UNKNOWN, parts=(inner,), observed=seen.observed, to_true=gaps, to_false=gaps
        )
    assert isinstance(within.value, int)
    earliest = case.judged.high - within.value
    checked = -INFINITY if seen.value is SpecialDay.NEVER else point(seen.value).low
    if checked >= earliest:
        return Outcome(
            condition, inner.truth, parts=(inner,), observed=seen.observed, to_true=SETTLED, to_false=SETTLED
        )
    record = record_of(env, condition.on.scope, condition.on.path)
    ways = [_way(gap(case, record, condition.on.path[-1], "stale"))]
    if checked >= case.judged.low - within.value:  # recent enough if the judged day was an early one
        ways += [_way(day) for day in case.judged_gaps]
    stale = either(ways)
    return Outcome(condition, Truth.UNKNOWN, parts=(inner,), observed=seen.observed, to_true=stale, to_false=stale)


def _any_gap(seen: Seen) -> Ways:
    """The ways to make a term known: every gap of it, or what may stand in for a gap."""
    instead = {gap: [s.gap for s in seen.stand_ins if s.instead == gap] for gap, _ in seen.gaps}
    return together(either([_way(gap), *(_way(other) for other in others)]) for gap, others in instead.items())


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


def _counted(case: Case, env: Env, term: Term) -> Counted:
    match term:
        case CountOf():
            return _count(case, env, term)
        case Ratio(part=part, whole=whole):
            one, other = _counted(case, env, part), _counted(case, env, whole)
            share = None
            if one.interval is not None and other.interval is not None:
                share = percent(one.interval, other.interval)
            return Counted(
                share, parts=one.parts + other.parts, observed=one.observed + other.observed, sides=(one, other)
            )
        case _:
            seen = see(case, env, term)
            usable = seen.base is not None and seen.bounded
            return Counted(
                seen.interval() if usable else None,
                observed=seen.observed,
                base=seen.base,
                gaps=seen.gaps,
                stand_ins=seen.stand_ins,
                loose=seen.loose,
            )


def _count(case: Case, env: Env, term: CountOf) -> Counted:
    items = list_of(env, term.items)
    record = record_of(env, term.items.scope, term.items.path)
    parts = _each(case, env, items, term.bind, term.body)
    certain = sum(o.truth is Truth.TRUE for o in parts)
    doubtful = sum(o.truth is Truth.UNKNOWN for o in parts)
    high = certain + doubtful if items.closed else INFINITY
    return Counted(
        Interval(certain, high),
        parts=parts,
        observed=(Observed(items.path, f"{len(items)}", items.span, items.shape),),
        open_list=_open_list(case, items, record),
    )


def _compare_counts(case: Case, env: Env, condition: Compare) -> Outcome:
    left, right = _counted(case, env, condition.left), _counted(case, env, condition.right)
    answer = Truth.UNKNOWN
    if left.interval is not None and right.interval is not None:
        answer = compare_intervals(left.interval, condition.order, right.interval)
    return Outcome(
        condition,
        answer,
        parts=left.parts + right.parts,
        observed=left.observed + right.observed,
        sides=(left, right),
    )
