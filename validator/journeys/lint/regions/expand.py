"""What it takes for a comparison or test to be surely true or surely false, in plain demands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise, product

from validator.journeys.lint.regions.differences import Least
from validator.journeys.lint.regions.goals import (
    Ask,
    AtMost,
    Bound,
    Choice,
    Env,
    Goal,
    Guess,
    Judged,
    Narrow,
    Opaque,
    Ways,
    Words,
    one_of,
)
from validator.journeys.lint.regions.operands import (
    Fixed,
    Given,
    Linear,
    Operand,
    Operands,
    SetOf,
    Word,
    in_period,
    known_goal,
    named,
)
from validator.journeys.lint.regions.relations import FLIPPED, among, compared, related, related_to_field, strange
from validator.journeys.lint.regions.state import JUDGED
from validator.language.names import SERVICES
from validator.logic.expr import (
    Compare,
    CountOf,
    Field,
    Fresh,
    Known,
    ListedIn,
    Literal,
    OneOf,
    Quantified,
    Quantity,
    SetTest,
    Term,
)
from validator.logic.policy import Period, Register, RegisterRow
from validator.logic.values import Order, SpecialDay, Value

MOST_ITEMS = 4  # of a count that asks for more items, one stands for all
_DAY = timedelta(days=1)
Leaf = Compare | OneOf | SetTest | ListedIn | Known | Fresh


def demands(operands: Operands, goal: Ask) -> tuple[Goal, ...]:
    """The goals that a condition without conditions of its own comes to, counts and `fresh` among them."""
    condition, wanted, env = goal
    match condition:
        case Compare(left=CountOf() as count, order=order, right=right):
            return one_of(_counted(operands, count, order, right, goal))
        case Compare(left=left, order=order, right=CountOf() as count):
            return one_of(_counted(operands, count, FLIPPED[order], left, goal))
        case Compare(left=left, order=order, right=right):
            return one_of(_compared(operands.of(env, left), order, operands.of(env, right), wanted))
        case OneOf(field=field, values=values):
            return one_of(_each(((given,), _among(of, values, wanted)) for given, of in operands.field(env, field)))
        case SetTest():
            return one_of(_set_tested(operands, condition, wanted, env))
        case ListedIn(field=field, register=name):
            register = operands.policies.registers[operands.overrides.registers.get(name, name)]
            return one_of(
                _each(
                    ((given,), _listed(operands, of, register, wanted)) for given, of in operands.field(env, field)
                )
            )
        case Known(field=field):
            return _known(field, wanted, env)
        case Fresh():
            return _fresh(operands, condition, wanted, env)
        case _:
            raise TypeError(f"{condition!r} has conditions of its own")


def _known(field: Field, wanted: bool, env: Env) -> tuple[Goal, ...]:
    if len(field.path) == 1 and (field.shape.required or field.shape.identity):
        return () if wanted else (Choice(()),)
    if field.shape.is_bounded:
        return (Guess("known"),)
    return (known_goal((env[field.scope].name, field.path), wanted),)


def _compared(left: list[Given], order: Order, right: list[Given], wanted: bool) -> Ways:
    pairs = product(left, right)
    ways = _each(((one[0], other[0]), compared(one[1], order, other[1], wanted)) for one, other in pairs)
    if wanted or order is Order.IS:
        return ways
    # No order holds with `never`, even where nobody knows the other side, a parameter without a row for one.
    never = [given for given, of in (*left, *right) if of == Fixed(SpecialDay.NEVER)]
    return (*ways, *never)


def _each(found: Iterable[tuple[tuple[tuple[Goal, ...], ...], Ways]]) -> Ways:
    """The alternatives, each with the demands under which its operands are what they are."""
    return tuple((*(goal for part in given for goal in part), *way) for given, ways in found for way in ways)


def _among(operand: Operand, values: frozenset[Value], wanted: bool) -> Ways:
    if isinstance(operand, Word):
        return among(operand, values, wanted)
    tested = [compared(operand, Order.IS, Fixed(value), wanted) for value in sorted(values, key=str)]
    if wanted:
        return tuple(way for ways in tested for way in ways)
    return (tuple(goal for ways in tested for goal in one_of(ways)),)


def _set_tested(operands: Operands, condition: SetTest, wanted: bool, env: Env) -> Ways:
    found = operands.field(env, condition.field)
    if isinstance(condition.values, Literal):
        words = condition.values.value
        assert isinstance(words, frozenset)
        return _each(
            ((given,), related(of, condition.relation, words, wanted))
            for given, of in found
            if isinstance(of, SetOf)
        )
    others = operands.field(env, condition.values)
    what = (condition, named(env))
    ways: list[tuple[Goal, ...]] = []
    for (one, of), (other, to) in product(found, others):
        known = None
        if isinstance(of, SetOf) and isinstance(to, SetOf | Word):
            known = related_to_field(of, condition.relation, to, wanted)
        ways += [(*one, *other, *way) for way in (strange(what, wanted) if known is None else known)]
    return tuple(ways)


# --- registers -------------------------------------------------------------------------------------------------


def _listed(operands: Operands, operand: Operand, register: Register, wanted: bool) -> Ways:
    """When a name is surely on a register, or surely not, on the judged day."""
    if not isinstance(operand, Word):
        return strange((operand, register.name), wanted)
    ids: dict[tuple[Period, ...], set[Value]] = {}
    rows = {row.id: [other for other in register.rows if other.id == row.id] for row in register.rows}
    for name, own in rows.items():
        for period in [row.period for row in own] if wanted else _surely_off(own):
            ids.setdefault((period,), set()).add(name)
    found: list[tuple[Goal, ...]] = [
        (Narrow(operand.key, operand.domain.both(Words(True, frozenset(names)))), *in_period(period))
        for (period,), names in ids.items()
    ]
    if operand.strange and (register.family != SERVICES if wanted else register.closed):
        found.append((Guess("register"),))
    if not wanted:
        others = Words(False, frozenset(rows))
        known = frozenset(
            row.id
            for other in operands.policies.registers.values()
            if register.family and other.family == register.family
            for row in other.rows
        )
        if register.closed:
            found.append((Narrow(operand.key, operand.domain.both(others)),))
        else:
            found.append((Narrow(operand.key, operand.domain.both(others).both(Words(True, known))),))
            # Of a name nobody knows it may yet turn out that it is on no register.
            strangers = operand.domain.both(others).both(Words(False, known))
            found.append((Narrow(operand.key, strangers), Opaque(("unlisted", register.name), True, None)))
    return tuple(found)


def _surely_off(rows: list[RegisterRow]) -> list[Period]:
    """The periods in which a name is known not to be on a register: outside its rows, unless one is announced."""
    turns: set[date | None] = {None}
    for row in rows:
        turns |= {row.period.first, row.announced_on}
        turns |= {row.period.last + _DAY} if row.period.last and row.period.last < date.max else set()
    starts = sorted(turn for turn in turns if turn)
    spans = [
        *((None, start - _DAY) for start in starts[:1]),
        *((start, end - _DAY) for start, end in pairwise(starts)),
        (starts[-1], None) if starts else (None, None),
    ]
    return [Period(first, last) for first, last in spans if _off(rows, first or last)]


def _off(rows: list[RegisterRow], day: date | None) -> bool:
    """Whether none of the rows holds or is announced on a day, on which no row begins or ends but with it."""
    if day is None:
        return not rows
    for row in rows:
        announced, first = row.announced_on, row.period.first
        if row.period.covers(day) or (announced and first and announced <= day < first):
            return False
    return True


# --- counts and freshness --------------------------------------------------------------------------------------


def _counted(operands: Operands, count: CountOf, order: Order, right: Term, goal: Ask) -> Ways:
    found: list[tuple[Goal, ...]] = []
    for given, of in operands.of(goal.env, right):
        if isinstance(of, Fixed) and isinstance(of.value, int):
            found += [(*given, *way) for way in _so_many(operands, count, order, of.value, goal)]
        else:
            found += [(*given, *way) for way in strange((goal.condition, named(goal.env)), goal.truth)]
    return tuple(found)


def _so_many(operands: Operands, count: CountOf, order: Order, number: int, goal: Ask) -> Ways:
    match order, goal.truth:
        case (Order.AT_LEAST, True) | (Order.LESS_THAN, False):
            return _at_least(operands, count, number, goal.env)
        case (Order.MORE_THAN, True) | (Order.AT_MOST, False):
            return _at_least(operands, count, number + 1, goal.env)
        case (Order.AT_MOST, True) | (Order.MORE_THAN, False):
            return _at_most(count, number, goal.env)
        case (Order.LESS_THAN, True) | (Order.AT_LEAST, False):
            return _at_most(count, number - 1, goal.env)
        case Order.IS, True:
            most = _at_most(count, number, goal.env)
            return tuple((*one, *other) for one in _at_least(operands, count, number, goal.env) for other in most)
        case Order.IS, False:
            return (*_at_least(operands, count, number + 1, goal.env), *_at_most(count, number - 1, goal.env))
        case _:
            return strange((goal.condition, named(goal.env)), goal.truth)


def _at_least(operands: Operands, count: CountOf, number: int, env: Env) -> Ways:
    if number <= 0:
        return ((),)
    some = Ask(Quantified(Quantity.SOME, count.items, count.bind, count.body), True, env)
    apart = number == 1 or (number <= MOST_ITEMS and not operands.pointed)
    return ((some,) * number,) if apart else ((some, Guess("count")),)


def _at_most(count: CountOf, number: int, env: Env) -> Ways:
    if number < 0:
        return ()
    if number == 0:
        return ((Ask(Quantified(Quantity.NO, count.items, count.bind, count.body), True, env),),)
    return ((AtMost((env[count.items.scope].name, count.items.path), number),),)


def _fresh(operands: Operands, condition: Fresh, wanted: bool, env: Env) -> tuple[Goal, ...]:
    """The condition inside is so, and the day is recent enough on the judged day."""
    within = condition.within
    limits = [((), Fixed(within))] if isinstance(within, int) else operands.of(env, within)
    ways: list[tuple[Goal, ...]] = []
    for (one, day), (other, limit) in product(operands.field(env, condition.on), limits):
        match day, limit:
            case _, Fixed(int() as days) if isinstance(day, Linear):
                recent: Goal = Bound(JUDGED, day.node, Least(days + day.plus))
                ways.append((*one, *other, Judged(), recent))
            case Fixed(SpecialDay.OPEN_ENDED), Fixed():
                ways.append((*one, *other))
            case Fixed(), Fixed():
                continue
            case _:
                ways.append((*one, *other, Guess("fresh")))
    return (Ask(condition.body, wanted, env), *one_of(tuple(ways)))
