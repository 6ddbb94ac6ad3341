"""Every boundary of every policy is shown from both sides: moving it by one step changes what some example says.

A number, a day or a parameter of a policy is moved by the smallest step up and down. If no example of any policy
that rests on it notices, the examples leave that boundary out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from validator.journeys.examples.embedded import run_examples
from validator.journeys.explain.policy import used_definitions
from validator.language.library import Library, load, read_folder
from validator.language.vocabulary import read_vocabulary
from validator.logic.expr import Literal, ParameterValue
from validator.logic.frozen import Frozen, fields_of, replace
from validator.logic.policy import Norm, Parameter, Policy
from validator.resources import policies_folder, schema_bytes

LIBRARY = load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))
POLICIES = [policy.id for policy in LIBRARY.policies.policies()]


def stepped(value: Any, step: int) -> Any:
    """The value one step further: a day, a whole number, or a hundredth."""
    match value:
        case bool():
            return None
        case date():
            return value + timedelta(days=step)
        case int():
            return value + step
        case Decimal():
            return value + Decimal("0.01") * step
        case _:
            return None


def boundaries(node: Any) -> Iterator[Literal]:
    """The literals of a policy or condition that have a step."""
    if isinstance(node, Literal):
        if stepped(node.value, 1) is not None:
            yield node
    elif isinstance(node, Frozen):
        for name in fields_of(node):
            if name not in ("span", "shape", "readings", "message", "title", "cites"):
                yield from boundaries(getattr(node, name))
    elif isinstance(node, tuple | list):
        for item in node:
            yield from boundaries(item)


def rewritten(node: Any, change: Callable[[Literal], Literal]) -> Any:
    """The policy or condition with every literal changed."""
    if isinstance(node, Literal):
        return change(node)
    if isinstance(node, Frozen):
        changed = {}
        for name in fields_of(node):
            if name in ("span", "shape", "readings", "message", "title", "cites"):
                continue
            before = getattr(node, name)
            after = rewritten(before, change)
            if after is not before:
                changed[name] = after
        return replace(node, **changed) if changed else node
    if isinstance(node, tuple) and not hasattr(node, "_fields"):
        items = tuple(rewritten(item, change) for item in node)
        return items if any(a is not b for a, b in zip(items, node, strict=True)) else node
    return node


def notices(library: Library, names: list[str]) -> bool:
    """Whether an example of one of the policies now says something else."""
    return any(case.problems for case in run_examples(library, names))


def with_policy(policy: Policy) -> Library:
    policies = LIBRARY.policies
    if isinstance(policy, Norm):
        return replace(LIBRARY, policies=replace(policies, norms={**policies.norms, policy.id: policy}))
    return replace(LIBRARY, policies=replace(policies, decisions={**policies.decisions, policy.id: policy}))


# Boundaries that no example can show, with the ground.
CANNOT_SHOW: dict[tuple[str, str, int], str] = {
    (name, "2025-08-01", 1): "a month is judged on its last day, and none ends between the 1st and the 2nd"
    for name in ("KPI-MGMT", "KPI-PAR", "KPI-STUD", "KPI-TEACH")
}
# Parameters whose smallest step needs more items than an example can hold, with the ground.
COARSE = {("ru-software-share", 1): "a share over 50 and not over 51 percent takes 51 services"}


@pytest.mark.parametrize("name", POLICIES)
def test_examples_show_both_sides_of_every_boundary_of_a_policy(name: str) -> None:
    policy = LIBRARY.policies.norms.get(name) or LIBRARY.policies.decisions[name]
    unseen = []
    for literal in boundaries(policy):
        for step in (1, -1):
            place = (name, str(literal.value), step)
            moved = rewritten(
                policy,
                lambda found, at=literal, by=step: (
                    replace(found, value=stepped(found.value, by)) if found is at else found
                ),
            )
            if not notices(with_policy(moved), [name]) and place not in CANNOT_SHOW:
                unseen.append(place)
    assert not unseen


def users_of(parameter: str) -> list[str]:
    """The policies that rest on a parameter, themselves or through a definition."""

    def uses(node: Any) -> bool:
        if isinstance(node, ParameterValue):
            return node.name == parameter
        if isinstance(node, Frozen):
            return any(uses(getattr(node, name)) for name in fields_of(node) if name not in ("span", "shape"))
        return isinstance(node, tuple | list) and any(uses(item) for item in node)

    found = []
    for policy in LIBRARY.policies.policies():
        conditions = [
            policy,
            *(LIBRARY.policies.definitions[d].when for d in used_definitions(policy, LIBRARY.policies)),
        ]
        if any(uses(condition) for condition in conditions):
            found.append(policy.id)
    return found


NUMBERS = [name for name, parameter in LIBRARY.policies.parameters.items() if any(r.value for r in parameter.rows)]


@pytest.mark.parametrize("name", NUMBERS)
def test_examples_show_both_sides_of_every_parameter(name: str) -> None:
    users = users_of(name)
    if not users:
        pytest.skip("used by reports or by nobody yet")
    parameter = LIBRARY.policies.parameters[name]
    for step in (1, -1):
        rows = tuple(r if r.value is None else replace(r, value=stepped(r.value, step)) for r in parameter.rows)
        moved: Parameter = replace(parameter, rows=rows)
        policies = replace(LIBRARY.policies, parameters={**LIBRARY.policies.parameters, name: moved})
        seen = notices(replace(LIBRARY, policies=policies), users)
        assert seen or (name, step) in COARSE, f"nobody notices {name} moved by {step}"
