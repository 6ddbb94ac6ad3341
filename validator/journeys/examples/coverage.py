"""What examples show: of every leaf condition whether some example made it true, false and unknown.

A leaf counts for the policy or the definition it is written in. It is shown when a passed case evaluated it about
the very item that the case judges; the evaluator evaluates every part of a condition, also where another part
decides, so nothing is hidden behind a short cut. Items that an incomplete list may hold are nobody's example.
Not counted is what a leaf can never be (`can_be`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from validator.interpreters.judge import case_of, environments, judge_decision, judge_norm
from validator.interpreters.outcome import Outcome
from validator.interpreters.readings import readings_of, window_condition
from validator.interpreters.terms import Case, Env
from validator.journeys.examples.cases import CaseResult, Ground
from validator.journeys.examples.possible import can_be
from validator.logic.expr import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    CountOf,
    Follow,
    Fresh,
    Known,
    ListedIn,
    Meets,
    Not,
    OneOf,
    Quantified,
    Ratio,
    SetTest,
    Term,
    Undecided,
    children,
    walk,
)
from validator.logic.policy import Norm, Policy, PolicySet, Reading, Subject, Window
from validator.logic.problem import Span
from validator.logic.text import Text
from validator.logic.truth import Truth, all_of
from validator.logic.ways import SETTLED

Key = tuple[Span, Condition]
ORDER = (Truth.TRUE, Truth.FALSE, Truth.UNKNOWN)


class Leaf(NamedTuple):
    """A condition without conditions inside it that count, where it is written, and what it can come to.

    `about` is the scope whose fields need no prefix there.
    """

    span: Span
    condition: Condition
    about: str
    possible: frozenset[Truth]


class LeafCoverage(NamedTuple):
    """A leaf, and what examples showed it to be."""

    leaf: Leaf
    shown: frozenset[Truth]

    @property
    def missing(self) -> tuple[Truth, ...]:
        """What it could be and no example shows."""
        return tuple(truth for truth in ORDER if truth in self.leaf.possible - self.shown)


class Coverage(NamedTuple):
    """The leaves of one policy or definition, in the order written."""

    name: str
    title: Text
    is_definition: bool
    leaves: tuple[LeafCoverage, ...]

    @property
    def shown(self) -> int:
        """How many truth values of leaves are shown."""
        return sum(len(leaf.shown) for leaf in self.leaves)

    @property
    def possible(self) -> int:
        """How many there are to show."""
        return sum(len(leaf.shown | leaf.leaf.possible) for leaf in self.leaves)


def coverage(policies: PolicySet, names: Iterable[str], results: Iterable[CaseResult]) -> list[Coverage]:
    """The coverage of the named policies, then of the definitions they rest on, by what the cases show."""
    chosen = sorted(set(names))
    shown: dict[Key, set[Truth]] = {}
    for result in results:
        if result.ending == "passed" and result.ground is not None and result.result is not None:
            for key, truth in _shown_by(result.ground, result.result["subject"]):
                shown.setdefault(key, set()).add(truth)
    found: list[Coverage] = []
    definitions: set[str] = set()
    for name in chosen:
        policy = policies.norms.get(name) or policies.decisions[name]
        definitions.update(_definitions(policy, policies))
        found.append(_of(name, policy.title, False, _leaves_of_policy(policy, policies), shown))
    for name in sorted(definitions):
        definition = policies.definitions[name]
        leaves = _leaves(definition.when, definition.scope, policies)
        found.append(_of(name, definition.title, True, leaves, shown))
    return found


def _of(
    name: str, title: Text, is_definition: bool, leaves: Iterable[Leaf], shown: dict[Key, set[Truth]]
) -> Coverage:
    once = {(leaf.span, leaf.condition): leaf for leaf in leaves}
    covered = [LeafCoverage(leaf, frozenset(shown.get(key, ()))) for key, leaf in once.items()]
    covered.sort(key=lambda found: found.leaf.span)
    return Coverage(name, title, is_definition, tuple(covered))


# --- the leaves as written -----------------------------------------------------------------------------------


def _leaves_of_policy(policy: Policy, policies: PolicySet) -> Iterator[Leaf]:
    for subject, window, conditions in _parts(policy):
        for span, condition in _window_leaves(window):
            yield Leaf(span, condition, subject.scope, can_be(condition, policies))
        for condition in conditions:
            yield from _leaves(condition, subject.scope, policies)


def _parts(policy: Policy) -> Iterator[tuple[Subject, Window, list[Condition]]]:
    """Window and conditions for each list that a policy is about."""
    if isinstance(policy, Norm):
        for clauses in policy.clauses:
            exceptions = [when for _, when in clauses.exceptions]
            yield clauses.subject, clauses.window, [clauses.applies_when, clauses.requirement, *exceptions]
        return
    tests = [criterion.when for criterion in (*policy.criteria, *policy.exclusions)]
    yield policy.subject, policy.window, [policy.applies_when, *tests]


def _leaves(condition: Condition, about: str, policies: PolicySet) -> Iterator[Leaf]:
    if _is_leaf(condition):
        yield Leaf(condition.span, condition, about, can_be(condition, policies))
    for inner, scope in _inside(condition, about):
        yield from _leaves(inner, scope, policies)


def _is_leaf(condition: Condition) -> bool:
    """Whether a condition tests something itself, and not only through what stands inside it.

    A count is compared, and whether facts are fresh enough is asked, whatever the conditions inside; a list or
    a reference with an empty condition tests that there is something.
    """
    match condition:
        case Compare() | OneOf() | SetTest() | ListedIn() | Undecided() | Known() | Fresh():
            return True
        case Quantified(body=body) | Follow(body=body):
            return not any(_is_leaf(inner) or isinstance(inner, Meets) for inner in walk(body))
        case Not(part):
            return _is_written_negation(condition, part)
        case AllOf() | AnyOf() | Meets():
            return False


def _is_written_negation(condition: Not, part: Condition) -> bool:
    """Whether a negation and what it negates are one thing as written: `is_not`, `not_in`, `empty: false`."""
    return condition.span == part.span and _is_leaf(part)


def _inside(condition: Condition, about: str) -> Iterator[tuple[Condition, str]]:
    """What stands inside, and the scope it is read in; of a leaf, what counts beside it."""
    match condition:
        case Not(part) if _is_written_negation(condition, part):
            yield from _inside(part, about)
        case Quantified(bind=bind, body=body) | Follow(bind=bind, body=body):
            yield body, bind
        case Compare(left=left, right=right):
            yield from (found for term in (left, right) for found in _counted(term))
        case _:
            yield from ((inner, about) for inner in children(condition))


def _counted(term: Term) -> Iterator[tuple[Condition, str]]:
    match term:
        case CountOf(bind=bind, body=body):
            yield body, bind
        case Ratio(part=part, whole=whole):
            yield from _counted(part)
            yield from _counted(whole)
        case _:
            return


def _window_leaves(window: Window) -> Iterator[tuple[Span, Condition]]:
    """The two ends of a time in force, each as the condition that the judged days lie on its right side."""
    condition = window_condition(window)
    assert isinstance(condition, AllOf)
    for end, indexes in _ends(window, condition):
        parts = tuple(condition.parts[index] for index in indexes)
        yield _span_of(end), parts[0] if len(parts) == 1 else AllOf(parts)


def _ends(window: Window, condition: AllOf) -> Iterator[tuple[Term, list[int]]]:
    """Each end of a time in force, and which parts of its condition are about it."""
    for end in (window.first, window.last):
        if end is not None:
            yield (
                end,
                [
                    index
                    for index, part in enumerate(condition.parts)
                    if isinstance(part, Compare) and (part.left is end or part.right is end)
                ],
            )


def _span_of(term: Term) -> Span:
    """Where a day is written; the day that a shift moves stands before the number of days."""
    return term.span


def _definitions(policy: Policy, policies: PolicySet) -> set[str]:
    """Every definition that a policy rests on under some reading."""
    found: set[str] = set()
    for readings in readings_of(policy):
        found |= _reached(policy, policies, readings)[1]
    return found


def _reached(policy: Policy, policies: PolicySet, readings: tuple[Reading, ...]) -> tuple[set[Key], set[str]]:
    """The leaves that are evaluated under a reading, and the definitions it reaches."""
    dropped = {name for reading in readings for name in reading.without_exceptions}
    instead = {name: other for reading in readings for name, other in reading.definitions.items()}
    queue: list[Condition] = []
    keys: set[Key] = set()
    for _, window, conditions in _parts(policy):
        keys.update(_window_leaves(window))
        queue += conditions
    if isinstance(policy, Norm):
        kept = [when for c in policy.clauses for name, when in c.exceptions if name not in dropped]
        queue = [c for clauses in policy.clauses for c in (clauses.applies_when, clauses.requirement)] + kept
    definitions: set[str] = set()
    while queue:
        condition = queue.pop()
        if _is_leaf(condition):
            keys.add((condition.span, condition))
        queue += [inner for inner, _ in _inside(condition, "")]
        if isinstance(condition, Meets):
            name = instead.get(condition.definition, condition.definition)
            if name not in definitions:
                definitions.add(name)
                queue.append(policies.definitions[name].when)
    return keys, definitions


# --- what a case shows ---------------------------------------------------------------------------------------


def _shown_by(ground: Ground, subject: str) -> Iterator[tuple[Key, Truth]]:
    """Every leaf that was evaluated about the judged item, with its truth.

    By the chosen reading; a leaf that only another reading reaches, by that one.
    """
    policy, policies, snapshot, law_date = ground
    seen: set[Key] = set()
    for readings in readings_of(policy):
        reached = _reached(policy, policies, readings)[0] - seen
        seen |= reached
        if not reached:
            continue
        for index, (about, window, _) in enumerate(_parts(policy)):
            for item, env in environments(snapshot, about):
                if item.path == subject:
                    case = case_of(policies, snapshot, law_date or snapshot.as_of, readings, env, window)
                    yield from (found for found in _judged(policy, index, case, env) if found[0] in reached)


def _judged(policy: Policy, index: int, case: Case, env: Env) -> Iterator[tuple[Key, Truth]]:
    if isinstance(policy, Norm):
        clauses = policy.clauses[index]
        norm = judge_norm(policy, clauses, case, env)
        window, frame = norm.window, clauses.window
        outcomes = [norm.applies, norm.requirement, *(outcome for _, outcome in norm.exceptions)]
    else:
        decision = judge_decision(policy, case, env)
        window, frame = decision.window, policy.window
        outcomes = [decision.applies, *decision.criteria, *decision.exclusions]
    condition = window.condition
    assert isinstance(condition, AllOf)
    ends = [[window.parts[i].truth for i in indexes] for _, indexes in _ends(frame, condition)]
    yield from zip(_window_leaves(frame), map(all_of, ends), strict=True)
    for outcome in outcomes:
        yield from _evaluated(outcome)


def _evaluated(outcome: Outcome) -> Iterator[tuple[Key, Truth]]:
    """The leaves of an outcome tree with their truths, those of every item of a list."""
    condition = outcome.condition
    if _is_leaf(condition):
        truth = outcome.truth
        if isinstance(condition, Fresh):  # of itself it asks only whether the facts are fresh enough
            truth = Truth.TRUE if outcome.to_true == SETTLED else Truth.UNKNOWN
        yield (condition.span, condition), truth
    for part in outcome.parts:
        yield from _evaluated(part)
