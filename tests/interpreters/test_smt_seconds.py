"""Questions about two snapshots: one that says more than the other, and the same one a day later."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from smt_queries import LIMITS, larger, satisfiable
from worlds import TOY, read, snapshot_of

from validator.interpreters.readings import overrides_of
from validator.interpreters.smt import seconds, slots
from validator.interpreters.smt.ask import ask, session
from validator.interpreters.smt.formulas import conj
from validator.interpreters.smt.quantified import decide
from validator.interpreters.smt.query import (
    Both,
    Either,
    ForSome,
    Mode,
    Negated,
    Other,
    Query,
    Setting,
    Then,
    organization_mode,
    surely,
    surely_not,
)
from validator.interpreters.smt.replay import holds
from validator.interpreters.strategies import (
    Chooser,
    Menu,
    forget,
    random_condition,
    random_document,
    random_norm,
    random_window,
    seeded,
    subject_of,
)
from validator.language.scopes import scope_of
from validator.logic.expr import AllOf, AnyOf, AsOf, Compare, Condition, Literal
from validator.logic.proof import Status
from validator.logic.values import Order

NIGHTLY = os.environ.get("SVERKA_HYPOTHESIS") == "nightly"
SEEDS = range(4_000) if NIGHTLY else range(70)
SETTING = Setting(TOY.vocabulary, TOY.names)
PATHS = ("organization", "people", "people.tasks", "teams")
PLAIN, KNOWN = Menu(ratios=False, depth=2), Menu(known=True, ratios=False, depth=1)


def _condition(choose: Chooser, menu: Menu) -> tuple[Condition, Mode]:
    """A random condition on the items of a list, judged on some day under some reading."""
    path = choose.one(PATHS)
    mode = Mode(
        TOY.policies,
        overrides_of(*random_norm(TOY, choose, path).readings),
        subject_of(TOY, path),
        random_window(TOY, choose, path),
    )
    return random_condition(TOY, choose, scope_of(TOY.vocabulary, path), menu), mode


def _turned(condition: Condition, mode: Mode, other: Other) -> Query:
    """That something definite is said of an item, and something else of it in the other snapshot."""
    sides = (surely(condition, mode), surely_not(condition, mode))
    found = [Both((side, Then(Negated(side), other))) for side in sides]
    return ForSome(mode.subject, Either(tuple(found)))


def _reversed(condition: Condition, mode: Mode) -> Query:
    """That what is surely so on one day is surely not so on the next."""
    body = Both((surely(condition, mode), Then(surely_not(condition, mode), Other.NEXT_DAY)))
    return ForSome(mode.subject, body)


def _said(less: Any, more: Any) -> bool:
    """Whether the second of two documents says all that the first does."""
    match less, more:
        case dict(), dict():
            words = {key: value for key, value in less.items() if value != "partial"}
            return all(key in more and _said(value, more[key]) for key, value in words.items())
        case list(), list() if any(isinstance(one, dict) for one in less):
            return len(less) <= len(more) and all(map(_said, less, more))
        case list(), list():
            return sorted(map(str, less)) == sorted(map(str, more))
        case _:
            return bool(less == more)


# --- more facts ------------------------------------------------------------------------------------------------


def _turning(menu: Menu) -> Counter[Status]:
    """Whether more facts turn random conditions; what turns one is looked at."""
    seen: Counter[Status] = Counter()
    for seed in SEEDS:
        condition, mode = _condition(seeded(seed), menu)
        query = _turned(condition, mode, Other.MORE_FACTS)
        answer = ask(SETTING, query, limits=LIMITS)
        seen[answer.status] += 1
        if answer.witness is not None:
            less, more = answer.witness.document, answer.witness.then
            assert more is not None
            assert _said(less, more), seed
            then = {Other.MORE_FACTS: snapshot_of(TOY, more)}
            assert holds(snapshot_of(TOY, less), query, then=then), seed
    return seen


def test_without_known_no_facts_turn_what_is_definite() -> None:
    seen = _turning(PLAIN)
    assert seen[Status.PROVED] > 50
    assert seen[Status.WITNESS] == 0


def test_what_facts_turn_is_shown_by_two_snapshots_of_which_the_second_says_more() -> None:
    seen = _turning(KNOWN)
    assert seen[Status.WITNESS] > 3
    assert seen[Status.PROVED] > 20


def _due(choose: Chooser, condition: Condition, day: date) -> Condition:
    """A condition that turns about a day, and on what else the condition says."""
    order = choose.one([*Order])
    due = Compare(AsOf(), order, Literal(day))
    return AllOf((due, condition)) if choose.chance(50) else AnyOf((due, condition))


def _missed(other: Other) -> tuple[int, list[int]]:
    """Pairs of snapshots that turn a random condition: how many, and which of them the solver did not find."""
    found, missed = 0, []
    for seed in range(20_000 if NIGHTLY else 300):
        choose = seeded(seed)
        condition, mode = _condition(choose, KNOWN if other is Other.MORE_FACTS else PLAIN)
        facts = random_document(TOY, choose)
        if other is Other.MORE_FACTS:
            less, more = forget(TOY, choose, facts, 50), facts
            query = _turned(condition, mode, other)
        else:
            today = date.fromisoformat(facts["as_of"])
            less, more = facts, {**facts, "as_of": (today + timedelta(days=1)).isoformat()}
            query = _reversed(_due(choose, condition, today), mode)
        if holds(snapshot_of(TOY, less), query, then={other: snapshot_of(TOY, more)}):
            found += 1
            answer = ask(SETTING, query, limits=LIMITS, witness=False)
            if answer.status is not Status.WITNESS:
                missed.append(seed)
    return found, missed


@pytest.mark.parametrize("other", Other)
def test_what_a_random_pair_of_snapshots_shows_is_found(other: Other) -> None:
    found, missed = _missed(other)
    assert found > 3
    assert missed == []


@pytest.mark.parametrize("fault", ["facts may change", "complete lists may grow", "items may go"])
def test_a_tie_that_is_too_loose_shows(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    match fault:
        case "facts may change":
            monkeypatch.setattr(seconds, "_kept", lambda *_: True)
        case "complete lists may grow":
            monkeypatch.setattr(seconds, "_complete", lambda *_: [])
        case _:
            monkeypatch.setattr(seconds, "implies", lambda *_: True)
    turned = [_turned(*_on_people(one), Other.MORE_FACTS) for one in _STEADY]
    assert any(satisfiable(session(SETTING), query, {"people": 2}) for query in turned)


def test_a_tie_that_is_too_tight_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = seconds._kept
    monkeypatch.setattr(seconds, "_kept", lambda one, other: conj([kept(one, other), kept(other, one)]))
    assert _missed(Other.MORE_FACTS)[1]


# More facts turn none of these.
_STEADY = (
    {"people": {"every": {"status": "active"}}},
    {"people": {"some": {"status": "active"}}},
    {"people": {"no": {"load": 1}}},
)


def _on_people(structure: object) -> tuple[Condition, Mode]:
    return read(TOY, "organization", structure), organization_mode(TOY.policies, subject_of(TOY, "organization"))


def test_nothing_turns_conditions_that_more_facts_can_only_settle() -> None:
    for one in _STEADY:
        assert ask(SETTING, _turned(*_on_people(one), Other.MORE_FACTS), limits=LIMITS).status is Status.PROVED


# --- the next day ----------------------------------------------------------------------------------------------


def _on_day(order: Order) -> tuple[Condition, Mode]:
    mode = organization_mode(TOY.policies, subject_of(TOY, "organization"))
    return Compare(AsOf(), order, Literal(date(2025, 6, 1))), mode


def test_the_next_day_has_the_same_facts_and_is_the_day_after() -> None:
    condition, mode = _on_day(Order.ON_OR_BEFORE)
    witness = ask(SETTING, _reversed(condition, mode), limits=LIMITS).witness
    assert witness is not None
    assert witness.law_date == date(2025, 6, 1)
    assert witness.then == {**witness.document, "as_of": "2025-06-02"}
    assert ask(SETTING, _reversed(*_on_day(Order.AFTER)), limits=LIMITS).status is Status.PROVED


def test_a_day_later_that_is_the_same_day_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(slots._OTHERS, Other.NEXT_DAY, ("", 0))
    setting = Setting(TOY.vocabulary, TOY.names)
    condition, mode = _on_day(Order.ON_OR_BEFORE)
    assert ask(setting, _reversed(condition, mode), limits=LIMITS).status is Status.PROVED


# --- how long lists have to be -----------------------------------------------------------------------------------


def test_longer_lists_turn_nothing_else() -> None:
    kept = session(SETTING)
    seen: Counter[bool | None] = Counter()
    for seed in SEEDS:
        condition, mode = _condition(seeded(seed), KNOWN)
        for query in (_turned(condition, mode, Other.MORE_FACTS), _reversed(condition, mode)):
            bounds, exact = kept.bounds(query, LIMITS)
            if not exact or sum(bounds.sizes.values()) > 4:
                continue
            answer = satisfiable(kept, query, bounds.sizes)
            assert satisfiable(kept, query, larger(kept, bounds.sizes, 1)) in (answer, None), seed
            seen[answer] += 1
    assert seen[True] > 2
    assert seen[False] > 30


def test_the_second_encoding_has_no_word_on_two_snapshots() -> None:
    condition, mode = _on_people(_STEADY[0])
    assert decide(SETTING, _turned(condition, mode, Other.MORE_FACTS), LIMITS) is None


def test_items_that_only_the_second_snapshot_has_are_counted() -> None:
    three = {"people": {"count": {"of": {"status": "active"}, "is": {"at_least": 3}}}}
    condition, mode = _on_people(three)
    query = Both((Negated(surely(condition, mode)), Then(surely(condition, mode), Other.MORE_FACTS)))
    answer = ask(SETTING, query, limits=LIMITS)
    assert (answer.status, dict(answer.bounds)) == (Status.WITNESS, {"people": 3})
    assert answer.witness is not None
    assert answer.witness.then is not None
    people: Any = answer.witness.then["people"]
    assert len(people) == 3
