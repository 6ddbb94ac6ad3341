"""The analyses on sets of a few lines, where no fixture shows them: assumptions, changes, waivers, examples, own
properties, remedies, readings, and what a question that stays open does to the exit code."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tiny_sets import Files, files_of, found, library_of, names, norm, report_of, silent

from validator.interpreters.smt.answer import Answer, Limits, Witness
from validator.journeys.prove.ground import Ground, settled
from validator.journeys.prove.kept import Kept, _decoded, _encoded
from validator.journeys.prove.properties import read_properties
from validator.journeys.prove.run import Asked, exit_code, prove
from validator.language.library import Library
from validator.logic.frozen import replace
from validator.logic.policy import Definition
from validator.logic.problem import InputError, Span
from validator.logic.proof import ANALYSES, Status
from validator.logic.text import Text
from validator.logic.waiver import Waiver
from validator.resources import schema_bytes

pytest.importorskip("z3")

OFFER = norm("T-ONE", "applies_when: {kind: school}\nrequired: {alternatives_offered: {contains: sms}}")
ELSEWHERE = Span("x", 1, 1, 1, 2)


def library(*parts: Files) -> Library:
    return library_of(files_of(*parts))


def test_a_sound_set_has_no_finding_and_every_analysis_puts_a_question() -> None:
    report = report_of(library(OFFER))
    assert report["findings"] == []
    asked = {question["analysis"] for question in report["questions"]}
    assert {"ANA-A0", "ANA-A1", "ANA-A3", "ANA-A4", "ANA-A5", "ANA-A12", "ANA-A13", "ANA-A14", "ANA-A17"} <= asked
    assert set(ANALYSES) == {f"ANA-A{number}" for number in range(20)}


# --- A0 --------------------------------------------------------------------------------------------------------


def test_invariants_that_contradict_each_other_void_everything() -> None:
    lib = library(OFFER)
    ground = Ground(lib, Limits(), Kept(None, "", silent))
    truth = next(iter(ground.invariants.values()))
    kinds = library(
        {
            f"definitions/{name}.yaml": f"definition: {name}\ntitle: {{ru: а, en: a}}\nwhen: {when}\n"
            for name, when in (("t-all", "{not: {region: {in: ['01']}}}"), ("t-none", "{region: {in: ['01']}}"))
        },
        OFFER,
    ).policies.definitions
    ground.invariants = {name: replace(truth, name=name, when=kinds[name].when) for name in ("t-all", "t-none")}
    ground.setting = replace(ground.setting, invariants=tuple(ground.invariants.values()))
    report = prove(ground, Asked(frozenset({"ANA-A0"})), schema_bytes("snapshot"), "z3")
    assert [one["weight"] for one in found(report, "ANA-A0")] == ["error"]
    assert exit_code(report, accept_bounded=True) == 1
    assert isinstance(truth, Definition)


def test_a_domain_in_which_nothing_can_be_is_told() -> None:
    topic = """
topic: trial
title: {ru: Проба, en: Trial}
covers:
  - id: none
    title: {ru: ничего, en: nothing}
    about: organization
    exhaustive: true
    when: {legal_form: budgetary, founder: private}
"""
    report = report_of(library(OFFER, {"topics/trial.yaml": topic}))
    assert [one["core"] for one in found(report, "ANA-A0")] == [["trial", "none"]]


# --- A1 to A4, readings -----------------------------------------------------------------------------------------


def test_a_dead_norm_names_the_conditions_that_exclude_each_other_and_no_others() -> None:
    body = "applies_when: {kind: school, region: '50', sferum_connected: true, all: [{region: {is_not: '50'}}]}"
    report = report_of(library(norm("T-ONE", f"{body}\nrequired: {{alternatives_offered: {{contains: sms}}}}")))
    (one,) = found(report, "ANA-A1")
    assert len(one["because"]) == 2
    assert {question["status"] for question in report["questions"] if question["analysis"] == "ANA-A3"} == {
        "unreachable"
    }


def test_a_norm_that_only_a_reading_can_settle_is_acknowledged_by_that_reading() -> None:
    parameter = """
parameter: t-share
title: {ru: Доля, en: Share}
type: decimal
rows: [{value: unknown, why: {ru: нет, en: none}, cites: [{act: t-act, at: ст. 1}]}]
"""
    body = """
applies_when: {kind: school}
required: {public_share: {federation: {at_least: {param: t-share}}}}
readings:
  - {id: open, chosen: true, why: {ru: нет числа, en: no figure}}
  - {id: half, parameters: {t-share: "50"}, why: {ru: половина, en: one half}}
