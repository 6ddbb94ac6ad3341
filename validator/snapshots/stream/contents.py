"""The documents of one readable stream of bytes: one document, a line each, or the items of a JSON array."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from validator.language.limits import SNAPSHOT_LIMITS, default
from validator.language.source_problems import problem
from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import InputError, Span
from validator.snapshots.stream.given import CHUNK, Delivered, Start, refused, refused_by
from validator.snapshots.stream.names import Holds, Named
from validator.snapshots.stream.said import about, over

BOM: Final = b"\xef\xbb\xbf"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_LIMIT: Final = SNAPSHOT_LIMITS.file_bytes
_SPACE: Final = b" \t\r\n"


def contents(name: str, kind: Named, stream: BinaryIO) -> Iterator[Delivered]:
    """The documents of a stream called `name`; what can't be read is told in the place where it stands."""
    try:
        if kind.holds is Holds.LINES:
            yield from lines(name, stream)
        else:
            yield from of_whole(name, kind, whole(kind, stream))
    except InputError as error:
        yield refused_by(error, name)
    except OSError:
        yield refused(about("read-error", name))


class Whole(NamedTuple):
    """All bytes of a document or of an array, or as many as show that it is too long: `bound`."""

    data: bytes
    is_array: bool
    bound: int


def whole(kind: Named, stream: BinaryIO) -> Whole:
    """Reads what has to be in memory at once."""
    # One byte over the limit is enough for the reader to refuse it, whatever the real size is.
    bound = _LIMIT + 1
    data = stream.read(bound)
    is_array = kind.syntax == "json" and data.removeprefix(BOM).lstrip(_SPACE).startswith(b"[")
    if is_array:
        bound = default("limit-array-bytes") + 1
        data += stream.read(bound - len(data))
    return Whole(data, is_array, bound)


def of_whole(name: str, kind: Named, found: Whole) -> Iterator[Delivered]:
    """The one document, or the items of the array."""
    if found.is_array:
        from validator.snapshots.stream.arrays import items  # noqa: PLC0415 - few files are arrays

        yield from items(name, found.data)
    else:
        yield Delivered(name, found.data, None, None, kind.syntax)


def lines(name: str, stream: BinaryIO) -> Iterator[Delivered]:
    """A document per line; blank lines are none. At least one document or problem comes.

    A file most of whose lines do not begin as documents do is given up, before every line of it is told.
    """
    number = found = strange = 0
    while line := stream.readline(_LIMIT + 3):  # with its line break
        number += 1
        here = f"{name}:{number}"
        if number == 1:
            line = line.removeprefix(BOM)
            if line.startswith(_UTF_16):
                yield refused(problem("encoding-utf-16", Span(name, 1, 1, 1, 2)), here)
                return
        whole = line.endswith(b"\n")
        body = line.removesuffix(b"\n").removesuffix(b"\r")
        if body.isspace() or not body:
            continue
        found += 1
        if strange > default("limit-strange-lines") and strange * 2 >= found:
            yield refused(about("not-ndjson", name, Span(name, number, 1, number, 2)), here)
            return
        strange += not body.lstrip().startswith(b"{")
        if len(body) > _LIMIT:
            if not whole:
                _skip_line(stream)
            yield refused(over("limit-snapshot-bytes", name, Span(name, number, 1, number, 2)), here)
        else:
            yield Delivered(here, body, None, Start(name, number, 1), "json")
    if not found:
        yield refused(problem("empty-document", Span(name, 1, 1, 1, 2)), name)


def _skip_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(CHUNK)) and not rest.endswith(b"\n"):
        pass
