"""Every finding points to the value that decided: whoever opens the file at that line and column sees it there.

All sound snapshots of the fixtures are judged by the shipped policies, in the syntax they are written in and in the
other one; where each value stands is found out by another reader than ours.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from validator.journeys.check import check
from validator.language.library import Library, load, read_folder
from validator.language.source import Syntax, read_document
from validator.language.vocabulary import read_vocabulary
from validator.logic.report import Location, Result
from validator.resources import policies_folder, schema_bytes
from validator.snapshots.read import read_snapshot

ROOT = Path(__file__).parents[2]
FOLDERS = ("organizations", "scenarios", "waivers/school", "cases/snapshots")
SNAPSHOTS = [
    file
    for folder in FOLDERS
    for file in sorted((ROOT / "fixtures" / folder).iterdir())
    if file.suffix in (".yaml", ".json") and "schema: sverka.snapshot" in file.read_text("utf-8").replace('"', "")
]


class Node(NamedTuple):
    """Where a value stands; `text` is how a scalar reads, None for a record or a list."""

    line: int
    column: int
    text: str | None


class Given(NamedTuple):
    """A snapshot as a text, the places of its values by another reader, and what the policies say of it."""

    text: str
    nodes: dict[str, Node]
    results: list[Result]


@cache
def library() -> Library:
    return load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))


def given(file: Path, syntax: Syntax, text: str) -> Given:
    document = read_document(text.encode(), file.name, syntax=syntax)
    snapshot, _ = read_snapshot(document, library().vocabulary, library().names)
    return Given(text, nodes_of(text), check(snapshot, library().policies))


def nodes_of(text: str) -> dict[str, Node]:
    """The places of all values by their path, as PyYAML marks them; JSON is YAML to it."""
    found: dict[str, Node] = {}

    def walk(node: yaml.Node, path: str) -> None:
        scalar = node.value if isinstance(node, yaml.ScalarNode) else None
        found[path] = Node(node.start_mark.line + 1, node.start_mark.column + 1, scalar)
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                walk(value, f"{path}.{key.value}" if path else key.value)
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                walk(value, f"{path}[{index}]")

    root = yaml.compose(text, Loader=yaml.SafeLoader)
    walk(root, "")
    return found


@cache
def judged(file: Path, syntax: Syntax) -> Given:
    """A snapshot in a syntax: as it is written, or put into the other one."""
    text = file.read_text("utf-8")
    if file.suffix != f".{syntax}":
        plain = _plain(yaml.compose(text, Loader=yaml.SafeLoader))
        text = (
            json.dumps(plain, ensure_ascii=False, indent=1)
            if syntax == "json"
            else yaml.safe_dump(plain, allow_unicode=True, sort_keys=False)
        )
    return given(file, syntax, text)


def _plain(node: yaml.Node) -> Any:
    """What a document says, with the types of JSON."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value) for value in node.value]
    if node.style is None and node.value in ("true", "false"):
        return node.value == "true"
    return int(node.value) if node.style is None and node.value.isdecimal() else node.value


def holder(nodes: dict[str, Node], path: str) -> Node:
    """Where a value stands, or the nearest record that is there and should hold it."""
    while path not in nodes:
        path = path.rpartition("[" if path.endswith("]") else ".")[0]
    return nodes[path]


def place(location: Location) -> tuple[int, int]:
    return location["line"], location["column"]


SYNTAXES = pytest.mark.parametrize("syntax", ["yaml", "json"])
EACH = pytest.mark.parametrize("file", SNAPSHOTS, ids=lambda file: file.stem)


def test_the_fixtures_are_many_and_in_both_syntaxes() -> None:
    assert len(SNAPSHOTS) > 50
    assert Counter(file.suffix for file in SNAPSHOTS)[".json"] >= 5