"""
    report = report_of(library(norm("T-ONE", body), {"parameters/t-share.yaml": parameter}))
    (one,) = [one for one in found(report, "ANA-A12") if one["core"][1:] == ["where it applies"]]
    assert one["acknowledged"] is not None
    assert (one["acknowledged"]["by"], one["acknowledged"]["owner"]) == ("reading", "half")
    assert exit_code(report, accept_bounded=True) == 0


def test_a_norm_that_its_exception_swallows_from_some_day_on_is_told_with_that_day() -> None:
    parameter = """
parameter: t-limit
title: {ru: Предел, en: Limit}
type: decimal
rows:
  - {through: 2025-12-31, value: "60", cites: [{act: t-act, at: ст. 1}]}
  - {from: 2026-01-01, value: "0", cites: [{act: t-act, at: ст. 1}]}
"""
    body = """
in_force: {from: 2025-01-01}
applies_when: {kind: school}
required: {sferum_connected: true}
exceptions: [{id: shares, when: {public_share: {federation: {at_least: {param: t-limit}}}}}]
"""
    (one,) = found(report_of(library(norm("T-ONE", body), {"parameters/t-limit.yaml": parameter})), "ANA-A2")
    assert one["days"] is not None
    assert one["days"]["first"] == "2026-01-01"


def test_a_remedy_that_leaves_the_violation_is_shown_by_a_case_that_can_be_pasted() -> None:
    body = """
applies_when: {service: {in: [max, vk_messenger]}}
forbidden: {personal_data: true}
remedy_sets: {service: max}
"""
    register = """
register: t-services
family: services
title: {ru: Сервисы, en: Services}
rows:
  - {id: max, title: {ru: MAX, en: MAX}, cites: [{act: t-act, at: ст. 1}]}
  - {id: vk_messenger, title: {ru: VK, en: VK}, cites: [{act: t-act, at: ст. 1}]}
