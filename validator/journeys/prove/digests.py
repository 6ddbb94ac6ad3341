"""What a finding is known by: a digest of what the policies involved mean, that no edit of wording changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from enum import Enum
from functools import cache

from validator.journeys.impact.content import closure, content, essence, essence_of
from validator.logic.expr import Condition
from validator.logic.policy import Policy, PolicySet


def canonical(value: object) -> str:
    """A text that is the same for values that say the same, in every run."""
    match value:
        case frozenset():
            return "{" + ",".join(sorted(map(canonical, value))) + "}"
        case tuple():
            return "(" + ",".join(map(canonical, value)) + ")"
        case Enum():
            return f"{type(value).__name__}.{value.name}"
        case _:
            return f"{type(value).__name__}:{value!r}"


def digest(*parts: str) -> str:
    """A short digest of the parts, the same on every machine."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def named_by(condition: Condition) -> str:
    """A name for a condition by what it says, the same wherever it stands."""
    return digest(canonical(content(condition)))


class Meanings:
    """The meaning of each policy of a set with all that it rests on, as a digest; worked out once."""

    def __init__(self, policies: PolicySet) -> None:
        self.policies = policies
        self._of = cache(self._digest)

    def of(self, name: str) -> str:
        """The digest of a policy, of a parameter or of another named thing; of an unknown name that of the name."""
        return self._of(name)

    def all(self, names: Iterable[str]) -> list[str]:
        """The digests of several, in an order that does not depend on theirs."""
        return sorted(map(self.of, names))

    def _digest(self, name: str) -> str:
        policies = self.policies
        policy: Policy | None = policies.norms.get(name) or policies.decisions.get(name)
        if policy is None:
            return digest(name)
        parts = sorted(
            f"{part.kind} {part.name} {canonical(essence_of(part, policies))}" for part in closure(policy, policies)
        )
        return digest(canonical(essence(policy)), *parts)
