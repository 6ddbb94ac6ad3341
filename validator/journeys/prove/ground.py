"""What all analyses stand on: the policy set taken apart, and one way to put a question.

Every question that is put is recorded with its answer, so that the report can name each of them. Answers are kept
by what a question depends on, so that the next run asks only what an edit has touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from typing import NamedTuple

from validator.interpreters.smt.answer import Answer, Limits
from validator.interpreters.smt.query import (
    Both,
    Judged,
    Mode,
    Query,
    Setting,
    all_judged,
    judged,
    organization,
    organization_mode,
    surely,
)
from validator.journeys.prove.digests import Meanings, digest
from validator.journeys.prove.kept import Kept
from validator.journeys.prove.reach import cut_days
from validator.journeys.prove.told import FIRST, LAST
from validator.journeys.sweep import stretches
from validator.language.library import Library
from validator.logic.expr import AllOf, AsOf, Compare, Literal
from validator.logic.policy import ALWAYS, Clauses, Norm, Period, Policy, PolicySet, Reading
from validator.logic.proof import Answered, Days, Status, Weight
from validator.logic.report import both
from validator.logic.text import Text
from validator.logic.values import Order

NO_HELP = Text("", "")


class Found(NamedTuple):
    """A finding before it is told: `policies` by id, `core` the parts at fault, `show` whose example shows it.

    `because` says the core in words, `reading` is a recorded one under which it goes away.
    `known_by` are further words that make the digest, where the policies and the core do not say it all. `title`
    is what kind of fault it is, where the analysis looks for more than one.
    """

    analysis: str
    weight: Weight
    policies: tuple[str, ...]
    message: Text
    help: Text
    core: tuple[str, ...] = ()
    answer: Answer | None = None
    days: Period | None = None
    show: str | None = None
    reading: Reading | None = None
    question: int | None = None
    because: tuple[Text, ...] = ()
    known_by: tuple[str, ...] = ()
    title: Text | None = None


class Ground:
    """A policy set under analysis.

    `only` are the policies that questions must concern, None for all. `kept` are answers of earlier runs.
    """

    def __init__(
        self,
        library: Library,
        limits: Limits,
        kept: Kept,
        only: frozenset[str] | None = None,
        *,
        doubt: bool = False,
    ) -> None:
        self.library = library
        self.policies: PolicySet = library.policies
        self.vocabulary = library.vocabulary
        self.limits = limits
        self.only = only
        self.doubt = doubt
        self.meanings = Meanings(self.policies)
        self.invariants = dict(self.vocabulary.invariants)
        self.setting = Setting(
            self.vocabulary, library.names, tuple(self.invariants.values()), self.policies, FIRST, LAST
        )
        self.answered: list[Answered] = []
        self.opinions: Counter[str] = Counter()
        self._kept = kept
        self._parts: dict[str, tuple[Judged, ...]] = {}
        self._under: dict[str, tuple[Judged, ...]] = {}

    # --- policies ---------------------------------------------------------------------------------------------

    def concerns(self, *names: str) -> bool:
        """Whether a question about these policies is to be put."""
        return self.only is None or any(name in self.only for name in names)

    def switched_off(self, analysis: str, policy: Policy) -> bool:
        """Whether the topic of a policy leaves out an analysis."""
        topic = self.policies.topics.get(policy.topic)
        return topic is not None and any(off.analysis == analysis for off in topic.switched_off)

    def analysed(self, analysis: str) -> list[Policy]:
        """The policies that an analysis is made of, by id."""
        return [policy for policy in self.policies.policies() if not self.switched_off(analysis, policy)]

    def parts(self, policy: Policy) -> tuple[Judged, ...]:
        """A policy on each of its lists, under the chosen reading."""
        if policy.id not in self._parts:
            lists: tuple[Clauses | None, ...] = policy.clauses if isinstance(policy, Norm) else (None,)
            self._parts[policy.id] = tuple(judged(self.policies, policy, clauses) for clauses in lists)
        return self._parts[policy.id]

    def under_readings(self, policy: Policy) -> tuple[Judged, ...]:
        """A policy on each of its lists under each of its readings, the chosen one first."""
        if policy.id not in self._under:
            self._under[policy.id] = all_judged(self.policies, policy)
        return self._under[policy.id]

    # --- days -------------------------------------------------------------------------------------------------

    @cached_property
    def organization_mode(self) -> Mode:
        """A mode for conditions on the organization outside of any policy."""
        return organization_mode(self.policies, organization(self.vocabulary))

    def within(self, period: Period) -> Query:
        """That the day of judgement lies in a period."""
        parts = []
        if period.first is not None and period.first > FIRST:
            parts.append(Compare(AsOf(), Order.ON_OR_AFTER, Literal(period.first)))
        if period.last is not None and period.last < LAST:
            parts.append(Compare(AsOf(), Order.ON_OR_BEFORE, Literal(period.last)))
        return surely(AllOf(tuple(parts)), self.organization_mode)

    def stretches(self, names: Iterable[str], period: Period = ALWAYS) -> list[Period]:
        """The days of a period, cut where something about one of the policies changes."""
        cuts: set[date] = set()
        for name in names:
            policy = self.policies.norms.get(name) or self.policies.decisions.get(name)
            if policy is not None:
                cuts |= cut_days(self.policies, policy)
        return stretches(cuts, Period(period.first or FIRST, period.last or LAST))

    def days_around(self, names: tuple[str, ...], query: Query, answer: Answer, extra: str) -> Period | None:
        """The stretch of days around that of a witness in which a question keeps being answered with yes."""
        if answer.witness is None:
            return None
        day = answer.witness.law_date
        pieces = self.stretches(names)
        here = next(index for index, piece in enumerate(pieces) if piece.covers(day))

        def holds(index: int) -> bool:
            asked = Both((query, self.within(pieces[index])))
            found = self._answer(digest("days", extra, str(pieces[index]), *self.meanings.all(names)), asked, False)
            return found.status is Status.WITNESS

        first, last = here, here
        while first > 0 and holds(first - 1):
            first -= 1
        while last < len(pieces) - 1 and holds(last + 1):
            last += 1
        start, end = pieces[first].first, pieces[last].last
        return Period(None if start == FIRST else start, None if end == LAST else end)

    # --- questions --------------------------------------------------------------------------------------------

    def ask(
        self,
        analysis: str,
        names: tuple[str, ...],
        subject: str,
        asks: Text,
        query: Query,
        extra: str = "",
        *,
        witness: bool = True,
        put: Callable[[], Answer] | None = None,
    ) -> Answer:
        """Put a question about some policies and record it.

        `extra` is what it depends on beside the policies, the analysis and the subject; `put` answers it where many
        are put together.
        """
        key = digest(analysis, subject, extra, *names, *self.meanings.all(names))
        answer = self._answer(key, query, witness, put)
        self.note(analysis, names, subject, asks, answer)
        return answer

    def note(self, analysis: str, names: tuple[str, ...], subject: str, asks: Text, answer: Answer) -> None:
        """Record a question and its answer."""
        self.answered.append(
            {
                "analysis": analysis,
                "policies": list(names),
                "subject": subject,
                "asks": both(asks),
                "status": answer.status.value,
                "bounds": dict(sorted(answer.bounds.items())),
                "why": None if answer.why is None else both(answer.why),
                "finding": None,
            }
        )

    @property
    def last(self) -> int:
        """The number of the question put last."""
        return len(self.answered) - 1

    def probe(
        self,
        names: tuple[str, ...],
        query: Query,
        extra: str,
        *,
        witness: bool = False,
        put: Callable[[], Answer] | None = None,
    ) -> Answer:
        """Put a question that serves to tell a finding better; it is not one of its own."""
        return self._answer(digest("probe", extra, *names, *self.meanings.all(names)), query, witness, put)

    def probe_each(self, names: tuple[str, ...], query: Query, cases: Mapping[str, Query]) -> dict[str, Answer]:
        """Probe a question together with each of some cases; they are told apart by their keys."""
        if self.doubt:
            return {extra: self.probe(names, Both((query, case)), extra) for extra, case in cases.items()}
        from validator.interpreters.smt.ask import ask_each  # noqa: PLC0415 - the solver takes long to load

        found: dict[str, Answer] = {}

        def put(extra: str) -> Answer:
            if not found:
                answers = ask_each(self.setting, query, tuple(cases.values()), limits=self.limits)
                found.update(zip(cases, answers, strict=True))
            return found[extra]

        meanings = (*names, *self.meanings.all(names))
        keys = {extra: digest("probe each", extra, str(self.limits), *meanings) for extra in cases}
        return {extra: self._kept.answer(key, partial(put, extra)) for extra, key in keys.items()}

    def work_out(self, names: tuple[str, ...], extra: str, put: Callable[[], object]) -> object:
        """JSON data that depend on some policies, from an earlier run or worked out now."""
        key = digest("data", extra, str(self.limits), *names, *self.meanings.all(names))
        return self._kept.plain(key, put)

    def _answer(self, key: str, query: Query, witness: bool, put: Callable[[], Answer] | None = None) -> Answer:
        from validator.interpreters.smt.ask import ask  # noqa: PLC0415 - the solver takes long to load

        def alone() -> Answer:
            return ask(self.setting, query, limits=self.limits, witness=witness)

        answer = self._kept.answer(digest(key, str(witness), str(self.limits)), put or alone)
        return self._doubted(query, answer) if self.doubt else answer

    def _doubted(self, query: Query, answer: Answer) -> Answer:
        """The answer after the second encoding was asked; what it proves for lists of any length is proved.

        Raises `DisagreementError`, an internal error, when the two contradict each other.
        """
        from validator.interpreters.smt.ask import DisagreementError  # noqa: PLC0415 - only on request
        from validator.interpreters.smt.quantified import Opinion, second_opinion  # noqa: PLC0415

        opinion = second_opinion(self.setting, query, answer, self.limits)
        self.opinions[opinion.value] += 1
        if opinion is Opinion.DISAGREES:
            shown = answer.witness.document if answer.witness is not None else {}
            raise DisagreementError(query, shown, f"the second encoding contradicts {answer.status.value}")
        if answer.status is Status.BOUNDED_OK and opinion is Opinion.AGREES:
            return answer._replace(status=Status.PROVED, exact=True)
        return answer


def settled(status: Status, why: Text | None = None) -> Answer:
    """An answer that needs no solver."""
    return Answer(status, None, {}, exact=True, why=why)


def days_told(days: Period | None) -> Days | None:
    """Days as the report holds them."""
    if days is None:
        return None
    return {
        "first": None if days.first is None else days.first.isoformat(),
        "last": None if days.last is None else days.last.isoformat(),
    }


def quoted(names: Iterable[str]) -> str:
    """Names in backticks, one after another."""
    return ", ".join(f"`{name}`" for name in names)


Analysis = Callable[[Ground], Iterator[Found]]
