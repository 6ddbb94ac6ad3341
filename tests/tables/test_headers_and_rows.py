"""Finding a table on a sheet: its header, its rows, and what else stands there."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from table_work import INN, OPTIONS, OTHER, book, run

from validator.snapshots.tables.grid import address, column_name, column_number, parse_range, quoted_sheet

TABLE = (
    "constants: {{as_of: 2025-11-14, organization.kind: school, organization.region: '78'}}\n"
    "tables: [{{rows: organization,{more} columns: {{ИНН: organization.inn, Имя: organization.name}}}}]"
)
PLAIN = TABLE.format(more="")


def names(rows: list[list[object]], more: str = "") -> list[str]:
    found = run(TABLE.format(more=more), t_xlsx=book(Лист=rows))
    return [snapshot["organization"]["name"] for snapshot in found.snapshots]


def test_the_header_is_found_below_a_title() -> None:
    rows = [["Сведения об организациях"], [], ["№", "ИНН", "Имя"], [1, INN, "Школа"]]
    assert names(rows) == ["Школа"]


def test_a_header_is_the_same_with_other_case_spaces_and_stars() -> None:
    assert names([["инн *", " ИМЯ: "], [INN, "Школа"]]) == ["Школа"]


def test_the_row_of_the_header_may_be_told() -> None:
    rows = [["ИНН", "Имя"], ["ИНН", "Имя"], [INN, "Школа"]]
    assert names(rows, " header: 2,") == ["Школа"]


def test_a_column_may_be_named_by_its_letter() -> None:
    found = run(PLAIN.replace("Имя:", "'@C':"), t_xlsx=book(Лист=[["ИНН", "", ""], [INN, "x", "Школа"]]))
    assert found.snapshots[0]["organization"]["name"] == "Школа"


def test_two_columns_of_one_name_are_refused_and_told_apart_by_the_cell_above() -> None:
    rows = [["ИНН", "До", "После"], ["", "Имя", "Имя"], [INN, "Была", "Стала"]]
    found = run(PLAIN, t_xlsx=book(Лист=rows))
    assert found.problems == [("ambiguous-column", "Лист!B2")]
    assert (
        run(PLAIN.replace("Имя:", "После / Имя:"), t_xlsx=book(Лист=rows)).snapshots[0]["organization"]["name"]
        == "Стала"
    )


def test_a_column_that_is_not_there_leaves_the_table_out_unless_it_may_be_missing() -> None:
    data = book(Лист=[["ИНН", "Название"], [INN, "Школа"]])
    assert run(PLAIN, t_xlsx=data).problems == [("column-not-found", "Лист!A1")]
    assert (
        len(
            run(
                PLAIN.replace("organization.name", "{field: organization.name, optional: true}"), t_xlsx=data
            ).snapshots
        )
        == 1
    )


def test_a_table_below_another_is_refused_with_its_address() -> None:
    rows = [["ИНН", "Имя"], [INN, "Школа"], [], ["ИНН", "Чат"], [INN, "h_1"]]
    found = run(PLAIN, t_xlsx=book(Лист=rows))
    assert found.problems == [("second-table", "Лист!A4")]
    assert found.snapshots == []
    assert names(rows, " range: 'A1:B2',") == ["Школа"]


def test_the_header_repeated_below_is_a_second_table() -> None:
    assert run(
        PLAIN, t_xlsx=book(Лист=[["ИНН", "Имя"], [INN, "Школа"], ["ИНН", "Имя"], [OTHER, "Б"]])
    ).problems == [("second-table", "Лист!A3")]


def test_a_table_beside_another_is_refused_with_its_address() -> None:
    rows = [["ИНН", "Имя", "", "Чат", "Вид"], [INN, "Школа", "", "h_1", "x"]]
    assert run(PLAIN, t_xlsx=book(Лист=rows)).problems == [("second-table", "Лист!D1")]


def test_blank_rows_totals_numbers_and_notes_are_told_and_cost_no_row() -> None:
    rows = [["ИНН", "Имя", "Ещё"], [1, 2, 3], [INN, "Школа"], [], [OTHER, "Лицей"], ["Итого", 2], ["Исполнитель"]]
    found = run(PLAIN, t_xlsx=book(Лист=rows))
    assert found.problems == []
    assert len(found.snapshots) == 2
    assert {code for code, _ in found.notes} == {
        "column-numbers", "blank-rows", "totals-row", "note-row", "columns-not-mapped",
    }  # fmt: skip
    assert found.balance.is_whole


def test_a_fact_without_an_inn_is_no_note() -> None:
    found = run(PLAIN, t_xlsx=book(Лист=[["ИНН", "Имя"], [INN, "Школа"], ["", "Лицей"]]))
    assert found.problems == [("key-cell-empty", "Лист!A3")]
    assert found.balance.left_out == 1


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    data = io.BytesIO()
    made = xlsxwriter.Workbook(data, OPTIONS)
    sheet = made.add_worksheet("Лист")
    for row, cells in enumerate([["ИНН", "Имя"], [INN, "Школа"], [OTHER, "Лицей"]]):
        sheet.write_row(row, 0, cells)
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column(1, 1, 10, None, {"hidden": True})
    made.close()
    found = run(PLAIN, t_xlsx=data.getvalue())
    assert len(found.snapshots) == 2
    assert found.notes == [("hidden-rows", "Лист!A3"), ("hidden-columns", "Лист!B1")]


def test_the_sheet_is_the_one_that_has_the_header_and_several_are_refused() -> None:
    table, other = [["ИНН", "Имя"], [INN, "Школа"]], [["Что", "Где"], ["x", "y"]]
    found = run(PLAIN, t_xlsx=book(А=other, Б=table))
    assert len(found.snapshots) == 1
    assert any("А" in text for text in found.said)
    assert run(PLAIN, t_xlsx=book(А=table, Б=table)).problems == [("sheet-ambiguous", "")]
    assert [code for code, _ in run(PLAIN, t_xlsx=book(А=other, Б=other)).problems] == ["header-not-found"]


def test_a_sheet_that_is_not_there_is_told_with_the_nearest() -> None:
    found = run(TABLE.format(more=" sheet: Шкoлы,"), t_xlsx=book(Школы=[["ИНН", "Имя"], [INN, "Школа"]]))
    assert found.problems == [("sheet-not-found", "")]


def test_a_table_without_rows_is_told() -> None:
    assert run(PLAIN, t_csv="ИНН;Имя\n").problems == [("no-rows", "A1")]


def test_the_first_cell_of_a_sheet_may_stand_anywhere() -> None:
    found = run(PLAIN, t_xlsx=book(Лист=[[], [], ["", "", "ИНН", "Имя"], ["", "", INN, "#REF!"]]))
    assert found.problems == [("cell-error", "Лист!D4")]


@pytest.mark.parametrize(("number", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_counted_as_spreadsheets_do(number: int, name: str) -> None:
    assert column_name(number) == name
    assert column_number(name) == number


def test_addresses_are_written_as_spreadsheets_do() -> None:
    assert address(6, 1) == "B7"
    assert quoted_sheet("Мои школы") == "'Мои школы'"
    assert quoted_sheet("д'Артаньян") == "'д''Артаньян'"
    assert parse_range("A3:T200") == (2, 0, 199, 19)
    assert [parse_range(text) for text in ("A3", "3A:B4", "B2:A1", "")] == [None] * 4
