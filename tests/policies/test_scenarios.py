"""The acceptance scenarios of the catalogue; `scenarios.yaml` beside this file states them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from shipped import (
    ROOT,
    Answer,
    definition_of,
    disputes_of,
    judged,
    library,
    missing_of,
    readings_up_to,
    snapshot_of,
    stated,
    verdict_of,
)

from validator.logic.facts import Snapshot
from validator.logic.report import Result

FOLDER = ROOT / "fixtures" / "scenarios"
SCENARIOS: list[dict[str, Any]] = stated("scenarios.yaml")
# The numbers of the acceptance scenarios have gaps on purpose.
NUMBERS = [str(number) for number in range(1, 44, 2)]


def _with(key: str) -> pytest.MarkDecorator:
    """Every statement of one kind, each a case of its own."""
    cases = [(scenario, item) for scenario in SCENARIOS for item in scenario.get(key, ())]
    names = [f"{s['snapshot']}-{item.get('policy') or item['definition']}-{item['subject']}" for s, item in cases]
    return pytest.mark.parametrize(("scenario", "item"), cases, ids=names)


def _snapshot(scenario: dict[str, Any]) -> Snapshot:
    name = scenario["snapshot"]
    return snapshot_of((FOLDER / name).read_bytes(), name)


def _law_date(scenario: dict[str, Any]) -> date | None:
    return date.fromisoformat(scenario["law_date"]) if "law_date" in scenario else None


def _result(scenario: dict[str, Any], item: dict[str, Any]) -> Result:
    subject = item["subject"]
    found = judged(_snapshot(scenario), [item["policy"]], _law_date(scenario))
    told = [result for result in found if subject in (result["ref"], result["subject"])]
    assert len(told) == 1, f"{item['policy']} says of {[r['ref'] or r['subject'] for r in found]}"
    return told[0]


def test_every_row_of_the_catalogue_has_a_scenario() -> None:
    assert list(dict.fromkeys(scenario["scenario"] for scenario in SCENARIOS)) == NUMBERS


def test_every_snapshot_belongs_to_a_scenario() -> None:
    assert {scenario["snapshot"] for scenario in SCENARIOS} == {path.name for path in FOLDER.iterdir()}
    for scenario in SCENARIOS:
        assert scenario["snapshot"].startswith(f"{int(scenario['scenario']):02}-"), scenario["snapshot"]


@_with("expect")
def test_a_policy_says_what_the_catalogue_says(scenario: dict[str, Any], item: dict[str, Any]) -> None:
    result = _result(scenario, item)
    told = (verdict_of(result), disputes_of(result), missing_of(result))
    assert told == (item["verdict"], item.get("disputed", {}), sorted(item.get("missing", ())))
    criteria = {criterion["id"]: criterion["truth"] for criterion in result.get("criteria", [])}
    assert {name: criteria[name] for name in item.get("criteria", {})} == item.get("criteria", {})
    if "sanction" in item:
        assert result["sanction"] is not None
        assert result["sanction"]["applies"] == item["sanction"]
    if "force" in item:
        assert result["force"] == item["force"]
    if "message" in item:
        assert result["message"] is not None
        assert item["message"] in result["message"]["en"]


@_with("definitions")
def test_a_definition_is_as_true_as_the_catalogue_says(scenario: dict[str, Any], item: dict[str, Any]) -> None:
    snapshot, name, subject, day = _snapshot(scenario), item["definition"], item["subject"], _law_date(scenario)
    assert definition_of(snapshot, name, subject, day) == Answer(item["truth"], item.get("missing", []))
    for policy, readings in item.get("readings", {}).items():
        for reading, truth in readings.items():
            assert definition_of(snapshot, name, subject, day, readings_up_to(policy, reading)).truth == truth


@pytest.mark.parametrize(
    "scenario", [s for s in SCENARIOS if "violations" in s], ids=lambda scenario: scenario["snapshot"]
)
def test_nothing_else_is_violated(scenario: dict[str, Any]) -> None:
    found = judged(_snapshot(scenario), library().policies.norms, _law_date(scenario))
    assert [result["policy"] for result in found if result["verdict"] == "violation"] == scenario["violations"]
