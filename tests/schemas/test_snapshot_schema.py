"""The public contract of a snapshot: which fields there are, what each accepts, and what each says of itself."""

from __future__ import annotations

import copy
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from snapshot_annotations import annotated

from validator.language.structure import parse_day

SCHEMA_FILE = Path(__file__).resolve().parents[2] / "schemas" / "snapshot.schema.json"
SCHEMA: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
DEFS: dict[str, Any] = SCHEMA["$defs"]
VALIDATOR = Draft202012Validator(SCHEMA)

TYPES = {
    "text", "id", "date", "month", "instant", "boolean", "integer", "decimal",
    "enum", "service", "ref", "set", "record", "list", "coverage",
}  # fmt: skip

# Every field in schema order; the key is the path of the object that holds it.
FIELDS = {
    "": """schema as_of collected_at source coverage organization services people guardians classes chats uses
        documents roadmap activity coercion_events""",
    "coverage": "people guardians classes chats uses documents services activity coercion_events",
    "organization": """inn ogrn oktmo name region municipality kind legal_form founder public_share
        executes_state_task provides_public_services uses_distance_learning
        distance_learning_processes_personal_data sferum_connected operates_regional_system programs
        alternatives_offered state_systems_in_use""",
    "organization.public_share": "federation region municipality",
    "services": "service purpose in_russian_registry",
    "people": """ref roles class max_status in_max_chat register_roles status bound account_verified age_band
        sferum_phone phone_match device desktop_offered safe_mode guardian_consent""",
    "guardians": """ref children class max_status max_status_reason channels channels_coverage
        agreed_channel_on""",
    "guardians.channels": "kind address_present active consent_withdrawn agreed",
    "classes": "ref grade program had_chat_last_year told_in_person parents_chat",
    "chats": """ref platform in_sferum official class kind audience origin creator admins admins_coverage ranks
        ranks_coverage created_on transferred_on last_message_on need state successor member_count
        unbound_count untrusted_count missing_members missing_members_coverage archive_announced_on
        archived_on message_after_archive read_only invitations invitations_coverage""",
    "chats.creator": "ref roles role_at_creation verified",
    "chats.admins": "ref roles bound",
    "chats.ranks": "owner rank owner_chat_count measured_on",
    "chats.missing_members": "reason count",
    "chats.invitations": "person wants_chat invited_on joined_on",
    "uses": """ref service actor counterpart purpose direction comments_enabled personal_data payment_data
        redirect_only first_on last_on""",
    "documents": """ref kind in_force_from in_force_through on_official_site open_access checked_on url
        services_named alternatives_named responsible_count opinion mandates_max_for staff_only_max
        bans_foreign_in_process""",
    "documents.opinion": "students parents workers",
    "roadmap": """started_on completed_on management_moved_on staff_informed_on users_informed_on
        poster_placed""",
    "activity": "role period active total baseline_percent",
    "coercion_events": "kind on",
}
REQUIRED = {
    "schema", "as_of", "organization", "organization.inn", "organization.region", "organization.kind",
    "people.ref", "guardians.ref", "classes.ref", "chats.ref", "uses.ref", "documents.ref",
}  # fmt: skip
SPECIAL = {
    "guardians.agreed_channel_on": "never",
    "chats.transferred_on": "never",
    "chats.last_message_on": "never",
    "chats.successor": "none",
    "chats.archive_announced_on": "never",
    "chats.archived_on": "never",
    "chats.invitations.invited_on": "never",
    "chats.invitations.joined_on": "never",
    "uses.last_on": "ongoing",
    "documents.in_force_through": "open_ended",
    "roadmap.started_on": "never",
    "roadmap.completed_on": "never",
    "roadmap.management_moved_on": "never",
    "roadmap.staff_informed_on": "never",
    "roadmap.users_informed_on": "never",
}
SENSITIVE = {
    "people.class", "people.max_status", "people.in_max_chat", "people.guardian_consent",
    "guardians.max_status", "guardians.max_status_reason",
    "coercion_events", "coercion_events.kind", "coercion_events.on",
}  # fmt: skip
SCOPES = {
    "people": "person",
    "guardians": "guardian",
    "guardians.channels": "channel",
    "classes": "class",
    "chats": "chat",
    "chats.admins": "admin",
    "chats.ranks": "rank",
    "chats.missing_members": "missing_member",
    "chats.invitations": "invitation",
    "uses": "use",
    "documents": "document",
    "services": "service_row",
    "activity": "activity_row",
    "coercion_events": "event",
}
TARGETS = {
    "people.class": "classes",
    "guardians.children": "people",
    "guardians.class": "classes",
    "chats.class": "classes",
    "chats.creator.ref": "people",
    "chats.admins.ref": "people",
    "chats.ranks.owner": "people",
    "chats.successor": "chats",
    "chats.invitations.person": "people",
}
BOUNDS = {
    "organization.public_share.federation": {"at_least": "0", "at_most": "100"},
    "organization.public_share.region": {"at_least": "0", "at_most": "100"},
    "organization.public_share.municipality": {"at_least": "0", "at_most": "100"},
    "classes.grade": {"at_least": 0, "at_most": 11},
    "chats.ranks.rank": {"at_least": 1, "at_most": {"field": "owner_chat_count"}},
    "chats.ranks.owner_chat_count": {"at_least": 1},
    "chats.ranks.measured_on": {"at_most": "as_of"},
    "chats.created_on": {"at_most": "as_of"},
    "chats.member_count": {"at_least": 0},
    "chats.unbound_count": {"at_least": 0},
    "chats.untrusted_count": {"at_least": 0},
    "chats.missing_members.count": {"at_least": 0},
    "uses.first_on": {"at_most": "as_of"},
    "uses.last_on": {"at_least": {"field": "first_on"}, "at_most": "as_of"},
    "documents.checked_on": {"at_most": "as_of"},
    "documents.responsible_count": {"at_least": 0},
    "activity.active": {"at_least": 0},
    "activity.total": {"at_least": 0},
    "activity.baseline_percent": {"at_least": "0", "at_most": "100"},
    "coercion_events.on": {"at_most": "as_of"},
}

