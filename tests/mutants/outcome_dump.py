"""All that the reference evaluator says of conditions of each kind on a few items: truth, facts, what is missing.

python tests/mutants/outcome_dump.py > tests/mutants/outcomes.json      after a wanted change of what is told
"""

from __future__ import annotations

import json
import sys
from typing import Any

from mutant_set import library_of, register
from test_mutant_operators import DATA, FORMS

from validator.interpreters.evaluate import evaluate
from validator.interpreters.judge import case_of, environments
from validator.interpreters.outcome import Counted, Outcome
from validator.interpreters.terms import AFTER_SCHEMA
from validator.language.library import Library
from validator.language.source import read_json
from validator.logic.expr import Compare, Field, Known
from validator.logic.facts import Snapshot
from validator.logic.values import Value, spell
from validator.logic.ways import Gap, Ways
from validator.snapshots.read import read_snapshot

# Beside the forms of the operators: what they leave out of sets, intervals, names and days.
MORE: dict[str, tuple[str, str]] = {
    "within": ("uses", "{counterpart: {within: [students, parents]}}"),
    "contains all": ("uses", "{counterpart: {contains_all: [students, parents]}}"),
    "set is": ("uses", "{counterpart: [students, parents]}"),
    "one of numbers out of reach": ("chats.ranks", "{rank: {in: [400]}}"),
    "set of services is": ("documents", "{services_named: [telegram, max]}"),
    "no service": ("documents", "{services_named: {empty: true}}"),
    "services hold a field": (
        "uses",
        "{organization: {documents: {some: {services_named: {contains: {field: use.service}}}}}}",
    ),
    "service is a field": ("uses", "{organization: {chats: {some: {platform: {is: {field: use.service}}}}}}"),
    "listed on an open day": ("uses", "{service: {listed_in: t-dated}}"),
    "fresh by a parameter": (
        "documents",
        "{fresh: {of: {open_access: true}, on: checked_on, within_days: {param: t-days}}}",
    ),
    "a number on the left": (
        "organization",
        "{ratio: {of: public_share.region, to: public_share.municipality, is: 50}}",
    ),
    "one of services": ("uses", "{service: {in: [telegram, max]}}"),
    "service is": ("uses", "{service: max}"),
    "day is never": ("chats", "{last_message_on: never}"),
    "day since": ("chats", "{last_message_on: {on_or_after: 2025-09-01}}"),
    "two days": ("chats", "{last_message_on: {on_or_after: {field: chat.created_on}}}"),
    "bounded": ("chats.ranks", "{rank: {at_most: 250}}"),
    "bounded by another": ("chats.ranks", "{rank: {more_than: {field: rank.owner_chat_count}}}"),
    "one of numbers": ("chats.ranks", "{rank: {in: [1, 2]}}"),
    "no": ("organization", "{chats: {no: {official: true}}}"),
    "some": ("organization", "{chats: {some: {official: true}}}"),
    "inner list": ("chats", "{ranks: {every: {rank: {at_most: 250}}}}"),
    "count is": ("organization", "{chats: {count: {of: {official: true}, is: 1}}}"),
    "share of fields": (
        "organization",
        "{ratio: {of: public_share.region, to: public_share.federation, at_most: 50}}",
    ),
    "sum is": ("organization", "{sum: {of: [public_share.federation, public_share.region], is: 50}}"),
}
DATED = register("t-dated", "id: telegram, from: 2025-09-01", "id: max, from: 2025-09-01, announced_on: 2025-08-01")
DOCUMENT: dict[str, Any] = {
    "schema": "sverka.snapshot/1",
    "as_of": "2025-10-01",
    "organization": {
        "inn": "7800000002",
        "region": "50",
        "kind": "school",
        "sferum_connected": True,
        "public_share": {"federation": "40"},
    },
    "people": [{"ref": "p_1", "bound": True}, {"ref": "p_2"}],
    "chats": [
        {
            "ref": "h_1",
            "kind": "class",
            "platform": "max",
            "origin": "ezhd",
            "official": True,
            "in_sferum": True,
            "member_count": 2,
            "created_on": "2025-08-01",
            "last_message_on": "2025-09-30",
            "creator": {"ref": "p_1"},
            "ranks": [
                {"owner": "p_1", "rank": 2, "owner_chat_count": 300},
                {"owner": "p_2", "owner_chat_count": 20},
                {"owner": "p_1"},
            ],
            "ranks_coverage": "complete",
        },
        {
            "ref": "h_2",
            "platform": "another strange one",
            "last_message_on": "never",
            "created_on": "2025-09-01",
            "creator": {"ref": "p_2"},
        },
        {"ref": "h_3", "kind": "parents", "official": False, "member_count": 1, "ranks_coverage": "partial"},
    ],
    "uses": [
        {"ref": "u_1", "service": "telegram", "first_on": "2025-07-01", "counterpart": ["students", "parents"]},
        {"ref": "u_2", "service": "a service nobody knows", "counterpart": []},
        {"ref": "u_3", "counterpart": ["citizens"]},
        {"ref": "u_4"},
    ],
    "documents": [
        {"ref": "d_1", "open_access": True, "checked_on": "2025-09-30", "services_named": ["max", "strange"]},
        {"ref": "d_2", "open_access": True, "checked_on": "2025-01-01", "services_named": []},
        {"ref": "d_3", "open_access": False},
    ],
    "coverage": {"chats": "complete", "uses": "complete", "documents": "complete"},
}
FORGOTTEN = {**DOCUMENT, "organization": {"inn": "7800000002", "region": "50", "kind": "school"}, "coverage": {}}


