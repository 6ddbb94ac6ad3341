"""LibreOffice opens the workbook and saves it again: every cell is what it was."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from test_hostile_workbooks import several
from workbooks import HOSTILE, LANGUAGES, MAIN, cells, fixtures, made, report, trees

from validator.logic.text import Language

OFFICE = shutil.which("soffice")


@pytest.fixture(autouse=True)
def _office() -> None:
    """Without the program there is nothing to test; where CI runs it has to be there."""
    if OFFICE is None:
        assert not os.environ.get("CI"), "soffice is not installed: apt-get install libreoffice-calc-nogui"
        pytest.skip("soffice is not installed")


def resaved(data: bytes, folder: Path) -> bytes:
    """The workbook as LibreOffice saves it."""
    (folder / "in").mkdir()
    (folder / "in" / "book.xlsx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--norestore", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    out = folder / "out"
    run = subprocess.run(
        [*command, "--outdir", str(out), str(folder / "in" / "book.xlsx")],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return (out / "book.xlsx").read_bytes()


def trimmed(rows: list[list[Any]]) -> list[list[Any]]:
    """The rows without the empty cells and rows at their ends, which an office adds or drops as it likes."""
    found = [list(row) for row in rows]
    for row in found:
        while row and row[-1] == "":
            row.pop()
    while found and not found[-1]:
        found.pop()
    return found


def assert_same(data: bytes, again: bytes) -> None:
    """Sheet by sheet, cell by cell, types included."""
    ours, theirs = cells(data), cells(again)
    assert list(ours) == list(theirs)
    for name, rows in ours.items():
        mine, other = trimmed(rows), trimmed(theirs[name])
        assert len(mine) == len(other), name
        for number, (row, saved) in enumerate(zip(mine, other, strict=True), start=1):
            assert [(type(cell), cell) for cell in row] == [(type(cell), cell) for cell in saved], (name, number)


def number_formats(data: bytes) -> dict[tuple[str, str], str]:
    """The number format of every cell that holds something, by sheet and place."""
    found = trees(data)
    styles = found["xl/styles.xml"]
    own = {form.get("numFmtId"): form.get("formatCode", "") for form in styles.iter(f"{MAIN}numFmt")}
    forms = [form.get("numFmtId") for form in styles.find(f"{MAIN}cellXfs") or ()]
    known = {"0": "General", "1": "0", "3": "#,##0", "49": "@"}
    result = {}
    for part, tree in found.items():
        if part.startswith("xl/worksheets/sheet"):
            for cell in tree.iter(f"{MAIN}c"):
                if len(cell):
                    code = forms[int(cell.get("s", "0"))]
                    told = own.get(code) or known.get(str(code), str(code))
                    result[part, cell.get("r", "")] = re.sub(r"\\|general", "", told, flags=re.IGNORECASE)
    return result


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_office_reads_and_writes_every_cell_as_it_is(language: Language, tmp_path: Path) -> None:
    data = fixtures(language)
    again = resaved(data, tmp_path)
    assert_same(data, again)
    assert sum(isinstance(cell, date) for rows in cells(again).values() for row in rows for cell in row) > 500
    ours, theirs = number_formats(data), number_formats(again)
    assert {place: theirs.get(place) for place in ours} == ours


def test_an_office_finds_no_formula_in_hostile_texts(tmp_path: Path) -> None:
    data = made(several(HOSTILE))[0]
    again = resaved(data, tmp_path)
    assert_same(data, again)
    for part in trees(again).values():
        assert not {"f", "hyperlink"} & {element.tag.rpartition("}")[2] for element in part.iter()}


def test_an_office_reads_split_sheets(tmp_path: Path) -> None:
    data = made(report(), rows_per_sheet=20)[0]
    assert_same(data, resaved(data, tmp_path))
