"""Problems of policies as JSON: the report itself, nothing added."""

from __future__ import annotations

from validator.logic.text import Language
from validator.render.json_text import json_text
from validator.render.problems.words import ProblemReport


def render(report: ProblemReport, language: Language = "ru") -> str:  # noqa: ARG001 - machines read no language
    """The report as JSON text with a final line end."""
    return json_text(report, indent=2) + "\n"
