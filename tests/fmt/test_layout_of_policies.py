"""The layout on real files: what ships with the product, and broken files, keep their meaning to the last word."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from validator.language.decision_files import DECISION_KEYS
from validator.language.layout import NotPolicyError, laid_out, means_the_same
from validator.language.layout_rules import KINDS, RULES
from validator.language.library import Library, PolicyText, load, read_folder
from validator.language.norm_files import NORM_KEYS
from validator.language.reading_files import READING_KEYS
from validator.language.source import read_yaml
from validator.language.vocabulary import read_vocabulary
from validator.logic.frozen import Frozen, fields_of
from validator.logic.problem import InputError
from validator.resources import policies_folder, schema_bytes

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted(policies_folder().rglob("*.yaml"))
BROKEN = sorted((ROOT / "fixtures" / "broken-policies").rglob("*.yaml"))
WIDTH = 110


@cache
def layout(file: Path) -> str:
    return laid_out(file.read_bytes(), file.name)


def name(file: Path) -> str:
    return file.relative_to(policies_folder() if file.is_relative_to(policies_folder()) else ROOT).as_posix()


def as_read(text: str | bytes) -> Any:
    """Another reader than ours, for which every scalar is a text and a mapping has no order."""
    return yaml.load(text, yaml.BaseLoader)


# --- the shipped policies -------------------------------------------------------------------------------------


def test_there_are_files_to_lay_out() -> None:
    assert len(SHIPPED) > 200
    assert len(BROKEN) > 100


@pytest.mark.parametrize("file", SHIPPED, ids=name)
def test_a_shipped_file_keeps_its_texts_and_comments_and_has_a_stable_layout(file: Path) -> None:
    before, after = file.read_text(encoding="utf-8"), layout(file)
    assert as_read(after) == as_read(before)
    assert laid_out(after.encode(), file.name) == after
    comments = re.compile(r"^ *(#.*)$", re.MULTILINE)
    assert sorted(comments.findall(after)) == sorted(comments.findall(before))


def test_the_shipped_policies_say_the_same_when_they_are_loaded_again() -> None:
    # The shipped files are laid out already; other ends of lines are what is left to change in them.
    texts = [t._replace(data=t.data.replace(b"\n", b"\r\n")) for t in read_folder(policies_folder())]
    laid = [PolicyText(t.file, t.place, laid_out(t.data, t.file).encode()) for t in texts]
    assert [t.data for t in texts] != [t.data for t in laid], "nothing was laid out, so nothing is tested"
    before, after = loaded(texts), loaded(laid)
    for part in ("norms", "decisions", "drafts", "definitions", "registers", "parameters", "acts"):
        ours, theirs = getattr(before.policies, part), getattr(after.policies, part)
        assert list(ours) == list(theirs)
        for key in ours:
            assert without_places(ours[key]) == without_places(theirs[key]), key
    assert len(before.warnings) == len(after.warnings)


def loaded(texts: list[PolicyText]) -> Library:
    return load(texts, read_vocabulary(schema_bytes("snapshot")))


def without_places(thing: Any) -> Any:
    """A policy as plain data, without the places its parts were written at."""
    if isinstance(thing, Frozen):
        names = [name for name in fields_of(thing) if name != "span"]
        return (type(thing).__name__, [(key, without_places(getattr(thing, key))) for key in names])
    if isinstance(thing, dict):
        return [(key, without_places(value)) for key, value in thing.items()]
    if isinstance(thing, tuple):
        return [without_places(part) for part in thing]
    return thing


@pytest.mark.parametrize("file", SHIPPED, ids=name)
def test_no_line_is_longer_than_the_width_unless_it_can_not_be_broken(file: Path) -> None:
    for line in layout(file).splitlines():
        content = line.strip().removeprefix("- ")
        breakable = " " in content.partition(": ")[2].strip('"')
        assert len(line) <= WIDTH or content.startswith("#") or not breakable, line


@pytest.mark.parametrize("length", range(1, 41))
def test_a_list_of_short_values_fills_its_lines_to_the_width_and_not_beyond(length: int) -> None:
    words = ["x" * length] * (400 // length)
    lines = laid_out(f"values: v\nmembers: [{', '.join(words)}]\n".encode(), "v.yaml").splitlines()[2:]
    assert all(len(line) <= WIDTH for line in lines)
    assert all(len(line) + 1 + length + 1 > WIDTH for line in lines[:-1])


@pytest.mark.parametrize("value", ["1" * 90, "2025-01-01 12:30:00", "1" * 200])
@pytest.mark.parametrize("key", ["k", "k" * 40, "k" * 95])
def test_what_is_no_text_never_becomes_a_block_of_text(value: str, key: str) -> None:
    text = f"norm: T-NORM\nremedy_sets:\n  {key}: {value}\n  longer: {'word ' * 20}\n"
    assert f"\n  {key}: {value}\n" in laid_out(text.encode(), "n.yaml")


# --- comments stay where they are -----------------------------------------------------------------------------


def entries(text: str) -> Iterator[int]:
    """The lines on which an entry of a mapping or an item of a list begins, outside of blocks of text."""
    inside = -1
    for number, line in enumerate(text.splitlines()):
        indent = len(line) - len(line.lstrip())
        if inside >= 0 and (indent > inside or not line.strip()):
            continue
        inside = -1
        starts = re.match(r"(?:- )*[\w.-]+:( |$)|- ", line.lstrip())
        if starts:
            yield number
        if re.search(r"[|>]-?$", line):
            inside = indent + (2 if line.lstrip().startswith("- ") else 0)


@pytest.mark.parametrize("file", SHIPPED, ids=name)
def test_comments_above_and_beside_entries_stay_exactly_there(file: Path) -> None:
    random = Random(file.name)
    lines = layout(file).splitlines()
    starts = set(entries(layout(file)))
    assert starts
    commented: list[str] = []
    for number, line in enumerate(lines):
        if number in starts and random.random() < 0.2:
            commented.append(" " * (len(line) - len(line.lstrip())) + f"# above {number}")
        # Behind a dash that opens a mapping, and in front of a filled list, no comment of the line is possible.
        beside = number in starts and random.random() < 0.2
        commented.append(f"{line}  # beside {number}" if beside else line)
    text = "\n".join(commented) + "\n"
    assert laid_out(text.encode(), file.name) == text


@pytest.mark.parametrize("file", SHIPPED[::4], ids=name)
def test_keys_of_a_file_take_their_comments_along_wherever_they_stood(file: Path) -> None:
    parts = re.split(r"^(?=[a-z_]+:)", layout(file), flags=re.MULTILINE)
    header, keys = parts[0], parts[1:]
    keys = [f"# about {key.partition(':')[0]}\n{key}" if number else key for number, key in enumerate(keys)]
    shuffled = keys[:1] + Random(file.name).sample(keys[1:], len(keys) - 1)
    first_last = shuffled[1:2] + shuffled[:1] + shuffled[2:]
    expected = header + "".join(keys)
    assert laid_out((header + "".join(shuffled)).encode(), file.name) == expected
    if header:
        return
    # Before the first key of a file stand the comments of the file: that key must not have one of its own.
    first_last[0] = first_last[0].partition("\n")[2]
    moved = re.match(r"[a-z_]+", first_last[0])
    assert moved
    without = expected.replace(f"# about {moved.group()}\n", "")
    assert laid_out("".join(first_last).encode(), file.name) == without


# --- broken policies ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", BROKEN, ids=name)
def test_a_broken_policy_is_laid_out_with_its_mistake_or_refused_with_its_place(file: Path) -> None:
    try:
        text = layout(file)
    except InputError:
        with pytest.raises(InputError):
            read_yaml(file.read_bytes(), file.name)
    except NotPolicyError:
        assert not set(as_read(file.read_bytes())) & set(KINDS)
    else:
        assert as_read(text) == as_read(file.read_bytes())
        assert laid_out(text.encode(), file.name) == text


# --- what the layout knows of the language --------------------------------------------------------------------


def test_every_key_of_the_language_has_its_place_in_the_layout() -> None:
    schema = json.loads(schema_bytes("policy"))
    for kind in KINDS:
        assert set(RULES[kind].order) == set(schema["$defs"][f"file_{kind}"]["properties"]), kind
    assert set(RULES["norm"].order) == set(NORM_KEYS)
    assert set(RULES["decision"].order) == set(DECISION_KEYS)
    assert set(READING_KEYS) <= set(RULES["named item"].order)


def test_every_rule_that_is_named_exists_and_every_rule_is_named() -> None:
    named = {name for rule in RULES.values() for name in (*rule.keys.values(), rule.others, rule.items)}
    assert named <= set(RULES)
    assert set(RULES) == named | set(KINDS)


def test_an_order_names_no_key_twice() -> None:
    for rule in RULES.values():
        assert len(set(rule.order)) == len(rule.order)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("norm: A", "norm: B"),
        ("norm: A\nx: true", 'norm: A\nx: "true"'),
        ("norm: A\nx: 1", 'norm: A\nx: "1"'),
        ("norm: A\nx:", 'norm: A\nx: ""'),
        ("norm: A\nx: [1, 2]", "norm: A\nx: [2, 1]"),
        ("norm: A\nx: [1]", "norm: A\nx: [1, 1]"),
        ("norm: A\nx: {a: 1, b: 2}", "norm: A\nx: {b: 2, a: 1}"),
        ("norm: A\napplies_when: {a: 1, b: 2}", "norm: A\napplies_when: {b: 2, a: 1}"),
        ("norm: A\nx: {a: 1}", "norm: A\nx: {a: 1, b: 2}"),
        ("norm: A\nx: {}", "norm: A\nx: []"),
    ],
)
def test_what_means_something_else_is_told_apart(one: str, other: str) -> None:
    trees = [read_yaml(text.encode(), "case.yaml").root for text in (one, other)]
    assert not means_the_same(trees[0], trees[1], RULES["norm"])
    assert means_the_same(trees[0], trees[0], RULES["norm"])
