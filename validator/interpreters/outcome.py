"""What the reference evaluator found: the truth of every condition, with what was observed.

An outcome tree has the shape of its condition, a quantifier one part per item. It is what `missing`, evidence
and `explain` are told from.
"""

from __future__ import annotations

from typing import NamedTuple

from validator.logic.expr import Condition
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


class Outcome:
    """The truth of one condition.

    `parts` are the outcomes of what is inside it; `item` is the path of the list item that a part is about.
    A leaf that is unknown says in `to_true` and `to_false` which missing facts could make it so; a quantifier
    or count over an incomplete list has `open_list`, a count against a known number has it in `limit`.
    """

    __slots__ = ("condition", "item", "limit", "observed", "open_list", "parts", "to_false", "to_true", "truth")

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
        limit: Interval | None = None,
        item: str = "",
    ) -> None:
        self.condition = condition
        self.truth = truth
        self.parts = parts
        self.observed = observed
        self.to_true = to_true
        self.to_false = to_false
        self.open_list = open_list
        self.limit = limit
        self.item = item
