"""Small snapshots put together from the pieces of an example: every piece keeps the place it was written at."""

from __future__ import annotations

from collections.abc import Iterable

from validator.language.nodes import Document, Mapping, Node, Scalar, Sequence
from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.shape import FieldShape, Kind, RecordShape
from validator.logic.values import Value, spell

# An invented organization: the number is valid by its check digit only.
DEFAULT_INN = "7800000002"
DEFAULT_REGION = "50"
REF_PREFIX = {"people": "p", "guardians": "g", "classes": "c", "chats": "h", "uses": "u", "documents": "d"}


class Pieces:
    """The parts of a snapshot; a later `put` replaces what an earlier one said, key by key."""

    def __init__(self, place: Node) -> None:
        self.place = place
        self.organization = self.mapping()
        self.roadmap = self.mapping()
        self.item = self.mapping()
        self.parent = self.mapping()
        self.lists: dict[str, Node] = {}
        self.coverage = self.mapping()
        self.as_of: Node | None = None
        self.about = ROOT

    def mapping(self) -> Mapping:
        """An empty mapping at the place of the example."""
        return Mapping(self.place.line, self.place.column, self.place.end_line, self.place.end_column)

    def sequence(self, items: Iterable[Node]) -> Sequence:
        """A list at the place of the example."""
        found = Sequence(self.place.line, self.place.column, self.place.end_line, self.place.end_column)
        found.items.extend(items)
        return found

    def value(self, value: Value) -> Node:
        """A value as a snapshot would write it, at the place of the example."""
        if isinstance(value, frozenset):
            return self.sequence(self.scalar(item) for item in sorted(value))
        return self.scalar(spell(value))

    def scalar(self, text: str) -> Scalar:
        """A text at the place of the example."""
        return Scalar(text, "plain", self.place.line, self.place.column, self.place.end_line, self.place.end_column)


def merged(base: Node | None, change: Node | None) -> Node | None:
    """`change` over `base`: mappings key by key, anything else as a whole."""
    if not isinstance(base, Mapping) or not isinstance(change, Mapping):
        return change if change is not None else base
    found = Mapping(change.line, change.column, change.end_line, change.end_column)
    found.entries.update(base.entries)
    for name, (key, value) in change.entries.items():
        inner = merged(base.get(name), value)
        assert inner is not None
        found.entries[name] = (key, inner)
    return found


def build(pieces: Pieces, vocabulary: Vocabulary, file: str) -> Document:
    """The document of the pieces: every list complete unless said otherwise, refs given where they are needed."""
    root = pieces.mapping()
    _put(pieces, root, "schema", pieces.scalar("sverka.snapshot/1"))
    _put(pieces, root, "as_of", pieces.as_of or pieces.scalar("unknown"))
    organization = merged(_defaults(pieces), pieces.organization)
    assert organization is not None
    _put(pieces, root, ROOT, organization)
    if pieces.roadmap.entries:
        _put(pieces, root, "roadmap", pieces.roadmap)
    lists = dict(pieces.lists)
    _put_item(pieces, lists)
    coverage = pieces.mapping()
    for name, shape in vocabulary.document.fields.items():
        if shape.kind is not Kind.LIST:
            continue
        _put(pieces, coverage, name, pieces.coverage.get(name) or pieces.scalar("complete"))
        if name in lists:
            assert shape.record is not None
            _put(pieces, root, name, _completed(pieces, lists.pop(name), shape))
    for name, node in lists.items():  # a misspelt list is reported by the reader of snapshots
        _put(pieces, root, name, node)
    _put(pieces, root, "coverage", coverage)
    return Document(file, root, "", 0)


def _put(pieces: Pieces, mapping: Mapping, name: str, node: Node) -> None:
    mapping.entries[name] = (pieces.scalar(name), node)


def put(mapping: Mapping, path: list[str], node: Node, pieces: Pieces) -> None:
    """Set the value at a path of nested records, keeping what stands beside it."""
    first, *rest = path
    if rest:
        inner = merged(pieces.mapping(), mapping.get(first))
        assert isinstance(inner, Mapping)
        put(inner, rest, node, pieces)
        node = inner
    _put(pieces, mapping, first, node)


def _defaults(pieces: Pieces) -> Mapping:
    found = pieces.mapping()
    _put(pieces, found, "inn", pieces.scalar(DEFAULT_INN))
    _put(pieces, found, "region", pieces.scalar(DEFAULT_REGION))
    return found


def _put_item(pieces: Pieces, lists: dict[str, Node]) -> None:
    """The judged item stands first in its list; one of a nested list stands in its parent."""
    if pieces.about == ROOT:
        return
    name, _, inner = pieces.about.partition(".")
    item: Mapping = pieces.item
    if inner:
        parent = merged(pieces.mapping(), pieces.parent)
        assert isinstance(parent, Mapping)
        rest = parent.get(inner)
        others = rest.items if isinstance(rest, Sequence) else []
        _put(pieces, parent, inner, pieces.sequence([item, *others]))
        item = parent
    rest = lists.get(name)
    others = rest.items if isinstance(rest, Sequence) else []
    lists[name] = pieces.sequence([item, *others])


def _completed(pieces: Pieces, node: Node, shape: FieldShape) -> Node:
    """Items with a ref each, and their own lists complete."""
    if not isinstance(node, Sequence) or shape.record is None:
        return node
    return pieces.sequence(_completed_item(pieces, item, shape.record, i) for i, item in enumerate(node.items))


def _completed_item(pieces: Pieces, node: Node, shape: RecordShape, index: int) -> Node:
    if not isinstance(node, Mapping):
        return node
    found = Mapping(node.line, node.column, node.end_line, node.end_column)
    found.entries.update(node.entries)
    for name, field in shape.fields.items():
        if field.identity and name not in found.entries:
            _put(pieces, found, name, pieces.scalar(f"{REF_PREFIX.get(shape.path, 'x')}_example{index}"))
        if field.kind is Kind.LIST:
            if field.coverage not in found.entries:
                _put(pieces, found, field.coverage, pieces.scalar("complete"))
            if name in found.entries:
                _put(pieces, found, name, _completed(pieces, found.entries[name][1], field))
    return found
