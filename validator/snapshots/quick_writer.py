"""Writes what the quick reader does with the records of a decoded document, as Python: a function for every shape.

Texts, days and references are checked, all those of a field together, and values put for what is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import chain
from typing import Any

from validator.language.limits import SNAPSHOT_LIMITS
from validator.language.names import ReferenceNames
from validator.language.nodes import Scalar
from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.frozen import replace
from validator.logic.lean import (
    Facts,
    LeanValue,
    Types,
    closed_slot,
    lean_value,
    list_slot,
    record_slot,
    value_slot,
)
from validator.logic.shape import FieldShape, Kind, RecordShape
from validator.snapshots.integrity import DAYS_IN_ORDER
from validator.snapshots.personal import looks_personal
from validator.snapshots.values import RefusalError, read_value

TABLE_SIZE = 20_000
MAX_TEXT = 1_000
# A pseudonym has neither an at sign nor a plus, and without them every such form has eleven characters or more.
SHORT = 10
# Every form of a phone number, a СНИЛС or an address has an at sign or nine digits close together.
_DENSE = re.compile(r"@|(?:[0-9][ .()-]{0,4}){9}")


class DoubtError(Exception):
    """The document has to be read by the strict reader."""


class _Table(dict[Any, Any]):
    """The values of one field by their spelling, each worked out by the strict reader once."""

    def __init__(self, read: Callable[[Any], LeanValue | None]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: Any) -> LeanValue | None:
        if len(self) > TABLE_SIZE:
            self.clear()
        found = self[text] = self._read(text)
        return found


def _sound(match: Callable[[str], object], refs: list[str]) -> None:
    """Raise `DoubtError` unless all references have their form and no number hides in one."""
    text = "\n".join(refs)
    if refs and (not match(text) or text.count("\n") != len(refs) - 1):
        raise DoubtError
    if _DENSE.search(text) and any(len(ref) > SHORT and _DENSE.search(ref) for ref in refs):
        raise DoubtError


def _known(values: set[str | None], special: frozenset[str], index: dict[str, Any]) -> None:
    """Raise `DoubtError` when a reference leads nowhere."""
    values.discard(None)
    if values and not index.keys() >= values and not index.keys() >= values - special:
        raise DoubtError


class Writer:
    """Writes what follows decoding as Python: one function for every shape of record."""

    def __init__(self, space: dict[str, Any], vocabulary: Vocabulary, names: ReferenceNames, types: Types) -> None:
        self.space = space
        space |= {
            "DoubtError": DoubtError,
            "DAY": date.fromordinal,
            "chain": chain.from_iterable,
            "sound": _sound,
            "known": _known,
        }
        self.vocabulary = vocabulary
        self.names = names
        self.types = types
        self.parts: list[str] = []
        self.references: list[str] = []

    def text(self) -> str:
        """The text: `read_document(document, as_of, doubtful)` gives facts."""
        fields = self.vocabulary.document.fields
        self._named("T_as_of", _Table(self._reader(fields["as_of"])))
        self._named("ROOT_TYPE", self.types.type_of(self.vocabulary.root))
        self._named("Facts", Facts)
        beside = [f for f in fields.values() if f.name not in ("schema", "as_of", ROOT)]
        organization = fields[ROOT].record
        assert organization is not None
        lines = [
            "r = ROOT_TYPE()",
            f"o = d.{record_slot(ROOT)}",
            f"{self._shape(organization)}([o], as_of, doubtful, refs)",
            *(f"r.{slot} = o.{slot}" for field in organization.fields.values() for slot in _slots(field)),
            "index = {}",
        ]
        for field in beside:
            lines += self._beside(field)
        lines += [
            "if d.coverage is not None:",
            *(f"    r.{s} = d.coverage.{s}" for f in beside if f.kind is Kind.LIST for s in [closed_slot(f.name)]),
            "for values, special, target in refs: known(values, special, index[target])",
            "return Facts(r, index, as_of, r.v_region, r.v_kind)",
        ]
        head = "def read_document(d, as_of, doubtful):"
        return "\n\n".join([*self.parts, _function(head, ["refs = []", *lines])]) + "\n"

    def _beside(self, field: FieldShape) -> list[str]:
        """What stands in the document beside the organization: its lists and records, and what nobody judges."""
        if field.record is None:
            slot = f"d.{value_slot(field.name)}"
            return [] if field.kind is Kind.ENUM else [f"if {slot} is not None: {self._table(field)}[{slot}]"]
        name = self._shape(field.record)
        if field.kind is Kind.RECORD:
            slot = record_slot(field.name)
            return [
                f"if d.{slot} is not None:",
                f"    r.{slot} = d.{slot}",
                f"    {name}([r.{slot}], as_of, doubtful, refs)",
            ]
        slot = list_slot(field.name)
        identity = _identity(field.record)
        lines = [f"items = r.{slot} = d.{slot}", f"if items: {name}(items, as_of, doubtful, refs)"]
        if identity is None:
            return [*lines, f"index[{field.name!r}] = {{}}"]
        return [
            *lines,
            f"keys = [x.{value_slot(identity.name)} for x in items]",
            f"sound({self._match(identity)}, keys)",
            f"found = index[{field.name!r}] = dict(zip(keys, items))",
            "if len(found) != len(keys) or 'unknown' in found: raise DoubtError",
        ]

    # --- records ------------------------------------------------------------------------------------------

    def _shape(self, shape: RecordShape) -> str:
        """The function that checks and completes all records of a shape, and its name."""
        name = f"check_{shape.path.replace('.', '_')}"
        plain: list[str] = []
        each: list[str] = []
        lines: list[str] = []
        for field in shape.fields.values():
            if field.kind in (Kind.LIST, Kind.RECORD):
                lines += self._inner(field)
            elif is_plain(field):
                plain.append(f"if x.{value_slot(field.name)} == 'unknown': x.{value_slot(field.name)} = None")
            elif field.kind is Kind.REF or field.item is Kind.REF:
                lines += self._references(field)
            elif not field.identity:
                each += self._value(field)
        each += self._checks(shape)
        if plain:
            lines += ["if doubtful:", "    for x in items:", *(f"        {line}" for line in plain)]
        if each:
            lines += ["for x in items:", *(f"    {line}" for line in each)]
        lines.insert(0, f"if len(items) > {SNAPSHOT_LIMITS.items}: raise DoubtError")
        self.parts.append(_function(f"def {name}(items, as_of, doubtful, refs):", lines))
        return name

    def _inner(self, field: FieldShape) -> list[str]:
        """The records within the records, or the items of their lists, all together."""
        assert field.record is not None
        name = self._shape(field.record)
        if field.kind is Kind.RECORD:
            slot = record_slot(field.name)
            blank = self._named(f"B_{self._unique()}", self.types.type_of(field.record)())
            return [
                f"inner = [x.{slot} for x in items if x.{slot} is not None]",
                f"if inner: {name}(inner, as_of, doubtful, refs)",
                "if len(inner) < len(items):",
                "    for x in items:",
                f"        if x.{slot} is None: x.{slot} = {blank}",
            ]
        return [
            "inner = []",
            "for x in items:",
            f"    for y in x.{list_slot(field.name)}:",
            "        y.up = x",
            "        inner.append(y)",
            f"if inner: {name}(inner, as_of, doubtful, refs)",
        ]

    # --- values -------------------------------------------------------------------------------------------

    def _value(self, field: FieldShape) -> list[str]:
        """The lines that put the value for what is written. Absent is None in the document and in the record."""
        slot = f"x.{value_slot(field.name)}"
        table = self._set_table(field) if field.kind is Kind.SET else self._table(field)
        if field.kind is Kind.DATE:
            given = self._day(field, slot, table)
        elif field.kind is Kind.MONTH:
            given = self._month(field, slot, table)
        else:
            given = [f"{slot} = {table}[v]"]
        if field.required:
            return [f"v = {slot}", *given, f"if {slot} is None: raise DoubtError"]
        return [f"v = {slot}", "if v is not None:", *(f"    {line}" for line in given)]

    def _day(self, field: FieldShape, slot: str, table: str) -> list[str]:
        """A day; only a field that may lie in the future may lie after the day of the snapshot."""
        lines = [f"v = {slot} = {table}[v]"]
        if not field.future:
            lines.append("if v is not None and v > as_of: raise DoubtError")
        if "ongoing" in field.special:
            return [f"if v == 'ongoing': {slot} = as_of", "else:", *(f"    {line}" for line in lines)]
        return lines

    def _month(self, field: FieldShape, slot: str, table: str) -> list[str]:
        """A month is judged on its last day, but lies in the future only when its first day does."""
        lines = [f"v = {slot} = {table}[v]"]
        if not field.future:
            lines.append("if v is not None and v > as_of and DAY(v).replace(day=1) > DAY(as_of): raise DoubtError")
        return lines

    def _references(self, field: FieldShape) -> list[str]:
        """The values of all records are checked against the items they must lead to, when those are known."""
        assert field.target is not None
        slot = value_slot(field.name)
        special = self._named(f"S_{self._unique()}", frozenset(field.special))
        whole = field.kind is Kind.SET
        items = self.vocabulary.lists[field.target].record
        assert items is not None
        # One that leads to an item has the form that was asked of the item.
        alike = any(other.identity and other.pattern == field.pattern for other in items.fields.values())
        values = f"chain(x.{slot} for x in items if x.{slot} is not None)" if whole else f"x.{slot} for x in items"
        return [
            "if doubtful:",
            "    for x in items:",
            f"        if x.{slot} == 'unknown': x.{slot} = None",
            f"values = set({values})",
            *([] if alike else [f"sound({self._match(field)}, [v for v in values - {special} if v is not None])"]),
            f"refs.append((values, {special}, {field.target!r}))",
        ]

    def _match(self, field: FieldShape) -> str:
        """The test of the form of references, a line each."""
        body = field.pattern.removeprefix("^").removesuffix("$")
        return self._named(f"P_{self._unique()}", re.compile(f"(?:{body})(?:\n(?:{body}))*").fullmatch)

    def _unique(self) -> str:
        return str(len(self.space))

    def _named(self, name: str, value: Any) -> str:
        self.space[name] = value
        return name

    def _table(self, field: FieldShape) -> str:
        """The table of the values of a field."""
        return self._named(f"T_{self._unique()}", _Table(self._reader(field)))

    def _reader(self, field: FieldShape) -> Callable[[str], LeanValue | None]:
        """What works out a value, by the strict reader."""

        def read(text: str) -> LeanValue | None:
            if text == "unknown":
                return None
            if len(text) > MAX_TEXT or not text.isprintable() or text == "ongoing":
                raise DoubtError
            try:
                value = read_value(Scalar(text, "string", 0, 0, 0, 0), field, self.names, None)
            except RefusalError:
                raise DoubtError from None
            if field.kind in (Kind.TEXT, Kind.SERVICE) and looks_personal(text):
                raise DoubtError
            return None if value is None else lean_value(value)

        return read

    def _set_table(self, field: FieldShape) -> str:
        """The table of whole sets: their members are few, and so are the sets that occur."""
        assert field.item is not None
        member = _Table(self._reader(replace(field, kind=field.item, item=None)))

        def read(members: frozenset[str] | str) -> LeanValue | None:
            if isinstance(members, str):
                return None  # the word `unknown`
            found = frozenset(member[text] for text in members)
            if len(found) != len(members) or None in found:
                raise DoubtError
            return found

        return self._named(f"T_{self._unique()}", _Table(read))

    # --- what values say of one another -------------------------------------------------------------------

    def _checks(self, shape: RecordShape) -> list[str]:
        """The checks of one record (see `integrity`): bounds by siblings, and days in order."""
        lines = []
        for field in shape.fields.values():
            for limit, sign in ((field.at_least, "<"), (field.at_most, ">")):
                if limit is not None and limit.sibling is not None:
                    lines.append(_apart(value_slot(field.name), sign, value_slot(limit.sibling)))
        for first, last in DAYS_IN_ORDER:
            if first in shape.fields and last in shape.fields:
                lines.append(_apart(value_slot(first), ">", value_slot(last)))
        return lines


def _identity(record: RecordShape) -> FieldShape | None:
    return next((field for field in record.fields.values() if field.identity), None)


def _slots(field: FieldShape) -> list[str]:
    match field.kind:
        case Kind.RECORD:
            return [record_slot(field.name)]
        case Kind.LIST:
            return [list_slot(field.name), closed_slot(field.name)]
        case _:
            return [value_slot(field.name)]


def _apart(one: str, sign: str, other: str) -> str:
    # The word `never` is no number and compares false; `open_ended` is infinite, and the strict reader decides.
    return f"if x.{one} is not None and x.{other} is not None and x.{one} {sign} x.{other}: raise DoubtError"


def _function(head: str, lines: list[str]) -> str:
    return "\n".join([head, *(f"    {line}" for line in lines)])


def is_plain(field: FieldShape) -> bool:
    """Whether the decoder alone makes the value, but for the word `unknown`."""
    kind = field.item if field.kind is Kind.SET else field.kind
    return kind in (Kind.BOOLEAN, Kind.INTEGER) or (kind is Kind.ENUM and not field.unknown_values)
