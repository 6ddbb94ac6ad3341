"""Findings without explanation as whole results: what a policy says of itself is filled in."""

from __future__ import annotations

from validator.journeys.batch.rows import DisputeRow, FindingRow
from validator.logic.report import BothTexts, OrganizationRow, OtherReading, PolicyEntry, Result

_PENALIZED = ("violation", "advice")


def whole_of(row: FindingRow, organization: OrganizationRow, entry: PolicyEntry) -> Result:
    """The result that a row stands for: no facts, no message, and the file of the organization as its place.

    `missing` of an unknown and `criteria` of a decision are empty, because nobody asked for them.
    """
    titles = {named["id"]: named["title"] for named in entry["outcomes"]}
    result: Result = {
        "organization": row["organization"],
        "organization_name": organization["name"],
        "as_of": row["as_of"],
        "law_date": row["law_date"],
        "policy": row["policy"],
        "kind": entry["kind"],
        "topic": entry["topic"],
        "title": entry["title"],
        "modality": entry["modality"],
        "severity": row["severity"],
        "force": entry["force"],
        "subject": row["subject"],
        "ref": row["ref"],
        "verdict": row["verdict"],
        "verdict_title": titles.get(row["verdict"]),
        "reason": row["reason"],
        "disputed": [_reading(other, entry, titles) for other in row["disputed"] or ()] or None,
        "missing": [],
        "alternatives": [],
        "because": [],
        "citations": entry["citations"],
        "message": None,
        "remedy": None,
        "sanction": entry["sanction"] if row["verdict"] in _PENALIZED else None,
        "waiver": None,
        "location": {"file": organization["file"], "line": 1, "column": 1},
    }
    if entry["kind"] == "decision":
        result["criteria"], result["advice"] = [], []
    if "baseline" in row:
        result["baseline"] = row["baseline"]
    return result


def _reading(other: DisputeRow, entry: PolicyEntry, titles: dict[str, BothTexts]) -> OtherReading:
    nothing: BothTexts = {"ru": "", "en": ""}
    why = next((one["title"] for one in entry["readings"] if one["id"] == other["reading"]), nothing)
    return {
        "reading": other["reading"],
        "verdict": other["verdict"],
        "verdict_title": titles.get(other["verdict"]),
        "message": None,
        "why": why,
    }
