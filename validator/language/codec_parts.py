"""How the pieces of a checked policy are spelled as plain JSON values, and read back.

A `Part` is the two directions of one spelling. Parts are combined into tables in `codec.py`; what they read was
written by them, so a value of a wrong shape is a fault and raises whatever Python raises.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from operator import attrgetter
from typing import Any, TypeAlias

from validator.language.vocabulary import Vocabulary
from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import Span
from validator.logic.shape import FieldShape, RecordShape
from validator.logic.text import Text
from validator.logic.values import SpecialDay, UnregisteredName

Json: TypeAlias = Any
THE_DOCUMENT, THE_ROOT = "<document>", "<root>"


class Shapes(NamedTuple):
    """The shapes of a vocabulary by their path; they are referred to, never written."""

    fields: Mapping[str, FieldShape]
    records: Mapping[str, RecordShape]


def shapes_of(vocabulary: Vocabulary) -> Shapes:
    """Every field and every record of a vocabulary, the two outermost records under names of their own."""
    fields: dict[str, FieldShape] = {}
    records = {THE_DOCUMENT: vocabulary.document, THE_ROOT: vocabulary.root}
    _gather(vocabulary.document, "", fields, records)
    return Shapes(fields, records)


def _gather(
    record: RecordShape, prefix: str, fields: dict[str, FieldShape], records: dict[str, RecordShape]
) -> None:
    for name, field in record.fields.items():
        path = prefix + name
        fields[path] = field
        if field.record is not None:
            records[path] = field.record
            _gather(field.record, path + ".", fields, records)


class Writer:
    """What is common to a whole text: file names are numbered, shapes known by their path."""

    def __init__(self, shapes: Shapes) -> None:
        self.files: dict[str, int] = {}
        self.fields = {id(shape): path for path, shape in shapes.fields.items()}
        self.records = {id(shape): path for path, shape in shapes.records.items()}


class Reader(NamedTuple):
    """What a `Writer` numbered or named."""

    files: list[str]
    fields: Mapping[str, FieldShape]
    records: Mapping[str, RecordShape]


Write: TypeAlias = Callable[[Writer, Any], Json]
Read: TypeAlias = Callable[[Reader, Json], Any]


class Part(NamedTuple):
    """A spelling: a value to JSON, and back."""

    write: Write
    read: Read


# --- single values -----------------------------------------------------------------------------------------------

PLAIN = Part(lambda _, value: value, lambda _, value: value)


def _write_span(writer: Writer, span: Span) -> Json:
    return [writer.files.setdefault(span.file, len(writer.files)), *span[1:]]


def _read_span(reader: Reader, row: Json) -> Span:
    file, line, column, end_line, end_column = row
    return Span(reader.files[file], line, column, end_line, end_column)


SPAN = Part(_write_span, _read_span)
TEXT = Part(lambda _, text: [*text], lambda _, row: Text(*row))
DAY = Part(lambda _, day: day.isoformat(), lambda _, text: date.fromisoformat(text))
FIELD_SHAPE = Part(
    lambda writer, shape: writer.fields[id(shape)],
    lambda reader, path: reader.fields[path],
)
RECORD_SHAPE = Part(
    lambda writer, shape: writer.records[id(shape)],
    lambda reader, path: reader.records[path],
)


def word(words: type[Enum]) -> Part:
    """A member of an enumeration, by its value."""
    by_value = {member.value: member for member in words}
    return Part(lambda _, member: member.value, lambda _, value: by_value[value])


def _write_value(writer: Writer, value: object) -> Json:
    """Texts, numbers and truth values as they are; the others as a letter for the kind, and their spelling."""
    match value:
        case UnregisteredName():
            return ["u", str(value)]
        case str() | bool() | int():
            return value
        case Decimal():
            return ["n", str(value)]
        case SpecialDay():
            return ["w", value.value]
        case date():
            return ["d", value.isoformat()]
        case frozenset():
            return ["s", _sorted(writer, value, _write_value)]
        case _:
            raise TypeError(f"not a value of a policy: {value!r}")


def _read_value(reader: Reader, row: Json) -> Any:
    if not isinstance(row, list):
        return row
    kind, spelled = row
    match kind:
        case "u":
            return UnregisteredName(spelled)
        case "n":
            return Decimal(spelled)
        case "w":
            return SpecialDay(spelled)
        case "d":
            return date.fromisoformat(spelled)
        case "s":
            return frozenset(_read_value(reader, item) for item in spelled)
        case _:
            raise ValueError(f"not a kind of value: {kind!r}")


def _sorted(writer: Writer, values: frozenset[Any], write: Write) -> list[Json]:
    """The members of a set in an order that does not depend on the run."""
    import json  # noqa: PLC0415 - texts are read far more often than written

    return sorted((write(writer, value) for value in values), key=lambda row: (str(type(row)), json.dumps(row)))


VALUE = Part(_write_value, _read_value)

# --- combinations ------------------------------------------------------------------------------------------------


def optional(part: Part) -> Part:
    """The part, or None."""
    write, read = part
    return Part(
        lambda writer, value: None if value is None else write(writer, value),
        lambda reader, row: None if row is None else read(reader, row),
    )


def many(part: Part) -> Part:
    """A tuple of parts."""
    write, read = part
    return Part(
        lambda writer, values: [write(writer, value) for value in values],
        lambda reader, rows: tuple([read(reader, row) for row in rows]),
    )


def members(part: Part) -> Part:
    """A set of parts."""
    write, read = part
    return Part(
        lambda writer, values: _sorted(writer, values, write),
        lambda reader, rows: frozenset([read(reader, row) for row in rows]),
    )


def by_name(part: Part) -> Part:
    """A mapping from names to parts, in its order."""
    write, read = part
    return Part(
        lambda writer, values: {name: write(writer, value) for name, value in values.items()},
        lambda reader, rows: {name: read(reader, row) for name, row in rows.items()},
    )


def pair(first: Part, second: Part) -> Part:
    """A tuple of two."""
    return Part(
        lambda writer, value: [first.write(writer, value[0]), second.write(writer, value[1])],
        lambda reader, row: (first.read(reader, row[0]), second.read(reader, row[1])),
    )


def plain_or(part: Part) -> Part:
    """A number or truth value as it is, or the part; the part must spell as a list."""
    write, read = part
    return Part(
        lambda writer, value: value if isinstance(value, int) else write(writer, value),
        lambda reader, row: read(reader, row) if isinstance(row, list) else row,
    )


def record(made: type[Any], **parts: Part) -> Part:
    """A frozen record or named tuple as the list of its fields.

    Every field must be named, in order: a field that is added to the class and not here is a fault at import.
    """
    names = made.__match_args__
    if tuple(parts) != names:
        raise TypeError(f"{made.__name__}: the fields are {names}, not {tuple(parts)}")
    get = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
    writes = [part.write for part in parts.values()]
    reads = [part.read for part in parts.values()]

    def write(writer: Writer, value: Any) -> Json:
        if type(value) is not made:
            raise TypeError(f"expected {made.__name__}, not {type(value).__name__}")
        return [one(writer, item) for one, item in zip(writes, get(value), strict=True)]

    def read(reader: Reader, row: Json) -> Any:
        return made(*[one(reader, item) for one, item in zip(reads, row, strict=True)])

    return Part(write, read)
