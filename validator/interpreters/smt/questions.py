"""Questions as formulas, whatever lists are."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import z3

from validator.interpreters.smt.encoder import Encoder, Lists
from validator.interpreters.smt.formulas import Bool, conj, disj, neg
from validator.interpreters.smt.query import Both, Definitely, Either, ForEvery, ForSome, Negated, Query, Setting
from validator.interpreters.smt.variables import Node
from validator.language.vocabulary import ROOT
from validator.logic.policy import Subject

AS_OF = "as_of"


class Questions:
    """The snapshot as the solver sees it, and what is asked of it."""

    def __init__(self, setting: Setting, lists: Callable[[Encoder], Lists]) -> None:
        self.setting = setting
        self.as_of = z3.Int(AS_OF)
        self.root = Node(ROOT, ROOT, setting.vocabulary.root, None, True, None)
        self.encoder = Encoder(setting, lists, self.as_of, self.root)

    def formula(self, query: Query, items: Mapping[str, Node] | None = None) -> Bool:
        """The formula of a question; `items` are what the names of items stand for so far."""
        bound = items or {}
        match query:
            case Definitely(condition, truth, mode, item):
                names = self.encoder.names_of(mode.subject.scopes, bound.get(item, self.root))
                rails = self.encoder.rails(self.encoder.case(mode, names), names, condition)
                return rails.true if truth else rails.false
            case Both(parts):
                return conj([self.formula(part, bound) for part in parts])
            case Either(parts):
                return disj([self.formula(part, bound) for part in parts])
            case Negated(part):
                return neg(self.formula(part, bound))
            case ForSome(subject, body, item):
                return self._some(subject, lambda node: self.formula(body, {**bound, item: node}))
            case ForEvery(subject, body, item):
                return neg(self._some(subject, lambda node: neg(self.formula(body, {**bound, item: node}))))

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
