"""What codes of organizations are called."""

from __future__ import annotations

from validator.logic.named_tuple import NamedTuple
from validator.logic.report import Names
from validator.logic.text import Language
from validator.render.words import say


class Codes(NamedTuple):
    """The names that come with the results; a code that has none stands for itself."""

    names: Names
    language: Language

    def region(self, code: str) -> str:
        """The code of a federal subject with its name: `78 Санкт-Петербург`."""
        title = self.names["regions"].get(code)
        return code if title is None else f"{code} {say(title, self.language)}"

    def kind(self, code: str) -> str:
        """The kind of an organization in words."""
        title = self.names["kinds"].get(code)
        return code if title is None else say(title, self.language)
