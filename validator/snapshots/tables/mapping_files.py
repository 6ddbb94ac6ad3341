"""Reading a mapping file: strictly, every mistake at its place, with the nearest name."""

from __future__ import annotations

from collections.abc import Mapping as Names
from enum import Enum
from typing import Final

from validator.language.limits import POLICY_LIMITS
from validator.language.names import ReferenceNames
from validator.language.nodes import Mapping, Node, Scalar, Sequence
from validator.language.source import read_yaml
from validator.language.structure import FileReader, nearest, shorten
from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.problem import InputError, Problem
from validator.logic.shape import Kind
from validator.logic.text import Text
from validator.snapshots.read import COVERAGES
from validator.snapshots.tables.fields import INN, Place, parent_of, places
from validator.snapshots.tables.grid import Range, parse_range
from validator.snapshots.tables.mapping import SCHEMA_ID, Column, MappingFile, TableMap
from validator.snapshots.tables.words import NONE_WORDS, UNKNOWN, folded, spelled
from validator.snapshots.values import RefusalError, read_value

KEYS: Final = ("schema", "tables", "constants", "coverage", "lost_zeros")
TABLE_KEYS: Final = ("rows", "file", "sheet", "range", "header", "constants", "columns")
COLUMN_KEYS: Final = (
    "field", "values", "separator", "serial_dates", "pseudonym", "prefix", "share", "optional",
)  # fmt: skip
REQUIRED: Final = (INN, f"{ROOT}.region", f"{ROOT}.kind", "as_of")


class LostZeros(Enum):
    """What is done about an identifier that lost its first zero."""

    REFUSE = "refuse"
    RESTORE = "restore"


def read_mapping(data: bytes, file: str, vocabulary: Vocabulary, names: ReferenceNames) -> MappingFile:
    """The mapping in a file. Raises `InputError` with all of its mistakes."""
    document = read_yaml(data, file, POLICY_LIMITS)
    problems: list[Problem] = []
    found = _Reader(file, problems, vocabulary, names).read(document.root)
    if problems or found is None:
        raise InputError(sorted(problems, key=lambda problem: problem.span[1:3] if problem.span else (0, 0)))
    return found


