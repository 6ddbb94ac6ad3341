"""Proposing a mapping: from the names of columns, and from whether their cells fit.

A proposal is a text for a person to read, mend and keep: nothing here is ever used to read a table by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final

from validator.language.names import ReferenceNames
from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import InputError
from validator.logic.shape import Kind
from validator.snapshots.tables.convert import Converter, Pseudonyms
from validator.snapshots.tables.fields import INN, Place, parent_of, places
from validator.snapshots.tables.grid import Cell, Grid
from validator.snapshots.tables.headers import Header, candidates
from validator.snapshots.tables.mapping import Column
from validator.snapshots.tables.sources import Source
from validator.snapshots.tables.synonyms import names_of, value_meant
from validator.snapshots.tables.words import folded, spelled

_SAMPLE: Final = 200
_ENOUGH: Final = 0.6
_FEW: Final = 20


class Guess(NamedTuple):
    """A column that is probably a fact: how sure that is, from 0 to 1, and what of its cells fits.

    `words` are words of cells → values that they probably mean, `untold` those that nobody knows the meaning of.
    `by` says what was compared: `title`, `synonym`, `likeness`.
    """

    number: int
    header: str
    place: Place
    sure: float
    fits: float
    by: str
    words: Mapping[str, str]
    untold: tuple[str, ...]
    pseudonym: bool


class GuessedTable(NamedTuple):
    """A sheet with what its rows and columns probably are; `others` are columns of which nothing is known."""

    file: str
    sheet: str
    rows: str
    header: tuple[int, ...]
    guesses: tuple[Guess, ...]
    others: tuple[str, ...]


def guess_tables(sources: Sequence[Source], vocabulary: Vocabulary, names: ReferenceNames) -> list[GuessedTable]:
    """A proposal for every sheet that looks like a table of ours."""
    guesser = _Guesser(vocabulary, names)
    found: list[GuessedTable] = []
    for source in sources:
        for sheet in source.sheets:
            try:
                grid = source.grid(sheet)
            except InputError:  # it is told when the table is read
                continue
            if grid.rows and (table := guesser.table(grid)) is not None:
                found.append(table)
    return found


class _Guesser:
    def __init__(self, vocabulary: Vocabulary, names: ReferenceNames) -> None:
        self.places = places(vocabulary)
        self.names = names
        self._known = {path: _names(place) for path, place in self.places.items()}

    def table(self, grid: Grid) -> GuessedTable | None:
        """The proposal for a sheet; None where fewer than two columns are known, or none of them is the INN."""
        best: tuple[float, Header] | None = None
        for header in candidates(grid):
            score = sum(max((self._likeness(n.full, n.own, p)[0] for p in self.places), default=0.0) >= _ENOUGH
                        for n in header.names.values())  # fmt: skip
            if score > 1 and (best is None or score > best[0]):
                best = (score, header)
        if best is None:
            return None
        header = best[1]
        cells = {number: _column(grid, header, number) for number in header.names}
        options = [(self._columns(rows, header, cells), rows) for rows in self._rows_options()]
        guesses, rows = max(options, key=lambda option: self._worth(option, cells))
        if not any(guess.place.path == INN for guess in guesses):
            return None
        taken = {guess.number for guess in guesses}
        others = tuple(name.written for number, name in header.names.items() if number not in taken)
        lines = tuple(sorted({header.first + grid.top + 1, header.last + grid.top + 1}))
        return GuessedTable(grid.file, grid.sheet, rows, lines, tuple(guesses), others)

    def _rows_options(self) -> list[str]:
        return list(dict.fromkeys(place.rows for place in self.places.values()))

    def _worth(self, option: tuple[list[Guess], str], cells: Mapping[int, list[Cell]]) -> float:
        """How well the columns fit rows of a kind; an organization stands in a table of organizations once."""
        guesses, rows = option
        score = sum(guess.sure for guess in guesses)
        key = next((guess.number for guess in guesses if guess.place.path == INN), None)
        if key is not None:
            keys = [cell for cell in cells[key] if cell != ""]
            if (len(set(keys)) == len(keys)) is not (rows == ROOT):
                score -= 1.5
        return score

    def _columns(self, rows: str, header: Header, cells: Mapping[int, list[Cell]]) -> list[Guess]:
        """The best columns for the facts of such rows, no fact and no column twice."""
        parent = parent_of(rows)
        wanted = [INN, *([f"{parent}.ref"] if parent else [])]
        wanted += [path for path, place in self.places.items() if place.rows == rows and path not in wanted]
        pairs = [
            (self._likeness(name.full, name.own, path), -order, number, path)
            for order, path in enumerate(wanted)
            for number, name in header.names.items()
        ]
        found: dict[str, Guess] = {}
        used: set[int] = set()
        for (sure, by), _, number, path in sorted(pairs, key=lambda pair: (-pair[0][0], -pair[1], pair[2])):
            if sure < _ENOUGH or number in used or path in found:
                continue
            guess = self._guess(number, header.names[number].written, self.places[path], sure, by, cells[number])
            if guess is not None:
                found[path] = guess
                used.add(number)
        return sorted(found.values(), key=lambda guess: guess.number)

    def _likeness(self, full: str, own: str, path: str) -> tuple[float, str]:
        """How like a header is to what a fact is called."""
        titles, synonyms = self._known[path]
        if full in titles or own in titles:
            return 1.0, "title"
        if full in synonyms or own in synonyms:
            return 0.95, "synonym"
        return max(
            (SequenceMatcher(None, own, title).quick_ratio() and _ratio(own, title) for title in titles),
            default=0.0,
        ), ("likeness")

    def _guess(
        self, number: int, header: str, place: Place, sure: float, by: str, cells: Sequence[Cell]
    ) -> Guess | None:
        said = [cell for cell in cells if cell != ""]
        pseudonym = place.shape.kind in (Kind.REF, Kind.ID) and place.shape.pattern[2:3] == "_"
        fits, failed = self._fits(place, said)
        words: dict[str, str] = {}
        untold: list[str] = []
        if failed and place.shape.kind in (Kind.ENUM, Kind.BOOLEAN, Kind.SET):
            for text in sorted({folded(cell) for cell in failed if isinstance(cell, str)}):
                meant = value_meant(place.path, text)
                if meant is None:
                    untold.append(text)
                else:
                    words[text] = meant
            if len(untold) > _FEW:
                return None
        elif pseudonym:
            pseudonym, fits = bool(failed), 1.0
        counted = Counter(folded(cell) for cell in failed if isinstance(cell, str))
        fits += sum(counted[word] for word in words) / len(said) if said else 0.0
        total = sure * (0.5 + 0.5 * min(fits, 1.0)) if said else sure * 0.75
        if total < _ENOUGH / 2 or (place.path == INN and fits < 0.3):
            return None
        return Guess(number, header, place, total, min(fits, 1.0), by, words, tuple(untold), pseudonym)

    def _fits(self, place: Place, said: Sequence[Cell]) -> tuple[float, list[Cell]]:
        """The share of cells that can be read as the fact, and those that can't."""
        column = Column("", place, serial_dates=True)
        converter = Converter(
            column, self.names, Pseudonyms(), restore_zeros=True, with_plus="+" in said, bare=True
        )
        failed = [cell for cell in said if converter[cell] is None]
        return (1 - len(failed) / len(said) if said else 0.0), failed


