"""Formats on the command line: several at once, each the same alone; GitHub; files as the repository names them."""

from __future__ import annotations

import hashlib
import importlib
import json
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from workplace import Folder, Ran, snapshot_text, start

from validator.cli.outputs import FORMATS, SHOWING_ALL

Sverka = Callable[..., Ran]
pytestmark = pytest.mark.usefixtures("mixed")
NEW = tuple(name for name in FORMATS if name not in ("text", "concise", "json"))


@pytest.fixture(autouse=True)
def _no_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def mixed(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A repository with snapshots of every fate, worked in from its root."""
    (folder.path / ".git").mkdir()
    monkeypatch.chdir(folder.path)
    folder.good(), folder.violating("плохая школа.json"), folder.unknown(), folder.broken()
    return folder


def check(sverka: Sverka, *more: object) -> Ran:
    return sverka("check", "in", "--policies", "policies", *more)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_that_is_named_can_be_had(name: str, sverka: Sverka) -> None:
    ran = check(sverka, "-o", name)
    assert ran.code == 1
    assert "школа" in ran.out or "%D1%88%D0%BA%D0%BE%D0%BB%D0%B0" in ran.out
    assert importlib.import_module(f"validator.render.{name.replace('-', '_')}").render
    assert name in sverka("check", "--help").out


def test_several_formats_at_once_are_what_each_is_alone(sverka: Sverka) -> None:
    """Some formats need judgements that are fine, others do not; nobody may see which came along."""
    outputs = [f"{name}={name}.out" for name in FORMATS]
    together = check(sverka, *(word for output in outputs for word in ("-o", output)))
    assert together.code == 1
    for name in FORMATS:
        assert f"записан {name}: {name}.out" in together.err
        alone = check(sverka, "-o", name).out
        if name == "text":
            alone = alone[: alone.index("Код выхода")]
        assert Path(f"{name}.out").read_bytes().decode() == alone, name


def test_what_is_fine_is_explained_only_for_formats_that_show_it(sverka: Sverka) -> None:
    def told(*words: str) -> int:
        """How often the norm is told of, beside the number of its results that are left out."""
        return re.sub(r'"fine":\{.*?\}\}', "", check(sverka, *words).out).count("T-CONNECT")

    fine = {name: told("-o", name) for name in NEW}
    found = {name: told("-o", name, "--results", "findings") for name in NEW}
    assert {name for name in NEW if fine[name] > found[name]} == SHOWING_ALL - {"json"}


def test_validate_gives_the_formats_too(sverka: Sverka) -> None:
    for name in NEW:
        ran = sverka("validate", "in", "--policies", "policies", "-o", name)
        assert ran.code == 3
        assert "duplicate-key" in ran.out.replace("&#45;", "-")


# --- GitHub --------------------------------------------------------------------------------------------------


def test_on_github_sarif_is_the_profile_of_code_scanning(sverka: Sverka, monkeypatch: pytest.MonkeyPatch) -> None:
    here = {name: check(sverka, "-o", name).out for name in ("sarif", "sarif-full", "sarif-github")}
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    there = {name: check(sverka, "-o", name).out for name in here}
    assert there == {**here, "sarif": here["sarif-github"]}
    assert here["sarif"] != here["sarif-github"]
    ran = check(sverka, "-o", "sarif=out.sarif")
    assert "записан sarif-github: out.sarif" in ran.err  # what was chosen is said


def test_the_summary_of_a_job_is_added_to_and_never_replaced(
    mixed: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = mixed.path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    summary.write_text("# Of another command\n", "utf-8")
    check(sverka, "-o", f"markdown={summary}")
    check(sverka, "-o", f"markdown={summary}", "--lang", "en")
    text = summary.read_text("utf-8")
    assert text.startswith("# Of another command\n\n### Сверка: нарушений 1")
    assert "\n</details>\n\n### Sverka: violations 1" in text


def test_a_summary_that_is_nearly_full_gets_what_fits_and_the_rest_is_told(
    mixed: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = mixed.path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    for number in range(50):
        mixed.violating(f"{number}.json", 100 + number)
    summary.write_text("x" * (1024 * 1024 - 16_000), "utf-8")
    ran = check(sverka, "-o", f"markdown={summary}", "--lang", "en")
    assert summary.stat().st_size <= 1024 * 1024
    assert "gravest of " in ran.err
    assert "do not; all are in" in summary.read_text("utf-8")


def test_a_file_that_is_not_the_summary_is_replaced(
    mixed: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(mixed.path / "summary.md"))
    Path("other.md").write_text("old", "utf-8")
    check(sverka, "-o", "markdown=other.md")
    assert Path("other.md").read_text("utf-8").startswith("### Сверка")


def test_more_findings_than_annotations_are_told_beside_the_report(mixed: Folder, sverka: Sverka) -> None:
    for number in range(20):
        mixed.violating(f"{number}.json", 100 + number)
    ran = check(sverka, "-o", "github", "--lang", "en")
    assert "github: the 10 gravest of 23 findings are shown, 13 are not" in ran.err
    assert ran.out.count("::error file=") == 10


# --- places --------------------------------------------------------------------------------------------------


def uris(text: str) -> set[str]:
    results = json.loads(text)["runs"][0]["results"]
    return {found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for found in results}


def test_files_are_named_from_the_root_of_the_repository(
    mixed: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = {"in/%D0%BF%D0%BB%D0%BE%D1%85%D0%B0%D1%8F%20%D1%88%D0%BA%D0%BE%D0%BB%D0%B0.json", "in/unknown.json"}
    expected |= {"in/broken.json"}
    assert uris(check(sverka, "-o", "sarif").out) == expected
    absolute = sverka("check", mixed.snapshots, "--policies", "policies", "-o", "sarif").out
    assert uris(absolute) == expected
    whole = {name: check(sverka, "-o", name).out for name in ("gitlab", "github", "junit")}
    deep = mixed.path / "deep" / "er"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    for name, text in whole.items():
        assert sverka("check", "../../in", "--policies", "../../policies", "-o", name).out == text
    assert uris(sverka("check", "../../in", "--policies", "../../policies", "-o", "sarif").out) == expected


def test_a_file_outside_of_the_repository_is_named_as_it_was(
    sverka: Sverka, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "a b.json"
    elsewhere.write_text(snapshot_text(1, sferum_connected=False), "utf-8")
    ran = sverka("check", elsewhere, "--policies", "policies", "-o", "sarif")
    assert uris(ran.out) == {f"file://{elsewhere.parent.as_posix()}/a%20b.json"}


def test_findings_in_an_archive_and_in_lines_point_to_the_file_that_holds_them(sverka: Sverka) -> None:
    lines = [snapshot_text(number, sferum_connected=False) for number in (1, 2)]
    with zipfile.ZipFile("all.zip", "w") as archive:
        archive.writestr("район/школа.json", lines[0].replace(", ", ",\n"))
    Path("all.ndjson").write_text("\n".join(lines[1:]) + "\n", "utf-8")
    ran = sverka("check", "all.zip", "all.ndjson", "--policies", "policies", "-o", "sarif")
    zipped, line = json.loads(ran.out)["runs"][0]["results"]
    place = zipped["locations"][0]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "all.zip"
    assert place["message"]["text"] == "район/школа.json"
    assert place["physicalLocation"]["region"]["startLine"] > 1
    region = line["locations"][0]["physicalLocation"]["region"]
    assert line["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "all.ndjson"
    assert Path("all.ndjson").read_text("utf-8")[region["startColumn"] - 1 :].startswith("false")


def test_standard_input_is_no_file_of_the_repository(sverka: Sverka, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("sub").mkdir()
    monkeypatch.chdir("sub")
    given = snapshot_text(1, sferum_connected=False).encode()
    ran = sverka("check", "-", "--policies", "../policies", "-o", "gitlab", stdin=given)
    assert [entry["location"]["path"] for entry in json.loads(ran.out)] == ["<stdin>"]


# --- the same bytes ------------------------------------------------------------------------------------------


def test_the_same_bytes_on_every_machine(mixed: Folder) -> None:
    outputs = [word for name in NEW for word in ("-o", f"{name}={name}.out")]
    made = []
    for machine in (
        {"PYTHONHASHSEED": "0"},
        {
            "PYTHONHASHSEED": "7",
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
            "TZ": "Asia/Kamchatka",
        },
        {"PYTHONHASHSEED": "random", "LC_ALL": "tr_TR.UTF-8", "PYTHONOPTIMIZE": "1"},
    ):
        ran: subprocess.CompletedProcess[bytes] = start(
            "check", "in", "--policies", "policies", *outputs, "--lang", "ru", **machine
        )
        assert ran.returncode == 1, ran.stderr
        files = {name: Path(f"{name}.out").read_bytes() for name in NEW}
        made.append({name: hashlib.sha256(data).hexdigest() for name, data in files.items()})
        for name, data in files.items():
            assert b"\r" not in data
            assert not data.startswith(b"\xef\xbb\xbf")
            assert str(mixed.path).encode() not in data, name
    assert made[0] == made[1] == made[2]
    ET.fromstring(Path("junit.out").read_bytes())
