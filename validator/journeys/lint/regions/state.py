"""The box of facts that is still possible while a question is being answered."""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple, assert_never

from validator.journeys.lint.regions.differences import ZERO, Differences, Least, Node
from validator.journeys.lint.regions.goals import (
    ANY_WORD,
    ORGANIZATION,
    AtMost,
    Bound,
    Env,
    Goal,
    Guess,
    Holds,
    Item,
    Judged,
    Key,
    Narrow,
    Number,
    Opaque,
    Plain,
    Total,
    Within,
    Words,
)
from validator.logic.expr import Condition
from validator.logic.shape import FieldShape, Kind, Limit
from validator.snapshots.integrity import DAYS_IN_ORDER

AS_OF: Node = "as_of"
JUDGED: Node = "judged"
PUBLIC_SHARE = "public_share"
_MONTH = 30  # a month is judged on its last day, at most so many days after its first


class ForEach(NamedTuple):
    """What must be so of every item of a list."""

    body: Condition
    truth: bool
    bind: str
    env: Env


class _SetBox(NamedTuple):
    """A set holds what is `inside`, nothing of what is `outside`, nothing but what is `within` (None: no limit)."""

    inside: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()
    within: frozenset[str] | None = None

    @property
    def none(self) -> bool:
        return bool(self.inside & self.outside) or (self.within is not None and not self.inside <= self.within)


