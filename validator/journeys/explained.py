"""Judgements that the compiled program found, as the reference tells them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import TYPE_CHECKING

from validator.interpreters.compile.parts import Part
from validator.interpreters.judge import environments
from validator.journeys.check import Checker
from validator.logic.facts import Snapshot
from validator.logic.policy import Norm, PolicySet

if TYPE_CHECKING:
    from validator.logic.report import Result


def explained(
    policies: PolicySet, snapshot: Snapshot, law_date: date, part: Part, wanted: Collection[int | None]
) -> Iterator[tuple[int | None, Result]]:
    """The results of the items of a list with these numbers as the reference tells them.

    The number None stands for what the list may hold beside its items.
    """
    if not wanted:
        return
    checker = Checker(snapshot, policies, law_date, part.policy)
    for number, (item, env) in enumerate(environments(snapshot, part.subject)):
        if number not in wanted:
            continue
        if isinstance(part.policy, Norm):
            assert part.clauses is not None
            yield number, checker.norm_result(part.policy, part.clauses, item, env)
        else:
            yield number, checker.decision_result(part.policy, item, env)
    if None in wanted and isinstance(part.policy, Norm):
        assert part.clauses is not None
        for result in checker.rest_of_list(part.policy, part.clauses):
            yield None, result
