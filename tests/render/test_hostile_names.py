"""Names that attack: whatever an organization is called, every format keeps its structure and shows no control."""

from __future__ import annotations

import importlib
import json
import os
import unicodedata
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from sample_reports import NAUGHTY, named
from test_github import commands
from test_markdown import structure

from validator.cli.outputs import FORMATS

MACHINE = ("json", "jsonl", "sarif", "sarif-full", "sarif-github", "gitlab")


def rendered(name: str, format_: str) -> str:
    renderer = importlib.import_module(f"validator.render.{format_.replace('-', '_')}")
    text: str = renderer.render(named(name), "ru")
    return text


def shape(text: str, format_: str) -> object:
    """What a reader of the format makes of a report, without its words."""
    if format_ == "markdown":
        return structure(text)
    if format_ == "github":
        found, plain = commands(text)
        return [(command.name, command.properties.keys()) for command in found], plain
    if format_ == "junit":
        return [(element.tag, element.keys()) for element in ET.fromstring(text).iter()]
    if format_ == "jsonl":
        return [_keys(json.loads(line)) for line in text.splitlines()]
    if format_ in MACHINE:
        return _keys(json.loads(text))
    return len(text.splitlines())


def _keys(value: object) -> object:
    if isinstance(value, dict):
        return {key: _keys(inner) for key, inner in value.items()}
    return [_keys(inner) for inner in value] if isinstance(value, list) else type(value)


def assert_harmless(name: str, format_: str) -> None:
    text = rendered(name, format_)
    assert shape(text, format_) == shape(rendered("Школа", format_), format_)
    unsafe = {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")}
    assert unsafe <= {"\n"}
    text.encode("utf-8")  # as files are written


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(
    "name",
    [
        NAUGHTY,
        "a\x00\x07\x1b]0;x\x07\x9b31m",
        "\u202e\u2066\ufeff\ue000",
        "']]></x>--><!--",
        "=1+1|+cmd",
        "{0} {{x}}",
    ],
)
def test_a_name_does_no_harm(name: str, format_: str) -> None:
    assert_harmless(name, format_)


def _collected() -> list[str]:
    folder = Path(os.environ["SVERKA_CORPORA"])
    naughty = json.loads((folder / "big-list-of-naughty-strings" / "blns.json").read_text("utf-8"))
    payloads = sorted((folder / "csv-injection").rglob("*.txt"))
    lines = [line for file in payloads for line in file.read_text("utf-8", "replace").splitlines()]
    names = [name for name in dict.fromkeys([*naughty, *lines]) if name.strip()]
    assert len(names) > 500
    return names


@pytest.mark.skipif("SVERKA_CORPORA" not in os.environ, reason="SVERKA_CORPORA is not set")
@pytest.mark.parametrize("format_", FORMATS)
def test_no_collected_name_does_harm(format_: str) -> None:
    for name in _collected():
        assert_harmless(name, format_)
