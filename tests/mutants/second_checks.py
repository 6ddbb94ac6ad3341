"""Quick checks of the second encoding: what it says of questions whose answers are known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
import z3
from toy_questions import LIMITS, PEOPLE, mode_of, new_setting, of_person, of_some
from worlds import TOY, read

from validator.interpreters.smt import quantified
from validator.interpreters.smt.answer import Limits
from validator.interpreters.smt.ask import ask
from validator.interpreters.smt.facts import NotAnalysedError
from validator.interpreters.smt.quantified import Opinion, Quantified, decide, second_opinion
from validator.interpreters.smt.query import (
    Both,
    ForEvery,
    ForSome,
    Other,
    Query,
    Then,
    organization_mode,
    surely,
    surely_not,
)
from validator.interpreters.strategies import subject_of
from validator.logic.proof import Status
from validator.logic.text import Text


def _said(structure: dict[str, Any]) -> Query:
    mode = mode_of("organization")
    return surely(read(TOY, "organization", structure), mode)


def _count(number: int | dict[str, int], of: dict[str, Any] | None = None) -> Query:
    return _said({"people": {"count": {"of": of or {"status": "active"}, "is": number}}})


TASKS = mode_of("people.tasks")
URGENT = {"tasks": {"some": {"urgent": True}}}
OWN = read(TOY, "people", {"friends": {"contains": {"field": "person.desk.owner"}}})
LED_BY_TWO = of_some("teams", {"lead": {"status": "left"}, "all": [{"lead": {"status": "active"}}]})
IN_TWO_TEAMS = of_person({"team": {"open": True}, "all": [{"team": {"open": False}}]})
# Questions and whether some snapshot answers them, lists being as long as need be.
DECIDED: tuple[tuple[Query, bool], ...] = (
    *((_count(number), True) for number in (1, 2, 3)),
    *((Both((_count(number), _count({"at_least": number + 1}))), False) for number in (1, 2)),
    *((Both((_count(number), _count({"at_most": number - 1}))), False) for number in (1, 2)),
    (of_person({"load": {"known": True}, "not": {"grade": {"known": True}}}), True),
    (of_person({"load": 1, "grade": 2}), True),
    # Tasks are those of one person.
    (of_person({"tasks": {"count": {"of": {"urgent": True}, "is": 2}}}), True),
    (
        Both(
            (
                of_person({"status": "left", **URGENT}),
                of_person({"status": "active", "tasks": {"count": {"of": {"urgent": True}, "is": {"at_most": 1}}}}),
                of_person({"status": "active", **URGENT}),
                _count(1),
            )
        ),
        True,
    ),
    (
        Both(
            (
                ForEvery(TASKS.subject, surely(read(TOY, "people.tasks", {"person": {"status": "active"}}), TASKS)),
                of_person({"status": "left", **URGENT}),
            )
        ),
        False,
    ),
    (
        Both(
            (
                ForEvery(TASKS.subject, surely(read(TOY, "people.tasks", {"urgent": False}), TASKS)),
                of_person(URGENT),
            )
        ),
        False,
    ),
    # Also of an item that no list has: what is there is sound, and what is not there is not spoken of.
    (of_person({"tasks": {"some": {"points": {"less_than": 0}}}}), False),
    (
        Both(
            (
                ForEvery(TASKS.subject, surely(read(TOY, "people.tasks", {"person": {"status": "active"}}), TASKS)),
                of_person({"status": "active", **URGENT}),
                of_person({"status": "left"}),
            )
        ),
        True,
    ),
    (
        Both(
            (
                ForEvery(TASKS.subject, surely(read(TOY, "people.tasks", {"person": {"status": "active"}}), TASKS)),
                of_person({"status": "active", **URGENT}),
                of_person({"status": "left", "load": 1}),
                of_person({"status": "left", "load": 2}),
            )
        ),
        True,
    ),
    (Both((of_person({"rank": 5, "places": 2}), of_person({"rank": 1, "places": 2}))), False),
    (
        _said({"public_share": {"federation": {"at_least": 60}}, "all": [{"public_share": {"region": 60}}]}),
        False,
    ),
    # A pseudonym is that of one item of its list, and no word.
    (LED_BY_TWO, False),
    (IN_TWO_TEAMS, False),
    (Both((LED_BY_TWO, of_person({"team": {"known": True}}))), False),
    (Both((IN_TWO_TEAMS, of_some("teams", {"lead": {"known": True}}))), False),
    (of_person({"team": "none", "all": [{"team": {"open": True}}]}), False),
    # Members of a set of references are items that exist.
    (
        Both(
            (
                _count(1, {"any": [{"status": "active"}, {"not": {"status": "active"}}]}),
                ForEvery(PEOPLE.subject, surely(read(TOY, "people", {"status": "active"}), PEOPLE)),
                ForSome(
                    PEOPLE.subject,
                    Both(
                        (
                            surely_not(OWN, PEOPLE),
                            surely(read(TOY, "people", {"not": {"friends": {"is": []}}}), PEOPLE),
                            surely(read(TOY, "people", {"desk": {"owner": {"status": "active"}}}), PEOPLE),
                        )
                    ),
                ),
            )
        ),
        False,
    ),
)


def check_decisions() -> None:
    """What the second encoding says of questions whose answers are known, and the first of the same."""
    for number, (query, answer) in enumerate(DECIDED):
        assert decide(new_setting(), query, LIMITS) is answer, number
        assert (ask(new_setting(), query, limits=LIMITS, witness=False).status is Status.WITNESS) is answer, number


def check_references_of_sets() -> None:
    """Also in the second encoding members of a set of references are items that exist."""
    nobody = ForEvery(PEOPLE.subject, surely(read(TOY, "people", {"any": []}), PEOPLE))
    friendly = {"friends": {"known": True}, "not": {"friends": {"is": []}}}
    assert decide(new_setting(), of_person(friendly), LIMITS) is True
    lonely = ForEvery(PEOPLE.subject, surely(read(TOY, "people", {"status": "left"}), PEOPLE))
    assert decide(new_setting(), Both((lonely, of_person(friendly))), LIMITS) is True
    assert decide(new_setting(), Both((nobody, of_person(friendly))), LIMITS) is False


def check_refused() -> None:
    """The second encoding says in both languages that it knows of one snapshot only."""
    later = Then(Both(()), Other.NEXT_DAY)
    with pytest.raises(NotAnalysedError) as caught:
        Quantified(new_setting()).formula(later)
    assert caught.value.text == Text("сравниваются два снимка", "two snapshots are compared")


def check_not_decided() -> None:
    """It does not count beyond three, and knows nothing of a number that is not known."""
    assert decide(new_setting(), _count({"at_least": 3}), LIMITS) is True
    assert decide(new_setting(), _count({"at_least": 4}), LIMITS) is None
    assert decide(new_setting(), _count({"more_than": 4}), LIMITS) is None
    unknown = {"count": {"of": {"status": "active"}, "is": {"at_least": {"field": "team.size"}}}}
    of_teams = organization_mode(TOY.policies, subject_of(TOY, "teams"))
    asked = ForSome(of_teams.subject, surely(read(TOY, "teams", {"organization": {"people": unknown}}), of_teams))
    assert decide(new_setting(), asked, LIMITS) is None


def check_solver() -> None:
    """The solver is given its limits; what it gives up is not decided."""
    told: list[tuple[str, int]] = []

    class Silent:
        def __init__(self, ctx: Any) -> None:
            assert ctx is not None

        def set(self, name: str, value: int) -> None:
            told.append((name, value))

        def add(self, *_: Any) -> None:
            return

        def check(self) -> Any:
            return z3.unknown

    with patch.object(z3, "Solver", Silent):
        assert decide(new_setting(), of_person({"load": 1}), Limits(timeout=77, seed=3)) is None
    assert told == [("timeout", 77), ("random_seed", 3)]


def check_opinions() -> None:
    """What is said of an answer, by what was decided."""
    query = of_person({"load": 1})
    found = ask(new_setting(), query, witness=False)
    table = {
        Status.WITNESS: {True: Opinion.AGREES, False: Opinion.DISAGREES, None: Opinion.UNKNOWN},
        Status.PROVED: {True: Opinion.DISAGREES, False: Opinion.AGREES, None: Opinion.UNKNOWN},
        Status.BOUNDED_OK: {True: Opinion.UNKNOWN, False: Opinion.AGREES, None: Opinion.UNKNOWN},
        Status.UNDECIDED: dict.fromkeys((True, False, None), Opinion.UNKNOWN),
    }
    setting = new_setting()
    for status, opinions in table.items():
        for decided, opinion in opinions.items():
            with patch.object(quantified, "decide", return_value=decided) as asked:
                assert second_opinion(setting, query, found._replace(status=status), LIMITS) is opinion
            assert [call.args for call in asked.call_args_list] in ([], [(setting, query, LIMITS)])


CHECKS: dict[str, Callable[[], None]] = {
    "second encoding: decisions": check_decisions,
    "second encoding: sets of references": check_references_of_sets,
    "second encoding: two snapshots": check_refused,
    "second encoding: not decided": check_not_decided,
    "second encoding: solver": check_solver,
    "second encoding: opinions": check_opinions,
}
