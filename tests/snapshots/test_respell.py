"""A document spelled as JSON anew says the same; JSON that may stay as it is stays so, byte for byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from snapshot_documents import VOCABULARY, facts, minimal, names, read, spelled
from snapshot_strategies import snapshots

import validator.snapshots.respell
from validator.language.source import SNAPSHOT_LIMITS, read_json, read_yaml
from validator.logic.problem import InputError
from validator.snapshots.read import read_snapshot
from validator.snapshots.respell import as_json, facts_of
from validator.snapshots.stream import Delivered, PassedOver, documents, find

ORGANIZATIONS = Path(__file__).parents[2] / "fixtures" / "organizations"
FILES = find([ORGANIZATIONS]).files


def respelled(data: bytes, file: str = "school.yaml", *, one_line: bool = True) -> bytes:
    return as_json(Delivered(file, data), VOCABULARY, names(), one_line=one_line)


def facts_in(data: bytes) -> Any:
    snapshot, _ = read_snapshot(read_json(data, "x.json"), VOCABULARY, names())
    return snapshot.as_of, facts(snapshot.root)


@settings(deadline=None)
@given(snapshots(), st.sampled_from(["yaml", "json"]), st.booleans())
def test_a_document_says_the_same_in_json(document: dict[str, Any], syntax: Any, one_line: bool) -> None:
    before = read(document, syntax)
    data = respelled(spelled(document, syntax).encode(), f"school.{syntax}", one_line=one_line)
    assert facts_in(data) == (before.as_of, facts(before.root))
    if syntax == "yaml" or one_line:
        assert b"\n" not in data


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_shipped_organization_says_the_same_in_json(file: Path) -> None:
    (item,) = documents(file, PassedOver())
    data = as_json(item, VOCABULARY, names(), one_line=True)
    tree = read_json if file.suffix == ".json" else read_yaml
    before, _ = read_snapshot(tree(item.data, file.name), VOCABULARY, names())
    assert facts_in(data) == (before.as_of, facts(before.root))


def test_a_field_decides_what_a_yaml_word_becomes() -> None:
    text = """
schema: sverka.snapshot/1
as_of: 2025-09-25
organization: {inn: 7800000002, region: 04, kind: school, name: true, sferum_connected: true, municipality: "12"}
documents: [{ref: d_1, kind: order, responsible_count: 2, on_official_site: unknown}]
coverage: {documents: complete}
"""
    found = json.loads(respelled(text.encode()))
    assert found["organization"] == {
        "inn": "7800000002",
        "region": "04",
        "kind": "school",
        "name": "true",
        "sferum_connected": True,
        "municipality": "12",
    }
    assert found["documents"][0] == {
        "ref": "d_1",
        "kind": "order",
        "responsible_count": 2,
        "on_official_site": "unknown",
    }
    assert list(found) == ["schema", "as_of", "organization", "documents", "coverage"]


LINES = json.dumps(minimal(), indent=1).encode()
LINE = json.dumps(minimal()).encode()


@pytest.mark.parametrize("data", [LINES, LINE, b"\xef\xbb\xbf" + LINES, LINE + b"\r\n"])
def test_json_that_need_not_stand_on_one_line_stays_as_it_came(data: bytes) -> None:
    assert respelled(data, "school.json", one_line=False) == data


@pytest.mark.parametrize("around", [b"%s", b"%s\n", b"\xef\xbb\xbf%s\r\n", b" \n%s"])
def test_json_on_one_line_stays_as_it_came_but_for_the_space_around(around: bytes) -> None:
    assert respelled(around % LINE, "school.json") == LINE


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_json_on_many_lines_becomes_one(end: bytes) -> None:
    data = LINES.replace(b"\n", end)
    found = respelled(data, "school.json")
    assert b"\n" not in found
    assert b"\r" not in found
    assert facts_in(found) == facts_in(LINES)


def test_no_character_is_changed_or_breaks_the_line() -> None:
    name = 'Школа «№ 1»"\\/\u00ad 🏫 ½'
    data = json.dumps(minimal(organization={"name": name}), indent=1).encode()
    found = respelled(data, "school.json")
    assert json.loads(found)["organization"]["name"] == name
    assert "Школа".encode() in found  # no longer than it was
    assert found.count(b"\n") == 0


def test_what_would_be_longer_than_a_snapshot_may_be_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """YAML needs no quotes, so the JSON of a document can be over a limit that the document is not."""
    data = spelled(minimal(), "yaml").encode()
    assert len(respelled(data)) > len(data)
    tight = SNAPSHOT_LIMITS._replace(file_bytes=len(data))
    monkeypatch.setattr(validator.snapshots.respell, "SNAPSHOT_LIMITS", tight)
    with pytest.raises(InputError) as refusal:
        respelled(data)
    assert refusal.value.problems[0].code == "limit-snapshot-bytes"


def test_what_does_not_say_the_same_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    other = json.dumps(minimal(organization={"kind": "preschool"})).encode()
    monkeypatch.setattr(validator.snapshots.respell, "spelled", lambda *_: other)
    with pytest.raises(InputError) as refusal:
        respelled(LINES, "school.json")
    assert refusal.value.problems[0].code == "not-respelled"


def test_facts_are_told_apart_by_value_kind_and_completeness() -> None:
    def of(**more: Any) -> object:
        return facts_of(read(minimal(**more)).root)

    same = of(documents=[{"ref": "d_1", "kind": "order", "responsible_count": 1}])
    assert same == of(documents=[{"ref": "d_1", "kind": "order", "responsible_count": 1, "url": "unknown"}])
    for other in (
        {"documents": [{"ref": "d_1", "kind": "order", "responsible_count": 2}]},
        {"documents": [{"ref": "d_2", "kind": "order", "responsible_count": 1}]},
        {"documents": [{"ref": "d_1", "kind": "order"}]},
        {"documents": []},
        {
            "documents": [{"ref": "d_1", "kind": "order", "responsible_count": 1}],
            "coverage": {"documents": "complete"},
        },
    ):
        assert of(**other) != same
