"""The schema that editors read beside a policy: it accepts what the readers accept, and points at mistakes."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator, Draft202012Validator
from jsonschema.exceptions import ValidationError

from validator.journeys.examples import embedded as example_files
from validator.language import policy_files
from validator.language.conditions import CONNECTIVES, operators_of
from validator.language.data_files import DataReader
from validator.language.library import Library, load, read_folder
from validator.language.limits import POLICY_LIMITS
from validator.language.nodes import Mapping
from validator.language.policy_files import PolicyReader
from validator.language.schema import policy_schema, schema_text
from validator.language.schema.data_files import ACT_KEYS, PARAMETER_KEYS, REGISTER_KEYS, VALUES_KEYS
from validator.language.schema.examples import BASE_KEYS, CASE_KEYS, CHANGE_KEYS
from validator.language.schema.policies import DEFINITION_KEYS
from validator.language.scopes import Known, scope_of
from validator.language.source import read_yaml
from validator.language.structure import FileReader
from validator.language.vocabulary import ROOT, Vocabulary, read_vocabulary
from validator.logic.problem import Problem
from validator.logic.shape import FieldShape, Kind
from validator.resources import policies_folder, schema_bytes

COMMITTED = Path(__file__).resolve().parents[2] / "schemas" / "policy.schema.json"
POLICIES = policies_folder()
FILES = sorted(POLICIES.rglob("*.yaml"))


# --- the file as an editor sees it ----------------------------------------------------------------------------


class EditorLoader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: numbers and truth values are typed, dates and `yes` stay text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


_FIRST = "+-.0123456789"
for _tag, _form, _starts in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?[0-9]+$", _FIRST),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", _FIRST),
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_form), list(_starts))


def _whole_number(loader: EditorLoader, node: yaml.ScalarNode) -> int:
    return int(loader.construct_scalar(node))  # PyYAML would take `010` for 8, which YAML 1.2 does not


EditorLoader.add_constructor("tag:yaml.org,2002:int", _whole_number)


def seen_by_editor(text: str) -> Any:
    return yaml.load(text, EditorLoader)


# --- the schema -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return read_vocabulary(schema_bytes("snapshot"))


@pytest.fixture(scope="module")
def library(vocabulary: Vocabulary) -> Library:
    return load(read_folder(POLICIES), vocabulary)


def value_sets() -> dict[str, frozenset[str]]:
    """The sets of values that ship; a loaded library does not hold them."""
    found = {}
    for file in sorted((POLICIES / "definitions").glob("*.yaml")):
        content = seen_by_editor(file.read_text(encoding="utf-8"))
        if "values" in content:
            found[content["values"]] = frozenset(content["members"])
    return found


@pytest.fixture(scope="module")
def schema(vocabulary: Vocabulary, library: Library) -> dict[str, Any]:
    return policy_schema(vocabulary, library, value_sets())


@pytest.fixture(scope="module")
def validator(schema: dict[str, Any]) -> Draft7Validator:
    return Draft7Validator(schema)


def test_the_committed_schema_is_the_generated_one(schema: dict[str, Any]) -> None:
    text = schema_text(schema)
    if os.environ.get("SVERKA_UPDATE") == "1":
        COMMITTED.write_text(text, encoding="utf-8", newline="\n")
    assert COMMITTED.read_text(encoding="utf-8") == text, "run the tests once with SVERKA_UPDATE=1"
    assert json.loads(text) == schema


def test_the_schema_is_valid_and_means_the_same_in_both_drafts_editors_use(schema: dict[str, Any]) -> None:
    Draft7Validator.check_schema(schema)
    Draft202012Validator.check_schema(schema)
    demands = {"$ref", "title", "description", "markdownDescription"}
    for part in _parts(schema):
        if "$ref" in part:  # draft-07 ignores what stands beside a reference
            assert set(part) <= demands, part


def test_generating_twice_gives_the_same(vocabulary: Vocabulary, library: Library, schema: dict[str, Any]) -> None:
    again = policy_schema(vocabulary, library, list(value_sets()))
    assert json.dumps(again) == json.dumps(schema)


def test_every_reference_leads_to_a_definition(schema: dict[str, Any]) -> None:
    for part in _parts(schema):
        if "$ref" in part:
            target: Any = schema
            for step in part["$ref"].removeprefix("#/").split("/"):
                target = target[step]
            assert isinstance(target, dict)


def test_the_schema_works_without_a_library(vocabulary: Vocabulary) -> None:
    bare = Draft7Validator(policy_schema(vocabulary))
    for file in FILES:
        assert not list(bare.iter_errors(seen_by_editor(file.read_text(encoding="utf-8")))), file


def _parts(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
        for value in part.values():
            yield from _parts(value)
    elif isinstance(part, list):
        for item in part:
            yield from _parts(item)


# --- texts ----------------------------------------------------------------------------------------------------


def test_every_key_is_explained_in_russian_and_in_english(schema: dict[str, Any]) -> None:
    """Parts that only narrow a key, chosen by `about`, leave its texts to the file that holds the key."""
    narrowing = re.compile(r"^(norm|decision|definition)_(?!of_)|^examples_|^condition_any$")
    silent = []
    for name, part in schema["$defs"].items():
        if narrowing.match(name) or name in ("fact_any",):
            continue
        for holder in _parts(part):
            for key, spec in (holder.get("properties") or {}).items() if "additionalProperties" in holder else ():
                named = spec.get("$ref") or spec.get("allOf", [{}])[0].get("$ref", "")
                told = spec if "title" in spec else schema["$defs"][named.split("/")[-1]]
                both = re.fullmatch(r"(.+)\n\n\*.+\* .+", told.get("markdownDescription", ""), re.DOTALL)
                if not told.get("title") or both is None or both[1] != told["description"]:
                    silent.append((name, key))
    assert not silent


def test_fields_and_words_are_explained_in_both_languages_where_the_editor_shows_them(
    vocabulary: Vocabulary, schema: dict[str, Any]
) -> None:
    for path in (ROOT, *vocabulary.lists):
        record = vocabulary.record_of(path)
        properties = schema["$defs"][f"condition_{_name(vocabulary, path)}"]["properties"]
        for name, shape in record.fields.items():
            shown = properties[name]["markdownDescription"]
            assert shape.description.ru in shown
            assert shape.description.en in shown
    for part in _parts(schema):
        if "enumDescriptions" in part:
            assert len(part["enum"]) == len(part["enumDescriptions"]) == len(part["markdownEnumDescriptions"])


def _name(vocabulary: Vocabulary, path: str) -> str:
    return path if path == ROOT else vocabulary.lists[path].scope


# --- shipped policies -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_shipped_policy_has_no_underlined_place(file: Path, validator: Draft7Validator) -> None:
    content = seen_by_editor(file.read_text(encoding="utf-8"))
    assert [(_place(e), e.message[:200]) for e in _deepest(validator.iter_errors(content))] == []


def _deepest(errors: Any) -> list[ValidationError]:
    """The errors an editor would show: of an alternative, those of its branches."""
    found: list[ValidationError] = []
    for error in errors:
        found.extend(_deepest(error.context) if error.context else [error])
    return found


def _place(error: ValidationError) -> str:
    """The path of the faulty value; of a key that is not allowed, the path of the key."""
    path = [str(step) for step in error.absolute_path]
    if error.validator == "additionalProperties":
        path.append(re.findall(r"'([^']*)'", error.message)[0])
    return ".".join(path)


# --- mistakes -------------------------------------------------------------------------------------------------

SOUND = """
norm: TEST-ONE
title: {ru: Проба, en: Trial}
about: chats
modality: obligation
severity: low
cites: [{act: faq-max-2025, at: вопрос 2}]
in_force: {from: 2025-06-01, judged_on: created_on}
applies_when:
  kind: {in: [class, parents]}
  organization: {kind: school}
  creator: {ref: {bound: true}}
