"""The rows of a table as pieces of JSON: the facts of each, record by record, and the keys that join tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from validator.language.names import ReferenceNames
from validator.language.vocabulary import ROOT
from validator.logic.problem import Problem
from validator.logic.shape import Kind
from validator.logic.text import Text
from validator.snapshots.read import SCHEMA_ID
from validator.snapshots.tables.bound import Bound
from validator.snapshots.tables.certain import doubtful_rows
from validator.snapshots.tables.convert import Converter, Pseudonyms
from validator.snapshots.tables.fields import AS_OF, INN, Place, parent_of
from validator.snapshots.tables.grid import Cell
from validator.snapshots.tables.mapping import Column, MappingFile, TableMap
from validator.snapshots.tables.words import spelled

Texts = list[str]
HEAD = f'{{"schema":{spelled(SCHEMA_ID)}'


class Cut:
    """A table cut into rows. A row is named by its position among the rows of data, from 0.

    `inns` and `parents` are the keys of every row as JSON, "" where there is none; `refs` those of items that
    have one. `bodies` hold the facts of a row without the outer braces, by the keys of their record: of an item all
    of them under (), of an organization those of `("coverage",)` apart, because they may have to be taken back.
    `bad` are the rows that can't be read → why.
    """

    def __init__(self, bound: Bound, mapping: MappingFile, names: ReferenceNames, pseudonyms: Pseudonyms) -> None:
        self.bound = bound
        self.rows = bound.table.rows
        self.number = len(bound.rows)
        self.bad: dict[int, list[Problem]] = {}
        self.restored = 0
        self._mapping, self._names, self._pseudonyms = mapping, names, pseudonyms
        cells = _columns(bound)
        texts = {column.place.path: self._texts(column, cells[column.place.path]) for column, _ in bound.columns}
        self.inns = self._keys(INN, texts)
        self.parents = self._keys(f"{parent_of(self.rows)}.ref", texts) if parent_of(self.rows) else []
        self.refs = self._refs(texts)
        for column, _ in bound.columns:
            if column.place.shape.required and self._is_fact(column):
                self._require(column.place.path, texts[column.place.path])
        facts = [(column.place, texts[column.place.path]) for column, _ in bound.columns if self._is_fact(column)]
        self.bodies = bodies_of(self.rows, facts, mapping, self.number, bound.table)
        if self.rows == ROOT:
            self._facts = facts

    def plain_texts(self) -> tuple[Texts, set[int]]:
        """Of a table of organizations: every row as a document without lists, and the rows that are not certain."""
        parts: list[Texts] = [[HEAD] * self.number]
        for record, texts in self.bodies.items():
            name = spelled(record[0]) if record else ""
            parts.append([f"{name}:{{{text}}}" if text and name else text for text in texts])
        all_constants = {**self._mapping.constants, **self.bound.table.constants}
        as_of = all_constants.get(AS_OF)
        doubts = doubtful_rows(self._facts, as_of[1] if as_of else None, self._names, self.number)
        constants = [(place, [f"{spelled(place.name)}:{text}"]) for place, text in all_constants.values()]
        if as_of is None or doubtful_rows(constants, as_of[1], self._names, 1):
            doubts = set(range(self.number))
        return [f"{text}}}" for text in _joined(parts, [], self.number)], doubts

    def _is_fact(self, column: Column) -> bool:
        return column.place.rows == self.rows

    def _texts(self, column: Column, cells: list[Cell]) -> Texts:
        """The facts of a column as `"key":value`, "" where there is none. Notes the cells that are refused."""
        kinds = set(map(type, cells))
        plus = column.place.shape.kind is Kind.BOOLEAN and "+" in cells
        if bool in kinds and len(kinds & {int, float}):
            truth, other = self._converter(column, plus), self._converter(column, plus)
            used: tuple[Converter, ...] = (truth, other)
            found = [(truth if type(cell) is bool else other)[cell] for cell in cells]
        else:
            other = self._converter(column, plus)
            used = (other,)
            found = list(map(other.__getitem__, cells))
        if any(one.refusals for one in used):
            self._note_refused(column, cells, found, used)
        self.restored += sum(one.restored for one in used)
        return found if None not in found else [text or "" for text in found]  # type: ignore[return-value]

    def _converter(self, column: Column, plus: bool) -> Converter:
        return Converter(
            column,
            self._names,
            self._pseudonyms,
            restore_zeros=self._mapping.restore_zeros,
            date1904=self.bound.grid.date1904,
            with_plus=plus,
        )

    def _note_refused(
        self, column: Column, cells: list[Cell], found: list[str | None], used: tuple[Converter, ...]
    ) -> None:
        number = self.bound.number_of(column.place.path) or 0
        for position, text in enumerate(found):
            if text is None:
                cell = cells[position]
                refusal = next(
                    one.refusals[cell]
                    for one in used
                    if cell in one.refusals and (len(used) == 1 or _same(one, cell))
                )
                row = self.bound.rows[position]
                self.refuse(
                    position, self.bound.grid.problem(refusal.code, row, number, refusal.message, refusal.help)
                )

    def refuse(self, position: int, problem: Problem) -> None:
        """Note why a row can't be read."""
        self.bad.setdefault(position, []).append(problem)

    def problem(self, code: str, position: int, path: str, message: Text, help_: Text) -> Problem:
        """A problem at the cell of a place, or at the first mapped cell of the row."""
        number = self.bound.number_of(path)
        if number is None:
            number = self.bound.columns[0][1]
        return self.bound.grid.problem(code, self.bound.rows[position], number, message, help_)

    # --- keys -----------------------------------------------------------------------------------------------

    def _keys(self, path: str, texts: Mapping[str, Texts]) -> Texts:
        """The values of a key column; a row without one can't be read. A constant stands for all rows."""
        if path not in texts:
            constant = self._mapping.constants.get(path)
            return [constant[1] if constant else self._mapping.only_inn] * self.number
        found = [text.partition(":")[2] for text in texts[path]]
        for position, key in enumerate(found):
            if not key and position not in self.bad:
                self.refuse(position, self.problem("key-cell-empty", position, path, _NO_KEY, _WRITE_KEY))
        return found

    def _refs(self, texts: Mapping[str, Texts]) -> Texts:
        """The refs of items that are told by a column; an item without one gets it when it is put into its list."""
        path = f"{self.rows}.ref"
        column = self.bound.table.column_of(path)
        if column is None or not column.place.shape.identity:
            return []
        return [text.partition(":")[2] for text in texts[path]]

    def _require(self, path: str, texts: Texts) -> None:
        """Refuse the rows that lack a fact which no snapshot can do without."""
        for position, text in enumerate(texts):
            if not text and position not in self.bad:
                self.refuse(position, self.problem("required-cell", position, path, _EMPTY, _FILL))


