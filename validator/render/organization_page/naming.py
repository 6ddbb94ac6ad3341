"""Items of a snapshot as the page names them: by list and pseudonym, by number where there is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from validator.logic.report import PolicyEntry, Result
from validator.logic.text import Language
from validator.render.organization_page.words import ITEMS, OTHER_ITEM, Noun, line_text, more_text
from validator.render.words import say

ORGANIZATION = "organization"
_SHOWN = 20
_INDEX = re.compile(r"\[\d+\]")
_LAST = re.compile(r"(?P<before>.*?)(?P<list>[^.\[\]]+)\[(?P<index>\d+)\]")


class Folded(NamedTuple):
    """A list of which the first are shown; `more` heads the rest and is empty when there is none."""

    shown: tuple[str, ...]
    rest: tuple[str, ...]
    more: str


class Places(NamedTuple):
    """Items of one list: its name in words, how many, and their names. No items: the list itself."""

    label: str
    number: int
    items: Folded


class Naming:
    """Names of the items that the findings of one organization are about."""

    def __init__(self, findings: Iterable[Result], policies: Mapping[str, PolicyEntry], language: Language) -> None:
        self.language = language
        self.policies = policies
        self._refs: dict[str, str] = {}
        lines: set[int] = set()
        for found in findings:
            lines.add(found["location"]["line"])
            if found["ref"]:
                self._refs[found["subject"]] = found["ref"]
        # A snapshot that stands on one line has nothing to look up in it.
        self._lined = len(lines) > 1

    def places(
        self, subjects: Iterable[str], lines: Mapping[str, int] = MappingProxyType({}), shown: int = _SHOWN
    ) -> list[Places]:
        """Where something was found, one entry per list, in the order of their coming; each subject once.

        The organization itself is no place. `lines` are those of the snapshot where the records stand, by subject.
        """
        by_list: dict[str, list[str]] = {}
        for subject in dict.fromkeys(subjects):
            by_list.setdefault(general(subject), []).append(subject)
        by_list.pop(ORGANIZATION, None)
        told = lines if self._lined else {}
        return [self._place(name, subjects, told, shown) for name, subjects in by_list.items()]

    def folded(self, names: Sequence[str], shown: int = _SHOWN) -> Folded:
        """The first names, and the rest folded. A rest of one or two is shown, too: it takes no more room."""
        if len(names) <= shown + 2:
            return Folded(tuple(names), (), "")
        rest = len(names) - shown
        return Folded(tuple(names[:shown]), tuple(names[shown:]), more_text(rest, self.language))

    def item(self, subject: str) -> str:
        """An item of a list: its pseudonym, or its number in the list, and whose list it is."""
        if ref := self._refs.get(subject):
            return ref
        if not (found := _LAST.fullmatch(subject)):
            return subject
        name = f"№ {int(found['index']) + 1}"
        owner = found["before"].rstrip(".")
        if not owner.endswith("]"):
            return name
        return f"{name} ({self._noun(owner, many=False)} {self.item(owner)})"

    def why_chosen(self, policy: str) -> str:
        """The ground of the reading that verdicts of a policy are by; empty where the results do not tell."""
        entry = self.policies.get(policy)
        found = [say(one["title"], self.language) for one in entry["readings"] if one["chosen"]] if entry else []
        return found[0] if found else ""

    def title(self, path: str) -> str:
        """The name of the list that a path ends with, beginning with a capital letter."""
        return self._noun(path, many=True)

    def _place(self, name: str, subjects: list[str], lines: Mapping[str, int], shown: int) -> Places:
        label = self._noun(name, many=True)
        if not name.endswith("]"):
            return Places(label, 0, Folded((), (), ""))
        return Places(label, len(subjects), self.folded([self._at(subject, lines) for subject in subjects], shown))

    def _at(self, subject: str, lines: Mapping[str, int]) -> str:
        name = self.item(subject)
        return f"{name} ({line_text(lines[subject], self.language)})" if subject in lines else name

    def _noun(self, path: str, *, many: bool) -> str:
        noun: Noun = ITEMS.get(path.rpartition(".")[2].partition("[")[0], OTHER_ITEM)
        return say(noun.many if many else noun.one, self.language)


def item_of(path: str) -> str:
    """The innermost item of a list that a path leads into; the organization where there is none."""
    end = path.rfind("]")
    return path[: end + 1] if end >= 0 else ORGANIZATION


def general(path: str) -> str:
    """A path without the numbers of items: `chats[].ranks[].rank`."""
    return _INDEX.sub("[]", path)