required:
  any:
    - transferred_on: {before: {param: transfer-start, plus_days: -3}}
    - ranks: {some: {rank: {at_most: 250}, owner: {roles: {contains_any: {values: staff-roles}}}}}
    - platform: max
exceptions:
  - {id: quiet, when: {last_message_on: never}}
readings:
  - {id: one, chosen: true, why: {ru: так, en: so}}
message: {ru: Проба, en: Trial}
remedy_sets: {platform: max}
waivable: {when: {read_only: true}}
examples:
  as_of: 2025-10-01
  base: {item: {kind: class, admins_coverage: partial}, organization: {kind: school}, coverage: {people: partial}}
  cases:
    - {name: a chat, change: {item: {read_only: unknown}}, expect: unknown, missing: [read_only]}
"""
RULED_OUT = ""  # an editor underlines a key that `false` rules out; this library names the mapping only
MISTAKES = {
    "an unknown key": ("severity: low", "severty: low", "severty"),
    "an unknown field": ("{in: [class, parents]}", "{in: [class]}\n  knd: school", "applies_when.knd"),
    "a field of another list": ("kind: {in: [class, parents]}", "actor: bot", "applies_when.actor"),
    "a field of an enclosing record": ("organization: {kind: school}", "founder: region", "applies_when.founder"),
    "an unknown field of an enclosing record": ("{kind: school}\n  creator", "{knd: school}\n  creator",
                                                "applies_when.organization.knd"),
    "an operator of another kind": ("{at_most: 250}", "{before: 250}", "required.any.1.ranks.some.rank.before"),
    "a misspelt operator": ("{in: [class, parents]}", "{inn: [class]}", "applies_when.kind.inn"),
    "a misspelt word": ("[class, parents]", "[class, parent]", "applies_when.kind.in.1"),
    "a misspelt word after is": ("organization: {kind: school}", "organization: {kind: scool}",
                                 "applies_when.organization.kind"),
    "a misspelt quantifier": ("{some: {rank", "{sme: {rank", "required.any.1.ranks.sme"),
    "a field of a record pointed to": ("{ref: {bound: true}}", "{ref: {bounded: true}}",
                                       "applies_when.creator.ref.bounded"),
    "a text where a truth value is wanted": ("{bound: true}", '{bound: "true"}', "applies_when.creator.ref.bound"),
    "a number where a date is wanted": ("last_message_on: never", "last_message_on: 5",
                                        "exceptions.0.when.last_message_on"),
    "a word that this date does not know": ("last_message_on: never", "last_message_on: open_ended",
                                            "exceptions.0.when.last_message_on"),
    "a misspelt modality": ("modality: obligation", "modality: obligaton", "modality"),
    "a list that does not exist": ("about: chats", "about: chat", "about"),
    "a date that is none": ("from: 2025-06-01", "from: 2025-13-01", "in_force.from"),
    "a day field that does not exist": ("judged_on: created_on", "judged_on: create_on", "in_force.judged_on"),
    "a text in one language": ("message: {ru: Проба, en: Trial}", "message: {ru: Проба}", "message"),
    "a reading without its ground": (", why: {ru: так, en: so}", "", "readings.0"),
    "a misspelt fact in an example": ("admins_coverage: partial", "admin_coverage: partial",
                                      "examples.base.item.admin_coverage"),
    "a misspelt word in an example": ("item: {kind: class", "item: {kind: clas", "examples.base.item.kind"),
    "a change that no case knows": ("change: {item:", "change: {itm:", "examples.cases.0.change.itm"),
    "both requirements": ("\nrequired:", "\nforbidden: {read_only: true}\nrequired:", RULED_OUT),
    "an allowed requirement in a duty": ("\nrequired:", "\nallowed:", RULED_OUT),
    "two kinds of file in one": ("norm: TEST-ONE", "norm: TEST-ONE\ndecision: TEST-ONE", "decision"),
    "a path to a field that does not exist": ("{param: transfer-start, plus_days: -3}", "{field: chat.created}",
                                              "required.any.0.transferred_on.before.field"),
    "a path to a field of another kind": ("{param: transfer-start, plus_days: -3}", "{field: chat.kind}",
                                          "required.any.0.transferred_on.before.field"),
    "a remedy that sets no field": ("remedy_sets: {platform", "remedy_sets: {plattform", "remedy_sets.plattform"),
}  # fmt: skip


def test_the_sound_policy_is_sound(validator: Draft7Validator) -> None:
    assert list(validator.iter_errors(seen_by_editor(SOUND))) == []


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_underlined_where_it_stands(mistake: str, validator: Draft7Validator) -> None:
    old, new, place = MISTAKES[mistake]
    assert old in SOUND
    errors = _deepest(validator.iter_errors(seen_by_editor(SOUND.replace(old, new, 1))))
    assert errors
    assert place in {_place(error) for error in errors}, [(_place(e), e.message[:80]) for e in errors]


OTHERS = {
    "decision": """
