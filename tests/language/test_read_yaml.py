"""The YAML reader: every bad input of the threat list has its case, named by its id."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from validator.language import source_yaml
from validator.language.limits import ReadLimits
from validator.language.nodes import Mapping, Node, Scalar
from validator.language.source import read_json, read_yaml
from validator.logic.problem import InputError, Problem

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + below] * 9)}]\n"
    for below, name in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGES = "a0: &a0 {k: v}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 20))
QUADRATIC = "a: &a [" + "x, " * 2_000 + "x]\nb: [" + "*a, " * 2_000 + "*a]\n"

REFUSED = [
    # id, text, first code, line, column
    ("IN-Y1", LAUGHS, "yaml-anchor", 1, 4),
    ("IN-Y2", MERGES, "yaml-anchor", 1, 5),
    ("IN-Y3", QUADRATIC, "yaml-anchor", 1, 4),
    ("IN-Y4", "a: &a [*a]", "yaml-anchor", 1, 4),
    ("IN-Y5", "a: &x 1", "yaml-anchor", 1, 4),
    ("IN-Y5-mapping", "a: &x\n  b: 1", "yaml-anchor", 1, 4),
    ("IN-Y5-no-name", "a: & 1", "yaml-anchor", 1, 5),
    ("IN-Y5-alias", "a: *x", "yaml-alias", 1, 4),
    ("IN-Y5-alias-as-key", "*x : 1", "yaml-alias", 1, 1),
    ("IN-Y5-star-in-text", "a: *Важно", "yaml-alias", 1, 5),
    ("IN-Y6", "a: !!python/object/apply:os.system [ls]", "yaml-tag", 1, 4),
    ("IN-Y7", "a: !!binary eA==", "yaml-tag", 1, 4),
    ("IN-Y8", "a: !!set {x, y}", "yaml-tag", 1, 4),
    ("IN-Y9", "a: !local x", "yaml-tag", 1, 4),
    ("IN-Y9-bare", "a: ! x", "yaml-tag", 1, 4),
    ("IN-Y9-handle", "a: !e!x y", "yaml-tag", 1, 4),
    ("IN-Y9-unfinished", "a: !<x", "yaml-tag", 1, 7),
    ("IN-Y16-key", "=: 1", "non-text-key", 1, 1),
    ("IN-Y19", "~: 1", "non-text-key", 1, 1),
    ("IN-Y19-null", "null: 1", "non-text-key", 1, 1),
    ("IN-Y19-empty", "? \n: 1", "empty-key", 1, 2),
    ("IN-Y19-quoted", '"": 1', "empty-key", 1, 1),
    ("IN-Y20", "5: 1", "non-text-key", 1, 1),
    ("IN-Y20-date", "2025-11-01: 1", "non-text-key", 1, 1),
    ("IN-Y20-float", "1.5: 1", "non-text-key", 1, 1),
    ("IN-Y20-true", "True: 1", "non-text-key", 1, 1),
    ("IN-Y21", "[a]: 1", "key-not-scalar", 1, 1),
    ("IN-Y21-mapping", "? {a: 1}\n: 1", "key-not-scalar", 1, 3),
    ("IN-Y21-template", "a: {{name}}", "key-not-scalar", 1, 5),
    ("IN-Y22", "a:\n\tb: 1", "tab-indent", 2, 1),
    ("IN-Y22-after-spaces", "a:\n  b: 1\n  \tc: 2", "tab-indent", 3, 3),
    ("IN-Y22-after-dash", "-\ta: 1", "tab-indent", 1, 2),
    ("IN-Y23", "a: 1\n---\nb: 1", "second-document", 2, 1),
    ("IN-Y23-empty", "a: 1\n---\n", "second-document", 2, 1),
    ("IN-Y23-after-end", "a: 1\n...\nb: 1", "text-after-end", 3, 1),
    ("IN-Y25", "- " * 30_000, "limit-depth", 1, 65),
    ("IN-Y25-flow", "[" * 50_000, "limit-depth", 1, 33),
    ("IN-Y25-mappings", "{a: " * 50_000, "limit-depth", 1, 129),
    ("IN-Y26-nel", 'a: "x\x85y"', "control-character", 1, 6),
    ("IN-Y26-ls", "a: x\u2028y", "line-separator", 1, 5),
    ("IN-Y26-ps-escaped", r'a: "x\u2029y"', "line-separator", 1, 4),
    ("IN-Y26-nel-escaped", r'a: "x\Ny"', "control-character", 1, 4),
    ("IN-Y27", r'a: "\ud83d\ude00"', "bad-escape", 1, 7),
    ("IN-Y28", "a: {<<: {b: 1}}", "merge-key", 1, 5),
    ("duplicate", "a: 1\nb:\n  c: 1\n  c: 2", "duplicate-key", 4, 3),
    ("duplicate-quoted", "a: 1\n'a': 2", "duplicate-key", 2, 1),
    ("confusable", "chats: 1\nChats: 2", "confusable-key", 2, 1),
    ("confusable-composed", "и\u0306: 1\nй: 2", "confusable-key", 2, 1),
    ("mixed-script", "k\u0456nd: 1", "mixed-script-key", 1, 1),
    ("bidi", "a\u202e: 1", "invisible-in-key", 1, 1),
    ("zero-width", "a\u200d: 1", "invisible-in-key", 1, 1),
    ("zero-escaped", r'a: "\0"', "control-character", 1, 4),
    ("zero-raw", "a: x\x00", "control-character", 1, 5),
    ("escape-character", "a: \x1b[2J", "control-character", 1, 4),
    ("delete", "a: x\x7f", "control-character", 1, 5),
    ("directive-yaml", "%YAML 1.1\n---\na: 1", "yaml-directive", 1, 1),
    ("directive-tag", "%TAG ! tag:x,2025:\n---\na: 1", "yaml-directive", 1, 1),
    ("directive-unknown", "%X y\n---\na: 1", "yaml-directive", 1, 3),
    ("empty", "", "empty-document", 1, 1),
    ("empty-spaces", "  \n\n", "empty-document", 1, 1),
    ("empty-comment", "# x\n", "empty-document", 1, 1),
    ("empty-marker", "---\n", "empty-document", 2, 1),
    ("list", "- a", "object-expected", 1, 1),
    ("text", "a", "object-expected", 1, 1),
    ("bom-inside", "a: 1\n\ufeffb: 2", "byte-order-mark", 2, 1),
    ("no-break-space-after-colon", "a: 1\nb:\u00a02\nc: 3", "no-break-space", 2, 3),
    ("no-break-space-in-last-line", "a: 1\nb:\u00a02", "no-break-space", 2, 3),
    ("no-break-space-silent", "a:\n  b:\u00a02\n", "no-break-space", 2, 3),
    ("no-break-space-indent", "a: 1\n\u00a0b: 2", "no-break-space", 2, 1),
    ("no-break-space-dash", "a:\n  -\u00a0x\n", "no-break-space", 2, 3),
    ("narrow-space-dash", "a:\n  - \u202fx\n", "no-break-space", 2, 5),
    ("colon-in-text", "a: Внимание: собрание", "unexpected-colon", 1, 12),
    ("bad-indent", "a: 1\n  b: 2", "unexpected-colon", 2, 4),
    ("bad-indent-less", "  a: 1\n b: 2", "text-after-end", 2, 2),
    ("bad-indent-list", "a:\n  - x\n y: 1", "bad-indent", 3, 2),
    ("no-colon", "a: 1\nb\n", "colon-expected", 3, 1),
    ("reserved", "a: @x", "reserved-character", 1, 4),
    ("text-after-quote", 'a: "x" y', "bad-indent", 1, 8),
    ("open-quote", 'a: 1\nb: "x\n', "unclosed-quote", 2, 4),
    ("open-bracket", "a: [1, 2\nb: 3", "unclosed-bracket", 2, 2),
    ("bad-escape", r'a: "\q"', "bad-escape", 1, 5),
    ("long-text", "a: " + "x" * (64 * 1024 + 1), "limit-string-bytes", 1, 4),
    ("long-key", "k" * 257 + ": 1", "limit-key-bytes", 1, 1),
]  # fmt: skip


class PurePythonParser(Reader, Scanner, Parser):
    """What is used where PyYAML has no libyaml."""

    def __init__(self, stream: str) -> None:
        Reader.__init__(self, stream)
        Scanner.__init__(self)
        Parser.__init__(self)


def refusal(data: bytes, **options: Any) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        read_yaml(data, "s.yaml", **options)
    return caught.value.problems


def plain(node: Node) -> object:
    """A tree as lists, dictionaries and texts."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.items()}
    return [plain(item) for item in node.items]


