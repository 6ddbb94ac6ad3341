"""JSON on a terminal: control and hidden characters are escapes, and what is read back is what was written."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_reports import NAUGHTY, named, real_report

from validator.render import json as json_report
from validator.render.case_report import render_json
from validator.render.impact import json as impact_json
from validator.render.json_text import json_text
from validator.render.problems import json as problems_json
from validator.render.waivers import json as waivers_json

UNSAFE = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
# C1 controls and DEL, ends of lines, marks and controls of direction, zero width, a tag.
HIDDEN = [
    *map(chr, range(0x7F, 0xA0)),
    *map(chr, (0x2028, 0x2029, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))),
    *map(chr, (0xAD, 0x61C, 0x200B, 0x2060, 0xFEFF, 0xE000, 0xE0041)),
]


def test_every_character_there_is_comes_back_and_none_is_unsafe() -> None:
    for number in range(sys.maxunicode + 1):
        char = chr(number)
        text = json_text(char)
        assert json.loads(text) == char, number
        assert not any(unicodedata.category(shown) in UNSAFE for shown in text), number
        if unicodedata.category(char) not in UNSAFE:
            assert text == json.dumps(char, ensure_ascii=False), number


@pytest.mark.parametrize("char", HIDDEN, ids=lambda char: f"{ord(char):04x}")
def test_hidden_characters_of_a_report_are_escaped(char: str) -> None:
    text = json_report.render(named(f"Школа {char} № 1"))
    assert char not in text
    assert json.dumps(char)[1:-1] in text
    assert json.loads(text) == json.loads(json.dumps(named(f"Школа {char} № 1")))


def test_a_report_without_them_is_written_as_it_always_was() -> None:
    made = real_report()
    assert json_report.render(made) == json.dumps(made, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize(
    "render",
    [json_report.render, impact_json.render, problems_json.render, waivers_json.render, render_json],
    ids=["report", "impact", "problems", "waivers", "test"],
)
def test_every_document_in_json_is_written_by_one_piece(render: Callable[[Any], str]) -> None:
    given = {"name": NAUGHTY, "bidi": "a\u202eb"}
    text = render(cast(Any, given))
    assert json.loads(text) == given
    assert {char for char in text if unicodedata.category(char) in UNSAFE} == {"\n"}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=[])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=[])), inner),
)


@given(VALUES, st.sampled_from([None, 2]))
def test_any_value_comes_back(value: object, indent: int | None) -> None:
    text = json_text(value, indent)
    assert json.loads(text) == value
    assert indent is not None or "\n" not in text
    assert not {char for char in text if unicodedata.category(char) in UNSAFE} - {"\n"}