decision: TEST-TWO
title: {ru: Проба, en: Trial}
about: chats
cites: [{act: faq-max-2025, at: вопрос 2}]
in_force: {from: {param: transfer-start}}
outcomes: {moved: {ru: да, en: yes}, stays: {ru: нет, en: no}}
criteria: [{id: T-1, title: {ru: а, en: a}, when: {last_message_on: {known: true}}}]
exclusions: [{id: T-2, title: {ru: а, en: a}, when: {origin: ezhd}}]
then: {all_criteria_and_no_exclusion: moved, otherwise: stays}
advice: {T-2: {ru: а, en: a}}
examples: {cases: [{name: one, expect: moved, criteria: {T-1: true}, advice: [T-2]}]}
""",
    "definition": """
definition: TEST-THREE
title: {ru: Проба, en: Trial}
when: {kind: school, chats: {some: {platform: max}}}
""",
    "values": "{values: test-values, title: {ru: а, en: a}, members: [teacher]}",
    "act": """
act: test-act
title: {ru: а, en: a}
short: {ru: а, en: a}
number: 41
date: 2025-01-01
force: press
checked_on: never
clauses:
  - {at: 1, title: {ru: а, en: a}, coverage: automated, policies: [FM-BAN]}
  - {at: п. 2, title: {ru: а, en: a}, coverage: pending, why: {ru: а, en: a}}
