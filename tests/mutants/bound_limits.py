"""Quick checks of bounds: what a choice depends on, what counts are compared with, what has no bound."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bound_asked import (
    ALL,
    FEEDS,
    OF_ORGANIZATION,
    OF_PERSON,
    OPEN_TEAM,
    OWNED,
    PERSON_1,
    PERSON_2,
    TEAM_1,
    TEAM_2,
    Found,
    Sizes,
    Structure,
    counted,
    every,
    found_of,
    mode_of,
    said,
    some,
    ways,
)
from worlds import TOY, read

from validator.interpreters.smt.query import NO_OVERRIDES, Both, ForEvery, ForSome, Mode, surely
from validator.interpreters.strategies import subject_of
from validator.logic.expr import NOWHERE, Compare, Field, Literal
from validator.logic.frozen import replace
from validator.logic.policy import Parameter, ParameterRow, Period, Window
from validator.logic.shape import Kind
from validator.logic.text import Text
from validator.logic.values import Order

# --- what a choice depends on ----------------------------------------------------------------------------------

TWO_PEOPLE, TWO_TEAMS = {"all": [PERSON_1, PERSON_2]}, {"all": [TEAM_1, TEAM_2]}
# For each person a team, and for that team a task of the person.
THROUGH_A_TEAM = {
    "size": {"is": {"field": "someone.load"}},
    "someone": {"tasks": {"some": {"points": {"is": {"field": "team.size"}}}}},
}
HELPED = {"helper": {"status": "active"}, "points": {"is": {"field": "team.size"}}}
HELPED_TWICE = {"tasks": {"count": {"of": HELPED, "is": {"at_least": 2}}}}

DEPENDENT: tuple[tuple[Structure, Sizes], ...] = (
    ({"all": [TWO_PEOPLE, every("people", some("teams", OF_PERSON))]}, {"people": 2, "teams": 2}),
    ({"all": [TWO_PEOPLE, every("people", TEAM_1)]}, {"people": 2, "teams": 1}),
    # The person decides the team, and is the one who has the task.
    (
        {"all": [TWO_PEOPLE, {"people": {"as": "someone", "every": some("teams", THROUGH_A_TEAM)}}]},
        {"people": 2, "teams": 2, "people.tasks": 1},
    ),
    # Of two teams each needs a person with two tasks of its own, and each task a helper.
    (
        {"all": [TWO_TEAMS, every("teams", some("people", HELPED_TWICE))]},
        {"teams": 2, "people": 2 + 2 * 2, "people.tasks": 2 * 2},
    ),
    # All tasks of all people.
    (
        {
            "all": [
                counted("people", {"load": 1}, at_least=3),
                some("people", {"tasks": {"count": {"of": {"urgent": True}, "is": {"at_least": 2}}}}),
                every("people", {"tasks": {"every": some("teams", {"size": {"is": {"field": "task.points"}}})}}),
            ]
        },
        {"people": 4, "people.tasks": 2, "teams": 4 * 2},
    ),
)


def check_dependence() -> None:
    """A choice is made once for each item that it depends on."""
    for structure, wanted in DEPENDENT:
        assert found_of(said(structure))._replace(most=0) == Found(wanted), structure


def check_dependence_on_what_is_judged() -> None:
    """What a reading or the judged day brings in of the judged item counts as well."""
    subject = subject_of(TOY, "people")
    shape = TOY.vocabulary.record_of("people").fields
    load, first_on = Field("person", ("load",), shape["load"]), Field("person", ("first_on",), shape["first_on"])
    sized = some("teams", {"size": {"is": {"param": "few"}}})
    plain = mode_of("people")
    brought = Mode(TOY.policies, NO_OVERRIDES._replace(parameters={"few": load}), subject, Window())
    dated = Mode(TOY.policies, NO_OVERRIDES, subject, Window(judged_through=first_on))
    for mode, teams in ((plain, 1), (brought, 2), (dated, 2)):
        query = Both((said(TWO_PEOPLE), ForEvery(subject, said(sized, mode=mode))))
        assert found_of(query).sizes == {"people": 2, "teams": teams}
        assert found_of(ForSome(subject, said(sized, mode=mode))).sizes == {"people": 1, "teams": 1}
    undated = ForEvery(subject, said(TEAM_1, mode=dated))
    assert found_of(Both((said(TWO_PEOPLE), undated))).sizes == {"people": 2, "teams": 1}


# --- what counts are compared with -----------------------------------------------------------------------------


def _changed(**changes: Any) -> Mode:
    return Mode(TOY.policies, NO_OVERRIDES._replace(**changes), OF_ORGANIZATION.subject, Window())


def _parameter(*values: int | Decimal | None) -> Parameter:
    rows = tuple(
        ParameterRow(str(10 + number), None, Period(None, None), value, False, (), NOWHERE)
        for number, value in enumerate(values)
    )
    return Parameter("few", Text("", ""), Kind.INTEGER, rows, NOWHERE)


def check_parameters() -> None:
    """The largest value that a parameter can have counts, as the reading and the policy set have it."""
    few = counted("people", {"load": 1}, at_least={"param": "few"})
    assert found_of(said(few, mode=_changed(parameters={"few": Literal(3)}))) == Found({"people": 3}, most=3)
    assert found_of(said(few, mode=_changed(parameters={"half": Literal(3)}))) == Found({"people": 1}, most=1)
    for values, wanted in (
        ((2, None, 5, 4), 5),
        ((None,), 0),
        ((), 0),
        ((Decimal(7), 6), 7),
        ((1, Decimal("1.5")), 2),
    ):
        mode = mode_of("organization", replace(TOY.policies, parameters={"few": _parameter(*values)}))
        assert found_of(said(few, mode=mode)) == Found({"people": wanted} if wanted else {}, most=wanted)
    both_ways = read(TOY, "organization", few)
    changed = _changed(parameters={"few": Literal(3)})
    two_modes = Both((surely(both_ways, OF_ORGANIZATION), surely(both_ways, changed)))
    assert found_of(two_modes) == Found({"people": 1 + 3}, most=3)


def check_definitions() -> None:
    """A definition counts as the reading has it."""
    assert found_of(said({"meets": "ORG-RED"})) == Found({})
    mode = _changed(definitions={"ORG-RED": "ORG-BIG"})
    assert found_of(said({"meets": "ORG-RED"}, mode=mode)) == Found({"people": 1}, most=1)
    assert found_of(said({"meets": "ORG-BIG"}, mode=mode)) == Found({"people": 1}, most=1)


def check_numbers() -> None:
    """The largest number that a count is compared with is known, whatever the order of the counts."""
    three, five = (counted("people", {"load": 1}, at_least=number) for number in (3, 5))
    assert found_of(said({"all": [three, five]})) == Found({"people": 8}, most=5)
    assert found_of(said({"any": [five, three]})) == Found({"people": 5}, most=5)
    assert found_of(Both((said(five), said(three)))) == Found({"people": 8}, most=5)


MIRRORED = {
    Order.IS: Order.IS,
    Order.AT_LEAST: Order.AT_MOST,
    Order.AT_MOST: Order.AT_LEAST,
    Order.MORE_THAN: Order.LESS_THAN,
    Order.LESS_THAN: Order.MORE_THAN,
}


def check_mirrored_counts() -> None:
    """A count on the right needs what it needs on the left."""
    for order, mirrored in MIRRORED.items():
        for operand in (3, {"param": "few"}, {"field": "organization.budget"}):
            body = {"team": {"open": True}}
            left = read(TOY, "organization", {"people": {"count": {"of": body, "is": {order.value: operand}}}})
            assert isinstance(left, Compare)
            right = Compare(left.right, mirrored, left.left)
            for one, other in zip(ways(left), ways(right), strict=True):
                assert found_of(one) == found_of(other), (order, operand)


# --- no bound --------------------------------------------------------------------------------------------------


def _share(part: Structure, whole: Structure) -> Structure:
    return {"ratio": {"of": part, "to": whole, "at_least": 50}}


RANKED = {"size": {"is": {"field": "person.rank"}}}
OF_EITHER = {"any": [some("teams", OF_PERSON), some("teams", RANKED)]}
LED = {"lead": {"status": "active"}}
UNCERTAIN: tuple[tuple[Structure, Sizes, set[str]], ...] = (
    (_share({"people": {"count": {"load": 1}}}, {"people": {"count": ALL}}), {"people": 3}, {"people"}),
    (_share({"people": {"count": ALL}}, {"teams": {"count": ALL}}), {"people": 3, "teams": 3}, {"people", "teams"}),
    (counted("people", {"load": 1}, more_than={"field": "organization.budget"}), {"people": 3}, {"people"}),
    # A part of the condition may be decided otherwise for each item that is counted.
    (
        counted("people", {"any": [TEAM_1, TEAM_2]}, more_than={"field": "organization.budget"}),
        {"people": 3, "teams": 2},
        {"people"},
    ),
    (
        counted("people", OF_EITHER, more_than={"field": "organization.budget"}),
        {"people": 3, "teams": 2 + 4 * 3},
        {"people"},
    ),
    # Each literal of the condition may count: of any team its lead (twice), or a team and its lead that are not so.
    (
        some("people", _share({"tasks": {"count": every("teams", LED)}}, {"tasks": {"count": ALL}})),
        {"people": 1 + 1 + 2, "people.tasks": 3, "teams": 1},
        {"people.tasks"},
    ),
)


def check_uncertain_counts() -> None:
    """A count of which nobody knows how large it has to be has no bound, and says so, however it is asked."""
    for structure, sizes, without in UNCERTAIN:
        query, *others = ways(read(TOY, "organization", structure))
        assert found_of(query, 3) == Found(sizes, frozenset(without), 0, uncertain=True), structure
        for other in others:
            found = found_of(other)
            assert found.uncertain is True
            assert without <= found.open, structure
    counts = [read(TOY, "organization", {path: {"count": {"of": ALL, "is": 1}}}) for path in ("people", "teams")]
    people, teams = (count.left for count in counts if isinstance(count, Compare))
    two = surely(Compare(people, Order.AT_LEAST, teams), OF_ORGANIZATION)
    assert found_of(two, 3) == Found({"people": 3, "teams": 3}, frozenset({"people", "teams"}), 0, uncertain=True)
    for parts in ((two, said(PERSON_1)), (said(PERSON_1), two)):
        found = found_of(Both(parts))
        assert found.uncertain is True
        assert found.open == {"people", "teams"}


ANOTHER_TEAM = every("teams", some("teams", {"size": {"is": {"field": "team.size"}}}))
ANOTHER_PERSON = every("people", OWNED)
CIRCLE = {"all": [every("people", OPEN_TEAM), every("teams", LED)]}
FEEDING: tuple[tuple[Structure, Sizes, set[str]], ...] = (
    (ANOTHER_PERSON, {"people": 3}, {"people"}),
    ({"all": [ANOTHER_PERSON, ANOTHER_TEAM]}, {"people": 3, "teams": 3}, {"people", "teams"}),
    (CIRCLE, {"people": 3, "teams": 3}, {"people", "teams"}),
    # A list that only hangs on another has a bound where that has one.
    ({"all": [ANOTHER_PERSON, every("people", some("teams", OF_PERSON))]}, {"people": 3, "teams": 3}, {"people"}),
    ({"all": [ANOTHER_TEAM, every("teams", LED)]}, {"people": 3, "teams": 3}, {"teams"}),
    ({"all": [ANOTHER_PERSON, counted("people", {"load": 1}, at_least=5)]}, {"people": 5}, {"people"}),
)


def check_lists_that_feed_themselves() -> None:
    """A list that feeds itself has no bound: as many as asked for, or as are needed at least."""
    for structure, sizes, without in FEEDING:
        assert found_of(said(structure), 3)._replace(most=0) == Found(sizes, frozenset(without)), structure
    assert found_of(said(ANOTHER_PERSON)) == FEEDS
    assert found_of(said(ANOTHER_PERSON), 0) == Found({}, frozenset({"people"}))
