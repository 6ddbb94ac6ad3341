"""Texts as numbers: every name that a snapshot or a policy can hold has a code.

Words of enumerations, regions, registered services and texts of policies have small codes. Above `STRANGE` stand
service names that no register knows, above `REFS` the pseudonyms of items, above `OTHERS` texts that no policy
mentions, one family of codes for each form a field may ask for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count, islice
from typing import NamedTuple

from validator.interpreters.smt.query import Setting
from validator.language.vocabulary import ROOT
from validator.logic.shape import FieldShape, Kind, RecordShape
from validator.logic.values import UnregisteredName
from validator.snapshots.build import REF_PREFIX
from validator.snapshots.integrity import inn_is_valid

STRANGE, MADE_UP, REFS, OTHERS = 100_000, 101_000, 200_000, 1_000_000
PER_LIST, PER_FAMILY = 1_000, 1_000_000
# So many different service names that no register knows can occur in one snapshot of the solver.
STRANGERS = 8


class Family(NamedTuple):
    """Texts of one form, as many as are wanted, none of them in a policy."""

    name: str
    number: int
    form: str

    @property
    def base(self) -> int:
        """The code of the first."""
        return OTHERS + self.number * PER_FAMILY

    @property
    def size(self) -> int:
        """How many of them can occur in one snapshot of the solver."""
        return 40 if self.name == "regions" else 200

    def texts(self) -> Iterator[str]:
        """The texts, in order."""
        if self.name == "words":
            yield from (f"text {n}" for n in count(1))
        elif self.name == "addresses":
            yield from (f"https://school.example/{n}" for n in count(1))
        elif self.name == "regions":
            yield from (f"{n:02}" for n in range(1, 100))
        else:
            digits = int(self.form)
            control = {10: 1, 12: 2}.get(digits, 0)  # so many last digits of an INN follow from the others
            for n in count(78 * 10 ** (digits - 2 - control)):
                ends = (f"{end:0{control}}" if control else "" for end in range(10**control))
                yield next(f"{n}{end}" for end in ends if not control or inn_is_valid(f"{n}{end}"))


_FORMS = (
    ("words", ""),
    ("addresses", ""),
    ("regions", ""),
    *((f"digits {n}", str(n)) for n in (8, 10, 11, 12, 13, 15)),
)
FAMILIES = tuple(Family(name, number, form) for number, (name, form) in enumerate(_FORMS))


class Codes:
    """The codes of one setting. Codes of texts that come up later depend on the order; nothing shown does."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self._codes: dict[str, int] = {}
        self._texts: list[str] = []
        self._strange: dict[str, int] = {}
        self._free_texts: dict[tuple[int, int], list[str]] = {}
        self._matching: dict[tuple[str, int, bool, str], bool] = {}
        self.lists = {name: number for number, name in enumerate(setting.vocabulary.lists)}
        for word in _words(setting.vocabulary.document):
            self.of(word)
        self.regions = [self.of(code) for code in sorted(setting.names.regions)]
        self.services = [self.of(name) for name in sorted(set(setting.names.services.values()))]

    @property
    def known(self) -> int:
        """How many ordinary texts have a code."""
        return len(self._texts)

    def of(self, text: str) -> int:
        """The code of a text."""
        found = self._codes.get(text)
        if found is None:
            found = self._codes[text] = len(self._texts)
            self._texts.append(text)
        return found

    def of_service(self, text: str) -> int:
        """The code of a service name in a policy."""
        if not isinstance(self.setting.names.service(text), UnregisteredName):
            return self.of(text)
        return self._strange.setdefault(text, STRANGE + len(self._strange))

    @property
    def strangers(self) -> list[int]:
        """Names that no register knows and that policies mention, and those that nobody mentions."""
        return [*self._strange.values(), *range(MADE_UP, MADE_UP + STRANGERS)]

    def of_item(self, path: str, index: int) -> int:
        """The code of the pseudonym of the item at an index of a top-level list."""
        return REFS + self.lists[path] * PER_LIST + index

    def text(self, code: int) -> str:
        """The text of a code."""
        if code >= OTHERS:
            family = FAMILIES[(code - OTHERS) // PER_FAMILY]
            return self._free(family.base, family.texts, code - family.base)
        if code >= REFS:
            number, index = divmod(code - REFS, PER_LIST)
            return f"{ref_prefix(self.setting.vocabulary.lists[list(self.lists)[number]])}{index + 1}"
        if code >= MADE_UP:
            return self._free(MADE_UP, self._unregistered, code - MADE_UP)
        if code >= STRANGE:
            return list(self._strange)[code - STRANGE]
        return self._texts[code]

    def value(self, code: int) -> str:
        """The text as the reader of snapshots gives it."""
        text = self.text(code)
        return UnregisteredName(text) if STRANGE <= code < REFS else text

    def _unregistered(self) -> Iterator[str]:
        names = (f"unregistered-{n}" for n in count(1))
        return (name for name in names if isinstance(self.setting.names.service(name), UnregisteredName))

    def _free(self, base: int, texts: Callable[[], Iterator[str]], index: int) -> str:
        """One of the texts of a family that nobody mentions."""
        key = base, self.known + len(self._strange)
        found = self._free_texts.get(key, [])
        if index >= len(found):
            free = (text for text in texts() if text not in self._codes and text not in self._strange)
            found = self._free_texts[key] = list(islice(free, index + 10))
        return found[index]

    def known_code(self, text: str) -> int | None:
        """The code of a text that somebody mentions."""
        return self._codes.get(text)

    def words(self, shape: FieldShape) -> list[int]:
        """The codes of the words of an enumeration that count as known, in the order of the schema."""
        return [self.of(word) for word in shape.values if word not in shape.unknown_values]

    def admits(self, shape: FieldShape, text: str) -> bool:
        """Whether a field can hold a text, by its form."""
        key = (shape.pattern, shape.max_length, shape.name == "inn", text)
        found = self._matching.get(key)
        if found is None:
            pattern = shape.pattern
            pattern += r"\Z" if pattern.endswith("$") else ""  # `$` alone would let a last line break pass
            found = bool(text.strip()) and not (shape.max_length and len(text) > shape.max_length)
            found = found and (not pattern or re.search(pattern, text) is not None)
            found = found and (shape.name != "inn" or (text.isdigit() and inn_is_valid(text)))
            self._matching[key] = found
        return found

    def families(self, shape: FieldShape) -> list[Family]:
        """The forms of text that a field can hold; a field without a form of its own takes any of them."""
        return [family for family in FAMILIES if self.admits(shape, next(family.texts()))]


def ref_prefix(items: FieldShape) -> str:
    """What pseudonyms of the items of a list begin with."""
    assert items.record is not None
    identity = next((field for field in items.record.fields.values() if field.identity), None)
    if identity is not None and identity.pattern[2:3] == "_":
        return identity.pattern[1:3]
    return f"{REF_PREFIX.get(items.name, 'x')}_"


def _words(record: RecordShape) -> Iterator[str]:
    for shape in record.fields.values():
        yield from shape.values
        if shape.kind is Kind.REF or shape.item is Kind.REF:
            yield from shape.special
        if shape.record is not None:
            yield from _words(shape.record)


__all__ = ["FAMILIES", "MADE_UP", "OTHERS", "REFS", "ROOT", "STRANGE", "Codes", "Family", "ref_prefix"]
