"""The two worlds of the tests: a toy vocabulary with every kind of field, and the published one.

Both have the same invented reference data; helpers read documents and conditions as the product does.
"""

from __future__ import annotations

import json
import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings

from validator.interpreters.evaluate import evaluate
from validator.interpreters.judge import environment_of
from validator.interpreters.outcome import Outcome
from validator.interpreters.readings import Overrides
from validator.interpreters.strategies import QUESTION, World, subject_of
from validator.interpreters.terms import Case, Env
from validator.language.conditions import ConditionReader
from validator.language.names import SERVICES, reference_names
from validator.language.nodes import Document, Mapping
from validator.language.scopes import Known, scope_of
from validator.language.source import read_json
from validator.language.vocabulary import Vocabulary, read_vocabulary
from validator.logic.expr import NOWHERE, Condition
from validator.logic.facts import Record, Snapshot
from validator.logic.policy import Definition, Parameter, ParameterRow, Period, PolicySet, Register, RegisterRow
from validator.logic.problem import Problem
from validator.logic.shape import Kind
from validator.logic.text import Text
from validator.logic.truth import Truth
from validator.logic.values import Interval, Value
from validator.resources import schema_bytes
from validator.snapshots.read import read_snapshot

NIGHTLY = os.environ.get("SVERKA_HYPOTHESIS") == "nightly"
# A quick, repeatable run; a long one, different each time, with SVERKA_HYPOTHESIS=nightly.
settings.register_profile(
    "sverka",
    derandomize=not NIGHTLY,
    database=None,
    deadline=None,
    max_examples=5_000 if NIGHTLY else 100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
often = settings(settings.get_profile("sverka"))

AS_OF = date(2025, 9, 25)
NO_OVERRIDES = Overrides({}, {}, {}, frozenset(), frozenset())
NOTHING = Text("", "")
INN = "7800000002"

# One mapping per definition: the list it is about, and its condition.
TOY_DEFINITIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "ORG-RED": ("organization", {"tags": {"contains": "red"}}),
    "ORG-BIG": (
        "organization",
        {"people": {"count": {"of": {"status": "active"}, "is": {"at_least": {"param": "few"}}}}},
    ),
    "PERSON-NEW": ("people", {"first_on": {"on_or_after": {"param": "start"}}}),
    "TASK-DUE": ("people.tasks", {"person": {"status": "active"}, "due_on": {"before": "as_of"}}),
}
REAL_DEFINITIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "ORG-PUBLIC": ("organization", {"founder": {"in": ["federation", "region"]}}),
    "CHAT-LATE": ("chats", {"last_message_on": {"on_or_after": {"param": "start"}}}),
    "RANK-HIGH": ("chats.ranks", {"chat": {"official": True}, "rank": {"at_most": {"param": "few"}}}),
}


def _row(
    name: str, *aliases: str, first: date | None = None, last: date | None = None, told: date | None = None
) -> RegisterRow:
    return RegisterRow(name, NOTHING, aliases, Period(first, last), told, (), NOWHERE)


def _day(offset: int) -> date:
    return date.fromordinal(AS_OF.toordinal() + offset)


def _registers() -> dict[str, Register]:
    foreign = (_row("alpha", "альфа"), _row("beta", first=_day(-2), told=_day(-3)), _row("gamma", last=_day(-2)))
    return {
        "foreign": Register("foreign", NOTHING, SERVICES, False, foreign, NOWHERE),
        "home": Register("home", NOTHING, SERVICES, False, (_row("delta"),), NOWHERE),
        "whole": Register("whole", NOTHING, SERVICES, True, (_row("alpha", first=_day(-1)),), NOWHERE),
        "regions": Register("regions", NOTHING, "", True, (_row("50"), _row("78")), NOWHERE),
    }


def _value(
    value: Value | None,
    first: date | None = None,
    last: date | None = None,
    region: str | None = None,
    *,
    kind: str | None = None,
    press: bool = False,
) -> ParameterRow:
    return ParameterRow(region, kind, Period(first, last), value, press, (), NOWHERE)


def _parameters() -> dict[str, Parameter]:
    rows: dict[str, tuple[Kind, tuple[ParameterRow, ...]]] = {
        "few": (Kind.INTEGER, (_value(1), _value(None, region="27"))),
        "within": (Kind.INTEGER, (_value(1, last=_day(-2)), _value(2, first=_day(-1)))),
        "half": (Kind.DECIMAL, (_value(Decimal("50")), _value(Decimal("25"), kind="school"))),
        "start": (Kind.DATE, (_value(_day(-2)), _value(_day(-1), region="78"))),
        "gap": (Kind.DATE, (_value(_day(-3), last=_day(-3)), _value(_day(-1), press=True))),
    }
    return {name: Parameter(name, NOTHING, kind, found, NOWHERE) for name, (kind, found) in rows.items()}