def as_texts(value: Any) -> Any:
    """A JSON value with every scalar as the text JSON spells it with."""
    if isinstance(value, dict):
        return {key: as_texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_texts(item) for item in value]
    return value if isinstance(value, str) else json.dumps(value)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_bad_yaml_is_refused_with_its_code_and_place(text: str, code: str, line: int, column: int) -> None:
    started = time.perf_counter()
    problem = refusal(text.encode())[0]
    assert time.perf_counter() - started < 0.5
    span = problem.span
    assert span is not None
    assert (problem.code, span.line, span.column) == (code, line, column)


@pytest.mark.parametrize(
    ("text", "code"), [(case[1], case[2]) for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_without_libyaml_the_same_is_refused(monkeypatch: pytest.MonkeyPatch, text: str, code: str) -> None:
    if text.startswith("%X"):
        pytest.skip("PyYAML without libyaml passes over unknown directives")
    monkeypatch.setattr(source_yaml, "_Parser", PurePythonParser)
    told = refusal(text.encode())[0].code
    # The two parsers stumble over different words of a wrong text; what is wrong beyond YAML must be the same.
    syntax = {"yaml-syntax", "bad-indent", "unexpected-colon", "colon-expected", "lone-surrogate", "bad-escape"}
    assert told == code or {told, code} <= syntax


TEXTS = [
    ("IN-Y10", "no"),
    ("IN-Y11", "020101001"),
    ("IN-Y12", "22:00"),
    ("IN-Y13", "0x1F"),
    ("IN-Y14", "1_000"),
    ("IN-Y15", ".inf"),
    ("IN-Y16", "="),
    ("IN-Y17", "2025-11-01"),
    ("IN-Y18", "2025-13-45"),
    ("tilde", "~"),
    ("phone", "+79991234567"),
    ("no-break-space-in-text", "ст.\u00a015: ч.\u00a01".replace(": ", ":\u00a0")),
    ("number-sign", "№\u00a05"),
    ("nothing", ""),
]


@pytest.mark.parametrize("text", [case[1] for case in TEXTS], ids=[case[0] for case in TEXTS])
def test_a_plain_scalar_is_its_text(text: str) -> None:
    root = read_yaml(f"a: {text}\n".encode(), "s.yaml").root
    assert isinstance(root, Mapping)
    value = root.get("a")
    assert isinstance(value, Scalar)
    assert (value.text, value.kind) == (text, "plain")


@pytest.mark.parametrize("key", ["on", "no", "y", "N", "Off", "YES", "'5'", '"null"', "'<<'", "5Б", "1a"])
def test_words_and_quoted_keys_are_text(key: str) -> None:
    root = read_yaml(f"{key}: 1\n".encode(), "s.yaml").root
    assert plain(root) == {key.strip("'\""): "1"}


def test_the_first_place_of_a_duplicate_is_told() -> None:
    (problem,) = refusal(b"chats:\n  - platform: a\n    platform: b\n")
    assert problem.path == "chats[0].platform"
    assert "строка 2, столбец 5" in problem.message.ru


def test_several_mistakes_are_told_at_once_in_order() -> None:
    text = "a: &x 1\na: *x\n<<: !t {b: 1, b: 2}\nc: [\n"
    codes = [problem.code for problem in refusal(text.encode())]
    assert codes == [
        "yaml-anchor",
        "duplicate-key",
        "yaml-alias",
        "merge-key",
        "yaml-tag",
        "duplicate-key",
        "unclosed-bracket",
    ]


def test_at_most_fifty_mistakes_are_told() -> None:
    assert len(refusal(b"a: *x\n" * 5_000)) == 50


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("имя: Школа\n".encode("cp1251"), "encoding-cp1251"),
        ("имя: школа\n".encode("utf-16"), "encoding-utf-16"),
        (b"a: \x80\xc0\n", "not-utf-8"),
        ("a: 1\n\tb: Школа".encode(), "tab-indent"),
        ("a: 1\nb:\u00a0Школа".encode(), "no-break-space"),
        ("a: 1\n\ufeffb: Школа".encode(), "byte-order-mark"),
    ],
)
def test_accidents_of_typing_are_explained_in_russian(data: bytes, code: str) -> None:
    (problem,) = refusal(data)
    assert problem.code == code
    assert any(word in problem.help.ru for word in ("пробел", "UTF-8", "удалите"))


