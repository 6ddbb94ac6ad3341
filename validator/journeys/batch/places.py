"""The items of a list path as results name them: their subjects, what orders them, their references."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from json.encoder import encode_basestring
from typing import Any

from validator.interpreters.terms import AFTER_SCHEMA
from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.lean import Facts, list_slot, value_slot
from validator.logic.shape import RecordShape

Order = tuple[int, ...]


class Places:
    """Where the items of a list path stand, by their number in the order in which a program judges them.

    The number None is the list itself: what it may hold beside its items. Few items are asked for, so what is told
    of each is made when it is. The organization is the only item of its own path.
    """

    def __init__(self, facts: Facts, vocabulary: Vocabulary, path: str) -> None:
        self._facts = facts
        self._path = path
        self._names = [] if path == ROOT else path.split(".")
        self._numbers: list[int] = []
        self._told: dict[int | None, str] = {}
        shape = vocabulary.root
        for name in self._names:
            number, shape = _field(shape, name)
            self._numbers.append(number)
        identity = next((field.name for field in shape.fields.values() if field.identity), None)
        self._ref_slot = None if identity is None or not self._names else value_slot(identity)

    def told(self, number: int | None) -> str:
        """What the line of a finding says of an item: its subject and its reference, as JSON."""
        found = self._told.get(number)
        if found is None:
            found = self._told[number] = f'"subject":"{self._subject(number)}","ref":{self._ref(number)}'
        return found

    def order(self, number: int | None) -> Order:
        """What orders the subjects of a policy: the places of fields in the schema and of items in their lists."""
        if not self._names:  # what is no field of the schema comes after all that are
            return (AFTER_SCHEMA,)
        if number is None:
            return tuple(self._numbers)
        indexes = self._items[number][0]
        return tuple(part for pair in zip(self._numbers, indexes, strict=True) for part in pair)

    def _subject(self, number: int | None) -> str:
        if number is None or not self._names:
            return self._path
        if len(self._names) == 1:  # nearly always
            return f"{self._path}[{number}]"
        indexes = self._items[number][0]
        return ".".join(f"{name}[{index}]" for name, index in zip(self._names, indexes, strict=True))

    def _ref(self, number: int | None) -> str:
        if number is None or self._ref_slot is None:
            return "null"
        ref = getattr(self._items[number][1], self._ref_slot)
        return "null" if ref is None else encode_basestring(ref)

    @cached_property
    def _items(self) -> list[tuple[Order, Any]]:
        """Every item with its indexes in the lists on the way to it."""
        found: list[tuple[Order, Any]] = [((), self._facts.root)]
        for name in self._names:
            found = [pair for indexes, holder in found for pair in _within(indexes, holder, list_slot(name))]
        return found


def _field(shape: RecordShape, name: str) -> tuple[int, RecordShape]:
    """The position of a list in its record, and the shape of its items."""
    inner = shape.fields[name].record
    assert inner is not None, name
    return list(shape.fields).index(name), inner


def _within(indexes: Order, holder: Any, slot: str) -> Iterator[tuple[Order, Any]]:
    for index, item in enumerate(getattr(holder, slot)):
        yield (*indexes, index), item
