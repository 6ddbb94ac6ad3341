"""Searches for duties that can't all be met, with solvers that are counted and give up when they are to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any
from unittest.mock import patch

import z3
from clash_cases import DAY, OPEN, SCHOOL, SHUT
from clash_world import Rule, duty, setting

from validator.interpreters.smt import contexts
from validator.interpreters.smt.answer import Limits
from validator.interpreters.smt.contexts import clashes
from validator.interpreters.smt.duties import Search

TWO = (Rule(SCHOOL, OPEN), Rule(SCHOOL, SHUT))


class Watched:
    """A solver that is counted, and gives up when it is to."""

    def __init__(self, solver: Any, number: int, watch: Watch) -> None:
        self._solver, self._number, self._watch = solver, number, watch

    def __getattr__(self, name: str) -> Any:
        return getattr(self._solver, name)

    def check(self, *assumed: Any) -> Any:
        """As the solver, unless it is to give up."""
        self._watch.checks += 1
        if self._watch.gives_up(self._number, self._watch.checks):
            return z3.unknown
        return self._solver.check(*assumed)


class Watch:
    """How many solvers were made and how often they were asked; which answers are to be withheld."""

    def __init__(self, gives_up: Callable[[int, int], bool], most: int) -> None:
        self.gives_up, self.most = gives_up, most
        self.solvers = self.checks = 0

    def new(self, limits: Limits) -> Watched:
        """A solver; an error after so many, as a search that never ends would not be noticed."""
        self.solvers += 1
        assert self.solvers <= self.most
        return Watched(_new_solver(limits), self.solvers, self)


_new_solver = contexts.new_solver


@contextmanager
def watched(gives_up: Callable[[int, int], bool] = lambda *_: False, *, most: int = 60) -> Iterator[Watch]:
    """Solvers of searches are watched within."""
    watch = Watch(gives_up, most)
    with patch.object(contexts, "new_solver", watch.new):
        yield watch


def search(rules: Sequence[Rule], *cuts: date, limits: Limits | None = None, one_day: bool = False) -> Search:
    """A search in a setting of which nothing is known yet."""
    where = setting(DAY, DAY) if one_day else setting()
    return clashes(where, [duty(rule) for rule in rules], cuts, limits=limits)
