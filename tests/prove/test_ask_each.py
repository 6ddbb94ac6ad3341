"""Cases that share their formulas have the answers that each has when it is asked alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from tiny_sets import files_of, library_of, norm

pytest.importorskip("z3")

from validator.interpreters.smt.ask import ask, ask_each
from validator.interpreters.smt.query import (
    Both,
    Query,
    Setting,
    judged,
    organization,
    organization_mode,
    somewhere,
    surely,
    violated,
)
from validator.language.vocabulary import ROOT
from validator.logic.expr import TRUE, AnyOf, AsOf, Compare, Condition, Field, Literal
from validator.logic.proof import Status
from validator.logic.values import Order

FALSE = AnyOf(())
BODY = "in_force: {from: 2025-06-01}\napplies_when: {organization: {kind: {in: [school, preschool]}}}\n"
LIBRARY = library_of(files_of(norm("T-ONE", BODY + "required: {channels: {some: {kind: sms}}}", about="guardians")))
POLICIES, VOCABULARY = LIBRARY.policies, LIBRARY.vocabulary
MODE = organization_mode(POLICIES, organization(VOCABULARY))
PART = judged(POLICIES, POLICIES.norms["T-ONE"])


def _kind(name: str) -> Condition:
    return Compare(Field(ROOT, ("kind",), VOCABULARY.root.fields["kind"]), Order.IS, Literal(name))


def _day(order: Order) -> Condition:
    return Compare(AsOf(), order, Literal(date(2025, 6, 1)))


CASES: dict[str, tuple[Condition, Status]] = {
    "of a school": (_kind("school"), Status.WITNESS),
    "of a clinic": (_kind("other"), Status.PROVED),
    "before the law": (_day(Order.BEFORE), Status.PROVED),
    "of a kindergarten": (_kind("preschool"), Status.WITNESS),
    "after the law": (_day(Order.AFTER), Status.WITNESS),
    "never": (FALSE, Status.PROVED),
    "always": (TRUE, Status.WITNESS),
}


def _setting() -> Setting:
    return Setting(
        VOCABULARY,
        LIBRARY.names,
        tuple(VOCABULARY.invariants.values()),
        POLICIES,
        date(2000, 1, 1),
        date(2099, 12, 31),
    )


def _alone(query: Query, cases: tuple[Query, ...]) -> list[Status]:
    return [ask(_setting(), Both((query, case)), witness=False).status for case in cases]


def _together(query: Query, cases: tuple[Query, ...]) -> list[Status]:
    return [answer.status for answer in ask_each(_setting(), query, cases)]


@pytest.mark.parametrize("put", [_alone, _together])
def test_each_case_is_answered_for_itself_whatever_stands_before_it(
    put: Callable[[Query, tuple[Query, ...]], list[Status]],
) -> None:
    cases = tuple(surely(condition, MODE) for condition, _ in CASES.values())
    assert put(somewhere(PART, violated(PART)), cases) == [status for _, status in CASES.values()]


def test_cases_of_what_can_not_be_have_no_answer() -> None:
    cases = tuple(surely(condition, MODE) for condition, _ in CASES.values())
    assert set(_together(surely(FALSE, MODE), cases)) == {Status.PROVED}
