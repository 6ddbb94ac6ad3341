"""Questions about snapshots: is there one such that …? Plain data, no solver.

Everything that a verdict consists of is a condition of the language, so a question is put together from
conditions, each read in the policy set, under the reading and on the judged day that its `Mode` says. One question
may hold conditions of several policy sets, so that two versions of a policy can be compared.

The law date of a question is the snapshot's own day, which is as free as everything else about the snapshot.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

from validator.interpreters.readings import Overrides, overrides_of, readings_of, window_condition
from validator.language.names import ReferenceNames
from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.expr import AllOf, AnyOf, Condition, Not
from validator.logic.frozen import Frozen
from validator.logic.policy import (
    Clauses,
    Decision,
    Definition,
    Modality,
    Norm,
    Policy,
    PolicySet,
    Reading,
    Subject,
    Window,
)

ITEM = "item"
NO_OVERRIDES = Overrides({}, {}, {}, frozenset(), frozenset())


class Setting(Frozen, frozen=True, eq=False):
    """What is possible at all: the vocabulary, the names that registers know, what no real snapshot violates.

    Make one and use it for all questions: what was worked out for a setting is kept by its identity.

    Each of the `invariants` is read in `policies` and holds of every item that it is about: it is never definitely
    false. The day of the snapshot lies between `first` and `last`; its other dates may be any of the calendar, save
    months, which lie in the years 1904 to 2099.
    """

    vocabulary: Vocabulary
    names: ReferenceNames
    invariants: tuple[Definition, ...] = ()
    policies: PolicySet | None = None
    first: date = date(2000, 1, 1)
    last: date = date(2099, 12, 31)


class Mode(Frozen, frozen=True, eq=False):
    """How the names in a condition are read: the policy set, what the reading changes, the judged day.

    `subject` is what is judged; `window` names the field of it that gives the judged day. Modes are compared by
    identity: make one per policy and reading and use it again, then what was worked out for it is used again too.
    """

    policies: PolicySet
    overrides: Overrides
    subject: Subject
    window: Window


# --- questions -----------------------------------------------------------------------------------------------


class Definitely(Frozen, frozen=True, eq=False):
    """That a condition is surely true (or surely false) of the item that `item` names.

    The item must be one that a `ForSome` or `ForEvery` around it binds, of a list whose scope names the condition
    uses; for a condition on the organization any name will do.
    """

    condition: Condition
    truth: bool
    mode: Mode
    item: str = ITEM


class Both(Frozen, frozen=True, eq=False):
    """All of the parts; true when there is none."""

    parts: tuple[Query, ...]


class Either(Frozen, frozen=True, eq=False):
    """At least one of the parts; false when there is none."""

    parts: tuple[Query, ...]


class Negated(Frozen, frozen=True, eq=False):
    """Not the part. The negation of “surely true” is “false or unknown”."""

    part: Query


class ForSome(Frozen, frozen=True, eq=False):
    """That some judged item of a subject satisfies `body`, where it is called `item`.

    The organization is its own only item. Of a nested list every item of every parent is judged.
    """

    subject: Subject
    body: Query
    item: str = ITEM


class ForEvery(Frozen, frozen=True, eq=False):
    """That every item that was given satisfies `body`, where it is called `item`; true when there is none."""

    subject: Subject
    body: Query
    item: str = ITEM


class Switch(Frozen, frozen=True, eq=False):
    """A part that counts when its switch is on (`together.py`); a question that is put as it stands counts it."""

    name: str
    part: Query


class Other(Enum):
    """Another snapshot beside the one that a question is about, and how it follows from that.

    MORE_FACTS: of the same day, it says all that the first says and perhaps more: values of facts that were open,
    items of lists that were not complete, that a list is complete. NEXT_DAY: the same facts a day later.
    """

    MORE_FACTS = "more_facts"
    NEXT_DAY = "next_day"


class Then(Frozen, frozen=True, eq=False):
    """That there is such another snapshot of which the part holds; its items are those of the same places.

    All parts of one question that name the same `other` speak of the same snapshot. It is a sound one that breaks
    no invariant either.
    """

    part: Query
    other: Other


Query = Definitely | Both | Either | Negated | ForSome | ForEvery | Switch | Then
ALWAYS_TRUE, NEVER_TRUE = Both(()), Either(())


def surely(condition: Condition, mode: Mode, item: str = ITEM) -> Query:
    """That a condition is true."""
    return Definitely(condition, True, mode, item)


def surely_not(condition: Condition, mode: Mode, item: str = ITEM) -> Query:
    """That a condition is false."""
    return Definitely(condition, False, mode, item)


def unsettled(condition: Condition, mode: Mode, item: str = ITEM) -> Query:
    """That a condition is unknown."""
    return Both((Negated(surely(condition, mode, item)), Negated(surely_not(condition, mode, item))))


# --- policies as questions -----------------------------------------------------------------------------------


class Judged(Frozen, frozen=True, eq=False):
    """A policy on one of its lists under one combination of readings, taken apart as it is judged.

    For a norm `met` is the requirement and `exempt` that an exception holds; for a decision `met` is that all
    criteria hold and `exempt` that an exclusion does. `verdict` is true exactly where a norm is violated (or, of a
    permission, used), and where a decision in force that applies comes out positive.
    """

    policy: Policy
    mode: Mode
    in_force: Condition
    applies: Condition
    exempt: Condition
    met: Condition
    verdict: Condition

    @property
    def subject(self) -> Subject:
        """What is judged."""
        return self.mode.subject

    @property
    def engaged(self) -> Condition:
        """In force, applicable and not exempt."""
        if isinstance(self.policy, Decision):
            return AllOf((self.in_force, self.applies))
        return AllOf((self.in_force, self.applies, Not(self.exempt)))


def judged(
    policies: PolicySet,
    policy: Policy,
    clauses: Clauses | None = None,
    readings: tuple[Reading, ...] | None = None,
) -> Judged:
    """A policy on the list of `clauses` (the first if None) under `readings` (the chosen one if None)."""
    found = readings_of(policy)[0] if readings is None else readings
    overrides = overrides_of(*found)
    match policy:
        case Norm():
            return _norm(policies, policy, clauses or policy.clauses[0], overrides)
        case Decision():
            return _decision(policies, policy, overrides)


def all_judged(policies: PolicySet, policy: Policy) -> tuple[Judged, ...]:
    """A policy on each of its lists under each combination of readings, the chosen one first."""
    lists: tuple[Clauses | None, ...] = policy.clauses if isinstance(policy, Norm) else (None,)
    return tuple(judged(policies, policy, clauses, each) for clauses in lists for each in readings_of(policy))


def _norm(policies: PolicySet, norm: Norm, clauses: Clauses, overrides: Overrides) -> Judged:
    applies, required = clauses.applies_when, clauses.requirement
    if norm.modality is Modality.PERMISSION:  # as in `judge_norm`
        applies, required = AllOf((applies, required)), AnyOf(())
    in_force = window_condition(clauses.window)
    exempt = AnyOf(tuple(w for name, w in clauses.exceptions if name not in overrides.without_exceptions))
    verdict = AllOf((in_force, applies, Not(exempt), Not(required)))
    mode = Mode(policies, overrides, clauses.subject, clauses.window)
    return Judged(norm, mode, in_force, applies, exempt, required, verdict)


def _decision(policies: PolicySet, decision: Decision, overrides: Overrides) -> Judged:
    in_force = window_condition(decision.window)
    excluded = AnyOf(tuple(exclusion.when for exclusion in decision.exclusions))
    met = AllOf(tuple(criterion.when for criterion in decision.criteria))
    verdict = AllOf((in_force, decision.applies_when, met, Not(excluded)))
    mode = Mode(policies, overrides, decision.subject, decision.window)
    return Judged(decision, mode, in_force, decision.applies_when, excluded, met, verdict)


def somewhere(part: Judged, body: Query, item: str = ITEM) -> Query:
    """That `body` holds of some item that the policy judges."""
    return ForSome(part.subject, body, item)


def violated(part: Judged, item: str = ITEM) -> Query:
    """That the verdict of a norm is `violation` or `advice`: never of a permission."""
    if isinstance(part.policy, Norm) and part.policy.modality is Modality.PERMISSION:
        return NEVER_TRUE
    return surely(part.verdict, part.mode, item)


def complies(part: Judged, item: str = ITEM) -> Query:
    """That the verdict of a norm is `ok`, for whatever reason."""
    found = surely_not(part.verdict, part.mode, item)
    if isinstance(part.policy, Norm) and part.policy.modality is Modality.PERMISSION:
        return Either((found, surely(part.verdict, part.mode, item)))
    return found


def in_force(part: Judged, item: str = ITEM) -> Query:
    """That the policy is surely in force for the item."""
    return surely(part.in_force, part.mode, item)


def applies(part: Judged, item: str = ITEM) -> Query:
    """That the policy is surely in force and its `applies_when` surely true, exceptions apart."""
    return surely(AllOf((part.in_force, part.applies)), part.mode, item)


def exempt(part: Judged, item: str = ITEM) -> Query:
    """That an exception (an exclusion) surely holds."""
    return surely(part.exempt, part.mode, item)


def met(part: Judged, item: str = ITEM) -> Query:
    """That the requirement (every criterion) surely holds."""
    return surely(part.met, part.mode, item)


def moved(part: Judged, item: str = ITEM) -> Query:
    """That a decision comes out positive."""
    return surely(part.verdict, part.mode, item)


def stays(part: Judged, item: str = ITEM) -> Query:
    """That a decision surely in force that surely applies comes out otherwise."""
    outcome = AllOf((part.met, Not(part.exempt)))
    return Both((applies(part, item), surely_not(outcome, part.mode, item)))


def verdicts(part: Judged, item: str = ITEM) -> Mapping[str, Query]:
    """The question “is this the verdict?” for each verdict that the policy can have, by its name in reports.

    Exactly one of them holds of every item. Reasons of `ok` are not told apart.
    """
    policy = part.policy
    if isinstance(policy, Decision):
        return _outcomes(part, policy, item)
    true, false = surely(part.verdict, part.mode, item), surely_not(part.verdict, part.mode, item)
    found = {"unknown": unsettled(part.verdict, part.mode, item), "ok": complies(part, item)}
    match policy.modality:
        case Modality.PERMISSION:
            return {**found, "ok": Either((true, false))}
        case Modality.RECOMMENDATION:
            return {"advice": true, **found}
        case _:
            return {"violation": true, **found}


def _outcomes(part: Judged, decision: Decision, item: str) -> Mapping[str, Query]:
    positive, other = moved(part, item), stays(part, item)
    # As in `judge_decision`: what is not in force or does not apply is `ok`, even when the other is open.
    idle = surely_not(AllOf((part.in_force, part.applies)), part.mode, item)
    rest = Both(tuple(Negated(one) for one in (positive, other, idle)))
    return {decision.positive: positive, decision.otherwise: other, "ok": idle, "unknown": rest}


def invariants(setting: Setting) -> Query:
    """That no invariant of the setting is definitely false of any item."""
    parts: list[Query] = []
    for definition in setting.invariants:
        assert setting.policies is not None
        subject = Subject(definition.about, definition.scopes, setting.vocabulary.record_of(definition.about))
        mode = organization_mode(setting.policies, subject)
        parts.append(ForEvery(subject, Negated(surely_not(definition.when, mode))))
    return Both(tuple(parts))


def organization_mode(policies: PolicySet, subject: Subject) -> Mode:
    """A mode for conditions outside of any policy: no reading, judged on the day of the snapshot."""
    return Mode(policies, NO_OVERRIDES, subject, Window())


def organization(vocabulary: Vocabulary) -> Subject:
    """The organization as a subject."""
    return Subject(ROOT, (), vocabulary.root)
