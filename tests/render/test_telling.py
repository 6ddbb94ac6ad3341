"""A finding in sentences: nothing that a reader needs is lost between the report and the formats for machines."""

from __future__ import annotations

from typing import Any

from sample_reports import BOTH, decision, result

from validator.logic.text import Language
from validator.render.telling import details, facts_of, headline, missing_of, sentence, who


def told(made: Any, language: Language = "en") -> dict[str, str]:
    return dict(details(made, language))


def fact(number: int) -> Any:
    place = {"file": "a.yaml", "line": 1, "column": 1}
    title = {"ru": f"Факт {number}", "en": f"Fact {number}"}
    return {"path": "x", "value": "x", "title": title, "value_title": BOTH, "statement": BOTH, "location": place}


def test_a_finding_is_told_with_whose_it_is() -> None:
    assert sentence(result(), "ru") == "нарушение: Текст — Школа № 1 (ИНН 7800000001)"
    assert who(result(organization_name=None), "en") == "INN 7800000001"


def test_an_unknown_names_what_is_missing_and_what_would_settle_it_as_well() -> None:
    other = [{"path": "chats", "cause": "list_incomplete", "title": BOTH}]
    made = result(verdict="unknown", alternatives=[other] * 5)
    assert headline(made, "en").startswith(
        "A norm; missing: uses[0].service — A text (not given) OR chats — A text"
    )
    assert missing_of(made, "en").endswith("(the list may be incomplete) and 2 more")


def test_the_sanction_is_told_of_violations_only() -> None:
    sanction = {"title": BOTH, "at": "ст. 13.11.2", "applies": "disputed", "official_rub": None, "entity_rub": None}
    assert told(result(sanction=sanction))["sanction"] == "A text, ст. 13.11.2, whether it applies is disputed"
    assert "sanction" not in told(result(sanction=sanction, verdict="advice"))


def test_a_decision_names_what_decided_and_what_to_do() -> None:
    criteria = [
        {"id": "C-1", "truth": "false", "exclusion": False, "missing": [], "title": BOTH},
        {"id": "C-2", "truth": "true", "exclusion": False, "missing": [], "title": BOTH},
        {"id": "E-1", "truth": "true", "exclusion": True, "missing": [], "title": BOTH},
        {"id": "E-2", "truth": "unknown", "exclusion": True, "missing": [], "title": BOTH},
    ]
    made = decision(criteria=criteria, advice=[{"criterion": "E-1", "ru": "Создайте", "en": "Create"}])
    assert told(made)["decided by"] == "C-1 (not met: A text), E-1 (A text)"
    assert told(made, "ru")["что сделать"] == "Создайте"


def test_many_facts_are_counted() -> None:
    assert facts_of([fact(number) for number in range(9)], "en").endswith("Fact 6: A text and 2 more")
    assert facts_of([fact(1)], "ru") == "Факт 1: Текст"


def test_another_law_day_is_told() -> None:
    assert told(result(law_date="2026-01-01"))["law of"] == "2026-01-01"
    assert "law of" not in told(result())
