"""Where reports go: standard output holds the report alone, a file is there whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from workplace import ENTRY, Folder, Ran, start

import validator.cli.outputs
from validator.cli.outputs import write_whole

Sverka = Callable[..., Ran]
ReportOf = Callable[[str | bytes], dict[str, Any]]


@pytest.mark.parametrize("facts", [{"sferum_connected": True}, {"sferum_connected": False}, {}])
def test_json_is_all_that_standard_output_holds(
    facts: dict[str, bool], folder: Folder, sverka: Sverka, report_of: ReportOf
) -> None:
    (folder.snapshots / "notes.txt").write_text("x")
    folder.broken()
    folder.add("x.json", **facts)
    ran = sverka("check", folder.snapshots, "--policies", folder.policies, "-o", "json")
    report_of(ran.out)  # nothing before the report, nothing after it
    assert ran.out.startswith("{")
    assert ran.out.endswith("}\n")
    assert "notes.txt" in ran.err
    assert "Код выхода" in ran.err


def test_text_tells_the_exit_code_itself(folder: Folder, sverka: Sverka) -> None:
    ran = sverka("check", folder.good(), "--policies", folder.policies)
    assert re.fullmatch(r"Код выхода: 0 \(.+\)", ran.out.splitlines()[-1])
    assert ran.err == ""


def test_concise_is_silent_when_nothing_was_found(folder: Folder, sverka: Sverka) -> None:
    assert sverka("check", folder.good(), "--policies", folder.policies, "-o", "concise").out == ""


def test_concise_has_a_line_for_each_finding_and_mistake(folder: Folder, sverka: Sverka) -> None:
    folder.violating(), folder.unknown(), folder.broken()
    ran = sverka("check", folder.snapshots, "--policies", folder.policies, "-o", "concise", "--lang", "en")
    files = [f"{folder.snapshots}/{name}.json" for name in ("bad", "unknown", "broken")]
    starts = [f"{files[0]}:1:", f"{files[1]}:1:", f"{files[2]}:2:25: error duplicate-key"]
    lines = ran.out.splitlines()
    assert len(lines) == 3
    assert all(line.startswith(begin) for line, begin in zip(lines, starts, strict=True))
    assert ": error T-CONNECT violation: " in lines[0]
    assert ": error T-CONNECT unknown: " in lines[1]


def test_several_reports_of_one_run(folder: Folder, sverka: Sverka, report_of: ReportOf) -> None:
    file = folder.violating()
    one, other = folder.path / "one.json", folder.path / "other.txt"
    ran = sverka(
        "check", file, "--policies", folder.policies, "-o", f"json={one}", "-o", "concise", "-o", f"text={other}"
    )
    assert ran.code == 1
    assert report_of(one.read_bytes())["counts"]["violation"] == 1
    assert ran.out.count("\n") == 1
    assert other.read_text("utf-8").startswith("Политики: 1 норма")
    assert f"записан json: {one}" in ran.err
    assert f"записан text: {other}" in ran.err


def test_a_report_in_a_file_is_the_report_of_standard_output(folder: Folder, sverka: Sverka) -> None:
    file, target = folder.violating(), folder.path / "r.json"
    ran = sverka("check", file, "--policies", folder.policies, "-o", "json", "-o", f"json={target}")
    assert target.read_bytes() == ran.out.encode()


@pytest.mark.parametrize(
    "outputs",
    [
        ["yaml"],
        ["JSON"],
        ["json="],
        ["json", "text"],
        ["json", "json"],
        ["json={here}/nowhere/r.json"],
        ["json={here}"],
        ["json={here}/r", "text={here}/r"],
        ["json={here}/in/bad.json"],
    ],
)
def test_an_output_that_can_not_be_written_is_refused_before_any_work(
    outputs: list[str], folder: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder.violating()
    before = {path: path.read_bytes() for path in folder.path.rglob("*") if path.is_file()}
    monkeypatch.setattr("validator.cli.check.evaluate_by", lambda *_: pytest.fail("work was begun"))
    arguments = [part for output in outputs for part in ("-o", output.format(here=folder.path))]
    ran = sverka("check", file, "--policies", folder.policies, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert {path: path.read_bytes() for path in folder.path.rglob("*") if path.is_file()} == before


# --- whole or not at all --------------------------------------------------------------------------------------


def fail(code: int) -> Callable[..., None]:
    def call(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    return call


@pytest.mark.parametrize("step", ["os.open", "os.fsync", "os.replace"])
@pytest.mark.parametrize("there", [True, False], ids=["over an old report", "where none was"])
def test_a_report_is_whole_or_not_there_when_the_disk_is_full(
    step: str, there: bool, folder: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FAULT-F6"""
    file, target = folder.violating(), folder.path / "r.json"
    if there:
        target.write_text("old")
    real = validator.cli.outputs.write_whole

    def write_on_a_full_disk(*arguments: Any) -> None:
        monkeypatch.setattr(f"validator.cli.outputs.{step}", fail(errno.ENOSPC))
        real(*arguments)

    monkeypatch.setattr("validator.cli.outputs.write_whole", write_on_a_full_disk)
    ran = sverka("check", file, "--policies", folder.policies, "-o", f"json={target}")
    monkeypatch.undo()
    assert (ran.code, ran.out) == (4, "")
    assert "на диске нет места" in ran.err
    assert "внутренняя ошибка" not in ran.err
    assert target.exists() == there
    assert not there or target.read_text() == "old"
    assert sorted(path.name for path in folder.path.iterdir()) == sorted(["in", "policies"] + ["r.json"] * there)


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
def test_a_report_is_whole_or_not_there_when_writing_really_fails(folder: Folder) -> None:
    """FAULT-F6 with a real limit on the size of files."""
    for number in range(1, 60):
        folder.violating(f"{number}.json", number)
    target = folder.path / "r.json"
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)); {ENTRY}"
    command = ["check", folder.snapshots, "--policies", folder.policies, "-o", f"json={target}"]
    process = subprocess.run([sys.executable, "-B", "-c", limited, *command], capture_output=True, check=False)
    assert process.returncode == 4
    assert b"Traceback" not in process.stderr
    assert sorted(path.name for path in folder.path.iterdir()) == ["in", "policies"]


