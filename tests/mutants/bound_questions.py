"""Quick checks of bounds: questions put together, about one snapshot or two, and what is kept of them."""

from __future__ import annotations

import sys

from bound_asked import (
    OF_ORGANIZATION,
    OPEN_TEAM,
    PERSON_1,
    PERSON_2,
    TEAM_1,
    TEAM_2,
    Found,
    Sizes,
    counted,
    found_of,
    mode_of,
    said,
    some,
)
from bound_limits import ANOTHER_PERSON, THROUGH_A_TEAM, UNCERTAIN
from worlds import TOY, read

from validator.interpreters.smt.bounds import BoundFinder, Bounds, Memory
from validator.interpreters.smt.query import (
    NO_OVERRIDES,
    Both,
    Either,
    ForEvery,
    ForSome,
    Mode,
    Negated,
    Other,
    Query,
    Switch,
    Then,
    surely,
    surely_not,
)
from validator.interpreters.smt.uses import UseFinder
from validator.interpreters.strategies import subject_of
from validator.logic.expr import Quantified
from validator.logic.policy import Subject, Window

PEOPLE, TASKS, TEAMS = (subject_of(TOY, path) for path in ("people", "people.tasks", "teams"))
P1, P2, T1, T2 = said(PERSON_1), said(PERSON_2), said(TEAM_1), said(TEAM_2)
TWO = Both((P1, P2))
# Of a person that they are in an open team, of a team that it is open, of a task that it has an active helper.
IN_TEAM = said(OPEN_TEAM, mode=mode_of("people"))
OPEN = said({"open": True}, mode=mode_of("teams"), item="team")
HELPED = said({"helper": {"status": "active"}}, mode=mode_of("people.tasks"))
SOME_TEAM = ForSome(TEAMS, OPEN, "team")
TWO_TASKS = said(some("people", {"tasks": {"count": {"of": {"urgent": True}, "is": 2}}}))
OF_TEAM = said({"person": OPEN_TEAM}, mode=mode_of("people.tasks"))
MORE, NEXT = Other.MORE_FACTS, Other.NEXT_DAY


def _not(*parts: Query) -> tuple[Query, ...]:
    return tuple(Negated(part) for part in parts)


ROWS: tuple[tuple[Query, Sizes], ...] = (
    (TWO, {"people": 2}),
    (Both(()), {}),
    (Either((P1, P2)), {"people": 1}),
    (Negated(Both((P1, T1))), {}),
    (Negated(Both(_not(P1, T1, P2))), {"people": 1, "teams": 1}),
    (Negated(Either(_not(P1, T1, P2))), {"people": 2, "teams": 1}),
    (Negated(Negated(P1)), {"people": 1}),
    (Both((Either((P1, P2)), T1)), {"people": 1, "teams": 1}),
    (Either((Either((P1, P2)), Either((P1, T1)))), {"people": 1, "teams": 1}),
    (ForSome(PEOPLE, Either((T1, T2))), {"people": 1, "teams": 1}),
    (ForEvery(PEOPLE, said({"any": [TEAM_1, TEAM_2]})), {"teams": 2}),
    (Negated(ForEvery(PEOPLE, Negated(Either((T1, T2))))), {"people": 1, "teams": 1}),
    # Items, and what they refer to.
    (ForSome(PEOPLE, IN_TEAM), {"people": 1, "teams": 1}),
    (Negated(ForSome(PEOPLE, IN_TEAM)), {}),
    (Negated(ForEvery(PEOPLE, IN_TEAM)), {"people": 1}),
    (Both((TWO, ForEvery(PEOPLE, IN_TEAM))), {"people": 2, "teams": 2}),
    (Both((TWO, Negated(ForSome(PEOPLE, IN_TEAM)))), {"people": 2}),
    (Both((TWO, Negated(ForSome(PEOPLE, Negated(IN_TEAM))))), {"people": 2, "teams": 2}),
    (ForSome(TASKS, HELPED), {"people": 2, "people.tasks": 1}),
    (Negated(ForEvery(TASKS, Negated(HELPED))), {"people": 2, "people.tasks": 1}),
    (ForSome(subject_of(TOY, "organization"), P1), {"people": 1}),
    (ForEvery(subject_of(TOY, "organization"), Either((P1, P2))), {"people": 1}),
    (Both((TWO, TWO_TASKS, ForEvery(TASKS, OF_TEAM))), {"people": 2 + 1, "people.tasks": 2, "teams": 2 + 1}),
    # What is chosen for every pair, and for one of a pair.
    (Both((TWO, ForEvery(PEOPLE, ForEvery(PEOPLE, SOME_TEAM, "b"), "a"))), {"people": 2, "teams": 4}),
    (Both((TWO, ForEvery(PEOPLE, SOME_TEAM, "a"))), {"people": 2, "teams": 2}),
    (ForSome(PEOPLE, SOME_TEAM, "a"), {"people": 1, "teams": 1}),
    # Of each item another part may hold.
    *(
        (ForEvery(PEOPLE, made(Either((T1, T2)))), {"teams": 2})
        for made in (
            lambda part: part,
            lambda part: Switch("on", part),
            lambda part: Then(part, MORE),
            lambda part: Both((part,)),
            lambda part: Either((part,)),
            lambda part: Negated(Negated(part)),
            lambda part: ForSome(subject_of(TOY, "organization"), part),
        )
    ),
    # A part with a switch, and a part about another snapshot, are what they are without.
    *(
        (made(query), sizes)
        for made in (lambda part: Switch("on", part), lambda part: Then(part, NEXT))
        for query, sizes in (
            (TWO, {"people": 2}),
            (Either((P1, P2)), {"people": 1}),
            (ForSome(PEOPLE, IN_TEAM), {"people": 1, "teams": 1}),
        )
    ),
    (Negated(Switch("on", Negated(P1))), {"people": 1}),
    (Negated(Then(Negated(P1), MORE)), {"people": 1}),
    (ForSome(PEOPLE, Switch("on", IN_TEAM)), {"people": 1, "teams": 1}),
    (Both((TWO, ForEvery(PEOPLE, Switch("on", IN_TEAM)))), {"people": 2, "teams": 2}),
    (Both((TWO, ForEvery(PEOPLE, Then(IN_TEAM, NEXT)))), {"people": 2, "teams": 2}),
)  # fmt: skip


