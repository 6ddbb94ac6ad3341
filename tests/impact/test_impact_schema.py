"""The public contract of an impact report: the schema describes what the program writes, key by key."""

from __future__ import annotations

from types import UnionType
from typing import Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

import pytest
from impact_bench import SCHEMA
from jsonschema import Draft202012Validator

from validator.logic import impact as types
from validator.logic.frozen import fields_of
from validator.logic.policy import Act, Clauses, Decision, Definition, Norm, Parameter, Register, Topic
from validator.logic.report import BothTexts, Location, MissingFact, PolicySelection, Tool
from validator.render.impact.words import PARTS

NAMES = {
    types.ImpactReport: "",
    types.Side: "side",
    PolicySelection: "policy_selection",
    types.Cause: "cause",
    types.Change: "change",
    types.Note: "note",
    types.ImpactInputs: "inputs",
    types.OrganizationCount: "organization_count",
    types.Directions: "directions",
    types.ImpactCounts: "counts",
    types.Transition: "transition",
    types.PolicyImpact: "policy",
    types.PlaceTotal: "place",
    types.DecidingFact: "fact",
    types.Disputed: "disputed",
    types.Judged: "judged",
    types.Flip: "flip",
    types.LeftOut: "left_out",
    types.Unread: "unread",
    BothTexts: "both_texts",
    Tool: "tool",
    MissingFact: "missing_fact",
    Location: "location",
}


def mapping_of(type_: Any) -> dict[str, Any]:
    found: dict[str, Any] = SCHEMA["$defs"][NAMES[type_]] if NAMES[type_] else SCHEMA
    return found


def test_the_schema_is_a_valid_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_type_has_its_part_of_the_schema() -> None:
    assert {found for found in vars(types).values() if is_typeddict(found)} == set(NAMES)
    assert set(NAMES.values()) == {"", *SCHEMA["$defs"]}


@pytest.mark.parametrize("type_", NAMES, ids=lambda found: found.__name__)
def test_the_schema_has_the_keys_of_the_type(type_: Any) -> None:
    mapping = mapping_of(type_)
    hints = get_type_hints(type_, include_extras=True)
    assert list(mapping["properties"]) == list(hints)
    assert mapping["required"] == [key for key, hint in hints.items() if get_origin(hint) is not NotRequired]
    for key, hint in hints.items():
        nullable = get_origin(hint) in (Union, UnionType) and type(None) in get_args(hint)
        own = {"$defs": SCHEMA["$defs"], **mapping["properties"][key]}
        assert Draft202012Validator(own).is_valid(None) == nullable, key


def test_every_key_and_word_is_explained_in_both_languages() -> None:
    texts = ("title", "x-title-en", "description", "x-description-en")
    for type_ in NAMES:
        for key, part in mapping_of(type_)["properties"].items():
            assert all(part.get(text) for text in texts), (type_, key)
            for words in (part, *part.get("anyOf", ())):
                if "enum" in words:
                    assert words["enum"] == list(words["x-values"])
                    assert all(text["ru"] and text["en"] for text in words["x-values"].values())


def test_the_words_are_those_of_the_program() -> None:
    for alias, type_, key in (
        (types.ChangeKind, types.Cause, "kind"),
        (types.ChangeWord, types.Cause, "change"),
        (types.Direction, types.Flip, "direction"),
        (types.LeftOutCause, types.LeftOut, "cause"),
        (types.SideName, types.Unread, "side"),
    ):
        part = mapping_of(type_)["properties"][key]
        assert (part.get("enum") or part["anyOf"][0]["enum"]) == list(get_args(alias)), key


POLICY_FILES = (Norm, Decision, Definition, Register, Parameter, Act, Topic)


def test_every_part_of_a_policy_that_can_differ_has_a_word() -> None:
    """A part without a word would be shown by its name in the code."""
    named = {"clauses": "about", "subject": "about", "exceptions": "exceptions_when"}
    parts = {name for type_ in POLICY_FILES for name in fields_of(type_)}
    parts |= {named.get(name, name) for name in fields_of(Clauses)}
    assert parts - {"span", "subject", "name"} <= set(PARTS)
