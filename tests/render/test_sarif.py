"""SARIF: valid by its schema, alerts that last, and on GitHub nothing that is no alert."""

from __future__ import annotations

import gzip
import json
import os
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from jsonschema import Draft7Validator
from sample_reports import (
    FILES,
    NAUGHTY,
    ROOT,
    decision,
    everything,
    named,
    real_report,
    record,
    report,
    result,
    waiver,
)

from validator.cli.check import evaluate
from validator.render import sarif, sarif_full, sarif_github
from validator.render.sarif import limits

PROFILES = (sarif, sarif_full, sarif_github)


def run_of(made: Any, profile: ModuleType = sarif, language: Any = "ru") -> dict[str, Any]:
    log = json.loads(profile.render(made, language))
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    run: dict[str, Any] = log["runs"][0]
    return run


def by_rule(run: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {found["ruleId"]: found for found in run["results"]}


# --- the schema ----------------------------------------------------------------------------------------------


@cache
def _schema() -> Draft7Validator:
    file = Path(os.environ["SVERKA_CORPORA"]) / "sarif" / "sarif-2.1.0.json"
    return Draft7Validator(json.loads(file.read_text("utf-8")))


@pytest.mark.skipif("SVERKA_CORPORA" not in os.environ, reason="SVERKA_CORPORA is not set")
@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.__name__)
@pytest.mark.parametrize("made", [real_report, everything, report, lambda: named(NAUGHTY)])
def test_a_log_is_valid_by_the_schema(made: Any, profile: ModuleType, language: Any) -> None:
    log = json.loads(profile.render(made(), language))
    assert [f"{error.json_path}: {error.message[:200]}" for error in _schema().iter_errors(log)] == []


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.__name__)
def test_a_log_has_what_github_requires(profile: ModuleType) -> None:
    run = run_of(real_report(), profile)
    assert run["results"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["automationDetails"]["id"] == "sverka/policies/"
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert len(rule["properties"]["tags"]) <= 20
        assert "security-severity" not in rule["properties"]  # these are no security alerts
    for found in run["results"]:
        assert found["message"]["text"]
        assert rules[found["ruleIndex"]]["id"] == found["ruleId"]
        place = found["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] in FILES
        assert place["region"]["startLine"] >= 1
        assert len(found.get("relatedLocations", [])) < 1_000
    prints = [found["partialFingerprints"]["primaryLocationLineHash"] for found in run["results"]]
    assert len(set(prints)) == len(prints)


def test_nothing_found_is_an_empty_list_so_that_old_alerts_close() -> None:
    for profile in PROFILES:
        assert run_of(report(), profile)["results"] == []


def test_rules_and_results_are_told_in_the_language_of_the_run() -> None:
    russian, english = (run_of(everything(), language=language) for language in ("ru", "en"))
    assert (russian["language"], english["language"]) == ("ru", "en")
    for run, severity in ((russian, "важность: критическая"), (english, "severity: critical")):
        rule = next(rule for rule in run["tool"]["driver"]["rules"] if rule["id"] == "T-NORM")
        assert severity in rule["help"]["text"]
        assert severity in by_rule(run)["T-NORM"]["message"]["text"]
        assert rule["help"]["text"].endswith("sverka explain T-NORM")


def test_a_long_description_is_cut_where_github_cuts() -> None:
    long = {"ru": "д" * 2_000, "en": "l" * 2_000}
    (rule,) = run_of(report(result(title=long)))["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == "д" * 1_023 + "…"
    assert len(rule["fullDescription"]["text"]) == 1_024


# --- what a result becomes -----------------------------------------------------------------------------------


def test_the_full_profile_tells_every_verdict_apart() -> None:
    found = by_rule(run_of(everything(), sarif_full))
    assert {rule: (one["kind"], one["level"]) for rule, one in found.items()} == {
        "T-NORM": ("fail", "error"),
        "T-LOW": ("fail", "warning"),
        "T-DISPUTED": ("fail", "warning"),
        "T-UNKNOWN": ("open", "none"),
        "T-ADVICE": ("fail", "note"),
        "T-WAIVED": ("fail", "note"),
        "T-KNOWN": ("fail", "note"),
        "T-DECISION": ("open", "none"),
        "T-met": ("pass", "none"),
        "T-exempt": ("pass", "none"),
        "T-open": ("pass", "none"),
        "T-not_applicable": ("notApplicable", "none"),
        "T-FINE-DISPUTED": ("review", "none"),
        "duplicate-key": ("fail", "error"),
        "missing-key": ("fail", "error"),
        "waiver-expired": ("fail", "warning"),
    }
    assert by_rule(run_of(report(decision())))["T-DECISION"]["kind"] == "informational"


def test_what_is_fine_is_in_the_full_profile_only_where_it_is_asked_for() -> None:
    fine = {"T-met", "T-exempt", "T-open", "T-not_applicable"}
    assert by_rule(run_of(everything(), sarif_full)).keys() - by_rule(run_of(everything())).keys() == fine


def test_a_waived_violation_is_suppressed_with_ground_post_document_and_place() -> None:
    found = by_rule(run_of(everything(), language="en"))["T-WAIVED"]
    (suppression,) = found["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    for word in ("W-1", "2025-12-31", "A text", "начальник", "приказ № 7"):
        assert word in suppression["justification"]
    uri = suppression["location"]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == waiver()["location"]["file"]


def test_a_known_finding_says_that_it_was_there_before() -> None:
    found = by_rule(run_of(everything()))
    assert found["T-KNOWN"]["baselineState"] == "unchanged"
    assert "baselineState" not in found["T-NORM"]


def test_github_gets_alerts_only_and_unknowns_as_warnings() -> None:
    found = by_rule(run_of(everything(), sarif_github))
    assert {rule: one["level"] for rule, one in found.items()} == {
        "T-NORM": "error",
        "duplicate-key": "error",
        "missing-key": "error",
        "T-UNKNOWN": "warning",
        "T-DISPUTED": "warning",
        "T-LOW": "warning",
        "waiver-expired": "warning",
        "T-KNOWN": "note",
        "T-ADVICE": "note",
    }
    assert {one["kind"] for one in found.values()} == {"fail"}  # GitHub raises whatever kind a result has
    assert not any("suppressions" in one for one in found.values())


def test_a_document_put_aside_is_a_result_at_its_place_and_a_notification() -> None:
    made = report(quarantine=[record(file="in/школа 1.json")])
    for profile, notified in ((sarif, 1), (sarif_full, 1), (sarif_github, 0)):
        run = run_of(made, profile)
        (found,) = run["results"]
        place = {"startLine": 2, "startColumn": 7}
        uri = "in/%D1%88%D0%BA%D0%BE%D0%BB%D0%B0%201.json"
        assert found["ruleId"] == "duplicate-key"
        assert found["locations"][0]["physicalLocation"]["region"] == place
        assert found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri
        notifications = run["invocations"][0]["toolExecutionNotifications"]
        assert [note["descriptor"]["id"] for note in notifications] == ["duplicate-key"] * notified
        assert [note["level"] for note in notifications] == ["error"] * notified


def test_a_warning_about_no_file_is_a_notification_in_every_profile() -> None:
    made = report(warnings=[record(code="several-days", file="", line=None, column=None)])
    for profile in PROFILES:
        run = run_of(made, profile)
        assert run["results"] == []
        (note,) = run["invocations"][0]["toolExecutionNotifications"]
        assert (note["descriptor"]["id"], note["level"]) == ("several-days", "warning")


def test_a_run_cut_short_did_not_succeed() -> None:
    made = report(result())
    assert run_of(made)["invocations"][0]["executionSuccessful"] is True
    made["inputs"] |= {"not_reached": 2}
    invocation = run_of(made)["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["descriptor"]["id"] == "not-reached"


def test_evidence_is_told_with_its_places() -> None:
    made = real_report()
    finding = next(r for r in made["results"] if r["verdict"] == "violation" and len(r["because"]) > 1)
    made |= {"results": [finding], "quarantine": []}
    (found,) = run_of(made)["results"]
    regions = [place["physicalLocation"]["region"] for place in found["relatedLocations"]]
    places = [evidence["location"] for evidence in finding["because"]]
    assert regions == [{"startLine": place["line"], "startColumn": place["column"]} for place in places]
    assert [place["id"] for place in found["relatedLocations"]] == [*range(1, len(places) + 1)]


def test_of_a_document_in_an_archive_the_archive_is_the_file_and_the_member_is_named() -> None:
    place = {"file": "in/all.zip/d/школа.json", "line": 9, "column": 4}
    (found,) = run_of(report(result(location=place)))["results"]
    assert found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "in/all.zip"
    assert found["locations"][0]["message"]["text"] == "d/школа.json"


def test_no_name_is_a_link() -> None:
    made = report(result(message={"ru": "[x](http://evil.example)", "en": ""}))
    (found,) = run_of(made)["results"]
    assert "](" not in found["message"]["text"]
    assert "evil.example" in found["message"]["text"]


# --- fingerprints --------------------------------------------------------------------------------------------


def test_fingerprints_stay_when_lines_move(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SVERKA_CACHE", "off")
    monkeypatch.chdir(tmp_path)
    text = (ROOT / FILES[0]).read_text("utf-8")
    prints = []
    for moved in (text, "# a line\n\n# and another\n" + text):
        Path("school.yaml").write_text(moved, "utf-8")
        results = run_of(evaluate(("school.yaml",), (), None, findings_only=True))["results"]
        lines = {found["locations"][0]["physicalLocation"]["region"]["startLine"] for found in results}
        prints.append((min(lines), {f["partialFingerprints"]["primaryLocationLineHash"] for f in results}))
    assert prints[1][0] == prints[0][0] + 3
    assert prints[1][1] == prints[0][1]


def test_what_is_found_twice_is_numbered_in_the_order_of_the_report() -> None:
    later = result(as_of="2026-01-01", severity="low")
    earlier = result(severity="low")
    graver = result(as_of="2026-01-01")
    for last in (later, graver):  # the graver comes first in the log and stays the second of its name
        prints = {
            found["properties"]["as_of"]: found["partialFingerprints"]["primaryLocationLineHash"]
            for found in run_of(report(earlier, last))["results"]
        }
        assert [one.rpartition(":")[2] for one in (prints["2025-10-01"], prints["2026-01-01"])] == ["1", "2"]


# --- limits --------------------------------------------------------------------------------------------------


def test_of_more_than_25000_results_the_gravest_stay_and_the_rest_is_told() -> None:
    mild = [result(number, severity="low") for number in range(25_000)]
    fitted = sarif_github.fit(report(*mild, result(99_999), result(99_998)), "en")
    run = json.loads(fitted.text)["runs"][0]
    assert len(run["results"]) == 25_000
    assert [found["level"] for found in run["results"][:3]] == ["error", "error", "warning"]
    assert fitted.left_out is not None
    told = fitted.left_out.en
    assert told.startswith(
        "sarif: the limits of the format let in the 25000 gravest of 25002 results, 2 are left out"
    )
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"] == told


def test_a_log_within_the_limits_tells_of_none() -> None:
    for profile in PROFILES:
        assert profile.fit(real_report(), "ru").left_out is None


def test_there_are_no_more_rules_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_RULES", 2)
    fitted = sarif.fit(report(*(result(policy=f"T-{number}") for number in range(5))), "ru")
    run = json.loads(fitted.text)["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["T-0", "T-1"]
    assert len(run["results"]) == 2
    assert fitted.left_out is not None
    assert "не вошло 3" in fitted.left_out.ru


def test_the_file_is_no_larger_than_allowed_when_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_BYTES", 8_000)
    fitted = sarif.fit(real_report(), "ru")
    results = json.loads(fitted.text)["runs"][0]["results"]
    assert 0 < len(results) < len(run_of_all())
    assert results[0]["level"] == "error"
    assert len(gzip.compress(fitted.text.encode())) < 8_100
    assert fitted.left_out is not None


def run_of_all() -> list[Any]:
    return [found for found in real_report()["results"] if found["verdict"] != "ok"]


def test_more_places_than_allowed_are_counted() -> None:
    place = {"file": "in/a.yaml", "line": 1, "column": 1}
    both = {"ru": "х", "en": "x"}
    fact = {"path": "x", "value": "x", "title": both, "value_title": both, "statement": both, "location": place}
    (found,) = run_of(report(result(because=[fact] * 1_500)))["results"]
    assert len(found["relatedLocations"]) == 999
    assert found["properties"]["relatedLocationsLeftOut"] == 501
