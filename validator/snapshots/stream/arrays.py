"""The items of a JSON array, each a document. Nothing is delivered unless the whole array can be parsed.

A cut array may look like a shorter one, so an array that is broken anywhere is put aside whole. What stands in
an item is left to the strict reader: a repeated key or a wrong value concerns that item alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder
from typing import Final, NamedTuple, NoReturn

from validator.language.limits import SNAPSHOT_LIMITS, default
from validator.language.source_problems import problem
from validator.language.source_text import decode, place
from validator.language.source_tree import one_place
from validator.logic.problem import InputError
from validator.snapshots.stream.given import Delivered, Start, refused, refused_by
from validator.snapshots.stream.said import about, over
from validator.snapshots.stream.tree import document_of

_LIMITS: Final = SNAPSHOT_LIMITS._replace(bytes_id="limit-array-bytes", file_bytes=default("limit-array-bytes"))
_SPACE: Final = re.compile(r"[ \t\r\n]*")
# No number is computed and no mistake inside a text looked for: only the ends of items are wanted.
_DECODER: Final = JSONDecoder(strict=False, parse_int=str, parse_float=str, parse_constant=str)


class _Item(NamedTuple):
    start: int
    end: int


def items(name: str, data: bytes) -> Iterator[Delivered]:
    """The items of the array in `data`, which is at most one byte longer than the limit."""
    if len(data) > _LIMITS.file_bytes:
        yield refused(over("limit-array-bytes", name))
        return
    try:
        text = decode(data, name, _LIMITS)
        found = _Reader(name, text).read()
    except InputError as error:
        yield refused_by(error, name)
        return
    if not found:
        yield refused(about("empty-array", name))
    line, line_start, before = 1, 0, 0
    for index, item in enumerate(found):
        line += text.count("\n", before, item.start)
        line_start = max(line_start, text.rfind("\n", before, item.start) + 1)
        before = item.start
        start = Start(name, line, item.start - line_start + 1)
        yield Delivered(f"{name}[{index}]", text[item.start : item.end].encode(), None, start, "json")


class _Reader:
    """Finds where the items begin and end. Raises InputError for anything but a whole array of documents."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._text = text

    def read(self) -> list[_Item]:
        found: list[_Item] = []
        strange = 0
        position = opening = self._skip(0)
        position = self._skip(opening + 1)
        closed = self._text.startswith("]", position)
        while not closed:
            end = self._end_of(position)
            found.append(_Item(position, end))
            strange += self._text[position] != "{"
            if len(found) > default("limit-items"):
                raise InputError([over("limit-items", self._name)])
            position = self._skip(end)
            closed = self._text.startswith("]", position)
            if not closed:
                if not self._text.startswith(",", position):
                    self._fail("comma-expected", position, opening)
                comma, position = position, self._skip(position + 1)
                if self._text.startswith("]", position):
                    self._fail("trailing-comma", comma, opening)
        if self._skip(position + 1) != len(self._text):
            self._fail("text-after-end", self._skip(position + 1), opening)
        if strange > default("limit-errors"):
            raise InputError([about("not-an-array-of-documents", self._name)])
        return found

    def _skip(self, position: int) -> int:
        match = _SPACE.match(self._text, position)
        assert match is not None
        return match.end()

    def _end_of(self, start: int) -> int:
        if start == len(self._text):
            self._fail("unexpected-end", start, self._skip(0))
        try:
            return _DECODER.raw_decode(self._text, start)[1]
        except (JSONDecodeError, RecursionError):
            pass  # the strict reader tells the mistake, and where it stands
        line, column = place(self._text, start)
        rest = Delivered(self._name, self._text[start:].encode(), None, Start(self._name, line, column))
        document_of(rest, _LIMITS)
        raise InputError([problem("value-expected", one_place(self._name, line, column))])

    def _fail(self, code: str, position: int, opening: int) -> NoReturn:
        if position == len(self._text):
            code = "unexpected-end"
        line, column = place(self._text, opening)
        words: dict[str, str | int] = {"token": "[", "line": line, "column": column}
        raise InputError([problem(code, one_place(self._name, *place(self._text, position)), "", **words)])
