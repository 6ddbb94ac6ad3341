"""What a question makes us collect: the data and the arithmetic of `bounds`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import prod
from typing import NamedTuple

from validator.language.vocabulary import ROOT


class Root(NamedTuple):
    """What choices can depend on: an item under a "for every" (`path`), or which of several chosen items it is."""

    number: int
    path: str
    copies: int


class Element(NamedTuple):
    """An item that a name stands for: what its choice depends on, the item that encloses it.

    `free` says that it is any item of its list: then it decides its own root, and those of what encloses it.
    """

    roots: frozenset[Root]
    parent: Element | None
    free: bool = False

    @property
    def decided(self) -> frozenset[Root]:
        """The roots that are known once the item is."""
        outer = self.parent.decided if self.parent is not None else frozenset()
        return outer | self.roots if self.free else outer


Names = Mapping[str, Element]
THE_ROOT = Element(frozenset(), None)


class Choice(NamedTuple):
    """So many items of a list for every combination of the roots, within one parent."""

    path: str
    roots: frozenset[Root]
    many: int


class Need(NamedTuple):
    """What a part of a question makes us collect: items once for all, and items for each of others."""

    once: Mapping[str, int]
    each: tuple[Choice, ...]


NOTHING = Need({}, ())


def add(parts: Iterable[Need]) -> Need:
    """All of the parts have to hold."""
    once: dict[str, int] = {}
    each: list[Choice] = []
    for part in parts:
        for path, count in part.once.items():
            once[path] = once.get(path, 0) + count
        each += part.each
    return Need(once, tuple(each))


def alternatives(parts: Iterable[Need], single: bool) -> Need:
    """Only one of the parts has to hold, unless the question is asked of several items: of each perhaps another."""
    if not single:
        return add(parts)
    once: dict[str, int] = {}
    each: list[Choice] = []
    for part in parts:
        for path, count in part.once.items():
            once[path] = max(once.get(path, 0), count)
        each += part.each
    return Need(once, tuple(each))


class Rail(NamedTuple):
    """A literal: surely `truth` when positive, not surely `truth` otherwise.

    `single` when it is asked once, and not of each of several items.
    """

    truth: bool
    positive: bool
    single: bool = True

    @property
    def straight(self) -> bool:
        """Whether the literal says more the more is true: surely true, or not surely false."""
        return self.truth == self.positive

    def flipped(self) -> Rail:
        """The same of the negated condition."""
        return self._replace(truth=not self.truth)

    def joined(self, parts: list[Need], conjunction: bool) -> Need:
        """What several parts need together."""
        return add(parts) if conjunction else alternatives(parts, self.single)


def choice(path: str, roots: frozenset[Root], count: int) -> Need:
    """The need of some items of a list."""
    if not roots:
        return Need({path: count}, ())
    return Need({}, (Choice(path, roots, count),))


def names_of(scopes: tuple[str, ...], item: Element) -> Names:
    """What scope names stand for when they are those of an item and its enclosing items."""
    found = {ROOT: THE_ROOT}
    element: Element | None = item
    for scope in reversed(scopes):
        assert element is not None
        found[scope] = element
        element = element.parent
    return found


class Totals:
    """Adds up what is collected per list, parents and roots multiplied."""

    def __init__(self, need: Need, floors: Mapping[str, int]) -> None:
        self.need = need
        self.floors = floors
        self.endless: set[str] = set()
        self._sizes: dict[str, int] = {}
        self._busy: list[str] = []

    def size(self, path: str) -> int:
        """Items per parent; of a list with a floor so many, or as many as are needed once for all."""
        if path in self.floors:
            return max(self.floors[path], self.need.once.get(path, 0))
        if path in self._busy:  # the list feeds itself
            self.endless |= set(self._busy[self._busy.index(path) :])
            return 0
        if path not in self._sizes:
            self._busy.append(path)
            total = self.need.once.get(path, 0)
            for each in self.need.each:
                if each.path == path:
                    total += each.many * prod(self._total_of(root) for root in each.roots)
            self._busy.pop()
            self._sizes[path] = total
        return self._sizes[path]

    def _total_of(self, root: Root) -> int:
        return root.copies or self.total(root.path)

    def total(self, path: str) -> int:
        """Items of a list in the whole snapshot."""
        outer = path.rpartition(".")[0]
        return self.size(path) * (self.total(outer) if outer else 1)


def is_number(rail: Rail, number: int, some: Callable[[int, Rail], Need], every: Callable[[Rail], Need]) -> Need:
    """What it needs that a count is a number: at least so many surely, and all others surely not."""
    true, not_true = Rail(True, True, rail.single), Rail(True, False, rail.single)
    false, not_false = Rail(False, True, rail.single), Rail(False, False, rail.single)
    match rail:
        case Rail(truth=True, positive=True):
            return add([some(number, true), every(false)])
        case Rail(truth=True, positive=False):
            return rail.joined(
                [some(number + 1, true), every(not_true), some(number + 1, not_false), every(false)], False
            )
        case Rail(truth=False, positive=True):
            return rail.joined([some(number + 1, true), every(false)], False)
        case _:
            return add([every(not_true), some(number, not_false)])
