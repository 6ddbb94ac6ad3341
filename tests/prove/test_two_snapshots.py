"""What two snapshots show: facts that turn a definite verdict (ANA-A13), days that undo a violation (ANA-A14)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tiny_sets import Files, files_of, found, library_of, norm, report_of

from validator.journeys.prove.kept import Kept
from validator.journeys.prove.knowing import added
from validator.language.store import Store
from validator.logic.proof import ProofReport

pytest.importorskip("z3")

ALWAYS = "in_force: {from: 2025-03-01}\n"
READING = """
readings:
  - id: strictly
    chosen: true
    why: {ru: Так строже, en: That is stricter}
    %s
"""
DAYS = """
parameter: t-days
title: {ru: Срок, en: A term}
type: integer
rows:
  - {value: %s, through: 2025-08-31, cites: [{act: t-act, at: ст. 1}]}
  - {value: %s, from: 2025-09-01, cites: [{act: t-act, at: ст. 1}]}
"""


def _report(*parts: Files) -> ProofReport:
    return report_of(library_of(files_of(*parts)))


def _decision(when: str, more: str = "") -> Files:
    text = f"""
decision: T-ONE
title: {{ru: Решение, en: A decision}}
about: chats
cites: [{{act: t-act, at: ст. 1}}]
{ALWAYS}outcomes: {{moved: {{ru: да, en: "yes"}}, stays: {{ru: нет, en: "no"}}}}
criteria: [{{id: C1, title: {{ru: Признак, en: A test}}, when: {when}}}]
then: {{all_criteria_and_no_exclusion: moved, otherwise: stays}}
advice: {{C1: {{ru: Исправьте, en: Mend it}}}}
{more.strip()}
examples: {{as_of: 2025-10-01, base: {{organization: {{kind: school}}, item: {{kind: class}}}}, cases: []}}
"""
    return {"decisions/trial/T-ONE.yaml": text}


def _chats(required: str, more: str = "") -> Files:
    return norm("T-ONE", f"{ALWAYS}required: {required}\n{more}", about="chats")


def _questions(report: ProofReport, analysis: str) -> list[tuple[str, bool]]:
    """The statuses of an analysis, and whether each was put to the solver at all."""
    return [(one["status"], one["why"] is None) for one in report["questions"] if one["analysis"] == analysis]


# --- more facts ------------------------------------------------------------------------------------------------


def test_a_verdict_that_more_facts_turn_is_shown_with_the_fact_that_turns_it() -> None:
    (finding,) = found(_report(_decision("{kind: {known: true}}")), "ANA-A13")
    assert finding["witness"] is not None
    document: Any = finding["witness"]["document"]
    assert document["chats"] == [{"ref": "h_1"}]
    assert finding["because"] == [
        {"ru": "стало известно: `chats[0].kind: class`", "en": "became known: `chats[0].kind: class`"}
    ]
    assert (finding["core"], finding["weight"]) == (["kind"], "warning")


def test_a_question_for_what_is_known_that_decides_nothing_is_proved_harmless() -> None:
    report = _report(_decision("{any: [{official: true}, {all: [{kind: {known: true}}, {official: true}]}]}"))
    assert _questions(report, "ANA-A13") == [("proved", True)]
    assert found(report, "ANA-A13") == []


def test_where_nobody_asks_what_is_known_the_solver_is_not_asked_either() -> None:
    assert _questions(_report(_chats("{official: true}")), "ANA-A13") == [("proved", False)]


def test_a_fact_about_an_item_of_another_list_turns_a_verdict_too() -> None:
    (finding,) = found(_report(_decision("{organization: {uses: {some: {last_on: {known: false}}}}}")), "ANA-A13")
    assert any("`uses[0].last_on" in text["en"] for text in finding["because"])


def _definition(name: str, when: str) -> str:
    return (
        f"definition: {name}\ntitle: {{ru: Слово, en: A word}}\nabout: chats\n"
        f"cites: [{{act: t-act, at: ст. 1}}]\nwhen: {when}\n"
    )


@pytest.mark.parametrize(
    ("less", "more", "told"),
    [
        ({"a": {"b": 1}}, {"a": {"b": 1, "c": True}}, [("a.c", "true")]),
        ({}, {"chats": [{"ref": "h_1", "admins": []}]}, [("chats[0].ref", "h_1"), ("chats[0].admins", "[]")]),
        ({"chats": [{"ref": "h_1"}]}, {"chats": [{"ref": "h_1", "kind": "class"}]}, [("chats[0].kind", "class")]),
        ({"coverage": {"chats": "partial"}}, {"coverage": {"chats": "complete"}}, [("coverage.chats", "complete")]),
        ({"a": [1, 2]}, {"a": [1, 2]}, []),
    ],
)
def test_what_became_known_is_told_by_its_place(less: Any, more: Any, told: list[tuple[str, str]]) -> None:
    assert [*added(less, more)] == told


# --- the next day ----------------------------------------------------------------------------------------------


def test_a_day_inside_a_definition_is_no_obstacle() -> None:
    fresh = {"definitions/T-A.yaml": _definition("T-A", "{created_on: {before: {as_of: {plus_days: -30}}}}")}
    (finding,) = found(_report(_chats("{meets: T-A}"), fresh), "ANA-A14")
    assert finding["witness"] is not None
    fixed = {"definitions/T-A.yaml": _definition("T-A", "{created_on: {before: 2025-09-01}}")}
    assert found(_report(_chats("{meets: T-A}"), fixed), "ANA-A14") == []


def test_data_with_dates_let_go_only_when_they_change_which_is_no_finding() -> None:
    required = "{created_on: {after: {as_of: {plus_days: {param: t-days}}}}}"
    for before, after in ((-30, -60), (-60, -30)):
        report = _report(_chats(required), {"parameters/t-days.yaml": DAYS % (before, after)})
        assert _questions(report, "ANA-A14") == [("proved", True)]
    turned = "{created_on: {before: {as_of: {plus_days: {param: t-days}}}}}"
    (finding,) = found(_report(_chats(turned), {"parameters/t-days.yaml": DAYS % (-30, -60)}), "ANA-A14")
    assert finding["witness"] is not None
    assert finding["witness"]["law_date"] != date(2025, 8, 31).isoformat()


def test_a_parameter_that_a_reading_replaces_is_read_as_the_reading_says() -> None:
    turned = "{created_on: {before: {param: t-day}}}"
    days = {
        "parameters/t-day.yaml": "parameter: t-day\ntitle: {ru: День, en: A day}\ntype: date\n"
        "rows: [{value: 2025-09-01, cites: [{act: t-act, at: ст. 1}]}]\n"
    }
    assert _questions(_report(_chats(turned), days), "ANA-A14") == [("proved", False)]
    chosen = READING % "parameters: {t-day: 2025-10-01}"
    assert _questions(_report(_chats(turned, chosen), days), "ANA-A14") == [("proved", True)]


# --- kept answers ----------------------------------------------------------------------------------------------


def test_the_second_snapshot_is_kept_with_the_answer(tmp_path: Any) -> None:
    from validator.interpreters.smt.answer import Answer, Witness
    from validator.logic.proof import Status

    answer = Answer(Status.WITNESS, Witness({"a": 1}, date(2025, 1, 1), {"item": "chats[0]"}, {"a": 2}), {}, True)
    first = Kept(Store(tmp_path, asked_for=True), "key", print)
    assert first.answer("one", lambda: answer) == answer
    first.write()
    again = Kept(Store(tmp_path, asked_for=True), "key", print)
    assert again.answer("one", lambda: pytest.fail("it was kept")) == answer
