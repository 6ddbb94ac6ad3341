"""The explain journey: it tells of every judgement that a check makes, also of one about an incomplete list."""

from __future__ import annotations

from datetime import date

import pytest

from validator.journeys.check import check
from validator.journeys.explain.facts import explain_on, subjects_of, why_nothing
from validator.journeys.explain.policy import describe
from validator.language.library import Library, load, read_folder
from validator.language.source import read_yaml
from validator.language.vocabulary import read_vocabulary
from validator.logic.facts import Snapshot
from validator.logic.policy import Decision
from validator.logic.text import Text
from validator.resources import policies_folder, schema_bytes
from validator.snapshots.read import read_snapshot

HEAD = """
schema: sverka.snapshot/1
as_of: 2025-09-25
organization: {inn: "7800000002", region: "78", kind: school, name: Школа, founder: municipality,
  legal_form: budgetary}
"""
MAX_USE = "- {ref: u_1, service: max, actor: organization, first_on: 2025-09-02}\n"
FOREIGN_USE = (
    "- {ref: u_2, service: whatsapp, actor: organization, first_on: 2025-09-02, last_on: ongoing,"
    " counterpart: [parents], purpose: inform, direction: outgoing}\n"
)
CHATS = "chats:\n- {ref: h_1}\n- {ref: h_2, invitations: []}\n- {ref: h_3, invitations_coverage: complete}\n"
SNAPSHOTS = {
    "nothing": HEAD,
    "closed": HEAD + "coverage: {uses: complete}\nuses: []\n",
    "open": HEAD + "uses:\n" + MAX_USE,
    "violating": HEAD + "uses:\n" + MAX_USE + FOREIGN_USE,
    "inner": HEAD + "coverage: {chats: complete}\n" + CHATS,
}
WORDS = {
    "unknown": Text("НЕТ ДАННЫХ", "UNKNOWN"),
    "ok": Text("ДА", "FINE"),
    "not_in_force": Text("срок не тот", "another time"),
    "list_incomplete": Text("может быть неполон", "maybe incomplete"),
    "absent": Text("не указано", "not given"),
}


@pytest.fixture(scope="module")
def library() -> Library:
    return load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))


def facts_of(library: Library, name: str) -> Snapshot:
    document = read_yaml(SNAPSHOTS[name].encode(), "s.yaml")
    return read_snapshot(document, library.vocabulary, library.names)[0]


def told(
    library: Library, policy: str, name: str, subject: str | None = None, law_date: date | None = None
) -> list[tuple[str, str]]:
    policies = library.policies
    found = {one.id: one for one in policies.policies()}[policy]
    lines = explain_on(found, policies, facts_of(library, name), law_date, subject, WORDS)
    return [(line.text.ru, line.text.en) for line in lines]


@pytest.mark.parametrize("name", SNAPSHOTS)
@pytest.mark.parametrize("law_date", [None, date(2025, 1, 1), date(2026, 3, 1)], ids=str)
def test_explain_has_exactly_the_judgements_of_a_check(name: str, law_date: date | None, library: Library) -> None:
    """Without words verdicts and reasons are shown as the report holds them, so both can be compared."""
    facts, policies = facts_of(library, name), library.policies
    explained = {}
    for policy in policies.policies():
        outcomes = {text.en: key for key, text in policy.outcomes.items()} if isinstance(policy, Decision) else {}
        for line in explain_on(policy, policies, facts, law_date, None):
            if line.heading:
                subject, _, rest = line.text.en.partition(" — ")
                verdict, _, reason = rest.partition("   ")[0].partition(": ")
                explained[policy.id, subject] = (outcomes.get(verdict, verdict), reason or None)
    judged = {(r["policy"], r["subject"]): (r["verdict"], r["reason"]) for r in check(facts, policies, law_date)}
    assert explained == judged
    assert len(judged) > len(policies.norms) / 4


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_what_can_be_asked_for_covers_every_judgement_of_a_check(name: str, library: Library) -> None:
    facts, policies = facts_of(library, name), library.policies
    can_be_asked = {(p.id, path) for p in policies.policies() for path in subjects_of(p, facts)}
    assert {(r["policy"], r["subject"]) for r in check(facts, policies)} - can_be_asked == set()


