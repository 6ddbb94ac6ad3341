"""What the analyses without a solver find, what they let pass, and what they say they did not decide."""

from __future__ import annotations

import pytest
from lint_fixtures import changed, codes

from validator.interpreters.readings import overrides_of, readings_of
from validator.journeys.lint.outcomes import Fault, outcomes
from validator.language.library import load, read_folder
from validator.language.vocabulary import read_vocabulary
from validator.logic.frozen import replace
from validator.resources import policies_folder, schema_bytes

BAN, FATE, START = "norms/trial/T-BAN.yaml", "decisions/trial/T-FATE.yaml", "parameters/t-start.yaml"
SCOPE = "  service: {listed_in: t-services}\n"
FORBIDDEN = "forbidden:\n  actor: {in: [organization, bot]}\n"
PARENTS = "counterpart: {contains: parents}"
TWO_CHATS = "organization: {chats: {count: {of: {}, is: {at_least: 2}}}}"
SHARES = "[public_share.region, public_share.federation]"
TOPIC = """topic: trial
title: {ru: Чаты, en: Chats}
covers:
  - id: all-chats
    title: {ru: Все чаты, en: All chats}
    about: chats
    from: 2025-03-01
    exhaustive: true
"""


def scope(*lines: str) -> list[str]:
    """What is said of the ban when its scope says more."""
    return [c for c in codes(changed((BAN, SCOPE, SCOPE + "".join(f"  {line}\n" for line in lines)))) if c in NEVER]


NEVER = {"never-applies", "never-in-force", "never-violated", "always-excepted", "idle-exception", "not-analysed"}


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["first_on: {after: 2025-09-01}", "last_on: {before: 2025-09-01}"], ["never-applies"]),  # days in order
        (["first_on: {after: 2025-09-01}", "last_on: {after: 2025-09-01}"], []),
        (["last_on: {after: as_of}"], ["never-applies"]),  # no fact lies ahead of the snapshot
        (["last_on: {on_or_after: as_of}"], []),
        (["last_on: {before: 2025-03-01}"], ["never-applies"]),  # the norm is in force from that day
        (["last_on: {before: 2025-03-02}"], []),
        ([PARENTS, "not: {counterpart: {contains_any: [parents, students]}}"], ["never-applies"]),
        ([PARENTS, "not: {counterpart: {contains_all: [parents, students]}}"], []),
        (["organization: {chats: {some: {official: true}, every: {official: false}}}"], ["never-applies"]),
        (["organization: {chats: {some: {official: true}, no: {official: false}}}"], []),
        ([TWO_CHATS, "all: [{organization: {chats: {no: {}}}}]"], ["never-applies"]),
        ([TWO_CHATS, "all: [{organization: {chats: {no: {official: true}}}}]"], []),
        (["organization: {public_share: {region: {more_than: 50}}, founder: private}"], ["never-applies"]),
        ([f"organization: {{sum: {{of: {SHARES}, more_than: 100}}}}"], ["never-applies"]),
        ([f"organization: {{sum: {{of: {SHARES}, at_least: 100}}}}"], []),
        (["undecided: T1"], []),  # the question may yet be settled
        (["organization: {chats: {some: {ref: {field: use.ref}}}}"], ["not-analysed"]),
    ],
)
def test_a_scope_that_nothing_can_meet_is_told(lines: list[str], found: list[str]) -> None:
    assert scope(*lines) == found


def test_what_is_forbidden_altogether_is_no_fault_of_the_norm() -> None:
    assert codes(changed((BAN, SCOPE, SCOPE + "  actor: organization\n"))) == []


@pytest.mark.parametrize("day", ["2025-03-31", "2025-04-01"])
def test_a_policy_that_ends_before_a_parameter_lets_it_begin_is_never_in_force(day: str) -> None:
    found = codes(changed((FATE, "{param: t-start}}", f"{{param: t-start}}, through: {day}}}")))
    assert found == (["never-in-force"] if day < "2025-04-01" else [])


