"""The solver's side against the reference and against itself: what `.ci/mutants` asks first of a change in it.

Trials, questions and what the reference says of them are kept, so a change of the encoder costs its own time; what
was worked out for a setting is forgotten before each check, else a change would not show.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interpreters"))

import ask_checks
import bound_checks
import clash_checks
import counting
import encoder_checks
import formula_dump
import question_checks
import replay_checks
import second_checks
import space_checks
import test_smt_bounds
import test_smt_encoding
import test_smt_together
import test_smt_witnesses
import together_checks
import witness_checks
import z3
from differential import Trial, trial
from smt_dump import ASKED, BOUNDED, DECIDED, answered, asked, bounded, decided
from smt_pairs import Assignment, Kept, differences, space_of

from validator.interpreters.smt.ask import session
from validator.interpreters.smt.replay import holds
from validator.logic.proof import Status

KEPT = Kept({}, {})
FORMULAS: dict[str, list[str]] = json.loads(Path(__file__).with_name("formulas.json").read_text(encoding="utf-8"))
ANSWERS: dict[str, Any] = json.loads(Path(__file__).with_name("smt_answers.json").read_text(encoding="utf-8"))


def check_pairs(seeds: Iterable[int]) -> None:
    """That the formulas of conditions say what the reference says."""
    for seed in seeds:
        assert differences(seed, Counter(), KEPT) == []


def check_counts(seeds: Iterable[int]) -> None:
    """The same of every way to count and to compare."""
    for seed in seeds:
        number = -seed - 1  # beside the trials of the generator
        if number not in KEPT.trials:
            KEPT.trials[number] = trial(2 * seed)._replace(policies=counting.policies())
        assert differences(number, Counter(), KEPT) == []


def check_told(tell: Callable[[Iterable[int]], dict[str, Any]], seeds: Iterable[int]) -> None:
    """That questions are answered as they were."""
    session.cache_clear()
    found = json.loads(json.dumps(tell(seeds)))
    assert {name: (told, ANSWERS[name]) for name, told in found.items() if told != ANSWERS[name]} == {}


@cache
def kept_trial(seed: int) -> Trial:
    """A trial."""
    return trial(seed)


def check_replay(seeds: Iterable[int]) -> None:
    """That the formula of a question and the replay by the reference agree on random snapshots."""
    for seed in seeds:
        found = kept_trial(2 * seed)  # of the toy world, as the questions
        space = space_of(found)
        query = asked(5 * seed).query
        for snapshot, _ in found.snapshots:
            space.encoder.touched = {}
            formula = space.formula(query)
            fixed = Assignment(space, snapshot)
            solver = z3.SimpleSolver()
            solver.add(list(fixed.equations(list(space.encoder.touched))))
            told = formula if isinstance(formula, bool) else solver.check(formula) == z3.sat
            assert told is holds(snapshot, query), seed


def check_fresh(test: Callable[[], None]) -> None:
    """A test of its own, with nothing kept."""
    session.cache_clear()
    test()


def check_together(seed: int) -> None:
    """That many questions put together have the answers that each has alone, and as few parts."""
    session.cache_clear()
    told = [
        [
            [answer.status.value, answer.exact, dict(answer.bounds)]
            for answer in (together.answer(group), test_smt_together._alone(together, group))
        ]
        for together, groups in (test_smt_together._together(seed, grow=grow) for grow in (True, False))
        for group in groups
    ]
    assert [one for one, other in told if one != other] == []
    together, groups = test_smt_together._together(seed)
    for group in groups:
        if len(group) > 2 and together.answer(group).status is Status.PROVED:
            assert together.least(group) == test_smt_together._least(together, group)


@cache
def kept_parts() -> formula_dump.Parts:
    """What formulas are written for."""
    return formula_dump.parts()


def check_formulas(*, trials: bool) -> None:
    """That the formulas of conditions are what they were: those of trials, or those of each kind of condition."""
    judged = {name: part for name, part in kept_parts().items() if name.startswith("trial ") is trials}
    found = formula_dump.digests(judged)
    assert [name for name, told in found.items() if told != FORMULAS[name]] == []


def _portions(seeds: Iterable[int], *sizes: int) -> list[tuple[int, ...]]:
    left, found = tuple(seeds), []
    for size in sizes:
        found.append(left[:size])
        left = left[size:]
    return [*found, left]


TESTS = (
    test_smt_bounds.test_the_number_of_items_is_that_of_the_condition,
    test_smt_bounds.test_items_within_items_are_counted_per_parent,
    test_smt_bounds.test_a_reference_brings_its_target,
    test_smt_bounds.test_a_list_that_feeds_itself_has_no_bound,
    test_smt_bounds.test_counts_of_two_lists_have_no_bound,
    test_smt_bounds.test_no_answer_without_a_bound_is_no_proof,
    test_smt_encoding.test_the_snapshot_lies_on_a_day_that_the_setting_allows,
    test_smt_encoding.test_a_month_is_never_one_that_has_yet_to_begin,
    test_smt_witnesses.test_the_second_encoding_contradicts_a_wrong_answer,
    test_smt_witnesses.test_nothing_stands_in_a_witness_that_the_question_does_not_need,
    test_smt_witnesses.test_a_witness_names_the_items_that_play_the_parts,
    test_smt_witnesses.test_items_within_items_references_sets_and_decimals_are_written_as_the_reader_wants_them,
    test_smt_witnesses.test_a_list_is_complete_only_where_it_has_to_be,
    test_smt_witnesses.test_a_name_that_no_register_knows_is_made_up,
    test_smt_witnesses.test_an_invariant_is_never_broken,
    test_smt_witnesses.test_integrity_rules_bind_the_solver,
    test_smt_witnesses.test_parts_that_exclude_each_other_are_named,
    test_smt_witnesses.test_a_comparison_of_shares_is_not_analysed_and_named,
    test_smt_witnesses.test_a_share_of_a_field_is_compared_exactly,
    test_smt_witnesses.test_a_permission_is_never_violated,
    test_smt_together.test_nothing_is_asked_twice_where_there_is_an_item,
)
CHECKS: dict[str, Callable[[], None]] = {
    "formulas of each kind of condition": partial(check_formulas, trials=False),
    "formulas of trials": partial(check_formulas, trials=True),
    **{f"pairs {seeds}": partial(check_pairs, seeds) for seeds in ((1,), (0, 5), (7, 52, 57))},
    **{f"counts {seeds}": partial(check_counts, seeds) for seeds in ((0,), (1, 2, 3), range(4, 9))},
    **{f"answers {seeds[0]} on": partial(check_told, answered, seeds) for seeds in _portions(ASKED, 6, 20)},
    **{f"bounds {seeds[0]} on": partial(check_told, bounded, seeds) for seeds in _portions(BOUNDED, 20, 80)},
    **{f"decisions {seeds[0]} on": partial(check_told, decided, seeds) for seeds in _portions(DECIDED, 8)},
    **{f"replay {seeds}": partial(check_replay, seeds) for seeds in (range(2), range(2, 8))},
    **{f"together {seed}": partial(check_together, seed) for seed in (3, 5, 8)},
    **{test.__name__: partial(check_fresh, test) for test in TESTS},
    **ask_checks.CHECKS,
    **bound_checks.CHECKS,
    **clash_checks.CHECKS,
    **encoder_checks.CHECKS,
    **question_checks.CHECKS,
    **replay_checks.CHECKS,
    **second_checks.CHECKS,
    **space_checks.CHECKS,
    **together_checks.CHECKS,
    **witness_checks.CHECKS,
}


@pytest.mark.parametrize("name", CHECKS)
def test_the_solver_side_stands(name: str) -> None:
    CHECKS[name]()