EXAMPLE: dict[str, Any] = {
    "schema": "sverka.snapshot/1",
    "as_of": "2025-09-25",
    "source": "export",
    "coverage": {
        "people": "complete",
        "guardians": "complete",
        "classes": "complete",
        "chats": "complete",
        "uses": "complete",
        "documents": "complete",
    },
    "organization": {
        "inn": "7800000002",
        "name": "ГБОУ школа № 100",
        "region": "78",
        "municipality": "Невский район",
        "kind": "school",
        "legal_form": "budgetary",
        "founder": "region",
        "sferum_connected": True,
    },
    "people": [{"ref": "p_teacher1", "roles": ["teacher", "employee"], "status": "active", "bound": True}],
    "chats": [
        {
            "ref": "h_5b",
            "platform": "vk_messenger",
            "in_sferum": True,
            "official": True,
            "kind": "class",
            "origin": "manual",
            "creator": {
                "ref": "p_teacher1",
                "roles": ["teacher"],
                "role_at_creation": "teacher",
                "verified": True,
            },
            "admins": [{"ref": "p_teacher1", "roles": ["teacher"], "bound": True}],
            "admins_coverage": "complete",
            "ranks": [{"owner": "p_teacher1", "rank": 12, "measured_on": "2025-09-20"}],
            "ranks_coverage": "complete",
            "last_message_on": "2025-09-24",
            "need": "keep",
            "state": "active",
        }
    ],
    "uses": [
        {
            "ref": "u_1",
            "service": "whatsapp",
            "actor": "employee_on_duty",
            "counterpart": ["parents"],
            "purpose": "inform",
            "direction": "outgoing",
            "personal_data": True,
            "first_on": "2025-09-02",
            "last_on": "ongoing",
        }
    ],
}


