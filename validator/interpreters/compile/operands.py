"""The terms of comparisons as Python expressions: the value, and its interval where it is absent."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import NamedTuple

from validator.interpreters.compile.blocks import Variable, both, either
from validator.logic.lean import LeanValue
from validator.logic.values import INFINITY, Order

PYTHON_ORDERS = {
    Order.LESS_THAN: ("<", ">="),
    Order.BEFORE: ("<", ">="),
    Order.AT_MOST: ("<=", ">"),
    Order.ON_OR_BEFORE: ("<=", ">"),
    Order.MORE_THAN: (">", "<="),
    Order.AFTER: (">", "<="),
    Order.AT_LEAST: (">=", "<"),
    Order.ON_OR_AFTER: (">=", "<"),
}


class Rails(NamedTuple):
    """A condition as two Python conditions: when it is surely true, and when it is surely false."""

    true: str
    false: str

    def opposite(self) -> Rails:
        """The negation."""
        return Rails(self.false, self.true)


UNKNOWN = Rails("False", "False")


class Operand(NamedTuple):
    """A term with an order. `known` says when it has a `value`, `usable` when its interval is a declared one.

    `low` and `high` mean something only where it is usable; `never` says when the value is the word `never`;
    `uses` are the variables it is made of.
    """

    value: str
    low: str
    high: str
    usable: str
    known: str
    never: str
    uses: tuple[Variable, ...] = ()

    @property
    def is_point(self) -> bool:
        """Whether there is no interval: low and high are written alike."""
        return self.low == self.high

    def triple(self) -> str:
        """The operand as the runtime takes it."""
        usable = both((self.usable, no(self.never)))
        known, unknown = f"({self.value}, {self.low}, {self.high})", f"({self.value}, None, None)"
        return (
            known if usable == "True" else unknown if usable == "False" else f"{known} if {usable} else {unknown}"
        )


def spell_constant(value: LeanValue) -> str:
    """A constant as Python writes it; nothing but literals and our own names."""
    match value:
        case bool() | int() | str():
            # `str()` takes off any class of our own, so that `repr` is that of a plain text.
            return repr(str(value)) if isinstance(value, str) else repr(value)
        case float():
            return "NEVER" if math.isnan(value) else "INF" if value == INFINITY else "-INF"
        case Fraction():
            return f"Fraction({value.numerator}, {value.denominator})"
        case frozenset():
            return "frozenset((" + "".join(f"{str(name)!r}, " for name in sorted(value)) + "))"
    raise TypeError(value)


def constant(value: LeanValue, name: str) -> Operand:
    """The operand of a constant that has an order (`never` has none)."""
    if isinstance(value, float) and math.isnan(value):
        return Operand("NEVER", "NEVER", "NEVER", "False", "True", "True")
    return Operand(name, name, name, "True", "True", "False")


def compare(left: Operand, order: Order, right: Operand) -> Rails:
    """A comparison of two operands (see `evaluate.compare_seen`)."""
    usable = (left.usable, right.usable)
    if order is Order.IS:
        return _equal(left, right)
    holds, fails = PYTHON_ORDERS[order]
    upward = holds.startswith("<")
    first, second = (left.high, right.low) if upward else (left.low, right.high)
    third, fourth = (left.low, right.high) if upward else (left.high, right.low)
    true = both((*usable, f"{first} {holds} {second}"))
    false = either((left.never, right.never, both((*usable, f"{third} {fails} {fourth}"))))
    return Rails(true, false)


def _equal(left: Operand, right: Operand) -> Rails:
    usable = (left.usable, right.usable)
    both_never = both((left.never, right.never))
    one_never = either(
        (both((left.never, right.known, no(right.never))), both((right.never, left.known, no(left.never))))
    )
    if left.is_point and right.is_point:
        equal = f"{left.low} == {right.low}"
        apart = f"({left.low} < {right.low} or {right.low} < {left.low})"
    else:
        equal = f"{left.low} == {left.high} == {right.low} == {right.high}"
        apart = f"({left.high} < {right.low} or {right.high} < {left.low})"
    return Rails(either((both((*usable, equal)), both_never)), either((both((*usable, apart)), one_never)))


def no(part: str) -> str:
    """The opposite of a Python condition."""
    return {"True": "False", "False": "True"}.get(part, f"not ({part})")
