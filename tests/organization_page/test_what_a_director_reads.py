"""The content of the page: each kind of finding, put together, in the order in which a director reads."""

from __future__ import annotations

from typing import Any

import pytest
from page_reader import Reader
from pages import both, criterion, decided, entry, fact, found, made, missing, moved

DISPUTE = {
    "reading": "narrow",
    "verdict": "ok",
    "verdict_title": None,
    "message": None,
    "why": both("Узкое прочтение.", "A narrow reading."),
}
WAIVER = {
    "id": "W-1",
    "ground": both("Ждём связь", "Waiting for a line"),
    "from": "2025-09-01",
    "through": "2025-10-13",
    "days_left": 12,
    "approved_by": {"post": "Head of the committee", "document": "Order 5"},
    "location": {"file": "w.yaml", "line": 1, "column": 1},
}


def section(name: str, *findings: Any, **given: Any) -> str:
    return "\n".join(Reader(made(*findings, **given).page()).lines(name))


def chats(number: int, **given: Any) -> list[Any]:
    """The same finding on so many chats, each on a line of its own."""
    places = [{"file": "in/school.yaml", "line": 10 + n, "column": 1} for n in range(number)]
    return [found(subject=f"chats[{n}]", ref=f"h_{n}", location=places[n], **given) for n in range(number)]


# --- the head ---------------------------------------------------------------------------------------------------


def test_the_head_says_who_on_which_day_by_which_law_and_policies() -> None:
    told = section("header", found())
    for line in ("School 1", "7800000001", "District 1", "Санкт-Петербург", "общеобразовательная организация"):
        assert line in told.splitlines()
    assert "Сведения на\n01.10.2025\nПраво на\n01.10.2025" in told
    assert "5 норм, 1 решение; набор 0123456789ab" in told


def test_the_sentence_counts_violations_requirements_urgent_ones_and_open_questions() -> None:
    findings = [
        *chats(2, severity="critical"),
        found("T-NORM", subject="chats[2]", severity="high"),
        found("T-2", severity="low"),
        found("T-3", verdict="unknown"),
        decided(7, verdict="unknown", verdict_title=None, missing=[missing("chats[7].kind")]),
        found("T-4", verdict="advice"),
        found("T-5", verdict="waived", waiver=WAIVER),
    ]
    assert "Нарушений: 4 по 2 требованиям, из них срочных: 3. Не хватает сведений по 2 вопросам." in section(
        "header", *findings
    )


def test_a_page_without_findings_says_so() -> None:
    told = section("header")
    assert "Нарушений не найдено. Сведений хватило на все вопросы." in told
    assert section("wrong").splitlines()[1:] == ["Нарушений не найдено."]
    for name in ("decided", "waived", "disputed", "advice"):
        assert section(name) == ""


def test_law_of_another_day_and_a_part_of_the_policies_are_said_aloud() -> None:
    selection = {
        "only": ["A"],
        "exclude": [],
        "policies": ["A"],
        "whole": {"digest": "d", "norms": 5, "decisions": 1},
    }
    policy_set = {"digest": "sha256:01", "norms": 1, "decisions": 0, "selection": selection}
    told = section("header", head={"law_date": "2026-01-01", "policy_set": policy_set})
    assert "Право на\n01.01.2026" in told
    assert "Сведения и право взяты на разные дни." in told
    assert "проверена только часть политик, 1 из 6 (--only A)" in told
    assert "разные дни" not in section("header")


@pytest.mark.parametrize(("explained", "words"), [("blocking", "часть фактов"), ("none", "советов здесь нет")])
def test_results_kept_without_details_are_said_to_be_so(explained: str, words: str) -> None:
    open_question = found(verdict="unknown", missing=[])
    assert words in section("header", head={"explained": explained})
    assert "не сохранено: Требование T-NORM." in section("missing", open_question, head={"explained": explained})


def test_an_entrepreneur_is_not_named_by_a_digest() -> None:
    told = section("header", row={"organization": "entrepreneur:00ff", "name": None})
    assert told.splitlines()[0] == "ИНН предприниматель, номер скрыт"
    assert "00ff" not in told


