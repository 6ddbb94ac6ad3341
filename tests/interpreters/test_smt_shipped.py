"""The solver on the shipped set: it takes every policy, and says of real snapshots what the reference says."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from smt_pairs import disagreements

from validator.cli.context import load_library
from validator.interpreters.smt.answer import Limits
from validator.interpreters.smt.ask import ask
from validator.interpreters.smt.quantified import Opinion, second_opinion
from validator.interpreters.smt.query import (
    Judged,
    Setting,
    all_judged,
    complies,
    moved,
    somewhere,
    stays,
    violated,
)
from validator.language.library import Library
from validator.language.source import read_json, read_yaml
from validator.logic.policy import Decision
from validator.logic.proof import Status
from validator.snapshots.read import read_snapshot

FIXTURES = Path(__file__).parents[2] / "fixtures" / "organizations"
SMALL = [
    "company-share-50-00.yaml",
    "school-unknown-service.yaml",
    "spb-school-transfer-week.yaml",
]


@lru_cache(maxsize=1)
def library() -> Library:
    """The shipped set."""
    return load_library(())


@lru_cache(maxsize=1)
def setting() -> Setting:
    """What is possible for the shipped set."""
    found = library()
    invariants = tuple(found.vocabulary.invariants.values())
    return Setting(found.vocabulary, found.names, invariants, found.policies)


def parts() -> list[Judged]:
    """Every policy on each of its lists under each reading."""
    policies = library().policies
    return [part for policy in policies.policies() for part in all_judged(policies, policy)]


@pytest.mark.parametrize("name", SMALL)
def test_the_solver_says_of_real_snapshots_what_the_reference_says(name: str) -> None:
    data = (FIXTURES / name).read_bytes()
    document = read_json(data, name) if name.endswith(".json") else read_yaml(data, name)
    snapshot = read_snapshot(document, library().vocabulary, library().names)[0]
    kinds: Counter[str] = Counter()
    assert list(disagreements(setting(), parts(), snapshot, kinds)) == []
    assert kinds["pairs"] >= 5 * 20


def test_every_policy_is_decided_for_lists_of_any_length_save_shares_of_counts() -> None:
    bounded = set()
    for part in parts():
        decision = isinstance(part.policy, Decision)
        for query in (moved(part), stays(part)) if decision else (violated(part), complies(part)):
            answer = ask(setting(), somewhere(part, query), witness=False)
            assert answer.status in (Status.WITNESS, Status.PROVED), part.policy.id
            if not answer.exact:
                bounded.add(part.policy.id)
    assert bounded == {"FM-RU"}


def test_violations_of_the_shipped_norms_have_witnesses() -> None:
    shown = 0
    for part in parts()[::3]:  # `ask` replays each of them
        answer = ask(setting(), somewhere(part, violated(part)))
        shown += answer.witness is not None
    assert shown > 25


def test_the_second_encoding_agrees_on_shipped_policies() -> None:
    found: Counter[Opinion] = Counter()
    for part in parts()[::12]:
        query = somewhere(part, complies(part))
        opinion = second_opinion(setting(), query, ask(setting(), query, witness=False), Limits(timeout=1_000))
        assert opinion is not Opinion.DISAGREES, part.policy.id
        found[opinion] += 1
    assert found[Opinion.AGREES] > 4
