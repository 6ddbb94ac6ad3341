"""Readings of disputed law: what a deviation from the chosen one may change."""

from __future__ import annotations

from validator.language.policy_files import READING_KEYS
from validator.language.schema.ground import Ground
from validator.language.schema.pieces import (
    DATA_NAME,
    DEFINITION_NAME,
    TEXT,
    TRUTH,
    Schema,
    closed,
    formed,
    if_mapping,
    keyed,
    list_of,
    one_of,
    one_or_list,
    open_mapping,
    ref,
)
from validator.language.schema.texts import SEVERITIES
from validator.language.schema.values import literal_of, paths
from validator.logic.shape import FieldShape, Kind
from validator.logic.text import Text


def readings(ground: Ground) -> Schema:
    """The list of readings of a policy."""
    return ground.define("readings", lambda: list_of(closed(_reading(ground), ("id", "why"))))


def _reading(ground: Ground) -> dict[str, Schema]:
    names = ground.names
    parameters = {
        name: keyed("other_parameter", _reading_value(ground, kind), title)
        for name, (kind, title) in names.parameters.items()
    }
    registers = {
        name: keyed("other_register", ref("register_name"), title) for name, title in names.registers.items()
    }
    places = {place.path: place.name for place in ground.subjects}
    definitions = {
        name: keyed("other_definition", ref(f"definition_of_{places[about]}"), title)
        for name, (about, title) in names.definitions.items()
    }
    titles = {name: title for name, (_, title) in names.parameters.items()}
    keys: dict[str, Schema] = {
        "id": TEXT,
        "chosen": TRUTH,
        "why": ref("both"),
        "cites": ref("citations"),
        "parameters": open_mapping(parameters, if_mapping({"required": ["field"]}, TEXT)),
        "definitions": open_mapping(definitions, formed(DEFINITION_NAME)),
        "registers": open_mapping(registers, ref("register_name")),
        "severity": one_of(SEVERITIES),
        "without_exceptions": one_or_list(TEXT),
        "admit_press": one_or_list(ground.named(titles, DATA_NAME)),
    }
    return {key: keyed(f"reading.{key}", keys[key]) for key in READING_KEYS}


def _reading_value(ground: Ground, kind: Kind) -> Schema:
    """A value of a parameter, or a field in its place."""
    shape = FieldShape("", kind, Text("", ""), Text("", ""))
    return if_mapping(
        closed({"field": keyed("field", paths(ground, shape))}, ("field",)), literal_of(ground, shape)
    )