def test_a_code_without_a_name_stands_for_itself() -> None:
    assert "Регион\n99" in section("header", row={"region": "99"})


# --- what is wrong ----------------------------------------------------------------------------------------------


def test_a_violation_has_remedy_place_facts_ground_and_sanction() -> None:
    sanction = {
        "act": "k",
        "at": "ст. 1",
        "title": both("Кодекс", "Code"),
        "applies": "disputed",
        "official_rub": [30000, 50000],
        "entity_rub": None,
    }
    told = section("wrong", found(severity="critical", sanction=sanction))
    assert "Нарушено T-NORM\nважность: критическая `T-NORM` Требование T-NORM\n" in told
    assert "Что сделать\nИсправьте\n" in told
    assert "Где\nЧаты: h_0\n" in told
    assert "Факты\nМессенджер: Telegram\n" in told
    assert "Основание\nЗакон, 5 (федеральный закон)\n" in told
    assert "Кодекс, ст. 1 — применимость спорна: должностное лицо 30 000–50 000 руб." in told


def test_many_items_with_the_same_violation_are_one_entry_with_their_lines() -> None:
    told = section("wrong", *chats(3))
    assert told.count("Нарушено T-NORM") == 1
    assert "3 случая" in told
    assert "Чаты (3): h_0 (строка 10), h_1 (строка 11), h_2 (строка 12)" in told


def test_different_messages_of_one_policy_are_cases_of_one_entry() -> None:
    one, two, three = chats(3)
    two["message"] = three["message"] = both("Иначе", "Otherwise")
    lines = section("wrong", one, two, three).splitlines()
    assert lines[2] == "Требование T-NORM"
    begin = lines.index("Что именно")
    assert lines[begin + 1 : begin + 5] == [
        "Нарушено T-NORM",
        "Чаты: h_0 (строка 10)",
        "Иначе",
        "Чаты (2): h_1 (строка 11), h_2 (строка 12)",
    ]


def test_only_facts_of_all_items_are_told_of_all() -> None:
    one, two = chats(2)
    two["because"] = [fact("chats[1].platform", "Мессенджер", "Messenger", "Telegram")]
    two["because"] += [fact("chats[1].state", "Состояние", "State", "закрыт")]
    for told in (section("wrong", one, two), section("wrong", two, one)):
        assert "Мессенджер: Telegram" in told
        assert "закрыт" not in told


def test_the_gravest_comes_first_then_the_sooner_term() -> None:
    late, soon = found("A-LATE"), found("B-SOON")
    policies = {
        "A-LATE": entry(late, in_force_through="2025-12-31"),
        "B-SOON": entry(soon, in_force_through="2025-10-31"),
    }
    told = section("wrong", late, found("A-NEVER"), soon, found("Z", severity="high"), policies=policies)
    places = [told.index(f"Нарушено {name}") for name in ("Z", "B-SOON", "A-LATE", "A-NEVER")]
    assert places == sorted(places)


def test_a_term_is_told_where_it_holds_for_every_organization_and_not_otherwise() -> None:
    result = found()
    days = {"in_force_from": "2025-08-01", "in_force_through": "2025-10-31"}
    told = section("wrong", result, policies={"T-NORM": entry(result, **days)})
    assert "К какому сроку\nтребование действует с 01.08.2025 по 31.10.2025\n" in told
    told = section("wrong", result, policies={"T-NORM": entry(result, in_force_from="2025-08-01")})
    assert "К какому сроку" not in told
    assert "требование действует с 01.08.2025" in told
    told = section("wrong", result, policies={"T-NORM": entry(result, **days, in_force_varies=True)})
    assert "01.08.2025" not in told
    assert "31.10.2025" not in told


def test_what_a_baseline_knows_is_marked() -> None:
    assert "Известно\nесть в списке известного" in section("wrong", found(baseline=True))
    assert "не блокирует: 1 / 2" in section("wrong", found(baseline=True), found(subject="chats[1]", ref="h_1"))