def test_an_incomplete_list_is_explained_with_what_would_settle_it(library: Library) -> None:
    assert told(library, "FM-BAN", "nothing") == [
        ("uses — НЕТ ДАННЫХ   s.yaml:2:1", "uses — UNKNOWN   s.yaml:2:1"),
        (
            "uses «Использование сервисов», записей указано: 0 (s.yaml:2:1): может быть неполон",
            "uses “Uses of services”, items given: 0 (s.yaml:2:1): maybe incomplete",
        ),
        (
            "чтобы судить наверняка: укажите все записи и напишите `coverage: {uses: complete}`",
            "to settle it: list all items and write `coverage: {uses: complete}`",
        ),
    ]


def test_writing_what_explain_asks_for_settles_the_judgement(library: Library) -> None:
    facts = facts_of(library, "closed")
    policy = library.policies.norms["FM-BAN"]
    assert list(explain_on(policy, library.policies, facts, None, None)) == []
    assert subjects_of(policy, facts) == []
    assert why_nothing(policy, facts) == Text("список `uses` полон и пуст", "the list `uses` is complete and empty")


def test_an_inner_list_is_closed_in_the_item_that_holds_it(library: Library) -> None:
    lines = [en for _, en in told(library, "US-INVITE", "inner")]
    assert lines[0].startswith("chats.invitations — UNKNOWN   ")
    assert [line for line in lines if line.startswith("to settle it")] == [
        "to settle it: list all items and write `invitations_coverage: complete` in `chats[0]`",
        "to settle it: list all items and write `invitations_coverage: complete` in `chats[1]`",
    ]


def test_a_list_that_can_not_matter_says_why(library: Library) -> None:
    head, line = told(library, "FM-BAN", "nothing", law_date=date(2025, 1, 1))
    assert head[0] == "uses — ДА: срок не тот   s.yaml:2:1"
    assert line[1].endswith("maybe incomplete, but no item in it could change anything")


def test_one_subject_is_an_item_or_the_list_and_nothing_else(library: Library) -> None:
    both, item, rest = (told(library, "FM-BAN", "open", subject) for subject in (None, "uses[0]", "uses"))
    assert both == item + rest
    assert item[0][0].startswith("uses[0] — ДА")
    assert rest[0][0].startswith("uses — НЕТ ДАННЫХ")


def test_a_violation_leaves_no_judgement_of_the_list_and_who_asks_is_told(library: Library) -> None:
    assert not any(en.startswith("uses —") for _, en in told(library, "FM-BAN", "violating"))
    assert told(library, "FM-BAN", "violating", "uses") == [
        (
            "uses — отдельно не оценивается: нарушение есть уже среди указанных записей",
            "uses — not judged apart: a given item already violates the norm",
        )
    ]


def test_a_decision_says_that_it_judges_given_items_only(library: Library) -> None:
    why = why_nothing(library.policies.decisions["XF-AUTO"], facts_of(library, "nothing"))
    assert why.en == "a decision judges given items only, and the list `chats` has none and may be incomplete"


def test_values_days_and_causes_are_in_words(library: Library) -> None:
    lines = told(library, "FM-BAN", "open", "uses[0]")
    assert any("uses[0].service = MAX (" in ru for ru, _ in lines)
    assert {("02.09.2025" in ru, "2025-09-02" in en) for ru, en in lines if "first_on =" in ru} == {(True, True)}
    assert any(ru.endswith("? uses[0].direction (не указано)") for ru, _ in lines)
    assert any(en.endswith("? uses[0].direction (not given)") for _, en in lines)


def test_a_policy_names_what_it_is_about_in_words_and_by_its_path(library: Library) -> None:
    heads = {}
    for policy in library.policies.policies():
        lines = describe(policy, library.policies, _Any(), library.vocabulary.lists)
        heads[policy.id] = [line.text for line in lines if line.text.en.startswith("About: ")]
    assert heads["FM-BAN"] == [Text("О чём: «Использование сервисов» (uses)", "About: “Uses of services” (uses)")]
    assert Text("О чём: организация (organization)", "About: the organization (organization)") in [
        head for found in heads.values() for head in found
    ]
    assert all(heads.values())


class _Any(dict[str, Text]):
    """Words for everything."""

    def __missing__(self, key: str) -> Text:
        return Text(key, key)