@dataclass(frozen=True)
class Property:
    """A property, where it stands, and its keywords with every `$ref` and alternative opened."""

    path: str
    holder: str
    name: str
    raw: dict[str, Any]
    open: dict[str, Any]

    def word(self, keyword: str) -> Any:
        return self.raw.get(keyword)


def opened(spec: dict[str, Any]) -> dict[str, Any]:
    """The keywords of a property beside those of what it refers to and of its real alternatives."""
    merged: dict[str, Any] = {}
    if "$ref" in spec:
        merged |= opened(DEFS[spec["$ref"].removeprefix("#/$defs/")])
    for alternative in spec.get("anyOf", ()):
        if "const" not in alternative:
            merged |= opened(alternative)
    return merged | {key: value for key, value in spec.items() if key not in ("$ref", "anyOf")}


def objects(holder: str = "", schema: dict[str, Any] = SCHEMA) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of the document with its path, the document itself first."""
    yield holder, schema
    for name, spec in schema["properties"].items():
        inner = opened(spec)
        inner = opened(inner["items"]) if inner["x-type"] == "list" else inner
        if "properties" in inner:
            yield from objects(f"{holder}.{name}" if holder else name, inner)


OBJECTS = dict(objects())
PROPERTIES = {
    prop.path: prop
    for holder, schema in OBJECTS.items()
    for name, spec in schema["properties"].items()
    for prop in [Property(f"{holder}.{name}" if holder else name, holder, name, spec, opened(spec))]
}
every_property = pytest.mark.parametrize("prop", PROPERTIES.values(), ids=PROPERTIES)


def minimal(holder: str) -> dict[str, Any]:
    """The smallest record that may stand at a path."""
    if holder == "":
        return {"schema": "sverka.snapshot/1", "as_of": "2025-09-25", "organization": minimal("organization")}
    if holder == "organization":
        return {"inn": "7800000002", "region": "78", "kind": "school"}
    return {name: identity(holder) for name in OBJECTS[holder].get("required", ())}


def identity(holder: str) -> str:
    letter = re.match(r"\^([a-z])_", PROPERTIES[f"{holder}.ref"].open["pattern"])
    assert letter is not None
    return f"{letter[1]}_1"


def document(path: str, record: dict[str, Any]) -> dict[str, Any]:
    """The smallest snapshot with that record at the path of an object."""
    if path == "":
        return record
    holder, _, name = path.rpartition(".")
    outer = minimal(holder)
    outer[name] = [record] if path in SCOPES else record
    return document(holder, outer)


def accepts(prop: Property, value: object) -> bool:
    record = minimal(prop.holder) | {prop.name: value}
    return bool(VALIDATOR.is_valid(document(prop.holder, record)))


def sample(prop: Property) -> object:
    """A value of the field's type."""
    of_type: dict[str, object] = {
        "text": "Невский район",
        "date": "2025-09-01",
        "month": "2025-09",
        "instant": "2025-09-25T08:00:00+03:00",
        "boolean": True,
        "integer": 3,
        "decimal": "50.5",
        "service": "max",
        "set": [],
        "record": {},
        "list": [],
    }
    special = {
        "schema": "sverka.snapshot/1",
        "organization": minimal("organization"),
        "organization.inn": "500100732259",
        "organization.ogrn": "1027800000000",
        "organization.oktmo": "40385000",
        "organization.region": "78",
        "documents.url": "https://школа100.рф/документы?id=1#п2",
        "coverage": {},
    }
    kind = prop.word("x-type")
    if prop.path in special:
        return special[prop.path]
    if kind in ("enum", "coverage"):
        return prop.open["enum"][0]
    if kind == "ref":
        return identity(prop.word("x-target"))
    if prop.word("x-identity"):
        return identity(prop.holder)
    return of_type[kind]


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"] == "urn:sverka:snapshot:1"
    assert SCHEMA["x-version"] == 1


def test_the_file_is_tidy() -> None:
    raw = SCHEMA_FILE.read_bytes()
    text = raw.decode("utf-8")
    assert text.endswith("}\n")
    assert "\r" not in text
    assert "\t" not in text
    assert "\\u" not in text
    assert not re.search(r" +\n", text)


