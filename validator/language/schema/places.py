"""Where a condition can stand: the organization, the items of every list, the records nested in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from validator.language.operands import comparable
from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.frozen import replace
from validator.logic.shape import FieldShape, Kind, RecordShape
from validator.logic.text import Text

ANY = "any"


class Place(NamedTuple):
    """A record whose fields a condition can name; `nested` when it is a part of an item, not an item itself."""

    name: str
    path: str
    shape: RecordShape
    title: Text
    nested: bool = False


def places_of(vocabulary: Vocabulary) -> Iterator[Place]:
    """The organization, the items of every list in schema order, and the records nested in them."""
    title = vocabulary.document.fields[ROOT].title
    yield from _with_records(Place(ROOT, ROOT, vocabulary.root, title))
    for path in sorted(vocabulary.lists, key=lambda path: _schema_order(vocabulary, path)):
        shape = vocabulary.lists[path]
        yield from _with_records(Place(shape.scope, path, vocabulary.record_of(path), shape.title))


def _schema_order(vocabulary: Vocabulary, path: str) -> tuple[int, ...]:
    top, _, inner = path.partition(".")
    order = list(vocabulary.document.fields).index(top)
    return (order, list(vocabulary.record_of(top).fields).index(inner) + 1) if inner else (order, 0)


def _with_records(place: Place) -> Iterator[Place]:
    yield place
    for name, field in place.shape.fields.items():
        if field.kind is Kind.RECORD:
            inner = Place(
                f"{place.name}_{name}", f"{place.path}.{name}", record_of(field), field.title, nested=True
            )
            yield from _with_records(inner)


def record_of(shape: FieldShape) -> RecordShape:
    """The record that a field of kind RECORD or LIST holds."""
    assert shape.record is not None
    return shape.record


def own_fields(shape: RecordShape, prefix: str = "") -> list[tuple[str, FieldShape]]:
    """Every field with a value of its own, by its path through records (`opinion.parents`)."""
    found: list[tuple[str, FieldShape]] = []
    for name, field in shape.fields.items():
        if field.kind is Kind.RECORD:
            found.extend(own_fields(record_of(field), f"{prefix}{name}."))
        elif field.kind is not Kind.LIST:
            found.append((prefix + name, field))
    return found


def union_fields(places: Iterable[Place]) -> list[tuple[str, FieldShape]]:
    """The fields of several records by their paths; of fields of one path the first."""
    found: dict[str, FieldShape] = {}
    for place in places:
        for path, shape in own_fields(place.shape) if not place.nested else ():
            found.setdefault(path, shape)
    return list(found.items())


def item_of(shape: FieldShape) -> FieldShape:
    """A field that holds one item of a set."""
    return replace(shape, kind=shape.item or Kind.TEXT, item=None)


def days_of(shape: FieldShape) -> tuple[str, ...]:
    """The words that a condition may write in place of a date."""
    return tuple(word for word in shape.special if word in ("never", "open_ended"))


def may_equal(shape: FieldShape, other: FieldShape) -> bool:
    """Whether the two may be equal: of one kind, and not words or references of different things."""
    if not comparable(shape.kind, other.kind):
        return False
    if shape.kind is Kind.REF:
        return shape.target == other.target
    if shape.values and other.values:
        return bool(set(shape.values) & set(other.values))
    return shape.item is other.item
