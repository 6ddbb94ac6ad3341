"""Coverage of conditions, on policies so small that the answer for each leaf is known beforehand."""

from __future__ import annotations

from tiny_set import library_of

from validator.journeys.examples.cases import CaseResult
from validator.journeys.examples.coverage import Coverage, coverage
from validator.journeys.examples.embedded import run_examples
from validator.language.library import Library

# Line and column of a leaf, as in `8:22`, to its truth values: shown, not shown, impossible.
Told = dict[str, tuple[str, str, str]]
LETTERS = {"true": "T", "false": "F", "unknown": "U"}


def ran(library: Library) -> list[CaseResult]:
    return run_examples(library)


def covered(library: Library) -> list[Coverage]:
    return coverage(library.policies, ["T-NORM"], ran(library))


def told(found: Coverage) -> Told:
    rows: Told = {}
    for row in found.leaves:
        missing = "".join(LETTERS[truth.value] for truth in row.missing)
        shown = "".join(letter for value, letter in LETTERS.items() if value in {t.value for t in row.shown})
        possible = {t.value for t in row.leaf.possible | row.shown}
        never = "".join(letter for value, letter in LETTERS.items() if value not in possible)
        rows[f"{row.leaf.span.line}:{row.leaf.span.column}"] = (shown, missing, never)
    return rows


def all_pass(library: Library) -> bool:
    wrong = [(case.name, problem.message.en) for case in ran(library) for problem in case.problems]
    assert wrong == []
    return True


EVERYTHING = """
in_force: {from: 2025-06-01}
applies_when: {meets: T-DEF}
required:
  any:
    - chats: {some: {official: true}}
    - undecided: Q1
  kind: {is_not: other}
exceptions:
  - id: own-system
    cites: [{act: test-act, at: ст. 1}]
    when: {operates_regional_system: true}
examples:
  as_of: 2025-10-01
  base: {organization: {kind: school, sferum_connected: true, operates_regional_system: false}}
  cases:
    - {name: one of two, lists: {chats: [{official: true}, {official: false}]}, expect: met}
    - {name: nobody knows, lists: {chats: [{official: unknown}]}, expect: unknown, missing: ["chats[0].official"]}
    - {name: before the act, as_of: 2025-05-31, expect: not_in_force}
"""


def test_each_leaf_has_the_truths_that_examples_gave_it() -> None:
    library = library_of(EVERYTHING)
    assert all_pass(library)
    policy, definition = covered(library)
    assert told(policy) == {
        "8:18": ("TF", "", "U"),  # in force from a day: never unknown
        "12:22": ("TFU", "", ""),  # inside a quantifier, over three items
        "13:18": ("U", "", "TF"),  # an unsettled question is only ever unknown
        "14:10": ("T", "F", "U"),  # a required field; `is_not` counts as written
        "18:12": ("F", "TU", ""),
    }
    assert (policy.shown, policy.possible) == (8, 11)
    assert (definition.name, definition.is_definition) == ("T-DEF", True)
    assert told(definition) == {"5:8": ("T", "FU", "")}


def test_a_leaf_is_shown_although_another_part_decides() -> None:
    library = library_of("""
required: {sferum_connected: true, operates_regional_system: true}
examples:
  as_of: 2025-10-01
  base: {organization: {kind: school, sferum_connected: false}}
  cases:
    - {name: false whatever else, expect: violation}
""")
    assert all_pass(library)
    assert told(covered(library)[0]) == {"8:12": ("F", "TU", ""), "8:36": ("U", "TF", "")}


def test_a_case_shows_nothing_unless_it_passes() -> None:
    body = """
required: {sferum_connected: true}
examples:
  as_of: 2025-10-01
  base: {organization: {kind: school, sferum_connected: true}}
  cases:
    - {name: connected, expect: ANSWER}
"""
    assert told(covered(library_of(body.replace("ANSWER", "met")))[0]) == {"8:12": ("T", "FU", "")}
    assert told(covered(library_of(body.replace("ANSWER", "violation")))[0]) == {"8:12": ("", "TFU", "")}


def test_only_the_item_that_the_case_judges_counts() -> None:
    body = """
required: {official: true}
examples:
  as_of: 2025-10-01
  base: {organization: {kind: school}, item: {official: true}, lists: {chats: [{official: false}]}}
  cases:
    - {name: the first chat, expect: met}
"""
    assert told(covered(library_of(body, about="chats"))[0]) == {"8:12": ("T", "FU", "")}


def test_an_item_that_an_incomplete_list_may_hold_is_no_example() -> None:
    body = """
required: {official: true}
examples:
  as_of: 2025-10-01
  base: {organization: {kind: school}, item: {official: true}}
  cases:
    - {name: maybe more, coverage: {chats: partial}, subject: chats, expect: unknown, missing: [organization.chats]}
"""
    library = library_of(body.replace("missing: [organization.chats]", "missing: [chats]"), about="chats")
    assert all_pass(library)
    assert told(covered(library)[0]) == {"8:12": ("", "TFU", "")}


