"""The algebra of ways to settle a question, checked against every set of small questions."""

from __future__ import annotations

import os
from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from validator.logic.problem import Span
from validator.logic.ways import BEAM, IMPOSSIBLE, SETTLED, Gap, Way, Ways, either, minimal, together

PLACE = Span("", 0, 0, 0, 0)
GAPS = [Gap((n,), name, "absent", PLACE) for n, name in enumerate("abcd")]
EVERY_SET = [frozenset(c) for c in chain.from_iterable(combinations(GAPS, n) for n in range(len(GAPS) + 1))]
NIGHTLY = os.environ.get("SVERKA_HYPOTHESIS") == "nightly"
often = settings(derandomize=not NIGHTLY, deadline=None, max_examples=10_000 if NIGHTLY else 200, database=None)
some_ways = st.lists(st.sampled_from(EVERY_SET), max_size=4).map(tuple)


def settles(ways: Ways, given_facts: Way) -> bool:
    """Whether one alternative is among the facts that were given."""
    return any(way <= given_facts for way in ways)


@often
@given(some_ways)
def test_minimal_ways_settle_the_same_and_none_holds_another(ways: Ways) -> None:
    found = minimal(ways)
    assert all(settles(found, facts) == settles(ways, facts) for facts in EVERY_SET)
    assert not any(one < other for one in found for other in found)
    assert len(set(found)) == len(found)


@often
@given(some_ways)
def test_minimal_ways_come_smallest_first_then_in_schema_order(ways: Ways) -> None:
    found = minimal(ways)
    assert list(found) == sorted(found, key=lambda way: (len(way), sorted(way)))
    assert minimal(reversed(ways)) == found


@often
@given(st.lists(some_ways, max_size=3))
def test_either_is_settled_by_the_facts_that_settle_one_part(parts: list[Ways]) -> None:
    found = either(parts)
    for facts in EVERY_SET:
        assert settles(found, facts) == any(settles(part, facts) for part in parts)


@often
@given(st.lists(some_ways, max_size=3))
def test_together_is_settled_by_the_facts_that_settle_every_part(parts: list[Ways]) -> None:
    found = together(parts)
    for facts in EVERY_SET:
        assert settles(found, facts) == all(settles(part, facts) for part in parts)


@often
@given(some_ways)
def test_settled_and_impossible_are_the_neutral_and_the_absorbing_questions(ways: Ways) -> None:
    assert together([SETTLED, ways]) == minimal(ways)
    assert together([IMPOSSIBLE, ways]) == IMPOSSIBLE
    assert either([IMPOSSIBLE, ways]) == minimal(ways)
    assert either([SETTLED, ways]) == SETTLED


def test_of_very_many_alternatives_the_smallest_stay() -> None:
    gaps = [Gap((n,), f"x{n}", "absent", PLACE) for n in range(BEAM + 20)]
    pairs = [frozenset(pair) for pair in combinations(gaps[:20], 2)]
    single = frozenset({gaps[-1]})
    found = minimal([*pairs, single])
    assert len(found) == BEAM
    assert found[0] == single
