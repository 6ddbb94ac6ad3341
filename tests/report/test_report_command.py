"""`sverka report`: saved results come out as the check itself would have shown them."""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from validator.cli.main import run

FORMATS = ("text", "concise", "json", "jsonl", "sarif-full", "sarif-github", "junit", "gitlab", "markdown")


def report(*words: object) -> int:
    return run(["report", *map(str, words)])


def check(*words: object) -> int:
    return run(["check", *map(str, words)])


@pytest.mark.parametrize("name", FORMATS)
def test_a_saved_report_is_shown_as_by_the_check(name: str, saved: Path, snapshots: Path, tmp_path: Path) -> None:
    everything = ("-o", f"json={tmp_path / 'unused.json'}") if name != "json" else ()
    assert check(snapshots, "-o", f"{name}={tmp_path / 'then'}", *everything) == 1
    assert report(saved, "-o", f"{name}={tmp_path / 'now'}") == 0
    assert (tmp_path / "now").read_bytes() == (tmp_path / "then").read_bytes() != b""


@pytest.mark.parametrize("name", ["text", "markdown", "sarif-full", "html", "xlsx"])
def test_the_folder_of_a_batch_is_shown_as_its_documents_would_be(
    name: str, explained: Path, findings: Path, tmp_path: Path
) -> None:
    assert report(findings, "-o", f"{name}={tmp_path / 'report'}") == 0
    assert report(explained, "-o", f"{name}={tmp_path / 'folder'}") == 0
    assert (tmp_path / "folder").read_bytes() == (tmp_path / "report").read_bytes() != b""


@pytest.mark.parametrize("name", ["html", "xlsx"])
def test_a_report_without_what_is_fine_shows_the_same_figures(
    name: str, saved: Path, findings: Path, tmp_path: Path
) -> None:
    assert report(saved, "-o", f"{name}={tmp_path / 'whole'}") == 0
    assert report(findings, "-o", f"{name}={tmp_path / 'findings'}") == 0
    assert (tmp_path / "whole").read_bytes() == (tmp_path / "findings").read_bytes()


def test_run_json_stands_for_its_folder(explained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(explained / "run.json", "-o", "concise") == 0
    by_file = capsys.readouterr().out
    assert report(explained, "-o", "concise") == 0
    assert capsys.readouterr().out == by_file != ""


def test_a_report_comes_by_standard_input(
    saved: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(saved.read_bytes())))
    assert report("-", "-o", "concise") == 0
    assert "FM-" in capsys.readouterr().out


