"""Every code of `sverka lint` is found where it stands, with what to do, and with nothing said besides it."""

from __future__ import annotations

import re

import pytest
from lint_fixtures import base, codes, fixtures, lint_of, vocabulary

from validator.journeys.lint.codes import CODES, FINDINGS, NOTES
from validator.journeys.lint.levels import Level
from validator.journeys.lint.run import lint

every_fixture = pytest.mark.parametrize("name", sorted(fixtures()))


def test_the_small_set_is_sound() -> None:
    assert lint(list(base()), vocabulary()) == []


@every_fixture
def test_each_weakness_is_told_at_its_own_place_and_nothing_else_is(name: str) -> None:
    fixture = fixtures()[name]
    assert fixture.expected
    problems = [told.problem for told in lint_of(fixture)]
    found = [(p.file, p.span.line if p.span else 0, p.span.column if p.span else 0, p.code) for p in problems]
    assert sorted(found) == [expected[:4] for expected in fixture.expected]


@every_fixture
def test_the_help_leads_on(name: str) -> None:
    fixture = fixtures()[name]
    problems = sorted((t.problem for t in lint_of(fixture)), key=lambda p: (p.file, *(p.span or ())[1:3], p.code))
    for problem, expected in zip(problems, fixture.expected, strict=True):
        assert expected.help
        assert expected.help in problem.help.en


@every_fixture
def test_a_fixture_is_named_after_its_code_and_has_its_level(name: str) -> None:
    for told in lint_of(fixtures()[name]):
        assert told.problem.code == name
        assert told.level is CODES[name]


@every_fixture
def test_message_and_help_are_in_both_languages(name: str) -> None:
    for told in lint_of(fixtures()[name]):
        for text in (told.problem.message, told.problem.help):
            assert re.search("[А-Яа-яЁё]", text.ru)
            assert text.en.strip()
            assert not re.search("[А-Яа-яЁё]", re.sub(r"`[^`]*`|No\. \S+", "", text.en))
            assert "None" not in text.ru + text.en


@pytest.mark.parametrize("code", [*FINDINGS, *NOTES])
def test_every_finding_and_note_has_a_fixture(code: str) -> None:
    assert code in fixtures()
    assert CODES[code] is not Level.ERROR


def test_the_order_of_the_files_does_not_matter() -> None:
    fixture = fixtures()["act-cited-otherwise"]
    texts = [text for text in base() if text.place != fixture.texts[0].place] + list(fixture.texts)
    assert lint(texts, vocabulary()) == lint(texts[::-1], vocabulary())
    assert codes(lint(texts, vocabulary())) == ["act-cited-otherwise"]
