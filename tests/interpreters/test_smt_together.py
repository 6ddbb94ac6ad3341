"""Many questions put together have the answers that each has alone."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import z3
from worlds import TOY

from validator.interpreters.smt.answer import Answer, Limits
from validator.interpreters.smt.ask import ask
from validator.interpreters.smt.query import Negated, Query, Setting, organization_mode, surely, surely_not
from validator.interpreters.smt.together import Group, Together
from validator.interpreters.strategies import Menu, random_condition, seeded, subject_of
from validator.language.scopes import scope_of
from validator.logic.proof import Status

SETTING = Setting(TOY.vocabulary, TOY.names)
LIMITS = Limits(timeout=20_000)
SUBJECT = subject_of(TOY, "people")
PARTS = 6
SEEDS = range(24)


def _together(seed: int, *, grow: bool = True) -> tuple[Together, list[Group]]:
    """Some random conditions on people, and groups of them."""
    choose = seeded(seed)
    mode = organization_mode(TOY.policies, SUBJECT)
    parts: list[Query] = []
    for _ in range(PARTS):
        condition = random_condition(TOY, choose, scope_of(TOY.vocabulary, "people"), Menu(depth=1, ratios=False))
        part = (surely if choose.chance(50) else surely_not)(condition, mode)
        parts.append(Negated(part) if choose.chance(20) else part)
    groups: list[Group] = [(one, other) for one in range(PARTS) for other in range(one)]
    groups += [(one, *(other for other in range(PARTS) if other != one)) for one in range(PARTS)]
    return Together(SETTING, SUBJECT, parts, groups, LIMITS, grow=grow), groups


def _alone(together: Together, group: Group) -> Answer:
    return ask(SETTING, together.query(group), limits=LIMITS, witness=False)


def _least(together: Together, group: Group) -> list[int]:
    """One after another left out where the rest still excludes the first, each question put alone."""
    first, *kept = group
    for index in tuple(kept):
        fewer = [other for other in kept if other != index]
        if fewer and _alone(together, (first, *fewer)).status is Status.PROVED:
            kept = fewer
    return kept


@pytest.mark.parametrize("grow", [True, False])
def test_a_group_has_the_answer_that_it_has_alone(grow: bool) -> None:
    seen: Counter[Status] = Counter()
    for seed in SEEDS:
        together, groups = _together(seed, grow=grow)
        for group in groups:
            found, alone = together.answer(group), _alone(together, group)
            assert (found.status, found.exact, dict(found.bounds)) == (
                alone.status,
                alone.exact,
                dict(alone.bounds),
            ), (seed, group)
            seen[found.status] += 1
    assert seen[Status.WITNESS] > 50
    assert seen[Status.PROVED] > 50


def test_as_few_as_possible_exclude_the_first() -> None:
    tried = fewer = 0
    for seed in SEEDS:
        together, groups = _together(seed)
        for group in groups:
            if len(group) > 2 and _alone(together, group).status is Status.PROVED:
                found = together.least(group)
                assert found == _least(together, group), (seed, group)
                tried += 1
                fewer += len(found) < len(group) - 1
    assert tried > 20
    assert fewer > 20


def test_a_solver_that_gives_up_leaves_the_answer_to_the_ordinary_way(monkeypatch: pytest.MonkeyPatch) -> None:
    together, groups = _together(3)
    wanted = [_alone(together, group).status for group in groups]
    monkeypatch.setattr(together, "_solver", _GivesUp())
    assert [together.answer(group).status for group in groups] == wanted


class _GivesUp:
    """A solver that knows nothing."""

    def check(self, *_: object) -> object:
        return z3.unknown


def test_nothing_is_asked_twice_where_there_is_an_item() -> None:
    together, groups = _together(5)
    solver = together._solver = _Counts(together._solver)
    shown = [group for group in groups if together.answer(group).status is Status.WITNESS]
    asked = solver.asked
    assert len(shown) > 3
    assert {together.answer(group).status for group in shown} == {Status.WITNESS}
    assert solver.asked == asked


class _Counts:
    """A solver whose questions are counted."""

    def __init__(self, solver: Any) -> None:
        self.solver, self.asked = solver, 0

    def check(self, *parts: object) -> object:
        self.asked += 1
        return self.solver.check(*parts)

    def unsat_core(self) -> object:
        return self.solver.unsat_core()