""",
    "register": """
register: test-register
title: {ru: а, en: a}
closed: true
rows: [{id: one, title: {ru: а, en: a}, aliases: [1, раз], from: 2025-01-01, cites: [{act: koap-rf, at: ст. 1}]}]
""",
    "parameter": """
parameter: test-parameter
title: {ru: а, en: a}
type: date
rows:
  - {region: 78, kind: [school], value: 2025-01-01, cites: [{act: koap-rf, at: ст. 1}]}
  - {value: unknown, why: {ru: а, en: a}, cites: [{act: koap-rf, at: ст. 1}]}
""",
}
OTHER_MISTAKES = [
    ("decision", "origin: ezhd", "orign: ezhd", "exclusions.0.when.orign"),
    ("decision", "{known: true}", "{knwn: true}", "criteria.0.when.last_message_on.knwn"),
    ("decision", "id: T-2, title", "id: T-2, titel", "exclusions.0.titel"),
    ("decision", "otherwise: stays", "otherwse: stays", "then.otherwse"),
    ("decision", "id: T-1, title: {ru: а, en: a}, ", "id: T-1, ", "criteria.0"),
    ("decision", "en: yes}", "eng: yes}", "outcomes.moved.eng"),
    ("definition", "platform", "platfrm", "when.chats.some.platfrm"),
    ("definition", "kind: school", "kind: scool", "when.kind"),
    ("definition", "when:", "about: chats\nwhen:", "when.chats"),
    ("values", "members", "member", "member"),
    ("act", "force: press", "force: pres", "force"),
    ("act", "automated, policies: [FM-BAN]", "automated", "clauses.0"),
    ("act", "pending, why: {ru: а, en: a}", "pending", "clauses.1"),
    ("act", "coverage: pending", "coverage: pendng", "clauses.1.coverage"),
    ("register", "id: one", "id: One", "rows.0.id"),
    ("register", ", cites: [{act: koap-rf, at: ст. 1}]", "", "rows.0"),
    ("register", "closed: true", 'closed: "true"', "closed"),
    ("parameter", "kind: [school]", "kind: [scool]", "rows.0.kind.0"),
    ("parameter", "value: 2025-01-01", "value: 5", "rows.0.value"),
    ("parameter", "type: date", "type: integer", "rows.0.value"),
    ("parameter", "unknown, why: {ru: а, en: a}", "unknown", "rows.1"),
]


@pytest.mark.parametrize("kind", OTHERS)
def test_a_sound_file_of_another_kind_is_sound(kind: str, validator: Draft7Validator) -> None:
    assert list(validator.iter_errors(seen_by_editor(OTHERS[kind]))) == []


@pytest.mark.parametrize(("kind", "old", "new", "place"), OTHER_MISTAKES)
def test_a_mistake_in_a_file_of_another_kind_is_underlined_where_it_stands(
    kind: str, old: str, new: str, place: str, validator: Draft7Validator
) -> None:
    assert old in OTHERS[kind]
    errors = _deepest(validator.iter_errors(seen_by_editor(OTHERS[kind].replace(old, new, 1))))
    assert place in {_place(error) for error in errors}, [(_place(e), e.message[:80]) for e in errors]


def test_a_file_of_no_known_kind_is_refused(validator: Draft7Validator) -> None:
    assert not validator.is_valid({"title": {"ru": "а", "en": "a"}})


@pytest.mark.parametrize(
    "line",
    [
        "platform: a_service_of_ours",
        "meets: OUR-OWN",
        "platform: {listed_in: our-register}",
        "kind: {in: {values: our-kinds}}",
        "created_on: {after: {param: our-day, plus_days: {param: our-days}}}",
        "created_on: {after: {field: other.transferred_on}}",
        "other: {kind: class}",
    ],
)
def test_names_of_other_policy_sets_are_accepted(line: str, validator: Draft7Validator) -> None:
    content = seen_by_editor(SOUND)
    content["applies_when"] = seen_by_editor(line)
    content["cites"] = [{"act": "our-act", "at": "п. 1"}]
    assert list(validator.iter_errors(content)) == []


def test_a_policy_about_several_lists_may_name_the_fields_of_all_of_them(validator: Draft7Validator) -> None:
    content = seen_by_editor(SOUND)
    content |= {"about": ["uses", "chats"], "fields": {"service": {"chats": "platform"}}}
    del content["in_force"]["judged_on"]
    content["applies_when"] = {"service": {"listed_in": "foreign-messengers"}, "read_only": True}
    assert list(validator.iter_errors(content)) == []
    content["applies_when"]["servce"] = "max"
    assert [_place(e) for e in validator.iter_errors(content)] == ["applies_when.servce"]


# --- the schema and the readers know the same keys ---------------------------------------------------------------

HERE = Path("here.yaml")
DATA = {
    "act": "act: x\ntitle: {ru: а, en: a}\nshort: {ru: а, en: a}\nforce: press\nchecked_on: never\n"
    "editions: [{date: 2025-01-01}]\n"
    "clauses: [{at: п. 1, title: {ru: а, en: a}, coverage: automated, policies: [A]}]",
    "register": "register: x\ntitle: {ru: а, en: a}\nrows: [{id: a, title: {ru: а, en: a}}]",
    "parameter": "parameter: x\ntitle: {ru: а, en: a}\ntype: integer\nrows: [{value: 1}]",
    "values": "values: x\ntitle: {ru: а, en: a}\nmembers: [a]",
}


class Recorder:
    """Notes which keys the readers allow in every mapping they read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls: list[tuple[str, set[str], set[str]]] = []
        real = FileReader.keys

        def keys(reader: FileReader, mapping: Mapping, allowed: Any, required: Any = ()) -> bool:
            first = next(iter(mapping.entries), "")
            self.calls.append((first, set(allowed), set(required)))
            return real(reader, mapping, allowed, required)

        monkeypatch.setattr(FileReader, "keys", keys)


