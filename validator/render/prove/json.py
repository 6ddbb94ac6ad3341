"""The report of `prove` as JSON: the report itself, nothing added."""

from __future__ import annotations

import json

from validator.logic.proof import ProofReport
from validator.logic.text import Language


def render(report: ProofReport, language: Language = "ru") -> str:  # noqa: ARG001 - machines read no language
    """The report as JSON text with a final line end."""
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"
