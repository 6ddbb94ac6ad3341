"""Every small change of a condition: one walk that knows each kind of node, so that none can be forgotten.

What would only repeat another change is left out: a comparison with the opposite one is its negation, a truth
value replaced by the other one too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, assert_never

from validator.journeys.mutants.model import Change, inside
from validator.journeys.mutants.values import Words, members, replaced, values
from validator.logic.expr import (
    TRUE,
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
    Quantity,
    Ratio,
    SetRelation,
    SetTest,
    Shifted,
    Sum,
    Term,
    Undecided,
)
from validator.logic.frozen import replace
from validator.logic.shape import FieldShape, Kind
from validator.logic.text import Text
from validator.logic.values import Order, SpecialDay

FALSE = AnyOf(())
NEGATED = Text("условие заменено на обратное", "the condition negated")
DROPPED = Text("условие убрано", "the condition dropped")
# The neighbours of an order: what a slip of the pen makes of it. The opposite one is the negation.
_SLIPS = {
    Order.AT_LEAST: (Order.MORE_THAN, Order.AT_MOST),
    Order.MORE_THAN: (Order.AT_LEAST, Order.LESS_THAN),
    Order.AT_MOST: (Order.LESS_THAN, Order.AT_LEAST),
    Order.LESS_THAN: (Order.AT_MOST, Order.MORE_THAN),
    Order.ON_OR_AFTER: (Order.AFTER, Order.ON_OR_BEFORE),
    Order.AFTER: (Order.ON_OR_AFTER, Order.BEFORE),
    Order.ON_OR_BEFORE: (Order.BEFORE, Order.ON_OR_AFTER),
    Order.BEFORE: (Order.ON_OR_BEFORE, Order.AFTER),
}
_SLIPS_OF_IS = {
    True: (Order.ON_OR_AFTER, Order.ON_OR_BEFORE),
    False: (Order.AT_LEAST, Order.AT_MOST),
}
_QUANTITIES = {
    Quantity.SOME: (Quantity.EVERY,),
    Quantity.EVERY: (Quantity.SOME, Quantity.NO),
    Quantity.NO: (Quantity.EVERY,),
}


class Operators(NamedTuple):
    """The changes of conditions; `words` gives what may stand in the place of a word."""

    words: Words

    def of(self, condition: Condition) -> Iterator[Change[Condition]]:
        """Every change of a condition, each once, in the order written."""
        seen: set[Condition] = {condition}
        for change in self._all(condition):
            if change.made not in seen:
                seen.add(change.made)
                yield change

    def _all(self, condition: Condition) -> Iterator[Change[Condition]]:
        if condition == TRUE:
            return
        if not isinstance(condition, Not | Undecided):
            yield Change("negated", condition.span, NEGATED, Not(condition, condition.span))
        match condition:
            case AllOf(parts) | AnyOf(parts):
                yield from self._joined(condition, parts)
            case Not(part, span):
                yield Change("not-dropped", span, Text("отрицание убрано", "the negation dropped"), part)
                inner = (change for change in self._all(part) if change.key != "negated")  # the same once more
                yield from inside(inner, "not", lambda made: Not(made, span))
            case Compare():
                yield from self._compare(condition)
            case OneOf(field, found, span):
                for change in members(found, field.shape, span, self.words):
                    yield change.inside("in", lambda made: OneOf(field, made, span))
            case SetTest():
                yield from self._set_test(condition)
            case Quantified():
                yield from self._quantified(condition)
            case Follow(body=body):
                yield from self._body(condition, body)
            case ListedIn() | Meets() | Known():
                return  # the negation is their only change; what they name is changed where it is written
            case Undecided(span=span):
                for answer, told in ((TRUE, Text("да", "yes")), (FALSE, Text("нет", "no"))):
                    what = Text(f"нерешённый вопрос решён: {told.ru}", f"the open question settled: {told.en}")
                    yield Change(f"settled-{told.en}", span, what, answer)
            case Fresh():
                yield from self._fresh(condition)
            case _:
                assert_never(condition)

    # --- connectives and lists ----------------------------------------------------------------------------

    def _joined(self, condition: AllOf | AnyOf, parts: tuple[Condition, ...]) -> Iterator[Change[Condition]]:
        span = condition.span
        if len(parts) > 1:
            other = AnyOf(parts, span) if isinstance(condition, AllOf) else AllOf(parts, span)
            words = replaced("all", "any") if isinstance(condition, AllOf) else replaced("any", "all")
            yield Change("connective", span, words, other)
        for place, part in enumerate(parts):

            def put(made: Condition, place: int = place) -> Condition:
                return replace(condition, parts=(*parts[:place], made, *parts[place + 1 :]))

            if len(parts) > 1:
                rest = (*parts[:place], *parts[place + 1 :])
                yield Change(f"{place}.dropped", part.span, DROPPED, replace(condition, parts=rest))
            yield from inside(self._all(part), f"{place}", put)

    def _quantified(self, condition: Quantified) -> Iterator[Change[Condition]]:
        for other in _QUANTITIES[condition.quantity]:
            what = replaced(condition.quantity.value, other.value)
            yield Change(f"quantity:{other.value}", condition.span, what, replace(condition, quantity=other))
        yield from self._body(condition, condition.body)

    def _body(self, condition: Quantified | Follow | Fresh, body: Condition) -> Iterator[Change[Condition]]:
        if not isinstance(body, AllOf) and body != TRUE:
            yield Change("of.dropped", body.span, DROPPED, replace(condition, body=TRUE))
        yield from inside(self._all(body), "of", lambda made: replace(condition, body=made))

    def _fresh(self, condition: Fresh) -> Iterator[Change[Condition]]:
        undated = Text("давность не проверяется", "the age is not checked")
        yield Change("fresh-dropped", condition.span, undated, condition.body)
        within = condition.within
        if isinstance(within, int):
            for change in values(within, None, condition.span, self.words):
                assert isinstance(change.made, int)
                yield Change(
                    f"within.{change.key}", change.span, change.what, replace(condition, within=change.made)
                )
        yield from self._body(condition, condition.body)

    # --- comparisons --------------------------------------------------------------------------------------

    def _compare(self, condition: Compare) -> Iterator[Change[Condition]]:
        left, right, order = condition.left, condition.right, condition.order
        for other in slips_of(condition):
            what = replaced(order.value, other.value)
            yield Change(f"order:{other.value}", condition.span, what, replace(condition, order=other))
        shape = left.shape if isinstance(left, Field) else None
        yield from inside(self.term(left, None), "left", lambda made: replace(condition, left=made))
        for change in self.term(right, shape):
            # A number that a count is compared with has its own place only where one is written.
            yield change.inside("right", lambda made: replace(condition, right=made))

    def _set_test(self, condition: SetTest) -> Iterator[Change[Condition]]:
        found = condition.values
        if isinstance(found, Literal):
            several = not isinstance(found.value, frozenset) or len(found.value) > 1
        else:  # of one value “any” and “all” are the same
            several = found.shape.kind is Kind.SET
        for other in SetRelation:
            same = {SetRelation.CONTAINS_ANY, SetRelation.CONTAINS_ALL} == {other, condition.relation}
            if other is not condition.relation and (several or not same):
                what = replaced(condition.relation.value, other.value)
                yield Change(f"relation:{other.value}", condition.span, what, replace(condition, relation=other))
        if isinstance(found, Literal):
            for change in values(found.value, condition.field.shape, found.span, self.words):
                made = Literal(change.made, found.span)
                yield Change(f"values.{change.key}", change.span, change.what, replace(condition, values=made))

    # --- terms --------------------------------------------------------------------------------------------

    def term(self, term: Term, shape: FieldShape | None) -> Iterator[Change[Term]]:
        """Every change of a term; `shape` is the field on the other side, None without one."""
        match term:
            case Literal(value, span):
                yield from inside(values(value, shape, span, self.words), "is", lambda made: Literal(made, span))
            case Field() | ParameterValue() | AsOf():
                return
            case Shifted():
                yield from self._shifted(term, shape)
            case CountOf(body=body):
                if not isinstance(body, AllOf):
                    yield Change("of.dropped", body.span, DROPPED, replace(term, body=TRUE))
                yield from inside(self._all(body), "of", lambda made: replace(term, body=made))
            case Sum(terms, span):
                for place, one in enumerate(terms if len(terms) > 1 else ()):
                    what = Text(f"слагаемое `{_name(one)}` убрано", f"`{_name(one)}` left out of the sum")
                    yield Change(
                        f"{place}.dropped", one.span, what, Sum((*terms[:place], *terms[place + 1 :]), span)
                    )
            case Ratio(part, whole, span):
                what = Text("доля перевёрнута", "the ratio turned over")
                yield Change("turned", span, what, Ratio(whole, part, span))
                yield from inside(self._counted(part), "part", lambda made: Ratio(made, whole, span))
                yield from inside(self._counted(whole), "whole", lambda made: Ratio(part, made, span))
            case _:
                assert_never(term)

    def _counted(self, term: Field | CountOf) -> Iterator[Change[Field | CountOf]]:
        for change in self.term(term, None):
            assert isinstance(change.made, Field | CountOf)
            yield Change(change.key, change.span, change.what, change.made)

    def _shifted(self, term: Shifted, shape: FieldShape | None) -> Iterator[Change[Term]]:
        what = Text("сдвиг на дни убран", "the shift by days dropped")
        yield Change("shift-dropped", term.span, what, term.day)
        if isinstance(term.days, int):
            for change in values(term.days, None, term.span, self.words):
                assert isinstance(change.made, int)
                yield Change(f"days.{change.key}", change.span, change.what, replace(term, days=change.made))
        for inner in self.term(term.day, shape):
            assert isinstance(inner.made, Field | ParameterValue | AsOf | Literal)
            yield Change(f"day.{inner.key}", inner.span, inner.what, replace(term, day=inner.made))


def slips_of(condition: Compare) -> tuple[Order, ...]:
    """The orders that may stand in the place of the one written, but for its opposite.

    Equality has neighbours only between numbers or days that have an order.
    """
    if condition.order is not Order.IS:
        return _SLIPS[condition.order]
    left, right = condition.left, condition.right
    if isinstance(left, Field):
        kind = left.shape.kind
        ordered = kind.is_number or kind.is_day
        if isinstance(right, Literal) and isinstance(right.value, SpecialDay):
            ordered = False  # `is: never` asks for a word, not for a day
        return _SLIPS_OF_IS[kind.is_day] if ordered else ()
    return _SLIPS_OF_IS[False]


def _name(field: Field) -> str:
    return ".".join(field.path)
