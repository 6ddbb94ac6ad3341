"""Formulas of the solver with constants folded: what Python can decide never reaches the solver.

A `Bool` is a Python truth value or a formula; a `Number` is a Python number or an arithmetic term. z3 has no type
information, hence the aliases. `BIG` stands for infinity: every number of a snapshot and every sum of a few is
smaller, because the reader admits whole numbers up to 2^53.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

import z3

Bool: TypeAlias = Any
Number: TypeAlias = Any
BIG = 1 << 62
LARGEST = 2**53 - 1


class Rails(NamedTuple):
    """A three-valued truth as two formulas, never both true; unknown is neither."""

    true: Bool
    false: Bool


UNKNOWN, TRUE, FALSE = Rails(False, False), Rails(True, False), Rails(False, True)


def conj(parts: Iterable[Bool]) -> Bool:
    """Conjunction."""
    found: dict[Any, Any] = {}
    for part in parts:
        if part is False:
            return False
        if part is not True:
            found[part.get_id()] = part
    if len(found) > 1:
        return z3.And(*found.values())
    return next(iter(found.values()), True)


def disj(parts: Iterable[Bool]) -> Bool:
    """Disjunction."""
    found: dict[Any, Any] = {}
    for part in parts:
        if part is True:
            return True
        if part is not False:
            found[part.get_id()] = part
    if len(found) > 1:
        return z3.Or(*found.values())
    return next(iter(found.values()), False)


def neg(part: Bool) -> Bool:
    """Negation."""
    if isinstance(part, bool):
        return not part
    return part.arg(0) if z3.is_not(part) else z3.Not(part)


def both(*parts: Bool) -> Bool:
    """Conjunction of the arguments."""
    return conj(parts)


def any_of(*parts: Bool) -> Bool:
    """Disjunction of the arguments."""
    return disj(parts)


def implies(one: Bool, other: Bool) -> Bool:
    """Implication."""
    return any_of(neg(one), other)


def choose(condition: Bool, yes: Number, no: Number) -> Number:
    """`yes` where the condition holds, else `no`."""
    if isinstance(condition, bool):
        return yes if condition else no
    if is_plain(yes) and is_plain(no) and yes == no:
        return yes
    return z3.If(condition, term(yes), term(no))


def is_plain(value: Number) -> bool:
    """Whether a number is one of Python."""
    return isinstance(value, int | Fraction | Decimal)


def term(value: Number) -> Any:
    """A number as a term of the solver."""
    if isinstance(value, Fraction | Decimal):
        exact = Fraction(value)
        if exact.denominator == 1:
            return z3.IntVal(exact.numerator)
        return z3.Q(exact.numerator, exact.denominator)
    return z3.IntVal(value) if isinstance(value, int) else value


def same(one: Number, other: Number) -> Bool:
    """Equality of two numbers."""
    if is_plain(one) and is_plain(other):
        return bool(one == other)
    if one is other:
        return True
    return term(one) == term(other)


def less(one: Number, other: Number) -> Bool:
    """Whether the first number is less."""
    if is_plain(one) and is_plain(other):
        return bool(one < other)
    return term(one) < term(other)


def at_most(one: Number, other: Number) -> Bool:
    """Whether the first number is not greater."""
    if is_plain(one) and is_plain(other):
        return bool(one <= other)
    if one is other:
        return True
    return term(one) <= term(other)


def plus(one: Number, other: Number) -> Number:
    """The sum; infinity stays infinity."""
    for infinite in (one, other):
        if is_plain(infinite) and abs(infinite) >= BIG:
            return infinite
    if is_plain(one) and is_plain(other):
        return one + other
    if is_plain(one) and one == 0:
        return other
    if is_plain(other) and other == 0:
        return one
    total = term(one) + term(other)
    for part in (one, other):
        if not is_plain(part) and not z3.is_const(part):  # a plain field is never infinite, save open-ended days
            total = z3.If(part >= BIG, z3.IntVal(BIG), z3.If(part <= -BIG, z3.IntVal(-BIG), total))
    return total


def within(value: Number, codes: Iterable[int]) -> Bool:
    """Whether a code is one of these: neighbours are told as a range."""
    ranges: list[tuple[int, int]] = []
    for code in sorted(set(codes)):
        follows = bool(ranges) and code == ranges[-1][1] + 1
        first = ranges.pop()[0] if follows else code
        ranges.append((first, code))
    return disj(_range(value, first, last) for first, last in ranges)


def _range(value: Number, first: int, last: int) -> Bool:
    if is_plain(value):
        return first <= value <= last
    if first == last:
        return value == first
    return z3.And(value >= first, value <= last)
