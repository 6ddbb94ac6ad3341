"""A report within the limits of its reader: what does not fit is left out, lightest first, and told."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from validator.logic.text import Text


class Fitted(NamedTuple):
    """The text, and what was left out of it; None when nothing was."""

    text: str
    left_out: Text | None


def bytes_of(text: str) -> int:
    """The size of a text in a file."""
    return len(text.encode("utf-8", "replace"))


def as_many_as_fit(
    number: int, limit: int, made: Callable[[int], str], size: Callable[[str], int] = bytes_of
) -> tuple[str, int]:
    """What `made` makes of the first items, as many of `number` as stay within `limit`; and how many these are.

    With none at all the text is what it is: it has to say that nothing fits.
    """
    while True:
        text = made(number)
        taken = size(text)
        if taken <= limit or not number:
            return text, number
        # A little less than in proportion, because items differ in size.
        number = min(number - 1, number * limit * 95 // (taken * 100))
