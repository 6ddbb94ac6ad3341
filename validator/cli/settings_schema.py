"""The JSON Schema of `sverka.yaml`, made from the table of settings: hints and warnings while it is written."""

from __future__ import annotations

from typing import assert_never

from validator.cli.outputs import REPORT_FORMATS
from validator.cli.settings import SETTINGS, Kind, Setting
from validator.journeys.gate import MODALITIES, NEVER, SEVERITIES
from validator.logic.text import Language, Text

Schema = dict[str, object]
_DRAFT = "http://json-schema.org/draft-07/schema#"  # what editors understand best
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def settings_schema(language: Language) -> Schema:
    """The schema, its descriptions in one language."""
    title = Text("Настройки Сверки", "Settings of Sverka")
    return {
        "$schema": _DRAFT,
        "$id": "urn:sverka:settings:1",
        "title": title.in_language(language),
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _property(setting, language) for name, setting in SETTINGS.items()},
    }


def _property(setting: Setting, language: Language) -> Schema:
    word = _word(setting)
    described: Schema = {"description": setting.title.in_language(language)}
    if setting.default:
        described["default"] = list(setting.default) if setting.many else setting.default[0]
    if not setting.many:
        return {**described, **word}
    return {**described, "anyOf": [{"type": "array", "minItems": 1, "items": word}, word]}


def _word(setting: Setting) -> Schema:
    match setting.kind:
        case Kind.POLICIES | Kind.PATHS | Kind.NAMES | Kind.FILE:
            return {"type": "string", "minLength": 1}
        case Kind.OUTPUTS:
            return {"type": "string", "pattern": f"^({'|'.join(REPORT_FORMATS)})(=.+)?$"}
        case Kind.DAY:
            return {"type": "string", "pattern": _DAY}
        case Kind.BARS:
            severities = "|".join(SEVERITIES)
            return {
                "type": "string",
                "pattern": f"^({NEVER}|{severities}|({'|'.join(MODALITIES)})(=({severities}))?)$",
            }
        case Kind.CHOICE:
            return {"enum": list(setting.choices)}
        case _:
            assert_never(setting.kind)
