"""The facts that come up while formulas are built: variables, names, and what lists are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

import z3

from validator.interpreters.smt.codes import STRANGE, Codes
from validator.interpreters.smt.formulas import Bool, Number, any_of, neg, same, within
from validator.interpreters.smt.query import Mode, Setting
from validator.interpreters.smt.uses import UseFinder
from validator.interpreters.smt.variables import Node, Path, Variable
from validator.language.vocabulary import ROOT
from validator.logic.expr import Field
from validator.logic.shape import FieldShape, Kind
from validator.logic.text import Text

Names = Mapping[str, Node]
Touch = Variable | tuple[str, Node] | int | str
# Came up when the names of services in two fields are compared.
NAMES_COMPARED = "names compared"


class NotAnalysedError(Exception):
    """A place of a question that can't be put to the solver; `text` names it."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Lists(Protocol):
    """The items of lists."""

    def some(self, parent: Node, path: str, body: Callable[[Node], Bool]) -> Bool:
        """That some item of the list `path` of a record satisfies `body`."""

    def amount(self, parent: Node, path: str, body: Callable[[Node], Bool]) -> Number:
        """How many do."""

    def key(self, paths: frozenset[str]) -> object:
        """What formulas over these lists depend on."""


class Case(NamedTuple):
    """A mode on one item: what the names of the judged item stand for, and the judged day once it was asked for."""

    mode: Mode
    subject: Names
    uses: UseFinder
    days: list[tuple[Number, Number]]


class Facts:
    """The variables of a snapshot. `touched` collects what came up since it was emptied."""

    def __init__(self, setting: Setting, lists: Callable[[Any], Lists], as_of: Number, root: Node) -> None:
        self.setting = setting
        self.codes = Codes(setting)
        self.as_of = as_of
        self.root = root
        self.touched: dict[Touch, None] = {}
        self.lists = lists(self)
        self._variables: dict[tuple[Node, Path], Variable] = {}
        self._cases: dict[tuple[int, tuple[Node, ...]], Case] = {}
        self._finders: dict[int, tuple[Mode, UseFinder]] = {}
        self._data: dict[object, Any] = {}

    def case(self, mode: Mode, subject: Names) -> Case:
        """The case of a mode on an item."""
        key = (id(mode), tuple(subject.values()))
        found = self._cases.get(key)
        if found is None:
            found = self._cases[key] = Case(mode, subject, self.finder(mode), [])
        return found

    def finder(self, mode: Mode) -> UseFinder:
        """What conditions use under a mode."""
        found = self._finders.get(id(mode))
        if found is None:
            found = self._finders[id(mode)] = (mode, UseFinder(mode))
        return found[1]

    def names_of(self, scopes: tuple[str, ...], item: Node | None) -> Names:
        """What scope names stand for when they are those of an item, if any, and of its enclosing items."""
        found, node = {ROOT: self.root}, item
        for scope in reversed(scopes):
            assert node is not None
            found[scope] = node
            node = node.parent
        return found

    def variable(self, names: Names, field: Field) -> Variable:
        """The variable of a field."""
        return self.fact(names[field.scope], field.path)

    def fact(self, node: Node, path: Path) -> Variable:
        """The variable of a field of a record."""
        found = self._variables.get((node, path))
        if found is None:
            found = self._variables[node, path] = Variable(node, path, self._shape(node, path))
        self.touched[found] = None
        return found

    def _shape(self, node: Node, path: Path) -> FieldShape:
        """The shape as the vocabulary of this setting has it."""
        record = node.shape
        for name in path[:-1]:
            inner = record.fields[name].record
            assert inner is not None
            record = inner
        return record.fields[path[-1]]

    def closed(self, node: Node, name: str) -> Bool:
        """That nothing is missing from a list of a record."""
        self.touched[name, node] = None
        return closed(node, name)

    def text(self, text: str) -> int:
        """The code of a text that a condition mentions."""
        code = self.codes.of(text)
        self.touched[code] = None
        return code

    def name(self, text: str, shape: FieldShape) -> int:
        """The code of a text that a condition compares a field with."""
        service = Kind.SERVICE in (shape.kind, shape.item)
        code = self.codes.of_service(text) if service else self.codes.of(text)
        self.touched[code] = None
        return code

    def specials(self, shape: FieldShape) -> list[int]:
        """The codes of the words that a reference admits."""
        return [self.codes.of(word) for word in shape.special]

    def reference_is_sound(self, variable: Variable) -> Bool:
        """That a reference points to an item that exists."""
        shape = variable.shape
        found = self.lists.some(self.root, shape.target or "", lambda item: same(variable.value, item.code))
        return any_of(neg(variable.present), within(variable.value, self.specials(shape)), found)


def closed(node: Node, name: str) -> Bool:
    """That nothing is missing from a list of a record."""
    return node.fact(f"{name}*", z3.BoolSort())


def is_strange(value: Number) -> Bool:
    """Whether the service that a field holds is a name that no register knows."""
    return value >= STRANGE
