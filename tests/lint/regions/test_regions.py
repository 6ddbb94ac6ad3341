"""Where the search says that something is possible there are such facts, and where not there are none.

What it calls possible is shown by one snapshot out of the box it found, which the product's reader accepts and the
reference evaluator judges. What it calls impossible is looked for among random snapshots and, of conditions on one
record, among all combinations of the values that matter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from boxes import Builder, NotShown
from worlds import NO_OVERRIDES, REAL, TOY, case_for, read, snapshot_of, subjects

from validator.interpreters.evaluate import evaluate
from validator.interpreters.strategies import (
    DAY,
    Menu,
    World,
    random_condition,
    random_document,
    seeded,
    subject_of,
)
from validator.interpreters.terms import Env
from validator.journeys.lint.regions.references import points
from validator.journeys.lint.regions.search import Possible, Search
from validator.language.scopes import scope_of
from validator.logic.expr import AsOf, Compare, Condition, Field, Known, Literal, Meets, terms_of, walk
from validator.logic.facts import Snapshot
from validator.logic.policy import Window
from validator.logic.shape import Kind
from validator.logic.truth import truth
from validator.logic.values import Order, SpecialDay, Value

WORLDS = {"toy": TOY, "real": REAL}
ABOUT = {
    "toy": ("organization", "people", "people.tasks"),
    "real": ("organization", "chats", "chats.ranks", "uses"),
}
MENU = Menu(known=False, undecided=False)
ROUNDS, SNAPSHOTS = 500, 40
Goals = list[tuple[Condition, bool]]


def drawn(world: World, seed: int, about: str, menu: Menu = MENU) -> Goals:
    """A few conditions on what is judged, each with the truth it must have."""
    choose = seeded(seed)
    scope = scope_of(world.vocabulary, about)
    parts = [random_condition(world, choose, scope, menu) for _ in range(choose.one((1, 2, 3)))]
    return [(part, choose.chance(60)) for part in parts]


def asked(world: World, about: str, goals: Goals) -> Possible:
    nodes = [node for condition, _ in goals for node in walk(condition)]
    search = Search(
        world.policies,
        world.vocabulary.root,
        NO_OVERRIDES,
        subject_of(world, about),
        Window(),
        mindful=any(isinstance(node, Known) for node in nodes),
        pointed=any(points(node) for node in nodes),
    )
    return search.possible(goals)


def met(world: World, snapshot: Snapshot, env: Env, goals: Goals) -> bool:
    case = case_for(world, snapshot)
    return all(evaluate(case, env, condition).truth is truth(wanted) for condition, wanted in goals)


@pytest.mark.parametrize("name", WORLDS)
def test_what_is_called_possible_is_shown_by_a_snapshot_out_of_the_box(name: str) -> None:
    world, shown = WORLDS[name], 0
    for seed in range(ROUNDS):
        about = ABOUT[name][seed % len(ABOUT[name])]
        goals = drawn(world, seed, about)
        answer = asked(world, about, goals)
        if answer.yes:
            assert answer.box is not None
            try:
                document = Builder(world, answer.box).document()
            except NotShown:
                continue
            snapshot = snapshot_of(world, document)
            _, env = subjects(world, snapshot, about)[0]
            assert met(world, snapshot, env, goals), (seed, document)
            shown += 1
    assert shown > ROUNDS / 4


@pytest.mark.parametrize("name", WORLDS)
def test_what_is_called_impossible_is_found_in_no_random_snapshot(name: str) -> None:
    world, found = WORLDS[name], Counter[bool | None]()
    snapshots = [snapshot_of(world, random_document(world, seeded(seed))) for seed in range(SNAPSHOTS)]
    for seed in range(ROUNDS):
        about = ABOUT[name][seed % len(ABOUT[name])]
        goals = drawn(world, seed, about)
        answer = asked(world, about, goals)
        found[answer.yes] += 1
        if answer.yes is False:
            for snapshot in snapshots:
                for _, env in subjects(world, snapshot, about):
                    assert not met(world, snapshot, env, goals), (seed, goals)
    assert min(found.values()) > ROUNDS / 20


# --- dated data ------------------------------------------------------------------------------------------------


def real(*structures: dict[str, Any], on: int = 0) -> bool | None:
    """Whether all that is said of the organization can be so, so many days before the usual day."""
    goals: Goals = [(read(REAL, "organization", structure), True) for structure in structures]
    goals.append((Compare(AsOf(), Order.IS, Literal(REAL.as_of - on * DAY)), True))
    return asked(REAL, "organization", goals).yes


@pytest.mark.parametrize(("days_ago", "on", "off"), [(4, False, True), (3, False, False), (2, True, False)])
def test_an_announced_entry_is_neither_on_the_register_nor_off_it(days_ago: int, on: bool, off: bool) -> None:
    beta = {"services": {"some": {"service": "beta", "in_russian_registry": True}}}
    listed = {"services": {"every": {"service": {"listed_in": "foreign"}}}}
    unlisted = {"services": {"no": {"service": {"listed_in": "foreign"}}}}
    assert real(beta, listed, on=days_ago) is on
    assert real(beta, unlisted, on=days_ago) is off


@pytest.mark.parametrize(("region", "days_ago", "possible"), [("78", 1, True), ("78", 2, False), ("50", 2, True)])
def test_the_most_specific_row_of_a_parameter_counts(region: str, days_ago: int, possible: bool) -> None:
    """The start lies two days back, and one day back for the region 78."""
    began = {"roadmap": {"started_on": {"is": {"param": "start"}}}}
    before = {"roadmap": {"started_on": {"on_or_before": (REAL.as_of - days_ago * DAY).isoformat()}}}
    assert real({"region": region}, began, before) is possible


# --- all combinations ------------------------------------------------------------------------------------------

PLAIN = Menu(known=True, undecided=False, definitions=False, ratios=False, depth=2)
MOST_FIELDS, MOST_COMBINATIONS = 3, 600


def own_fields(goals: Goals) -> list[Field] | None:
    """The fields of the judged record that conditions read, None when they read anything else."""
    found: dict[tuple[str, ...], Field] = {}
    for condition, _ in goals:
        for node in walk(condition):
            terms = terms_of(node)
            fields = [term for term in terms if isinstance(term, Field)]
            if isinstance(node, Meets) or any(field.scope != "organization" for field in fields):
                return None
            if "items" in dir(node) or any("items" in dir(term) for term in terms):
                return None
            found |= {field.path: field for field in fields}
    return [*found.values()] if 0 < len(found) <= MOST_FIELDS else None


def values_of(world: World, field: Field) -> list[Value | None]:
    """Every value that could make a difference: the pools of the conditions, their neighbours, and no value."""
    shape = field.shape
    match shape.kind:
        case Kind.BOOLEAN:
            known: list[Value] = [True, False]
        case Kind.ENUM:
            known = [word for word in shape.values if word not in shape.unknown_values]
        case Kind.SERVICE:
            known = sorted({world.names.service(name) for name in world.services})
        case Kind.INTEGER:
            known = [*range(-3, 8)]
        case Kind.DECIMAL:
            ends = (-1, 0, 1, 2, 3, 25, 50, 100)
            known = [
                Decimal(end) + step for end in ends for step in (Decimal("-0.01"), Decimal(0), Decimal("0.01"))
            ]
        case Kind.DATE:
            days: list[Value] = [world.as_of - k * DAY for k in range(-9, 10)]
            known = days + [word for word in SpecialDay if word.value in shape.special]
        case Kind.SET:
            words = sorted(shape.values)[:3]
            known = [frozenset(w for i, w in enumerate(words) if bits >> i & 1) for bits in range(2 ** len(words))]
        case _:
            return []
    return [None, *(value for value in known if fits(world, field, value))]


def fits(world: World, field: Field, value: Value) -> bool:
    """Whether the reader would take a value by itself."""
    shape = field.shape
    if isinstance(value, date):
        return shape.future or value <= world.as_of
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        lows = [shape.min_value, shape.at_least.number if shape.at_least else None]
        highs = [shape.max_value, shape.at_most.number if shape.at_most else None]
        return all(low is None or low <= value for low in lows) and all(h is None or value <= h for h in highs)
    return True


def combinations(world: World, fields: list[Field]) -> Iterator[Snapshot]:
    """A snapshot of the organization alone for each combination of values."""
    pools = [values_of(world, field) for field in fields]
    if not all(pools) or len([*product(*pools)]) > MOST_COMBINATIONS:
        return
    document = {
        "schema": "sverka.snapshot/1",
        "as_of": world.as_of.isoformat(),
        "organization": {"inn": "7800000002", "region": "50", "kind": "school"},
        "coverage": {},
    }
    snapshot = snapshot_of(world, document)
    for values in product(*pools):
        for field, value in zip(fields, values, strict=True):
            record = snapshot.root
            for name in field.path[:-1]:
                record = record.records[name]
            record.values.pop(field.path[-1], None)
            if value is not None:
                record.values[field.path[-1]] = value
        yield snapshot


def test_of_one_record_all_combinations_of_values_say_the_same() -> None:
    compared = Counter[bool | None]()
    for seed in range(6000):
        goals = drawn(TOY, seed, "organization", PLAIN)
        fields = own_fields(goals)
        if fields is None or any(field.path[0] in ("region", "kind", "inn", "public_share") for field in fields):
            continue
        goals.append((Compare(AsOf(), Order.IS, Literal(TOY.as_of)), True))
        answer = asked(TOY, "organization", goals)
        found = combinations(TOY, fields)
        some = [met(TOY, snapshot, {"organization": snapshot.root}, goals) for snapshot in found]
        if some and answer.yes is not None:
            assert any(some) is answer.yes, (seed, goals)
            compared[answer.yes] += 1
    assert min(compared[True], compared[False]) > 30, compared
