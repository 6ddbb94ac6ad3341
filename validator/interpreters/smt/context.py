"""One assignment of the facts that an organization can't change, and small helpers about formulas."""

from __future__ import annotations

from typing import Any

import z3

from validator.interpreters.smt.formulas import Bool
from validator.logic.shape import FieldShape, Kind, Role


class Context:
    """One assignment of the given facts."""

    def __init__(self, model: Any, given: list[Any]) -> None:
        self._model = model
        self.told = [constant == model.eval(constant, model_completion=True) for constant in given]
        self.told_but_day = self.told[1:]  # the day is the first
        self.day: int = model.eval(given[0], model_completion=True).as_long()

    def holds(self, formula: Bool) -> bool:
        """Whether a formula about given facts holds."""
        if isinstance(formula, bool):
            return formula
        return bool(z3.is_true(self._model.eval(formula, model_completion=True)))


def is_given_list(shape: FieldShape) -> bool:
    """Whether nobody in the organization decides which items a list has."""
    return shape.kind is Kind.LIST and shape.role is Role.GIVEN


def term_of(formula: Bool) -> Any:
    """A formula as a term of the solver."""
    return z3.BoolVal(formula) if isinstance(formula, bool) else formula


def constants_of(formula: Any) -> list[Any]:
    """Every constant of a formula, in a fixed order."""
    found: dict[str, Any] = {}
    seen: set[int] = set()
    queue = [formula]
    while queue:
        part = queue.pop()
        if part.get_id() in seen:
            continue
        seen.add(part.get_id())
        if z3.is_const(part) and part.decl().kind() == z3.Z3_OP_UNINTERPRETED:
            found[part.decl().name()] = part
        queue += part.children()
    return [found[name] for name in sorted(found)]
