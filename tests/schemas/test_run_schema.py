"""The public contract of `run.json`: the schema describes what a batch writes, key by key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from validator.cli.main import run
from validator.journeys.batch.run import SCHEMA as NAME
from validator.resources import schema_bytes

SCHEMA: dict[str, Any] = json.loads(schema_bytes("run"))
ORGANIZATIONS = Path(__file__).resolve().parents[2] / "fixtures" / "organizations"


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a small batch with a list of the expected says of itself."""
    folder = tmp_path_factory.mktemp("batch")
    expected = folder / "expected.csv"
    expected.write_text("7800000002\n", encoding="utf-8")
    names = ("school-staff-room-telegram", "stavropol-school-2023")
    files = [str(ORGANIZATIONS / f"{name}.yaml") for name in names]
    options = ["--to", str(folder / "results"), "--jobs", "1", "--expect", str(expected)]
    assert run(["check", *files, *options]) in (1, 3)
    found: dict[str, Any] = json.loads((folder / "results" / "run.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def partial(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a small batch of a part of the policies with a baseline says of itself."""
    folder = tmp_path_factory.mktemp("partial")
    files, known = [str(ORGANIZATIONS / "school-staff-room-telegram.yaml")], folder / "known.json"
    assert run(["check", *files, "--write-baseline", str(known)]) == 0
    entries = json.loads(known.read_bytes())
    entries["findings"].append({**entries["findings"][0], "item": "uses[u_gone]"})
    known.write_text(json.dumps(entries), "utf-8")
    options = ["--to", str(folder / "results"), "--jobs", "1", "--baseline", str(known), "--exclude", "FM-BAN"]
    assert run(["check", *files, *options]) == 0
    found: dict[str, Any] = json.loads((folder / "results" / "run.json").read_text("utf-8"))
    return found


def objects(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every description of an object that names its keys."""
    if "properties" in schema:
        yield schema
        for inner in schema["properties"].values():
            yield from objects(inner)


def test_the_schema_is_a_valid_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["x-version"] == SCHEMA["properties"]["schema"]["const"] == NAME


def test_every_key_is_explained_in_russian_and_in_english() -> None:
    texts = ("title", "x-title-en", "description", "x-description-en")
    for schema in (SCHEMA, *SCHEMA["$defs"].values()):
        for mapping in objects(schema):
            for spec in (mapping, *mapping["properties"].values()):
                assert all(spec.get(key) for key in texts), spec


def test_a_batch_writes_what_the_schema_describes_and_nothing_else(
    document: dict[str, Any], partial: dict[str, Any]
) -> None:
    assert partial["policy_set"]["selection"]["exclude"] == ["FM-BAN"]
    assert partial["baseline"]["fixed"]
    assert {"selection", "baseline"}.isdisjoint([*document, *document["policy_set"]])
    closed = json.loads(json.dumps(SCHEMA))
    for schema in (closed, *closed["$defs"].values()):
        for mapping in objects(schema):
            mapping["additionalProperties"] = False
    Draft202012Validator(closed).validate(document)
    Draft202012Validator(closed).validate(partial)
    assert {*document["files"]} >= {"verdicts.jsonl", "findings.jsonl", "organizations.jsonl", "rollup.json"}


@pytest.mark.parametrize("key", SCHEMA["required"])
def test_a_key_that_is_missing_is_noticed(document: dict[str, Any], key: str) -> None:
    assert not Draft202012Validator(SCHEMA).is_valid({name: document[name] for name in document if name != key})