"""
    base = "{organization: {kind: school, founder: region}, item: {service: vk_messenger, purpose: teaching}}"
    text = norm("T-ONE", body, about="uses", modality="prohibition", base=base)
    lib = library(text, {"registers/t-services.yaml": register})
    (one,) = [one for one in found(report_of(lib), "ANA-A5") if one["core"][0] == "remedy"]
    shown = one["witness"]
    assert shown is not None
    assert shown["policy"] == "T-ONE"
    assert shown["example"] is not None
    assert "expect: violation" in shown["example"]
    assert "change: {item: {service: max, personal_data: true}}" in shown["example"]  # the base says the rest
    assert ("T-ONE", "uses[0]", "violation") in [(s["policy"], s["subject"], s["verdict"]) for s in shown["says"]]


# --- A15 -------------------------------------------------------------------------------------------------------


def _change(old: str, new: str) -> list[str]:
    before, after = library(norm("T-ONE", old)), library(norm("T-ONE", new))
    asked = Asked(frozenset({"ANA-A15"}), old=before.policies, revision="HEAD", whole=False)
    report = report_of(after, asked, only=frozenset({"T-ONE"}))
    return [one["message"]["en"] for one in found(report, "ANA-A15")]


def test_a_change_is_called_stricter_laxer_or_equivalent_and_each_flip_is_shown() -> None:
    narrow = "applies_when: {kind: school}\nrequired: {alternatives_offered: {contains: sms}}"
    wide = "applies_when: {kind: {in: [school, preschool]}}\nrequired: {alternatives_offered: {contains: sms}}"
    same = "applies_when: {all: [{kind: school}]}\nrequired: {not: {alternatives_offered: {within: [email, call]}}}"
    stricter, laxer = _change(narrow, wide), _change(wide, narrow)
    assert any(message.endswith("stricter than the old one") for message in stricter)
    assert any("from “no violation” into “violation”" in message for message in stricter)
    assert any(message.endswith("laxer than the old one") for message in laxer)
    assert not any("from “no violation” into “violation”" in message for message in laxer)
    assert any(message.endswith("equivalent to the old one") for message in _change(narrow, narrow))
    assert same != narrow


# --- A16, A17 --------------------------------------------------------------------------------------------------


def _waiver(policy: str, first: date, last: date, organization: str | None = "7800000002") -> Waiver:
    return Waiver(
        "W-1", policy, organization, None, first, last, Text("а", "a"), "директор", "приказ № 1", ELSEWHERE, {}
    )


NOTHING = "nothing can be violated in its time"


@pytest.mark.parametrize(
    ("waiver", "wanted"),
    [
        (_waiver("T-ONE", date(2025, 1, 1), date(2025, 12, 31)), []),
        (_waiver("T-ONE", date(2023, 1, 1), date(2023, 12, 31)), ["it ended on 2023-12-31", NOTHING]),
        (_waiver("T-NONE", date(2025, 1, 1), date(2025, 12, 31)), ["there is no such norm"]),
        (_waiver("T-ONE", date(2025, 1, 1), date(2025, 12, 31), None), ["it hides the whole norm for everybody"]),
        (_waiver("T-ONE", date(2025, 1, 1), date(2025, 3, 31)), ["it ended on 2025-03-31"]),
    ],
)
def test_a_waiver_that_waives_nothing_or_everything_is_told(waiver: Waiver, wanted: list[str]) -> None:
    text = "in_force: {from: 2024-06-01}\napplies_when: {kind: school}\nrequired: {sferum_connected: true}"
    asked = Asked(frozenset({"ANA-A16"}), waivers=(waiver,), today=date(2025, 6, 1))
    report = report_of(library(norm("T-ONE", text)), asked)
    assert sorted(one["core"][1] for one in found(report, "ANA-A16")) == wanted


def test_an_example_that_comes_out_otherwise_is_a_finding() -> None:
    wrong = {
        place: text.replace("cases: []", "cases: [{name: wrong, expect: met}]") for place, text in OFFER.items()
    }
    (one,) = found(report_of(library(wrong)), "ANA-A17")
    assert one["core"] == ["wrong"]


# --- A19 -------------------------------------------------------------------------------------------------------

TWO = norm(
    "T-TWO", "applies_when: {kind: {in: [school, preschool]}}\nrequired: {alternatives_offered: {contains: sms}}"
)


def _stated(when: str, then: str, lib: Library) -> Any:
    text = f"properties: [{{id: p, title: {{ru: а, en: a}}, when: [{when}], then: [{then}]}}]"
    return read_properties(text.encode(), "p.yaml", lib)


def test_a_property_that_holds_is_proved_and_one_that_fails_is_shown() -> None:
    lib = library(OFFER, TWO)
    one, two = "{policy: T-ONE, verdict: violation}", "{policy: T-TWO, verdict: violation}"
    holds = report_of(lib, Asked(frozenset({"ANA-A19"}), stated=_stated(one, two, lib)))
    assert (holds["findings"], holds["counts"]["proved"], exit_code(holds, accept_bounded=False)) == ([], 1, 0)
    fails = report_of(lib, Asked(frozenset({"ANA-A19"}), stated=_stated(two, one, lib)))
    (finding,) = found(fails, "ANA-A19")
    assert finding["witness"] is not None
    assert finding["days"] == {"first": None, "last": None}
    assert exit_code(fails, accept_bounded=True) == 1
    never = report_of(lib, Asked(frozenset({"ANA-A19"}), stated=_stated(one, "{policy: T-TWO, is_not: ok}", lib)))
    assert never["findings"] == []
    void = _stated(f"{one}, {{policy: T-ONE, verdict: ok}}", two, lib)
    report = report_of(lib, Asked(frozenset({"ANA-A19"}), stated=void))
    assert [one["status"] for one in report["questions"]] == ["unreachable"]
    assert exit_code(report, accept_bounded=True) == 1


@pytest.mark.parametrize(
    ("literal", "code"),
    [
        ("{policy: T-NONE, verdict: violation}", "unknown-name"),
        ("{policy: T-ONE, verdict: broken}", "unknown-value"),
        ("{policy: T-ONE}", "missing-key"),
        ("{policy: T-ONE, verdict: ok, is_not: ok}", "missing-key"),
        ("{policy: T-ONE, verdict: ok, off: all}", "unknown-key"),
    ],
)
def test_a_mistake_in_a_property_is_told_at_its_place(literal: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        _stated(literal, "{policy: T-ONE, verdict: ok}", library(OFFER))
    (problem,) = refused.value.problems
    assert problem.code == code
    assert problem.span is not None


# --- topics, open questions, memory ---------------------------------------------------------------------------


def test_a_topic_switches_an_analysis_off_and_the_report_says_so() -> None:
    off = "topic: trial\ntitle: {ru: а, en: a}\nswitched_off: [{analysis: ANA-A3, why: {ru: так, en: so}}]\n"
    always = norm("T-ONE", "applies_when: {kind: school}\nrequired: {any: [{kind: school}]}")
    assert found(report_of(library(always)), "ANA-A3")
    report = report_of(library(always, {"topics/trial.yaml": off}))
    assert found(report, "ANA-A3") == []
    assert [row["analysis"] for row in report["switched_off"]] == ["ANA-A3"]


@pytest.mark.parametrize(
    ("analysis", "status", "strict", "lenient"),
    [
        ("ANA-A3", Status.UNDECIDED, 3, 3),
        ("ANA-A14", Status.UNDECIDED, 3, 3),
        ("ANA-A3", Status.BOUNDED_OK, 3, 0),
        ("ANA-A3", Status.NOT_ANALYSED, 3, 0),
        ("ANA-A14", Status.BOUNDED_OK, 0, 0),
        ("ANA-A3", Status.PROVED, 0, 0),
    ],
)
def test_a_question_that_stays_open_is_no_zero_unless_it_only_informs(
    analysis: str, status: Status, strict: int, lenient: int
) -> None:
    ground = Ground(library(), Limits(), Kept(None, "", silent))
    ground.note(analysis, ("T-ONE",), "organization", Text("а", "a"), settled(status))
    report = prove(ground, Asked(frozenset({analysis})), schema_bytes("snapshot"), "z3")
    assert (exit_code(report, accept_bounded=False), exit_code(report, accept_bounded=True)) == (strict, lenient)


def _document(name: str, kind: str) -> Files:
    return norm(name, f"applies_when: {{kind: school}}\nrequired: {{documents: {{some: {{kind: {kind}}}}}}}")


def test_duties_that_need_longer_lists_than_were_looked_at_first_are_no_contradiction() -> None:
    three = [_document("T-A", "order"), _document("T-B", "other"), _document("T-C", "communication_order")]
    assert found(report_of(library(*three), Asked(frozenset({"ANA-A5"}))), "ANA-A5") == []
    body = "applies_when: {kind: school}\nrequired: {documents: {count: {of: {}, is: {at_most: 2}}}}"
    report = report_of(library(*three, norm("T-D", body)), Asked(frozenset({"ANA-A5"})))
    (clash,) = found(report, "ANA-A5")
    assert names(clash) == {"T-A", "T-B", "T-C", "T-D"}
    assert clash["witness"] is not None


def test_a_contradiction_that_a_recorded_reading_dissolves_is_acknowledged_by_it() -> None:
    needs = norm("T-A", "applies_when: {kind: school}\nrequired: {alternatives_offered: {contains: sms}}")
    body = """
