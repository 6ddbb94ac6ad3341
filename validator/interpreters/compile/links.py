"""Which items of a list of the document may matter for another item: most often those that it refers to.

A condition over all items of a list would be asked of every pair of items of two lists. Where a part of it says
that the two belong together, the items are put in an index by that first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from validator.language.vocabulary import Vocabulary
from validator.logic.expr import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    CountOf,
    Field,
    Follow,
    ListPath,
    Not,
    Quantified,
    Quantity,
    SetRelation,
    SetTest,
)
from validator.logic.lean import COMPLETE, closed_slot, list_slot, record_slot, value_slot
from validator.logic.shape import Kind, RecordShape
from validator.logic.values import Order


class Link(NamedTuple):
    """What makes an item matter: `field`, of an item outside, is among its `keys`, or something is not known.

    `keys` is the expression of some keys, among which None stands for what is not known.
    """

    keys: str
    field: Field


def wanted_parts(node: Quantified | CountOf) -> list[Condition]:
    """Conditions that must all hold for an item to say anything about the list: of `every`, what must fail."""
    turned = isinstance(node, Quantified) and node.quantity is Quantity.EVERY
    return list(_parts(Not(node.body) if turned else node.body))


def links(vocabulary: Vocabulary, variable: str, bind: str, parts: list[Condition]) -> Iterator[Link]:
    """The links of an item, in a variable and bound to a name, that parts of the condition on it make."""
    for part in parts:
        match part:
            case AnyOf(inner):
                yield from _of_any(vocabulary, variable, bind, inner)
            case Quantified(quantity=Quantity.SOME, items=items, bind=name, body=body) if items.scope == bind:
                for link in links(vocabulary, "w", name, list(_parts(body))):
                    if link.field.scope != bind:
                        yield link._replace(keys=_within(variable, items, link.keys))
            case _:
                for one, other in _pairs(vocabulary, part):
                    if one.scope == bind and other.scope != bind:
                        yield Link(_keys(variable, one), other)
                    elif other.scope == bind and one.scope != bind:
                        yield Link(_keys(variable, other), one)


def _of_any(vocabulary: Vocabulary, variable: str, bind: str, parts: tuple[Condition, ...]) -> Iterator[Link]:
    """Links that all of several conditions make with the same field."""
    found = [{link.field: link for link in links(vocabulary, variable, bind, [*_parts(p)])} for p in parts]
    for field in found[0] if found else ():
        if all(field in of_part for of_part in found):
            same = [of_part[field] for of_part in found]
            keys = ", ".join(f"*{link.keys}" for link in same)
            yield Link(f"({keys},)", field)


def _within(variable: str, items: ListPath, keys: str) -> str:
    """The keys of all items of a list within the item."""
    record = variable + "".join(f".{record_slot(name)}" for name in items.path[:-1])
    name = items.path[-1]
    unknown = f"() if {record}.{closed_slot(name)} == {COMPLETE!r} else (None,)"
    return f"(*(k for w in {record}.{list_slot(name)} for k in {keys}), *({unknown}))"


def _keys(variable: str, field: Field) -> str:
    slot = ".".join([variable, *map(record_slot, field.path[:-1]), value_slot(field.path[-1])])
    return f"((None,) if {slot} is None else {slot})" if field.shape.kind is Kind.SET else f"({slot},)"


def _parts(condition: Condition) -> Iterator[Condition]:
    """Conditions that must all hold for the condition to hold."""
    match condition:
        case AllOf(parts):
            for part in parts:
                yield from _parts(part)
        case Not(AnyOf(parts)):
            for part in parts:
                yield from _parts(Not(part))
        case Not(Not(part)):
            yield from _parts(part)
        case _:
            yield condition


def _pairs(vocabulary: Vocabulary, part: Condition) -> Iterator[tuple[Field, Field]]:
    """Pairs of fields: where both are known, and neither equal nor in the other, the condition is surely false."""
    match part:
        case Compare(left=Field() as left, order=Order.IS, right=Field() as right):
            if _is_name(left) and _is_name(right):
                yield left, right
        case SetTest(field=field, relation=relation, values=Field() as values):
            fitting = relation in (SetRelation.CONTAINS_ANY, SetRelation.CONTAINS_ALL)
            if field.shape.item is not Kind.SERVICE and fitting and _is_name(values):
                yield field, values
        case Follow(reference=reference, bind=bind, body=body):
            # What the reference leads to has the reference as its identity.
            target = vocabulary.record_of(reference.shape.target or "")
            for inner in _parts(body):
                for pair in _pairs(vocabulary, inner):
                    one, other = (reference if _is_identity(side, bind, target) else side for side in pair)
                    if bind not in (one.scope, other.scope):
                        yield one, other
        case _:
            pass


def _is_name(field: Field) -> bool:
    """Whether the field holds one name that is just the same as another or not."""
    return field.shape.kind.is_name and field.shape.kind is not Kind.SERVICE


def _is_identity(field: Field, bind: str, record: RecordShape) -> bool:
    identity = next((other.name for other in record.fields.values() if other.identity), None)
    return field.scope == bind and field.path == (identity,)
