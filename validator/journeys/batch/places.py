"""The items of a list path as results name them: their paths, what orders them, their references."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from validator.interpreters.terms import AFTER_SCHEMA
from validator.journeys.batch.records import text_of
from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.lean import Facts, list_slot, value_slot
from validator.logic.shape import RecordShape

ORGANIZATION = "organization"


class Place(NamedTuple):
    """Where an item stands: `chats[3].invitations[0]`, its place in the order of the schema.

    `told` is what the line of a finding says of it: the subject and the reference.
    """

    subject: str
    order: tuple[int, ...]
    told: str


def _place(subject: str, order: tuple[int, ...], ref: str | None) -> Place:
    return Place(subject, order, text_of({"subject": subject, "ref": ref})[1:-1])


# A subject that is no field of the schema comes after all that are (see `terms.schema_order`).
THE_ORGANIZATION = _place(ORGANIZATION, (AFTER_SCHEMA,), None)
_NOWHERE = Place("", (), "")


def places(facts: Facts, vocabulary: Vocabulary, path: str) -> list[Place]:
    """The places of all items of a list path, in the order in which a program judges them."""
    if path == ROOT:
        return [THE_ORGANIZATION]
    found: list[tuple[Place, Any]] = [(_NOWHERE, facts.root)]
    shape = vocabulary.root
    for name in path.split("."):
        number, inner = _field(shape, name)
        identity = next((field.name for field in inner.fields.values() if field.identity), None)
        ref_slot = None if identity is None else value_slot(identity)
        found = [pair for place, holder in found for pair in _items(place, holder, name, number, ref_slot)]
        shape = inner
    return [place for place, _ in found]


def _field(shape: RecordShape, name: str) -> tuple[int, RecordShape]:
    """The position of a list in its record, and the shape of its items."""
    inner = shape.fields[name].record
    assert inner is not None, name
    return list(shape.fields).index(name), inner


def _items(place: Place, holder: Any, name: str, number: int, ref_slot: str | None) -> Iterator[tuple[Place, Any]]:
    before = f"{place.subject}." if place.subject else ""
    for index, item in enumerate(getattr(holder, list_slot(name))):
        ref = None if ref_slot is None else getattr(item, ref_slot)
        yield _place(f"{before}{name}[{index}]", (*place.order, number, index), ref), item


def place_of_list(vocabulary: Vocabulary, path: str) -> Place:
    """The place of what a list may hold beside its items: the list itself."""
    shape, order = vocabulary.root, []
    for name in path.split("."):
        number, shape = _field(shape, name)
        order.append(number)
    return _place(path, tuple(order), None)
