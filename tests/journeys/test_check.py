"""The check journey on small policies: what a result says, and when there is one more result."""

from __future__ import annotations

from datetime import date

import pytest

from validator.journeys.check import check
from validator.language.library import Library, PolicyText, load, read_folder
from validator.language.source import read_yaml
from validator.language.vocabulary import read_vocabulary
from validator.logic.report import Result
from validator.resources import policies_folder, schema_bytes
from validator.snapshots.read import read_snapshot

DATA = ("sources/", "registers/", "parameters/", "definitions/")
NORM = """
norm: T-NORM
title: {ru: Проба, en: Trial}
about: uses
modality: prohibition
severity: high
cites: [{act: 41-fz-2025, at: ст. 15 ч. 1}]
in_force: {from: 2025-06-01, judged_on: {from: first_on, through: last_on}}
applies_when:
  organization: {kind: school}
  service: {listed_in: foreign-messengers}
forbidden: {actor: organization}
message: {ru: "{organization.name}: {service}", en: "{organization.name}: {service}"}
examples: {cases: []}
"""
SNAPSHOT = """
schema: sverka.snapshot/1
as_of: 2025-09-25
coverage: {uses: complete}
organization: {inn: "7800000002", region: "78", kind: school, name: Школа}
uses:
- {ref: u_1, service: whatsapp, actor: organization, first_on: 2025-09-02, last_on: ongoing}
- {ref: u_2, service: max, actor: organization, first_on: 2025-09-02}
"""


@pytest.fixture(scope="module")
def shipped_data() -> list[PolicyText]:
    return [text for text in read_folder(policies_folder()) if text.place.startswith(DATA)]


def library_of(data: list[PolicyText], norm: str) -> Library:
    text = PolicyText("norms/trial/T-NORM.yaml", "norms/trial/T-NORM.yaml", norm.encode())
    return load([*data, text], read_vocabulary(schema_bytes("snapshot")))


def judged(data: list[PolicyText], norm: str, snapshot: str, law_date: date | None = None) -> list[Result]:
    library = library_of(data, norm)
    document = read_yaml(snapshot.encode(), "s.yaml")
    facts, _ = read_snapshot(document, library.vocabulary, library.names)
    return check(facts, library.policies, law_date)


def test_a_violation_names_the_item_its_facts_and_its_place(shipped_data: list[PolicyText]) -> None:
    first, second = judged(shipped_data, NORM, SNAPSHOT)
    assert (first["verdict"], first["reason"], first["subject"], first["ref"]) == (
        "violation",
        None,
        "uses[0]",
        "u_1",
    )
    assert first["message"] == {"ru": "Школа: WhatsApp", "en": "Школа: WhatsApp"}
    assert [e["path"] for e in first["because"]] == [
        "uses[0].service",
        "uses[0].actor",
        "uses[0].first_on",
        "uses[0].last_on",
        "organization.kind",
    ]
    assert first["because"][0]["value_title"] == {"ru": "WhatsApp", "en": "WhatsApp"}
    assert first["location"] == {"file": "s.yaml", "line": 7, "column": 40}
    assert (first["force"], first["severity"], first["modality"]) == ("federal_law", "high", "prohibition")
    assert first["citations"][0]["checked_on"] == "never"
    assert (second["verdict"], second["reason"]) == ("ok", "not_applicable")


def test_an_incomplete_list_gives_one_more_unknown_unless_a_violation_was_found(
    shipped_data: list[PolicyText],
) -> None:
    partial = SNAPSHOT.replace("uses: complete", "uses: partial")
    assert [result["verdict"] for result in judged(shipped_data, NORM, partial)] == ["violation", "ok"]
    clean = partial.replace("whatsapp", "max")
    rest, *items = judged(shipped_data, NORM, clean)
    assert [result["verdict"] for result in items] == ["ok", "ok"]
    assert (rest["verdict"], rest["subject"], rest["ref"]) == ("unknown", "uses", None)
    assert [(m["path"], m["cause"]) for m in rest["missing"]] == [("uses", "list_incomplete")]


