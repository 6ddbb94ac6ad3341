"""Which facts are missing: from an outcome tree to the smallest sets of facts that could still settle it."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import assert_never

from validator.interpreters.outcome import Counted, Outcome
from validator.logic.expr import (
    AllOf,
    AnyOf,
    Compare,
    CountOf,
    Follow,
    Fresh,
    Known,
    ListedIn,
    Meets,
    Not,
    OneOf,
    Quantified,
    Quantity,
    Ratio,
    SetTest,
    Undecided,
)
from validator.logic.named_tuple import NamedTuple
from validator.logic.truth import Truth
from validator.logic.values import INFINITY, Bound, Interval, Order, compare_intervals, percent
from validator.logic.ways import IMPOSSIBLE, SETTLED, Ways, either, together


def ways_to_settle(outcome: Outcome) -> Ways:
    """The alternatives that would make an unknown outcome definite; SETTLED when it is."""
    return either((ways_to(outcome, Truth.TRUE), ways_to(outcome, Truth.FALSE)))


def ways_to(outcome: Outcome, wanted: Truth) -> Ways:
    """The alternatives that could make an outcome true, or false; `wanted` is never unknown."""
    if outcome.truth is not Truth.UNKNOWN:
        return SETTLED if outcome.truth is wanted else IMPOSSIBLE
    condition, parts = outcome.condition, outcome.parts
    match condition:
        case AllOf() | AnyOf():
            needs_all = isinstance(condition, AllOf) is (wanted is Truth.TRUE)
            return (together if needs_all else either)([ways_to(part, wanted) for part in parts])
        case Not():
            return ways_to(parts[0], ~wanted)
        case Meets():
            return ways_to(parts[0], wanted)
        case Quantified():
            return _quantified(outcome, condition.quantity, wanted)
        case Follow():
            return ways_to(parts[0], wanted) if parts else _own(outcome, wanted)
        case Fresh():
            return together((_own(outcome, wanted), ways_to(parts[0], wanted)))
        case Compare():
            counted = isinstance(condition.left, CountOf | Ratio) or isinstance(condition.right, CountOf | Ratio)
            return _counted(outcome, condition, wanted) if counted else _own(outcome, wanted)
        case OneOf() | SetTest() | ListedIn() | Undecided() | Known():
            return _own(outcome, wanted)
        case _:
            assert_never(condition)


def _own(outcome: Outcome, wanted: Truth) -> Ways:
    return outcome.to_true if wanted is Truth.TRUE else outcome.to_false


def _open(outcome: Outcome) -> list[Ways]:
    return [(frozenset({outcome.open_list}),)] if outcome.open_list else []


def _quantified(outcome: Outcome, quantity: Quantity, wanted: Truth) -> Ways:
    """One item decides it one way; the other way takes all of them, and the rest of an incomplete list."""
    of_items = ~wanted if quantity is Quantity.NO else wanted
    one_decides = of_items is (Truth.FALSE if quantity is Quantity.EVERY else Truth.TRUE)
    ways = [ways_to(part, of_items) for part in outcome.parts] + _open(outcome)
    return either(ways) if one_decides else together(ways)


# --- counts and shares ---------------------------------------------------------------------------------------

# Of up to so many doubtful items every choice is told, of more the cheapest one.
MANY_ITEMS = 10
# Beyond so many ways to fill what is open in a share, all of it is told as missing.
MANY_CHOICES = 4_000
# By how much an incomplete list may grow when it is told whole: enough to find what a share turns on.
GROWTHS = (0, 1, 2, INFINITY)


def _counted(outcome: Outcome, condition: Compare, wanted: Truth) -> Ways:
    assert outcome.sides is not None
    left, right = outcome.sides
    if left.sides is None and right.interval is not None and right.interval.is_point and not right.gaps:
        return _count_to(left, condition.order, right.interval, wanted)
    return _share_to(left, condition.order, right, wanted)


def _count_to(count: Counted, order: Order, limit: Interval, wanted: Truth) -> Ways:
    """So many doubtful items made true, so many made false, and the list told whole where that matters."""
    doubtful = [part for part in count.parts if part.truth is Truth.UNKNOWN]
    certain = sum(part.truth is Truth.TRUE for part in count.parts)
    total = len(doubtful)
    closing: Ways = (frozenset({count.open_list}),) if count.open_list else SETTLED
    # An order is settled from one side; only an exact number takes every doubtful item.
    numbers = {(n, 0) for n in range(total + 1)} | {(0, n) for n in range(total + 1)}
    numbers |= {(n, total - n) for n in range(total + 1)}
    wanting: list[tuple[int, int, bool]] = []
    for rising, falling, told in sorted(((t, f, told) for t, f in numbers for told in (False, True)), key=_size):
        if any(t <= rising and f <= falling and whole <= told for t, f, whole in wanting):
            continue  # less than that is enough
        low, high = certain + rising, certain + total - falling
        growths: list[int | float] = [0]
        if count.open_list and told:
            growths += [max(0, int(limit.low) - low), INFINITY]
        spread = INFINITY if count.open_list and not told else 0
        if any(compare_intervals(Interval(low + g, high + g + spread), order, limit) is wanted for g in growths):
            wanting.append((rising, falling, told))
    chosen = _choices(doubtful, wanting)
    return either(together([chosen[t, f], closing if told else SETTLED]) for t, f, told in wanting)


def _size(numbers: tuple[int, int, bool]) -> tuple[int, tuple[int, int, bool]]:
    return (sum(numbers), numbers)


def _choices(doubtful: list[Outcome], wanting: list[tuple[int, int, bool]]) -> dict[tuple[int, int], Ways]:
    """The ways to make so many items true and so many others false."""
    if len(doubtful) > MANY_ITEMS:
        return {(t, f): _cheapest(doubtful, t, f) for t, f, _ in wanting}
    found: dict[tuple[int, int], Ways] = {(0, 0): SETTLED}
    for part in doubtful:
        up, down = ways_to(part, Truth.TRUE), ways_to(part, Truth.FALSE)
        more: dict[tuple[int, int], list[Ways]] = {}
        for (t, f), ways in found.items():
            more.setdefault((t, f), []).append(ways)
            more.setdefault((t + 1, f), []).append(together([ways, up]))
            more.setdefault((t, f + 1), []).append(together([ways, down]))
        found = {numbers: either(ways) for numbers, ways in more.items()}
    return found


def _cheapest(doubtful: list[Outcome], rising: int, falling: int) -> Ways:
    up = sorted(doubtful, key=lambda part: _cost(ways_to(part, Truth.TRUE)))
    down = sorted(up[rising:], key=lambda part: _cost(ways_to(part, Truth.FALSE)))
    return together(
        [*(ways_to(p, Truth.TRUE) for p in up[:rising]), *(ways_to(p, Truth.FALSE) for p in down[:falling])]
    )


def _cost(ways: Ways) -> int:
    return len(ways[0]) if ways else 1 << 30


class _Open(NamedTuple):
    """Something open in a share: each way it may turn out, with what has to be given for that."""

    key: object
    choices: tuple[tuple[object, Ways], ...]


def _share_to(left: Counted, order: Order, right: Counted, wanted: Truth) -> Ways:
    """What is open tried out: every choice of it that makes the comparison come out as wanted."""
    pool = _pool(left) | _pool(right)
    things = [*_open_things(left, pool), *_open_things(right, pool)]
    if prod(len(thing.choices) + 1 for thing in things) > MANY_CHOICES:
        every = together(either(ways for _, ways in thing.choices) for thing in things)
        return IMPOSSIBLE if every == SETTLED else every
    found: list[Ways] = []
    for picked in product(*((None, *thing.choices) for thing in things)):
        given = {thing.key: choice[0] for thing, choice in zip(things, picked, strict=True) if choice}
        one, other = _filled(left, given), _filled(right, given)
        if one is not None and other is not None and compare_intervals(one, order, other) is wanted:
            found.append(together(choice[1] for choice in picked if choice))
    return either(found)


def _pool(side: Counted) -> set[Bound]:
    """Numbers at which a comparison with this side can turn."""
    if side.sides is not None:
        return _pool(side.sides[0]) | _pool(side.sides[1]) | {0, 1, 100}
    return {end for end in side.interval or (side.base or ()) if abs(end) != INFINITY}


def _open_things(side: Counted, pool: set[Bound]) -> list[_Open]:
    if side.sides is not None:
        return [*_open_things(side.sides[0], pool), *_open_things(side.sides[1], pool)]
    found = [
        _Open(id(part), ((Truth.TRUE, ways_to(part, Truth.TRUE)), (Truth.FALSE, ways_to(part, Truth.FALSE))))
        for part in side.parts
        if part.truth is Truth.UNKNOWN
    ]
    if side.open_list is not None:
        whole: Ways = (frozenset({side.open_list}),)
        found.append(_Open(id(side), tuple((growth, whole) for growth in GROWTHS)))
    for gap, interval in side.gaps:
        values = sorted({*interval, *(value for value in pool if interval.low <= value <= interval.high)})
        choices: list[tuple[object, Ways]] = [(Interval(v, v), (frozenset({gap}),)) for v in values]
        choices += [(s.narrowed, (frozenset({s.gap}),)) for s in side.stand_ins if s.instead == gap]
        found.append(_Open(gap, tuple(choices)))
    return found


def _filled(side: Counted, given: dict[object, object]) -> Interval | None:
    """The interval of a side when some of what is open has turned out."""
    if side.sides is not None:
        part, whole = _filled(side.sides[0], given), _filled(side.sides[1], given)
        return None if part is None or whole is None else percent(part, whole)
    if side.base is not None:
        if not side.loose <= given.keys():
            return None
        total = side.base
        for gap, interval in side.gaps:
            chosen = given.get(gap, interval)
            assert isinstance(chosen, Interval)
            total = total.plus(chosen)
        return total
    truths = [given.get(id(part), part.truth) for part in side.parts]
    low = sum(truth is Truth.TRUE for truth in truths)
    high: Bound = sum(truth is not Truth.FALSE for truth in truths)
    if side.open_list is None:
        return Interval(low, high)
    growth = given.get(id(side))
    if growth is None:
        return Interval(low, INFINITY)
    assert isinstance(growth, int | float)
    return Interval(low + growth, high + growth)
