"""Many cases of one question, and parts that exclude each other: what `.ci/mutants` asks of a change in both."""

from __future__ import annotations

from collections.abc import Callable
from unittest.mock import patch

from ask_solvers import EVERYBODY_HAS, NOBODY_IS, SOMEBODY, gave_up, shares, silent
from clash_cases import ALWAYS, NEVER, OPEN, PAID, QUIET, SCHOOL, SHUT, rooms
from clash_world import said, setting
from worlds import TOY, read

from validator.interpreters.smt import ask as asking
from validator.interpreters.smt.answer import Answer, Limits
from validator.interpreters.smt.ask import ask, ask_each, crowded, culprits, new_solver
from validator.interpreters.smt.codes import STRANGERS
from validator.interpreters.smt.facts import NAMES_COMPARED
from validator.interpreters.smt.query import (
    Both,
    ForEvery,
    ForSome,
    Query,
    Setting,
    organization,
    organization_mode,
    surely,
    surely_not,
)
from validator.interpreters.smt.variables import Node, Variable
from validator.interpreters.strategies import subject_of
from validator.logic.proof import Status

# --- many cases -----------------------------------------------------------------------------------------------

CASES: dict[str, Query] = {
    "sure": said(ALWAYS),
    "of a school": said(SCHOOL),
    "of another kind": said({"kind": "club"}),
    "open": said(OPEN),
    "never": said(NEVER),
    "shut": said(SHUT),
    "open and shut": Both((said(OPEN), said(SHUT))),
    "with two rooms": said(rooms(2)),
    "with four rooms": said(rooms(4)),
    "of a number": said({"seats": {"at_least": 3}}),
}


def cases_are_answered_as_if_they_were_alone() -> None:
    """In any order, whatever stands before; lists are as long as the longest case wants."""
    for query in (said(SCHOOL), said(ALWAYS), Both((said(SCHOOL), said(QUIET))), said({"not": rooms(3)})):
        for names in ([*CASES], [*reversed(CASES)]):
            found = ask_each(setting(), query, tuple(CASES[name] for name in names))
            for name, answer in zip(names, found, strict=True):
                alone = ask(setting(), Both((query, CASES[name])), witness=False)
                assert (answer.status, answer.exact) == (alone.status, alone.exact), name
                assert (answer.witness, answer.why, answer.core) == (None, None, ())
                assert answer.bounds["rooms"] >= 4
                assert all(answer.bounds.get(path, 0) >= size for path, size in alone.bounds.items())


def cases_of_nothing_and_no_cases_have_answers() -> None:
    """A question that can't be has no case; what can't be put has no answer to any."""
    cases = (said(OPEN), said(ALWAYS), said(rooms(2)))
    never = Answer(Status.PROVED, None, {"rooms": 2}, exact=True)
    assert ask_each(setting(), said(NEVER), cases) == (never,) * 3
    assert ask_each(setting(), said(OPEN), ()) == ()
    short = ask_each(setting(), said(NEVER), cases, limits=Limits(longest=1))
    assert short == (Answer(Status.BOUNDED_OK, None, {"rooms": 1}, exact=False),) * 3
    for query, asked in ((shares(), cases[:2]), (said(OPEN), (shares(), said(OPEN)))):
        found = ask_each(setting(), query, asked)
        assert [answer._replace(why=None) for answer in found] == [
            Answer(Status.NOT_ANALYSED, None, {}, exact=False)
        ] * 2
        assert all(answer.why is not None and "shares" in answer.why.en for answer in found)


def cases_without_proof_say_so() -> None:
    """Where lists are short, and where the solver gives up on one of them."""
    query = Both((said(EVERYBODY_HAS), said(SOMEBODY)))
    cases = (said(NEVER), said(NOBODY_IS), said(OPEN), Both((said(OPEN), said(SHUT))))
    found = ask_each(setting(), query, cases, limits=Limits(bounded=2))
    bounded, yes = (
        Answer(status, None, {"people": 2}, exact=False) for status in (Status.BOUNDED_OK, Status.WITNESS)
    )
    assert found == (bounded, bounded, yes, bounded)
    with silent(1):
        one, other, third = ask_each(setting(), said(SCHOOL), (said(OPEN), said(rooms(2)), said(NEVER)))
    assert (one.status, third.status) == (Status.WITNESS, Status.PROVED)
    assert gave_up(other)
    assert (dict(other.bounds), other.exact) == ({"rooms": 2}, True)


# --- names of services ----------------------------------------------------------------------------------------


def _services(number: int, name: str) -> list[Variable]:
    shape = TOY.vocabulary.record_of("people")
    return [
        Variable(Node("people", f"people[{index}]", shape, None, True, index), (name,), shape.fields[name])
        for index in range(number)
    ]