def test_a_long_list_shows_twenty_and_folds_the_rest() -> None:
    page = Reader(made(*chats(300)).page())
    assert page.folded.count("h_") == 280
    assert "h_19 (строка 29) ещё 280" in " ".join(page.lines("wrong"))
    for number in range(300):
        assert f"h_{number} (" in page.texts["wrong"]


def test_a_list_of_a_few_more_is_shown_whole() -> None:
    assert "ещё" not in section("wrong", *chats(22))


def test_an_item_without_a_pseudonym_has_its_number_and_its_owner() -> None:
    inner = found("T-IN", subject="chats[4].invitations[0]", ref=None)
    told = section("wrong", inner, found(subject="chats[4]", ref="h_4"))
    assert "Приглашения: № 1 (чат h_4)" in told
    assert "Приглашения: № 1 (чат № 5)" in section("wrong", inner)


# --- chats ------------------------------------------------------------------------------------------------------


def test_chats_that_need_work_come_first_with_reason_and_advice() -> None:
    unknown = decided(
        5, verdict="unknown", verdict_title=None, criteria=[], advice=[], missing=[missing("chats[5].kind")]
    )
    lines = section("decided", moved(1), unknown, decided(2), moved(3), decided(4)).splitlines()
    assert lines[1:] == [
        "Требование T-MOVE",
        "перенесётся: 2; не перенесётся: 2; нет данных: 1",
        "Чаты",
        "Итог",
        "Почему и что сделать",
        "h_2, h_4",
        "не перенесётся",
        "создан родителем — Создайте заново",
        "h_5",
        "нет данных",
        "Вид чата (подробнее — в разделе о недостающих сведениях)",
        "h_1, h_3",
        "перенесётся",
        "все условия выполнены",
        "Основание: Закон, 5 (федеральный закон)",
    ]


def test_a_reason_without_advice_and_a_criterion_not_met_are_told() -> None:
    criteria = [
        criterion("P-1", "false", "живой чат", "a live chat"),
        criterion("P-2", "unknown", "нужен", "needed"),
    ]
    told = section("decided", decided(1, criteria=criteria, advice=[]))
    assert "не выполнено: живой чат" in told
    assert "нужен" not in told


def test_what_is_decided_of_the_organization_is_a_line_not_a_table() -> None:
    told = section("decided", moved(0, subject="organization", ref=None))
    assert told.splitlines()[1:3] == ["Требование T-MOVE", "перенесётся"]
    assert "Итог" not in told


# --- missing facts ----------------------------------------------------------------------------------------------


def test_a_missing_fact_is_told_once_with_whose_where_and_what_waits() -> None:
    waiting = [
        found("T-LOW", verdict="unknown", severity="low"),
        found("T-HIGH", verdict="unknown", severity="high"),
        found(
            "T-HIGH",
            verdict="unknown",
            severity="high",
            subject="chats[1]",
            ref="h_1",
            missing=[missing("chats[1].kind")],
            alternatives=[[missing("chats[1].need", ru="Нужен ли чат")]],
            location={"file": "in/school.yaml", "line": 9, "column": 1},
        ),
    ]
    told = section("missing", *waiting)
    assert told.count("Вид чата") == 1
    assert "`chats[].kind`" in told
    assert "Чаты (2): h_0 (строка 3), h_1 (строка 9)" in told
    assert "Для части вопросов хватит и другого: Нужен ли чат" in told
    assert "Требование T-HIGH; Требование T-LOW" in told


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("chats", "coverage.chats: complete"),
        ("chats[0].ranks", "chats[0].ranks_coverage: complete"),
    ],
)
def test_a_list_that_may_be_incomplete_is_to_be_marked_complete(path: str, written: str) -> None:
    told = section("missing", found(verdict="unknown", missing=[missing(path, "list_incomplete", "Чаты")]))
    assert f"отметьте, что список полный: `{written}`" in told


