"""Copies of a policy set with other ids and other constants: how the cost grows with the number of policies."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from validator.logic.expr import Literal, Meets
from validator.logic.frozen import Frozen, compared_fields, replace
from validator.logic.policy import Decision, Norm, PolicySet, Reading, Subject
from validator.logic.shape import Kind
from validator.logic.values import Value

T = TypeVar("T")


def copied(policies: PolicySet, copies: int, *, definitions: bool) -> PolicySet:
    """The policies and so many copies of each, no two copies alike: days and numbers differ.

    The copies of a family share its definitions, or, with `definitions`, each has its own with other constants.
    """
    norms, decisions = dict(policies.norms), dict(policies.decisions)
    named = dict(policies.definitions)
    for number in range(1, copies + 1):
        change = _Change(number, own_definitions=definitions)
        norms |= {change.named(name): change.policy(norm) for name, norm in policies.norms.items()}
        decisions |= {change.named(name): change.policy(one) for name, one in policies.decisions.items()}
        if definitions:
            named |= {
                change.named(name): replace(one, name=change.named(name), when=change.of(one.when))
                for name, one in policies.definitions.items()
            }
    return replace(policies, norms=norms, decisions=decisions, definitions=named)


def of_size(policies: PolicySet, size: int, first: str) -> PolicySet:
    """So many policies: the one named, others of the set by id, then copies of them that share the definitions."""
    own = [policy.id for policy in policies.policies()]
    many = copied(policies, max(-(-size // len(own)) - 1, 0), definitions=False)
    others = [policy.id for policy in many.policies() if policy.id not in set(own)]
    wanted = set([first, *(name for name in own if name != first), *others][:size])
    return replace(
        many,
        norms={name: norm for name, norm in many.norms.items() if name in wanted},
        decisions={name: decision for name, decision in many.decisions.items() if name in wanted},
    )


def edited(policies: PolicySet, name: str) -> PolicySet:
    """The set with one norm moved: every day in it a year later."""
    norm = replace(_Change(365, own_definitions=False).policy(policies.norms[name]), id=name)
    return replace(policies, norms={**policies.norms, name: norm})


class _Change:
    """The n-th copy: every day and number n later or larger."""

    def __init__(self, number: int, *, own_definitions: bool) -> None:
        self.number = number
        self.own_definitions = own_definitions

    def named(self, name: str) -> str:
        return f"{name}-COPY-{self.number}"

    def policy(self, policy: T) -> T:
        """The copy of a norm or decision."""
        assert isinstance(policy, Norm | Decision)
        return replace(self.of(policy), id=self.named(policy.id))

    def of(self, part: T) -> T:
        """The same tree with other constants."""
        if isinstance(part, Literal):
            return replace(part, value=self.value(part.value))
        if isinstance(part, tuple) and not hasattr(part, "_fields"):
            return type(part)(self.of(one) for one in part)
        if isinstance(part, Subject | Kind) or not isinstance(part, Frozen):
            return part
        changed = {name: self.of(getattr(part, name)) for name in compared_fields(part)}
        if self.own_definitions and isinstance(part, Meets):
            changed["definition"] = self.named(part.definition)
        if self.own_definitions and isinstance(part, Reading):
            changed["definitions"] = {
                self.named(name): self.named(other) for name, other in part.definitions.items()
            }
        copy: T = replace(part, **changed)  # type: ignore[type-var]
        return copy

    def value(self, value: Value) -> Value:
        match value:
            case bool():
                return value
            case int() | Decimal():
                return value + self.number
            case date():
                return value + timedelta(days=self.number)
            case _:
                return value
