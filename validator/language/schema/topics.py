"""Files of topics, and of findings that are known."""

from __future__ import annotations

from validator.language.schema.ground import Ground
from validator.language.schema.pieces import (
    DATA_NAME,
    DAY,
    TEXT,
    TRUTH,
    Schema,
    closed,
    exactly,
    formed,
    keyed,
    list_of,
    one_of,
    ref,
    unoffered,
)
from validator.language.topic_files import COVER_KEYS, SWITCHED_OFF_KEYS, TOPIC_KEYS
from validator.logic.proof import ANALYSES


def topic(ground: Ground) -> Schema:
    """A file of a topic."""
    off = {"analysis": one_of(ANALYSES), "why": ref("both")}
    properties = {key: keyed(f"switched_off.{key}", off[key]) for key in SWITCHED_OFF_KEYS}
    keys: dict[str, Schema] = {
        "topic": formed(DATA_NAME),
        "title": ref("both"),
        "note": ref("both"),
        "covers": list_of(_cover(ground)),
        "switched_off": list_of(closed(properties, SWITCHED_OFF_KEYS)),
    }
    return closed({key: keyed(f"topic.{key}", keys[key]) for key in TOPIC_KEYS}, ("topic", "title"))


def known() -> Schema:
    """A file of known findings, which lies beside the policies."""
    digest: Schema = {
        "type": "string",
        "pattern": "^[0-9a-f]{16}$",
        "patternErrorMessage": "16 знаков из отчёта / 16 characters from the report",
    }
    keys = {"digest": digest, "owner": TEXT, "reason": ref("both"), "through": DAY}
    entry = closed({key: keyed(f"known.{key}", schema) for key, schema in keys.items()}, keys)
    return closed({"known": keyed("known", list_of(entry))}, ("known",))


def _cover(ground: Ground) -> Schema:
    """A domain; what its condition may say depends on the list it is about."""
    keys: dict[str, Schema] = {
        "id": TEXT,
        "title": ref("both"),
        "about": ref("list_path"),
        "from": DAY,
        "through": DAY,
        "exhaustive": TRUTH,
    }
    properties = {
        key: keyed(f"cover.{key}", keys[key]) if key in keys else unoffered(keyed(f"cover.{key}", {}))
        for key in COVER_KEYS
    }
    chosen = [
        {
            "if": {"properties": {"about": {"pattern": exactly(place.path)}}, "required": ["about"]},
            "then": {"properties": {"when": keyed("cover.when", ref(f"condition_{place.name}"))}},
        }
        for place in ground.subjects
    ]
    return {**closed(properties, ("id", "title", "about", "exhaustive")), "allOf": chosen}
