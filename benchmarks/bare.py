"""The reference evaluator without reports: every policy under every reading on every item, verdicts only.

What `journeys.check` does, less evidence, messages and missing facts: so the ratio to the compiled program compares
judging with judging.
"""

from __future__ import annotations

from validator.interpreters.judge import case_of, environments, judge_decision, judge_norm, judge_rest
from validator.interpreters.readings import readings_of
from validator.logic.facts import Snapshot
from validator.logic.policy import Decision, Norm, PolicySet


def judge_bare(snapshot: Snapshot, policies: PolicySet) -> int:
    """How many verdicts there are, readings counted apart; each of them has been reached."""
    return sum(
        _norm(snapshot, policies, policy) if isinstance(policy, Norm) else _decision(snapshot, policies, policy)
        for policy in policies.policies()
    )


def _norm(snapshot: Snapshot, policies: PolicySet, norm: Norm) -> int:
    number = 0
    for clauses in norm.clauses:
        violated = False
        for _, env in environments(snapshot, clauses.subject):
            for readings in readings_of(norm):
                case = case_of(policies, snapshot, snapshot.as_of, readings, env, clauses.window)
                found = judge_norm(norm, clauses, case, env)
                violated = violated or found.verdict in ("violation", "advice")
                number += 1
        if not violated and judge_rest(policies, norm, clauses, snapshot, snapshot.as_of) is not None:
            number += 1
    return number


def _decision(snapshot: Snapshot, policies: PolicySet, decision: Decision) -> int:
    number = 0
    for _, env in environments(snapshot, decision.subject):
        for readings in readings_of(decision):
            case = case_of(policies, snapshot, snapshot.as_of, readings, env, decision.window)
            judge_decision(decision, case, env)
            number += 1
    return number
