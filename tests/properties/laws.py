"""Laws of verdicts: what must stay the same, or may change in one way only, when something is changed.

The ids are those of PROP-P1 to P21. A law is given a trial and an engine and makes claims, each an expected and
a found value; a law that does not concern a trial makes none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from trials import ENGINES, Engine, Trial, Verdicts, restricted

from validator.interpreters.strategies import Chooser
from validator.interpreters.strategies.pools import own_conditions, windows_of
from validator.logic.expr import Condition, Field, Meets, Term, terms_of, walk
from validator.logic.policy import Policy, PolicySet


class Claim(NamedTuple):
    """What a law says of one place, and what was found there."""

    place: object
    expected: object
    found: object

    @property
    def holds(self) -> bool:
        """Whether it was found as expected."""
        return self.expected == self.found


Check = Callable[[Trial, Chooser, Engine], Iterator[Claim]]


class Law(NamedTuple):
    """A law by its id; `engines` are those that it says something about."""

    id: str
    name: str
    check: Check
    engines: tuple[str, ...]

    def faults(self, trial: Trial, choose: Chooser) -> tuple[int, list[str]]:
        """How many claims were made about a trial, and which do not hold."""
        made, wrong = 0, []
        for engine in self.engines:
            for claim in self.check(trial, choose, ENGINES[engine]):
                made += 1
                if not claim.holds:
                    wrong.append(f"{self.id} {engine} {claim.place}: {claim.found} for {claim.expected}")
        return made, wrong


LAWS: list[Law] = []


def law(name: str, engines: tuple[str, ...] = ("reference", "program")) -> Callable[[Check], Check]:
    """Enters a check among the laws under an id."""

    def enter(check: Check) -> Check:
        LAWS.append(Law(name, check.__name__, check, engines))
        return check

    return enter


def same(expected: Verdicts, found: Verdicts) -> Iterator[Claim]:
    """That every verdict is the same, and none is there that was not."""
    for key in sorted(expected.keys() | found.keys()):
        yield Claim(key, expected.get(key), found.get(key))


# --- what policies are made of -------------------------------------------------------------------------------


def reachable(policies: PolicySet, policy: Policy) -> list[Condition]:
    """Every condition node that may be asked for a verdict of the policy, under any of its readings."""
    instead = {other for reading in policy.readings for other in reading.definitions.values()}
    waiting = [policies.definitions[name].when for name in sorted(instead)] + own_conditions(policy)
    found: list[Condition] = []
    seen: set[str] = set()
    while waiting:
        for node in walk(waiting.pop()):
            found.append(node)
            if isinstance(node, Meets) and node.definition not in seen:
                seen.add(node.definition)
                waiting.append(policies.definitions[node.definition].when)
    return found


def terms_reached(policies: PolicySet, policy: Policy) -> list[Term]:
    """Every term in those conditions, in the time in force and in the readings."""
    found = [term for node in reachable(policies, policy) for term in terms_of(node)]
    for window in windows_of(policy):
        ends = (window.first, window.last, window.judged_from, window.judged_through)
        found += [term for term in ends if term is not None]
    return found + [term for reading in policy.readings for term in reading.parameters.values()]


def fields_read(policies: PolicySet, policy: Policy) -> list[Field]:
    """The fields that may be read for a verdict of the policy."""
    return [term for term in terms_reached(policies, policy) if isinstance(term, Field)]


def without(trial: Trial, *kinds: type) -> Trial:
    """The trial without the policies in which such a node or term may be asked for."""

    def has(policy: Policy) -> bool:
        nodes = [*reachable(trial.policies, policy), *terms_reached(trial.policies, policy)]
        return any(isinstance(node, kinds) for node in nodes)

    return only(trial, lambda policy: not has(policy))


def only(trial: Trial, wanted: Callable[[Policy], bool]) -> Trial:
    """The trial with the policies that are wanted."""
    names = {policy.id for policy in trial.policies.policies() if wanted(policy)}
    return trial.by(restricted(trial.policies, names))


def is_item(key: tuple[str, str]) -> bool:
    """Whether a verdict is on something that was given, not on what an open list may hold beside."""
    return key[1] == "organization" or key[1].endswith("]")
