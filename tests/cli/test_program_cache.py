"""The generated program of `check` in the cache: the same report and exit code whatever became of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from workplace import Folder, Ran

from validator.interpreters.compile import policies as writing
from validator.interpreters.compile import program

POSIX_ONLY = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has no owners of this kind")
NOTICE = "the cache was not used: "


class Checks:
    """Checks the same snapshots again and again with one cache, and sees whether the program was written."""

    def __init__(self, folder: Folder, cache: Path, call: Callable[..., Ran], patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.cache = cache
        self.call = call
        self.written = 0
        self.snapshots = [folder.good(), folder.violating(), folder.unknown()]
        write = writing.source_of

        def counted(*arguments: Any) -> str:
            self.written += 1
            return str(write(*arguments))

        patch.setattr(writing, "source_of", counted)
        with pytest.MonkeyPatch.context() as off:
            off.setenv("SVERKA_CACHE", "off")
            self.plain = self.run()
        assert self.plain.code == 1
        assert self.written == 0

    def run(self) -> Ran:
        self.written = 0
        return self.call("check", *self.snapshots, "--policies", self.folder.policies, "--lang", "en")

    def same(self) -> None:
        """A run without a notice and with the report of a run without cache."""
        assert self.run() == self.plain

    def same_with_notice(self) -> None:
        """A run with one notice, and otherwise the report of a run without cache."""
        found = self.run()
        assert (found.code, found.out) == (self.plain.code, self.plain.out)
        added = found.err.removesuffix(self.plain.err)
        assert added.startswith(NOTICE)
        assert added.count("\n") == 1

    def kept(self) -> Path:
        """The entry of the program, after the runs that it takes to keep it."""
        for _ in range(2):
            self.same()
        (entry,) = self.cache.glob("program-*")
        return entry


@pytest.fixture
def checks(
    folder: Folder, tmp_path: Path, sverka: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Checks]:
    monkeypatch.setenv("SVERKA_CACHE_DIR", str(tmp_path / "cache"))
    yield Checks(folder, tmp_path / "cache", sverka, monkeypatch)
    assert not list(tmp_path.rglob("*.new"))


def test_a_set_that_is_used_again_has_its_program_kept_and_used(checks: Checks) -> None:
    checks.same()
    assert (checks.written, len(list(checks.cache.iterdir()))) == (0, 1)
    checks.same()
    assert (checks.written, len(list(checks.cache.iterdir()))) == (1, 2)
    for _ in range(2):
        checks.same()
        assert checks.written == 0


def test_kept_code_is_what_judges(checks: Checks, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the tests of this file would say nothing."""
    checks.kept()
    used: list[object] = []
    make = program.Program.__init__

    def seen(self: program.Program, *arguments: Any) -> None:
        used.append(arguments[2])
        make(self, *arguments)

    monkeypatch.setattr(program.Program, "__init__", seen)
    checks.same()
    assert [type(code).__name__ for code in used] == ["Written"]


