"""Proposed examples as YAML: under the `examples:` of their policies, or as a case file of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from validator.journeys.mutants.documents import Json
from validator.journeys.mutants.proposals import Proposal
from validator.journeys.mutants.written import Body
from validator.language.layout import laid_out
from validator.language.layout_print import printed
from validator.language.layout_rules import RULES, Rule, kind_of
from validator.language.layout_tree import Branch, Leaf, Slot, Value, read_tree
from validator.language.limits import POLICY_LIMITS
from validator.language.source import read_yaml
from validator.language.source_text import decode

_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
# The entries of a case in a file stand as written there, each on a line of its own.
_CASE_FILE = Rule(block=True, keys={"cases": "named items"})


def into_policy(data: bytes, file: str, proposals: Iterable[Proposal]) -> str:
    """The text of a policy file with the examples added at the end of its own, in the one layout.

    Raises `LayoutError` rather than give back a text that says anything else.
    """
    root = read_tree(decode(data, file, POLICY_LIMITS))
    cases = _branch(_branch(root.value, "examples", keyed=True), "cases", keyed=False)
    cases.slots.extend(Slot(value_of(proposal.body)) for proposal in proposals)
    kind = kind_of(read_yaml(data, file, POLICY_LIMITS).root)
    return laid_out(printed(root, RULES[kind or ""]).encode(), file)


def _branch(holder: Value, key: str, *, keyed: bool) -> Branch:
    """The container under a key, made where there is none."""
    assert isinstance(holder, Branch)
    found = next((slot for slot in holder.slots if slot.key == key), None)
    if found is None:
        found = Slot(Branch(keyed), key)
        holder.slots.append(found)
    assert isinstance(found.value, Branch)
    return found.value


def pasted(bodies: Iterable[Body]) -> str:
    """The examples of one policy as the lines to paste at the end of its `cases:`."""
    cases = Branch(False, [Slot(value_of(body)) for body in bodies])
    text = printed(Slot(Branch(True, [Slot(cases, "cases")])), RULES["examples"])
    return "".join(f"  {line}\n" for line in text.splitlines()[1:])


def case_file(proposals: Iterable[Proposal], head: tuple[str, ...]) -> str:
    """The examples as a case file; `head` are the comments at its beginning, without the sign of a comment."""
    cases = Branch(False)
    for proposal in proposals:
        body = dict(proposal.body)
        case: dict[str, Json] = {"name": body.pop("name"), "policy": proposal.policy, **body}
        cases.slots.append(Slot(value_of(case)))
    root = Slot(Branch(True, [Slot(cases, "cases")]), head=[f"# {line}" for line in head])
    return printed(root, _CASE_FILE)


def value_of(value: Json) -> Value:
    """Plain data as a tree to print: numbers, truth values and days plain, other texts as text."""
    match value:
        case dict():
            return Branch(True, [Slot(value_of(inner), key) for key, inner in value.items()])
        case list():
            return Branch(False, [Slot(value_of(inner)) for inner in value])
        case bool():
            return Leaf("true" if value else "false", True)
        case int():
            return Leaf(str(value), True)
        case str():
            return Leaf(value, bool(_DAY.match(value)))
