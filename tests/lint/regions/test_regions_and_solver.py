"""The search without a solver and the solver agree wherever the search answers, judged days included."""

from __future__ import annotations

from collections import Counter

import pytest
from test_regions import ABOUT, WORLDS, drawn
from worlds import NO_OVERRIDES

from validator.interpreters.smt.answer import Limits
from validator.interpreters.smt.ask import ask
from validator.interpreters.smt.query import Both, ForSome, Mode, Query, Setting, surely, surely_not
from validator.interpreters.strategies import Menu, random_window, seeded, subject_of
from validator.journeys.lint.regions.references import points
from validator.journeys.lint.regions.search import Search
from validator.logic.expr import Known, walk
from validator.logic.proof import Status

SMALL = Menu(known=True, undecided=False, ratios=False, depth=2)
ROUNDS = 120


@pytest.mark.parametrize("name", WORLDS)
def test_the_solver_finds_a_witness_where_and_only_where_the_search_finds_a_box(name: str) -> None:
    world, found = WORLDS[name], Counter[bool | None]()
    setting = Setting(world.vocabulary, world.names)
    for seed in range(ROUNDS):
        about = ABOUT[name][seed % len(ABOUT[name])]
        goals = drawn(world, seed, about, SMALL)
        subject, window = subject_of(world, about), random_window(world, seeded(seed), about)
        nodes = [node for condition, _ in goals for node in walk(condition)]
        known, pointed = any(isinstance(node, Known) for node in nodes), any(map(points, nodes))
        root = world.vocabulary.root
        search = Search(world.policies, root, NO_OVERRIDES, subject, window, mindful=known, pointed=pointed)
        mine = search.possible(goals)
        if mine.box is not None and (mine.box.opaque or any(node[0] == "parameter" for node in mine.box.days.ends)):
            continue  # by an open question, which the solver does not answer
        mode = Mode(world.policies, NO_OVERRIDES, subject, window)
        parts: list[Query] = [(surely if truth else surely_not)(condition, mode) for condition, truth in goals]
        theirs = ask(setting, ForSome(subject, Both(tuple(parts))), limits=Limits(timeout=4000), witness=False)
        if mine.yes is not None and theirs.status in (Status.WITNESS, Status.PROVED, Status.BOUNDED_OK):
            assert (theirs.status is Status.WITNESS) is mine.yes, (seed, about, goals, window)
            found[mine.yes] += 1
    assert min(found[True], found[False]) > ROUNDS / 12, found
