"""`sverka validate --pack`: the sound documents of a run in one file, and no file in any other case."""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from workplace import Folder, Ran, inn, snapshot_text, start

import validator.cli.packing

Sverka = Callable[..., Ran]
ReportOf = Callable[[str | bytes], dict[str, Any]]
ENDINGS = (".parquet", ".ndjson", ".ndjson.gz")
YAML = f"""
schema: sverka.snapshot/1
as_of: 2025-10-01
organization:
  inn: {inn(7)}
  region: 78
  kind: school
  name: Школа № 7
  sferum_connected: false
"""


@pytest.fixture
def full(folder: Folder) -> Folder:
    """Documents of every sort: JSON on one line and on many, YAML, NDJSON, a list, one that is broken."""
    folder.good()
    folder.violating()
    lines = json.dumps(json.loads(snapshot_text(3)), indent=2, ensure_ascii=False)
    (folder.snapshots / "lines.json").write_bytes(b"\xef\xbb\xbf" + lines.encode())
    (folder.snapshots / "school.yaml").write_text(YAML, "utf-8")
    batch = [snapshot_text(4, sferum_connected=True), snapshot_text(5)]
    (folder.snapshots / "batch.ndjson").write_text("\n".join(batch), "utf-8")
    (folder.snapshots / "list.json").write_text(f"[{snapshot_text(6)}]", "utf-8")
    folder.broken()
    return folder


def pack(sverka: Sverka, folder: Folder, ending: str, *more: object) -> tuple[Path, Ran]:
    target = folder.path / f"all{ending}"
    return target, sverka("validate", folder.snapshots, "--policies", folder.policies, "--pack", target, *more)


def leftovers(folder: Folder) -> list[str]:
    return [path.name for path in folder.path.rglob("*") if path.name.startswith(".sverka")]


# --- what is packed -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_file_gives_the_verdicts_that_its_documents_gave(
    ending: str, full: Folder, sverka: Sverka, report_of: ReportOf
) -> None:
    target, ran = pack(sverka, full, ending)
    assert ran.code == 3  # of the broken document
    command = ["check", "--policies", full.policies, "-o", "json"]
    before, after = (report_of(sverka(*command, path).out) for path in (full.snapshots, target))
    assert before["inputs"] == {"documents": 8, "evaluated": 7, "quarantined": 1, "not_reached": 0}
    assert after["inputs"] == {"documents": 7, "evaluated": 7, "quarantined": 0, "not_reached": 0}
    assert verdicts(before) == verdicts(after)
    assert len(verdicts(before)) == 7
    assert leftovers(full) == []


def verdicts(report: dict[str, Any]) -> list[tuple[str, ...]]:
    keys = ("organization", "as_of", "policy", "verdict", "reason")
    return sorted(tuple(str(result[key]) for key in keys) for result in report["results"])


def test_parquet_keeps_the_names_and_the_json_byte_for_byte(
    full: Folder, sverka: Sverka, report_of: ReportOf
) -> None:
    target, _ = pack(sverka, full, ".parquet")
    command = ["validate", "--policies", full.policies, "-o", "json"]
    before, after = (report_of(sverka(*command, path).out) for path in (full.snapshots, target))
    digests = {f"{target.as_posix()}/{row['file'].lstrip('/')}": row["digest"] for row in before["organizations"]}
    found = {row["file"]: row["digest"] for row in after["organizations"]}
    assert found.keys() == digests.keys()
    assert [file.rsplit("/")[-1] for file in found if found[file] != digests[file]] == ["school.yaml"]


def test_lines_are_json_each_on_one_line_in_the_order_of_the_run(full: Folder, sverka: Sverka) -> None:
    plain, _ = pack(sverka, full, ".ndjson")
    packed, _ = pack(sverka, full, ".ndjson.gz")
    data = plain.read_bytes()
    assert gzip.decompress(packed.read_bytes()) == data
    assert data.endswith(b"}\n")
    rows = [json.loads(line) for line in data.splitlines()]
    assert [row["organization"]["inn"] for row in rows] == [inn(number) for number in (2, 4, 5, 1, 3, 6, 7)]
    assert rows[-1]["organization"] == {
        "inn": inn(7),
        "region": "78",
        "kind": "school",
        "name": "Школа № 7",
        "sferum_connected": False,
    }
    assert data.splitlines()[0] == (full.snapshots / "bad.json").read_bytes()


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_documents_give_the_same_bytes_and_an_older_file_is_replaced(
    ending: str, full: Folder, sverka: Sverka
) -> None:
    target, _ = pack(sverka, full, ending)
    first = target.read_bytes()
    target.write_bytes(b"older")
    pack(sverka, full, ending)
    assert target.read_bytes() == first
    assert (
        start(
            "validate",
            full.snapshots,
            "--policies",
            full.policies,
            "--pack",
            target,
            PYTHONHASHSEED="7",
            TZ="Asia/Omsk",
        ).returncode
        == 3
    )
    assert target.read_bytes() == first


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_packed_file_can_be_packed_again(ending: str, full: Folder, sverka: Sverka) -> None:
    target, _ = pack(sverka, full, ending)
    again = full.path / "again.ndjson"
    assert sverka("validate", target, "--policies", full.policies, "--pack", again).code == 0
    plain, _ = pack(sverka, full, ".ndjson")
    assert again.read_bytes() == plain.read_bytes()


