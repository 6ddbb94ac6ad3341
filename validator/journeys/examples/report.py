"""The outcome of a test run as plain data: what a renderer shows and what `-o json` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple, TypedDict

from validator.interpreters.prose import sentence
from validator.journeys.examples.cases import CaseResult, Ending, explained
from validator.journeys.examples.coverage import ORDER, Coverage, LeafCoverage, coverage
from validator.journeys.examples.expectations import Mismatch
from validator.logic.policy import Decision, PolicySet
from validator.logic.problem import Problem, Span
from validator.logic.report import BothTexts, Location, both
from validator.logic.text import Text
from validator.logic.truth import Truth

SCHEMA: Literal["sverka.test/1"] = "sverka.test/1"


class MismatchRow(TypedDict):
    """One thing that came out otherwise. `what` is `expect` for the verdict, else a key of the case.

    The titles name the outcomes of a decision; they are null for the words of the language.
    """

    what: str
    expected: str
    got: str
    expected_title: BothTexts | None
    got_title: BothTexts | None
    message: BothTexts
    location: Location


class ProblemRow(TypedDict):
    """A mistake that kept a case from being run; without a line where there is no text to point into."""

    code: str
    message: BothTexts
    help: BothTexts
    path: str
    file: str
    line: int | None
    column: int | None


class ExplanationLine(TypedDict):
    """A line of the tree of conditions behind a verdict."""

    depth: int
    ru: str
    en: str


class CaseRow(TypedDict):
    """One case. `policy` is null for a case about the whole set; `judged` is the item, null when none was.

    `facts` is the file that the places in `explanation` are in.
    """

    policy: str | None
    name: str
    ending: Ending
    location: Location
    expected: str
    judged: str | None
    facts: str | None
    mismatches: list[MismatchRow]
    problems: list[ProblemRow]
    explanation: list[ExplanationLine]


class LeafRow(TypedDict):
    """A leaf condition: what examples showed it to be, what they did not, and what it can't be."""

    location: Location
    statement: BothTexts
    shown: list[str]
    not_shown: list[str]
    impossible: list[str]


class CoverageRow(TypedDict):
    """The leaves of one policy or definition, and how many of their truth values are shown."""

    name: str
    kind: Literal["policy", "definition"]
    title: BothTexts
    shown: int
    possible: int
    leaves: list[LeafRow]


class CoverageReport(TypedDict):
    """The whole coverage. `at_least` is the wanted share in percent, null when none was asked for."""

    shown: int
    possible: int
    at_least: int | None
    reached: bool
    rows: list[CoverageRow]


class Counts(TypedDict):
    """How many cases ended how."""

    cases: int
    passed: int
    mismatch: int
    error: int


class CaseReport(TypedDict):
    """A test run."""

    schema: Literal["sverka.test/1"]
    policy_set: str
    counts: Counts
    policies_without_examples: list[str]
    cases: list[CaseRow]
    coverage: CoverageReport | None


class Asked(NamedTuple):
    """What coverage is to be told: of which policies, and the least share in percent, if any."""

    policies: tuple[str, ...]
    at_least: int | None


def report_of(
    results: Iterable[CaseResult],
    policies: PolicySet,
    without: Iterable[str],
    asked: Asked | None,
    named: Callable[[str], str],
    words: Mapping[str, Text],
) -> CaseReport:
    """The report of a run; `named` gives the name of a file to show, `words` names verdicts and causes."""
    found = list(results)
    writer = _Writer(policies, named, words)
    endings = Counter(case.ending for case in found)
    return {
        "schema": SCHEMA,
        "policy_set": policies.digest,
        "counts": {
            "cases": len(found),
            "passed": endings["passed"],
            "mismatch": endings["mismatch"],
            "error": endings["error"],
        },
        "policies_without_examples": sorted(without),
        "cases": [writer.case(case) for case in found],
        "coverage": None if asked is None else writer.coverage(asked, found),
    }


def succeeded(report: CaseReport) -> bool:
    """Whether there were cases, all came out as expected, and coverage is what was asked for."""
    counts, covered = report["counts"], report["coverage"]
    return 0 < counts["cases"] == counts["passed"] and (covered is None or covered["reached"])


class _Writer:
    def __init__(self, policies: PolicySet, named: Callable[[str], str], words: Mapping[str, Text]) -> None:
        self.policies = policies
        self.named = named
        self.words = words

    def case(self, case: CaseResult) -> CaseRow:
        failed = case.ending == "mismatch"
        return {
            "policy": case.policy or None,
            "name": case.name,
            "ending": case.ending,
            "location": self._location(case.span),
            "expected": case.expected,
            "judged": None if case.result is None else case.result["subject"],
            "facts": None if case.ground is None else self.named(case.ground.snapshot.file),
            "mismatches": [self._mismatch(mismatch, case) for mismatch in case.mismatches],
            "problems": [self._problem(problem) for problem in case.errors],
            "explanation": [
                {"depth": line.depth, "ru": line.text.ru, "en": line.text.en}
                for line in (explained(case, self.words) if failed else ())
            ],
        }

    def _mismatch(self, found: Mismatch, case: CaseResult) -> MismatchRow:
        policy = case.ground.policy if case.ground else None
        outcomes = policy.outcomes if isinstance(policy, Decision) and found.what == "expect" else {}
        titles = [both(outcomes[word]) if word in outcomes else None for word in (found.expected, found.got)]
        return {
            "what": found.what,
            "expected": found.expected,
            "got": found.got,
            "expected_title": titles[0],
            "got_title": titles[1],
            "message": both(found.message()),
            "location": self._location(found.span),
        }

    def _problem(self, problem: Problem) -> ProblemRow:
        span = problem.span
        return {
            "code": problem.code,
            "message": both(problem.message),
            "help": both(problem.help),
            "path": problem.path,
            "file": self.named(span.file if span else problem.file),
            "line": span.line if span else None,
            "column": span.column if span else None,
        }

    def _location(self, span: Span) -> Location:
        return {"file": self.named(span.file), "line": span.line, "column": span.column}

    def coverage(self, asked: Asked, results: list[CaseResult]) -> CoverageReport:
        found = coverage(self.policies, asked.policies, results)
        shown, possible = sum(row.shown for row in found), sum(row.possible for row in found)
        reached = asked.at_least is None or (possible > 0 and shown * 100 >= asked.at_least * possible)
        return {
            "shown": shown,
            "possible": possible,
            "at_least": asked.at_least,
            "reached": reached,
            "rows": [self._row(row) for row in found],
        }

    def _row(self, row: Coverage) -> CoverageRow:
        return {
            "name": row.name,
            "kind": "definition" if row.is_definition else "policy",
            "title": both(row.title),
            "shown": row.shown,
            "possible": row.possible,
            "leaves": [self._leaf(leaf) for leaf in row.leaves],
        }

    def _leaf(self, found: LeafCoverage) -> LeafRow:
        leaf = found.leaf
        impossible = frozenset(Truth) - leaf.possible - found.shown
        return {
            "location": self._location(leaf.span),
            "statement": both(sentence(leaf.condition, self.policies, about=leaf.about)),
            "shown": [truth.value for truth in ORDER if truth in found.shown],
            "not_shown": [truth.value for truth in found.missing],
            "impossible": [truth.value for truth in ORDER if truth in impossible],
        }
