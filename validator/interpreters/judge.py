"""The reference meaning of norms and decisions: from outcomes of their conditions to verdicts.

`LANGUAGE.md`, “Verdict of a norm on an item”, in code. Nothing here knows about reports or texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from validator.interpreters.evaluate import evaluate
from validator.interpreters.missing import ways_to, ways_to_settle
from validator.interpreters.outcome import Outcome
from validator.interpreters.readings import Overrides, overrides_of, readings_of, window_condition
from validator.interpreters.terms import Case, Env, see_field
from validator.logic.expr import AllOf, AnyOf, Field
from validator.logic.facts import ItemList, Record, Snapshot
from validator.logic.named_tuple import NamedTuple
from validator.logic.policy import Clauses, Decision, Modality, Norm, PolicySet, Reading, Subject, Window
from validator.logic.shape import FieldShape, Kind, RecordShape
from validator.logic.truth import Truth, all_of, any_of
from validator.logic.values import Interval, SpecialDay, point
from validator.logic.ways import Gap, Ways, either, together


class NormVerdict(NamedTuple):
    """What a norm says of one subject under one reading.

    `verdict` is `violation`, `advice`, `unknown` or `ok`; `reason` says why it is ok. The outcomes of the four
    parts tell everything else.
    """

    verdict: str
    reason: str | None
    window: Outcome
    applies: Outcome
    exceptions: tuple[tuple[str, Outcome], ...]
    requirement: Outcome

    def missing(self) -> Ways:
        """The alternatives that could settle an unknown verdict."""
        forbidden = [ways_to(outcome, Truth.FALSE) for _, outcome in self.exceptions]
        violated = together(
            (
                ways_to(self.window, Truth.TRUE),
                ways_to(self.applies, Truth.TRUE),
                *forbidden,
                ways_to(self.requirement, Truth.FALSE),
            )
        )
        excused = either(
            (
                ways_to(self.window, Truth.FALSE),
                ways_to(self.applies, Truth.FALSE),
                *(ways_to(outcome, Truth.TRUE) for _, outcome in self.exceptions),
                ways_to(self.requirement, Truth.TRUE),
            )
        )
        return either((violated, excused))


class DecisionVerdict(NamedTuple):
    """What a decision says of one subject under one reading."""

    verdict: str
    reason: str | None
    window: Outcome
    applies: Outcome
    criteria: tuple[Outcome, ...]
    exclusions: tuple[Outcome, ...]

    def missing(self) -> Ways:
        """The alternatives that could settle an unknown verdict."""
        frame = (self.window, self.applies)
        if any(outcome.truth is Truth.UNKNOWN for outcome in frame):
            return either(ways_to_settle(outcome) for outcome in frame if outcome.truth is Truth.UNKNOWN)
        positive = together(
            [
                *(ways_to(outcome, Truth.TRUE) for outcome in self.criteria),
                *(ways_to(outcome, Truth.FALSE) for outcome in self.exclusions),
            ]
        )
        otherwise = either(
            [
                *(ways_to(outcome, Truth.FALSE) for outcome in self.criteria),
                *(ways_to(outcome, Truth.TRUE) for outcome in self.exclusions),
            ]
        )
        return either((positive, otherwise))


# --- the window and the judged day ---------------------------------------------------------------------------


def judged_day(case: Case, env: Env, field: Field | None) -> tuple[Interval, tuple[Gap, ...]]:
    """The day on which dated data are read: the last judged day, at most the law date.

    An interval when that day is only bounded, with the gaps each of which could settle it, its own first.
    """
    today = case.law_date.toordinal()
    if field is None:
        return Interval(today, today), ()
    seen = see_field(case, env, field)
    if seen.value is SpecialDay.NEVER:
        return Interval(today, today), ()
    low, high = point(seen.value) if seen.value is not None else seen.interval()
    high = min(high, today)
    gaps = (*(missing for missing, _ in seen.gaps), *(other.gap for other in seen.stand_ins))
    return Interval(min(low, high), high), gaps


def case_of(
    policies: PolicySet, snapshot: Snapshot, law_date: date, readings: tuple[Reading, ...], env: Env, window: Window
) -> Case:
    """The case of one policy on one subject, its judged day worked out."""
    return case_under(policies, snapshot, law_date, overrides_of(*readings), env, window)


def case_under(
    policies: PolicySet, snapshot: Snapshot, law_date: date, overrides: Overrides, env: Env, window: Window
) -> Case:
    """The same, what the readings change being worked out already."""
    case = Case(policies, snapshot, law_date, overrides, Interval(0, 0))
    judged, gaps = judged_day(case, env, window.judged_through)
    return case._replace(judged=judged, judged_gaps=gaps, subject=env)


# --- norms ---------------------------------------------------------------------------------------------------


def judge_norm(norm: Norm, clauses: Clauses, case: Case, env: Env) -> NormVerdict:
    """The verdict of a norm on one subject."""
    window = evaluate(case, env, window_condition(clauses.window))
    applies_when, required = clauses.applies_when, clauses.requirement
    permission = norm.modality is Modality.PERMISSION
    if permission:  # what is allowed is what the permission applies to; where it applies, all is well
        applies_when, required = AllOf((applies_when, required)), AnyOf(())
    applies = evaluate(case, env, applies_when)
    exceptions = tuple(
        (name, evaluate(case, env, when))
        for name, when in clauses.exceptions
        if name not in case.overrides.without_exceptions
    )
    requirement = evaluate(case, env, required)
    exempt = any_of(outcome.truth for _, outcome in exceptions)
    verdict, reason = "unknown", None
    match all_of((window.truth, applies.truth, ~exempt, ~requirement.truth)):
        case Truth.TRUE if permission:
            verdict, reason = "ok", "met"
        case Truth.TRUE:
            verdict = "advice" if norm.modality is Modality.RECOMMENDATION else "violation"
        case Truth.FALSE:
            verdict, reason = "ok", _reason(window.truth, applies.truth, exempt, requirement.truth)
        case Truth.UNKNOWN:
            pass
    return NormVerdict(verdict, reason, window, applies, exceptions, requirement)


def _reason(window: Truth, applies: Truth, exempt: Truth, met: Truth) -> str:
    """The first reason that is certain, every earlier one being certainly excluded."""
    for name, holds in (
        ("not_in_force", ~window),
        ("not_applicable", ~applies),
        ("exempt", exempt),
        ("met", met),
    ):
        if holds is Truth.TRUE:
            return name
        if holds is Truth.UNKNOWN:
            return "open"
    return "open"


# --- decisions -----------------------------------------------------------------------------------------------


def judge_decision(decision: Decision, case: Case, env: Env) -> DecisionVerdict:
    """The verdict of a decision on one subject."""
    window = evaluate(case, env, window_condition(decision.window))
    applies = evaluate(case, env, decision.applies_when)
    criteria = tuple(evaluate(case, env, criterion.when) for criterion in decision.criteria)
    exclusions = tuple(evaluate(case, env, exclusion.when) for exclusion in decision.exclusions)
    verdict, reason = _decide(decision, window.truth, applies.truth, criteria, exclusions)
    return DecisionVerdict(verdict, reason, window, applies, criteria, exclusions)


def _decide(
    decision: Decision,
    window: Truth,
    applies: Truth,
    criteria: tuple[Outcome, ...],
    exclusions: tuple[Outcome, ...],
) -> tuple[str, str | None]:
    if window is Truth.FALSE:
        return "ok", "not_in_force"
    if applies is Truth.FALSE:
        return "ok", "not_applicable" if window is Truth.TRUE else "open"
    if window is Truth.UNKNOWN or applies is Truth.UNKNOWN:
        return "unknown", None
    excluded = any_of(outcome.truth for outcome in exclusions)
    positive = all_of((*(outcome.truth for outcome in criteria), ~excluded))
    match positive:
        case Truth.TRUE:
            return decision.positive, None
        case Truth.FALSE:
            return decision.otherwise, None
        case Truth.UNKNOWN:
            return "unknown", None


# --- subjects ------------------------------------------------------------------------------------------------


def environments(snapshot: Snapshot, subject: Subject) -> Iterator[tuple[Record, Env]]:
    """Every item that a policy judges, with what the scope names stand for."""
    root = {"organization": snapshot.root}
    if not subject.scopes:
        yield snapshot.root, root
        return
    for items in snapshot.items(subject.path):
        for item in items:
            yield item, environment_of(snapshot, subject, item)


def environment_of(snapshot: Snapshot, subject: Subject, item: Record) -> Env:
    """What the scope names stand for when `item` is judged."""
    env = {"organization": snapshot.root}
    record: Record | None = item
    for scope in reversed(subject.scopes):
        assert record is not None
        env[scope] = record
        record = record.parent
    return env


def open_lists(snapshot: Snapshot, subject: Subject) -> list[ItemList]:
    """The lists on the way to the judged items that may be incomplete."""
    parts = subject.path.split(".")
    if not subject.scopes:
        return []
    paths = [".".join(parts[: i + 1]) for i in range(len(parts))]
    return [items for path in paths for items in snapshot.items(path) if not items.closed]


class RestVerdict(NamedTuple):
    """What a norm says of items that incomplete lists may hold.

    `first` is the first of these lists, `open` those of which more items would matter; `verdict` is `ok` or
    `unknown`, `reason` why it is ok.
    """

    verdict: str
    reason: str | None
    first: ItemList
    open: tuple[ItemList, ...]


def judge_rest(
    policies: PolicySet, norm: Norm, clauses: Clauses, snapshot: Snapshot, law_date: date
) -> RestVerdict | None:
    """The verdict on items nobody gave, under the chosen reading; None when every list is complete.

    It stands only where no violation was found among the items that were given.
    """
    lists = open_lists(snapshot, clauses.subject)
    if not lists:
        return None
    found: list[NormVerdict] = []
    for items in lists:
        item = possible_item(snapshot, clauses.subject, items)
        env = environment_of(snapshot, clauses.subject, item)
        case = case_of(policies, snapshot, law_date, readings_of(norm)[0], env, clauses.window)
        found.append(judge_norm(norm, clauses, case, env))
    open_ones = tuple(items for items, one in zip(lists, found, strict=True) if one.verdict != "ok")
    if open_ones:
        return RestVerdict("unknown", None, lists[0], open_ones)
    reasons = {_reason_for_all(one) for one in found}
    return RestVerdict("ok", reasons.pop() if len(reasons) == 1 else "open", lists[0], ())


def _reason_for_all(found: NormVerdict) -> str | None:
    """Why no item of an incomplete list could matter, whatever it is."""
    if found.window.truth is Truth.FALSE:
        return "not_in_force"
    return "not_applicable" if found.applies.truth is Truth.FALSE else found.reason


def possible_item(snapshot: Snapshot, subject: Subject, items: ItemList) -> Record:
    """An item of which nothing is known, as an incomplete list may hold one; its own lists are incomplete."""
    depth = items.shape.record.path.count(".") if items.shape.record else 0
    parent = _parent_of(snapshot, items)
    record = _blank(items.shape.record, f"{items.path}[?]", items, parent)
    for name in subject.path.split(".")[depth + 1 :]:
        inner = record.lists[name]
        record = _blank(inner.shape.record, f"{inner.path}[?]", inner, record)
    return record


def _parent_of(snapshot: Snapshot, items: ItemList) -> Record | None:
    for outer in snapshot.root.lists.values():
        for item in outer:
            if any(inner is items for inner in item.lists.values()):
                return item
    return None


def _blank(shape: RecordShape | None, path: str, items: ItemList, parent: Record | None) -> Record:
    assert shape is not None
    record = Record(shape, path, items.span, parent)
    for name, field in shape.fields.items():
        _blank_container(record, name, field, items)
    return record


def _blank_container(record: Record, name: str, field: FieldShape, items: ItemList) -> None:
    path = f"{record.path}.{name}"
    if field.kind is Kind.RECORD:
        record.records[name] = _blank(field.record, path, items, record)
    elif field.kind is Kind.LIST:
        record.lists[name] = ItemList(field, path, items.span, closed=False)
