"""What the reference evaluator says where bounds, `never` and stand-ins meet: what no other test noticed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interpreters"))

from worlds import AS_OF, INN, NO_OVERRIDES, TOY, case_for, read, snapshot_of, subjects

from validator.interpreters.evaluate import MAX_CORNER_GAPS, _ways_between, evaluate
from validator.interpreters.missing import ways_to
from validator.interpreters.outcome import Outcome, StandIn
from validator.interpreters.terms import NOUGHT, Seen
from validator.logic.expr import NOWHERE, Compare, Field
from validator.logic.truth import Truth
from validator.logic.values import Interval, Order
from validator.logic.ways import Gap, Way

P0 = "people[0]"
Facts = dict[str, Any]


def asked(condition: Facts, person: Facts, about: str = "people", **organization: Any) -> Outcome:
    """The outcome of a condition on the only person, or on the last item of a list of that person."""
    document = {
        "schema": "sverka.snapshot/1",
        "as_of": AS_OF.isoformat(),
        "coverage": {"people": "complete", "teams": "complete"},
        "organization": {"inn": INN, "region": "50", "kind": "school", **organization},
        "people": [{"ref": "p_0", "tasks_coverage": "complete", **person}],
    }
    snapshot = snapshot_of(TOY, document)
    _, env = subjects(TOY, snapshot, about)[-1]
    return evaluate(case_for(TOY, snapshot), env, read(TOY, about, condition))


def names(ways: tuple[Way, ...]) -> list[set[str]]:
    return [{gap.path.removeprefix(f"{P0}.") for gap in way} for way in ways]


def to(condition: Facts, person: Facts, wanted: Truth) -> list[set[str]]:
    return names(ways_to(asked(condition, person), wanted))


# --- days that may be `never` or have no end -----------------------------------------------------------------


@pytest.mark.parametrize(
    "condition",
    [
        {"done_on": {"on_or_before": {"field": "task.due_on"}}},
        {"due_on": {"on_or_after": {"field": "task.done_on"}}},
    ],
)
def test_a_day_that_may_be_never_is_not_before_the_day_without_end(condition: Facts) -> None:
    assert asked(condition, {"tasks": [{"due_on": "open_ended"}]}, "people.tasks").truth is Truth.UNKNOWN
    assert asked(condition, {"tasks": [{"due_on": "open_ended", "done_on": "never"}]}, "people.tasks").truth is (
        Truth.FALSE
    )


SAME_DAY = [{"last_on": {"is": {"field": "person.seen_on"}}}, {"seen_on": {"is": {"field": "person.last_on"}}}]


@pytest.mark.parametrize("condition", SAME_DAY)
@pytest.mark.parametrize("first_on", ["2025-09-20", AS_OF.isoformat()])
def test_bounds_say_nothing_of_whether_a_day_is_never(condition: Facts, first_on: str) -> None:
    facts = {"first_on": first_on, "seen_on": "never"}
    assert asked(condition, facts).truth is Truth.UNKNOWN
    assert to(condition, facts, Truth.TRUE) == to(condition, facts, Truth.FALSE) == [{"last_on"}]


@pytest.mark.parametrize("condition", SAME_DAY)
def test_what_bounds_a_day_does_not_tell_it_from_never(condition: Facts) -> None:
    assert to(condition, {"seen_on": "never"}, Truth.FALSE) == [{"last_on"}]


def test_a_reference_to_nothing_is_observed() -> None:
    outcome = asked({"team": {"open": True}}, {"team": "none"})
    assert outcome.truth is Truth.FALSE
    assert type(outcome.condition).__name__ == "Follow"
    assert [(seen.path, seen.value) for seen in outcome.observed] == [(f"{P0}.team", "none")]


# --- which facts settle a comparison -------------------------------------------------------------------------


def test_a_term_with_one_possible_value_need_not_be_told() -> None:
    total = {"sum": {"of": ["rank", "load"], "is": 5}}
    assert to(total, {"places": 1}, Truth.TRUE) == [{"load"}]


def test_a_term_beside_one_that_is_pinned_may_be_nought() -> None:
    total = {"sum": {"of": ["rank", "load"], "is": 1}}
    assert to(total, {}, Truth.TRUE) == [{"load", "rank"}, {"load", "places"}]


def missing(number: int, path: str = "") -> Gap:
    return Gap((number,), path or f"fact {number}", "absent", NOWHERE)


def up_to_ten(count: int) -> Seen:
    return Seen(None, NOUGHT, tuple((missing(n), Interval(0, 10)) for n in range(count)))


def known(number: int) -> Seen:
    return Seen(number, Interval(number, number))


@pytest.mark.parametrize(
    ("count", "sizes_true", "sizes_false"),
    [(MAX_CORNER_GAPS, [4] * 15, [3] * 20), (MAX_CORNER_GAPS + 1, [7], [7])],
)
def test_of_up_to_six_facts_each_choice_is_told_and_of_more_all_together(
    count: int, sizes_true: list[int], sizes_false: list[int]
) -> None:
    to_true, to_false = _ways_between(up_to_ten(count), Order.AT_LEAST, known(35))
    assert [len(way) for way in to_true] == sizes_true
    assert [len(way) for way in to_false] == sizes_false


def test_a_fact_that_only_narrows_another_one_may_be_enough() -> None:
    whole, narrowing = missing(1), missing(2)
    left = Seen(
        None,
        NOUGHT,
        ((whole, Interval(0, 100)),),
        stand_ins=(StandIn(narrowing, whole, Interval(0, 5)),),
    )
    to_true, to_false = _ways_between(left, Order.AT_MOST, known(10))
    assert to_true == (frozenset({whole}), frozenset({narrowing}))
    assert to_false == (frozenset({whole}),)


# --- freshness -----------------------------------------------------------------------------------------------


def test_a_reading_may_put_a_field_in_the_place_of_the_days_of_freshness() -> None:
    condition = {"fresh": {"of": {"status": "active"}, "on": "seen_on", "within_days": {"param": "few"}}}
    person = {"ref": "p_0", "status": "active", "seen_on": "2025-09-20", "grade": 4}
    document = {
        "schema": "sverka.snapshot/1",
        "as_of": AS_OF.isoformat(),
        "organization": {"inn": INN, "region": "50", "kind": "school"},
        "people": [person],
    }
    found = {}
    for load in (4, 5):
        snapshot = snapshot_of(TOY, {**document, "people": [{**person, "load": load}]})
        ((item, env),) = subjects(TOY, snapshot, "people")
        field = Field("person", ("load",), item.shape.fields["load"])
        case = case_for(TOY, snapshot)._replace(overrides=NO_OVERRIDES._replace(parameters={"few": field}))
        found[load] = evaluate(case, env, read(TOY, "people", condition)).truth
    assert found == {4: Truth.UNKNOWN, 5: Truth.TRUE}


def test_the_day_of_freshness_is_observed_when_the_days_allowed_are_not_known() -> None:
    condition = {"fresh": {"of": {"status": "active"}, "on": "seen_on", "within_days": {"param": "few"}}}
    outcome = asked(condition, {"status": "active", "seen_on": "2025-09-24"}, region="27")
    assert outcome.truth is Truth.UNKNOWN
    assert names(outcome.to_true) == [{"parameters.few"}]
    assert [(seen.path, seen.value) for seen in outcome.observed] == [(f"{P0}.seen_on", "2025-09-24")]


# --- counts and shares ---------------------------------------------------------------------------------------


def test_a_share_of_what_has_no_bounds_has_a_side_of_which_nothing_follows() -> None:
    outcome = asked({"ratio": {"of": "load", "to": "rank", "at_most": 10}}, {})
    assert isinstance(outcome.condition, Compare)
    assert outcome.sides is not None
    assert outcome.sides[0].sides is not None
    part, whole = outcome.sides[0].sides
    assert part.interval is None
    assert {gap.path for gap in part.loose} == {f"{P0}.load"}
    assert whole.interval == Interval(1, float("inf"))
    assert [stand_in.gap.path for stand_in in whole.stand_ins] == [f"{P0}.places"]


def test_what_bounds_the_part_of_a_share_may_settle_it() -> None:
    share = {"ratio": {"of": "rank", "to": "load", "at_most": 10}}
    assert to(share, {"load": 10}, Truth.TRUE) == [{"rank"}, {"places"}]


@pytest.mark.parametrize(("budget", "truth"), [("1", Truth.TRUE), ("1.5", Truth.FALSE)])
def test_a_count_is_compared_with_a_field_of_the_organization(budget: str, truth: Truth) -> None:
    count = {"count": {"of": {"load": 1}, "is": {"at_least": {"field": "organization.budget"}}}}
    assert asked({"organization": {"people": count}}, {"load": 1}, budget=budget).truth is truth