def check_questions() -> None:
    """What questions need that are put together of others."""
    for number, (query, wanted) in enumerate(ROWS):
        assert found_of(query)._replace(most=0) == Found(wanted), number


def check_a_question_within_an_item() -> None:
    """Any item of a list decides what is chosen for it: within the item that is not a choice for each."""
    shape = TOY.vocabulary.record_of("people")
    subject = Subject("people", ("someone",), shape)
    mode = Mode(TOY.policies, NO_OVERRIDES, subject, Window())
    every_one = read(TOY, "organization", {"people": {"as": "someone", "every": some("teams", THROUGH_A_TEAM)}})
    assert isinstance(every_one, Quantified)
    query = ForEvery(subject, surely(every_one.body, mode))
    assert found_of(Both((TWO, query))).sizes == {"people": 2, "teams": 2, "people.tasks": 1}


def check_beside() -> None:
    """What has to hold beside a question is needed once for each snapshot that the question speaks of."""
    more, next_day = Then(T1, MORE), Then(T1, NEXT)
    for query, snapshots in (
        (T1, 1),
        (more, 2),
        (Both((more, Then(T1, MORE))), 2),
        (Both((more, next_day)), 3),
        (Both((Negated(next_day), ForSome(PEOPLE, more))), 3),
    ):
        beside = BoundFinder(UseFinder).remember(P1)
        finder = BoundFinder(UseFinder)
        alone = finder.bounds(query).sizes.get("people", 0)
        assert BoundFinder(UseFinder).bounds(query, 1, beside).sizes["people"] == alone + snapshots
    uncertain = BoundFinder(UseFinder).remember(said(UNCERTAIN[0][0]))
    three = BoundFinder(UseFinder).remember(said(counted("people", {"load": 1}, at_least=3)))
    for other, told in ((uncertain, (0, True, {"people"})), (three, (3, False, set())), (None, (0, False, set()))):
        finder = BoundFinder(UseFinder)
        open_ = finder.bounds(T1, 1, other).open
        assert (finder.most, finder.uncertain, {*open_}) == told
    feeding = BoundFinder(UseFinder).remember(said(ANOTHER_PERSON))
    assert BoundFinder(UseFinder).bounds(T1, 4, feeding) == Bounds({"people": 4, "teams": 1}, frozenset({"people"}))


def check_what_is_remembered() -> None:
    """A literal is worked out once for a way of asking and a mode, whichever question holds it."""
    asked: list[Mode] = []

    def finder(mode: Mode) -> UseFinder:
        asked.append(mode)
        return UseFinder(mode)

    condition = read(TOY, "organization", counted("people", {"load": 1}, at_least=2))
    memory: Memory = {}
    modes = (OF_ORGANIZATION, mode_of("organization"))
    for make, people in ((surely, 2), (surely_not, 0)):
        for mode in modes:
            for times in range(3):
                before = len(asked)
                found = BoundFinder(finder, memory)
                assert found.bounds(make(condition, mode)).sizes.get("people", 0) == people
                assert found.most == 2
                assert len(asked) - before == (1 if times == 0 else 0)
    assert {*map(id, asked)} == {*map(id, modes)}


def check_that_what_is_remembered_stays() -> None:
    """What is remembered by its identity is kept: no other condition or mode comes to have the same."""
    condition, mode = read(TOY, "organization", TEAM_1), mode_of("organization")
    before = sys.getrefcount(condition), sys.getrefcount(mode)
    memory: Memory = {}
    BoundFinder(UseFinder, memory).bounds(surely(condition, mode))
    assert (sys.getrefcount(condition), sys.getrefcount(mode)) > before
    assert sys.getrefcount(condition) > before[0]
    query = surely(condition, mode)
    assert BoundFinder(UseFinder).remember(query).asked is query
