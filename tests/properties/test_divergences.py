"""Trials that once broke a law break none any more; and what breaks one is made small and can be read again."""

from __future__ import annotations

from pathlib import Path

import laws_of_conditions  # noqa: F401
import laws_of_facts  # noqa: F401
import laws_of_policies  # noqa: F401
import laws_of_runs  # noqa: F401
import laws_of_time  # noqa: F401
import pytest
from divergences import FOLDER, Divergence, expected, keep, read, shrunk, written
from laws import LAWS
from trials import by_program, by_reference, random_trial

from validator.interpreters import evaluate
from validator.interpreters.strategies import seeded
from validator.logic.truth import Truth


def test_laws_that_were_broken_hold() -> None:
    for file in sorted(FOLDER.glob("*.yaml")):
        text = file.read_text("utf-8")
        found = read(text)
        assert found.faults() == [], file.name
        right = expected(text)
        if right is not None:
            assert found.trial.judged(by_reference) == right, file.name
            assert found.trial.judged(by_program) == right, file.name


def test_files_of_divergences_are_found() -> None:
    assert FOLDER.is_dir()
    assert (FOLDER / "README.md").is_file()


@pytest.mark.parametrize("seed", range(12))
def test_a_trial_that_was_written_is_read_as_it_was(seed: int) -> None:
    trial = random_trial(seeded(seed))
    found = read(written(Divergence(LAWS[0], trial, seed)))
    assert found.trial.judged(by_reference) == trial.judged(by_reference)
    assert found.trial.judged(by_program) == trial.judged(by_program)
    assert (found.law, found.seed) == (LAWS[0], seed)


def test_what_breaks_a_law_is_made_small_and_breaks_it_still(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    law = next(law for law in LAWS if law.name == "the_program_says_what_the_reference_says")
    monkeypatch.setattr(evaluate, "_is_in", lambda name, names: Truth.TRUE if name in names else Truth.UNKNOWN)
    broken = (Divergence(law, random_trial(seeded(seed)), 0) for seed in range(300))
    found = next(one for one in broken if one.faults())
    small = shrunk(found)
    assert small.faults()
    assert len(written(small)) < len(written(found)) / 2
    assert len(small.trial.policies.policies()) == 1
    path = keep(found, tmp_path)
    assert read(path.read_text("utf-8")).faults()
    monkeypatch.undo()
    assert read(path.read_text("utf-8")).faults() == []
