"""Text of others on a terminal: nothing in it can move the cursor, turn the line round or begin another one."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.render.safe import one_line

SHOWN_AS_IS = ["", "plain", "Школа № 100 «Ёлка» — 5 «Б»", "a\u00a0b", "𝄞", "日本", "é", "e\u0301", "\\n"]
ESCAPED = [
    ("a\nb", r"a\nb"),
    ("a\r\nb", r"a\r\nb"),
    ("a\tb", r"a\tb"),
    ("\x1b[2J", r"\x1b[2J"),
    ("\x1b]8;;http://x\x07", r"\x1b]8;;http://x\x07"),
    ("\x9b2J", r"\x9b2J"),
    ("\x00", r"\x00"),
    ("\x7f", r"\x7f"),
    ("\x85", r"\x85"),
    ("a\u2028b\u2029c", r"a\u2028b\u2029c"),
    ("\u202egpj.exe", r"\u202egpj.exe"),
    ("\u2066x\u2069", r"\u2066x\u2069"),
    ("a\u200bb\ufeff", r"a\u200bb\ufeff"),
    ("\udcff", r"\udcff"),
    ("\ue000", r"\ue000"),
    ("\U000e0041", r"\U000e0041"),
]


@pytest.mark.parametrize("text", SHOWN_AS_IS)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert one_line(text) == text


@pytest.mark.parametrize(("text", "shown"), ESCAPED)
def test_what_could_mislead_is_shown_as_its_escape(text: str, shown: str) -> None:
    """SINK-R4, SINK-R5"""
    assert one_line(text) == shown


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_any_text_is_one_line_that_can_be_written(text: str) -> None:
    shown = one_line(text)
    assert len(shown.splitlines()) <= 1
    shown.encode("utf-8")
    assert one_line(shown) == shown


def test_every_character_there_is() -> None:
    for number in range(sys.maxunicode + 1):
        shown = one_line(chr(number))
        assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for char in shown), number
