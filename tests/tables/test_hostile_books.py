"""Workbooks that would take all memory, lie about themselves or are broken: told in time, never a crash."""

from __future__ import annotations

import io
import zipfile

import pytest
from table_work import INN, book, run

from validator.logic.problem import InputError
from validator.snapshots.tables import book_parts, csv_files
from validator.snapshots.tables.books import Book
from validator.snapshots.tables.csv_files import read_csv
from validator.snapshots.tables.sources import Source

PLAIN = [["ИНН", "Имя"], [INN, "Школа"]]
TABLE = (
    "constants: {as_of: 2025-11-14, organization.kind: school, organization.region: '78'}\n"
    "tables: [{rows: organization, columns: {ИНН: organization.inn, Имя: organization.name}}]"
)


def changed(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The workbook with a part of it changed."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.infolist():
            part = before.read(member)
            if member.filename == name:
                assert old in part
                part = part.replace(old, new)
            after.writestr(member.filename, part)
    return written.getvalue()


def read(name: str, data: bytes) -> None:
    """All sheets of a table."""
    opened = Source(name, data)
    for sheet in opened.sheets:
        opened.grid(sheet)


def refused(data: bytes, name: str = "t.xlsx") -> str:
    with pytest.raises(InputError) as caught:
        read(name, data)
    return caught.value.problems[0].code


SHEET = "xl/worksheets/sheet1.xml"


def test_a_workbook_that_unpacks_to_more_than_the_limit_is_refused_before_it_is_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = changed(book(Лист=PLAIN), SHEET, b"</worksheet>", b" " * 3_000_000 + b"</worksheet>")
    assert len(data) < 20_000
    limits = {"limit-table-unpacked-bytes": 2_000_000}
    monkeypatch.setattr(book_parts, "default", lambda limit: limits.get(limit, 10**9))
    assert refused(data) == "limit-table-unpacked-bytes"


def test_a_size_that_the_archive_claims_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(changed(book(Лист=PLAIN), SHEET, b"</worksheet>", b" " * 3_000_000 + b"</worksheet>"))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = archive.getinfo(SHEET).file_size.to_bytes(4, "little")
    place = data.rfind(size)
    data[place : place + 4] = (1_000).to_bytes(4, "little")
    limits = {"limit-table-unpacked-bytes": 2_000_000}
    monkeypatch.setattr(book_parts, "default", lambda limit: limits.get(limit, 10**9))
    assert refused(bytes(data)) in ("limit-table-unpacked-bytes", "table-broken")


@pytest.mark.parametrize(
    ("place", "code"),
    [(b"XFD1048576", "limit-table-columns"), (b"A9999999", "limit-table-rows"), (b"ZZ900000", "limit-table-cells")],
)
def test_a_cell_far_out_is_refused_before_memory_is_taken_for_all_between(place: bytes, code: str) -> None:
    row = place.lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    far = b'<row r="' + row + b'"><c r="' + place + b'"><v>1</v></c></row></sheetData>'
    assert refused(changed(book(Лист=PLAIN), SHEET, b"</sheetData>", far)) == code


def test_a_broken_book_and_a_text_with_its_name_are_told() -> None:
    good = book(Лист=PLAIN)
    assert refused(good[: len(good) // 2]) == "table-broken"
    assert refused("ИНН;Имя".encode()) == "table-broken"
    assert refused(b"") == "table-broken"
    assert refused(good, "t.pdf") == "table-format"


def test_a_locked_book_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import python_calamine

    class Locked:
        @staticmethod
        def from_filelike(_: object) -> None:
            raise python_calamine.PasswordError

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Locked)
    assert refused(book(Лист=PLAIN)) == "table-locked"


def test_a_table_of_more_bytes_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from validator.snapshots.tables import sources

    monkeypatch.setattr(sources, "default", lambda _: 10)
    assert refused(b"a;b\n1;2\n3;4\n", "t.csv") == "limit-table-bytes"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a;b\n" * 40, "limit-table-rows"),
        (";".join("abcdefghijkl") + "\n", "limit-table-columns"),
        ("a;" + "b" * 500 + "\n", "limit-table-cell-chars"),
        ('a;"b\n', "table-broken"),
    ],
)
def test_a_text_over_a_limit_is_refused(text: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = {"limit-table-rows": 30, "limit-table-columns": 10, "limit-table-cell-chars": 400}
    monkeypatch.setattr(csv_files, "default", limits.__getitem__)
    with pytest.raises(InputError) as caught:
        read_csv(text.encode(), "t.csv")
    assert caught.value.problems[0].code == code


def test_a_quote_that_is_not_closed_does_not_swallow_the_rest_in_silence() -> None:
    with pytest.raises(InputError) as caught:
        read_csv('ИНН;Имя\n1;"Школа\n2;Лицей\n'.encode(), "t.csv")
    assert caught.value.problems[0].code == "table-broken"


def test_a_text_like_a_formula_stays_a_text() -> None:
    found = run(TABLE, t_xlsx=book(Лист=[["ИНН", "Имя"], [INN, '=HYPERLINK("x")']]))
    assert found.snapshots[0]["organization"]["name"] == '=HYPERLINK("x")'


def test_the_names_of_sheets_may_have_signs_of_xml() -> None:
    assert [sheet.name for sheet in Book(book(**{"А & Б <в>": PLAIN}), "t.xlsx").sheets] == ["А & Б <в>"]
