"""How figures of a roll-up are told: numbers in groups, shares, what is hidden."""

from __future__ import annotations

from validator.logic.batch import Mark
from validator.logic.text import Language, Text
from validator.render.words import say

WITHHELD = Text("скрыто", "hidden")


def number_text(number: int) -> str:
    """A number in groups of three: `61 295`."""
    return f"{number:,}".replace(",", " ")


def percent_text(percent: float | None, language: Language) -> str:
    """A share in percent; `-` where there is none."""
    if percent is None:
        return "-"
    return f"{percent:.1f}".replace(".", ",") if language == "ru" else f"{percent:.1f}"


def person_text(number: int | None, mark: Mark | None, threshold: int, language: Language) -> str:
    """A number of persons, or what stands for a hidden one: `<5`, or a word."""
    if number is not None:
        return number_text(number)
    return f"<{threshold}" if mark == "below" else say(WITHHELD, language)


def cut(text: str, width: int) -> str:
    """The text in so many columns; one that is too long ends with dots."""
    return text if len(text) <= width else text[: width - 3] + "..."