def test_an_exception_that_the_chosen_reading_drops_is_shown_by_the_other_one() -> None:
    library = library_of("""
required: {sferum_connected: true}
exceptions:
  - id: own-system
    cites: [{act: test-act, at: ст. 1}]
    when: {operates_regional_system: true}
readings:
  - {id: strict, chosen: true, without_exceptions: [own-system], why: {ru: Строго, en: Strictly}}
  - {id: mild, parameters: {}, why: {ru: Мягко, en: Mildly}}
examples:
  as_of: 2025-10-01
  base: {organization: {kind: school, sferum_connected: false, operates_regional_system: true}}
  cases:
    - {name: own system, expect: violation}
""")
    # A reading stands on top of the chosen one, so nothing evaluates the exception: it is not shown.
    assert told(covered(library)[0]) == {"8:12": ("F", "TU", ""), "12:12": ("", "TFU", "")}


def test_a_definition_that_only_another_reading_uses_is_shown_by_that_reading() -> None:
    other = """definition: T-OTHER
title: {ru: Другое, en: Other}
about: organization
cites: [{act: test-act, at: ст. 1}]
when: {operates_regional_system: true}
"""
    library = library_of(
        """
required: {meets: T-DEF}
readings:
  - {id: plain, chosen: true, why: {ru: Так, en: So}}
  - {id: other, definitions: {T-DEF: T-OTHER}, why: {ru: Иначе, en: Otherwise}}
examples:
  as_of: 2025-10-01
  base: {organization: {kind: school, sferum_connected: true, operates_regional_system: false}}
  cases:
    - {name: one way, expect: met, disputed: {other: violation}}
""",
        **{"definitions__T-OTHER": other},
    )
    assert all_pass(library)
    found = {row.name: told(row) for row in covered(library)}
    assert found == {"T-NORM": {}, "T-DEF": {"5:8": ("T", "FU", "")}, "T-OTHER": {"5:8": ("F", "TU", "")}}


def test_a_count_and_freshness_are_leaves_beside_what_stands_inside_them() -> None:
    library = library_of("""
required:
  chats: {count: {of: {official: true}, is: {at_least: 2}}}
  documents: {some: {fresh: {of: {open_access: true}, on: checked_on, within_days: 30}}}
examples:
  as_of: 2025-10-01
  base: {organization: {kind: school}}
  cases:
    - name: enough and fresh
      lists:
        chats: [{official: true}, {official: true}]
        documents: [{open_access: true, checked_on: 2025-09-20}]
      expect: met
    - name: too few and looked at long ago
      lists:
        chats: [{official: true}, {official: false}]
        documents: [{open_access: true, checked_on: 2025-01-20}, {open_access: false, checked_on: 2025-09-20}]
      expect: violation
""")
    assert all_pass(library)
    assert told(covered(library)[0]) == {
        "9:24": ("TF", "U", ""),
        "9:46": ("TF", "U", ""),
        "10:22": ("TU", "", "F"),  # fresh enough or not known: never false of itself
        "10:35": ("TF", "U", ""),
    }


def test_a_norm_about_two_lists_has_its_leaves_once_for_each() -> None:
    body = """
fields: {first_on: {chats: created_on}}
required: {first_on: {after: 2020-01-01}}
examples:
  as_of: 2025-10-01
  base: {organization: {kind: school}}
  cases:
    - {name: a use, item_of: uses, change: {item: {first_on: 2025-01-01}}, expect: met}
"""
    library = library_of(body, about="[uses, chats]")
    assert all_pass(library)
    (found,) = covered(library)
    assert sorted((row.leaf.about, len(row.shown)) for row in found.leaves) == [("chat", 0), ("use", 1)]
    assert {row.leaf.span.line for row in found.leaves} == {9}
    assert (found.shown, found.possible) == (1, 6)


def test_a_window_of_a_period_has_two_ends() -> None:
    body = """
in_force: {from: 2025-06-01, through: 2025-12-31, judged_on: {from: first_on, through: last_on}}
required: {personal_data: false}
examples:
  as_of: 2026-02-01
  base: {organization: {kind: school}, item: {personal_data: false, first_on: 2025-07-01, last_on: 2025-07-02}}
  cases:
    - {name: within, expect: met}
    - {name: after, change: {item: {first_on: 2026-01-01, last_on: 2026-01-02}}, expect: not_in_force}
"""
    library = library_of(body, about="uses")
    assert all_pass(library)
    assert told(covered(library)[0]) == {
        "8:18": ("T", "FU", ""),
        "8:39": ("TF", "U", ""),
        "9:12": ("T", "FU", ""),  # the leaf is “personal data: no”
    }