def test_it_needs_no_policies_and_says_how_it_ended(
    saved: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SVERKA_POLICIES", "nowhere")
    assert report(saved) == 0
    assert "Код выхода: 0 (сохранённые результаты показаны)" in capsys.readouterr().out
    assert report(saved, "--lang", "en") == 0
    assert "Exit code: 0 (the saved results are shown)" in capsys.readouterr().out


# --- parts of one run -------------------------------------------------------------------------------------------


@pytest.fixture
def parts(snapshots: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The same documents checked in two places: a report, and the folder of a batch."""
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
    for place, file in enumerate(sorted(snapshots.iterdir())):
        shutil.copy(file, (one, two)[place % 2])
    check(one, "-o", f"json={tmp_path / 'one.json'}")
    check(two, "--to", tmp_path / "batch", "--jobs", 1, "--evidence", "all")
    return tmp_path / "one.json", tmp_path / "batch"


def test_parts_of_a_run_are_one_run(parts: tuple[Path, Path], findings: Path, tmp_path: Path) -> None:
    assert report(*parts, "-o", f"json={tmp_path / 'both.json'}") == 0
    both, whole = (json.loads(file.read_bytes()) for file in (tmp_path / "both.json", findings))
    assert both["counts"] == whole["counts"]
    assert both["inputs"] == whole["inputs"]
    assert [_unplaced(one) for one in both["results"]] == [_unplaced(one) for one in whole["results"]]
    assert [one["fine"] for one in both["organizations"]] == [one["fine"] for one in whole["organizations"]]
    assert len(both["quarantine"]) == len(whole["quarantine"])


def _unplaced(result: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in result.items() if key not in ("location", "because", "missing")}


def test_the_figures_of_parts_are_those_of_the_whole(
    parts: tuple[Path, Path], findings: Path, tmp_path: Path
) -> None:
    from validator.journeys.results.of_report import results_of

    assert report(*parts, "-o", f"json={tmp_path / 'both.json'}") == 0
    both, whole = (results_of(json.loads(file.read_bytes())) for file in (tmp_path / "both.json", findings))
    assert both.table == whole.table
    assert both.head == whole.head


def test_what_parts_can_not_put_together_is_told(parts: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "expected.csv").write_text("3599001029\n", encoding="utf-8")
    two = tmp_path / "expected"
    check(tmp_path / "two", "--to", two, "--jobs", 1, "--expect", tmp_path / "expected.csv")
    assert report(parts[0], two, "-o", f"json={tmp_path / 'both.json'}") == 0
    both = json.loads((tmp_path / "both.json").read_bytes())
    assert "expected-not-merged" in [one["code"] for one in both["warnings"]]
    assert report(*parts, "-o", f"json={tmp_path / 'both.json'}") == 0
    assert "expected-not-merged" not in (tmp_path / "both.json").read_text("utf-8")


def test_an_organization_in_two_parts_is_refused(
    saved: Path, explained: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(saved, explained) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "parts-overlap" in told.err
    assert "--trend" in told.err


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("law_date", "2025-12-01"),
        ("tool", {"name": "sverka", "version": "0.0.9", "language_version": 1}),
        ("policy_set", {"digest": f"sha256:{'0' * 64}", "norms": 1, "decisions": 0}),
    ],
)
def test_parts_that_were_judged_differently_are_refused(
    key: str, value: object, parts: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    changed = {**json.loads(parts[0].read_bytes()), key: value}
    parts[0].write_text(json.dumps(changed))
    assert report(*parts) == 2
    assert "parts-differ" in capsys.readouterr().err


def test_the_same_results_twice_are_refused(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(saved, saved) == 2
    assert "названо дважды" in capsys.readouterr().err


# --- what can't be shown ------------------------------------------------------------------------------------------

SPOILS: dict[str, Any] = {
    "a result of an unlisted policy": lambda r: r["policies"].pop(0),
    "a policy listed twice": lambda r: r["policies"].append(r["policies"][0]),
    "fewer fine results than counted": lambda r: r["organizations"][0]["fine"].popitem(),
    "an impossible reason": lambda r: r["organizations"][0]["fine"].update({"FM-BAN": {"because": 1}}),
    "less than nothing": lambda r: r["organizations"][0]["fine"]["FM-BAN"].update(met=-1),
    "an impossible verdict about persons": lambda r: r["results"].append(
        {**_about_persons(r), "verdict": "nonsense", "kind": "norm"}
    ),
    "a policy of a wrong shape": lambda r: r["policies"][0].update(verdicts="violation"),
    "an organization twice": lambda r: r["organizations"].append(r["organizations"][0]),
    "a newer format": lambda r: r.update(schema="sverka.report/2"),
}


def _about_persons(found: dict[str, Any]) -> dict[str, Any]:
    persons = {entry["policy"] for entry in found["policies"] if entry["about_persons"]}
    result: dict[str, Any] = next(one for one in found["results"] if one["policy"] in persons)
    return result


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_report_that_was_spoilt_is_refused(
    spoil: str, findings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoilt = json.loads(findings.read_bytes())
    SPOILS[spoil](spoilt)
    file = tmp_path / "spoilt.json"
    file.write_text(json.dumps(spoilt))
    assert report(file, "-o", f"html={tmp_path / 'page.html'}") == 2
    assert "spoilt.json" in capsys.readouterr().err
    assert not (tmp_path / "page.html").exists()
    assert report(file, "-o", "concise") == 2


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "snapshot.json").write_text('{"schema": "sverka.snapshot/1"}')
    assert report("nowhere.json", "empty", "snapshot.json") == 2
    told = capsys.readouterr().err
    assert "nowhere.json: нет такого файла или папки" in told
    assert "empty: это не папка результатов" in told
    assert "snapshot.json: это снимок организации" in told


def test_a_report_that_is_too_large_is_not_read(
    saved: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in ("validator.journeys.impact.saved", "validator.cli.saved_results"):
        monkeypatch.setattr(f"{module}.LIMIT_BYTES", 1024)
    assert report(saved) == 2
    assert "файл больше" in capsys.readouterr().err


def test_no_report_is_written_over_what_it_is_made_of(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = saved.read_bytes()
    assert report(saved, "-o", f"text={saved}") == 2
    assert saved.read_bytes() == before
    assert "затёр бы" in capsys.readouterr().err


def test_without_results_it_is_told_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert report() == 2
    assert "СОХРАНЁННОЕ" in capsys.readouterr().err


# --- reports of older programs ------------------------------------------------------------------------------------


@pytest.fixture
def older(saved: Path, tmp_path: Path) -> Path:
    found = json.loads(saved.read_bytes())
    del found["policies"], found["names"]
    file = tmp_path / "older.json"
    file.write_text(json.dumps(found))
    return file


def test_an_older_report_is_shown_and_what_it_lacks_is_told(
    older: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        report(older, "-o", "text", "-o", f"html={tmp_path / 'p.html'}", "-o", f"xlsx={tmp_path / 'p.xlsx'}") == 0
    )
    assert "отчёт сохранён прежней версией" in capsys.readouterr().out


def test_an_older_report_that_counts_nothing_fine_gives_no_wrong_figures(
    older: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(older.read_bytes())
    found["results"] = [one for one in found["results"] if one["verdict"] != "ok" or one["disputed"]]
    older.write_text(json.dumps(found))
    assert report(older, "-o", f"xlsx={tmp_path / 'p.xlsx'}") == 2
    assert "доли и своды по нему были бы неверны" in capsys.readouterr().err
    assert report(older, "-o", "concise") == 0
