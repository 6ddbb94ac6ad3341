"""Verdicts of norms and decisions: a table of what each part contributes, and laws on random policies.

The ids are those of `PROOFS.md`, section 7.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from test_forms import document, people
from test_missing import added, among
from worlds import AS_OF, NIGHTLY, TOY, often, read, snapshot_of, subjects

from validator.interpreters.judge import (
    DecisionVerdict,
    NormVerdict,
    case_of,
    judge_decision,
    judge_norm,
    open_lists,
    possible_item,
)
from validator.interpreters.readings import readings_of, window_condition
from validator.interpreters.strategies import (
    Chooser,
    Json,
    Menu,
    choosers,
    forget,
    norm_of,
    random_condition,
    random_decision,
    random_document,
    random_norm,
    seeded,
    shuffle,
    subject_of,
)
from validator.interpreters.terms import Env
from validator.language.scopes import scope_of
from validator.logic.expr import TRUE, AllOf, AnyOf, AsOf, Condition, Field, Literal, Not, Shifted
from validator.logic.facts import Record, Snapshot
from validator.logic.frozen import replace
from validator.logic.policy import Clauses, Criterion, Decision, Modality, Norm, Reading, Window
from validator.logic.text import Text
from validator.logic.truth import Truth
from validator.logic.values import Interval

Verdict = tuple[str, str | None]
PATHS = ("organization", "people", "people.tasks", "teams")
REASONS = ("not_in_force", "not_applicable", "exempt", "met")
DAY = timedelta(days=1)
BULK = 100_000 if NIGHTLY else 1_600
SMALL = Menu(depth=1)
NOTHING = Text("", "")


def judged(norm: Norm, snapshot: Snapshot, day: date | None = None) -> dict[str, NormVerdict]:
    """The verdict on every item, by its place."""
    (clauses,) = norm.clauses
    return {item.path: _judge(norm, snapshot, env, day) for item, env in _items(snapshot, clauses.subject.path)}


def _items(snapshot: Snapshot, path: str) -> list[tuple[Record, Env]]:
    return subjects(TOY, snapshot, path)


def _judge(norm: Norm, snapshot: Snapshot, env: Env, day: date | None = None) -> NormVerdict:
    (clauses,) = norm.clauses
    readings = readings_of(norm)[0]
    case = case_of(TOY.policies, snapshot, day or snapshot.as_of, readings, env, clauses.window)
    return judge_norm(norm, clauses, case, env)


def verdicts(norm: Norm, snapshot: Snapshot, day: date | None = None) -> dict[str, Verdict]:
    return {path: (found.verdict, found.reason) for path, found in judged(norm, snapshot, day).items()}


def decided(decision: Decision, snapshot: Snapshot) -> dict[str, DecisionVerdict]:
    """The verdict of a decision on every item."""
    found = {}
    for item, env in _items(snapshot, decision.subject.path):
        case = case_of(TOY.policies, snapshot, snapshot.as_of, (), env, decision.window)
        found[item.path] = judge_decision(decision, case, env)
    return found


def norm_and_document(choose: Chooser, menu: Menu = SMALL) -> tuple[Norm, Json]:
    return random_norm(TOY, choose, choose.one(PATHS), menu), random_document(TOY, choose)


def with_clauses(norm: Norm, **changes: Any) -> Norm:
    (clauses,) = norm.clauses
    return replace(norm, clauses=(replace(clauses, **changes),))


# --- the table of verdicts -----------------------------------------------------------------------------------

YES, NO, OPEN = {"kind": "school"}, {"kind": "club"}, {"bound": True}
IN_FORCE = Window(Literal(AS_OF), Literal(AS_OF))
OVER = Window(None, Literal(AS_OF - DAY))


def simple(
    applies: Any = YES,
    required: Any = YES,
    exceptions: tuple[Any, ...] = (),
    window: Window = IN_FORCE,
    modality: Modality = Modality.OBLIGATION,
) -> Norm:
    """A norm about the organization, of conditions that are certainly true, certainly false, or open."""
    clauses = Clauses(
        subject_of(TOY, "organization"),
        window,
        read(TOY, "organization", applies),
        read(TOY, "organization", required),
        tuple((f"e{n}", read(TOY, "organization", when)) for n, when in enumerate(exceptions)),
    )
    return norm_of(clauses, modality)


@pytest.mark.parametrize(
    ("norm", "expected"),
    [
        (simple(), ("ok", "met")),
        (simple(required=NO), ("violation", None)),
        (simple(required=OPEN), ("unknown", None)),
        (simple(applies=OPEN, required=NO), ("unknown", None)),
        (simple(applies=NO, required=NO), ("ok", "not_applicable")),
        (simple(applies=NO), ("ok", "not_applicable")),
        (simple(applies=OPEN), ("ok", "open")),
        (simple(required=NO, exceptions=(NO,)), ("violation", None)),
        (simple(required=NO, exceptions=(NO, YES)), ("ok", "exempt")),
        (simple(required=NO, exceptions=(OPEN,)), ("unknown", None)),
        (simple(required=OPEN, exceptions=(YES,)), ("ok", "exempt")),
        (simple(exceptions=(YES,)), ("ok", "exempt")),
        (simple(exceptions=(OPEN,)), ("ok", "open")),
        (simple(applies=OPEN, exceptions=(YES,)), ("ok", "open")),
        (simple(window=OVER, required=NO), ("ok", "not_in_force")),
        (simple(window=OVER, applies=NO), ("ok", "not_in_force")),
        (simple(window=OVER, applies=OPEN, required=OPEN), ("ok", "not_in_force")),
        (simple(required=NO, modality=Modality.RECOMMENDATION), ("advice", None)),
        (simple(required=NO, modality=Modality.PROHIBITION), ("violation", None)),
        (simple(modality=Modality.PERMISSION), ("ok", "met")),
        (simple(required=NO, modality=Modality.PERMISSION), ("ok", "not_applicable")),
        (simple(required=OPEN, modality=Modality.PERMISSION), ("unknown", None)),
        (simple(applies=OPEN, modality=Modality.PERMISSION), ("unknown", None)),
        (simple(required=OPEN, exceptions=(YES,), modality=Modality.PERMISSION), ("ok", "open")),
    ],
)
def test_a_verdict_follows_from_the_parts(norm: Norm, expected: Verdict) -> None:
    snapshot = snapshot_of(TOY, document({}))
    assert verdicts(norm, snapshot) == {"organization": expected}


def _decision(criteria: tuple[Any, ...], exclusions: tuple[Any, ...] = (), **changes: Any) -> Decision:
    def tests(conditions: tuple[Any, ...]) -> tuple[Criterion, ...]:
        return tuple(
            Criterion(f"c{n}", NOTHING, (), read(TOY, "organization", when), TRUE.span)
            for n, when in enumerate(conditions)
        )

    return replace(_ANY_DECISION, criteria=tests(criteria), exclusions=tests(exclusions), **changes)


_ANY_DECISION = replace(
    random_decision(TOY, Chooser(lambda _: 0), "organization"), window=IN_FORCE, applies_when=TRUE
)


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        (_decision((YES,)), ("moved", None)),
        (_decision((YES, YES), (NO,)), ("moved", None)),
        (_decision((YES, NO)), ("stays", None)),
        (_decision((OPEN, NO)), ("stays", None)),
        (_decision((OPEN,), (YES,)), ("stays", None)),
        (_decision((OPEN,)), ("unknown", None)),
        (_decision((YES,), (OPEN,)), ("unknown", None)),
        (_decision((YES,), window=OVER), ("ok", "not_in_force")),
        (_decision((YES,), applies_when=read(TOY, "organization", NO)), ("ok", "not_applicable")),
        (_decision((NO,), applies_when=read(TOY, "organization", OPEN)), ("unknown", None)),
    ],
)
def test_an_outcome_follows_from_criteria_and_exclusions(decision: Decision, expected: Verdict) -> None:
    found = decided(decision, snapshot_of(TOY, document({})))["organization"]
    assert (found.verdict, found.reason) == expected


# --- P1: information -----------------------------------------------------------------------------------------


@often
@given(choosers())
def test_p1_more_facts_turn_unknown_into_something_and_open_into_a_reason_and_nothing_else(choose: Chooser) -> None:
    norm, facts = norm_and_document(choose, Menu(depth=2))
    more = verdicts(norm, snapshot_of(TOY, facts))
    less = verdicts(norm, snapshot_of(TOY, forget(TOY, choose, facts)))
    assert less.keys() <= more.keys()
    for path, (verdict, reason) in less.items():
        match verdict, reason:
            case "unknown", _:
                continue
            case "ok", "open":
                assert more[path][0] == "ok"
            case _:
                assert more[path] == (verdict, reason)


@often
@given(choosers())
def test_p1_more_facts_turn_only_unknown_decisions(choose: Chooser) -> None:
    decision = random_decision(TOY, choose, choose.one(PATHS), SMALL)
    facts = random_document(TOY, choose)
    more = decided(decision, snapshot_of(TOY, facts))
    for path, found in decided(decision, snapshot_of(TOY, forget(TOY, choose, facts))).items():
        same = (more[path].verdict, more[path].reason) == (found.verdict, found.reason)
        assert same or found.verdict == "unknown" or (found.reason == "open" and more[path].verdict == "ok")


@pytest.mark.parametrize("start", range(0, BULK, BULK // 4))
def test_facts_that_settled_a_verdict_were_told_as_missing(start: int) -> None:
    for seed in range(start, start + BULK // 4):
        _check_missing(seeded(seed), seed)


def _check_missing(choose: Chooser, seed: int) -> None:
    menu = Menu(depth=1 + choose.below(2), ratios=False)
    norm, facts = norm_and_document(choose, menu)
    decision = random_decision(TOY, choose, choose.one(PATHS), menu)
    more, less = snapshot_of(TOY, facts), snapshot_of(TOY, forget(TOY, choose, facts))
    pairs: list[tuple[dict[str, Any], dict[str, Any]]] = [
        (judged(norm, less), judged(norm, more)),
        (decided(decision, less), decided(decision, more)),
    ]
    for before, after in pairs:
        for path, found in before.items():
            if found.verdict == "unknown" and after[path].verdict != "unknown":
                assert among(found.missing(), added(less, more)), (seed, path)


@often
@given(choosers())
def test_an_unknown_verdict_says_what_is_missing_smallest_first(choose: Chooser) -> None:
    norm, facts = norm_and_document(choose, Menu(ratios=False, depth=2))
    for found in judged(norm, snapshot_of(TOY, forget(TOY, choose, facts))).values():
        ways = found.missing()
        if found.verdict == "unknown":
            assert ways
            assert all(ways)
            assert list(ways) == sorted(ways, key=lambda way: (len(way), sorted(way)))
            assert not any(one < other for one in ways for other in ways)


# --- P2, P8, P9, P10 -----------------------------------------------------------------------------------------


@often
@given(choosers())
def test_p2_the_order_of_items_never_matters(choose: Chooser) -> None:
    norm, facts = (
        random_norm(TOY, choose, choose.one(("organization", "people", "teams")), SMALL),
        random_document(TOY, choose),
    )
    before = _by_ref(norm, snapshot_of(TOY, facts))
    assert _by_ref(norm, snapshot_of(TOY, shuffle(choose, facts))) == before


def _by_ref(norm: Norm, snapshot: Snapshot) -> dict[str | None, Verdict]:
    found = verdicts(norm, snapshot)
    return {item.ref: found[item.path] for item, _ in _items(snapshot, norm.clauses[0].subject.path)}


@often
@given(choosers())
def test_p8_a_window_counts_its_first_and_its_last_day_and_no_other(choose: Chooser) -> None:
    norm, facts = norm_and_document(choose)
    snapshot = snapshot_of(TOY, facts)
    first, last = AS_OF - choose.below(3) * DAY, AS_OF + choose.below(3) * DAY
    undated = with_clauses(norm, window=Window())
    dated = with_clauses(norm, window=Window(Literal(first), Literal(last)))
    for day in (first, last):
        assert verdicts(dated, snapshot, day) == verdicts(undated, snapshot, day)
    for day in (first - DAY, last + DAY):
        assert set(verdicts(dated, snapshot, day).values()) <= {("ok", "not_in_force")}


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        # the window is the 21st to the 23rd, the law that of the 25th
        ("2025-09-20", "2025-09-20", "not_in_force"),
        ("2025-09-20", "2025-09-21", "met"),
        ("2025-09-20", "2025-09-25", "met"),
        ("2025-09-23", "2025-09-25", "met"),
        ("2025-09-24", "2025-09-25", "not_in_force"),
        ("2025-09-22", "ongoing", "met"),
        ("2025-09-24", None, "not_in_force"),
        ("2025-09-22", None, "met"),
        ("2025-09-20", None, "open"),
        (None, "2025-09-20", "not_in_force"),
        (None, "2025-09-22", "open"),
        (None, None, "open"),
    ],
)
def test_a_period_is_in_force_when_it_overlaps_the_window(
    start: str | None, end: str | None, expected: str
) -> None:
    window = Window(Literal(date(2025, 9, 21)), Literal(date(2025, 9, 23)), _field("first_on"), _field("last_on"))
    norm = norm_of(Clauses(subject_of(TOY, "people"), window, TRUE, TRUE, ()))
    days = {"first_on": start, "last_on": end}
    facts = people({name: day for name, day in days.items() if day is not None})
    assert verdicts(norm, snapshot_of(TOY, document(facts))) == {"people[0]": ("ok", expected)}


@pytest.mark.parametrize(
    ("shift", "expected"),
    [(0, "met"), (3, "met"), (4, "not_in_force"), (-1, "met"), (-9, "met"), (9, "not_in_force")],
)
def test_a_window_that_ends_before_it_starts_has_no_period_in_it(shift: int, expected: str) -> None:
    """The window runs from the 20th and so many days on to the 23rd, a period from the 1st to the 25th spans it."""
    window = Window(
        Shifted(Literal(date(2025, 9, 20)), shift),
        Literal(date(2025, 9, 23)),
        _field("first_on"),
        _field("last_on"),
    )
    norm = norm_of(Clauses(subject_of(TOY, "people"), window, TRUE, TRUE, ()))
    snapshot = snapshot_of(TOY, document(people({"first_on": "2025-09-01", "last_on": "2025-09-25"})))
    assert verdicts(norm, snapshot) == {"people[0]": ("ok", expected)}


def _field(name: str) -> Field:
    shape = TOY.vocabulary.record_of("people").fields[name]
    return Field("person", (name,), shape)


@pytest.mark.parametrize(("shift", "expected"), [(-1, "met"), (0, "met"), (1, "not_in_force")])
def test_a_window_may_begin_some_days_after_another_day(shift: int, expected: str) -> None:
    window = Window(Shifted(Literal(AS_OF), shift))
    norm = norm_of(Clauses(subject_of(TOY, "organization"), window, TRUE, TRUE, ()))
    assert verdicts(norm, snapshot_of(TOY, document({}))) == {"organization": ("ok", expected)}


def test_what_never_happened_is_judged_by_the_law_of_the_day_and_is_in_no_window() -> None:
    window = Window(Literal(AS_OF - DAY), None, _field("seen_on"), _field("seen_on"))
    norm = norm_of(Clauses(subject_of(TOY, "people"), window, TRUE, TRUE, ()))
    snapshot = snapshot_of(TOY, document(people({"seen_on": "never"})))
    assert verdicts(norm, snapshot) == {"people[0]": ("ok", "not_in_force")}
    (_, env), *_ = _items(snapshot, "people")
    case = case_of(TOY.policies, snapshot, AS_OF, (), env, window)
    assert case.judged == Interval(AS_OF.toordinal(), AS_OF.toordinal())


@pytest.mark.parametrize(
    ("facts", "low", "high", "names"),
    [
        ({"last_on": "2025-09-20"}, date(2025, 9, 20), date(2025, 9, 20), ()),
        ({"last_on": "ongoing"}, AS_OF, AS_OF, ()),
        ({"first_on": "2025-09-20"}, date(2025, 9, 20), AS_OF, ("last_on",)),
        ({}, None, AS_OF, ("last_on", "first_on")),
    ],
)
def test_the_judged_day_is_the_last_day_of_the_item_or_an_interval(
    facts: dict[str, Any], low: date | None, high: date, names: tuple[str, ...]
) -> None:
    window = Window(None, None, _field("first_on"), _field("last_on"))
    snapshot = snapshot_of(TOY, document(people(facts)))
    (_, env), *_ = _items(snapshot, "people")
    case = case_of(TOY.policies, snapshot, AS_OF, (), env, window)
    assert case.judged.high == high.toordinal()
    assert low is None or case.judged.low == low.toordinal()
    assert tuple(gap.path for gap in case.judged_gaps) == tuple(f"people[0].{name}" for name in names)


def test_a_law_date_before_the_facts_is_the_last_day_that_can_be_judged() -> None:
    window = Window(None, None, _field("last_on"), _field("last_on"))
    snapshot = snapshot_of(TOY, document(people({"last_on": "2025-09-24"})))
    (_, env), *_ = _items(snapshot, "people")
    earlier = AS_OF - 3 * DAY
    assert case_of(TOY.policies, snapshot, earlier, (), env, window).judged.high == earlier.toordinal()


def test_what_began_after_the_law_date_is_not_judged_yet() -> None:
    window = Window(None, Literal(AS_OF), _field("first_on"), _field("last_on"))
    norm = norm_of(Clauses(subject_of(TOY, "people"), window, TRUE, TRUE, ()))
    snapshot = snapshot_of(TOY, document(people({"first_on": "2025-09-22", "last_on": "ongoing"})))
    assert verdicts(norm, snapshot, date(2025, 9, 22)) == {"people[0]": ("ok", "met")}
    assert verdicts(norm, snapshot, date(2025, 9, 21)) == {"people[0]": ("ok", "not_in_force")}


def test_while_the_window_is_open_a_decision_about_another_thing_gives_no_reason() -> None:
    subject = subject_of(TOY, "people")
    window = Window(Literal(AS_OF), None, _field("seen_on"), _field("seen_on"))
    other = read(TOY, "people", {"status": "left"})
    decision = _decision((), subject=subject, window=window, applies_when=other)
    facts = people({"status": "active"}, {"status": "active", "seen_on": "2025-09-25"}, {"status": "left"})
    found = decided(decision, snapshot_of(TOY, document(facts)))
    assert [(one.verdict, one.reason) for one in found.values()] == [
        ("ok", "open"),
        ("ok", "not_applicable"),
        ("unknown", None),
    ]


@often
@given(choosers())
def test_p9_a_requirement_of_two_parts_fails_exactly_when_one_of_them_does(choose: Chooser) -> None:
    norm, facts = norm_and_document(choose)
    snapshot = snapshot_of(TOY, facts)
    norm = replace(norm, modality=Modality.OBLIGATION)
    scope = scope_of(TOY.vocabulary, norm.clauses[0].subject.path)
    parts = [random_condition(TOY, choose, scope, SMALL) for _ in range(2)]
    whole = verdicts(with_clauses(norm, requirement=AllOf(tuple(parts))), snapshot)
    each = [verdicts(with_clauses(norm, requirement=part), snapshot) for part in parts]
    for path, (verdict, _) in whole.items():
        assert (verdict == "violation") is any(found[path][0] == "violation" for found in each)


@often
@given(choosers())
def test_p10_the_order_and_the_grouping_of_exceptions_never_matter(choose: Chooser) -> None:
    norm, facts = norm_and_document(choose)
    snapshot = snapshot_of(TOY, facts)
    exceptions = _exceptions(norm, choose)
    given_order = verdicts(with_clauses(norm, exceptions=exceptions), snapshot)
    assert verdicts(with_clauses(norm, exceptions=exceptions[::-1]), snapshot) == given_order
    merged = (("all", AnyOf(tuple(when for _, when in exceptions))),)
    assert verdicts(with_clauses(norm, exceptions=merged), snapshot) == given_order


@often
@given(choosers())
def test_p10_an_exception_excuses_as_a_narrower_scope_would(choose: Chooser) -> None:
    norm, facts = norm_and_document(choose)
    norm = replace(norm, modality=choose.one((Modality.OBLIGATION, Modality.RECOMMENDATION)))
    snapshot = snapshot_of(TOY, facts)
    exceptions = _exceptions(norm, choose)
    (clauses,) = norm.clauses
    outside = AllOf((clauses.applies_when, *(Not(when) for _, when in exceptions)))
    narrowed = verdicts(with_clauses(norm, applies_when=outside, exceptions=()), snapshot)
    for path, (verdict, _) in verdicts(with_clauses(norm, exceptions=exceptions), snapshot).items():
        assert narrowed[path][0] == verdict


def _exceptions(norm: Norm, choose: Chooser) -> tuple[tuple[str, Condition], ...]:
    scope = scope_of(TOY.vocabulary, norm.clauses[0].subject.path)
    return tuple((f"e{n}", random_condition(TOY, choose, scope, SMALL)) for n in range(1 + choose.below(3)))


@often
@given(choosers())
def test_an_exception_that_a_reading_drops_is_as_if_it_were_not_written(choose: Chooser) -> None:
    norm, facts = norm_and_document(choose)
    snapshot = snapshot_of(TOY, facts)
    exceptions = _exceptions(norm, choose)
    dropped = Reading("strict", True, None, TRUE.span, without_exceptions=(exceptions[0][0],))
    read_so = replace(with_clauses(norm, exceptions=exceptions), readings=(dropped,))
    written_so = replace(with_clauses(norm, exceptions=exceptions[1:]), readings=())
    assert verdicts(read_so, snapshot) == verdicts(written_so, snapshot)


@often
@given(choosers())
def test_a_prohibition_is_the_obligation_to_do_otherwise(choose: Chooser) -> None:
    norm, facts = norm_and_document(choose)
    snapshot = snapshot_of(TOY, facts)
    (clauses,) = norm.clauses
    forbidden = with_clauses(
        replace(norm, modality=Modality.PROHIBITION), requirement=Not(Not(clauses.requirement))
    )
    assert verdicts(forbidden, snapshot) == verdicts(replace(norm, modality=Modality.OBLIGATION), snapshot)


@often
@given(choosers())
def test_reasons_are_certain_and_the_first_of_those_that_are(choose: Chooser) -> None:
    norm, facts = norm_and_document(choose)
    norm = replace(norm, modality=Modality.OBLIGATION)
    for found in judged(norm, snapshot_of(TOY, facts)).values():
        if found.verdict != "ok":
            assert found.reason is None
            continue
        exempt = [outcome.truth for _, outcome in found.exceptions]
        holds = (
            ~found.window.truth,
            ~found.applies.truth,
            Truth.TRUE if Truth.TRUE in exempt else Truth.UNKNOWN if Truth.UNKNOWN in exempt else Truth.FALSE,
            found.requirement.truth,
        )
        certain = next(n for n, truth in enumerate((*holds, Truth.UNKNOWN)) if truth is not Truth.FALSE)
        expected = REASONS[certain] if certain < len(holds) and holds[certain] is Truth.TRUE else "open"
        assert found.reason == expected


# --- readings, subjects, incomplete lists --------------------------------------------------------------------


def test_a_reading_may_put_a_field_of_the_judged_item_in_place_of_a_parameter_even_inside_a_definition() -> None:
    norm = norm_of(
        Clauses(
            subject_of(TOY, "people"),
            Window(),
            TRUE,
            read(TOY, "people", {"organization": {"meets": "ORG-BIG"}}),
            (),
        ),
        readings=(Reading("own", True, None, TRUE.span, parameters={"few": _field("load")}),),
    )
    snapshot = snapshot_of(TOY, document(people({"status": "active", "load": 1}, {"status": "left", "load": 2})))
    assert verdicts(norm, snapshot) == {"people[0]": ("ok", "met"), "people[1]": ("violation", None)}


def test_inside_a_definition_about_another_item_the_field_is_still_that_of_the_judged_one() -> None:
    required = {"desk": {"owner": {"meets": "PERSON-NEW"}}}
    norm = norm_of(
        Clauses(subject_of(TOY, "people"), Window(), TRUE, read(TOY, "people", required), ()),
        readings=(Reading("own", True, None, TRUE.span, parameters={"start": _field("seen_on")}),),
    )
    facts = people(
        {"desk": {"owner": "p_1"}, "seen_on": "2025-09-20", "first_on": "2025-09-01"},
        {"desk": {"owner": "p_0"}, "seen_on": "2025-09-20", "first_on": "2025-09-21"},
    )
    found = verdicts(norm, snapshot_of(TOY, document(facts)))
    assert found == {"people[0]": ("ok", "met"), "people[1]": ("violation", None)}


def test_a_definition_and_a_register_may_be_read_as_others() -> None:
    snapshot = snapshot_of(TOY, document({**people({"service": "gamma", "status": "left"}), "tags": ["red"]}))
    norm = simple(required={"meets": "ORG-RED"})
    assert verdicts(norm, snapshot) == {"organization": ("ok", "met")}
    other = Reading("other", True, None, TRUE.span, definitions={"ORG-RED": "ORG-BIG"})
    assert verdicts(replace(norm, readings=(other,)), snapshot) == {"organization": ("violation", None)}
    listed = simple(required={"people": {"some": {"service": {"listed_in": "foreign"}}}})
    assert verdicts(listed, snapshot) == {"organization": ("violation", None)}
    home = Reading("home", True, None, TRUE.span, registers={"foreign": "home"})
    delta = snapshot_of(TOY, document(people({"service": "delta"})))
    assert verdicts(listed, delta) == {"organization": ("violation", None)}
    assert verdicts(replace(listed, readings=(home,)), delta) == {"organization": ("ok", "met")}


def test_each_other_reading_is_judged_on_top_of_the_chosen_one() -> None:
    readings = tuple(Reading(name, name == "a", None, TRUE.span) for name in "abc")
    norm = replace(simple(), readings=readings)
    assert [[reading.id for reading in found] for found in readings_of(norm)] == [["a"], ["a", "b"], ["a", "c"]]


def test_every_item_of_a_nested_list_is_judged_with_the_items_around_it() -> None:
    snapshot = snapshot_of(TOY, document(people({"tasks": [{}, {}]}, {}, {"tasks": [{}]})))
    found = _items(snapshot, "people.tasks")
    assert [item.path for item, _ in found] == ["people[0].tasks[0]", "people[0].tasks[1]", "people[2].tasks[0]"]
    assert [env["person"].path for _, env in found] == ["people[0]", "people[0]", "people[2]"]


def _incomplete() -> Iterator[tuple[str, Snapshot, list[str]]]:
    outer = snapshot_of(TOY, document(people({"tasks": [{}]}, coverage="partial")))
    inner = snapshot_of(TOY, document(people({"tasks_coverage": "unknown"}, {})))
    whole = snapshot_of(TOY, document(people({}, {})))
    yield "organization", outer, []
    yield "people", outer, ["people"]
    yield "people.tasks", outer, ["people"]
    yield "people.tasks", inner, ["people[0].tasks"]
    yield "people", inner, []
    yield "people.tasks", whole, []


@pytest.mark.parametrize(("path", "snapshot", "expected"), list(_incomplete()))
def test_the_lists_on_the_way_to_an_item_may_be_incomplete(
    path: str, snapshot: Snapshot, expected: list[str]
) -> None:
    found = open_lists(snapshot, subject_of(TOY, path))
    assert [items.path for items in found] == expected


@often
@given(choosers())
def test_a_possible_item_of_an_incomplete_list_says_no_more_than_any_item_that_may_be_there(
    choose: Chooser,
) -> None:
    norm, facts = random_norm(TOY, choose, choose.one(PATHS[1:]), SMALL), random_document(TOY, choose)
    snapshot = snapshot_of(TOY, facts)
    (clauses,) = norm.clauses
    for items in open_lists(snapshot, clauses.subject):
        record = possible_item(snapshot, clauses.subject, items)
        env = {"organization": snapshot.root}
        around: Record | None = record
        for scope in reversed(clauses.subject.scopes):
            assert around is not None
            env[scope] = around
            around = around.parent
        found = _judge(norm, snapshot, env)
        if (found.verdict, found.reason) in (("ok", "open"), ("unknown", None)):
            continue
        top = items.path.partition("[")[0]
        # An item added to the list can only be of this verdict.
        more = verdicts(norm, snapshot_of(TOY, _with_blank_item(facts, items.path, top, clauses.subject.path)))
        assert more[_new_place(more, verdicts(norm, snapshot))] == (found.verdict, found.reason)


def _with_blank_item(facts: Json, path: str, top: str, about: str) -> Json:
    """The document with one more item, of which nothing is told, in the list at `path`."""
    if path == "people" and about == "people.tasks":
        return {**facts, top: [*facts.get(top, []), {"ref": "p_9", "tasks": [{}]}]}
    if path == top:
        return {**facts, top: [*facts.get(top, []), {"ref": f"{top[0]}_9"}]}
    index = int(path.partition("[")[2].partition("]")[0])
    changed = dict(facts[top][index])
    changed["tasks"] = [*changed.get("tasks", []), {}] if changed.get("tasks") != "unknown" else [{}]
    return {**facts, top: [changed if n == index else item for n, item in enumerate(facts[top])]}


def _new_place(more: dict[str, Verdict], less: dict[str, Verdict]) -> str:
    (place,) = more.keys() - less.keys()
    return place


def test_a_window_without_days_of_the_item_is_about_the_law_date_alone() -> None:
    assert window_condition(Window()) == TRUE
    between = window_condition(Window(Literal(AS_OF), Literal(AS_OF)))
    assert isinstance(between, AllOf)
    assert all(isinstance(part.left, AsOf) for part in between.parts if hasattr(part, "left"))


def test_a_window_in_the_future_has_no_judged_day_yet() -> None:
    window = Window(Literal(AS_OF + DAY), None, _field("first_on"), _field("last_on"))
    norm = norm_of(Clauses(subject_of(TOY, "people"), window, TRUE, TRUE, ()))
    found = verdicts(norm, snapshot_of(TOY, document(people({"last_on": "ongoing"}, {}))))
    assert set(found.values()) == {("ok", "not_in_force")}
