"""What must be true of the shipped policies whatever the facts are: `NORMS.md`, section 4.

Proved by the solver, or shown possible by it; what speaks of a change of facts is tried on snapshots near a policy.
Monotone information is P1, pseudonyms and order P2, days that move together P7; gaps are found by `prove` (ANA-A9).
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable
from datetime import date

import pytest
from trials import Trial, by_reference, pools_of, restricted, shipped_world
from worlds import snapshot_of

from validator.interpreters.judge import case_of, environments, judge_decision
from validator.interpreters.readings import readings_of
from validator.interpreters.smt.query import (
    Both,
    ForSome,
    Judged,
    Query,
    Setting,
    applies,
    judged,
    met,
    somewhere,
    violated,
)
from validator.interpreters.strategies import DAY, Json, directed_document, seeded
from validator.logic.expr import Field, terms_of, walk
from validator.logic.policy import Modality
from validator.logic.proof import Status
from validator.logic.truth import Truth


@functools.cache
def setting() -> Setting:
    world = shipped_world()
    invariants = tuple(world.vocabulary.invariants.values())
    return Setting(world.vocabulary, world.names, invariants, world.policies)


def norm(name: str) -> Judged:
    policies = shipped_world().policies
    return judged(policies, policies.norms[name])


def answer(query: Query) -> Status:
    pytest.importorskip("z3")
    from validator.interpreters.smt.ask import ask

    return ask(setting(), query).status


def satisfied(part: Judged, item: str) -> Query:
    return Both((applies(part, item), met(part, item)))


def together(one: str, other: str, state: Callable[[Judged, str], Query]) -> Query:
    """That two norms are in a state at once, each on some item of its own."""
    a, b = norm(one), norm(other)
    return ForSome(a.subject, ForSome(b.subject, Both((state(a, "a"), state(b, "b"))), "b"), "a")


# --- proved --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("other", ["FM-CIT", "FM-B2B"])
def test_one_use_never_violates_the_ban_and_a_norm_that_permits_it(other: str) -> None:
    ban, permitted = norm("FM-BAN"), norm(other)
    both = Both((violated(ban), applies(permitted), met(permitted)))
    assert answer(somewhere(ban, Both((violated(ban), violated(permitted))))) is Status.PROVED
    assert answer(somewhere(ban, both)) is Status.PROVED


def test_one_use_may_violate_the_ban_and_the_protection_of_data() -> None:
    ban, data = norm("FM-BAN"), norm("FM149-PD")
    assert answer(somewhere(ban, Both((violated(ban), violated(data))))) is Status.WITNESS


@pytest.mark.parametrize(("one", "other"), [("LNA-MAX", "LNA-NOFORCE"), ("PL-STAFFMAX", "ALT-EXIST")])
def test_two_norms_can_be_satisfied_at_once(one: str, other: str) -> None:
    assert answer(together(one, other, satisfied)) is Status.WITNESS


def test_who_keeps_the_term_of_st_petersburg_keeps_the_federal_one() -> None:
    federal, special = norm("RM-MGMT-FED"), norm("RM-MGMT-SPB")
    broken = Both((violated(federal, "a"), applies(special, "b"), met(special, "b")))
    assert answer(ForSome(federal.subject, ForSome(special.subject, broken, "b"), "a")) is Status.PROVED


def test_no_duty_of_a_parent_or_a_student_is_to_be_in_max() -> None:
    """A refusal is never what an organization is blamed for: no requirement on a family reads its `max_status`."""
    for found in shipped_world().policies.norms.values():
        if found.modality in (Modality.OBLIGATION, Modality.PROHIBITION):
            for clauses in found.clauses:
                terms = [term for node in walk(clauses.requirement) for term in terms_of(node)]
                named = {term.path for term in terms if isinstance(term, Field) and term.scope == "guardian"}
                assert ("max_status",) not in named, found.id


# --- tried ---------------------------------------------------------------------------------------------------


def near(name: str, seed: int) -> Trial:
    """A snapshot near a policy."""
    world = shipped_world()
    policies = restricted(world.policies, {name})
    (policy,) = policies.policies()
    document = directed_document(world, seeded(seed), world.policies, pools_of(world.policies), policy)
    return Trial(world, policies, document, date.fromisoformat(document["as_of"]))


def test_a_condition_of_the_transfer_and_its_exclusion_are_opposites_under_every_reading() -> None:
    decision = shipped_world().policies.decisions["XF-AUTO"]
    seen: set[Truth] = set()
    for seed in range(25):
        trial = near("XF-AUTO", seed)
        snapshot = trial.snapshot
        for _, env in environments(snapshot, decision.subject):
            for readings in readings_of(decision):
                case = case_of(trial.policies, snapshot, trial.day, readings, env, decision.window)
                found = judge_decision(decision, case, env)
                names = [test.id for test in (*decision.criteria, *decision.exclusions)]
                truths = dict(zip(names, [o.truth for o in (*found.criteria, *found.exclusions)], strict=True))
                assert truths["XF-P3"] is ~truths["XF-E6"]
                seen.add(truths["XF-P3"])
    assert seen == set(Truth)


def test_the_two_literal_texts_of_the_transfer_meet_on_one_day() -> None:
    """What is on time by “on or after” and too early by “after”: 1 January 2025 and no other day."""
    decision = shipped_world().policies.decisions["XF-AUTO"]
    readings = {found[-1].id: found for found in readings_of(decision)}
    overlap: set[date] = set()
    document: Json = {
        "schema": "sverka.snapshot/1",
        "as_of": "2025-10-01",
        "organization": {"inn": "7800000002", "region": "78", "kind": "school"},
        "coverage": {"chats": "complete"},
    }
    for day in (date(2025, 1, 1) + n * DAY for n in range(-3, 4)):
        document["chats"] = [{"ref": "h_1", "last_message_on": day.isoformat()}]
        snapshot = snapshot_of(shipped_world(), document)
        truths = {}
        for name in ("on-or-after", "strictly-after"):
            ((_, env),) = environments(snapshot, decision.subject)
            policies = shipped_world().policies
            case = case_of(policies, snapshot, snapshot.as_of, readings[name], env, decision.window)
            found = judge_decision(decision, case, env)
            truths[name] = dict(
                zip([c.id for c in decision.criteria], [o.truth for o in found.criteria], strict=True)
            )
        if truths["on-or-after"]["XF-P3"] is Truth.TRUE and truths["strictly-after"]["XF-P3"] is Truth.FALSE:
            overlap.add(day)
    assert overlap == {date(2025, 1, 1)}


@pytest.mark.parametrize("part", ["admins", "ranks"])
def test_one_more_owner_never_leaves_a_chat_behind(part: str) -> None:
    tried = 0
    for seed in range(150):
        trial = near("XF-AUTO", seed)
        for key, (verdict, _) in trial.judged(by_reference).items():
            if verdict[0] == "moved":
                more = copy.deepcopy(trial.document)
                index = int(key[1].partition("[")[2].rstrip("]"))
                more["chats"][index].setdefault(part, []).append({})
                assert trial.on(more).judged(by_reference)[key][0][0] != "stays"
                tried += 1
    assert tried
