"""Known findings: by organization, policy and item, never by place; a list of them only shrinks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from validator.journeys.baseline import Recognizer, fresh, gravity_of, key_of, recognized, shrunk, text_of
from validator.journeys.gate import DEFAULT_GATE, gate_of
from validator.journeys.selection import Selection, select
from validator.language.library import Library, load, read_folder
from validator.language.vocabulary import read_vocabulary
from validator.logic.baseline import Baseline, Entry, Key, Known
from validator.logic.problem import InputError, Span
from validator.resources import named_policies, schema_bytes
from validator.snapshots.baseline import read_baseline

ONE, OTHER = "7800000002", "7800000108"
DAY, NEXT = "2025-10-01", "2025-11-01"
SCHEMA: dict[str, Any] = json.loads(schema_bytes("baseline"))


@pytest.fixture(scope="module")
def library() -> Library:
    return load(read_folder(named_policies("builtin")), read_vocabulary(schema_bytes("snapshot")))


def result(verdict: str = "violation", subject: str = "uses[0]", ref: str | None = "u_1", **more: Any) -> Any:
    row = {
        "organization": ONE,
        "as_of": DAY,
        "policy": "FM-BAN",
        "kind": "norm",
        "modality": "prohibition",
        "severity": "critical",
        "subject": subject,
        "ref": ref,
        "verdict": verdict,
        "disputed": None,
    }
    return {**row, **more}


def disputed(*verdicts: str) -> list[dict[str, str]]:
    return [{"reading": "other", "verdict": verdict} for verdict in verdicts]


def report(*results: Any, organizations: tuple[tuple[str, str], ...] = ((ONE, DAY),)) -> Any:
    return {
        "organizations": [{"organization": one, "as_of": day} for one, day in organizations],
        "results": list(results),
    }


def entry(item: str, verdict: Known = "violation", number: int = 1, organization: str = ONE) -> Entry:
    return Entry(Key(organization, "FM-BAN", item), verdict, number, Span("known.json", 4, 5, 4, 9))


def baseline(*entries: Entry) -> Baseline:
    return Baseline("known.json", "sha256:0", {one.key: one for one in entries})


def known_in(library: Library, found: Any, *entries: Entry) -> list[bool]:
    marked = recognized(found, Recognizer(baseline(*entries), library.policies))
    return [one.get("baseline", False) for one in marked["results"]]


# --- what a finding is known by -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "ref", "item"),
    [
        ("organization", None, "organization"),
        ("uses", None, "uses"),
        ("uses[3]", "u_1", "uses[u_1]"),
        ("activity[3]", None, "activity[]"),
        ("guardians[2].channels[0]", None, "guardians[].channels[]"),
        ("chats[1].admins[12]", "p_9", "chats[].admins[p_9]"),
    ],
)
def test_an_item_is_named_by_its_ref_and_never_by_a_number(subject: str, ref: str | None, item: str) -> None:
    assert key_of(result(subject=subject, ref=ref)) == Key(ONE, "FM-BAN", item)


@pytest.mark.parametrize(
    ("row", "gravity"),
    [
        (result("violation"), "violation"),
        (result("advice"), "violation"),
        (result("unknown"), "unknown"),
        (result("ok"), None),
        (result("waived"), None),
        (result("ok", disputed=disputed("violation")), "violation"),
        (result("unknown", disputed=disputed("violation")), "violation"),
        (result("ok", disputed=disputed("unknown")), "unknown"),
        (result("waived", disputed=disputed("unknown")), None),
        (result("unknown", kind="decision"), None),
    ],
)
def test_a_finding_is_as_grave_as_its_gravest_reading(row: Any, gravity: str | None) -> None:
    assert gravity_of(row) == gravity


# --- what is known --------------------------------------------------------------------------------------------


def test_a_known_finding_is_known_wherever_it_stands_now(library: Library) -> None:
    found = report(result("ok", "uses[0]", "u_0"), result("violation", "uses[1]", "u_1"))
    assert known_in(library, found, entry("uses[u_1]")) == [False, True]
    assert DEFAULT_GATE.blocks(result()) == 1


def test_another_item_organization_or_policy_is_not_known(library: Library) -> None:
    known = entry("uses[u_1]")
    found = report(
        result(ref="u_2"),
        result(policy="FM-GROUP"),
        result(subject="chats[0]"),
        organizations=((ONE, DAY),),
    )
    assert known_in(library, found, known) == [False, False, False]
    other = report(result(organization=OTHER), organizations=((OTHER, DAY),))
    assert known_in(library, other, known) == [False]


def test_a_known_violation_covers_an_unknown_and_not_the_other_way_round(library: Library) -> None:
    assert known_in(library, report(result("unknown")), entry("uses[u_1]", "violation")) == [True]
    assert known_in(library, report(result("violation")), entry("uses[u_1]", "unknown")) == [False]
    worse = result("unknown", disputed=disputed("violation"))
    assert known_in(library, report(worse), entry("uses[u_1]", "unknown")) == [False]


def test_a_graver_finding_than_is_known_is_told(library: Library) -> None:
    recognizer = Recognizer(baseline(entry("uses[u_1]", "unknown")), library.policies)
    use = recognized(report(result("violation")), recognizer)["baseline"]
    assert [one["item"] for one in use["outgrown"]] == ["uses[u_1]"]
    assert (use["known"], use["fixed"]) == (0, [])


def test_items_without_a_ref_are_known_by_their_number(library: Library) -> None:
    known = entry("activity[]", number=2)
    items = [result(subject=f"activity[{i}]", ref=None) for i in (0, 4, 7)]
    assert known_in(library, report(*items[1:]), known) == [True, True]
    assert known_in(library, report(items[0], result("ok", "activity[1]", None)), known) == [True, False]


def test_when_there_are_more_than_is_known_none_is_known(library: Library) -> None:
    recognizer = Recognizer(baseline(entry("activity[]", number=2)), library.policies)
    items = [result(subject=f"activity[{i}]", ref=None) for i in range(3)]
    found = recognized(report(*items), recognizer)
    assert not any("baseline" in one for one in found["results"])
    (told,) = found["baseline"]["outgrown"]
    assert (told["number"], told["found"]) == (2, 3)
    assert [line.number for line in shrunk(recognizer)] == [2]


# --- what has become of the list ------------------------------------------------------------------------------


def test_what_is_not_found_any_more_is_told_at_its_place_in_the_file(library: Library) -> None:
    gone = [result("ok"), result("waived"), result("ok", ref="u_2")]
    for row in gone:
        use = recognized(report(row), Recognizer(baseline(entry("uses[u_1]")), library.policies))["baseline"]
        (told,) = use["fixed"]
        assert (told["found"], told["number"]) == (0, 1)
        assert told["location"] == {"file": "known.json", "line": 4, "column": 5}


def test_an_organization_without_a_snapshot_is_told_apart(library: Library) -> None:
    known = baseline(entry("uses[u_1]"), entry("uses[u_1]", organization=OTHER))
    recognizer = Recognizer(known, library.policies)
    use = recognized(report(), recognizer)["baseline"]
    assert ([one["organization"] for one in use["fixed"]], use["not_judged"]) == ([ONE], 1)
    assert [line.key.organization for line in shrunk(recognizer)] == [OTHER]


def test_a_policy_that_did_not_judge_is_told_apart(library: Library) -> None:
    part = select(library.policies, Selection(("US-INVITE",)))
    recognizer = Recognizer(baseline(entry("uses[u_1]")), part)
    use = recognized(report(), recognizer)["baseline"]
    assert (use["fixed"], use["not_judged"]) == ([], 1)
    assert len(shrunk(recognizer)) == 1


def test_an_entry_is_needed_as_long_as_the_facts_of_any_day_need_it(library: Library) -> None:
    recognizer = Recognizer(baseline(entry("uses[u_1]")), library.policies)
    days = ((ONE, DAY), (ONE, NEXT))
    found = recognized(report(result(), result("ok", as_of=NEXT), organizations=days), recognizer)
    assert found["baseline"]["fixed"] == []
    recognizer.forget((ONE, DAY))
    assert len(recognizer.use()["fixed"]) == 1


def test_a_list_loses_what_is_gone_and_gains_nothing(library: Library) -> None:
    known = baseline(entry("activity[]", number=3), entry("uses[u_1]"), entry("uses[u_2]"))
    recognizer = Recognizer(known, library.policies)
    found = [result(ref="u_1"), result(ref="u_9"), result(subject="activity[0]", ref=None)]
    use = recognized(report(*found), recognizer)["baseline"]
    assert [(line.key.item, line.number) for line in shrunk(recognizer)] == [("activity[]", 1), ("uses[u_1]", 1)]
    assert [(one["item"], one["found"], one["number"]) for one in use["fixed"]] == [
        ("activity[]", 1, 3),
        ("uses[u_2]", 0, 1),
    ]


# --- writing --------------------------------------------------------------------------------------------------


def test_a_new_list_holds_what_blocks_and_makes_all_of_it_known(library: Library) -> None:
    rows = [
        result(),
        result("unknown", ref="u_2"),
        result(ref="u_3", severity="low"),
        result("ok", ref="u_4"),
        result(subject="activity[0]", ref=None),
        result("unknown", subject="activity[5]", ref=None),
        result(ref="u_5", disputed=disputed("ok")),
    ]
    lines = fresh(report(*rows), DEFAULT_GATE)
    assert [(line.key.item, line.verdict, line.number) for line in lines] == [
        ("activity[]", "violation", 2),
        ("uses[u_1]", "violation", 1),
        ("uses[u_2]", "unknown", 1),
    ]
    known = read_baseline(text_of(lines).encode(), "known.json", library.policies.norms)
    marked = recognized(report(*rows), Recognizer(known, library.policies))
    assert not any(DEFAULT_GATE.blocks(one) for one in marked["results"])
    strict = gate_of(["info"], "info", "strictest")
    assert {one["ref"] for one in marked["results"] if strict.blocks(one)} == {"u_3", "u_5"}


def test_a_list_is_the_same_bytes_in_whatever_order_findings_come() -> None:
    rows = [result(ref=f"u_{i}") for i in range(5)]
    assert text_of(fresh(report(*rows), DEFAULT_GATE)) == text_of(fresh(report(*reversed(rows)), DEFAULT_GATE))


def test_a_list_is_read_as_it_was_written_and_as_its_schema_says(library: Library) -> None:
    lines = fresh(
        report(result(), result("unknown", "activity[0]", None), result("unknown", "activity[1]", None)),
        DEFAULT_GATE,
    )
    text = text_of(lines)
    known = read_baseline(text.encode(), "known.json", library.policies.norms)
    assert [(one.key, one.verdict, one.number) for one in known.entries.values()] == [tuple(line) for line in lines]
    assert [one.span.line for one in known.entries.values()] == [4, 5]
    Draft7Validator.check_schema(SCHEMA)
    Draft7Validator(SCHEMA).validate(json.loads(text))
    assert json.loads(text_of([])) == {"schema": "sverka.baseline/1", "findings": []}


# --- reading --------------------------------------------------------------------------------------------------

SOUND = '{"organization": "7800000002", "policy": "FM-BAN", "item": "uses[u_1]", "verdict": "violation"}'
BROKEN = {
    "no JSON": ("{", "", ""),
    "another document": ('{"schema": "sverka.report/1", "findings": []}', "baseline-schema", "--write-baseline"),
    "no schema": ('{"findings": []}', "missing-key", "`schema:`"),
    "a list": ("[]", "", ""),
    "an unknown key": (SOUND.replace('"item"', '"itm": "x", "item"'), "unknown-key", "did you mean `item`?"),
    "no organization": (SOUND.replace('"organization": "7800000002", ', ""), "missing-key", "organization"),
    "a bad organization": (SOUND.replace("7800000002", "78"), "unknown-value", "for example 7800000002"),
    "a policy of another set": (SOUND.replace("FM-BAN", "OUR-OWN"), "unknown-name", "name the policy set"),
    "a misspelt policy": (SOUND.replace("FM-BAN", "FM-BNA"), "unknown-name", "did you mean `FM-BAN`?"),
    "an item by its number": (SOUND.replace("uses[u_1]", "uses[0].x[ "), "unknown-value", "uses[u_1]"),
    "a misspelt verdict": (SOUND.replace('"violation"', '"violatoin"'), "unknown-value", "`violation`"),
    "none of them": (SOUND.replace("}", ', "count": 0}'), "unknown-value", "remove this entry"),
    "a text for a number": (SOUND.replace("}", ', "count": "many"}'), "integer-expected", "digits only"),
    "an entry twice": (
        f"{SOUND},\n{SOUND.replace('violation', 'unknown')}",
        "duplicate-name",
        "keep one of the two",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_list_is_refused_at_the_place_of_each_mistake(name: str, library: Library) -> None:
    text, code, help_ = BROKEN[name]
    if text.startswith('{"organization') or text.startswith('{"policy'):
        text = f'{{"schema": "sverka.baseline/1", "findings": [\n{text}\n]}}'
    with pytest.raises(InputError) as caught:
        read_baseline(text.encode(), "known.json", library.policies.norms)
    (problem,) = caught.value.problems
    assert problem.span is not None
    assert (problem.span.file, code or problem.code) == ("known.json", problem.code)
    assert help_ in problem.help.en
    assert problem.message.ru
    assert problem.message.en
    assert problem.message.ru != problem.message.en


def test_every_mistake_is_told_at_once(library: Library) -> None:
    wrong = [SOUND.replace("FM-BAN", "NO-A"), SOUND.replace("7800000002", "1"), SOUND]
    text = '{"schema": "sverka.baseline/1", "findings": [\n' + ",\n".join(wrong) + "\n]}"
    with pytest.raises(InputError) as caught:
        read_baseline(text.encode(), "known.json", library.policies.norms)
    assert [problem.span and problem.span.line for problem in caught.value.problems] == [2, 3]


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    validator = Draft7Validator(SCHEMA)
    assert validator.is_valid({"schema": "sverka.baseline/1", "findings": [json.loads(SOUND)]})
    for name in ("an unknown key", "no organization", "a bad organization", "a misspelt verdict", "none of them"):
        found = json.loads(BROKEN[name][0])
        assert not validator.is_valid({"schema": "sverka.baseline/1", "findings": [found]}), name


def test_the_schema_is_told_in_both_languages() -> None:
    texts = ("title", "x-title-en", "description", "x-description-en", "markdownDescription")
    item = SCHEMA["properties"]["findings"]["items"]
    for part in (SCHEMA, *SCHEMA["properties"].values(), item, *item["properties"].values()):
        assert all(part.get(text) for text in texts), part


def test_the_schema_that_ships_is_the_one_in_the_folder() -> None:
    file = Path(__file__).resolve().parents[2] / "schemas" / "baseline.schema.json"
    assert file.read_bytes() == schema_bytes("baseline")