def libraries_of_forms() -> dict[str, Library]:
    """Under the name of each form, a norm that applies where a condition of that form holds."""
    forms = {kind: (about, condition) for kind, (about, condition, _) in FORMS.items() if kind != "Known"}
    found: dict[str, Library] = {}
    for name, (about, condition) in {**forms, **MORE}.items():
        window = "in_force: {from: 2025-06-01, judged_on: last_on}\n" if name == "listed on an open day" else ""
        body = f"{window}applies_when: {condition}\nrequired: {{undecided: Q9}}"
        found[name] = library_of(body, about, **DATA, **{"registers__t-dated": DATED})
    return found


def dumped() -> dict[str, Any]:
    """What is told of each form, by its name and the path of the item, of a whole and of an incomplete snapshot."""
    found: dict[str, Any] = {}
    for name, library in libraries_of_forms().items():
        for title, document in (("", DOCUMENT), (" (incomplete)", FORGOTTEN)):
            for path, told in _told(library, document):
                found[f"{name}{title}: {path}"] = told
    return found


def _told(library: Library, document: dict[str, Any]) -> list[tuple[str, Any]]:
    snapshot, _ = read_snapshot(
        read_json(json.dumps(document).encode(), "snapshot.json"), library.vocabulary, library.names
    )
    norm = library.policies.norms["T-NORM"]
    clauses = norm.clauses[0]
    found = []
    for item, env in environments(snapshot, clauses.subject):
        case = case_of(library.policies, snapshot, snapshot.as_of, (), env, clauses.window)
        found.append((item.path, outcome(evaluate(case, env, clauses.applies_when), snapshot)))
        asked = clauses.applies_when
        if isinstance(asked, Compare) and isinstance(asked.left, Field):  # as only a decision may ask
            known = outcome(evaluate(case, env, Known(asked.left)), snapshot)
            found.append((f"{item.path} known", known))
    return found


def outcome(found: Outcome, snapshot: Snapshot) -> dict[str, Any]:
    """An outcome and its parts as plain data, what is empty left out."""
    told = {
        "of": type(found.condition).__name__,
        "truth": found.truth.value,
        "item": found.item,
        "observed": [
            [seen.path, seen.value, seen.span.start(), seen.shape.name, typed(seen.typed)]
            for seen in found.observed
        ],
        "to_true": ways(found.to_true),
        "to_false": ways(found.to_false),
        "open_list": gap(found.open_list),
        "sides": [side(one, snapshot) for one in found.sides or ()],
        "parts": [outcome(part, snapshot) for part in found.parts],
    }
    return {name: value for name, value in told.items() if value}


def side(found: Counted, snapshot: Snapshot) -> dict[str, Any]:
    """One side of a comparison of numbers."""
    told = {
        "interval": repr(found.interval),
        "observed": [seen.path for seen in found.observed],
        "open_list": gap(found.open_list),
        "base": repr(found.base),
        "gaps": [[gap(missing), repr(interval)] for missing, interval in found.gaps],
        "loose": sorted(str(gap(missing)) for missing in found.loose),
        "stand_ins": [[gap(one.gap), gap(one.instead), repr(one.narrowed)] for one in found.stand_ins],
        "sides": [side(one, snapshot) for one in found.sides or ()],
        "parts": [outcome(part, snapshot) for part in found.parts],
    }
    return {name: value for name, value in told.items() if value}


def ways(found: Ways) -> list[list[str | None]]:
    return [[gap(missing) for missing in sorted(way)] for way in found]


def gap(found: Gap | None) -> str | None:
    """A missing fact; its place in the order only where it is behind all that the schema knows."""
    if found is None:
        return None
    order = found[0][0]
    behind = f" {order}" if order >= AFTER_SCHEMA else ""
    return f"{found.path} {found.cause} {found.span.start()}{behind}"


def typed(value: Value | None) -> str:
    return "" if value is None else f"{type(value).__name__} {spell(value)}"


def text() -> str:
    """The dump as JSON, one line for each item."""
    lines = [f"{json.dumps(name)}: {json.dumps(told, ensure_ascii=False)}" for name, told in dumped().items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    sys.stdout.write(text())
