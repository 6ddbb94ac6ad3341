"""P4, P5, P6, P18: what may be said in other words, everywhere in a policy set at once, and changes no verdict."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import yaml
from differential import everywhere
from laws import Claim, law, reachable, same
from trials import Engine, Trial
from worlds import snapshot_of

from validator.interpreters.prose import sentence
from validator.interpreters.strategies import Chooser
from validator.language.codec import Checked, decode, encode
from validator.language.conditions import ConditionReader
from validator.language.names import ReferenceNames
from validator.language.nodes import Mapping
from validator.language.printer import structure_of
from validator.language.scopes import scope_of
from validator.language.source import read_document, read_json
from validator.logic.expr import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    CountOf,
    Field,
    Literal,
    Not,
    OneOf,
    Quantified,
    Quantity,
    SetRelation,
    SetTest,
    Sum,
    terms_of,
)
from validator.logic.frozen import replace
from validator.logic.policy import Clauses, Criterion, Decision, PolicySet
from validator.logic.problem import Problem
from validator.logic.values import DAY_ORDERS, NUMBER_ORDERS, Order, SpecialDay
from validator.snapshots.read import read_snapshot

Rewrite = Callable[[Condition], Condition]
OPPOSITES = {
    Order.AT_MOST: Order.MORE_THAN,
    Order.AT_LEAST: Order.LESS_THAN,
    Order.MORE_THAN: Order.AT_MOST,
    Order.LESS_THAN: Order.AT_LEAST,
    Order.ON_OR_BEFORE: Order.AFTER,
    Order.ON_OR_AFTER: Order.BEFORE,
    Order.BEFORE: Order.ON_OR_AFTER,
    Order.AFTER: Order.ON_OR_BEFORE,
}


def _other_words(trial: Trial, judge: Engine, rewrite: Rewrite) -> Iterator[Claim]:
    changed: PolicySet = everywhere(trial.policies, rewrite)
    if changed != trial.policies:
        yield from same(trial.judged(judge), trial.by(changed).judged(judge))


# --- P4: dualities -------------------------------------------------------------------------------------------


@law("P4")
def quantifiers_are_dual(trial: Trial, _: Chooser, judge: Engine) -> Iterator[Claim]:
    yield from _other_words(trial, judge, _by_some)


def _by_some(node: Condition) -> Condition:
    match node:
        case Quantified(quantity=Quantity.EVERY):
            return Not(replace(node, quantity=Quantity.SOME, body=Not(node.body)))
        case Quantified(quantity=Quantity.NO):
            return Not(replace(node, quantity=Quantity.SOME))
        case _:
            return node


@law("P4")
def negation_goes_through_connectives(trial: Trial, _: Chooser, judge: Engine) -> Iterator[Claim]:
    yield from _other_words(trial, judge, _by_the_other)


def _by_the_other(node: Condition) -> Condition:
    match node:
        case AllOf(parts=parts):
            return Not(AnyOf(tuple(Not(part) for part in parts)))
        case AnyOf(parts=parts):
            return Not(AllOf(tuple(Not(part) for part in parts)))
        case Not():
            return Not(Not(node))
        case _:
            return node


@law("P4")
def the_order_of_parts_changes_nothing(trial: Trial, _: Chooser, judge: Engine) -> Iterator[Claim]:
    yield from _other_words(
        trial, judge, lambda n: replace(n, parts=n.parts[::-1]) if isinstance(n, AllOf | AnyOf) else n
    )


# --- P5: quantifiers are counts ------------------------------------------------------------------------------


@law("P5")
def quantifiers_are_counts(trial: Trial, _: Chooser, judge: Engine) -> Iterator[Claim]:
    yield from _other_words(trial, judge, _by_count)


def _by_count(node: Condition) -> Condition:
    match node:
        case Quantified(quantity=Quantity.SOME, items=items, bind=bind, body=body):
            return Compare(CountOf(items, bind, body), Order.AT_LEAST, Literal(1))
        case Quantified(quantity=Quantity.NO, items=items, bind=bind, body=body):
            return Compare(CountOf(items, bind, body), Order.AT_MOST, Literal(0))
        case Quantified(quantity=Quantity.EVERY, items=items, bind=bind, body=body):
            return Compare(CountOf(items, bind, Not(body)), Order.IS, Literal(0))
        case _:
            return node


@law("P5")
def a_bound_of_a_count_is_the_negation_of_the_next_one(trial: Trial, _: Chooser, judge: Engine) -> Iterator[Claim]:
    yield from _other_words(trial, judge, _by_next_bound)


def _by_next_bound(node: Condition) -> Condition:
    match node:
        case Compare(left=CountOf() as count, order=order, right=Literal(value=int() as n)):
            at_least = Compare(count, Order.AT_LEAST, Literal(n))
            more = Compare(count, Order.AT_LEAST, Literal(n + 1))
            return {
                Order.AT_MOST: Not(more),
                Order.MORE_THAN: more,
                Order.LESS_THAN: Not(at_least),
                Order.AT_LEAST: Not(Compare(count, Order.AT_MOST, Literal(n - 1))),
                Order.IS: AllOf((at_least, Not(more))),
            }.get(order, node)
        case _:
            return node


# --- P6: orders and memberships ------------------------------------------------------------------------------


@law("P6")
def an_order_is_the_negation_of_its_opposite(trial: Trial, _: Chooser, judge: Engine) -> Iterator[Claim]:
    fields = any(isinstance(t, Field) for p in trial.policies.policies() for r in p.readings for t in _of(r))
    yield from _other_words(trial, judge, _by_opposite if not fields else _by_opposite_of_numbers)


def _of(reading: Any) -> list[object]:
    return [*reading.parameters.values()]


def _by_opposite_of_numbers(node: Condition) -> Condition:
    if isinstance(node, Compare) and node.order in NUMBER_ORDERS:
        return Not(replace(node, order=OPPOSITES[node.order]))
    return node


def _by_opposite(node: Condition) -> Condition:
    """Not where the word `never` may stand: then both orders are false."""
    if isinstance(node, Compare) and node.order in DAY_ORDERS and not any(map(_may_be_never, terms_of(node))):
        return Not(replace(node, order=OPPOSITES[node.order]))
    return _by_opposite_of_numbers(node)


def _may_be_never(term: object) -> bool:
    if isinstance(term, Field):
        return SpecialDay.NEVER.value in term.shape.special
    return isinstance(term, Literal) and term.value is SpecialDay.NEVER


@law("P6")
def a_membership_is_a_disjunction_of_equalities(trial: Trial, _: Chooser, judge: Engine) -> Iterator[Claim]:
    yield from _other_words(trial, judge, _by_equalities)


def _by_equalities(node: Condition) -> Condition:
    match node:
        case OneOf(field=field, values=values):
            return AnyOf(tuple(Compare(field, Order.IS, Literal(value)) for value in sorted(values, key=repr)))
        case SetTest(field=field, relation=relation, values=Literal(value=frozenset() as members)) if members:
            single = tuple(
                SetTest(field, SetRelation.CONTAINS_ANY, Literal(frozenset({member}))) for member in sorted(members)
            )
            match relation:
                case SetRelation.CONTAINS_ANY:
                    return AnyOf(single)
                case SetRelation.CONTAINS_ALL:
                    return AllOf(single)
                case SetRelation.WITHIN:
                    return node
        case _:
            pass
    return node


@law("P6")
def equal_numbers_are_neither_more_nor_less(trial: Trial, _: Chooser, judge: Engine) -> Iterator[Claim]:
    """Of sums and fields an equality may be less certain than the two bounds together, but never another answer."""
    changed: PolicySet = everywhere(trial.policies, _by_bounds)
    if changed == trial.policies:
        return
    before, after = trial.judged(judge), trial.by(changed).judged(judge)
    for key in sorted(before.keys() & after.keys()):
        one, other = before[key][0][0], after[key][0][0]
        yield Claim((key, one, other), True, "unknown" in (one, other) or one == other)


def _by_bounds(node: Condition) -> Condition:
    match node:
        case Compare(left=Field() | Sum() as left, order=Order.IS, right=right) if _is_number(left):
            return AllOf((Compare(left, Order.AT_LEAST, right), Compare(left, Order.AT_MOST, right)))
        case _:
            return node


def _is_number(term: Field | Sum) -> bool:
    return isinstance(term, Sum) or term.shape.kind.is_number


# --- P18: round trips ----------------------------------------------------------------------------------------


@law("P18")
def what_was_printed_and_read_again_is_judged_the_same(trial: Trial, _: Chooser, judge: Engine) -> Iterator[Claim]:
    if trial.world.policies.norms:  # random policies only: the shipped ones use other names for fields
        return
    policies = trial.policies
    norms = {
        name: replace(n, clauses=tuple(_again(trial, c) for c in n.clauses)) for name, n in policies.norms.items()
    }
    decisions = {name: _decision_again(trial, decision) for name, decision in policies.decisions.items()}
    again = replace(policies, norms=norms, decisions=decisions)
    yield from same(trial.judged(judge), trial.by(again).judged(judge))


def _again(trial: Trial, clauses: Clauses) -> Clauses:
    def again(when: Condition) -> Condition:
        return _reread(trial, clauses.subject.path, when)

    return replace(
        clauses,
        applies_when=again(clauses.applies_when),
        requirement=again(clauses.requirement),
        exceptions=tuple((name, again(when)) for name, when in clauses.exceptions),
    )


def _decision_again(trial: Trial, decision: Decision) -> Decision:
    def again(tests: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
        return tuple(replace(test, when=_reread(trial, decision.subject.path, test.when)) for test in tests)

    applies = _reread(trial, decision.subject.path, decision.applies_when)
    return replace(
        decision, applies_when=applies, criteria=again(decision.criteria), exclusions=again(decision.exclusions)
    )


def _reread(trial: Trial, path: str, when: Condition) -> Condition:
    scope = scope_of(trial.world.vocabulary, path)
    printed = json.dumps({"root": structure_of(when, scope)}).encode()
    node = read_json(printed, "condition.json").root
    assert isinstance(node, Mapping)
    inner = node.get("root")
    assert isinstance(inner, Mapping)
    problems: list[Problem] = []
    reader = ConditionReader("condition.json", problems, trial.world.known)
    reader.allow_known = True
    found = reader.condition(inner, scope)
    assert found is not None, problems
    return found


@law("P18")
def policies_that_were_kept_and_read_back_are_judged_the_same(
    trial: Trial, _: Chooser, judge: Engine
) -> Iterator[Claim]:
    vocabulary = trial.world.vocabulary
    kept = encode(Checked(trial.policies, ReferenceNames({}, frozenset()), ()), vocabulary)
    found = decode(kept, vocabulary, lambda: trial.policies).policies
    yield from same(trial.judged(judge), trial.by(found).judged(judge))


@law("P18", engines=("reference",))
def a_snapshot_says_the_same_in_yaml(trial: Trial, _: Chooser, judge: Engine) -> Iterator[Claim]:
    world = trial.world
    text = yaml.safe_dump(trial.document, allow_unicode=True, sort_keys=False)
    found = read_snapshot(read_document(text.encode(), "snapshot.yaml"), world.vocabulary, world.names)[0]
    told = judge(world, trial.policies, snapshot_of(world, trial.document), trial.day)
    yield from same(told, judge(world, trial.policies, found, trial.day))


@law("P18", engines=("reference",))
def a_sentence_tells_every_number_and_day_of_its_condition(trial: Trial, _: Chooser, __: Engine) -> Iterator[Claim]:
    for policy in trial.policies.policies():
        for node in reachable(trial.policies, policy):
            if isinstance(node, Compare):
                wanted = [found for term in (node.left, node.right) for found in _figures(term)]
                told = sentence(node, trial.policies)
                for ru, en in wanted:
                    yield Claim((policy.id, told.ru), True, ru in _figures_of(told.ru))
                    yield Claim((policy.id, told.en), True, en in _figures_of(told.en))


def _figures(term: object) -> list[tuple[str, str]]:
    """A literal number or day as the Russian and the English sentence say it."""
    value = term.value if isinstance(term, Literal) else None
    match value:
        case bool():
            return []
        case date():
            return [(f"{value:%d.%m.%Y}", value.isoformat())]
        case int() | Decimal():
            return [(str(value), str(value))]
        case _:
            return []


def _figures_of(text: str) -> list[str]:
    """The figures in a text; a decimal comma counts as a point."""
    return [found.replace(",", ".") for found in re.findall(r"\d+(?:[.,-]\d+)*", text)]
