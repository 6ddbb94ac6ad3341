"""The generators make every kind of node and every operator, sound snapshots only, and conditions with words.

A part of the language that the generators never make would go untested everywhere else.
"""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest
from hypothesis import given
from worlds import REAL, TOY, often, read, snapshot_of, subjects, truth_of

from validator.interpreters.strategies import (
    Chooser,
    Menu,
    World,
    choosers,
    forget,
    random_condition,
    random_decision,
    random_document,
    random_norm,
    rename_refs,
    seeded,
    shuffle,
)
from validator.language.printer import UnprintableError, structure_of
from validator.language.scopes import scope_of
from validator.logic.expr import (
    AllOf,
    AsOf,
    Compare,
    Condition,
    CountOf,
    Field,
    Follow,
    Fresh,
    Known,
    Literal,
    Not,
    Quantified,
    Quantity,
    Ratio,
    SetRelation,
    SetTest,
    Term,
    terms_of,
    walk,
)
from validator.logic.policy import Modality
from validator.logic.shape import Kind
from validator.logic.truth import Truth
from validator.logic.values import DAY_ORDERS, Order, SpecialDay

FULL = Menu(known=True)
ENOUGH = 500


def conditions(world: World, count: int) -> list[Condition]:
    """Random conditions on the organization and on the items of every list."""
    paths = ["organization", *world.vocabulary.lists]
    return [
        random_condition(world, seeded(seed), scope_of(world.vocabulary, paths[seed % len(paths)]), FULL)
        for seed in range(count)
    ]


def parts_of(condition: Condition) -> list[str]:
    """Everything a condition is made of, by name: nodes, orders, relations, terms and what they are used for."""
    found: list[str] = []
    for node in walk(condition):
        found.append(type(node).__name__)
        found += [type(term).__name__ for term in terms_of(node)]
        match node:
            case Quantified(quantity=quantity):
                found.append(f"Quantified {quantity.value}")
            case SetTest(relation=relation, values=values):
                found.append(f"SetTest {relation.value} {type(values).__name__}")
            case Compare(left=left, order=order, right=right):
                found.append(f"Compare {order.value}")
                found.append(f"Compare {type(left).__name__} with {type(right).__name__}")
                if isinstance(left, CountOf | Ratio) and order is Order.IS:
                    found.append(f"{type(left).__name__} is")
                if isinstance(left, Field):
                    found.append(f"Compare of {left.shape.kind.value}")
                    if right == Literal(frozenset()):
                        found.append("empty")
                if isinstance(right, Literal) and isinstance(right.value, SpecialDay):
                    found.append(f"special {right.value.value}")
            case Fresh(within=within):
                found.append(f"Fresh within {type(within).__name__}")
            case Not(part):
                found.append(f"Not {type(part).__name__}")
            case _:
                pass
    return found


def nesting(condition: Condition) -> int:
    """How many quantifiers and references stand inside one another."""
    inner = max((nesting(part) for part in walk(condition)[1:]), default=0)
    return inner + isinstance(condition, Quantified | Follow)


@pytest.fixture(scope="module")
def coverage() -> Counter[str]:
    return Counter(part for condition in conditions(TOY, 4_000) for part in parts_of(condition))


@pytest.mark.parametrize("kind", [*get_args(Condition), *get_args(Term)], ids=lambda kind: kind.__name__)
def test_every_kind_of_node_is_generated(coverage: Counter[str], kind: type) -> None:
    assert coverage[kind.__name__] > 0


@pytest.mark.parametrize("order", Order)
def test_every_order_is_generated(coverage: Counter[str], order: Order) -> None:
    assert coverage[f"Compare {order.value}"] > 0


@pytest.mark.parametrize("relation", SetRelation)
def test_every_relation_of_sets_is_generated_with_values_and_with_fields(
    coverage: Counter[str], relation: SetRelation
) -> None:
    assert coverage[f"SetTest {relation.value} Literal"] > 0
    assert coverage[f"SetTest {relation.value} Field"] > 0


@pytest.mark.parametrize("quantity", Quantity)
def test_every_quantifier_is_generated(coverage: Counter[str], quantity: Quantity) -> None:
    assert coverage[f"Quantified {quantity.value}"] > 0


@pytest.mark.parametrize(
    "combination",
    [
        *(f"Compare Field with {name}" for name in ("Literal", "Field", "ParameterValue", "AsOf", "Shifted")),
        *(f"Compare CountOf with {name}" for name in ("Literal", "Field", "ParameterValue")),
        *(f"Compare Sum with {name}" for name in ("Literal", "Field", "ParameterValue")),
        *(f"Compare of {kind.value}" for kind in Kind if kind not in (Kind.INSTANT, Kind.RECORD, Kind.LIST)),
        *("Compare Ratio with Literal", "CountOf is", "Ratio is", "empty", "special never", "special open_ended"),
        *("Fresh within int", "Fresh within ParameterValue", "Not Compare", "Not OneOf", "Not Known"),
    ],
)
def test_every_use_of_a_term_is_generated(coverage: Counter[str], combination: str) -> None:
    assert coverage[combination] > 0


def test_quantifiers_and_references_are_nested_three_deep() -> None:
    assert max(nesting(condition) for condition in conditions(TOY, ENOUGH)) >= 3


