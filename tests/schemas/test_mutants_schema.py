"""The public contract of `test --mutants -o json`: the schema describes what it prints, key by key."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from validator.cli import prove_solver
from validator.cli.main import run
from validator.journeys.mutants.report import SCHEMA as NAME
from validator.journeys.mutants.study import State
from validator.resources import schema_bytes

SCHEMA: dict[str, Any] = json.loads(schema_bytes("mutants"))
# A set whose examples leave changes unnoticed.
FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "defects" / "parameter-gap" / "repaired"


def _printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert run(["test", *arguments, "--policies", str(FOLDER), "-o", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.fixture
def unsolved(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Any]:
    """A study without the solver."""
    monkeypatch.setenv("SVERKA_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(prove_solver, "find_spec", lambda _: None)
    return _printed(capsys, "--mutants")


def _objects(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every description of an object that names its keys."""
    if "properties" in schema:
        yield schema
        for inner in schema["properties"].values():
            yield from _objects(inner)


def _closed() -> dict[str, Any]:
    """The schema that lets no other key pass."""
    closed: dict[str, Any] = json.loads(json.dumps(SCHEMA))
    for schema in (closed, *closed["$defs"].values()):
        for mapping in _objects(schema):
            # What a case of examples holds is said by the schema of policies.
            if "expect" not in mapping["properties"]:
                mapping["additionalProperties"] = False
    return closed


def test_the_schema_is_a_valid_one_and_is_printed(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["x-version"] == SCHEMA["properties"]["schema"]["const"] == NAME
    assert run(["schema", "mutants"]) == 0
    assert capsysbinary.readouterr().out == schema_bytes("mutants")


def test_every_key_is_explained_in_russian_and_in_english() -> None:
    texts = ("title", "x-title-en", "description", "x-description-en")
    for schema in (SCHEMA, *SCHEMA["$defs"].values()):
        for mapping in _objects(schema):
            for spec in (mapping, *mapping["properties"].values()):
                assert all(spec.get(key) for key in texts), spec


def test_every_state_of_a_change_is_in_the_schema() -> None:
    mutant, counts = (SCHEMA["$defs"][name]["properties"] for name in ("mutant", "counts"))
    assert mutant["state"]["enum"] == [state.value for state in State]
    assert {*counts} == {"mutants", *(state.value for state in State)}


def test_a_study_without_the_solver_is_what_the_schema_describes(unsolved: dict[str, Any]) -> None:
    Draft202012Validator(_closed()).validate(unsolved)
    assert unsolved["counts"]["unchecked"]
    assert not unsolved["proposals"]


@pytest.mark.skipif(importlib.util.find_spec("z3") is None, reason="the extra `prove` is not installed")
def test_a_study_with_proposals_is_what_the_schema_describes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SVERKA_CACHE_DIR", str(tmp_path))
    found = _printed(capsys, "--propose")
    Draft202012Validator(_closed()).validate(found)
    assert found["proposals"]
    assert any(mutant["shown_on"] for owner in found["owners"] for mutant in owner["mutants"])


@pytest.mark.parametrize("key", SCHEMA["required"])
def test_a_key_that_is_missing_is_noticed(unsolved: dict[str, Any], key: str) -> None:
    assert not Draft202012Validator(SCHEMA).is_valid({name: unsolved[name] for name in unsolved if name != key})
