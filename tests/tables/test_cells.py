"""What the cells of tables say, in every spelling that people use, and what is refused rather than guessed."""

from __future__ import annotations

from datetime import datetime

import pytest
from table_work import INN, at, book, one_fact, run

BASE = "constants: {as_of: 2025-11-14, organization.region: '78', organization.kind: school}\n"


@pytest.mark.parametrize("cell", ["да", "Да", "ДА ", "+", "1", "есть", "Имеется", "\u00a0да", "yes", "истина"])
def test_words_for_yes_are_true(cell: str) -> None:
    assert at(one_fact("organization.sferum_connected", cell).snapshots[0], "organization.sferum_connected") is True


@pytest.mark.parametrize("cell", ["нет", "Нет", "0", "отсутствует", "no", "ЛОЖЬ"])
def test_words_for_no_are_false(cell: str) -> None:
    assert (
        at(one_fact("organization.sferum_connected", cell).snapshots[0], "organization.sferum_connected") is False
    )


@pytest.mark.parametrize("cell", ["неизвестно", "н/д", "Нет данных", "?", "unknown"])
def test_words_for_not_known_are_unknown(cell: str) -> None:
    snapshot = one_fact("organization.sferum_connected", cell).snapshots[0]
    assert at(snapshot, "organization.sferum_connected") == "unknown"


@pytest.mark.parametrize("cell", ["", "  ", "\u00a0"])
def test_an_empty_cell_is_absent_and_never_no(cell: str) -> None:
    snapshot = one_fact("organization.sferum_connected", cell).snapshots[0]
    assert at(snapshot, "organization.sferum_connected") is None


def test_a_dash_is_no_only_beside_a_plus() -> None:
    alone = one_fact("organization.sferum_connected", "-")
    assert alone.problems == [("cell-dash", "B2")]
    assert alone.snapshots == []
    beside = run(
        f"{BASE}tables: [{{rows: organization,"
        " columns: {ИНН: organization.inn, С: organization.sferum_connected}}]",
        t_csv=f"ИНН;С\n{INN};+\n7499001015;-\n",
    )
    assert [at(found, "organization.sferum_connected") for found in beside.snapshots] == [True, False]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("14.11.2025", "2025-11-14"),
        ("4.1.2025", "2025-01-04"),
        ("14.11.2025 г.", "2025-11-14"),
        ("2025-11-14", "2025-11-14"),
        ("14.11.2025 0:00:00", "2025-11-14"),
        ("1 сентября 2025 г.", "2025-09-01"),
        ("5 мая 2025", "2025-05-05"),
        ("никогда", "never"),
        ("неизвестно", "unknown"),
    ],
)
def test_days_are_read_in_their_usual_spellings(cell: str, day: str) -> None:
    assert at(one_fact("roadmap.started_on", cell).snapshots[0], "roadmap.started_on") == day


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("14.11.25", "two-digit-year"),
        ("31.02.2025", "cell-date"),
        ("вчера", "cell-date"),
        ("11/14/2025", "cell-date"),
        ("45962", "cell-date"),
        ("15.11.2025", "future-date"),
    ],
)
def test_what_is_no_certain_day_is_refused(cell: str, code: str) -> None:
    found = one_fact("roadmap.started_on", cell)
    assert found.problems == [(code, "B2")]
    assert found.snapshots == []
    assert found.balance.left_out == 1


def test_a_number_is_a_day_only_where_the_mapping_says_so() -> None:
    table = f"{BASE}tables: [{{rows: organization, columns: {{ИНН: organization.inn, Н: "
    data = book(Лист=[["ИНН", "Н"], [INN, 45962]])
    assert run(f"{table}roadmap.started_on}}}}]", t_xlsx=data).problems == [("serial-date", "Лист!B2")]
    told = run(f"{table}{{field: roadmap.started_on, serial_dates: true}}}}}}]", t_xlsx=data)
    assert at(told.snapshots[0], "roadmap.started_on") == "2025-11-01"


