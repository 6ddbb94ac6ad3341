"""Files of norms, decisions and definitions, without what depends on the list they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from validator.language.policy_files import DECISION_KEYS, NORM_KEYS
from validator.language.schema.ground import Ground
from validator.language.schema.parts import dispatch
from validator.language.schema.pieces import (
    DEFINITION_NAME,
    INTEGER,
    POLICY_NAME,
    TEXT,
    Schema,
    closed,
    exactly,
    formed,
    if_list,
    keyed,
    list_of,
    one_of,
    ref,
    unoffered,
    within,
)
from validator.language.schema.places import ANY
from validator.language.schema.readings import readings
from validator.language.schema.texts import MODALITIES, SEVERITIES, STATUS
from validator.language.vocabulary import ROOT
from validator.logic.text import Text

DEFINITION_KEYS = ("definition", "title", "about", "cites", "when", "note")


def norm(ground: Ground) -> Schema:
    """A file of a norm."""
    about = _about(several=True)
    keys: dict[str, Schema] = {
        "norm": formed(POLICY_NAME),
        "title": ref("both"),
        "about": about,
        "fields": _other_names(ground),
        "modality": one_of(MODALITIES),
        "severity": one_of(SEVERITIES),
        "cites": {**within("citations"), "minItems": 1},
        "status": one_of(STATUS),
        "exceptions": list_of(_criterion(required=("id", "when"))),
        "readings": readings(ground),
        "message": ref("both"),
        "remedy": ref("both"),
        "remark": ref("both"),
        "sanction": _sanction(),
    }
    required = ("norm", "title", "about", "modality", "severity", "cites", "message", "examples")
    requirement = {
        "if": {"properties": {"modality": {"pattern": exactly("permission")}}, "required": ["modality"]},
        "then": {"required": ["allowed"], "properties": {"forbidden": False, "required": False}},
        "else": {
            "if": {"required": ["forbidden"]},
            "then": {"properties": {"required": False, "allowed": False}},
            "else": {"required": ["required"], "properties": {"allowed": False}},
        },
    }
    properties = _told_keys(NORM_KEYS, keys)
    return {**closed(properties, required), "allOf": [requirement, *dispatch(ground, "norm", ANY)]}


def decision(ground: Ground) -> Schema:
    """A file of a decision."""
    criteria = list_of(_criterion(required=("id", "title", "when")))
    outcomes = ("all_criteria_and_no_exclusion", "otherwise")
    keys: dict[str, Schema] = {
        "decision": formed(POLICY_NAME),
        "title": ref("both"),
        "about": _about(several=False),
        "cites": {**within("citations"), "minItems": 1},
        "outcomes": {"type": "object", "additionalProperties": ref("both")},
        "criteria": criteria,
        "exclusions": criteria,
        "then": closed({name: keyed(name, TEXT) for name in outcomes}, outcomes),
        "readings": readings(ground),
        "advice": {"type": "object", "additionalProperties": ref("both")},
        "status": one_of(STATUS),
    }
    properties = _told_keys(DECISION_KEYS, keys)
    required = ("decision", "title", "about", "cites", "outcomes", "criteria", "then", "examples")
    return {**closed(properties, required), "allOf": dispatch(ground, "decision", ANY)}


def definition(ground: Ground) -> Schema:
    """A file of a definition."""
    keys: dict[str, Schema] = {
        "definition": formed(DEFINITION_NAME),
        "title": ref("both"),
        "about": ref("list_path"),
        "cites": ref("citations"),
        "note": ref("both"),
    }
    properties = _told_keys(DEFINITION_KEYS, keys)
    return {
        **closed(properties, ("definition", "title", "when")),
        "allOf": dispatch(ground, "definition", ROOT),
    }


def _told_keys(names: Iterable[str], known: Mapping[str, Schema]) -> dict[str, Schema]:
    """The keys of a file. Those that depend on `about` are offered by the part that it chooses."""
    return {name: keyed(name, known[name]) if name in known else unoffered(keyed(name, {})) for name in names}


def _about(*, several: bool) -> Schema:
    one = ref("list_path")
    return if_list({**list_of(one), "minItems": 1} | ({} if several else {"maxItems": 1}), one)


def _other_names(ground: Ground) -> Schema:
    known = sorted({name for place in ground.subjects for name in place.shape.fields})
    lists = {
        place.path: keyed("renamed", {"enum": list(place.shape.fields)}, place.title) for place in ground.subjects
    }
    return {"type": "object", "propertyNames": {"enum": known}, "additionalProperties": closed(lists)}


def _criterion(required: tuple[str, ...]) -> Schema:
    keys = {"id": TEXT, "title": ref("both"), "cites": ref("citations"), "when": {"type": "object"}}
    return closed({key: keyed(f"criterion.{key}", schema) for key, schema in keys.items()}, required)


def _sanction() -> Schema:
    sums = {**list_of(INTEGER), "minItems": 2, "maxItems": 2}
    applies = one_of(
        {
            "yes": Text("санкция применима", "the penalty applies"),
            "disputed": Text("применимость спорна", "whether it applies is disputed"),
        }
    )
    keys = {"cites": ref("citation"), "applies": applies, "official_rub": sums, "entity_rub": sums}
    properties = {key: keyed(f"sanction.{key}", schema) for key, schema in keys.items()}
    return closed(properties, ("cites", "applies"))