def _admitted(schema: dict[str, Any]) -> list[set[str]]:
    """The keys of every mapping that takes no others."""
    return [_keys(part) for part in _parts(schema["$defs"]) if part.get("additionalProperties") is False]


def _keys(part: dict[str, Any]) -> set[str]:
    return set(part["properties"])


def _root(text: str) -> Mapping:
    root = read_yaml(text.encode(), HERE.name, POLICY_LIMITS).root
    assert isinstance(root, Mapping)
    return root


def _known(library: Library) -> Known:
    policies = library.policies
    services = {
        row.id for register in policies.registers.values() if register.family == "services" for row in register.rows
    }
    return Known(
        {name: found.about for name, found in policies.definitions.items()},
        {name: found.kind for name, found in policies.parameters.items()},
        {name: found.family for name, found in policies.registers.items()},
        value_sets(),
        frozenset(services),
    )


@pytest.mark.parametrize("kind", DATA)
def test_the_schema_admits_the_keys_of_data_files_that_the_readers_admit(
    kind: str, monkeypatch: pytest.MonkeyPatch, schema: dict[str, Any]
) -> None:
    recorder = Recorder(monkeypatch)
    reader = DataReader(HERE.name, [], {})
    getattr(reader, "value_set" if kind == "values" else kind)(_root(DATA[kind]))
    admitted = _admitted(schema)
    first, allowed, required = recorder.calls[0]
    assert first == kind
    assert allowed == _keys(schema["$defs"][f"file_{kind}"])
    assert required == set(schema["$defs"][f"file_{kind}"]["required"])
    for _, inner, _ in recorder.calls[1:]:
        assert inner in admitted


