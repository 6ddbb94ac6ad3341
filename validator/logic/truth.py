"""Strong Kleene logic: true, false, unknown. Unknown has no boolean value, so it can't pass by accident.

Source: S. C. Kleene, Introduction to Metamathematics (1952), §64, the strong tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """A truth value; `bool(Truth.UNKNOWN)` raises."""

    FALSE = "false"
    UNKNOWN = "unknown"
    TRUE = "true"

    def __bool__(self) -> bool:
        if self is Truth.UNKNOWN:
            raise TypeError("an unknown truth value has no boolean value: compare it with `is`")
        return self is Truth.TRUE

    def __invert__(self) -> Truth:
        return _NEGATION[self]

    def __and__(self, other: Truth) -> Truth:
        return all_of((self, other))

    def __or__(self, other: Truth) -> Truth:
        return any_of((self, other))


_NEGATION = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE, Truth.UNKNOWN: Truth.UNKNOWN}


def truth(value: bool | None) -> Truth:
    """The truth value of a plain answer; None is unknown."""
    if value is None:
        return Truth.UNKNOWN
    return Truth.TRUE if value else Truth.FALSE


def all_of(values: Iterable[Truth]) -> Truth:
    """Conjunction: false when one is false, true when all are true (also when there is none)."""
    result = Truth.TRUE
    for value in values:
        if value is Truth.FALSE:
            return Truth.FALSE
        if value is Truth.UNKNOWN:
            result = Truth.UNKNOWN
    return result


def any_of(values: Iterable[Truth]) -> Truth:
    """Disjunction: true when one is true, false when all are false (also when there is none)."""
    return ~all_of(~value for value in values)
