"""How a search for duties that can't all be met comes to an end: solvers that give up, how many situations have to
be looked at, what is kept of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

from clash_cases import ALWAYS, CLUB, DAY, EVER, LATER, OPEN, PAID, QUIET, SCHOOL, SHUT
from clash_watch import TWO, search, watched
from clash_world import FIRST, LAST, Rule, confirm, groups, said, setting

from validator.interpreters.smt import contexts
from validator.interpreters.smt.contexts import clashes
from validator.interpreters.smt.duties import Clash, Duty, Search, told, understood
from validator.interpreters.smt.model import UndecidedError
from validator.interpreters.smt.query import Negated
from validator.logic.problem import InputError

# --- solvers that give up -------------------------------------------------------------------------------------


def a_solver_that_gives_up_proves_nothing() -> None:
    """The search says that it did not finish when a situation, or decisions, were not found in time."""
    for solver in (1, 2):
        with watched(lambda number, _, solver=solver: number == solver):
            found = search([Rule(SCHOOL, OPEN), Rule(SCHOOL, QUIET)])
        assert found.finished is False, solver
        assert found.contexts == solver - 1
        assert found.clashes == ()


def a_solver_that_gives_up_once_hides_nothing() -> None:
    """Whatever is asked when: what is told excludes each other, and all of it is told where the search finished."""
    rules = [*TWO, Rule(PAID, QUIET), Rule(CLUB, {"tone": "low"}), Rule(CLUB, {"tone": "high"})]
    whole = groups(search(rules))
    assert whole == [(0, 1), (3, 4)]
    with watched() as watch:
        search(rules)
    for moment in range(1, watch.checks + 1, 5):
        with watched(lambda _, check, moment=moment: check == moment):
            found = search(rules)
        # A group may be larger than it has to be, as what was not answered leaves nothing out.
        assert all(any({*one} <= {*group} for one in whole) for group in groups(found)), moment
        assert groups(found) == whole or not found.finished, moment
        assert all(clash.first <= clash.last for clash in found.clashes)


def a_solver_that_gives_up_on_decisions_contradicts_nobody() -> None:
    """From any moment on: no group is told that was not seen to exclude each other."""
    for moment in range(1, 24):
        with watched(lambda number, check, moment=moment: number == 2 and check >= moment):
            found = search([*TWO, Rule(SCHOOL, QUIET)], DAY)
        assert all({0, 1} <= {*group} for group in groups(found)), moment
        assert found.clashes or not found.finished, moment


def a_solver_that_always_gives_up_on_a_group_still_tells_it() -> None:
    """Its days are then that of the situation, and no snapshot shows it."""
    with watched(lambda number, _: number > 2):
        found = search(TWO, DAY)
    (clash,) = found.clashes
    assert (clash.group, clash.document, clash.exact) == ((0, 1), None, True)
    assert clash.first == clash.last
    assert found.finished is False


def a_snapshot_that_cannot_be_written_is_left_out() -> None:
    """As one that the reader refuses; the group is told all the same."""
    for place, error in (("Minimizer.run", UndecidedError()), ("snapshot_of", InputError([]))):
        owner, _, name = place.rpartition(".")
        with patch.object(getattr(contexts, owner) if owner else contexts, name, side_effect=error):
            (clash,) = search(TWO).clashes
        assert (clash.group, clash.document, clash.first, clash.last) == ((0, 1), None, *EVER)


def wishes_for_other_days_may_fail() -> None:
    """What is only hoped for changes nothing when the solver gives up on it."""
    tones = [Rule(ALWAYS, {"tone": word}, *days) for word, *days in _TONES]
    for moment in range(1, 14):
        with watched(lambda number, check, moment=moment: number == 2 and check >= moment):
            found = search(tones, DAY, LATER)
        assert found.clashes == ()


_TONES = (("low", None, DAY - timedelta(days=1)), ("middle", DAY, LATER - timedelta(days=1)), ("high", LATER, None))


# --- how much is looked at ------------------------------------------------------------------------------------


_MONTHS = [date(2025, month, 1) for month in range(1, 9)]


def decisions_that_last_are_made_at_once() -> None:
    """What is right on every day is decided on the first, so that no other day has to be looked at."""
    seats = [Rule(ALWAYS, {"seats": {"at_least": number}}, first=day) for number, day in enumerate(_MONTHS, 1)]
    assert search(seats, *_MONTHS).contexts == 1
    found = search([*seats, Rule(ALWAYS, {"seats": {"at_most": 4}}, last=date(2024, 12, 31))], *_MONTHS)
    assert (found.clashes, found.finished) == ((), True)
    assert found.contexts <= 3


def days_that_ask_for_different_decisions_are_looked_at_once_each() -> None:
    """However many other facts there are."""
    tones = [Rule(ALWAYS, {"tone": word}, *days) for word, *days in _TONES]
    seats = [Rule(ALWAYS, {"seats": {"at_least": number}}, first=day) for number, day in enumerate(_MONTHS, 1)]
    for rules in (tones, [*tones, *seats], [*seats, *tones]):
        found = search(rules, *_MONTHS, DAY, LATER)
        assert (found.clashes, found.finished) == ((), True)
        assert 3 <= found.contexts <= 5
    found = search([*tones, Rule(SCHOOL, OPEN), Rule(PAID, QUIET)], DAY, LATER)
    assert (found.clashes, found.finished) == ((), True)
    assert found.contexts <= 24


def situations_in_which_the_same_decisions_work_are_looked_at_once() -> None:
    """Facts that ask for nothing, or for what is decided anyway, add no situation."""
    rules = [
        *(Rule({"beds": {"more_than": number}}, {"seats": {"at_least": number}}) for number in range(4)),
        *(Rule({"kind": kind}, OPEN) for kind in ("school", "club", "office")),
        Rule({"langs": {"contains": "one"}}, QUIET),
        Rule({"langs": {"contains": "two"}}, {"tone": "low"}),
    ]
    found = search(rules)
    assert (found.clashes, found.finished) == ((), True)
    assert found.contexts <= 20


def situations_that_exclude_each_other_are_looked_at_one_by_one() -> None:
    """As many as there are different decisions to take."""
    kinds = ("school", "club", "office")
    rules = [
        Rule({"kind": kind}, {"tone": tone}) for kind, tone in zip(kinds, ("low", "middle", "high"), strict=True)
    ]
    with watched() as watch:
        found = search([*rules, Rule(PAID, OPEN), Rule({"paid": False}, SHUT), Rule(ALWAYS, QUIET)])
    assert (found.clashes, found.finished) == ((), True)
    assert 3 <= found.contexts <= 8
    assert watch.checks <= 120


def decisions_meet_more_than_is_engaged_where_they_can() -> None:
    """What others ask for is decided with it, unless it is excluded, so that their situations need no look."""
    kinds = [_always_met(SCHOOL, {"tone": "low"}), _always_met(CLUB, {"tone": "high"})]
    rest = [
        _always_met(PAID, OPEN),
        _always_met({"langs": {"contains": "one"}}, QUIET),
        _always_met({"langs": {"contains": "two"}}, {"tools": {"contains": "saw"}}),
        _always_met({"beds": {"at_least": 1}}, {"seats": {"at_least": 1}}),
        _always_met({"part": {"at_least": 1}}, {"seats": {"at_least": 5}}),
    ]
    for duties in ([*kinds, *rest], [*rest, *kinds], [rest[0], kinds[0], *rest[1:], kinds[1]]):
        found = clashes(setting(), duties, [])
        assert (found.clashes, found.finished) == ((), True)
        assert found.contexts <= 3


def _always_met(when: dict[str, Any], must: dict[str, Any]) -> Duty:
    """A duty that counts as met only where its demand is, also where it is not engaged."""
    demand = said(must)
    return Duty(str(must), said(when), demand, Negated(demand))


def what_engages_is_shown_though_nothing_else_needs_it() -> None:
    """A snapshot of duties that count as met only where their demands are says what engages them."""
    duties, where = [_always_met(PAID, OPEN), _always_met({"beds": 3}, SHUT)], setting()
    found = clashes(where, duties, [])
    confirm(found, duties, where)
    assert groups(found) == [(0, 1)]


# --- kept -----------------------------------------------------------------------------------------------------


def a_foundis_read_as_it_was_written() -> None:
    """As JSON data, with a snapshot and without."""
    document = {"schema": "sverka.snapshot/1", "organization": {"paid": True}}
    one = Clash((0, 2), document, date(2025, 1, 2), date(2025, 3, 4), exact=True)  # type: ignore[arg-type]
    other = Clash((1,), None, FIRST, LAST, exact=False)
    for whole in (
        Search((one, other), {"classes": 2, "classes.pupils": 1}, finished=True, contexts=7),
        Search((), {}, finished=False, contexts=0),
    ):
        written = json.loads(json.dumps(told(whole)))
        assert understood(written) == whole
        assert isinstance(understood(written).clashes, tuple)
    assert told(Search((one,), {}, finished=True, contexts=1)) == [
        [[[0, 2], document, "2025-01-02", "2025-03-04", True]],
        {},
        True,
        1,
    ]


ENDS: dict[str, Callable[[], None]] = {
    check.__name__.replace("_", " "): check
    for check in (
        a_snapshot_that_cannot_be_written_is_left_out,
        decisions_that_last_are_made_at_once,
        days_that_ask_for_different_decisions_are_looked_at_once_each,
        situations_in_which_the_same_decisions_work_are_looked_at_once,
        situations_that_exclude_each_other_are_looked_at_one_by_one,
        decisions_meet_more_than_is_engaged_where_they_can,
        a_foundis_read_as_it_was_written,
    )
}
GIVEN_UP: dict[str, Callable[[], None]] = {
    check.__name__.replace("_", " "): check
    for check in (
        a_solver_that_gives_up_proves_nothing,
        a_solver_that_gives_up_once_hides_nothing,
        a_solver_that_gives_up_on_decisions_contradicts_nobody,
        a_solver_that_always_gives_up_on_a_group_still_tells_it,
        wishes_for_other_days_may_fail,
        what_engages_is_shown_though_nothing_else_needs_it,
    )
}
