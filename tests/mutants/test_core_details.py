"""Details of the core that its other tests leave open: what `.ci/mutants` found nobody to notice."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml
from outcome_dump import text

from validator.journeys.examples.cases import run
from validator.journeys.examples.embedded import examples_of
from validator.language.library import load, read_folder
from validator.language.vocabulary import read_vocabulary
from validator.logic.truth import Truth
from validator.logic.values import OngoingDay, SpecialDay, point, spell
from validator.resources import policies_folder, schema_bytes


def test_a_day_that_was_written_as_ongoing_is_spelt_so() -> None:
    assert spell(OngoingDay(2025, 10, 1)) == "ongoing"
    assert spell(date(2025, 10, 1)) == "2025-10-01"


@pytest.mark.parametrize("value", [True, "word", frozenset({"word"}), SpecialDay.NEVER, None, 1.5])
def test_what_has_no_order_is_named(value: object) -> None:
    with pytest.raises(TypeError, match=r"has no order$") as error:
        point(value)  # type: ignore[arg-type]
    assert str(error.value).startswith(repr(value))


def test_an_unknown_truth_says_what_to_do_instead() -> None:
    with pytest.raises(TypeError, match=r"^an unknown truth value has no boolean value: compare it with `is`$"):
        bool(Truth.UNKNOWN)


def test_examples_of_all_policies_come_out_as_they_say() -> None:
    """In one test, so that a change of the core is tried on all of them at once; every third one, for speed."""
    library = load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))
    cases = examples_of(library)[::3]
    wrong = [f"{r.policy}: {r.name}: {p.message.en}" for r in run(cases, library.policies) for p in r.problems]
    assert len(cases) > 400
    assert wrong == []


def test_of_every_kind_of_condition_all_is_told_as_it_was() -> None:
    """Facts, what is missing, parts and sides; a change that is wanted is written anew by `outcome_dump.py`."""
    kept = json.loads(Path(__file__).with_name("outcomes.json").read_text(encoding="utf-8"))
    found = json.loads(text())
    assert list(found) == list(kept)
    assert [name for name in kept if found[name] != kept[name]] == []
    truths = {told["truth"] for told in kept.values()}
    assert truths == {"true", "false", "unknown"}


def test_what_is_known_to_live_on_is_written_so_that_the_command_can_read_it() -> None:
    known = yaml.safe_load(Path(__file__).with_name("core_survivors.yaml").read_text(encoding="utf-8"))
    assert all(set(entry) == {"in", "change", "why"} and entry["why"].endswith(".") for entry in known)
    keys = [(entry["in"], entry["change"]) for entry in known]
    assert len(set(keys)) == len(keys)
