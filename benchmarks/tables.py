"""The import of a table beside the library that reads it: 20,000 rows of 20 columns.

    python benchmarks/tables.py [--rows 20000] [--rounds 3]

Two workbooks and a CSV file: a row per organization, and a row per chat of some hundred organizations. "Library" is
reading all cells with nothing done to them (python-calamine, `csv`); "import" is everything from the bytes of the
file to checked snapshots as JSON. CPU seconds of one process, the smallest of several rounds; loading policies and
compiling the reader stay outside of both. Goal: import ≤ 3 × library for workbooks.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import io
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from validator.language.library import Library, load, read_folder
from validator.language.vocabulary import read_vocabulary
from validator.resources import policies_folder, schema_bytes
from validator.snapshots.tables.importing import import_by
from validator.snapshots.tables.mapping import MappingFile
from validator.snapshots.tables.mapping_files import read_mapping
from validator.snapshots.tables.sources import Source

GOAL = 3.0
KINDS = ("общеобразовательная организация", "дошкольная образовательная организация")
ORGANIZATIONS = {
    "ИНН": "organization.inn",
    "Наименование": "organization.name",
    "ОГРН": "organization.ogrn",
    "ОКТМО": "organization.oktmo",
    "Регион": "organization.region",
    "Муниципалитет": "organization.municipality",
    "Вид": "organization.kind",
    "Форма": "organization.legal_form",
    "Учредитель": "organization.founder",
    "Госзадание": "organization.executes_state_task",
    "Услуги": "organization.provides_public_services",
    "Дистанционное": "organization.uses_distance_learning",
    "Сферум": "organization.sferum_connected",
    "Своя система": "organization.operates_regional_system",
    "Программы": "organization.programs",
    "Начало": "roadmap.started_on",
    "Завершение": "roadmap.completed_on",
    "Руководство": "roadmap.management_moved_on",
    "Работники": "roadmap.staff_informed_on",
    "Плакат": "roadmap.poster_placed",
}
CHATS = {
    "ИНН": "organization.inn",
    "Чат": "chats.ref",
    "Мессенджер": "chats.platform",
    "В Сферуме": "chats.in_sferum",
    "Официальный": "chats.official",
    "Вид": "chats.kind",
    "Участники": "chats.audience",
    "Происхождение": "chats.origin",
    "Создан": "chats.created_on",
    "Перенесён": "chats.transferred_on",
    "Последнее сообщение": "chats.last_message_on",
    "Нужен": "chats.need",
    "Состояние": "chats.state",
    "Всего": "chats.member_count",
    "Не привязаны": "chats.unbound_count",
    "Посторонние": "chats.untrusted_count",
    "Объявлено": "chats.archive_announced_on",
    "В архиве с": "chats.archived_on",
    "Писали после": "chats.message_after_archive",
    "Только чтение": "chats.read_only",
}
Row = list[str | int | datetime.date]


def inn(number: int) -> str:
    """An invented INN whose control digit is right."""
    nine = f"{77 + number % 2}99{number:05d}"
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    return nine + str(sum(w * int(d) for w, d in zip(weights, nine, strict=True)) % 11 % 10)


def organization(number: int) -> Row:
    """A row of the first table."""
    day = datetime.date(2025, 9, 1 + number % 28)
    yes = "да" if number % 3 else "нет"
    return [
        inn(number), f"МБОУ школа № {number}", f"1027700{number:06d}", f"45{number % 300:06d}",
        inn(number)[:2], f"Район {number % 150}", KINDS[number % 5 == 0],
        "бюджетное учреждение", "муниципальное образование", yes, "да", "нет" if number % 4 else "да", yes, "нет",
        "общее образование", day, day.replace(month=10) if number % 3 else "никогда", day, day, yes,
    ]  # fmt: skip


def chat(number: int) -> Row:
    """A row of the second table."""
    day = datetime.date(2025, 9, 1 + number % 28)
    return [
        inn(number // 100), f"h_{number % 100}", ("MAX", "Телеграм", "ВКонтакте")[number % 3], "да", "да",
        "чат класса", "обучающиеся; родители", "создание вручную", day, day.replace(month=10), day,
        "чат нужен", "перенесён в MAX", number % 40 + 5, number % 4, 0, "никогда", "никогда", "нет", "нет",
    ]  # fmt: skip


def book(head: list[str], rows: list[Row], file: Path) -> bytes:
    """A workbook with one sheet."""
    import xlsxwriter  # noqa: PLC0415

    written = xlsxwriter.Workbook(file)
    sheet, day = written.add_worksheet("Лист1"), written.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_row(0, 0, head)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime.date):
                sheet.write_datetime(number, column, datetime.datetime.combine(cell, datetime.time()), day)
            elif isinstance(cell, int):
                sheet.write_number(number, column, cell)
            else:
                sheet.write_string(number, column, cell)
    written.close()
    return file.read_bytes()


def text(head: list[str], rows: list[Row]) -> bytes:
    """A CSV file as Excel writes it."""
    written = io.StringIO()
    spelled = [[f"{c:%d.%m.%Y}" if isinstance(c, datetime.date) else c for c in row] for row in rows]
    csv.writer(written, delimiter=";").writerows([head, *spelled])
    return written.getvalue().encode("cp1251")


def mapping(rows: str, columns: dict[str, str], library: Library) -> MappingFile:
    """The mapping of one table; what its rows do not tell of an organization is the same for all."""
    lines = [
        "schema: sverka.mapping/1",
        "constants: {as_of: 2025-11-14, source: survey"
        + (', organization.region: "77", organization.kind: school}' if rows != "organization" else "}"),
        f"tables: [{{rows: {rows}, columns:",
        "{" + ", ".join(f'"{name}": {path}' for name, path in columns.items()) + "}}]",
    ]
    return read_mapping("\n".join(lines).encode(), "map.yaml", library.vocabulary, library.names)


def cells_of_book(data: bytes) -> int:
    """All cells, by the library alone."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    return len(CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python())


