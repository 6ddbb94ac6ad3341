"""`sverka form` from the command line, and what people do to forms before they send them back."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from form_facts import library

from validator.cli.main import run
from validator.render.form.workbook import form_workbook
from validator.snapshots.tables.fields import places
from validator.snapshots.tables.form_layout import choices, sheets, word_text
from validator.snapshots.tables.words import folded

SCHOOL = Path(__file__).parents[2] / "fixtures" / "organizations" / "spb-school-transfer-week.yaml"
Sverka = Callable[..., tuple[int, str, str]]
Cells = dict[str, Any]


@pytest.fixture
def sverka(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sverka:
    monkeypatch.setenv("SVERKA_CACHE", "off")
    for name in ("SVERKA_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def start(*words: object) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        with chdir(tmp_path), redirect_stdout(out), redirect_stderr(err):
            code = run([str(word) for word in words])
        return code, out.getvalue(), err.getvalue()

    return start


def rewritten(file: Path, **changes: dict[tuple[int, int], Any]) -> None:
    """The workbook with cells changed, everything else that is not a value gone: as a poor editor would save it."""
    import xlsxwriter
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(file)
    sheets_ = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    made = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_numbers": False})
    day = made.add_format({"num_format": "dd.mm.yyyy"})
    for name, rows in sheets_.items():
        sheet = made.add_worksheet(name)
        cells = {(r, c): cell for r, row in enumerate(rows) for c, cell in enumerate(row) if cell != ""}
        for (row, column), cell in (cells | changes.get(name, {})).items():
            if hasattr(cell, "isoformat"):
                sheet.write_datetime(row, column, cell, day)
            elif cell != "":
                sheet.write(row, column, cell)
    made.close()


def row_of(path: str) -> int:
    """The row of a fact on the sheet of the organization."""
    return 3 + [place.path for place in next(iter(sheets(library().vocabulary))).places].index(path)


def test_an_empty_form_asks_for_every_field_of_a_snapshot() -> None:
    asked = [place.path for sheet in sheets(library().vocabulary) for place in sheet.places]
    assert set(asked) == set(places(library().vocabulary))


def test_every_word_that_a_form_offers_is_read_back_as_what_it_means() -> None:
    from validator.snapshots.tables.convert import Converter, Pseudonyms
    from validator.snapshots.tables.mapping import Column

    for place in places(library().vocabulary).values():
        converter = Converter(Column("", place), library().names, Pseudonyms(), bare=True)
        for text in choices(place):
            for said in text:
                assert converter[said], (place.path, said)
        for word in place.shape.values if place.shape.kind.value == "enum" else ():
            for said in word_text(place, word):
                assert converter[said] == json.dumps(word), (place.path, said)
        assert len({folded(text.ru) for text in choices(place)}) == len(choices(place))


def test_a_form_of_a_snapshot_comes_back_through_the_command_line(sverka: Sverka, tmp_path: Path) -> None:
    code, _, err = sverka("form", "--for", SCHOOL)
    assert code == 0
    assert "анкета записана: анкета.xlsx" in err
    assert "сведений не хватает" in err
    code, out, err = sverka("import", "анкета.xlsx", "-o", "-")
    assert (code, len(out.splitlines())) == (0, 1)
    assert json.loads(out)["organization"]["inn"] == "7899001010"
    assert sverka("form", "--lang", "en", "-o", "form.xlsx")[0] == 0
    assert (tmp_path / "form.xlsx").exists()


def test_missing_facts_are_counted() -> None:
    from validator.language.source import read_document

    full = form_workbook(library().vocabulary, "ru", read_document(SCHOOL.read_bytes(), SCHOOL.name).root).missing
    poorer = SCHOOL.read_bytes().replace(b"  sferum_connected: true\n", b"")
    assert form_workbook(library().vocabulary, "ru", read_document(poorer, SCHOOL.name).root).missing == full + 1
    assert form_workbook(library().vocabulary, "ru").missing == 0


def test_an_empty_form_gives_no_snapshot_and_says_what_must_be_filled_in(sverka: Sverka) -> None:
    assert sverka("form", "-o", "empty.xlsx")[0] == 0
    code, out, err = sverka("import", "empty.xlsx", "-o", "-")
    assert (code, out) == (3, "")
    assert "empty.xlsx: Организация!C" in err


def test_a_wrong_answer_is_told_at_its_cell(sverka: Sverka, tmp_path: Path) -> None:
    sverka("form", "--for", SCHOOL, "-o", "f.xlsx")
    row = row_of("organization.founder")
    rewritten(tmp_path / "f.xlsx", Организация={(row, 2): "область"})
    code, out, err = sverka("import", "f.xlsx", "-o", "-")
    assert (code, out) == (3, "")
    assert f"f.xlsx: Организация!C{row + 1}: «Учредитель" in err
    assert "[cell-value]" in err


def test_a_wrong_row_of_a_list_costs_that_row_and_the_completeness_of_the_list(
    sverka: Sverka, tmp_path: Path
) -> None:
    sverka("form", "--for", SCHOOL, "-o", "f.xlsx")
    rewritten(tmp_path / "f.xlsx", Чаты={(4, 0): "7899001010"})
    code, out, err = sverka("import", "f.xlsx", "-o", "-")
    assert code == 3
    assert "f.xlsx: Чаты!A5" in err
    assert json.loads(out)["coverage"]["chats"] == "partial"


def test_several_forms_are_read_at_once_and_one_organization_only_once(sverka: Sverka, tmp_path: Path) -> None:
    sverka("form", "--for", SCHOOL, "-o", "a.xlsx")
    sverka("form", "--for", SCHOOL, "-o", "b.xlsx")
    sverka("form", "--for", SCHOOL.with_name("additional-education-centre.yaml"), "-o", "c.xlsx")
    code, _, err = sverka("import", "a.xlsx", "b.xlsx", "c.xlsx", "-o", "out")
    assert code == 3
    assert "b.xlsx: эта организация уже есть: a.xlsx [repeated-organization]" in err
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_a_form_of_another_version_or_without_a_sheet_is_told(sverka: Sverka, tmp_path: Path) -> None:
    sverka("form", "-o", "f.xlsx")
    rewritten(tmp_path / "f.xlsx", sverka={(0, 0): "sverka.form/2"})
    code, _, err = sverka("import", "f.xlsx", "-o", "-")
    assert code == 3
    assert "[unknown-schema]" in err
    sverka("form", "-o", "g.xlsx")
    rewritten(tmp_path / "g.xlsx", sverka={(3, 0): "Нет такого"})
    assert "[sheet-not-found]" in sverka("import", "g.xlsx", "-o", "-")[2]
    sverka("form", "-o", "h.xlsx")
    rewritten(tmp_path / "h.xlsx", Чаты={(0, 2): "chats.plattform"})
    assert "[unknown-field]" in sverka("import", "h.xlsx", "-o", "-")[2]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "form.xls"], ".xlsx"),
        (["-o", "no/form.xlsx"], "нет папки"),
        (["--for", "nowhere.yaml"], "нет такого пути"),
        (["--for", str(SCHOOL.parent)], "нужен один снимок"),
    ],
)
def test_what_can_not_be_done_is_refused(sverka: Sverka, words: list[str], said: str) -> None:
    code, _, err = sverka("form", *words)
    assert code == 2
    assert said in err


def test_a_form_that_is_there_is_replaced_only_by_force(sverka: Sverka, tmp_path: Path) -> None:
    (tmp_path / "f.xlsx").write_bytes(b"mine")
    assert sverka("form", "-o", "f.xlsx")[0] == 2
    assert (tmp_path / "f.xlsx").read_bytes() == b"mine"
    assert sverka("form", "-o", "f.xlsx", "--force")[0] == 0
    assert (tmp_path / "f.xlsx").read_bytes() != b"mine"


def test_a_broken_snapshot_is_told_and_gives_no_form(sverka: Sverka, tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text("schema: sverka.snapshot/1\n", "utf-8")
    code, _, err = sverka("form", "--for", "s.yaml")
    assert code == 2
    assert "[missing-key]" in err
    assert not (tmp_path / "анкета.xlsx").exists()