class _Reader(FileReader):
    def __init__(self, file: str, problems: list[Problem], vocabulary: Vocabulary, names: ReferenceNames) -> None:
        super().__init__(file, problems)
        self.places: Names[str, Place] = places(vocabulary)
        self.lists = tuple(vocabulary.lists)
        self.names = names

    def read(self, root: Node) -> MappingFile | None:
        mapping = self.mapping(root, Text("файл сопоставления", "a mapping file"))
        if mapping is None or not self.keys(mapping, KEYS, ("schema", "tables")):
            return None
        self._schema(mapping.get("schema"))
        zeros = self.word(mapping.get("lost_zeros"), LostZeros)
        tables = self.each(mapping.get("tables"), self._table)
        constants = self._constants(mapping.get("constants"), ROOT)
        coverage = self._coverage(mapping.get("coverage"))
        found = MappingFile(self.file, tables, constants, coverage, zeros is LostZeros.RESTORE)
        if not self.problems:
            self._whole(mapping, found)
        return found

    def _schema(self, node: Node | None) -> None:
        if node is not None and not (isinstance(node, Scalar) and node.text == SCHEMA_ID):
            self.report(
                "unknown-schema",
                node,
                Text("неизвестная версия сопоставления", "unknown version of the mapping"),
                Text(f"напишите `schema: {SCHEMA_ID}`", f"write `schema: {SCHEMA_ID}`"),
            )

    # --- what holds for all ---------------------------------------------------------------------------------

    def _constants(self, node: Node | None, rows: str) -> dict[str, tuple[Place, str]]:
        mapping = self.mapping(node, Text("`constants`", "`constants`"))
        found: dict[str, tuple[Place, str]] = {}
        for key, value in mapping.items() if mapping is not None else ():
            place = self._place(key, [path for path, place in self.places.items() if place.rows == rows])
            if place is None:
                continue
            if (written := self._value(place, value)) is not None:
                found[place.path] = (place, written)
        return found

    def _value(self, place: Place, node: Node) -> str | None:
        """The fact as JSON. Notes one that its field can't hold."""
        try:
            read_value(node, place.shape, self.names, None)
        except RefusalError as refusal:
            self.report(refusal.code, refusal.node or node, refusal.message, refusal.help)
            return None
        if isinstance(node, Sequence):
            return f"[{','.join(spelled(item.text) for item in node.items if isinstance(item, Scalar))}]"
        assert isinstance(node, Scalar)
        return node.text if place.shape.kind in (Kind.BOOLEAN, Kind.INTEGER) else spelled(node.text)

    def _coverage(self, node: Node | None) -> dict[str, str]:
        mapping = self.mapping(node, Text("`coverage`", "`coverage`"))
        found: dict[str, str] = {}
        for key, value in mapping.items() if mapping is not None else ():
            if key.text not in self.lists:
                self.unknown_name("unknown-list", key, Text("список", "list"), self.lists)
            elif (word := self.text(value)) is not None:
                if word in COVERAGES:
                    found[key.text] = word
                elif isinstance(value, Scalar):
                    self.unknown_name("unknown-value", value, Text("полнота", "coverage"), COVERAGES)
        return found

    def _place(self, node: Scalar, known: list[str]) -> Place | None:
        """The place of a path; notes one that is not among the known ones."""
        if node.text in known:
            return self.places[node.text]
        if node.text in self.places:
            self.report(
                "field-of-other-rows",
                node,
                Text(
                    f"поле `{node.text}` есть только у строк `rows: {self.places[node.text].rows}`",
                    f"only rows with `rows: {self.places[node.text].rows}` have the field `{node.text}`",
                ),
                Text("перенесите столбец в такую таблицу", "put the column into such a table"),
            )
            return None
        self.report(
            "unknown-field",
            node,
            Text(f"неизвестное поле `{shorten(node.text)}`", f"unknown field `{shorten(node.text)}`"),
            nearest(node.text, known),
        )
        return None

    # --- tables ---------------------------------------------------------------------------------------------

    def _table(self, node: Node) -> TableMap | None:
        mapping = self.mapping(node, Text("таблица", "a table"))
        if mapping is None or not self.keys(mapping, TABLE_KEYS, ("rows", "columns")):
            return None
        rows = self._rows(mapping.get("rows"))
        if rows is None:
            return None
        return TableMap(
            rows,
            self._columns(mapping.get("columns"), rows),
            self.span(mapping),
            self.text(mapping.get("file")) or "",
            self.text(mapping.get("sheet")) or "",
            self._range(mapping.get("range")),
            self._header(mapping.get("header")),
            self._constants(mapping.get("constants"), rows),
        )

    def _rows(self, node: Node | None) -> str | None:
        text = self.text(node)
        if text is None or text == ROOT or text in self.lists:
            return text
        assert isinstance(node, Scalar)
        what = Text("что есть строка таблицы", "meaning of a row")
        self.unknown_name("unknown-list", node, what, (ROOT, *self.lists))
        return None

    def _range(self, node: Node | None) -> Range | None:
        text = self.text(node)
        found = parse_range(text) if text is not None else None
        if text is not None and found is None and node is not None:
            self.report(
                "bad-range",
                node,
                Text("это не часть листа", "this is no part of a sheet"),
                Text("пишите, например, `A3:H200`", "write, for example, `A3:H200`"),
            )
        return found

    def _header(self, node: Node | None) -> tuple[int, ...]:
        """The rows of the header, from 0: one or two that follow one another."""
        nodes = node.items if isinstance(node, Sequence) else [node]
        found = tuple(number - 1 for one in nodes if (number := self.integer(one)) is not None)
        if node is not None and (
            len(found) > 2 or any(n < 0 for n in found) or found[1:] != (found[0] + 1,) * (len(found) - 1)
        ):
            self.report(
                "bad-header-rows",
                node,
                Text("заголовок стоит не так", "a header can't stand like this"),
                Text("номер строки, `3`, или две подряд, `[3, 4]`", "a row, `3`, or two that follow, `[3, 4]`"),
            )
            return ()
        return found

    def _columns(self, node: Node | None, rows: str) -> tuple[Column, ...]:
        mapping = self.mapping(node, Text("`columns`", "`columns`"))
        known = [path for path, place in self.places.items() if place.rows == rows]
        parent = parent_of(rows)
        keys = [INN] * (rows != ROOT) + [f"{parent}.ref"] * bool(parent)
        found: list[Column] = []
        for key, value in mapping.items() if mapping is not None else ():
            column = self._column(key, value, [*keys, *known])
            if column is None:
                continue
            other = next((one for one in found if one.place.path == column.place.path), None)
            if other is not None:
                self.report(
                    "field-twice",
                    value,
                    Text(
                        f"поле `{column.place.path}` уже заполняет столбец `{shorten(other.header)}`",
                        f"column `{shorten(other.header)}` fills the field `{column.place.path}` already",
                    ),
                    Text("оставьте один из двух столбцов", "keep one of the two columns"),
                )
            found.append(column)
        return tuple(found)

    def _column(self, key: Scalar, node: Node, known: list[str]) -> Column | None:
        options: Mapping | None = None
        target: Node | None = node
        if isinstance(node, Mapping):
            options = node
            if not self.keys(node, COLUMN_KEYS, ("field",)):
                return None
            target = node.get("field")
        if self.text(target) is None:
            return None
        assert isinstance(target, Scalar)
        place = self._place(target, known)
        if place is None:
            return None
        plain = Column(key.text, place, self.span(key))
        return plain if options is None else self._with_options(plain, options)

    def _with_options(self, column: Column, options: Mapping) -> Column:
        shape = column.place.shape
        kind = shape.item if shape.kind is Kind.SET else shape.kind
        for name, kinds in _FOR_KINDS.items():
            node = options.entries.get(name)
            if node is not None and not (kind in kinds or shape.kind in kinds):
                self.report(
                    "option-not-for-field",
                    node[0],
                    Text(f"`{name}` не подходит к полю этого вида", f"`{name}` is not for a field of this kind"),
                    Text("уберите эту строку", "leave this line out"),
                )
        return column._replace(
            words=self._words(column.place, options.get("values")),
            separator=self.text(options.get("separator")) or "",
            serial_dates=self.boolean(options.get("serial_dates")) or False,
            pseudonym=self.boolean(options.get("pseudonym")) or False,
            prefix=self.text(options.get("prefix")) or "",
            share=self.boolean(options.get("share")) or False,
            optional=self.boolean(options.get("optional")) or False,
        )

    def _words(self, place: Place, node: Node | None) -> dict[str, str]:
        """The folded text of a cell → the value it stands for, spelled as JSON."""
        mapping = self.mapping(node, Text("`values`", "`values`"))
        found: dict[str, str] = {}
        for key, value in mapping.items() if mapping is not None else ():
            if isinstance(value, Scalar) and value.text == UNKNOWN:
                found[folded(key.text)] = spelled(UNKNOWN)
            elif isinstance(value, Scalar) and value.text in NONE_WORDS and place.shape.kind is Kind.SET:
                found[folded(key.text)] = "[]"
            elif (written := self._one(place, value)) is not None:
                found[folded(key.text)] = written
        return found

    def _one(self, place: Place, node: Node) -> str | None:
        """A value, or what stands for one item of a set."""
        if place.shape.kind is Kind.SET and isinstance(node, Scalar):
            wrapped = Sequence(node.line, node.column, node.end_line, node.end_column)
            wrapped.items.append(node)
            return self._value(place, wrapped)
        return self._value(place, node)

    # --- the whole ------------------------------------------------------------------------------------------

    def _whole(self, root: Mapping, found: MappingFile) -> None:
        """What no snapshot can do without must come from somewhere; so must the keys that join tables."""
        own = [table for table in found.tables if table.rows == ROOT]
        given = {column.place.path for table in own for column in table.columns} | set(found.constants)
        given |= {path for table in own for path in table.constants}
        for path in REQUIRED:
            if path not in given and not (path == INN and not own):
                self._lacking(root, path, Text("в `constants` или столбцом", "in `constants` or by a column"))
        for table, node in zip(found.tables, self.sequence(root.get("tables")), strict=True):
            parent = parent_of(table.rows)
            wanted = [INN, *([f"{parent}.ref"] if parent else [])]
            for path in wanted:
                if table.column_of(path) is None and not (path == INN and INN in found.constants):
                    self._lacking(node, path, Text("столбцом этой таблицы", "by a column of this table"))
            for place in self.places.values():
                must = place.rows == table.rows != ROOT and place.shape.required and not place.shape.identity
                known = table.column_of(place.path) is not None or place.path in table.constants
                if must and not place.record and not known:
                    self._lacking(
                        node,
                        place.path,
                        Text("столбцом или в `constants` таблицы", "by a column, or in its `constants`"),
                    )
        for table in found.tables:
            for column in table.columns:
                path, coverage = column.place.path, column.place.coverage
                if (
                    path in table.constants
                    or (table.rows == ROOT and path in found.constants)
                    or coverage in found.coverage
                ):
                    self._told_twice(column)

    def _told_twice(self, column: Column) -> None:
        message = Text(
            f"`{column.place.path}` задано и столбцом, и для всех сразу",
            f"`{column.place.path}` is given both by a column and for all at once",
        )
        help_ = Text("оставьте одно из двух", "keep one of the two")
        self.problems.append(Problem("field-twice", message, help_, column.span, self.file))

    def _lacking(self, node: Node, path: str, how: Text) -> None:
        title = self.places[path].shape.title
        self.report(
            "field-not-mapped",
            node,
            Text(f"неоткуда взять `{path}` («{title.ru}»)", f"nothing gives `{path}` (“{title.en}”)"),
            Text(f"задайте {how.ru}", f"give it {how.en}"),
        )


_REFS: Final = (Kind.REF, Kind.ID)
_FOR_KINDS: Final[Names[str, tuple[Kind, ...]]] = {
    "separator": (Kind.SET,),
    "serial_dates": (Kind.DATE, Kind.MONTH),
    "pseudonym": _REFS,
    "prefix": _REFS,
    "share": (Kind.DECIMAL,),
}
