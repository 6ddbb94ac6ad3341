"""Waivers on results: what a waiver turns from `violation` into `waived`, and every waiver that does nothing.

Only a certain violation is waived, never what is unknown, and only on a day of the waiver: the law date of the
result counts, not the clock. A norm that may be waived under a condition may be so only where that condition is
certainly true of the item.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct, field

from validator.interpreters.evaluate import evaluate
from validator.interpreters.judge import case_of, environments
from validator.interpreters.missing import ways_to
from validator.interpreters.prose import sentence
from validator.interpreters.readings import readings_of
from validator.interpreters.terms import Env, schema_order
from validator.journeys.check import VIOLATING, rest_of_list
from validator.journeys.organizations import organization_id
from validator.journeys.waivers.checks import fault, overlaps
from validator.journeys.waivers.problems import (
    expired,
    never_permitted,
    no_such_item,
    no_violation,
    not_begun,
    not_certain,
    not_permitted,
    of_another_list,
)
from validator.logic.facts import Record, Snapshot
from validator.logic.policy import Clauses, PolicySet
from validator.logic.problem import Problem
from validator.logic.report import AppliedWaiver, Result, both
from validator.logic.shape import RecordShape
from validator.logic.truth import Truth
from validator.logic.waiver import Waiver


class Course(Struct):
    """What came of one waiver in a run.

    `facts_on` is the day of the latest snapshot of its organization, None when none was judged. `needed` when on a
    day of the waiver there was, or may have been, a violation that it is about. `told` holds what to say by code: a
    run of many days says each once.
    """

    facts_on: date | None = None
    needed: bool = False
    waived: int = 0
    orphaned: Problem | None = None
    told: dict[str, Problem] = field(default_factory=dict)


class _Target(NamedTuple):
    """A result that a waiver is about, by its place among the results, and what was judged there."""

    place: int
    clauses: Clauses
    item: Record
    env: Env


class Waiving:
    """The waivers of a run, applied to one snapshot after the other. `root` is the shape of `organization`."""

    def __init__(self, waivers: Sequence[Waiver], policies: PolicySet, root: RecordShape) -> None:
        self.waivers = tuple(waivers)
        self.policies = policies
        self._courses = [Course() for _ in self.waivers]
        self._faults = [fault(waiver, policies, root) for waiver in self.waivers]
        self._overlaps = dict(overlaps(self.waivers))
        self._by_organization: dict[str | None, list[int]] = {}
        for index, waiver in enumerate(self.waivers):
            self._by_organization.setdefault(waiver.organization, []).append(index)

    # --- one snapshot -------------------------------------------------------------------------------------

    def concerns(self, snapshot: Snapshot) -> bool:
        """Whether any waiver names the organization."""
        return organization_id(snapshot) in self._by_organization

    def apply(self, snapshot: Snapshot, results: list[Result], law_date: date | None = None) -> list[Result]:
        """The results of a snapshot, its waived violations turned into `waived`; the others stay as they are."""
        mine = self._by_organization.get(organization_id(snapshot), [])
        for index in mine:
            course = self._courses[index]
            course.facts_on = max(course.facts_on or snapshot.as_of, snapshot.as_of)
        sound = [index for index in mine if self._faults[index] is None]
        day = law_date or snapshot.as_of
        found = list(results)
        # The longest first: where several would do, a report names the one that holds longest.
        for index in sorted(sound, key=lambda i: (-self.waivers[i].last.toordinal(), i)):
            if self.waivers[index].covers(day):
                self._on_its_days(index, snapshot, found, day)
        for index in sound:
            if not self.waivers[index].covers(day):
                self._out_of_days(index, snapshot, found, day)
        return self._with_rests(snapshot, found, day)

    def _with_rests(self, snapshot: Snapshot, results: list[Result], day: date) -> list[Result]:
        """A violation stands for what an incomplete list may hold as well; a waived one does so no more."""
        for policy in sorted({result["policy"] for result in results if result["verdict"] == "waived"}):
            norm = self.policies.norms[policy]
            own = [result for result in results if result["policy"] == policy]
            verdicts = {result["subject"]: result["verdict"] for result in own}
            rests: list[Result] = []
            for clauses in norm.clauses:
                judged = {verdicts.get(item.path) for item, _ in environments(snapshot, clauses.subject)}
                if "waived" in judged and judged.isdisjoint(VIOLATING):
                    rests += rest_of_list(snapshot, self.policies, day, norm, clauses)
            start = results.index(own[0])
            ordered = sorted(own + rests, key=lambda result: schema_order(snapshot, result["subject"]))
            results[start : start + len(own)] = ordered
        return results

    def _targets(self, waiver: Waiver, snapshot: Snapshot, results: list[Result]) -> list[_Target]:
        places = {result["subject"]: i for i, result in enumerate(results) if result["policy"] == waiver.policy}
        found: list[_Target] = []
        for clauses in self.policies.norms[waiver.policy].clauses:
            for item, env in environments(snapshot, clauses.subject):
                subject = item.path if clauses.subject.scopes else "organization"
                if subject in places and (waiver.item is None or waiver.item == _ref(item)):
                    found.append(_Target(places[subject], clauses, item, env))
        return found

    def _on_its_days(self, index: int, snapshot: Snapshot, results: list[Result], day: date) -> None:
        waiver, course = self.waivers[index], self._courses[index]
        targets = self._targets(waiver, snapshot, results)
        violated = [target for target in targets if _is_violated(results[target.place])]
        for target in violated:
            self._waive(index, target, snapshot, results, day)
        if violated or any(map(_may_be_violated, self._told_of(waiver, targets, results))):
            course.needed = True
        elif course.orphaned is None:
            named = waiver.item is None or targets
            course.orphaned = no_violation(waiver, day) if named else no_such_item(waiver, day)

    def _told_of(self, waiver: Waiver, targets: list[_Target], results: list[Result]) -> list[Result]:
        """What was said of the scope: without an item also of what an incomplete list may hold."""
        if waiver.item is None:
            return [result for result in results if result["policy"] == waiver.policy]
        return [results[target.place] for target in targets]

    def _waive(self, index: int, target: _Target, snapshot: Snapshot, results: list[Result], day: date) -> None:
        waiver, course, result = self.waivers[index], self._courses[index], results[target.place]
        if result["verdict"] == "waived":  # by one that holds longer
            return
        refusal = self._refusal(waiver, target, snapshot, day)
        if refusal is not None:
            course.told.setdefault(refusal.code, refusal)
            return
        changed = result.copy()
        changed["verdict"], changed["waiver"] = "waived", applied(waiver, day)
        results[target.place] = changed
        course.waived += 1

    def _refusal(self, waiver: Waiver, target: _Target, snapshot: Snapshot, day: date) -> Problem | None:
        """Why the norm does not permit the waiver of this item, or None when it does."""
        norm = self.policies.norms[waiver.policy]
        if isinstance(norm.waivable, bool):
            return None if norm.waivable else never_permitted(waiver, norm)
        if target.clauses.subject.scopes != norm.clauses[0].subject.scopes:  # the condition names other things
            return of_another_list(waiver, norm, target.item.path)
        case = case_of(self.policies, snapshot, day, readings_of(norm)[0], target.env, target.clauses.window)
        outcome = evaluate(case, target.env, norm.waivable)
        if outcome.truth is Truth.TRUE:
            return None
        condition = sentence(norm.waivable, self.policies, about=target.clauses.subject.scope)
        if outcome.truth is Truth.FALSE:
            return not_permitted(waiver, norm, target.item.path, condition)
        ways = ways_to(outcome, Truth.TRUE)
        missing = [gap.path for gap in sorted(ways[0])] if ways else []
        return not_certain(waiver, norm, target.item.path, condition, missing)

    def _out_of_days(self, index: int, snapshot: Snapshot, results: list[Result], day: date) -> None:
        """Told only where a violation stands that the waiver is about and that no other one waives."""
        waiver, course = self.waivers[index], self._courses[index]
        targets = self._targets(waiver, snapshot, results)
        if any(results[target.place]["verdict"] == "violation" for target in targets):
            late = day > waiver.last
            problem = expired(waiver, day, violated=True) if late else not_begun(waiver, day)
            course.told[problem.code] = problem

    # --- several runs as one ------------------------------------------------------------------------------

    def courses(self) -> Iterator[tuple[int, Course]]:
        """What came of the waivers whose organizations were judged, by their place among the waivers."""
        return ((index, course) for index, course in enumerate(self._courses) if course.facts_on is not None)

    def absorb(self, index: int, other: Course) -> None:
        """Take over what came of a waiver elsewhere, in documents that come after those judged here."""
        course = self._courses[index]
        days = [day for day in (course.facts_on, other.facts_on) if day is not None]
        course.facts_on = max(days, default=None)
        course.needed = course.needed or other.needed
        course.waived += other.waived
        course.orphaned = course.orphaned or other.orphaned
        course.told |= other.told

    # --- the end of the run -------------------------------------------------------------------------------

    def warnings(self) -> list[Problem]:
        """What to say of the waivers after the last snapshot, in their order."""
        return [problem for index in range(len(self.waivers)) for problem in self.problems_of(index)]

    def problems_of(self, index: int) -> Iterator[Problem]:
        """What to say of one waiver."""
        course, found = self._courses[index], self._faults[index]
        if found is not None:
            yield found
        if index in self._overlaps:
            yield self._overlaps[index]
        yield from course.told.values()
        if course.orphaned is not None and not course.needed:
            yield course.orphaned

    def facts_on(self, index: int) -> date | None:
        """The day of the latest facts that a waiver met; None when no snapshot of its organization was judged."""
        return self._courses[index].facts_on

    def waived(self, index: int) -> int:
        """How many violations a waiver waived."""
        return self._courses[index].waived

    def without_effect(self, index: int) -> bool:
        """Whether a waiver can waive nothing: by a fault of its own, or as the norm permits it nowhere here."""
        course = self._courses[index]
        return self._faults[index] is not None or ("waiver-forbidden" in course.told and not course.waived)

    def not_seen(self) -> list[Waiver]:
        """The sound waivers of organizations of which no snapshot was judged: nothing is known of them."""
        return [
            waiver
            for waiver, course, found in zip(self.waivers, self._courses, self._faults, strict=True)
            if found is None and course.facts_on is None
        ]


def _ref(item: Record) -> str | None:
    """What names an item: its own `ref`, else that of the item that holds it."""
    record: Record | None = item
    while record is not None:
        if record.ref is not None:
            return record.ref
        record = record.parent
    return None


def _is_violated(result: Result) -> bool:
    return result["verdict"] in ("violation", "waived")


def _may_be_violated(result: Result) -> bool:
    others = [other["verdict"] for other in result["disputed"] or ()]
    return not {"violation", "unknown"}.isdisjoint([result["verdict"], *others])


def applied(waiver: Waiver, day: date) -> AppliedWaiver:
    """A waiver as a result shows it on a day."""
    return {
        "id": waiver.id,
        "ground": both(waiver.ground),
        "from": waiver.first.isoformat(),
        "through": waiver.last.isoformat(),
        "days_left": waiver.days_left(day),
        "approved_by": {"post": waiver.post, "document": waiver.document},
        "location": {"file": waiver.span.file, "line": waiver.span.line, "column": waiver.span.column},
    }
