"""Faults made on purpose in the engines and around them, one at a time: what the laws are there to find.

Most are made in the reference evaluator; some in the compiled program, in waivers, batches, evidence, printing and
the remedies of policies. `plant` makes one for as long as a `MonkeyPatch` lasts.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, cast

import differential
import pytest
import trials

from validator.interpreters import evaluate, evidence, judge, naming, prose, terms
from validator.interpreters.compile import program, runtime
from validator.journeys.batch import judging
from validator.journeys.waivers import waiving
from validator.language import printer
from validator.logic import truth
from validator.logic.expr import (
    AllOf,
    AnyOf,
    AsOf,
    Compare,
    Condition,
    Literal,
    OneOf,
    Quantified,
    Quantity,
    SetRelation,
)
from validator.logic.facts import Record, Snapshot
from validator.logic.frozen import replace
from validator.logic.policy import Norm
from validator.logic.truth import Truth
from validator.logic.values import Interval, Order, SpecialDay
from validator.logic.waiver import Waiver

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
Patch = pytest.MonkeyPatch
FAULTS: dict[str, Callable[[Patch], None]] = {}


def fault(name: str) -> Callable[[Callable[[Patch], None]], Callable[[Patch], None]]:
    """Enters a fault under what it does."""

    def enter(plant: Callable[[Patch], None]) -> Callable[[Patch], None]:
        FAULTS[name] = plant
        return plant

    return enter


def _around(patch: Patch, module: Any, name: str, change: Callable[..., Any]) -> None:
    """Puts `change(original, *arguments)` in the place of a function."""
    original = getattr(module, name)
    patch.setattr(module, name, lambda *given, **named: change(original, *given, **named))


# --- truth and connectives -----------------------------------------------------------------------------------


@fault("of a conjunction the unknown wins over the false")
def _unknown_first(patch: Patch) -> None:
    def change(original: Any, values: Any) -> Truth:
        found = list(values)
        return U if U in found else cast(Truth, original(found))

    _around(patch, evaluate, "all_of", change)


@fault("of a disjunction the unknown wins over the true")
def _unknown_before_true(patch: Patch) -> None:
    def change(original: Any, values: Any) -> Truth:
        found = list(values)
        return U if U in found else cast(Truth, original(found))

    _around(patch, evaluate, "any_of", change)


@fault("the negation of the unknown is true")
def _negation(patch: Patch) -> None:
    patch.setitem(truth._NEGATION, U, T)


@fault("a conjunction has two parts at most")
def _two_parts(patch: Patch) -> None:
    def change(original: Any, case: Any, env: Any, condition: Condition) -> Any:
        if isinstance(condition, AllOf):
            condition = AllOf(condition.parts[:2])
        return original(case, env, condition)

    _around(patch, evaluate, "evaluate", change)
    patch.setattr(judge, "evaluate", evaluate.evaluate)


# --- comparisons ---------------------------------------------------------------------------------------------


def _order(patch: Patch, wrong: Order, instead: Order) -> None:
    def change(original: Any, left: Interval, order: Order, right: Interval) -> Truth:
        return cast(Truth, original(left, instead if order is wrong else order, right))

    _around(patch, evaluate, "compare_intervals", change)


@fault("at most is less than")
def _at_most(patch: Patch) -> None:
    _order(patch, Order.AT_MOST, Order.LESS_THAN)


@fault("on or after is after")
def _on_or_after(patch: Patch) -> None:
    _order(patch, Order.ON_OR_AFTER, Order.AFTER)


@fault("a number that is absent is nought")
def _absent_number(patch: Patch) -> None:
    def change(original: Any, case: Any, env: Any, field: Any) -> Any:
        seen = original(case, env, field)
        return terms._known(0) if seen.value is None and field.shape.kind.is_number else seen

    _around(patch, evaluate, "see_field", change)
    patch.setattr(terms, "see_field", evaluate.see_field)


@fault("what is absent is not one of the values")
def _absent_is_none(patch: Patch) -> None:
    def change(original: Any, case: Any, env: Any, condition: OneOf) -> Any:
        found = original(case, env, condition)
        if found.truth is U and evaluate.see_field(case, env, condition.field).value is None:
            found.truth = F
        return found

    _around(patch, evaluate, "_one_of", change)


@fault("a set contains all when it contains any")
def _contains_all(patch: Patch) -> None:
    def change(original: Any, left: Any, relation: SetRelation, right: Any) -> Truth:
        if relation is SetRelation.CONTAINS_ALL:
            relation = SetRelation.CONTAINS_ANY
        return cast(Truth, original(left, relation, right))

    _around(patch, evaluate, "_relate", change)


@fault("a name that no register knows is another one than all others")
def _strange_names(patch: Patch) -> None:
    _around(patch, evaluate, "_same", lambda _, left, right: T if left == right else F)


@fault("never is before every day")
def _never(patch: Patch) -> None:
    def change(original: Any, left: Any, order: Order, right: Any) -> Truth:
        if order in (Order.BEFORE, Order.ON_OR_BEFORE) and left is SpecialDay.NEVER:
            return T
        return cast(Truth, original(left, order, right))

    _around(patch, evaluate, "_compare_values", change)


# --- lists and references ------------------------------------------------------------------------------------


@fault("every list is complete")
def _complete(patch: Patch) -> None:
    patch.setattr(evaluate, "_open_list", lambda *_: None)


@fault("the last item of a list is left out")
def _last_item(patch: Patch) -> None:
    _around(patch, evaluate, "_each", lambda original, *given: original(*given)[:-1])


@fault("only the first item of a list is looked at")
def _first_item(patch: Patch) -> None:
    _around(patch, evaluate, "_each", lambda original, *given: original(*given)[:1])


@fault("no is not every")
def _no(patch: Patch) -> None:
    def change(original: Any, case: Any, env: Any, node: Quantified) -> Any:
        if node.quantity is not Quantity.NO:
            return original(case, env, node)
        found = original(case, env, replace(node, quantity=Quantity.EVERY))
        found.truth, found.condition = ~found.truth, node
        return found

    _around(patch, evaluate, "_quantified", change)


@fault("every item of an empty list is none")
def _empty_every(patch: Patch) -> None:
    def change(original: Any, case: Any, env: Any, node: Quantified) -> Any:
        found = original(case, env, node)
        if node.quantity is Quantity.EVERY and not found.parts:
            found.truth = F
        return found

    _around(patch, evaluate, "_quantified", change)


@fault("doubtful items are not counted")
def _doubtful(patch: Patch) -> None:
    def change(original: Any, case: Any, env: Any, count: Any) -> Any:
        found = original(case, env, count)
        found.interval = Interval(found.interval.low, found.interval.low)
        return found

    _around(patch, evaluate, "_count", change)


@fault("a reference that is absent points nowhere")
def _absent_reference(patch: Patch) -> None:
    def change(original: Any, case: Any, env: Any, node: Any) -> Any:
        found = original(case, env, node)
        if found.truth is U and not found.parts:
            found.truth = F
        return found

    _around(patch, evaluate, "_follow", change)


@fault("items whose pseudonym ends in z are not found")
def _pseudonyms(patch: Patch) -> None:
    original = Snapshot.referred

    def change(self: Snapshot, target: str, ref: str) -> Record | None:
        return None if ref.endswith("z") else original(self, target, ref)

    patch.setattr(Snapshot, "referred", change)


@fault("an item found once is found again in the next organization")
def _kept_items(patch: Patch) -> None:
    original, kept = Snapshot.referred, dict[tuple[str, str], Any]()

    def change(self: Snapshot, target: str, ref: str) -> Record | None:
        found: Record | None = kept.setdefault((target, ref), original(self, target, ref))
        return found

    patch.setattr(Snapshot, "referred", change)


@fault("an absent truth value is that of another field")
def _sibling(patch: Patch) -> None:
    def change(original: Any, case: Any, env: Any, field: Any) -> Any:
        seen = original(case, env, field)
        if seen.value is None and field.shape.kind.value == "boolean":
            others = terms.record_of(env, field.scope, field.path).values.values()
            return next((terms._known(value) for value in others if isinstance(value, bool)), seen)
        return seen

    _around(patch, evaluate, "see_field", change)


@fault("the last field of a record is never read")
def _last_field(patch: Patch) -> None:
    def change(original: Any, case: Any, env: Any, field: Any) -> Any:
        record = terms.record_of(env, field.scope, field.path)
        last = [name for name in record.shape.fields if name not in record.lists and name not in record.records][-1]
        kept = record.values.pop(field.path[-1], None) if field.path[-1] == last else None
        try:
            return original(case, env, field)
        finally:
            if kept is not None:
                record.values[last] = kept

    _around(patch, evaluate, "see_field", change)


# --- days, registers, parameters -----------------------------------------------------------------------------


@fault("of days only the month and the day of it are compared")
def _without_years(patch: Patch) -> None:
    def plain(value: Any) -> Any:
        return value.replace(year=2024) if isinstance(value, date) else value

    _around(
        patch,
        evaluate,
        "_compare_values",
        lambda original, one, order, two: original(plain(one), order, plain(two)),
    )


@fault("parameters are those of no region")
def _regions(patch: Patch) -> None:
    def change(original: Any, parameter: Any, _: str, *given: Any) -> Any:
        return original(parameter, "", *given)

    _around(patch, terms, "parameter_value", change)


@fault("the press is always admitted")
def _press(patch: Patch) -> None:
    def change(original: Any, parameter: Any, region: str, kind: str, judged: Any, _: bool) -> Any:
        return original(parameter, region, kind, judged, True)

    _around(patch, terms, "parameter_value", change)


@fault("the law is not in force any more in the next year")
def _next_year(patch: Patch) -> None:
    def change(original: Any, case: Any, env: Any, node: Compare) -> Any:
        found = original(case, env, node)
        first = node.right.value if isinstance(node.right, Literal) else None
        if isinstance(node.left, AsOf) and isinstance(first, date) and first.year < case.law_date.year:
            found.truth = F
        return found

    _around(patch, evaluate, "_compare", change)


# --- policies ------------------------------------------------------------------------------------------------


def _window(patch: Patch, wrong: Order, instead: Order) -> None:
    def change(original: Any, window: Any) -> Condition:
        found = original(window)
        return AllOf(tuple(replace(p, order=instead) if p.order is wrong else p for p in found.parts))

    _around(patch, judge, "window_condition", change)


@fault("the first day of a window does not count")
def _first_day(patch: Patch) -> None:
    _window(patch, Order.ON_OR_AFTER, Order.AFTER)


@fault("the last day of a window does not count")
def _last_day(patch: Patch) -> None:
    _window(patch, Order.ON_OR_BEFORE, Order.BEFORE)


def _clauses(patch: Patch, change: Callable[[Any], Any]) -> None:
    def judged(original: Any, norm: Norm, clauses: Any, case: Any, env: Any) -> Any:
        return original(norm, change(clauses), case, env)

    _around(patch, judge, "judge_norm", judged)
    patch.setattr(differential, "judge_norm", judge.judge_norm)


@fault("only the first exception counts")
def _first_exception(patch: Patch) -> None:
    _clauses(patch, lambda clauses: replace(clauses, exceptions=clauses.exceptions[:1]))


@fault("an exception that may hold excuses")
def _possible_exception(patch: Patch) -> None:
    def change(original: Any, values: Any) -> Truth:
        found = original(values)
        return T if found is U else cast(Truth, found)

    _around(patch, judge, "any_of", change)


@fault("what may be a violation is one")
def _possible_violation(patch: Patch) -> None:
    def change(original: Any, values: Any) -> Truth:
        found = list(values)
        return T if found[-1] is U and F not in found else cast(Truth, original(found))

    _around(patch, judge, "all_of", change)


@fault("where it is open whether a norm applies the reason is the next one")
def _reason(patch: Patch) -> None:
    def change(original: Any, window: Truth, applies: Truth, exempt: Truth, met: Truth) -> str:
        return cast(str, original(window, T if applies is U else applies, exempt, met))

    _around(patch, judge, "_reason", change)


@fault("a requirement of two parts fails when both do")
def _both_fail(patch: Patch) -> None:
    def change(clauses: Any) -> Any:
        needed = clauses.requirement
        return replace(clauses, requirement=AnyOf(needed.parts)) if isinstance(needed, AllOf) else clauses

    _clauses(patch, change)


@fault("all policies are read as the first one is")
def _kept_readings(patch: Patch) -> None:
    kept: list[tuple[Snapshot, Any]] = []

    def change(original: Any, policies: Any, snapshot: Snapshot, day: date, readings: Any, *given: Any) -> Any:
        if not kept or kept[-1][0] is not snapshot:
            kept.append((snapshot, readings))
        return original(policies, snapshot, day, kept[-1][1], *given)

    _around(patch, judge, "case_of", change)
    patch.setattr(differential, "case_of", judge.case_of)


@fault("a norm of little weight is never violated")
def _weight(patch: Patch) -> None:
    def change(original: Any, norm: Norm, clauses: Any, case: Any, env: Any) -> Any:
        found = original(norm, clauses, case, env)
        light = norm.severity.value in ("low", "info") and found.verdict == "violation"
        return found._replace(verdict="advice") if light else found

    _around(patch, judge, "judge_norm", change)
    patch.setattr(differential, "judge_norm", judge.judge_norm)


@fault("only the last exclusion counts")
def _exclusions(patch: Patch) -> None:
    def change(original: Any, decision: Any, case: Any, env: Any) -> Any:
        return original(replace(decision, exclusions=decision.exclusions[-1:]), case, env)

    _around(patch, judge, "judge_decision", change)
    patch.setattr(differential, "judge_decision", judge.judge_decision)


# --- the compiled program, runs, texts -----------------------------------------------------------------------


@fault("the program forgets what an open list may hold")
def _no_rest(patch: Patch) -> None:
    original = program.Program._items
    patch.setattr(program.Program, "_items", lambda self, *given: (original(self, *given)[0], []))


@fault("the program reads registers without their days")
def _program_registers(patch: Patch) -> None:
    def change(original: Any, policies: Any, register: Any, name: str, judged: Any) -> Any:
        same, answer = original(policies, register, name, judged)
        return same, T if any(row.id == name for row in register.rows) else answer

    _around(patch, runtime, "listed", change)


@fault("a waiver holds for good")
def _endless_waiver(patch: Patch) -> None:
    patch.setattr(Waiver, "covers", lambda *_: True)


@fault("a waiver waives the neighbours too")
def _wide_waiver(patch: Patch) -> None:
    original = waiving.Waiving._targets

    def change(self: Any, waiver: Waiver, *given: Any) -> Any:
        return original(self, replace(waiver, item=None), *given)

    patch.setattr(waiving.Waiving, "_targets", change)


@fault("a batch keeps the places of the document before")
def _kept_places(patch: Patch) -> None:
    original, kept = judging.Judge._places, dict[str, Any]()
    patch.setattr(judging.Judge, "_places", lambda self, facts, path, _: original(self, facts, path, kept))


@fault("of a conjunction that holds one part is cited")
def _one_cited(patch: Patch) -> None:
    def change(original: Any, parts: Any, answer: Truth, *, all_count: bool) -> Any:
        fewer = parts[:1] if all_count and answer is not U else parts
        return original(fewer, answer, all_count=all_count)

    _around(patch, evidence, "_of_parts", change)


@fault("remedies set the opposite")
def _remedies(patch: Patch) -> None:
    def wrong(node: Any) -> Any:
        if not isinstance(node, Norm):
            return node
        sets = {name: _other(value) for name, value in node.remedy_sets.items()}
        return replace(node, remedy_sets=sets)

    original = trials.shipped_world()
    norms = {name: wrong(norm) for name, norm in original.policies.norms.items()}
    changed = original._replace(policies=replace(original.policies, norms=norms))
    patch.setattr(trials, "shipped_world", lambda: changed)


def _other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return "whatsapp" if isinstance(value, str) else value


@fault("a printed `no` is `every`")
def _printed(patch: Patch) -> None:
    def change(original: Any, items: Any, bind: str, scope: Any, inside: Any) -> Any:
        def turned(inner: Any) -> Any:
            return {"every" if key == "no" else key: value for key, value in inside(inner).items()}

        return original(items, bind, scope, turned)

    _around(patch, printer, "_on_list", change)


@fault("a day is told without its year")
def _told_day(patch: Patch) -> None:
    def change(original: Any, value: Any) -> Any:
        found = original(value)
        return found._replace(ru=found.ru[:5]) if isinstance(value, date) else found

    _around(patch, naming, "plain_name", change)

    patch.setattr(prose, "plain_name", naming.plain_name)
