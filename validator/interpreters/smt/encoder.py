"""Conditions as formulas: two of them each, "surely true" and "surely false".

The counterpart of `interpreters/evaluate.py`, node by node. Lists are what the `Lists` say: slots, of which there
are as many as the question needs (`slots.py`), or all elements of a sort (`quantified.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, assert_never

from validator.interpreters.smt.counts import compare_counts
from validator.interpreters.smt.facts import (
    NAMES_COMPARED,
    Case,
    Facts,
    Lists,
    Names,
    NotAnalysedError,
    Touch,
    closed,
    is_strange,
)
from validator.interpreters.smt.formulas import (
    UNKNOWN,
    Bool,
    Number,
    Rails,
    any_of,
    at_most,
    both,
    conj,
    disj,
    neg,
    plus,
    same,
    within,
)
from validator.interpreters.smt.ordered import compare, exactly
from validator.interpreters.smt.query import Setting
from validator.interpreters.smt.reference_data import listed_on
from validator.interpreters.smt.sets import SetEncoder
from validator.interpreters.smt.terms import Terms, is_ordered, literal
from validator.interpreters.smt.uses import Uses
from validator.interpreters.smt.variables import Node
from validator.logic.expr import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    CountOf,
    Field,
    Follow,
    Fresh,
    Known,
    ListedIn,
    ListPath,
    Literal,
    Meets,
    Not,
    OneOf,
    Quantified,
    Quantity,
    Ratio,
    SetTest,
    Term,
    Undecided,
)
from validator.logic.shape import FieldShape, Kind
from validator.logic.text import Text
from validator.logic.truth import Truth
from validator.logic.values import Order, Value


class Encoder(Terms):
    """Builds the formulas of conditions and remembers them."""

    def __init__(self, setting: Setting, lists: Callable[[Any], Lists], as_of: Number, root: Node) -> None:
        super().__init__(setting, lists, as_of, root)
        self.sets = SetEncoder(self)
        self._rails: dict[object, tuple[Condition, Case, Rails, dict[Touch, None]]] = {}

    def rails(self, case: Case, names: Names, condition: Condition) -> Rails:
        """The two formulas of a condition."""
        uses = case.uses.of(condition)
        key = (id(condition), self._key(case, names, uses))
        found = self._rails.get(key)
        if found is None:
            outer, self.touched = self.touched, {}
            rails = self._build(case, names, condition)
            found = self._rails[key] = (condition, case, rails, self.touched)
            self.touched = outer
        self.touched.update(found[3])
        return found[2]

    def _key(self, case: Case, names: Names, uses: Uses) -> object:
        nodes = tuple(names[scope] for scope in sorted(uses.scopes) if scope in names)
        brought = tuple(case.subject[scope] for scope in sorted(uses.subject))
        through = case.mode.window.judged_through if uses.judged else None
        day = None if through is None else (through.path, case.subject[through.scope])
        return (nodes, uses.things, self.lists.key(uses.lists), brought, day)

    def _build(self, case: Case, names: Names, condition: Condition) -> Rails:
        match condition:
            case AllOf(parts):
                found = [self.rails(case, names, part) for part in parts]
                return Rails(conj(r.true for r in found), disj(r.false for r in found))
            case AnyOf(parts):
                found = [self.rails(case, names, part) for part in parts]
                return Rails(disj(r.true for r in found), conj(r.false for r in found))
            case Not(part):
                inner = self.rails(case, names, part)
                return Rails(inner.false, inner.true)
            case Compare():
                return self._compare(case, names, condition)
            case OneOf():
                return self._one_of(names, condition)
            case SetTest():
                return self.sets.test(names, condition)
            case Quantified():
                return self._quantified(case, names, condition)
            case Follow():
                return self._follow(case, names, condition)
            case ListedIn():
                return self._listed_in(case, names, condition)
            case Meets(definition=name, scope=scope):
                return self._meets(case, names[scope], name)
            case Undecided():
                return UNKNOWN
            case Fresh():
                return self._fresh(case, names, condition)
            case Known(field=field):
                present = self.variable(names, field).present
                return Rails(present, neg(present))
            case _:
                assert_never(condition)

    def _meets(self, case: Case, item: Node, name: str) -> Rails:
        definition = case.mode.policies.definitions[case.mode.overrides.definitions.get(name, name)]
        return self.rails(case, self.names_of(definition.scopes, item), definition.when)

    # --- comparisons --------------------------------------------------------------------------------------------

    def _compare(self, case: Case, names: Names, condition: Compare) -> Rails:
        left, order, right = condition.left, condition.order, condition.right
        if isinstance(left, CountOf | Ratio) or isinstance(right, CountOf | Ratio):
            return compare_counts(self, case, names, condition)
        if is_ordered(left):
            return compare(self.ordered(case, names, left), order, self.ordered(case, names, right))
        assert isinstance(left, Field)  # what has no order is only compared field by field
        if left.shape.kind is Kind.SET:
            return self.sets.equal(names, left, right)
        return self._same(names, left, right)

    def _same(self, names: Names, left: Field, right: Term) -> Rails:
        """Equality of names and of truth values."""
        written = str(right.value) if isinstance(right, Literal) else ""
        if left.shape.identity and self.codes.admits(left.shape, written):
            raise NotAnalysedError(  # the solver numbers the items, so it knows none of a given pseudonym
                Text("сравнивается псевдоним записи", "the pseudonym of an item is compared")
            )
        one, other = self._held(names, left), self._unordered(names, right, left.shape)
        if isinstance(right, Field) and left.shape.kind is Kind.SERVICE:
            self.touched[NAMES_COMPARED] = None
        known = both(one[0], other[0])
        equal = equal_values(one[1], other[1])
        strange = any_of(one[2], other[2])
        return Rails(both(known, equal), both(known, neg(equal), neg(strange)))

    def _unordered(self, names: Names, found: Term, shape: FieldShape) -> tuple[Bool, Any, Bool]:
        """Whether a name or truth value is known, what it is, and whether it is a name that no register knows."""
        match found:
            case Field():
                return self._held(names, found)
            case Literal(value=bool() as value):
                return True, value, False
            case Literal(value=str() as value):
                return True, self.name(value, shape), False
            case _:
                raise TypeError(f"{found!r} can't be compared for equality")

    def _held(self, names: Names, field: Field) -> tuple[Bool, Any, Bool]:
        """The same of a field."""
        variable = self.variable(names, field)
        strange = is_strange(variable.value) if variable.shape.kind is Kind.SERVICE else False
        return variable.present, variable.value, strange

    def _one_of(self, names: Names, condition: OneOf) -> Rails:
        field = condition.field
        parts = [self._is_value(names, field, value) for value in sorted(condition.values, key=str)]
        return Rails(disj(r.true for r in parts), conj(r.false for r in parts))

    def _is_value(self, names: Names, field: Field, value: Value) -> Rails:
        if is_ordered(field):
            return compare(self.seen(self.variable(names, field)), Order.IS, literal(value))
        return self._same(names, field, Literal(value))

    # --- registers and freshness --------------------------------------------------------------------------------

    def _listed_in(self, case: Case, names: Names, condition: ListedIn) -> Rails:
        variable = self.variable(names, condition.field)
        name = case.mode.overrides.registers.get(condition.register, condition.register)
        low, high = self.judged(case)
        true, false = [], []
        for codes, answers in self._register(case, name, variable.shape):
            here = codes(variable.value)
            true += [both(here, days.holds(low, high)) for days, answer in answers if answer is Truth.TRUE]
            false += [both(here, days.holds(low, high)) for days, answer in answers if answer is Truth.FALSE]
        return Rails(both(variable.present, disj(true)), both(variable.present, disj(false)))

    def _register(self, case: Case, name: str, shape: FieldShape) -> list[tuple[Callable[[Number], Bool], Any]]:
        """The answers of a register by name, names with the same answers together; first every other name."""
        policies = case.mode.policies
        register, service = policies.registers[name], shape.kind is Kind.SERVICE
        key = (name, tuple(id(each) for each in policies.registers.values()), service)
        if key not in self._data:
            family = [each for each in policies.registers.values() if each.family == register.family]
            ids = sorted({row.id for each in family for row in each.rows})
            codes = [self.codes.of_service(text) if service else self.codes.of(text) for text in ids]
            groups: dict[object, list[int]] = {}
            for code in codes:
                groups.setdefault(listed_on(policies, register, self.codes.value(code)), []).append(code)
            rest = listed_on(policies, register, _STRANGER)
            self._data[key] = (policies, _grouped(groups, rest, sorted(codes)))
        for code in self._data[key][1][1]:
            self.touched[code] = None
        found: list[tuple[Callable[[Number], Bool], Any]] = self._data[key][1][0]
        return found

    def _fresh(self, case: Case, names: Names, condition: Fresh) -> Rails:
        inner = self.rails(case, names, condition.body)
        on = self.seen(self.variable(names, condition.on))
        days = condition.within
        limit = exactly(days) if isinstance(days, int) else self._parameter(case, days)
        _, high = self.judged(case)
        fresh = both(on.known, neg(on.never), limit.known, at_most(high, plus(on.low, limit.low)))
        return Rails(both(fresh, inner.true), both(fresh, inner.false))

    # --- lists and references -----------------------------------------------------------------------------------

    def list_of(self, names: Names, items: ListPath) -> tuple[Node, str]:
        """The record that holds a list, and the path of the list."""
        record = items.shape.record
        assert record is not None
        return names[items.scope], record.path

    def _quantified(self, case: Case, names: Names, condition: Quantified) -> Rails:
        node, path = self.list_of(names, condition.items)

        def body(item: Node) -> Rails:
            return self.rails(case, {**names, condition.bind: item}, condition.body)

        closed_ = self.closed(node, condition.items.path[-1])
        if condition.quantity is Quantity.EVERY:
            true = both(closed_, neg(self.lists.some(node, path, lambda item: neg(body(item).true))))
            return Rails(true, self.lists.some(node, path, lambda item: body(item).false))
        true = self.lists.some(node, path, lambda item: body(item).true)
        false = both(closed_, neg(self.lists.some(node, path, lambda item: neg(body(item).false))))
        return Rails(false, true) if condition.quantity is Quantity.NO else Rails(true, false)

    def _follow(self, case: Case, names: Names, condition: Follow) -> Rails:
        variable = self.variable(names, condition.reference)
        target = variable.shape.target or ""

        def body(item: Node) -> Rails:
            return self.rails(case, {**names, condition.bind: item}, condition.body)

        def reached(rail: Callable[[Rails], Bool]) -> Bool:
            found = self.lists.some(
                self.root, target, lambda item: both(same(variable.value, item.code), rail(body(item)))
            )
            return both(variable.present, found)

        nowhere = both(variable.present, within(variable.value, self.specials(variable.shape)))
        return Rails(reached(lambda r: r.true), any_of(nowhere, reached(lambda r: r.false)))


_STRANGER = "\x00"


def _grouped(groups: dict[object, list[int]], rest: object, codes: list[int]) -> tuple[list[Any], list[int]]:
    """Answers with the test of a code for each."""
    found: list[Any] = [(lambda value: neg(within(value, codes)), rest)]
    for answers, members in groups.items():
        found.append((_among(members), answers))
    return found, codes


def _among(codes: list[int]) -> Callable[[Number], Bool]:
    return lambda value: within(value, codes)


def equal_values(one: Any, other: Any) -> Bool:
    """Equality of what a field holds with a code, a truth value or what another one holds."""
    if isinstance(other, bool):
        return one if other else neg(one)
    return same(one, other)


__all__ = ["Case", "Encoder", "Facts", "Lists", "Names", "NotAnalysedError", "closed", "is_strange"]
