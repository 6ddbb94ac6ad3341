"""Files of data: sets of values, acts, registers, parameters."""

from __future__ import annotations

from validator.language.data_files import PARAMETER_KINDS, REGISTER_FACTS
from validator.language.schema.ground import Ground
from validator.language.schema.pieces import (
    DATA_NAME,
    DAY,
    DECIMAL,
    DEFINITION_NAME,
    INTEGER,
    ROW_NAME,
    TEXT,
    TRUTH,
    Schema,
    closed,
    exactly,
    formed,
    keyed,
    list_of,
    one_of,
    one_or_list,
    ref,
    within,
    word_or,
)
from validator.language.schema.texts import COVERAGE_TEXTS, FORCES
from validator.logic.shape import Kind
from validator.logic.text import Text

VALUES_KEYS = ("values", "title", "cites", "members")


ACT_KEYS = (
    *("act", "title", "short", "number", "date", "force", "editions", "in_force_from", "in_force_through"),
    *("seen", "quality", "checked_on", "note", "clauses"),
)


REGISTER_KEYS = ("register", "title", "family", "closed", "rows")


PARAMETER_KEYS = ("parameter", "title", "type", "unit", "gaps", "rows")


ROW_KEYS = ("id", "title", "aliases", "from", "through", "announced_on", "owner", "cites", "note", *REGISTER_FACTS)


VALUE_KEYS = ("region", "kind", "from", "through", "value", "why", "cites", "note")


CLAUSE_KEYS = ("at", "title", "coverage", "policies", "why")


def value_set() -> Schema:
    """A file of a named set of values."""
    keys = {
        "values": formed(DATA_NAME),
        "title": ref("both"),
        "cites": ref("citations"),
        "members": one_or_list(TEXT),
    }
    return closed({key: keyed(key, keys[key]) for key in VALUES_KEYS}, ("values", "title", "members"))


def act() -> Schema:
    """A file of an act or document."""
    edition = {"date": keyed("edition.date", DAY), "note": keyed("note", ref("both"))}
    keys: dict[str, Schema] = {
        "act": formed(DATA_NAME),
        "title": ref("both"),
        "short": ref("both"),
        "number": TEXT,
        "date": DAY,
        "force": one_of(FORCES),
        "editions": list_of(closed(edition, ("date",))),
        "in_force_from": DAY,
        "in_force_through": DAY,
        "seen": TEXT,
        "quality": TEXT,
        "checked_on": word_or({"never": Text("официальный текст не читали", "not read yet")}, DAY),
        "note": ref("both"),
        "clauses": list_of(_clause()),
    }
    required = ("act", "title", "short", "force", "checked_on", "clauses")
    return closed({key: keyed(f"act.{key}", keys[key]) for key in ACT_KEYS}, required)


def _clause() -> Schema:
    keys: dict[str, Schema] = {
        "at": TEXT,
        "title": ref("both"),
        "coverage": one_of(COVERAGE_TEXTS),
        "policies": one_or_list(formed(DEFINITION_NAME)),
        "why": ref("both"),
    }
    covered = {"properties": {"coverage": {"enum": ["automated", "partial"]}}, "required": ["coverage"]}
    unexplained = {"properties": {"coverage": {"const": "automated"}}, "required": ["coverage"]}
    properties = {key: keyed(f"clause.{key}", keys[key]) for key in CLAUSE_KEYS}
    rules = [
        {"if": covered, "then": {"required": ["policies"]}},
        {"if": unexplained, "else": {"required": ["why"]}},
    ]
    return {**closed(properties, ("at", "title", "coverage")), "allOf": rules}


def register() -> Schema:
    """A file of a register."""
    keys: dict[str, Schema] = {
        "register": formed(DATA_NAME),
        "title": ref("both"),
        "family": formed(DATA_NAME),
        "closed": TRUTH,
        "rows": list_of(_register_row()),
    }
    required = ("register", "title", "rows")
    return closed({key: keyed(f"register.{key}", keys[key]) for key in REGISTER_KEYS}, required)


def _register_row() -> Schema:
    keys: dict[str, Schema] = {
        "id": {"type": ["string", "integer"], "pattern": ROW_NAME},
        "title": ref("both"),
        "aliases": one_or_list(TEXT),
        "from": DAY,
        "through": DAY,
        "announced_on": DAY,
        "owner": ref("both"),
        "cites": {**within("citations"), "minItems": 1},
        "note": ref("both"),
    }
    facts = {key: one_or_list(TEXT) for key in REGISTER_FACTS}
    return closed({k: keyed(f"row.{k}", (keys | facts)[k]) for k in ROW_KEYS}, ("id", "title", "cites"))


def parameter(ground: Ground) -> Schema:
    """A file of a parameter; what its values are depends on its type."""
    words = {"date": Text("дата", "date"), "integer": Text("целое число", "whole number")}
    words["decimal"] = Text("число с дробной частью", "number with decimals")
    keys: dict[str, Schema] = {
        "parameter": formed(DATA_NAME),
        "title": ref("both"),
        "type": one_of({name: words[name] for name in PARAMETER_KINDS}),
        "unit": ref("both"),
        "gaps": one_of({"intended": Text("дни без строки задуманы", "days without a row are meant")}),
        "rows": list_of(_parameter_row(ground)),
    }
    typed = [
        {
            "if": {"properties": {"type": {"pattern": exactly(name)}}, "required": ["type"]},
            "then": {"properties": {"rows": {"items": {"properties": {"value": _parameter_value(kind)}}}}},
        }
        for name, kind in PARAMETER_KINDS.items()
    ]
    properties = {key: keyed(f"parameter.{key}", keys[key]) for key in PARAMETER_KEYS}
    return {**closed(properties, ("parameter", "title", "type", "rows")), "allOf": typed}


def _parameter_row(ground: Ground) -> Schema:
    keys: dict[str, Schema] = {
        "region": one_or_list(TEXT),
        "kind": one_or_list(one_of(ground.vocabulary.root.fields["kind"].values)),
        "from": DAY,
        "through": DAY,
        "value": TEXT,
        "why": ref("both"),
        "cites": {**within("citations"), "minItems": 1},
        "note": ref("both"),
    }
    unknown = {"properties": {"value": {"const": "unknown"}}, "required": ["value"]}
    properties = {key: keyed(f"value.{key}", keys[key]) for key in VALUE_KEYS}
    return {**closed(properties, ("value", "cites")), "if": unknown, "then": {"required": ["why"]}}


def _parameter_value(kind: Kind) -> Schema:
    form = {Kind.DATE: DAY, Kind.INTEGER: INTEGER, Kind.DECIMAL: DECIMAL}[kind]
    word = Text("значения нет, ключ `why` говорит почему", "there is no value, the key `why` says why")
    return word_or({"unknown": word}, form)
