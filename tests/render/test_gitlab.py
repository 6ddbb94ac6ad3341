"""GitLab Code Quality: the fields that GitLab wants, fingerprints that tell entries apart and outlive lines."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sample_reports import decision, everything, real_report, record, report, result

from validator.render import gitlab

# The fields of the report that GitLab documents; it takes others, but we write none.
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1, "pattern": "^[^\n\r]*$"},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "additionalProperties": False,
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./)."},
                    "lines": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def entries(made: Any, language: Any = "ru") -> list[dict[str, Any]]:
    text = gitlab.render(made, language)
    assert text.startswith("[")  # no byte order mark
    found: list[dict[str, Any]] = json.loads(text)
    Draft202012Validator(SCHEMA).validate(found)
    assert len({entry["fingerprint"] for entry in found}) == len(found)
    return found


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_fields_are_those_of_gitlab(language: str) -> None:
    assert entries(real_report(), language)
    assert entries(everything(), language)


def test_nothing_found_is_an_empty_list_so_that_old_entries_close() -> None:
    assert gitlab.render(report()) == "[]\n"


def test_the_description_begins_with_the_policy_because_gitlab_shows_no_check_name() -> None:
    (entry,) = entries(report(result()), "en")
    assert entry["description"].startswith("T-NORM uses[0] u_1: violation: A text — Школа № 1 (INN 7800000001)")
    assert entry["location"] == {"path": "in/school.yaml", "lines": {"begin": 3}}


@pytest.mark.parametrize(
    ("given", "severity"),
    [
        ({"severity": "critical"}, "blocker"),
        ({"severity": "high"}, "critical"),
        ({"severity": "medium"}, "major"),
        ({"severity": "low"}, "minor"),
        ({"severity": "critical", "disputed": [{"reading": "x"}]}, "minor"),
        ({"severity": "high", "verdict": "unknown"}, "critical"),
        ({"severity": "medium", "verdict": "unknown"}, "minor"),
        ({"severity": "critical", "verdict": "advice"}, "info"),
    ],
)
def test_only_what_stops_a_change_is_grave(given: dict[str, Any], severity: str) -> None:
    given["disputed"] = given.get("disputed") and [
        {"reading": "x", "verdict": "ok", "verdict_title": None, "message": None, "why": {"ru": "", "en": ""}}
    ]
    assert [entry["severity"] for entry in entries(report(result(**given)))] == [severity]


def test_what_is_fine_waived_or_decided_is_left_out() -> None:
    fine = result(verdict="ok", reason="met")
    assert entries(report(fine, result(verdict="waived"), decision())) == []


def test_a_document_put_aside_and_a_warning_are_entries() -> None:
    made = report(quarantine=[record(line=None, column=None)], warnings=[record(code="waiver-expired")])
    assert [(e["check_name"], e["severity"], e["location"]["lines"]["begin"]) for e in entries(made)] == [
        ("duplicate-key", "blocker", 1),
        ("waiver-expired", "minor", 2),
    ]


def test_entries_alike_are_told_apart_and_none_changes_when_lines_move() -> None:
    place = {"file": "in/other.yaml", "line": 77, "column": 1}
    first, second = entries(report(result(), result(as_of="2025-11-01")))
    moved, _ = entries(report(result(location=place), result(as_of="2025-11-01", location=place)))
    assert first["fingerprint"] == moved["fingerprint"] != second["fingerprint"]
