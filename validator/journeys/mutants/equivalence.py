"""Whether a mutant that no example notices can be told from the policies as written at all: put to the solver.

Asked is whether some snapshot has an item of which the two say something else: another verdict or reason under the
chosen reading, or another verdict under one of the others. Items that an incomplete list may hold are not asked of.
Needs the extra `prove`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from validator.interpreters.readings import readings_of
from validator.interpreters.smt.answer import Answer, Limits
from validator.interpreters.smt.query import (
    ALWAYS_TRUE,
    Both,
    Either,
    Judged,
    Negated,
    Query,
    Setting,
    judged,
    somewhere,
    surely,
    surely_not,
    verdicts,
)
from validator.journeys.mutants.model import Mutant, policy_of
from validator.journeys.mutants.modular import same_where_used
from validator.journeys.mutants.study import State, Survival, Witness
from validator.journeys.mutants.tables import same_answers
from validator.language.library import Library
from validator.logic.expr import AllOf
from validator.logic.policy import Decision, Norm, Policy, PolicySet
from validator.logic.proof import Status

LIMITS = Limits(timeout=10_000)
# The gravest answer first: what is asked of several policies or readings came out as the first of these that did.
_GRAVEST = (State.UNDECIDED, State.BOUNDED, State.EQUIVALENT)


class Pair(NamedTuple):
    """One policy on one list under one reading, as written and as changed (None: it judges that list no more).

    `chosen` says that it is the chosen reading, under which reasons count too.
    """

    policy: str
    one: Judged
    other: Judged | None
    chosen: bool


class Equivalence:
    """Decides of mutants of one policy set. What was worked out for the set as written is used again."""

    def __init__(self, library: Library, limits: Limits = LIMITS) -> None:
        self.policies = library.policies
        self.limits = limits
        invariants = tuple(library.vocabulary.invariants.values())
        self.setting = Setting(library.vocabulary, library.names, invariants, library.policies)
        self._written: dict[tuple[str, int, int], Judged] = {}

    def __call__(self, mutant: Mutant) -> Survival:
        """What is known of a mutant: ALIVE with facts that show it, EQUIVALENT, BOUNDED or UNDECIDED."""
        changed = mutant.make()
        if same_answers(self.policies, changed, mutant):
            return Survival(State.EQUIVALENT)
        found: list[Survival] = []
        pairs = [pair for name in mutant.touches for pair in self._pairs(name, changed)]
        # Another verdict makes a plainer example than another reason: it is looked for first.
        for pair in [*(pair._replace(chosen=False) for pair in pairs), *(pair for pair in pairs if pair.chosen)]:
            survival = self._compared(pair)
            if survival.state is State.ALIVE:
                return survival
            found.append(survival)
        bounds = {path: length for survival in found for path, length in survival.bounds.items()}
        states = {survival.state for survival in found}
        state = next((state for state in _GRAVEST if state in states), State.UNDECIDED)
        if state is not State.EQUIVALENT and self._same_where_used(mutant, changed):
            return Survival(State.EQUIVALENT)
        return Survival(state, bounds=bounds)

    def _same_where_used(self, mutant: Mutant, changed: PolicySet) -> bool:
        def proved(query: Query) -> bool:
            from validator.interpreters.smt.ask import ask  # noqa: PLC0415 - the extra, and slow to load

            return ask(self.setting, query, limits=self.limits, witness=False).status is Status.PROVED

        return same_where_used(self.policies, changed, mutant, self.setting.vocabulary, proved)

    def _compared(self, pair: Pair) -> Survival:
        from validator.interpreters.smt.ask import ask  # noqa: PLC0415 - the extra, and slow to load

        answer: Answer = ask(self.setting, somewhere(pair.one, differs(pair)), limits=self.limits)
        witness = answer.witness
        if answer.status is Status.WITNESS and witness is not None:
            subject = next(iter(witness.items.values()), "organization")
            return Survival(State.ALIVE, Witness(pair.policy, dict(witness.document), subject))
        match answer.status:
            case Status.PROVED:
                return Survival(State.EQUIVALENT)
            case Status.BOUNDED_OK:
                return Survival(State.BOUNDED, bounds=answer.bounds)
            case _:
                return Survival(State.UNDECIDED)

    def _pairs(self, name: str, changed: PolicySet) -> Iterator[Pair]:
        """The policy as written and as changed, on each list, under each reading: the chosen one first."""
        written, other = policy_of(self.policies, name), policy_of(changed, name)
        for place, mine in enumerate(readings_of(other)):
            for number, clauses in enumerate(written.clauses if isinstance(written, Norm) else (None,)):
                found = self._as_written(written, number, place)
                changed_to: Judged | None
                if clauses is None:
                    changed_to = judged(changed, other, None, mine)
                else:
                    assert isinstance(other, Norm)
                    same = [one for one in other.clauses if one.subject.path == clauses.subject.path]
                    changed_to = judged(changed, other, same[0], mine) if same else None
                yield Pair(name, found, changed_to, place == 0)

    def _as_written(self, policy: Policy, number: int, place: int) -> Judged:
        key = (policy.id, number, place)
        if key not in self._written:
            clauses = policy.clauses[number] if isinstance(policy, Norm) else None
            self._written[key] = judged(self.policies, policy, clauses, readings_of(policy)[place])
        return self._written[key]


def differs(pair: Pair) -> Query:
    """That the two say something else of an item."""
    if pair.other is None:
        return ALWAYS_TRUE
    told = endings if pair.chosen else verdicts
    mine, other = told(pair.one), told(pair.other)
    return Either(tuple(Both((query, Negated(other[name]))) for name, query in mine.items()))


def endings(part: Judged) -> Mapping[str, Query]:
    """The question “is this the verdict, and if it is `ok` the reason?” for each; exactly one of them holds."""
    found = dict(verdicts(part))
    found.pop("ok")
    fine = verdicts(part)["ok"]
    for name, query in _reasons(part).items():
        found[name] = Both((fine, query))
    return found


def _reasons(part: Judged) -> Mapping[str, Query]:
    """Of what is `ok`: the first reason that is certain, every earlier one being certainly excluded."""
    mode = part.mode
    within = surely(part.in_force, mode)
    outside = surely_not(part.in_force, mode)
    aside = Both((within, surely_not(part.applies, mode)))
    if isinstance(part.policy, Decision):
        return {"not_in_force": outside, "not_applicable": aside, "open": Both((Negated(outside), Negated(aside)))}
    concerned = surely(AllOf((part.in_force, part.applies)), mode)
    exempt = Both((concerned, surely(part.exempt, mode)))
    # A permission is `met` where its verdict is true, and then its requirement, which can't hold, is false.
    met = Both(
        (concerned, surely_not(part.exempt, mode), Either((surely(part.met, mode), surely(part.verdict, mode))))
    )
    reasons = {"not_in_force": outside, "not_applicable": aside, "exempt": exempt, "met": met}
    return {**reasons, "open": Both(tuple(Negated(query) for query in reasons.values()))}
