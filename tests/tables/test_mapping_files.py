"""Mapping files: every mistake is told at its place, and the published schema says the same as the reader."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from table_work import library

from validator.language.vocabulary import ROOT
from validator.logic.problem import InputError
from validator.snapshots.tables.fields import places
from validator.snapshots.tables.mapping_files import COLUMN_KEYS, KEYS, TABLE_KEYS, read_mapping

HERE = Path(__file__).parents[2]
SCHEMA = json.loads((HERE / "schemas" / "mapping.schema.json").read_text("utf-8"))
HEAD = (
    "schema: sverka.mapping/1\n"
    "constants: {as_of: 2025-11-14, organization.kind: school, organization.region: '78'}\n"
)
TABLE = "tables: [{rows: organization, columns: {ИНН: organization.inn"


def problems(text: str) -> list[tuple[str, int, str]]:
    with pytest.raises(InputError) as caught:
        read_mapping(text.encode(), "map.yaml", library().vocabulary, library().names)
    return [(p.code, p.span.line if p.span else 0, p.help.ru) for p in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEAD.replace("/1", "/2") + TABLE + "}}]", "unknown-schema"),
        (HEAD + "tabels: []", "unknown-key"),
        (HEAD + "tables: [{rows: organisation, columns: {}}]", "unknown-list"),
        (HEAD + TABLE + ", Имя: organization.nane}}]", "unknown-field"),
        (HEAD + TABLE + ", Чат: chats.ref}}]", "field-of-other-rows"),
        (HEAD + TABLE + ", А: organization.name, Б: organization.name}}]", "field-twice"),
        (HEAD + TABLE + ", А: organization.region}}]", "field-twice"),
        (HEAD + TABLE + ", А: {field: organization.name, serial_dates: true}}}]", "option-not-for-field"),
        (HEAD + TABLE + ", А: {field: organization.founder, values: {x: regoin}}}}]", "unknown-value"),
        (HEAD + "coverage: {chat: complete}\n" + TABLE + "}}]", "unknown-list"),
        (HEAD + "coverage: {chats: full}\n" + TABLE + "}}]", "unknown-value"),
        (HEAD + "lost_zeros: yes\n" + TABLE + "}}]", "unknown-value"),
        (HEAD + TABLE.replace("columns", "range: A1, columns") + "}}]", "bad-range"),
        (HEAD + TABLE.replace("columns", "header: [1, 3], columns") + "}}]", "bad-header-rows"),
        (HEAD.replace("2025-11-14", "14.11.2025") + TABLE + "}}]", "bad-date"),
        (HEAD + TABLE.replace("ИНН: organization.inn", "Имя: organization.name") + "}}]", "field-not-mapped"),
        (HEAD + "tables: [{rows: chats.admins, columns: {ИНН: organization.inn}}]", "field-not-mapped"),
        ("schema: sverka.mapping/1\n" + TABLE + "}}]", "field-not-mapped"),
        (HEAD, "missing-key"),
    ],
)
def test_a_mistake_of_a_mapping_is_told(text: str, code: str) -> None:
    assert code in {found for found, _, _ in problems(text)}


def test_the_nearest_name_is_proposed_at_the_place_of_the_wrong_one() -> None:
    text = (
        HEAD
        + "tables:\n  - rows: organization\n    columns:\n"
        + "      ИНН: organization.inn\n      Имя: organization.nane\n"
    )
    assert problems(text) == [("unknown-field", 7, "похоже на `organization.name`")]


def test_all_mistakes_are_told_at_once() -> None:
    text = (
        HEAD
        + "tables:\n  - rows: organization\n    columns: {А: organization.a, Б: organization.b}\n"
        + "  - rows: chatz\n    columns: {}\n"
    )
    assert [code for code, _, _ in problems(text)] == ["unknown-field", "unknown-field", "unknown-list"]


# --- the published schema -------------------------------------------------------------------------------------


def test_the_schema_names_the_fields_keys_and_lists_that_there_are() -> None:
    known = places(library().vocabulary)
    assert SCHEMA["$defs"]["path"]["enum"] == list(known)
    assert set(SCHEMA["properties"]) == set(KEYS)
    assert set(SCHEMA["$defs"]["table"]["properties"]) == set(TABLE_KEYS)
    assert set(SCHEMA["$defs"]["column"]["properties"]) == set(COLUMN_KEYS)
    lists = SCHEMA["$defs"]["table"]["properties"]["rows"]["enum"]
    assert lists[0] == ROOT
    assert set(lists[1:]) == set(library().vocabulary.lists)
    constants = SCHEMA["properties"]["constants"]["propertyNames"]["enum"]
    assert constants == [path for path, place in known.items() if place.rows == ROOT]


@pytest.mark.parametrize("file", sorted((HERE / "fixtures" / "tables").glob("*.yaml")), ids=lambda file: file.stem)
def test_the_mappings_of_the_fixtures_are_what_the_schema_describes(file: Path) -> None:
    document = yaml.safe_load(
        file.read_text("utf-8").replace("2025-11-14", "'2025-11-14'").replace("2025-11}", "'2025-11'}")
    )
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    read_mapping(file.read_bytes(), file.name, library().vocabulary, library().names)


def test_the_schema_refuses_a_field_that_no_snapshot_has() -> None:
    document = yaml.load(HEAD + TABLE + ", Имя: organization.nane}}]", yaml.BaseLoader)
    errors = list(jsonschema.Draft202012Validator(SCHEMA).iter_errors(document))
    assert len(errors) == 1
