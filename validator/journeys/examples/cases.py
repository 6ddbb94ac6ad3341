"""Running a case: facts, a policy, and what the policy must say of them.

A case that can't be run is a mistake of the case, told at its own place; it never counts as passed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple

from validator.journeys.check import VIOLATING, check
from validator.journeys.examples.expectations import NOTHING, Mismatch, compare, text_of
from validator.journeys.explain.facts import explain_on
from validator.journeys.explain.lines import Line
from validator.language.data_files import parse_parameter
from validator.language.nodes import Mapping as MappingNode
from validator.language.nodes import Node
from validator.language.structure import FileReader, nearest
from validator.logic.facts import Snapshot
from validator.logic.frozen import replace
from validator.logic.policy import ALWAYS, Norm, Parameter, ParameterRow, Policy, PolicySet
from validator.logic.problem import InputError, Problem, Span
from validator.logic.report import Result
from validator.logic.text import Text

Ending = Literal["passed", "mismatch", "error"]


class Case(NamedTuple):
    """A case as written: one policy on one snapshot.

    `node` states what is expected and stands in `file`. `facts` gives the snapshot or raises InputError; `subject`
    is what is judged unless the node says so, "" where it must. `law_date` None is the day of the snapshot.
    `cured` gives the facts changed as `remedy_sets` says, None where they can't be changed. A case with `errors`
    is not run.
    """

    policy: Policy
    name: str
    node: MappingNode
    file: str
    facts: Callable[[], Snapshot]
    subject: str = ""
    law_date: date | None = None
    parameters: Mapping[str, Parameter] = {}
    cured: Callable[[Norm], Snapshot] | None = None
    errors: tuple[Problem, ...] = ()

    @property
    def about(self) -> str:
        """The id of the policy."""
        return self.policy.id


class WholeCase(NamedTuple):
    """A case about a whole snapshot: the norms it violates, and no others (`node` is that list)."""

    name: str
    node: Node
    file: str
    facts: Callable[[], Snapshot]
    violations: tuple[str, ...]
    law_date: date | None = None

    @property
    def about(self) -> str:
        """No policy: the whole set."""
        return ""


class BrokenCase(NamedTuple):
    """What can't even be read as a case; `about` is the policy it belongs to, "" when that is not known.

    Without a `name` it may be any case, or all of a policy: what they share is wrong.
    """

    about: str
    name: str
    node: Node
    file: str
    errors: tuple[Problem, ...]


AnyCase = Case | WholeCase | BrokenCase


class Ground(NamedTuple):
    """What a case was judged on."""

    policy: Policy
    policies: PolicySet
    snapshot: Snapshot
    law_date: date | None


class CaseResult(NamedTuple):
    """One case that was run, or could not be (`errors`): what was expected, what came, what of it differs.

    `policy` is "" for a case about the whole set.
    """

    policy: str
    name: str
    span: Span
    expected: str
    result: Result | None = None
    errors: tuple[Problem, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()
    ground: Ground | None = None

    @property
    def ending(self) -> Ending:
        """How it went."""
        return "error" if self.errors else "mismatch" if self.mismatches else "passed"

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that keeps the case from being passed."""
        return (*self.errors, *(mismatch.problem() for mismatch in self.mismatches))


def run(cases: Iterable[AnyCase], policies: PolicySet) -> Iterator[CaseResult]:
    """Every case in turn."""
    for case in cases:
        match case:
            case Case():
                yield _Run(case, policies).run()
            case WholeCase():
                yield _run_whole(case, policies)
            case BrokenCase(about, name, node, file, errors):
                yield CaseResult(about, name, node.span(file), "", errors=errors)


def alone(policies: PolicySet, policy: Policy) -> PolicySet:
    """The policy set with that policy only; data and definitions stay."""
    norms = {policy.id: policy} if isinstance(policy, Norm) else {}
    decisions = {} if isinstance(policy, Norm) else {policy.id: policy}
    return replace(policies, norms=norms, decisions=decisions, drafts={})


