"""A second opinion: the same question with lists as sorts of the solver and real quantifiers, without any bound.

An item is an element of the sort of its list, a field a function of it. Nothing here knows of slots or of bounds,
so a fault in either shows as a disagreement. What a condition without lists means is shared with the first encoding
(and tested against the reference evaluator); the solver may give up where it does not with slots.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from itertools import combinations
from typing import Any

import z3

from validator.interpreters.smt.answer import Answer, Limits
from validator.interpreters.smt.bounds import BoundFinder
from validator.interpreters.smt.context import term_of
from validator.interpreters.smt.encoder import Encoder, NotAnalysedError
from validator.interpreters.smt.formulas import Bool, Number, both, choose, conj, implies, plus
from validator.interpreters.smt.query import Both, Query, Setting, invariants
from validator.interpreters.smt.questions import Questions
from validator.interpreters.smt.variables import Node, Path, Variable, between, of_organization, sound
from validator.language.vocabulary import ROOT
from validator.logic.proof import Status
from validator.logic.shape import Kind, RecordShape

ITEM_CODES = 2_000_000_000
# A count is told from one another up to here; a question that counts further is left to the first encoding.
COUNTED = 4


class Opinion(Enum):
    """What the second encoding says of an answer of the first."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    UNKNOWN = "unknown"


class ElementNode(Node):
    """An item as an element of the sort of its list."""

    __slots__ = ("element",)

    def __init__(self, path: str, shape: RecordShape, parent: Node | None, element: Any, code: Number) -> None:
        super().__init__(path, path, shape, parent, member(path, element), code)
        self.element = element

    def fact(self, name: str, sort: Any) -> Any:
        """A fact about this item."""
        return z3.Function(f"{self.path}.{name}", self.element.sort(), sort)(self.element)

    def related(self, name: str, code: Number) -> Any:
        """Whether a set of this item has a member."""
        return z3.Function(f"{self.path}.{name}", self.element.sort(), z3.IntSort(), z3.BoolSort())(
            self.element, code
        )


def sort_of(path: str) -> Any:
    """The sort of the items of a list."""
    return z3.DeclareSort(f"item of {path}")


def member(path: str, element: Any) -> Bool:
    """That an element of the sort is an item of the list."""
    return z3.Function(f"{path}!", sort_of(path), z3.BoolSort())(element)


def parent_of(path: str, element: Any) -> Any:
    """The item that encloses an item."""
    outer = path.rpartition(".")[0]
    return z3.Function(f"{path}^", sort_of(path), sort_of(outer))(element)


def code_of(path: str, element: Any) -> Any:
    """The code of the pseudonym of an item."""
    return z3.Function(f"{path}#", sort_of(path), z3.IntSort())(element)


