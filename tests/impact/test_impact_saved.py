"""Saved reports as sides: read strictly, compared honestly."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from impact_bench import ORGANIZATIONS, ROOT, Bench, Impact, Sverka, found, inn, write_set, write_snapshot

import validator.cli.impact_sides  # noqa: F401 - a test changes a limit in it, and must not be the first to import it

PLACE = "norms/T-CONNECT.yaml"


class Saving:
    """Two tiny policy sets, three snapshots, and reports saved with `check -o json`."""

    def __init__(self, path: Path, sverka: Sverka) -> None:
        self.path, self.sverka = path, sverka
        self.snapshots = path / "snapshots"
        self.snapshots.mkdir()
        for name in ("old", "new"):
            write_set(path / name)
        file = path / "new" / PLACE
        file.write_text(file.read_text("utf-8").replace("2025-06-01", "2026-06-01"), "utf-8")
        for number, facts in enumerate(({"sferum_connected": False}, {"sferum_connected": True}, {})):
            write_snapshot(self.snapshots / f"{number}.json", number, **facts)

    def save(self, policies: str, name: str, *more: str) -> Path:
        file = self.path / name
        ran = self.sverka("check", self.snapshots, "--policies", self.path / policies, "-o", f"json={file}", *more)
        assert file.exists(), ran.err
        return file


@pytest.fixture
def saving(tmp_path: Path, sverka: Sverka) -> Saving:
    return Saving(tmp_path, sverka)


LATER = {
    (inn(0), "T-CONNECT", "organization", "violation > ok", "better"),
    (inn(2), "T-CONNECT", "organization", "unknown > ok", "better"),
}


def test_two_saved_reports_are_compared_without_snapshots(saving: Saving, impact: Impact) -> None:
    report = impact(saving.save("old", "old.json"), saving.save("new", "new.json"))
    assert found(report) == LATER
    assert (report["old"]["kind"], report["new"]["kind"]) == ("saved", "saved")
    assert report["policies"][0]["causes"] == []
    assert report["changes"] == []
    assert report["equal"] is False
    assert report["code"] == 1


def test_a_saved_report_is_compared_with_policies_and_the_other_way_round(saving: Saving, impact: Impact) -> None:
    old, new = saving.save("old", "old.json"), saving.save("new", "new.json")
    assert found(impact(old, saving.path / "new", "--on", saving.snapshots)) == LATER
    assert found(impact(saving.path / "old", new, "--on", saving.snapshots)) == LATER


def test_the_same_report_flips_nothing(saving: Saving, impact: Impact) -> None:
    old = saving.save("old", "old.json")
    report = impact(old, old)
    assert report["flips"] == []
    assert report["code"] == 0
    assert [note["code"] for note in report["notes"]] == ["same-policies"]


def test_saved_and_judged_results_of_the_shipped_organizations_agree(
    tmp_path: Path, sverka: Sverka, impact: Impact
) -> None:
    sverka("check", ORGANIZATIONS, "-o", f"json={tmp_path / 'all.json'}")
    report = impact(tmp_path / "all.json", "builtin", "--on", ORGANIZATIONS)
    assert report["flips"] == []
    assert report["counts"]["reasons"] == 0
    assert report["inputs"]["compared"] == 27


# --- reports without ok results ---------------------------------------------------------------------------------


def test_results_that_were_not_saved_are_no_flips(saving: Saving, impact: Impact) -> None:
    """Both were made by the same policies; in the first, what is ok was left out."""
    short, whole = saving.save("old", "a.json", "--results", "findings"), saving.save("old", "b.json")
    for sides in ((short, whole), (whole, short), (short, short)):
        report = impact(*sides)
        assert report["flips"] == []
        assert report["code"] == 0
        assert "findings-only" in [note["code"] for note in report["notes"]]


def test_a_finding_that_is_gone_from_a_short_report_is_ok_or_was_not_judged(saving: Saving, impact: Impact) -> None:
    report = impact(saving.save("old", "a.json"), saving.save("new", "b.json", "--results", "findings"))
    assert found(report) == {
        (inn(0), "T-CONNECT", "organization", "violation > not_listed", "better"),
        (inn(2), "T-CONNECT", "organization", "unknown > not_listed", "better"),
    }
    back = impact(saving.save("new", "b.json", "--results", "findings"), saving.save("old", "a.json"))
    assert found(back) == {
        (inn(0), "T-CONNECT", "organization", "not_listed > violation", "worse"),
        (inn(2), "T-CONNECT", "organization", "not_listed > unknown", "worse"),
    }


# --- documents --------------------------------------------------------------------------------------------------


def test_snapshots_of_one_side_alone_are_left_out_and_said(saving: Saving, impact: Impact) -> None:
    old = saving.save("old", "old.json")
    (saving.snapshots / "0.json").unlink()
    write_snapshot(saving.snapshots / "9.json", 9)
    report = impact(old, saving.path / "new", "--on", saving.snapshots)
    assert {(left["file"].rpartition("/")[2], left["cause"]) for left in report["left_out"]} == {
        ("0.json", "only_old"),
        ("9.json", "only_new"),
    }
    assert report["inputs"]["compared"] == 2
    two = impact(old, saving.save("old", "new.json"))
    assert {left["cause"] for left in two["left_out"]} == {"only_old", "only_new"}
    assert two["flips"] == []
    assert two["code"] == 3


def test_two_snapshots_of_one_day_are_put_aside_on_either_side(saving: Saving, impact: Impact) -> None:
    write_snapshot(saving.snapshots / "0-again.json", 0, sferum_connected=True)
    old, folder = saving.save("old", "old.json"), saving.path / "old"
    new = ("--on", saving.snapshots)
    for report in (impact(old, old), impact(old, folder, *new), impact(folder, saving.path / "new", *new)):
        assert {record["code"] for record in report["quarantine"]} == {"conflict"}
        assert report["inputs"]["quarantined"] == 2
        assert report["inputs"]["compared"] == 2
        assert report["code"] in (1, 3)


def test_the_same_snapshot_given_twice_counts_once(saving: Saving, impact: Impact) -> None:
    once = impact(saving.path / "old", saving.path / "new", "--on", saving.snapshots)
    copy = saving.snapshots / "z-again.json"
    copy.write_bytes((saving.snapshots / "0.json").read_bytes())
    twice = impact(saving.path / "old", saving.path / "new", "--on", saving.snapshots)
    assert twice["flips"] == once["flips"]
    assert twice["inputs"] == once["inputs"]


def test_facts_that_differ_too_are_said(saving: Saving, impact: Impact) -> None:
    old = saving.save("old", "old.json")
    write_snapshot(saving.snapshots / "0.json", 0, sferum_connected=True)
    report = impact(old, saving.save("old", "new.json"))
    assert found(report) == {(inn(0), "T-CONNECT", "organization", "violation > ok", "better")}
    assert "facts-differ" in [note["code"] for note in report["notes"]]


def test_quarantined_documents_of_a_saved_report_are_carried_over(saving: Saving, impact: Impact) -> None:
    (saving.snapshots / "bad.json").write_text("{", "utf-8")
    report = impact(saving.save("old", "old.json"), saving.path / "old", "--on", saving.snapshots)
    assert {record["side"] for record in report["quarantine"]} == {"old", "new"}
    assert report["inputs"]["quarantined"] == 1
    assert report["code"] == 3


def test_reports_with_nothing_in_common_are_refused(saving: Saving, sverka: Sverka) -> None:
    old = saving.save("old", "old.json")
    for file in saving.snapshots.iterdir():
        file.unlink()
    write_snapshot(saving.snapshots / "9.json", 9)
    ran = sverka("impact", old, saving.save("old", "new.json"), "--lang", "en")
    assert ran.code == 2
    assert "the two have no snapshot in common" in ran.err


# --- the day of the law -----------------------------------------------------------------------------------------


def test_the_other_side_is_judged_by_the_law_of_the_saved_report(saving: Saving, impact: Impact) -> None:
    old = saving.save("old", "old.json", "--as-of", "2026-07-01")
    report = impact(old, saving.path / "new", "--on", saving.snapshots)
    assert report["flips"] == []  # in July 2026 both versions of the norm are in force
    assert report["new"]["law_date"] == report["old"]["law_date"] == "2026-07-01"


def test_another_day_for_a_saved_report_is_refused(saving: Saving, sverka: Sverka) -> None:
    old = saving.save("old", "old.json")
    ran = sverka("impact", old, saving.path / "new", "--on", saving.snapshots, "--as-of", "2026-07-01")
    assert ran.code == 2
    assert "сохранённый отчёт судили на другой день права" in ran.err
    both = sverka("impact", old, old, "--as-of", "2026-07-01", "--lang", "en")
    assert both.code == 2
    assert "can't be judged anew" in both.err


def test_a_day_from_the_environment_does_not_forbid_saved_reports(
    saving: Saving, impact: Impact, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was meant for all commands; a saved report keeps its own day."""
    old, new = saving.save("old", "old.json"), saving.save("new", "new.json")
    monkeypatch.setenv("SVERKA_AS_OF", "2026-07-01")
    assert found(impact(old, new)) == LATER
    report = impact(old, saving.path / "new", "--on", saving.snapshots)
    assert found(report) == LATER
    assert report["new"]["law_date"] is None


