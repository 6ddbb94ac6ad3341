"""The shipped policies: they load without a word, their examples hold, and the examples leave nothing out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from validator.journeys.examples.embedded import CaseResult, run_examples
from validator.language.library import Library, load, read_folder
from validator.language.vocabulary import read_vocabulary
from validator.logic.expr import TRUE
from validator.logic.policy import Decision, Modality, Norm, Policy
from validator.resources import policies_folder, schema_bytes


@pytest.fixture(scope="module")
def library() -> Library:
    return load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))


@pytest.fixture(scope="module")
def cases(library: Library) -> dict[str, list[CaseResult]]:
    found: dict[str, list[CaseResult]] = {policy.id: [] for policy in library.policies.policies()}
    for case in run_examples(library):
        found[case.policy].append(case)
    return found


def _policies() -> list[str]:
    folder = policies_folder()
    drafts = {"drafts"}
    return sorted(
        path.stem
        for kind in ("norms", "decisions")
        for path in (folder / kind).rglob("*.yaml")
        if path.parent.name not in drafts
    )


POLICIES = _policies()


def _policy(library: Library, name: str) -> Policy:
    return library.policies.norms.get(name) or library.policies.decisions[name]


def test_the_set_loads_without_warnings(library: Library) -> None:
    assert library.warnings == ()
    assert sorted(policy.id for policy in library.policies.policies()) == POLICIES


@pytest.mark.parametrize("name", POLICIES)
def test_every_example_says_what_the_policy_says(name: str, cases: dict[str, list[CaseResult]]) -> None:
    wrong = [f"{case.name}: {p.where()}: {p.message.en}" for case in cases[name] for p in case.problems]
    assert cases[name], "a policy without examples"
    assert not wrong, "\n".join(wrong)


def _wanted(policy: Policy) -> Iterator[str]:
    """The answers that the examples of a policy must show."""
    yield "unknown"
    if isinstance(policy, Decision):
        yield from (policy.positive, policy.otherwise)
        windows, applies = [policy.window], [policy.applies_when]
    else:
        windows = [clauses.window for clauses in policy.clauses]
        applies = [clauses.applies_when for clauses in policy.clauses]
        yield "met"
        if policy.modality is Modality.RECOMMENDATION:
            yield "advice"
        elif policy.modality is not Modality.PERMISSION:
            yield "violation"
        if policy.exceptions:
            yield "exempt"
    if any(window.first is not None or window.last is not None for window in windows):
        yield "not_in_force"
    if any(condition != TRUE for condition in applies):
        yield "not_applicable"


# What a policy can't show by its nature, with the ground.
CANNOT_SHOW: dict[str, dict[str, str]] = {
    "RM-SIGNED": {"violation": "the register of roadmaps is open: of a region that is not on it nothing is known"},
}
# Criteria that can't have a truth value, with the ground.
NEVER = {
    ("XF-WHEN-KIND", "unknown"): "the kind of an organization is a required fact",
}


@pytest.mark.parametrize("name", POLICIES)
def test_examples_show_every_answer_of_a_policy(
    name: str, library: Library, cases: dict[str, list[CaseResult]]
) -> None:
    policy = _policy(library, name)
    shown = {case.expected for case in cases[name]}
    missing = [answer for answer in _wanted(policy) if answer not in shown]
    assert missing == sorted(CANNOT_SHOW.get(name, {})), f"{name} shows only {sorted(shown)}"


@pytest.mark.parametrize("name", POLICIES)
def test_an_example_shows_each_reading_where_it_differs(
    name: str, library: Library, cases: dict[str, list[CaseResult]]
) -> None:
    policy = _policy(library, name)
    differing = {
        other["reading"]
        for case in cases[name]
        if case.result is not None
        for other in case.result["disputed"] or ()
    }
    assert differing == {reading.id for reading in policy.readings if not reading.chosen}


@pytest.mark.parametrize("name", [name for name in POLICIES if "XF" in name])
def test_an_example_shows_each_criterion_true_false_and_unknown(
    name: str, library: Library, cases: dict[str, list[CaseResult]]
) -> None:
    policy = _policy(library, name)
    if not isinstance(policy, Decision):
        pytest.skip("a norm")
    shown = {
        (criterion["id"], criterion["truth"])
        for case in cases[name]
        if case.result is not None
        for criterion in case.result.get("criteria", [])
    }
    wanted = {
        (criterion.id, truth)
        for criterion in (*policy.criteria, *policy.exclusions)
        for truth in ("true", "false", "unknown")
    }
    assert wanted - set(NEVER) <= shown


def test_time_zones_of_federal_subjects_exist(library: Library) -> None:
    for row in library.policies.registers["federal-subjects"].rows:
        for zone in row.facts["tz"].split():
            assert ZoneInfo(zone).key == zone


def test_no_policy_of_the_press_alone_binds_anybody(library: Library) -> None:
    for norm in library.policies.norms.values():
        if norm.force.value == "press":
            assert norm.modality is Modality.RECOMMENDATION, norm.id


def test_every_norm_stands_in_the_folder_of_its_topic(library: Library) -> None:
    for norm in library.policies.norms.values():
        assert isinstance(norm, Norm)
        assert Path(norm.span.file).parent.name == norm.topic