def test_the_schema_admits_the_keys_of_policies_that_the_readers_admit(
    schema: dict[str, Any], library: Library, monkeypatch: pytest.MonkeyPatch, vocabulary: Vocabulary
) -> None:
    recorder = Recorder(monkeypatch)
    reader = PolicyReader(HERE.name, [], dict(library.policies.acts), _known(library), vocabulary)
    reader.norm(_root(SOUND))
    reader.definition(_root("definition: x\ntitle: {ru: а, en: a}\nwhen: {kind: school}"))
    reader.decision(
        _root("decision: X\nabout: chats\ncriteria: [{id: a}]\nthen: {otherwise: b}\nreadings: [{id: a}]")
    )
    admitted = _admitted(schema)
    for kind, keys in (
        ("norm", policy_files.NORM_KEYS),
        ("decision", policy_files.DECISION_KEYS),
        ("definition", DEFINITION_KEYS),
    ):
        allowed, required = next((a, r) for first, a, r in recorder.calls if first == kind)
        assert allowed == set(keys) == _keys(schema["$defs"][f"file_{kind}"])
        assert required <= set(schema["$defs"][f"file_{kind}"]["required"])
    for _, allowed, _ in recorder.calls:
        assert allowed in admitted or allowed == {"param", "plus_days"}


def test_the_lists_of_keys_are_those_of_the_files(schema: dict[str, Any]) -> None:
    lists = {"definition": DEFINITION_KEYS, "values": VALUES_KEYS, "act": ACT_KEYS}
    lists |= {"register": REGISTER_KEYS, "parameter": PARAMETER_KEYS}
    for kind, keys in lists.items():
        assert set(keys) == _keys(schema["$defs"][f"file_{kind}"])


def test_examples_have_the_keys_that_running_them_knows(schema: dict[str, Any]) -> None:
    assert set(BASE_KEYS) == set(example_files.BASE_KEYS)
    assert set(CASE_KEYS) == set(example_files.CASE_KEYS)
    assert set(CHANGE_KEYS) == set(example_files.CHANGE_KEYS)
    cases = schema["$defs"]["examples"]["properties"]["cases"]["items"]
    assert _keys(cases) == set(example_files.CASE_KEYS)


def test_facts_in_examples_are_the_fields_of_the_snapshot_schema(schema: dict[str, Any]) -> None:
    snapshot = json.loads(schema_bytes("snapshot"))
    for name, part in snapshot["$defs"].items():
        if f"fact_{name}" in schema["$defs"]:
            assert _keys(schema["$defs"][f"fact_{name}"]) == set(part["properties"]), name
    assert _keys(schema["$defs"]["fact_coverage"]) == set(snapshot["$defs"]["coverage"]["properties"])
    words = schema["$defs"]["fact_coverage"]["properties"]["chats"]["enum"]
    assert words == snapshot["$defs"]["coverage_value"]["enum"]


# --- the schema and the readers agree on conditions --------------------------------------------------------------


def test_a_condition_offers_the_fields_of_its_record_connectives_and_scopes(
    vocabulary: Vocabulary, schema: dict[str, Any]
) -> None:
    scopes = {ROOT, *(shape.scope for shape in vocabulary.lists.values())}
    for path in (ROOT, *vocabulary.lists):
        fields = set(vocabulary.record_of(path).fields)
        offered = _keys(schema["$defs"][f"condition_{_name(vocabulary, path)}"])
        assert offered - set(CONNECTIVES) == fields | scopes
        assert {"all", "any", "not", "meets", "undecided"} <= offered


def test_a_field_offers_the_operators_that_go_with_its_kind(vocabulary: Vocabulary, schema: dict[str, Any]) -> None:
    for path in (ROOT, *vocabulary.lists):
        for name, shape in vocabulary.record_of(path).fields.items():
            field = schema["$defs"][f"condition_{_name(vocabulary, path)}"]["properties"][name]
            if shape.kind is Kind.LIST:
                assert _keys(field) == set(operators_of(shape))
            elif shape.kind is not Kind.RECORD:
                then = field["then"]
                compare = schema["$defs"][(then.get("then") or then)["$ref"].split("/")[-1]]
                assert _keys(compare) - {"param", "field", "as_of", "plus_days"} == set(operators_of(shape))


