"""What codes of organizations are called, and which facts are about persons."""

from __future__ import annotations

from functools import cache

from validator.journeys.rollup.persons import is_about_persons
from validator.language.vocabulary import Vocabulary, read_vocabulary
from validator.logic.named_tuple import NamedTuple
from validator.logic.report import Names
from validator.logic.text import Language
from validator.render.words import say
from validator.resources import schema_bytes


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


@cache
def _vocabulary() -> Vocabulary:
    return read_vocabulary(schema_bytes("snapshot"))


def is_personal(path: str) -> bool:
    """Whether a fact belongs to a list that the snapshot schema marks as personal, or is that list.

    `path` as reports have it: `guardians[2].channels[0].kind`.
    """
    return _in_personal_list(".".join(part.partition("[")[0] for part in path.split(".")))


@cache
def _in_personal_list(path: str) -> bool:
    holder, lists = "", _vocabulary().lists
    for name in path.split("."):
        holder = f"{holder}.{name}" if holder else name
        if holder in lists and is_about_persons(holder, _vocabulary()):
            return True
    return False
