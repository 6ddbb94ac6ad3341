"""The derived bounds are enough, and not larger than they need to be."""

from __future__ import annotations

import os

import pytest
from smt_queries import bounds_of, larger, question, satisfiable
from worlds import TOY, read

from validator.interpreters.smt import bounds, literals, needs
from validator.interpreters.smt.answer import Limits
from validator.interpreters.smt.ask import Session, ask, session
from validator.interpreters.smt.query import (
    Both,
    ForEvery,
    ForSome,
    Negated,
    Query,
    Setting,
    organization,
    organization_mode,
    surely,
    surely_not,
)
from validator.interpreters.strategies import subject_of
from validator.logic.proof import Status

NIGHTLY = os.environ.get("SVERKA_HYPOTHESIS") == "nightly"
SEEDS = range(20_000) if NIGHTLY else range(260)
LARGEST = 6
SETTING = Setting(TOY.vocabulary, TOY.names)
ORGANIZATION = organization_mode(TOY.policies, organization(TOY.vocabulary))


def _said(structure: object, *, truth: bool = True) -> Query:
    """That a condition on the organization is surely true (or false)."""
    make = surely if truth else surely_not
    return make(read(TOY, "organization", structure), ORGANIZATION)


def _sizes(query: Query) -> tuple[dict[str, int], bool]:
    answer = ask(SETTING, query, witness=False)
    return dict(answer.bounds), answer.exact


def test_longer_lists_give_no_other_answer() -> None:
    seen = {True: 0, False: 0, None: 0}
    tight = 0
    for seed in SEEDS:
        found = question(seed, real=seed % 5 == 4)
        kept, bound, exact = bounds_of(found)
        if not exact or sum(bound.sizes.values()) > LARGEST:
            continue
        answer = satisfiable(kept, found.query, bound.sizes)
        for more in (1, 2) if seed % 4 == 0 else (1,):
            assert satisfiable(kept, found.query, larger(kept, bound.sizes, more)) in (answer, None), seed
        seen[answer] += 1
        if answer:
            shorter = [{**bound.sizes, path: size - 1} for path, size in bound.sizes.items()]
            tight += any(satisfiable(kept, found.query, sizes) is False for sizes in shorter)
    assert seen[True] > 40
    assert seen[False] > 5
    assert tight > 10  # one item less is too few for many a question, so the bounds are no idle talk


