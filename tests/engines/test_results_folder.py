"""The folder of results: what is in it, who may write to it, and what happens when it is damaged."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from batch_place import NIGHTLY, WAIVER, Place, Ran, check_folder, inn, snapshot
from batch_steps import Runs

from validator.engines.folder.results import ResultFolder
from validator.journeys.batch.records import SECTIONS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")
Call = Callable[..., Ran]


@pytest.fixture
def sverka(runs: Runs, mixed: Place) -> Call:
    """Runs the command in the place, quickly."""

    def call(to: str, *more: str, at: int = 0, what: str = "", cache: str = "off") -> Ran:
        code, _ = runs.run(mixed.path, mixed.arguments(to, *more), at, what, SVERKA_CACHE=cache)
        told = (mixed.path / "told.txt").read_text(encoding="utf-8")
        return Ran(code, told, told)

    return call


@pytest.fixture
def good(mixed: Place, sverka: Call) -> dict[str, bytes]:
    """The results of a run that nothing happens to."""
    assert sverka("good").code == 1
    return mixed.results("good")


@pytest.fixture
def work(mixed: Place, sverka: Call) -> Path:
    """`.run` of a run that was killed when all its documents were done."""
    work = mixed.path / "out" / ".run"
    while sverka("out", at=AT[0], what="kill").code != -9 or not is_killed_when_all_was_done(work):
        shutil.rmtree(mixed.path / "out")
        AT[0] -= 5
    (work / "lock").unlink()  # it holds the number of the process
    return work


AT = [250]  # a step, found by trying once


def is_killed_when_all_was_done(work: Path) -> bool:
    if (work / "commit.json").exists() or (work.parent / "run.json").exists():
        return False
    assert (work / "journal").read_bytes().count(b"\n") == 9
    return True


def resumed(mixed: Place, sverka: Call, good: dict[str, bytes], work: Path, state: Path) -> None:
    """The run is taken up from where it is, and `.run` put back to the state that was copied."""
    ran = sverka("out", "--resume")
    assert ran.code == 1, ran.err
    assert mixed.results("out") == good
    shutil.rmtree(mixed.path / "out")
    shutil.copytree(state, work)


@pytest.fixture
def state(work: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(work, tmp_path / "state"))


# --- damage -----------------------------------------------------------------------------------------------------


def test_a_last_line_of_the_journal_that_is_torn_is_done_again(
    mixed: Place, sverka: Call, good: dict[str, bytes], work: Path, state: Path
) -> None:
    whole = (work / "journal").read_bytes()
    start = whole.rindex(b"\n", 0, -1) + 1
    for end in range(start, len(whole) + 1, 1 if NIGHTLY else 47):
        (work / "journal").write_bytes(whole[:end])
        resumed(mixed, sverka, good, work, state)


def test_the_first_line_of_the_journal_may_be_torn_too(
    mixed: Place, sverka: Call, good: dict[str, bytes], work: Path, state: Path
) -> None:
    whole = (work / "journal").read_bytes()
    for end in (0, 50, whole.index(b"\n"), whole.index(b"\n") + 1):
        (work / "journal").write_bytes(whole[:end])
        resumed(mixed, sverka, good, work, state)


def test_a_journal_that_is_damaged_is_told_of_and_nothing_is_taken_from_it(
    mixed: Place, sverka: Call, work: Path
) -> None:
    """FAULT-F9: exit code 4, and how to go on."""
    whole = (work / "journal").read_bytes()
    places = range(whole.rindex(b"\n", 0, -1))
    for index in places[:: 7 if NIGHTLY else 211]:
        (work / "journal").write_bytes(whole[:index] + bytes([whole[index] ^ 4]) + whole[index + 1 :])
        before = mixed.results("out")
        ran = sverka("out", "--resume")
        assert ran.code == 4, index
        line = whole[:index].count(b"\n") + 1
        assert f"журнал проверки повреждён (строка {line})" in ran.err
        assert "в новой папке" in ran.err
        assert mixed.results("out") == before


def test_where_a_line_is_missing_from_the_journal_all_is_done_again_from_there(
    mixed: Place, sverka: Call, good: dict[str, bytes], work: Path, state: Path
) -> None:
    lines = (work / "journal").read_bytes().splitlines(keepends=True)
    for number in range(1, len(lines)):
        (work / "journal").write_bytes(b"".join(lines[:number] + lines[number + 1 :]))
        resumed(mixed, sverka, good, work, state)


@pytest.mark.parametrize("name", SECTIONS)
def test_files_of_rows_that_say_something_else_than_the_journal_are_written_again(
    mixed: Place, sverka: Call, good: dict[str, bytes], work: Path, state: Path, name: str
) -> None:
    file = work / f"{name}.jsonl"
    whole = file.read_bytes()
    file.write_bytes(whole + b'{"organization":"')
    resumed(mixed, sverka, good, work, state)
    file.unlink()
    resumed(mixed, sverka, good, work, state)
    for end in range(0, len(whole), 17 if NIGHTLY else 1000):
        file.write_bytes(whole[:end])
        resumed(mixed, sverka, good, work, state)
        file.write_bytes(whole[:end] + bytes([whole[end] ^ 4]) + whole[end + 1 :])
        resumed(mixed, sverka, good, work, state)


def test_a_commit_that_is_damaged_is_told_of(sverka: Call, work: Path) -> None:
    for text in ("", "{", "[]", '{"run": {}}'):
        (work / "commit.json").write_text(text)
        ran = sverka("out", "--resume")
        assert ran.code == 4
        assert "commit.json" in ran.err
        assert "внутренняя ошибка" not in ran.err


# --- other terms, other documents -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "named"), [(["--as-of", "2025-11-01"], "law_date"), (["--evidence", "all"], "evidence")]
)
@pytest.mark.usefixtures("work")
def test_a_run_is_not_taken_up_on_other_terms(mixed: Place, sverka: Call, more: list[str], named: str) -> None:
    before = mixed.results("out")
    ran = sverka("out", "--resume", *more)
    assert ran.code == 2
    assert f"отличаются: {named}\n" in ran.err
    assert mixed.results("out") == before


@pytest.mark.usefixtures("work")
def test_nor_with_other_policies_waivers_or_expected_organizations(mixed: Place, sverka: Call) -> None:
    (mixed.path / "waivers.yaml").write_text(WAIVER.format(inn=inn(4)), encoding="utf-8")
    (mixed.path / "expected.csv").write_text(inn(4))
    before = mixed.results("out")
    for more, named in (("--waivers", "waivers"), ("--expect", "expected")):
        ran = sverka("out", "--resume", more, f"{named}.{'yaml' if named == 'waivers' else 'csv'}")
        assert (ran.code, f"отличаются: {named}\n" in ran.err) == (2, True), ran.err
    norm = mixed.path / "policies" / "norms" / "T-CONNECT.yaml"
    norm.write_text(norm.read_text(encoding="utf-8").replace("critical", "info"), encoding="utf-8")
    ran = sverka("out", "--resume")
    assert (ran.code, "отличаются: policies\n" in ran.err) == (2, True), ran.err
    assert mixed.results("out") == before


@pytest.mark.usefixtures("work")
def test_a_run_is_not_taken_up_over_other_documents(mixed: Place, sverka: Call) -> None:
    before = mixed.results("out")
    second = mixed.documents / "001.json"
    kept = second.read_bytes()

    def refused(name: str) -> None:
        ran = sverka("out", "--resume")
        assert ran.code == 2
        assert f"первый отличается: in/{name}\n" in ran.err
        assert mixed.results("out") == before

    second.write_bytes(kept + b" ")  # changed
    refused("001.json")
    second.unlink()  # taken away
    refused("001.json")
    second.symlink_to("000.json")  # can't be read any more
    refused("001.json")
    second.unlink()
    second.write_bytes(kept)
    mixed.add("00.json", 7)  # put before others
    refused("000.json")
    (mixed.documents / "00.json").unlink()
    (mixed.documents / "000.json").rename(mixed.documents / "zz.json")  # in another order
    refused("000.json")
    (mixed.documents / "zz.json").rename(mixed.documents / "000.json")
    assert sverka("out", "--resume").code == 1


@pytest.mark.usefixtures("work")
def test_documents_that_came_after_those_that_are_done_are_judged_too(mixed: Place, sverka: Call) -> None:
    mixed.add("zz.json", 7)
    assert sverka("out", "--resume").code == 1
    assert sverka("good").code == 1
    assert mixed.results("out") == mixed.results("good")


# --- the folder -------------------------------------------------------------------------------------------------


def state_of(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.usefixtures("good")
def test_a_finished_run_says_so_and_nothing_is_written(mixed: Place, sverka: Call) -> None:
    before = state_of(mixed.path / "good")
    ran = sverka("good", "--resume")
    assert ran.code == 1
    assert "эта проверка уже закончена" in ran.err
    assert "Документов 7 = " in ran.out
    refused = sverka("good")
    assert refused.code == 2
    assert "в этой папке уже есть результаты" in refused.err
    assert state_of(mixed.path / "good") == before


@pytest.mark.parametrize(
    "files",
    [
        ["note.txt"],
        [".run/check.run.xml"],  # an editor's
        [".run/journal", ".run/check.run.xml"],
        ["note.txt", ".run/lock"],
        ["run.json"],
        ["run.json", ".run/lock"],
    ],
)
@pytest.mark.parametrize("more", [[], ["--resume"]])
def test_a_folder_that_is_not_ours_is_left_alone(
    mixed: Place, sverka: Call, files: list[str], more: list[str]
) -> None:
    for name in files:
        file = mixed.path / "other" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text('{"terms": {}}')
    before = state_of(mixed.path / "other")
    ran = sverka("other", *more)
    assert ran.code == 2, ran.err
    assert "внутренняя ошибка" not in ran.err
    assert state_of(mixed.path / "other") == before


def test_where_no_folder_can_be_there_is_no_run(mixed: Place, sverka: Call) -> None:
    (mixed.path / "file").write_text("")
    for to, told in (
        ("file", "это файл"),
        ("missing/out", "недоступна: missing/out"),
        ("file/out", "недоступна: file/out"),
        ("in/out", "лежит среди проверяемых документов"),
        (".", "папка результатов не пуста"),
    ):
        ran = sverka(to)
        assert (ran.code, told in ran.err) == (2, True), ran.err


def test_where_nothing_was_done_nothing_is_left(runs: Runs, mixed: Place) -> None:
    (mixed.path / "empty").mkdir()
    for path in ("nowhere", "empty"):
        code, _ = runs.run(mixed.path, ["check", path, "--policies", "policies", "--to", "out"], SVERKA_CACHE="off")
        assert code == 2
        assert not (mixed.path / "out").exists()
    (mixed.path / "out").mkdir()
    runs.run(mixed.path, ["check", "nowhere", "--policies", "policies", "--to", "out"], SVERKA_CACHE="off")
    assert (mixed.path / "out").is_dir(), "it was there before"
    assert not list((mixed.path / "out").iterdir())


def test_what_gets_its_final_name_is_on_the_disk_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A power cut can't leave a name without its bytes; a commit is on the disk before anything is moved."""
    synced: set[int] = set()
    told: list[str] = []
    fsync, replace = os.fsync, os.replace

    def noted_fsync(number: int) -> None:
        synced.add(os.fstat(number).st_ino)
        told.append(f"sync {Path(os.readlink(f'/proc/self/fd/{number}')).name}")
        fsync(number)

    def noted_replace(old: Path, new: Path) -> None:
        assert Path(old).stat().st_ino in synced, old
        told.append(f"name {Path(new).name}")
        replace(old, new)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)
    folder = ResultFolder(tmp_path / "out", {})
    folder.open(resume=False)
    rows = folder.work / "findings.jsonl"
    rows.write_bytes(b"{}\n")
    folder.finish({"schema": "sverka.run/1"}, {"findings.jsonl": rows})
    folder.close()
    wanted = ["name commit.json", "sync .run", "name findings.jsonl", "name run.json", "sync out"]
    assert [step for step in told if step in wanted] == wanted


