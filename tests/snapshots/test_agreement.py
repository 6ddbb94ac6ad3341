"""One content, one meaning: YAML and JSON agree, and the published schema agrees with the reader."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from snapshot_documents import (
    SYNTAXES,
    Syntax,
    facts,
    found,
    minimal,
    read,
    read_text,
    refused,
    spelled,
    with_field,
)
from snapshot_strategies import snapshots

from validator.logic.problem import InputError
from validator.resources import schema_bytes

SCHEMA = Draft202012Validator(json.loads(schema_bytes("snapshot")), format_checker=FormatChecker(["date"]))
# What the reader refuses and a schema can't express: contradictions, personal data, names of services.
BEYOND = {
    "inn-check-digit", "inn-length", "unknown-region", "shares-over-100", "share-without-public-founder",
    "repeated-ref", "dangling-ref", "future-date", "out-of-bounds", "days-out-of-order", "personal-data",
}  # fmt: skip

Path = list[str | int]


def codes(document: Any, syntax: Syntax = "json") -> list[tuple[str, str]]:
    """The mistakes of a document as codes and paths; none when it is taken."""
    try:
        read_text(spelled(document, syntax), syntax)
    except InputError as refusal:
        return found(refusal.problems)
    return []


# --- YAML and JSON -------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(snapshots())
def test_a_snapshot_means_the_same_in_both_syntaxes(document: dict[str, Any]) -> None:
    in_json, in_yaml = read(document, "json"), read(document, "yaml")
    assert facts(in_json.root) == facts(in_yaml.root)
    assert in_json.as_of == in_yaml.as_of
    for name, items in in_json.index.items():
        assert {ref: item.path for ref, item in items.items()} == {
            ref: item.path for ref, item in in_yaml.index[name].items()
        }


@settings(deadline=None)
@given(snapshots())
def test_the_order_of_keys_does_not_matter(document: dict[str, Any]) -> None:
    turned = {name: document[name] for name in reversed(document)}
    assert facts(read(document).root) == facts(read(turned).root)


@settings(deadline=None)
@given(snapshots(), st.data())
def test_an_unknown_value_is_an_absent_value(document: dict[str, Any], data: st.DataObject) -> None:
    """But for lists: one that is called unknown is no proof of emptiness, whatever its coverage says."""
    places = [p for p in every_place(document) if holds(document, p) == "unknown" and "coverage" not in str(p[-1])]
    places = [p for p in places if p[0] != "coverage"]
    if not places:
        return
    less = copy.deepcopy(document)
    place = data.draw(st.sampled_from(places))
    del holds(less, place[:-1])[place[-1]]
    whole, part = facts(read(document).root), facts(read(less).root)
    assert whole == part or isinstance(place[-1], str)
    if whole != part:
        assert str(place[-1]) in {"services", "activity", "coercion_events", "channels", "admins", "ranks",
                                  "missing_members", "invitations"}  # fmt: skip


# --- the schema and the reader -------------------------------------------------------------------------------


@settings(deadline=None)
@given(snapshots())
def test_what_the_generator_makes_is_valid_by_the_schema(document: dict[str, Any]) -> None:
    assert SCHEMA.is_valid(document)


def every_place(node: Any, path: Path | None = None) -> list[Path]:
    """The places of all values within a document."""
    path = path or []
    steps = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [place for step, inner in steps for place in ([*path, step], *every_place(inner, [*path, step]))]


def holds(node: Any, path: Path) -> Any:
    """The value at a place."""
    for step in path:
        node = node[step]
    return node


JUNK: list[Any] = [
    None, True, False, 0, -1, 1, 12, 2.5, "", "x", "unknown", "none", "never", "ongoing", "open_ended", "complete",
    "2025-09-01", "2025-02-30", "2025-13", "2025-09", "1.50", "100.01", "-1", "050", "true", "p_1", "h_1", "P_1",
    "teacher", "school", "7800000002", "max", [], {}, ["x"], ["teacher", "teacher"], [None], [{}], {"ref": "p_1"},
    {"x": "y"}, [[]], "x" * 129,
]  # fmt: skip
KEYS = ["x", "ref", "Ref", "coverage", "chats_coverage", "admins_coverage", "kind", "schema", "__proto__"]


def damaged(document: dict[str, Any], data: st.DataObject) -> dict[str, Any]:
    """The document with one place changed, removed or added to."""
    changed = copy.deepcopy(document)
    place = data.draw(st.sampled_from(every_place(changed)))
    holder = holds(changed, place[:-1])
    match data.draw(st.sampled_from(["replace", "replace", "remove", "add"])):
        case "remove":
            del holder[place[-1]]
        case "add" if isinstance(holder, dict):
            holder[data.draw(st.sampled_from(KEYS))] = data.draw(st.sampled_from(JUNK))
        case _:
            holder[place[-1]] = data.draw(st.sampled_from(JUNK))
    return changed


def is_known_gap(document: Any) -> bool:
    """Where the two are known to differ: `unknown` as a member of a set of services."""
    places = [(place, holds(document, place)) for place in every_place(document)]
    return any(value == "unknown" and isinstance(place[-1], int) for place, value in places)


@settings(deadline=None)
@given(snapshots(), st.data())
def test_the_reader_refuses_what_the_schema_refuses_and_nothing_else(
    document: dict[str, Any], data: st.DataObject
) -> None:
    document = damaged(document, data)
    if is_known_gap(document):
        return
    mistakes = [mistake for mistake in codes(document) if mistake[0] not in BEYOND]
    repeated = [code for code, _ in mistakes] == ["repeated-value"] and SCHEMA.is_valid(document)
    assert SCHEMA.is_valid(document) == (not mistakes) or repeated, mistakes


@settings(deadline=None)
@given(snapshots(), st.data())
def test_a_damaged_document_has_the_same_mistakes_in_both_syntaxes(
    document: dict[str, Any], data: st.DataObject
) -> None:
    """But for numbers where a text is wanted: YAML has no other spelling for a text of digits."""
    document = damaged(document, data)
    if any(type(holds(document, place)) in (int, float, bool) for place in every_place(document)):
        return
    assert sorted(codes(document, "json")) == sorted(codes(document, "yaml"))


@pytest.mark.parametrize(
    ("document", "by_schema", "by_reader"),
    [
        pytest.param(with_field("chats.member_count", 1.0), True, [("wrong-type", "chats[0].member_count")],
                     id="1.0 is an integer for JSON Schema"),
        pytest.param(with_field("documents.services_named", ["unknown"]), True,
                     [("wrong-type", "documents[0].services_named")], id="unknown is no member of a set"),
        pytest.param(minimal(organization={"name": " "}), False, [("wrong-type", "organization.name")],
                     id="a blank text is none"),
        pytest.param(with_field("documents.services_named", ["max", "МАХ"]), True,
                     [("repeated-value", "documents[0].services_named")], id="two names of one service"),
        pytest.param(with_field("chats.member_count", 2**53), True, None, id="a count beyond what all can hold"),
        pytest.param(minimal(collected_at="2025-13-45T08:00:00Z"), False, [("bad-date", "collected_at")],
                     id="a moment that never was"),
        pytest.param(with_field("activity.period", "0000-05"), False, [("wrong-type", "activity[0].period")],
                     id="a month of the year nought"),
        pytest.param(minimal(organization={"name": "ж" * 1024}), True, [], id="a length is counted in characters"),
        pytest.param(minimal(organization={"name": "ж" * 1025}), False, [("too-long", "organization.name")],
                     id="a text that is too long"),
        pytest.param(minimal(organization={"name": "🏫" * 1024}), True, [], id="a character is one, however wide"),
    ],
)  # fmt: skip
def test_where_the_two_differ_and_where_they_do_not(
    document: dict[str, Any], by_schema: bool, by_reader: list[tuple[str, str]] | None
) -> None:
    assert SCHEMA.is_valid(document) is by_schema
    if by_reader is None:
        assert refused(document)
    else:
        assert codes(document) == by_reader


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_the_example_of_the_format_is_taken(syntax: Syntax) -> None:
    document = minimal(
        source="export",
        coverage=dict.fromkeys(["people", "guardians", "classes", "chats", "uses", "documents"], "complete"),
        organization={"name": "ГБОУ школа № 100", "municipality": "Невский район", "founder": "region"},
        people=[{"ref": "p_teacher1", "roles": ["teacher", "employee"], "status": "active", "bound": True}],
        uses=[{"ref": "u_1", "service": "whatsapp", "first_on": "2025-09-02", "last_on": "ongoing"}],
    )
    assert SCHEMA.is_valid(document)
    read(document, syntax)
