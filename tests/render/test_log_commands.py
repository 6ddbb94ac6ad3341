"""Lines of a job's log: whatever names and texts hold, no line of any format is a command to the CI server."""

from __future__ import annotations

import importlib
import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_reports import record, report, result

from validator.cli.outputs import FORMATS
from validator.render.json_text import json_text
from validator.render.safe import log_line, one_line, unheard

# `github` is made of commands; `test_github.py` has it.
LOGGED = tuple(name for name in FORMATS if name != "github")
PIECES = ("::", ":", "##", "#", "[", "]", "error", "add-mask", "vso[", "teamcity[", " ", "\u00a0", "\t", "\n", "\\")
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=[])), st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
)
ATTACKS = (
    "::error file=x::forged",
    "  ::stop-commands::x",
    "\u00a0\u2003::add-mask::a",
    "##[error]forged",
    "Школа ##[add-mask]а",
    "###[group]x",
    "##vso[task.setvariable variable=a]b",
    "##teamcity[buildStatus status='SUCCESS']",
)


def commands_to(server: str, line: str) -> bool:
    """Whether a server heeds a line, by how its runner reads one; of any name, as if every command were known."""
    if server == "github":  # spaces trimmed, `::` first and again; or `##[` with `]` after it, anywhere
        trimmed = line.lstrip()
        return (trimmed.startswith("::") and "::" in trimmed[2:]) or re.search(r"##\[.*\]", line) is not None
    return re.search({"azure": r"##vso\[.*\]", "teamcity": r"##teamcity\["}[server], line) is not None


def heeded(text: str) -> list[str]:
    return [
        line
        for line in re.split("[\r\n]", text)
        if any(commands_to(server, line) for server in ("github", "azure", "teamcity"))
    ]


def attacked(text: str) -> Any:
    """A report in which every word that somebody else may choose is `text`."""
    both = {"ru": text, "en": text}
    place = {"file": text, "line": 1, "column": 1}
    fact = {"path": text, "value": text, "title": both, "value_title": both, "statement": both, "location": place}
    missing = [{"path": text, "cause": "absent", "title": both}]
    given: dict[str, Any] = {"location": place, "because": [fact], "message": both, "remedy": both, "title": both}
    named = {"organization_name": text or None, "ref": text, **given}
    return report(
        result(1, **named),
        result(2, **{**named, "message": None}, verdict="unknown", missing=missing),
        quarantine=[record(file=text or "x", path=text, message=both, help=both)],
        warnings=[record(file=text or "x", path=text, message=both, help=both)],
    )


def rendered(format_: str, made: Any) -> str:
    renderer = importlib.import_module(f"validator.render.{format_.replace('-', '_')}")
    text: str = renderer.render(made, "ru")
    return text


def test_the_attacks_would_command_if_nothing_were_done() -> None:
    assert all(heeded(one_line(text).replace(r"\xa0", " ")) for text in ATTACKS)
    assert heeded("in/a.yaml:1:1: ##[error]x")
    assert not heeded("in/a::b.yaml:1:1: # [x] ## x ]")


@pytest.mark.parametrize("format_", LOGGED)
@pytest.mark.parametrize("text", ATTACKS)
def test_no_name_commands_a_server(text: str, format_: str) -> None:
    assert heeded(rendered(format_, attacked(text))) == []


@given(TEXTS)
@settings(max_examples=40)
@pytest.mark.parametrize("format_", LOGGED)
def test_no_text_at_all_commands_a_server(format_: str, text: str) -> None:
    assert heeded(rendered(format_, attacked(text))) == []


@given(TEXTS)
def test_a_line_of_output_commands_nothing_and_is_written_once_as_often_as_it_is_made_safe(text: str) -> None:
    shown = log_line(text)
    assert heeded(shown) == []
    assert log_line(shown) == shown
    assert shown.replace("\\", "") == one_line(text).replace("\\", "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::error::x", r"\::error::x"),
        ("  ::error::x", r"  \::error::x"),
        ("in/a.yaml:1:1: a::b ::c", "in/a.yaml:1:1: a::b ::c"),
        ("a ##[error]x", r"a #\#[error]x"),
        ("###[x]", r"##\#[x]"),
        ("##vso[x]", r"#\#vso[x]"),
        ("# 5 ## 6 [7]", "# 5 ## 6 [7]"),
    ],
)
def test_only_what_would_be_a_command_is_changed(text: str, shown: str) -> None:
    assert log_line(text) == shown


@given(TEXTS)
def test_json_holds_the_same_value(text: str) -> None:
    written = json_text({text: [text]}, indent=2)
    assert json.loads(written) == {text: [text]}
    assert heeded(written) == []


@pytest.mark.parametrize("text", ATTACKS)
def test_xml_holds_the_same_value(text: str) -> None:
    element = ET.Element("a", {"b": text})
    element.text = f"\n{text}\n{text}"
    plain = ET.tostring(element, encoding="unicode")
    written = unheard(plain, sign="&#35;", colon="&#58;")
    assert heeded(plain)
    assert not heeded(written)
    assert ET.tostring(ET.fromstring(written), encoding="unicode") == plain
