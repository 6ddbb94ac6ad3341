"""The public contract of a report: the schema describes what the program writes, key by key."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import UnionType
from typing import Any, NotRequired, get_args, get_origin, get_type_hints, is_typeddict

import pytest
from jsonschema import Draft202012Validator
from report_validation import assert_valid_report, closed, published

from validator.cli.check import evaluate
from validator.logic import report as report_types
from validator.logic.policy import Force, Modality, Severity
from validator.logic.ways import Cause

SCHEMA = published()
ORGANIZATIONS = sorted((Path(__file__).resolve().parents[2] / "fixtures" / "organizations").iterdir())
SNAPSHOT = """
schema: sverka.snapshot/1
as_of: 2025-10-01
organization: {inn: "7800000002", region: "78", kind: school, founder: municipality, legal_form: budgetary}
coverage: {uses: partial, chats: complete}
uses:
  - {ref: u_1, service: whatsapp, actor: employee_on_duty, counterpart: [parents], purpose: inform,
     direction: outgoing, first_on: 2025-09-01, last_on: ongoing}
  - {ref: u_2, service: telegram, actor: employee_on_duty, counterpart: unknown, direction: outgoing}
chats:
  - {ref: h_1, platform: vk_messenger, kind: class, class: unknown}
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A report that holds a violation, unknowns, a decision, a warning-free organization and a quarantined file."""
    folder = tmp_path_factory.mktemp("snapshots")
    (folder / "school.yaml").write_text(SNAPSHOT, encoding="utf-8")
    (folder / "twice.json").write_text('{"schema": "sverka.snapshot/1", "schema": 1}', encoding="utf-8")
    (folder / "broken.yaml").write_text("a: [", encoding="utf-8")
    return json.loads(json.dumps(evaluate((str(folder),), (), None)))


def _mappings() -> Iterator[tuple[str, dict[str, Any]]]:
    yield "", SCHEMA
    yield from SCHEMA["$defs"].items()


def test_the_schema_is_a_valid_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_key_is_explained_in_russian_and_in_english() -> None:
    texts = ("title", "x-title-en", "description", "x-description-en")
    for name, mapping in _mappings():
        for key, spec in (("", mapping), *mapping["properties"].items()):
            assert all(spec.get(text) for text in texts), (name, key)


def test_every_word_is_explained_in_russian_and_in_english() -> None:
    def parts(part: Any) -> Iterator[dict[str, Any]]:
        if isinstance(part, dict):
            yield part
            for value in part.values():
                yield from parts(value)
        elif isinstance(part, list):
            for item in part:
                yield from parts(item)

    for part in parts(SCHEMA):
        if "enum" in part:
            assert part["enum"] == list(part["x-values"])
            assert all(text["ru"] and text["en"] for text in part["x-values"].values())


def test_there_is_room_for_new_keys() -> None:
    assert all("additionalProperties" not in mapping for _, mapping in _mappings())


# --- the schema and the types know the same keys ----------------------------------------------------------------

NAMES = {
    report_types.Report: "",
    report_types.BothTexts: "both_texts",
    report_types.Location: "location",
    report_types.MissingFact: "missing_fact",
    report_types.Evidence: "evidence",
    report_types.CitedPlace: "cited_place",
    report_types.OtherReading: "other_reading",
    report_types.CriterionResult: "criterion",
    report_types.AdviceText: "advice",
    report_types.SanctionText: "sanction",
    report_types.Approval: "approval",
    report_types.AppliedWaiver: "waiver",
    report_types.Result: "result",
    report_types.QuarantineRecord: "problem",
    report_types.OrganizationRow: "organization",
    report_types.Tool: "tool",
    report_types.PolicySetIdentity: "policy_set",
    report_types.PolicySelection: "policy_selection",
    report_types.WholePolicySet: "whole_policy_set",
    report_types.BaselineUse: "baseline_use",
    report_types.BaselineEntry: "baseline_entry",
    report_types.Inputs: "inputs",
    report_types.OkCounts: "ok_counts",
    report_types.Counts: "counts",
    report_types.NamedText: "named_text",
    report_types.PolicyEntry: "policy_entry",
    report_types.ReadingText: "reading_text",
    report_types.Names: "names",
}


def _types_of_reports() -> set[Any]:
    return {found for found in vars(report_types).values() if is_typeddict(found)}


def test_every_type_of_a_report_has_its_part_of_the_schema() -> None:
    assert set(NAMES) == _types_of_reports()
    assert set(NAMES.values()) == {"", *SCHEMA["$defs"]}


@pytest.mark.parametrize("type_", NAMES, ids=lambda found: found.__name__)
def test_the_schema_has_the_keys_of_the_type(type_: Any) -> None:
    mapping = dict(_mappings())[NAMES[type_]]
    hints = get_type_hints(type_, include_extras=True)
    assert list(mapping["properties"]) == list(hints)
    assert set(mapping["required"]) == {key for key, hint in hints.items() if get_origin(hint) is not NotRequired}


@pytest.mark.parametrize("type_", NAMES, ids=lambda found: found.__name__)
def test_a_key_may_be_null_exactly_when_its_type_may_be_none(type_: Any) -> None:
    mapping = dict(_mappings())[NAMES[type_]]
    for key, hint in get_type_hints(type_).items():
        nullable = hint is type(None) or (get_origin(hint) is UnionType and type(None) in get_args(hint))
        own = {"$defs": SCHEMA["$defs"], **mapping["properties"][key]}
        assert Draft202012Validator(own).is_valid(None) == nullable, key


def test_the_words_are_those_of_the_program() -> None:
    result = SCHEMA["$defs"]["result"]["properties"]
    assert result["modality"]["anyOf"][0]["enum"] == [word.value for word in Modality]
    assert result["severity"]["anyOf"][0]["enum"] == [word.value for word in Severity]
    assert result["force"]["enum"] == [word.value for word in Force]
    assert SCHEMA["$defs"]["missing_fact"]["properties"]["cause"]["enum"] == list(get_args(Cause))
    reasons = [*SCHEMA["$defs"]["ok_counts"]["properties"]]
    assert result["reason"]["anyOf"][0]["enum"] == reasons
    assert SCHEMA["properties"]["schema"]["const"] == report_types.SCHEMA


# --- reports ------------------------------------------------------------------------------------------------------


def test_a_report_of_many_kinds_of_result_is_valid(
    report: dict[str, Any], valid_report: Callable[[Any], None]
) -> None:
    assert report["counts"]["violation"]
    assert report["counts"]["unknown"]
    assert {result["kind"] for result in report["results"]} == {"norm", "decision"}
    assert report["inputs"] == {"documents": 3, "evaluated": 1, "quarantined": 2, "not_reached": 0}
    valid_report(report)


def test_a_report_on_all_fixtures_is_valid() -> None:
    assert_valid_report(evaluate(tuple(str(file) for file in ORGANIZATIONS), (), None))


def test_a_report_with_a_later_key_is_valid_for_consumers(report: dict[str, Any]) -> None:
    later = copy.deepcopy(report)
    later["results"][0]["invented"] = 1
    later["invented"] = 1
    assert Draft202012Validator(SCHEMA).is_valid(later)
    with pytest.raises(AssertionError, match="invented"):
        assert_valid_report(later)


def _first(report: dict[str, Any], verdict: str) -> dict[str, Any]:
    found: dict[str, Any] = next(result for result in report["results"] if result["verdict"] == verdict)
    return found


SPOILS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "a key is left out": lambda r: r["results"][0].pop("topic"),
    "a nested key is left out": lambda r: r["results"][0]["location"].pop("column"),
    "a line is counted from nought": lambda r: r["results"][0]["location"].update(line=0),
    "a verdict of a norm is invented": lambda r: _first(r, "violation").update(verdict="bad"),
    "a violation has a reason": lambda r: _first(r, "violation").update(reason="met"),
    "a cause is invented": lambda r: _first(r, "unknown")["missing"][0].update(cause="lost"),
    "an ok has no reason": lambda r: _first(r, "ok").update(reason=None),
    "a dispute names no reading": lambda r: r["results"][0].update(disputed=[]),
    "a date is none": lambda r: r["results"][0].update(as_of="2025-10-1"),
    "a number is a text": lambda r: r["counts"].update(violation="1"),
    "a count is wrong": lambda r: r["counts"].update(violation=99),
    "documents do not add up": lambda r: r["inputs"].update(documents=9),
    "a text is in one language": lambda r: r["results"][0]["title"].pop("en"),
    "the INN of an entrepreneur stands open": lambda r: r["results"][0].update(organization="780000000202"),
    "organizations are out of order": lambda r: r["results"][-1].update(organization="0000000000"),
    "a subject is no path": lambda r: r["results"][0].update(subject="uses[x]"),
    "the format is another": lambda r: r.update(schema="sverka.report/2"),
}


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_spoilt_report_is_refused(spoil: str, report: dict[str, Any]) -> None:
    spoilt = copy.deepcopy(report)
    SPOILS[spoil](spoilt)
    with pytest.raises(AssertionError):
        assert_valid_report(spoilt)


def test_closing_the_schema_leaves_the_published_one_open() -> None:
    assert closed(SCHEMA) != SCHEMA
    test_there_is_room_for_new_keys()
