"""Proofs as SARIF: a rule for each analysis, a result for each finding, its digest as the fingerprint."""

from __future__ import annotations

import json
from typing import Any

from validator.logic.proof import ANALYSES, Finding, Involved, ProofReport
from validator.logic.text import Language
from validator.render.places import uri_of
from validator.render.safe import one_line
from validator.render.words import say

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
RUN_ID = "sverka/prove/"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def render(report: ProofReport, language: Language = "ru") -> str:
    """The log of one run as text."""
    codes = [code for code in ANALYSES if any(f["analysis"] == code for f in report["findings"])]
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "sverka",
                "version": report["version"],
                "rules": [_rule(code, language) for code in codes],
            }
        },
        "automationDetails": {"id": RUN_ID},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {}},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _notes(report, language)}],
        "results": [_result(finding, codes, language) for finding in report["findings"]],
        "properties": {"counts": report["counts"], "scope": report["scope"]},
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, language: Language) -> dict[str, Any]:
    return {"id": code, "shortDescription": {"text": say(ANALYSES[code], language)}}


def _result(finding: Finding, codes: list[str], language: Language) -> dict[str, Any]:
    text = one_line(say(finding["message"], language))
    found: dict[str, Any] = {
        "ruleId": finding["analysis"],
        "ruleIndex": codes.index(finding["analysis"]),
        "level": _LEVELS[finding["weight"]],
        "message": {"text": f"{text}. {one_line(say(finding['help'], language))}"},
        "partialFingerprints": {"sverka/1": finding["digest"]},
        "locations": [_place(one) for one in finding["policies"][:1] if one["location"] is not None],
    }
    others = [_place(one, number) for number, one in enumerate(finding["policies"]) if number and one["location"]]
    if others:
        found["relatedLocations"] = others
    known = finding["acknowledged"]
    if known is not None:
        reason = one_line(f"{known['owner']}: {say(known['reason'], language)}")
        found["suppressions"] = [{"kind": "external", "justification": reason}]
    if finding["witness"] is not None:
        found["properties"] = {"snapshot": finding["witness"]["document"], "example": finding["witness"]["example"]}
    return found


def _place(involved: Involved, number: int | None = None) -> dict[str, Any]:
    place = involved["location"]
    assert place is not None
    found: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": _artifact(place["file"]),
            "region": {"startLine": place["line"], "startColumn": place["column"]},
        }
    }
    if number is not None:
        found["id"] = number
        found["message"] = {"text": involved["id"]}
    return found


def _artifact(file: str) -> dict[str, str]:
    uri = uri_of(file)
    return {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": "%SRCROOT%"}


def _notes(report: ProofReport, language: Language) -> list[dict[str, Any]]:
    """What the run could not settle, and the statement of what it did."""
    found = [
        {"descriptor": {"id": one["status"]}, "level": "warning", "message": {"text": say(one["asks"], language)}}
        for one in report["questions"]
        if one["status"] in ("undecided", "bounded_ok", "not_analysed")
    ]
    said = " ".join(say(sentence, language) for sentence in report["statement"])
    return [*found, {"descriptor": {"id": "statement"}, "level": "note", "message": {"text": said}}]
