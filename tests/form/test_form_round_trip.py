"""A form filled in from a snapshot and read back says the same, also after LibreOffice has saved it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from form_facts import library, read_back, said

from validator.interpreters.strategies import forget, random_document, seeded
from validator.language.nodes import Document
from validator.language.source import read_document, read_json
from validator.logic.problem import InputError
from validator.logic.text import Language
from validator.render.form.workbook import form_workbook

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "fixtures" / "organizations").iterdir())
RANDOM = 60


def document(file: Path) -> Document:
    return read_document(file.read_bytes(), file.name)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_form_filled_in_from_a_snapshot_gives_it_back(file: Path, language: Language) -> None:
    given = document(file)
    form = form_workbook(library().vocabulary, language, given.root)
    made, work = read_back(form.data)
    assert work.problems == []
    assert len(made) == 1
    assert said(read_json(made[0], "made.json")) == said(given)


def _real() -> object:
    import sys

    sys.path.insert(0, str(ROOT / "tests" / "interpreters"))
    from worlds import REAL

    return REAL


@pytest.mark.parametrize("seed", range(RANDOM))
def test_a_form_of_any_snapshot_gives_it_back(seed: int) -> None:
    world, choose = _real(), seeded(seed)
    made_up = forget(world, choose, random_document(world, choose), 10)  # type: ignore[arg-type]
    given = read_json(json.dumps(made_up, ensure_ascii=False).encode(), "random.json")
    try:
        expected = said(given)
    except InputError:
        pytest.skip("what was forgotten is needed")
    form = form_workbook(library().vocabulary, "ru", given.root)
    made, work = read_back(form.data)
    assert work.problems == []
    assert said(read_json(made[0], "made.json")) == expected


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here")
@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_form_that_libreoffice_has_saved_gives_the_same_snapshot(ending: str, tmp_path: Path) -> None:
    file = next(file for file in FILES if file.stem == "spb-school-transfer-week")
    given = document(file)
    (tmp_path / "form.xlsx").write_bytes(form_workbook(library().vocabulary, "ru", given.root).data)
    kind = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods"}[ending]
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", kind,
         "--outdir", str(tmp_path / "saved"), str(tmp_path / "form.xlsx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    made, work = read_back((tmp_path / "saved" / f"form.{ending}").read_bytes(), f"form.{ending}")
    assert work.problems == []
    assert said(read_json(made[0], "made.json")) == said(given)


def test_the_same_snapshot_gives_the_same_bytes() -> None:
    given = document(FILES[0])
    one = form_workbook(library().vocabulary, "ru", given.root)
    assert one == form_workbook(library().vocabulary, "ru", given.root)