def test_a_value_that_nobody_knows_yet_may_be_any() -> None:
    unknown = "value: unknown\n    why: {ru: Не объявлено, en: Not announced}"
    texts = changed(
        (START, "value: 2025-04-01", unknown), (FATE, "{param: t-start}}", "{param: t-start}, through: 2025-03-31}")
    )
    assert codes(texts) == []


def test_a_reading_that_drops_the_exceptions_frees_the_norm() -> None:
    """What is chosen counts: without the exceptions the norm is one that can be violated."""
    narrowed = (BAN, SCOPE, SCOPE + "  direction: {in: [public_broadcast, reply_to_comment]}\n")
    assert "always-excepted" in codes(changed(narrowed))
    chosen = (BAN, "chosen: true,", "chosen: true, without_exceptions: [replies],")
    assert "always-excepted" not in codes(changed(narrowed, chosen))


@pytest.mark.parametrize(
    ("first", "exhaustive", "found"),
    [("2025-03-01", "true", 1), ("2025-04-01", "true", 0), ("2025-03-01", "false", 0)],
)
def test_a_gap_is_told_of_a_topic_that_is_to_cover_everything(first: str, exhaustive: str, found: int) -> None:
    topic = TOPIC.replace("2025-03-01", first).replace("exhaustive: true", f"exhaustive: {exhaustive}")
    told = changed(files=[("topics/trial.yaml", topic)])
    assert codes(told) == ["coverage-gap"] * found
    if told:
        assert "from 2025-03-01 through 2025-03-31" in told[0].problem.message.en


def test_a_topic_may_switch_the_analysis_off() -> None:
    off = "switched_off:\n  - {analysis: ANA-A9, why: {ru: Рано, en: Too early}}\n"
    assert codes(changed(files=[("topics/trial.yaml", TOPIC + off)])) == []


def test_an_intended_gap_between_rows_is_none() -> None:
    gap = (START, "from: 2025-09-01", "from: 2025-09-03")
    assert codes(changed(gap)) == ["gap-between-rows"]
    assert codes(changed(gap, (START, "type: date\n", "type: date\ngaps: intended\n"))) == []


def test_a_set_with_errors_is_not_analysed() -> None:
    wrong = (BAN, SCOPE, SCOPE + "  actor: citizen\n  colour: red\n")
    assert codes(changed(wrong)) == ["unknown-field"]


# --- the shipped set -------------------------------------------------------------------------------------------


def test_of_the_shipped_policies_nothing_is_impossible_and_few_are_left_to_the_solver() -> None:
    vocabulary = read_vocabulary(schema_bytes("snapshot"))
    policies = load(read_folder(policies_folder()), vocabulary).policies
    answers = {p.id: [*outcomes(policies, vocabulary.root, p)] for p in policies.policies()}
    assert {name: found for name, found in answers.items() if any(a.fault for a in found)} == {}
    left = {name: {a.why for a in found} for name, found in answers.items() if found}
    assert set().union(*left.values()) <= {"ratio", "month", "count"}
    assert len(left) <= len(answers) / 10


def test_a_norm_of_the_shipped_set_that_is_swallowed_is_found() -> None:
    vocabulary = read_vocabulary(schema_bytes("snapshot"))
    policies = load(read_folder(policies_folder()), vocabulary).policies
    found: set[str] = set()
    for norm in policies.norms.values():
        dropped = overrides_of(*readings_of(norm)[0]).without_exceptions
        clauses = tuple(
            replace(c, exceptions=tuple((name, c.applies_when) for name, _ in c.exceptions)) for c in norm.clauses
        )
        if {name for c in clauses for name, _ in c.exceptions} - dropped:
            answers = outcomes(policies, vocabulary.root, replace(norm, clauses=clauses))
            assert {a.fault for a in answers} == {Fault.ALWAYS_EXCEPTED}
            found.add(norm.id)
    assert found >= {"FM-BAN", "PL-SAFE"}