@pytest.mark.parametrize("world", [TOY, REAL], ids=["toy", "real"])
def test_conditions_come_out_true_false_and_unknown_often(world: World) -> None:
    found: Counter[Truth] = Counter()
    for seed in range(ENOUGH):
        choose = seeded(seed)
        snapshot = snapshot_of(world, random_document(world, choose))
        condition = random_condition(world, choose, scope_of(world.vocabulary, "organization"))
        found[truth_of(world, snapshot, condition)] += 1
    assert min(found[truth] for truth in Truth) > ENOUGH // 10


def test_policies_of_every_modality_are_generated() -> None:
    norms = [random_norm(TOY, seeded(seed), "people") for seed in range(100)]
    assert {norm.modality for norm in norms} == {*Modality}
    windows = [norm.clauses[0].window for norm in norms]
    assert any(window.judged_from for window in windows)
    assert any(window.first and window.last for window in windows)
    assert any(len(norm.exceptions) > 1 for norm in norms)
    assert any(reading.parameters for norm in norms for reading in norm.readings)
    assert any(random_decision(TOY, seeded(seed), "people").exclusions for seed in range(20))


@often
@given(choosers())
def test_every_snapshot_is_sound_and_stays_so_when_it_is_changed(choose: Chooser) -> None:
    for world in (TOY, REAL):
        document = random_document(world, choose)
        for changed in (document, forget(world, choose, document), shuffle(choose, document)):
            snapshot_of(world, changed)
        snapshot_of(world, rename_refs(document, world.vocabulary))


@often
@given(choosers())
def test_a_printed_condition_read_again_is_the_same(choose: Chooser) -> None:
    for world in (TOY, REAL):
        path = choose.one(["organization", *world.vocabulary.lists])
        scope = scope_of(world.vocabulary, path)
        condition = random_condition(world, choose, scope, FULL)
        assert read(world, path, structure_of(condition, scope)) == condition


PRINTED = [
    ("organization", {"kind": "school", "bound": True}),
    ("organization", {"tags": {"empty": False}}),
    ("organization", {"tags": {"contains": "red"}}),
    ("organization", {"sum": {"of": ["public_share.federation", "public_share.region"], "more_than": "50"}}),
    ("people", {"grade": {"at_least": "1", "at_most": "3"}}),
    ("people", {"status": {"not_in": ["active", "left"]}}),
    ("people", {"desk": {"owner": {"status": "active"}, "shared": True}}),
    ("people", {"team": {"lead": {"status": {"known": False}}}}),
    ("people", {"tasks": {"some": {"urgent": True}, "count": {"of": {}, "is": "2"}}}),
    ("people", {"seen_on": {"is_not": "never"}}),
    ("people", {"first_on": {"after": {"as_of": {"plus_days": "-3"}}}}),
    (
        "people",
        {"ratio": {"of": {"tasks": {"count": {"urgent": True}}}, "to": {"tasks": {"count": {}}}, "at_least": "50"}},
    ),
    ("people", {"fresh": {"of": {"meets": "PERSON-NEW"}, "on": "seen_on", "within_days": {"param": "within"}}}),
    ("people.tasks", {"person": {"status": "active"}, "due_on": {"before": "as_of"}}),
    ("people.tasks", {"any": [{"urgent": True}, {"undecided": "C03"}]}),
    (
        "teams",
        {"organization": {"people": {"some": {"skills": {"contains": {"field": "mate.skill"}}}, "as": "mate"}}},
    ),
    ("teams", {"month": {"on_or_after": "2025-09"}}),
]


@pytest.mark.parametrize(("path", "structure"), PRINTED, ids=str)
def test_a_condition_is_printed_as_a_person_would_write_it(path: str, structure: dict[str, object]) -> None:
    condition = read(TOY, path, structure)
    assert structure_of(condition, scope_of(TOY.vocabulary, path)) == structure


def test_an_item_whose_name_is_hidden_by_a_field_is_reached_through_the_organization() -> None:
    structure = {"organization": {"teams": {"some": {"organization": {"person": {"status": "active"}}}}}}
    condition = read(TOY, "people", structure)
    printed = structure_of(condition, scope_of(TOY.vocabulary, "people"))
    assert read(TOY, "people", printed) == condition
    assert printed == structure


@pytest.mark.parametrize(
    "condition",
    [
        Compare(Literal(1), Order.LESS_THAN, Literal(2)),
        Compare(AsOf(), DAY_ORDERS[0], AsOf()),
        AllOf((Compare(AsOf(), Order.IS, AsOf()),)),
    ],
    ids=str,
)
def test_what_the_language_has_no_words_for_is_refused(condition: Condition) -> None:
    with pytest.raises(UnprintableError):
        structure_of(condition, scope_of(TOY.vocabulary, "people"))


def test_a_reference_is_followed_under_the_name_the_reader_gives() -> None:
    scope = scope_of(TOY.vocabulary, "people")
    condition = read(TOY, "people", {"team": {"open": True}})
    assert isinstance(condition, Follow)
    renamed = Follow(condition.reference, "mine", condition.body)
    with pytest.raises(UnprintableError):
        structure_of(renamed, scope)


def test_known_is_generated_only_when_asked_for() -> None:
    for seed in range(ENOUGH):
        condition = random_condition(TOY, seeded(seed), scope_of(TOY.vocabulary, "people"))
        assert not any(isinstance(node, Known) for node in walk(condition))


def test_subjects_are_the_items_of_the_list() -> None:
    snapshot = snapshot_of(TOY, random_document(TOY, seeded(3)))
    assert [item for item, _ in subjects(TOY, snapshot, "people")] == snapshot.root.lists["people"].items