def test_standard_input_is_packed_too(folder: Folder, sverka: Sverka) -> None:
    target = folder.path / "all.ndjson"
    data = "\n".join([snapshot_text(1), snapshot_text(2)]).encode()
    ran = sverka("validate", "-", "--policies", folder.policies, "--pack", target, stdin=data)
    assert ran.code == 0
    assert target.read_bytes() == data + b"\n"


def test_a_document_that_comes_twice_is_packed_once_and_a_contradicted_one_not_at_all(
    folder: Folder, sverka: Sverka
) -> None:
    folder.good("a.json", 1)
    folder.good("b.json", 1)
    folder.good("c.json", 2)
    folder.violating("d.json", 2)
    folder.good("e.json", 3)
    target, ran = pack(sverka, folder, ".ndjson")
    assert ran.code == 3
    found = [json.loads(line)["organization"]["inn"] for line in target.read_bytes().splitlines()]
    assert found == [inn(1), inn(3)]


@pytest.mark.parametrize(
    ("language", "written", "left_out"),
    [
        ("ru", "записан {}: 7 документов", "не вошли в файл: 1; о каждом сказано, почему"),
        ("en", "written {}: 7 documents", "left out of the file: 1; each is told with the reason"),
    ],
)
def test_what_was_written_and_what_was_left_out_is_said(
    language: str, written: str, left_out: str, full: Folder, sverka: Sverka
) -> None:
    target, ran = pack(sverka, full, ".parquet", "--lang", language)
    assert written.format(target.as_posix()) in ran.err.splitlines()
    assert left_out in ran.err.splitlines()
    assert "broken.json" in ran.out
    (full.snapshots / "broken.json").unlink()
    target, ran = pack(sverka, full, ".parquet", "--lang", language)
    assert (ran.code, ran.err.splitlines()) == (0, [written.format(target.as_posix())])


def test_what_is_passed_over_is_said_once_though_the_folder_is_read_twice(full: Folder, sverka: Sverka) -> None:
    (full.snapshots / "readme.txt").write_bytes(b"x")
    _, ran = pack(sverka, full, ".ndjson")
    assert ran.err.count("readme.txt") == 1


