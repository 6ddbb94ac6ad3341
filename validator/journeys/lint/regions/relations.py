"""When two operands surely stand in a relation: the alternatives, each a number of plain demands."""

from __future__ import annotations

import re
from fractions import Fraction

from validator.interpreters.evaluate import compare_seen
from validator.interpreters.terms import Seen
from validator.journeys.lint.regions.differences import ZERO, Node, end
from validator.journeys.lint.regions.goals import (
    Bound,
    Choice,
    Goal,
    Guess,
    Holds,
    Narrow,
    Opaque,
    Ways,
    Within,
    Words,
)
from validator.journeys.lint.regions.operands import Fixed, Linear, Operand, SetOf, Word
from validator.logic.expr import SetRelation
from validator.logic.truth import Truth, truth
from validator.logic.values import INFINITY, Interval, Order, SpecialDay, Value, compare_intervals, point

NEVER_SO: Ways = ()
ALWAYS_SO: Ways = ((),)
FLIPPED = {
    **{Order.AT_LEAST: Order.AT_MOST, Order.AT_MOST: Order.AT_LEAST},
    **{Order.MORE_THAN: Order.LESS_THAN, Order.LESS_THAN: Order.MORE_THAN},
    **{Order.BEFORE: Order.AFTER, Order.AFTER: Order.BEFORE},
    **{Order.ON_OR_BEFORE: Order.ON_OR_AFTER, Order.ON_OR_AFTER: Order.ON_OR_BEFORE, Order.IS: Order.IS},
}
_NEGATED = {
    **{Order.AT_LEAST: Order.LESS_THAN, Order.LESS_THAN: Order.AT_LEAST},
    **{Order.AT_MOST: Order.MORE_THAN, Order.MORE_THAN: Order.AT_MOST},
    **{Order.BEFORE: Order.ON_OR_AFTER, Order.ON_OR_AFTER: Order.BEFORE},
    **{Order.ON_OR_BEFORE: Order.AFTER, Order.AFTER: Order.ON_OR_BEFORE},
}
_AT_MOST = (Order.AT_MOST, Order.ON_OR_BEFORE, Order.LESS_THAN, Order.BEFORE)
_STRICT = (Order.LESS_THAN, Order.BEFORE, Order.MORE_THAN, Order.AFTER)


def _settled(answer: Truth, wanted: bool) -> Ways:
    return ALWAYS_SO if answer is truth(wanted) else NEVER_SO


def compared(left: Operand, order: Order, right: Operand, wanted: bool) -> Ways:
    """When a comparison is surely `wanted`."""
    match left, right:
        case Fixed(one), Fixed(other):
            return _settled(compare_seen(Seen(one, None), order, Seen(other, None)), wanted)
        case Linear(), Fixed(SpecialDay() as word):
            return _settled(_against_word(order, word), wanted)
        case Linear(), Fixed(value):
            low = point(value).low
            assert not isinstance(low, float)
            return _ordered(left.node, order, ZERO, low - left.plus, left.whole, wanted)
        case Linear(), Linear():
            if left.node == right.node:
                answer = compare_intervals(Interval(left.plus, left.plus), order, Interval(right.plus, right.plus))
                return _settled(answer, wanted)
            ways = _ordered(
                left.node, order, right.node, right.plus - left.plus, left.whole and right.whole, wanted
            )
            mixed = left.whole is not right.whole and ZERO not in (left.node, right.node)
            return tuple((*way, Guess("mixed")) for way in ways) if mixed else ways
        case Fixed(), Linear():
            return compared(right, FLIPPED[order], left, wanted)
        case Word(), Fixed(str() | bool() as value):
            return among(left, frozenset({value}), wanted)
        case Word(), Word() if left.key == right.key:
            return ((Narrow(left.key, left.domain),),) if wanted else NEVER_SO
        case Word(), Word() if left.domain.inside and right.domain.inside:
            return _same_word(left, right, wanted)
        case SetOf(), SetOf() if left.domain is not None and right.domain is not None:
            return _both_sets(left, right, _same_sets(left, right, left.domain | right.domain, wanted))
        case SetOf(), Fixed(frozenset() as words):
            return _same_set(left, words, wanted)
        case Fixed(), Word() | SetOf():
            return compared(right, order, left, wanted)
        case _:
            return strange((left, order, right), wanted)


def among(field: Word, values: frozenset[Value], wanted: bool) -> Ways:
    """When a name or truth value is surely one of some values, or surely none of them."""
    able = frozenset(v for v in values if not field.pattern or re.search(field.pattern, str(v)))
    return ((Narrow(field.key, field.domain.both(Words(wanted, able))),),)


def _same_word(left: Word, right: Word, wanted: bool) -> Ways:
    """When two fields, of whose words there are not many, surely have the same one."""
    found: list[tuple[Goal, ...]] = []
    for word in sorted(left.domain.values, key=str):
        this = Words(True, frozenset({word}))
        other = this if wanted else Words(False, this.values)
        found.append((Narrow(left.key, this), Narrow(right.key, right.domain.both(other))))
    return tuple(found)


def strange(what: object, wanted: bool) -> Ways:
    """Something that is not looked into is `wanted`."""
    return ((Opaque(what, wanted, "comparison"),),)


