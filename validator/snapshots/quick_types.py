"""The types that a decoder makes the records of a snapshot from: lean records whose plain values are checked.

Words of a list, truth values and numbers are right when they are there; texts, days and references are as written.
`unknown` stands where it may be written; what is absent is None, an absent list is empty.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from validator.language.limits import SNAPSHOT_LIMITS
from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.lean import closed_slot, list_slot, record_slot, value_slot
from validator.logic.shape import FieldShape, Kind, RecordShape
from validator.snapshots.quick_writer import is_plain
from validator.snapshots.read import COVERAGES, SCHEMA_ID

UNKNOWN = "unknown"


class Up:
    """The type of the slot that leads to the enclosing item; nothing a document holds is of it."""


class Absent(tuple[()]):
    """An empty list that is not there, which the encoder tells from one that is."""

    __slots__ = ()


ABSENT = Absent()
Field = tuple[str, Any, Any] | tuple[str, Any]


def document_type(vocabulary: Vocabulary) -> type[msgspec.Struct]:
    """The type of a whole document; the slots of the organization and of what stands beside it as in its record."""
    fields: list[Field] = [("schema", Literal[SCHEMA_ID]), ("as_of", str)]
    names = {}
    lists = []
    for shape in vocabulary.document.fields.values():
        if shape.name in ("schema", "as_of"):
            continue
        slot = _slot(shape)
        names[slot] = shape.name
        default = () if shape.name == ROOT else (_default(shape),)
        fields.append((slot, _type(shape), *default))
        if shape.kind is Kind.LIST:
            lists.append(shape.name)
    words: Any = Literal[COVERAGES]
    coverage = _struct(
        "coverage", [(closed_slot(name), words, None) for name in lists], {closed_slot(n): n for n in lists}
    )
    return _struct("document", [*fields, ("coverage", coverage, None)], names)


def record_type(shape: RecordShape) -> type[msgspec.Struct]:
    """The type of the records of a shape."""
    fields: list[Field] = []
    names = {}
    for field in shape.fields.values():
        slot = _slot(field)
        names[slot] = field.name
        fields.append((slot, _type(field)) if field.required else (slot, _type(field), _default(field)))
        if field.kind is Kind.LIST:
            names[closed_slot(field.name)] = field.coverage
            fields.append((closed_slot(field.name), Literal[COVERAGES], None))
    # Items that enclose others and those within them know one another, and only the collector frees them.
    encloses = any(field.kind is Kind.LIST for field in shape.fields.values())
    return _struct(shape.path, fields, names, gc=encloses or "." in shape.path)


def _struct(name: str, fields: list[Field], names: dict[str, str], *, gc: bool = True) -> type[msgspec.Struct]:
    return msgspec.defstruct(
        "Quick_" + name.replace(".", "_"),
        [*fields, ("up", Up, None)],
        rename=names,
        kw_only=True,
        forbid_unknown_fields=True,
        omit_defaults=True,
        gc=gc,
    )


def _slot(field: FieldShape) -> str:
    match field.kind:
        case Kind.RECORD:
            return record_slot(field.name)
        case Kind.LIST:
            return list_slot(field.name)
        case _:
            return value_slot(field.name)


def _default(field: FieldShape) -> Any:
    return ABSENT if field.kind is Kind.LIST else None


def _type(field: FieldShape) -> Any:
    match field.kind:
        case Kind.RECORD | Kind.LIST:
            assert field.record is not None
            found = record_type(field.record)
            return found if field.kind is Kind.RECORD else list[found]  # type: ignore[valid-type]
        case _ if field.required and is_plain(field):
            return _given(field)
        case Kind.BOOLEAN | Kind.INTEGER | Kind.SET:
            return _given(field) | Literal["unknown"]
        case Kind.ENUM if is_plain(field):
            return Literal[(*field.values, UNKNOWN)]
        case _:
            return str


def _given(field: FieldShape) -> Any:
    match field.kind:
        case Kind.BOOLEAN:
            return bool
        case Kind.INTEGER:
            low = -SNAPSHOT_LIMITS.integer if field.min_value is None else field.min_value
            high = SNAPSHOT_LIMITS.integer if field.max_value is None else field.max_value
            return Annotated[int, msgspec.Meta(ge=low, le=high)]
        case Kind.SET:
            return frozenset[Literal[tuple(field.values)]] if is_plain(field) else frozenset[str]  # type: ignore[misc]
        case _:
            return Literal[tuple(field.values)]