def test_every_field_is_there_in_order_and_no_other() -> None:
    found = {holder: list(schema["properties"]) for holder, schema in OBJECTS.items()}
    assert found == {holder: names.split() for holder, names in FIELDS.items()}


def test_every_definition_is_used() -> None:
    used = set(re.findall(r'"#/\$defs/([a-z_]+)"', json.dumps(SCHEMA)))
    assert used == set(DEFS)


def test_required_fields() -> None:
    required = {
        f"{holder}.{name}" if holder else name
        for holder, schema in OBJECTS.items()
        for name in schema.get("required", ())
    }
    assert required == REQUIRED


@pytest.mark.parametrize("holder", OBJECTS)
def test_every_object_is_closed_and_named(holder: str) -> None:
    schema = OBJECTS[holder]
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False
    assert schema["title"].strip()
    assert schema["x-title-en"].strip()
    for keyword in ("title", "x-title-en"):
        titles = [spec[keyword] for spec in schema["properties"].values()]
        assert len(titles) == len(set(titles))


@every_property
def test_every_property_says_what_it_is(prop: Property) -> None:
    for keyword in ("title", "x-title-en", "description", "x-description-en"):
        assert prop.raw[keyword] == prop.raw[keyword].strip() != ""
    assert prop.raw["title"] != prop.raw["x-title-en"]
    assert prop.raw["description"] != prop.raw["x-description-en"]
    assert re.search("[А-Яа-яЁё]", prop.raw["title"])
    assert not re.search("[А-Яа-яЁё]", prop.raw["x-title-en"] + prop.raw["x-description-en"])
    assert not prop.raw["title"].endswith(".")
    assert prop.raw["description"].endswith(".")
    assert prop.raw["x-description-en"].endswith(".")
    assert prop.raw["x-type"] in TYPES
    assert prop.raw["x-role"] in ("given", "controlled", "derived")
    assert prop.raw["x-pd"] in ("none", "indirect", "sensitive")


@every_property
def test_no_russian_word_mixes_alphabets(prop: Property) -> None:
    words = re.findall(r"\w+", prop.raw["title"] + " " + prop.raw["description"])
    assert not [w for w in words if re.search("[A-Za-z]", w) and re.search("[А-Яа-яЁё]", w)]


@every_property
def test_every_value_of_an_enum_has_a_name(prop: Property) -> None:
    spec = opened(prop.open["items"]) if prop.raw["x-type"] == "set" else prop.open
    assert ("enum" in spec) == ("x-values" in spec)
    if "properties" in spec:
        return
    assert ("enum" in spec) == (spec["x-type"] in ("enum", "coverage"))
    if "enum" in spec:
        assert list(spec["x-values"]) == spec["enum"]
        for names in spec["x-values"].values():
            assert set(names) == {"ru", "en"}
            assert all(name.strip() == name != "" for name in names.values())
            assert names["ru"] != names["en"]
        for language in ("ru", "en"):
            names_in_it = [names[language] for names in spec["x-values"].values()]
            assert len(names_in_it) == len(set(names_in_it))


@every_property
def test_sets_lists_and_records_have_their_parts(prop: Property) -> None:
    match prop.raw["x-type"]:
        case "set":
            assert prop.open["type"] == "array"
            assert prop.open["uniqueItems"] is True
            assert prop.open["items"]["x-type"] in ("enum", "service", "ref", "text")
        case "list":
            assert prop.open["type"] == "array"
            assert set(prop.open["items"]) == {"$ref"}
        case "record":
            assert prop.open["type"] == "object"
        case _:
            assert "properties" not in prop.open or prop.path == "coverage"


def test_scopes() -> None:
    found = {path: prop.word("x-scope") for path, prop in PROPERTIES.items() if prop.word("x-scope")}
    assert found == SCOPES
    assert {path for path, prop in PROPERTIES.items() if prop.raw["x-type"] == "list"} == set(SCOPES)


