"""Sets as formulas: the counterpart of `evaluate._set_test` and of the equality of sets.

A set is asked member by member. Of sets of references the possible members are the items of the list they point
into, of all others the words or names there are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from validator.interpreters.smt.codes import REFS, STRANGE
from validator.interpreters.smt.facts import NAMES_COMPARED
from validator.interpreters.smt.formulas import Bool, Number, Rails, any_of, both, disj, is_plain, neg, same, within
from validator.logic.expr import Field, Literal, SetRelation, SetTest, Term
from validator.logic.shape import FieldShape, Kind

if TYPE_CHECKING:
    from validator.interpreters.smt.encoder import Encoder, Names
    from validator.interpreters.smt.variables import Variable

Test = Callable[[Number], Bool]


class Members(NamedTuple):
    """A set, or one value in the place of one: whether it is known, what is in it; of a written one its `named`."""

    known: Bool
    has: Test
    shape: FieldShape | None
    named: tuple[int, ...] = ()


class SetEncoder:
    """The formulas of conditions on sets."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    def test(self, names: Names, condition: SetTest) -> Rails:
        """A relation of a set to another, or to the value of a field."""
        one = self._held(names, condition.field)
        other = self._members(names, condition.values, condition.field.shape)
        self._note_names(condition.field, condition.values)
        match condition.relation:
            case SetRelation.CONTAINS_ANY:
                true = self._some(lambda c: both(other.has(c), one.has(c)), other)
                false = neg(self._some(lambda c: both(other.has(c), neg(self._not_in(c, one))), other))
            case SetRelation.CONTAINS_ALL:
                true = neg(self._some(lambda c: both(other.has(c), neg(one.has(c))), other))
                false = self._some(lambda c: both(other.has(c), self._not_in(c, one)), other)
            case SetRelation.WITHIN:
                true = neg(self._some(lambda c: both(one.has(c), neg(other.has(c))), one))
                false = self._some(lambda c: both(one.has(c), self._not_in(c, other)), one)
        known = both(one.known, other.known)
        return Rails(both(known, true), both(known, false))

    def equal(self, names: Names, left: Field, right: Term) -> Rails:
        """Equality whatever the order; a name that no register knows may be another name of anything."""
        one, other = self._held(names, left), self._members(names, right, left.shape)

        def differs(code: Number) -> Bool:
            return any_of(both(one.has(code), neg(other.has(code))), both(other.has(code), neg(one.has(code))))

        self._note_names(left, right)
        different = self._some(differs, one, other)
        empty = [neg(self._some(side.has, side)) for side in (one, other)]
        strange = self._some(lambda c: both(differs(c), _is_strange(c)), one, other)
        known = both(one.known, other.known)
        return Rails(both(known, neg(different)), both(known, different, any_of(*empty, neg(strange))))

    def _note_names(self, left: Field, right: Term) -> None:
        """Note that services in two fields are compared: then the number of different strange names matters."""
        if isinstance(right, Field) and Kind.SERVICE is left.shape.item:
            self.encoder.touched[NAMES_COMPARED] = None

    def _not_in(self, code: Number, side: Members) -> Bool:
        """That a name is surely not among others."""
        found = neg(side.has(code))
        if side.shape is None or Kind.SERVICE in (side.shape.kind, side.shape.item):
            strangers = self._some(lambda c: both(_is_strange(c), side.has(c)), side)
            found = both(found, neg(strangers))
            if _is_strange(code):
                found = both(found, neg(self._some(side.has, side)))
        return found

    def _some(self, test: Test, *sides: Members) -> Bool:
        """That some possible member of the sets passes a test."""
        targets = {side.shape.target for side in sides if side.shape is not None and side.shape.target}
        found = [
            self.encoder.lists.some(self.encoder.root, target, lambda item: test(item.code))
            for target in sorted(targets)
        ]
        codes = {code for side in sides for code in self._codes(side)}
        return any_of(disj(found), disj(test(code) for code in sorted(codes)))

    def _codes(self, side: Members) -> list[int]:
        shape, codes = side.shape, self.encoder.codes
        if shape is None:
            return list(side.named)
        if shape.target is not None:
            return self.encoder.specials(shape)
        if Kind.SERVICE in (shape.kind, shape.item):
            return [*codes.services, *codes.strangers]
        return [
            codes.of(word) for word in shape.values if word not in shape.unknown_values or shape.kind is Kind.SET
        ]

    def _members(self, names: Names, found: Term, shape: FieldShape) -> Members:
        if isinstance(found, Literal):
            assert isinstance(found.value, frozenset)
            codes = tuple(sorted(self.encoder.name(text, shape) for text in found.value))
            return Members(True, lambda code: within(code, codes), None, codes)
        assert isinstance(found, Field)
        return self._held(names, found)

    def _held(self, names: Names, field: Field) -> Members:
        """What a field holds: a set, or one value in the place of one."""
        variable = self.encoder.variable(names, field)
        if variable.shape.kind is Kind.SET:
            return Members(variable.present, variable.has, variable.shape)
        return Members(variable.present, _only(variable), variable.shape)


def _only(variable: Variable) -> Test:
    return lambda code: same(variable.value, code)


def _is_strange(code: Number) -> bool:
    return is_plain(code) and STRANGE <= code < REFS  # what is not plain is the code of an item


__all__ = ["Members", "SetEncoder"]
