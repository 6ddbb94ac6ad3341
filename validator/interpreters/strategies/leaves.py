"""Conditions without conditions inside, and the terms that stand in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from validator.interpreters.strategies.choosers import Chooser
from validator.interpreters.strategies.worlds import DECIMALS, NUMBERS, QUESTION, World, words_of
from validator.language.scopes import Scope
from validator.language.vocabulary import ROOT
from validator.logic.expr import (
    AsOf,
    Compare,
    Condition,
    Field,
    Known,
    ListedIn,
    Literal,
    Meets,
    Not,
    OneOf,
    ParameterValue,
    Ratio,
    SetRelation,
    SetTest,
    Shifted,
    Sum,
    Term,
    Undecided,
)
from validator.logic.frozen import Frozen
from validator.logic.shape import FieldShape, Kind, RecordShape
from validator.logic.values import DAY_ORDERS, NUMBER_ORDERS, Order, SpecialDay, Value, month_end

SHIFTS = (-2, -1, 0, 1, 2)


class Menu(Frozen, frozen=True):
    """Which parts of the language may occur beside the plain ones."""

    known: bool = False
    undecided: bool = True
    definitions: bool = True
    ratios: bool = True
    depth: int = 3


PLAIN = Menu()


class Leaves:
    """Draws conditions of one level that stand in a scope."""

    def __init__(self, world: World, choose: Chooser, menu: Menu) -> None:
        self.world = world
        self.choose = choose
        self.menu = menu

    def fields(self, scope: Scope, name: str) -> list[Field]:
        """Every field of an item in reach, those of its nested records included."""
        return [*fields_of(name, scope.bound[name], ())]

    def reachable(self, scope: Scope) -> list[Field]:
        """The fields of every item in reach."""
        return [field for name in scope.bound if can_step(scope, name) for field in self.fields(scope, name)]

    def leaf(self, scope: Scope) -> Condition:
        """A condition without conditions inside."""
        special = self.choose.below(20)
        if special == 19 and self.menu.undecided:
            return Undecided(QUESTION)
        if special in (17, 18) and self.menu.definitions and (found := self._meets(scope)):
            return found
        if special in (14, 15, 16) and (total := self._total(scope)):
            return total
        fields = self.fields(scope, scope.current)
        if self.choose.chance(20):
            fields = self.reachable(scope)
        return self._test(self.choose.one(fields), scope)

    def _meets(self, scope: Scope) -> Condition | None:
        found = [
            Meets(definition, name)
            for name, record in scope.bound.items()
            for definition, about in self.world.known.definitions.items()
            if about == record.path and can_step(scope, name)
        ]
        return self.choose.one(found) if found else None

    def _total(self, scope: Scope) -> Condition | None:
        numbers = [field for field in self.fields(scope, scope.current) if field.shape.kind.is_number]
        if not numbers:
            return None
        if self.menu.ratios and self.choose.chance(50):
            share = Ratio(self.choose.one(numbers), self.choose.one(numbers))
            return self._ordered(share, Literal(self.choose.one((50, 0, 100))))
        terms = tuple(self.choose.one(numbers) for _ in range(self.choose.one((2, 1, 3))))
        return self._ordered(Sum(tuple(dict.fromkeys(terms))), self._number(scope))

    def _test(self, field: Field, scope: Scope) -> Condition:
        found = self._plain_test(field, scope)
        if self.menu.known and self.choose.chance(10):
            found = Known(field)
        return Not(found) if self.choose.chance(15) else found

    def _plain_test(self, field: Field, scope: Scope) -> Condition:
        shape = field.shape
        if shape.kind is Kind.SET:
            return self._set_test(field, scope)
        if shape.kind.is_day:
            return Compare(field, self.choose.one([*DAY_ORDERS, Order.IS]), self._day(field, scope))
        if shape.kind.is_number:
            values = self._number_values(shape)
            if self.choose.chance(20):
                return OneOf(field, frozenset(self._some_of(values)))
            return self._ordered(field, self._number_operand(scope, values))
        if shape.kind is Kind.BOOLEAN:
            return Compare(field, Order.IS, Literal(self.choose.one((True, False))))
        return self._name_test(field, scope)

    def _name_test(self, field: Field, scope: Scope) -> Condition:
        values = self._names(field.shape, field.shape.kind)
        registers = [*self.world.known.registers] if field.shape.kind is Kind.SERVICE else []
        others = [f for f in self.reachable(scope) if _same_names(field, f)]
        options: list[Callable[[], Condition]] = []
        if values:
            options.append(lambda: Compare(field, Order.IS, Literal(self.choose.one(values))))
            options.append(lambda: OneOf(field, frozenset(self._some_of(values))))
        if registers:
            options.append(lambda: ListedIn(field, self.choose.one(registers)))
            options.append(lambda: ListedIn(field, self.choose.one(registers)))
        if others:
            options.append(lambda: Compare(field, Order.IS, self.choose.one(others)))
        return self.choose.one(options)()

    def _some_of(self, values: Sequence[Value]) -> list[Value]:
        return [*self.choose.some(values)] or [self.choose.one(values)]

    def _names(self, shape: FieldShape, kind: Kind) -> list[str]:
        match kind:
            case Kind.ENUM:
                return words_of(shape)
            case Kind.SERVICE:
                return sorted(self.world.known.services)
            case Kind.REF:
                return [*shape.special]
            case _:
                return [*self.world.fixed.get(shape.name, ()), *self.world.texts.get(shape.name, ())] or ["text"]

    def _set_test(self, field: Field, scope: Scope) -> Condition:
        shape = field.shape
        values = self._names(shape, shape.item or Kind.TEXT)
        relation = self.choose.one([*SetRelation])
        others = [f for f in self.reachable(scope) if f.shape.kind is Kind.SET and _same_names(field, f)]
        if others and self.choose.chance(25):
            other = self.choose.one(others)
            return Compare(field, Order.IS, other) if self.choose.chance(30) else SetTest(field, relation, other)
        singles = [f for f in self.reachable(scope) if f.shape.kind is shape.item and _same_items(shape, f.shape)]
        if singles and self.choose.chance(25):
            return SetTest(field, SetRelation.CONTAINS_ANY, self.choose.one(singles))
        if self.choose.chance(30) or not values:
            return Compare(field, Order.IS, Literal(frozenset(self.choose.some(values))))
        return SetTest(field, relation, Literal(frozenset(str(v) for v in self._some_of(values))))

    # --- right-hand sides ---------------------------------------------------------------------------------

    def _ordered(self, left: Term, right: Term) -> Condition:
        found = Compare(left, self.choose.one([*NUMBER_ORDERS, Order.IS]), right)
        return Not(found) if found.order is Order.IS and self.choose.chance(30) else found

    def _number_values(self, shape: FieldShape) -> list[Value]:
        return [*NUMBERS] if shape.kind is Kind.INTEGER else [Decimal(text) for text in DECIMALS]

    def _number_operand(self, scope: Scope, values: list[Value]) -> Term:
        others = [f for f in self.reachable(scope) if f.shape.kind.is_number]
        match self.choose.below(4):
            case 2:
                return self._parameter(lambda kind: kind.is_number)
            case 3 if len(others) > 1:
                return self.choose.one(others)
            case _:
                return Literal(self.choose.one(values))

    def _number(self, scope: Scope) -> Term:
        match self.choose.below(4):
            case 2:
                return self._parameter(lambda kind: kind.is_number)
            case 3:
                others = [f for f in self.reachable(scope) if f.shape.kind.is_number]
                return self.choose.one(others) if others else Literal(1)
            case _:
                return Literal(self.choose.one(NUMBERS))

    def _parameter(self, fits: Callable[[Kind], bool]) -> ParameterValue:
        found = [(name, kind) for name, kind in self.world.known.parameters.items() if fits(kind)]
        return ParameterValue(*self.choose.one(found))

    def _days(self, options: Sequence[int]) -> int | ParameterValue:
        if self.choose.chance(30):
            return self._parameter(lambda kind: kind is Kind.INTEGER)
        return self.choose.one(options)

    def _day(self, field: Field, scope: Scope) -> Term:
        if field.shape.special and self.choose.chance(15):
            words = [word for word in field.shape.special if word != "ongoing"]
            if words:
                return Literal(SpecialDay(self.choose.one(words)))
        term: Field | ParameterValue | AsOf
        match self.choose.below(5):
            case 2:
                term = AsOf()
            case 3:
                term = self._parameter(lambda kind: kind.is_day)
            case 4:
                term = self.choose.one([f for f in self.reachable(scope) if f.shape.kind.is_day])
            case _:
                day = self.choose.one(self.world.days())
                month = field.shape.kind is Kind.MONTH
                return Literal(month_end(day.year, day.month) if month else day)
        return Shifted(term, self._days(SHIFTS)) if self.choose.chance(40) else term


def can_step(scope: Scope, name: str) -> bool:
    """Whether the fields of an item can be named from here at all."""
    if scope.current == name or scope.field(name) is None:
        return True
    return scope.bound[ROOT].fields.get(name) is None and scope.field(ROOT) is None


def fields_of(name: str, shape: RecordShape, path: tuple[str, ...]) -> Iterator[Field]:
    for field in shape.fields.values():
        if field.kind is Kind.RECORD and field.record is not None:
            yield from fields_of(name, field.record, (*path, field.name))
        elif field.kind not in (Kind.LIST, Kind.INSTANT):
            yield Field(name, (*path, field.name), field)


def _same_items(one: FieldShape, other: FieldShape) -> bool:
    return one.target == other.target and (not one.values or bool(set(one.values) & set(other.values)))


def _same_names(one: Field, other: Field) -> bool:
    """Whether two fields of names can be equal."""
    same = other.shape.kind is one.shape.kind and one.shape.item is other.shape.item
    return same and _same_items(one.shape, other.shape)
