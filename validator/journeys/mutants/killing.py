"""Whether an example notices a mutant: whether it would fail, were the policies changed in that way.

An example is judged as `test` judges it: its verdict or reason, the facts it says are missing, the disputes,
criteria and advice it states, and the cure by `remedy_sets`. What an example does not state it does not notice. To
judge thousands of mutants quickly, an example is run in full only where a verdict, or what is stated beside it, has
become another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from validator.interpreters.judge import (
    DecisionVerdict,
    NormVerdict,
    case_of,
    environments,
    judge_decision,
    judge_norm,
)
from validator.interpreters.readings import readings_of
from validator.interpreters.terms import Env
from validator.journeys.check import VIOLATING
from validator.journeys.examples.cases import AnyCase, Case, CaseResult, WholeCase, run
from validator.journeys.mutants.model import Mutant, policy_of
from validator.logic.facts import Snapshot
from validator.logic.frozen import replace
from validator.logic.policy import Norm, Policy, PolicySet
from validator.logic.truth import Truth
from validator.logic.ways import Ways

# What a policy says of one item under every reading: all that an example can state of it.
Answer = tuple[object, ...]


class Killed(NamedTuple):
    """A mutant, and the first example found that notices it; None when none does."""

    mutant: Mutant
    by: AnyCase | None


class Example:
    """An example that passes, its facts read once."""

    def __init__(self, case: Case | WholeCase, result: CaseResult, policies: PolicySet) -> None:
        """`result` is what running the case on `policies` gave."""
        self.case = case
        self.subject = result.result["subject"] if result.result else ""
        snapshot = result.ground.snapshot if result.ground else case.facts()
        self.law_date: date = case.law_date or snapshot.as_of
        self.snapshot = snapshot
        self.cured: Snapshot | None = None
        self.environments: dict[str, Env] = {}
        self.kept: Case | WholeCase = case._replace(facts=lambda: snapshot)
        self.before: Answer | None = None
        if isinstance(case, Case):
            self._prepare(case, result, policies)

    def _prepare(self, case: Case, result: CaseResult, policies: PolicySet) -> None:
        """What has to be worked out once: the names bound for the item, the facts as cured, the answer before."""
        self.states_missing = case.node.get("missing") is not None
        violating = result.result is not None and result.result["verdict"] in VIOLATING
        if violating and isinstance(case.policy, Norm) and case.policy.remedy_sets and case.cured:
            cured = self.cured = case.cured(case.policy)
            self.kept = self.kept._replace(cured=lambda _: cured) if isinstance(self.kept, Case) else self.kept
        self.environments = self._bound(case.policy, self.snapshot)
        if self.environments:
            self.before = self._answer(case, policies)

    def _bound(self, policy: Policy, snapshot: Snapshot) -> dict[str, Env]:
        """The names bound for the judged item, by the list it stands in; none when no single item is judged."""
        subjects = [c.subject for c in policy.clauses] if isinstance(policy, Norm) else [policy.subject]
        found: dict[str, Env] = {}
        for subject in subjects:
            for item, env in environments(snapshot, subject):
                if (item.path if subject.scopes else "organization") == self.subject:
                    found[subject.path] = env
        return found

    def notices(self, policies: PolicySet) -> bool:
        """Whether the example fails on another policy set."""
        if isinstance(self.case, Case):
            if self.before is not None and self._answer(self.case, policies) == self.before:
                return False
            assert isinstance(self.kept, Case)
            changed: Case | WholeCase = self.kept._replace(policy=policy_of(policies, self.case.policy.id))
        else:
            changed = self.kept
        return any(result.ending != "passed" for result in run([changed], policies))

    def _answer(self, case: Case, policies: PolicySet) -> Answer:
        if case.parameters:
            policies = replace(policies, parameters={**policies.parameters, **case.parameters})
        policy = policy_of(policies, case.policy.id)
        found = self._said(policy, policies, self.snapshot, self.environments)
        if self.cured is None:
            return found
        return (*found, *self._said(policy, policies, self.cured, self._bound(policy, self.cured)))

    def _said(
        self, policy: Policy, policies: PolicySet, snapshot: Snapshot, environments: Mapping[str, Env]
    ) -> Answer:
        said: list[object] = []
        for readings in readings_of(policy):
            chosen = not said
            for verdict in _verdicts(policy, policies, snapshot, self.law_date, readings, environments):
                said.append(
                    (readings[-1].id if readings else "", verdict.verdict, verdict.reason if chosen else "")
                )
                if chosen and self.states_missing and verdict.verdict == "unknown":
                    said.append(_paths(verdict.missing()))
                if chosen and isinstance(verdict, DecisionVerdict):
                    said.append(_truths(policy, verdict))
        return tuple(said)


def _verdicts(
    policy: Policy,
    policies: PolicySet,
    snapshot: Snapshot,
    law_date: date,
    readings: tuple,  # type: ignore[type-arg]
    environments: Mapping[str, Env],
) -> Iterator[NormVerdict | DecisionVerdict]:
    if isinstance(policy, Norm):
        for clauses in policy.clauses:
            env = environments.get(clauses.subject.path)
            if env is not None:
                case = case_of(policies, snapshot, law_date, readings, env, clauses.window)
                yield judge_norm(policy, clauses, case, env)
    else:
        env = environments[policy.subject.path]
        yield judge_decision(policy, case_of(policies, snapshot, law_date, readings, env, policy.window), env)


def _paths(ways: Ways) -> frozenset[str]:
    return frozenset(gap.path for gap in ways[0]) if ways else frozenset()


def _truths(policy: Policy, verdict: DecisionVerdict) -> tuple[tuple[str, Truth], ...]:
    """The criteria and exclusions by name, and what each has come to; the advice follows from that."""
    assert not isinstance(policy, Norm)
    tests = zip((*policy.criteria, *policy.exclusions), (*verdict.criteria, *verdict.exclusions), strict=True)
    return tuple((criterion.id, outcome.truth) for criterion, outcome in tests)


class Examples:
    """The passing examples of a policy set, by what they judge."""

    def __init__(self, results: Iterable[tuple[AnyCase, CaseResult]], policies: PolicySet) -> None:
        self.by_policy: dict[str, list[Example]] = {}
        self.of_all: list[Example] = []
        for case, result in results:
            if isinstance(case, Case):
                self.by_policy.setdefault(case.policy.id, []).append(Example(case, result, policies))
            elif isinstance(case, WholeCase):
                self.of_all.append(Example(case, result, policies))

    def judge(self, mutants: Iterable[Mutant]) -> Iterator[Killed]:
        """Each mutant with the example that notices it. What noticed the one before is tried first."""
        owner, keen = "", list[Example]()
        for mutant in mutants:
            if mutant.owner != owner:
                owner, keen = mutant.owner, []
            found = self._killer(mutant, keen)
            if found is not None:
                keen = [found, *(example for example in keen if example is not found)]
            yield Killed(mutant, None if found is None else found.case)

    def _killer(self, mutant: Mutant, keen: list[Example]) -> Example | None:
        policies = mutant.make()
        own = [example for name in mutant.touches for example in self.by_policy.get(name, ())]
        tried = {id(example) for example in keen}
        rest = (example for example in (*own, *self.of_all) if id(example) not in tried)
        return next((example for example in (*keen, *rest) if example.notices(policies)), None)
