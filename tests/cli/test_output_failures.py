"""Outputs that fail, for every format: the right exit code, one clear message, and no half-written file."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from workplace import ENTRY, Folder, Ran, start

import validator.cli.outputs
from validator.cli.context import prepare_streams
from validator.cli.main import run
from validator.cli.outputs import FORMATS

Sverka = Callable[..., Ran]
LIMITED = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600)); " + ENTRY
posix = pytest.mark.skipif(os.name == "nt", reason="pipes, devices and limits of POSIX")


@pytest.fixture(autouse=True)
def _no_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def mixed(folder: Folder) -> Folder:
    """Snapshots of every fate; the check of them leaves with 1."""
    folder.good(), folder.violating(), folder.unknown(), folder.broken()
    return folder


def check(folder: Folder, *more: object) -> list[str]:
    return ["check", str(folder.snapshots), "--policies", str(folder.policies), *map(str, more)]


def every_format(folder: Folder) -> list[str]:
    """Each format into a file of its own."""
    return [word for name in FORMATS for word in ("-o", f"{name}={folder.path / name}.out")]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def assert_told(stderr: str, *parts: str) -> None:
    """One message, which holds the parts, and no trace of the program."""
    failures = [line for line in stderr.splitlines() if line.startswith("sverka:")]
    assert len(failures) == 1, stderr
    assert all(part in failures[0] for part in parts), failures
    assert "Traceback" not in stderr
    assert "внутренняя ошибка" not in stderr


# --- standard output ------------------------------------------------------------------------------------------


def started(arguments: list[str], stdout: int, program: str = ENTRY) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, check=False, timeout=120)


@pytest.fixture
def nobody() -> Iterator[int]:
    """The writing end of a pipe whose reader has gone."""
    reader, writer = os.pipe()
    os.close(reader)
    yield writer
    os.close(writer)


@pytest.fixture
def full() -> Iterator[int]:
    """A device without room."""
    device = os.open("/dev/full", os.O_WRONLY)
    yield device
    os.close(device)


@posix
@pytest.mark.parametrize("name", FORMATS)
def test_a_closed_pipe_ends_with_0_and_without_a_word(name: str, mixed: Folder, nobody: int) -> None:
    ran = started(check(mixed, "-o", name), nobody)
    assert (ran.returncode, ran.stderr) == (0, b"")


@posix
@pytest.mark.parametrize("name", FORMATS)
def test_a_pipe_that_closes_costs_no_file(name: str, mixed: Folder, nobody: int) -> None:
    ran = started(check(mixed, "-o", name, *every_format(mixed)), nobody)
    assert ran.returncode == 0
    assert names(mixed.path) == {"in", "policies", *(f"{name}.out" for name in FORMATS)}
    assert ran.stderr.decode().splitlines() == [
        f"записан {name}: {(mixed.path / name).as_posix()}.out" for name in FORMATS
    ]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("language", "told"), [("ru", "на диске нет места"), ("en", "no space is left on the disk")]
)
def test_a_full_disk_behind_standard_output_is_4(
    language: str, told: str, name: str, mixed: Folder, full: int
) -> None:
    ran = started(check(mixed, "-o", name, "--lang", language), full)
    assert ran.returncode == 4
    assert_told(ran.stderr.decode(), told)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(
    ("more", "code"), [(["-o", "json"], 1), (["-o", "text"], 1), (["-o", "nonsense"], 2), (["--nonsense"], 2)]
)
def test_a_full_disk_behind_standard_error_changes_no_exit_code(
    more: list[str], code: int, mixed: Folder, full: int
) -> None:
    (mixed.snapshots / "notes.txt").write_text("x")
    command = [sys.executable, "-c", ENTRY, *check(mixed, *more)]
    ran = subprocess.run(command, stdout=subprocess.PIPE, stderr=full, check=False)
    assert ran.returncode == code
    assert ran.stdout == start(*command[3:]).stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_behind_both_streams_is_4(mixed: Folder, full: int) -> None:
    command = [sys.executable, "-c", ENTRY, *check(mixed, "-o", "json")]
    assert subprocess.run(command, stdout=full, stderr=full, check=False).returncode == 4


# --- files ----------------------------------------------------------------------------------------------------


def refuse_at(step: str, code: int, patch: pytest.MonkeyPatch) -> None:
    """The step of writing a file fails, and nothing else does."""
    real = validator.cli.outputs.write_whole

    def refused(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code), "some temporary name")

    def write(file: Path, text: str) -> None:
        with pytest.MonkeyPatch.context() as inner:
            inner.setattr(f"validator.cli.outputs.{step}", refused)
            real(file, text)

    patch.setattr(validator.cli.outputs, "write_whole", write)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("step", "code", "told"),
    [
        ("os.open", errno.EROFS, "диск только для чтения"),
        ("os.open", errno.EACCES, "нет прав доступа"),
        ("os.fsync", errno.ENOSPC, "на диске нет места"),
        ("os.replace", errno.EDQUOT, "исчерпана квота на диске"),
    ],
)
@pytest.mark.parametrize("there", [True, False], ids=["over an old report", "where none was"])
def test_a_file_that_can_not_be_written_is_4_and_named(
    there: bool,
    step: str,
    code: int,
    told: str,
    name: str,
    mixed: Folder,
    sverka: Sverka,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = mixed.path / "report"
    if there:
        target.write_text("old")
    refuse_at(step, code, monkeypatch)
    ran = sverka(*check(mixed, "-o", f"{name}={target}"))
    assert (ran.code, ran.out) == (4, "")
    assert_told(ran.err, f"{told}: {target.as_posix()}")
    assert "some temporary name" not in ran.err
    assert names(mixed.path) == {"in", "policies"} | ({"report"} if there else set())
    assert not there or target.read_text() == "old"


@pytest.mark.parametrize("failing", FORMATS)
def test_one_file_that_fails_costs_no_other(
    failing: str, mixed: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = sverka(*check(mixed)).out
    real = validator.cli.outputs.write_whole

    def write(file: Path, text: str) -> None:
        if file.stem == failing:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(file))
        real(file, text)

    monkeypatch.setattr(validator.cli.outputs, "write_whole", write)
    ran = sverka(*check(mixed, *every_format(mixed), "-o", "text"))
    assert ran.code == 4
    assert ran.out == alone[: alone.index("Код выхода")]  # which would not be the right one
    assert_told(ran.err, f"на диске нет места: {mixed.path / failing}.out")
    assert names(mixed.path) == {"in", "policies", *(f"{name}.out" for name in FORMATS if name != failing)}


def test_a_reader_who_has_gone_hides_no_file_that_failed(
    mixed: Folder, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def gone(text: str, *, err: bool = False, **_: object) -> None:
        if not err:
            raise BrokenPipeError(errno.EPIPE, "gone")
        sys.stderr.write(text + "\n")

    refuse_at("os.fsync", errno.ENOSPC, monkeypatch)
    monkeypatch.setattr("click.echo", gone)
    assert run(check(mixed, "-o", "json", "-o", f"text={mixed.path / 'report'}")) == 4
    assert "на диске нет места" in capfd.readouterr().err


@pytest.mark.parametrize("order", [1, -1], ids=["the pipe first", "the pipe last"])
def test_a_pipe_without_a_reader_hides_no_file_that_failed(
    order: int, mixed: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(file: Path, text: str) -> None:  # noqa: ARG001 - as the real one
        code = errno.EPIPE if file.name == "pipe" else errno.ENOSPC
        raise OSError(code, os.strerror(code), str(file))

    monkeypatch.setattr(validator.cli.outputs, "write_whole", write)
    outputs = [f"json={mixed.path / 'pipe'}", f"junit={mixed.path / 'report'}"][::order]
    ran = sverka(*check(mixed, *(word for output in outputs for word in ("-o", output))))
    assert ran.code == 4
    assert_told(ran.err, f"на диске нет места: {mixed.path / 'report'}")


@posix
@pytest.mark.parametrize("name", FORMATS)
def test_a_real_limit_on_files_leaves_nothing_behind(name: str, folder: Folder) -> None:
    """FAULT-F6"""
    for number in range(1, 12):
        folder.violating(f"{number}.json", number)
    ran = started(check(folder, "-o", f"{name}={folder.path / 'report'}"), subprocess.DEVNULL, LIMITED)
    assert ran.returncode == 4
    assert_told(ran.stderr.decode(), f": {(folder.path / 'report').as_posix()}")
    assert names(folder.path) == {"in", "policies"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("name", FORMATS)
def test_a_device_in_place_of_a_file_is_written_to_and_stays(name: str, mixed: Folder, sverka: Sverka) -> None:
    ran = sverka(*check(mixed, "-o", f"{name}=/dev/full"))
    assert (ran.code, ran.out) == (4, "")
    assert_told(ran.err, "на диске нет места: /dev/full")
    assert Path("/dev/full").is_char_device()


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("language", "told"),
    [("ru", "в папку отчёта нельзя писать"), ("en", "the folder of the report is read-only")],
)
def test_a_read_only_folder_is_refused_before_any_work(
    language: str, told: str, name: str, mixed: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = mixed.path / "closed"
    closed.mkdir(mode=0o555)
    monkeypatch.setattr("validator.cli.check.evaluate_by", lambda *_, **__: pytest.fail("work was begun"))
    # The rights of a folder don't bind root, who may be running this.
    monkeypatch.setattr(os, "access", lambda path, *_, **__: Path(path) != closed)
    ran = sverka(*check(mixed, "-o", f"{name}={closed / 'report'}", "--lang", language))
    assert (ran.code, ran.out) == (2, "")
    assert_told(ran.err, told, str(closed))
    assert names(closed) == set()


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("language", "told"), [("ru", "вместо файла отчёта папка"), ("en", "a folder stands where")]
)
def test_a_folder_in_place_of_the_file_is_refused_before_any_work(
    language: str, told: str, name: str, mixed: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("validator.cli.check.evaluate_by", lambda *_, **__: pytest.fail("work was begun"))
    ran = sverka(*check(mixed, "-o", f"{name}={mixed.snapshots}", "--lang", language))
    assert (ran.code, ran.out) == (2, "")
    assert_told(ran.err, told, str(mixed.snapshots))


def test_a_summary_of_a_job_that_does_not_fit_is_as_it_was(
    mixed: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What others wrote into it stays, and half a report is not added to it."""
    summary = mixed.path / "summary.md"
    summary.write_text("# Of another command\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    real: Any = Path.open

    class Cramped(io.BufferedWriter):
        def write(self, data: Any) -> int:
            super().write(bytes(data)[:100])
            self.flush()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def open_with_little_room(file: Path, mode: str = "r", **more: Any) -> Any:
        stream = real(file, mode, **more)
        return Cramped(stream.detach()) if (file, mode) == (summary, "ab") else stream

    monkeypatch.setattr(Path, "open", open_with_little_room)
    ran = sverka(*check(mixed, "-o", f"markdown={summary}"))
    assert ran.code == 4
    assert_told(ran.err, f"на диске нет места: {summary}")
    assert summary.read_text("utf-8") == "# Of another command\n"


# --- streams that are no UTF-8 --------------------------------------------------------------------------------


def spoken(arguments: list[str], encoding: str, patch: pytest.MonkeyPatch, *, console: bool) -> tuple[int, bytes]:
    """The exit code, and the bytes that standard output in that encoding gets."""

    class Stream(io.TextIOWrapper):
        def isatty(self) -> bool:
            return console

    raw = io.BytesIO()
    stream = Stream(raw, encoding=encoding, write_through=True)
    patch.setattr(sys, "stdout", stream)
    patch.setattr(sys, "stderr", Stream(io.BytesIO(), encoding=encoding, write_through=True))
    code = run(arguments)
    stream.flush()
    return code, raw.getvalue()


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("encoding", ["ascii", "cp1251", "cp866", "latin-1"])
def test_every_format_is_utf_8_where_nobody_looks_on(
    encoding: str, name: str, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SINK-R6"""
    folder.add("школа.json", 1, sferum_connected=False, name="Школа «Ё» № 1 — ✓ 𝄞")
    code, data = spoken(check(folder, "-o", name), encoding, monkeypatch, console=False)
    expected = spoken(check(folder, "-o", name), "utf-8", monkeypatch, console=False)
    assert code == 1
    assert (code, data) == expected
    assert "✓" in data.decode("utf-8")
    assert b"\r" not in data


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "latin-1"])
def test_a_console_is_told_every_format_in_its_code_page(
    encoding: str, name: str, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SINK-R6"""
    folder.add("x.json", 1, sferum_connected=False, name="Школа «Ё» № 1 ✓")
    code, data = spoken(check(folder, "-o", name), encoding, monkeypatch, console=True)
    assert code == 1
    assert r"\u2713" in data.decode(encoding)


@posix
def test_in_the_locale_of_posix_every_file_and_stream_is_utf_8(mixed: Folder) -> None:
    """SINK-R6"""
    mixed.add("школа.json", 9, sferum_connected=False, name="Школа «Ё» ✓")
    command = check(mixed, *every_format(mixed), "-o", "text", "--lang", "ru")
    ran = start(*command, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
    assert ran.returncode == 1
    assert "НАРУШЕНИЕ" in ran.stdout.decode("utf-8")
    assert "записан" in ran.stderr.decode("utf-8")
    for name in FORMATS:
        assert "✓" in (mixed.path / f"{name}.out").read_text("utf-8"), name


def test_streams_are_prepared_even_where_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    prepare_streams()
