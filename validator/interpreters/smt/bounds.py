"""How long lists have to be: for each list a number of items that is enough, whatever the length of real lists.

The argument. A question in negation normal form is put together by "and", "or", "for some item" and "for every
item" from the four literals of a condition without lists: surely true, not surely true, surely false, not surely
false. Take a snapshot that satisfies it and choose, for every "for some" that holds there, an item which shows it;
the choice depends only on the items that the part speaks of and that are bound by a "for every" around it. Starting
from nothing, collect what the choices give for the items collected so far, and their parents. Now delete every
other item. What was chosen is still there; "for every" holds of fewer items if it held of all; whether a list is
complete does not change. So the smaller snapshot satisfies the question, if it is a sound one: no two rules about
soundness speak of two items, but a reference may now point to a deleted item. Therefore the target of a reference
is collected too where a literal that needs its value ("surely true", "surely false") speaks of it; elsewhere its
value is made unknown, which never makes "not surely …" false, because more facts can only settle what is open.
(`known` is the one condition that asks for presence itself, and is treated so.) Of a set of references the deleted
members are left out, and each condition on such a set chooses one member that shows what is different or common.

Counts: "at least n, surely" chooses n items, "fewer than n, surely" is a "for every" (deleting items whose
condition is not surely false keeps it; those that stay must stay what they were). A total of n needs both. A
disjunction asked of several items may be decided otherwise for each of them, so its parts are added up there; asked
once, the most demanding part is enough.

If no list feeds itself through a chain of "for every x of A some y of B", the collecting ends, and the number of
items it can collect is the bound: items per parent for lists within items. This is the finite-model argument of
the stratified many-sorted fragment (Abadi, Rabinovich, Sagiv, "Decidable fragments of many-sorted logic", 2010).
A question about two snapshots (`query.Then`) is no other: the items of both are collected together, and every other
item is deleted from both. The richer of the two stays the richer: what a list that is complete in the poorer one
keeps is the same in both, and a reference is made unknown in both or in neither.

Otherwise, and for counts that are compared with something else than a number, there is no bound.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import NamedTuple

from validator.interpreters.smt.literals import Conditions
from validator.interpreters.smt.needs import (
    NOTHING,
    THE_ROOT,
    Element,
    Need,
    Rail,
    Root,
    Totals,
    add,
    alternatives,
    choice,
    names_of,
)
from validator.interpreters.smt.query import (
    Both,
    Definitely,
    Either,
    ForEvery,
    ForSome,
    Mode,
    Negated,
    Other,
    Query,
    Switch,
    Then,
)
from validator.interpreters.smt.uses import UseFinder
from validator.logic.expr import (
    Condition,
)
from validator.logic.policy import Subject


class Bounds(NamedTuple):
    """Items per parent by list path; `open` are the lists for which there is no bound."""

    sizes: Mapping[str, int]
    open: frozenset[str]


# No two roots share a number, whichever question they belong to: needs of one are used for another.
_NUMBERS = itertools.count(1)


class Remembered(NamedTuple):
    """What was asked, what it needs, and the finder that says what came to light on the way."""

    asked: object
    need: Need
    by: BoundFinder


Memory = dict[tuple[int, int, Rail, Element], Remembered]


class BoundFinder:
    """Works out what a question needs. One per question.

    `most` is the largest number that a count is compared with, `uncertain` says that one is compared with something
    else.
    """

    def __init__(self, finder: Callable[[Mode], UseFinder], memory: Memory | None = None) -> None:
        self.finder = finder
        self.memory: Memory = {} if memory is None else memory
        self.endless: set[str] = set()
        self.others: set[Other] = set()
        self.most = 0
        self.uncertain = False

    def root(self, path: str, copies: int = 0) -> Root:
        """A new root."""
        return Root(next(_NUMBERS), path, copies)

    # --- questions ----------------------------------------------------------------------------------------------

    def of_query(self, query: Query, positive: bool, items: Mapping[str, Element], single: bool = True) -> Need:
        """What a question, or its negation, needs; `single` when it is asked once."""
        match query:
            case Definitely(condition, truth, mode, item):
                return self._remembered(condition, mode, Rail(truth, positive, single), items.get(item, THE_ROOT))
            case Switch(_, part):
                return self.of_query(part, positive, items, single)
            case Then(part, other):
                self.others.add(other)
                return self.of_query(part, positive, items, single)
            case Both(parts):
                found = [self.of_query(part, positive, items, single) for part in parts]
                return add(found) if positive else alternatives(found, single)
            case Either(parts):
                found = [self.of_query(part, positive, items, single) for part in parts]
                return alternatives(found, single) if positive else add(found)
            case Negated(part):
                return self.of_query(part, not positive, items, single)
            case ForSome(subject, body, item):
                return self._items(subject, (body, item), positive, items, single, chosen=positive)
            case ForEvery(subject, body, item):
                return self._items(subject, (body, item), positive, items, single, chosen=not positive)

    def _remembered(self, condition: Condition, mode: Mode, rail: Rail, item: Element) -> Need:
        """What a literal needs, worked out once for each kind of item that it is asked of."""
        names = names_of(mode.subject.scopes, item)
        if item.roots:
            return Conditions(self, mode, names).of(condition, rail, names)
        key = (id(condition), id(mode), rail, item)
        found = self.memory.get(key)
        if found is None:
            inner = BoundFinder(self.finder)
            need = Conditions(inner, mode, names).of(condition, rail, names)
            found = self.memory[key] = Remembered((condition, mode), need, inner)
        return self._take(found)

    def remember(self, query: Query) -> Remembered:
        """What a question needs, to be used beside other questions."""
        return Remembered(query, self.of_query(query, True, {}), self)

    def _take(self, found: Remembered) -> Need:
        self.endless |= found.by.endless
        self.most = max(self.most, found.by.most)
        self.uncertain = self.uncertain or found.by.uncertain
        return found.need

    def _items(
        self,
        subject: Subject,
        inner: tuple[Query, str],
        positive: bool,
        items: Mapping[str, Element],
        single: bool,
        *,
        chosen: bool,
    ) -> Need:
        body, item = inner
        element, own = THE_ROOT, NOTHING
        # A choice may depend on every item bound so far: which of them the body speaks of is not looked at.
        roots: frozenset[Root] = frozenset().union(*(other.roots for other in items.values()))
        parts = subject.path.split(".") if subject.scopes else []
        for depth in range(len(parts)):
            path = ".".join(parts[: depth + 1])
            if chosen:
                own = add([own, choice(path, roots, 1)])
                element = Element(roots, element)
            else:
                element, single = Element(frozenset({self.root(path)}), element, free=True), False
        return add([own, self.of_query(body, positive, {**items, item: element}, single)])

    # --- totals -------------------------------------------------------------------------------------------------

    def bounds(self, query: Query, bounded: int = 1, beside: Remembered | None = None) -> Bounds:
        """The bound of each list that the question needs items of; at least `bounded` where there is none.

        `beside` is another question that has to hold as well, of each snapshot that the question speaks of.
        """
        need = self.of_query(query, True, {})
        if beside is not None:
            need = add([need, *[self._take(beside)] * (1 + len(self.others))])
        paths = sorted({*need.once, *(each.path for each in need.each), *self.endless})
        totals = Totals(need, {})
        for path in paths:
            totals.size(path)
        open_ = frozenset(self.endless | totals.endless)
        if open_:
            totals = Totals(need, dict.fromkeys(open_, bounded))
        return Bounds({path: totals.size(path) for path in paths}, open_)
