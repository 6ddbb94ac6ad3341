"""The places of a snapshot that a column can fill, by their path: `organization.inn`, `chats.creator.ref`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.named_tuple import NamedTuple
from validator.logic.shape import FieldShape, Kind, RecordShape
from validator.logic.text import Text
from validator.snapshots.read import COVERAGES

INN, AS_OF = f"{ROOT}.inn", "as_of"
COVERAGE_WORDS = {
    "complete": Text("полный", "complete"),
    "partial": Text("неполный", "partial"),
    "unknown": Text("неизвестно", "unknown"),
}


class Place(NamedTuple):
    """A field of a snapshot.

    `rows` is the path of the list whose items have it, `organization` for what an organization has once. `record`
    are the keys that lead to its record, from the item or from the document. `coverage` is the path of the list
    whose completeness it tells, "" for a fact.
    """

    path: str
    rows: str
    record: tuple[str, ...]
    shape: FieldShape
    coverage: str = ""

    @property
    def name(self) -> str:
        """The last key."""
        return self.shape.name


def places(vocabulary: Vocabulary) -> Mapping[str, Place]:
    """All places by their path, in the order of the schema."""
    return {place.path: place for place in _root(vocabulary)}


def _root(vocabulary: Vocabulary) -> Iterator[Place]:
    fields = vocabulary.document.fields
    for name, shape in fields.items():
        if shape.kind is Kind.RECORD and shape.record is not None:
            yield from _record(shape.record, name, ROOT, (name,))
        elif shape.kind is Kind.LIST:
            yield Place(f"coverage.{name}", ROOT, ("coverage",), _coverage(name, shape), name)
        elif name != "schema":
            yield Place(name, ROOT, (), shape)
    for name, shape in fields.items():
        if shape.kind is Kind.LIST and shape.record is not None:
            yield from _record(shape.record, name, name, ())


def _record(record: RecordShape, prefix: str, rows: str, keys: tuple[str, ...]) -> Iterator[Place]:
    later = []
    for name, shape in record.fields.items():
        path = f"{prefix}.{name}"
        match shape.kind:
            case Kind.RECORD:
                assert shape.record is not None
                yield from _record(shape.record, path, rows, (*keys, name))
            case Kind.LIST:
                assert shape.record is not None
                where = f"{prefix}.{shape.coverage}"
                yield Place(where, rows, keys, _coverage(shape.coverage, shape), path)
                later.append((shape.record, path))
            case _:
                yield Place(path, rows, keys, shape)
    for inner, path in later:
        yield from _record(inner, path, path, ())


def _coverage(key: str, of: FieldShape) -> FieldShape:
    title = of.title
    return FieldShape(
        name=key,
        kind=Kind.ENUM,
        title=Text(f"Полнота списка «{title.ru}»", f"Completeness of the list “{title.en}”"),
        description=Text("Все ли записи этого списка переданы.", "Whether all the items of this list are given."),
        values={word: COVERAGE_WORDS[word] for word in COVERAGES},
    )


def parent_of(rows: str) -> str:
    """The list that holds the items whose lists these are: `chats` of `chats.admins`, "" of `chats`."""
    return rows.rpartition(".")[0]
