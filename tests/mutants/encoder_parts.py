"""Quick checks of what formulas rest on: dated answers, names nobody knows, what other conditions use again.

Where an answer turns on a whole question, the question is asked.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise, product
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interpreters"))

import pytest
import z3
from worlds import AS_OF, NO_OVERRIDES, TOY, read

from validator.interpreters.lookup import listed, parameter_row
from validator.interpreters.smt.answer import Answer, Limits
from validator.interpreters.smt.ask import ask, session
from validator.interpreters.smt.facts import NotAnalysedError
from validator.interpreters.smt.formulas import BIG
from validator.interpreters.smt.query import (
    Both,
    ForSome,
    Mode,
    Query,
    Setting,
    organization_mode,
    surely,
    surely_not,
    unsettled,
)
from validator.interpreters.smt.reference_data import Stretch, listed_on, parameter_on
from validator.interpreters.smt.slots import Space
from validator.interpreters.strategies import subject_of
from validator.language.names import reference_names
from validator.logic.expr import TRUE, Compare, CountOf, Field, ListPath, ParameterValue, Ratio
from validator.logic.frozen import replace
from validator.logic.policy import PolicySet, Window
from validator.logic.proof import Status
from validator.logic.shape import Kind
from validator.logic.text import Text
from validator.logic.values import Interval, Order, UnregisteredName

# Long enough for a machine that has much else to do.
LIMITS = Limits(timeout=600_000)
Item = dict[str, Any]
SETTING = Setting(TOY.vocabulary, TOY.names)


def asked(query: Query, setting: Setting = SETTING) -> Answer:
    """The answer to a question."""
    return ask(setting, query, limits=LIMITS)


def some(
    path: str, structure: Item, make: Callable[..., Query] = surely, policies: PolicySet = TOY.policies
) -> Query:
    """That some item of a list is, or is not, as a condition says."""
    mode = organization_mode(policies, subject_of(TOY, path))
    return ForSome(mode.subject, make(read(TOY, path, structure), mode))


# --- answers by days -------------------------------------------------------------------------------------------


def check_stretches() -> None:
    """When every day of an interval lies in a stretch, without ends too."""
    for stretch, days, wanted in (
        (Stretch(5, 9), (5, 8), True),
        (Stretch(5, 9), (4, 8), False),
        (Stretch(5, 9), (5, 9), False),
        (Stretch(5, BIG), (5, BIG), True),
        (Stretch(5, BIG), (4, 4), False),
        (Stretch(-BIG, 9), (-BIG, 8), True),
        (Stretch(-BIG, 9), (8, 9), False),
        (Stretch(-BIG, BIG), (-BIG, BIG), True),
    ):
        assert stretch.holds(*days) is wanted, (stretch, days)
    assert Stretch(-BIG, BIG).holds(z3.Int("first"), z3.Int("last")) is True
    assert Stretch(-BIG, 9).holds(z3.Int("first"), 8) is True


def check_answers_by_day() -> None:
    """That parameters and registers say on each day of a stretch what they say on that day alone."""
    policies = TOY.policies
    days = [AS_OF + timedelta(days=offset) for offset in range(-5, 3)]
    for name, region, kind, press in product(
        policies.parameters, ("50", "78", "27"), ("school", "club"), (True, False)
    ):
        parameter = policies.parameters[name]
        rows = {day: parameter_row(parameter, region, kind, day, press) for day in days}
        told = {day: None if row is None else row.value for day, row in rows.items()}
        assert _on_days(parameter_on(parameter, region, kind, press), days) == told, (name, region, kind, press)
    for register in policies.registers.values():
        for text in (
            "alpha",
            "beta",
            "gamma",
            "delta",
            "50",
            "nobody",
            UnregisteredName("beta"),
            UnregisteredName("x"),
        ):
            single = {day: listed(policies, register, text, Interval(*[day.toordinal()] * 2))[1] for day in days}
            assert _on_days(listed_on(policies, register, text), days) == single, (register.name, text)


def _on_days(answers: tuple[tuple[Stretch, Any], ...], days: list[date]) -> dict[date, Any]:
    """The answer on each day; stretches follow one another without a gap, neighbours with different answers."""
    assert (answers[0][0].first, answers[-1][0].end) == (-BIG, BIG)
    assert all(one.end == other.first and told != then for (one, told), (other, then) in pairwise(answers))
    return {
        day: next(answer for stretch, answer in answers if stretch.first <= day.toordinal() < stretch.end)
        for day in days
    }


# --- names -------------------------------------------------------------------------------------------------------


def check_unknown_names() -> None:
    """That a name which no register knows is another one of nothing, and that there are such names at all."""
    session.cache_clear()
    services = ["alpha", "beta", "gamma", "delta"]
    known = {"service": {"known": True}}
    found = asked(some("people", {"all": [known, {"service": {"not_in": services}}]}))
    assert found.status is Status.PROVED
    mode = organization_mode(TOY.policies, subject_of(TOY, "people"))
    doubtful = unsettled(read(TOY, "people", {"service": {"in": services}}), mode)
    found = asked(ForSome(mode.subject, Both((surely(read(TOY, "people", known), mode), doubtful))))
    assert found.witness is not None
    assert found.witness.document["people"] == [{"ref": "p_1", "service": "unregistered-1"}]


def check_own_registers() -> None:
    """That two policy sets of one question keep their own registers and parameters."""
    session.cache_clear()
    registers, parameters = TOY.policies.registers, TOY.policies.parameters
    foreign, few = registers["foreign"], parameters["few"]
    other = replace(
        TOY.policies,
        registers={**registers, "foreign": replace(foreign, rows=foreign.rows[1:])},
        parameters={**parameters, "few": replace(few, rows=tuple(replace(row, value=7) for row in few.rows))},
    )
    modes = [organization_mode(policies, subject_of(TOY, "people")) for policies in (TOY.policies, other)]
    for structure, shown in (
        ({"service": {"listed_in": "foreign"}}, {"service": "alpha"}),
        ({"load": {"at_least": {"param": "few"}}}, {"load": 1}),
    ):
        condition = read(TOY, "people", structure)
        for one, two in (modes, modes[::-1]):
            found = asked(ForSome(one.subject, Both((surely(condition, one), surely_not(condition, two)))))
            told: Any = found.witness.document["people"] if found.witness is not None else None
            assert told == ([{"ref": "p_1", **shown}] if one is modes[0] else None)


def check_names_of_few_registers() -> None:
    """Which services a register lists, and which surely not, when the setting knows the names of one only."""
    session.cache_clear()
    setting = Setting(TOY.vocabulary, reference_names([TOY.policies.registers["home"]]))
    condition = {
        name: read(TOY, "people", {"service": {"listed_in": name}}) for name in ("foreign", "home", "whole")
    }
    named = {name: read(TOY, "people", {"service": name}) for name in ("alpha", "gamma", "delta")}
    mode = organization_mode(TOY.policies, subject_of(TOY, "people"))
    told = {
        (register, service): [
            asked(ForSome(mode.subject, Both((surely(named[service], mode), make(listing, mode)))), setting).status
            is Status.WITNESS
            for make in (surely, surely_not, unsettled)
        ]
        for register, listing in condition.items()
        for service in named
    }
    assert told == {
        ("foreign", "alpha"): [True, False, False],
        ("foreign", "gamma"): [True, True, False],
        ("foreign", "delta"): [False, True, False],
        ("home", "alpha"): [False, False, True],
        ("home", "gamma"): [False, False, True],
        ("home", "delta"): [True, False, False],
        ("whole", "alpha"): [True, True, False],
        ("whole", "gamma"): [False, True, False],
        ("whole", "delta"): [False, True, False],
    }
    tools = {name: read(TOY, "people", {"tools": [name]}) for name in named}
    has = {name: read(TOY, "people", {"tools": {"contains": name}}) for name in named}
    for name in ("alpha", "gamma"):
        for said, other in ((named[name], named["delta"]), (has[name], tools["delta"])):
            query = ForSome(mode.subject, Both((surely(said, mode), surely_not(other, mode))))
            assert asked(query, setting).status is Status.PROVED
        for make, service in ((surely, name), (unsettled, "unregistered-1"), (surely_not, "delta")):
            known = surely(read(TOY, "people", {"service": {"known": True}}), mode)
            found = asked(ForSome(mode.subject, Both((known, make(named[name], mode)))), setting)
            assert found.witness is not None
            assert found.witness.document["people"] == [{"ref": "p_1", "service": service}]


# --- whether an answer is one for lists of any length ------------------------------------------------------------


def check_crowded() -> None:
    """That an answer is exact unless more services are compared with one another than there are strange names."""
    session.cache_clear()
    own = {name: {"field": f"person.{name}"} for name in ("service", "tools", "skill", "team")}
    for structure, count, exact in (
        ({"service": {"is": own["service"]}}, 9, False),
        ({"service": {"is": own["service"]}}, 8, True),
        ({"service": "alpha"}, 9, True),
        ({"service": {"in": ["alpha", "beta"]}}, 9, True),
        ({"skill": {"is": own["skill"]}}, 9, True),
        ({"all": [{"skill": {"is": own["skill"]}}, {"service": "alpha"}]}, 9, True),
        ({"tools": {"is": own["tools"]}}, 9, False),
        ({"tools": {"contains_all": own["tools"]}}, 8, True),
        ({"tools": {"contains": own["service"]}}, 4, True),
        ({"tools": {"contains": own["service"]}}, 5, False),
        ({"tools": {"contains_any": ["alpha"]}}, 9, True),
        ({"tools": ["alpha"]}, 9, True),
        ({"all": [{"skills": {"contains": own["skill"]}}, {"service": "alpha"}]}, 9, True),
    ):
        counted = {"people": {"count": {"of": structure, "is": {"at_least": count}}}}
        mode = organization_mode(TOY.policies, subject_of(TOY, "organization"))
        answer = ask(SETTING, surely(read(TOY, "organization", counted), mode), limits=LIMITS, witness=False)
        assert (answer.status, answer.exact) == (Status.WITNESS, exact), (structure, count)


# --- facts -------------------------------------------------------------------------------------------------------

# Of the organization and of lists: what no snapshot can say.
IMPOSSIBLE: tuple[tuple[str, Item], ...] = (
    ("organization", {"kind": {"known": False}}),
    ("organization", {"region": {"known": False}}),
    ("organization", {"inn": "123"}),
    ("people", {"grade": {"more_than": 4}}),
    ("people", {"first_on": {"before": "0001-01-01"}}),
    ("people", {"seen_on": {"after": "as_of"}}),
    ("people", {"rank": {"more_than": {"field": "person.places"}}}),
    ("people", {"last_on": {"before": {"field": "person.first_on"}}}),
    ("people", {"status": {"is_not": {"field": "person.status"}}}),
    ("people", {"ref": {"is_not": {"field": "person.ref"}}}),
)


def check_impossible() -> None:
    """That what no snapshot can say is not found, for lists of any length."""
    session.cache_clear()
    assert [(path, one) for path, one in IMPOSSIBLE if asked(some(path, one)).status is not Status.PROVED] == []


# --- what is used again ------------------------------------------------------------------------------------------


def check_kept() -> None:
    """That what was worked out for a mode, a field and a condition is used again, and notes its facts again."""
    space = Space(SETTING)
    space.begin({"people": 2})
    encoder, subject = space.encoder, subject_of(TOY, "people")
    one, other = (organization_mode(TOY.policies, subject) for _ in range(2))
    assert encoder.finder(one) is encoder.finder(one) is not encoder.finder(other)
    first, second = (encoder.names_of(subject.scopes, slot) for slot in space.lists.slots(space.root, "people"))
    cases = [
        encoder.case(one, first),
        encoder.case(one, {**first}),
        encoder.case(one, second),
        encoder.case(other, first),
    ]
    assert [each is cases[0] for each in cases] == [True, True, False, False]
    condition = read(TOY, "people", {"status": "active"})
    assert isinstance(condition, Compare)
    assert isinstance(condition.left, Field)
    variable = encoder.variable(first, condition.left)
    assert encoder.variable(first, condition.left) is variable is not encoder.variable(second, condition.left)
    rails = encoder.rails(cases[0], first, condition)
    active = encoder.codes.of("active")
    for names, again in ((first, True), (second, False)):
        encoder.touched = {}
        assert (encoder.rails(cases[0], names, condition) is rails) is again
        assert [*encoder.touched] == [encoder.variable(names, condition.left), active]
    seen = Field("person", ("seen_on",), TOY.vocabulary.record_of("people").fields["seen_on"])
    dated = Mode(TOY.policies, NO_OVERRIDES, subject, Window(judged_through=seen))
    cases = [encoder.case(dated, names) for names in (first, second)]
    for structure, again in (({"bound": True}, True), ({"budget": {"at_least": {"param": "few"}}}, False)):
        found = read(TOY, "people", {"organization": structure})
        one_of_two, other_of_two = (encoder.rails(case, case.subject, found) for case in cases)
        assert (one_of_two is other_of_two) is again


def check_misuse() -> None:
    """That what the reader of conditions never lets pass is refused, and what is not analysed is named."""
    assert str(NotAnalysedError(Text("доли", "shares"))) == "shares"
    space = Space(SETTING)
    mode = organization_mode(TOY.policies, subject_of(TOY, "organization"))
    names = {"organization": space.root}
    case = space.encoder.case(mode, names)
    people = TOY.vocabulary.lists["people"]
    count = CountOf(ListPath("organization", ("people",), people), "person", TRUE)
    for term in (count, Ratio(count, count)):
        with pytest.raises(TypeError, match=r"^a count is not a term with a value$"):
            space.encoder.ordered(case, names, term)
    kind = Field("organization", ("kind",), TOY.vocabulary.root.fields["kind"])
    with pytest.raises(TypeError, match=r"^ParameterValue\(.*\) can't be compared for equality$"):
        space.encoder.rails(case, names, Compare(kind, Order.IS, ParameterValue("few", Kind.ENUM)))


CHECKS_OF_PARTS: dict[str, Callable[[], None]] = {
    check.__name__.removeprefix("check_").replace("_", " "): check
    for check in (
        *(check_stretches, check_answers_by_day, check_unknown_names, check_own_registers, check_crowded),
        *(check_names_of_few_registers, check_impossible, check_kept, check_misuse),
    )
}
