"""Which comparisons ask whether two references are to the same item of a list."""

from __future__ import annotations

from validator.logic.expr import Compare, Condition, Field
from validator.logic.shape import FieldShape, Kind
from validator.logic.values import Order


def points(condition: Condition) -> bool:
    """Whether a comparison asks whether two references are to the same item."""
    if not isinstance(condition, Compare) or condition.order is not Order.IS:
        return False
    left, right = condition.left, condition.right
    if not isinstance(left, Field) or not isinstance(right, Field):
        return False
    # Names of items of one list look alike, and those of different lists need not differ.
    return _is_reference(left.shape) and _is_reference(right.shape) and left.shape.pattern == right.shape.pattern


def _is_reference(shape: FieldShape) -> bool:
    """Whether a field names an item of a list, and nothing else."""
    return shape.identity or (shape.kind is Kind.REF and not shape.special)
