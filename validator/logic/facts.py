"""The facts of one organization on one day, typed and with the place each was read at.

Every record and list of the schema is there, empty where nothing was given, so that an interpreter never asks
whether a container exists: only values can be absent, and absent means unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from validator.logic.problem import Span
from validator.logic.shape import FieldShape, RecordShape
from validator.logic.values import Value


class Record:
    """One record. `path` is its place in the snapshot (`chats[3].creator`), `span` where it was written.

    `values` holds what was given, `spans` the place of each, also of what is said to be `unknown`, `records` and
    `lists` every nested container of the shape. `parent` is the enclosing item, None for items of top-level lists
    and for the root.
    """

    __slots__ = ("lists", "parent", "path", "records", "ref", "shape", "span", "spans", "values")

    def __init__(self, shape: RecordShape, path: str, span: Span, parent: Record | None = None) -> None:
        self.shape = shape
        self.path = path
        self.span = span
        self.parent = parent
        self.ref: str | None = None
        self.values: dict[str, Value] = {}
        self.spans: dict[str, Span] = {}
        self.records: dict[str, Record] = {}
        self.lists: dict[str, ItemList] = {}

    def path_of(self, name: str) -> str:
        """The place of a field of this record."""
        if name in self.records:
            return self.records[name].path
        if name in self.lists:
            return self.lists[name].path
        return f"{self.path}.{name}"

    def span_of(self, name: str) -> Span:
        """Where a value, record or list stands; of an absent one, where the record does that should hold it."""
        container = self.records.get(name) or self.lists.get(name)
        return self.spans.get(name, self.span) if container is None else container.span


class ItemList:
    """The items of a list; `closed` says that nothing is missing from it."""

    __slots__ = ("closed", "items", "path", "shape", "span")

    def __init__(self, shape: FieldShape, path: str, span: Span, closed: bool) -> None:
        self.shape = shape
        self.path = path
        self.span = span
        self.closed = closed
        self.items: list[Record] = []

    def __iter__(self) -> Iterator[Record]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


class Snapshot:
    """One document read whole. `root` is the scope `organization`: its fields, all lists, the roadmap."""

    __slots__ = ("as_of", "digest", "file", "index", "root", "size")

    def __init__(self, file: str, digest: str, size: int, as_of: date, root: Record) -> None:
        self.file = file
        self.digest = digest
        self.size = size
        self.as_of = as_of
        self.root = root
        self.index: dict[str, dict[str, Record]] = {}

    @property
    def inn(self) -> str:
        """The taxpayer number, the identity of the organization."""
        return str(self.root.values["inn"])

    @property
    def region(self) -> str:
        """The two-digit code of the federal subject."""
        return str(self.root.values["region"])

    @property
    def kind(self) -> str:
        """The kind of organization."""
        return str(self.root.values["kind"])

    def items(self, path: str) -> list[ItemList]:
        """Every list at a list path: one for `chats`, one per chat for `chats.ranks`."""
        first, *rest = path.split(".")
        found = [self.root.lists[first]]
        for name in rest:
            found = [item.lists[name] for outer in found for item in outer]
        return found

    def referred(self, target: str, ref: str) -> Record | None:
        """The item of the list `target` with that `ref`."""
        return self.index.get(target, {}).get(ref)