applies_when: {meets: t-schools}
forbidden: {alternatives_offered: {contains: sms}}
readings:
  - {id: wide, chosen: true, why: {ru: все, en: all}}
  - {id: narrow, definitions: {t-schools: t-none}, why: {ru: никто, en: none}}
"""
    definitions = {
        f"definitions/{name}.yaml": f"definition: {name}\ntitle: {{ru: а, en: a}}\nwhen: {{kind: {kind}}}\n"
        for name, kind in (("t-schools", "school"), ("t-none", "higher"))
    }
    bans = norm("T-B", body, modality="prohibition")
    (one,) = found(report_of(library(needs, bans, definitions)), "ANA-A5")
    assert one["acknowledged"] is not None
    assert one["acknowledged"]["owner"] == "narrow"
    plain = norm("T-B", body.partition("readings:")[0], modality="prohibition")
    (alone,) = found(report_of(library(needs, plain, definitions)), "ANA-A5")
    assert alone["acknowledged"] is None


def test_only_questions_about_changed_policies_are_put() -> None:
    lib = library(OFFER, TWO)
    report = report_of(lib, Asked(whole=False), only=frozenset({"T-TWO"}))
    assert all("T-TWO" in one["policies"] for one in report["questions"] if one["policies"])
    assert {"ANA-A7", "ANA-A6"} & {one["analysis"] for one in report["questions"]}


def test_an_answer_that_was_kept_comes_back_as_it_was() -> None:
    witness = Witness({"as_of": "2025-01-01"}, date(2025, 1, 1), {"item": "uses[0]"})
    answer = Answer(Status.WITNESS, witness, {"uses": 1}, exact=True, why=Text("а", "a"), core=(1, 2))
    assert _decoded(_encoded(answer)) == answer
    assert _decoded(["nonsense"]) is None


def test_findings_are_known_by_meaning_and_not_by_wording() -> None:
    always = norm("T-ONE", "applies_when: {kind: school}\nrequired: {any: [{kind: school}]}")
    reworded = {place: text.replace("Нарушено", "Не так") for place, text in always.items()}
    other = {place: text.replace("kind: school", "kind: preschool") for place, text in always.items()}
    digests = [found(report_of(library(one)), "ANA-A3")[0]["digest"] for one in (always, reworded, other)]
    assert digests[0] == digests[1] != digests[2]
    assert names(found(report_of(library(always)), "ANA-A3")[0]) == {"T-ONE"}
