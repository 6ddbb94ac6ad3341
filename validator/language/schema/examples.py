"""The examples embedded in a policy: facts, how a case differs, what must come out."""

from __future__ import annotations

from validator.language.schema.ground import Ground
from validator.language.schema.pieces import DAY, TEXT, Schema, closed, keyed, list_of, named, one_or_list, ref
from validator.language.schema.places import ANY, Place
from validator.language.schema.texts import EXPECTED
from validator.language.vocabulary import ROOT

BASE_KEYS = ("organization", "item", "parent", "lists", "roadmap", "coverage", "item_of")


CHANGE_KEYS = ("organization", "item", "parent", "roadmap")


CASE_KEYS = (
    *("name", "change", "lists", "coverage", "as_of", "item_of", "subject", "parameters"),
    *("expect", "missing", "disputed", "criteria", "advice"),
)


def all_examples(ground: Ground) -> Schema:
    """The examples of any policy; what `item` and `parent` hold depends on the list it is about."""
    pieces: dict[str, Schema] = {
        "organization": ref(f"fact_{ROOT}"),
        "item": {"type": "object"},
        "parent": {"type": "object"},
        "lists": ref("fact_lists"),
        "roadmap": ref("fact_roadmap"),
        "coverage": ref("fact_coverage"),
        "item_of": ref("list_path"),
    }
    change = closed({key: keyed(f"change.{key}", pieces[key]) for key in CHANGE_KEYS})
    truths: Schema = {"enum": ["true", "false", "unknown", True, False]}
    answers: dict[str, Schema] = {
        "name": TEXT,
        "change": change,
        "as_of": DAY,
        "subject": {"type": "string", "minLength": 1},
        "parameters": {"type": "object", "additionalProperties": TEXT},
        "expect": ref("expected"),
        "missing": one_or_list(TEXT),
        "disputed": {"type": "object", "additionalProperties": ref("expected")},
        "criteria": {"type": "object", "additionalProperties": truths},
        "advice": one_or_list(TEXT),
    }
    ground.define("expected", lambda: named(EXPECTED))
    case = closed({k: keyed(f"case.{k}", (pieces | answers)[k]) for k in CASE_KEYS}, ("name", "expect"))
    keys = {
        "as_of": keyed("examples.as_of", DAY),
        "base": keyed("base", closed({key: keyed(f"base.{key}", pieces[key]) for key in BASE_KEYS})),
        "cases": keyed("cases", {**list_of(case), "minItems": 1}),
    }
    return closed(keys, ("cases",))


def examples(ground: Ground, place: Place | None) -> Schema:
    """What the facts of the judged item, and of the one that holds it, may be."""
    name = place.name if place else ANY
    parent = place.path.split(".")[0] if place and "." in place.path else ""
    holder = ground.vocabulary.lists[parent].scope if parent else ANY
    facts = {"properties": {"item": ref(f"fact_{name}"), "parent": ref(f"fact_{holder}")}}
    cases = {"items": {"properties": {"change": facts}}}
    return {"allOf": [ref("examples"), {"properties": {"base": facts, "cases": cases}}]}
