"""An import from its files to its snapshots, all that happened on the way counted and told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from validator.language.names import ReferenceNames
from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import Problem
from validator.logic.text import Text, plural_ru
from validator.snapshots.tables.convert import Pseudonyms
from validator.snapshots.tables.cut import Cut
from validator.snapshots.tables.join import Join, Made
from validator.snapshots.tables.mapping import MappingFile
from validator.snapshots.tables.sources import Source, Tables, find_tables

if TYPE_CHECKING:
    from validator.snapshots.tables.bound import Bound


class Balance(NamedTuple):
    """What became of an import: rows of data = read + left out; tables left out; organizations and snapshots."""

    rows: int
    left_out: int
    tables_left_out: int
    organizations: int
    snapshots: int

    @property
    def is_whole(self) -> bool:
        """Whether every row and every table was read."""
        return not self.left_out and not self.tables_left_out


@contextmanager
def no_garbage() -> Iterator[None]:
    """While it lasts, nobody looks for garbage: all cells that are read stay, so that would only cost time."""
    import gc  # noqa: PLC0415

    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def import_by(
    mapping: MappingFile,
    sources: Sequence[Source],
    vocabulary: Vocabulary,
    names: ReferenceNames,
    unread: Sequence[str] = (),
) -> Import:
    """The import of files by a mapping; `unread` are files that could not be opened."""
    with no_garbage():
        tables = find_tables(mapping, sources, vocabulary, names, unread)
    return Import(tables, mapping, vocabulary, names)


class Import:
    """Reads tables by a mapping. `problems` and `balance` are complete once `made` has ended."""

    def __init__(self, tables: Tables, mapping: MappingFile, vocabulary: Vocabulary, names: ReferenceNames) -> None:
        self.tables = tables
        with no_garbage():
            self._join_tables(mapping, vocabulary, names)

    def _join_tables(self, mapping: MappingFile, vocabulary: Vocabulary, names: ReferenceNames) -> None:
        pseudonyms = Pseudonyms()
        # Without its table of organizations nothing else can be told of them.
        lost = ROOT in self.tables.lost and not any(bound.table.rows == ROOT for bound in self.tables.bound)
        bounds: list[Bound] = [] if lost else self.tables.bound
        self._unread = 0 if bounds else sum(len(bound.rows) for bound in self.tables.bound)
        self._cuts = [Cut(bound, mapping, names, pseudonyms) for bound in bounds]
        self._join = Join(self._cuts, mapping, vocabulary, names, self.tables.lost)
        self._mapping = mapping
        self._snapshots = 0

    def made(self) -> Iterator[Made]:
        """The snapshots, in the order of the organizations."""
        for found in self._join.made():
            self._snapshots += 1
            yield found

    @property
    def file(self) -> str:
        """The file that says how to read: the mapping, or the form."""
        return self._mapping.file

    @property
    def problems(self) -> list[Problem]:
        """Why tables and rows were left out."""
        return [*self.tables.problems, *self._join.problems]

    @property
    def warnings(self) -> list[Problem]:
        """What cost no row."""
        return [*self.tables.notes, *self._join.warnings]

    @property
    def balance(self) -> Balance:
        """What became of all."""
        rows = sum(cut.number for cut in self._cuts) + self._unread
        left_out = len(self._join.left_out) + self._unread
        tables = len(self.tables.lost)
        return Balance(rows, left_out, tables, self._join.organizations, self._snapshots)

    def told(self) -> Iterator[Text]:
        """What people should know of the whole."""
        restored = sum(cut.restored for cut in self._cuts)
        if restored:
            times = plural_ru(restored, "номеру", "номерам", "номерам")
            yield Text(
                f"потерянный ноль возвращён {restored} {times}",
                f"the lost zero was given back to {restored} {'number' if restored == 1 else 'numbers'}",
            )
        for path in self._join.doubted:
            yield Text(
                f"полнота списка `{path}` не подтверждена ни у кого: часть его строк не прочитана, и"
                " неизвестно, чьи они",
                f"the list `{path}` counts as complete for nobody: some of its rows could not be read, and nobody"
                " knows whose they are",
            )
        for path, word in self._mapping.coverage.items():
            number = self._join.without_items(path) if word == "complete" and "." not in path else 0
            if number and path not in self._join.everywhere:
                yield Text(
                    f"список `{path}` объявлен полным, а строк нет: {number} из {self._join.organizations}"
                    " организаций;"
                    " у них он считается пустым",
                    f"the list `{path}` is said to be complete and has no rows: {number} of"
                    f" {self._join.organizations} organizations; theirs counts as empty",
                )
        for file, sheet in self.tables.unused:
            name = f"{file}: {sheet}" if sheet else file
            yield Text(f"не прочитано, в сопоставлении этого нет: {name}", f"not read, not in the mapping: {name}")
