"""The shape of the facts: which records there are, which fields they have, and what a field may hold.

It is read from the snapshot schema (`language/vocabulary.py`); a field exists in policies exactly when it
exists there.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Literal

from msgspec import field

from validator.logic.frozen import Frozen
from validator.logic.text import Text


class Kind(Enum):
    """What a field holds."""

    TEXT = "text"
    ID = "id"
    ENUM = "enum"
    SERVICE = "service"
    REF = "ref"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    MONTH = "month"
    INSTANT = "instant"
    SET = "set"
    RECORD = "record"
    LIST = "list"

    @property
    def is_number(self) -> bool:
        """Whether `at_least` and its kin apply."""
        return self in (Kind.INTEGER, Kind.DECIMAL)

    @property
    def is_day(self) -> bool:
        """Whether `before` and its kin apply; a month is judged on its last day."""
        return self in (Kind.DATE, Kind.MONTH)

    @property
    def is_name(self) -> bool:
        """Whether the value is a text that can only be the same or another."""
        return self in (Kind.TEXT, Kind.ID, Kind.ENUM, Kind.SERVICE, Kind.REF)


class Role(Enum):
    """Who decides about a fact: nobody in the organization, the organization, or a computation."""

    GIVEN = "given"
    CONTROLLED = "controlled"
    DERIVED = "derived"


class Limit(Frozen, frozen=True):
    """One end of the interval in which an absent value lies.

    A number, the value of a sibling field, or the snapshot's own day.
    """

    number: int | None = None
    sibling: str | None = None
    as_of: bool = False


class FieldShape(Frozen, frozen=True):
    """A field: its kind, and per kind what it may hold.

    `values` are the words of an enum or of a set's items, with their names; `special` the words a date admits;
    `target` the list a reference points into; `item` the kind of a set's items; `record` the shape of a record
    or of a list's items; `scope` the name that items of a list have in conditions; `unknown_values` words that
    count as unknown in comparisons. `at_least` and `at_most` bound an absent value.
    Only a `future` date may lie after the day of the snapshot.
    """

    name: str
    kind: Kind
    title: Text
    description: Text
    role: Role = Role.GIVEN
    required: bool = False
    personal: Literal["none", "indirect", "sensitive"] = "none"
    values: Mapping[str, Text] = field(default_factory=dict)
    special: tuple[str, ...] = ()
    target: str | None = None
    item: Kind | None = None
    record: RecordShape | None = None
    scope: str = ""
    coverage: str = ""
    unknown_values: tuple[str, ...] = ()
    at_least: Limit | None = None
    at_most: Limit | None = None
    pattern: str = ""
    max_length: int = 0
    min_value: int | None = None
    max_value: int | None = None
    identity: bool = False
    future: bool = False

    @property
    def is_bounded(self) -> bool:
        """Whether an absent value still lies in a declared interval."""
        return self.at_least is not None or self.at_most is not None


class RecordShape(Frozen, frozen=True):
    """A record: its fields in schema order. `path` is the list path of items (`chats.ranks`), or a name."""

    path: str
    fields: Mapping[str, FieldShape]
