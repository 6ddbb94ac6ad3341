"""What a mutant is: one small change of a policy set, with its place and what it does in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, Literal, NamedTuple, TypeVar

from validator.logic.frozen import replace
from validator.logic.policy import Norm, Policy, PolicySet
from validator.logic.problem import Span
from validator.logic.text import Text

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
S = TypeVar("S")
Owner = Literal["policy", "definition", "parameter", "register"]


class Change(NamedTuple, Generic[T_co]):
    """One small change: the changed thing (`made`), where in it and at which place of the text, by what operator.

    `key` is the way to the place, the operator and what tells it from its like: the same for the same change,
    whatever is edited elsewhere in the file.
    """

    key: str
    span: Span
    what: Text
    made: T_co

    def inside(self, step: str, build: Callable[[T_co], S]) -> Change[S]:
        """The same change, seen from what the changed thing stands in."""
        return Change(f"{step}.{self.key}", self.span, self.what, build(self.made))


def inside(changes: Iterator[Change[T]], step: str, build: Callable[[T], S]) -> Iterator[Change[S]]:
    """Each of the changes, seen from what the changed thing stands in."""
    return (change.inside(step, build) for change in changes)


class Mutant(NamedTuple):
    """One change of a policy, definition, parameter or register (`owner`, of that `kind`).

    `id` is stable: the owner and the key of the change. `touches` are the policies whose verdicts may differ,
    sorted. `make` gives the changed set.
    """

    id: str
    kind: Owner
    owner: str
    span: Span
    what: Text
    touches: tuple[str, ...]
    make: Callable[[], PolicySet]


def with_policy(policies: PolicySet, policy: Policy) -> PolicySet:
    """The set with that policy in the place of the one of its name."""
    if isinstance(policy, Norm):
        return replace(policies, norms={**policies.norms, policy.id: policy})
    return replace(policies, decisions={**policies.decisions, policy.id: policy})


def policy_of(policies: PolicySet, name: str) -> Policy:
    """The norm or decision of that name."""
    return policies.norms.get(name) or policies.decisions[name]
