"""Numbers and days that are bounded by one another: `one - other <= bound`, kept closed under addition."""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

Node = Hashable
ZERO: Node = "0"


class Least(NamedTuple):
    """An upper end: the number itself, or with `below` -1 or less anything less than it."""

    number: int | Fraction
    below: int = 0


_NOUGHT = Least(0)


def end(number: int | Fraction, *, strict: bool, whole: bool) -> Least:
    """The upper end `<= number`, or `< number` where it is `strict`; between whole numbers, a whole one."""
    if not whole:
        return Least(number, -1 if strict else 0)
    return Least(ceil(number) - 1 if strict else floor(number))


class Differences:
    """Upper ends of differences. Exact for whole and for real unknowns, not for both in one difference."""

    __slots__ = ("ends",)

    def __init__(self, ends: dict[Node, dict[Node, Least]] | None = None) -> None:
        self.ends: dict[Node, dict[Node, Least]] = {ZERO: {}} if ends is None else ends

    def copy(self) -> Differences:
        """The same bounds, free to be changed."""
        return Differences({node: dict(row) for node, row in self.ends.items()})

    def __contains__(self, node: object) -> bool:
        return node in self.ends

    def _least(self, one: Node, other: Node) -> Least | None:
        return _NOUGHT if one == other else self.ends.get(one, {}).get(other)

    def allows(self, one: Node, other: Node, most: Least) -> bool:
        """Whether `one - other <= most` can still hold."""
        back = self._least(other, one)
        return back is None or _plus(back, most) >= _NOUGHT

    def add(self, one: Node, other: Node, most: Least) -> bool:
        """Demand `one - other <= most`; False when nothing is left that meets every demand."""
        known = self._least(one, other)
        if known is not None and known <= most:
            return True
        if not self.allows(one, other, most):
            return False
        self.ends.setdefault(one, {})
        self.ends.setdefault(other, {})
        before = [(node, least) for node in self.ends if (least := self._least(node, one)) is not None]
        after = [(node, least) for node in self.ends if (least := self._least(other, node)) is not None]
        for first, to_one in before:
            row, reached = self.ends[first], _plus(to_one, most)
            for last, from_other in after:
                total = _plus(reached, from_other)
                if first != last and (last not in row or total < row[last]):
                    row[last] = total
        return True


def _plus(one: Least, other: Least) -> Least:
    return Least(one.number + other.number, one.below + other.below)
