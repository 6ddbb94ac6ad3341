"""Reads one JSON document strictly and keeps the place of every key and value.

The standard library's reader keeps no places, takes the last of two equal keys, and recurses; this one walks
the text in one loop. Numbers stay text: no number is ever computed from a snapshot while it is read.
"""

from __future__ import annotations

import re
from functools import cache
from math import isinf
from typing import TYPE_CHECKING, Final, NoReturn

from validator.language.limits import SNAPSHOT_LIMITS, ReadLimits
from validator.language.nodes import Document, Mapping, Scalar, ScalarKind, Sequence
from validator.language.source_json_mistakes import Expected, misread, unexpected
from validator.language.source_problems import problem
from validator.language.source_text import decode, place
from validator.language.source_tree import TreeBuilder, one_place
from validator.logic.digest import sha256_of

if TYPE_CHECKING:
    from json.decoder import scanstring  # type: ignore[attr-defined]
else:
    try:  # the rest of `json` takes longer to load than a snapshot takes to read
        from _json import scanstring
    except ImportError:
        from json.decoder import scanstring

# Stands behind the text, where no forbidden character can be, and spares every test for the end.
_END: Final = "\0"
_SPACE: Final = re.compile(r"[ \t\r\n]*")
# Made where there are numbers and words; in many snapshots there are none.
_NUMBER: Final = r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?(?=[ \t\r\n,\]}\0])"
_WORD: Final = r"(true|false|null)(?![A-Za-z0-9_])"


_pattern = cache(re.compile)


def read_json(
    data: bytes,
    file: str,
    limits: ReadLimits = SNAPSHOT_LIMITS,
    *,
    first_line: int = 1,
    object_only: bool = True,
) -> Document:
    """The document in `data`; `file` only names it in messages, `first_line` is the number of its first line.

    Raises InputError with every mistake that could be told together, and nothing else.
    """
    text = decode(data, file, limits, first_line)
    root = _JsonReader(text, file, limits, first_line).read().finish(object_only)
    return Document(file, root, sha256_of(data), len(data))


def _scanned(text: str, start: int) -> tuple[str, int]:
    """The text of a JSON string and where it ends. Raises ValueError for one that is none."""
    found: tuple[str, int]
    try:
        found = scanstring(text, start, True)
    except SystemError:  # before Python 3.12 it can say what is wrong only where `json` is loaded
        import json.decoder  # noqa: F401, PLC0415

        found = scanstring(text, start, True)
    return found


