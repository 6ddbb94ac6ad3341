"""Reports to render: one of real snapshots, and small ones made by hand."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from validator.cli.check import evaluate
from validator.journeys.assemble import count
from validator.logic.report import Report

ROOT = Path(__file__).parents[2]
# Violations, unknowns, advice, decisions, disputes, a waived violation, YAML and JSON, a document put aside.
FILES = (
    "fixtures/organizations/school-staff-room-telegram.yaml",
    "fixtures/organizations/khabarovsk-school-after-november.json",
    "fixtures/organizations/school-unknown-service.yaml",
    "fixtures/waivers/school/snapshot.yaml",
    "fixtures/broken-snapshots/magic-key.json",
    "fixtures/broken-snapshots/number-for-text.json",
)
WAIVERS = ("fixtures/waivers/school/waivers.yaml",)
BOTH = {"ru": "Текст", "en": "A text"}
NAUGHTY = "Школа ](http://evil.example) | <b>x</b>\n::error::y\x1b[31m @all #1 `z` \ufffe\u2028"


@cache
def _evaluated() -> Report:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setenv("SVERKA_CACHE", "off")
        return evaluate(FILES, (), None, WAIVERS)


def real_report() -> Report:
    """The report of the files above with every judgement; a copy, to be changed at will."""
    return copy.deepcopy(_evaluated())


def result(number: int = 1, **given: Any) -> Any:
    """A violation of a critical norm, unless other things are `given`."""
    place = {"file": "in/school.yaml", "line": 3, "column": 5}
    made: dict[str, Any] = {
        "organization": f"{7800000000 + number}",
        "organization_name": f"Школа № {number}",
        "as_of": "2025-10-01",
        "law_date": "2025-10-01",
        "policy": "T-NORM",
        "kind": "norm",
        "topic": "transfer",
        "title": {"ru": "Норма", "en": "A norm"},
        "modality": "prohibition",
        "severity": "critical",
        "force": "federal_law",
        "subject": "uses[0]",
        "ref": "u_1",
        "verdict": "violation",
        "verdict_title": None,
        "reason": None,
        "disputed": None,
        "missing": [],
        "alternatives": [],
        "because": [],
        "citations": [
            {"act": "act-1", "at": "ст. 1", "force": "federal_law", "checked_on": "never", "title": BOTH}
        ],
        "message": BOTH,
        "remedy": BOTH,
        "sanction": None,
        "waiver": None,
        "location": place,
    }
    if given.get("verdict") == "unknown":
        made |= {"message": None, "missing": [{"path": "uses[0].service", "cause": "absent", "title": BOTH}]}
    return made | given


def decision(number: int = 1, **given: Any) -> Any:
    """An outcome of a decision."""
    frame: dict[str, Any] = {"kind": "decision", "policy": "T-DECISION", "severity": None, "modality": None}
    told: dict[str, Any] = {"verdict": "moved", "verdict_title": BOTH, "message": None, "remedy": None}
    return result(number, **{**frame, **told, "criteria": [], "advice": [], **given})


def record(**given: Any) -> Any:
    """A mistake in a document."""
    return {
        "code": "duplicate-key",
        "file": "in/broken.json",
        "digest": "sha256:00",
        "size": 10,
        "line": 2,
        "column": 7,
        "path": "chats[3].platform",
        "message": BOTH,
        "help": BOTH,
        **given,
    }


def report(*results: Any, **given: Any) -> Any:
    """A report of these results."""
    quarantine = given.get("quarantine", [])
    rows = {
        (r["organization"], r["as_of"]): {
            "organization": r["organization"],
            "name": r["organization_name"],
            "region": "78",
            "municipality": None,
            "kind": "school",
            "as_of": r["as_of"],
            "file": r["location"]["file"],
            "digest": "sha256:11",
        }
        for r in results
    }
    aside = len({r["file"] for r in quarantine})
    inputs = {"documents": len(rows) + aside, "evaluated": len(rows), "quarantined": aside, "not_reached": 0}
    return {
        "schema": "sverka.report/1",
        "tool": {"name": "sverka", "version": "0.1.0", "language_version": 1},
        "policy_set": {"digest": "sha256:" + "0" * 64, "norms": 1, "decisions": 1},
        "law_date": None,
        "inputs": inputs,
        "organizations": list(rows.values()),
        "results": list(results),
        "quarantine": quarantine,
        "warnings": [],
        "counts": count(results),
        **given,
    }


def everything() -> Any:
    """One result of every verdict and every kind of mistake."""
    fine = [result(2, verdict="ok", reason=r, policy=f"T-{r}") for r in ("met", "not_applicable", "open", "exempt")]
    other = [{"reading": "strict", "verdict": "violation", "verdict_title": None, "message": BOTH, "why": BOTH}]
    return report(
        result(1),
        result(1, policy="T-LOW", severity="low"),
        result(1, policy="T-DISPUTED", disputed=other),
        result(1, policy="T-UNKNOWN", verdict="unknown"),
        result(1, policy="T-ADVICE", verdict="advice", modality="recommendation", severity="medium"),
        result(1, policy="T-WAIVED", verdict="waived", waiver=waiver()),
        result(1, policy="T-KNOWN", baseline=True),
        decision(1),
        decision(1, verdict="unknown", verdict_title=None, subject="chats[1]", ref="h_2"),
        *fine,
        result(2, policy="T-FINE-DISPUTED", verdict="ok", reason="met", disputed=other),
        quarantine=[record(), record(code="missing-key", line=None, column=None, path="")],
        warnings=[record(code="waiver-expired", file="waivers/w.yaml", digest=None, size=None)],
    )


def waiver() -> Any:
    """A waiver that holds."""
    return {
        "id": "W-1",
        "ground": BOTH,
        "from": "2025-09-01",
        "through": "2025-12-31",
        "days_left": 91,
        "approved_by": {"post": "начальник", "document": "приказ № 7"},
        "location": {"file": "waivers/w.yaml", "line": 4, "column": 3},
    }


def named(name: str) -> Any:
    """Every kind of result with an organization, texts and files of this name."""
    both = {"ru": name, "en": name}
    made = everything()
    for each in made["results"]:
        file = {"file": f"in/{name}", "line": 3, "column": 5}
        texts = {"message": both if each["message"] else None, "remedy": both, "title": both, "location": file}
        each |= {"organization_name": name, "ref": name, **texts}
    for each in (*made["quarantine"], *made["warnings"]):
        each |= {"file": f"in/{name}", "message": both, "help": both, "path": name}
    for each in made["organizations"]:
        each |= {"name": name, "file": f"in/{name}"}
    return made


Render = Callable[..., str]
