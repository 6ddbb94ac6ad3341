"""What a search for duties that can't all be met looks at: lists of which length, which days, what is told, what is
left open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import product
from typing import Any
from unittest.mock import patch

from clash_cases import ALWAYS, CLUB, DAY, EVER, LATER, NEVER, OPEN, PAID, QUIET, SCHOOL, SHUT, UNSETTLED, rooms
from clash_watch import TWO, search, watched
from clash_world import FIRST, LAST, WORLD, Rule, between, by_group, duty, groups, said, setting
from worlds import read

from validator.interpreters.smt import contexts
from validator.interpreters.smt.answer import Limits
from validator.interpreters.smt.contexts import clashes
from validator.interpreters.smt.duties import Duty, Search
from validator.interpreters.smt.query import (
    Both,
    ForSome,
    Negated,
    Query,
    Setting,
    organization,
    organization_mode,
    surely,
    surely_not,
    unsettled,
)
from validator.interpreters.strategies import subject_of
from validator.logic.expr import NOWHERE, AllOf, AnyOf
from validator.logic.policy import Definition
from validator.logic.text import Text

MODE = organization_mode(WORLD.policies, organization(WORLD.vocabulary))
NOTHING = Both(())


# --- limits ---------------------------------------------------------------------------------------------------


def lists_are_as_long_as_they_have_to_be() -> None:
    """A way out that needs more items than were looked at first is found, at once as many as are needed."""
    with watched() as watch:
        found = search([Rule(ALWAYS, rooms(5))], limits=Limits(bounded=1))
    assert (found.clashes, found.finished, found.bounds) == ((), True, {})
    assert watch.solvers <= 8


def lists_are_no_longer_than_they_may_be() -> None:
    """What longer lists might dissolve is told as that."""
    with watched():
        found = search([Rule(ALWAYS, rooms(5)), Rule(SCHOOL, QUIET)], limits=Limits(bounded=1, longest=3))
    assert [(clash.group, clash.exact) for clash in found.clashes] == [((0,), False)]
    assert found.finished
    with watched():
        found = search([Rule(ALWAYS, rooms(2)), Rule(ALWAYS, {"not": rooms(1)})], limits=Limits(bounded=1))
    assert [(clash.group, clash.exact) for clash in found.clashes] == [((0, 1), True)]


def lists_without_a_bound_grow_step_by_step() -> None:
    """Where no length is enough, every length up to the longest is tried, and nothing is certain."""
    everybody = {"every": {"buddy": {"trained": True}}}
    demands = [
        Rule(ALWAYS, {"all": [{"people": {"some": ALWAYS}}, {"people": everybody}]}),
        Rule(ALWAYS, {"people": {"no": {"trained": True}}}),
    ]
    for bounded, steps in ((1, 4), (2, 3), (4, 1), (5, 1)):
        with watched(), patch.object(contexts, "_Search", wraps=contexts._Search) as made:
            found = search(demands, limits=Limits(bounded=bounded, longest=4))
        assert [(clash.group, clash.exact) for clash in found.clashes] == [((0, 1), False)]
        assert made.call_count == steps, bounded
    none = [Rule(ALWAYS, {"all": [{"people": everybody}, demand]}) for demand in (OPEN, SHUT)]
    with watched():  # of lists that need no item at all
        found = search(none, limits=Limits(bounded=0, longest=2))
    assert [(clash.group, clash.exact) for clash in found.clashes] == [((0, 1), False)]


def lengths_of_given_lists_are_told() -> None:
    """Those that were looked at, of lists that nobody decides about."""
    demands = [Rule({"grade": grade}, {"plan": "long"}, about="classes") for grade in (1, 2)] + [
        Rule(ALWAYS, rooms(2))
    ]
    assert dict(search(demands).bounds) == {"classes": 2}
    assert dict(search(demands[:2], limits=Limits(bounded=1)).bounds) == {"classes": 1}
    assert dict(search([Rule(ALWAYS, rooms(2))]).bounds) == {}


def only_what_is_asked_about_is_looked_at() -> None:
    """A group of others is found only in a situation of one that is asked about."""
    duties = [duty(rule) for rule in (*TWO, Rule(CLUB, OPEN), Rule(CLUB, SHUT), Rule(PAID, QUIET))]
    for concerning, wanted in (
        ((0,), [(0, 1)]),
        ((3,), [(2, 3)]),
        ((1, 2), [(0, 1), (2, 3)]),
        ((), []),
        ((4,), [(0, 1), (2, 3)]),
        (None, [(0, 1), (2, 3)]),
    ):
        found = clashes(setting(), duties, [], concerning=concerning)
        assert (groups(found), found.finished) == (wanted, True), concerning
    assert clashes(setting(), duties, [], concerning=()).contexts == 0


def a_search_ends_after_so_many_situations() -> None:
    """And says that it did not finish, unless none was left."""
    duties = [duty(rule) for rule in (*TWO, Rule(CLUB, OPEN), Rule(CLUB, SHUT))]
    whole = clashes(setting(), duties, [])
    assert whole.contexts >= 2
    for most, finished in ((1, False), (whole.contexts + 20, True)):
        with patch.object(contexts, "MOST_CONTEXTS", most):
            found = clashes(setting(), duties, [])
        assert (found.finished, len(found.clashes)) == (finished, 2 if finished else 1)
        assert found.contexts <= most
        assert found.contexts >= len(found.clashes)


def a_search_ends_after_so_many_groups() -> None:
    """Of one situation no more are looked for than of all."""
    for number, wanted, finished in ((22, 20, False), (19, 19, True)):
        found = search([Rule(ALWAYS, NEVER)] * number)
        assert (len(found.clashes), found.finished, found.contexts) == (wanted, finished, 1)
    with patch.object(contexts, "MOST_GROUPS", 1):
        found = search([*TWO, Rule(CLUB, OPEN), Rule(CLUB, SHUT)])
    assert (len(found.clashes), found.finished) == (1, False)


# --- days -----------------------------------------------------------------------------------------------------

STARTS = (FIRST, DAY, DAY + timedelta(days=1), LATER, date(2027, 1, 1), LAST)
ENDS = (*(start - timedelta(days=1) for start in STARTS[1:]), LAST)


def check_days(masks: Sequence[int], where: str) -> None:
    """Of stretches of days on which two duties exclude each other the earliest ones are told.

    The days belong to what engages a duty ("engaged"), to what it demands ("demanded"), or to both.
    """
    opens = duty(Rule(PAID, OPEN))
    for mask in masks:
        chosen = [index for index in range(6) if mask >> index & 1]
        days = AnyOf(tuple(between(STARTS[index], ENDS[index]) for index in chosen))
        paid, must = read(WORLD, "organization", PAID), read(WORLD, "organization", OPEN)
        engaged = surely(paid if where == "demanded" else AllOf((days, paid)), MODE)
        demand = surely_not(must if where == "engaged" else AllOf((days, must)), MODE)
        shuts = Duty("shut", engaged, demand, Negated(demand))
        found = by_group(clashes(setting(), [opens, shuts], list(reversed(STARTS[1:]))))
        last = next(index for index in chosen if index + 1 not in chosen)
        assert list(found) == [(0, 1)]
        assert (found[0, 1].first, found[0, 1].last) == (STARTS[chosen[0]], ENDS[last]), mask


def days_before_those_that_are_asked_about_count_too() -> None:
    """Where only situations of a duty of later days are looked at."""
    for day in (DAY, LATER):
        rules = [*TWO, Rule(SCHOOL, QUIET, first=day)]
        duties = [duty(rule) for rule in rules]
        for cuts in ((DAY, LATER), (date(2025, 3, 1), DAY, LATER, date(2027, 1, 1))):
            (found,) = clashes(setting(), duties, cuts, concerning=(2,)).clashes
            assert (found.group, found.first, found.last) == ((0, 1), *EVER)


def check_earliest(first: int) -> None:
    """Of situations that differ in their facts those of the earliest days come first."""
    opens = duty(Rule(ALWAYS, OPEN))
    for later, sign in product(range(first + 1, 6), (1, -1)):
        order = (later, first)[::sign]
        facts = [read(WORLD, "organization", {"beds": 5 + sign * index}) for index in order]
        days = [between(STARTS[index], ENDS[index]) for index in order]
        when = AnyOf(tuple(AllOf(pair) for pair in zip(days, facts, strict=True)))
        demand = said(SHUT)
        shuts = Duty("shut", surely(when, MODE), demand, Negated(demand))
        found = clashes(setting(), [opens, shuts], STARTS[1:]).clashes[0]
        assert (found.first, found.last) == (STARTS[first], ENDS[first]), later


def nothing_is_found_where_no_snapshot_is_possible() -> None:
    """As an invariant of the setting holds of none."""
    subject = subject_of(WORLD, "organization")
    never = Definition("N", Text("", ""), subject.path, (), AnyOf(()), (), NOWHERE)
    where = Setting(WORLD.vocabulary, WORLD.names, (never,), WORLD.policies)
    for rules in (TWO, (Rule(ALWAYS, NEVER),)):
        found = clashes(where, [duty(rule) for rule in rules], [])
        assert found == Search((), {}, finished=True, contexts=0)


def a_law_that_changes_between_the_days_that_matter() -> None:
    """Nothing is told of days around one when they are not all alike."""
    change = date(2025, 12, 1)
    must = read(WORLD, "organization", OPEN)
    for first, last in ((change, None), (None, change)):
        demand = surely_not(AllOf((between(first, last), must)), MODE)
        found = clashes(
            setting(), [duty(Rule(ALWAYS, OPEN)), Duty("shut", NOTHING, demand, Negated(demand))], [DAY, LATER]
        )
        ((begin, end),) = [(clash.first, clash.last) for clash in found.clashes]
        assert (first or FIRST) <= begin <= end <= (last or LAST)


def days_of_a_clash_are_those_of_lists_that_are_told() -> None:
    """A list that may be incomplete is no way out on other days either."""
    demand = Negated(said({"classes": {"every": {"grade": 5}}}))
    found = clashes(setting(), [Duty("one", NOTHING, demand, Negated(demand))], [DAY])
    assert [(clash.group, clash.first, clash.last) for clash in found.clashes] == [((0,), *EVER)]


# --- what is told ---------------------------------------------------------------------------------------------


def _unless(query: Query, must: dict[str, Any]) -> Duty:
    """A duty of all of whom something is not sure."""
    return Duty("unless", Negated(query), said(must), surely_not(read(WORLD, "organization", must), MODE))


def _either_sure(condition: dict[str, Any]) -> Search:
    """Two demands that exclude each other, one where a condition is not sure, one where its opposite is not."""
    found = surely_not(read(WORLD, "organization", condition), MODE)
    return clashes(setting(), [_unless(said(condition), OPEN), _unless(found, SHUT)], [])


def all_given_facts_are_told() -> None:
    """Of what is given one of two opposites is sure, lists and what is within them included."""
    for condition in (
        PAID,
        {"langs": {"contains": "one"}},
        {"beds": {"at_least": 3}},
        {"classes": {"some": {"grade": 5}}},
        {"classes": {"every": {"pupils": {"some": {"new": True}}}}},
    ):
        found = _either_sure(condition)
        assert (found.clashes, found.finished) == ((), True), condition


def what_is_decided_need_not_be_told() -> None:
    """Nor what is given within a list that somebody decides about."""
    for condition in (
        QUIET,
        {"tools": {"contains": "saw"}},
        {"rooms": {"some": ALWAYS}},
        {"rooms": {"some": {"big": True}}},
        {"rooms": {"some": {"windows": {"some": ALWAYS}}}},
        {"classes": {"some": {"plan": "long"}}},
    ):
        assert groups(_either_sure(condition)) == [(0, 1)] or _incomplete(condition), condition


def _incomplete(condition: dict[str, Any]) -> bool:
    """Whether decisions can meet a demand that a condition be open."""
    both = Duty("open", NOTHING, unsettled(read(WORLD, "organization", condition), MODE), NOTHING)
    return not clashes(setting(), [both], []).clashes


def given_lists_within_others_may_be_incomplete() -> None:
    """As nobody has to have the things that they belong to."""
    subject = subject_of(WORLD, "rooms")
    windows = read(WORLD, "rooms", {"windows": {"some": ALWAYS}})
    open_ = ForSome(subject, unsettled(windows, organization_mode(WORLD.policies, subject)))
    found = clashes(setting(), [Duty("some room", NOTHING, open_, Negated(open_))], [])
    assert (found.clashes, found.finished) == ((), True)


# --- what the law leaves open ---------------------------------------------------------------------------------


def what_the_law_leaves_open_is_no_contradiction() -> None:
    """Alone or beside others, as far as it need not be broken."""
    some_number = {"seats": {"at_least": {"param": "few"}}}
    for rules, wanted in (
        ([Rule(SCHOOL, UNSETTLED)], []),
        ([Rule(SCHOOL, UNSETTLED), Rule(SCHOOL, OPEN), Rule(PAID, QUIET)], []),
        ([Rule(SCHOOL, UNSETTLED), *TWO], [(1, 2)]),
        ([*TWO, Rule(SCHOOL, UNSETTLED)], [(0, 1)]),
        ([Rule(SCHOOL, {"all": [UNSETTLED, OPEN]}), Rule(SCHOOL, QUIET)], []),
        ([Rule(SCHOOL, {"all": [UNSETTLED, OPEN]}), Rule(SCHOOL, OPEN), Rule(PAID, QUIET)], []),
        ([Rule(SCHOOL, {"any": [UNSETTLED, OPEN]}), Rule(SCHOOL, SHUT)], [(0, 1)]),
        ([Rule({"region": "27"}, some_number), Rule(ALWAYS, {"seats": 0})], []),
        ([Rule({"region": "50"}, some_number), Rule(ALWAYS, {"seats": 0})], [(0, 1)]),
    ):
        found = search(rules)
        assert (groups(found), found.finished) == (wanted, True), rules
        assert found.contexts <= 6


def what_nobody_tells_leaves_nothing_open() -> None:
    """A demand that stays open only as long as facts are missing can't be met."""
    both = {"all": [{"lit": True}, {"lit": False}]}
    barred = {"all": [{"barred": True}, {"barred": False}]}
    for must in (
        {"all": [OPEN, SHUT]},
        {"all": [{"tools": {"contains": "saw"}}, {"tools": {"empty": True}}]},
        {"rooms": {"some": both}},
        {"rooms": {"some": {"windows": {"some": barred}}}},
        {"classes": {"some": {"all": [{"plan": "long"}, {"plan": "short"}]}}},
    ):
        found = search([Rule(ALWAYS, QUIET), Rule(ALWAYS, must)])
        assert (groups(found), found.finished) == ([(1,)], True), must