def test_two_reports_of_different_days_of_law_say_so(saving: Saving, impact: Impact) -> None:
    report = impact(saving.save("old", "a.json"), saving.save("old", "b.json", "--as-of", "2025-01-01"))
    assert "law-dates-differ" in [note["code"] for note in report["notes"]]


# --- what is no saved report ------------------------------------------------------------------------------------


def _second(report: dict[str, Any]) -> Any:
    return report["results"][1]


SPOILS: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "another version": (lambda r: r.update(schema="sverka.report/2"), "a report of another version"),
    "no schema": (lambda r: r.pop("schema"), "this is not a saved report"),
    "no results": (lambda r: r.pop("results"), "the report is damaged: results"),
    "a key is missing": (lambda r: _second(r).pop("verdict"), "the report is damaged: results[1].verdict"),
    "a text for a list": (lambda r: _second(r).update(missing="x"), "results[1].missing"),
    "a number for a text": (lambda r: _second(r).update(policy=1), "results[1].policy"),
    "a truth value for a number": (lambda r: r["inputs"].update(documents=True), "inputs.documents"),
    "an invented kind": (lambda r: _second(r).update(kind="law"), "results[1].kind"),
    "a result was cut out": (lambda r: r["results"].pop(0), "do not fit its results"),
    "an organization was cut out": (lambda r: r["organizations"].pop(), "not fit its organizations"),
    "a verdict was edited": (
        lambda r: _second(r).update(verdict="violation", reason=None),
        "do not fit its results",
    ),
    "a stranger among the results": (lambda r: _second(r).update(organization="1"), "not listed"),
    "a day that never was": (lambda r: r["organizations"][0].update(as_of="2025-02-30"), "impossible date"),
}


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_spoilt_report_is_refused(spoil: str, saving: Saving, sverka: Sverka) -> None:
    old = saving.save("old", "old.json")
    report = json.loads(old.read_text("utf-8"))
    spoilt = copy.deepcopy(report)
    change, told = SPOILS[spoil]
    change(spoilt)
    bad = saving.path / "bad.json"
    bad.write_text(json.dumps(spoilt), "utf-8")
    ran = sverka("impact", old, bad, "--lang", "en")
    assert ran.code == 2
    assert told in ran.err
    assert ran.err.startswith(f"{bad.as_posix()}: ")