@pytest.mark.parametrize(
    ("change", "law_date", "reason"),
    [
        (("kind: school", "kind: other"), None, "not_applicable"),
        (("", ""), date(2025, 5, 31), "not_in_force"),
    ],
)
def test_an_incomplete_list_does_not_matter_where_the_norm_can_not_bite(
    shipped_data: list[PolicyText], change: tuple[str, str], law_date: date | None, reason: str
) -> None:
    clean = SNAPSHOT.replace("uses: complete", "uses: partial").replace("whatsapp", "max").replace(*change)
    rest = judged(shipped_data, NORM, clean, law_date)[0]
    assert (rest["subject"], rest["verdict"], rest["reason"]) == ("uses", "ok", reason)


def test_an_absent_list_of_unknown_coverage_is_unknown_and_a_complete_one_is_silent(
    shipped_data: list[PolicyText],
) -> None:
    empty = SNAPSHOT[: SNAPSHOT.index("uses:\n")]
    assert judged(shipped_data, NORM, empty) == []
    (rest,) = judged(shipped_data, NORM, empty.replace("coverage: {uses: complete}\n", ""))
    assert (rest["subject"], rest["verdict"]) == ("uses", "unknown")


def test_missing_facts_are_the_smallest_set_and_others_are_alternatives(shipped_data: list[PolicyText]) -> None:
    text = SNAPSHOT.replace("service: whatsapp, actor: organization, ", "")
    first = judged(shipped_data, NORM, text)[0]
    assert first["verdict"] == "unknown"
    assert [[m["path"] for m in way] for way in (first["missing"], *first["alternatives"])] == [
        ["uses[0].service"],
        ["uses[0].actor"],
    ]
    assert first["missing"][0]["title"]["ru"] == "Используемый сервис"
    assert first["location"] == {"file": "s.yaml", "line": 7, "column": 3}


def test_law_after_the_facts_is_applied_and_said(shipped_data: list[PolicyText]) -> None:
    first = judged(shipped_data, NORM, SNAPSHOT, date(2026, 1, 1))[0]
    assert (first["as_of"], first["law_date"], first["verdict"]) == ("2025-09-25", "2026-01-01", "violation")


def test_an_entrepreneur_is_named_by_a_digest(shipped_data: list[PolicyText]) -> None:
    text = SNAPSHOT.replace('"7800000002"', '"780000120516"').replace(
        "kind: school", "kind: school, legal_form: entrepreneur"
    )
    first = judged(shipped_data, NORM, text)[0]
    assert first["organization"].startswith("entrepreneur:")
    assert "780000120516" not in str(first)


def test_a_norm_about_several_lists_reads_each_by_its_own_field(shipped_data: list[PolicyText]) -> None:
    norm = NORM.replace(
        "about: uses", "about: [uses, chats]\nfields: {service: {chats: platform}, actor: {chats: kind}}"
    )
    norm = norm.replace("in_force: {from: 2025-06-01, judged_on: {from: first_on, through: last_on}}\n", "")
    norm = norm.replace("forbidden: {actor: organization}", "required: {service: max}")
    text = (
        SNAPSHOT.replace("uses: complete", "uses: complete, chats: complete")
        + "chats:\n- {ref: h_1, platform: viber}\n"
    )
    found = {result["subject"]: result for result in judged(shipped_data, norm, text)}
    assert found["uses[0]"]["verdict"] == "violation"
    assert found["chats[0]"]["verdict"] == "violation"
    assert found["chats[0]"]["message"] == {"ru": "Школа: Viber", "en": "Школа: Viber"}


def test_results_are_in_document_order_beyond_ten_items(shipped_data: list[PolicyText]) -> None:
    many = "".join(f"- {{ref: u_{i}, service: max, actor: organization}}\n" for i in range(12))
    text = SNAPSHOT[: SNAPSHOT.index("- {ref: u_1")] + many
    assert [r["subject"] for r in judged(shipped_data, NORM, text)] == [f"uses[{i}]" for i in range(12)]
