"""A study of mutants as JSON."""

from __future__ import annotations

from validator.journeys.mutants.report import MutantReport
from validator.render.json_text import json_text


def render(report: MutantReport) -> str:
    """The report as JSON text with a final line end."""
    return json_text(report, indent=2) + "\n"
