"""What a question demands: conditions with the truth they must have, and the plain demands these come to."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import NamedTuple

from validator.journeys.lint.regions.differences import Least, Node
from validator.logic.expr import Condition
from validator.logic.shape import FieldShape
from validator.logic.values import Value


class Item(NamedTuple):
    """A record that a question speaks of: the organization, what is judged, or some item of a list.

    `parent` is the enclosing item of an item of a nested list.
    """

    name: str
    parent: Item | None = None


Env = Mapping[str, Item]
Key = tuple[str, tuple[str, ...]]  # the item a field belongs to, and the path of the field in it
ORGANIZATION = Item("organization")


class Words(NamedTuple):
    """The values that a name or truth value may have: those told, or all others."""

    inside: bool
    values: frozenset[Value]

    def both(self, other: Words) -> Words:
        """What either leaves possible."""
        match self.inside, other.inside:
            case True, True:
                return Words(True, self.values & other.values)
            case True, False:
                return Words(True, self.values - other.values)
            case False, True:
                return Words(True, other.values - self.values)
            case _:
                return Words(False, self.values | other.values)

    @property
    def none(self) -> bool:
        """Whether no value is left."""
        return self.inside and not self.values


ANY_WORD = Words(False, frozenset())


class Ask(NamedTuple):
    """A condition that must surely be true, or surely be false."""

    condition: Condition
    truth: bool
    env: Env


class Narrow(NamedTuple):
    """A field has one of these values."""

    key: Key
    words: Words


class Bound(NamedTuple):
    """`one - other` is at most `most`."""

    one: Node
    other: Node
    most: Least


class Holds(NamedTuple):
    """A set holds all of the words, or with `truth` false none of them."""

    key: Key
    words: frozenset[str]
    truth: bool


class Within(NamedTuple):
    """A set holds nothing but these words."""

    key: Key
    words: frozenset[str]


class Number(NamedTuple):
    """A number or day takes part: what the schema and the calendar say of it holds."""

    key: Key
    shape: FieldShape


class Total(NamedTuple):
    """A sum takes part: it lies between the sums of the ends of its terms."""

    node: Node
    terms: tuple[tuple[Key, FieldShape], ...]


class Judged(NamedTuple):
    """The judged day takes part."""


class Opaque(NamedTuple):
    """Something that is not looked into has one truth, the same wherever it stands; `why` None: that is all."""

    what: Hashable
    truth: bool
    why: str | None


class Guess(NamedTuple):
    """From here on a demand was left out: what is found possible need not be."""

    why: str


class AtMost(NamedTuple):
    """A list holds at most so many items of a sort."""

    items: Key
    most: int


class Point(NamedTuple):
    """A reference points to an item of a list, with `item` None to one that nothing else was said of yet."""

    key: Key
    where: Key
    item: Item | None


class Add(NamedTuple):
    """A list holds one more item, of which a condition has a truth."""

    where: Key
    bind: str
    body: Condition
    truth: bool
    env: Env


class Choice(NamedTuple):
    """One of the alternatives, each of which is a number of goals that must all be met."""

    ways: tuple[tuple[Goal, ...], ...]


Plain = Narrow | Bound | Holds | Within | Number | Total | Judged | Opaque | Guess | AtMost
Goal = Ask | Choice | Point | Add | Plain
Ways = tuple[tuple[Goal, ...], ...]


def one_of(ways: Ways) -> tuple[Goal, ...]:
    """The goals that demand one of the alternatives."""
    return ways[0] if len(ways) == 1 else (Choice(ways),)
