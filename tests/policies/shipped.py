"""The shipped policies as the tests here see them: loading, judging a snapshot, the truth of a definition."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from validator.interpreters.evaluate import evaluate
from validator.interpreters.judge import case_of, environments
from validator.interpreters.missing import ways_to_settle
from validator.journeys.check import check
from validator.language.library import Library, load, read_folder
from validator.language.nodes import Document, Mapping, Node, Scalar, Sequence
from validator.language.source import read_document
from validator.language.vocabulary import read_vocabulary
from validator.logic.expr import Meets
from validator.logic.facts import Snapshot
from validator.logic.frozen import replace
from validator.logic.policy import PolicySet, Reading, Subject, Window
from validator.logic.report import Result
from validator.resources import policies_folder, schema_bytes
from validator.snapshots.build import Pieces, build
from validator.snapshots.read import read_snapshot

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent


@functools.cache
def library() -> Library:
    """The policies that ship with the product."""
    return load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))


def stated(name: str) -> Any:
    """A data file of this folder, every scalar as it is written: nothing is guessed to be a number or a date."""
    return yaml.load((HERE / name).read_text(encoding="utf-8"), yaml.BaseLoader)


def snapshot_of(data: bytes, file: str) -> Snapshot:
    """A snapshot, read as strictly as the product reads it."""
    return read_snapshot(read_document(data, file), library().vocabulary, library().names)[0]


def only(policies: PolicySet, names: Iterable[str]) -> PolicySet:
    """The policy set with the named policies alone; data and definitions stay."""
    wanted = set(names)
    return replace(
        policies,
        norms={name: norm for name, norm in policies.norms.items() if name in wanted},
        decisions={name: decision for name, decision in policies.decisions.items() if name in wanted},
    )


def judged(snapshot: Snapshot, names: Iterable[str], law_date: date | None = None) -> list[Result]:
    """What the named policies say of a snapshot."""
    return check(snapshot, only(library().policies, names), law_date)


def verdict_of(result: Result) -> str:
    """The verdict, or the reason of an `ok`."""
    return (result["reason"] or "ok") if result["verdict"] == "ok" else result["verdict"]


def disputes_of(result: Result) -> dict[str, str]:
    """What the other readings say where it differs."""
    return {other["reading"]: other["verdict"] for other in result["disputed"] or ()}


def missing_of(result: Result) -> list[str]:
    """The facts without which the verdict stays unknown."""
    return sorted(fact["path"] for fact in result["missing"])


def readings_up_to(policy_id: str, reading_id: str) -> tuple[Reading, ...]:
    """The chosen reading of a policy, and another one on top of it."""
    policies = library().policies
    policy = policies.norms.get(policy_id) or policies.decisions[policy_id]
    return tuple(reading for reading in policy.readings if reading.chosen or reading.id == reading_id)


class Answer(NamedTuple):
    """The truth of a definition about one subject, and the smallest set of facts that could settle it."""

    truth: str
    missing: list[str]


def definition_of(
    snapshot: Snapshot, name: str, subject: str, law_date: date | None = None, readings: tuple[Reading, ...] = ()
) -> Answer:
    """What a definition comes to, asked of the evaluator itself.

    `subject` is a `ref`, the path of an item, or `organization`. Dated data are read on the law date.
    """
    policies = library().policies
    definition = policies.definitions[name]
    about = Subject(definition.about, definition.scopes, snapshot.root.shape)
    asked = Meets(name, definition.scopes[-1] if definition.scopes else "organization")
    for item, env in environments(snapshot, about):
        if subject in (item.ref, item.path):
            case = case_of(policies, snapshot, law_date or snapshot.as_of, readings, env, Window())
            outcome = evaluate(case, env, asked)
            ways = ways_to_settle(outcome) if outcome.truth.value == "unknown" else ()
            return Answer(outcome.truth.value, sorted(gap.path for gap in ways[0]) if ways else [])
    raise LookupError(f"{snapshot.file}: {name} is not about {subject}")


def example_of(example: dict[str, Any], change: dict[str, Any] | None = None, file: str = "example") -> Document:
    """A small snapshot, written as the examples of policies are: every list complete unless it says otherwise.

    `change` replaces facts: of `organization` and `roadmap` key by key, of a list in its first item.
    """
    change = change or {}
    pieces = Pieces(_node(""))
    pieces.as_of = _node(change.get("as_of", example["as_of"]))
    pieces.organization = _mapping(example.get("organization", {}) | change.get("organization", {}))
    pieces.roadmap = _mapping(example.get("roadmap", {}) | change.get("roadmap", {}))
    pieces.coverage = _mapping(example.get("coverage", {}))
    for name, (first, *others) in example.get("lists", {}).items():
        pieces.lists[name] = _node([first | change.get(name, {}), *others])
    unknown = set(change) - {"as_of", "organization", "roadmap"} - set(pieces.lists)
    assert not unknown, f"nothing to change in {unknown}"
    return build(pieces, library().vocabulary, file)


def _node(value: Any) -> Node:
    match value:
        case dict():
            return _mapping(value)
        case list():
            found = Sequence(1, 1, 1, 1)
            found.items.extend(_node(item) for item in value)
            return found
        case _:
            return Scalar(value, "plain", 1, 1, 1, 1)


def _mapping(value: dict[str, Any]) -> Mapping:
    found = Mapping(1, 1, 1, 1)
    for key, item in value.items():
        found.entries[key] = (Scalar(key, "plain", 1, 1, 1, 1), _node(item))
    return found