class _JsonReader:
    """Walks one text; a method takes the position where it starts and returns the one where the next does."""

    def __init__(self, text: str, file: str, limits: ReadLimits, first_line: int) -> None:
        self._text = text + _END
        self._file = file
        self._limits = limits
        self._first_line = first_line
        self._tree = TreeBuilder(file, limits)
        # A text of so many characters may be too long in bytes; a shorter one can't be.
        self._long = limits.string_bytes // 4
        self._line = first_line
        self._line_start = 0
        self._beyond = len(self._text)
        self._next_line = self._text.find("\n") + 1 or self._beyond

    def read(self) -> TreeBuilder:
        text = self._text
        position = self._skip(0)
        while position >= 0:
            char = text[position]
            if char == '"':
                position = self._next(self._string(position))
            elif char == "{":
                position = self._open(position, Mapping, "}")
            elif char == "[":
                position = self._open(position, Sequence, "]")
            elif char in "-0123456789":
                position = self._next(self._number(position))
            else:
                position = self._next(self._word(position))
        return self._tree

    def _skip(self, position: int) -> int:
        if self._text[position] in " \t\r\n":
            match = _SPACE.match(self._text, position)
            assert match is not None
            return match.end()
        return position

    def _column(self, position: int) -> int:
        """The column of a position, with `_line` set to its line; positions never go back."""
        while position >= self._next_line:
            self._line += 1
            self._line_start = self._next_line
            self._next_line = self._text.find("\n", self._line_start) + 1 or self._beyond
        return position - self._line_start + 1

    def _next(self, position: int) -> int:
        """Behind a value: closes what ends here, and goes on to the next value; -1 at the end of the text."""
        tree = self._tree
        while True:
            position = self._skip(position)
            here = tree.here
            if here is None:
                return self._end(position)
            char = self._text[position]
            in_mapping = here.__class__ is Mapping
            if char == ",":
                position = self._skip(position + 1)
                return self._key(position) if in_mapping else position
            if char != ("}" if in_mapping else "]"):
                self._stop(position, "comma")
            column = self._column(position)
            tree.close(self._line, column + 1)
            position += 1

    def _end(self, position: int) -> int:
        if position != len(self._text) - 1:
            self._stop(position, "end")
        return -1

    def _open(self, position: int, container: type[Mapping | Sequence], closing: str) -> int:
        column = self._column(position)
        tree = self._tree
        tree.open(container(self._line, column, self._line, column + 1))
        inner = self._skip(position + 1)
        if self._text[inner] == closing:
            return self._next(inner)
        return self._key(inner) if container is Mapping else inner

    def _key(self, position: int) -> int:
        if self._text[position] != '"':
            self._stop(position, "key")
        key, end = self._quoted(position)
        self._tree.name(key)
        colon = self._skip(end)
        if self._text[colon] != ":":
            self._stop(colon, "colon")
        return self._skip(colon + 1)

    def _string(self, position: int) -> int:
        scalar, end = self._quoted(position)
        length = len(scalar.text)
        # Without escapes a text is as long as its spelling, and its characters were looked at before.
        if length > self._long or length != end - position - 2:
            self._tree.check_text(scalar)
        self._tree.add(scalar)
        return end

    def _quoted(self, position: int) -> tuple[Scalar, int]:
        mistake = None
        try:
            value, end = _scanned(self._text, position + 1)
        except ValueError as error:
            mistake = misread(*_told(error), position, len(self._text) - 1)
        if mistake:
            self._fail(*mistake)
        column = self._column(position)
        return Scalar(value, "string", self._line, column, self._line, column + end - position), end

    def _number(self, position: int) -> int:
        if (match := _pattern(_NUMBER).match(self._text, position)) is None:
            self._stop(position, "value")
        spelled = match.group()
        scalar = self._literal("0" if spelled == "-0" else spelled, "number", position, match.end())
        tree, limits = self._tree, self._limits
        if len(spelled.lstrip("-")) > limits.number_digits:
            tree.refuse_over("limit-number-digits", limits.number_digits, scalar)
        elif match.lastindex is not None:
            if isinf(float(spelled)):
                tree.refuse("number-out-of-range", scalar)
        elif abs(int(spelled)) > limits.integer:
            tree.refuse_over("limit-integer", limits.integer, scalar)
        tree.add(scalar)
        return match.end()

    def _word(self, position: int) -> int:
        if (match := _pattern(_WORD).match(self._text, position)) is None:
            self._stop(position, "value")
        word = match.group()
        kind: ScalarKind = "true" if word == "true" else "false" if word == "false" else "null"
        self._tree.add(self._literal(word, kind, position, match.end()))
        return match.end()

    def _literal(self, text: str, kind: ScalarKind, position: int, end: int) -> Scalar:
        column = self._column(position)
        return Scalar(text, kind, self._line, column, self._line, column + end - position)

    def _stop(self, position: int, expected: Expected) -> NoReturn:
        self._fail(unexpected(self._text, position, expected), position)

    def _fail(self, code: str, position: int) -> NoReturn:
        line, column = place(self._text, position, self._first_line)
        tree = self._tree
        at, here = one_place(self._file, line, column), tree.here
        if here is None:
            # Nothing is open, so the end of the text means that there was nothing in it.
            tree.stop(problem("empty-document" if code == "unexpected-end" else code, at))
        token = "{" if isinstance(here, Mapping) else "["
        tree.stop(problem(code, at, tree.path(), token=token, line=here.line, column=here.column))


def _told(error: ValueError) -> tuple[str, int]:
    """What is wrong with a text in quotes, and where."""
    from json import JSONDecodeError  # noqa: PLC0415 - the mistake has loaded it

    assert isinstance(error, JSONDecodeError)
    return error.msg, error.pos
