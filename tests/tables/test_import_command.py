"""`sverka import` from the command line: exit codes, outputs, messages; the lifelike tables with what they give."""

from __future__ import annotations

import csv
import importlib.util
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from table_work import FIXTURES, Ran

Sverka = Callable[..., Ran]


def read(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines()


def documents(ran: Ran) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ran.out.splitlines()]


# --- lifelike tables ------------------------------------------------------------------------------------------


def test_the_tidy_workbook_gives_a_snapshot_for_every_organization(sverka: Sverka) -> None:
    ran = sverka("import", "tidy.xlsx", "--map", "tidy.yaml", "-o", "-")
    assert ran.code == 0
    school, centre, gymnasium = documents(ran)
    assert school["organization"] == {
        "inn": "7899001010", "name": "ГБОУ школа № 1907", "region": "78", "kind": "school",
        "sferum_connected": True,
    }  # fmt: skip
    assert school["roadmap"] == {"started_on": "2025-09-22", "completed_on": "never"}
    assert [chat["platform"] for chat in school["chats"]] == ["VK Мессенджер", "Телеграм"]
    assert "chats" not in centre
    assert gymnasium["organization"]["sferum_connected"] == "unknown"
    assert "roadmap" not in gymnasium
    assert gymnasium["chats"][0]["audience"] == ["students", "parents"]


def test_the_report_of_1c_is_read_through_its_merged_header(sverka: Sverka) -> None:
    ran = sverka("import", "report-1c.xlsx", "--map", "report-1c.yaml", "-o", "-")
    assert ran.code == 0
    assert [
        (d["organization"]["inn"], d["activity"][0]["active"], d["activity"][0]["total"]) for d in documents(ran)
    ] == [
        ("7899001010", 1240, 1310),
        ("7499001015", 86, 91),
    ]
    for code in ("hidden-rows", "totals-row", "note-row", "column-numbers"):
        assert f"[{code}]" in ran.err


def test_the_cp1251_table_gives_what_can_be_read_and_lists_the_rest(sverka: Sverka) -> None:
    ran = sverka("import", "schools-cp1251.csv", "--map", "schools-cp1251.yaml", "-o", "-")
    assert ran.code == 3
    assert [d["organization"]["inn"] for d in documents(ran)] == ["7899001010", "7499001015"]
    assert "кодировка cp1251" in ran.err
    assert "G3: «Дата начала переноса»: значение не прочитано [two-digit-year]" in ran.err
    assert "A5: контрольная цифра ИНН не сходится [inn-check-digit]" in ran.err
    assert "Строк 4 = прочитано 2 + не вошло 2; организаций 3, снимков 2" in ran.err


def test_lost_zeros_come_back_where_the_mapping_allows_it_and_the_check_digit_agrees(sverka: Sverka) -> None:
    ran = sverka("import", "lost-zeros.xlsx", "--map", "lost-zeros.yaml", "-o", "-")
    assert ran.code == 3
    assert [(d["organization"]["inn"], d["organization"]["region"]) for d in documents(ran)] == [
        ("7899001010", "78"),
        ("0299001008", "02"),
    ]
    assert "A2: «ИНН»: значение не прочитано [cell-identifier]" in ran.err


def test_two_tables_on_a_sheet_are_refused_with_the_address_of_the_second(sverka: Sverka) -> None:
    ran = sverka("import", "two-tables.xlsx", "--map", "two-tables.yaml", "-o", "-")
    assert (ran.code, ran.out) == (3, "")
    assert "two-tables.xlsx: Сводка!A5: на листе вторая таблица" in ran.err


