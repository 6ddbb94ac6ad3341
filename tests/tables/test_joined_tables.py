"""Several tables become one snapshot per organization; what is lost on the way is never a pass."""

from __future__ import annotations

from table_work import INN, OTHER, book, run

HEAD = (
    "constants: {as_of: 2025-11-14, organization.kind: school}\n"
    "coverage: {chats: complete, chats.admins: complete}\n"
    "tables:\n"
    "  - {rows: organization, sheet: О, columns: {ИНН: organization.inn, Регион: organization.region}}\n"
    "  - {rows: chats, sheet: Ч, columns: {ИНН: organization.inn, Чат: chats.ref, День: chats.created_on,"
    " Преемник: {field: chats.successor, optional: true}}}\n"
)
ADMINS = (
    "  - {rows: chats.admins, sheet: А, columns: {ИНН: organization.inn, Чат: chats.ref,"
    " Привязан: chats.admins.bound}}\n"
)
OWNERS = [["ИНН", "Регион"], [INN, "78"], [OTHER, "74"]]


def of(done: object, inn: str) -> dict[str, object]:
    return next(s for s in done.snapshots if s["organization"]["inn"] == inn)  # type: ignore[attr-defined]


def test_rows_of_several_sheets_are_joined_by_inn_and_nested_ones_by_their_parent() -> None:
    found = run(
        HEAD + ADMINS,
        t_xlsx=book(
            О=OWNERS,
            Ч=[["ИНН", "Чат", "День"], [INN, "h_1", ""], [OTHER, "h_1", ""], [INN, "h_2", ""]],
            А=[["ИНН", "Чат", "Привязан"], [INN, "h_2", "да"], [OTHER, "h_1", "нет"]],
        ),
    )
    assert found.problems == []
    assert of(found, INN)["chats"] == [
        {"ref": "h_1", "admins_coverage": "complete"},
        {"ref": "h_2", "admins_coverage": "complete", "admins": [{"bound": True}]},
    ]
    assert of(found, OTHER)["chats"] == [
        {"ref": "h_1", "admins_coverage": "complete", "admins": [{"bound": False}]}
    ]
    assert (found.balance.rows, found.balance.left_out, found.balance.snapshots) == (7, 0, 2)


def test_a_list_that_lacks_a_row_is_not_complete_any_more_for_its_organization_alone() -> None:
    found = run(
        HEAD,
        t_xlsx=book(О=OWNERS, Ч=[["ИНН", "Чат", "День"], [INN, "h_1", "31.02.2025"], [OTHER, "h_1", ""]]),
    )
    assert found.problems == [("cell-date", "Ч!C2")]
    assert of(found, INN)["coverage"] == {"chats": "partial"}
    assert "chats" not in of(found, INN)
    assert of(found, OTHER)["coverage"] == {"chats": "complete"}


def test_a_row_that_nobody_owns_makes_the_list_incomplete_for_all() -> None:
    found = run(HEAD, t_xlsx=book(О=OWNERS, Ч=[["ИНН", "Чат", "День"], ["нет его", "h_1", ""], [OTHER, "h_1", ""]]))
    assert found.problems == [("cell-identifier", "Ч!A2")]
    assert {s["coverage"]["chats"] for s in found.snapshots} == {"partial"}
    assert any("не подтверждена ни у кого" in text for text in found.said)


def test_a_table_that_is_left_out_makes_its_list_incomplete_for_all() -> None:
    found = run(HEAD, t_xlsx=book(О=OWNERS, Ч=[["ИНН", "Чатик"], [INN, "h_1"]]))
    assert [code for code, _ in found.problems] == ["header-not-found"]
    assert {s["coverage"]["chats"] for s in found.snapshots} == {"partial"}
    assert found.balance.tables_left_out == 1


def test_a_row_of_a_lost_item_makes_the_inner_list_and_its_own_incomplete() -> None:
    found = run(
        HEAD + ADMINS,
        t_xlsx=book(
            О=OWNERS,
            Ч=[["ИНН", "Чат", "День"], [INN, "h_1", ""]],
            А=[["ИНН", "Чат", "Привязан"], [INN, "h_1", "может быть"], [INN, "h_7", "да"]],
        ),
    )
    assert found.problems == [("cell-boolean", "А!C2"), ("row-without-parent", "А!B3")]
    assert of(found, INN)["coverage"] == {"chats": "partial"}
    assert of(found, INN)["chats"] == [{"ref": "h_1", "admins_coverage": "partial"}]


def test_what_only_the_whole_snapshot_shows_is_told_at_its_cell() -> None:
    found = run(
        HEAD,
        t_xlsx=book(
            О=OWNERS,
            Ч=[["ИНН", "Чат", "День", "Преемник"], [INN, "h_1", "", "h_9"], [INN, "h_2", "15.11.2025", ""]],
        ),
    )
    assert sorted(found.problems) == [("dangling-ref", "Ч!D2"), ("future-date", "Ч!C3")]
    assert of(found, INN)["coverage"] == {"chats": "partial"}
    assert len(found.snapshots) == 2


def test_an_organization_that_is_there_twice_differently_is_left_out_both_times() -> None:
    rows = [["ИНН", "Регион"], [INN, "78"], [INN, "77"], [OTHER, "74"], [OTHER, "74"]]
    found = run(HEAD, t_xlsx=book(О=rows, Ч=[["ИНН", "Чат", "День"], [INN, "h_1", ""]]))
    assert [s["organization"]["inn"] for s in found.snapshots] == [OTHER]
    assert [code for code, _ in found.problems] == [
        "repeated-organization",
        "repeated-organization",
        "row-without-organization",
    ]
    assert found.balance.left_out == 4


def test_two_items_of_one_name_are_told_with_the_first_and_the_list_is_not_complete() -> None:
    found = run(HEAD, t_xlsx=book(О=OWNERS, Ч=[["ИНН", "Чат", "День"], [INN, "h_1", ""], [INN, "h_1", ""]]))
    assert found.problems == [("repeated-ref", "Ч!B3")]
    assert of(found, INN)["coverage"] == {"chats": "partial"}


def test_an_organization_without_rows_has_an_empty_complete_list_and_that_is_said() -> None:
    found = run(HEAD, t_xlsx=book(О=OWNERS, Ч=[["ИНН", "Чат", "День"], [INN, "h_1", ""]]))
    assert any("1 из 2 организаций" in text for text in found.said)


def test_organizations_may_come_from_their_items_alone() -> None:
    found = run(
        "constants: {as_of: 2025-11-14, organization.kind: school, organization.region: '78'}\n"
        "tables: [{rows: uses, columns: {ИНН: organization.inn, Чем: uses.service}}]",
        t_csv=f"ИНН;Чем\n{INN};Телеграм\n{INN};max\n",
    )
    assert found.snapshots[0]["organization"] == {"inn": INN, "region": "78", "kind": "school"}
    assert found.snapshots[0]["uses"] == [{"ref": "u_1", "service": "Телеграм"}, {"ref": "u_2", "service": "max"}]


def test_personal_data_is_told_by_its_cell_and_never_repeated() -> None:
    found = run(
        "constants: {as_of: 2025-11-14, organization.kind: school, organization.region: '78'}\n"
        "tables: [{rows: organization, columns: {ИНН: organization.inn, Имя: organization.name}}]",
        t_csv=f"ИНН;Имя\n{INN};Школа +7 900 123-45-67\n{OTHER};Школа\n",
    )
    assert found.problems == [("personal-data", "B2")]
    assert len(found.snapshots) == 1
