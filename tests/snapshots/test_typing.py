"""How values are spelled: the table of the format, field kind by field kind, in both syntaxes."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from snapshot_documents import (
    SYNTAXES,
    VOCABULARY,
    Syntax,
    found,
    minimal,
    read,
    read_text,
    refused,
    refused_text,
    spelled,
    value_at,
    with_field,
)

from validator.logic.shape import FieldShape, Kind
from validator.logic.values import OngoingDay, SpecialDay, UnregisteredName

both = pytest.mark.parametrize("syntax", SYNTAXES)


class Refused(str):
    """The code that a spelling is refused with."""

    __slots__ = ()


WRONG, NULL, DAY = Refused("wrong-type"), Refused("null-value"), Refused("bad-date")
WORD, FORM, RANGE = Refused("unknown-value"), Refused("bad-format"), Refused("out-of-range")
NOT_JSON = Refused("not JSON at all")
UNKNOWN = None

# field, spelling as it stands in the document, what YAML reads, what JSON reads
TEXT, REF, ENUM = "organization.name", "chats.successor", "organization.legal_form"
SERVICE, BOOLEAN, INTEGER = "uses.service", "organization.sferum_connected", "chats.member_count"
DECIMAL, DATE, SET = "organization.public_share.region", "uses.first_on", "uses.counterpart"
MONTH, INSTANT, ID = "activity.period", "collected_at", "organization.oktmo"
SPELLINGS: list[tuple[str, str, Any, Any]] = [
    # text, id, date, enum: in JSON a string, in YAML any scalar as written
    (TEXT, '"Школа"', "Школа", "Школа"),
    (TEXT, "Школа № 100", "Школа № 100", NOT_JSON),
    (TEXT, "'Школа'", "Школа", NOT_JSON),
    (TEXT, "12", "12", WRONG),
    (TEXT, "1.50", "1.50", WRONG),
    (TEXT, "true", "true", WRONG),
    (TEXT, "false", "false", WRONG),
    (TEXT, '" "', WRONG, WRONG),
    (TEXT, '""', WRONG, WRONG),
    (TEXT, '"null"', "null", "null"),
    (TEXT, '"~"', "~", "~"),
    (TEXT, "[]", WRONG, WRONG),
    (TEXT, "{}", WRONG, WRONG),
    (TEXT, '["x"]', WRONG, WRONG),
    (ID, "01701000", "01701000", NOT_JSON),
    (ID, '"01701000"', "01701000", "01701000"),
    (ID, "41701000", "41701000", WRONG),
    (ID, '"0170100"', FORM, FORM),
    (ID, '"０１７０１０００"', FORM, FORM),
    (ENUM, '"budgetary"', "budgetary", "budgetary"),
    (ENUM, "budgetary", "budgetary", NOT_JSON),
    (ENUM, '"Budgetary"', WORD, WORD),
    (ENUM, '"budgetary "', WORD, WORD),
    (ENUM, '""', WORD, WORD),
    (ENUM, "1", WORD, WRONG),
    (ENUM, "true", WORD, WRONG),
    (REF, '"none"', "none", "none"),
    (REF, '"h_1"', "h_1", "h_1"),
    (REF, '"p_1"', FORM, FORM),
    (REF, '"h_"', FORM, FORM),
    (REF, '"H_1"', FORM, FORM),
    (REF, '"h_1\\n"', FORM, FORM),
    (REF, '"h_школа"', FORM, FORM),
    (REF, "1", FORM, WRONG),
    (SERVICE, '"max"', "max", "max"),
    (SERVICE, "max", "max", NOT_JSON),
    (SERVICE, '"another"', UnregisteredName("another"), UnregisteredName("another")),
    (SERVICE, "5", UnregisteredName("5"), WRONG),
    (SERVICE, '" "', WRONG, WRONG),
    # dates
    (DATE, '"2025-09-01"', date(2025, 9, 1), date(2025, 9, 1)),
    (DATE, "2025-09-01", date(2025, 9, 1), NOT_JSON),
    (DATE, '"2024-02-29"', date(2024, 2, 29), date(2024, 2, 29)),
    (DATE, '"2025-02-29"', DAY, DAY),
    (DATE, '"2025-9-1"', DAY, DAY),
    (DATE, '"01.09.2025"', DAY, DAY),
    (DATE, '"2025-09-01T00:00:00"', DAY, DAY),
    (DATE, '"2025-09-01 "', DAY, DAY),
    (DATE, '"20250901"', DAY, DAY),
    (DATE, '"2025-W36-1"', DAY, DAY),
    (DATE, '"0000-01-01"', DAY, DAY),
    (DATE, '"２０２５-09-01"', DAY, DAY),
    (DATE, '"never"', DAY, DAY),
    (DATE, "20250901", DAY, WRONG),
    (DATE, "true", DAY, WRONG),
    (DATE, '{"y": 2025}', WRONG, WRONG),
    ("uses.last_on", '"ongoing"', OngoingDay(2025, 9, 25), OngoingDay(2025, 9, 25)),
    ("uses.last_on", '"never"', DAY, DAY),
    ("chats.transferred_on", '"never"', SpecialDay.NEVER, SpecialDay.NEVER),
    ("chats.transferred_on", '"ongoing"', DAY, DAY),
    ("documents.in_force_through", '"open_ended"', SpecialDay.OPEN_ENDED, SpecialDay.OPEN_ENDED),
    ("documents.in_force_through", '"Open_ended"', DAY, DAY),
    (MONTH, '"2025-02"', date(2025, 2, 28), date(2025, 2, 28)),
    (MONTH, '"2024-02"', date(2024, 2, 29), date(2024, 2, 29)),
    (MONTH, "2025-02", date(2025, 2, 28), NOT_JSON),
    (MONTH, '"2025-13"', WRONG, WRONG),
    (MONTH, '"2025-2"', WRONG, WRONG),
    (MONTH, '"2025-02-01"', WRONG, WRONG),
    # booleans
    (BOOLEAN, "true", True, True),
    (BOOLEAN, "false", False, False),
    (BOOLEAN, '"true"', WRONG, WRONG),
    (BOOLEAN, "'true'", WRONG, NOT_JSON),
    (BOOLEAN, "True", WRONG, NOT_JSON),
    (BOOLEAN, "TRUE", WRONG, NOT_JSON),
    (BOOLEAN, "yes", WRONG, NOT_JSON),
    (BOOLEAN, "no", WRONG, NOT_JSON),
    (BOOLEAN, "on", WRONG, NOT_JSON),
    (BOOLEAN, "y", WRONG, NOT_JSON),
    (BOOLEAN, "0", WRONG, WRONG),
    (BOOLEAN, "1", WRONG, WRONG),
    (BOOLEAN, '"no"', WRONG, WRONG),
    (BOOLEAN, "[true]", WRONG, WRONG),
    # integers
    (INTEGER, "0", 0, 0),
    (INTEGER, "30", 30, 30),
    (INTEGER, "-0", 0, 0),
    (INTEGER, "9007199254740991", 2**53 - 1, 2**53 - 1),
    (INTEGER, "-1", RANGE, RANGE),
    (INTEGER, "1.0", WRONG, WRONG),
    (INTEGER, "1e3", WRONG, WRONG),
    (INTEGER, "1_000", WRONG, NOT_JSON),
    (INTEGER, "0x1F", WRONG, NOT_JSON),
    (INTEGER, "010", WRONG, NOT_JSON),
    (INTEGER, "+5", WRONG, NOT_JSON),
    (INTEGER, '"30"', WRONG, WRONG),
    (INTEGER, "true", WRONG, WRONG),
    (INTEGER, "٣", WRONG, NOT_JSON),
    ("classes.grade", "11", 11, 11),
    ("classes.grade", "12", RANGE, RANGE),
    # decimals: in JSON a string, because a JSON number is no exact decimal everywhere
    (DECIMAL, '"50.01"', Decimal("50.01"), Decimal("50.01")),
    (DECIMAL, "50.01", Decimal("50.01"), WRONG),
    (DECIMAL, '"50.00"', Decimal("50.00"), Decimal("50.00")),
    (DECIMAL, '"0"', Decimal(0), Decimal(0)),
    (DECIMAL, "50", Decimal(50), WRONG),
    (DECIMAL, '"50,01"', WRONG, WRONG),
    (DECIMAL, '"5e1"', WRONG, WRONG),
    (DECIMAL, '"50%"', WRONG, WRONG),
    (DECIMAL, '".5"', WRONG, WRONG),
    (DECIMAL, '"5."', WRONG, WRONG),
    (DECIMAL, '"NaN"', WRONG, WRONG),
    (DECIMAL, '" 5"', WRONG, WRONG),
    (DECIMAL, '"+5"', WRONG, WRONG),
    (DECIMAL, '"050"', FORM, FORM),
    (DECIMAL, '"-0"', FORM, FORM),
    (DECIMAL, '"-1"', RANGE, RANGE),
    (DECIMAL, '"100.01"', RANGE, RANGE),
    (DECIMAL, '"0.' + "0" * 39 + '"', WRONG, WRONG),
    # sets
    (SET, '["parents", "students"]', frozenset({"parents", "students"}), frozenset({"parents", "students"})),
    (SET, "[]", frozenset(), frozenset()),
    (SET, '["parents", "parents"]', Refused("repeated-value"), Refused("repeated-value")),
    (SET, '"parents"', WRONG, WRONG),
    (SET, '{"parents": true}', WRONG, WRONG),
    (SET, '["unknown"]', WRONG, WRONG),
    (SET, "[null]", WRONG, WRONG),
    (SET, '["Parents"]', WORD, WORD),
    (SET, "[1]", WORD, WRONG),
    (SET, '[["parents"]]', WRONG, WRONG),
    # the moment of collection
    (INSTANT, '"2025-09-25T08:00:00+03:00"', ..., ...),
    (INSTANT, '"2025-09-25T08:00:00.123Z"', ..., ...),
    (INSTANT, '"2025-09-25T08:00:00"', FORM, FORM),
    (INSTANT, '"2025-09-25"', FORM, FORM),
    (INSTANT, '"2025-09-25T25:00:00Z"', DAY, DAY),
    (INSTANT, '"2025-13-45T08:00:00Z"', DAY, DAY),
    # an address of a page
    ("documents.url", '"https://школа100.рф/приказ"', "https://школа100.рф/приказ", "https://школа100.рф/приказ"),
    ("documents.url", '"javascript:alert(1)"', FORM, FORM),
    ("documents.url", '"http://"', FORM, FORM),
]
# What stands for “nobody told us” and what is refused, whatever the kind of the field.
for every in (TEXT, REF, ENUM, SERVICE, BOOLEAN, INTEGER, DECIMAL, DATE, SET, MONTH, ID):
    SPELLINGS += [
        (every, '"unknown"', UNKNOWN, UNKNOWN),
        (every, "unknown", UNKNOWN, NOT_JSON),
        (every, "null", NULL, NULL),
        (every, "~", NULL, NOT_JSON),
        (every, "Null", NULL, NOT_JSON),
        (every, "", NULL, NOT_JSON),
    ]


def document_with(field: str, spelling: str) -> str:
    """A JSON text, which is YAML too, with the spelling put in place of a value as it is."""
    text = json.dumps(with_field(field, "@@@"), ensure_ascii=False)
    assert text.count('"@@@"') == 1
    return text.replace('"@@@"', spelling)


@pytest.mark.parametrize(
    ("field", "spelling", "syntax", "expected"),
    [
        pytest.param(field, spelling, syntax, expected, id=f"{syntax}: {field}: {spelling}")
        for field, spelling, *outcomes in SPELLINGS
        for syntax, expected in zip(SYNTAXES, outcomes, strict=True)
        if expected is not NOT_JSON
    ],
)
def test_a_spelling_means_what_the_table_says(field: str, spelling: str, syntax: Syntax, expected: Any) -> None:
    text = document_with(field, spelling)
    if isinstance(expected, Refused):
        (problem,) = refused_text(text, syntax)
        path = field if field.startswith("organization") else field.replace(".", "[0].", 1)
        assert (problem.code, problem.path) == (expected, path)
        assert problem.span is not None
        assert problem.span.line == 1
        key = f'"{field.rpartition(".")[2]}": '
        place = text.rindex(key) + len(key) + 1
        in_a_set = field == SET and spelling.startswith("[")
        assert problem.span.column == place or (in_a_set and place < problem.span.column < place + len(spelling))
        return
    snapshot, warnings = read_text(text, syntax)
    assert warnings == []
    if expected is not ...:
        value = value_at(snapshot, field)
        assert value == expected
        assert type(value) is type(expected)


def test_what_the_table_calls_no_json_is_none() -> None:
    for field, spelling, _, expected in SPELLINGS:
        if expected is NOT_JSON:
            with pytest.raises(json.JSONDecodeError):
                json.loads(document_with(field, spelling))


def shape_of(path: str) -> FieldShape:
    """The shape of a field."""
    *steps, name = path.split(".")
    shape = VOCABULARY.document
    for step in steps:
        inner = shape.fields[step].record
        assert inner is not None
        shape = inner
    return shape.fields[name]


def test_every_kind_of_value_is_in_the_table() -> None:
    kinds = {shape_of(field).kind for field, *_ in SPELLINGS}
    assert kinds == set(Kind) - {Kind.RECORD, Kind.LIST}


# --- the threats by their ids --------------------------------------------------------------------------------

IN_TEXT = """schema: sverka.snapshot/1
as_of: 2025-09-25
organization:
  inn: "7800000002"
  region: "78"
  kind: school
  name: {}