def more_strange_names_than_there_are_are_a_crowd() -> None:
    """Where they are compared; fields that hold other things do not count."""
    for name in ("service", "tools"):
        fields = _services(STRANGERS + 1, name)
        assert crowded([NAMES_COMPARED, *fields])
        assert crowded([*fields, 7, NAMES_COMPARED, *_services(2, "status")])
        assert not crowded(fields)
        assert not crowded([NAMES_COMPARED, *fields[1:], *_services(3, "status"), *_services(3, "skills"), 7, "x"])
    assert crowded([NAMES_COMPARED, *_services(5, "service"), *_services(4, "tools")])


def a_crowd_proves_nothing() -> None:
    """Neither alone nor with cases."""
    where = Setting(TOY.vocabulary, TOY.names)
    people = subject_of(TOY, "people")
    mode = organization_mode(TOY.policies, people)
    alike = {"organization": {"people": {"some": {"service": {"is": {"field": "person.service"}}}, "as": "other"}}}
    nobody = ForEvery(people, surely_not(read(TOY, "people", alike), mode))
    for number, status in ((STRANGERS + 1, Status.BOUNDED_OK), (2, Status.PROVED)):
        whole = organization_mode(TOY.policies, organization(TOY.vocabulary))
        many = {"people": {"count": {"of": {"load": 1}, "is": {"at_least": number}}}}
        known = ForSome(people, surely(read(TOY, "people", {"service": {"listed_in": "foreign"}}), mode))
        query = Both((surely(read(TOY, "organization", many), whole), nobody, known))
        answer = ask(where, query, witness=False)
        assert (answer.status, answer.exact) == (status, status is Status.PROVED)
        assert [one.status for one in ask_each(where, query, (query, known))] == [status] * 2


# --- culprits -------------------------------------------------------------------------------------------------


def culprits_are_a_smallest_group() -> None:
    """What can be left out is left out from the last on."""
    high = {"tone": "high"}
    for structures, core in (
        ((OPEN, QUIET, SHUT, PAID), (0, 2)),
        ((OPEN, SHUT, OPEN, SHUT), (0, 1)),
        ((OPEN, NEVER, SHUT), (1,)),
        ((NEVER, OPEN, SHUT, NEVER), (0,)),
        ((ALWAYS, OPEN, ALWAYS, SHUT), (1, 3)),
        (
            (PAID, {"tone": {"is_not": "low"}}, {"tone": {"is_not": "middle"}}, QUIET, {"not": high}, SHUT),
            (1, 2, 4),
        ),
        (({"since": {"after": "as_of"}}, PAID), (0,)),
        ((rooms(3), OPEN, {"not": rooms(2)}), (0, 2)),
    ):
        answer = culprits(setting(), tuple(said(structure) for structure in structures))
        assert (answer.status, answer.core, answer.exact) == (Status.PROVED, core, True), structures
        assert answer.witness is None


def culprits_have_the_answer_of_the_question() -> None:
    """Without any there is a snapshot, or no answer at all; short lists make them doubtful."""
    parts = (said(PAID), said(OPEN))
    assert culprits(setting(), parts) == ask(setting(), Both(parts))
    assert culprits(setting(), parts).core == ()
    assert culprits(setting(), (said(OPEN), shares())).status is Status.NOT_ANALYSED
    with silent():
        assert gave_up(culprits(setting(), parts))
    parts = (said(SOMEBODY), said(OPEN), said(EVERYBODY_HAS), said(NOBODY_IS))
    answer = culprits(setting(), parts, limits=Limits(bounded=2))
    assert answer == Answer(Status.BOUNDED_OK, None, {"people": 2}, exact=False, core=(0, 2, 3))
    with silent(solver=2):  # the first has found that the parts exclude each other
        answer = culprits(setting(), (said(OPEN), said(SHUT), said(PAID)))
    assert (answer.status, answer.core) == (Status.PROVED, (0, 1, 2))


def limits_hold_for_culprits_and_cases() -> None:
    """The solver gets those that were given."""
    limits, seen = Limits(timeout=4321), list[Limits]()
    with patch.object(asking, "new_solver", lambda given: seen.append(given) or new_solver(given)):
        culprits(setting(), (said(OPEN), said(SHUT)), limits=limits)
        ask_each(setting(), said(OPEN), (said(SHUT),), limits=limits)
        ask(setting(), said(OPEN), limits=limits)
    assert seen == [limits] * 4


MANY: dict[str, Callable[[], None]] = {
    check.__name__.replace("_", " "): check
    for check in (
        cases_are_answered_as_if_they_were_alone,
        cases_of_nothing_and_no_cases_have_answers,
        cases_without_proof_say_so,
        more_strange_names_than_there_are_are_a_crowd,
        a_crowd_proves_nothing,
        culprits_are_a_smallest_group,
        culprits_have_the_answer_of_the_question,
        limits_hold_for_culprits_and_cases,
    )
}
