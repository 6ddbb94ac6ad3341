"""The source of every choice: Hypothesis, which shrinks, or a seed, which is fast."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


class Chooser:
    """The source of every choice: `below(n)` gives a number from 0 to n - 1, the simplest being 0."""

    def __init__(self, below: Callable[[int], int]) -> None:
        self.below = below

    def one(self, options: Sequence[T]) -> T:
        """One of the options; the first is the simplest."""
        return options[self.below(len(options))]

    def chance(self, percent: int) -> bool:
        """True so many times in a hundred; False is the simpler answer."""
        return self.below(100) >= 100 - percent

    def some(self, options: Sequence[T], most: int = 3) -> list[T]:
        """A few different options in their order, perhaps none."""
        found = [option for option in options if self.chance(40)]
        return found[:most]


def seeded(seed: int) -> Chooser:
    """A chooser that always makes the same choices for a seed."""
    return Chooser(Random(seed).randrange)


@st.composite
def choosers(draw: st.DrawFn) -> Chooser:
    """A chooser whose choices Hypothesis makes, records and shrinks."""
    return Chooser(lambda n: 0 if n == 1 else draw(st.integers(0, n - 1)))
