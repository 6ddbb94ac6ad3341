"""One document to typed facts with places. All mistakes of a document are reported together.

Whoever delivered the document is not trusted: nothing in it is executed, looked up or quoted back.
"""

from __future__ import annotations

from datetime import date

from validator.language.limits import SNAPSHOT_LIMITS
from validator.language.names import ReferenceNames
from validator.language.nodes import Document, Mapping, Node, Scalar, Sequence
from validator.language.structure import closest, nearest, shorten
from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.facts import ItemList, Record, Snapshot
from validator.logic.problem import InputError, Problem
from validator.logic.shape import FieldShape, Kind, RecordShape
from validator.logic.text import Text
from validator.logic.values import Value
from validator.snapshots.integrity import check_integrity
from validator.snapshots.personal import check_personal_data, looks_personal
from validator.snapshots.values import RefusalError, is_null, is_unknown, read_value, wrong_type

SCHEMA_ID = "sverka.snapshot/1"
COVERAGES = ("complete", "partial", "unknown")


def read_snapshot(
    document: Document, vocabulary: Vocabulary, names: ReferenceNames
) -> tuple[Snapshot, list[Problem]]:
    """The facts of a document, and warnings about it.

    Raises `InputError` with every mistake: of structure and type, of integrity, and personal data where none
    may stand.
    """
    reader = _Reader(document, vocabulary, names)
    snapshot = reader.read()
    if snapshot is not None:
        if not reader.problems:  # a reference to an item that could not be read would seem to dangle
            reader.problems.extend(check_integrity(snapshot, names))
        reader.problems.extend(check_personal_data(snapshot))
    errors = sorted((problem for problem in reader.problems if not problem.warning), key=_place)
    if errors or snapshot is None:
        raise InputError(errors[: SNAPSHOT_LIMITS.errors])
    return snapshot, [problem for problem in reader.problems if problem.warning]


def _place(problem: Problem) -> tuple[int, int]:
    return (problem.span.line, problem.span.column) if problem.span else (0, 0)


