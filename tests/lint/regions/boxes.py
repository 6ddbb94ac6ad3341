"""From a box of facts to one snapshot that lies in it, so that the reference evaluator can say what it comes to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from validator.interpreters.strategies import World
from validator.journeys.lint.regions.differences import ZERO, Differences, Node
from validator.journeys.lint.regions.goals import ORGANIZATION, Item, Key
from validator.journeys.lint.regions.state import AS_OF, State
from validator.language.vocabulary import ROOT
from validator.logic.shape import FieldShape, Kind, Limit, RecordShape

_PREFIX = {"chats": "h_"}


class NotShown(Exception):  # noqa: N818
    """Open questions have no facts that would settle them."""


def numbers_of(days: Differences, nodes: Iterable[Node], default: int) -> dict[Node, Fraction]:
    """One value for every unknown, such that all bounds hold."""
    found: dict[Node, Fraction] = {ZERO: Fraction(0)}
    for node in (AS_OF, *days.ends, *nodes):
        if node in found:
            continue
        lows = [
            (found[other] - row[node].number, -row[node].below)
            for other, row in days.ends.items()
            if other in found and node in row
        ]
        highs = [
            (found[other] + least.number, least.below)
            for other, least in days.ends.get(node, {}).items()
            if other in found
        ]
        low, high = max(lows, default=None), min(highs, default=None)
        if low is not None and low[1] and high is not None:
            found[node] = (low[0] + high[0]) / 2
        elif low is not None and (low[1] or low[0] > default):
            found[node] = low[0] + (Fraction(1, 100) if low[1] else 0)
        elif high is not None and (high[1] or high[0] < default):
            found[node] = high[0] - (Fraction(1, 100) if high[1] else 0)
        else:
            found[node] = Fraction(default)
    return found


def _limit(limit: Limit | None, value: int | None) -> int | None:
    return limit.number if limit is not None and limit.number is not None else value


class Builder:
    """The snapshot of one box."""

    def __init__(self, world: World, state: State) -> None:
        if state.opaque or any(isinstance(node, tuple) and node[0] == "parameter" for node in state.days.ends):
            raise NotShown
        self.world, self.state = world, state
        self.numbers = numbers_of(state.days, sorted(state.taking, key=repr), world.as_of.toordinal())
        self.refs: dict[str, str] = {}

    def document(self) -> dict[str, Any]:
        """The snapshot as JSON would hold it."""
        for (_, path), items in self.state.items.items():
            for item in items:
                prefix = _PREFIX.get(path[-1], f"{path[-1][0]}_")
                self.refs[item.name] = f"{prefix}{len(self.refs)}"
        document = self.world.vocabulary.document
        as_of = self.numbers.get(AS_OF, Fraction(self.world.as_of.toordinal()))
        found: dict[str, Any] = {"schema": "sverka.snapshot/1", "as_of": date.fromordinal(int(as_of)).isoformat()}
        organization = document.fields[ROOT].record
        assert organization is not None
        found[ROOT] = {**self._defaults(), **self._record(ORGANIZATION, (), organization)}
        found["coverage"] = {}
        for name, shape in document.fields.items():
            assert shape.record is not None or name not in ("roadmap",)
            if shape.kind is Kind.LIST:
                found["coverage"][name] = "complete"
                found[name] = self._items(ORGANIZATION, (name,), shape)
            elif shape.kind is Kind.RECORD and name != ROOT and shape.record is not None:
                found |= self._inner(ORGANIZATION, (name,), shape.record)
        return found

    def _defaults(self) -> dict[str, Any]:
        return {"inn": "7800000002", "region": "50", "kind": "school"}

    def _items(self, holder: Item, path: tuple[str, ...], shape: FieldShape) -> list[dict[str, Any]]:
        assert shape.record is not None
        return [self._record(item, (), shape.record) for item in self.state.items.get((holder.name, path), ())]

    def _record(self, item: Item, path: tuple[str, ...], shape: RecordShape) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, field in shape.fields.items():
            key: Key = (item.name, (*path, name))
            if field.kind is Kind.LIST:
                found[name] = self._items(item, (*path, name), field)
                found[field.coverage] = "complete"
            elif field.kind is Kind.RECORD and field.record is not None:
                found |= self._inner(item, (*path, name), field.record)
            elif field.identity:
                if key in self.state.words:
                    raise NotShown
                found[name] = self.refs[item.name]
            elif (value := self._value(key, field)) is not None:
                found[name] = value
        return found

    def _inner(self, item: Item, path: tuple[str, ...], shape: RecordShape) -> dict[str, Any]:
        """A nested record under its name, nothing when nothing is known of it."""
        found = self._record(item, path, shape)
        return {path[-1]: found} if found else {}

    def _value(self, key: Key, shape: FieldShape) -> Any:
        form = self.state.words.get((key[0], (*key[1], "#form")))
        if form is not None and form.values != {"day"}:
            return next(iter(form.values))
        if key in self.numbers:
            number = self.numbers[key]
            if shape.kind.is_day:
                return date.fromordinal(int(number)).isoformat()
            return int(number) if shape.kind is Kind.INTEGER else str(float(number)).removesuffix(".0")
        for node, total in self.numbers.items():
            if isinstance(node, tuple) and node[0] == "sum" and key in node[1]:
                part = self._parts(node[1], total)[key]
                return int(part) if shape.kind is Kind.INTEGER else str(float(part)).removesuffix(".0")
        if key in self.state.targets and not self._special(key, shape):
            return self.refs[self.state.targets[key].name]
        if key in self.state.words:
            return self._word(key, shape)
        box = self.state.sets.get(key)
        return None if box is None else sorted(box.inside)

    def _parts(self, keys: tuple[Key, ...], total: Fraction) -> dict[Key, Fraction]:
        """The terms of a sum: each as small as it may be, then what is left over to the first that can take it."""
        shapes = {key: self._shape(key) for key in keys}
        found = {key: Fraction(_limit(shape.at_least, shape.min_value) or 0) for key, shape in shapes.items()}
        left = total - sum(found.values())
        for key, shape in shapes.items():
            most = _limit(shape.at_most, shape.max_value)
            more = left if most is None else min(left, most - found[key])
            found[key], left = found[key] + more, left - more
        assert not left
        return found

    def _shape(self, key: Key) -> FieldShape:
        if key[0] == ORGANIZATION.name:
            record = self.world.vocabulary.root
        else:
            where = next(path for (_, path), items in self.state.items.items() for i in items if i.name == key[0])
            record = next(r for name in self._lists() if name[-1] == where[-1] for r in [self._lists()[name]])
        for name in key[1][:-1]:
            inner = record.fields[name].record
            assert inner is not None
            record = inner
        return record.fields[key[1][-1]]

    def _lists(self) -> dict[tuple[str, ...], RecordShape]:
        found: dict[tuple[str, ...], RecordShape] = {}
        stack: list[tuple[tuple[str, ...], RecordShape]] = [((), self.world.vocabulary.root)]
        while stack:
            path, record = stack.pop()
            for name, field in record.fields.items():
                if field.kind is Kind.LIST and field.record is not None:
                    found[(*path, name)] = field.record
                    stack.append(((*path, name), field.record))
        return found

    def _special(self, key: Key, shape: FieldShape) -> bool:
        words = self.state.words.get(key)
        return words is not None and words.inside and words.values <= set(shape.special)

    def _word(self, key: Key, shape: FieldShape) -> Any:
        words = self.state.words[key]
        if words.inside:
            return sorted(words.values, key=str)[0]
        options = ["50", "78", "77"] if key[1] == ("region",) else ["Ромашка", "Лютик", "Мак"]
        if shape.kind is Kind.REF or (shape.pattern and key[1] != ("region",)) or key[1] == ("inn",):
            raise NotShown
        return next(word for word in options if word not in words.values)