def what_may_be_open_and_has_to_be_broken_ends_nothing() -> None:
    """Where others break what the law leaves open no decision is left; each such situation is looked at once."""
    rules = [Rule(SCHOOL, {"all": [UNSETTLED, OPEN]}), Rule(SCHOOL, SHUT), Rule(PAID, QUIET)]
    with patch.object(contexts, "MOST_CONTEXTS", 3):
        found = search(rules)
    assert (found.finished, found.contexts) == (False, 3)
    assert search(rules, one_day=True).contexts <= 6


SEARCHES: dict[str, Callable[[], None]] = (
    {
        check.__name__.replace("_", " "): check
        for check in (
            lists_are_as_long_as_they_have_to_be,
            lists_are_no_longer_than_they_may_be,
            lists_without_a_bound_grow_step_by_step,
            lengths_of_given_lists_are_told,
            only_what_is_asked_about_is_looked_at,
            a_search_ends_after_so_many_situations,
            a_search_ends_after_so_many_groups,
            nothing_is_found_where_no_snapshot_is_possible,
            days_before_those_that_are_asked_about_count_too,
            a_law_that_changes_between_the_days_that_matter,
            days_of_a_clash_are_those_of_lists_that_are_told,
            all_given_facts_are_told,
            what_is_decided_need_not_be_told,
            given_lists_within_others_may_be_incomplete,
            what_the_law_leaves_open_is_no_contradiction,
            what_nobody_tells_leaves_nothing_open,
            what_may_be_open_and_has_to_be_broken_ends_nothing,
        )
    }
    | {
        f"stretches of days {masks[0]} on, {where}": partial(check_days, masks, where)
        for where in ("engaged", "demanded", "both")
        for masks in (range(1, 64, 7), range(4, 64, 7))
    }
    | {f"the earliest days, from stretch {first} on": partial(check_earliest, first) for first in range(5)}
)
