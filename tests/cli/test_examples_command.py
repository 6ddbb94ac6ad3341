"""`sverka test`: examples that hold, examples that do not, and no examples at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from workplace import Ran

NORM = """
norm: T-NORM
title: {ru: Проба, en: Trial}
about: organization
modality: obligation
severity: low
cites: [{act: faq-max-2025, at: вопрос 9}]
required: {sferum_connected: true}
message: {ru: Не подключена, en: Not connected}
examples:
  as_of: 2025-10-01
  base: {organization: {kind: school, sferum_connected: true}}
  cases:
    - {name: connected, expect: met}
    - {name: not connected, change: {organization: {sferum_connected: false}}, expect: EXPECTED}
"""
EMPTY = NORM[: NORM.index("  cases:")] + "  cases: []\n"


@pytest.fixture
def policies(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        file = tmp_path / "own" / "norms" / "trial" / "T-NORM.yaml"
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")
        return tmp_path / "own"

    return write


def test_examples_that_hold_are_counted(sverka: Callable[..., Ran], policies: Callable[[str], Path]) -> None:
    own = policies(NORM.replace("EXPECTED", "violation"))
    ran = sverka("test", "T-NORM", "--policies", "builtin", "--policies", own, "--lang", "en")
    assert (ran.code, ran.out) == (0, "Examples 2, mismatches 0\n")


def test_a_mismatch_is_told_at_its_place_with_what_decided(
    sverka: Callable[..., Ran], policies: Callable[[str], Path]
) -> None:
    own = policies(NORM.replace("EXPECTED", "met"))
    ran = sverka("test", "T-NORM", "--policies", "builtin", "--policies", own, "--lang", "en")
    assert ran.code == 1
    assert "T-NORM: not connected\n" in ran.out
    assert ":15:88: expected `met`, got `violation` [example-mismatch]\n" in ran.out
    assert "decided by: organization.sferum_connected = false\n" in ran.out
    assert ran.out.endswith("Examples 2, mismatches 1\n")


def test_no_example_is_never_a_pass(sverka: Callable[..., Ran], policies: Callable[[str], Path]) -> None:
    ran = sverka("test", "T-NORM", "--policies", "builtin", "--policies", policies(EMPTY), "--lang", "en")
    assert (ran.code, ran.out) == (2, "")
    assert "no example was found" in ran.err


def test_an_unknown_policy_is_refused_with_the_nearest_name(sverka: Callable[..., Ran]) -> None:
    ran = sverka("test", "FM-BEN", "--lang", "en")
    assert ran.code == 2
    assert "did you mean `FM-BAN`?" in ran.err
