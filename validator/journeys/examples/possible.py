"""What a condition can come to at all, told from the schema and the reference data without any snapshot.

So that nobody is asked for an example that can't exist. It errs on the side of asking: a truth value is ruled out
only where no snapshot that the reader accepts could give it.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import assert_never

from validator.logic.expr import (
    AllOf,
    AnyOf,
    AsOf,
    Compare,
    Condition,
    CountOf,
    Field,
    Follow,
    Fresh,
    Known,
    ListedIn,
    Literal,
    Meets,
    Not,
    OneOf,
    ParameterValue,
    Quantified,
    Ratio,
    SetTest,
    Shifted,
    Sum,
    Term,
    Undecided,
)
from validator.logic.policy import ALWAYS, Parameter, PolicySet
from validator.logic.shape import Kind
from validator.logic.truth import Truth, all_of, any_of
from validator.logic.values import ANYTHING, INFINITY, Interval, Order, compare_intervals, point

ALL = frozenset(Truth)
DEFINITE = frozenset({Truth.TRUE, Truth.FALSE})


def can_be(condition: Condition, policies: PolicySet) -> frozenset[Truth]:
    """The truth values that a condition can have; of `fresh` those of its own test: fresh enough, or unknown."""
    match condition:
        case Not(part):
            return frozenset(~truth for truth in can_be(part, policies))
        case AllOf(parts) | AnyOf(parts):
            joined = all_of if isinstance(condition, AllOf) else any_of
            return frozenset(joined(truths) for truths in product(*(can_be(part, policies) for part in parts)))
        case Undecided():
            return frozenset({Truth.UNKNOWN})
        case Known(field):
            return frozenset({Truth.TRUE}) if _is_always_given(field) else DEFINITE
        case Fresh():
            return frozenset({Truth.TRUE, Truth.UNKNOWN})
        case Compare():
            return _compared(condition, policies)
        case OneOf(field, values):
            words = set(field.shape.values) - set(field.shape.unknown_values)
            always = field.shape.kind is Kind.ENUM and words <= values
            return _without(Truth.FALSE if always else None, may_be_open(field, policies))
        case SetTest(field, _, values):
            return _without(None, may_be_open(field, policies) or may_be_open(values, policies))
        case ListedIn():
            return _listed(condition, policies)
        case Quantified() | Follow() | Meets():
            return ALL
        case _:
            assert_never(condition)


def _without(impossible: Truth | None, may_be_unknown: bool) -> frozenset[Truth]:
    return (ALL if may_be_unknown else DEFINITE) - {impossible}


def _is_always_given(field: Field) -> bool:
    """Whether a snapshot without the field is refused: it is required, in an item that is there anyway."""
    return field.shape.required and len(field.path) == 1


def may_be_open(term: Term, policies: PolicySet) -> bool:
    """Whether the value of a term may be unknown, or a name that no register knows."""
    match term:
        case Literal() | AsOf():
            return False
        case Field(shape=shape):
            named = Kind.SERVICE in (shape.kind, shape.item)
            return named or bool(shape.unknown_values) or not _is_always_given(term)
        case ParameterValue(name):
            return not _is_always_set(policies.parameters[name])
        case Shifted(day, days):
            return may_be_open(day, policies) or (not isinstance(days, int) and may_be_open(days, policies))
        case Sum(terms):
            return any(may_be_open(field, policies) for field in terms)
        case CountOf() | Ratio():
            return True  # a list may be incomplete
        case _:
            assert_never(term)


def _is_always_set(parameter: Parameter) -> bool:
    """Whether the parameter has a value for every region, kind and day: a row for all, and no row without one."""
    for_all = [row for row in parameter.rows if row.specificity == 0 and row.period == ALWAYS and not row.press]
    return bool(for_all) and all(row.value is not None for row in parameter.rows)


# --- comparisons ---------------------------------------------------------------------------------------------


def _compared(condition: Compare, policies: PolicySet) -> frozenset[Truth]:
    left, order, right = condition.left, condition.order, condition.right
    unknown = may_be_open(left, policies) or may_be_open(right, policies)
    if isinstance(left, Field) and isinstance(right, Literal) and left.shape.kind is Kind.ENUM:
        words = set(left.shape.values) - set(left.shape.unknown_values)
        return _without(Truth.FALSE if words == {right.value} else None, unknown)
    found = compare_intervals(_range(left), order, _range(right))
    settled = found is not Truth.UNKNOWN and not (order is Order.IS and ANYTHING in (_range(left), _range(right)))
    return frozenset({found}) if settled else _without(None, unknown)


def _range(term: Term) -> Interval:
    """Every number that a term can be, as a snapshot beyond declared bounds is refused; of no number, anything."""
    match term:
        case Literal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return point(value)
        case CountOf():
            return Interval(0, INFINITY)
        case Field(shape=shape) if shape.kind.is_number:
            low, high = (limit.number if limit else None for limit in (shape.at_least, shape.at_most))
            return Interval(-INFINITY if low is None else low, INFINITY if high is None else high)
        case _:
            return ANYTHING


# --- registers -----------------------------------------------------------------------------------------------


def _listed(condition: ListedIn, policies: PolicySet) -> frozenset[Truth]:
    """On a list a name is false when a row of it does not hold yet or no longer, or when its absence says so."""
    register = policies.registers[condition.register]
    rows = register.rows
    others = {
        row.id
        for other in policies.registers.values()
        if register.family and other.family == register.family
        for row in other.rows
    } - {row.id for row in rows}
    can: set[Truth] = {Truth.TRUE} if rows else set()
    if register.closed or others or any(row.period != ALWAYS for row in rows):
        can.add(Truth.FALSE)
    announced = any(row.announced_on for row in rows)
    if not register.closed or announced or not _is_always_given(condition.field):
        can.add(Truth.UNKNOWN)
    return frozenset(can)