def test_a_byte_order_mark_at_the_start_is_accepted() -> None:
    document = read_yaml(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "s.yaml")
    assert plain(document.root) == {"a": "1", "b": "2"}
    assert document.size == 15


WHOLE = "schema: x\r\nlist:\n  - {a: 1, b: 'текст'}\n  - |\n    many\n    lines\nend: [a, b]\n..."


def test_in_y24_no_cut_is_accepted_where_the_end_marker_is_required() -> None:
    whole = WHOLE.encode()
    read_yaml(whole, "s.yaml", require_end_marker=True)
    read_yaml(whole + b"\n", "s.yaml", require_end_marker=True)
    for length in range(len(whole)):
        assert refusal(whole[:length], require_end_marker=True), length


def test_in_y24_the_missing_marker_is_named() -> None:
    (problem,) = refusal(b"a: 1\nb: 2\n", require_end_marker=True)
    assert problem.code == "no-end-marker"
    assert problem.where() == "s.yaml:3:1"


@pytest.mark.parametrize(
    ("limits", "text", "code"),
    [
        (ReadLimits(items=2), "a: [1, 2, 3]", "limit-items"),
        (ReadLimits(nodes=4), "a: [1, 2, 3]", "limit-nodes"),
        (ReadLimits(keys=1), "a: 1\nb: 2", "limit-keys"),
        (ReadLimits(depth=1), "a: [1]", "limit-depth"),
        (ReadLimits(file_bytes=3), "a: 1", "limit-snapshot-bytes"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("limit") else "",
)
def test_the_limits_given_are_obeyed(limits: ReadLimits, text: str, code: str) -> None:
    assert [problem.code for problem in refusal(text.encode(), limits=limits)] == [code]


def test_thirty_two_levels_are_read() -> None:
    read_yaml(b"a: " + b"[" * 31 + b"]" * 31, "s.yaml")


def test_places_are_those_of_an_editor() -> None:
    document = read_yaml("я: ю\r\nb:\n  - {c: 'd'}\n  - e: f\n\nz: 1".encode(), "s.yaml")
    root = document.root
    assert isinstance(root, Mapping)
    spans = {key.text: document.span(value)[1:] for key, value in root.items()}
    assert spans == {"я": (1, 4, 1, 5), "b": (3, 3, 4, 9), "z": (6, 4, 6, 5)}
    assert document.span(root)[1:] == (1, 1, 6, 5)


# What no reader accepts is not generated: C0 and C1 controls, line separators, odd code points.
texts = st.text(
    alphabet=st.characters(
        exclude_categories=["Cs", "Cc", "Zl", "Zp"],
        exclude_characters="\ufeff\ufffe\uffff",
        include_characters="\n\t",
    ),
    max_size=12,
)
keys = st.text(alphabet="abcdefgh_123", min_size=1, max_size=6)
scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=20
)


@given(st.dictionaries(keys, values, max_size=4), st.sampled_from([None, 2]), st.booleans())
def test_one_content_is_one_tree_in_both_syntaxes(content: Any, indent: int | None, ascii_only: bool) -> None:
    spelled = json.dumps(content, ensure_ascii=ascii_only, indent=indent).encode()
    block = yaml.safe_dump(as_texts(content), default_style='"', allow_unicode=True, sort_keys=False).encode()
    expected = as_texts(content)
    assert plain(read_json(spelled, "s.json").root) == expected
    assert plain(read_yaml(block, "s.yaml").root) == expected