def test_a_run_that_is_large_enough_keeps_the_program_at_once(
    checks: Checks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("validator.cli.check.WORTH_BYTES", 300)
    checks.same()
    assert (checks.written, len(list(checks.cache.iterdir()))) == (1, 2)


def test_all_results_are_explained_without_a_program(checks: Checks, sverka: Callable[..., Ran]) -> None:
    for _ in range(3):
        ran = sverka("check", *checks.snapshots, "--policies", checks.folder.policies, "-o", "json")
        assert json.loads(ran.out)["results"]
    assert checks.written == 0
    assert not list(checks.cache.glob("program-*"))


def test_a_policy_that_changed_is_judged_by_its_new_text(checks: Checks, sverka: Callable[..., Ran]) -> None:
    checks.kept()
    norm = checks.folder.policies / "norms" / "T-CONNECT.yaml"
    norm.write_text(norm.read_text("utf-8").replace("sferum_connected: true}\n", "sferum_connected: false}\n", 1))
    norm.write_text(norm.read_text("utf-8").replace("expect: met", "expect: violation"))
    for _ in range(3):
        good, bad = (sverka("check", path, "--policies", checks.folder.policies) for path in checks.snapshots[:2])
        assert (good.code, bad.code) == (1, 0)


# --- damage ------------------------------------------------------------------------------------------------------


def test_a_flipped_bit_changes_no_verdict(checks: Checks) -> None:
    """FAULT-F8: at each 1/64 of the file."""
    entry = checks.kept()
    sound = entry.read_bytes()
    for part in range(64):
        damaged = bytearray(sound)
        damaged[len(sound) * part // 64] ^= 1 << part % 8
        entry.write_bytes(damaged)
        checks.same_with_notice()
        assert checks.written == 1
    checks.same()
    assert checks.written == 0


@pytest.mark.parametrize("size", [0, 60, 400, -1])
def test_a_truncated_program_changes_no_verdict(checks: Checks, size: int) -> None:
    """FAULT-F8"""
    entry = checks.kept()
    entry.write_bytes(entry.read_bytes()[:size])
    checks.same_with_notice()
    checks.same()
    assert checks.written == 0


def test_the_program_of_another_set_changes_no_verdict(checks: Checks, sverka: Callable[..., Ran]) -> None:
    entry = checks.kept()
    other = checks.folder.policy_folder("other", severity="low", modality="recommendation")
    for _ in range(2):
        sverka("check", *checks.snapshots, "--policies", other)
    (foreign,) = set(checks.cache.glob("program-*")) - {entry}
    foreign.replace(entry)
    checks.same_with_notice()
    checks.same()


@POSIX_ONLY
def test_a_program_with_other_rights_changes_no_verdict_and_is_replaced(checks: Checks) -> None:
    entry = checks.kept()
    entry.chmod(0o644)
    checks.same_with_notice()
    checks.same()
    assert entry.stat().st_mode & 0o777 == 0o600


@POSIX_ONLY
def test_a_folder_for_everybody_is_told_once_though_two_things_are_kept_there(checks: Checks) -> None:
    entry = checks.kept()
    checks.cache.chmod(0o777)
    entry.write_bytes(b"poison")
    for _ in range(2):
        checks.same_with_notice()
    assert entry.read_bytes() == b"poison"


# --- nowhere to keep it ------------------------------------------------------------------------------------------


def test_without_a_cache_nothing_is_kept(checks: Checks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SVERKA_CACHE", "off")
    for _ in range(3):
        checks.same()
    assert checks.written == 0
    assert not checks.cache.exists()


def test_a_home_that_can_not_be_written_to_is_no_mistake(
    checks: Checks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FAULT-F7"""
    (tmp_path / "file").write_text("")
    monkeypatch.delenv("SVERKA_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file" / "below"))
    for _ in range(3):
        checks.same()
    monkeypatch.setattr("validator.cli.check.WORTH_BYTES", 0)
    checks.same()
    assert checks.written == 1


def test_a_named_folder_that_can_not_be_made_is_told_once(
    checks: Checks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FAULT-F7"""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SVERKA_CACHE_DIR", str(tmp_path / "file" / "below"))
    monkeypatch.setattr("validator.cli.check.WORTH_BYTES", 0)
    for _ in range(2):
        checks.same_with_notice()
        assert checks.written == 1


# --- several processes -------------------------------------------------------------------------------------------

WORKER = """
import sys
from pathlib import Path
from validator.cli.main import run

cache, drops, *arguments = sys.argv[1:]
for _ in range(12):
    print(run(arguments), flush=True)
    if drops == "drops":
        for entry in Path(cache).glob("p*.cache"):
            entry.unlink(missing_ok=True)
"""


def worker(checks: Checks, drops: str) -> subprocess.Popen[str]:
    arguments = ["check", *checks.snapshots, "--policies", checks.folder.policies, "--lang", "en"]
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(checks.cache), drops, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


@POSIX_ONLY
def test_eight_processes_with_one_cache_report_the_same(checks: Checks) -> None:
    """FAULT-F11: four of them also drop what the others keep."""
    processes = [worker(checks, "drops" if number % 2 else "keeps") for number in range(8)]
    printed = [process.communicate(timeout=240)[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * 8
    assert len(set(printed)) == 1
    assert printed[0].count(checks.plain.out) == 12
    assert NOTICE not in printed[0]
