"""What an explanation is made of: lines with a depth, the words for answers."""

from __future__ import annotations

from typing import NamedTuple

from validator.logic.text import Text
from validator.logic.truth import Truth

TRUTHS = {
    Truth.TRUE: Text("да", "yes"),
    Truth.FALSE: Text("нет", "no"),
    Truth.UNKNOWN: Text("неизвестно", "unknown"),
}


class Line(NamedTuple):
    """A line of an explanation and how deep it is indented; a heading stands out."""

    depth: int
    text: Text
    heading: bool = False


def head(ru: str, en: str, depth: int = 0) -> Line:
    """A heading."""
    return Line(depth, Text(ru, en), heading=True)
