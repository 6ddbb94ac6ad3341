"""What a policy can come out as, asked exactly and without a solver (`regions/`): the questions and their answers.

The answers hold for every snapshot that its reader accepts, under the chosen reading, judged on the snapshot's own
day. Declared invariants are not looked at, and an open question, a value nobody knows yet and a name nobody
registered may turn out either way: what is impossible is impossible whatever becomes of these.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from validator.interpreters.readings import overrides_of, readings_of, window_condition
from validator.journeys.lint.conditions import of_policy
from validator.journeys.lint.pack import Pack
from validator.journeys.lint.regions.references import points
from validator.journeys.lint.regions.search import Possible, Search
from validator.logic.expr import AllOf, Condition, Known, Meets, walk
from validator.logic.policy import Clauses, Criterion, Decision, Modality, Norm, Policy, PolicySet
from validator.logic.shape import RecordShape

Goals = list[tuple[Condition, bool]]


class Fault(Enum):
    """What a policy can never do."""

    NEVER_IN_FORCE = "never in force"
    NEVER_APPLIES = "never applies"
    ALWAYS_EXCEPTED = "always excepted"
    NEVER_VIOLATED = "never violated"
    NEVER_MET = "never met"
    IDLE_EXCEPTION = "idle exception"
    NEVER_POSITIVE = "never positive"
    NEVER_OTHERWISE = "never otherwise"
    IDLE_CRITERION = "idle criterion"
    IDLE_EXCLUSION = "idle exclusion"


class Answer(NamedTuple):
    """A fault of a policy, or with `fault` None a question that stayed open, and why.

    `subject` is the list that the answer is about; `part` names the exception or criterion.
    """

    fault: Fault | None
    subject: str
    part: str = ""
    why: str = ""


def answers_of(pack: Pack, policy: Policy) -> tuple[Answer, ...]:
    """The answers about a policy of a set without errors, worked out once; none about a set with errors."""
    if not pack.sound:
        return ()
    if policy.id not in pack.answers:
        pack.answers[policy.id] = tuple(outcomes(pack.policies, pack.library.vocabulary.root, policy))
    return pack.answers[policy.id]


def outcomes(policies: PolicySet, root: RecordShape, policy: Policy) -> Iterator[Answer]:
    """Everything that a policy can never do, and every question about it that could not be answered."""
    match policy:
        case Norm():
            for clauses in policy.clauses:
                yield from _of_norm(policies, root, policy, clauses)
        case Decision():
            yield from _of_decision(policies, root, policy)


# --- norms -----------------------------------------------------------------------------------------------------


def _of_norm(policies: PolicySet, root: RecordShape, norm: Norm, clauses: Clauses) -> Iterator[Answer]:
    overrides = overrides_of(*readings_of(norm)[0])
    pointed = any(points(node) for node in nodes_of(policies, norm))
    search = Search(policies, root, overrides, clauses.subject, clauses.window, pointed=pointed)
    path = clauses.subject.path
    permission = norm.modality is Modality.PERMISSION
    scope = AllOf((clauses.applies_when, clauses.requirement)) if permission else clauses.applies_when
    applies: Goals = [(window_condition(clauses.window), True), (scope, True)]
    exceptions = [(name, when) for name, when in clauses.exceptions if name not in overrides.without_exceptions]
    judged = [*applies, *((when, False) for _, when in exceptions)]
    violated = None if permission else search.possible([*judged, (clauses.requirement, False)])
    met = search.possible([*judged, *(() if permission else ((clauses.requirement, True),))])
    if met.yes is not True and (violated is None or violated.yes is not True):
        dead = _dead(search, applies, judged, path)
        if dead is not None:
            yield dead
            return
    if violated is not None:
        yield from _told(violated, Fault.NEVER_VIOLATED, path)
        if _must_be_met(norm, clauses):
            yield from _told(met, Fault.NEVER_MET, path)
    for name, when in exceptions:
        yield from _told(search.possible([*applies, (when, True)]), Fault.IDLE_EXCEPTION, path, name)


def _must_be_met(norm: Norm, clauses: Clauses) -> bool:
    """Whether the requirement is one to be met: things of a kind may well be forbidden altogether."""
    return norm.modality is not Modality.PROHIBITION or not clauses.subject.scopes


def _dead(search: Search, applies: Goals, judged: Goals, path: str) -> Answer | None:
    """Why nothing is ever judged by a norm, None when something is."""
    window = search.possible(applies[:1])
    asked = ((window, Fault.NEVER_IN_FORCE), (search.possible(applies), Fault.NEVER_APPLIES))
    for found, fault in (*asked, (search.possible(judged), Fault.ALWAYS_EXCEPTED)):
        if found.yes is not True:
            return next(_told(found, fault, path))
    return None


def _told(found: Possible, fault: Fault, path: str, part: str = "") -> Iterator[Answer]:
    if found.yes is False:
        yield Answer(fault, path, part)
    elif found.yes is None:
        yield Answer(None, path, part, found.why)


# --- decisions -------------------------------------------------------------------------------------------------


def _of_decision(policies: PolicySet, root: RecordShape, decision: Decision) -> Iterator[Answer]:
    overrides = overrides_of(*readings_of(decision)[0])
    nodes = [*nodes_of(policies, decision)]
    mindful, pointed = any(isinstance(node, Known) for node in nodes), any(map(points, nodes))
    search = Search(policies, root, overrides, decision.subject, decision.window, mindful=mindful, pointed=pointed)
    path = decision.subject.path
    applies: Goals = [(window_condition(decision.window), True), (decision.applies_when, True)]
    for count, fault in ((1, Fault.NEVER_IN_FORCE), (2, Fault.NEVER_APPLIES)):
        if (found := search.possible(applies[:count])).yes is not True:
            yield from _told(found, fault, path)
            return
    criteria: Goals = [(criterion.when, True) for criterion in decision.criteria]
    none: Goals = [(exclusion.when, False) for exclusion in decision.exclusions]
    yield from _told(search.possible([*applies, *criteria, *none]), Fault.NEVER_POSITIVE, path)
    idle = [*_idle(search, applies, decision.criteria, False), *_idle(search, applies, decision.exclusions, True)]
    if idle and len(idle) == len(criteria) + len(none) and all(answer.fault for answer in idle):
        yield Answer(Fault.NEVER_OTHERWISE, path)
    else:
        yield from (answer._replace(subject=path) for answer in idle)


def _idle(search: Search, applies: Goals, criteria: tuple[Criterion, ...], truth: bool) -> Iterator[Answer]:
    """The criteria that never fail, or the exclusions that never hold."""
    fault = Fault.IDLE_EXCLUSION if truth else Fault.IDLE_CRITERION
    for criterion in criteria:
        yield from _told(search.possible([*applies, (criterion.when, truth)]), fault, "", criterion.id)


def nodes_of(policies: PolicySet, policy: Policy) -> Iterator[Condition]:
    """The conditions of a policy with all that is inside them and inside the definitions they meet, each once."""
    queue, seen = [*of_policy(policy)], set[str]()
    for reading in policy.readings:
        queue += [policies.definitions[name].when for name in reading.definitions.values()]
    while queue:
        for node in walk(queue.pop()):
            yield node
            if isinstance(node, Meets) and node.definition not in seen:
                seen.add(node.definition)
                queue.append(policies.definitions[node.definition].when)
