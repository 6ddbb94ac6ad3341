"""Solvers that find no answer, and questions that have none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import z3
from clash_world import WORLD

from validator.interpreters.smt import ask as asking
from validator.interpreters.smt.answer import Answer, Limits
from validator.interpreters.smt.ask import new_solver
from validator.interpreters.smt.query import Query, organization, organization_mode, surely
from validator.logic.expr import Compare, Field, Ratio
from validator.logic.proof import Status
from validator.logic.text import Text
from validator.logic.values import Order

MODE = organization_mode(WORLD.policies, organization(WORLD.vocabulary))
SOMEBODY = {"people": {"some": {"all": []}}}
EVERYBODY_HAS = {"people": {"every": {"buddy": {"trained": True}}}}
NOBODY_IS = {"people": {"no": {"trained": True}}}


def shares() -> Query:
    """What can't be put to the solver."""
    number = Field("organization", ("seats",), MODE.subject.shape.fields["seats"])
    share = Ratio(number, number)
    return surely(Compare(share, Order.IS, share), MODE)


class Silent:
    """A solver that finds no answer, from some question on."""

    def __init__(self, solver: Any, answers: int) -> None:
        self._solver, self._answers = solver, answers

    def __getattr__(self, name: str) -> Any:
        return getattr(self._solver, name)

    def check(self, *assumed: Any) -> Any:
        """As the solver, as long as it answers."""
        self._answers -= 1
        return z3.unknown if self._answers < 0 else self._solver.check(*assumed)

    def reason_unknown(self) -> str:
        """Why there is no answer."""
        return "timeout"


@contextmanager
def silent(answers: int = 0, solver: int = 1) -> Iterator[None]:
    """The solver that is made as the n-th from now on answers so often only."""
    made = 0

    def new(limits: Limits) -> Any:
        nonlocal made
        made += 1
        return Silent(new_solver(limits), answers) if made == solver else new_solver(limits)

    with patch.object(asking, "new_solver", new):
        yield


def gave_up(answer: Answer) -> bool:
    """Whether the answer says that the solver found none, and why."""
    assert answer.why == Text("решатель не нашёл ответа: timeout", "the solver found no answer: timeout")
    return answer.status is Status.UNDECIDED and answer.witness is None and answer.core == ()
