"""What the reference evaluator found: the truth of every condition, with what was observed.

An outcome tree has the shape of its condition, a quantifier one part per item. It is what `missing`, evidence
and `explain` are told from.
"""

from __future__ import annotations

from validator.logic.expr import Condition
from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import Span
from validator.logic.shape import FieldShape
from validator.logic.truth import Truth
from validator.logic.values import Interval, Value
from validator.logic.ways import Gap, Ways


class Observed(NamedTuple):
    """A fact that was read: its place in the snapshot, its value as written, where it stands, what it is.

    Of a list the value is the number of its items, and `typed` is None.
    """

    path: str
    value: str
    span: Span
    shape: FieldShape
    typed: Value | None = None


class StandIn(NamedTuple):
    """A missing fact that narrows the interval of another missing one (`instead`) as far as to `narrowed`."""

    gap: Gap
    instead: Gap
    narrowed: Interval


class Counted:
    """One side of a comparison of numbers that has a count or a share in it.

    A count has `parts`, one per item, and `open_list` where the list may be incomplete; a share has the two
    `sides` it is taken of; anything else has its known `base` and the `gaps` that add to it, of which nothing
    follows until the `loose` ones are given. `interval` is None where nothing follows.
    """

    __slots__ = ("base", "gaps", "interval", "loose", "observed", "open_list", "parts", "sides", "stand_ins")

    def __init__(
        self,
        interval: Interval | None,
        *,
        parts: tuple[Outcome, ...] = (),
        observed: tuple[Observed, ...] = (),
        open_list: Gap | None = None,
        sides: tuple[Counted, Counted] | None = None,
        base: Interval | None = None,
        gaps: tuple[tuple[Gap, Interval], ...] = (),
        loose: frozenset[Gap] = frozenset(),
        stand_ins: tuple[StandIn, ...] = (),
    ) -> None:
        self.interval = interval
        self.parts = parts
        self.observed = observed
        self.open_list = open_list
        self.sides = sides
        self.base = base
        self.gaps = gaps
        self.loose = loose
        self.stand_ins = stand_ins


class Outcome:
    """The truth of one condition.

    `parts` are the outcomes of what is inside it; `item` is the path of the list item that a part is about.
    A leaf that is unknown says in `to_true` and `to_false` which missing facts could make it so; a quantifier
    over an incomplete list has `open_list`; a comparison of counts or shares has its two `sides`.
    """

    __slots__ = ("condition", "item", "observed", "open_list", "parts", "sides", "to_false", "to_true", "truth")

    def __init__(
        self,
        condition: Condition,
        truth: Truth,
        *,
        parts: tuple[Outcome, ...] = (),
        observed: tuple[Observed, ...] = (),
        to_true: Ways = (),
        to_false: Ways = (),
        open_list: Gap | None = None,
        sides: tuple[Counted, Counted] | None = None,
        item: str = "",
    ) -> None:
        self.condition = condition
        self.truth = truth
        self.parts = parts
        self.observed = observed
        self.to_true = to_true
        self.to_false = to_false
        self.open_list = open_list
        self.sides = sides
        self.item = item