@SYNTAXES
@EACH
def test_the_evidence_is_where_its_place_says(file: Path, syntax: Syntax) -> None:
    text, nodes, results = judged(file, syntax)
    lines = text.split("\n")
    for result in results:
        for evidence in result["because"]:
            line, column = place(evidence["location"])
            node = holder(nodes, evidence["path"])
            assert (line, column) == node[:2], (result["policy"], evidence["path"])
            if evidence["path"] in nodes and node.text is not None:
                assert lines[line - 1][column - 1 :].lstrip("\"'").startswith(node.text)


@SYNTAXES
@EACH
def test_a_verdict_that_is_certain_points_to_a_value_that_decided(file: Path, syntax: Syntax) -> None:
    for result in judged(file, syntax).results:
        if result["verdict"] != "unknown" and result["because"]:
            places = [place(evidence["location"]) for evidence in result["because"]]
            assert place(result["location"]) in places, (result["policy"], result["subject"])


@SYNTAXES
@EACH
def test_an_unknown_points_to_what_is_missing_or_to_the_record_that_should_hold_it(
    file: Path, syntax: Syntax
) -> None:
    _, nodes, results = judged(file, syntax)
    for result in results:
        here = [fact["path"] for fact in result["missing"] if fact["cause"] not in ("undecided", "parameter_gap")]
        if result["verdict"] == "unknown" and here:
            places = [holder(nodes, path)[:2] for path in here]
            assert place(result["location"]) in places, (result["policy"], result["subject"], here)


@SYNTAXES
@EACH
def test_what_no_fact_of_its_own_decided_points_to_the_item_or_the_list(file: Path, syntax: Syntax) -> None:
    """Also what the rest of a list that may be incomplete is said about."""
    _, nodes, results = judged(file, syntax)
    for result in results:
        if result["because"] or result["verdict"] == "unknown":
            continue
        outer, _, inner = result["subject"].partition(".")
        nested = {holder(nodes, f"{path}.{inner}")[:2] for path in nodes if path.rpartition("[")[0] == outer}
        expected = {holder(nodes, result["subject"])[:2]} | (nested if inner else set())
        assert place(result["location"]) in expected, (result["policy"], result["subject"])


@EACH
def test_both_syntaxes_say_the_same(file: Path) -> None:
    told = [
        [(r["policy"], r["subject"], r["verdict"], [e["path"] for e in r["because"]]) for r in found.results]
        for found in (judged(file, "yaml"), judged(file, "json"))
    ]
    assert told[0] == told[1]


# --- the places that were wrong once -------------------------------------------------------------------------

HEAD = "schema: sverka.snapshot/1\nas_of: 2025-10-01\n"


def location_of(text: str, policy: str, subject: str) -> tuple[int, int]:
    found = given(Path("s.yaml"), "yaml", HEAD + text)
    (location,) = [
        result["location"] for result in found.results if (result["policy"], result["subject"]) == (policy, subject)
    ]
    return place(location)


def test_a_fact_said_to_be_unknown_is_pointed_to() -> None:
    text = 'organization: {inn: "7800000002", region: "78", kind: school, sferum_connected: unknown}\n'
    assert location_of(text, "RM-POSTER", "organization") == (3, text.index("unknown") + 1)


def test_a_list_that_may_be_incomplete_is_pointed_to() -> None:
    organization = 'organization: {inn: "7800000002", region: "78", kind: school}\n'
    assert location_of(organization + "services:\n- {service: max, purpose: other}\n", "FM-RU", "organization") == (
        5,
        1,
    )


def test_of_several_lists_the_first_that_may_be_incomplete_is_pointed_to() -> None:
    organization = 'organization: {inn: "7800000002", region: "78", kind: school, sferum_connected: true}\n'
    chats = (
        "coverage: {chats: complete}\n"
        "chats:\n"
        "- {ref: h_1, platform: max, invitations: [], invitations_coverage: complete}\n"
        "- {ref: h_2, platform: max, invitations: []}\n"
    )
    column = "- {ref: h_2, platform: max, invitations: [".index("[") + 1
    assert location_of(organization + chats, "US-INVITE", "chats.invitations") == (7, column)