def test_every_list_names_its_coverage() -> None:
    for path in SCOPES:
        prop = PROPERTIES[path]
        coverage = prop.raw["x-coverage"]
        if prop.holder == "":
            assert coverage == f"coverage.{path}"
            assert PROPERTIES[coverage].raw["x-type"] == "coverage"
        else:
            assert coverage == f"{prop.name}_coverage"
            assert PROPERTIES[f"{prop.holder}.{coverage}"].raw["x-type"] == "coverage"
    named = {PROPERTIES[path].raw["x-coverage"].rpartition(".")[2] for path in SCOPES}
    keys = {prop.name for path, prop in PROPERTIES.items() if prop.raw["x-type"] == "coverage"}
    assert keys == named | {"coverage"}


def test_every_reference_points_at_a_list_with_pseudonyms_of_its_form() -> None:
    found = {}
    for path, prop in PROPERTIES.items():
        spec = opened(prop.open["items"]) if prop.raw["x-type"] == "set" else prop.open
        assert ("x-target" in spec) == (spec.get("x-type") == "ref")
        if "x-target" in spec:
            found[path] = spec["x-target"]
            assert spec["pattern"] == PROPERTIES[f"{spec['x-target']}.ref"].open["pattern"]
    assert found == TARGETS


def test_every_item_with_a_pseudonym_is_known_by_it() -> None:
    found = {prop.holder for prop in PROPERTIES.values() if prop.word("x-identity")}
    assert found == {"people", "guardians", "classes", "chats", "uses", "documents"}
    for holder in found:
        assert PROPERTIES[f"{holder}.ref"].raw["x-type"] == "id"
    assert len({PROPERTIES[f"{holder}.ref"].open["pattern"] for holder in found}) == len(found)


def test_bounds() -> None:
    found = {path: prop.word("x-bounds") for path, prop in PROPERTIES.items() if prop.word("x-bounds")}
    assert found == BOUNDS
    for path, bounds in found.items():
        prop = PROPERTIES[path]
        assert prop.raw["x-type"] in ("integer", "decimal", "date")
        for bound in bounds.values():
            if isinstance(bound, dict):
                sibling = PROPERTIES[f"{prop.holder}.{bound['field']}"]
                assert sibling.raw["x-type"] == prop.raw["x-type"]
        if prop.raw["x-type"] == "integer":
            assert prop.open["minimum"] == bounds["at_least"]
            assert prop.open.get("maximum", bounds.get("at_most")) == bounds.get("at_most")


def test_every_number_is_bounded() -> None:
    numbers = {path for path, prop in PROPERTIES.items() if prop.raw["x-type"] in ("integer", "decimal")}
    assert numbers <= set(BOUNDS)


def test_special_words() -> None:
    found = {path: prop.word("x-special") for path, prop in PROPERTIES.items() if prop.word("x-special")}
    assert found == {path: [word] for path, word in SPECIAL.items()}


@every_property
def test_special_words_are_accepted_only_where_declared(prop: Property) -> None:
    if prop.raw["x-type"] not in ("date", "ref"):
        return
    accepted = [word for word in ("never", "ongoing", "open_ended", "none") if accepts(prop, word)]
    assert accepted == (prop.word("x-special") or [])


def test_words_that_count_as_unknown() -> None:
    found = {path: prop.word("x-unknown-values") for path, prop in PROPERTIES.items()}
    assert {path: words for path, words in found.items() if words} == {
        "chats.creator.role_at_creation": ["deleted_account"],
        "guardians.max_status_reason": ["not_stated"],
    }
    assert accepts(PROPERTIES["chats.creator.role_at_creation"], "deleted_account")


def test_sensitive_facts() -> None:
    assert {path for path, prop in PROPERTIES.items() if prop.raw["x-pd"] == "sensitive"} == SENSITIVE


@pytest.mark.parametrize("holder", ["people", "guardians", "guardians.channels"])
def test_what_is_said_of_a_person_is_personal(holder: str) -> None:
    assert PROPERTIES[holder].raw["x-pd"] != "none"
    for name in OBJECTS[holder]["properties"]:
        assert PROPERTIES[f"{holder}.{name}"].raw["x-pd"] != "none"


