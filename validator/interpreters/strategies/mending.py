"""Small changes to a snapshot, and the mending that makes it sound again."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from validator.interpreters.strategies.choosers import Chooser
from validator.interpreters.strategies.documents import Documents, new_ref, repaired, within_bounds
from validator.interpreters.strategies.edits import without_dangling
from validator.interpreters.strategies.pools import Pools, is_allowed
from validator.interpreters.strategies.worlds import Json, World
from validator.language.vocabulary import Vocabulary
from validator.logic.shape import FieldShape, Kind, RecordShape

COVERAGES = ("complete", "partial", None)


class Place(NamedTuple):
    """A field of a record of a document, given or not."""

    record: Json
    shape: FieldShape


class ListPlace(NamedTuple):
    """A list of a document: the record that holds it, and the one that says whether it is complete."""

    holder: Json
    coverage: Json
    shape: FieldShape

    @property
    def coverage_key(self) -> str:
        """The name under which the completeness of the list stands."""
        return self.shape.coverage.removeprefix("coverage.")

    def items(self) -> list[Json]:
        """The items, the list made when nothing was said of it."""
        if not isinstance(self.holder.get(self.shape.name), list):
            self.holder[self.shape.name] = []
        found: list[Json] = self.holder[self.shape.name]
        return found

    def say(self, coverage: str | None) -> None:
        """Say whether the list is complete; None says nothing of it."""
        if coverage is None:
            self.coverage.pop(self.coverage_key, None)
        else:
            self.coverage[self.coverage_key] = coverage


def records_in(document: Json, vocabulary: Vocabulary) -> Iterator[tuple[Json, RecordShape]]:
    """Every record and item of a document with its shape, the outermost first; not the document itself."""

    def within(holder: Json, shape: RecordShape) -> Iterator[tuple[Json, RecordShape]]:
        for name, field in shape.fields.items():
            value = holder.get(name)
            if field.record is None:
                continue
            inner = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
            for record in inner:
                yield record, field.record
                yield from within(record, field.record)

    yield from within(document, vocabulary.document)


def places_in(document: Json, vocabulary: Vocabulary) -> list[Place]:
    """Every field of every record that may be given another value or none."""
    return [
        Place(record, field)
        for record, shape in records_in(document, vocabulary)
        for field in shape.fields.values()
        if field.record is None and not field.identity and field.name not in ("inn", "region")
    ]


def lists_in(document: Json, vocabulary: Vocabulary) -> list[ListPlace]:
    """Every list of a document, those of its items included."""
    if not isinstance(document.get("coverage"), dict):
        document["coverage"] = {}
    coverage = document["coverage"]
    found = [
        ListPlace(document, coverage, field)
        for field in vocabulary.document.fields.values()
        if field.kind is Kind.LIST
    ]
    for record, shape in records_in(document, vocabulary):
        found += [ListPlace(record, record, field) for field in shape.fields.values() if field.kind is Kind.LIST]
    return found


def mended(world: World, document: Json) -> Json:
    """The document, changed in place: without values that contradict one another, lie ahead, or point nowhere."""
    day = date.fromisoformat(document["as_of"])
    for record, shape in records_in(document, world.vocabulary):
        for name, field in shape.fields.items():
            if name in record and _is_impossible(record.get(name), field, day):
                del record[name]
            if isinstance(record.get(name), list) and field.kind is Kind.SET:
                record[name] = _as_set(world, record[name], field)
        within_bounds(record, shape)
    return without_dangling(repaired(document), world.vocabulary)


def _as_set(world: World, items: list[Any], field: FieldShape) -> list[Any]:
    """The items that the field may hold, each once whatever it is called."""
    if field.item is Kind.SERVICE:
        return [*{world.names.service(one): one for one in items}.values()]
    return [one for one in dict.fromkeys(items) if not field.values or one in field.values]


def _is_impossible(value: Any, field: FieldShape, day: date) -> bool:
    """Whether a day lies ahead where none may, a number is out of its limits, or a word is none of the field's."""
    if value == "unknown":
        return False
    if field.kind is Kind.ENUM:
        return value not in field.values
    if field.kind.is_name and field.pattern and value not in field.special:
        return re.search(field.pattern, str(value)) is None
    text = str(value or 0)
    if not text.lstrip("-")[:1].isdigit() or isinstance(value, bool):
        return False
    if field.kind.is_number:
        return not is_allowed(field, Decimal(text))
    if not field.kind.is_day or field.future or value is None:
        return False
    return text > (f"{day:%Y-%m}" if field.kind is Kind.MONTH else day.isoformat())


def edited(world: World, choose: Chooser, document: Json, pools: Pools, most: int = 3) -> Json:
    """The document after none to `most` small changes: a value, an item, what is said of a list, the day."""
    found: Json = copy.deepcopy(document)
    changes: tuple[Callable[[World, Chooser, Json, Pools], None], ...] = (
        _change_value,
        _change_value,
        _change_value,
        _drop_value,
        _change_items,
        _change_coverage,
        _change_day,
    )
    for _ in range(choose.below(most + 1)):
        choose.one(changes)(world, choose, found, pools)
    return mended(world, found)


def _change_value(world: World, choose: Chooser, document: Json, pools: Pools) -> None:
    places = places_in(document, world.vocabulary)
    given = [place for place in places if place.shape.name in place.record]
    record, shape = choose.one(given if given and choose.chance(70) else places)
    value = drawn(world, choose, document, pools).value(shape)
    if value is not None:
        record[shape.name] = value


def _drop_value(world: World, choose: Chooser, document: Json, _: Pools) -> None:
    places = places_in(document, world.vocabulary)
    given = [place for place in places if place.shape.name in place.record and not place.shape.required]
    if given:
        record, shape = choose.one(given)
        del record[shape.name]


def _change_items(world: World, choose: Chooser, document: Json, pools: Pools) -> None:
    place = choose.one(lists_in(document, world.vocabulary))
    items = place.items()
    if items and choose.chance(50):
        items.pop()
    else:
        add_item(world, choose, document, place, pools)


def _change_coverage(world: World, choose: Chooser, document: Json, _: Pools) -> None:
    choose.one(lists_in(document, world.vocabulary)).say(choose.one(COVERAGES))


def _change_day(world: World, choose: Chooser, document: Json, pools: Pools) -> None:
    days = [day for day in pools.days if abs((day - date.fromisoformat(document["as_of"])).days) < 40]
    document["as_of"] = choose.one(days or [world.as_of]).isoformat()


def drawn(world: World, choose: Chooser, document: Json, pools: Pools) -> Documents:
    """Something to draw values for a document that is there already: its day, its pseudonyms."""
    found = Documents(world._replace(as_of=date.fromisoformat(document["as_of"])), choose, pools)
    for name in world.vocabulary.lists:
        if "." not in name:
            found.refs[name] = [item["ref"] for item in document.get(name) or [] if "ref" in item]
    return found


def add_item(world: World, choose: Chooser, document: Json, place: ListPlace, pools: Pools) -> Json:
    """One more item at the end of a list."""
    documents, items, shape = drawn(world, choose, document, pools), place.items(), place.shape
    assert shape.record is not None
    if any(field.identity for field in shape.record.fields.values()):
        taken = documents.refs.setdefault(shape.record.path, [])
        taken.append(new_ref(shape, taken))
        items.append(documents.record(shape.record, len(taken) - 1))
    else:
        items.append(documents.record(shape.record))
    return items[-1]