def _world(vocabulary: Vocabulary, conditions: dict[str, tuple[str, dict[str, Any]]]) -> World:
    registers, parameters = _registers(), _parameters()
    known = Known(
        {name: about for name, (about, _) in conditions.items()},
        {name: parameter.kind for name, parameter in parameters.items()},
        {name: register.family for name, register in registers.items()},
        {"warm": frozenset({"red", "green"})},
        frozenset(row.id for register in registers.values() if register.family for row in register.rows),
    )
    definitions = {
        name: Definition(
            name,
            NOTHING,
            about,
            vocabulary.scopes_of(about),
            _read(vocabulary, known, about, when, allow_known=False),
            (),
            NOWHERE,
        )
        for name, (about, when) in conditions.items()
    }
    return World(
        vocabulary=vocabulary,
        policies=PolicySet("", {}, {}, {}, definitions, registers, parameters, {}),
        names=reference_names(registers.values()),
        known=known,
        as_of=AS_OF,
        services=("alpha", "beta", "gamma", "delta", "альфа", "stranger"),
        fixed={"inn": (INN,), "region": ("50", "78", "27")},
        texts={"name": ("Ромашка", "Лютик"), "url": ("https://school.example/order",)},
    )


def node_of(structure: object) -> Mapping:
    """The nodes of a structure, as the strict reader gives them."""
    root = read_json(json.dumps({"root": structure}).encode(), "condition.json").root
    assert isinstance(root, Mapping)
    found = root.get("root")
    assert isinstance(found, Mapping)
    return found


def _texts(value: Any) -> Any:
    """Numbers of a table as the texts that the reader of policies sees."""
    match value:
        case bool() | str():
            return value
        case dict():
            return {key: _texts(inner) for key, inner in value.items()}
        case list():
            return [_texts(inner) for inner in value]
        case _:
            return str(value)


def _read(vocabulary: Vocabulary, known: Known, path: str, structure: object, *, allow_known: bool) -> Condition:
    problems: list[Problem] = []
    reader = ConditionReader("condition.json", problems, known)
    reader.allow_known = allow_known
    found = reader.condition(node_of(_texts(structure)), scope_of(vocabulary, path))
    assert found is not None, [(p.code, p.message.en) for p in problems]
    assert not problems
    return found


def read(world: World, path: str, structure: object) -> Condition:
    """The condition that a structure says about an item of the list `path`."""
    return _read(world.vocabulary, world.known, path, structure, allow_known=True)


TOY = _world(read_vocabulary(Path(__file__).with_name("toy.schema.json").read_bytes()), TOY_DEFINITIONS)
REAL = _world(read_vocabulary(schema_bytes("snapshot")), REAL_DEFINITIONS)


def snapshot_of(world: World, document: dict[str, Any]) -> Snapshot:
    """The facts of a document, read by the product's own readers."""
    data = json.dumps(document, ensure_ascii=False).encode()
    parsed: Document = read_json(data, "snapshot.json")
    return read_snapshot(parsed, world.vocabulary, world.names)[0]


def subjects(world: World, snapshot: Snapshot, path: str) -> list[tuple[Record, Env]]:
    """What a policy about `path` judges, with what the scope names stand for."""
    subject = subject_of(world, path)
    if not subject.scopes:
        return [(snapshot.root, {"organization": snapshot.root})]
    items = [item for found in snapshot.items(path) for item in found]
    return [(item, environment_of(snapshot, subject, item)) for item in items]


def case_for(world: World, snapshot: Snapshot) -> Case:
    """The case of a policy that is judged on the day of the snapshot."""
    today = snapshot.as_of.toordinal()
    return Case(world.policies, snapshot, snapshot.as_of, NO_OVERRIDES, Interval(today, today))


def outcome_of(world: World, snapshot: Snapshot, condition: Condition, env: Env | None = None) -> Outcome:
    """The outcome of a condition on the organization, or on what `env` names."""
    return evaluate(case_for(world, snapshot), env or {"organization": snapshot.root}, condition)


def truth_of(world: World, snapshot: Snapshot, condition: Condition) -> Truth:
    """The truth of a condition on the organization."""
    return outcome_of(world, snapshot, condition).truth


__all__ = ["AS_OF", "INN", "QUESTION", "REAL", "TOY", "case_for", "node_of", "outcome_of", "read", "snapshot_of"]