def test_the_example_is_valid() -> None:
    assert list(VALIDATOR.iter_errors(EXAMPLE)) == []


def test_the_smallest_snapshot_is_valid() -> None:
    assert list(VALIDATOR.iter_errors(minimal(""))) == []


@every_property
def test_a_value_of_its_type_is_accepted(prop: Property) -> None:
    assert accepts(prop, sample(prop))


@every_property
def test_every_value_of_an_enum_is_accepted_and_no_other(prop: Property) -> None:
    if prop.raw["x-type"] == "set" and "enum" in opened(prop.open["items"]):
        values = opened(prop.open["items"])["enum"]
        assert accepts(prop, values)
        assert not accepts(prop, [*values, values[0]])
        assert not accepts(prop, ["no-such-value"])
        assert not accepts(prop, values[0])
    elif "enum" in prop.open:
        assert all(accepts(prop, value) for value in prop.open["enum"])
        assert not accepts(prop, "no-such-value")
        assert not accepts(prop, [prop.open["enum"][0]])


@every_property
def test_null_is_refused(prop: Property) -> None:
    assert not accepts(prop, None)
    if prop.open.get("type") == "array":
        assert not accepts(prop, [None])


@every_property
def test_unknown_is_accepted_exactly_where_a_field_is_optional(prop: Property) -> None:
    assert accepts(prop, "unknown") == (prop.path not in REQUIRED)


@every_property
def test_an_optional_field_may_be_absent_and_a_required_one_may_not(prop: Property) -> None:
    record = minimal(prop.holder)
    record.pop(prop.name, None)
    assert VALIDATOR.is_valid(document(prop.holder, record)) == (prop.path not in REQUIRED)


@pytest.mark.parametrize("holder", OBJECTS)
def test_an_unknown_key_is_refused(holder: str) -> None:
    assert VALIDATOR.is_valid(document(holder, minimal(holder)))
    assert not VALIDATOR.is_valid(document(holder, minimal(holder) | {"chat_title": "5Б"}))


@every_property
def test_another_json_type_is_refused(prop: Property) -> None:
    own = {"array": list, "object": dict, "boolean": bool, "integer": int}.get(prop.open.get("type", ""), str)
    values: tuple[object, ...] = ("", 0, 1, 1.5, True, False, [], {})
    for value in values:
        if type(value) is not own:
            assert not accepts(prop, value)


@pytest.mark.parametrize(
    ("path", "good", "bad"),
    [
        ("as_of", ["2025-09-25"], ["25.09.2025", "2025-9-25", "2025-09-25T00:00:00Z", "never", ""]),
        ("schema", [], ["sverka.snapshot/2", "sverka.snapshot", 1]),
        (
            "collected_at",
            ["2025-09-25T08:00:00Z", "2025-09-25T08:00:00.125+03:00"],
            ["2025-09-25T08:00:00", "2025-09-25 08:00:00+03:00", "2025-09-25"],
        ),
        ("organization.inn", ["0275010109", "500100732259"], ["275010109", "02750101091", " 0275010109"]),
        ("organization.ogrn", ["1" * 13, "3" * 15], ["1" * 14, "1" * 12]),
        ("organization.oktmo", ["01701000", "01701000001"], ["1701000", "017010000"]),
        ("organization.region", ["01", "78"], ["1", "178", "RU-SPE"]),
        ("organization.name", ["Школа", "я" * 1024], ["я" * 1025]),
        (
            "organization.public_share.federation",
            ["0", "50.00", "100", "100.0", "0.5"],
            ["050", "50,5", "1e1", "-1", "100.1", "101", ".5", "5.", 50.5],
        ),
        ("organization.state_systems_in_use", [["fgis_my_school"], []], [["a", "a"], [1], "max", [""]]),
        ("people.ref", ["p_1", "p_" + "x" * 60], ["p_", "g_1", "p_" + "x" * 61, "p_иванов", "P_1"]),
        ("classes.grade", [0, 11], [-1, 12, "5", 5.5]),
        ("chats.platform", ["max", "ватсап", "x" * 128], ["", "x" * 129]),
        ("chats.in_sferum", [True, False], ["true", "yes", 0, 1]),
        ("chats.member_count", [0, 1000], [-1, "12", 1.5]),
        ("chats.successor", ["h_2", "none"], ["p_2", "h 2"]),
        ("chats.ranks.rank", [1], [0]),
        ("guardians.children", [["p_1", "p_2"], []], [["p_1", "p_1"], ["g_1"]]),
        ("activity.period", ["2025-09"], ["2025-13", "2025-9", "2025-09-01"]),
        (
            "documents.url",
            ["https://school.example/doc.pdf", "http://xn--100.example"],
            ["school.example/doc", "ftp://school.example", "https://", "https://a b", "javascript:alert(1)"],
        ),
    ],
)
def test_spelling_of_values(path: str, good: list[object], bad: list[object]) -> None:
    prop = PROPERTIES[path]
    assert [value for value in good if not accepts(prop, value)] == []
    assert [value for value in bad if accepts(prop, value)] == []