RIGHT_SIDES = (
    *("true", '"true"', "5", '"5"', "0.5", "2025-01-01", "2025-01", "never", "open_ended", "none", "ongoing"),
    *("as_of", "unknown", "max", "teacher", "school", "[]", "[teacher]", "[max]"),
    *("[5]", "[true]", "[school, state_body]", "{plus_days: 3}", "{param: invite-days, field: x.y}"),
    *("{param: transfer-start}", "{param: rank-limit}", "{param: ru-software-share}", "{values: staff-roles}"),
    *("{param: transfer-start, plus_days: 3}", "{as_of: {plus_days: -7}}"),
    *("{field: organization.kind}", "{field: organization.region}", "{field: organization.programs}"),
    *("{field: organization.sferum_connected}", "{field: organization.public_share.region}"),
    *("{field: organization.roadmap.started_on}", "{field: organization.chats}", "{field: organization.nothing}"),
    *("{field: organization.state_systems_in_use}", "foreign-messengers"),
)  # fmt: skip
OPERATORS = (
    *("", "is", "is_not", "in", "not_in", "at_least", "less_than", "before", "on_or_after", "contains"),
    *("contains_any", "within", "empty", "listed_in", "known", "some", "count"),
)


def _samples(vocabulary: Vocabulary) -> list[tuple[str, str, FieldShape]]:
    """One field of each kind and of each set of values."""
    found: dict[Any, tuple[str, str, FieldShape]] = {}
    for path in (ROOT, *vocabulary.lists):
        for name, shape in vocabulary.record_of(path).fields.items():
            if shape.kind not in (Kind.RECORD, Kind.LIST):
                key = (shape.kind, shape.item, tuple(shape.values), shape.special, shape.target)
                found.setdefault(key, (path, name, shape))
    return list(found.values())


WORD = re.compile(r'\[?"?[a-z_0-9]+"?(, [a-z_]+)?\]?')


def _about_other_files(operator: str, right: str, shape: FieldShape) -> bool:
    """Whether the reader's answer depends on what other files hold: rows, sets of values, kinds of parameters."""
    if operator == "listed_in":
        return right[0] not in "{[" and right != "foreign-messengers"
    if right.startswith("{values"):
        return operator in operators_of(shape) and (shape.item or shape.kind).is_name
    if Kind.SERVICE in (shape.kind, shape.item):
        return (
            WORD.fullmatch(right) is not None and "max" not in right and right not in ("5", "true", "[5]", "[true]")
        )
    param = re.match(r"\{param: ([a-z-]+)\}$|\{param: ([a-z-]+), plus_days", right)
    is_day = param is not None and (param[1] or param[2]) == "transfer-start"
    return param is not None and (is_day if shape.kind.is_number else not is_day and shape.kind.is_day)


def _strangers(operator: str, right: str, shape: FieldShape) -> bool:
    """Sets that have no word in common; comparing them is idle, the reader lets it pass, the schema does not."""
    return shape.kind is Kind.SET and operator.startswith(("contains", "within")) and right.startswith("{field")


def test_the_schema_accepts_a_comparison_exactly_when_the_reader_does(
    vocabulary: Vocabulary, library: Library, schema: dict[str, Any]
) -> None:
    known, differing = _known(library), []
    for path, name, shape in _samples(vocabulary):
        target = f"#/$defs/condition_{_name(vocabulary, path)}"
        check = Draft7Validator({"$ref": target, "$defs": schema["$defs"]})
        for operator in OPERATORS:
            own = [next(iter(shape.values), "teacher"), f"[{next(iter(shape.values), 'teacher')}]"]
            fits = not operator or operator in operators_of(shape)
            for right in (*RIGHT_SIDES, *own) if fits else own:
                text = f"{name}: {{{operator}: {right}}}" if operator else f"{name}: {right}"
                problems: list[Problem] = []
                reader = PolicyReader(HERE.name, problems, {}, known, vocabulary)
                reader.allow_known = True
                accepted = reader.condition(_root(text), scope_of(vocabulary, path)) is not None
                if _about_other_files(operator, right, shape) or _strangers(operator, right, shape):
                    continue
                if accepted != check.is_valid(seen_by_editor(text)):
                    differing.append((path, text, "reader" if accepted else "schema"))
    assert not differing, differing[:20]


