"""Questions as formulas, whatever lists are."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import z3

from validator.interpreters.smt.encoder import Encoder, Lists, NotAnalysedError
from validator.interpreters.smt.formulas import Bool, conj, disj, implies, neg
from validator.interpreters.smt.query import (
    Both,
    Definitely,
    Either,
    ForEvery,
    ForSome,
    Negated,
    Other,
    Query,
    Setting,
    Switch,
    Then,
)
from validator.interpreters.smt.variables import Node
from validator.language.vocabulary import ROOT
from validator.logic.policy import Subject
from validator.logic.text import Text

AS_OF = "as_of"


class Questions:
    """The snapshot as the solver sees it, and what is asked of it."""

    def __init__(
        self, setting: Setting, lists: Callable[[Encoder], Lists], *, mark: str = "", later: int = 0
    ) -> None:
        """`mark` tells the facts of this snapshot from those of another, which may be some days `later`."""
        self.setting = setting
        self.as_of = z3.Int(AS_OF) + later if later else z3.Int(AS_OF)
        self.root = Node(ROOT, f"{ROOT}{mark}", setting.vocabulary.root, None, True, None)
        self.encoder = Encoder(setting, lists, self.as_of, self.root)

    def formula(self, query: Query, items: Mapping[str, Node] | None = None) -> Bool:
        """The formula of a question; `items` are what the names of items stand for so far."""
        bound = items or {}
        match query:
            case Definitely(condition, truth, mode, item):
                names = self.encoder.names_of(mode.subject.scopes, bound.get(item))
                rails = self.encoder.rails(self.encoder.case(mode, names), names, condition)
                return rails.true if truth else rails.false
            case Both(parts):
                return conj([self.formula(part, bound) for part in parts])
            case Either(parts):
                return disj([self.formula(part, bound) for part in parts])
            case Negated(part):
                return neg(self.formula(part, bound))
            case Switch(name, part):
                return implies(z3.Bool(name), self.formula(part, bound))
            case Then(part, other):
                return self.elsewhere(part, other, bound)
            case ForSome(subject, body, item):
                return self._some(subject, lambda node: self.formula(body, {**bound, item: node}))
            case ForEvery(subject, body, item):
                return neg(self._some(subject, lambda node: neg(self.formula(body, {**bound, item: node}))))

    def elsewhere(self, part: Query, other: Other, items: Mapping[str, Node]) -> Bool:
        """The formula of a question about another snapshot."""
        del part, other, items
        raise NotAnalysedError(Text("сравниваются два снимка", "two snapshots are compared"))

    def _some(self, subject: Subject, body: Callable[[Node], Bool]) -> Bool:
        """That some item which a subject judges satisfies `body`."""
        parts = subject.path.split(".") if subject.scopes else []

        def within(node: Node, depth: int) -> Bool:
            if depth == len(parts):
                return body(node)
            path = ".".join(parts[: depth + 1])
            return self.encoder.lists.some(node, path, lambda item: within(item, depth + 1))

        return within(self.root, 0)

    def range_of_days(self) -> Bool:
        """That the day of the snapshot is one that the setting allows."""
        first, last = self.setting.first.toordinal(), self.setting.last.toordinal()
        return z3.And(self.as_of >= first, self.as_of <= last)
