"""Laws of conditions, on random conditions and random snapshots. The ids are those of `PROOFS.md`, section 7."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from worlds import NIGHTLY, REAL, TOY, often, outcome_of, snapshot_of, truth_of

from validator.interpreters.evidence import deciding
from validator.interpreters.strategies import (
    Chooser,
    Json,
    Menu,
    World,
    choosers,
    forget,
    random_condition,
    random_document,
    rename_refs,
    seeded,
    shuffle,
)
from validator.language.scopes import Scope, scope_of
from validator.logic.expr import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    CountOf,
    Field,
    ListPath,
    Literal,
    Not,
    OneOf,
    Quantified,
    Quantity,
    SetRelation,
    SetTest,
    Undecided,
    walk,
)
from validator.logic.facts import Snapshot
from validator.logic.shape import Kind
from validator.logic.truth import Truth, all_of, any_of
from validator.logic.values import NUMBER_ORDERS, Order

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
SHALLOW = Menu(depth=2)
BULK = 50_000 if NIGHTLY else 600


def pair(world: World, choose: Chooser, menu: Menu = SHALLOW) -> tuple[Json, Condition]:
    """A document and a condition on its organization."""
    return random_document(world, choose), random_condition(world, choose, root(world), menu)


def root(world: World) -> Scope:
    return scope_of(world.vocabulary, "organization")


def list_and_body(choose: Chooser, menu: Menu = SHALLOW) -> tuple[ListPath, str, Condition]:
    """A list of the toy organization and a condition on its items."""
    scope = root(TOY)
    shape = choose.one([field for field in scope.shape.fields.values() if field.kind is Kind.LIST])
    assert shape.record is not None
    inner = scope.into_item(shape.record, shape.scope)
    body = random_condition(TOY, choose, inner, menu)
    return ListPath("organization", (shape.name,), shape), shape.scope, body


def truths(snapshot: Snapshot, *conditions: Condition) -> list[Truth]:
    return [truth_of(TOY, snapshot, condition) for condition in conditions]


@often
@given(choosers())
def test_p1_forgetting_facts_never_changes_a_definite_truth_into_the_other(choose: Chooser) -> None:
    for world in (TOY, TOY, REAL):
        document, condition = pair(world, choose, Menu())
        full = truth_of(world, snapshot_of(world, document), condition)
        less = truth_of(world, snapshot_of(world, forget(world, choose, document)), condition)
        assert less in (full, U)


@often
@given(choosers())
def test_p2_the_order_of_lists_never_matters(choose: Chooser) -> None:
    document, condition = pair(TOY, choose, Menu())
    before = truth_of(TOY, snapshot_of(TOY, document), condition)
    assert truth_of(TOY, snapshot_of(TOY, shuffle(choose, document)), condition) is before


@often
@given(choosers())
def test_p2_the_pseudonyms_of_items_never_matter(choose: Chooser) -> None:
    document, condition = pair(TOY, choose, Menu())
    named = any(isinstance(node, Compare | OneOf) and _tests_identity(node) for node in walk(condition))
    before = truth_of(TOY, snapshot_of(TOY, document), condition)
    renamed = snapshot_of(TOY, rename_refs(document, TOY.vocabulary))
    assert named or truth_of(TOY, renamed, condition) is before


def _tests_identity(node: Compare | OneOf) -> bool:
    field = node.field if isinstance(node, OneOf) else node.left
    return isinstance(field, Field) and field.shape.identity


@often
@given(choosers())
def test_p3_a_field_that_no_condition_reads_never_matters(choose: Chooser) -> None:
    document, condition = pair(TOY, choose)
    reads_name = any(
        isinstance(term, Field) and term.path == ("name",)
        for node in walk(condition)
        for term in (getattr(node, "left", None), getattr(node, "field", None), getattr(node, "right", None))
    )
    before = truth_of(TOY, snapshot_of(TOY, document), condition)
    document["organization"]["name"] = "Василёк"
    assert reads_name or truth_of(TOY, snapshot_of(TOY, document), condition) is before


@often
@given(choosers())
def test_p4_quantifiers_are_dual(choose: Chooser) -> None:
    snapshot = snapshot_of(TOY, random_document(TOY, choose))
    items, bind, body = list_and_body(choose)
    some, every, no, not_some_not = truths(
        snapshot,
        Quantified(Quantity.SOME, items, bind, body),
        Quantified(Quantity.EVERY, items, bind, body),
        Quantified(Quantity.NO, items, bind, body),
        Not(Quantified(Quantity.SOME, items, bind, Not(body))),
    )
    assert every is not_some_not
    assert no is ~some


@often
@given(choosers())
def test_p4_negation_goes_through_connectives(choose: Chooser) -> None:
    snapshot = snapshot_of(TOY, random_document(TOY, choose))
    one, other = (random_condition(TOY, choose, root(TOY), SHALLOW) for _ in range(2))
    for whole, parts in ((AllOf, AnyOf), (AnyOf, AllOf)):
        negated, inside = truths(snapshot, Not(whole((one, other))), parts((Not(one), Not(other))))
        assert negated is inside
    once, thrice = truths(snapshot, one, Not(Not(one)))
    assert once is thrice
    assert truths(snapshot, AllOf((one, other))) == truths(snapshot, AllOf((other, one)))


@often
@given(choosers())
def test_p5_some_is_a_count_of_at_least_one(choose: Chooser) -> None:
    snapshot = snapshot_of(TOY, random_document(TOY, choose))
    items, bind, body = list_and_body(choose)
    count = CountOf(items, bind, body)
    some, at_least_one = truths(
        snapshot, Quantified(Quantity.SOME, items, bind, body), Compare(count, Order.AT_LEAST, Literal(1))
    )
    assert some is at_least_one
    for n in range(4):
        at_most, more, also_more = truths(
            snapshot,
            Compare(count, Order.AT_MOST, Literal(n)),
            Not(Compare(count, Order.AT_LEAST, Literal(n + 1))),
            Not(Compare(count, Order.MORE_THAN, Literal(n))),
        )
        assert at_most is more is also_more


@often
@given(choosers())
def test_p5_a_count_that_is_a_number_is_neither_more_nor_less(choose: Chooser) -> None:
    snapshot = snapshot_of(TOY, random_document(TOY, choose))
    count = CountOf(*list_and_body(choose))
    for n in range(4):
        exactly, at_least, at_most = truths(
            snapshot, *(Compare(count, order, Literal(n)) for order in (Order.IS, Order.AT_LEAST, Order.AT_MOST))
        )
        assert exactly is (at_least & at_most)


OPPOSITES = {
    Order.AT_MOST: Order.MORE_THAN,
    Order.AT_LEAST: Order.LESS_THAN,
    Order.ON_OR_BEFORE: Order.AFTER,
    Order.ON_OR_AFTER: Order.BEFORE,
}


@often
@given(choosers())
def test_p6_an_order_of_numbers_is_the_negation_of_its_opposite(choose: Chooser) -> None:
    snapshot = snapshot_of(TOY, random_document(TOY, choose))
    items, bind, body = list_and_body(choose)
    orders = [node for node in walk(body) if isinstance(node, Compare) and node.order in NUMBER_ORDERS]
    for node in orders:
        for order, opposite in OPPOSITES.items():
            if order in NUMBER_ORDERS:
                one, other = Compare(node.left, order, node.right), Not(Compare(node.left, opposite, node.right))
                assert _asked(snapshot, items, bind, body, node, one) == _asked(
                    snapshot, items, bind, body, node, other
                )


def _asked(
    snapshot: Snapshot, items: ListPath, bind: str, body: Condition, node: Condition, instead: Condition
) -> list[Truth]:
    """The truth of `some` and `every` with one node of the body put in another way."""
    changed = _replaced(body, node, instead)
    return truths(snapshot, *(Quantified(q, items, bind, changed) for q in (Quantity.SOME, Quantity.EVERY)))


def _replaced(condition: Condition, node: Condition, instead: Condition) -> Condition:
    if condition is node:
        return instead
    match condition:
        case AllOf(parts):
            return AllOf(tuple(_replaced(part, node, instead) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_replaced(part, node, instead) for part in parts))
        case Not(part):
            return Not(_replaced(part, node, instead))
        case Quantified(quantity, items, bind, body):
            return Quantified(quantity, items, bind, _replaced(body, node, instead))
        case _:
            return condition


@often
@given(choosers())
def test_p6_membership_is_a_disjunction_of_equalities(choose: Chooser) -> None:
    snapshot = snapshot_of(TOY, random_document(TOY, choose))
    items, bind, body = list_and_body(choose, Menu(depth=3))
    for node in walk(body):
        if isinstance(node, OneOf):
            equalities = AnyOf(
                tuple(Compare(node.field, Order.IS, Literal(value)) for value in sorted(node.values, key=str))
            )
            assert _asked(snapshot, items, bind, body, node, node) == _asked(
                snapshot, items, bind, body, node, equalities
            )


@often
@given(choosers())
def test_p6_relations_of_sets_are_made_of_single_members(choose: Chooser) -> None:
    snapshot = snapshot_of(TOY, random_document(TOY, choose))
    items, bind, body = list_and_body(choose, Menu(depth=3))
    for node in walk(body):
        if (
            isinstance(node, SetTest)
            and isinstance(node.values, Literal)
            and isinstance(node.values.value, frozenset)
        ):
            members = tuple(
                SetTest(node.field, SetRelation.CONTAINS_ANY, Literal(frozenset({m})))
                for m in sorted(node.values.value)
            )
            if node.relation is SetRelation.WITHIN:
                continue
            split = AnyOf(members) if node.relation is SetRelation.CONTAINS_ANY else AllOf(members)
            assert _asked(snapshot, items, bind, body, node, node) == _asked(
                snapshot, items, bind, body, node, split
            )


@often
@given(choosers())
def test_p11_a_complete_list_is_the_combination_of_its_items_and_an_open_one_has_one_more(choose: Chooser) -> None:
    snapshot = snapshot_of(TOY, random_document(TOY, choose))
    items, bind, body = list_and_body(choose)
    found = snapshot.root.lists[items.path[0]]
    env = {"organization": snapshot.root}
    answers = [outcome_of(TOY, snapshot, body, {**env, bind: item}).truth for item in found]
    rest = [] if found.closed else [U]
    some, every, no = truths(snapshot, *(Quantified(q, items, bind, body) for q in Quantity))
    assert some is any_of(answers + rest)
    assert every is all_of(answers + rest)
    assert no is ~any_of(answers + rest)


@often
@given(choosers())
def test_p11_a_count_lies_between_the_certain_items_and_those_not_excluded(choose: Chooser) -> None:
    snapshot = snapshot_of(TOY, random_document(TOY, choose))
    items, bind, body = list_and_body(choose)
    found = snapshot.root.lists[items.path[0]]
    env = {"organization": snapshot.root}
    answers = [outcome_of(TOY, snapshot, body, {**env, bind: item}).truth for item in found]
    low = answers.count(T)
    high = len(answers) - answers.count(F) if found.closed else 99
    for n in range(5):
        expected = T if low >= n else F if high < n else U
        assert truths(snapshot, Compare(CountOf(items, bind, body), Order.AT_LEAST, Literal(n))) == [expected]


@often
@given(choosers())
def test_undecided_makes_unknown_only_what_depends_on_it(choose: Chooser) -> None:
    document, condition = pair(TOY, choose, Menu(undecided=False, depth=2))
    snapshot = snapshot_of(TOY, document)
    before = truth_of(TOY, snapshot, condition)
    with_all, with_any = truths(snapshot, AllOf((condition, Undecided("C1"))), AnyOf((condition, Undecided("C1"))))
    assert with_all is (before & U)
    assert with_any is (before | U)


@often
@given(choosers())
def test_p17_a_definite_truth_has_evidence_that_is_really_in_the_snapshot(choose: Chooser) -> None:
    document, condition = pair(TOY, choose, Menu())
    snapshot = snapshot_of(TOY, document)
    outcome = outcome_of(TOY, snapshot, condition)
    if outcome.truth is U:
        return
    for leaf in deciding(outcome):
        assert leaf.truth is not U or not leaf.parts
        for observed in leaf.observed:
            assert _is_there(snapshot, observed.path), observed


def _is_there(snapshot: Snapshot, path: str) -> bool:
    return path in {name for name, _ in facts_of(snapshot)}


def facts_of(snapshot: Snapshot) -> list[tuple[str, Any]]:
    """Every value and every list of a snapshot with its place."""
    found: list[tuple[str, Any]] = []
    records = [snapshot.root]
    while records:
        record = records.pop()
        found += [(record.path_of(name), value) for name, value in record.values.items()]
        records += record.records.values()
        for items in record.lists.values():
            found.append((items.path, len(items)))
            records += items.items
    return found


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_p17_the_cited_facts_alone_give_the_same_truth(depth: int) -> None:
    for seed in range(BULK):
        choose = seeded(seed)
        _check_evidence(*pair(TOY, choose, Menu(depth=depth, ratios=False)), seed)


def _check_evidence(document: Json, condition: Condition, seed: int) -> None:
    snapshot = snapshot_of(TOY, document)
    outcome = outcome_of(TOY, snapshot, condition)
    if outcome.truth is U:
        return
    cited = {observed.path for leaf in deciding(outcome) for observed in leaf.observed}
    wanted = _cited_only(snapshot, cited)
    assert outcome_of(TOY, wanted, condition).truth is outcome.truth, seed


def _cited_only(snapshot: Snapshot, cited: set[str]) -> Snapshot:
    """The same facts without the values that were not cited; citing a list cites its items."""
    records = [snapshot.root]
    while records:
        record = records.pop()
        for name in list(record.values):
            path = record.path_of(name)
            kept = record.shape.fields[name].identity or name in ("region", "kind", "inn")
            if not kept and not any(path == c or path.startswith((f"{c}[", f"{c}.")) for c in cited):
                del record.values[name]
        records += record.records.values()
        for items in record.lists.values():
            records += items.items
    return snapshot
