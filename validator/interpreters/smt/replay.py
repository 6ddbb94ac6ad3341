"""The reference's word on what the solver found: a question answered by the ordinary evaluator on a snapshot."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from validator.interpreters.evaluate import evaluate
from validator.interpreters.judge import case_under, environments
from validator.interpreters.smt.answer import Document
from validator.interpreters.smt.query import (
    Both,
    Definitely,
    Either,
    ForEvery,
    ForSome,
    Mode,
    Negated,
    Other,
    Query,
    Setting,
    Switch,
    Then,
)
from validator.interpreters.terms import Case, Env
from validator.language.source import read_json
from validator.language.vocabulary import ROOT
from validator.logic.facts import Record, Snapshot
from validator.logic.truth import Truth
from validator.snapshots.read import read_snapshot

Bound = Mapping[str, Env]
Others = Mapping[Other, Snapshot]
_ALONE: Others = {}


def snapshot_of(setting: Setting, document: Document) -> Snapshot:
    """The facts of a document, read as any other. Raises `InputError` when it is not sound."""
    data = json.dumps(document).encode()
    return read_snapshot(read_json(data, "witness.json"), setting.vocabulary, setting.names)[0]


def truth_of(snapshot: Snapshot, definitely: Definitely, bound: Bound) -> Truth:
    """The truth of a condition as the reference evaluates it."""
    env = bound.get(definitely.item) or {ROOT: snapshot.root}
    return evaluate(case_of(snapshot, definitely.mode, env), env, definitely.condition).truth


def case_of(snapshot: Snapshot, mode: Mode, env: Env) -> Case:
    """The case of a mode on an item, the law date being the snapshot's own day."""
    return case_under(mode.policies, snapshot, snapshot.as_of, mode.overrides, env, mode.window)


def holds(snapshot: Snapshot, query: Query, bound: Bound | None = None, then: Others = _ALONE) -> bool:
    """Whether a snapshot satisfies a question; `then` are the other snapshots that it speaks of."""
    names = bound or {}
    match query:
        case Definitely():
            return truth_of(snapshot, query, names) is (Truth.TRUE if query.truth else Truth.FALSE)
        case Both(parts):
            return all(holds(snapshot, part, names, then) for part in parts)
        case Either(parts):
            return any(holds(snapshot, part, names, then) for part in parts)
        case Negated(part):
            return not holds(snapshot, part, names, then)
        case Switch(_, part):
            return holds(snapshot, part, names, then)
        case Then(part, other):
            second = then[other]
            return holds(second, part, {name: _there(second, env) for name, env in names.items()})
        case ForSome():
            return next(_players(snapshot, query, names, then), None) is not None
        case ForEvery(subject, body, item):
            return all(
                holds(snapshot, body, {**names, item: env}, then) for _, env in environments(snapshot, subject)
            )


def _there(second: Snapshot, env: Env) -> Env:
    """The records of another snapshot at the places of some of this one."""
    return {
        scope: record_at(second, record.path) if scope != ROOT else second.root for scope, record in env.items()
    }


def record_at(snapshot: Snapshot, path: str) -> Record:
    """The item at a place as reports spell it (`chats[3].invitations[0]`). Raises IndexError when there is none."""
    record = snapshot.root
    for step in path.split("."):
        name, _, index = step.removesuffix("]").partition("[")
        record = record.lists[name].items[int(index)]
    return record


def _players(snapshot: Snapshot, query: ForSome, names: Bound, then: Others) -> Iterator[tuple[Record, Env]]:
    for record, env in environments(snapshot, query.subject):
        if holds(snapshot, query.body, {**names, query.item: env}, then):
            yield record, env


def players(snapshot: Snapshot, query: Query, bound: Bound | None = None, then: Others = _ALONE) -> dict[str, str]:
    """The places of the items that play the parts of the outermost `ForSome`s, the first that can."""
    names = bound or {}
    match query:
        case ForSome(subject=_, body=body, item=item):
            found = next(_players(snapshot, query, names, then), None)
            if found is None:
                return {}
            return {item: found[0].path, **players(snapshot, body, {**names, item: found[1]}, then)}
        case Both(parts):
            return {name: path for part in parts for name, path in players(snapshot, part, names, then).items()}
        case Either(parts):
            shown = (part for part in parts if holds(snapshot, part, names, then))
            return next((players(snapshot, part, names, then) for part in shown), {})
        case _:
            return {}
