"""What a condition can be at all: nobody is asked for an example that can't exist, nor spared one that can."""

from __future__ import annotations

import pytest
from tiny_set import PARAMETER, REGISTER, library_of

from validator.journeys.examples.coverage import coverage

EXAMPLES = """
examples:
  as_of: 2025-10-01
  base: {organization: {kind: school}}
  cases: [{name: one, expect: met}]
"""
FOR_ALL = "  - {value: 2025-06-01, cites: [{act: test-act, at: ст. 1}]}"
FOR_ONE = '  - {region: "78", value: 2025-06-01, cites: [{act: test-act, at: ст. 1}]}'
GAP = '  - {region: "78", value: unknown, why: {ru: Нет, en: None}, cites: [{act: test-act, at: ст. 1}]}'
MORE = {
    "parameters__always": PARAMETER.replace("NAME", "always").replace("ROWS", FOR_ALL),
    "parameters__one-region": PARAMETER.replace("NAME", "one-region").replace("ROWS", FOR_ONE),
    "parameters__a-gap": PARAMETER.replace("NAME", "a-gap").replace("ROWS", FOR_ALL + "\n" + GAP),
    "registers__closed": REGISTER.replace("NAME", "closed").replace("CLOSED", "true"),
    "registers__open": REGISTER.replace("NAME", "open").replace("CLOSED", "false"),
    "registers__dated": REGISTER.replace("NAME", "dated").replace("CLOSED", "false"),
}
MORE = {
    place: text.replace("FAMILY", place).replace("PERIOD", "from: 2025-01-01, " if "dated" in place else "")
    for place, text in MORE.items()
}
CASES = {
    "a required field is never unknown": ("kind: school", "false true"),
    "a field that may be absent": ("sferum_connected: true", "false true unknown"),
    "a negation as written": ("kind: {is_not: school}", "false true"),
    "a field of a record": ("roadmap: {started_on: {after: 2025-01-01}}", "false true unknown"),
    "an unsettled question": ("undecided: Q1", "unknown"),
    "all words of an optional field": (
        "founder: {in: [federation, region, municipality, mixed, private, person, foreign]}",
        "true unknown",
    ),
    "a count is never below nought": ("chats: {count: {is: {at_least: 0}, of: {official: true}}}", "true"),
    "a share is never over 100": ("public_share: {region: {at_most: 100}}", "true"),
    "a share may be 100": ("public_share: {region: {less_than: 100}}", "false true unknown"),
    "a closed register and a required field": ("region: {listed_in: closed}", "false true"),
    "an open register without periods": ("region: {listed_in: open}", "true unknown"),
    "an open register with periods": ("region: {listed_in: dated}", "false true unknown"),
    "an empty condition on a list": ("chats: {some: {}}", "false true unknown"),
}


def possible(body: str) -> list[str]:
    library = library_of(body + EXAMPLES, **MORE)
    (found,) = (row for row in coverage(library.policies, ["T-NORM"], []) if not row.is_definition)
    return [" ".join(sorted(truth.value for truth in leaf.leaf.possible)) for leaf in found.leaves]


@pytest.mark.parametrize(("condition", "wanted"), CASES.values(), ids=CASES)
def test_what_a_condition_can_be(condition: str, wanted: str) -> None:
    leaves = possible(f"required: {{{condition}}}")
    assert leaves[0] == wanted


@pytest.mark.parametrize(
    ("start", "wanted"),
    [
        ("2025-06-01", "false true"),
        ("{param: always}", "false true"),
        ("{param: always, plus_days: 1}", "false true"),
        ("{param: one-region}", "false true unknown"),
        ("{param: a-gap}", "false true unknown"),
    ],
)
def test_a_time_in_force_is_unknown_only_where_its_day_may_be(start: str, wanted: str) -> None:
    assert possible(f"in_force: {{from: {start}}}\nrequired: {{kind: school}}")[0] == wanted
