"""The acceptance scenarios, written as a case file, come out the same through the engine of `sverka test`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from validator.journeys.examples.cases import run
from validator.journeys.examples.files import CaseFile, read_case_file
from validator.language.library import Library, load, read_folder
from validator.language.source import read_yaml
from validator.language.vocabulary import read_vocabulary
from validator.resources import policies_folder, schema_bytes
from validator.snapshots.stream import deliver

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS: list[dict[str, Any]] = yaml.load(
    (ROOT / "tests" / "policies" / "scenarios.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)
KEPT = ("policy", "subject", "missing", "disputed", "criteria", "sanction", "force", "message")


@pytest.fixture(scope="module")
def library() -> Library:
    return load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))


def case_file(library: Library, change: str = "") -> CaseFile:
    cases = []
    for number, scenario in enumerate(SCENARIOS):
        verdicts = [
            {key: item[key] for key in KEPT if key in item} | {"expect": change or item["verdict"]}
            for item in scenario["expect"]
        ]
        case = {"name": f"{number} {scenario['about']}", "snapshot": scenario["snapshot"], "verdicts": verdicts}
        case |= {"as_of": scenario["law_date"]} if "law_date" in scenario else {}
        case |= {"violations": scenario["violations"]} if "violations" in scenario else {}
        cases.append(case)
    text = yaml.safe_dump({"cases": cases}, allow_unicode=True, sort_keys=False)
    folder = ROOT / "fixtures" / "scenarios"
    return read_case_file(
        read_yaml(text.encode(), "scenarios.yaml"), library, lambda place: deliver(folder / place)
    )


def test_every_scenario_comes_out_as_the_catalogue_says(library: Library) -> None:
    found = list(run(case_file(library).cases, library.policies))
    stated = sum(len(scenario["expect"]) + ("violations" in scenario) for scenario in SCENARIOS)
    assert len(found) == stated > len(SCENARIOS)
    assert [(case.name, case.policy, p.message.en) for case in found for p in case.problems] == []


def test_what_the_catalogue_does_not_say_is_a_mismatch(library: Library) -> None:
    found = list(run(case_file(library, change="open").cases, library.policies))
    verdicts = [case for case in found if case.expected == "open"]
    assert verdicts
    assert all(case.ending == "mismatch" for case in verdicts)
