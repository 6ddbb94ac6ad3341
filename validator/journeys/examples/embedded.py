"""Embedded examples: each case is a small snapshot, a policy and what the policy must say of it."""

from __future__ import annotations

from collections.abc import Iterable

from validator.journeys.examples.cases import AnyCase, BrokenCase, Case, CaseResult, parameters_of, run
from validator.journeys.examples.expectations import EXPECTATION_KEYS, check_expectation
from validator.journeys.examples.facts import BASE_KEYS, CHANGE_KEYS, Inline, check_base
from validator.language.library import Examples, Library
from validator.language.nodes import Mapping, Node
from validator.language.structure import FileReader
from validator.logic.policy import Policy
from validator.logic.problem import Problem
from validator.logic.text import Text

__all__ = ["BASE_KEYS", "CASE_KEYS", "CHANGE_KEYS", "CaseResult", "examples_of", "inline_case", "run_examples"]

CASE_KEYS = (
    *("name", "change", "lists", "coverage", "as_of", "item_of", "subject", "parameters"),
    *EXPECTATION_KEYS,
)
FRAME_KEYS = ("as_of", "base", "cases")


def run_examples(library: Library, policy_ids: Iterable[str] | None = None) -> list[CaseResult]:
    """Every case of the named policies, or of all of them, in the order written."""
    return list(run(examples_of(library, policy_ids), library.policies))


def examples_of(library: Library, policy_ids: Iterable[str] | None = None) -> list[AnyCase]:
    """The cases of the named policies, or of all of them, not yet run. Drafts are never judged and have none."""
    wanted = sorted(library.examples if policy_ids is None else policy_ids)
    found: list[AnyCase] = []
    for name in wanted:
        policy = library.policies.norms.get(name) or library.policies.decisions.get(name)
        if policy is not None and name in library.examples:
            found.extend(_cases(policy, library.examples[name], library))
    return found


def _cases(policy: Policy, examples: Examples, library: Library) -> list[AnyCase]:
    """The cases of one policy. A mistake in what they share is told once, and then none of them is run."""
    root, file = examples.node, examples.document.file
    problems: list[Problem] = []
    reader = FileReader(file, problems)
    reader.keys(root, FRAME_KEYS, ("cases",))
    base = check_base(root.get("base"), reader, library)
    reader.day(root.get("as_of"))
    reader.distinct(root.get("cases"), "name")
    nodes = reader.sequence(root.get("cases"))
    if problems:
        return [BrokenCase(policy.id, "", root, file, tuple(problems))]
    return [_case(policy, node, base, root.get("as_of"), file, library) for node in nodes]


def _case(
    policy: Policy, node: Node, base: Mapping | None, as_of: Node | None, file: str, library: Library
) -> AnyCase:
    problems: list[Problem] = []
    reader = FileReader(file, problems)
    mapping = reader.mapping(node, Text("пример", "case"))
    if mapping is None:
        return BrokenCase(policy.id, "", node, file, tuple(problems))
    reader.keys(mapping, CASE_KEYS, ("name", "expect"))
    name = reader.text(mapping.get("name")) or ""
    return inline_case(policy, name, mapping, Inline(mapping, base, as_of, policy, file, library), reader)


def inline_case(policy: Policy, name: str, node: Mapping, facts: Inline, reader: FileReader) -> Case:
    """A case that writes its facts out; `reader` has noted the mistakes of its keys already."""
    facts = facts._replace(as_of=node.get("as_of") or facts.as_of)
    facts.check(reader)
    check_expectation(node, policy, reader)
    reader.text(node.get("subject"))
    parameters = parameters_of(node.get("parameters"), facts.library.policies, reader)
    return Case(
        policy,
        name,
        node,
        facts.file,
        facts.snapshot,
        facts.subject(),
        parameters=parameters,
        cured=facts.cured,
        errors=tuple(reader.problems),
    )
