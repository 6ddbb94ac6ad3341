"""The list of waivers as JSON: itself, nothing added. Keys keep their order, so equal lists are equal bytes."""

from __future__ import annotations

from validator.logic.text import Language
from validator.logic.waiver import WaiverList
from validator.render.json_text import json_text


def render(found: WaiverList, language: Language = "ru") -> str:  # noqa: ARG001 - machines read no language
    """The list as JSON text with a final line end."""
    return json_text(found, indent=2) + "\n"
