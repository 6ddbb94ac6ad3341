"""Exit codes never lie: each code, and which one wins when several apply."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from workplace import ENTRY, Folder, Ran, start

import validator.cli.check
import validator.journeys.findings
from validator.journeys.assemble import exit_code
from validator.journeys.gate import DEFAULT_GATE

Sverka = Callable[..., Ran]
ReportOf = Callable[[str | bytes], dict[str, Any]]


# --- each code ------------------------------------------------------------------------------------------------


def test_nothing_that_blocks_is_0(folder: Folder, sverka: Sverka, report_of: ReportOf) -> None:
    ran = sverka("check", folder.good(), "--policies", folder.policies, "-o", "json")
    assert ran.code == 0
    assert report_of(ran.out)["counts"]["ok"]["met"] == 1
    assert re.fullmatch(r"Код выхода: 0 \(.+\)\n", ran.err)


def test_a_violation_is_1(folder: Folder, sverka: Sverka, report_of: ReportOf) -> None:
    ran = sverka("check", folder.violating(), "--policies", folder.policies, "-o", "json")
    assert ran.code == 1
    assert report_of(ran.out)["counts"]["violation"] == 1
    assert "Код выхода: 1 (есть нарушения)" in ran.err


def test_an_unknown_of_a_critical_norm_is_3(folder: Folder, sverka: Sverka, report_of: ReportOf) -> None:
    ran = sverka("check", folder.unknown(), "--policies", folder.policies, "-o", "json")
    assert ran.code == 3
    (result,) = report_of(ran.out)["results"]
    assert [fact["path"] for fact in result["missing"]] == ["organization.sferum_connected"]


def test_a_broken_snapshot_is_put_aside_while_others_go_on(
    folder: Folder, sverka: Sverka, report_of: ReportOf
) -> None:
    folder.broken("a.json"), folder.good("b.json")
    ran = sverka("check", folder.snapshots, "--policies", folder.policies, "-o", "json")
    report = report_of(ran.out)
    assert ran.code == 3
    assert report["inputs"] == {"documents": 2, "evaluated": 1, "quarantined": 1, "not_reached": 0}
    (record,) = report["quarantine"]
    assert (record["code"], record["line"], record["column"]) == ("duplicate-key", 2, 25)
    assert [result["verdict"] for result in report["results"]] == ["ok"]


def test_when_all_documents_are_put_aside_it_is_3(folder: Folder, sverka: Sverka) -> None:
    assert sverka("check", folder.broken(), "--policies", folder.policies).code == 3


def test_validate_is_0_or_3_and_never_1(folder: Folder, sverka: Sverka, report_of: ReportOf) -> None:
    ran = sverka("validate", folder.violating(), "--policies", folder.policies, "-o", "json")
    assert ran.code == 0
    assert report_of(ran.out)["results"] == []
    folder.broken()
    assert sverka("validate", folder.snapshots, "--policies", folder.policies).code == 3


USAGE = [
    [],
    ["chek"],
    ["--nonsense"],
    ["check"],
    ["check", "--nonsense", "in"],
    ["check", "in", "-o"],
    ["check", "in", "-o", "yaml"],
    ["check", "in", "-o", "json="],
    ["check", "in", "-o", "json", "-o", "text"],
    ["check", "in", "--as-of", "2025-02-30"],
    ["check", "in", "--as-of", "01.11.2025"],
    ["check", "in", "--results", "some"],
    ["check", "in", "--lang", "fr"],
    ["check", "in", "--lang"],
    ["check", "nowhere"],
    ["check", "in", "nowhere"],
    ["check", "x" * 5000],
    ["check", "in", "--policies", "nowhere"],
    ["validate"],
    ["explain"],
    ["explain", "NO-SUCH"],
    ["explain", "FM-BAN", "--snapshot", "nowhere"],
    ["explain", "FM-BAN", "--subject", "uses[0]"],
    ["schema"],
    ["schema", "nonsense"],
    ["limits", "more"],
]


@pytest.mark.parametrize("arguments", USAGE, ids=" ".join)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_bad_usage_is_2_with_a_line_on_what_and_a_line_on_help(
    arguments: list[str], language: str, folder: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.good()
    monkeypatch.chdir(folder.path)
    monkeypatch.setenv("SVERKA_LANG", language)
    if "--lang" in arguments and language == "en":
        pytest.skip("the option wins over the environment")
    ran = sverka(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert "Traceback" not in ran.err
    lines = ran.err.splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("    ")
    assert "\\" not in ran.err  # nothing that had to be escaped to stay on its line
    # An option's value in Latin letters is not English, so what is asked is that Russian is there, or is not.
    assert any("а" <= char.lower() <= "я" for char in ran.err) == (language == "ru")


@pytest.mark.parametrize(
    ("arguments", "suggested"),
    [
        (["chek", "in"], "`check`"),
        (["valdate", "in"], "`validate`"),
        (["check", "--polices", "x"], "'--policies'"),
        (["check", "--asof", "x"], "'--as-of'"),
        (["--versoin"], "'--version'"),
        (["check", "in", "-o", "jsno"], "`json`"),
        (["explain", "FM-BNA"], "`FM-BAN`"),
    ],
)
def test_the_nearest_name_is_suggested(arguments: list[str], suggested: str, sverka: Sverka) -> None:
    assert suggested in sverka(*arguments).err


def test_a_folder_without_snapshots_is_2(folder: Folder, sverka: Sverka) -> None:
    ran = sverka("check", folder.snapshots, "--policies", folder.policies)
    assert (ran.code, ran.out) == (2, "")
    assert "не найдено ни одного снимка" in ran.err
    (folder.snapshots / "notes.txt").write_text("x")
    ran = sverka("check", folder.snapshots, "--policies", folder.policies)
    assert ran.code == 2
    assert "notes.txt" in ran.err


def test_a_broken_policy_set_evaluates_nothing_and_shows_all_mistakes_of_all_files(
    folder: Folder, sverka: Sverka
) -> None:
    norm = folder.policies / "norms" / "T-CONNECT.yaml"
    norm.write_text(norm.read_text("utf-8").replace("severity: ", "severty: "), "utf-8")
    act = folder.policies / "sources" / "test-act.yaml"
    act.write_text(act.read_text("utf-8").replace("checked_on: never", "checked_on: soon"), "utf-8")
    ran = sverka("check", folder.violating(), "--policies", folder.policies, "-o", "json")
    assert (ran.code, ran.out) == (2, "")
    assert f"{norm}:" in ran.err
    assert f"{act}:" in ran.err
    assert "severty" in ran.err


SECRET = "ГБОУ школа № 100"


def internal_error(*_: object) -> None:
    raise RuntimeError(SECRET)


def no_space(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_an_unforeseen_error_is_4_and_quotes_nothing_of_an_input(
    folder: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(validator.journeys.findings.Finder, "find", internal_error)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ran = sverka("check", folder.good(), "--policies", folder.policies)
    assert (ran.code, ran.out) == (4, "")
    assert "внутренняя ошибка" in ran.err
    assert SECRET not in ran.err
    (trace,) = tmp_path.glob("sverka-*.txt")
    assert str(trace) in ran.err
    assert "internal_error" in trace.read_text("utf-8")
    assert SECRET not in trace.read_text("utf-8")


def test_an_unforeseen_error_is_4_also_when_no_trace_can_be_kept(
    folder: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validator.journeys.findings.Finder, "find", internal_error)
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", no_space)
    ran = sverka("check", folder.good(), "--policies", folder.policies)
    assert ran.code == 4
    assert "внутренняя ошибка" in ran.err


# A plain command line is read without click; this one is not plain.
BY_CLICK = ("--lang", "ru")


@pytest.mark.parametrize("error", [click.ClickException("x"), click.FileError("x"), click.UsageError("x")])
def test_an_exception_of_click_is_2_and_never_1(
    error: Exception, folder: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(validator.cli.check, "evaluate_by", fail)
    assert sverka(*BY_CLICK, "check", folder.good()).code == 2


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_an_interrupted_run_is_130(
    error: BaseException, folder: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise error

    monkeypatch.setattr(validator.journeys.findings.Finder, "find", stop)
    ran = sverka(*BY_CLICK, "check", folder.good(), "--policies", folder.policies)
    assert (ran.code, ran.out) == (130, "")
    assert "Traceback" not in ran.err


INTERRUPTED_WHILE_READING = f"""
import os, signal, sys, time
class Input:
    class buffer:
        def read(limit):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(60)