def test_a_day_counted_from_1904_is_the_day_that_was_meant() -> None:
    import io

    import xlsxwriter

    data = io.BytesIO()
    made = xlsxwriter.Workbook(data, {"date_1904": True})
    sheet = made.add_worksheet("Лист")
    for row, cells in enumerate([["ИНН", "Н", "К"]]):
        sheet.write_row(row, 0, cells)
    sheet.write_string(1, 0, INN)
    sheet.write_number(1, 1, 44500)
    sheet.write_datetime(1, 2, datetime(2025, 11, 1), made.add_format({"num_format": "dd.mm.yyyy"}))
    made.close()
    found = run(
        f"{BASE}tables: [{{rows: organization, columns: {{ИНН: organization.inn,"
        " Н: {field: roadmap.started_on, serial_dates: true}, К: roadmap.completed_on}}]",
        t_xlsx=data.getvalue(),
    )
    assert at(found.snapshots[0], "roadmap.started_on") == "2025-11-01"
    assert at(found.snapshots[0], "roadmap.completed_on") == "2025-11-01"


@pytest.mark.parametrize("cell", ["1 240", "1\u00a0240", "1\u202f240", "1240"])
def test_whole_numbers_may_have_thin_spaces(cell: str) -> None:
    found = run(
        f"{BASE}tables:\n  - {{rows: activity, constants: {{activity.role: teachers, activity.period: 2025-11}},"
        " columns: {ИНН: organization.inn, Всего: activity.total}}",
        t_csv=f"ИНН;Всего\n{INN};{cell}\n",
    )
    assert found.snapshots[0]["activity"][0]["total"] == 1240


@pytest.mark.parametrize(
    ("cell", "value"), [("50,01", "50.01"), ("50.01", "50.01"), ("50,01 %", "50.01"), ("0", "0")]
)
def test_percents_may_have_a_comma_and_a_sign(cell: str, value: str) -> None:
    path = "organization.public_share.region"
    assert at(one_fact(path, cell).snapshots[0], path) == value


def test_a_cell_formatted_as_percent_is_a_part_of_one_where_the_mapping_says_so() -> None:
    found = run(
        f"{BASE}tables: [{{rows: organization, columns: {{ИНН: organization.inn,"
        " Доля: {field: organization.public_share.region, share: true}}}]",
        t_xlsx=book(Лист=[["ИНН", "Доля"], [INN, 0.5001]]),
    )
    assert at(found.snapshots[0], "organization.public_share.region") == "50.01"


def test_sets_are_split_and_an_empty_set_has_words_of_its_own() -> None:
    path = "organization.programs"
    assert at(one_fact(path, "общее образование; Дошкольное образование").snapshots[0], path) == [
        "general",
        "preschool",
    ]
    assert at(one_fact(path, "ни одного").snapshots[0], path) == []
    assert one_fact(path, "общее; лишнее").problems == [("cell-value", "B2")]
    own = one_fact(path, "нач / сред", ", separator: '/', values: {нач: general, сред: vocational}")
    assert at(own.snapshots[0], path) == ["general", "vocational"]


def test_words_of_the_mapping_win_over_those_we_know() -> None:
    found = one_fact("organization.sferum_connected", "нет", ", values: {нет: unknown}")
    assert at(found.snapshots[0], "organization.sferum_connected") == "unknown"


def test_letters_e_and_yo_and_quotes_are_the_same_in_words() -> None:
    found = one_fact("organization.legal_form", "Казенное учреждение")
    assert at(found.snapshots[0], "organization.legal_form") == "state_institution"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (299001008, "lost-zeros"),
        ("299001008", "lost-zeros"),
        ("7,80E+09", "number-rounded"),
        ("ИНН", "cell-identifier"),
        ("", "key-cell-empty"),
        ("7899001011", "inn-check-digit"),
    ],
)
def test_an_inn_is_never_mended_in_silence(cell: str | int, code: str) -> None:
    found = run(
        f"{BASE}tables: [{{rows: organization, columns: {{ИНН: organization.inn, Имя: organization.name}}}}]",
        t_xlsx=book(Лист=[["ИНН", "Имя"], [cell, "Школа"], [INN, "Школа 2"]]),
    )
    assert found.problems == [(code, "Лист!A2")]
    assert [snapshot["organization"]["inn"] for snapshot in found.snapshots] == [INN]


