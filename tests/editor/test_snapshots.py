"""Snapshots written by hand are helped by the editor too: fields, words, texts, slips."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from editor_desk import Sheet

CENTRE = "fixtures/organizations/additional-education-centre.yaml"
PERSON = "  - {ref: p_kid, roles: [student], register_roles: [student], status: active,"


def test_the_keys_of_a_record_that_are_not_there_yet_are_offered(sheet: Callable[..., Sheet]) -> None:
    plain = sheet(CENTRE)
    found = plain.offers("\n  kind: additional\n", "\n  kind: additional\n  ¦\n")
    assert set(found) == {"ogrn", "oktmo", "public_share"}
    found = plain.offers(PERSON, PERSON + " d¦,")
    assert {"max_status", "desktop_offered"} <= set(found)
    assert not {"platform", "inn", "roles"} & set(found)


WORDS = [
    ("\nsource: manual", "\nsource: ¦", {"api", "export", "manual", "survey", "derived"}),
    ("  people: complete", "  people: ¦", {"complete", "partial", "unknown"}),
    ("  legal_form: budgetary", "  legal_form: ¦", {"budgetary", "autonomous", "limited"}),
    ("  sferum_connected: true", "  sferum_connected: ¦", {"true", "false", "unknown"}),
    (PERSON, PERSON.replace("[student], reg", "[¦], reg"), {"student", "teacher", "parent", "employee"}),
]


@pytest.mark.parametrize(("old", "new", "wanted"), WORDS, ids=[new.split(":")[0].strip() for _, new, _ in WORDS])
def test_the_words_of_a_field_are_offered(
    old: str, new: str, wanted: set[str], sheet: Callable[..., Sheet]
) -> None:
    found = sheet(CENTRE).offers(old, new)
    assert wanted <= set(found), found
    assert not {"max", "school", "organization"} & set(found)


HOVERS = [
    ("\norgani¦zation:\n", "Организация", "Организация, о которой составлен снимок."),
    ("\npeo¦ple:\n", "Участники", "Работники, обучающиеся и родители"),
    ("  ki¦nd: additional\n", "Вид организации", "`additional`: организация дополнительного образования"),
    ("  sferum_con¦nected: true", "Подключение к «Сферуму»", "Подключена ли организация"),
    ("\nas_¦of: ", "День снимка", "День, на который верны сведения."),
    ("  people: comp¦lete\n", "Полнота списка участников", "`complete`: полный список"),
    ("{ref: p_kid, roles: [stu¦dent]", "Роли участника", "`student`: обучающийся"),
    ("{ref: p_kid, ro¦les: [student]", "Роли участника", "Роли человека в организации"),
]


@pytest.mark.parametrize(("at", "title", "text"), HOVERS, ids=[case[1] for case in HOVERS])
def test_fields_and_words_are_explained_in_russian(
    at: str, title: str, text: str, sheet: Callable[..., Sheet]
) -> None:
    shown = sheet(CENTRE).hover(at)
    assert shown.startswith(f"#### {title}\n"), shown[:300]
    assert text in shown


def test_the_word_for_no_knowledge_is_explained(sheet: Callable[..., Sheet]) -> None:
    plain = sheet(CENTRE)
    plain.text = plain.text.replace("sferum_connected: true", "sferum_connected: unknown")
    assert "сведений нет" in plain.hover("sferum_connected: unk¦nown")


SLIPS = [
    ("\n  municipality: ", "\n  munisipality: ", "munisipality"),
    ("  legal_form: budgetary", "  legal_form: budgetry", "budgetry"),
    ("  people: complete", "  people: complet", "complet"),
    ("  sferum_connected: true", "  sferum_connected: maybe", "maybe"),
    (PERSON, PERSON.replace("status", "staus"), "staus"),
    (PERSON, PERSON.replace("roles: [student], reg", "roles: [pupil], reg"), "pupil"),
    ("  programs: [additional]", "  programs: 5", "5"),
]


@pytest.mark.parametrize(("old", "new", "token"), SLIPS, ids=[token for *_, token in SLIPS])
def test_a_slip_is_underlined_at_its_own_word(old: str, new: str, token: str, sheet: Callable[..., Sheet]) -> None:
    marks = sheet(CENTRE).marks(old, new)
    assert [mark.token for mark in marks] == [token], marks


def test_a_day_that_is_in_no_calendar_and_a_blank_text_are_underlined(sheet: Callable[..., Sheet]) -> None:
    marks = sheet(CENTRE).marks("\nas_of: 2025-11-14", "\nas_of: 2025-02-30")
    assert {mark.token for mark in marks} == {"2025-02-30"}
    assert any("нет такого дня" in mark.message for mark in marks)
    (mark,) = sheet(CENTRE).marks("\n  municipality: Портовый район", '\n  municipality: "  "')
    assert mark.token == '"  "'
    assert "здесь нужен текст" in mark.message
