"""Explain on facts: the tree of a policy's conditions on what it judges, and what it says of an incomplete list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from validator.interpreters.evidence import decisive_parts
from validator.interpreters.judge import (
    RestVerdict,
    case_of,
    environments,
    judge_decision,
    judge_norm,
    judge_rest,
    open_lists,
)
from validator.interpreters.missing import ways_to_settle
from validator.interpreters.naming import name_of
from validator.interpreters.outcome import Observed, Outcome
from validator.interpreters.prose import sentence
from validator.interpreters.readings import readings_of
from validator.interpreters.terms import Env
from validator.journeys.check import VIOLATING
from validator.journeys.explain.lines import TRUTHS, Line, head
from validator.language.structure import parse_day
from validator.logic.expr import AllOf, AnyOf, Not
from validator.logic.facts import ItemList, Record, Snapshot
from validator.logic.policy import Clauses, Decision, Norm, Policy, PolicySet, Subject
from validator.logic.problem import Span
from validator.logic.text import Text
from validator.logic.truth import Truth

MAX_ITEMS = 5
Parts = list[tuple[Text, Outcome]]
_AS_THEY_ARE: Mapping[str, Text] = {}


def explain_on(
    policy: Policy,
    policies: PolicySet,
    snapshot: Snapshot,
    law_date: date | None,
    subject: str | None,
    words: Mapping[str, Text] = _AS_THEY_ARE,
) -> Iterator[Line]:
    """The tree of conditions with truth, observed values and places, of everything that is judged or of one.

    As in a check, a norm also judges a list that may be incomplete. `words` names verdicts, reasons and causes of
    gaps; what it lacks is shown as reports hold it.
    """
    explainer = _Explainer(policy, policies, snapshot, law_date or snapshot.as_of, words)
    for index, about in enumerate(_subjects(policy)):
        yield from explainer.items(index, about, subject)
        if isinstance(policy, Norm) and subject in (None, about.path):
            yield from explainer.rest(policy, policy.clauses[index], asked=subject is not None)


def subjects_of(policy: Policy, snapshot: Snapshot) -> list[str]:
    """The paths of all that the policy judges in a snapshot: items, and for a norm lists that may be incomplete."""
    found: list[str] = []
    for about in _subjects(policy):
        found += [item.path for item, _ in environments(snapshot, about)]
        if isinstance(policy, Norm) and open_lists(snapshot, about):
            found.append(about.path)
    return found


def why_nothing(policy: Policy, snapshot: Snapshot) -> Text:
    """Why a policy judges nothing in a snapshot, list by list; only where `subjects_of` is empty."""
    told = [_why_nothing_at(about.path, bool(open_lists(snapshot, about))) for about in _subjects(policy)]
    return Text("; ".join(text.ru for text in told), "; ".join(text.en for text in told))


def _why_nothing_at(path: str, incomplete: bool) -> Text:
    if not incomplete:
        return Text(f"список `{path}` полон и пуст", f"the list `{path}` is complete and empty")
    return Text(
        f"решение судит только об указанных записях, а в списке `{path}` их нет, и он может быть неполным",
        f"a decision judges given items only, and the list `{path}` has none and may be incomplete",
    )


def _subjects(policy: Policy) -> list[Subject]:
    return [clauses.subject for clauses in policy.clauses] if isinstance(policy, Norm) else [policy.subject]


class _Explainer:
    def __init__(
        self, policy: Policy, policies: PolicySet, snapshot: Snapshot, day: date, words: Mapping[str, Text]
    ) -> None:
        self.policy = policy
        self.policies = policies
        self.snapshot = snapshot
        self.day = day
        self.words = words

    def word(self, name: str) -> Text:
        return self.words.get(name, Text(name, name))

    def verdict(self, verdict: str, reason: str | None) -> Text:
        outcomes = self.policy.outcomes if isinstance(self.policy, Decision) else {}
        told = outcomes.get(verdict) or self.word(verdict)
        if reason is None:
            return told
        why = self.word(reason)
        return Text(f"{told.ru}: {why.ru}", f"{told.en}: {why.en}")

    # --- items --------------------------------------------------------------------------------------------

    def items(self, index: int, about: Subject, wanted: str | None) -> Iterator[Line]:
        """The given items, or the wanted one."""
        items = [(item, env) for item, env in environments(self.snapshot, about) if wanted in (None, item.path)]
        for item, env in items[:MAX_ITEMS]:
            yield from self._item(index, about, item, env)
        if len(items) > MAX_ITEMS:
            rest = len(items) - MAX_ITEMS
            yield head(
                f"И ещё {rest}: назовите запись в --subject, например {items[MAX_ITEMS][0].path}",
                f"And {rest} more: name one with --subject, for example {items[MAX_ITEMS][0].path}",
            )

    def _item(self, index: int, about: Subject, item: Record, env: Env) -> Iterator[Line]:
        if isinstance(self.policy, Norm):
            verdict, parts = self._norm(self.policy, self.policy.clauses[index], env)
        else:
            verdict, parts = self._decision(self.policy, env)
        where = _where(item.span)
        yield head(f"{item.path} — {verdict.ru}   {where}", f"{item.path} — {verdict.en}   {where}")
        for name, outcome in parts:
            truth = TRUTHS[outcome.truth]
            yield Line(1, Text(f"{name.ru}: {truth.ru}", f"{name.en}: {truth.en}"))
            yield from self._tree(outcome, about.scope, 2)

    def _norm(self, norm: Norm, clauses: Clauses, env: Env) -> tuple[Text, Parts]:
        case = case_of(self.policies, self.snapshot, self.day, readings_of(norm)[0], env, clauses.window)
        found = judge_norm(norm, clauses, case, env)
        return self.verdict(found.verdict, found.reason), [
            (Text("действует", "in force"), found.window),
            (Text("применяется", "applies"), found.applies),
            *((Text(f"исключение «{name}»", f"exception “{name}”"), o) for name, o in found.exceptions),
            (Text("требование выполнено", "the requirement is met"), found.requirement),
        ]

    def _decision(self, decision: Decision, env: Env) -> tuple[Text, Parts]:
        case = case_of(self.policies, self.snapshot, self.day, readings_of(decision)[0], env, decision.window)
        found = judge_decision(decision, case, env)
        criteria = (*decision.criteria, *decision.exclusions)
        outcomes = (*found.criteria, *found.exclusions)
        return self.verdict(found.verdict, found.reason), [
            (Text("действует", "in force"), found.window),
            (Text("применяется", "applies"), found.applies),
            *(
                (Text(f"{one.id} {one.title.ru}", f"{one.id} {one.title.en}"), outcome)
                for one, outcome in zip(criteria, outcomes, strict=True)
            ),
        ]

    def _tree(self, outcome: Outcome, about: str, depth: int) -> Iterator[Line]:
        condition = outcome.condition
        if isinstance(condition, AllOf | AnyOf | Not) and outcome.parts:
            for part in decisive_parts(outcome):
                yield from self._tree(part, about, depth)
            return
        if isinstance(condition, AllOf | AnyOf):
            return
        told, truth = sentence(condition, self.policies, about=about), TRUTHS[outcome.truth]
        tail = self._tail(outcome)
        yield Line(depth, Text(f"[{truth.ru}] {told.ru}{tail.ru}", f"[{truth.en}] {told.en}{tail.en}"))
        for part in decisive_parts(outcome)[:MAX_ITEMS]:
            yield from self._tree(part, about, depth + 1)

    def _tail(self, outcome: Outcome) -> Text:
        """What was observed with its places, and what is missing."""
        facts = [self._fact(observed) for observed in outcome.observed]
        ru, en = ("; ".join(fact.ru for fact in facts), "; ".join(fact.en for fact in facts))
        tail = Text(f"   {ru}", f"   {en}") if facts else Text("", "")
        if outcome.truth is not Truth.UNKNOWN or outcome.parts:
            return tail
        ways = ways_to_settle(outcome)
        gaps = [(gap.path, self.word(gap.cause)) for gap in sorted(ways[0])] if ways else []
        return Text(
            f"{tail.ru}   ? {', '.join(f'{path} ({cause.ru})' for path, cause in gaps)}",
            f"{tail.en}   ? {', '.join(f'{path} ({cause.en})' for path, cause in gaps)}",
        )

    def _fact(self, observed: Observed) -> Text:
        value, typed = Text(observed.value, observed.value), observed.typed
        if typed is None and observed.shape.kind.is_day:  # a day that stands in for a missing one
            typed = parse_day(observed.value)
        if typed is not None:
            value = name_of(typed, observed.shape, self.policies)
        place = f"{observed.span.line}:{observed.span.column}"
        return Text(f"{observed.path} = {value.ru} ({place})", f"{observed.path} = {value.en} ({place})")

    # --- the rest of a list -------------------------------------------------------------------------------

    def rest(self, norm: Norm, clauses: Clauses, *, asked: bool) -> Iterator[Line]:
        """What the norm says of items nobody gave; nothing where the lists are complete.

        A violation among the given items says it all, as in a check; only who asks for the list is told so.
        """
        found = judge_rest(self.policies, norm, clauses, self.snapshot, self.day)
        if found is None:
            return
        if not self._violated(norm, clauses):
            yield from self._rest(clauses.subject, found)
        elif asked:
            path = clauses.subject.path
            yield head(
                f"{path} — отдельно не оценивается: нарушение есть уже среди указанных записей",
                f"{path} — not judged apart: a given item already violates the norm",
            )

    def _violated(self, norm: Norm, clauses: Clauses) -> bool:
        readings = readings_of(norm)[0]
        for _, env in environments(self.snapshot, clauses.subject):
            case = case_of(self.policies, self.snapshot, self.day, readings, env, clauses.window)
            if judge_norm(norm, clauses, case, env).verdict in VIOLATING:
                return True
        return False

    def _rest(self, subject: Subject, found: RestVerdict) -> Iterator[Line]:
        verdict = self.verdict(found.verdict, found.reason)
        first = found.open[0] if found.open else found.first
        where = _where(first.span)
        yield head(f"{subject.path} — {verdict.ru}   {where}", f"{subject.path} — {verdict.en}   {where}")
        if not found.open:
            yield Line(
                1,
                Text(
                    f"{_may_be_incomplete(first, self).ru}, но ни одна запись в нём ничего не изменила бы",
                    f"{_may_be_incomplete(first, self).en}, but no item in it could change anything",
                ),
            )
            return
        for items in found.open[:MAX_ITEMS]:
            yield Line(1, _may_be_incomplete(items, self))
            yield Line(2, _what_settles(items))
        if len(found.open) > MAX_ITEMS:
            number = len(found.open) - MAX_ITEMS
            yield Line(1, Text(f"и ещё списков: {number}", f"and {number} more lists"))


def _may_be_incomplete(items: ItemList, explainer: _Explainer) -> Text:
    title, cause, where = items.shape.title, explainer.word("list_incomplete"), _where(items.span)
    return Text(
        f"{items.path} «{title.ru}», записей указано: {len(items)} ({where}): {cause.ru}",
        f"{items.path} “{title.en}”, items given: {len(items)} ({where}): {cause.en}",
    )


def _what_settles(items: ItemList) -> Text:
    """What to write in the snapshot; the key of an inner list stands in the item that holds it."""
    holder, _, key = items.shape.coverage.rpartition(".")
    entry = f"{holder}: {{{key}: complete}}" if holder else f"{key}: complete"
    item = items.path.rpartition(".")[0]
    ru, en = (f" в `{item}`", f" in `{item}`") if item else ("", "")
    return Text(
        f"чтобы судить наверняка: укажите все записи и напишите{ru} `{entry}`",
        f"to settle it: list all items and write `{entry}`{en}",
    )


def _where(span: Span) -> str:
    return f"{span.file}:{span.line}:{span.column}"
