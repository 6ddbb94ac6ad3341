"""The compiled program agrees with the reference everywhere, and a fault in it would be seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from differential import POLICIES, SNAPSHOTS, disagreements, everywhere, seen, trial
from worlds import NIGHTLY, REAL

from validator.interpreters.compile.parts import parts_of
from validator.interpreters.compile.policies import source_of
from validator.interpreters.strategies import random_policies, seeded
from validator.logic.expr import (
    TRUE,
    AllOf,
    AnyOf,
    AsOf,
    Compare,
    CountOf,
    Follow,
    Fresh,
    Known,
    ListedIn,
    Literal,
    Meets,
    Not,
    OneOf,
    ParameterValue,
    Quantified,
    Quantity,
    Ratio,
    SetRelation,
    SetTest,
    Shifted,
    Sum,
    Undecided,
)
from validator.logic.frozen import replace
from validator.logic.policy import Clauses, Reading, Window
from validator.logic.values import Order

CHUNKS = 24
SEEDS = 1_000 if NIGHTLY else 18  # per chunk; nightly more than a million pairs, in CI more than twenty thousand


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_compiled_program_agrees_with_the_reference(chunk: int) -> None:
    for seed in range(chunk * SEEDS, (chunk + 1) * SEEDS):
        assert disagreements(seed) == []


def test_enough_pairs_are_compared() -> None:
    assert CHUNKS * SEEDS * POLICIES * SNAPSHOTS >= 20_000


CLOSE = {
    Order.AT_LEAST: Order.MORE_THAN,
    Order.AT_MOST: Order.LESS_THAN,
    Order.MORE_THAN: Order.AT_LEAST,
    Order.LESS_THAN: Order.AT_MOST,
    Order.BEFORE: Order.ON_OR_BEFORE,
    Order.ON_OR_BEFORE: Order.BEFORE,
    Order.AFTER: Order.ON_OR_AFTER,
    Order.ON_OR_AFTER: Order.AFTER,
    Order.IS: Order.IS,
}
SETS = {
    SetRelation.CONTAINS_ANY: SetRelation.CONTAINS_ALL,
    SetRelation.CONTAINS_ALL: SetRelation.WITHIN,
    SetRelation.WITHIN: SetRelation.CONTAINS_ALL,
}
QUANTITIES = {
    Quantity.SOME: Quantity.EVERY,
    Quantity.EVERY: Quantity.NO,
    Quantity.NO: Quantity.EVERY,
}


def _of(kind: type, change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda node: change(node) if isinstance(node, kind) else node


def _fewer(node: OneOf) -> OneOf:
    return replace(node, values=frozenset(sorted(node.values, key=repr)[1:]))


def _later(node: Shifted) -> Shifted:
    return replace(node, days=node.days + 1) if isinstance(node.days, int) else node


FAULTS: dict[str, Callable[[Any], Any]] = {
    "a comparison takes the other side of its bound": _of(Compare, lambda n: replace(n, order=CLOSE[n.order])),
    "an equality is never true": _of(Compare, lambda n: AnyOf(()) if n.order is Order.IS else n),
    "a membership loses a value": _of(OneOf, _fewer),
    "sets are compared the wrong way": _of(SetTest, lambda n: replace(n, relation=SETS[n.relation])),
    "a quantifier is another one": _of(Quantified, lambda n: replace(n, quantity=QUANTITIES[n.quantity])),
    "what a reference leads to is turned round": _of(Follow, Not),
    "a register is not asked": _of(ListedIn, lambda n: Known(n.field)),
    "a definition is turned round": _of(Meets, Not),
    "a question nobody settled is settled": _of(Undecided, lambda _: TRUE),
    "freshness is not asked": _of(Fresh, lambda n: n.body),
    "what is known is turned round": _of(Known, Not),
    "and is read as or": _of(AllOf, lambda n: AnyOf(n.parts) if n.parts else n),
    "or is read as and": _of(AnyOf, lambda n: AllOf(n.parts) if n.parts else n),
    "a negation is lost": _of(Not, lambda n: n.part),
    "the wrong items are counted": _of(CountOf, lambda n: replace(n, body=Not(n.body))),
    "a share is turned round": _of(Ratio, lambda n: replace(n, part=n.whole, whole=n.part)),
    "a total loses a term": _of(Sum, lambda n: replace(n, terms=n.terms[:-1]) if len(n.terms) > 1 else n),
    "a day is moved too far": _of(Shifted, _later),
    "today is tomorrow": _of(AsOf, lambda n: Shifted(n, 1)),
    "another parameter of the kind is read": _of(
        ParameterValue, lambda n: replace(n, name={"few": "within", "start": "gap"}.get(n.name, n.name))
    ),
    "the judged day is the law date": _of(Window, lambda n: replace(n, judged_from=None, judged_through=None)),
    "the window never ends": _of(Window, lambda n: replace(n, last=None)),
    "exceptions are forgotten": _of(Clauses, lambda n: replace(n, exceptions=())),
    "a reading keeps its exceptions": _of(Reading, lambda n: replace(n, without_exceptions=())),
    "a reading keeps its definitions": _of(Reading, lambda n: replace(n, definitions={})),
    "a reading keeps its registers": _of(Reading, lambda n: replace(n, registers={})),
    "a reading keeps its parameters": _of(Reading, lambda n: replace(n, parameters={})),
    "a reading does not admit the press": _of(Reading, lambda n: replace(n, admit_press=())),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_any_part_of_the_language_is_seen(name: str) -> None:
    assert any(seen(seed, FAULTS[name]) for seed in range(400))


def test_a_change_that_changes_nothing_leaves_policies_as_they_are() -> None:
    for seed in range(20):
        policies = trial(seed).policies
        assert everywhere(policies, lambda node: node) == policies


def test_the_program_of_a_policy_set_is_always_the_same_text() -> None:
    texts = set()
    for _ in range(2):
        policies = random_policies(REAL, seeded(5), 12)
        texts.add(source_of(policies, REAL.vocabulary, parts_of(policies)))
    assert len(texts) == 1


def test_a_trial_is_the_same_each_time() -> None:
    assert trial(3).policies == trial(3).policies


def test_texts_of_policies_enter_the_program_as_constants_only() -> None:
    hostile = "'); import os; os._exit(1); ('"
    found = random_policies(REAL, seeded(1), 0)
    definition = next(iter(found.definitions.values()))
    field = next(node.field for node in [definition.when] if isinstance(node, OneOf))
    changed = replace(definition, name=hostile, when=OneOf(field, frozenset({hostile})))
    norm = next(iter(random_policies(REAL, seeded(2), 6).norms.values()))
    clauses = replace(norm.clauses[0], applies_when=Meets(hostile, "organization"))
    policies = replace(
        found,
        definitions={**found.definitions, hostile: changed},
        norms={"N": replace(norm, id="N", clauses=(clauses,))},
    )
    text = source_of(policies, REAL.vocabulary, parts_of(policies))
    assert "os._exit" in text
    assert "import" not in text.replace(repr(hostile), "")
    assert Literal(hostile)
