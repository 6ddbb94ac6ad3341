"""Quick checks of the second encoding: what it says of questions whose answers are known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from worlds import TOY, read

from validator.interpreters.smt.answer import Limits
from validator.interpreters.smt.ask import ask
from validator.interpreters.smt.facts import NotAnalysedError
from validator.interpreters.smt.quantified import Quantified, decide
from validator.interpreters.smt.query import (
    Both,
    ForEvery,
    ForSome,
    Other,
    Query,
    Setting,
    Then,
    organization_mode,
    surely,
    surely_not,
)
from validator.interpreters.strategies import subject_of
from validator.logic.proof import Status
from validator.logic.text import Text

LIMITS = Limits(timeout=600_000)
PEOPLE = organization_mode(TOY.policies, subject_of(TOY, "people"))


def _setting() -> Setting:
    return Setting(TOY.vocabulary, TOY.names)


def _of_person(structure: dict[str, Any]) -> Query:
    return ForSome(PEOPLE.subject, surely(read(TOY, "people", structure), PEOPLE))


def _said(structure: dict[str, Any]) -> Query:
    mode = organization_mode(TOY.policies, subject_of(TOY, "organization"))
    return surely(read(TOY, "organization", structure), mode)


def _count(number: int | dict[str, int], of: dict[str, Any] | None = None) -> Query:
    return _said({"people": {"count": {"of": of or {"status": "active"}, "is": number}}})


TASKS = organization_mode(TOY.policies, subject_of(TOY, "people.tasks"))
URGENT = {"tasks": {"some": {"urgent": True}}}
OWN = read(TOY, "people", {"friends": {"contains": {"field": "person.desk.owner"}}})
# Questions and whether some snapshot answers them, lists being as long as need be.
DECIDED: tuple[tuple[Query, bool], ...] = (
    *((_count(number), True) for number in (1, 2, 3)),
    *((Both((_count(number), _count({"at_least": number + 1}))), False) for number in (1, 2)),
    *((Both((_count(number), _count({"at_most": number - 1}))), False) for number in (1, 2)),
    (_of_person({"load": {"known": True}, "not": {"grade": {"known": True}}}), True),
    (_of_person({"load": 1, "grade": 2}), True),
    # Tasks are those of one person.
    (_of_person({"tasks": {"count": {"of": {"urgent": True}, "is": 2}}}), True),
    (
        Both(
            (
                _of_person({"status": "left", **URGENT}),
                _of_person(
                    {"status": "active", "tasks": {"count": {"of": {"urgent": True}, "is": {"at_most": 1}}}}
                ),
                _of_person({"status": "active", **URGENT}),
                _count(1),
            )
        ),
        True,
    ),
    (
        Both(
            (
                ForEvery(TASKS.subject, surely(read(TOY, "people.tasks", {"person": {"status": "active"}}), TASKS)),
                _of_person({"status": "left", **URGENT}),
            )
        ),
        False,
    ),
    (
        Both(
            (
                ForEvery(TASKS.subject, surely(read(TOY, "people.tasks", {"urgent": False}), TASKS)),
                _of_person(URGENT),
            )
        ),
        False,
    ),
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
        assert decide(_setting(), query, LIMITS) is answer, number
        assert (ask(_setting(), query, limits=LIMITS, witness=False).status is Status.WITNESS) is answer, number


def check_references_of_sets() -> None:
    """Also in the second encoding members of a set of references are items that exist."""
    nobody = ForEvery(PEOPLE.subject, surely(read(TOY, "people", {"any": []}), PEOPLE))
    friendly = {"friends": {"known": True}, "not": {"friends": {"is": []}}}
    assert decide(_setting(), _of_person(friendly), LIMITS) is True
    lonely = ForEvery(PEOPLE.subject, surely(read(TOY, "people", {"status": "left"}), PEOPLE))
    assert decide(_setting(), Both((lonely, _of_person(friendly))), LIMITS) is True
    assert decide(_setting(), Both((nobody, _of_person(friendly))), LIMITS) is False


def check_refused() -> None:
    """The second encoding says in both languages that it knows of one snapshot only."""
    later = Then(Both(()), Other.NEXT_DAY)
    with pytest.raises(NotAnalysedError) as caught:
        Quantified(_setting()).formula(later)
    assert caught.value.text == Text("сравниваются два снимка", "two snapshots are compared")


CHECKS: dict[str, Callable[[], None]] = {
    "second encoding: decisions": check_decisions,
    "second encoding: sets of references": check_references_of_sets,
    "second encoding: two snapshots": check_refused,
}
