"""Lines of a file by whose they are: each organization's stand together, in any order of organizations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, ValidationError
from msgspec.json import Decoder

from validator.language.limits import MIB

MAX_LINE = 256 * MIB

Key = tuple[str, str]  # an organization and the day of its facts


class LineError(Exception):
    """A line, counted from 1, that can't be what the program wrote; `why` in the words of the reader, or ""."""

    def __init__(self, file: str, line: int, why: str = "") -> None:
        super().__init__(f"{file}:{line}: {why}")
        self.file = file
        self.line = line
        self.why = why


class _Whose(Struct):
    organization: str
    as_of: str


class _Place(NamedTuple):
    """Where the lines of one organization begin and end, and the number of the first."""

    start: int
    end: int
    line: int


class Blocks:
    """The lines of a file, found by organization and day; only their places are kept in memory."""

    def __init__(self, file: Path) -> None:
        """Raises `LineError`, or OSError."""
        self.file = file
        self._places = _places_in(file)

    @property
    def keys(self) -> set[Key]:
        """Whose lines there are."""
        return set(self._places)

    def lines(self, key: Key) -> Iterator[tuple[int, bytes]]:
        """The lines of an organization on a day, in order, with their numbers; none where it has none."""
        place = self._places.get(key)
        if place is None:
            return
        with self.file.open("rb") as stream:
            stream.seek(place.start)
            data = stream.read(place.end - place.start)
        yield from enumerate(data.removesuffix(b"\n").split(b"\n"), place.line)


def _places_in(file: Path) -> dict[Key, _Place]:
    decode = Decoder(_Whose).decode
    found: dict[Key, _Place] = {}
    current: Key | None = None
    start = 0
    first = 1
    position = 0
    for number, line in numbered_lines(file):
        try:
            whose = decode(line)
        except ValidationError as error:
            raise LineError(file.name, number, str(error)) from None
        except ValueError:
            raise LineError(file.name, number) from None
        key = (whose.organization, whose.as_of)
        if key != current:
            if current is not None:
                found[current] = _Place(start, position, first)
            if key in found:
                raise LineError(file.name, number)
            current, start, first = key, position, number
        position += len(line)
    if current is not None:
        found[current] = _Place(start, position, first)
    return found


def numbered_lines(file: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a file with their numbers, from 1. Raises `LineError` for one that is too long or cut."""
    with file.open("rb") as stream:
        number = 0
        while line := stream.readline(MAX_LINE):
            number += 1
            if not line.endswith(b"\n"):
                raise LineError(file.name, number)
            yield number, line
