"""Scopes: which records a condition can name, and where a field name leads from where it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.frozen import Frozen, replace
from validator.logic.shape import FieldShape, Kind, RecordShape


class Known(NamedTuple):
    """The names that conditions may use, gathered from all files before the first condition is read.

    `definitions` gives the list a definition is about, `parameters` the kind of its values, `registers` the
    family, `values` the members of a named set, `services` the ids of all registered services.
    """

    definitions: Mapping[str, str]
    parameters: Mapping[str, Kind]
    registers: Mapping[str, str]
    values: Mapping[str, frozenset[str]]
    services: frozenset[str]


class Scope(Frozen, frozen=True):
    """Where a condition is read.

    `bound` maps the names of the enclosing items to their shapes, the organization among them; `current` is the
    one whose fields need no prefix, `prefix` the path of the nested record in it that is being described, and
    `shape` that record's shape. `renamed` gives other names for fields of the judged item.
    """

    vocabulary: Vocabulary
    bound: Mapping[str, RecordShape]
    current: str
    prefix: tuple[str, ...]
    shape: RecordShape
    renamed: Mapping[str, str]
    depth: int = 0

    def field(self, name: str) -> FieldShape | None:
        """The field that a name denotes here."""
        if not self.prefix and name in self.renamed:
            name = self.renamed[name]
        return self.shape.fields.get(name)

    def path(self, name: str) -> tuple[str, ...]:
        """The path of a field from the current item."""
        if not self.prefix and name in self.renamed:
            name = self.renamed[name]
        return (*self.prefix, name)

    def names(self) -> list[str]:
        """Every field name that can be written here, other names of fields included."""
        return [*self.shape.fields, *([] if self.prefix else self.renamed)]

    def into_record(self, name: str) -> Scope:
        """Inside a nested record of the current item."""
        found = self.field(name)
        assert found is not None
        assert found.record is not None
        return replace(self, prefix=self.path(name), shape=found.record)

    def into_scope(self, name: str) -> Scope:
        """Back in an enclosing item, by its name."""
        return replace(self, current=name, prefix=(), shape=self.bound[name], renamed={})

    def into_item(self, shape: RecordShape, name: str) -> Scope:
        """Inside an item that a quantifier or a reference binds to `name`."""
        return Scope(self.vocabulary, {**self.bound, name: shape}, name, (), shape, {}, self.depth + 1)

    def free_name(self, wanted: str) -> str:
        """A binding name that hides none of the enclosing items."""
        name, number = wanted, 2
        while name in self.bound:
            name, number = f"{wanted}#{number}", number + 1
        return name


def scope_of(vocabulary: Vocabulary, path: str, renamed: Mapping[str, str] | None = None) -> Scope:
    """The scope of what is judged: the organization, or an item of the list at `path`."""
    bound = {ROOT: vocabulary.root}
    current = ROOT
    parts = path.split(".")
    for index, name in enumerate(vocabulary.scopes_of(path)):
        bound[name] = vocabulary.record_of(".".join(parts[: index + 1]))
        current = name
    return Scope(vocabulary, bound, current, (), bound[current], renamed or {})