class State:
    """What is still possible. `guess` says why a demand was left out, "" when none was."""

    __slots__ = (
        *("caps", "days", "each", "guess", "items", "judged", "later", "opaque", "sets", "summed", "targets"),
        *("taking", "words"),
    )

    def __init__(self) -> None:
        self.words: dict[Key, Words] = {}
        self.days = Differences()
        self.sets: dict[Key, _SetBox] = {}
        self.items: dict[Key, tuple[Item, ...]] = {}
        self.each: dict[Key, tuple[ForEach, ...]] = {}
        self.targets: dict[Key, Item] = {}
        self.opaque: dict[Hashable, bool] = {}
        self.later: dict[Node, tuple[Bound, ...]] = {}
        self.taking: frozenset[Node] = frozenset({ZERO, AS_OF})  # the numbers and days that take part
        self.summed: frozenset[Key] = frozenset()
        self.caps: tuple[AtMost, ...] = ()
        self.judged = False
        self.guess = ""

    def copy(self) -> State:
        """The same box, free to be narrowed."""
        found = State.__new__(State)
        found.words, found.sets, found.days = dict(self.words), dict(self.sets), self.days.copy()
        found.items, found.each, found.targets = dict(self.items), dict(self.each), dict(self.targets)
        found.opaque, found.later = dict(self.opaque), dict(self.later)
        found.taking, found.summed, found.caps = self.taking, self.summed, self.caps
        found.judged, found.guess = self.judged, self.guess
        return found

    @property
    def size(self) -> int:
        """How many items there are in all lists."""
        return sum(map(len, self.items.values()))

    def doubt(self) -> str:
        """Why what is left need not be possible, "" when it surely is."""
        crowded = any(len(self.items.get(cap.items, ())) > cap.most for cap in self.caps)
        return self.guess or ("count" if crowded else "")

    # --- narrowing --------------------------------------------------------------------------------------------

    def allows(self, goal: Goal) -> bool:
        """Whether a plain demand can still be met by itself; True of what is no plain demand."""
        match goal:
            case Narrow(key, words):
                return not self.words.get(key, ANY_WORD).both(words).none
            case Bound(one, other, most):
                return self.days.allows(one, other, most)
            case Holds() | Within():
                return not self._boxed(goal).none
            case Opaque(what, truth):
                return self.opaque.get(what, truth) is truth
            case _:
                return True

    def take(self, goal: Plain) -> bool:
        """Narrow the box by a plain demand; False when nothing is left."""
        match goal:
            case Narrow(key, words):
                left = self.words[key] = self.words.get(key, ANY_WORD).both(words)
                return not left.none
            case Bound(one, other, most):
                return self.days.add(one, other, most)
            case Holds() | Within():
                box = self.sets[goal.key] = self._boxed(goal)
                return not box.none
            case Opaque(what, truth, why):
                self.guess = self.guess or why or ""
                return self.opaque.setdefault(what, truth) is truth
            case Guess(why):
                self.guess = self.guess or why
            case AtMost():
                self.caps = (*self.caps, goal)
            case Number(key, shape):
                return key in self.taking or self._number(key, shape)
            case Total(node, terms):
                return node in self.taking or self._total(node, terms)
            case Judged():
                self.judged = True
            case _:
                assert_never(goal)
        return True

    def _boxed(self, goal: Holds | Within) -> _SetBox:
        box = self.sets.get(goal.key, _SetBox())
        if isinstance(goal, Within):
            return box._replace(within=goal.words if box.within is None else box.within & goal.words)
        if goal.truth:
            return box._replace(inside=box.inside | goal.words)
        return box._replace(outside=box.outside | goal.words)

    # --- what the schema and the calendar say of numbers and days -----------------------------------------------

    def _number(self, key: Key, shape: FieldShape) -> bool:
        item, path = key
        bounds = [*_ends(key, shape)]
        if shape.kind.is_day and not shape.future:
            bounds.append(Bound(key, AS_OF, Least(_MONTH if shape.kind is Kind.MONTH else 0)))
        for limit, lower in ((shape.at_least, True), (shape.at_most, False)):
            if limit is not None and limit.sibling is not None:
                other: Key = (item, (*path[:-1], limit.sibling))
                bounds.append(Bound(other, key, Least(0)) if lower else Bound(key, other, Least(0)))
        for earlier, later in DAYS_IN_ORDER:
            if path[-1] == later:
                bounds.append(Bound((item, (*path[:-1], earlier)), key, Least(0)))
        if key in self.summed or self._beside_a_share(key):
            self.guess = self.guess or "sum"
        self.taking |= {key}
        return all(self._when_both(bound) for bound in (*self.later.pop(key, ()), *bounds))

    def _beside_a_share(self, node: Node) -> bool:
        """Whether a number is a public share, or a sum of some, and not the only one: together they are a whole."""
        return _is_share(node) and any(_is_share(other) for other in self.taking - {node})

    def _when_both(self, bound: Bound) -> bool:
        """Demand a bound; one against a field that takes no part waits until it does."""
        for node in (bound.one, bound.other):
            if node not in self.taking:
                self.later[node] = (*self.later.get(node, ()), bound)
                return True
        return self.days.add(*bound)

    def _total(self, node: Node, terms: tuple[tuple[Key, FieldShape], ...]) -> bool:
        keys = frozenset(key for key, _ in terms)
        if keys & self.summed or not keys.isdisjoint(self.taking) or self._beside_a_share(node):
            self.guess = self.guess or "sum"
        self.summed |= keys
        lows = [_number_of(shape.at_least, shape.min_value) for _, shape in terms]
        highs = [_number_of(shape.at_most, shape.max_value) for _, shape in terms]
        self.taking |= {node}
        fits = True
        if None not in lows:
            fits = self.days.add(ZERO, node, Least(-sum(low for low in lows if low is not None)))
        if fits and None not in highs:
            fits = self.days.add(node, ZERO, Least(sum(high for high in highs if high is not None)))
        return fits


def _is_share(node: Node) -> bool:
    match node:
        case "sum", tuple() as keys:
            return any(_is_share(key) for key in keys)
        case ORGANIZATION.name, (path, *_):
            return bool(path == PUBLIC_SHARE)
        case _:
            return False


def _ends(key: Key, shape: FieldShape) -> list[Bound]:
    found = [Bound(ZERO, key, Least(-low)) for low in _numbers(shape.at_least, shape.min_value)]
    return found + [Bound(key, ZERO, Least(high)) for high in _numbers(shape.at_most, shape.max_value)]


def _numbers(limit: Limit | None, value: int | None) -> list[int]:
    return [number for number in (limit.number if limit else None, value) if number is not None]


def _number_of(limit: Limit | None, value: int | None) -> int | None:
    return next(iter(_numbers(limit, value)), None)


def organization_field(*path: str) -> Key:
    """The key of a field of the organization."""
    return (ORGANIZATION.name, path)
