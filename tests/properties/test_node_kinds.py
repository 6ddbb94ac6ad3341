"""Random policies hold every form that a policy can have: what is never drawn is never tested.

Nodes, orders, relations, quantities and terms of conditions are counted in `tests/interpreters/test_generators.py`;
here the forms of whole policies, of times in force and of readings, and that the strategies near a policy keep to
sound snapshots and meet more verdicts than plain ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import get_args

import pytest
from laws import reachable, terms_reached
from trials import MENU, Trial, by_program, pools_of, random_trial, shipped_trial, shipped_world
from worlds import REAL, TOY, snapshot_of

from validator.interpreters.strategies import (
    Chooser,
    Json,
    Menu,
    Pools,
    World,
    directed_document,
    edited,
    random_document,
    random_policies,
    seeded,
)
from validator.interpreters.strategies.pools import windows_of
from validator.logic.expr import Condition, Field, Literal, Quantity, SetRelation, Term
from validator.logic.policy import Modality, Norm, Policy, PolicySet, Reading
from validator.logic.values import Order


def forms_of(policies: PolicySet, policy: Policy) -> list[str]:
    """The forms that a policy has, by name."""
    found = [type(policy).__name__]
    for window in windows_of(policy):
        ends = [name for name in ("first", "last", "judged_from", "judged_through") if getattr(window, name)]
        found.append("window " + (" ".join(ends) or "always"))
        found.append(f"window of a point {window.judged_from == window.judged_through}")
    for reading in policy.readings:
        found += [f"reading {form}" for form in _changes(reading)]
    if isinstance(policy, Norm):
        found += [policy.modality.value, f"{len(policy.exceptions)} exceptions"]
    else:
        found.append(f"{len(policy.exclusions)} exclusions")
    for node in reachable(policies, policy):
        found.append(type(node).__name__)
        found += [
            str(getattr(node, name).value) for name in ("quantity", "relation", "order") if hasattr(node, name)
        ]
    return found + [type(term).__name__ for term in terms_reached(policies, policy)]


def _changes(reading: Reading) -> list[str]:
    names = ("definitions", "registers", "without_exceptions", "admit_press")
    found = [name for name in names if getattr(reading, name)]
    values = reading.parameters.values()
    found += ["parameter by value"] if any(isinstance(value, Literal) for value in values) else []
    return found + (["parameter by field"] if any(isinstance(value, Field) for value in values) else [])


@pytest.fixture(scope="module")
def counted() -> Counter[str]:
    found: Counter[str] = Counter()
    for seed in range(250):
        policies = random_policies(TOY, seeded(seed), 4, MENU)
        found.update(form for policy in policies.policies() for form in forms_of(policies, policy))
    return found


@pytest.mark.parametrize(
    "form",
    [
        *("Norm", "Decision", "0 exceptions", "1 exceptions", "2 exceptions", "0 exclusions", "2 exclusions"),
        *(modality.value for modality in Modality),
        *("window always", "window first", "window last", "window first last"),
        *("window judged_from judged_through", "window first judged_from judged_through"),
        *("window last judged_from judged_through", "window first last judged_from judged_through"),
        *("window of a point True", "window of a point False"),
        *(f"reading {name}" for name in ("definitions", "registers", "without_exceptions", "admit_press")),
        *("reading parameter by value", "reading parameter by field"),
        *(kind.__name__ for kind in (*get_args(Condition), *get_args(Term))),
        *(word.value for words in (Quantity, SetRelation, Order) for word in words),
    ],
)
def test_every_form_of_a_policy_is_drawn(counted: Counter[str], form: str) -> None:
    assert counted[form] > 0


def test_no_kind_of_node_is_left_out_of_the_trials_of_the_laws() -> None:
    names = {kind.__name__ for kind in get_args(Condition)}
    seen: set[str] = set()
    for seed in range(60):
        trial = random_trial(seeded(seed))
        seen |= {type(node).__name__ for p in trial.policies.policies() for node in reachable(trial.policies, p)}
    assert names <= seen


# --- strategies near a policy --------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("world", [TOY, REAL, None], ids=["toy", "published", "shipped"])
def test_snapshots_near_a_policy_are_sound(world: World | None, seed: int) -> None:
    choose = seeded(seed)
    found = world or shipped_world()
    policies = random_policies(found, choose, 3, Menu(known=True)) if world else found.policies
    pools = Pools(policies)
    document = directed_document(found, choose, policies, pools)
    for sound in (random_document(found, choose, pools), document, edited(found, choose, document, pools)):
        snapshot_of(found, sound)


def cells(make: Callable[[Chooser], Json], count: int) -> set[tuple[str, str, str | None]]:
    """The verdicts of shipped policies that so many snapshots meet."""
    world = shipped_world()
    found = set()
    for seed in range(count):
        document = make(seeded(seed))
        trial = Trial(world, world.policies, document, date.fromisoformat(document["as_of"]))
        found |= {(policy, *verdict) for (policy, _), (verdict, _) in trial.judged(by_program).items()}
    return found


def test_snapshots_near_a_policy_meet_more_verdicts_than_plain_ones() -> None:
    world = shipped_world()
    pools = pools_of(world.policies)
    plain = cells(lambda choose: random_document(world, choose), 60)
    directed = cells(lambda choose: directed_document(world, choose, world.policies, pools), 60)
    assert len(directed) > len(plain) * 1.3


def test_the_constants_of_a_policy_and_their_neighbours_are_in_the_pools() -> None:
    world = shipped_world()
    pools = pools_of(world.policies)
    chat = world.vocabulary.record_of("chats")
    assert {"vk_messenger", "max"} <= set(pools.options(chat.fields["platform"], world))
    days = pools.options(chat.fields["last_message_on"], world)
    assert {"2024-12-31", "2025-01-01", "2025-01-02"} <= set(days)
    assert {date(2025, 5, 31), date(2025, 6, 1)} <= set(pools.days)
    untouched = [field for field in chat.fields.values() if not pools.of(field).values and field.kind.is_number]
    assert all(pools.options(field, world) == [] for field in untouched)


def test_a_trial_is_the_same_each_time() -> None:
    assert shipped_trial(seeded(3)).document == shipped_trial(seeded(3)).document
    assert random_trial(seeded(3)) == random_trial(seeded(3))
