"""What a broken snapshot says: every file of `fixtures/broken-snapshots` holds the mistake that its name says.

Comments at the top (of JSON: the file `….expect` beside it) say what is to be reported, and where:
`# expect: line:column code | piece of the help`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from snapshot_documents import VOCABULARY, names

from validator.language.source import read_document
from validator.logic.problem import InputError, Problem
from validator.snapshots.read import read_snapshot

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "broken-snapshots"
FILES = sorted(path for path in FIXTURES.iterdir() if path.suffix != ".expect")
EXPECT = re.compile(r"# expect: (\d+):(\d+) ([a-z0-9-]+) \| (.*)")
every_file = pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])


class Expected(NamedTuple):
    """One problem that a fixture must give."""

    line: int
    column: int
    code: str
    help: str


def expected_of(path: Path) -> list[Expected]:
    told = path.with_name(path.name + ".expect") if path.suffix == ".json" else path
    found = [match for line in told.read_text("utf-8").splitlines() if (match := EXPECT.fullmatch(line))]
    assert found
    return [Expected(int(m[1]), int(m[2]), m[3], m[4].strip()) for m in found]


def problems_of(path: Path) -> list[Problem]:
    document = read_document(path.read_bytes(), path.name)
    with pytest.raises(InputError) as refusal:
        read_snapshot(document, VOCABULARY, names())
    return refusal.value.problems


@every_file
def test_each_mistake_is_told_at_its_own_place_and_nothing_else_is(path: Path) -> None:
    problems, expected = problems_of(path), expected_of(path)
    assert [(p.span.line, p.span.column, p.code) for p in problems if p.span] == [e[:3] for e in expected]
    for problem, (_, _, _, help_) in zip(problems, expected, strict=True):
        assert help_ in problem.help.en


@every_file
def test_message_and_help_are_in_both_languages(path: Path) -> None:
    for problem in problems_of(path):
        for text in (problem.message, problem.help):
            assert re.search("[А-Яа-яЁё]", text.ru)
            assert re.search("[A-Za-z]", text.en)
            assert not re.search("[А-Яа-яЁё]", text.en)
            assert "None" not in text.en
