"""`sverka schema`: what is published, or the schema of policies made for one's own folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from validator.cli.main import run
from validator.resources import schema_bytes

OWN = """\
definition: our-schools
title: {ru: Наши школы, en: Our schools}
about: organization
when: {kind: school}
"""
VALUES = "values: our-roles\ntitle: {ru: Наши роли, en: Our roles}\nmembers: [teacher]\n"


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SVERKA_CACHE", "off")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own" / "definitions"
    folder.mkdir(parents=True)
    (folder / "our-schools.yaml").write_text(OWN, encoding="utf-8")
    (folder / "our-roles.yaml").write_text(VALUES, encoding="utf-8")
    return folder.parent


@pytest.mark.parametrize("name", ["snapshot", "policy", "report"])
def test_it_prints_what_is_published(name: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["schema", name]) == 0
    assert capsysbinary.readouterr().out == schema_bytes(name)


def test_the_set_that_ships_has_the_schema_that_is_published(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["schema", "policy", "--policies", "builtin"]) == 0
    assert capsysbinary.readouterr().out == schema_bytes("policy")


def test_a_file_is_written_byte_for_byte(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "snapshot", "-o", "схема.json", "--lang", "ru"]) == 0
    assert (tmp_path / "схема.json").read_bytes() == schema_bytes("snapshot")
    assert capsys.readouterr().out == ""


def test_own_names_are_known_and_demanded(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "policy", "--policies", "builtin", "--policies", str(own)]) == 0
    schema = json.loads(capsys.readouterr().out)
    definitions = schema["$defs"]["definition_of_organization"]["enum"]
    assert {"our-schools", "FM-ADDR"} <= set(definitions)
    check = Draft7Validator({"$ref": "#/$defs/condition_person", "$defs": schema["$defs"]})
    assert check.is_valid({"roles": {"within": {"values": "our-roles"}}})
    assert check.is_valid({"organization": {"meets": "our-schools"}})
    assert not check.is_valid({"roles": {"within": {"values": "our-rolls"}}})
    assert not check.is_valid({"organization": {"meets": "our-scools"}})
    loose = Draft7Validator({**check.schema, "$defs": json.loads(schema_bytes("policy"))["$defs"]})
    assert loose.is_valid({"organization": {"meets": "our-scools"}})


def test_the_schema_of_an_own_set_accepts_its_files(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "policy", "--policies", "builtin", "--policies", str(own)]) == 0
    check = Draft7Validator(json.loads(capsys.readouterr().out))
    title = {"ru": "Наши школы", "en": "Our schools"}
    sound = {"definition": "our-schools", "title": title, "about": "organization", "when": {"kind": "school"}}
    assert check.is_valid(sound)
    assert check.is_valid({**sound, "when": {"meets": "FM-ADDR"}})
    assert not check.is_valid({**sound, "when": {"meets": "FM-ADR"}})


@pytest.mark.parametrize(
    ("arguments", "ru", "en"),
    [
        (["report", "--policies", "builtin"], "схема `report` не зависит от политик",
         "the schema `report` does not depend on policies"),
        (["policy", "-o", "nowhere/x.json"], "нет папки для схемы: nowhere", "no folder for the schema: nowhere"),
        (["policy", "-o", "."], "вместо файла схемы папка: .", "a folder stands where the schema should go: ."),
        (["policy", "--policies", "nowhere"], "папки с политиками нет", "there is no such policy folder"),
    ],
)  # fmt: skip
def test_what_can_not_be_done_is_said_and_ends_with_2(
    arguments: list[str], ru: str, en: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["schema", *arguments, "--lang", "ru"]) == 2
    assert ru in capsys.readouterr().err
    assert run(["schema", *arguments, "--lang", "en"]) == 2
    assert en in capsys.readouterr().err
