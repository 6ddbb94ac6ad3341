"""What a case states of the missing facts: all of them, by their short or whole path."""

from __future__ import annotations

import pytest
from tiny_set import library_of

from validator.journeys.examples.embedded import run_examples

# An exact number: it takes both facts to tell.
EXACT = """
required: {chats: {count: {of: {official: true}, is: 1}}}
examples:
  as_of: 2025-10-01
  base: {organization: {kind: school}, lists: {chats: [{official: unknown}, {official: unknown}]}}
  cases: [{name: one, expect: unknown, missing: STATED}]
"""
FIRST, SECOND = "chats[0].official", "chats[1].official"


def test_all_missing_facts_are_stated_in_any_order() -> None:
    for stated in (f'["{FIRST}", "{SECOND}"]', f'["{SECOND}", "{FIRST}"]'):
        (case,) = run_examples(library_of(EXACT.replace("STATED", stated)))
        assert case.ending == "passed"


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (f'["{FIRST}"]', FIRST),
        (f'"{FIRST}"', FIRST),
        ("[]", "—"),
        (f'["{FIRST}", "{SECOND}", founder]', f"{FIRST}, {SECOND}, founder"),
    ],
)
def test_too_few_or_too_many_missing_facts_are_a_mismatch(stated: str, expected: str) -> None:
    (case,) = run_examples(library_of(EXACT.replace("STATED", stated)))
    assert [(m.what, m.expected, m.got) for m in case.mismatches] == [("missing", expected, f"{FIRST}, {SECOND}")]
