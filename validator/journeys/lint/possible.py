"""What a norm can never come out as, as far as that shows without a solver: open questions and open registers."""

from __future__ import annotations

from datetime import date

from validator.logic.expr import AllOf, AnyOf, Condition, ListedIn, Literal, Not, Undecided
from validator.logic.policy import Clauses, PolicySet, Register


def never_violated(policies: PolicySet, clauses: Clauses) -> bool:
    """Whether the requirement can surely never be false while the norm is in force."""
    first = clauses.window.first
    since = first.value if isinstance(first, Literal) and isinstance(first.value, date) else None
    return _never(policies, clauses.requirement, since, truth=False)


def _never(policies: PolicySet, condition: Condition, since: date | None, *, truth: bool) -> bool:
    """Whether a condition surely never has that truth on a day from `since` on (None: on any day)."""
    match condition:
        case Undecided():
            return True
        case ListedIn(register=name):
            register = policies.registers.get(name)
            return not truth and register is not None and _never_denies(policies, register, since)
        case Not(part):
            return _never(policies, part, since, truth=not truth)
        case AllOf(parts) if parts:
            some_or_all = any if truth else all
            return some_or_all(_never(policies, part, since, truth=truth) for part in parts)
        case AnyOf(parts) if parts:
            some_or_all = all if truth else any
            return some_or_all(_never(policies, part, since, truth=truth) for part in parts)
        case _:
            return False


def _never_denies(policies: PolicySet, register: Register, since: date | None) -> bool:
    """Whether nothing is ever known not to be on a register.

    That takes an open register without another one of its family, all of whose rows hold, or are announced, on
    every day from `since` on.
    """
    family = [other for other in policies.registers.values() if other.family == register.family]
    if register.closed or len(family) > 1:
        return False
    for row in register.rows:
        begins = row.announced_on or row.period.first
        if row.period.last is not None or (begins is not None and (since is None or begins > since)):
            return False
    return True
