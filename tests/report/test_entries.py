"""The policies as reports list them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from validator.journeys.results.entries import entries_of, entries_told_by, names_of
from validator.language.library import Library
from validator.logic.report import PolicyEntry


@pytest.fixture(scope="module")
def entries(library: Library) -> dict[str, PolicyEntry]:
    return {entry["policy"]: entry for entry in entries_of(library.policies, library.vocabulary)}


def test_a_norm_with_one_window_tells_its_days(entries: dict[str, PolicyEntry]) -> None:
    ban = entries["FM-BAN"]
    assert (ban["in_force_from"], ban["in_force_varies"]) == ("2025-06-01", False)
    assert ban["in_force_through"] is None
    assert (ban["kind"], ban["modality"], ban["severity"]) == ("norm", "prohibition", "critical")


def test_days_that_a_parameter_sets_by_region_are_said_to_vary(entries: dict[str, PolicyEntry]) -> None:
    assert entries["RM-KHAB"]["in_force_varies"]
    assert entries["RM-PILOT"]["in_force_varies"]


def test_a_decision_tells_its_outcomes_and_readings(entries: dict[str, PolicyEntry]) -> None:
    auto = entries["XF-AUTO"]
    assert [one["id"] for one in auto["outcomes"]] == ["moved", "stays"]
    assert all(one["title"]["ru"] and one["title"]["en"] for one in auto["outcomes"])
    assert {"decisions.moved", "decisions.stays", "unknown"} <= set(auto["verdicts"])
    assert [one["chosen"] for one in auto["readings"]].count(True) == 1


def test_what_judges_persons_says_so(entries: dict[str, PolicyEntry]) -> None:
    assert entries["ALT-ASSIST"]["about_persons"]
    assert not entries["FM-BAN"]["about_persons"]
    assert not entries["XF-AUTO"]["about_persons"]


def test_kinds_and_regions_have_names(library: Library) -> None:
    names = names_of(library.policies, library.vocabulary)
    assert names["kinds"]["school"]["ru"]
    assert names["regions"]["78"]["ru"] == "Санкт-Петербург"


def test_results_alone_tell_most_of_a_policy(
    saved: Path, library: Library, entries: dict[str, PolicyEntry]
) -> None:
    report = json.loads(saved.read_bytes())
    found = {entry["policy"]: entry for entry in entries_told_by(report["results"], library.vocabulary)}
    assert set(found) == {result["policy"] for result in report["results"]}
    same = ("policy", "kind", "topic", "title", "modality", "force", "citations", "about_persons")
    for name, entry in found.items():
        assert {key: entry[key] for key in same} == {key: entries[name][key] for key in same}  # type: ignore[literal-required]
        assert set(entry["verdicts"]) <= set(entries[name]["verdicts"])
        assert entry["in_force_varies"]
