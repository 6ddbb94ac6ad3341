"""The search for contradictions: what its witness shows, and that a run about one changed norm finds the others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tiny_sets import found, names, report_of

from validator.language.library import Library, load, read_folder
from validator.language.vocabulary import read_vocabulary
from validator.resources import schema_bytes

pytest.importorskip("z3")
FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "defects" / "three-way-contradiction" / "broken"


def _library() -> Library:
    return load(read_folder(FOLDER), read_vocabulary(schema_bytes("snapshot")))


def test_the_witness_says_nothing_that_the_contradiction_does_not_rest_on() -> None:
    (finding,) = found(report_of(_library()), "ANA-A5")
    assert finding["witness"] is not None
    document: Any = finding["witness"]["document"]
    assert set(document["organization"]) == {"inn", "kind", "region", "alternatives_offered"}


@pytest.mark.parametrize("changed", ["D-NO-MAIL", "D-NO-SMS", "D-OFFER"])
def test_a_run_about_one_changed_norm_finds_those_that_it_contradicts(changed: str) -> None:
    (finding,) = found(report_of(_library(), only=frozenset({changed})), "ANA-A5")
    assert names(finding) == {"D-NO-MAIL", "D-NO-SMS", "D-OFFER"}