TEXTS = {
    "nothing": (b"", "this is no JSON"),
    "half a report": (b'{"schema": "sverka.report/1",', "this is no JSON, or it was cut"),
    "a list": (b"[]", "this is not a saved report"),
    "a key twice": (b'{"schema": 1, "schema": 2}', "key `schema` comes twice"),
    "not a number": (b'{"schema": NaN}', "impossible value"),
    "nested without end": (b"[" * 200_000, "impossible value"),
    "a number without end": (b'{"a": 1' + b"0" * 5000 + b"}", "impossible value"),
    "another encoding": ('{"имя": 1}'.encode("cp1251"), "the file is not UTF-8"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_file_that_is_no_report_is_refused(name: str, saving: Saving, sverka: Sverka) -> None:
    data, told = TEXTS[name]
    bad = saving.path / "bad.json"
    bad.write_bytes(data)
    ran = sverka("impact", bad, saving.save("old", "old.json"), "--lang", "en")
    assert ran.code == 2
    assert told in ran.err


def test_the_wrong_kind_of_file_is_called_by_its_name(saving: Saving, sverka: Sverka) -> None:
    old = saving.save("old", "old.json")
    ran = sverka("impact", old, saving.snapshots / "0.json", "--lang", "en")
    assert ran.code == 2
    assert "this is a snapshot of an organization: `sverka.snapshot/1` [saved-report]" in ran.err
    other = saving.path / "impact.json"
    sverka("impact", old, old, "-o", f"json={other}")
    assert "this is an impact report" in sverka("impact", old, other, "--lang", "en").err
    policy = sverka("impact", old, saving.path / "old" / PLACE, "--lang", "en")
    assert "or a policy folder, is wanted" in policy.err


def test_a_report_over_the_limit_is_refused(
    saving: Saving, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = saving.save("old", "old.json")
    for module in ("validator.journeys.impact.saved", "validator.cli.impact_sides"):
        monkeypatch.setattr(f"{module}.LIMIT_BYTES", 10)
    ran = sverka("impact", old, old, "--lang", "en")
    assert ran.code == 2
    assert "--results findings" in ran.err


def test_a_key_of_a_later_version_is_let_through(saving: Saving, impact: Impact) -> None:
    old = saving.save("old", "old.json")
    report = json.loads(old.read_text("utf-8"))
    report["later"] = report["results"][0]["later"] = 1
    newer = saving.path / "newer.json"
    newer.write_text(json.dumps(report), "utf-8")
    assert impact(old, newer)["flips"] == []


def test_the_shape_of_the_types_is_checked_and_not_a_list_of_our_own() -> None:
    """A report of every shipped organization passes, so no type is stricter than what the program writes."""
    from validator.cli.check import evaluate
    from validator.journeys.impact.saved import read_saved

    report = evaluate((str(ROOT / "fixtures" / "organizations"),), ("builtin",), None)
    assert read_saved(json.dumps(report).encode(), "x.json").whole


def test_a_broken_saved_report_and_a_broken_folder_are_told_together(
    saving: Saving, sverka: Sverka, bench: Bench
) -> None:
    bad = saving.path / "bad.json"
    bad.write_text("[]", "utf-8")
    bench.replace("norms/foreign-messengers/FM-BAN.yaml", "severity: critical", "severity: grave")
    ran = sverka("impact", bad, bench.policies, "--on", saving.snapshots, "--lang", "en")
    assert ran.code == 2
    assert "this is not a saved report" in ran.err
    assert "unknown value `grave`" in ran.err


# --- reports of a part of the policies ------------------------------------------------------------------------


def partly(impact: Impact, *sides: object) -> dict[str, Any]:
    """The impact report, and that it tells of a part."""
    report = impact(*sides)
    assert "partial-report" in [note["code"] for note in report["notes"]]
    return report


def saved_by_builtin(sverka: Sverka, file: Path, *more: str) -> Path:
    sverka("check", ORGANIZATIONS, "-o", f"json={file}", *more)
    return file


def test_a_report_of_a_part_is_compared_by_that_part_alone(tmp_path: Path, sverka: Sverka, impact: Impact) -> None:
    """Policies that did not judge are neither new nor gone."""
    whole = saved_by_builtin(sverka, tmp_path / "whole.json")
    part = saved_by_builtin(sverka, tmp_path / "part.json", "--only", "FM-BAN", "--exclude", "XF-AUTO")
    for sides in ((whole, part), (part, whole), (part, "builtin", "--on", ORGANIZATIONS)):
        report = partly(impact, *sides)
        assert report["flips"] == []
        assert report["code"] == 0
        assert {policy["policy"] for policy in report["policies"]} <= {"FM-BAN"}
    assert found(impact(whole, whole)) == set()
    selection = json.loads(part.read_bytes())["policy_set"]["selection"]
    report = impact(whole, part)
    assert report["new"]["selection"] == selection
    assert "selection" not in report["old"]


def test_a_flip_under_a_selected_policy_is_found(saving: Saving, sverka: Sverka, impact: Impact) -> None:
    for name in ("old", "new"):
        other = saving.path / name / "norms" / "T-OTHER.yaml"
        other.write_text((saving.path / name / PLACE).read_text("utf-8").replace("T-CONNECT", "T-OTHER"), "utf-8")
        act = saving.path / name / "sources" / "test-act.yaml"
        act.write_text(act.read_text("utf-8").replace("[T-CONNECT]", "[T-CONNECT, T-OTHER]"), "utf-8")
    old, new = saving.save("old", "old.json", "--only", "T-CONNECT"), saving.save("new", "new.json")
    assert found(partly(impact, old, new)) == LATER
    other = saving.save("new", "other.json", "--only", "T-OTHER")
    ran = sverka("impact", old, other, "--lang", "en")
    assert ran.code == 2
    assert "no policy is in both" in ran.err


@pytest.mark.parametrize("form", ["text", "markdown"])
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ru", "прежний отчёт — по части политик, 1 из "),
        ("en", "the old report is of a part of the policies, 1 of "),
    ],
)
def test_people_are_told_that_a_report_is_of_a_part(
    language: str, told: str, form: str, tmp_path: Path, sverka: Sverka
) -> None:
    part = saved_by_builtin(sverka, tmp_path / "part.json", "--only", "FM-BAN")
    ran = sverka("impact", part, part, "-o", form, "--lang", language)
    text = ran.out.replace("&#45;", "-")
    assert told in text
    assert "(--only FM-BAN)" in text