# --- bodies -------------------------------------------------------------------------------------------------------


def bodies_of(
    rows: str,
    facts: Sequence[tuple[Place, Texts]],
    mapping: MappingFile,
    number: int,
    table: TableMap | None = None,
) -> dict[tuple[str, ...], Texts]:
    """The facts of `number` rows without the outer braces; of an organization each record of the document apart."""
    static = _static(rows, mapping, table)
    records = {place.record for place, _ in facts} | set(static)
    records |= {record[:length] for record in records for length in range(len(record))}
    joined: dict[tuple[str, ...], Texts] = {}
    for record in sorted(records, key=lambda record: (-len(record), record)):
        parts = [texts for place, texts in facts if place.record == record]
        for inner in sorted(joined):
            if len(inner) == len(record) + 1 and inner[:-1] == record and not _apart(rows, inner):
                key = spelled(inner[-1])
                parts.append([f"{key}:{{{text}}}" if text else "" for text in joined[inner]])
        joined[record] = _joined(parts, static.get(record, []), number)
    whole = sorted(joined, key=lambda record: (bool(record), record[:1] != ("coverage",), record))
    return {record: joined[record] for record in whole if not record or _apart(rows, record)}


def _apart(rows: str, record: tuple[str, ...]) -> bool:
    return rows == ROOT and len(record) == 1


def _static(rows: str, mapping: MappingFile, table: TableMap | None) -> dict[tuple[str, ...], list[str]]:
    """What the mapping says of all rows, where it belongs."""
    found: dict[tuple[str, ...], list[str]] = {}
    for constants in (mapping.constants if rows == ROOT else {}, table.constants if table is not None else {}):
        for place, text in constants.values():
            found.setdefault(place.record, []).append(f"{spelled(place.name)}:{text}")
    for path, word in mapping.coverage.items():
        parent, _, name = path.rpartition(".")
        if not parent and rows == ROOT:
            found.setdefault(("coverage",), []).append(f"{spelled(name)}:{spelled(word)}")
        elif parent and parent == rows:
            found.setdefault((), []).append(f"{spelled(f'{name}_coverage')}:{spelled(word)}")
    return found


def _columns(bound: Bound) -> dict[str, list[Cell]]:
    """The cells of every column of the mapping, from the rows of data."""
    rows = [bound.grid.rows[row] for row in bound.rows]
    wide = max((number for _, number in bound.columns), default=0) + 1
    if any(len(row) < wide for row in rows):
        rows = [row if len(row) >= wide else [*row, *[""] * (wide - len(row))] for row in rows]
    return {column.place.path: [row[number] for row in rows] for column, number in bound.columns}


def _same(one: Converter, cell: Cell) -> bool:
    """Whether a converter met this very cell, and not one that is equal to it: `1` and `true` are."""
    return any(type(known) is type(cell) and known == cell for known in one.refusals)


def _joined(parts: Iterable[Texts], static: list[str], number: int) -> Texts:
    """The pieces of every row with commas between them, and what is the same for all."""
    columns = list(parts)
    if not columns:
        return [",".join(static)] * number
    if static:
        columns.append([",".join(static)] * number)
    join = ",".join
    return [join(filter(None, row)) for row in zip(*columns, strict=True)]


_NO_KEY = Text("не сказано, о ком эта строка", "nothing says whom this row is about")
_WRITE_KEY = Text("впишите номер в эту ячейку", "write the number into this cell")
_EMPTY = Text("пустая ячейка там, где нужно значение", "an empty cell where a value is needed")
_FILL = Text("заполните ячейку", "fill the cell")
