"""An officer's own folder of policies: the schema made for it knows the names in it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from editor_desk import Sheet, Start

DEFINITION = """\
definition: our-schools
title: {ru: Школы нашего района, en: Schools of our district}
about: organization
when: {kind: school, region: "78"}
"""
NORM = """\
norm: OUR-RULE
title: {ru: Проба, en: Trial}
about: uses
modality: recommendation
severity: low
cites: [{act: 41-fz-2025, at: ст. 15 ч. 1}]
applies_when:
  organization: {meets: our-schools}
  service: {listed_in: foreign-messengers}
required: {personal_data: false}
message: {ru: Проба, en: Trial}
remedy: {ru: Проба, en: Trial}
examples:
  as_of: 2025-10-01
  base:
    organization: {kind: school, region: "78"}
    item: {service: whatsapp, last_on: ongoing}
  cases:
    - {name: one, change: {item: {personal_data: true}}, expect: advice}
    - {name: two, change: {item: {personal_data: false}}, expect: ok}
    - {name: three, change: {item: {personal_data: unknown}}, expect: unknown, missing: [personal_data]}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with own policies and the schema that the command made for them."""
    root = tmp_path_factory.mktemp("workspace")
    for name, text in {"definitions/our-schools.yaml": DEFINITION, "norms/own/OUR-RULE.yaml": NORM}.items():
        file = root / "policies" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "validator", "schema", "policy", "--policies", "builtin"]
    command += ["--policies", str(root / "policies"), "-o", str(root / "policy.schema.json")]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SVERKA_")}
    subprocess.run(command, check=True, cwd=root, env={**clean, "SVERKA_CACHE": "off"}, capture_output=True)
    return root


@pytest.fixture(scope="module")
def rule(folder: Path, start: Start) -> Iterator[Sheet]:
    """The norm of the own folder, in an editor that uses the schema made for the folder."""
    schemas = {(folder / "policy.schema.json").as_uri(): "/policies/**/*.yaml"}
    with start(schemas, folder) as server:
        yield Sheet(server, "policies/norms/own/OUR-RULE.yaml")


def test_own_names_are_offered_beside_those_that_ship(rule: Sheet) -> None:
    found = rule.offers("{meets: our-schools}", "{meets: ¦}")
    assert {"our-schools", "FM-ADDR"} <= set(found)


def test_an_own_name_is_explained(rule: Sheet) -> None:
    assert "`our-schools`: Школы нашего района" in rule.hover("{meets: our-¦schools}")


def test_sound_own_policies_are_not_underlined(rule: Sheet) -> None:
    assert rule.marks() == []
    assert Sheet(rule.server, "policies/definitions/our-schools.yaml").marks() == []


@pytest.mark.parametrize(
    ("old", "new", "token"),
    [
        ("{meets: our-schools}", "{meets: our-scools}", "our-scools"),
        ("{listed_in: foreign-messengers}", "{listed_in: foreign-messenger}", "foreign-messenger"),
        ("{act: 41-fz-2025, at: ст. 15 ч. 1}", "{act: 41-fz-2024, at: ст. 15 ч. 1}", "41-fz-2024"),
        ("{act: 41-fz-2025, at: ст. 15 ч. 1}", "{act: 41-fz-2025, at: ст. 15 ч. 11}", "ст. 15 ч. 11"),
        ("service: {listed_in: foreign-messengers}", "service: {is: whatsap}", "whatsap"),
        ("required: {personal_data", "in_force: {from: {param: transfer-sart}}\nrequired: {personal_data",
         "transfer-sart"),
    ],
)  # fmt: skip
def test_a_name_that_is_not_in_the_set_is_underlined_and_the_way_out_is_told(
    old: str, new: str, token: str, rule: Sheet
) -> None:
    marks = rule.marks(old, new)
    assert [mark.token for mark in marks] == [token], marks
    assert "sverka schema policy --policies" in marks[0].message
