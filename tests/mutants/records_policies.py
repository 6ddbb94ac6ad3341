"""Checks of what else policies, waivers, baselines and messages are made of."""

from __future__ import annotations

import hashlib
import pickle
import sys
from datetime import date, timedelta
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interpreters"))

from worlds import TOY

from validator.interpreters.strategies import random_decision, seeded
from validator.interpreters.strategies.policies import norm_of
from validator.logic import report
from validator.logic.baseline import Entry, Key, Known
from validator.logic.digest import blake2b, sha256, sha256_of
from validator.logic.expr import NOWHERE, TRUE
from validator.logic.frozen import replace
from validator.logic.policy import (
    ALWAYS,
    Clauses,
    Cover,
    Definition,
    Force,
    ParameterRow,
    Period,
    PolicySet,
    Severity,
    Subject,
    Window,
)
from validator.logic.problem import InputError, Problem, Span
from validator.logic.report import PolicySelection, words_of
from validator.logic.shape import FieldShape, Kind, Limit
from validator.logic.text import Text, plural_ru
from validator.logic.told import both
from validator.logic.waiver import SOON_DAYS, Waiver, WaiverState

NOTHING = Text("", "")
START = date(2025, 9, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


def end(number: int | None) -> date | None:
    return None if number is None else day(number)


# --- policies ---------------------------------------------------------------------------------------------------


ENDS = (None, 1, 2, 3)
# First and last day of periods that have at least one.
PERIODS = [(a, b) for a, b in product(ENDS, ENDS) if a is None or b is None or a <= b]


def days_of(first: int | None, last: int | None) -> set[int]:
    """The days of a period between one day before all ends and one after."""
    return {n for n in range(5) if (first is None or n >= first) and (last is None or n <= last)}


def check_a_period_covers_its_first_and_its_last_day() -> None:
    """And no day before or after; without an end, all on that side."""
    assert Period(None, None) == ALWAYS
    for first, last in PERIODS:
        period = Period(end(first), end(last))
        assert {n for n in range(5) if period.covers(day(n))} == days_of(first, last), (first, last)
        assert {period.covers(day(n)) for n in range(5)} <= {True, False}


def check_periods_overlap_when_they_have_a_day_in_common() -> None:
    """Whichever of the two is asked."""
    for one, other in product(PERIODS, PERIODS):
        wanted = bool(days_of(*one) & days_of(*other))
        periods = [Period(end(first), end(last)) for first, last in (one, other)]
        assert periods[0].overlaps(periods[1]) is periods[1].overlaps(periods[0]) is wanted, (one, other)


def check_fields_need_no_prefix_in_the_innermost_scope() -> None:
    """Of definitions, subjects and domains; without an item that is the organization."""
    for scopes, wanted in (
        ((), "organization"),
        (("person",), "person"),
        (("person", "task"), "task"),
        (("chat", "invitation", "guest"), "guest"),
    ):
        about = Subject("people", scopes, TOY.vocabulary.root)
        meaning = Definition("X", NOTHING, "people", scopes, TRUE, (), NOWHERE)
        cover = Cover("x", NOTHING, "people", scopes, TRUE, ALWAYS, True, NOWHERE)
        assert about.scope == meaning.scope == cover.scope == wanted


def check_policies_come_by_id() -> None:
    """Norms and decisions together, drafts left out."""
    subject = Subject("organization", (), TOY.vocabulary.root)
    norm = norm_of(Clauses(subject, Window(), TRUE, TRUE, ()))
    decision = random_decision(TOY, seeded(1), "organization")
    norms = {name: replace(norm, id=name) for name in ("N-2", "C-9", "N-10")}
    decisions = {name: replace(decision, id=name) for name in ("N-1", "A-1", "Z-0")}
    found = PolicySet("", norms, decisions, {"B-1": replace(norm, id="B-1")}, {}, {}, {}, {})
    policies = found.policies()
    assert [policy.id for policy in policies] == ["A-1", "C-9", "N-1", "N-10", "N-2", "Z-0"]
    assert type(policies) is tuple
    assert all(policy is {**norms, **decisions}[policy.id] for policy in policies)
    assert PolicySet("", {}, {}, {}, {}, {}, {}, {}).policies() == ()


def check_ranks() -> None:
    """The strongest act and the gravest violation come first, and the row that says most wins."""
    assert [force.rank for force in Force] == list(range(8))
    assert min(Force, key=lambda force: force.rank) is Force.FEDERAL_LAW
    assert max(Force, key=lambda force: force.rank) is Force.PRESS
    assert [severity.rank for severity in Severity] == list(range(5))
    assert min(Severity, key=lambda severity: severity.rank) is Severity.CRITICAL
    rows = [("50", "school"), ("50", None), (None, "school"), (None, None)]
    assert [ParameterRow(*row, ALWAYS, None, False, (), NOWHERE).specificity for row in rows] == [3, 2, 1, 0]


def check_kinds_of_fields() -> None:
    """A kind is a number, a day, a name, or nothing of these."""
    numbers, days = {Kind.INTEGER, Kind.DECIMAL}, {Kind.DATE, Kind.MONTH}
    names = {Kind.TEXT, Kind.ID, Kind.ENUM, Kind.SERVICE, Kind.REF}
    assert {kind for kind in Kind if kind.is_number} == numbers
    assert {kind for kind in Kind if kind.is_day} == days
    assert {kind for kind in Kind if kind.is_name} == names
    field = FieldShape("load", Kind.INTEGER, NOTHING, NOTHING)
    limit = Limit(number=0)
    assert not field.is_bounded
    assert replace(field, at_least=limit).is_bounded
    assert replace(field, at_most=limit).is_bounded


# --- waivers and baselines --------------------------------------------------------------------------------------


WAIVER = Waiver(
    *("W-1", "N-1", "7800000002", "ch_1", day(0), day(100), Text("Причина", "Reason"), "Директор", "Приказ 1"),
    span=Span("w.yaml", 3, 1, 9, 1),
    spans={"id": Span("w.yaml", 3, 5, 3, 8), "last": Span("w.yaml", 6, 5, 6, 15)},
)


def check_a_day_decides_what_a_waiver_is() -> None:
    """Both ends count, and so do the last thirty days and the last one."""
    assert SOON_DAYS == 30
    states = {
        **{-1: WaiverState.NOT_BEGUN, 0: WaiverState.ACTIVE, 1: WaiverState.ACTIVE, 69: WaiverState.ACTIVE},
        **{70: WaiverState.ENDS_SOON, 71: WaiverState.ENDS_SOON, 99: WaiverState.ENDS_SOON},
        **{100: WaiverState.ENDS_SOON, 101: WaiverState.EXPIRED, 102: WaiverState.EXPIRED},
    }
    for number, state in states.items():
        assert WAIVER.state(day(number)) is state, number
        assert WAIVER.covers(day(number)) is (state in (WaiverState.ACTIVE, WaiverState.ENDS_SOON)), number
        assert WAIVER.days_left(day(number)) == 100 - number


def check_a_waiver_of_one_day() -> None:
    """It ends soon on that day, and holds on no other."""
    waiver = replace(WAIVER, first=day(5), last=day(5))
    assert [waiver.covers(day(number)) for number in (4, 5, 6)] == [False, True, False]
    assert [waiver.state(day(number)) for number in (4, 5, 6)] == [
        *(WaiverState.NOT_BEGUN, WaiverState.ENDS_SOON, WaiverState.EXPIRED)
    ]


def check_what_a_waiver_is_about() -> None:
    """Its ground, its days and its id make no other scope; every key has a place, an absent one that of all."""
    assert WAIVER.scope == ("N-1", "7800000002", "ch_1")
    assert replace(WAIVER, id="W-2", last=day(3), organization=None, item=None).scope == ("N-1", None, None)
    assert WAIVER.span_of("id") == WAIVER.spans["id"]
    assert WAIVER.span_of("last") == WAIVER.spans["last"]
    assert WAIVER.span_of("item") == WAIVER.span


def check_what_a_known_finding_covers() -> None:
    """A known violation also an unknown in its place, a known unknown no violation."""
    table: tuple[tuple[Known, Known, bool], ...] = (
        ("violation", "violation", True),
        ("violation", "unknown", True),
        ("unknown", "unknown", True),
        ("unknown", "violation", False),
    )
    for known, found, covered in table:
        assert Entry(Key("7800000002", "N-1", "ch_1"), known, 1, NOWHERE).covers(found) is covered


# --- texts ------------------------------------------------------------------------------------------------------


def check_a_text_in_each_language() -> None:
    """Also as reports hold it."""
    text = Text("Школа", "School")
    assert text.in_language("ru") == "Школа"
    assert text.in_language("en") == "School"
    assert both(text) == {"ru": "Школа", "en": "School"}
    assert [*both(text)] == ["ru", "en"]
    assert report.both is both


def check_the_russian_form_of_a_noun() -> None:
    """1 школа, 2 школы, 5 школ; and so for every hundred, whatever the sign."""
    for hundred in (0, 100, 1000, 12300):
        for sign in (1, -1):
            forms = [plural_ru(sign * (hundred + n), "школа", "школы", "школ") for n in range(100)]
            ones = {n for n, form in enumerate(forms) if form == "школа"}
            few = {n for n, form in enumerate(forms) if form == "школы"}
            assert ones == {1, 21, 31, 41, 51, 61, 71, 81, 91}
            assert few == {tens + n for tens in (0, *range(20, 100, 10)) for n in (2, 3, 4)}
            assert {*forms} == {"школа", "школы", "школ"}


def check_a_place_is_told_as_editors_follow_it() -> None:
    """With line and column where there is a text, else the file alone."""
    span = Span("policies/a.yaml", 3, 7, 4, 1)
    assert span.start() == "policies/a.yaml:3:7"
    message = Text("нет", "no")
    assert Problem("code", message, NOTHING, span, "other.yaml").where() == "policies/a.yaml:3:7"
    assert Problem("code", message, NOTHING, file="folder").where() == "folder"
    assert Problem("code", message, NOTHING).where() == ""


def check_an_input_error_holds_all_mistakes() -> None:
    """And tells each with its place and its code."""
    problems = [
        Problem("first-code", Text("первое", "first"), NOTHING, Span("a.yaml", 1, 2, 1, 3)),
        Problem("second-code", Text("второе", "second"), NOTHING, None, "b.yaml"),
    ]
    error = InputError(problems)
    assert error.problems is problems
    assert str(error) == "a.yaml:1:2: first [first-code]; b.yaml: second [second-code]"
    assert error.args == (str(error),)


def check_the_words_of_a_selection() -> None:
    """As the command line has them: what was taken, then what was left out."""
    whole = report.WholePolicySet(digest="sha256:1", norms=2, decisions=1)
    selection = PolicySelection(only=["ads", "N-1"], exclude=["N-2", "N-3"], policies=["N-1"], whole=whole)
    assert words_of(selection) == "--only ads --only N-1 --exclude N-2 --exclude N-3"
    assert words_of({**selection, "only": []}) == "--exclude N-2 --exclude N-3"
    assert words_of({**selection, "exclude": []}) == "--only ads --only N-1"
    assert words_of({**selection, "only": [], "exclude": []}) == ""


def check_digests_are_those_of_the_standard() -> None:
    """Told with the name of the algorithm, in small letters."""
    assert sha256_of(b"") == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert sha256_of(b"abc") == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    for data in (b"", b"abc", bytes(range(256)) * 5):
        assert sha256(data).hexdigest() == hashlib.sha256(data).hexdigest()
        assert blake2b(data, digest_size=16).digest() == hashlib.blake2b(data, digest_size=16).digest()


def check_records_outlive_a_process() -> None:
    """Policies are kept in a cache, waivers go to the processes that judge."""
    subject = Subject("organization", (), TOY.vocabulary.root)
    norm = norm_of(Clauses(subject, Window(), TRUE, TRUE, ()))
    problem = Problem("code", Text("нет", "no"), NOTHING, NOWHERE, "f", "p", True)
    key = Key("7800000002", "N-1", "ch_1")
    for record in (norm, WAIVER, problem, Entry(key, "unknown", 2, NOWHERE), Period(day(1), None)):
        again = pickle.loads(pickle.dumps(record))
        assert type(again) is type(record)
        assert again == record
