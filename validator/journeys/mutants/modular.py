"""Whether a changed definition means the same wherever it is used, decided definition by definition.

A policy may be too large for a proof where the definition it rests on is small: what says the same of every item
says the same in every condition that asks it. A definition that does not may still be asked only inside others that
do. Only definitions that every policy reads alike are decided so: nothing that turns on the judged day or on a
reading.
"""

from __future__ import annotations

from collections.abc import Callable

from validator.interpreters.smt.query import (
    Both,
    Either,
    ForSome,
    Negated,
    Query,
    organization_mode,
    surely,
    surely_not,
)
from validator.journeys.lint.conditions import of_policy
from validator.journeys.lint.uses import through
from validator.journeys.mutants.model import Mutant, policy_of
from validator.language.vocabulary import Vocabulary
from validator.logic.expr import Condition, Fresh, Meets, walk
from validator.logic.policy import Definition, Policy, PolicySet, Subject

# Whether no snapshot answers the question with yes: proved for lists of any length.
Proved = Callable[[Query], bool]


def same_where_used(
    policies: PolicySet, changed: PolicySet, mutant: Mutant, vocabulary: Vocabulary, proved: Proved
) -> bool:
    """Whether a mutant of a definition is proved to change nothing; False when that could not be shown."""
    if mutant.kind != "definition":
        return False
    touched = [policy_of(policies, name) for name in mutant.touches]
    open_ones, seen = [mutant.owner], {mutant.owner}
    while open_ones:
        name = open_ones.pop()
        one, other = policies.definitions[name], changed.definitions[name]
        if not (_is_plain(policies, one, touched) and _is_plain(changed, other, touched)):
            return False
        if proved(_differs(policies, one, changed, other, vocabulary)):
            continue
        if any(_asks(condition, name) for policy in touched for condition in of_policy(policy)):
            return False
        users = {user.name for user in policies.definitions.values() if _asks(user.when, name)}
        open_ones += sorted(users - seen)
        seen |= users
    return True


def _differs(
    policies: PolicySet, one: Definition, changed: PolicySet, other: Definition, vocabulary: Vocabulary
) -> Query:
    """That some item is surely so by one of the two and not by the other, or surely not so."""
    subject = Subject(one.about, one.scopes, vocabulary.record_of(one.about))
    mine, its = organization_mode(policies, subject), organization_mode(changed, subject)
    found: list[Query] = []
    for told in (surely, surely_not):
        left, right = told(one.when, mine), told(other.when, its)
        found += [Both((left, Negated(right))), Both((Negated(left), right))]
    return ForSome(subject, Either(tuple(found)))


def _asks(condition: Condition, name: str) -> bool:
    return any(isinstance(node, Meets) and node.definition == name for node in walk(condition))


def _is_plain(policies: PolicySet, definition: Definition, touched: list[Policy]) -> bool:
    """Whether every policy reads a definition alike: no day, no data, nothing that a reading changes."""
    uses = through(policies, [definition.when], [], ())
    inside = [definition.when, *(policies.definitions[name].when for name in uses.definitions)]
    swapped = {name for policy in touched for reading in policy.readings for name in reading.definitions}
    dated = any(isinstance(node, Fresh) for condition in inside for node in walk(condition))
    return not (uses.parameters or uses.registers or dated or swapped & {definition.name, *uses.definitions})
