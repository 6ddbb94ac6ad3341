"""Lists as a number of slots, and questions about them as formulas.

A slot exists or not; the first ones exist first, and the pseudonym of an item is that of its slot, so that models
which differ only in the order of items are one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

import z3

from validator.interpreters.smt.encoder import Encoder
from validator.interpreters.smt.formulas import Bool, Number, both, choose, conj, disj, implies, plus
from validator.interpreters.smt.query import Other, Query, Setting
from validator.interpreters.smt.questions import Questions
from validator.interpreters.smt.variables import Node, Path, Variable, between, of_organization, sound
from validator.language.vocabulary import ROOT
from validator.logic.shape import Kind


class SlotLists:
    """Lists of a few slots each; `sizes` says how many, per parent, and may change from question to question."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.sizes: Mapping[str, int] = {}
        self._slots: dict[tuple[Node, str, int], Node] = {}

    def slots(self, parent: Node, path: str) -> list[Node]:
        """The slots of a list of a record."""
        return [self._slot(parent, path, index) for index in range(self.sizes.get(path, 0))]

    def _slot(self, parent: Node, path: str, index: int) -> Node:
        found = self._slots.get((parent, path, index))
        if found is None:
            items = self.encoder.setting.vocabulary.lists[path]
            assert items.record is not None
            nested = parent.path != ROOT
            mark = self.encoder.root.label.removeprefix(ROOT)
            label = f"{parent.label}.{items.name}[{index}]" if nested else f"{path}{mark}[{index}]"
            code = None if nested else self.encoder.codes.of_item(path, index)
            found = Node(path, label, items.record, parent if nested else None, z3.Bool(label), code, index)
            self._slots[parent, path, index] = found
        return found

    def same_place(self, node: Node) -> Node:
        """The record of this snapshot at the place that a record has in another."""
        if node.path == ROOT:
            return self.encoder.root
        return self._slot(
            self.encoder.root if node.parent is None else self.same_place(node.parent), node.path, node.index
        )

    def some(self, parent: Node, path: str, body: Callable[[Node], Bool]) -> Bool:
        """That some item of a list satisfies `body`."""
        return disj(both(slot.here, body(slot)) for slot in self.slots(parent, path))

    def amount(self, parent: Node, path: str, body: Callable[[Node], Bool]) -> Number:
        """How many items do."""
        total: Number = 0
        for slot in self.slots(parent, path):
            total = plus(total, choose(both(slot.here, body(slot)), 1, 0))
        return total

    def key(self, paths: frozenset[str]) -> object:
        """The numbers of slots."""
        return tuple((path, self.sizes.get(path, 0)) for path in sorted(paths))


# What tells the facts of another snapshot from those of the first, and how many days later it is.
_OTHERS = {Other.MORE_FACTS: ("'", 0), Other.NEXT_DAY: ("", 1)}


class Space(Questions):
    """All snapshots with lists of a few slots, as formulas."""

    def __init__(self, setting: Setting, *, mark: str = "", later: int = 0) -> None:
        super().__init__(setting, SlotLists, mark=mark, later=later)
        self.asked: dict[Other, Space] = {}
        self._others: dict[Other, Space] = {}
        self._sound: dict[object, Bool] = {}

    def begin(self, sizes: Mapping[str, int]) -> None:
        """Begin a new question, about lists of these sizes; `asked` are the other snapshots that it speaks of."""
        self.asked = {}
        for space in (self, *self._others.values()):
            space.lists.sizes = sizes
            space.encoder.touched = {}

    def elsewhere(self, part: Query, other: Other, items: Mapping[str, Node]) -> Bool:
        """The formula of a question about another snapshot, which has its items at the same places."""
        second = self._others.get(other)
        if second is None:
            mark, later = _OTHERS[other]
            second = self._others[other] = Space(self.setting, mark=mark, later=later)
            second.encoder.codes = self.encoder.codes
            second.begin(self.lists.sizes)
        self.asked[other] = second
        return second.formula(part, {name: second.lists.same_place(node) for name, node in items.items()})

    @property
    def lists(self) -> SlotLists:
        """The lists of the snapshot."""
        assert isinstance(self.encoder.lists, SlotLists)
        return self.encoder.lists

    # --- soundness ----------------------------------------------------------------------------------------------

    def soundness(self, touched: Sequence[object]) -> list[Bool]:
        """What makes a model over the touched variables a snapshot that the reader accepts."""
        texts = frozenset(code for code in touched if isinstance(code, int))
        variables = [variable for variable in touched if isinstance(variable, Variable)]
        found = [self.range_of_days()]
        found += [self._of_one(variable, texts) for variable in variables]
        by_record: dict[tuple[Node, Path], list[Variable]] = {}
        for variable in variables:
            by_record.setdefault((variable.node, variable.path[:-1]), []).append(variable)
        for members in by_record.values():
            found += [self._of_two(*pair) for pair in combinations(members, 2)]
        found += list(of_organization({v.path: v for v in variables if v.node is self.root}, self.encoder.codes))
        return found + self._order()

    def _of_one(self, variable: Variable, texts: frozenset[int]) -> Bool:
        shape = variable.shape
        if shape.target is not None:
            return self._references(variable, shape.target)
        matter = texts if shape.kind in (Kind.TEXT, Kind.ID, Kind.SERVICE) else frozenset()
        key = (variable, matter)
        found = self._sound.get(key)
        if found is None:
            found = self._sound[key] = sound(variable, self.encoder.codes, self.as_of, texts)
        return found

    def _references(self, variable: Variable, target: str) -> Bool:
        """That references point to items that exist."""
        key = (variable, self.lists.sizes.get(target, 0))
        found = self._sound.get(key)
        if found is None:
            if variable.shape.kind is Kind.REF:
                found = self.encoder.reference_is_sound(variable)
            else:
                slots = self.lists.slots(self.root, target)
                found = conj([implies(variable.has(slot.code), slot.here) for slot in slots])
            self._sound[key] = found
        return found

    def _of_two(self, one: Variable, other: Variable) -> Bool:
        key = (one, other)
        found = self._sound.get(key)
        if found is None:
            found = self._sound[key] = conj(list(between(one, other)))
        return found

    def _order(self) -> list[Bool]:
        """That the first slots exist first, and nothing in a slot that does not exist."""
        return [implies(after.here, before.here) for before, after in self._neighbours()] + [
            implies(inner.here, outer.here) for outer, inner in self._enclosed()
        ]

    def all_slots(self) -> Iterator[Node]:
        """Every slot, outer ones first."""
        for path in self.setting.vocabulary.lists:
            if "." not in path:
                for slot in self.lists.slots(self.root, path):
                    yield slot
                    for name, shape in slot.shape.fields.items():
                        if shape.kind is Kind.LIST:
                            yield from self.lists.slots(slot, f"{path}.{name}")

    def _neighbours(self) -> Iterator[tuple[Node, Node]]:
        found = list(self.all_slots())
        by_list: dict[tuple[Node | None, str], Node] = {}
        for slot in found:
            before = by_list.get((slot.parent, slot.path))
            if before is not None:
                yield before, slot
            by_list[slot.parent, slot.path] = slot

    def _enclosed(self) -> Iterator[tuple[Node, Node]]:
        return ((slot.parent, slot) for slot in self.all_slots() if slot.parent is not None)
