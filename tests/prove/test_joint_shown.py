"""A contradiction is shown by facts that engage its norms, and is never made of what the solver did not answer."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from tiny_sets import files_of, library_of, norm, report_of

pytest.importorskip("z3")

import z3

from validator.interpreters.smt import contexts
from validator.interpreters.smt.answer import Limits
from validator.journeys.prove.run import Asked
from validator.language.library import Library
from validator.logic.proof import Finding, ProofReport, Status

ONLY = Asked(frozenset({"ANA-A5"}))


def _library(*demands: str) -> Library:
    body = "in_force: {from: 2025-06-01}\napplies_when: {executes_state_task: true}\n"
    return library_of(files_of(*(norm(f"T-{number}", body + demand) for number, demand in enumerate(demands))))


OPPOSED = _library(
    "required: {alternatives_offered: {contains: sms}}", "forbidden: {alternatives_offered: {contains: sms}}"
)


def _found(report: ProofReport) -> list[Finding]:
    return [one for one in report["findings"] if one["analysis"] == "ANA-A5"]


def test_a_fact_that_need_not_be_told_is_told_where_it_engages_the_norms() -> None:
    (found,) = _found(report_of(OPPOSED, ONLY))
    assert found["witness"] is not None
    assert "executes_state_task: true" in found["witness"]["snapshot"]
    assert "expect: violation" in (found["witness"]["example"] or "")
    assert [one["verdict"] for one in found["witness"]["says"]] == ["ok", "violation"]


class _Silent:
    """A solver that finds no answer."""

    def __init__(self) -> None:
        self._solver = z3.SimpleSolver()

    def __getattr__(self, name: str) -> object:
        return getattr(self._solver, name)

    def check(self, *_: object) -> object:
        return z3.unknown


def test_a_solver_that_gives_up_on_decisions_finds_no_contradiction() -> None:
    made: list[Limits] = []
    real = contexts.new_solver

    def second_is_silent(limits: Limits) -> object:
        made.append(limits)
        return _Silent() if len(made) == 2 else real(limits)

    with patch.object(contexts, "new_solver", second_is_silent):
        report = report_of(OPPOSED, ONLY)
    assert _found(report) == []
    assert {one["status"] for one in report["questions"] if one["analysis"] == "ANA-A5"} == {Status.UNDECIDED.value}