class _Reader:
    def __init__(self, document: Document, vocabulary: Vocabulary, names: ReferenceNames) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.names = names
        self.problems: list[Problem] = []
        self.as_of: date | None = None
        self.coverage: Mapping | None = None

    def note(self, code: str, node: Node, path: str, message: Text, help_: Text) -> None:
        span = self.document.span(node)
        self.problems.append(Problem(code, message, help_, span, self.document.file, path))

    def read(self) -> Snapshot | None:
        """The snapshot, as much of it as could be read; None when the document is no set of keys."""
        root = self.document.root
        if not isinstance(root, Mapping):
            message = Text("документ должен быть набором ключей", "the document must be a set of keys")
            self.note("object-expected", root, "", message, Text("начните со `schema:`", "start with `schema:`"))
            return None
        self._keys(root, "", [*self.vocabulary.document.fields, "coverage"], ("schema", "as_of", ROOT))
        self._schema(root)
        self.as_of = self._as_of(root)
        self._coverage(root)
        record = self._organization(root)
        for name, shape in self.vocabulary.document.fields.items():
            if shape.kind in (Kind.LIST, Kind.RECORD):
                if name != ROOT:
                    self._container(record, shape, root, name)
            elif name not in ("schema", "as_of") and (given := root.get(name)) is not None:
                self._value(given, shape, name)
        # Without a day of its own the document is refused anyway; its other mistakes are told with that one.
        as_of = self.as_of or date.max
        found = Snapshot(self.document.file, self.document.digest, self.document.size, as_of, record)
        self._index(found)
        return found

    # --- the frame ----------------------------------------------------------------------------------------

    def _schema(self, root: Mapping) -> None:
        node = root.get("schema")
        if node is not None and not (isinstance(node, Scalar) and node.is_text and node.text == SCHEMA_ID):
            message = Text("неизвестная версия формата снимка", "unknown version of the snapshot format")
            help_ = Text(f"напишите `schema: {SCHEMA_ID}`", f"write `schema: {SCHEMA_ID}`")
            self.note("unknown-schema", node, "schema", message, help_)

    def _as_of(self, root: Mapping) -> date | None:
        node = root.get("as_of")
        if node is None:
            return None
        value = self._value(node, self.vocabulary.document.fields["as_of"], "as_of")
        return value if isinstance(value, date) else None

    def _organization(self, root: Mapping) -> Record:
        """The root record, empty where it was not given: then its absence is a mistake already noted."""
        shape = self.vocabulary.document.fields[ROOT]
        node = root.get(ROOT)
        if node is not None and not isinstance(node, Mapping):
            self._refuse(_null(shape) if is_null(node) else wrong_type(shape, node), node, ROOT)
            node = None
        assert shape.record is not None
        record = Record(self.vocabulary.root, ROOT, self.document.span(node or root))
        self._fill(record, node, shape.record)
        return record

    def _coverage(self, root: Mapping) -> None:
        node = root.get("coverage")
        if node is None or is_unknown(node):
            return
        if not isinstance(node, Mapping):
            message = Text("`coverage` должно быть набором ключей", "`coverage` must be a set of keys")
            self.note("wrong-type", node, "coverage", message, Text("`список: complete`", "`list: complete`"))
            return
        lists = [shape.name for shape in self.vocabulary.document.fields.values() if shape.kind is Kind.LIST]
        self._keys(node, "coverage", lists, ())
        self.coverage = node

    def _keys(self, node: Mapping, path: str, allowed: list[str], required: tuple[str, ...]) -> None:
        meant: set[str | None] = set()  # a misspelt key is one mistake: what it stands for is not missing too
        for key, _ in node.entries.values():
            if key.text not in allowed:
                meant.add(closest(key.text, allowed))
                # A key is quoted, as it is a name; a name of a person in its place is not.
                token = "" if looks_personal(key.text) else f" `{shorten(key.text)}`"
                message = Text(f"неизвестный ключ{token}", f"unknown key{token}")
                self.note("unknown-key", key, path, message, nearest(key.text, allowed))
        for name in required:
            if node.get(name) is None and name not in meant:
                message = Text(f"не хватает ключа `{name}`", f"key `{name}` is missing")
                where = f"{path}.{name}" if path else name
                self.note("missing-key", node, where, message, Text(f"добавьте `{name}`", f"add `{name}`"))

    # --- records and lists --------------------------------------------------------------------------------

    def _fill(self, record: Record, node: Mapping | None, shape: RecordShape) -> None:
        """Read the fields of `shape` into the record; None stands for a record that was not given."""
        if node is not None:
            inner = [field.coverage for field in shape.fields.values() if field.kind is Kind.LIST]
            required = tuple(name for name, field in shape.fields.items() if field.required)
            self._keys(node, record.path, [*shape.fields, *inner], required)
        for name, field in shape.fields.items():
            if field.kind in (Kind.LIST, Kind.RECORD):
                self._container(record, field, node, f"{record.path}.{name}")
            elif node is not None and (given := node.get(name)) is not None:
                value = self._value(given, field, f"{record.path}.{name}")
                record.spans[name] = self.document.span(given)  # also of what is said to be unknown
                if value is not None:
                    record.values[name] = value
                    if field.identity:
                        record.ref = str(value)

    def _container(self, record: Record, shape: FieldShape, holder: Mapping | None, path: str) -> None:
        node = holder.get(shape.name) if holder is not None else None
        if node is not None and is_null(node):
            self._refuse(_null(shape), node, path)
        if node is None or is_unknown(node) or is_null(node):
            node = None
        span = self.document.span(node or holder or self.document.root)
        if shape.kind is Kind.RECORD:
            assert shape.record is not None
            if node is not None and not isinstance(node, Mapping):
                self._refuse(wrong_type(shape, node), node, path)
                node = None
            inner = Record(shape.record, path, span, record if record.path != ROOT else None)
            record.records[shape.name] = inner
            self._fill(inner, node, shape.record)
            return
        # `unknown` in the place of the items is no proof that there are none, whatever the coverage says.
        told = holder.get(shape.name) if holder is not None else None
        closed = self._closed(shape, holder, path) and not (told is not None and is_unknown(told))
        items = ItemList(shape, path, span, closed)
        record.lists[shape.name] = items
        if node is not None and not isinstance(node, Sequence):
            self._refuse(wrong_type(shape, node), node, path)
            return
        for index, item in enumerate(node.items if node is not None else ()):
            self._item(items, item, f"{path}[{index}]", record if record.path != ROOT else None)

    def _item(self, items: ItemList, node: Node, path: str, parent: Record | None) -> None:
        assert items.shape.record is not None
        if not isinstance(node, Mapping):
            message = Text("ожидается запись с ключами", "expected a record with keys")
            self.note("wrong-type", node, path, message, Text("запишите `ключ: значение`", "write `key: value`"))
            return
        record = Record(items.shape.record, path, self.document.span(node), parent)
        items.items.append(record)
        self._fill(record, node, items.shape.record)

    def _closed(self, shape: FieldShape, holder: Mapping | None, path: str) -> bool:
        where = f"{path.rpartition('.')[0]}.{shape.coverage}".removeprefix(".")
        key = shape.coverage
        if key.startswith("coverage."):
            holder, key, where = self.coverage, shape.name, key
        node = holder.get(key) if holder is not None else None
        if node is None:
            return False
        if not isinstance(node, Scalar) or not node.is_text or node.text not in COVERAGES:
            message = Text("полнота списка указана неверно", "the coverage of the list is not stated rightly")
            word = node.text if isinstance(node, Scalar) else ""
            self.note("unknown-value", node, where, message, nearest(word, COVERAGES))
            return False
        return node.text == "complete"

    # --- values -------------------------------------------------------------------------------------------

    def _value(self, node: Node, shape: FieldShape, path: str) -> Value | None:
        if is_null(node):
            self._refuse(_null(shape), node, path)
            return None
        if is_unknown(node):
            if shape.required:
                self._refuse(_required(shape), node, path)
            return None
        try:
            return read_value(node, shape, self.names, self.as_of)
        except RefusalError as refusal:
            self._refuse(refusal, node, path)
            return None

    def _refuse(self, refusal: RefusalError, node: Node, path: str) -> None:
        self.note(refusal.code, refusal.node or node, path, refusal.message, refusal.help)
        for other in refusal.others:
            self._refuse(other, node, path)

    def _index(self, snapshot: Snapshot) -> None:
        for name, items in snapshot.root.lists.items():
            snapshot.index[name] = {item.ref: item for item in reversed(items.items) if item.ref is not None}


def _null(shape: FieldShape) -> RefusalError:
    return RefusalError(
        "null-value",
        Text(f"«{shape.title.ru}»: пустое значение", f"“{shape.title.en}”: an empty value"),
        Text(
            "неизвестно: `unknown` или без ключа; известно, что нет: `never`, `none` или `[]`",
            "unknown: `unknown`, or leave the key out; known to be none: `never`, `none` or `[]`",
        ),
    )


def _required(shape: FieldShape) -> RefusalError:
    return RefusalError(
        "required-value",
        Text(f"«{shape.title.ru}»: нужно знать обязательно", f"“{shape.title.en}”: must be known"),
        Text(shape.description.ru, shape.description.en),
    )
