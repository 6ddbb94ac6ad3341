"""Sound snapshots as documents."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from validator.interpreters.strategies.choosers import Chooser
from validator.interpreters.strategies.pools import Pools
from validator.interpreters.strategies.worlds import DAY, DECIMALS, NUMBERS, Json, World, words_of
from validator.language.vocabulary import ROOT
from validator.logic.shape import FieldShape, Kind, RecordShape

MAX_ITEMS = 3


def random_document(world: World, choose: Chooser, pools: Pools | None = None) -> Json:
    """A sound snapshot as JSON would hold it; with `pools` most values are taken from them."""
    return Documents(world, choose, pools).document()


class Documents:
    """Draws snapshots, and the records they are made of."""

    def __init__(self, world: World, choose: Chooser, pools: Pools | None = None) -> None:
        self.world = world
        self.choose = choose
        self.pools = pools
        self.refs: dict[str, list[str]] = {}

    def document(self) -> Json:
        """A whole snapshot."""
        document = self.world.vocabulary.document
        lists = {name: shape for name, shape in document.fields.items() if shape.kind is Kind.LIST}
        sizes = {name: 0 if self.choose.chance(20) else self.choose.below(MAX_ITEMS + 1) for name in lists}
        for name, shape in lists.items():
            self.refs[name] = _refs(shape, sizes[name])
        found: Json = {"schema": "sverka.snapshot/1", "as_of": self.world.as_of.isoformat()}
        organization = document.fields[ROOT].record
        assert organization is not None
        found[ROOT] = self.record(organization)
        for name, shape in document.fields.items():
            if shape.kind is Kind.RECORD and name != ROOT and shape.record is not None:
                found[name] = self.record(shape.record)
        found["coverage"] = {}
        for name, shape in lists.items():
            self._list(found, found["coverage"], shape, sizes[name])
        return repaired(found)

    def _list(self, holder: Json, coverage: Json, shape: FieldShape, size: int) -> None:
        assert shape.record is not None
        if size or self.choose.chance(50):
            holder[shape.name] = [self.record(shape.record, index) for index in range(size)]
        key = shape.coverage.removeprefix("coverage.")
        match self.choose.below(10):
            case 8:
                coverage[key] = "partial"
            case 9:
                pass
            case _:
                coverage[key] = "complete"

    def record(self, shape: RecordShape, index: int = 0) -> Json:
        """A record; an item with a pseudonym gets the one with that index."""
        found: Json = {}
        for name, field in shape.fields.items():
            if field.kind is Kind.LIST:
                size = self.choose.below(MAX_ITEMS)
                if not self.choose.chance(20):
                    self._list(found, found, field, size)
            elif field.kind is Kind.RECORD:
                assert field.record is not None
                if not self.choose.chance(20):
                    found[name] = self.record(field.record)
            elif field.identity:
                found[name] = self.refs[shape.path][index]
            elif field.required or not self.choose.chance(25):
                value = self.value(field)
                if value is not None:
                    found[name] = value
        return within_bounds(found, shape)

    def value(self, shape: FieldShape) -> Any:
        """A value of a field, None when there is none to choose from."""
        if shape.kind is Kind.SET:
            options = self._scalars(shape, shape.item or Kind.TEXT)
            if shape.item is Kind.SERVICE:  # two spellings of one service would be a repeat
                options = [*{self.world.names.service(name): name for name in reversed(options)}.values()]
            return self.choose.some(options)
        options = self._scalars(shape, shape.kind)
        return self.choose.one(options) if options else None

    def _scalars(self, shape: FieldShape, kind: Kind) -> list[Any]:
        plain = self._plain(shape, kind)
        if self.pools is None or self.choose.chance(20):
            return plain
        pooled = self.pools.options(shape, self.world)
        start = self.choose.below(len(pooled)) if pooled else 0  # of a set only the first few are taken
        return pooled[start:] + pooled[:start] or plain

    def _plain(self, shape: FieldShape, kind: Kind) -> list[Any]:
        match kind:
            case Kind.BOOLEAN:
                return [True, False]
            case Kind.INTEGER:
                low = shape.at_least.number if shape.at_least and shape.at_least.number else 0
                return [low + number for number in NUMBERS]
            case Kind.DECIMAL:
                return [*DECIMALS]
            case Kind.DATE:
                later = [(self.world.as_of + k * DAY) for k in (1, 2)] if shape.future else []
                return [day.isoformat() for day in (*self.world.days(), *later)] + list(shape.special) * 2
            case Kind.MONTH:
                return [*_months(self.world.as_of)]
            case Kind.ENUM:
                return [*words_of(shape), *shape.unknown_values]
            case Kind.SERVICE:
                return [*self.world.services]
            case Kind.REF:
                return [*self.refs.get(shape.target or "", []), *shape.special]
            case _:
                return [*self.world.fixed.get(shape.name, self.world.texts.get(shape.name, ()))]


def _refs(shape: FieldShape, size: int) -> list[str]:
    return [f"{_prefix(shape)}{index}" for index in range(size)]


def new_ref(shape: FieldShape, taken: Collection[str]) -> str:
    """A pseudonym for one more item of a list."""
    return next(ref for n in range(len(taken) + 1) if (ref := f"{_prefix(shape)}{n}") not in taken)


def _prefix(shape: FieldShape) -> str:
    assert shape.record is not None
    identity = next((field for field in shape.record.fields.values() if field.identity), None)
    return identity.pattern[1:3] if identity is not None and identity.pattern else "x_"


def _months(day: date) -> list[str]:
    earlier = day.replace(day=1) - DAY
    return [f"{day:%Y-%m}", f"{earlier:%Y-%m}"]


def within_bounds(record: Json, shape: RecordShape) -> Json:
    """The record without values that its other values contradict."""
    for name, field in shape.fields.items():
        for limit, sign in ((field.at_least, 1), (field.at_most, -1)):
            other = record.get(limit.sibling) if limit is not None and limit.sibling else None
            if other is None or name not in record or field.kind is Kind.SET:
                continue
            if _contradicts(record[name], other, sign):
                del record[name]
    return record


def _contradicts(value: Any, other: Any, sign: int) -> bool:
    if isinstance(value, int) and isinstance(other, int):
        return (value - other) * sign < 0
    return str(value)[:1].isdigit() and str(other)[:1].isdigit() and (str(value) < str(other)) is (sign > 0)


_IN_ORDER = (
    ("archive_announced_on", "archived_on"),
    ("in_force_from", "in_force_through"),
    ("invited_on", "joined_on"),
)


def repaired(document: Json) -> Json:
    """The document without impossible shares and without days that stand in the wrong order."""
    _repair(document[ROOT])
    return _in_order(document)


def _repair(organization: Json) -> None:
    shares = organization.get("public_share")
    told = [str(share) for share in shares.values()] if isinstance(shares, dict) else []
    private = organization.get("founder") in ("private", "person", "foreign")
    if private or sum(Decimal(share) for share in told if share != "unknown") > 100:
        organization.pop("public_share", None)


def _in_order(document: Json) -> Json:
    """The document without days that stand in the wrong order."""
    for record in _records(document):
        for earlier, later in _IN_ORDER:
            first, last = str(record.get(earlier, "")), str(record.get(later, ""))
            if first[:1].isdigit() and last[:1].isdigit() and first > last:
                del record[later]
    return document


def _records(node: Any) -> Iterator[Json]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from _records(value)
    elif isinstance(node, list):
        for item in node:
            yield from _records(item)
