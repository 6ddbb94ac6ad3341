"""The impact report as JSON: itself, nothing added. Keys keep their order, so equal reports are equal bytes."""

from __future__ import annotations

from validator.logic.impact import ImpactReport
from validator.logic.text import Language
from validator.render.json_text import json_text


def render(report: ImpactReport, language: Language = "ru") -> str:  # noqa: ARG001 - machines read no language
    """The report as JSON text with a final line end."""
    return json_text(report, indent=2) + "\n"