"""
IN_COUNT = """schema: sverka.snapshot/1
as_of: 2025-09-25
organization: {{inn: "7800000002", region: "78", kind: school}}
chats:
  - ref: h_1
    member_count: {}
"""
IN_DATE = """schema: sverka.snapshot/1
as_of: 2025-09-25
organization: {{inn: "7800000002", region: "78", kind: school}}
uses:
  - {{ref: u_1, first_on: {}}}
"""
AS_WRITTEN = {
    "IN-Y10": "no", "IN-Y11": "020101001", "IN-Y12": "22:00", "IN-Y13": "0x1F", "IN-Y14": "1_000", "IN-Y15": ".inf",
    "IN-Y16": "=", "IN-Y17-in-text": "2025-11-01",
}  # fmt: skip


@pytest.mark.parametrize(("case", "word"), AS_WRITTEN.items(), ids=AS_WRITTEN)
def test_a_text_field_keeps_a_plain_word_as_written(case: str, word: str) -> None:
    snapshot, _ = read_text(IN_TEXT.format(word), "yaml")
    assert snapshot.root.values["name"] == word, case


@pytest.mark.parametrize(("case", "word"), AS_WRITTEN.items(), ids=AS_WRITTEN)
def test_a_count_takes_none_of_these_words(case: str, word: str) -> None:
    (problem,) = refused_text(IN_COUNT.format(word), "yaml")
    assert (problem.code, problem.path) == ("wrong-type", "chats[0].member_count"), case
    assert problem.where() == "school.yaml:6:19"


def test_in_y17_an_unquoted_date_is_a_date_where_one_is_wanted() -> None:
    snapshot, _ = read_text(IN_DATE.format("2025-09-01"), "yaml")
    assert value_at(snapshot, "uses.first_on") == date(2025, 9, 1)


def test_in_y18_a_day_that_does_not_exist() -> None:
    (problem,) = refused_text(IN_DATE.format("2025-13-45"), "yaml")
    assert (problem.code, problem.path, problem.where()) == ("bad-date", "uses[0].first_on", "school.yaml:5:26")


IN_JSON = """{
  "schema": "sverka.snapshot/1",
  "as_of": "2025-09-25",
  "organization": {"inn": "7800000002", "region": "78", "kind": "school"%s}%s
}
"""


@pytest.mark.parametrize(
    ("case", "more", "rest", "code", "path", "place"),
    [
        ("IN-J12", "", ', "chats": [{"ref": "h_1", "member_count": 1.0}]', "wrong-type", "chats[0].member_count",
         "4:117"),
        ("IN-J38", ', "__proto__": {"kind": "other"}', "", "unknown-key", "organization", "4:75"),
        ("IN-J38", ', "__class__": "x"', "", "unknown-key", "organization", "4:75"),
        ("IN-J38", ', "constructor": null', "", "unknown-key", "organization", "4:75"),
        ("IN-J38", "", ', "__proto__": []', "unknown-key", "", "4:76"),
        ("IN-J40", ', "sferum_connected": "true"', "", "wrong-type", "organization.sferum_connected", "4:95"),
        ("IN-J40", ', "sferum_connected": 0', "", "wrong-type", "organization.sferum_connected", "4:95"),
        ("IN-J40", ', "sferum_connected": "no"', "", "wrong-type", "organization.sferum_connected", "4:95"),
    ],
)  # fmt: skip
def test_a_json_document_is_quarantined(case: str, more: str, rest: str, code: str, path: str, place: str) -> None:
    (problem,) = refused_text(IN_JSON % (more, rest), "json")
    assert (problem.code, problem.path, problem.where()) == (code, path, f"school.json:{place}"), case
    assert all((*problem.message, *problem.help))


# --- required, unknown, null ---------------------------------------------------------------------------------


@both
def test_a_document_without_anything_names_everything_it_lacks(syntax: Syntax) -> None:
    lacking = [("missing-key", "as_of"), ("missing-key", "organization"), ("missing-key", "schema")]
    assert sorted(found(refused({"coverage": {}}, syntax))) == lacking


@both
@pytest.mark.parametrize("name", ["inn", "region", "kind"])
def test_what_is_required_of_an_organization_must_be_there_and_known(name: str, syntax: Syntax) -> None:
    document = minimal()
    del document["organization"][name]
    assert found(refused(document, syntax)) == [("missing-key", f"organization.{name}")]
    document["organization"][name] = "unknown"
    assert found(refused(document, syntax)) == [("required-value", f"organization.{name}")]
    document["organization"][name] = None
    assert found(refused(document, syntax)) == [("null-value", f"organization.{name}")]


@both
@pytest.mark.parametrize("name", ["people", "guardians", "classes", "chats", "uses", "documents"])
def test_every_item_that_has_a_ref_must_give_it(name: str, syntax: Syntax) -> None:
    assert found(refused(minimal(**{name: [{}]}), syntax)) == [("missing-key", f"{name}[0].ref")]
    assert found(refused(minimal(**{name: [{"ref": "unknown"}]}), syntax)) == [("required-value", f"{name}[0].ref")]


@both
@pytest.mark.parametrize("version", ["sverka.snapshot/2", "", "SVERKA.SNAPSHOT/1", "unknown"])
def test_another_version_of_the_format_is_refused(version: str, syntax: Syntax) -> None:
    assert found(refused(minimal(schema=version), syntax)) == [("unknown-schema", "schema")]


@both
def test_the_day_of_the_facts_must_be_a_day(syntax: Syntax) -> None:
    assert found(refused(minimal(as_of="unknown"), syntax)) == [("required-value", "as_of")]
    assert found(refused(minimal(as_of="2025-02-30"), syntax)) == [("bad-date", "as_of")]
    assert found(refused(minimal(as_of="never"), syntax)) == [("bad-date", "as_of")]


@both
def test_a_frame_that_is_wrong_does_not_hide_the_mistakes_inside(syntax: Syntax) -> None:
    document = {"schema": "x", "organization": [], "source": "guess", "uses": [{"ref": "u_1", "actor": "me"}]}
    expected = {
        ("unknown-schema", "schema"),
        ("missing-key", "as_of"),
        ("wrong-type", "organization"),
        ("unknown-value", "source"),
        ("unknown-value", "uses[0].actor"),
    }
    assert set(found(refused(document, syntax))) == expected


@both
@pytest.mark.parametrize("name", ["people", "services", "roadmap", "coercion_events"])
@pytest.mark.parametrize("value", [{}, [], "x", 1, True])
def test_a_container_is_of_its_kind(name: str, value: Any, syntax: Syntax) -> None:
    fits = isinstance(value, dict if name == "roadmap" else list)
    if fits:
        read(minimal(**{name: value}), syntax)
    else:
        assert found(refused(minimal(**{name: value}), syntax)) == [("wrong-type", name)]


@both
@pytest.mark.parametrize("name", ["organization", "people", "roadmap"])
def test_a_container_can_not_be_null(name: str, syntax: Syntax) -> None:
    assert ("null-value", name) in found(refused(minimal() | {name: None}, syntax))


@both
@pytest.mark.parametrize("item", ["u_1", 1, None, []])
def test_an_item_of_a_list_is_a_record(item: Any, syntax: Syntax) -> None:
    assert found(refused(minimal(uses=[item]), syntax)) == [("wrong-type", "uses[0]")]


@both
def test_deleted_account_counts_as_unknown(syntax: Syntax) -> None:
    snapshot = read(with_field("chats.creator.role_at_creation", "deleted_account"), syntax)
    assert value_at(snapshot, "chats.creator.role_at_creation") is None
    snapshot = read(with_field("chats.creator.role_at_creation", "teacher"), syntax)
    assert value_at(snapshot, "chats.creator.role_at_creation") == "teacher"


# --- service names -------------------------------------------------------------------------------------------


@both
@pytest.mark.parametrize(
    ("written", "service"),
    [
        ("МАХ", "max"),  # Cyrillic letters
        ("MAX", "max"),
        ("Макс", "max"),
        ("ватсап", "whatsapp"),
        ("ВатсАп", "whatsapp"),
        ("  ватс   ап ", "whatsapp"),
        ("ｗｈａｔｓａｐｐ", "whatsapp"),
        ("телеграм", "telegram"),
    ],
)
def test_an_alias_is_resolved_to_the_id_of_its_service(written: str, service: str, syntax: Syntax) -> None:
    for field in ("uses.service", "chats.platform"):
        value = value_at(read(with_field(field, written), syntax), field)
        assert value == service
        assert not isinstance(value, UnregisteredName)
    for field in ("documents.services_named", "organization.state_systems_in_use"):
        assert value_at(read(with_field(field, [written]), syntax), field) == frozenset({service})


@both
def test_a_name_that_no_register_knows_is_kept_as_written(syntax: Syntax) -> None:
    value = value_at(read(with_field("uses.service", "Какой-то мессенджер"), syntax), "uses.service")
    assert value == "Какой-то мессенджер"
    assert isinstance(value, UnregisteredName)
    field = "documents.services_named"
    inside = value_at(read(with_field(field, ["новый", "max"]), syntax), field)
    assert inside == frozenset({"новый", "max"})
    assert {type(name) for name in inside} == {str, UnregisteredName}


@both
def test_two_names_of_one_service_in_a_set_are_a_repeat(syntax: Syntax) -> None:
    (problem,) = refused(with_field("documents.services_named", ["ватсап", "max", "WhatsApp"]), syntax)
    assert (problem.code, problem.path) == ("repeated-value", "documents[0].services_named")


def test_a_name_of_128_characters_is_the_longest() -> None:
    read(with_field("uses.service", "ж" * 128))
    assert found(refused(with_field("uses.service", "ж" * 129))) == [("too-long", "uses[0].service")]


# --- coverage ------------------------------------------------------------------------------------------------

LISTS = ["people", "guardians", "classes", "chats", "uses", "documents", "services", "activity", "coercion_events"]
NESTED = ["guardians.channels", "chats.admins", "chats.ranks", "chats.missing_members", "chats.invitations"]


def covered(name: str, coverage: Any, items: Any = ...) -> dict[str, Any]:
    """A document that says so much of a list; `...` leaves a part out."""
    outer, _, inner = name.partition(".")
    told = {} if items is ... else {inner or outer: items}
    if inner:
        row = {"ref": f"{outer[0] if outer != 'chats' else 'h'}_1"} | told
        return minimal(**{outer: [row | ({} if coverage is ... else {f"{inner}_coverage": coverage})]})
    return minimal(**told) | ({} if coverage is ... else {"coverage": {outer: coverage}})


def test_these_are_all_lists() -> None:
    assert set(VOCABULARY.lists) == {*LISTS, *NESTED}


@both
@pytest.mark.parametrize("name", [*LISTS, *NESTED])
@pytest.mark.parametrize(
    ("coverage", "items", "closed"),
    [
        ("complete", ..., True),  # absent, and nothing is missing: the empty list
        ("complete", [], True),
        ("partial", ..., False),
        ("partial", [], False),
        ("unknown", ..., False),
        ("unknown", [], False),
        (..., ..., False),
        (..., [], False),
        ("complete", "unknown", False),  # a list nobody knows is no proof of anything
        ("partial", "unknown", False),
    ],
)
def test_a_list_is_a_proof_only_when_it_is_complete(
    name: str, coverage: Any, items: Any, closed: bool, syntax: Syntax
) -> None:
    (items_read,) = read(covered(name, coverage, items), syntax).items(name)
    assert (items_read.closed, len(items_read)) == (closed, 0)


@both
@pytest.mark.parametrize("name", [*LISTS, *NESTED])
@pytest.mark.parametrize("coverage", ["full", "Complete", "", True, 1, None, [], {}])
def test_a_coverage_is_one_of_three_words(name: str, coverage: Any, syntax: Syntax) -> None:
    outer, _, inner = name.partition(".")
    path = f"{outer}[0].{inner}_coverage" if inner else f"coverage.{outer}"
    assert found(refused(covered(name, coverage), syntax)) == [("unknown-value", path)]


@both
def test_coverage_as_a_whole(syntax: Syntax) -> None:
    assert not read(minimal(coverage="unknown"), syntax).root.lists["chats"].closed
    assert found(refused(minimal(coverage=[]), syntax)) == [("wrong-type", "coverage")]
    assert found(refused(minimal(coverage=None), syntax)) == [("wrong-type", "coverage")]
    assert found(refused(minimal(coverage={"chat": "complete"}), syntax)) == [("unknown-key", "coverage")]


def test_the_lists_of_a_record_that_is_not_there_are_there_and_open() -> None:
    chat = read(minimal(chats=[{"ref": "h_1"}])).root.lists["chats"].items[0]
    assert {name: items.closed for name, items in chat.lists.items()} == {
        "admins": False, "ranks": False, "missing_members": False, "invitations": False,
    }  # fmt: skip
    assert chat.records["creator"].values == {}


# --- records and references ----------------------------------------------------------------------------------


@both
def test_a_reference_finds_its_item(syntax: Syntax) -> None:
    chat = {"ref": "h_1", "creator": {"ref": "p_1"}, "ranks": [{"owner": "p_1", "rank": 1}]}
    snapshot = read(minimal(people=[{"ref": "p_1", "roles": ["teacher"]}], chats=[chat]), syntax)
    owner = snapshot.referred("people", "p_1")
    assert owner is not None
    assert owner.values["roles"] == frozenset({"teacher"})
    assert snapshot.referred("people", "p_2") is None
    (ranks,) = snapshot.items("chats.ranks")
    assert ranks.items[0].parent is snapshot.root.lists["chats"].items[0]


@both
def test_the_identity_of_the_organization(syntax: Syntax) -> None:
    snapshot = read(minimal(), syntax)
    assert (snapshot.inn, snapshot.region, snapshot.kind) == ("7800000002", "78", "school")
    assert snapshot.as_of == date(2025, 9, 25)
    assert snapshot.digest.startswith("sha256:")


# --- all mistakes together -----------------------------------------------------------------------------------


@both
def test_all_mistakes_come_together_in_the_order_of_the_document(syntax: Syntax) -> None:
    document = minimal(
        uses=[{"ref": "u_1", "actor": "me", "personal_data": "yes", "counterpart": ["x", "parents", "y"]}],
        coverage={"uses": "full"},
        organization={"founder": None, "colour": "red"},
    )
    problems = refused(document, syntax)
    assert sorted(found(problems)) == [
        ("null-value", "organization.founder"),
        ("unknown-key", "organization"),
        ("unknown-value", "coverage.uses"),
        ("unknown-value", "uses[0].actor"),
        ("unknown-value", "uses[0].counterpart"),
        ("unknown-value", "uses[0].counterpart"),
        ("wrong-type", "uses[0].personal_data"),
    ]
    places = [(p.span.line, p.span.column) for p in problems if p.span]
    assert places == sorted(places)
    assert len(set(places)) == 7


def test_at_most_fifty_mistakes_are_told_and_the_first_ones() -> None:
    problems = refused(minimal(uses=[{"ref": f"u_{number}", "actor": "me"} for number in range(60)]))
    assert [problem.path for problem in problems] == [f"uses[{number}].actor" for number in range(50)]


def test_personal_data_are_told_together_with_mistakes_of_structure() -> None:
    document = minimal(organization={"municipality": "+7 900 000-00-00", "founder": "nobody"})
    codes = {problem.code for problem in refused(document)}
    assert codes == {"personal-data", "unknown-value"}


def test_the_text_of_a_document_is_never_quoted() -> None:
    secret = "Тайна-Тайны"
    for path in (ENUM, BOOLEAN, INTEGER, DECIMAL, DATE, SET, MONTH, ID, INSTANT, REF, "documents.url"):
        for value in (secret, [secret], {secret: secret}):
            for problem in refused(with_field(path, value)):
                assert secret not in " ".join((*problem.message, *problem.help, problem.path)), path


def test_a_key_is_quoted_unless_it_is_personal() -> None:
    (problem,) = refused(minimal(chat=[]))
    assert "`chat`" in problem.message.en
    assert "`chats`" in problem.help.en
    for key in ("+7 900 000-00-00", "petrov@example.org", "Петров Пётр Петрович"):
        (problem,) = refused(minimal(organization={key: "x"}))
        assert problem.code == "unknown-key"
        assert key not in " ".join((*problem.message, *problem.help, problem.path))


def test_spelled_documents_are_what_they_seem() -> None:
    assert spelled({"a": "no", "b": True}, "yaml") == "a: 'no'\nb: true\n"
