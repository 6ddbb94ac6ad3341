"""Which policies count persons: those that judge the items of a list that the snapshot schema marks as personal.

The mark is `x-pd` of the list: `none` is about things (chats, documents), anything else about persons or families.
A list inside such a list is about the same persons.
"""

from __future__ import annotations

from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.batch import PersonPolicies
from validator.logic.policy import Decision, Modality, Norm, Policy, PolicySet


def is_about_persons(path: str, vocabulary: Vocabulary) -> bool:
    """Whether the items of the list, or those that hold it, are about persons. Raises KeyError for no list."""
    if path == ROOT:
        return False
    parts = path.split(".")
    holders = [".".join(parts[: end + 1]) for end in range(len(parts))]
    return any(vocabulary.lists[holder].personal != "none" for holder in holders)


def persons_of(policies: PolicySet, vocabulary: Vocabulary) -> PersonPolicies:
    """The norms and decisions that judge persons in at least one list, each with the verdicts it can have."""
    return {
        policy.id: verdicts_of(policy)
        for policy in policies.policies()
        if any(is_about_persons(path, vocabulary) for path in _subjects(policy))
    }


def verdicts_of(policy: Policy) -> frozenset[str]:
    """The verdicts that a policy can have where it applies: what everybody knows from the policy itself.

    A number that must be 0 can't hide another one.
    """
    if isinstance(policy, Decision):
        return frozenset({"unknown", "ok.open", *(f"decisions.{outcome}" for outcome in policy.outcomes)})
    found = {"unknown", "ok.met", "ok.open"}
    match policy.modality:
        case Modality.PROHIBITION | Modality.OBLIGATION:
            found |= {"violation"} if policy.waivable is False else {"violation", "waived"}
        case Modality.RECOMMENDATION:
            found.add("advice")
        case Modality.PERMISSION:
            pass
    return frozenset(found | {"ok.exempt"} if policy.exceptions else found)


def _subjects(policy: Policy) -> tuple[str, ...]:
    match policy:
        case Norm():
            return tuple(clauses.subject.path for clauses in policy.clauses)
        case Decision():
            return (policy.subject.path,)
