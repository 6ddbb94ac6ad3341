"""What a mapping file says: which columns of which sheets are which facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import Span
from validator.snapshots.tables.fields import Place
from validator.snapshots.tables.grid import Range

SCHEMA_ID: Final = "sverka.mapping/1"


class Column(NamedTuple):
    """A column: its header as the mapping names it, the place it fills, and how its cells are read.

    `words` are cells by their folded text → the value meant. `pseudonym` numbers the different texts instead of
    taking them over. `prefix` stands before every text. `share` says that a number cell holds a part of one.
    """

    header: str
    place: Place
    span: Span | None = None
    words: Mapping[str, str] = {}
    separator: str = ""
    serial_dates: bool = False
    pseudonym: bool = False
    prefix: str = ""
    share: bool = False
    optional: bool = False


class TableMap(NamedTuple):
    """One table: what a row of it is (`rows`), where it stands, its columns, and what holds for all its rows."""

    rows: str
    columns: tuple[Column, ...]
    span: Span | None = None
    file: str = ""
    sheet: str = ""
    part: Range | None = None
    header: tuple[int, ...] = ()
    constants: Mapping[str, tuple[Place, str]] = {}

    def column_of(self, path: str) -> Column | None:
        """The column that fills a place."""
        return next((column for column in self.columns if column.place.path == path), None)


class MappingFile(NamedTuple):
    """A mapping: its tables, what holds for every organization, and which lists are whole.

    `constants` are facts by their path, spelled as JSON. `coverage` says of the path of a list how whole it is.
    `only_inn` is the INN of a mapping that is about one organization, as JSON.
    `restore_zeros` allows to give identifiers back a zero that a spreadsheet took from their beginning.
    """

    file: str
    tables: tuple[TableMap, ...]
    constants: Mapping[str, tuple[Place, str]] = {}
    coverage: Mapping[str, str] = {}
    restore_zeros: bool = False
    only_inn: str = ""
