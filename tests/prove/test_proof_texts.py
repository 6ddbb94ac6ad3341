"""What people read of proofs: words and days of their language, examples that can be pasted as they stand."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tiny_sets import Files, files_of, found, library_of, norm, report_of

from validator.journeys.check import check
from validator.journeys.examples.embedded import run_examples
from validator.journeys.prove.findings import _told_first
from validator.journeys.prove.pasted import case_text
from validator.journeys.prove.properties import read_properties
from validator.journeys.prove.run import Asked
from validator.journeys.prove.told import days_after, days_line, policies_told
from validator.language.library import PolicyText, load, read_folder
from validator.language.source import read_document
from validator.language.vocabulary import read_vocabulary
from validator.logic.policy import Period
from validator.logic.problem import InputError
from validator.logic.proof import ProofReport
from validator.render.prove.text import render
from validator.resources import schema_bytes
from validator.snapshots.read import read_snapshot

pytest.importorskip("z3")
FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "defects"
SHOWN = (
    *("active-conflict", "exceptions-overlap", "one-day-overlap", "remedy-does-not-cure"),
    *("three-way-contradiction", "violation-that-expires"),
)
OFFER = norm("T-ONE", "applies_when: {kind: school}\nrequired: {alternatives_offered: {contains: sms}}")
NEVER = norm(
    "T-TWO",
    "applies_when: {kind: school}\nforbidden: {alternatives_offered: {contains: sms}}",
    modality="prohibition",
)


def _texts(defect: str) -> list[PolicyText]:
    return read_folder(FOLDER / defect / "broken")


def _report(texts: list[PolicyText]) -> ProofReport:
    return report_of(load(texts, read_vocabulary(schema_bytes("snapshot"))))


@pytest.fixture(scope="module")
def reports() -> dict[str, ProofReport]:
    """What is said of the sets whose findings are shown by a snapshot."""
    return {defect: _report(_texts(defect)) for defect in SHOWN}


def _prose(report: ProofReport, language: str) -> list[str]:
    """The lines of a report that are neither an example, nor a snapshot, nor a place in a file."""
    text = render(report, "ru" if language == "ru" else "en")
    for finding in report["findings"]:
        shown = finding["witness"]
        if shown is not None:
            text = text.replace(shown["example"] or "\0", "").replace(shown["snapshot"], "")
    return [line for line in text.splitlines() if not re.search(r"\.yaml:\d+:\d+$", line)]


# --- examples -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("defect", SHOWN)
def test_an_example_that_is_pasted_at_the_end_of_its_policy_comes_out(
    reports: dict[str, ProofReport], defect: str
) -> None:
    pasted = 0
    texts = _texts(defect)
    for finding in reports[defect]["findings"]:
        shown = finding["witness"]
        if shown is None or shown["example"] is None:
            continue
        start = f"norm: {shown['policy']}\n".encode()
        with_it = [
            text._replace(data=text.data + shown["example"].encode()) if text.data.startswith(start) else text
            for text in texts
        ]
        assert with_it != texts
        library = load(with_it, read_vocabulary(schema_bytes("snapshot")))
        (result,) = [
            one for one in run_examples(library) if one.name == f"{finding['analysis']} {finding['digest']}"
        ]
        assert result.policy == shown["policy"]
        # That the remedy does not cure is just what is to be shown, so it is all that is amiss.
        amiss = {"remedy_sets"} if finding["core"][0] == "remedy" else set()
        assert {mismatch.what for mismatch in result.mismatches} == amiss
        assert not result.errors
        pasted += 1
    assert pasted


def test_a_contradiction_and_a_conflict_are_shown_by_a_norm_that_is_violated(
    reports: dict[str, ProofReport],
) -> None:
    for defect, analysis in (
        ("three-way-contradiction", "ANA-A5"),
        ("one-day-overlap", "ANA-A5"),
        ("one-day-overlap", "ANA-A6"),
        ("active-conflict", "ANA-A6"),
    ):
        (one,) = found(reports[defect], analysis)
        assert one["witness"] is not None
        verdicts = {said["policy"]: said["verdict"] for said in one["witness"]["says"]}
        assert verdicts[one["witness"]["policy"] or ""] == "violation"
        assert "unknown" not in verdicts.values()
        assert "expect: violation" in (one["witness"]["example"] or "")


def test_an_example_stands_in_the_report_as_deep_as_it_is_to_be_pasted(reports: dict[str, ProofReport]) -> None:
    text = render(reports["active-conflict"], "ru")
    (one,) = found(reports["active-conflict"], "ANA-A6")
    assert one["witness"] is not None
    assert f"\n{one['witness']['example']}" in text
    assert f"\n    - name: ANA-A6 {one['digest']}\n      as_of: " in text


BASE = "{organization: {kind: school, founder: region, alternatives_offered: [sms]}}"


def _written(document: dict[str, object], shows: bool = True) -> str:
    body = "applies_when: {kind: school}\nrequired: {alternatives_offered: {contains: sms}}"
    library = library_of(files_of(norm("T-ONE", body, base=BASE)))
    data = json.dumps({"schema": "sverka.snapshot/1", "as_of": "2025-10-01", **document}).encode()
    snapshot = read_snapshot(read_document(data, "witness.json"), library.vocabulary, library.names)[0]
    (result,) = check(snapshot, library.policies)
    return (
        case_text(
            library,
            library.policies.norms["T-ONE"],
            {"as_of": "2025-10-01", **document},
            result,
            "shown",
            lambda _: shows,
        )
        or ""
    )


def test_a_case_says_what_the_snapshot_says_and_takes_back_only_what_of_the_base_would_hide_it() -> None:
    school = {"inn": "7800000002", "region": "50", "kind": "school"}
    assert _written({"organization": {**school, "alternatives_offered": []}}) == (
        "    - name: shown\n      change: {organization: {alternatives_offered: []}}\n      expect: violation\n"
    )
    told = _written({"organization": school})
    assert "change: {organization: {alternatives_offered: unknown}}" in told
    assert "expect: unknown" in told
    assert _written({"organization": school}, shows=False) == ""


def test_a_case_about_a_list_that_may_hold_more_says_so_and_stands_without_an_item() -> None:
    body = "applies_when: {kind: order}\nrequired: {responsible_count: {at_least: 2}}"
    base = "{organization: {kind: school}, item: {kind: order, responsible_count: 3}}"
    library = library_of(files_of(norm("T-ONE", body, about="documents", base=base)))
    organization = {"inn": "7800000002", "region": "50", "kind": "school"}
    data = {"schema": "sverka.snapshot/1", "as_of": "2025-10-01", "organization": organization}
    snapshot = read_snapshot(read_document(json.dumps(data).encode(), "w.json"), library.vocabulary, library.names)[
        0
    ]
    (result,) = check(snapshot, library.policies)
    assert (result["subject"], result["verdict"]) == ("documents", "unknown")
    policy = library.policies.norms["T-ONE"]
    told = case_text(library, policy, data, result, "shown", lambda _: True) or ""
    assert "item_of: organization" in told
    assert "subject: documents" in told
    assert "coverage: {documents: unknown}" in told


def test_of_several_items_a_violation_is_shown_before_what_is_met_or_unknown() -> None:
    verdicts = ["unknown", "ok", "advice", "violation"]
    told: Any = [{"verdict": verdict} for verdict in verdicts]
    assert [one["verdict"] for one in sorted(told, key=_told_first)] == ["violation", "advice", "ok", "unknown"]


# --- words --------------------------------------------------------------------------------------------------------


def test_in_russian_no_verdict_reason_or_day_stands_as_a_code(reports: dict[str, ProofReport]) -> None:
    said = 0
    for report in reports.values():
        for line in _prose(report, "ru"):
            assert not re.search(r"\d{4}-\d\d-\d\d", line), line
            assert not re.search(r"\b(met|exempt|violation|unknown|ok|advice|not_\w+)\b", line), line
            said += bool(re.match(r"    D-[A-Z-]+, [\w\[\]]+: (нарушение|соблюдено|нет данных|действует)", line))
    assert said >= len(SHOWN)


def test_in_english_no_line_of_a_report_is_russian(reports: dict[str, ProofReport]) -> None:
    for report in reports.values():
        assert not [line for line in _prose(report, "en") if re.search("[а-яё]", line)]


@pytest.mark.parametrize(
    ("period", "after", "line"),
    [
        (Period(), "", "во все дни"),
        (Period(None, None), "", "во все дни"),
        ((2025, 3, 1), " с 01.03.2025", "с 01.03.2025"),
        ((2025, 3, 1, 2025, 3, 1), " 01.03.2025", "только 01.03.2025"),
        ((2025, 3, 1, 2025, 8, 31), " с 01.03.2025 по 31.08.2025", "с 01.03.2025 по 31.08.2025"),
        ((2025, 3, 1, 2099, 12, 31), " с 01.03.2025", "с 01.03.2025"),
        ((2000, 1, 1, 2025, 8, 31), " по 31.08.2025", "по 31.08.2025"),
    ],
)
def test_days_are_told_the_russian_way(period: Period | tuple[int, ...], after: str, line: str) -> None:
    from datetime import date

    if not isinstance(period, Period):
        last = date(period[3], period[4], period[5]) if len(period) == 6 else None
        period = Period(date(period[0], period[1], period[2]), last)
    assert (days_after(period).ru, days_line(period).ru) == (after, line)
    assert "." not in days_line(period).en


def test_many_policies_are_told_by_their_number() -> None:
    assert policies_told(["A", "B"]).ru == "`A`, `B`"
    assert policies_told([f"P-{number}" for number in range(22)]).ru == "22 политиках"
    assert policies_told([f"P-{number}" for number in range(21)]).ru == "21 политике"


def test_findings_of_one_policy_stand_in_an_order_that_a_reader_can_see() -> None:
    # The digests of these two stand the other way about.
    sources = [one["core"] for one in found(_report(_texts("swallowed-norm")), "ANA-A12")]
    assert sources == [["api"], ["export"]]


def test_only_what_can_be_taken_upon_oneself_says_how_to_acknowledge_it() -> None:
    always = norm("T-TWO", "applies_when: {kind: school}\nrequired: {any: [{kind: school}]}")
    school = norm(
        "T-ALL",
        "applies_when: {kind: {in: [school, preschool]}}\nrequired: {alternatives_offered: {contains: sms}}",
    )
    report = report_of(library_of(files_of(OFFER, always, school)))
    helps = {one["analysis"]: one["help"]["en"] for one in report["findings"]}
    assert {"ANA-A3", "ANA-A7"} <= set(helps)
    for analysis, help_ in helps.items():
        assert ("--known" in help_) == (analysis not in ("ANA-A7", "ANA-A8")), help_
    assert "record a reading" in helps["ANA-A3"]


def test_a_remedy_that_does_not_cure_is_not_called_a_contradiction(reports: dict[str, ProofReport]) -> None:
    (one,) = found(reports["remedy-does-not-cure"], "ANA-A5")
    assert one["title"]["en"] == "a remedy that does not cure"
    assert "record a reading" not in one["help"]["en"]


def test_the_totals_leave_out_entries_where_none_needs_attention(reports: dict[str, ProofReport]) -> None:
    lines = render(reports["active-conflict"], "ru").splitlines()
    assert lines[-1] == "Находок: ошибок 0, замечаний 1, к сведению 0; признано 0"
    assert re.fullmatch(r"Вопросов \d+: доказано, что такого снимка нет, — \d+; снимок найден — \d+", lines[-2])


# --- properties ---------------------------------------------------------------------------------------------------


def _property(policy: str, about: str = "organization") -> bytes:
    then = f"{{policy: {policy}, is_not: violation}}"
    return (
        f"properties: [{{id: never-both, title: {{ru: Не обе, en: Not both}}, about: {about}, "
        f"when: [{{policy: T-ONE, verdict: violation}}], then: [{then}]}}]"
    ).encode()


def test_a_property_that_was_proved_is_named() -> None:
    files: Files = files_of(OFFER, NEVER)
    library = library_of(files)
    stated = read_properties(_property("T-TWO"), "p.yaml", library)
    report = report_of(library, Asked(frozenset({"ANA-A19"}), stated=stated))
    assert report["counts"]["proved"] == 1
    assert "Ваше свойство `never-both` доказано: Не обе." in render(report, "ru")
    fails = read_properties(_property("T-TWO").replace(b"is_not", b"verdict"), "p.yaml", library)
    report = report_of(library, Asked(frozenset({"ANA-A19"}), stated=fails))
    assert "`never-both` is proved" not in render(report, "en")
    assert "your property `never-both` does not hold: Not both" in render(report, "en")


def test_an_unknown_list_does_not_hide_an_unknown_policy() -> None:
    with pytest.raises(InputError) as refused:
        read_properties(_property("T-TOO", about="organisation"), "p.yaml", library_of(files_of(OFFER, NEVER)))
    assert [problem.code for problem in refused.value.problems] == ["unknown-list", "unknown-name"]


# --- parameters ---------------------------------------------------------------------------------------------------


def test_a_gap_between_rows_is_told_once_and_not_as_a_contradiction_too() -> None:
    report = _report(_texts("parameter-gap"))
    assert [one["analysis"] for one in report["findings"]] == ["ANA-A10"]


def test_facts_that_nobody_tells_leave_no_duty_open() -> None:
    body = "applies_when: {kind: school}\nrequired: {all: [{sferum_connected: true}, {sferum_connected: false}]}"
    report = report_of(library_of(files_of(OFFER, norm("T-TWO", body))))
    assert {"ANA-A4"} <= {one["analysis"] for one in report["findings"]}
    late = norm("T-SIX", "applies_when: {kind: school, region: '50'}\nrequired: {sferum_connected: true}")
    never = norm("T-SEVEN", "applies_when: {kind: school, founder: region}\nrequired: {sferum_connected: false}")
    assert len(found(report_of(library_of(files_of(OFFER, late, never))), "ANA-A5")) == 1
