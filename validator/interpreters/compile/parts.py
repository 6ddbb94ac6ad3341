"""What a compiled program judges: one policy on one list, and what the numbers that it gives mean.

A verdict is a number of four bits; the verdicts under the chosen reading and the others stand beside one another,
the chosen one lowest.
"""

from __future__ import annotations

from types import CodeType
from typing import TypeAlias

from validator.logic.named_tuple import NamedTuple
from validator.logic.policy import Clauses, Decision, Norm, Policy, PolicySet, Subject, Window

MET, EXEMPT, NOT_APPLICABLE, NOT_IN_FORCE, OPEN, UNKNOWN, VIOLATION, ADVICE, POSITIVE, OTHERWISE = range(10)
BITS = 4
OKAY = {MET: "met", EXEMPT: "exempt", NOT_APPLICABLE: "not_applicable", NOT_IN_FORCE: "not_in_force", OPEN: "open"}
WORDS = {UNKNOWN: "unknown", VIOLATION: "violation", ADVICE: "advice"}

# The lists that are judged by their path; of each, the id of every policy, and the number of the clauses of a norm.
Outline: TypeAlias = tuple[tuple[str, tuple[tuple[str, int | None], ...]], ...]


class Written(NamedTuple):
    """A generated program: its code, and what its functions judge."""

    code: CodeType
    outline: Outline


class Part:
    """One policy on one list: what a function of a list gives one row of verdicts for.

    `number` is that of the clauses of a norm, None for a decision. The policy is looked up when it is asked for.
    """

    __slots__ = ("_policies", "_policy", "id", "number", "path")

    def __init__(self, policies: PolicySet, path: str, id_: str, number: int | None) -> None:
        self._policies = policies
        self._policy: Policy | None = None
        self.id = id_
        self.number = number
        self.path = path

    @property
    def policy(self) -> Policy:
        """The policy that judges."""
        if self._policy is None:
            found = self._policies.decisions if self.number is None else self._policies.norms
            self._policy = found[self.id]
        return self._policy

    @property
    def clauses(self) -> Clauses | None:
        """The clauses of a norm for the list, None for a decision."""
        policy = self.policy
        return policy.clauses[self.number] if isinstance(policy, Norm) and self.number is not None else None

    @property
    def subject(self) -> Subject:
        """What is judged."""
        return self._whole.subject

    @property
    def window(self) -> Window:
        """When the policy is in force."""
        return self._whole.window

    @property
    def _whole(self) -> Clauses | Decision:
        policy = self.policy
        if isinstance(policy, Decision):
            return policy
        assert self.number is not None
        return policy.clauses[self.number]


def outline_of(policies: PolicySet) -> Outline:
    """What is judged, by the path of the list; in the order of policies."""
    found: dict[str, list[tuple[str, int | None]]] = {}
    for policy in policies.policies():
        if isinstance(policy, Norm):
            for number, clauses in enumerate(policy.clauses):
                found.setdefault(clauses.subject.path, []).append((policy.id, number))
        else:
            found.setdefault(policy.subject.path, []).append((policy.id, None))
    return tuple((path, tuple(rows)) for path, rows in found.items())


def parts_of(policies: PolicySet, outline: Outline | None = None) -> dict[str, list[Part]]:
    """The parts that an outline names; without one, all that there are."""
    return {
        path: [Part(policies, path, id_, number) for id_, number in rows]
        for path, rows in (outline_of(policies) if outline is None else outline)
    }


def plainly_ok(code: int) -> bool:
    """Whether a number says `ok` under every reading: 0 stands for `met`, and where there is no reading."""
    while code:
        if code & 15 not in OKAY:
            return False
        code >>= BITS
    return True
