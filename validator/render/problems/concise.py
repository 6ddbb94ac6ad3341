"""Problems of policies, one line each: `path:line:column: level code message`, as editors and hooks read it."""

from __future__ import annotations

from validator.logic.text import Language
from validator.render.problems.words import ProblemReport, for_people, where
from validator.render.safe import log_line
from validator.render.words import say

_LEVELS = {"error": "error", "finding": "warning", "note": "info"}


def render(report: ProblemReport, language: Language = "ru") -> str:
    """A line per problem that people are shown; silent when there is none."""
    rows = for_people(report)
    lines = (f"{where(r)}: {_LEVELS[r['level']]} {r['code']} {say(r['message'], language)}" for r in rows)
    return "".join(log_line(line) + "\n" for line in lines)
