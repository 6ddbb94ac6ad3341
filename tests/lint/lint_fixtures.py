"""Broken policies and what `sverka lint` must say of them.

A fixture of `fixtures/lint` is a file, or a folder of files, laid over the small sound set in `base`; a file of
the same place replaces that of the set. Comments at the top say where a file belongs (`# place: norms/…`, of a file
in a folder its own path), what is to be reported (`# expect: line:column code | piece of the help`) and, where it
matters, the day of the run (`# day: YYYY-MM-DD`). Codes of the language's readers have their fixtures in
`fixtures/broken-policies`, on the shipped data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from validator.journeys.lint.levels import Told
from validator.journeys.lint.run import lint
from validator.language.library import PolicyText, read_folder
from validator.language.vocabulary import Vocabulary, read_vocabulary
from validator.resources import policies_folder, schema_bytes

ROOT = Path(__file__).resolve().parents[2]
FIXTURES, BROKEN = ROOT / "fixtures" / "lint", ROOT / "fixtures" / "broken-policies"
BASE = FIXTURES / "base"
SHIPPED = ("sources", "registers", "parameters", "definitions")
_PLACE = re.compile(r"# place: (\S+)")
_DAY = re.compile(r"# day: (\S+)")
_EXPECT = re.compile(r"# expect: (?:(\d+):(\d+)|-) ([a-z0-9-]+) \| (.*)")


class Expected(NamedTuple):
    """One problem that a fixture must give: its file, line and column (0 for the file as a whole), code, help."""

    file: str
    line: int
    column: int
    code: str
    help: str


class Fixture(NamedTuple):
    """A broken policy, or several that are read together."""

    name: str
    texts: tuple[PolicyText, ...]
    expected: tuple[Expected, ...]
    day: date | None


def read_fixture(path: Path) -> Fixture:
    """The files of a fixture and what they promise."""
    files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
    texts: list[PolicyText] = []
    expected: list[Expected] = []
    day: date | None = None
    for file in files:
        data = file.read_bytes()
        place = file.relative_to(path).as_posix() if path.is_dir() else ""
        for line in data.decode().split("\n"):
            if match := _PLACE.fullmatch(line):
                place = match[1]
            elif match := _DAY.fullmatch(line):
                day = date.fromisoformat(match[1])
            elif match := _EXPECT.fullmatch(line):
                expected.append(Expected(place, int(match[1] or 0), int(match[2] or 0), match[3], match[4].strip()))
        assert place, f"{file.name} says no place"
        texts.append(PolicyText(place, place, data))
    return Fixture(path.name.removesuffix(".yaml"), tuple(texts), tuple(sorted(expected)), day)


@cache
def fixtures() -> dict[str, Fixture]:
    """The fixtures on the small set, by name."""
    paths = [path for path in sorted(FIXTURES.iterdir()) if path.name not in ("base", "README.md")]
    found = [read_fixture(path) for path in paths]
    return {fixture.name: fixture for fixture in found}


@cache
def broken_policies() -> dict[str, Fixture]:
    """The fixtures of the readers, on the shipped data, by name."""
    found = [read_fixture(path) for path in sorted(BROKEN.iterdir())]
    return {fixture.name: fixture for fixture in found}


@cache
def vocabulary() -> Vocabulary:
    return read_vocabulary(schema_bytes("snapshot"))


@cache
def base() -> tuple[PolicyText, ...]:
    """The small sound set."""
    return tuple(text._replace(file=text.place) for text in read_folder(BASE))


@cache
def shipped_data() -> tuple[PolicyText, ...]:
    texts = read_folder(policies_folder())
    return tuple(text._replace(file=text.place) for text in texts if text.place.split("/")[0] in SHIPPED)


def laid_over(texts: Iterable[PolicyText], below: tuple[PolicyText, ...]) -> list[PolicyText]:
    """Texts in place of those of the same places."""
    found = list(texts)
    places = {text.place for text in found}
    return [*(text for text in below if text.place not in places), *found]


def lint_of(fixture: Fixture) -> list[Told]:
    """What lint says of a fixture of the small set."""
    return lint(laid_over(fixture.texts, base()), vocabulary(), fixture.day)


def changed(
    *edits: tuple[str, str, str], files: Iterable[tuple[str, str]] = (), day: date | None = None
) -> list[Told]:
    """What lint says of the small set with a text replaced in some of its files, and with files added."""
    texts = {text.place: text.data.decode() for text in base()} | dict(files)
    for place, old, new in edits:
        assert old in texts[place], f"{place} does not hold {old!r}"
        texts[place] = texts[place].replace(old, new)
    return lint([PolicyText(place, place, text.encode()) for place, text in texts.items()], vocabulary(), day)


def codes(told: Iterable[Told]) -> list[str]:
    return [found.problem.code for found in told]