def _against_word(order: Order, word: SpecialDay) -> Truth:
    """How any day compares with a word that stands for one."""
    if word is SpecialDay.NEVER:
        return Truth.FALSE
    return compare_intervals(Interval(0, 0), order, Interval(INFINITY, INFINITY))


def _ordered(one: Node, order: Order, other: Node, by: int | Fraction, whole: bool, wanted: bool) -> Ways:
    """When `one - other` is surely in an order with a number."""
    if order is Order.IS:
        if wanted:
            return ((_most(one, other, by, False, whole), _most(other, one, -by, False, whole)),)
        return ((_most(one, other, by, True, whole),), (_most(other, one, -by, True, whole),))
    if not wanted:
        order = _NEGATED[order]
    strict = order in _STRICT
    if order in _AT_MOST:
        return ((_most(one, other, by, strict, whole),),)
    return ((_most(other, one, -by, strict, whole),),)


def _most(one: Node, other: Node, by: int | Fraction, strict: bool, whole: bool) -> Bound:
    return Bound(one, other, end(by, strict=strict, whole=whole))


# --- sets ------------------------------------------------------------------------------------------------------


def _same_set(field: SetOf, words: frozenset[str], wanted: bool) -> Ways:
    if wanted:
        return ((Holds(field.key, words, True), Within(field.key, words)),)
    return (*related(field, SetRelation.CONTAINS_ALL, words, False), *_beyond(field, words))


def _same_sets(left: SetOf, right: SetOf, words: frozenset[str], wanted: bool) -> Ways:
    """When two sets surely hold the same of the words that either can hold."""
    each = [frozenset({word}) for word in sorted(words)]
    if wanted:
        alike = [
            Choice(tuple((Holds(left.key, word, t), Holds(right.key, word, t)) for t in (True, False)))
            for word in each
        ]
        return (tuple(alike),)
    return tuple((Holds(left.key, word, t), Holds(right.key, word, not t)) for word in each for t in (True, False))


def related_to_field(field: SetOf, relation: SetRelation, other: SetOf | Word, wanted: bool) -> Ways | None:
    """When a set surely stands in a relation to another field, None where either may hold whatever words."""
    if isinstance(other, Word):
        if not other.domain.inside or field.domain is None:
            return None
        words = [frozenset({str(word)}) for word in sorted(other.domain.values, key=str)]
        return tuple(
            (Narrow(other.key, Words(True, frozenset[Value](word))), *way)
            for word in words
            for way in related(field, relation, word, wanted)
        )
    if field.domain is None or other.domain is None:
        return None
    return _both_sets(field, other, _sets_related(field, relation, other, wanted))


def _both_sets(one: SetOf, other: SetOf, ways: Ways) -> Ways:
    """The alternatives, each with what two sets can hold at all."""
    able = tuple(Within(of.key, of.domain) for of in (one, other) if of.domain is not None)
    return tuple((*able, *way) for way in ways)


def _sets_related(field: SetOf, relation: SetRelation, other: SetOf, wanted: bool) -> Ways:
    either = [frozenset({word}) for word in sorted((field.domain or frozenset()) | (other.domain or frozenset()))]
    first, second = (other, field) if relation is SetRelation.CONTAINS_ALL else (field, other)
    if relation is SetRelation.CONTAINS_ANY:
        if wanted:
            return tuple((Holds(first.key, word, True), Holds(second.key, word, True)) for word in either)
        return (tuple(_not_both(first, second, word, True) for word in either),)
    if wanted:  # whatever the first holds, the second holds
        return (tuple(_not_both(first, second, word, False) for word in either),)
    return tuple((Holds(first.key, word, True), Holds(second.key, word, False)) for word in either)


def _not_both(first: SetOf, second: SetOf, word: frozenset[str], truth: bool) -> Choice:
    """A word is not in the first set, or in the second it is otherwise than told."""
    return Choice(((Holds(first.key, word, False),), (Holds(second.key, word, not truth),)))


def _beyond(field: SetOf, words: frozenset[str]) -> Ways:
    """When a set holds something else than some words."""
    if field.domain is None:
        return ((Guess("set"),),)
    return tuple((Holds(field.key, frozenset({word}), True),) for word in sorted(field.domain - words))


def related(field: SetOf, relation: SetRelation, words: frozenset[str], wanted: bool) -> Ways:
    """When a set surely stands in a relation to some words."""
    match relation, wanted:
        case SetRelation.CONTAINS_ALL, True:
            return (_checked(field, words),)
        case SetRelation.CONTAINS_ANY, False:
            return ((Holds(field.key, words, False),),)
        case SetRelation.CONTAINS_ANY, True:
            return tuple(_checked(field, frozenset({word})) for word in sorted(words))
        case SetRelation.CONTAINS_ALL, False:
            return tuple((Holds(field.key, frozenset({word}), False),) for word in sorted(words))
        case SetRelation.WITHIN, True:
            return ((Within(field.key, words),),)
        case _:
            return _beyond(field, words)


def _checked(field: SetOf, words: frozenset[str]) -> tuple[Goal, ...]:
    """A set holds words, none of which it can't hold."""
    fits = field.domain is None or words <= field.domain
    return (
        (Holds(field.key, words, True),)
        if fits
        else (Holds(field.key, words, True), Within(field.key, frozenset()))
    )