def test_a_lost_zero_comes_back_only_when_asked_for_and_the_check_digit_agrees() -> None:
    table = f"{BASE}tables: [{{rows: organization, columns: {{ИНН: organization.inn, Имя: organization.name}}}}]"
    data = book(Лист=[["ИНН", "Имя"], [299001008, "Школа"], [299001009, "Школа 2"]])
    found = run(f"lost_zeros: restore\n{table}", t_xlsx=data)
    assert [snapshot["organization"]["inn"] for snapshot in found.snapshots] == ["0299001008"]
    assert found.problems == [("cell-identifier", "Лист!A3")]
    assert any("ноль возвращён 1" in text for text in found.said)
    assert run(table, t_xlsx=data).snapshots == []


def test_a_true_cell_and_the_number_one_in_a_column_are_told_apart() -> None:
    found = run(
        f"{BASE}tables: [{{rows: organization, columns: {{ИНН: organization.inn, Имя: organization.name}}}}]",
        t_xlsx=book(Лист=[["ИНН", "Имя"], [INN, True], ["7499001015", 1]]),
    )
    assert found.problems == [("cell-text", "Лист!B2")]
    assert found.snapshots[0]["organization"]["name"] == "1"


def test_the_error_of_a_formula_is_no_value() -> None:
    assert one_fact("organization.name", "#Н/Д").problems == [("cell-error", "B2")]


def test_pseudonyms_take_the_place_of_texts_and_are_the_same_in_all_tables() -> None:
    found = run(
        f"{BASE}tables:\n"
        "  - {rows: classes, file: a.csv, columns: {ИНН: organization.inn,"
        " Класс: {field: classes.ref, pseudonym: true}}}\n"
        "  - {rows: chats, file: b.csv, columns: {ИНН: organization.inn, Чат: {field: chats.ref, prefix: h_},"
        " Класс: {field: chats.class, pseudonym: true}}}",
        a_csv=f"ИНН;Класс\n{INN};5Б\n{INN};6А\n",
        b_csv=f"ИНН;Чат;Класс\n{INN};12;6а\n",
    )
    assert found.problems == []
    assert found.snapshots[0]["classes"] == [{"ref": "c_1"}, {"ref": "c_2"}]
    assert found.snapshots[0]["chats"] == [{"ref": "h_12", "class": "c_2"}]


@pytest.mark.parametrize("cell", ["много", "1,5", "12 чел.", "1e3"])
def test_what_is_no_whole_number_is_refused(cell: str) -> None:
    found = run(
        f"{BASE}tables:\n  - {{rows: activity, constants: {{activity.role: teachers, activity.period: 2025-11}},"
        " columns: {ИНН: organization.inn, Всего: activity.total}}",
        t_csv=f"ИНН;Всего\n{INN};{cell}\n",
    )
    assert found.problems == [("cell-number", "B2")]


def test_what_no_snapshot_can_do_without_must_be_in_its_cell() -> None:
    found = run(
        "constants: {as_of: 2025-11-14, organization.kind: school}\n"
        "tables: [{rows: organization,"
        " columns: {ИНН: organization.inn, Р: organization.region, И: organization.name}}]",
        t_csv=f"ИНН;Р;И\n{INN};;Школа\n7499001015;неизвестно;Лицей\n",
    )
    assert sorted(found.problems) == [("required-cell", "B2"), ("required-cell", "B3")]
    assert found.snapshots == []