def test_a_long_wrong_address_is_refused_at_once() -> None:
    assert not accepts(PROPERTIES["documents.url"], "https://" + "a" * 60_000 + " ")


def test_null_is_refused_at_every_place_of_the_example() -> None:
    def places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
        if path:
            yield path
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, inner in items:
            yield from places(inner, (*path, key))

    for path in places(EXAMPLE):
        changed: Any = copy.deepcopy(EXAMPLE)
        inner = changed
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = None
        assert not VALIDATOR.is_valid(changed), path


# --- what editors show ----------------------------------------------------------------------------------------


def test_every_word_is_explained_where_editors_look() -> None:
    wanted = annotated(SCHEMA)
    if os.environ.get("SVERKA_UPDATE") == "1":
        text = json.dumps(wanted, ensure_ascii=False, indent=2) + "\n"
        SCHEMA_FILE.write_text(text, encoding="utf-8", newline="\n")
    assert wanted == json.loads(SCHEMA_FILE.read_text(encoding="utf-8")), "run the tests with SVERKA_UPDATE=1"


def _accepts(name: str, text: str) -> bool:
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": DEFS}).is_valid(text)


def test_a_date_must_be_in_the_calendar() -> None:
    day = date(1899, 12, 30)
    while day < date(1905, 1, 1):
        assert _accepts("date", day.isoformat())
        day += timedelta(days=1)
    assert _accepts("date", "2000-02-29")
    for text in ("0000-01-01", "1900-02-29", "2025-02-29", "2025-04-31", "2025-13-01", "2025-00-10", "2025-01-32"):
        assert not _accepts("date", text), text
        assert parse_day(text) is None


@pytest.mark.parametrize(
    "text",
    ["2025-02-30T10:00:00Z", "2025-02-03T24:00:00Z", "2025-02-03T10:60:00Z", "2025-02-03T10:00:60Z", "2025-02-03"],
)
def test_a_moment_that_does_not_exist_is_refused(text: str) -> None:
    assert not _accepts("instant", text)


def test_a_moment_is_accepted_with_a_fraction_and_with_an_offset() -> None:
    assert _accepts("instant", "2024-02-29T23:59:59Z")
    assert _accepts("instant", "2025-11-21T09:30:00.125+03:00")


@pytest.mark.parametrize("field", ["name", "municipality"])
def test_a_text_of_blanks_only_is_refused(field: str) -> None:
    check = Draft202012Validator({"$ref": f"#/$defs/organization/properties/{field}", "$defs": DEFS})
    assert check.is_valid("Школа № 1")
    assert not check.is_valid("  ")
    assert not check.is_valid("")


def test_a_service_of_blanks_only_is_refused() -> None:
    assert _accepts("service", "MAX")
    assert not _accepts("service", " ")