sys.stdin = Input
{ENTRY}
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_an_interrupt_from_outside_is_130(folder: Folder) -> None:
    process = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_WHILE_READING, "check", "-", "--policies", folder.policies],
        capture_output=True,
        check=False,
    )
    assert (process.returncode, process.stdout) == (130, b"")
    assert process.stderr.decode() == "прервано\n"


# --- precedence -----------------------------------------------------------------------------------------------


def test_violations_win_over_unknowns_and_quarantine_and_all_counts_are_told(
    folder: Folder, sverka: Sverka, report_of: ReportOf
) -> None:
    folder.good(), folder.violating(), folder.unknown(), folder.broken()
    ran = sverka("check", folder.snapshots, "--policies", folder.policies, "-o", "json")
    assert ran.code == 1
    report = report_of(ran.out)
    assert report["inputs"] == {"documents": 4, "evaluated": 3, "quarantined": 1, "not_reached": 0}
    assert (report["counts"]["violation"], report["counts"]["unknown"], report["counts"]["ok"]["met"]) == (1, 1, 1)
    text = sverka("check", folder.snapshots, "--policies", folder.policies, "--lang", "en").out
    assert "violations 1, unknown 1" in text
    assert "Documents 4 = evaluated 3 + quarantined 1 + not reached 0" in text
    assert text.endswith("Exit code: 1 (there are violations)\n")


