"""Which facts are missing: from an outcome tree to the smallest sets of facts that could still settle it."""

from __future__ import annotations

from typing import assert_never

from validator.interpreters.outcome import Outcome
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
from validator.logic.truth import Truth
from validator.logic.values import INFINITY, Interval, Order, compare_intervals
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


def _counted(outcome: Outcome, condition: Compare, wanted: Truth) -> Ways:
    """For a count against a known number, the fewest doubtful items; otherwise everything that is open."""
    if outcome.limit is not None and condition.order is not Order.IS:
        return _fewest_items(outcome, condition.order, outcome.limit, wanted)
    every = [either((ways_to(p, Truth.TRUE), ways_to(p, Truth.FALSE))) for p in outcome.parts]
    return together([_own(outcome, wanted), *every, *_open(outcome)])


def _fewest_items(outcome: Outcome, order: Order, limit: Interval, wanted: Truth) -> Ways:
    doubtful = [part for part in outcome.parts if part.truth is Truth.UNKNOWN]
    certain = sum(part.truth is Truth.TRUE for part in outcome.parts)
    upward = order in (Order.AT_LEAST, Order.MORE_THAN)
    rising = upward is (wanted is Truth.TRUE)
    settled_by: Ways = IMPOSSIBLE
    for number in range(len(doubtful) + 1):
        low = certain + number if rising else certain
        high = INFINITY if outcome.open_list and rising else certain + len(doubtful) - (0 if rising else number)
        if compare_intervals(Interval(low, high), order, limit) is wanted:
            cheapest = sorted((ways_to(p, Truth.TRUE if rising else Truth.FALSE) for p in doubtful), key=_cost)
            closing = [] if rising else _open(outcome)
            settled_by = together([*cheapest[:number], *closing])
            break
    return either((settled_by, *(_open(outcome) if rising else ())))


def _cost(ways: Ways) -> int:
    return len(ways[0]) if ways else 1 << 30
