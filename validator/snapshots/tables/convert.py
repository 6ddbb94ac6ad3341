"""From the cells of one column to values spelled as JSON, each different cell once.

Nothing is guessed: what has two meanings is refused, with what to write instead (`kinds`). Every value is then
checked as snapshots are.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from validator.language.names import ReferenceNames
from validator.language.nodes import Scalar, Sequence
from validator.logic.shape import Kind
from validator.logic.text import Text
from validator.snapshots.tables.grid import Cell
from validator.snapshots.tables.kinds import LENGTHS, READERS, words_of
from validator.snapshots.tables.mapping import Column
from validator.snapshots.tables.words import SPECIAL, UNKNOWN, UNKNOWNS, folded, levelled, spelled
from validator.snapshots.values import RefusalError, read_value

_ERRORS: Final = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#Н/Д", "#ССЫЛКА!", "#ЗНАЧ!")
_FORMULA: Final = Text("вместо значения ошибка формулы", "an error of a formula stands in place of a value")
_SHORT_TEXT: Final = 256


class Pseudonyms:
    """Numbers for texts that are no pseudonyms: the same text of the same list always has the same one."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], str] = {}
        self._last: dict[str, int] = {}

    def of(self, text: str, prefix: str) -> str:
        """The pseudonym of a text."""
        key = (prefix, folded(text))
        if key not in self._known:
            self._last[prefix] = self._last.get(prefix, 0) + 1
            self._known[key] = f"{prefix}{self._last[prefix]}"
        return self._known[key]


class Converter(dict[Cell, str | None]):
    """The values of the cells of a column: JSON, "" for an empty cell, None for one that is refused.

    The key of a fact stands before its value (`"kind":"school"`) unless `bare`. `refusals` says why a cell is
    refused. Only cells of one type may be looked up in one converter: `1` and `true` are the same key.
    """

    def __init__(
        self,
        column: Column,
        names: ReferenceNames,
        pseudonyms: Pseudonyms,
        *,
        restore_zeros: bool = False,
        date1904: bool = False,
        with_plus: bool = False,
        bare: bool = False,
    ) -> None:
        super().__init__()
        self.refusals: dict[Cell, RefusalError] = {}
        self.restored = 0
        self.column = column
        self.shape = column.place.shape
        self.pseudonyms = pseudonyms
        self.restore_zeros = restore_zeros
        self.date1904 = date1904
        self.with_plus = with_plus
        self.names = names
        self._before = "" if bare else f"{spelled(self.shape.name)}:"
        self._specials = {word: special for special in self.shape.special for word in SPECIAL[special]}
        self._read: Callable[[Cell], str] = partial(READERS[self.shape.kind], self)
        self.enum_words = words_of(self.shape)
        self._any_text = (
            self.shape.kind is Kind.TEXT
            and not self.shape.pattern.strip("\\S")
            and self.shape.max_length >= _SHORT_TEXT
        )
        # Nothing longer is a word, spaces and all.
        self._longest = max(map(len, (*UNKNOWNS, *self._specials, *column.words)), default=0) + 8
        self._lengths = LENGTHS.get(column.place.path, ())

    def __missing__(self, cell: Cell) -> str | None:
        found: str | None
        if self._is_plain(cell):
            found = f'{self._before}"{cell}"'
        elif cell == "" or (isinstance(cell, str) and not levelled(cell)):
            found = ""
        else:
            try:
                found = self._before + self.value(cell)
            except RefusalError as refusal:
                self.refusals[cell] = refusal
                found = None
        self[cell] = found
        return found

    def _is_plain(self, cell: Cell) -> bool:
        """Whether a cell is surely an identifier as it stands."""
        return (
            type(cell) is str
            and len(cell) in self._lengths
            and cell.isdigit()
            and cell.isascii()
            and cell not in self.column.words
        )

    def value(self, cell: Cell) -> str:
        """The value of a cell that is not empty. Raises `RefusalError`."""
        if isinstance(cell, str) and len(cell) <= self._longest:
            word = folded(cell)
            if word in self.column.words:
                return self.column.words[word]
            if word in UNKNOWNS:
                return self._unknown()
            if word in self._specials:
                return spelled(self._specials[word])
            if cell.startswith("#") and cell in _ERRORS:
                raise RefusalError("cell-error", _FORMULA, Text("исправьте формулу", "mend the formula"))
        return self._read(cell)

    def _unknown(self) -> str:
        if self.shape.required:
            raise self.refused("required-cell", Text("это нужно знать обязательно", "this must be known"))
        return spelled(UNKNOWN)

    def refused(self, code: str, help_: Text) -> RefusalError:
        """A refusal that names the field."""
        title = self.shape.title
        return RefusalError(
            code,
            Text(f"«{title.ru}»: значение не прочитано", f"“{title.en}”: the value can't be read"),
            help_,
        )

    def checked(self, text: str) -> str:
        """A text that the reader of snapshots takes, as JSON. Raises `RefusalError`."""
        if not self._is_sure(text):
            read_value(_scalar(text), self.shape, self.names, None)
        return spelled(text)

    def _is_sure(self, text: str) -> bool:
        """Whether the reader surely takes a text: it is short, and its field asks for no other form."""
        return (self._any_text and len(text) < _SHORT_TEXT) or (
            text.isascii() and text.isdigit() and len(text) in self._lengths
        )

    def checked_set(self, texts: list[str]) -> str:
        """The same for a set."""
        node = Sequence(1, 1, 1, 1)
        node.items.extend(map(_scalar, texts))
        read_value(node, self.shape, self.names, None)
        return f"[{','.join(map(spelled, texts))}]"


def _scalar(text: str) -> Scalar:
    return Scalar(text, "string", 1, 1, 1, 1)
