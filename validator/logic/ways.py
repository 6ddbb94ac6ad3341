"""Ways to settle a question: which missing facts, given together, could make an unknown answer definite.

A *way* is a set of gaps; the ways of a question are alternatives. Only minimal ways are kept, smallest first,
then in schema order. Conditions of everyday size are treated exactly; beyond `BEAM` alternatives the largest
ones are dropped, which never loses the smallest way of a single list of alternatives.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import Span

Cause = Literal["absent", "list_incomplete", "stale", "register_gap", "parameter_gap", "undecided"]
BEAM = 64


class Gap(NamedTuple):
    """A fact that is missing, and why. `order` is its place in the schema, for sorting."""

    order: tuple[int, ...]
    path: str
    cause: Cause
    span: Span


Way = frozenset[Gap]
Ways = tuple[Way, ...]

SETTLED: Ways = (frozenset(),)
IMPOSSIBLE: Ways = ()


def _rank(way: Way) -> tuple[int, list[Gap]]:
    return (len(way), sorted(way))


def minimal(ways: Iterable[Way]) -> Ways:
    """The alternatives none of which contains another, smallest first."""
    kept: list[Way] = []
    for way in sorted(set(ways), key=_rank):
        if not any(smaller <= way for smaller in kept):
            kept.append(way)
            if len(kept) == BEAM:
                break
    return tuple(kept)


def either(alternatives: Iterable[Ways]) -> Ways:
    """The ways of a question that any one of several answers settles."""
    return minimal(way for ways in alternatives for way in ways)


def together(parts: Iterable[Ways]) -> Ways:
    """The ways of a question that takes all of several answers."""
    result: Ways = SETTLED
    for ways in parts:
        if ways == SETTLED:
            continue
        result = minimal(left | right for left in result for right in ways)
    return result