def parameters_of(node: Node | None, policies: PolicySet, reader: FileReader) -> dict[str, Parameter]:
    """The parameters that a case gives a value, for everybody and all days; mistakes are noted."""
    mapping = reader.mapping(node, Text("`parameters`", "`parameters`"))
    found: dict[str, Parameter] = {}
    for key, value in mapping.items() if mapping else ():
        parameter = policies.parameters.get(key.text)
        if parameter is None:
            reader.unknown_name("unknown-parameter", key, Text("параметр", "parameter"), policies.parameters)
            continue
        text = reader.text(value)
        given = None if text is None else parse_parameter(parameter.kind, text)
        if text is not None and given is None:
            message = Text(f"`{key.text}`: неподходящее значение", f"`{key.text}`: a value that does not fit")
            help_ = Text("день — ГГГГ-ММ-ДД, число — цифрами", "a day is YYYY-MM-DD, a number is written in digits")
            reader.report("wrong-type", value, message, help_)
        row = ParameterRow(None, None, ALWAYS, given, False, (), reader.span(value))
        found[key.text] = replace(parameter, rows=(row,))
    return found


def explained(case: CaseResult, words: Mapping[str, Text]) -> list[Line]:
    """The tree of conditions behind a result, without its heading; nothing where no single item was judged.

    `words` names verdicts, reasons and causes.
    """
    if case.ground is None or case.result is None:
        return []
    policy, policies, snapshot, law_date = case.ground
    lines = explain_on(policy, policies, snapshot, law_date, case.result["subject"], words)
    return [line for line in lines if not line.heading]


class _Run:
    def __init__(self, case: Case, policies: PolicySet) -> None:
        self.case = case
        self.policies = alone(policies, case.policy)
        if case.parameters:
            self.policies = replace(self.policies, parameters={**policies.parameters, **case.parameters})
        self.errors = list(case.errors)
        self.reader = FileReader(case.file, self.errors)

    def run(self) -> CaseResult:
        case = self.case
        result: Result | None = None
        mismatches: list[Mismatch] = []
        ground: Ground | None = None
        if not self.errors:
            try:
                snapshot = case.facts()
                ground = Ground(case.policy, self.policies, snapshot, case.law_date)
                result = self._picked(check(snapshot, self.policies, case.law_date))
                if result is not None:
                    mismatches += compare(case.node, result, case.file)
                    mismatches += self._remedy(result)
            except InputError as error:
                self.errors.extend(error.problems)
        expected, span = text_of(case.node.get("expect")), case.node.span(case.file)
        errors = tuple(self.errors)
        return CaseResult(case.policy.id, case.name, span, expected, result, errors, tuple(mismatches), ground)

    def _picked(self, results: list[Result]) -> Result | None:
        """The result of the judged item, or of the subject that the case names by its path or its `ref`."""
        node = self.case.node.get("subject")
        wanted = text_of(node) or self.case.subject
        found = [result for result in results if not wanted or wanted in (result["subject"], result["ref"])]
        if len(found) == 1:
            return found[0]
        known = [result["subject"] for result in results]
        if not wanted and found:
            message = Text("не сказано, о какой записи речь", "which item is meant?")
            help_ = Text("добавьте `subject`; ", "add `subject`; ")
        else:
            message = Text(f"о `{wanted}` политика ничего не сказала", f"the policy says nothing of `{wanted}`")
            help_ = Text("", "")
        near = nearest(wanted, known)
        told = Text(help_.ru + near.ru, help_.en + near.en)
        if not known:
            told = Text("в снимке нет ничего, о чём она судит", "the snapshot holds nothing that it judges")
        self.reader.report("unknown-subject", node or self.case.node, message, told)
        return None

    def _remedy(self, result: Result) -> Iterator[Mismatch]:
        """A violation must be gone once the item is changed as `remedy_sets` says."""
        policy, cured = self.case.policy, self.case.cured
        if (
            result["verdict"] not in VIOLATING
            or not isinstance(policy, Norm)
            or not policy.remedy_sets
            or not cured
        ):
            return
        results = check(cured(policy), self.policies, self.case.law_date)
        after = next(found for found in results if found["subject"] == result["subject"])
        if after["verdict"] == result["verdict"]:
            yield Mismatch("remedy_sets", NOTHING, after["verdict"], self.case.node.span(self.case.file))


def _run_whole(case: WholeCase, policies: PolicySet) -> CaseResult:
    span, expected = case.node.span(case.file), ", ".join(case.violations) or NOTHING
    try:
        results = check(case.facts(), policies, case.law_date)
    except InputError as error:
        return CaseResult("", case.name, span, expected, errors=tuple(error.problems))
    violated = [result for result in results if result["verdict"] == "violation"]
    differs: tuple[Mismatch, ...] = ()
    if {result["policy"] for result in violated} != set(case.violations):
        got = ", ".join(f"{result['policy']} ({result['ref'] or result['subject']})" for result in violated)
        differs = (Mismatch("violations", expected, got or NOTHING, span),)
    return CaseResult("", case.name, span, expected, mismatches=differs)
