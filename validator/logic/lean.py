"""Facts for fast judging: records with one slot per field, days as numbers, no places.

Made from typed facts by `lower`, or by a reader that skips the places. What a value is here:

- a name, an id or an enum word: the text; a service name that no register knows stays an `UnregisteredName`
- a truth value: True or False; a whole number: int; a decimal: an exact Fraction
- a day: its ordinal; `never`: `NEVER`, of which every order comparison is false; `open_ended`: infinity
- a set: a frozenset of texts
- absent, that is unknown: None
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from validator.logic.facts import Record, Snapshot
from validator.logic.shape import Kind, RecordShape
from validator.logic.values import INFINITY, SpecialDay, Value

NEVER = float("nan")
COMPLETE = "complete"
LeanValue = str | bool | int | Fraction | float | frozenset[str]


def value_slot(name: str) -> str:
    """The attribute that holds a value."""
    return f"v_{name}"


def record_slot(name: str) -> str:
    """The attribute that holds a nested record."""
    return f"r_{name}"


def list_slot(name: str) -> str:
    """The attribute that holds the items of a list: a Python list, or nothing where the list is absent."""
    return f"l_{name}"


def closed_slot(name: str) -> str:
    """The attribute that is `COMPLETE` where nothing is missing from a list."""
    return f"c_{name}"


class Lean:
    """A record of one shape; `up` is the enclosing item. A new one is blank: nothing of it is known."""

    __slots__ = ("up",)

    def __init__(self, up: Lean | None = None) -> None:
        self.up = up


class Types:
    """The class of lean records for every shape of a vocabulary, made once."""

    def __init__(self) -> None:
        self.of: dict[str, type[Lean]] = {}

    def type_of(self, shape: RecordShape) -> type[Lean]:
        """The class for a shape."""
        if shape.path not in self.of:
            self.of[shape.path] = _make(shape, self)
        return self.of[shape.path]


def _make(shape: RecordShape, types: Types) -> type[Lean]:
    """The class of a shape, with a constructor that sets every slot by name: there are very many records."""
    lines = ["def blank(self, up=None):", "    self.up = up"]
    slots: list[str] = []
    space: dict[str, Any] = {}
    for name, field in shape.fields.items():
        assert name.isidentifier(), name  # field names are those of our own schema
        if field.kind is Kind.RECORD:
            assert field.record is not None
            space[f"T_{name}"] = types.type_of(field.record)
            slots.append(record_slot(name))
            lines.append(f"    self.{slots[-1]} = T_{name}()")
        elif field.kind is Kind.LIST:
            slots += [list_slot(name), closed_slot(name)]
            lines += [f"    self.{slots[-2]} = ()", f"    self.{slots[-1]} = None"]
        else:
            slots.append(value_slot(name))
            lines.append(f"    self.{slots[-1]} = None")
    exec("\n".join(lines), space)
    return type("Lean_" + shape.path.replace(".", "_"), (Lean,), {"__slots__": slots, "__init__": space["blank"]})


class Facts:
    """One organization on one day: the root record, its items by reference, its day as an ordinal."""

    __slots__ = ("as_of", "index", "kind", "region", "root")

    def __init__(self, root: Any, index: dict[str, dict[str, Any]], as_of: int, region: str, kind: str) -> None:
        self.root = root
        self.index = index
        self.as_of = as_of
        self.region = region
        self.kind = kind


class Release:
    """Takes the records of facts apart when they are done with: an item and those of its lists know each other.

    So their memory is free at once; a search of the collector for such loops would take as long as judging.
    """

    def __init__(self, root: RecordShape) -> None:
        self._lists = [
            (list_slot(name), inner)
            for name, field in root.fields.items()
            if field.kind is Kind.LIST and field.record is not None and (inner := _lists_of(field.record))
        ]

    def __call__(self, facts: Facts) -> None:
        """Nothing can be asked of the facts any more."""
        for name, inner in self._lists:
            for item in getattr(facts.root, name):
                for slot in inner:
                    setattr(item, slot, None)


def _lists_of(shape: RecordShape) -> list[str]:
    """The attributes of a record that hold lists."""
    return [list_slot(name) for name, field in shape.fields.items() if field.kind is Kind.LIST]


def lean_value(value: Value) -> LeanValue:
    """A value as lean records hold it."""
    match value:
        case SpecialDay.NEVER:
            return NEVER
        case SpecialDay.OPEN_ENDED:
            return INFINITY
        case date():
            return value.toordinal()
        case Decimal():
            return Fraction(value)
        case _:
            return value


def lower(snapshot: Snapshot, types: Types) -> Facts:
    """The lean facts of a snapshot."""
    root = _lower(snapshot.root, types, None)
    index: dict[str, dict[str, Any]] = {}
    for name, items in snapshot.root.lists.items():
        lean = getattr(root, list_slot(name))
        pairs = zip(reversed(items.items), reversed(lean), strict=True)
        index[name] = {item.ref: found for item, found in pairs if item.ref is not None}
    return Facts(root, index, snapshot.as_of.toordinal(), snapshot.region, snapshot.kind)


def _lower(record: Record, types: Types, up: Lean | None) -> Lean:
    found = types.type_of(record.shape)(up)
    for name, value in record.values.items():
        setattr(found, value_slot(name), lean_value(value))
    for name, inner in record.records.items():
        setattr(found, record_slot(name), _lower(inner, types, None))
    for name, items in record.lists.items():
        # The items of a top-level list have no enclosing item.
        holder = None if record.parent is None and record.path == "organization" else found
        setattr(found, list_slot(name), [_lower(item, types, holder) for item in items])
        setattr(found, closed_slot(name), COMPLETE if items.closed else None)
    return found
