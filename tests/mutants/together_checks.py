"""Quick checks of questions that are put together: the same answers, with no more questions than needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from unittest.mock import patch

import z3
from worlds import TOY, read

from validator.interpreters.smt import together
from validator.interpreters.smt.answer import Answer, Limits
from validator.interpreters.smt.ask import ask
from validator.interpreters.smt.query import Query, Setting, organization_mode, surely
from validator.interpreters.smt.together import Together
from validator.interpreters.strategies import subject_of
from validator.logic.proof import Status

LIMITS = Limits(timeout=600_000)
PEOPLE = organization_mode(TOY.policies, subject_of(TOY, "people"))
WHOLE = organization_mode(TOY.policies, subject_of(TOY, "organization"))
Group = tuple[int, ...]


def _of_people(*structures: dict[str, Any]) -> tuple[Query, ...]:
    return tuple(surely(read(TOY, "people", structure), PEOPLE) for structure in structures)


def _of_all(*structures: dict[str, Any]) -> tuple[Query, ...]:
    return tuple(surely(read(TOY, "organization", structure), WHOLE) for structure in structures)


class _Counting:
    """A solver that counts what it is asked; `silent` says which of its answers are given up."""

    def __init__(self, solver: Any, silent: Callable[[int], bool] = lambda _: False) -> None:
        self.solver, self.asked, self._silent = solver, 0, silent

    def check(self, *assumed: Any) -> Any:
        """As the solver, unless this answer is given up."""
        self.asked += 1
        return z3.unknown if self._silent(self.asked) else self.solver.check(*assumed)

    def unsat_core(self) -> Any:
        """As the solver."""
        return self.solver.unsat_core()


def _put(
    parts: Sequence[Query],
    groups: Sequence[Group],
    silent: Callable[[int], bool] = lambda _: False,
    **given: Any,
) -> tuple[Together, _Counting]:
    limits = given.pop("limits", LIMITS)
    mode = given.pop("mode", PEOPLE)
    found = Together(Setting(TOY.vocabulary, TOY.names), mode.subject, parts, groups, limits, **given)
    solver = _Counting(found._solver, silent)
    found._solver = solver
    return found, solver


def _alone(found: Together, group: Group, limits: Limits = LIMITS) -> Answer:
    return ask(found.setting, found.query(group), limits=limits, witness=False)


# The first excludes the second; the third goes with either.
THREE = _of_people({"load": 1}, {"load": 2}, {"skill": "cook"})
GROUPS: tuple[Group, ...] = ((0,), (2,), (0, 2), (1,), (0, 1), (1, 2))


def check_questions_saved() -> None:
    """An item that was found answers every question that it satisfies, and is chosen so that it satisfies many."""
    grown, solver = _put(THREE, GROUPS)
    told = []
    for group in GROUPS:
        assert grown.answer(group) == _alone(grown, group)
        told.append(solver.asked)
    # All three, then without the second; nothing new for two groups; the second, all, without the first; both.
    assert told == [3, 3, 3, 6, 7, 7]
    plain, solver = _put(THREE, GROUPS, grow=False)
    told = []
    for group in GROUPS:
        assert plain.answer(group) == _alone(plain, group)
        told.append(solver.asked)
    assert told == [1, 2, 3, 4, 5, 6]
    again = solver.asked
    assert plain.answer((0, 2)).status is Status.WITNESS
    assert solver.asked == again


def check_given_up() -> None:
    """What this solver gives up is asked alone, in the same way and without a witness."""
    for group in GROUPS:
        silent, _ = _put(THREE, GROUPS, lambda _: True)
        with patch.object(together, "ask", wraps=ask) as asked:
            assert silent.answer(group) == _alone(silent, group)
        (call,) = asked.call_args_list
        assert call.args[0] is silent.setting
        assert call.kwargs == {"limits": LIMITS, "witness": False}
    half, solver = _put(THREE, GROUPS, lambda number: number == 2)  # while more parts are looked for
    assert half.answer((0,)).status is Status.WITNESS
    assert half.answer((2,)).status is Status.WITNESS
    assert solver.asked == 5
    with patch.object(together, "crowded", return_value=True):
        crowded = Together(Setting(TOY.vocabulary, TOY.names), PEOPLE.subject, THREE, GROUPS, LIMITS)
    assert crowded._solver is None
    assert [crowded.answer(group).status for group in GROUPS] == [_alone(crowded, group).status for group in GROUPS]
    assert crowded.least((0, 2, 1)) == [1]


# The first is excluded by the last alone, and by the second and third together.
FOUR = _of_people(
    {"load": {"at_least": 2}},
    {"any": [{"load": 1}, {"skill": "cook"}]},
    {"skill": "sing"},
    {"load": {"at_most": 1}},
)


def check_least() -> None:
    """As few others as exclude the first, what comes first left out first; what is sure already is not asked."""
    group = (0, 1, 2, 3)
    found, solver = _put(FOUR, [group])
    assert found.least(group) == [3]
    few = solver.asked
    silent, asked = _put(FOUR, [group], lambda _: True)
    with patch.object(together, "ask", wraps=ask) as alone:
        assert silent.least(group) == [3]
    assert {tuple(call.kwargs.items()) for call in alone.call_args_list} == {
        (("limits", LIMITS), ("witness", False))
    }
    assert all(call.args[0] is silent.setting for call in alone.call_args_list)
    assert few == 1 < asked.asked
    other, solver = _put(FOUR, [(0, 3, 1, 2)])
    assert other.least((0, 3, 1, 2)) == [1, 2]
    assert solver.asked <= 8
    silent, _ = _put(FOUR, [(0, 3, 1, 2)], lambda _: True)
    assert silent.least((0, 3, 1, 2)) == [1, 2]
    half, _ = _put(FOUR, [(0, 3, 1, 2)], lambda number: number % 2 == 0)
    assert half.least((0, 3, 1, 2)) == [1, 2]


def check_lengths() -> None:
    """Lists are long enough for each of the questions, and an answer says whether they are for any length."""
    two, one = {"count": {"of": {}, "is": {"at_least": 2}}}, {"count": {"of": {}, "is": {"at_least": 1}}}
    never = {"people": {"count": {"of": {}, "is": {"at_most": 1}}}}
    parts = _of_all({"people": two}, {"people": one}, never)
    groups: tuple[Group, ...] = ((0, 2), (0,), (1,))
    for limits in (LIMITS, LIMITS._replace(longest=1), LIMITS._replace(longest=0)):
        found = Together(Setting(TOY.vocabulary, TOY.names), WHOLE.subject, parts, groups, limits)
        assert [found.answer(group) for group in groups] == [_alone(found, group, limits) for group in groups]
    short = Together(Setting(TOY.vocabulary, TOY.names), WHOLE.subject, parts, groups, LIMITS._replace(longest=1))
    assert [short.answer(group).status for group in groups] == [
        Status.BOUNDED_OK,
        Status.BOUNDED_OK,
        Status.WITNESS,
    ]


def check_soundness() -> None:
    """What no snapshot can say is no item: nobody has a rank above the places."""
    parts = _of_people({"rank": 5}, {"places": 2}, {"places": 7})
    found, _ = _put(parts, [(0, 1), (0, 2)])
    assert [found.answer(group).status for group in ((0, 1), (0, 2))] == [Status.PROVED, Status.WITNESS]


CHECKS: dict[str, Callable[[], None]] = {
    "together: questions saved": check_questions_saved,
    "together: given up": check_given_up,
    "together: least": check_least,
    "together: lengths": check_lengths,
    "together: soundness": check_soundness,
}
