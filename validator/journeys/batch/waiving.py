"""Waivers of a batch: each document tells what came of the waivers about it, and the run puts that together."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from validator.journeys.waivers.waiving import Course, Waiving
from validator.logic.problem import Problem, Span
from validator.logic.text import Text


def told_by(waiving: Waiving) -> Iterator[dict[str, object]]:
    """What came of the waivers of one document, a row for each of them."""
    for index, course in waiving.courses():
        yield {
            "waiver": index,
            "facts_on": None if course.facts_on is None else course.facts_on.isoformat(),
            "needed": course.needed,
            "waived": course.waived,
            "orphaned": course.orphaned,
            "told": list(course.told.values()),
        }


def absorb(waiving: Waiving, line: bytes) -> None:
    """Add one such row, as a line of JSON, to what came of the waivers so far. Lines come in the order of input."""
    row: dict[str, Any] = json.loads(line)
    told = [_problem(problem) for problem in row["told"]]
    course = Course(
        None if row["facts_on"] is None else date.fromisoformat(row["facts_on"]),
        row["needed"],
        row["waived"],
        None if row["orphaned"] is None else _problem(row["orphaned"]),
        {problem.code: problem for problem in told},
    )
    waiving.absorb(row["waiver"], course)


def _problem(row: list[Any]) -> Problem:
    """A problem as JSON holds a tuple: its fields in order."""
    code, message, help_, span, *rest = row
    return Problem(code, Text(*message), Text(*help_), None if span is None else Span(*span), *rest)