def test_an_interrupt_while_writing_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(validator.cli.outputs.os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "r.json", "text")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_behind_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / f".sverka-{os.getpid()}-0.tmp").write_text("half")
    write_whole(tmp_path / "r.json", "text")
    assert (tmp_path / "r.json").read_text() == "text"


def test_files_are_written_before_standard_output_so_that_a_closed_pipe_costs_none(
    folder: Folder, report_of: ReportOf
) -> None:
    for number in range(1, 60):
        folder.violating(f"{number}.json", number)
    target = folder.path / "r.json"
    reader, writer = os.pipe()
    os.close(reader)
    command = ["check", folder.snapshots, "--policies", folder.policies, "-o", "text", "-o", f"json={target}"]
    process = subprocess.run([sys.executable, "-c", ENTRY, *command], stdout=writer, check=False)
    os.close(writer)
    assert process.returncode == 0
    assert report_of(target.read_bytes())["counts"]["violation"] == 59


# --- streams that are no UTF-8 --------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["cp866", "cp1251", "cp1252", "ascii", "utf-16"])
@pytest.mark.parametrize("format_", ["text", "concise", "json"])
def test_redirected_output_is_utf_8_whatever_the_code_page(encoding: str, format_: str, folder: Folder) -> None:
    """SINK-R6"""
    file = folder.add("x.json", 1, sferum_connected=False, name="Школа «Ё» № 1 — ✓ 𝄞")
    command = ["check", file, "--policies", folder.policies, "-o", format_]
    ran = start(*command, PYTHONIOENCODING=encoding)
    assert ran.returncode == 1
    assert ran.stdout == start(*command).stdout
    assert "✓ 𝄞" in ran.stdout.decode()
    assert b"\r" not in ran.stdout
    ran.stderr.decode()


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
@pytest.mark.parametrize("encoding", ["cp866", "cp1251", "latin-1"])
def test_a_console_keeps_its_code_page_and_escapes_what_it_can_not_show(encoding: str, folder: Folder) -> None:
    """SINK-R6"""
    import pty

    file = folder.add("x.json", 1, sferum_connected=False, name="Школа № 1 ✓")
    command = [sys.executable, "-c", ENTRY, "check", file, "--policies", folder.policies]
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    process = subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    data = b""
    try:
        while chunk := os.read(ours, 65536):
            data += chunk
    except OSError:  # how the end of a terminal looks
        pass
    os.close(ours)
    assert process.wait() == 1
    assert b"\\u2713" in data
    assert ("НАРУШЕНИЕ" in data.decode(encoding)) == (encoding != "latin-1")
    assert b"Traceback" not in data


def test_the_same_report_is_the_same_bytes_in_either_language(folder: Folder, sverka: Sverka) -> None:
    """Keys and values for machines are never translated."""
    file = folder.violating()
    command = ["check", file, "--policies", folder.policies, "-o", "json"]
    assert sverka(*command, "--lang", "ru").out == sverka(*command, "--lang", "en").out
    assert json.loads(sverka(*command).out)["results"][0]["message"]["en"].endswith("is not connected")


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
@pytest.mark.parametrize(
    ("setting", "bold"), [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)]
)
def test_emphasis_follows_no_color_and_force_color(setting: dict[str, str], bold: bool, folder: Folder) -> None:
    ran = start("explain", "T-CONNECT", "--policies", folder.policies, **setting)
    assert ran.returncode == 0
    assert (b"\x1b[1m" in ran.stdout) == bold


@pytest.mark.parametrize("format_", ["text", "concise"])
def test_text_says_the_same_whether_or_not_everything_was_explained(
    folder: Folder, sverka: Sverka, tmp_path: Path, format_: str
) -> None:
    """Judgements that are plainly fine are explained only where JSON shows them; nothing else may differ."""
    files = (folder.good(), folder.violating("b.json"))
    findings = sverka("check", *files, "-o", format_, "--policies", folder.policies)
    everything = sverka(
        "check", *files, "-o", format_, "-o", f"json={tmp_path / 'all.json'}", "--policies", folder.policies
    )
    assert findings.out == everything.out
    assert findings.code == everything.code


def test_an_organization_without_findings_is_named(folder: Folder, sverka: Sverka) -> None:
    ran = sverka("check", folder.good(), "--policies", folder.policies)
    assert "Нарушений и пробелов в данных не найдено" in ran.out
    assert ran.out.count("===") == 2
