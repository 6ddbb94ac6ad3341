"""The vocabulary of policies, read from `snapshot.schema.json`: a field exists here exactly when it exists there.

The schema is ours and ships with the product, so a fault in it is a fault of the build, not of a user: it
raises KeyError or ValueError, never `InputError`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from validator.logic.frozen import Frozen
from validator.logic.named_tuple import NamedTuple
from validator.logic.shape import FieldShape, Kind, Limit, RecordShape, Role
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.logic.policy import Definition

ROOT = "organization"


class NeverProvided(NamedTuple):
    """The facts that snapshots of one origin (`source`) never hold: paths of fields and of lists, and why."""

    paths: tuple[str, ...]
    why: Text


class Stated(Frozen, frozen=True):
    """What a snapshot schema says: of documents, of all real snapshots (as written), of sources by their word."""

    document: RecordShape
    invariants: tuple[dict[str, Any], ...] = ()
    never_provided: Mapping[str, NeverProvided] = {}


class Vocabulary(Frozen, frozen=True):
    """The shapes of a snapshot.

    `document` is the document as written; `root` the scope `organization`, which also holds every top-level
    list and the roadmap; `lists` the shape of the field of every list by its path (`chats`, `chats.ranks`).
    `stated` is all that the schema says.
    """

    document: RecordShape
    root: RecordShape
    lists: Mapping[str, FieldShape]
    stated: Stated

    @property
    def never_provided(self) -> Mapping[str, NeverProvided]:
        """By the word of `source`, what such snapshots never hold."""
        return self.stated.never_provided

    @property
    def invariants(self) -> Mapping[str, Definition]:
        """What no real snapshot violates (it is never definitely false), by name. Read anew each time."""
        from validator.language.invariants import read_invariants  # noqa: PLC0415 - only proofs need them

        return read_invariants(self)

    def record_of(self, path: str) -> RecordShape:
        """The shape of what is judged at a path: `organization`, or the items of a list."""
        if path == ROOT:
            return self.root
        record = self.lists[path].record
        assert record is not None
        return record

    def scopes_of(self, path: str) -> tuple[str, ...]:
        """The scope names bound for an item of the list, outermost first; empty for the organization."""
        if path == ROOT:
            return ()
        parts = path.split(".")
        return tuple(self.lists[".".join(parts[: i + 1])].scope for i in range(len(parts)))


def read_vocabulary(schema: bytes) -> Vocabulary:
    """The vocabulary of a snapshot schema given as JSON text."""
    import json  # noqa: PLC0415 - a vocabulary mostly comes from the cache

    root = json.loads(schema)
    never: Mapping[str, NeverProvided] = {
        source: NeverProvided(tuple(told["paths"]), Text(told["why"]["ru"], told["why"]["en"]))
        for source, told in root.get("x-never-provided", {}).items()
    }
    document = _record("", root, root["$defs"])
    return vocabulary_of(Stated(document, tuple(root.get("x-invariants", ())), never))


def vocabulary_of(stated: Stated) -> Vocabulary:
    """The vocabulary of snapshots of which a schema says that."""
    document = stated.document
    lists = dict(_lists(document))
    organization = document.fields[ROOT].record
    assert organization is not None
    fields = dict(organization.fields)
    fields |= {
        name: field
        for name, field in document.fields.items()
        if field.kind in (Kind.LIST, Kind.RECORD) and name != ROOT
    }
    return Vocabulary(document, RecordShape(ROOT, fields), lists, stated)


def _lists(record: RecordShape) -> Iterator[tuple[str, FieldShape]]:
    """Every list within a record by its path, what is within a list before the list."""
    for name, field in record.fields.items():
        if field.record is not None:
            yield from _lists(field.record)
        if field.kind is Kind.LIST:
            yield (f"{record.path}.{name}" if record.path else name), field


def _record(path: str, schema: Mapping[str, Any], defs: Mapping[str, Any]) -> RecordShape:
    required = schema.get("required", ())
    fields = {
        name: _field(name, f"{path}.{name}" if path else name, _resolved(spec, defs), defs, name in required)
        for name, spec in schema["properties"].items()
        if _resolved(spec, defs).get("x-type") != "coverage"
    }
    return RecordShape(path, fields)


def _resolved(spec: Mapping[str, Any], defs: Mapping[str, Any]) -> dict[str, Any]:
    """The keywords of a property: its own beside those of what it refers to or of its real alternative."""
    merged: dict[str, Any] = {}
    if "$ref" in spec:
        merged |= _resolved(defs[spec["$ref"].removeprefix("#/$defs/")], defs)
    for alternative in spec.get("anyOf", ()):
        if alternative.get("const") != "unknown":
            merged |= _resolved(alternative, defs)
    return merged | {key: value for key, value in spec.items() if key not in ("$ref", "anyOf")}


def _field(
    name: str,
    path: str,
    spec: Mapping[str, Any],
    defs: Mapping[str, Any],
    required: bool,
) -> FieldShape:
    kind = Kind(spec["x-type"])
    items = _resolved(spec.get("items", {}), defs)
    record = None
    if kind is Kind.RECORD:
        record = _record(path, spec, defs)
    elif kind is Kind.LIST:
        record = _record(path, items, defs)
    bounds = spec.get("x-bounds", {})
    holder = items if kind is Kind.SET else spec
    return FieldShape(
        name=name,
        kind=kind,
        title=Text(spec["title"], spec["x-title-en"]),
        description=Text(spec["description"], spec["x-description-en"]),
        role=Role(spec["x-role"]),
        required=required,
        personal=spec["x-pd"],
        values={
            v: Text(t["ru"], t["en"]) for v, t in (holder.get("x-values") or spec.get("x-values") or {}).items()
        },
        special=tuple(spec.get("x-special", ())),
        target=holder.get("x-target"),
        item=Kind(items["x-type"]) if kind is Kind.SET else None,
        record=record,
        scope=spec.get("x-scope", ""),
        coverage=spec.get("x-coverage", ""),
        unknown_values=tuple(spec.get("x-unknown-values", ())),
        at_least=_limit(bounds.get("at_least")),
        at_most=_limit(bounds.get("at_most")),
        pattern=holder.get("pattern", ""),
        max_length=holder.get("maxLength", 0),
        min_value=spec.get("minimum"),
        max_value=spec.get("maximum"),
        identity=bool(spec.get("x-identity")),
        future=bool(spec.get("x-future")),
    )


def _limit(bound: object) -> Limit | None:
    match bound:
        case None:
            return None
        case "as_of":
            return Limit(as_of=True)
        case {"field": str(sibling)}:
            return Limit(sibling=sibling)
        case int() | str():
            number = Decimal(bound)
            if number != int(number):
                raise ValueError(f"a bound must be a whole number, not {bound}")
            return Limit(number=int(number))
        case _:
            raise ValueError(f"not a bound: {bound!r}")
