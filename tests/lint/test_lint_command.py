"""`sverka lint` as its users call it: what it prints, in which form, and with which exit code."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator
from lint_fixtures import BASE, ROOT

from validator.cli.main import run
from validator.journeys.lint.codes import CODES, NOTES
from validator.resources import schema_bytes

BAN = "norms/trial/T-BAN.yaml"
REMEDY = "remedy: {ru: Перенесите переписку в MAX, en: Move the correspondence to MAX}\n"
OURS = ("SVERKA_", "LC_", "LANG")


class Ran(NamedTuple):
    """What a run left behind."""

    code: int
    out: str
    err: str


Sverka = Callable[..., Ran]


@pytest.fixture
def lint(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Sverka:
    """Runs the command in a folder without settings, in English unless told otherwise."""
    for name in [name for name in os.environ if name.startswith(OURS)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object) -> Ran:
        capfd.readouterr()
        code = run(["--lang", "en", "lint", *(str(argument) for argument in arguments)])
        return Ran(code, *capfd.readouterr())

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small sound set, to be broken."""
    for file in BASE.rglob("*.yaml"):
        target = tmp_path / "own" / file.relative_to(BASE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    return Path("own")


def broken(folder: Path, place: str, old: str, new: str) -> None:
    text = (folder / place).read_text(encoding="utf-8")
    assert old in text
    (folder / place).write_text(text.replace(old, new), encoding="utf-8")


# --- exit codes and totals ------------------------------------------------------------------------------------


def test_the_shipped_set_has_nothing_to_mend_and_its_notes_are_told_and_counted(lint: Sverka) -> None:
    ran = lint("-o", "json")
    report = json.loads(ran.out)
    assert ran.code == 0
    assert report["totals"]["error"] == report["totals"]["finding"] == report["totals"]["left_out"] == 0
    acts = len(list((ROOT / "policies" / "sources").glob("*.yaml")))
    never = [row for row in report["problems"] if row["code"] == "source-never-checked"]
    assert len(never) == acts
    assert report["totals"]["note"] == len(report["problems"]) >= acts
    assert all(row["file"].startswith("builtin/") for row in report["problems"])


def test_a_sound_set(lint: Sverka, folder: Path) -> None:
    ran = lint(folder, "--today", "2026-02-01")
    assert ran.code == 0
    assert ran.out == "8 files, 0 errors, 0 findings, 0 notes\nExit code: 0 (no errors and no findings)\n"


def test_a_finding_fails_and_says_where_and_what_to_do(lint: Sverka, folder: Path) -> None:
    broken(folder, BAN, REMEDY, "")
    ran = lint(folder)
    assert ran.code == 1
    first, help_, *_ = ran.out.splitlines()
    assert re.fullmatch(r"own/norms/trial/T-BAN\.yaml:20:1: finding: .+ \[missing-remedy\]", first)
    assert help_.startswith("    add `remedy:")
    assert "8 files, 0 errors, 1 finding, 0 notes" in ran.out
    assert ran.out.endswith("Exit code: 1 (there is something to mend)\n")


def test_an_error_fails(lint: Sverka, folder: Path) -> None:
    broken(folder, BAN, "severity: high", "severity: hihg")
    ran = lint(folder)
    assert ran.code == 1
    assert "error: unknown value `hihg` [unknown-value]" in ran.out
    assert "did you mean `high`?" in ran.out


def test_notes_do_not_fail_unless_they_are_asked_to(lint: Sverka, folder: Path) -> None:
    broken(folder, "sources/11-fz-2025.yaml", "checked_on: 2026-01-10", "checked_on: never")
    ran = lint(folder)
    assert ran.code == 0
    assert ran.out.startswith("note [source-never-checked]: 1\n")
    assert "0 findings, 1 note" in ran.out
    strict = lint(folder, "--strict")
    assert strict.code == 1
    assert "1 finding, 0 notes" in strict.out


def test_russian_is_the_language_of_a_run_that_asks_for_none(
    lint: Sverka, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    broken(folder, BAN, REMEDY, "")
    lint(folder)
    assert run(["lint", str(folder), "--lang", "ru"]) == 1
    out = capfd.readouterr().out
    assert "замечание: " in out
    assert "8 файлов, 0 ошибок, 1 замечание, 0 заметок" in out


def test_problems_come_in_the_order_of_files_and_lines(lint: Sverka, folder: Path) -> None:
    broken(folder, BAN, REMEDY, "")
    broken(folder, BAN, "a banned service}", "a banned service от}")
    broken(folder, "decisions/trial/T-FATE.yaml", "en: will be moved", "en: yes")
    rows = json.loads(lint(folder, "-o", "json").out)["problems"]
    assert [row["code"] for row in rows] == ["unquoted-word", "untranslated-text", "missing-remedy"]
    assert [(row["file"], row["line"]) for row in rows] == sorted((row["file"], row["line"]) for row in rows)


# --- formats --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def valid() -> Callable[[dict[str, Any]], None]:
    schema = json.loads(schema_bytes("problems"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema).validate


def test_json_is_what_its_schema_says(lint: Sverka, folder: Path, valid: Callable[[Any], None]) -> None:
    broken(folder, BAN, REMEDY, "")
    (folder / "norms" / "trial" / "x.txt").write_text("x", encoding="utf-8")
    ran = lint(folder, "-o", "json", "--today", "2026-02-01")
    report = json.loads(ran.out)
    valid(report)
    assert report["day"] == "2026-02-01"
    assert report["totals"] == {"error": 1, "finding": 1, "note": 0, "left_out": 0, "only_counted": 0}
    finding, stray = report["problems"]
    assert (finding["line"], finding["column"], finding["end_line"], finding["end_column"]) == (20, 1, 20, 8)
    assert (stray["code"], stray["line"]) == ("unknown-policy-file", None)
    valid(json.loads(lint("-o", "json").out))


def test_concise_is_a_line_for_each_problem_and_silent_without_any(lint: Sverka, folder: Path) -> None:
    assert lint(folder, "-o", "concise").out == ""
    broken(folder, BAN, REMEDY, "")
    broken(folder, "sources/11-fz-2025.yaml", "checked_on: 2026-01-10", "checked_on: never")
    lines = lint(folder, "-o", "concise").out.splitlines()
    assert [line.split(" ")[:3] for line in lines] == [
        ["own/norms/trial/T-BAN.yaml:20:1:", "warning", "missing-remedy"],
        ["own/sources/11-fz-2025.yaml:10:13:", "info", "source-never-checked"],
    ]


def test_a_report_can_go_to_a_file(lint: Sverka, folder: Path, tmp_path: Path) -> None:
    ran = lint(folder, "-o", "text", "-o", "json=report.json")
    assert ran.out.startswith("8 files")
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["files"] == 8


def test_two_runs_print_the_same_bytes(lint: Sverka) -> None:
    assert lint("-o", "json").out == lint("builtin", "-o", "json").out
    assert str(ROOT) not in lint("-o", "json").out


def test_a_text_of_a_policy_can_not_move_the_cursor(lint: Sverka, folder: Path) -> None:
    broken(folder, "decisions/trial/T-FATE.yaml", "expect: moved", 'expect: "mo\\u202eved"')
    ran = lint(folder)
    assert "\u202e" not in ran.out
    assert "\\u202e" in ran.out


# --- which problems ---------------------------------------------------------------------------------------------


def test_only_one_code(lint: Sverka) -> None:
    ran = lint("--only", "draft-policy")
    assert ran.code == 0
    assert ran.out.startswith("note [draft-policy]: 2\n")
    assert re.search(r"2 notes; left out as you asked: [1-9]\d+\n", ran.out)


def test_errors_are_told_whatever_is_asked_for(lint: Sverka, folder: Path) -> None:
    broken(folder, BAN, "severity: high", "severity: hihg")
    ran = lint(folder, "--only", "draft-policy")
    assert ran.code == 1
    assert "[unknown-value]" in ran.out


def test_without_a_code(lint: Sverka, folder: Path) -> None:
    broken(folder, BAN, REMEDY, "")
    ran = lint(folder, "--ignore", "missing-remedy")
    assert ran.code == 0
    assert "0 findings, 0 notes; left out as you asked: 1" in ran.out


@pytest.mark.parametrize("option", ["--only", "--ignore", "--explain"])
def test_an_unknown_code_is_a_mistake_of_the_command_line(lint: Sverka, option: str) -> None:
    ran = lint(option, "missing-remedi")
    assert ran.code == 2
    assert "there is no code `missing-remedi`" in ran.err
    assert "did you mean `missing-remedy`?" in ran.err
    assert ran.out == ""


def test_an_error_can_not_be_left_out(lint: Sverka) -> None:
    ran = lint("--ignore", "unknown-act")
    assert ran.code == 2
    assert "`unknown-act` is an error" in ran.err


# --- the day ------------------------------------------------------------------------------------------------------


def test_how_old_checks_are_is_judged_on_the_day_that_is_named(
    lint: Sverka, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    undated = lint(folder)
    assert undated.code == 0
    assert "name the day, `--today YYYY-MM-DD`" in undated.out
    dated = lint(folder, "--today", "2027-01-10")
    assert dated.code == 1
    assert "`11-fz-2025` was checked 365 days ago [stale-source-check]" in dated.out
    assert lint(folder, "--today", "2027-01-10", "--stale-days", "365").code == 0
    monkeypatch.setenv("SVERKA_TODAY", "2027-01-10")
    assert lint(folder).code == 1
    monkeypatch.setenv("SVERKA_TODAY", "10.01.2027")
    assert lint(folder).code == 2


# --- pages --------------------------------------------------------------------------------------------------------


def test_a_code_is_explained_in_the_language_of_the_run(lint: Sverka) -> None:
    ran = lint("--explain", "missing-remedy")
    assert ran.code == 0
    assert ran.out == (ROOT / "docs" / "lint" / "missing-remedy.en.md").read_text(encoding="utf-8")
    assert lint("--explain", "missing-remedy", "--lang", "ru").out.startswith("# `missing-remedy` — не сказано")


def test_every_code_is_listed_with_its_level_and_a_heading(lint: Sverka) -> None:
    lines = lint("--list").out.splitlines()
    found = {line.split()[0]: line.split()[1] for line in lines}
    assert found == {code: level.value for code, level in CODES.items()}
    assert all(len(line.split()) > 2 for line in lines)


# --- folders ------------------------------------------------------------------------------------------------------


def refusal(ran: Ran) -> str:
    assert ran.code == 2
    assert ran.out == ""
    assert "[policy-folder]" in ran.err
    return ran.err


def test_a_folder_that_does_not_exist(lint: Sverka) -> None:
    assert "nowhere: there is no such policy folder" in refusal(lint("nowhere"))


def test_a_file_is_no_policy_folder(lint: Sverka, folder: Path) -> None:
    assert "this is a file, not a policy folder" in refusal(lint(folder / BAN))


def test_an_empty_folder(lint: Sverka, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "the folder holds no policy" in refusal(lint("empty"))


def test_a_folder_of_something_else(lint: Sverka, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "notes.txt").write_text("x", encoding="utf-8")
    assert "this is not a policy folder" in refusal(lint("other"))


def test_one_of_the_folders_inside(lint: Sverka, folder: Path) -> None:
    assert "name the folder above: `own`" in refusal(lint(folder / "norms"))


def test_a_set_without_a_policy(lint: Sverka, folder: Path) -> None:
    for name in ("norms", "decisions"):
        for file in (folder / name).rglob("*.yaml"):
            file.unlink()
    assert "there is no norm and no decision" in refusal(lint(folder))


def test_all_folders_make_one_set(lint: Sverka, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (folder / "norms").rename(tmp_path / "more" / "norms")
    assert lint(folder, "more").code == 0
    assert lint("--policies", folder, "--policies", "more").code == 0
    assert lint(folder, "more", folder).code == 0  # a folder that is named twice is read once
    assert lint(folder).code == 1


# --- beside the shipped set ------------------------------------------------------------------------------------


@pytest.fixture
def noted(folder: Path) -> Path:
    """A set of one's own with a note, to be linted with the shipped one."""
    broken(folder, "sources/11-fz-2025.yaml", "checked_on: 2026-01-10", "checked_on: never")
    return folder


def shipped_notes(report: dict[str, Any]) -> int:
    return sum(row["level"] == "note" and row["file"].startswith("builtin/") for row in report["problems"])


def test_beside_one_s_own_folder_notes_about_the_shipped_set_are_only_counted(lint: Sverka, noted: Path) -> None:
    report = json.loads(lint("builtin", noted, "-o", "json").out)
    number = report["totals"]["only_counted"]
    assert number == shipped_notes(report) > 0
    ran = lint("builtin", noted)
    assert ran.out.startswith("note [source-never-checked]: 1\n")
    assert "builtin/" not in ran.out
    assert f"{number + 1} notes\n" in ran.out
    assert f"notes about the shipped set: {number}, not listed here; to see them: `--all-notes`" in ran.out
    concise = lint("builtin", noted, "-o", "concise")
    assert [line.split(":")[0] for line in concise.out.splitlines()] == ["own/sources/11-fz-2025.yaml"]
    assert f"notes about the shipped set: {number}, not listed" in concise.err


@pytest.mark.parametrize("form", ["text", "concise"])
def test_all_notes_are_listed_where_they_are_asked_for(form: str, lint: Sverka, noted: Path) -> None:
    ran = lint("builtin", noted, "--all-notes", "-o", form)
    report = json.loads(lint("builtin", noted, "--all-notes", "-o", "json").out)
    assert report["totals"]["only_counted"] == 0
    assert sum("builtin/" in line for line in ran.out.splitlines()) == shipped_notes(report)
    assert "--all-notes" not in ran.out + ran.err


def test_what_is_to_be_mended_in_the_shipped_set_is_told_beside_one_s_own_folder(lint: Sverka, noted: Path) -> None:
    report = json.loads(lint("builtin", noted, "--strict", "-o", "json").out)
    findings = [row for row in report["problems"] if row["file"].startswith("builtin/")]
    assert {row["level"] for row in findings} == {"finding"}
    for form in ("text", "concise"):
        ran = lint("builtin", noted, "--strict", "-o", form)
        assert sum(line.startswith("builtin/") for line in ran.out.splitlines()) == len(findings)
        assert "--all-notes" not in ran.out + ran.err


def test_names_of_the_shipped_set_are_hinted_at(lint: Sverka, tmp_path: Path) -> None:
    norm = tmp_path / "own" / "norms" / "own" / "O-TWO.yaml"
    norm.parent.mkdir(parents=True)
    text = (BASE / BAN).read_text(encoding="utf-8").replace("T-BAN", "O-TWO")
    norm.write_text(
        text.replace("{act: 11-fz-2025, at: ст. 1}", "{act: 41-fz-2025, at: ст. 15 ч. 1}"), encoding="utf-8"
    )
    assert "sverka lint builtin" in lint("own").err
    together = lint("builtin", "own")
    assert "[unknown-act]" not in together.out
    assert together.err == ""


@pytest.mark.parametrize("code", NOTES)
def test_the_shipped_set_is_clean_but_for_notes_that_can_be_left_out(lint: Sverka, code: str) -> None:
    assert f"[{code}]" not in lint("--ignore", code).out
