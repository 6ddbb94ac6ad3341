"""Whether a report is one that `schemas/report.schema.json` describes, checked as strictly as for our own output.

The published schema leaves room for keys that later versions add. What this version writes must hold exactly the
keys of `validator.logic.report`, and its numbers must add up. Tests reach it by the fixture `valid_report`.
"""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from validator.resources import schema_bytes


@cache
def published() -> dict[str, Any]:
    """The schema as consumers read it."""
    found: dict[str, Any] = json.loads(schema_bytes("report"))
    return found


def closed(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema without room for other keys, in every mapping that it describes key by key."""
    found = copy.deepcopy(schema)
    for part in (found, *found["$defs"].values()):
        part["additionalProperties"] = False
    return found


@cache
def _strict() -> Draft202012Validator:
    return Draft202012Validator(closed(published()))


def assert_valid_report(report: Any) -> None:
    """Raise AssertionError with every place where the report differs from its schema."""
    report = json.loads(json.dumps(report, ensure_ascii=False))  # what JSON holds, and nothing else
    errors = [f"{error.json_path}: {error.message[:200]}" for error in _strict().iter_errors(report)]
    assert not errors, "\n".join(errors[:20])
    _assert_sums(report)


def _assert_sums(report: dict[str, Any]) -> None:
    inputs, counts, results = report["inputs"], report["counts"], report["results"]
    assert inputs["documents"] == inputs["evaluated"] + inputs["quarantined"] + inputs["not_reached"]
    assert inputs["evaluated"] == len(report["organizations"])
    organizations = [result["organization"] for result in results]
    assert organizations == sorted(organizations)
    for verdict in ("violation", "advice", "waived", "unknown"):
        found = sum(result["kind"] == "norm" and result["verdict"] == verdict for result in results)
        assert counts[verdict] == found, verdict
    for outcome, number in counts["decisions"].items():
        assert number == sum(r["kind"] == "decision" and r["verdict"] == outcome for r in results), outcome
    assert counts["disputed"] == sum(result["disputed"] is not None for result in results)
    for reason, number in counts["ok"].items():  # `--results findings` leaves the ok ones out
        assert number >= sum(result["reason"] == reason for result in results), reason
