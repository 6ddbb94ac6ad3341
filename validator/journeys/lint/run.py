"""All that is wrong or weak in a policy set: what its readers refuse, and what the checks find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from validator.journeys.lint.analyses import ANALYSES
from validator.journeys.lint.citations import CITATIONS
from validator.journeys.lint.codes import level_of
from validator.journeys.lint.conditions import CONDITIONS
from validator.journeys.lint.coverage import COVERAGE
from validator.journeys.lint.dates import DATES
from validator.journeys.lint.examples import EXAMPLES
from validator.journeys.lint.levels import Told
from validator.journeys.lint.messages import MESSAGES
from validator.journeys.lint.names import NAMES
from validator.journeys.lint.pack import Check, Pack, inside
from validator.journeys.lint.readings import READINGS
from validator.journeys.lint.sources import SOURCES
from validator.journeys.lint.texts import TEXTS
from validator.journeys.lint.usage import USAGE
from validator.language.library import PolicyText, inspect
from validator.language.vocabulary import Vocabulary
from validator.logic.problem import Problem, Span

CHECKS: tuple[Check, ...] = (
    *SOURCES,
    *CITATIONS,
    *DATES,
    *NAMES,
    *USAGE,
    *COVERAGE,
    *CONDITIONS,
    *READINGS,
    *EXAMPLES,
    *MESSAGES,
    *TEXTS,
    *ANALYSES,
)


def lint(
    texts: list[PolicyText], vocabulary: Vocabulary, day: date | None = None, stale_after: int | None = None
) -> list[Told]:
    """Every problem of a policy set, by place. Without a `day` no check of a source is called too old."""
    found = inspect(texts, vocabulary)
    pack = Pack(texts, found, day, stale_after)
    weak = [problem for check in CHECKS for problem in check(pack)]
    once = dict.fromkeys((*found.problems, *_without_echoes(weak, found.errors)))
    return sorted((Told(level_of(problem), problem) for problem in once), key=_place)


def _without_echoes(weak: Iterable[Problem], errors: tuple[Problem, ...]) -> Iterator[Problem]:
    """The weaknesses that do not say once more what an error says of the same text."""
    wrong: dict[str, list[Span]] = {}
    for error in errors:
        if error.span is not None:
            wrong.setdefault(error.file, []).append(error.span)
    for problem in weak:
        span = problem.span
        if span is None or not any(inside(error, span) for error in wrong.get(span.file, ())):
            yield problem


def _place(told: Told) -> tuple[str, int, int, str, str]:
    problem = told.problem
    line, column = (problem.span.line, problem.span.column) if problem.span else (0, 0)
    return problem.file, line, column, problem.code, problem.message.en
