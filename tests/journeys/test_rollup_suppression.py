"""Small numbers of persons can't be worked out from a roll-up, not even by who knows the method (R10, T26)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rollup_attack import (
    NOT_COUNTED,
    Cell,
    Figure,
    World,
    given_away,
    hidden_figures,
    intervals,
    number_in,
    person_rows,
    small_and_told,
    sums_to,
    table_of,
    titles_of,
    truth,
    twin,
)

from validator.journeys.rollup import person_rows as told_rows
from validator.journeys.rollup import suppress, table
from validator.journeys.rollup.suppress import Told, split, whole

A, B, C, D = ("01", "a"), ("01", "b"), ("02", "c"), ("02", None)


# --- one number and its parts -------------------------------------------------------------------------------


@pytest.mark.parametrize("threshold", [3, 4, 5, 6])
@pytest.mark.parametrize("parts", [1, 2, 3, 4, 5])
def test_every_hidden_part_has_at_least_two_values_for_who_knows_the_method(parts: int, threshold: int) -> None:
    """Every number of parts that could all be small, and some more; alike means: the same is told."""
    for total in range(1, (threshold - 1) * parts + threshold):
        alike: dict[tuple[Told, ...], list[tuple[int, ...]]] = {}
        for numbers in sums_to(total, parts):
            alike.setdefault(tuple(split(whole(total, threshold), numbers, threshold)), []).append(numbers)
        if whole(total, threshold) == "below":
            continue  # the total itself is hidden: every sum below the threshold is told alike
        for told, worlds in alike.items():
            for at, mark in enumerate(told):
                if not isinstance(mark, int):
                    assert len({numbers[at] for numbers in worlds}) > 1, (total, told, worlds)


@pytest.mark.parametrize("threshold", [3, 5, 10])
def test_no_small_number_is_told_and_every_told_number_is_right(threshold: int) -> None:
    for numbers in product(range(0, 2 * threshold, 2), repeat=3):
        total = sum(numbers)
        for told, number in zip(split(whole(total, threshold), numbers, threshold), numbers, strict=True):
            if isinstance(told, int):
                assert told == number
                assert number == 0 or number >= threshold
            elif told == "below" and total >= threshold:
                assert number < threshold


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    assert split(60, [5, 0, 55], 5) == [5, 0, 55]
    assert split(0, [0, 0], 5) == [0, 0]
    assert split(7, [7], 5) == [7]


def test_two_small_parts_are_hidden_and_the_others_told() -> None:
    assert split(40, [2, 1, 30, 7], 5) == ["below", "below", 30, 7]
    assert split(38, [0, 1, 30, 7], 5) == ["below", "below", 30, 7]


def test_one_small_part_takes_the_next_larger_ones_with_it() -> None:
    assert split(38, [1, 30, 7], 5) == ["withheld", 30, "withheld"]
    assert split(45, [7, 1, 30, 7], 5) == ["withheld", "withheld", 30, "withheld"]
    assert split(40, [4, 4, 32], 5) == ["withheld"] * 3


def test_nothing_is_told_below_what_is_not_told() -> None:
    assert split("withheld", [100, 200], 5) == ["withheld"] * 2
    assert split("below", [0, 3], 5) == ["below"] * 2


# --- whole tables, every world ------------------------------------------------------------------------------


def _worlds(cells: list[Cell], most: int, always: dict[Cell, int]) -> Iterator[World]:
    for total in range(most + 1):
        for numbers in sums_to(total, len(cells)):
            yield {**dict(zip(cells, numbers, strict=True)), **always}


def _by_place() -> Iterator[World]:
    """Regions and municipalities; whether anybody is judged in a municipality is open too."""
    for present in product((0, 1), repeat=4):
        always = {(place, "P", NOT_COUNTED): here for place, here in zip((A, B, C, D), present, strict=True)}
        yield from _worlds([(place, "P", "violation") for place in (A, B, C, D)], 8, always)


def _by_three_and_one() -> Iterator[World]:
    places = (A, B, ("01", "e"), C, D)
    always = {(place, "P", NOT_COUNTED): 1 for place in places}
    yield from _worlds([(place, "P", "violation") for place in places], 10, always)


def _by_place_and_policy() -> Iterator[World]:
    cells = [(place, policy, "violation") for place in (A, B, C) for policy in ("P", "Q")]
    yield from _worlds(cells, 7, {(place, policy, NOT_COUNTED): 1 for place, policy, _ in cells})


def _by_two_in_a_region() -> Iterator[World]:
    """With a threshold of 4 a single small number is far from the largest one."""
    cells = [(place, "P", "violation") for place in (A, B)]
    yield from _worlds(cells, 14, {(place, policy, NOT_COUNTED): 1 for place, policy, _ in cells})


def _each_title(cells: list[Cell], most: int) -> Iterator[World]:
    """As many judgements as that of each title; the numbers of titles depend in no way on one another."""
    titles = sorted({title for _, _, title in cells})
    always = {(place, policy, NOT_COUNTED): 1 for place, policy, _ in cells}
    for worlds in product(*(list(_worlds([c for c in cells if c[2] == title], most, {})) for title in titles)):
        yield {cell: number for world in (*worlds, always) for cell, number in world.items()}


def _by_policy_and_verdict() -> Iterator[World]:
    yield from _each_title([(A, policy, title) for policy in "PQR" for title in ("violation", "ok.met")], 6)


def _by_place_and_verdict() -> Iterator[World]:
    """With unknowns, so that shares are told."""
    yield from _each_title(
        [(place, "P", title) for place in (A, C) for title in ("violation", "unknown", "ok.open")], 5
    )


def _by_outcome() -> Iterator[World]:
    titles = ("decisions.moved", "decisions.stays", "unknown")
    yield from _each_title([(A, policy, title) for policy in "PQ" for title in titles], 5)


def _by_norm_and_recommendation() -> Iterator[World]:
    """A recommendation has no violations, and everybody knows."""
    cells: list[Cell] = [(A, "P", "violation"), (A, "Q", "violation"), (A, "R", "advice")]
    yield from _each_title(cells, 9)


def _by_policy_over_one_list() -> Iterator[World]:
    """Two policies on the same persons, so that both have the same number of judgements, and one on others."""
    always = {(A, policy, NOT_COUNTED): 1 for policy in "PQS"}
    for total in range(8, 15):
        for persons in range(total // 2 + 1):
            for first, second in product(range(persons + 1), repeat=2):
                yield {
                    (A, "P", "violation"): first,
                    (A, "P", "ok.met"): persons - first,
                    (A, "Q", "violation"): second,
                    (A, "Q", "ok.met"): persons - second,
                    (A, "S", "ok.met"): total - 2 * persons,
                    **always,
                }


EVERY_WORLD: dict[str, Callable[[], Iterator[World]]] = {
    "municipalities in regions": _by_place,
    "three municipalities in a region": _by_three_and_one,
    "municipalities and policies": _by_place_and_policy,
    "policies and verdicts": _by_policy_and_verdict,
    "municipalities and verdicts with shares": _by_place_and_verdict,
    "outcomes of decisions": _by_outcome,
    "two municipalities": _by_two_in_a_region,
    "norms and recommendations": _by_norm_and_recommendation,
}


def _threshold(worlds: str) -> int:
    return 4 if worlds == "two municipalities" else 3


@pytest.mark.parametrize("worlds", EVERY_WORLD)
def test_no_hidden_number_has_one_value_in_all_worlds_that_are_told_alike(worlds: str) -> None:
    assert given_away(EVERY_WORLD[worlds](), _threshold(worlds)) == []


def _findings(found: list[tuple[Figure, int, World]]) -> list[tuple[Figure, int, World]]:
    return [one for one in found if one[0][0] == "policy" and one[0][2] == "violation"]


def test_findings_do_not_follow_from_what_is_known_of_other_policies_over_the_same_list() -> None:
    assert _findings(given_away(_by_policy_over_one_list(), 3)) == []


def test_the_attacker_finds_out_when_what_is_in_order_is_told_beside_small_findings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(table, "tell_policies", told_rows.tell_parts)
    assert _findings(given_away(_by_policy_over_one_list(), 3)) != []


# --- planted faults: the attackers find them ----------------------------------------------------------------


def _split_without_complement(parent: Told, parts: Any, threshold: int) -> list[Told]:
    if not isinstance(parent, int):
        return [parent] * len(parts)
    return ["below" if suppress.is_small(part, threshold) else part for part in parts]


def _split_apart(_: Told, parts: Any, threshold: int) -> list[Told]:
    return split(whole(sum(parts), threshold), parts, threshold)


FAULTS: dict[str, tuple[object, str, object, str]] = {
    "no complement at all": (told_rows, "split", _split_without_complement, "municipalities in regions"),
    "one hidden part is enough": (
        suppress, "conceals", lambda number, total, largest: number * largest - total >= 2,
        "two municipalities",
    ),
    "all parts may be the largest small number": (
        suppress, "conceals", lambda number, _total, _largest: number >= 2, "municipalities in regions",
    ),
    "parts may nearly all be the largest small number": (
        suppress, "conceals", lambda number, total, largest: number >= 2 and number * largest > total,
        "three municipalities in a region",
    ),
    "the relation of municipalities to their region is forgotten": (
        told_rows, "split", _split_apart, "municipalities in regions",
    ),
    "the total is always told": (told_rows, "whole", lambda number, _threshold: number, "outcomes of decisions"),
    "all parts are thought possible": (
        table, "_possible", lambda found, _: {title: found[title] for title in ("violation", "advice")},
        "norms and recommendations",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_the_attacker_who_tries_every_world_finds_a_planted_fault(
    fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, name, planted, worlds = FAULTS[fault]
    monkeypatch.setattr(module, name, planted)
    assert given_away(EVERY_WORLD[worlds](), _threshold(worlds)) != []


# --- larger tables ------------------------------------------------------------------------------------------

REGIONS = ("01", "02", "03")
PEOPLED = [(region, name) for region in REGIONS for name in ("a", "b", None)]
TITLES = {
    "P": ("violation", "waived", "unknown", "ok.met", "ok.exempt"),
    "Q": ("violation", "unknown", "ok.met"),
    "R": ("advice", "unknown", "ok.met", "ok.open"),
    "S": ("unknown", "decisions.moved", "decisions.stays"),
}
NUMBERS = st.one_of(st.just(0), st.integers(0, 3), st.integers(0, 6), st.integers(5, 60))


@st.composite
def _large_worlds(draw: st.DrawFn) -> World:
    places = draw(st.lists(st.sampled_from(PEOPLED), min_size=1, max_size=6, unique=True))
    policies = draw(st.lists(st.sampled_from("PQRS"), min_size=1, max_size=4, unique=True))
    cells = [(place, policy, title) for place in places for policy in policies for title in TITLES[policy]]
    numbers = draw(st.lists(NUMBERS, min_size=len(cells), max_size=len(cells)))
    always = {(place, policy, NOT_COUNTED): 1 for place in places for policy in policies}
    return {**dict(zip(cells, numbers, strict=True)), **always}


WIDE = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),  # shrinking a table takes minutes
)


@WIDE
@given(_large_worlds(), st.sampled_from([3, 5, 10]))
def test_of_every_hidden_number_there_is_another_world_that_is_told_the_same(world: World, threshold: int) -> None:
    for figure in hidden_figures(table_of(world, threshold)):
        other = twin(figure, world, threshold)
        assert other is not None, figure
        assert truth(figure, other) != truth(figure, world)


@WIDE
@given(_large_worlds(), st.sampled_from([3, 5, 10]))
def test_adding_up_leaves_every_hidden_number_open(world: World, threshold: int) -> None:
    table = table_of(world, threshold)
    assert small_and_told(table) == []
    for figure, (low, high) in intervals(table).items():
        assert low < high, figure
        assert low <= truth(figure, world) <= high


@WIDE
@given(_large_worlds(), st.sampled_from([3, 5, 10]))
def test_every_number_that_is_told_is_right(world: World, threshold: int) -> None:
    for kind, key, row in person_rows(table_of(world, threshold)):
        for title in titles_of(row):
            number = number_in(row, title)
            assert number is None or number == truth((kind, key, title), world), (kind, key, title)
            assert (number is None) == (title in row["hidden"])
        numbers = [number_in(row, title) or 0 for title in titles_of(row)]
        assert row["applicable"] == (None if row["hidden"] else sum(numbers))
