"""What may stand in a cell."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.render.xlsx.cells import day, fitted, length, lines_needed, looks_like_formula


@pytest.mark.parametrize(
    ("iso", "told"),
    [
        (None, None),
        ("2025-11-01", date(2025, 11, 1)),
        ("1900-03-01", date(1900, 3, 1)),
        ("1900-02-28", "1900-02-28"),
        ("0001-01-01", "0001-01-01"),
        ("9999-12-31", date(9999, 12, 31)),
        ("вчера", "вчера"),
        ("=1+1", "=1+1"),
    ],
)
def test_a_day_is_a_day_where_excel_knows_it(iso: str | None, told: object) -> None:
    assert day(iso) == told


@given(st.text(max_size=60), st.integers(min_value=8, max_value=40))
def test_a_text_is_cut_only_when_it_does_not_fit_and_never_within_a_character(text: str, most: int) -> None:
    shown = fitted(text, "[…]", most)
    if length(text) <= most:
        assert shown is None
    else:
        assert shown is not None
        assert most - 1 <= length(shown) <= most
        assert shown.endswith("[…]")
        assert text.startswith(shown.removesuffix("[…]"))


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("one", 10, 1),
        ("one\ntwo", 10, 2),
        ("aaaa bbbb cccc", 5, 3),
        ("aaaabbbbcccc", 4, 3),
        ("aaaa " * 3, 100, 1),
    ],
)
def test_lines_break_between_words_and_long_words_break_within(text: str, width: float, lines: int) -> None:
    assert lines_needed(text, width) == lines


@given(st.text("ab \n", max_size=80), st.integers(min_value=1, max_value=30))
def test_more_room_never_takes_more_lines(text: str, width: int) -> None:
    assert lines_needed(text, width) >= lines_needed(text, width + 1) >= text.count("\n") + 1


def test_signs_of_a_formula() -> None:
    assert all(looks_like_formula(text) for text in ("=a", "+7", "-1", "@x", "\\t=1"))
    assert not any(looks_like_formula(text) for text in ("", "a=1", " =1", "1-1"))