class ElementLists:
    """Lists of any length."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self._fresh = 0

    def node(self, parent: Node | None, path: str) -> ElementNode:
        """Any item of a list; of a list within items, any item of a parent."""
        items = self.encoder.setting.vocabulary.lists[path]
        assert items.record is not None
        self._fresh += 1
        element = z3.Const(f"x{self._fresh}", sort_of(path))
        nested = "." in path
        return ElementNode(
            path, items.record, parent if nested else None, element, None if nested else code_of(path, element)
        )

    def _inside(self, node: ElementNode) -> Bool:
        if isinstance(node.parent, ElementNode):
            return both(node.here, parent_of(node.path, node.element) == node.parent.element)
        return node.here

    def _distinct(self, parent: Node, path: str, body: Callable[[Node], Bool], number: int) -> Bool:
        """That so many different items satisfy `body`."""
        nodes = [self.node(parent, path) for _ in range(number)]
        parts = [both(self._inside(node), body(node)) for node in nodes]
        different = [z3.Distinct(*(node.element for node in nodes))] if number > 1 else []
        inner = conj([*parts, *different])
        return inner if isinstance(inner, bool) else z3.Exists([node.element for node in nodes], inner)

    def some(self, parent: Node, path: str, body: Callable[[Node], Bool]) -> Bool:
        """That some item of a list satisfies `body`."""
        return self._distinct(parent, path, body, 1)

    def amount(self, parent: Node, path: str, body: Callable[[Node], Bool]) -> Number:
        """How many items do, told from one another up to a small number."""
        total: Number = 0
        for number in range(1, COUNTED + 1):
            total = plus(total, choose(self._distinct(parent, path, body, number), 1, 0))
        return total

    def key(self, paths: frozenset[str]) -> object:
        """Formulas do not depend on any length."""
        del paths
        return ()


class Quantified(Questions):
    """All snapshots, as formulas with quantifiers."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting, ElementLists)

    @property
    def lists(self) -> ElementLists:
        """The lists of the snapshot."""
        assert isinstance(self.encoder.lists, ElementLists)
        return self.encoder.lists

    def soundness(self, touched: list[Any]) -> list[Bool]:
        """What makes a model a snapshot that the reader accepts."""
        texts = frozenset(part for part in touched if isinstance(part, int))
        fields: dict[str, dict[Path, Variable]] = {}
        for variable in touched:
            if isinstance(variable, Variable):
                fields.setdefault(variable.node.path, {}).setdefault(variable.path, variable)
        found: list[Bool] = [self.range_of_days()]
        targets: set[str] = set()
        for path, members in fields.items():
            found.append(self._of_record(path, members, texts))
            targets |= {v.shape.target for v in members.values() if v.shape.target is not None}
            targets |= {path for v in members.values() if v.shape.identity}
        found += [self._told_apart(path, number) for number, path in enumerate(sorted(targets))]
        return [*found, *of_organization(fields.get(ROOT, {}), self.encoder.codes)]

    def _of_record(self, path: str, members: dict[Path, Variable], texts: frozenset[int]) -> Bool:
        node: Node = self.root if path == ROOT else self.lists.node(None, path)
        variables = [self.encoder.fact(node, name) for name in members]
        parts = [sound(variable, self.encoder.codes, self.as_of, texts) for variable in variables]
        parts += [
            self._references(variable, target)
            for variable in variables
            if (target := variable.shape.target) is not None
        ]
        for one, other in combinations(variables, 2):
            parts += list(between(one, other))
        return self._of_every(node, conj(parts))

    def _of_every(self, node: Node, formula: Bool) -> Bool:
        if not isinstance(node, ElementNode) or isinstance(formula, bool):
            return formula
        return z3.ForAll([node.element], implies(node.here, formula))

    def _references(self, variable: Variable, target: str) -> Bool:
        if variable.shape.kind is Kind.REF:
            return self.encoder.reference_is_sound(variable)
        code = z3.Int("code")
        there = self.lists.some(self.root, target, lambda item: item.code == code)
        return z3.ForAll([code], implies(variable.has(code), there))

    def _told_apart(self, path: str, number: int) -> Bool:
        """That pseudonyms tell the items of a list apart, and from those of other lists."""
        node = self.lists.node(None, path)
        code = code_of(path, node.element)
        back = z3.Function(f"{path}@", z3.IntSort(), sort_of(path))
        first = ITEM_CODES * (number + 1)
        return z3.ForAll(
            [node.element], z3.And(back(code) == node.element, code >= first, code < first + ITEM_CODES)
        )


def decide(setting: Setting, query: Query, limits: Limits | None = None) -> bool | None:
    """Whether some snapshot with lists of any length satisfies a question; None when the solver does not know."""
    wanted = limits or Limits()
    space = Quantified(setting)
    whole = Both((query, invariants(setting)))
    finder = BoundFinder(space.encoder.finder)
    finder.bounds(whole)
    if finder.most >= COUNTED or finder.uncertain:
        return None
    try:
        formula = space.formula(whole)
        facts = space.soundness(list(space.encoder.touched))
    except NotAnalysedError:
        return None
    context = z3.Context()  # of its own, so that the way of the solver does not depend on questions before this one
    solver = z3.Solver(ctx=context)
    solver.set("timeout", wanted.timeout)
    solver.set("random_seed", wanted.seed)
    solver.add([term_of(part).translate(context) for part in (formula, *facts)])
    answer = solver.check()
    return None if answer == z3.unknown else bool(answer == z3.sat)


def second_opinion(setting: Setting, query: Query, answer: Answer, limits: Limits | None = None) -> Opinion:
    """What the second encoding says of an answer.

    Where no bound was known (BOUNDED_OK), a longer list that answers the question is no disagreement.
    """
    if answer.status not in (Status.PROVED, Status.BOUNDED_OK, Status.WITNESS):
        return Opinion.UNKNOWN
    found = decide(setting, query, limits)
    if found is None or (found and answer.status is Status.BOUNDED_OK):
        return Opinion.UNKNOWN
    return Opinion.AGREES if found is (answer.status is Status.WITNESS) else Opinion.DISAGREES


__all__ = ["Opinion", "Quantified", "decide", "second_opinion"]