def test_what_the_organization_cannot_supply_stands_apart() -> None:
    gap = missing("parameters.target", "parameter_gap", "Цель региона")
    told = section("missing", found(verdict="unknown"), found("T-2", verdict="unknown", missing=[gap]))
    mine, _, others = told.partition("Это от организации не зависит")
    assert "Вид чата" in mine
    assert "Цель региона" in others
    assert "Цель региона" not in mine
    assert "Вид чата" not in others
    assert "parameters.target" not in told


def test_a_question_that_needs_several_facts_says_so() -> None:
    gaps = [missing("chats[0].kind"), missing("chats[0].state", ru="Состояние")]
    assert "нужны и другие сведения" in section("missing", found(verdict="unknown", missing=gaps))
    assert "нужны и другие сведения" not in section("missing", found(verdict="unknown"))


def test_only_the_first_missing_fact_of_a_result_has_a_line_because_the_place_is_its_own() -> None:
    gaps = [missing("chats[0].kind"), missing("chats[1].state", ru="Состояние")]
    other = found("T-2", location={"file": "in/school.yaml", "line": 99, "column": 1})
    told = section("missing", found(verdict="unknown", missing=gaps), other, found(subject="chats[1]", ref="h_1"))
    assert "Чаты: h_0 (строка 3)" in told
    assert "Чаты: h_1" in told
    assert "h_1 (строка" not in told


# --- the rest ---------------------------------------------------------------------------------------------------


def test_a_disputed_violation_tells_both_readings_in_its_own_entry() -> None:
    readings = [
        {"id": "wide", "title": both("Широкое.", "Wide."), "chosen": True},
        {"id": "narrow", "title": both("Узкое прочтение.", "Narrow."), "chosen": False},
    ]
    result = found(disputed=[DISPUTE])
    policies = {"T-NORM": entry(result, readings=readings)}
    told = section("wrong", result, found(subject="chats[1]", ref="h_1"), policies=policies)
    assert "Широкое." in told
    assert "при другом прочтении — соответствует. Узкое прочтение. (1 случай)" in told
    assert section("disputed", result) == ""


def test_another_disputed_verdict_has_a_section_with_both_readings() -> None:
    other = {**DISPUTE, "verdict": "violation"}
    fine = found("T-OK", verdict="ok", reason="met", disputed=[other])
    readings = [{"id": "wide", "title": both("Широкое.", "Wide."), "chosen": True}]
    told = section("disputed", fine, policies={"T-OK": entry(fine, readings=readings)})
    assert "соответствует. Широкое.\nнарушение. Узкое прочтение." in told
    assert "Нарушений не найдено." in section("header", fine)


def test_a_waiver_tells_ground_last_day_days_left_and_who_approved() -> None:
    told = section("waived", found(verdict="waived", waiver=WAIVER))
    for words in (
        "13.10.2025 (осталось: 12 дней)",
        "Ждём связь `W-1`",
        "Head of the committee, Order 5",
        "Чаты: h_0",
    ):
        assert words in told
    assert "Нарушений не найдено." in section("wrong", found(verdict="waived", waiver=WAIVER))


def test_advice_stands_apart_and_is_no_violation() -> None:
    told = section("advice", found(verdict="advice"))
    assert "нарушением это не считается" in told
    assert "Исправьте" in told
    assert "Нарушений не найдено." in section("wrong", found(verdict="advice"))


def test_policies_without_findings_are_a_number_and_folded_titles() -> None:
    quiet = found("T-QUIET")
    page = Reader(made(found(), policies={"T-QUIET": entry(quiet)}).page())
    assert any(line.startswith("По 1 политике замечаний нет") for line in page.lines("fine"))
    assert "Требование T-QUIET" in page.folded


def test_it_is_said_whether_a_person_compared_the_places_of_acts() -> None:
    checked = found("T-2")
    checked["citations"] = [{**checked["citations"][0], "checked_on": "2025-09-01"}]
    assert "ещё не сверял" not in section("footer", checked)
    assert "Часть названных здесь мест" in section("footer", checked, found())
    assert "\nНазванные здесь места" in section("footer", found())