def cells_of_text(data: bytes) -> int:
    """All cells, by the module of Python alone."""
    return len(list(csv.reader(io.StringIO(data.decode("cp1251"), newline=""), delimiter=";")))


def imported(file: str, data: bytes, table: MappingFile, library: Library) -> int:
    """Every snapshot of the table, as JSON; how many."""
    work = import_by(table, [Source(file, data)], library.vocabulary, library.names)
    made = sum(1 for _ in work.made())
    assert work.balance.is_whole, work.problems[:3]
    return made


def seconds(work: Callable[[], int]) -> float:
    """CPU seconds of one round."""
    start = time.process_time()
    work()
    return time.process_time() - start


def beside(alone: Callable[[], int], whole: Callable[[], int], rounds: int) -> tuple[float, float]:
    """The CPU seconds of both, in turns, so that a busy machine slows both; the least of each."""
    pairs = [(seconds(alone), seconds(whole)) for _ in range(rounds)]
    return min(one for one, _ in pairs), min(other for _, other in pairs)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    library = load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))
    print(f"Python {sys.version.split()[0]}, {asked.rows} rows of 20 columns, CPU seconds")
    print("| table | library | import | ratio | goal | snapshots |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, columns, make in (
            ("organization", ORGANIZATIONS, organization),
            ("chats", CHATS, chat),
        ):
            rows = [make(number) for number in range(asked.rows)]
            table = mapping(name, columns, library)
            files = {
                "table.xlsx": (book(list(columns), rows, Path(folder) / "table.xlsx"), cells_of_book),
                "table.csv": (text(list(columns), rows), cells_of_text),
            }
            for file, (data, cells) in files.items():
                made = imported(file, data, table, library)
                alone, whole = beside(
                    partial(cells, data), partial(imported, file, data, table, library), asked.rounds
                )
                goal = f"≤ {GOAL:.0f}" if file.endswith("xlsx") else "–"
                print(
                    f"| {file.rpartition('.')[2]}, a row is `{name}` | {alone:.2f} | {whole:.2f}"
                    f" | {whole / alone:.1f} | {goal} | {made} |"
                )


if __name__ == "__main__":
    main()