@pytest.mark.parametrize(
    "fault", ["a choice is made once for all items", "one item too few is counted", "alternatives are not added up"]
)
def test_a_bound_that_is_too_small_shows(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    match fault:
        case "a choice is made once for all items":
            monkeypatch.setattr(needs.Totals, "_total_of", lambda *_: 1)
        case "one item too few is counted":
            counted = literals.Conditions.largest
            monkeypatch.setattr(literals.Conditions, "largest", lambda *found: (counted(*found) or 1) - 1)
        case _:
            monkeypatch.setattr(needs, "add", lambda parts: needs.alternatives(list(parts), True))
            for module in (bounds, literals):
                monkeypatch.setattr(module, "add", lambda parts: needs.alternatives(list(parts), True))
    assert any(_differs(query) for query in _DEMANDING)


def _differs(query: Query) -> bool:
    found = bounds.BoundFinder(_session().space.encoder.finder).bounds(query)
    few = satisfiable(_session(), query, found.sizes)
    return few is not satisfiable(_session(), query, larger(_session(), found.sizes, 3))


def _session() -> Session:
    return session(SETTING)


ACTIVE = {"people": {"count": {"of": {"status": "active"}, "is": {"at_least": 2}}}}
# Questions that have an answer only with so many items as they ask for.
_DEMANDING = (
    _said(ACTIVE),
    _said(
        {"all": [ACTIVE, {"people": {"no": {"status": {"is_not": "active"}}}}, {"people": {"some": {"grade": 1}}}]}
    ),
    _said({"all": [{"people": {"some": {"load": 1}}}, {"people": {"some": {"load": 2}}}]}),
    _said(
        {
            "all": [
                {"people": {"some": {"load": 1}}},
                {"people": {"some": {"load": 2}}},
                {
                    "people": {
                        "every": {"organization": {"teams": {"some": {"size": {"is": {"field": "person.load"}}}}}}
                    }
                },
            ]
        }
    ),
)


def test_the_number_of_items_is_that_of_the_condition() -> None:
    assert _sizes(_said({"people": {"some": {"status": "active"}}})) == ({"people": 1}, True)
    assert _sizes(_said({"people": {"every": {"status": "active"}}})) == ({}, True)
    assert _sizes(_said({"people": {"every": {"status": "active"}}}, truth=False)) == ({"people": 1}, True)
    several = {"people": {"count": {"of": {"status": "active"}, "is": {"at_least": 3}}}}
    assert _sizes(_said(several)) == ({"people": 3}, True)
    assert _sizes(_said(several, truth=False)) == ({}, True)
    at_most = {"people": {"count": {"of": {"status": "active"}, "is": {"at_most": 3}}}}
    assert _sizes(_said(at_most)) == ({}, True)
    assert _sizes(_said(at_most, truth=False)) == ({"people": 4}, True)


def test_a_number_between_two_whole_ones_is_reached_by_the_next_item() -> None:
    for order, truth in (("at_least", True), ("less_than", False), ("more_than", True), ("at_most", False)):
        several = {"people": {"count": {"of": {"status": "active"}, "is": {order: "1.5"}}}}
        answer = ask(SETTING, _said(several, truth=truth))
        assert (answer.status, dict(answer.bounds), answer.exact) == (Status.WITNESS, {"people": 2}, True)


def test_items_within_items_are_counted_per_parent() -> None:
    query = _said({"people": {"count": {"of": {"tasks": {"some": {"urgent": True}}}, "is": {"at_least": 2}}}})
    sizes, exact = _sizes(query)
    assert sizes["people"] == 2
    assert sizes["people.tasks"] >= 1
    assert exact


def test_a_reference_brings_its_target() -> None:
    subject = subject_of(TOY, "people")
    mode = organization_mode(TOY.policies, subject)
    query = ForSome(subject, surely(read(TOY, "people", {"team": {"open": True}}), mode))
    assert _sizes(query) == ({"people": 1, "teams": 1}, True)


def test_a_list_that_feeds_itself_has_no_bound() -> None:
    subject = subject_of(TOY, "people")
    mode = organization_mode(TOY.policies, subject)
    every = _said({"people": {"every": {"desk": {"owner": {"status": "active"}}}}})
    answer = ask(SETTING, Both((every, ForSome(subject, surely(read(TOY, "people", {"status": "left"}), mode)))))
    assert not answer.exact
    assert answer.bounds["people"] == Limits().bounded


def test_counts_of_two_lists_have_no_bound() -> None:
    query = _said(
        {
            "ratio": {
                "of": {"people": {"count": {"status": "active"}}},
                "to": {"people": {"count": {"status": "away"}}},
                "at_least": 50,
            }
        }
    )
    assert not ask(SETTING, query, witness=False).exact


def test_no_answer_without_a_bound_is_no_proof() -> None:
    share = {"of": {"people": {"count": {"status": "active"}}}, "to": {"people": {"count": {"all": []}}}}
    query = Both((_said({"ratio": {**share, "at_least": 50}}), _said({"ratio": {**share, "at_most": 40}})))
    assert ask(SETTING, query).status is Status.BOUNDED_OK


def test_what_a_condition_needs_is_remembered_for_each_way_of_asking() -> None:
    condition = read(TOY, "organization", ACTIVE)
    asked = (surely(condition, ORGANIZATION), surely_not(condition, ORGANIZATION))
    wanted: tuple[dict[str, int], ...] = ({"people": 2}, {}, {}, {"people": 2})
    queries = (*asked, Negated(asked[0]), Negated(asked[1]))
    for _ in range(2):
        assert [_sizes(query)[0] for query in queries] == [*wanted]


def test_a_choice_that_depends_on_two_items_of_one_list_counts_for_every_pair() -> None:
    people, teams = subject_of(TOY, "people"), subject_of(TOY, "teams")
    mode = organization_mode(TOY.policies, teams)
    team = ForSome(teams, surely(read(TOY, "teams", {"open": True}), mode, "c"), "c")
    two = {"people": {"count": {"of": {"status": "active"}, "is": {"at_least": 2}}}}
    sizes, exact = _sizes(Both((_said(two), ForEvery(people, ForEvery(people, team, "b"), "a"))))
    assert (sizes, exact) == ({"people": 2, "teams": 4}, True)
