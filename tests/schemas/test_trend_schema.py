"""The public contracts of a comparison of dates and of the policies of a batch, key by key."""

from __future__ import annotations

import json
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

import pytest
from jsonschema import Draft202012Validator

from validator.cli.main import run
from validator.logic import trend as types
from validator.resources import organizations_folder, schema_bytes

SCHEMA: dict[str, Any] = json.loads(schema_bytes("trend"))
POLICIES: dict[str, Any] = json.loads(schema_bytes("policies"))
NAMES = {
    types.Trend: "",
    types.TrendDate: "trend_date",
    types.Figures: "figures",
    types.PolicyTrend: "policy_trend",
    types.PlaceTrend: "place_trend",
    types.OrganizationName: "organization_name",
    types.Step: "step",
    types.Change: "change",
    types.ChangeCount: "change_count",
    types.TrendNote: "trend_note",
}
TEXTS = ("title", "x-title-en", "description", "x-description-en")


@pytest.mark.parametrize("schema", [SCHEMA, POLICIES], ids=["trend", "policies"])
def test_the_schemas_are_valid_ones_and_say_everything_twice(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    assert schema["x-version"] == schema["properties"]["schema"]["const"]
    for name, part in (("", schema), *schema["$defs"].items()):
        for key, spec in (("", part), *part.get("properties", {}).items()):
            assert all(spec.get(text) for text in TEXTS), (name, key)


def test_every_type_has_its_part_of_the_schema() -> None:
    own = {found for found in vars(types).values() if is_typeddict(found) and found.__module__ == types.__name__}
    assert own == set(NAMES)


@pytest.mark.parametrize("type_", NAMES, ids=lambda found: found.__name__)
def test_the_schema_has_the_keys_of_the_type_and_null_where_it_has_none(type_: Any) -> None:
    part = SCHEMA["$defs"][NAMES[type_]] if NAMES[type_] else SCHEMA
    hints = get_type_hints(type_)
    assert list(part["properties"]) == part["required"] == list(hints)
    for key, hint in hints.items():
        nullable = get_origin(hint) is UnionType and type(None) in get_args(hint)
        own = {"$defs": SCHEMA["$defs"], **part["properties"][key]}
        assert Draft202012Validator(own).is_valid(None) == nullable, key


def test_the_parts_that_schemas_share_are_the_same() -> None:
    report = json.loads(schema_bytes("report"))["$defs"]
    rollup = json.loads(schema_bytes("rollup"))["$defs"]
    for name, part in POLICIES["$defs"].items():
        assert part == report[name], name
    shared = {"both_texts", "named_text", "policy_set", "tool", "policy_selection", "whole_policy_set"}
    for name, part in SCHEMA["$defs"].items():
        if name not in NAMES.values():
            assert part == (report if name in shared else rollup)[name], name


def test_a_batch_writes_the_policies_that_the_schema_describes(tmp_path: Path) -> None:
    file = organizations_folder() / "stavropol-school-2023.yaml"
    run(["check", str(file), "--to", str(tmp_path / "batch"), "--jobs", "1"])
    found = json.loads((tmp_path / "batch" / "policies.json").read_bytes())
    closed = json.loads(json.dumps(POLICIES))
    for part in (closed, *closed["$defs"].values()):
        part["additionalProperties"] = False
    Draft202012Validator(closed).validate(found)
    listed = json.loads((tmp_path / "batch" / "run.json").read_bytes())["files"]
    assert "policies.json" in listed
    assert len(found["policies"]) > 50