def test_nothing_evaluated_wins_over_violations(folder: Folder, sverka: Sverka) -> None:
    assert sverka("check", folder.violating(), "nowhere.json", "--policies", folder.policies).code == 2


def test_an_incomplete_run_wins_over_violations(folder: Folder, sverka: Sverka, report_of: ReportOf) -> None:
    ran = sverka("check", folder.violating(), "--policies", folder.policies, "-o", "json")
    report: Any = report_of(ran.out)
    assert exit_code(report) == 1
    report["inputs"].update(not_reached=1, documents=2)
    assert exit_code(report) == 4
    report["inputs"].update(documents=0, not_reached=0)
    assert exit_code(report) == 2


# --- streams that are closed ----------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
@pytest.mark.parametrize("arguments", [["check", "IN"], ["check", "IN", "-o", "json"], ["--help"], ["limits"]])
def test_a_closed_pipe_ends_quietly_with_0(arguments: list[str], folder: Folder) -> None:
    for number in range(1, 60):
        folder.violating(f"{number}.json", number)
    reader, writer = os.pipe()
    os.close(reader)
    places = {"IN": str(folder.snapshots)}
    process = subprocess.run(
        [sys.executable, "-c", ENTRY, *(places.get(a, a) for a in arguments)],
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert process.returncode == 0
    assert b"Traceback" not in process.stderr
    assert b"BrokenPipe" not in process.stderr


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_closed_error_stream_changes_nothing(folder: Folder) -> None:
    (folder.snapshots / "notes.txt").write_text("x")
    folder.violating()
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-c", ENTRY, "check", folder.snapshots, "--policies", folder.policies, "-o", "json"]
    process = subprocess.run(command, stdout=subprocess.PIPE, stderr=writer, check=False)
    os.close(writer)
    assert process.returncode == 1
    assert process.stdout == start(*command[3:]).stdout


@pytest.mark.skipif(os.name == "nt", reason="the shell of POSIX")
@pytest.mark.parametrize("closed", ["1>&-", "2>&-", "1>&- 2>&-", "0<&-"])
def test_a_stream_that_was_never_open_changes_no_exit_code(closed: str, folder: Folder) -> None:
    file = folder.violating()
    script = f'exec "$0" -c "$1" check "$2" --policies "$3" {closed}'
    command = ["sh", "-c", script, sys.executable, ENTRY, file, folder.policies]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


@pytest.mark.skipif(os.name == "nt", reason="the shell of POSIX")
def test_standard_input_that_is_closed_is_bad_usage() -> None:
    process = subprocess.run(
        ["sh", "-c", 'exec "$0" -c "$1" check - 0<&-', sys.executable, ENTRY], capture_output=True, check=False
    )
    assert process.returncode == 2
    assert b"Traceback" not in process.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_output_that_can_not_be_written_is_4_and_not_our_fault(folder: Folder) -> None:
    with open("/dev/full", "wb") as full:
        process = subprocess.run(
            [sys.executable, "-c", ENTRY, "check", folder.good(), "--policies", folder.policies],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert process.returncode == 4
    assert "на диске нет места" in process.stderr.decode()
    assert "внутренняя ошибка" not in process.stderr.decode()
    assert b"Traceback" not in process.stderr


# --- the gate -------------------------------------------------------------------------------------------------

SEVERITIES = ["critical", "high", "medium", "low", "info"]


@pytest.mark.parametrize(("severity", "code"), [*zip(SEVERITIES, [1, 1, 1, 0, 0], strict=True)])
def test_violations_of_medium_severity_and_above_block(
    severity: str, code: int, folder: Folder, sverka: Sverka, report_of: ReportOf
) -> None:
    policies = folder.policy_folder("own", severity)
    ran = sverka("check", folder.violating(), "--policies", policies, "-o", "json")
    assert [result["verdict"] for result in report_of(ran.out)["results"]] == ["violation"]
    assert ran.code == code


@pytest.mark.parametrize(("severity", "code"), [*zip(SEVERITIES, [3, 3, 0, 0, 0], strict=True)])
def test_unknowns_of_high_and_critical_norms_block(
    severity: str, code: int, folder: Folder, sverka: Sverka, report_of: ReportOf
) -> None:
    policies = folder.policy_folder("own", severity)
    ran = sverka("check", folder.unknown(), "--policies", policies, "-o", "json")
    assert [result["verdict"] for result in report_of(ran.out)["results"]] == ["unknown"]
    assert ran.code == code


@pytest.mark.parametrize("severity", SEVERITIES)
def test_advice_never_blocks(severity: str, folder: Folder, sverka: Sverka, report_of: ReportOf) -> None:
    policies = folder.policy_folder("own", severity, modality="recommendation")
    ran = sverka("check", folder.violating(), "--policies", policies, "-o", "json")
    assert [result["verdict"] for result in report_of(ran.out)["results"]] == ["advice"]
    assert ran.code == 0


@pytest.mark.parametrize(
    ("readings", "facts", "verdict"),
    [
        ("narrow", {"sferum_connected": False}, "violation"),
        ("narrow", {}, "unknown"),
        ("exception", {"sferum_connected": False}, "unknown"),
        ("exception", {"sferum_connected": False, "operates_regional_system": True}, "ok"),
    ],
)
def test_disputed_results_never_block(
    readings: str, facts: dict[str, bool], verdict: str, folder: Folder, sverka: Sverka, report_of: ReportOf
) -> None:
    policies = folder.policy_folder("own", "critical", readings=readings)
    ran = sverka("check", folder.add("x.json", **facts), "--policies", policies, "-o", "json")
    (result,) = report_of(ran.out)["results"]
    assert result["verdict"] == verdict
    assert result["disputed"] is not None
    assert ran.code == 0


def test_outcomes_of_decisions_never_block() -> None:
    for verdict in ("unknown", "violation", "stays"):
        for severity in (None, "critical"):
            result: Any = {"kind": "decision", "verdict": verdict, "severity": severity, "disputed": None}
            result["modality"] = "prohibition"
            assert DEFAULT_GATE.blocks(result) == 0
