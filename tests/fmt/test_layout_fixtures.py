"""Every case of `fixtures/fmt`: what is read, and what the layout makes of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from validator.language.layout import laid_out

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "fmt"
CASE = re.compile(r"^=== (.+)\n--- read\n((?:.*\n)*?)--- laid out\n((?:.*\n)*?)(?=\n=== |\Z)", re.MULTILINE)


class Case(NamedTuple):
    name: str
    read: str
    expected: str


def cases() -> list[Case]:
    return [
        Case(f"{file.stem}: {why}", read, expected)
        for file in sorted(FOLDER.glob("*.txt"))
        for why, read, expected in CASE.findall(file.read_text(encoding="utf-8"))
    ]


def test_every_case_is_found() -> None:
    written = sum(file.read_text(encoding="utf-8").count("\n=== ") for file in FOLDER.glob("*.txt"))
    assert len(cases()) == written >= 25


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_layout_is_the_expected_one(case: Case) -> None:
    assert laid_out(case.read.encode(), "case.yaml") == case.expected


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_expected_layout_is_its_own_layout(case: Case) -> None:
    assert laid_out(case.expected.encode(), "case.yaml") == case.expected
