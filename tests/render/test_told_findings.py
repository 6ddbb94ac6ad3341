"""What the formats for CI systems agree on: how grave a result is, and the name under which it is known."""

from __future__ import annotations

from typing import Any

import pytest
from sample_reports import decision, everything, report, result

from validator.render.asides import asides
from validator.render.findings import gravity, is_told_on_changes, item_of, level_of, result_print, told_on_changes

OTHER = [{"reading": "strict", "verdict": "ok"}]


@pytest.mark.parametrize(
    ("given", "level"),
    [
        ({"severity": "critical"}, "error"),
        ({"severity": "medium"}, "error"),
        ({"severity": "low"}, "warning"),
        ({"severity": "critical", "disputed": OTHER}, "warning"),
        ({"severity": "critical", "baseline": True}, "note"),
        ({"severity": "high", "verdict": "unknown"}, "error"),
        ({"severity": "medium", "verdict": "unknown"}, "warning"),
        ({"severity": "critical", "verdict": "advice"}, "note"),
        ({"severity": "critical", "verdict": "waived"}, "note"),
        ({"severity": None, "kind": "decision", "verdict": "unknown"}, "note"),
    ],
)
def test_a_level_is_what_the_default_gate_makes_of_a_result(given: dict[str, Any], level: str) -> None:
    assert level_of(result(**given)) == level


def test_a_review_sees_the_worst_first_and_nothing_that_is_fine_waived_or_decided() -> None:
    shown = [found["policy"] for found in told_on_changes(everything()["results"])]
    assert shown == ["T-NORM", "T-UNKNOWN", "T-DISPUTED", "T-LOW", "T-KNOWN", "T-ADVICE"]


def test_every_violation_that_blocks_comes_before_every_unknown_that_does() -> None:
    assert gravity(result(severity="medium")) < gravity(result(severity="critical", verdict="unknown"))


def test_a_decision_is_no_finding_whatever_it_is_called() -> None:
    assert not is_told_on_changes(decision(verdict="violation"))


@pytest.mark.parametrize(
    ("subject", "ref", "item"),
    [
        ("uses[3]", "u_1", "uses[u_1]"),
        ("services[3]", None, "services[3]"),
        ("chats[2].admins[0]", "p_1", "chats[2].admins[p_1]"),
        ("organization", None, "organization"),
        ("uses", None, "uses"),
    ],
)
def test_an_item_is_named_by_its_ref_where_it_has_one(subject: str, ref: str | None, item: str) -> None:
    assert item_of(result(subject=subject, ref=ref)) == item


def test_the_fingerprint_outlives_lines_days_and_wording_but_no_other_organization_policy_or_item() -> None:
    known = result_print(result())
    elsewhere = {"file": "other.yaml", "line": 99, "column": 1}
    changed = result(location=elsewhere, as_of="2026-01-01", message=None, severity="low", subject="uses[7]")
    assert result_print(changed) == known
    others = {result_print(result(2)), result_print(result(policy="T-X")), result_print(result(ref="u_2"))}
    assert len(others | {known}) == 4


def test_what_a_run_leaves_open_is_told_of_the_run() -> None:
    selection = {"only": ["FM-BAN"], "exclude": [], "policies": ["FM-BAN"], "whole": {"norms": 9, "decisions": 1}}
    entry = {"organization": "7800000002", "policy": "T-NORM", "item": "uses[u_1]", "number": 2, "found": 1}
    known = {"file": "known.json", "known": 2, "fixed": [entry], "outgrown": [], "not_judged": 0}
    made = report(result(), baseline=known)
    made["inputs"]["not_reached"] = 3
    made["policy_set"]["selection"] = selection
    told = list(asides(made, "en"))
    assert [(aside.code, aside.level) for aside in told] == [
        ("not-reached", "error"),
        ("partial", "warning"),
        ("baseline", "note"),
        ("baseline-fixed", "note"),
    ]
    assert "3" in told[0].text
    assert "--only FM-BAN" in told[1].text
    assert "known results 2; entries not needed any more 1" in told[2].text
    assert "7800000002 T-NORM uses[u_1]: found 1 of 2" in told[3].text
    assert list(asides(report(result()), "ru")) == []
