"""Reference tables against public ones: codes, names and time zones of the federal subjects."""

from __future__ import annotations

import csv
import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pycountry
import pytest

from validator.language.library import load, read_folder
from validator.language.vocabulary import read_vocabulary
from validator.resources import policies_folder, schema_bytes

LIBRARY = load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))
SUBJECTS = {row.id: row for row in LIBRARY.policies.registers["federal-subjects"].rows}
# The published list of ISO 3166-2 does not count these among the subdivisions of Russia.
WITHOUT_ISO = {"90", "91", "92", "93", "94", "95"}


def test_there_are_89_subjects_each_with_a_two_digit_code() -> None:
    assert len(SUBJECTS) == 89
    assert all(len(code) == 2 and code.isdigit() for code in SUBJECTS)


def test_iso_codes_are_those_of_the_published_list() -> None:
    published = {subdivision.code for subdivision in pycountry.subdivisions.get(country_code="RU")}
    ours = {row.facts["iso"] for row in SUBJECTS.values() if "iso" in row.facts}
    assert ours == published
    assert {code for code, row in SUBJECTS.items() if "iso" not in row.facts} == WITHOUT_ISO


def test_the_subject_code_is_not_the_oktmo_prefix() -> None:
    same = [code for code, row in SUBJECTS.items() if row.facts["oktmo_prefix"] == code]
    assert len(same) <= 3, "a join of the two would be wrong for nearly every subject"


def test_time_zones_and_oktmo_prefixes_agree_with_the_open_table() -> None:
    folder = os.environ.get("SVERKA_CORPORA")
    if not folder:
        pytest.skip("SVERKA_CORPORA is not set")
    by_iso = {row.facts["iso"]: row for row in SUBJECTS.values() if "iso" in row.facts}
    checked = 0
    with (Path(folder) / "region" / "region.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            row = by_iso.get(line["iso_code"])
            if row is None:
                continue
            hours = int(line["timezone"].removeprefix("UTC+"))
            zones = [ZoneInfo(zone) for zone in row.facts["tz"].split()]
            offsets = [datetime(2025, 9, 1, tzinfo=zone).utcoffset() for zone in zones]
            assert hours * 3600 in [offset.total_seconds() for offset in offsets if offset], row.id
            assert line["oktmo"].startswith(row.facts["oktmo_prefix"]), row.id
            checked += 1
    assert checked == 83
