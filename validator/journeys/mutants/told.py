"""Facts written as an example: what the example says on top of its base, and what only holds back.

An example fills in what it does not say (lists are complete, items have refs, the base of its policy holds); a
snapshot found elsewhere leaves such things open. What has to be said against that (`resets`) is kept apart, so that
as little of it as possible is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from validator.journeys.mutants.documents import Facts, Json
from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.shape import FieldShape, Kind, RecordShape
from validator.snapshots.build import DEFAULT_INN, DEFAULT_REGION, REF_PREFIX

# A way to a key of an example, and what stands there.
Entry = tuple[tuple[str, ...], Json]
Data = Mapping[str, Json]
UNKNOWN, COMPLETE = "unknown", "complete"


class Told(NamedTuple):
    """The entries of an example that say its facts, and those that only take back what would be filled in."""

    entries: tuple[Entry, ...]
    resets: tuple[Entry, ...]


class Teller:
    """Tells facts as an example whose base says `base` already."""

    def __init__(self, vocabulary: Vocabulary, base: Data, *, own: bool) -> None:
        """`own`: the example writes out a base of its own; `base` is empty then."""
        self.vocabulary = vocabulary
        self.base = base
        self.change = "base" if own else "change"
        self.holder = ("base",) if own else ()
        self.pointed_at: frozenset[str] = frozenset()

    def tell(self, facts: Facts, subject: str, about: str) -> Told:
        """The facts, the item at the path `subject` as the judged one; `about` is the list it stands in."""
        told = Counter(_texts(facts))
        self.pointed_at = frozenset(text for text, times in told.items() if times > 1)
        lists = {name: _items(facts[name]) for name in facts if name in self.vocabulary.lists}
        pieces: dict[str, tuple[Data, RecordShape | None]] = {
            ROOT: (self._organization(_data(facts.get(ROOT))), None),
            "roadmap": (_data(facts.get("roadmap")), None),
        }
        if about != ROOT:
            pieces |= self._judged(lists, subject, about)
        entries: list[Entry] = []
        resets: list[Entry] = []
        for piece, (value, shape) in pieces.items():
            base, way = _data(self.base.get(piece)), (self.change, piece)
            said = value if shape is None else self._bare(value, shape, 0)
            entries += _over(way, base, said)
            named = [field.name for field in shape.fields.values() if field.identity] if shape else []
            kept = {name: value for name, value in base.items() if name not in named}  # every item has a ref
            resets += _taken_back(way, kept, said)
            resets += _open_lists(way, base, value, shape)
        shift = about.partition(".")[0]
        entries += self._lists(lists, shift)
        resets += self._resets_of_lists(lists, facts, shift)
        return Told(tuple(entries), tuple(resets))

    def _organization(self, given: Data) -> Data:
        """What is to be said of the organization: not the number and region that every example has."""
        known = _data(self.base.get(ROOT))
        usual = {"inn": DEFAULT_INN, "region": DEFAULT_REGION}
        return {name: value for name, value in given.items() if name in known or usual.get(name) != value}

    def _judged(
        self, lists: dict[str, list[Data]], subject: str, about: str
    ) -> dict[str, tuple[Data, RecordShape | None]]:
        """The judged item and its parent, taken out of the lists; what else there is stays in them."""
        name, _, inner = about.partition(".")
        places = [int(step.partition("]")[0]) for step in subject.split("[")[1:]]
        items = lists.pop(name)
        first = items.pop(places[0])
        if items:
            lists[name] = items
        shape = self.vocabulary.record_of(name)
        if not inner:
            return {"item": (first, shape)}
        inside = _items(first[inner])
        item = inside.pop(places[1])
        parent = {key: value for key, value in first.items() if key != inner}
        if inside:
            parent[inner] = [dict(other) for other in inside]
        return {"parent": (parent, shape), "item": (item, self.vocabulary.record_of(about))}

    # --- lists --------------------------------------------------------------------------------------------

    def _lists(self, lists: dict[str, list[Data]], shift: str) -> Iterator[Entry]:
        known = _data(self.base.get("lists"))
        for name, items in lists.items():
            told = self._told(name, items, shift)
            if known.get(name) != told:
                yield (*self.holder, "lists", name), told

    def _told(self, name: str, items: list[Data], shift: str) -> Json:
        """The items of a list as an example writes them; of the list of the judged item they follow that one."""
        shape = self.vocabulary.record_of(name)
        return [self._bare(item, shape, place + (name == shift)) for place, item in enumerate(items)]

    def _resets_of_lists(self, lists: dict[str, list[Data]], facts: Facts, shift: str) -> Iterator[Entry]:
        for name, items in lists.items():
            shape = self.vocabulary.record_of(name)
            exact: Json = [
                {**self._bare(item, shape, place + (name == shift)), **dict(_unsaid(item, shape))}
                for place, item in enumerate(items)
            ]
            if exact != self._told(name, items, shift):
                yield (*self.holder, "lists", name), exact
        for name in _data(self.base.get("lists")):
            if name not in lists:
                yield (*self.holder, "lists", name), []
        said, given = _data(self.base.get("coverage")), _data(facts.get("coverage"))
        for field in _lists_of(self.vocabulary.document):
            wanted = given.get(field.name, UNKNOWN)
            if wanted != said.get(field.name, COMPLETE):
                yield (*self.holder, "coverage", field.name), wanted

    def _bare(self, item: Data, shape: RecordShape, index: int) -> dict[str, Json]:
        """An item without what an example fills in by itself: a ref nothing points to, that lists are complete."""
        coverage = {field.coverage for field in _lists_of(shape)}
        found: dict[str, Json] = {}
        for name, value in item.items():
            field = shape.fields.get(name)
            if name in coverage and value == COMPLETE:
                continue
            if field is not None and field.identity and self._is_idle(value, shape, index):
                continue
            if field is not None and field.kind is Kind.LIST and field.record is not None:
                found[name] = [self._bare(inner, field.record, place) for place, inner in enumerate(_items(value))]
            else:
                found[name] = value
        return found

    def _is_idle(self, ref: Json, shape: RecordShape, index: int) -> bool:
        return ref == usual_ref(shape, index) or ref not in self.pointed_at


def usual_ref(shape: RecordShape, index: int) -> str:
    """The ref that an example gives to an item without one."""
    return f"{REF_PREFIX.get(shape.path, 'x')}_example{index}"


def put(entries: list[Entry]) -> dict[str, Json]:
    """The entries as one mapping, later ones winning."""
    found: dict[str, Json] = {}
    for way, value in entries:
        holder = found
        for step in way[:-1]:
            inner = holder.setdefault(step, {})
            assert isinstance(inner, dict)
            holder = inner
        holder[way[-1]] = value
    return found


def _over(way: tuple[str, ...], base: Data, wanted: Data) -> Iterator[Entry]:
    """What an example says over its base, key by key; how complete lists are stands apart."""
    for name, value in wanted.items():
        if isinstance(value, dict):
            yield from _over((*way, name), _data(base.get(name)), value)
        elif base.get(name) != value:
            yield (*way, name), value


def _taken_back(way: tuple[str, ...], base: Data, wanted: Data) -> Iterator[Entry]:
    """What the base says and the facts do not: unknown, and of a list that nothing is in it."""
    for name, value in base.items():
        if isinstance(value, dict):
            yield from _taken_back((*way, name), value, _data(wanted.get(name)))
        elif name not in wanted and value != UNKNOWN:
            yield (*way, name), [] if _has_records(value) else UNKNOWN


def _has_records(value: Json) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _open_lists(way: tuple[str, ...], base: Data, item: Data, shape: RecordShape | None) -> Iterator[Entry]:
    """How complete the lists of an item are, where an example would take them for something else."""
    for field in _lists_of(shape):
        wanted = item.get(field.coverage, UNKNOWN)
        if wanted != base.get(field.coverage, COMPLETE):
            yield (*way, field.coverage), wanted


def _unsaid(item: Data, shape: RecordShape) -> Iterator[tuple[str, Json]]:
    for field in _lists_of(shape):
        if field.coverage not in item:
            yield field.coverage, UNKNOWN


def _lists_of(shape: RecordShape | None) -> list[FieldShape]:
    return [] if shape is None else [field for field in shape.fields.values() if field.kind is Kind.LIST]


def _data(value: Json | None) -> Data:
    return value if isinstance(value, dict) else {}


def _items(value: Json) -> list[Data]:
    return [_data(item) for item in value] if isinstance(value, list) else []


def _texts(value: Json) -> Iterator[str]:
    """Every text among the values."""
    match value:
        case dict():
            for inner in value.values():
                yield from _texts(inner)
        case list():
            for inner in value:
                yield from _texts(inner)
        case str():
            yield value
        case _:
            return
