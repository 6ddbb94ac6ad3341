"""Embedded examples: each case is a small snapshot, a policy and what the policy must say of it.

A case that can't be run is a mistake of the case, reported at its own place; it never counts as passed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from validator.journeys.check import check
from validator.language.data_files import parse_parameter
from validator.language.library import Examples, Library
from validator.language.nodes import Mapping, Node, Scalar
from validator.language.structure import FileReader
from validator.language.vocabulary import ROOT
from validator.logic.policy import ALWAYS, Norm, ParameterRow, Policy, PolicySet
from validator.logic.problem import InputError, Problem, Span
from validator.logic.report import Result
from validator.logic.text import Text
from validator.snapshots.build import Pieces, build, merged, put
from validator.snapshots.read import read_snapshot

BASE_KEYS = ("organization", "item", "parent", "lists", "roadmap", "coverage", "item_of")
CASE_KEYS = (
    *("name", "change", "lists", "coverage", "as_of", "item_of", "subject", "parameters"),
    *("expect", "missing", "disputed", "criteria", "advice"),
)
CHANGE_KEYS = ("organization", "item", "parent", "roadmap")


class CaseResult(NamedTuple):
    """One case that was run: what was expected, what came, and what of it differs (nothing when it passed)."""

    policy: str
    name: str
    span: Span
    expected: str
    result: Result | None
    problems: tuple[Problem, ...]


def run_examples(library: Library, policy_ids: Iterable[str] | None = None) -> list[CaseResult]:
    """Every case of the named policies, or of all of them, in the order written."""
    wanted = sorted(library.examples if policy_ids is None else policy_ids)
    found: list[CaseResult] = []
    for name in wanted:
        policy = library.policies.norms.get(name) or library.policies.decisions.get(name)
        if policy is not None and name in library.examples:
            found.extend(_Runner(library, policy, library.examples[name]).run())
    return found


class _Runner:
    def __init__(self, library: Library, policy: Policy, examples: Examples) -> None:
        self.library = library
        self.policy = policy
        self.examples = examples
        self.file = examples.document.file
        self.problems: list[Problem] = []
        self.reader = FileReader(self.file, self.problems)
        self.alone = alone(library.policies, policy)

    def run(self) -> list[CaseResult]:
        root = self.examples.node
        self.reader.keys(root, ("as_of", "base", "cases"), ("cases",))
        base = root.get("base")
        if isinstance(base, Mapping):
            self.reader.keys(base, BASE_KEYS)
        results = []
        for node in self.reader.sequence(root.get("cases")):
            mapping = self.reader.mapping(node, Text("пример", "case"))
            if mapping is not None:
                results.append(self._case(mapping, base if isinstance(base, Mapping) else None))
            self.problems.clear()
        return results

    def _case(self, node: Mapping, base: Mapping | None) -> CaseResult:
        self.reader.keys(node, CASE_KEYS, ("name", "expect"))
        name, expected = _text(node.get("name")), _text(node.get("expect"))
        span = self.reader.span(node)
        document = build(self._pieces(node, base), self.library.vocabulary, self.file)
        result: Result | None = None
        try:
            snapshot, _ = read_snapshot(document, self.library.vocabulary, self.library.names)
            results = check(snapshot, self._with_parameters(node.get("parameters")))
            result = self._pick(node, results)
        except InputError as error:
            self.problems.extend(error.problems)
        if result is not None:
            self._compare(node, result)
            self._check_remedy(node, base, result)
        return CaseResult(self.policy.id, name, span, expected, result, tuple(self.problems))

    def _pieces(self, node: Mapping, base: Mapping | None) -> Pieces:
        pieces = Pieces(node)
        change = node.get("change")
        if isinstance(change, Mapping):
            self.reader.keys(change, CHANGE_KEYS)
        pieces.as_of = node.get("as_of") or self.examples.node.get("as_of")
        pieces.about = _text(node.get("item_of")) or _text(base.get("item_of") if base else None) or self._about()
        for key in CHANGE_KEYS:
            first = base.get(key) if base else None
            second = change.get(key) if isinstance(change, Mapping) else None
            both = merged(first, second)
            if isinstance(both, Mapping):
                setattr(pieces, key, both)
        for holder in (base, node):
            lists = holder.get("lists") if holder else None
            for name, value in lists.items() if isinstance(lists, Mapping) else ():
                pieces.lists[name.text] = value
            coverage = merged(pieces.coverage, holder.get("coverage") if holder else None)
            assert isinstance(coverage, Mapping)
            pieces.coverage = coverage
        return pieces

    def _check_remedy(self, node: Mapping, base: Mapping | None, result: Result) -> None:
        """A violation must be gone once the item is changed as `remedy_sets` says."""
        policy = self.policy
        if (
            result["verdict"] not in ("violation", "advice")
            or not isinstance(policy, Norm)
            or not policy.remedy_sets
        ):
            return
        pieces = self._pieces(node, base)
        changed = pieces.organization if pieces.about == ROOT else pieces.item
        cured = merged(pieces.mapping(), changed)
        assert isinstance(cured, Mapping)
        for name, value in policy.remedy_sets.items():
            put(cured, name.split("."), pieces.value(value), pieces)
        if pieces.about == ROOT:
            pieces.organization = cured
        else:
            pieces.item = cured
        try:
            document = build(pieces, self.library.vocabulary, self.file)
            snapshot, _ = read_snapshot(document, self.library.vocabulary, self.library.names)
        except InputError as error:
            self.problems.extend(error.problems)
            return
        results = check(snapshot, self._with_parameters(node.get("parameters")))
        after = next(found for found in results if found["subject"] == result["subject"])
        if after["verdict"] == result["verdict"]:
            self._note(
                node,
                Text("`remedy_sets` не устраняет нарушение", "`remedy_sets` does not cure the violation"),
                Text("исправьте `remedy_sets`", "mend `remedy_sets`"),
            )

    def _with_parameters(self, node: Node | None) -> PolicySet:
        """The policy set with the values that a case gives to parameters, for everybody and all days."""
        parameters = dict(self.alone.parameters)
        for key, value in node.items() if isinstance(node, Mapping) else ():
            if key.text not in parameters:
                self.reader.unknown_name("unknown-parameter", key, Text("параметр", "parameter"), parameters)
                continue
            parameter = parameters[key.text]
            found = parse_parameter(parameter.kind, _text(value))
            if found is None:
                self._note(value, Text("неподходящее значение", "a value that does not fit"), Text("", ""))
            row = ParameterRow(None, None, ALWAYS, found, False, (), self.reader.span(value))
            parameters[key.text] = replace(parameter, rows=(row,))
        return replace(self.alone, parameters=parameters)

    def _about(self) -> str:
        policy = self.policy
        return policy.clauses[0].subject.path if isinstance(policy, Norm) else policy.subject.path

    def _pick(self, node: Mapping, results: list[Result]) -> Result | None:
        """The result of the judged item, or of the subject that the case names."""
        subject = _text(node.get("subject"))
        if not subject:
            about = _text(node.get("item_of")) or _text(self._base("item_of")) or self._about()
            subject = about if about == ROOT else ".".join(f"{part}[0]" for part in about.split("."))
        found = next((result for result in results if result["subject"] == subject), None)
        if found is None:
            there = ", ".join(f"`{result['subject']}`" for result in results) or "—"
            self._note(
                node,
                Text(f"о `{subject}` политика ничего не сказала", f"the policy says nothing of `{subject}`"),
                Text(f"есть результаты о: {there}", f"there are results of: {there}"),
            )
        return found

    def _base(self, key: str) -> Node | None:
        base = self.examples.node.get("base")
        return base.get(key) if isinstance(base, Mapping) else None

    # --- comparisons --------------------------------------------------------------------------------------

    def _compare(self, node: Mapping, result: Result) -> None:
        expected = _text(node.get("expect"))
        got = result["reason"] or result["verdict"]
        if expected not in (got, result["verdict"]):
            missing = ", ".join(f"{m['path']} ({m['cause']})" for m in result["missing"])
            because = "; ".join(f"{e['path']} = {e['value']}" for e in result["because"])
            facts = missing or because or "—"
            self._note(
                node.get("expect") or node,
                Text(f"ожидалось `{expected}`, получено `{got}`", f"expected `{expected}`, got `{got}`"),
                Text(f"решили: {facts}", f"decided by: {facts}"),
            )
        self._compare_missing(node.get("missing"), result)
        self._compare_disputed(node, result)
        self._compare_criteria(node.get("criteria"), result)
        self._compare_advice(node.get("advice"), result)

    def _compare_missing(self, node: Node | None, result: Result) -> None:
        if node is None:
            return
        wanted = self.reader.texts(node)
        got = {fact["path"] for fact in result["missing"]}
        prefix = "" if result["subject"] == ROOT else result["subject"] + "."
        full = {name if name in got else f"{prefix or ROOT + '.'}{name}" for name in wanted}
        if full != got:
            self._differ(node, "missing", ", ".join(sorted(full)), ", ".join(sorted(got)))

    def _compare_disputed(self, node: Mapping, result: Result) -> None:
        """A dispute that the case does not mention is a mismatch too: disputed law is never hidden."""
        wanted_node = node.get("disputed")
        wanted: dict[str, str] = {}
        for key, verdict in wanted_node.items() if isinstance(wanted_node, Mapping) else ():
            wanted[key.text] = _text(verdict)
        got = {other["reading"]: other["verdict"] for other in result["disputed"] or ()}
        if wanted != got:
            self._differ(wanted_node or node, "disputed", _pairs(wanted), _pairs(got))

    def _compare_criteria(self, node: Node | None, result: Result) -> None:
        truths = {criterion["id"]: criterion["truth"] for criterion in result.get("criteria", [])}
        for key, value in node.items() if isinstance(node, Mapping) else ():
            if truths.get(key.text) != _text(value):
                self._differ(value, key.text, _text(value), truths.get(key.text) or "—")

    def _compare_advice(self, node: Node | None, result: Result) -> None:
        if node is None:
            return
        wanted = list(self.reader.texts(node))
        got = [advice["criterion"] for advice in result.get("advice", [])]
        if wanted != got:
            self._differ(node, "advice", ", ".join(wanted), ", ".join(got))

    def _differ(self, node: Node, what: str, wanted: str, got: str) -> None:
        self._note(
            node,
            Text(
                f"`{what}`: ожидалось `{wanted}`, получено `{got}`", f"`{what}`: expected `{wanted}`, got `{got}`"
            ),
            Text("исправьте пример или политику", "mend the example or the policy"),
        )

    def _note(self, node: Node, message: Text, help_: Text) -> None:
        self.reader.report("example-mismatch", node, message, help_)


def alone(policies: PolicySet, policy: Policy) -> PolicySet:
    """The policy set with that policy only; data and definitions stay."""
    norms = {policy.id: policy} if isinstance(policy, Norm) else {}
    decisions = {} if isinstance(policy, Norm) else {policy.id: policy}
    return replace(policies, norms=norms, decisions=decisions, drafts={})


def _pairs(pairs: dict[str, str]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in sorted(pairs.items()))


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""
