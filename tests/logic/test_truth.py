"""Strong Kleene logic, checked against its published tables and against the meaning of “unknown”."""

from __future__ import annotations

from itertools import product

import pytest

from validator.logic.truth import Truth, all_of, any_of, truth

F, U, T = Truth.FALSE, Truth.UNKNOWN, Truth.TRUE
AND = {(F, F): F, (F, U): F, (F, T): F, (U, F): F, (U, U): U, (U, T): U, (T, F): F, (T, U): U, (T, T): T}
OR = {(F, F): F, (F, U): U, (F, T): T, (U, F): U, (U, U): U, (U, T): T, (T, F): T, (T, U): T, (T, T): T}
NOT = {F: T, U: U, T: F}


@pytest.mark.parametrize(("pair", "expected"), AND.items(), ids=str)
def test_conjunction_follows_the_strong_table(pair: tuple[Truth, Truth], expected: Truth) -> None:
    assert pair[0] & pair[1] is expected
    assert all_of(pair) is expected


@pytest.mark.parametrize(("pair", "expected"), OR.items(), ids=str)
def test_disjunction_follows_the_strong_table(pair: tuple[Truth, Truth], expected: Truth) -> None:
    assert pair[0] | pair[1] is expected
    assert any_of(pair) is expected


@pytest.mark.parametrize(("value", "expected"), NOT.items(), ids=str)
def test_negation_leaves_unknown_unknown(value: Truth, expected: Truth) -> None:
    assert ~value is expected


def test_nothing_to_hold_is_true_and_nothing_to_choose_from_is_false() -> None:
    assert all_of(()) is T
    assert any_of(()) is F


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_longer_list_is_decided_by_every_completion_of_its_unknowns(count: int) -> None:
    for values in product(Truth, repeat=count):
        completions = [
            combination
            for combination in product((F, T), repeat=count)
            if all(known is U or known is chosen for known, chosen in zip(values, combination, strict=True))
        ]
        for connect, plain in ((all_of, all), (any_of, any)):
            answers = {plain(value is T for value in completion) for completion in completions}
            assert connect(values) is (truth(answers.pop()) if len(answers) == 1 else U)


def test_unknown_has_no_boolean_value() -> None:
    with pytest.raises(TypeError, match="no boolean value"):
        bool(U)
    with pytest.raises(TypeError):
        assert not U
    assert bool(T)
    assert not bool(F)


@pytest.mark.parametrize(("answer", "expected"), [(True, T), (False, F), (None, U)])
def test_a_plain_answer_becomes_a_truth_value(answer: bool | None, expected: Truth) -> None:
    assert truth(answer) is expected
