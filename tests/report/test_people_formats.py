"""Reports for people: pages and workbooks of a check, of a batch, and a page per organization."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

import validator.cli.outputs
import validator.cli.result_outputs
from validator.cli.main import run

INN = "3599001029"


def sverka(*words: object) -> int:
    return run([*map(str, words)])


def links_in(page: Path) -> set[Path]:
    """The files that a page leads to, data island left out."""
    text = page.read_text("utf-8")
    return {page.parent / unquote(target) for target in re.findall(r'href="([^"#:]+\.html)"', text)}


# --- check ------------------------------------------------------------------------------------------------------


def test_a_check_writes_what_its_report_would(snapshots: Path, saved: Path, tmp_path: Path) -> None:
    assert sverka("check", snapshots, "-o", f"html={tmp_path / 'a.html'}", "-o", f"xlsx={tmp_path / 'a.xlsx'}") == 1
    assert sverka("report", saved, "-o", f"html={tmp_path / 'b.html'}", "-o", f"xlsx={tmp_path / 'b.xlsx'}") == 0
    for name in ("html", "xlsx"):
        assert (tmp_path / f"a.{name}").read_bytes() == (tmp_path / f"b.{name}").read_bytes()


def test_one_organization_alone_has_its_own_page(snapshots: Path, tmp_path: Path) -> None:
    one = snapshots / "school-staff-room-telegram.yaml"
    assert sverka("check", one, "-o", f"html={tmp_path / 'one.html'}") == 1
    assert sverka("check", one, "-o", f"html={tmp_path / 'sum.html'}", "--split-by", "organization") == 1
    page = (tmp_path / "sum.pages" / f"{INN}.html").read_text("utf-8")
    assert page.startswith((tmp_path / "one.html").read_text("utf-8"))
    assert (tmp_path / "sum.html").read_text("utf-8") != (tmp_path / "one.html").read_text("utf-8")


def test_a_page_goes_to_standard_output_too(snapshots: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sverka("check", snapshots, "-o", "html") == 1
    told = capsys.readouterr()
    assert told.out.startswith("<!")
    assert "Код выхода: 1" in told.err


def test_every_organization_has_its_page_and_the_summary_leads_there(snapshots: Path, tmp_path: Path) -> None:
    page = tmp_path / "свод за год.html"
    assert sverka("check", snapshots, "-o", f"html={page}", "--split-by", "organization") == 1
    folder = tmp_path / "свод за год.pages"
    names = {file.name for file in folder.iterdir()}
    assert len(names) == 5
    assert all(re.fullmatch(r"\d{10}\.html", name) for name in names)
    text = page.read_text("utf-8")
    assert "%D1%81%D0%B2%D0%BE%D0%B4%20%D0%B7%D0%B0%20%D0%B3%D0%BE%D0%B4.pages/" in text or links_in(page)


def test_pages_of_an_earlier_run_are_written_anew_and_others_told(
    snapshots: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("-o", f"html={tmp_path / 'a.html'}", "--split-by", "organization")
    assert sverka("check", snapshots, *words) == 1
    capsys.readouterr()
    assert sverka("check", snapshots / "school-staff-room-telegram.yaml", *words) == 1
    told = capsys.readouterr().err
    assert "остались страницы прежней проверки: 4" in told
    assert len(list((tmp_path / "a.pages").iterdir())) == 5


def test_a_folder_with_other_files_is_left_alone(
    snapshots: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "a.pages"
    folder.mkdir()
    (folder / f"{INN}.html").write_text("<p>mine</p>")
    assert sverka("check", snapshots, "-o", f"html={tmp_path / 'a.html'}", "--split-by", "organization") == 2
    assert (folder / f"{INN}.html").read_text() == "<p>mine</p>"
    assert not (tmp_path / "a.html").exists()
    assert "не страница организации" in capsys.readouterr().err


def test_pages_need_a_summary_in_a_file(snapshots: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in ((), ("-o", "html"), ("-o", "text")):
        assert sverka("check", snapshots, "--split-by", "organization", *words) == 2
        assert "-o html=свод.html" in capsys.readouterr().err


def test_a_workbook_goes_to_a_file_only(snapshots: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sverka("check", snapshots, "-o", "xlsx") == 2
    assert "XLSX пишется только в файл" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "package", "extra"), [("html", "jinja2", "report"), ("xlsx", "xlsxwriter", "xlsx")]
)
def test_a_missing_extra_is_one_line_before_any_work(
    name: str,
    package: str,
    extra: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(
        validator.cli.result_outputs, "find_spec", lambda wanted: None if wanted == package else real(wanted)
    )
    assert sverka("check", "nowhere", "-o", f"{name}={tmp_path / 'x'}") == 2
    assert f'установите: pip install "sverka[{extra}]"' in capsys.readouterr().err


# --- batches ----------------------------------------------------------------------------------------------------


def test_a_batch_writes_the_same_pages_and_workbook(snapshots: Path, saved: Path, tmp_path: Path) -> None:
    words = ("-o", f"xlsx={tmp_path / 'b.xlsx'}", "--split-by", "organization")
    assert sverka("check", snapshots, "--to", tmp_path / "batch", "--jobs", 1, *words) == 1
    assert sverka("report", saved, *words[:0], "-o", f"xlsx={tmp_path / 'a.xlsx'}") == 0
    assert sverka("report", saved, "-o", f"html={tmp_path / 'report.html'}", "--split-by", "organization") == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert (tmp_path / "batch" / "report.html").read_bytes() == (tmp_path / "report.html").read_bytes()
    pages = {file.name: file.read_bytes() for file in (tmp_path / "report.pages").iterdir()}
    assert {file.name: file.read_bytes() for file in (tmp_path / "batch" / "report.pages").iterdir()} == pages
    run_json = json.loads((tmp_path / "batch" / "run.json").read_bytes())
    assert run_json["terms"]["evidence"] == "all"


def test_a_batch_tells_that_it_explains_what_a_report_lists(
    snapshots: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--to", tmp_path / "batch", "--jobs", 1, "-o", f"html={tmp_path / 'batch' / 'свод.html'}")
    assert sverka("check", snapshots, *words) == 1
    assert "объясняются все выводы, кроме выводов о людях (--evidence summary)" in capsys.readouterr().err
    assert (tmp_path / "batch" / "свод.html").is_file()
    assert sverka("check", snapshots, *words, "--resume") == 1
    assert "эта проверка уже закончена" in capsys.readouterr().err


def test_a_batch_that_explains_less_says_what_is_missing(
    snapshots: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--to", tmp_path / "batch", "--jobs", 1, "--evidence", "none", "-o", f"html={tmp_path / 'a.html'}")
    assert sverka("check", snapshots, *words) == 1
    assert "объяснены не все выводы" in capsys.readouterr().err


@pytest.mark.parametrize("output", ["text", "json=a.json", "html", "xlsx", "nonsense=a"])
def test_other_formats_come_from_the_folder_later(
    output: str, snapshots: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sverka("check", snapshots, "--to", tmp_path / "batch", "-o", output) == 2
    assert not (tmp_path / "batch").exists()
    assert "формат" in capsys.readouterr().err


# --- what the system refuses --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["html", "xlsx"])
def test_a_file_that_excel_has_open_is_said_to_be_so(
    name: str, saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"a.{name}"
    file.write_text("before")

    def locked(*_: Any) -> None:
        raise PermissionError(13, "Access is denied", "a", 5, "b")

    monkeypatch.setattr("os.replace", locked)
    assert sverka("report", saved, "-o", f"{name}={file}") == 4
    told = capsys.readouterr().err
    assert "закройте файл в Excel" in told
    assert file.read_text() == "before"
    assert [one.name for one in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize("name", ["html", "xlsx"])
def test_a_full_disk_leaves_no_half_written_file(
    name: str, saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    file = tmp_path / f"a.{name}"
    assert sverka("report", saved, "-o", f"{name}={file}", "-o", "concise") == 4
    told = capsys.readouterr()
    assert "на диске нет места" in told.err
    assert str(file.name) in told.err
    assert told.out != ""  # the other output was written
    assert list(tmp_path.iterdir()) == []
