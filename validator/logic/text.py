"""Text in the two languages of the product; no text reaches a user in one language only."""

from __future__ import annotations

from typing import Literal

from validator.logic.named_tuple import NamedTuple

Language = Literal["ru", "en"]


class Text(NamedTuple):
    """The same sentence in Russian and in English."""

    ru: str
    en: str

    def in_language(self, language: Language) -> str:
        """The sentence in `language`."""
        return self.ru if language == "ru" else self.en


def plural_ru(number: int, one: str, few: str, many: str) -> str:
    """The Russian form of a noun that goes with `number`: 1 школа, 2 школы, 5 школ."""
    tail = abs(number) % 100
    if 11 <= tail <= 14:
        return many
    match tail % 10:
        case 1:
            return one
        case 2 | 3 | 4:
            return few
        case _:
            return many
