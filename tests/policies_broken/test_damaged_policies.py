"""Every shipped policy, damaged at every place: it is read, or a mistake is told; it never vanishes or crashes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from validator.language.library import PolicyText, load, read_folder
from validator.language.nodes import Mapping
from validator.language.policy_files import PolicyReader
from validator.language.scopes import Known
from validator.language.source import POLICY_LIMITS, read_yaml
from validator.language.vocabulary import read_vocabulary
from validator.logic.policy import Act
from validator.logic.problem import Problem
from validator.resources import policies_folder, schema_bytes

VOCABULARY = read_vocabulary(schema_bytes("snapshot"))
TEXTS = read_folder(policies_folder())
FAMILIES = {"norms": "norm", "decisions": "decision", "definitions": "definition"}
POLICIES = [text for text in TEXTS if text.place.split("/")[0] in FAMILIES and b"\nmembers:" not in text.data]
JUNK: list[Any] = [{}, [], "x", "", {"x": "y"}, ["x"], [{}], "unknown", "true", {"param": "x"}, {"field": "x"}]

Path = tuple[str | int, ...]


@cache
def surroundings() -> tuple[dict[str, Act], Known]:
    """What policies may name."""
    policies = load(TEXTS, VOCABULARY).policies
    sets = [root for text in TEXTS if text.place.startswith("definitions/") and "values" in (root := source(text))]
    values = {root["values"]: frozenset(root["members"]) for root in sets}
    services = {row.id for r in policies.registers.values() if r.family == "services" for row in r.rows}
    known = Known(
        {name: definition.about for name, definition in policies.definitions.items()},
        {name: parameter.kind for name, parameter in policies.parameters.items()},
        {name: register.family for name, register in policies.registers.items()},
        values,
        frozenset(services),
    )
    return dict(policies.acts), known


def places(node: Any, path: Path = ()) -> Iterator[Path]:
    """Every place of a policy but its examples, which are read elsewhere."""
    steps = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, inner in steps:
        if (*path, step) != ("examples",):
            yield (*path, step)
            yield from places(inner, (*path, step))


def damaged(node: Any, path: Path, junk: Any) -> Any:
    """A copy with `junk` at a place; without that place when `junk` is None."""
    step, rest = path[0], path[1:]
    copy: Any = list(node) if isinstance(node, list) else dict(node)
    if rest:
        copy[step] = damaged(node[step], rest, junk)
    elif junk is None:
        del copy[step]
    else:
        copy[step] = junk
    return copy


def written(node: Any) -> str:
    """The policy as flow YAML: every text in quotes but the two words that may not have them."""
    if isinstance(node, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {written(value)}" for key, value in node.items()) + "}"
    if isinstance(node, list):
        return "[" + ", ".join(written(item) for item in node) + "]"
    return node if node in ("true", "false") else json.dumps(node, ensure_ascii=False)


def read(text: PolicyText, content: str) -> tuple[object, list[Problem]]:
    acts, known = surroundings()
    problems: list[Problem] = []
    root = read_yaml(content.encode(), text.place, POLICY_LIMITS).root
    assert isinstance(root, Mapping)
    reader = PolicyReader(text.place, problems, acts, known, VOCABULARY)
    family = text.place.split("/", maxsplit=1)[0]
    if family == "norms":
        return reader.norm(root), problems
    return reader.decision(root) if family == "decisions" else reader.definition(root), problems


def source(text: PolicyText) -> Any:
    return yaml.load(text.data, Loader=yaml.BaseLoader)


@pytest.mark.parametrize("text", POLICIES, ids=[text.place for text in POLICIES])
def test_a_damaged_policy_is_read_or_refused_with_a_place(text: PolicyText) -> None:
    whole = source(text)
    found, problems = read(text, written(whole))
    assert (found is not None, problems) == (True, [])
    for path in places(whole):
        # Every place loses its value once, and once gets one of the kinds of junk, another than its neighbours.
        for junk in (None, JUNK[sum(map(ord, str(path))) % len(JUNK)]):
            content = written(damaged(whole, path, junk))
            found, problems = read(text, content)
            assert found is not None or problems, f"{path} = {junk!r}: the policy is gone and nobody is told"
            for problem in problems:
                assert problem.span is not None
                assert problem.span.line == 1
                assert 1 <= problem.span.column <= len(content)
                assert problem.message.ru
                assert problem.message.en
