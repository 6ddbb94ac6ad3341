"""What holds for every text: its meaning and its comments stay, the layout of a layout is itself."""

from __future__ import annotations

import re
from collections import Counter
from random import Random
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from yaml_texts import OLD, Plain, Writer, documents

from validator.language.layout import laid_out
from validator.language.nodes import Mapping, Node, Scalar, Sequence
from validator.language.source import read_yaml

CORE = re.compile(
    r"(|~|null|true|false|[-+]?\d+|0x[\dA-Fa-f]+|[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?|\d{4}-\d\d-\d\d)\Z",
    re.IGNORECASE,
)
FREE = ("when", "any", "all", "not", "some", "is", "applies_when", "on", "no", "item")


def content(node: Node) -> Any:
    """Dicts, lists and texts; what is no text is marked."""
    match node:
        case Mapping():
            return {key.text: content(value) for key, value in node.items()}
        case Sequence():
            return [content(item) for item in node.items]
        case Scalar():
            return Plain(node.text) if node.kind == "plain" and CORE.match(node.text) else node.text


def marked(tree: Any) -> Any:
    """A tree in which `Plain` texts differ from others."""
    match tree:
        case dict():
            return {key: marked(value) for key, value in tree.items()}
        case list():
            return [marked(item) for item in tree]
        case Plain():
            return ("plain", str(tree))
        case _:
            return tree


def laid(data: bytes) -> str:
    return laid_out(data, "case.yaml")


Document = tuple[dict[str, Any], bytes, list[str]]


@given(documents())
@settings(max_examples=200, deadline=None)
def test_the_writer_of_these_tests_writes_what_it_means(document: Document) -> None:
    tree, data, _ = document
    assert marked(content(read_yaml(data, "case.yaml").root)) == marked(tree)


@given(documents())
@settings(max_examples=200, deadline=None)
def test_the_layout_says_what_the_text_says(document: Document) -> None:
    tree, data, _ = document
    assert marked(content(read_yaml(laid(data).encode(), "case.yaml").root)) == marked(tree)


@given(documents())
@settings(max_examples=200, deadline=None)
def test_the_layout_of_a_layout_is_itself(document: Document) -> None:
    once = laid(document[1])
    assert laid(once.encode()) == once


@given(documents())
@settings(max_examples=200, deadline=None)
def test_no_comment_is_lost_or_changed(document: Document) -> None:
    _, data, comments = document
    found = Counter(re.findall(r"(?:^|(?<=  )|(?<= ))#\d+(?: x|: y| \"| #| \{|-| я)?$", laid(data), re.MULTILINE))
    assert {comment: found[comment] for comment in comments} == dict.fromkeys(comments, 1)


@given(documents())
@settings(max_examples=200, deadline=None)
def test_the_bytes_are_those_that_every_tool_likes(document: Document) -> None:
    text = laid(document[1])
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    assert not re.search(r"[^\S\n]$", text, re.MULTILINE)


@given(documents())
@settings(max_examples=200, deadline=None)
def test_an_old_reader_takes_every_text_for_a_text(document: Document) -> None:
    """YAML 1.1, as most tools read it: what it takes for something else is no text for anybody."""
    text = laid(document[1])
    _compare(yaml.load(text, yaml.BaseLoader), yaml.load(text, _OldLoader))


class _OldLoader(yaml.SafeLoader):
    """YAML 1.1 without values that Python can't have, such as the 31st of February."""


def _compare(texts: Any, typed: Any) -> None:
    match texts:
        case dict():
            for (key, text), value in zip(texts.items(), typed.values(), strict=True):
                assert key not in OLD - {"on", "no"} or key in typed
                _compare(text, value)
        case list():
            for text, value in zip(texts, typed, strict=True):
                _compare(text, value)
        case _:
            assert typed == texts or CORE.match(texts), (texts, typed)


@given(documents())
@settings(max_examples=200, deadline=None)
def test_keys_whose_order_may_say_something_keep_it(document: Document) -> None:
    tree, data, _ = document
    _same_order(tree, content(read_yaml(laid(data).encode(), "case.yaml").root), free=False)


def _same_order(before: Any, after: Any, *, free: bool) -> None:
    """`free`: the mapping stands under a key of the language whose keys the layout knows nothing about."""
    if isinstance(before, dict):
        if free:
            assert list(before) == list(after)
        for key in before:
            _same_order(before[key], after[key], free=free or key == "applies_when")
    elif isinstance(before, list):
        for one, other in zip(before, after, strict=True):
            _same_order(one, other, free=free)


@given(documents(commented=False), st.integers(0, 2**32))
@settings(max_examples=200, deadline=None)
def test_the_layout_does_not_depend_on_how_a_text_was_written(document: Document, seed: int) -> None:
    tree, data, _ = document
    again = Writer(Random(seed), commented=False).write(tree)
    assert laid(again) == laid(data)
