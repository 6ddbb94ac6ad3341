"""A baseline: findings that are known, so that they block nothing, and that stay visible.

A finding is known by its organization, its policy and its item, never by a line or a place in a list.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from validator.logic.frozen import Frozen
from validator.logic.problem import Span

SCHEMA = "sverka.baseline/1"
Known = Literal["violation", "unknown"]


class Key(NamedTuple):
    """Whose finding, by which policy, on which item (see `journeys/baseline.py` for how an item is named)."""

    organization: str
    policy: str
    item: str


class Entry(Frozen, frozen=True):
    """So many findings that are known; `span` is the place of the entry in its file.

    A known violation also covers an unknown in its place: whether it is still there can't be told.
    """

    key: Key
    verdict: Known
    number: int
    span: Span

    def covers(self, verdict: Known) -> bool:
        """Whether a finding of that gravity is none that is new."""
        return self.verdict == "violation" or verdict == "unknown"


class Baseline(Frozen, frozen=True):
    """The entries of a file, each key once; `digest` is that of its bytes."""

    file: str
    digest: str
    entries: Mapping[Key, Entry]
