"""Random questions for the solver, and the answers with more and with fewer items than the derived bounds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import z3
from worlds import REAL, TOY

from validator.interpreters.readings import overrides_of
from validator.interpreters.smt.answer import Limits
from validator.interpreters.smt.ask import Session, new_solver, session
from validator.interpreters.smt.query import (
    NO_OVERRIDES,
    Both,
    Definitely,
    Either,
    ForEvery,
    ForSome,
    Mode,
    Negated,
    Query,
    Setting,
)
from validator.interpreters.strategies import (
    Chooser,
    Menu,
    World,
    random_condition,
    random_norm,
    random_window,
    seeded,
    subject_of,
)
from validator.language.scopes import scope_of
from validator.language.vocabulary import ROOT
from validator.logic.expr import Condition
from validator.logic.policy import Window

SMALL = Menu(known=True, ratios=False, depth=2)
LIMITS = Limits(timeout=4_000)


class Question(NamedTuple):
    """A random question and where it is asked."""

    setting: Setting
    query: Query


@lru_cache(maxsize=2)
def setting_of(real: bool) -> Setting:
    """The setting of a world."""
    world = REAL if real else TOY
    return Setting(world.vocabulary, world.names)


def question(seed: int, *, real: bool = False, depth: int = 2) -> Question:
    """The question of a seed."""
    world, choose = REAL if real else TOY, seeded(seed)
    makers = _Questions(world, choose, SMALL)
    # Several parts that have to hold together often exclude each other: then the bound is put to the test.
    parts = tuple(makers.query(depth) for _ in range(choose.one((1, 3, 4, 5))))
    return Question(setting_of(real), Both(parts))


class _Questions:
    def __init__(self, world: World, choose: Chooser, menu: Menu) -> None:
        self.world = world
        self.choose = choose
        self.menu = menu

    def query(self, depth: int, items: tuple[tuple[str, str], ...] = ()) -> Query:
        """A question in which the items may be used."""
        if depth <= 0:
            return self._literal(items)
        match self.choose.below(6):
            case 0 | 1:
                return self._items(depth, items)
            case 2:
                return Both(tuple(self.query(depth - 1, items) for _ in range(2)))
            case 3:
                return Either(tuple(self.query(depth - 1, items) for _ in range(2)))
            case 4:
                return Negated(self.query(depth - 1, items))
            case _:
                return self._literal(items)

    def _items(self, depth: int, items: tuple[tuple[str, str], ...]) -> Query:
        path = self.choose.one([*self.world.vocabulary.lists])
        name = f"item{len(items)}"
        body = self.query(depth - 1, (*items, (name, path)))
        make = self.choose.one((ForSome, ForEvery))
        return make(subject_of(self.world, path), body, name)

    def _literal(self, items: tuple[tuple[str, str], ...]) -> Query:
        name, path = self.choose.one((*items, ("", ROOT))[-3:]) if items else ("", ROOT)
        window = random_window(self.world, self.choose, path) if self.choose.chance(30) else Window()
        overrides = NO_OVERRIDES
        if self.choose.chance(30):  # a reading may bring a field of the judged item into every condition
            overrides = overrides_of(*random_norm(self.world, self.choose, path).readings)
        mode = Mode(self.world.policies, overrides, subject_of(self.world, path), window)
        condition = random_condition(self.world, self.choose, scope_of(self.world.vocabulary, path), self.menu)
        found: Query = Definitely(condition, self.choose.chance(50), mode, name)
        return Negated(found) if self.choose.chance(40) else found


def satisfiable(kept: Session, query: Query, sizes: Mapping[str, int]) -> bool | None:
    """Whether the question has an answer with lists of these sizes; None when the solver gives up."""
    parts, sound, _ = kept.formulas((query,), sizes)
    if parts[0] is False:
        return False
    solver = new_solver(LIMITS)
    solver.add([formula for formula in (*parts, *sound) if formula is not True])
    answer = solver.check()
    return None if answer == z3.unknown else bool(answer == z3.sat)


def bounds_of(found: Question) -> tuple[Session, Any, bool]:
    """The session of a question, its bounds, and whether they are exact."""
    kept = session(found.setting)
    bounds, exact = kept.bounds(found.query, LIMITS)
    return kept, bounds, exact


def larger(kept: Session, sizes: Mapping[str, int], more: int) -> dict[str, int]:
    """Every list longer by so many items."""
    return {path: sizes.get(path, 0) + more for path in kept.setting.vocabulary.lists}


__all__ = ["Condition", "Question", "bounds_of", "larger", "question", "satisfiable"]
