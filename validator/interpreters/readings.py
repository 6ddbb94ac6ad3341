"""What every interpreter of policies shares: the readings of a policy, what they change, and its time in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from validator.logic.expr import AllOf, AsOf, Compare, Condition, Field, Literal
from validator.logic.policy import Policy, Reading, Window
from validator.logic.values import Order


class Overrides(NamedTuple):
    """What a reading changes: the chosen reading first, another one on top of it."""

    parameters: Mapping[str, Literal | Field]
    definitions: Mapping[str, str]
    registers: Mapping[str, str]
    without_exceptions: frozenset[str]
    admit_press: frozenset[str]


def overrides_of(*readings: Reading) -> Overrides:
    """The changes of several readings together, later ones winning."""
    parameters: dict[str, Literal | Field] = {}
    definitions: dict[str, str] = {}
    registers: dict[str, str] = {}
    for reading in readings:
        parameters |= reading.parameters
        definitions |= reading.definitions
        registers |= reading.registers
    return Overrides(
        parameters,
        definitions,
        registers,
        frozenset(name for reading in readings for name in reading.without_exceptions),
        frozenset(name for reading in readings for name in reading.admit_press),
    )


def readings_of(policy: Policy) -> tuple[tuple[Reading, ...], ...]:
    """The combinations to judge under: the chosen reading alone, then each other one on top of it."""
    chosen = [reading for reading in policy.readings if reading.chosen]
    return (tuple(chosen), *((*chosen, other) for other in policy.readings if not other.chosen))


def window_condition(window: Window) -> Condition:
    """That some judged day up to the law date lies in the window.

    Three intervals of days have a day in common when each two of them have: the judged days, the window, and
    the days up to the law date.
    """
    start = window.judged_from or AsOf()
    end = window.judged_through or AsOf()
    parts: list[Condition] = []
    if window.first is not None:
        parts.append(Compare(end, Order.ON_OR_AFTER, window.first))
        if window.judged_through is not None:
            parts.append(Compare(window.first, Order.ON_OR_BEFORE, AsOf()))
    if window.last is not None:
        parts.append(Compare(start, Order.ON_OR_BEFORE, window.last))
    if window.judged_from is not None:
        parts.append(Compare(start, Order.ON_OR_BEFORE, AsOf()))
    return AllOf(tuple(parts))
