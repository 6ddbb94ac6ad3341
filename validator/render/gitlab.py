"""The report as GitLab Code Quality, for the widget of merge requests: findings and documents put aside.

Left out are what is fine, what is waived, and decisions; GitLab knows no other state than “found”. Of two entries
with one fingerprint GitLab shows one, so a fingerprint that comes again is salted.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TypedDict

from validator.logic.report import QuarantineRecord, Report, Result
from validator.logic.text import Language
from validator.render.findings import (
    Unrepeated,
    fingerprint,
    gravity,
    level_of,
    record_gravity,
    record_print,
    result_print,
    severity_of,
    told_on_changes,
)
from validator.render.json_text import json_text
from validator.render.places import path_of
from validator.render.telling import mistake, sentence, subject_of

_SEVERITIES = {"critical": "blocker", "high": "critical", "medium": "major", "low": "minor", "info": "info"}
# What stops no change is never shown as graver than this.
_MILD = {"warning": "minor", "note": "info"}


class Lines(TypedDict):
    """The first line, from 1."""

    begin: int


class Place(TypedDict):
    """A file of the repository, with its line."""

    path: str
    lines: Lines


class Entry(TypedDict):
    """One entry of the widget."""

    description: str
    check_name: str
    fingerprint: str
    severity: str
    location: Place


def render(report: Report, language: Language = "ru") -> str:
    """The report as a JSON array, worst entries first."""
    ranked = [(gravity(result), _finding(result, language)) for result in told_on_changes(report["results"])]
    for set_aside, records in ((True, report["quarantine"]), (False, report["warnings"])):
        rank = record_gravity(set_aside=set_aside)
        ranked += [(rank, _mistake(record, language, set_aside=set_aside)) for record in records]
    entries = [entry for _, entry in sorted(ranked, key=itemgetter(0))]
    return json_text(_salted(entries), indent=2) + "\n"


def _finding(result: Result, language: Language) -> Entry:
    place = result["location"]
    level = level_of(result)
    return {
        "description": f"{result['policy']} {subject_of(result)}: {sentence(result, language)}",
        "check_name": result["policy"],
        "fingerprint": result_print(result),
        "severity": _SEVERITIES[severity_of(result)] if level == "error" else _MILD[level],
        "location": {"path": path_of(place["file"]), "lines": {"begin": place["line"]}},
    }


def _mistake(record: QuarantineRecord, language: Language, *, set_aside: bool) -> Entry:
    return {
        "description": f"{record['code']}: {mistake(record, language, set_aside=set_aside)}",
        "check_name": record["code"],
        "fingerprint": record_print(record),
        "severity": "blocker" if set_aside else "minor",
        "location": {"path": path_of(record["file"]), "lines": {"begin": record["line"] or 1}},
    }


def _salted(entries: list[Entry]) -> list[Entry]:
    came = Unrepeated()
    for entry in entries:
        number = came.number(entry["fingerprint"])
        if number > 1:
            entry["fingerprint"] = fingerprint(entry["fingerprint"], str(number))
    return entries
