"""The comparison as JSON: the document itself, nothing added."""

from __future__ import annotations

from validator.logic.text import Language
from validator.logic.trend import Trend
from validator.render.json_text import json_text


def render(trend: Trend, language: Language = "ru") -> str:  # noqa: ARG001 - machines read no language
    """The comparison as JSON text with a final line end."""
    return json_text(trend, indent=2) + "\n"