def test_the_tables_are_what_their_script_writes(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("make", FIXTURES / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.write(tmp_path)
    written = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert written == {name: (FIXTURES / name).read_bytes() for name in written}
    kept = {file.name for file in FIXTURES.iterdir() if file.suffix in (".csv", ".xlsx")}
    assert set(written) == kept


# --- where snapshots go ---------------------------------------------------------------------------------------


def test_a_folder_gets_a_file_for_each_organization_that_says_the_same(sverka: Sverka, tmp_path: Path) -> None:
    ran = sverka("import", "tidy.xlsx", "--map", "tidy.yaml", "-o", "snapshots")
    assert ran.code == 0
    folder = tmp_path / "snapshots"
    assert sorted(file.name for file in folder.iterdir()) == [
        "7499001015.yaml",
        "7899001010.yaml",
        "7899001066.yaml",
    ]
    assert sverka("validate", "snapshots").code == 0
    lines = sverka("import", "tidy.xlsx", "--map", "tidy.yaml", "-o", "all.ndjson")
    assert lines.code == 0
    packed = sverka("validate", "snapshots", "--pack", "packed.ndjson")
    assert packed.code == 0
    made = {json.loads(line)["organization"]["inn"]: json.loads(line) for line in read(tmp_path / "all.ndjson")}
    again = {json.loads(line)["organization"]["inn"]: json.loads(line) for line in read(tmp_path / "packed.ndjson")}
    assert made == again


def test_a_folder_with_snapshots_is_replaced_only_by_force(sverka: Sverka, tmp_path: Path) -> None:
    words = ("import", "tidy.xlsx", "--map", "tidy.yaml", "-o", "snapshots")
    assert sverka(*words).code == 0
    (tmp_path / "snapshots" / "7899001066.yaml").unlink()
    refused = sverka(*words)
    assert refused.code == 2
    assert "--force" in refused.err
    assert sverka(*words, "--force").code == 0
    assert len(list((tmp_path / "snapshots").iterdir())) == 3


def test_a_folder_with_other_things_is_never_replaced(sverka: Sverka, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("x")
    assert sverka("import", "tidy.xlsx", "--map", "tidy.yaml", "-o", "mine", "--force").code == 2
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def test_nothing_is_written_where_there_is_no_snapshot(sverka: Sverka, tmp_path: Path) -> None:
    for target in ("out", "out.ndjson"):
        ran = sverka("import", "two-tables.xlsx", "--map", "two-tables.yaml", "-o", target)
        assert ran.code == 3
        assert not (tmp_path / target).exists()
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(".sverka")]


def test_a_folder_that_can_not_be_finished_leaves_nothing_behind(
    sverka: Sverka, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import validator.snapshots.tables.yaml_text as module

    def fail(_: bytes) -> str:
        raise OSError(28, "no space")

    monkeypatch.setattr(module, "yaml_text", fail)
    assert sverka("import", "tidy.xlsx", "--map", "tidy.yaml", "-o", "snapshots").code == 4
    assert not (tmp_path / "snapshots").exists()
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(".sverka")]


# --- mistakes of the command line -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["tidy.xlsx", "--map", "tidy.yaml"], "не сказано, куда записать"),
        (["tidy.xlsx", "-o", "-"], "--guess"),
        (["nowhere.xlsx", "--map", "tidy.yaml", "-o", "-"], "нет такого файла"),
        (["tidy.xlsx", "--map", "nowhere.yaml", "-o", "-"], "нет такого файла"),
        (["tidy.yaml", "--map", "tidy.yaml", "-o", "-"], "table-format"),
        (["tidy.xlsx", "--map", "tidy.yaml", "-o", "no/where"], "нет папки"),
        (["tidy.xlsx", "--map", "tidy.yaml", "-o", "-", "--encoding", "klingon"], "нет кодировки"),
        (["tidy.xlsx", "--map", "tidy.yaml", "--guess"], "не сочетается"),
        (["tidy.xlsx", "--map", "tidy.yaml", "-o", "-", "--problems", "p.txt"], ".csv или .xlsx"),
        (["tidy.xlsx", "--map", "tidy.yaml", "-o", "out", "--problems", "out/p.csv"], "нельзя записать"),
        (["tidy.xlsx", "--map", "tidy.yaml", "-o", "tidy.xlsx"], "стоит другое"),
        ([], "ТАБЛИЦА"),
    ],
)
def test_what_can_not_be_done_is_refused_before_any_work(sverka: Sverka, words: list[str], said: str) -> None:
    ran = sverka("import", *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_mapping_that_names_an_unknown_field_is_told_with_the_nearest(sverka: Sverka, tmp_path: Path) -> None:
    text = (tmp_path / "tidy.yaml").read_text("utf-8").replace("chats.platform", "chats.plattform")
    (tmp_path / "tidy.yaml").write_text(text, "utf-8")
    ran = sverka("import", "tidy.xlsx", "--map", "tidy.yaml", "-o", "-")
    assert ran.code == 2
    assert "tidy.yaml:22:19: неизвестное поле `chats.plattform` [unknown-field]" in ran.err
    assert "похоже на `chats.platform`" in ran.err


def test_a_table_of_the_mapping_that_was_not_named_is_missed(sverka: Sverka, tmp_path: Path) -> None:
    text = (tmp_path / "tidy.yaml").read_text("utf-8").replace("sheet: Чаты", "file: чаты.csv")
    (tmp_path / "tidy.yaml").write_text(text, "utf-8")
    ran = sverka("import", "tidy.xlsx", "--map", "tidy.yaml", "-o", "-")
    assert ran.code == 2
    assert "чаты.csv" in ran.err


def test_a_file_that_can_not_be_read_is_left_out_and_others_go_on(sverka: Sverka, tmp_path: Path) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 nothing")
    ran = sverka("import", "tidy.xlsx", "broken.xlsx", "--map", "tidy.yaml", "-o", "-")
    assert ran.code == 3
    assert len(documents(ran)) == 3
    assert {d["coverage"]["chats"] for d in documents(ran)} == {"partial"}
    assert "broken.xlsx: книга повреждена" in ran.err


def test_without_the_extra_a_workbook_is_one_line_and_a_text_is_read(
    sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (
        "python_calamine",
        "xlsxwriter",
        "validator.render.form.workbook",
        "validator.render.form.problem_book",
    ):
        monkeypatch.setitem(sys.modules, name, None)
    ran = sverka("import", "tidy.xlsx", "--map", "tidy.yaml", "-o", "-")
    assert (ran.code, ran.err) == (2, 'Для книг Excel установите: pip install "sverka[xlsx]"\n')
    assert sverka("form").err == 'Для книг Excel установите: pip install "sverka[xlsx]"\n'
    assert sverka("import", "schools-cp1251.csv", "--map", "schools-cp1251.yaml", "-o", "-").code == 3


def test_every_message_is_there_in_english_too(sverka: Sverka) -> None:
    for name in ("schools-cp1251.csv", "lost-zeros.xlsx", "two-tables.xlsx", "report-1c.xlsx"):
        ran = sverka("import", name, "--map", f"{name.rpartition('.')[0]}.yaml", "-o", "-", "--lang", "en")
        own = ran.err.replace("Сводка", "").replace("Лист1", "")
        assert not any("а" <= char <= "я" for char in own.lower()), own


# --- problems, proposals --------------------------------------------------------------------------------------


def test_mistakes_are_written_as_a_table_to_send_back(sverka: Sverka, tmp_path: Path) -> None:
    words = ("import", "schools-cp1251.csv", "--map", "schools-cp1251.yaml", "-o", "-", "--problems")
    assert sverka(*words, "mistakes.csv").code == 3
    text = (tmp_path / "mistakes.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    assert rows[1][:3] == ["schools-cp1251.csv", "", "G3"]
    assert rows[1][5] == "two-digit-year"
    assert len(rows) == 3
    assert sverka(*words, "mistakes.xlsx").code == 3
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(tmp_path / "mistakes.xlsx").get_sheet_by_index(0).to_python()
    assert book == rows


def test_many_mistakes_are_counted_and_not_all_shown(sverka: Sverka, tmp_path: Path) -> None:
    rows = "".join(f"78990010{n:02d};Школа;78;СОШ;да;+;\n" for n in range(90))
    head = "ИНН;Краткое наименование;Код субъекта;Тип ОО;Подключена к Сферуму;Плакат размещен;Дата начала\n"
    (tmp_path / "many.csv").write_text(head + rows, "utf-8")
    ran = sverka("import", "many.csv", "--map", "schools-cp1251.yaml", "-o", "-")
    assert ran.code == 3
    assert ran.err.count("[inn-check-digit]") == 50
    assert "--problems" in ran.err


def test_a_proposal_reads_its_table_once_its_gaps_are_filled(sverka: Sverka, tmp_path: Path) -> None:
    ran = sverka("import", "tidy.xlsx", "--guess")
    assert ran.code == 0
    assert "не принимается" not in ran.out
    (tmp_path / "guess.yaml").write_text(ran.out, "utf-8")
    assert sverka("import", "tidy.xlsx", "--map", "guess.yaml", "-o", "-").code == 2
    (tmp_path / "guess.yaml").write_text(ran.out.replace("ВПИШИТЕ", "2025-11-14"), "utf-8")
    again = sverka("import", "tidy.xlsx", "--map", "guess.yaml", "-o", "-")
    assert again.code == 0
    expected = documents(sverka("import", "tidy.xlsx", "--map", "tidy.yaml", "-o", "-"))
    for one, other in zip(documents(again), expected, strict=True):
        assert one["organization"] == other["organization"]
        assert one.get("chats") == other.get("chats")


def test_a_proposal_never_overwrites_a_mapping(sverka: Sverka, tmp_path: Path) -> None:
    assert sverka("import", "tidy.xlsx", "--guess", "-o", "new.yaml").code == 0
    before = (tmp_path / "new.yaml").read_bytes()
    assert sverka("import", "tidy.xlsx", "--guess", "-o", "new.yaml").code == 2
    assert (tmp_path / "new.yaml").read_bytes() == before


def test_a_table_of_nothing_known_gives_no_proposal(sverka: Sverka, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("Товар;Цена\nМел;10\n", "utf-8")
    ran = sverka("import", "other.csv", "--guess")
    assert (ran.code, ran.out) == (2, "")


def test_the_same_bytes_give_the_same_snapshots_in_any_run(sverka: Sverka) -> None:
    words = ("import", "tidy.xlsx", "--map", "tidy.yaml", "-o", "-")
    assert sverka(*words) == sverka(*words)
