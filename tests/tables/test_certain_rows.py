"""What is taken without a look at the whole is what the strict reader takes too, without a word."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table_work import library

from validator.language.source import read_json
from validator.logic.problem import InputError
from validator.snapshots.read import read_snapshot
from validator.snapshots.tables.certain import doubtful_rows
from validator.snapshots.tables.fields import places
from validator.snapshots.tables.importing import Import, import_by
from validator.snapshots.tables.mapping_files import read_mapping
from validator.snapshots.tables.sources import Source

# Fields with cells that are fine, and with cells that are wrong beside others, wrong alone, or personal.
CELLS = {
    "organization.name": [
        "Школа № 5",
        "Школа +7 900 123-45-67",
        "Иванова Мария Петровна",
        "a@b.ru",
        "Школа\u202e5",
        "",
    ],
    "organization.municipality": [
        "Невский район",
        "40303000",
        "89001234567",
        "Петров Иван Ильич",
        "123-456-789 00",
        "",
    ],
    "organization.ogrn": ["1027700000005", "304500116000157", "", "89001234567"],
    "organization.oktmo": ["40303000", "", "4030300"],
    "organization.region": ["78", "00", "99", "7"],
    "organization.kind": ["school", "общеобразовательная организация"],
    "organization.legal_form": ["бюджетное учреждение", "индивидуальный предприниматель", "", "неизвестно"],
    "organization.founder": ["частная организация", "муниципальное образование", ""],
    "organization.public_share.region": ["", "50,01", "100", "0"],
    "organization.public_share.federation": ["", "50", "0"],
    "organization.programs": ["общее образование", "ни одного", ""],
    "organization.state_systems_in_use": ["ФГИС «Моя школа»", "+79001234567", ""],
    "organization.sferum_connected": ["да", "нет", "неизвестно", ""],
    "roadmap.started_on": ["01.09.2025", "14.11.2025", "15.11.2025", "никогда", ""],
    "roadmap.completed_on": ["02.09.2025", "01.01.2026", "неизвестно", ""],
    "collected_at": ["2025-11-14T10:00:00+03:00", "2025-13-14T10:00:00+03:00", ""],
}
INNS = ["7899001010", "7499001015", "0299001008", "500100732259", "7899001011", "7899001066"]
MAPPING = read_mapping(
    (
        "schema: sverka.mapping/1\nconstants: {as_of: 2025-11-14}\ntables:\n  - rows: organization\n    columns:\n"
        "      organization.inn: organization.inn\n" + "".join(f"      {path}: {path}\n" for path in CELLS)
    ).encode(),
    "map.yaml",
    library().vocabulary,
    library().names,
)


def imported(rows: list[dict[str, str]]) -> Import:
    text = io.StringIO()
    writer = csv.DictWriter(text, ["organization.inn", *CELLS], delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return import_by(MAPPING, [Source("t.csv", text.getvalue().encode())], library().vocabulary, library().names)


ROWS = st.lists(
    st.fixed_dictionaries(
        {"organization.inn": st.sampled_from(INNS)} | {p: st.sampled_from(c) for p, c in CELLS.items()}
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda row: row["organization.inn"],
)


@given(ROWS)
@settings(max_examples=150, deadline=None)
def test_every_snapshot_that_is_made_passes_the_strict_reader_and_each_warning_is_told(
    rows: list[dict[str, str]],
) -> None:
    work = imported(rows)
    made = list(work.made())
    warned = 0
    for one in made:
        _, warnings = read_snapshot(read_json(one.data, "made.json"), library().vocabulary, library().names)
        warned += len(warnings)
    assert len(work.warnings) == warned
    assert len(made) + work.balance.left_out == len(rows)


def first(path: str) -> str:
    return {"roadmap.started_on": "02.09.2025"}.get(path, next((cell for cell in CELLS[path] if cell), ""))


SOUND = {"organization.inn": INNS[0], **{path: first(path) for path in CELLS}} | {
    "organization.public_share.region": "", "organization.public_share.federation": "", "collected_at": "",
    "organization.state_systems_in_use": "", "organization.founder": "муниципальное образование",
}  # fmt: skip


def test_a_row_of_plain_facts_is_certain_so_the_quick_way_is_really_gone() -> None:
    work = imported([SOUND])
    texts, doubts = work._cuts[0].plain_texts()
    assert (doubts, len(texts)) == (set(), 1)
    assert len(list(work.made())) == 1


@pytest.mark.parametrize(
    ("path", "cell"),
    [
        ("organization.inn", "7899001011"),
        ("organization.inn", "500100732259"),
        ("organization.name", "Школа +7 900 123-45-67"),
        ("organization.region", "00"),
        ("organization.legal_form", "индивидуальный предприниматель"),
        ("organization.public_share.region", "50,01"),
        ("organization.state_systems_in_use", "ФГИС «Моя школа»"),
        ("roadmap.started_on", "15.11.2025"),
        ("collected_at", "2025-11-14T10:00:00+03:00"),
    ],
)
def test_what_may_be_wrong_as_a_whole_is_not_certain(path: str, cell: str) -> None:
    _, doubts = imported([SOUND | {path: cell}])._cuts[0].plain_texts()
    assert doubts == {0}


def test_nothing_is_certain_where_the_day_of_the_snapshots_is_told_row_by_row() -> None:
    place = places(library().vocabulary)["organization.name"]
    assert doubtful_rows([(place, ['"name":"A"'])], None, library().names, 1) == {0}


def test_the_strict_reader_refuses_what_these_tests_call_wrong() -> None:
    refused = 0
    for path, cells in CELLS.items():
        for cell in cells:
            work = imported([SOUND | {path: cell}])
            refused += not list(work.made())
    assert refused > 10
    with pytest.raises(InputError):
        read_snapshot(read_json(b'{"schema":"sverka.snapshot/1"}', "x.json"), library().vocabulary, library().names)
