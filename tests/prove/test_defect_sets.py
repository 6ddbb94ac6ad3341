"""The sets with one planted fault each: `prove` finds the fault, and is silent on the repaired twin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tiny_sets import found, names, report_of

from validator.journeys.prove.run import exit_code
from validator.language.library import load, read_folder
from validator.language.vocabulary import read_vocabulary
from validator.logic.problem import InputError
from validator.logic.proof import ProofReport
from validator.resources import schema_bytes

pytest.importorskip("z3")
FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "defects"
DEFECTS: list[dict[str, Any]] = yaml.safe_load((FOLDER / "defects.yaml").read_text(encoding="utf-8"))["defects"]
# An overlap of rows makes no policy set at all: the reader refuses it, which is how that fault is found.
REFUSED = {"overlapping-parameter": "overlapping-rows"}
# What is never a fault: that some source lacks facts.
ASIDE = {"ANA-A12"}


def _report(defect: str, side: str) -> ProofReport:
    return report_of(load(read_folder(FOLDER / defect / side), read_vocabulary(schema_bytes("snapshot"))))


def test_there_are_defects_to_find() -> None:
    assert len(DEFECTS) >= 14
    assert set(REFUSED) <= {defect["defect"] for defect in DEFECTS}


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: str(defect["defect"]))
def test_the_fault_is_found_in_the_broken_set_and_not_in_its_repaired_twin(defect: dict[str, Any]) -> None:
    name = defect["defect"]
    if name in REFUSED:
        with pytest.raises(InputError) as refused:
            _report(name, "broken")
        assert REFUSED[name] in {problem.code for problem in refused.value.problems}
    else:
        broken = _report(name, "broken")
        shown = [one for one in found(broken, defect["analysis"]) if set(defect["policies"]) <= names(one)]
        assert shown, [(one["analysis"], names(one)) for one in broken["findings"]]
        if "days" in defect:
            days = shown[0]["days"]
            assert days is not None
            wanted = [defect["days"].get(key) for key in ("from", "through")]
            assert [days["first"], days["last"]] == [None if day is None else str(day) for day in wanted]
        graver = any(one["weight"] != "info" for one in shown)
        assert exit_code(broken, accept_bounded=True) == (1 if graver else 0)
    repaired = _report(name, "repaired")
    assert [one["analysis"] for one in repaired["findings"] if one["analysis"] not in ASIDE] == []
    assert exit_code(repaired, accept_bounded=True) == 0