# --- disks ------------------------------------------------------------------------------------------------------


@pytest.fixture
def mounted(mixed: Place) -> Iterator[Callable[[str], Path]]:
    """Mounts a file system in memory with options; only where the tests may do that."""
    folder = mixed.path / "disk"
    folder.mkdir()

    def mount(options: str) -> Path:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("file systems can't be mounted here")
        return folder

    yield mount
    subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)


def test_a_folder_that_is_read_only_is_told_of_before_any_work(
    sverka: Call, mounted: Callable[[str], Path]
) -> None:
    """FAULT-F7."""
    mounted("ro")
    for to in ("disk", "disk/out"):
        ran = sverka(to)
        assert ran.code == 2
        assert f"папка результатов недоступна: {to} (Read-only file system)" in ran.err


def test_results_that_can_only_be_read_can_still_be_told(sverka: Call, mounted: Callable[[str], Path]) -> None:
    disk = mounted("size=1m")
    assert sverka("disk/out").code == 1
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    ran = sverka("disk/out", "--resume")
    assert (ran.code, "уже закончена" in ran.err) == (1, True), ran.err


def test_a_disk_that_is_full_ends_the_run_aloud_and_with_room_it_goes_on(
    mixed: Place, sverka: Call, good: dict[str, bytes], mounted: Callable[[str], Path]
) -> None:
    """FAULT-F6: a small disk with so many pages left."""
    disk = mounted("size=1m")
    filler = disk / "filler"
    ends = set()
    for pages in range(0, 24, 1 if NIGHTLY else 4):
        filler.write_bytes(b"x" * ((1 << 20) - 4096 * (pages + 1)))
        ran = sverka("disk/out")
        ends.add(ran.code)
        for name, data in mixed.results("disk/out").items():
            assert name.startswith(".run/") or data == good[name], name
        if ran.code != 1:
            assert "нет места" in ran.err or "No space" in ran.err, ran.err
        filler.unlink()
        again = sverka("disk/out", "--resume")
        assert again.code == 1, again.err
        assert mixed.results("disk/out") == good
        check_folder(disk / "out")
        shutil.rmtree(disk / "out")
    assert ends >= {1, 4}


def test_the_summary_tells_what_run_json_says(mixed: Place, sverka: Call) -> None:
    """L5, also of a list of documents in one file."""
    (mixed.documents / "more.ndjson").write_bytes(snapshot(20) + b"\n{\n" + snapshot(22) + b"\n")
    ran = sverka("out")
    inputs = check_folder(mixed.path / "out")["inputs"]
    assert inputs["documents"] == inputs["evaluated"] + inputs["quarantined"] == 11 - inputs["repeated"]
    balance = (
        f"Документов {inputs['documents']} = проверено {inputs['evaluated']} + отложено {inputs['quarantined']}"
    )
    assert balance in ran.out
    assert json.loads((mixed.path / "out" / "run.json").read_bytes())["exit_code"] == ran.code == 1