def test_a_sound_document_that_can_not_be_spelled_as_json_is_left_out_aloud(
    full: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    (full.snapshots / "broken.json").unlink()
    other = snapshot_text(9).encode()
    monkeypatch.setattr("validator.snapshots.respell.spelled", lambda *_: other)
    target, ran = pack(sverka, full, ".parquet")
    assert ran.code == 3
    assert "school.yaml" in ran.err
    assert "[not-respelled]" in ran.err
    assert "не вошли в файл: 1" in ran.err
    assert target.exists()


# --- what is not ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(("language", "words"), [("ru", "нет ни одного годного"), ("en", "there is no sound")])
def test_without_a_sound_document_there_is_no_file(
    ending: str, language: str, words: str, folder: Folder, sverka: Sverka
) -> None:
    folder.broken()
    target, ran = pack(sverka, folder, ending, "--lang", language)
    assert ran.code == 2
    assert words in ran.err
    assert "broken.json" in ran.out
    assert not target.exists()
    target.write_bytes(b"older")
    assert "older" in pack(sverka, folder, ending, "--lang", "en")[1].err
    assert target.read_bytes() == b"older"
    assert leftovers(folder) == []


def refused(ran: Ran, folder: Folder, words: str) -> None:
    """Before any work: a line of what is wrong, a line of help, nothing else."""
    assert ran.code == 2
    assert ran.out == ""
    first, second = ran.err.splitlines()
    assert words in first
    assert second.startswith("    ")
    assert leftovers(folder) == []


@pytest.mark.parametrize("name", ["all", "all.json", "all.zip", "all.parquet.gz", "all.ndjson.xz", "-"])
def test_another_ending_is_refused(name: str, folder: Folder, sverka: Sverka) -> None:
    folder.good()
    ran = sverka("validate", folder.snapshots, "--pack", folder.path / name)
    refused(ran, folder, "не понять, как записать")
    assert ".ndjson.gz" in ran.err


def test_what_can_not_be_written_is_refused(folder: Folder, sverka: Sverka) -> None:
    file, here = folder.good(), folder.path
    (here / "folder.ndjson").mkdir()
    os.symlink(here / "nowhere", here / "link.ndjson")
    for name, words in (
        ("none/x.ndjson", "нет папки"),
        ("folder.ndjson", "не файл"),
        ("link.ndjson", "не файл"),
        ("r.ndjson", "в один файл"),
    ):
        ran = sverka("validate", file, "-o", f"json={here / 'r.ndjson'}", "--pack", here / name)
        refused(ran, folder, words)


def test_an_input_is_never_overwritten(folder: Folder, sverka: Sverka) -> None:
    file = folder.snapshots / "batch.ndjson"
    file.write_text(snapshot_text(1), "utf-8")
    os.symlink(file, folder.path / "link.ndjson")
    os.link(file, folder.path / "hard.ndjson")
    for target in (
        file,
        folder.path / "link.ndjson",
        folder.path / "hard.ndjson",
        folder.path / "in/../in/batch.ndjson",
    ):
        refused(sverka("validate", file, "--pack", target), folder, "затёр бы входной файл")
    assert file.read_text("utf-8") == snapshot_text(1)


@pytest.mark.parametrize("place", ["all.ndjson", "batch.ndjson", "inner/all.parquet"])
def test_a_file_in_a_folder_that_is_read_would_be_an_input_of_the_next_run(
    place: str, folder: Folder, sverka: Sverka
) -> None:
    (folder.snapshots / "inner").mkdir()
    (folder.snapshots / "batch.ndjson").write_text(snapshot_text(1), "utf-8")
    for given in (folder.snapshots, folder.path / "in" / ".." / "in", folder.path):
        ran = sverka("validate", given, "--pack", folder.snapshots / place)
        refused(ran, folder, "среди входных")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_without_the_extra_one_line_says_what_to_install(
    language: str, folder: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.good()
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "pyarrow.parquet", raising=False)
    target, ran = pack(sverka, folder, ".parquet", "--lang", language)
    (line,) = ran.err.splitlines()
    assert (ran.code, ran.out) == (2, "")
    assert line.endswith('pip install "sverka[parquet]"')
    assert not target.exists()
    assert pack(sverka, folder, ".ndjson")[1].code == 0


def test_without_the_extra_a_parquet_input_is_put_aside_with_what_to_install(
    folder: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.good()
    target, _ = pack(sverka, folder, ".parquet")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    ran = sverka("check", target, folder.snapshots, "--policies", folder.policies)
    assert ran.code == 3
    assert "[parquet-not-installed]" in ran.out
    assert 'pip install "sverka[parquet]"' in ran.out
    assert "отложено 1" in ran.out


def test_a_document_that_changes_meanwhile_leaves_no_file(
    folder: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder.good()
    real = validator.cli.packing.write_pack
    for change in (lambda: file.write_text(snapshot_text(8), "utf-8"), file.unlink):

        def later(*arguments: Any, change: Callable[[], object] = change) -> int:
            change()
            return real(*arguments)

        folder.good("other.json", 2)
        monkeypatch.setattr("validator.cli.validate.write_pack", later)
        target, ran = pack(sverka, folder, ".ndjson")
        assert ran.code == 4
        assert "good.json" in ran.err
        assert "[changed-while-read]" in ran.err
        assert not target.exists()
        assert leftovers(folder) == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_full_disk_leaves_the_older_file(
    ending: str, folder: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.good()
    target = folder.path / f"all{ending}"
    target.write_bytes(b"older")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    _, ran = pack(sverka, folder, ending)
    assert ran.code == 4
    assert "на диске нет места" in ran.err
    assert target.read_bytes() == b"older"
    assert leftovers(folder) == []


def test_a_file_over_a_limit_of_the_reader_is_not_written(
    folder: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.good()
    folder.violating()
    monkeypatch.setattr("validator.snapshots.stream.parquet_layout.default", lambda _: 1)
    target, ran = pack(sverka, folder, ".parquet")
    assert ran.code == 2
    assert ran.err.startswith(f"{target.as_posix()}: превышен предел")
    assert not target.exists()
    assert leftovers(folder) == []
