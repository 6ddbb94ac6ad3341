"""What every interpreter of policies shares: the readings of a policy, what they change, and its time in force."""

from __future__ import annotations

from collections.abc import Mapping

from validator.logic.expr import AllOf, AsOf, Compare, Condition, Field, Literal
from validator.logic.named_tuple import NamedTuple
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

    Three intervals of days have a day in common when each two of them have and none is empty: the judged days, the
    window, and the days up to the law date. One and the same day after the start and before the end of the window
    shows that the window is not empty; of a judged period that has to be asked, since parameters and fields may
    set the start after the end.
    """
    start = window.judged_from or AsOf()
    end = window.judged_through or AsOf()
    first, last = window.first, window.last
    parts: list[Condition] = []
    if first is not None:
        parts.append(Compare(end, Order.ON_OR_AFTER, first))
        if window.judged_through is not None:
            parts.append(Compare(first, Order.ON_OR_BEFORE, AsOf()))
    if last is not None:
        parts.append(Compare(start, Order.ON_OR_BEFORE, last))
    if window.judged_from is not None:
        parts.append(Compare(start, Order.ON_OR_BEFORE, AsOf()))
    written = isinstance(first, Literal) and isinstance(last, Literal)  # the reader refuses them out of order
    if first is not None and last is not None and start != end and not written:
        parts.append(Compare(first, Order.ON_OR_BEFORE, last))
    return AllOf(tuple(parts))