def _ratio(one: str, other: str) -> float:
    ratio = SequenceMatcher(None, one, other).ratio()
    return 0.9 * ratio if ratio >= 0.75 else 0.0


def _names(place: Place) -> tuple[frozenset[str], frozenset[str]]:
    title = place.shape.title
    return frozenset({folded(title.ru), folded(title.en), place.path, place.name}), names_of(place.path)


def _column(grid: Grid, header: Header, number: int) -> list[Cell]:
    rows = range(header.last + 1, min(len(grid.rows), header.last + 1 + _SAMPLE))
    return [grid.cell(row, number) for row in rows if sum(cell != "" for cell in grid.rows[row]) > 1]


# --- the text -----------------------------------------------------------------------------------------------------


def proposal(tables: Sequence[GuessedTable], words: Mapping[str, str], several: bool) -> str:
    """The mapping as YAML with comments. `words` are the comments in the language of the user, by what they say."""
    return "".join(f"{line}\n" for line in _lines(tables, words, several))


def _lines(tables: Sequence[GuessedTable], words: Mapping[str, str], several: bool) -> Iterator[str]:
    yield f"# {words['head']}"
    yield "schema: sverka.mapping/1"
    given = {guess.place.path for table in tables if table.rows == ROOT for guess in table.guesses}
    lacking = [path for path in ("as_of", f"{ROOT}.region", f"{ROOT}.kind") if path not in given]
    if lacking:
        yield f"# {words['constants']}"
        yield "constants:"
        for path in lacking:
            yield f"  {path}: {words['fill']}"
    lists = [table.rows for table in tables if table.rows != ROOT]
    if lists:
        yield f"# {words['coverage']}"
        yield f"# coverage: {{{', '.join(f'{path}: complete' for path in dict.fromkeys(lists))}}}"
    yield f"# {words['zeros']}"
    yield "# lost_zeros: restore"
    yield "tables:"
    for table in tables:
        yield f"  - rows: {table.rows}"
        if several:
            yield f"    file: {spelled(table.file.rpartition('/')[2])}"
        if table.sheet:
            yield f"    sheet: {spelled(table.sheet)}"
        yield f"    header: {table.header[0] if len(table.header) == 1 else list(table.header)}"
        yield "    columns:"
        for guess in table.guesses:
            yield from _column_lines(guess, words)
        for other in table.others:
            yield f"      # {spelled(other)}: {words['unknown']}"


def _column_lines(guess: Guess, words: Mapping[str, str]) -> Iterator[str]:
    note = f"# {guess.sure:.0%}: {words[guess.by]}; {words['fits'].format(f'{guess.fits:.0%}')}"
    header = spelled(guess.header)
    if guess.pseudonym:
        yield f"      {header}: {{field: {guess.place.path}, pseudonym: true}}  {note}"
        return
    if not guess.words and not guess.untold:
        yield f"      {header}: {guess.place.path}  {note}"
        return
    yield f"      {header}:  {note}"
    yield f"        field: {guess.place.path}"
    yield "        values:" if guess.words else f"        # values:  {words['translate']}"
    for said, meant in guess.words.items():
        yield f"          {spelled(said)}: {meant}"
    for said in guess.untold:
        yield f"        #  {spelled(said)}: {words['translate_one']}"