CONDITIONS = (
    "chats | {all: [{kind: class}, {not: {read_only: true}}]}",
    "chats | {any: {kind: class}}",
    "chats | {meets: [FM-ADDR]}",
    "chats | {undecided: C03}",
    "chats | {fresh: {of: {kind: class}, on: created_on, within_days: 3}}",
    "chats | {fresh: {of: {kind: class}, on: kind, within_days: 3}}",
    "documents | {fresh: {of: {open_access: true}, on: checked_on, within_days: {param: site-check-days}}}",
    "documents | {fresh: {of: {open_access: true}, on: checked_on}}",
    "chats | {sum: {of: [member_count, unbound_count], more_than: 5}}",
    "chats | {sum: {of: [member_count, kind], more_than: 5}}",
    "chats | {sum: {of: [], more_than: 5}}",
    "chats | {sum: {of: [member_count]}}",
    "organization | {public_share: {sum: {of: [region, municipality], more_than: 50}}}",
    "organization | {sum: {of: [public_share.region], at_most: 50}}",
    "organization | {ratio: {of: {uses: {count: {service: max}}}, to: {uses: {count: {}}}, more_than: 50}}",
    "organization | {ratio: {of: {uses: {count: {of: {}, is: 1}}}, to: {uses: {count: {}}}, more_than: 50}}",
    "activity | {ratio: {of: active, to: total, at_least: {field: activity_row.baseline_percent}}}",
    "activity | {ratio: {of: active, to: period, at_least: 5}}",
    "chats | {ranks: {some: {rank: {more_than: 250}}}}",
    "chats | {ranks: {some: {kind: class}}}",
    "chats | {ranks: {rank: 5}}",
    "chats | {ranks: {as: other}}",
    "chats | {ranks: {count: {of: {}, is: 2}}}",
    "chats | {ranks: {count: {of: {}, is: {at_least: 2, less_than: {field: chat.member_count}}}}}",
    "chats | {ranks: {count: {of: {}}}}",
    "chats | {ranks: {count: {of: {}, is: {before: 2}}}}",
    "chats | {creator: {roles: {contains: teacher}, ref: {bound: true}}}",
    "chats | {creator: {ref: {is: {field: chat.creator.ref}}}}",
    "chats | {creator: {ref: {is: {field: chat.class}}}}",
    "chats | {creator: {meets: FM-ADDR}}",
    "chats | {created_on: {plus_days: 3}}",
    "chats | {created_on: {plus_days: 3, is: never}}",
    "chats | {creator: {kind: class}}",
    "chats | {organization: {kind: school, chats: {some: {platform: max, other: {}}, as: other}}}",
    "chats | {organization: {chats: {some: {class: {field: chat.class}, ref: {is_not: {field: chat.ref}}}}}}",
    "chats | {organization: {chats: {some: {created_on: {after: {field: other.created_on}}}, as: other}}}",
    "chats | {successor: none}",
    "chats | {successor: {platform: max}}",
    "chats | {successor: {in: [none]}}",
    "chats.invitations | {chat: {platform: max}, person: {roles: {contains: teacher}}}",
    "chats.invitations | {joined_on: {before: {field: invitation.invited_on, plus_days: {param: invite-days}}}}",
    "chats.invitations | {joined_on: {before: {field: invitation.invited_on, plus_days: {param: transfer-start}}}}",
    "chats | []",
    "chats | {not: [{kind: class}]}",
    "chats | {allof: [{kind: class}]}",
)  # fmt: skip


@pytest.mark.parametrize("line", CONDITIONS)
def test_the_schema_accepts_a_condition_exactly_when_the_reader_does(
    line: str, vocabulary: Vocabulary, library: Library, schema: dict[str, Any]
) -> None:
    path, text = (part.strip() for part in line.split("|"))
    problems: list[Problem] = []
    reader = PolicyReader(HERE.name, problems, {}, _known(library), vocabulary)
    node = _root(f"when: {text}").get("when")
    accepted = reader.condition(node, scope_of(vocabulary, path)) is not None
    if "plus_days: {param: transfer-start}" in text:
        accepted = not accepted  # of which kind a parameter is depends on other files
    target = f"#/$defs/condition_{_name(vocabulary, path)}"
    errors = list(Draft7Validator({"$ref": target, "$defs": schema["$defs"]}).iter_errors(seen_by_editor(text)))
    assert (not errors) == accepted, [p.message.en for p in problems] or [e.message for e in errors]
