"""Documents of our Parquet files (see `parquet_layout`), each under the name it was packed with.

The digest of the file is looked at first: a file that was cut or damaged gives no document. What is wrong in spite
of a right digest was written so; those rows are told about, and the others go on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from validator.language.limits import default
from validator.language.structure import shorten
from validator.logic.problem import Problem
from validator.snapshots.stream.given import CHUNK, Delivered, refused
from validator.snapshots.stream.members import Names
from validator.snapshots.stream.names import parts_of
from validator.snapshots.stream.parquet_layout import Group, Layout, read_layout
from validator.snapshots.stream.parquet_pages import MissingParquetError, PageError, check_pages, values_of
from validator.snapshots.stream.said import about, over, stop


def parquet_documents(name: str, stream: BinaryIO, size: int) -> Iterator[Delivered]:
    """The documents of a file in the order of its rows. Raises InputError when it can't be trusted whole."""
    layout = read_layout(name, stream, size)
    _check_digest(name, stream, layout)
    try:
        rows = _Rows(name, stream, layout)
        yield from rows.documents()
    except MissingParquetError:
        raise stop("parquet-not-installed", name) from None
    except PageError:
        raise stop("not-as-packed", name) from None


def _check_digest(name: str, stream: BinaryIO, layout: Layout) -> None:
    digest = hashlib.sha256()
    left = layout.end
    stream.seek(0)
    while left and (data := stream.read(min(CHUNK, left))):
        digest.update(data)
        left -= len(data)
    if left or digest.hexdigest() != layout.digest:
        raise stop("damaged-archive", name)


class _Rows:
    """The rows of one file. Raises PageError when the names of the documents can't be had."""

    def __init__(self, name: str, stream: BinaryIO, layout: Layout) -> None:
        self._name = name
        self._stream = stream
        self._layout = layout
        self._names = Names()
        for group in layout.groups:
            check_pages(stream, group.files)
            for given in values_of(stream, group.files):
                self._names.add(_text(given))

    def documents(self) -> Iterator[Delivered]:
        """Every row is a document or a problem."""
        refusals = 0
        for group in self._layout.groups:
            for item in self._of(group):
                yield item
                refusals += item.problem is not None
                if refusals >= default("limit-archive-refused"):
                    yield refused(over("limit-archive-refused", self._name))
                    return
        if not self._layout.groups:
            yield refused(about("empty-archive", self._name))

    def _of(self, group: Group) -> Iterator[Delivered]:
        documents = self._readable(group)
        for row, given in enumerate(values_of(self._stream, group.files), group.first):
            label = _text(given)
            try:
                data = next(documents)
            except StopIteration:
                yield self._refused("damaged-row", label, row)
                continue
            if data is None:
                yield self._refused("limit-snapshot-bytes", label, row)
            else:
                yield Delivered(self._called(label, row), data, None, None, "json")

    def _readable(self, group: Group) -> Iterator[bytes | None]:
        """The documents of a group up to the first broken page."""
        try:
            check_pages(self._stream, group.documents)
            yield from values_of(self._stream, group.documents)
        except PageError:
            return

    def _refused(self, code: str, label: str, row: int) -> Delivered:
        name = self._called(label, row, numbered=True)
        problem: Problem = over(code, name) if code.startswith("limit-") else about(code, name)
        return refused(problem)

    def _called(self, label: str, row: int, *, numbered: bool = False) -> str:
        """The name of a row alone: with its number where the name does not tell it from all others."""
        short = "/".join(parts_of(label))
        too_long = len(short.encode("utf-8")) > default("limit-name-bytes")
        if numbered or too_long or not short or "#" in short or self._names.repeated(label):
            return f"{self._name}/{shorten(short)}#{row}"
        return f"{self._name}/{short}"


def _text(given: bytes | None) -> str:
    return "" if given is None else given.decode("utf-8", "backslashreplace")
