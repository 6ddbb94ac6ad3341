"""One assignment of the facts that an organization can't change, and small helpers about formulas."""

from __future__ import annotations

from typing import Any, NamedTuple

import z3

from validator.interpreters.smt.formulas import Bool, conj
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


class Leftovers:
    """What formulas say of given facts once decisions are made. Formulas are taken apart once."""

    def __init__(self, given: list[Any]) -> None:
        self._given = {constant.get_id() for constant in given}
        self._parts: dict[int, Parted] = {}
        self._put: dict[tuple[int, ...], tuple[list[Any], Any]] = {}

    def of(self, model: Any, formulas: list[Bool]) -> Bool:
        """What the formulas say of given facts once everything else is as in a model that satisfies them."""
        found: list[Bool] = []
        values: dict[int, tuple[int, Any]] = {}
        for formula in formulas:
            if isinstance(formula, bool):
                continue
            parted = self._parted(formula)
            if not parted.given:
                continue
            for key, constant in parted.others:
                if key not in values:
                    value = model.eval(constant, model_completion=True)
                    values[key] = value.get_id(), value
            found.append(self._put_in(parted, [values[key] for key, _ in parted.others]))
        return conj(found)

    def _put_in(self, parted: Parted, values: list[tuple[int, Any]]) -> Any:
        """A formula with values in the place of decisions; what was decided before is mostly decided again."""
        key = (parted.formula.get_id(), *(number for number, _ in values))
        found = self._put.get(key)
        if found is None:
            terms = [value for _, value in values]
            put = z3.simplify(put_in(parted.formula, [one for _, one in parted.others], terms))
            found = self._put[key] = (terms, put)  # an id is a term's own as long as the term lives
        return found[1]

    def _parted(self, formula: Any) -> Parted:
        key = formula.get_id()
        if key not in self._parts:
            every = [(constant.get_id(), constant) for constant in constants_of(formula)]
            given = any(number in self._given for number, _ in every)
            self._parts[key] = Parted(formula, given, [one for one in every if one[0] not in self._given])
        return self._parts[key]


class Parted(NamedTuple):
    """A formula: whether given facts occur in it, and its other constants by the ids of their terms."""

    formula: Any
    given: bool
    others: list[tuple[int, Any]]


def put_in(formula: Any, constants: list[Any], values: list[Any]) -> Any:
    """The formula with values in the place of constants of the same sorts.

    As `z3.substitute`, which looks at the sorts of each pair again and takes ten times as long for that.
    """
    if not constants:
        return formula
    number = len(constants)
    before, after = (z3.Ast * number)(), (z3.Ast * number)()
    for index in range(number):
        before[index], after[index] = constants[index].as_ast(), values[index].as_ast()
    put = z3.Z3_substitute(formula.ctx.ref(), formula.as_ast(), number, before, after)
    return z3.z3._to_expr_ref(put, formula.ctx)


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
