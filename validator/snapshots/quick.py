"""JSON documents to lean facts at speed: what is sound without doubt is read here, all else by the strict reader.

The quick reader never refuses a document and never tells a problem. Whatever it is not sure of, a rare spelling
as well as a mistake, it leaves to `read_snapshot`, whose facts and problems alone count; so it need not know every
rule, only be sure that what it accepts would be accepted there without a word and would give the same facts. That
is tested on random documents and on damaged ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from validator.language.limits import SNAPSHOT_LIMITS
from validator.language.names import ReferenceNames
from validator.language.nodes import Scalar
from validator.language.vocabulary import ROOT, Vocabulary
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
from validator.snapshots.integrity import DAYS_IN_ORDER, inn_is_valid, shares_are_sound
from validator.snapshots.personal import looks_personal
from validator.snapshots.read import COVERAGES, SCHEMA_ID
from validator.snapshots.values import RefusalError, read_value

# A larger document might hold more values than the limit allows; those are few.
QUICK_BYTES = 1 << 20
TABLE_SIZE = 20_000
MAX_TEXT = 1_000
MAX_INTEGER = SNAPSHOT_LIMITS.integer
# A pseudonym has neither an at sign nor a plus, and without them every such form has eleven characters or more.
SHORT = 10
# Every form of a phone number, a СНИЛС or an address has an at sign or nine digits close together.
_DENSE = re.compile(r"@|(?:[0-9][ .()-]{0,4}){9}")


class DoubtError(Exception):
    """The document has to be read by the strict reader."""


class Quick(NamedTuple):
    """A document read: its facts, and what the report says of the organization."""

    facts: Facts
    name: str | None
    municipality: str | None
    inn: str
    as_of: str


class _Table(dict[Any, Any]):
    """The values of one field by their spelling, each worked out by the strict reader once."""

    def __init__(self, read: Callable[[Any], LeanValue | None]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: Any) -> LeanValue | None:
        if type(text) is not str:
            raise DoubtError
        if len(self) > TABLE_SIZE:
            self.clear()
        found = self[text] = self._read(text)
        return found


class QuickReader:
    """Reads documents of one vocabulary and one set of reference names."""

    def __init__(self, vocabulary: Vocabulary, names: ReferenceNames, types: Types) -> None:
        import jiter  # noqa: PLC0415 - only where many documents are read

        self._parse = jiter.from_json
        self._names = names
        self._space: dict[str, Any] = {"DoubtError": DoubtError, "DENSE": _DENSE.search, "DAY": date.fromordinal}
        text = _Writer(self._space, vocabulary, names, types).text()
        exec(compile(text, "<vocabulary>", "exec"), self._space)  # our own schema's names and nothing else
        self.source = text

    def read(self, data: bytes) -> Quick:
        """The facts of a document. Raises `DoubtError` for all that is not certainly sound."""
        if len(data) > QUICK_BYTES or b"null" in data or data[:1] == b"\xef":
            raise DoubtError
        try:
            document = self._parse(data, catch_duplicate_keys=True, allow_inf_nan=False, cache_mode="keys")
            return self._document(document)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
            raise DoubtError from None

    def _document(self, document: Any) -> Quick:
        if type(document) is not dict or document.pop("schema") != SCHEMA_ID:
            raise DoubtError
        day = document.get("as_of")
        as_of = self._space["T_as_of"][day]
        facts: Facts = self._space["read_document"](document, as_of)
        self._check(facts)
        root = facts.root
        return Quick(facts, root.v_name, root.v_municipality, root.v_inn, str(day))

    def _check(self, facts: Facts) -> None:
        root = facts.root
        if not inn_is_valid(root.v_inn) or (self._names.regions and facts.region not in self._names.regions):
            raise DoubtError
        form = root.v_legal_form
        if form is not None and (form == "entrepreneur") is not (len(root.v_inn) == 12):
            raise DoubtError
        shares = root.r_public_share
        if not shares_are_sound([shares.v_federation, shares.v_region, shares.v_municipality], root.v_founder):
            raise DoubtError


class _Writer:
    """Writes the reader as Python: one function for every shape of record."""

    def __init__(self, space: dict[str, Any], vocabulary: Vocabulary, names: ReferenceNames, types: Types) -> None:
        self.space = space
        self.vocabulary = vocabulary
        self.names = names
        self.types = types
        self.parts: list[str] = []

    def text(self) -> str:
        """The text of the reader: `read_document(document, as_of)` gives facts."""
        fields = self.vocabulary.document.fields
        organization = fields[ROOT].record
        assert organization is not None
        self._shape(organization)
        day = self._table("T_as_of", fields["as_of"])
        assert day == "T_as_of"
        body = self._document([f for f in fields.values() if f.name not in ("schema", "as_of", ROOT)])
        return "\n\n".join([*self.parts, body]) + "\n"

    # --- the document -------------------------------------------------------------------------------------

    def _document(self, fields: list[FieldShape]) -> str:
        """The function of the whole document; the organization and the lists beside it are one record."""
        organization = self.vocabulary.document.fields[ROOT].record
        assert organization is not None
        lists = [field.name for field in fields if field.kind is Kind.LIST]
        keys = ["as_of", "coverage", ROOT, *(field.name for field in fields)]
        self.space["ROOT"] = self.types.type_of(self.vocabulary.root)
        self.space |= {"KEYS": frozenset(keys), "LISTS": frozenset(lists), "COVERAGES": frozenset(COVERAGES)}
        self.space["Facts"] = Facts
        lines = [
            "if not KEYS.issuperset(d): raise DoubtError",
            "coverage = d.get('coverage')",
            "if coverage is None: coverage = {}",
            "elif type(coverage) is not dict or not LISTS.issuperset(coverage): raise DoubtError",
            "elif not COVERAGES.issuperset(coverage.values()): raise DoubtError",
            "refs = {name: [] for name in LISTS}",
            "r = ROOT()",
            f"fill_{_word(organization.path)}(r, d['{ROOT}'], as_of, refs)",
            "index = {}",
        ]
        for field in fields:
            if field.kind is Kind.LIST:
                lines += self._list(field, "d", "r", f"coverage.get({field.name!r})", "None")
                lines += self._index(field)
            elif field.kind is Kind.RECORD:
                lines += self._record(field, "d", "r")
            else:
                lines += self._value(field, holder="d", target="ignored")
        lines += [
            "for name, found in refs.items():",
            "    if found and not index[name].keys() >= set(found): raise DoubtError",
            "return Facts(r, index, as_of, r.v_region, r.v_kind)",
        ]
        return _function("read_document(d, as_of)", lines)

    def _index(self, field: FieldShape) -> list[str]:
        assert field.record is not None
        identity = next((f.name for f in field.record.fields.values() if f.identity), None)
        place = f"index[{field.name!r}]"
        if identity is None:
            return [f"{place} = {{}}"]
        items = f"r.{list_slot(field.name)}"
        return [
            f"{place} = {{item.{value_slot(identity)}: item for item in {items}}}",
            f"if len({place}) != len({items}): raise DoubtError",
        ]

    # --- records and lists --------------------------------------------------------------------------------

    def _shape(self, shape: RecordShape) -> str:
        """The function that fills a record of a shape, and its name."""
        name = _word(shape.path)
        inner = [field.coverage for field in shape.fields.values() if field.kind is Kind.LIST]
        self.space[f"KEYS_{name}"] = frozenset([*shape.fields, *inner])
        lines = [
            f"if type(d) is not dict or not KEYS_{name}.issuperset(d): raise DoubtError",
            "get = d.get",
        ]
        for field in shape.fields.values():
            if field.kind is Kind.LIST:
                lines += self._list(field, "d", "r", f"d.get({field.coverage!r})", "r")
            elif field.kind is Kind.RECORD:
                lines += self._record(field, "d", "r")
            else:
                lines += self._value(field, holder="d", target=f"r.{value_slot(field.name)}")
        lines += self._checks(shape)
        self.parts.append(_function(f"fill_{name}(r, d, as_of, refs)", lines))
        return name

    def _record(self, field: FieldShape, holder: str, into: str) -> list[str]:
        assert field.record is not None
        name = self._shape(field.record)
        return [
            f"v = {holder}.get({field.name!r})",
            f"if v is not None: fill_{name}({into}.{record_slot(field.name)}, v, as_of, refs)",
        ]

    def _list(self, field: FieldShape, holder: str, into: str, coverage: str, up: str) -> list[str]:
        assert field.record is not None
        name = self._shape(field.record)
        self.space[f"new_{name}"] = self.types.type_of(field.record)
        items = f"{into}.{list_slot(field.name)}"
        return [
            f"v = {coverage}",
            f"if v == 'complete': {into}.{closed_slot(field.name)} = True",
            "elif v is not None and v not in COVERAGES: raise DoubtError",
            f"v = {holder}.get({field.name!r})",
            "if v is not None:",
            f"    if type(v) is not list or len(v) > {SNAPSHOT_LIMITS.items}: raise DoubtError",
            f"    items = {items}",
            "    for d2 in v:",
            f"        r2 = new_{name}({up})",
            f"        fill_{name}(r2, d2, as_of, refs)",
            "        items.append(r2)",
        ]

    # --- values -------------------------------------------------------------------------------------------

    def _value(self, field: FieldShape, *, holder: str, target: str) -> list[str]:
        """The lines that read one value. Absent is None in the document and in the record."""
        get = "get" if target != "ignored" else f"{holder}.get"
        first = f"v = {get}({field.name!r})"
        given = self._given(field, target)
        if field.required:
            return [first, "if v is None or v == 'unknown': raise DoubtError", *given]
        return [first, "if v is not None:", *(f"    {line}" for line in given)]

    def _given(self, field: FieldShape, target: str) -> list[str]:
        match field.kind:
            case Kind.BOOLEAN:
                return [f"if v is True or v is False: {target} = v", "elif v != 'unknown': raise DoubtError"]
            case Kind.INTEGER:
                low = -MAX_INTEGER if field.min_value is None else field.min_value
                high = MAX_INTEGER if field.max_value is None else field.max_value
                return [
                    f"if type(v) is int and {low} <= v <= {high}: {target} = v",
                    "elif v != 'unknown': raise DoubtError",
                ]
            case Kind.SET if field.item is Kind.REF:
                return self._set_of_refs(field, target)
            case Kind.SET:
                table = self._set_table(field)
                return [
                    f"{target} = None if v == 'unknown' else {table}[tuple(v)] if type(v) is list else {table}[v]"
                ]
            case Kind.REF:
                return self._ref(field, target)
            case _ if field.identity:
                return [*self._pattern(field), f"{target} = v"]
            case Kind.DATE:
                return self._day(field, target)
            case Kind.MONTH:
                return self._month(field, target)
            case _:
                return [f"{target} = {self._table(f'T_{self._unique()}', field)}[v]"]

    def _unique(self) -> str:
        return str(len(self.space))

    def _pattern(self, field: FieldShape) -> list[str]:
        """The test of a pseudonym: its form, and that no number hides in it."""
        name = f"P_{self._unique()}"
        self.space[name] = re.compile(field.pattern.removeprefix("^").removesuffix("$")).fullmatch
        return [f"if not {name}(v) or (len(v) > {SHORT} and DENSE(v)): raise DoubtError"]

    def _reference(self, field: FieldShape) -> list[str]:
        """The lines that note a reference. One that leads to an item has the form that was asked of the item."""
        assert field.target is not None
        items = self.vocabulary.lists[field.target].record
        assert items is not None
        alike = any(other.identity and other.pattern == field.pattern for other in items.fields.values())
        return [*([] if alike else self._pattern(field)), f"refs[{field.target!r}].append(v)"]

    def _ref(self, field: FieldShape, target: str) -> list[str]:
        special = frozenset(field.special)
        name = f"S_{self._unique()}"
        self.space[name] = special
        return [
            f"if v in {name}: {target} = v",
            "elif v != 'unknown':",
            *(f"    {line}" for line in self._reference(field)),
            f"    {target} = v",
        ]

    def _set_of_refs(self, field: FieldShape, target: str) -> list[str]:
        inner = [f"        {line}" for line in self._reference(field)]
        return [
            "if v != 'unknown':",
            "    if type(v) is not list: raise DoubtError",
            "    found = frozenset(v)",
            "    if len(found) != len(v): raise DoubtError",
            "    for v in found:",
            *inner,
            f"    {target} = found",
        ]

    def _day(self, field: FieldShape, target: str) -> list[str]:
        """A day; only a field that may lie in the future may lie after the day of the snapshot."""
        table = self._table(f"T_{self._unique()}", field)
        lines = [f"x = {target} = {table}[v]"]
        if not field.future:
            lines.append("if x is not None and x > as_of: raise DoubtError")
        if "ongoing" in field.special:
            return [f"if v == 'ongoing': {target} = as_of", "else:", *(f"    {line}" for line in lines)]
        return lines

    def _month(self, field: FieldShape, target: str) -> list[str]:
        """A month is judged on its last day, but lies in the future only when its first day does."""
        table = self._table(f"T_{self._unique()}", field)
        lines = [f"x = {target} = {table}[v]"]
        if not field.future:
            lines.append("if x is not None and x > as_of and DAY(x).replace(day=1) > DAY(as_of): raise DoubtError")
        return lines

    def _table(self, name: str, field: FieldShape) -> str:
        """The table of the values of a field, worked out by the strict reader."""

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

        self.space[name] = _Table(read)
        return name

    def _set_table(self, field: FieldShape) -> str:
        """The table of whole sets: their members are few, and so are the sets that occur."""
        member = self._table(f"T_{self._unique()}", _member(field))

        def read(members: Any) -> LeanValue | None:
            found = frozenset(self.space[member][text] for text in members)
            if len(found) != len(members) or None in found:
                raise DoubtError
            return found

        name = f"T_{self._unique()}"
        self.space[name] = _SetTable(read)
        return name

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


class _SetTable(_Table):
    """A table of sets, by the tuple of their members as written."""

    def __missing__(self, members: Any) -> LeanValue | None:
        if type(members) is not tuple:
            raise DoubtError
        if len(self) > TABLE_SIZE:
            self.clear()
        found = self[members] = self._read(members)
        return found


def _member(field: FieldShape) -> FieldShape:
    """The shape of one member of a set, as a field of its own."""
    assert field.item is not None
    return replace(field, kind=field.item, item=None)


def _apart(one: str, sign: str, other: str) -> str:
    # The word `never` is no number and compares false; `open_ended` is infinite, and the strict reader decides.
    return f"if r.{one} is not None and r.{other} is not None and r.{one} {sign} r.{other}: raise DoubtError"


def _word(path: str) -> str:
    return path.replace(".", "_") or "document"


def _function(head: str, lines: list[str]) -> str:
    return "\n".join([f"def {head}:", *(f"    {line}" for line in lines)])
