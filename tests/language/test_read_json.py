"""The JSON reader: every bad input of the threat list has its case, named by its id."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.language.limits import LIMITS, ReadLimits
from validator.language.nodes import Document, Mapping, Node, Scalar
from validator.language.source import read_document, read_json, read_yaml
from validator.logic.problem import InputError, Problem

KIB = 1024

REFUSED = [
    # id, bytes, code, line, column
    ("IN-J1", b'{"a": 1,\n "a": 2}', "duplicate-key", 2, 2),
    ("IN-J2", rb'{"a": 1, "\u0061": 2}', "duplicate-key", 1, 10),
    ("IN-J3", b'{"x": [1, [{"a": 1, "b": 2, "a": 3}]]}', "duplicate-key", 1, 29),
    ("IN-J4", b'{"a": NaN}', "not-finite", 1, 7),
    ("IN-J5", b'{"a": Infinity}', "not-finite", 1, 7),
    ("IN-J6", b'{"a": -Infinity}', "not-finite", 1, 7),
    ("IN-J7", b'{"a": 1e400}', "number-out-of-range", 1, 7),
    ("IN-J7-negative", b'{"a": -1.5E+999}', "number-out-of-range", 1, 7),
    ("IN-J8", b'{"a": 9007199254740993}', "limit-integer", 1, 7),
    ("IN-J8-first", b'{"a": 9007199254740992}', "limit-integer", 1, 7),
    ("IN-J8-negative", b'{"a": -9007199254740992}', "limit-integer", 1, 7),
    ("IN-J9", b'{"a": ' + b"9" * 30 + b"}", "limit-integer", 1, 7),
    ("IN-J10", b'{"a": ' + b"9" * 5_000 + b"}", "limit-number-digits", 1, 7),
    ("IN-J10-fraction", b'{"a": 0.' + b"9" * 40 + b"}", "limit-number-digits", 1, 7),
    ("IN-J13", rb'{"a": "\ud800"}', "lone-surrogate", 1, 7),
    ("IN-J13-key", rb'{"\ud800": 1}', "lone-surrogate", 1, 2),
    ("IN-J14", rb'{"a": "x\udc00"}', "lone-surrogate", 1, 7),
    ("IN-J16", rb'{"a": "x\u0000"}', "control-character", 1, 7),
    ("IN-J16-raw", b'{"a": "x\x00"}', "control-character", 1, 9),
    ("IN-J16-c1", '{"a": "x\x9b"}'.encode(), "control-character", 1, 9),
    ("IN-J16-escaped-cr", rb'{"a": "x\r"}', "control-character", 1, 7),
    ("IN-J17", rb'{"a\u0000": 1}', "control-character", 1, 2),
    ("IN-J17-line-feed", rb'{"a\n": 1}', "control-character", 1, 2),
    ("IN-J18-twice", b'\xef\xbb\xbf\xef\xbb\xbf{"a": 1}', "byte-order-mark", 1, 1),
    ("IN-J18-inside", '{"a": "x"}\n\ufeff{}'.encode(), "byte-order-mark", 2, 1),
    ("IN-J18-alone", b"\xef\xbb\xbf", "empty-document", 1, 1),
    ("IN-J19-le", '{"a": 1}'.encode("utf-16-le"), "encoding-utf-16", 1, 1),
    ("IN-J19-be", '{"a": 1}'.encode("utf-16-be"), "encoding-utf-16", 1, 1),
    ("IN-J19-le-mark", '{"я": 1}'.encode("utf-16"), "encoding-utf-16", 1, 1),
    ("IN-J19-be-mark", b"\xfe\xff" + '{"я": 1}'.encode("utf-16-be"), "encoding-utf-16", 1, 1),
    ("IN-J20", '{"a":\n "Школа № 5"}'.encode("cp1251"), "encoding-cp1251", 2, 3),
    ("IN-J20-koi8", '{"a": "Школа"}'.encode("koi8-r"), "not-utf-8", 1, 8),
    ("IN-J16-zeros-only", b"\x00" * 12, "control-character", 1, 1),
    ("IN-J16-two-zeros", b'{"a": "\x00--\x00"}', "control-character", 1, 8),
    ("IN-J21-overlong", b'{"a": "\xc0\xaf"}', "not-utf-8", 1, 8),
    ("IN-J21-overlong-3", b'{"a": "\xe0\x80\xaf"}', "not-utf-8", 1, 8),
    ("IN-J21-surrogate", b'{"a": "\xed\xa0\x80"}', "not-utf-8", 1, 8),
    ("IN-J21-continuation", b'{"a": "\x80\xbf"}', "not-utf-8", 1, 8),
    ("IN-J21-too-high", b'{"a": "\xf4\x90\x80\x80"}', "not-utf-8", 1, 8),
    ("IN-J21-incomplete", '{"a": "я'.encode()[:-1], "not-utf-8", 1, 8),
    ("IN-J22", b"", "empty-document", 1, 1),
    ("IN-J23", b" \n  ", "empty-document", 2, 3),
    ("IN-J24", b"null", "object-expected", 1, 1),
    ("IN-J25", b"\n[]", "object-expected", 2, 1),
    ("IN-J26", b'"text"', "object-expected", 1, 1),
    ("IN-J27", b'{"a": 1,}', "trailing-comma", 1, 9),
    ("IN-J27-list", b'{"a": [1, ]}', "trailing-comma", 1, 11),
    ("IN-J27-two", b'{"a": [1,,2]}', "trailing-comma", 1, 10),
    ("IN-J28", b'{"a": 1 /* x */}', "json-comment", 1, 9),
    ("IN-J28-line", b'{"a": 1,\n// x\n "b": 2}', "json-comment", 2, 1),
    ("IN-J28-hash", b'# x\n{"a": 1}', "json-comment", 1, 1),
    ("IN-J29", b"{'a': 1}", "wrong-quotes", 1, 2),
    ("IN-J29-value", "{\"a\": «x»}".encode(), "wrong-quotes", 1, 7),
    ("IN-J30", b'{"a": 1} {}', "second-document", 1, 10),
    ("IN-J30-lines", b'{"a": 1}\r\n{"b": 1}', "second-document", 2, 1),
    ("IN-J31", b'{"a": 1} x', "text-after-end", 1, 10),
    ("IN-J31-bracket", b'{"a": 1}}', "text-after-end", 1, 9),
    ("IN-J33", b"[" * 100_000, "limit-depth", 1, 33),
    ("IN-J33-objects", b'{"a":' * 100_000, "limit-depth", 1, 161),
    ("IN-J34", b'{"a":' + b"[" * 32 + b"]" * 32 + b"}", "limit-depth", 1, 37),
    ("IN-J35", b'{"a": "' + b"x" * 5 * KIB * KIB + b'"}', "limit-snapshot-bytes", 1, 1),
    ("IN-J37", b'{"a": "' + b"x" * (64 * KIB + 1) + b'"}', "limit-string-bytes", 1, 7),
    ("IN-J37-bytes", ('{"a": "' + "я" * (32 * KIB + 1) + '"}').encode(), "limit-string-bytes", 1, 7),
    ("IN-J37-key", b'{"' + b"k" * 257 + b'": 1}', "limit-key-bytes", 1, 2),
    ("IN-J39", b'{"name": 1, "Name": 2}', "confusable-key", 1, 13),
    ("IN-J39-nfd", '{"и\u0306": 1, "й": 2}'.encode(), "confusable-key", 1, 11),
    ("mixed-script", '{"n\u0430me": 1}'.encode(), "mixed-script-key", 1, 2),
    ("bidi-in-key", '{"a\u202eb": 1}'.encode(), "invisible-in-key", 1, 2),
    ("zero-width-in-key", '{"a\u200bb": 1}'.encode(), "invisible-in-key", 1, 2),
    ("no-break-space-in-key", '{"a\u00a0b": 1}'.encode(), "no-break-space", 1, 2),
    ("empty-key", b'{"": 1}', "empty-key", 1, 2),
    ("line-separator", '{"a": "\u2028"}'.encode(), "line-separator", 1, 8),
    ("line-separator-escaped", rb'{"a": "\u2029"}', "line-separator", 1, 7),
    ("line-break-in-string", b'{"a": "x\ny"}', "line-break-in-string", 1, 9),
    ("tab-in-string", b'{"a": "x\ty"}', "line-break-in-string", 1, 9),
    ("bad-escape", rb'{"a": "\q"}', "bad-escape", 1, 8),
    ("bad-escape-hex", rb'{"a": "\u00g0"}', "bad-escape", 1, 9),
    ("leading-zero", b'{"a": 007}', "bad-number", 1, 7),
    ("plus", b'{"a": +7}', "bad-number", 1, 7),
    ("no-digits-before-point", b'{"a": .5}', "bad-number", 1, 7),
    ("python-word", b'{"a": True}', "value-expected", 1, 7),
    ("word-too-long", b'{"a": trues}', "value-expected", 1, 7),
    ("no-value", b'{"a": }', "value-expected", 1, 7),
    ("no-colon", b'{"a" 1}', "colon-expected", 1, 6),
    ("no-comma", b'{"a": 1 "b": 2}', "comma-expected", 1, 9),
    ("bare-key", b"{a: 1}", "key-expected", 1, 2),
    ("wrong-bracket", b'{"a": [1}', "bracket-mismatch", 1, 9),
    ("cut", b'{"a": [1', "unexpected-end", 1, 9),
    ("cut-in-string", b'{"a": "x', "unclosed-quote", 1, 7),
    ("lone-cr", b'{"a":\r 1}', "control-character", 1, 6),
]  # fmt: skip


def refusal(data: bytes, **options: object) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        read_json(data, "s.json", **options)  # type: ignore[arg-type]
    return caught.value.problems


def at(document: Document, key: str) -> Scalar:
    root = document.root
    assert isinstance(root, Mapping)
    node = root.get(key)
    assert isinstance(node, Scalar)
    return node


def plain(node: Node) -> object:
    """A tree as lists, dictionaries and texts."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.items()}
    return [plain(item) for item in node.items]


@pytest.mark.parametrize(
    ("data", "code", "line", "column"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_bad_json_is_refused_with_its_code_and_place(data: bytes, code: str, line: int, column: int) -> None:
    started = time.perf_counter()
    problems = refusal(data)
    assert time.perf_counter() - started < 0.5
    assert [problem.code for problem in problems] == [code]
    span = problems[0].span
    assert span is not None
    assert (span.file, span.line, span.column) == ("s.json", line, column)
    assert (span.end_line, span.end_column) > (line, column)


ACCEPTED = [
    ("IN-J11", b'{"a": -0}', "0"),
    ("IN-J12", b'{"a": 1.0}', "1.0"),
    ("largest-integer", b'{"a": -9007199254740991}', "-9007199254740991"),
    ("forty-digits", b'{"a": 0.' + b"1" * 38 + b"}", "0." + "1" * 38),
    ("forty-digits-and-sign", b'{"a": -0.' + b"1" * 38 + b"}", "-0." + "1" * 38),
    ("IN-J15", rb'{"a": "\ud83d\ude00"}', "\U0001f600"),
    ("IN-J18", b'\xef\xbb\xbf{"a": "x"}', "x"),
    ("IN-J37-largest", b'{"a": "' + b"x" * 64 * KIB + b'"}', "x" * 64 * KIB),
    ("IN-J40-text", b'{"a": "true"}', "true"),
    ("IN-J40-word", b'{"a": "no"}', "no"),
    ("line-feed-and-tab", rb'{"a": "x\n\ty"}', "x\n\ty"),
    ("solidus", rb'{"a": "\/\\\""}', '/\\"'),
]


@pytest.mark.parametrize(("data", "text"), [case[1:] for case in ACCEPTED], ids=[case[0] for case in ACCEPTED])
def test_good_json_keeps_its_text(data: bytes, text: str) -> None:
    assert at(read_json(data, "s.json"), "a").text == text


@pytest.mark.parametrize("key", ["__proto__", "__class__", "constructor"], ids=lambda key: f"IN-J38-{key}")
def test_names_of_other_languages_are_keys_like_any(key: str) -> None:
    assert at(read_json(json.dumps({key: "x"}).encode(), "s.json"), key).text == "x"


@pytest.mark.parametrize(
    ("spelled", "kind"),
    [('"0"', "string"), ("0", "number"), ("true", "true"), ("false", "false"), ("null", "null")],
)
def test_the_kind_of_a_scalar_is_kept_for_typing(spelled: str, kind: str) -> None:
    assert at(read_json(b'{"a": %s}' % spelled.encode(), "s.json"), "a").kind == kind


def test_the_first_place_of_a_duplicate_is_told() -> None:
    (problem,) = refusal(b'{"chats": [{}, {"platform": "a",\n "platform": "b"}]}')
    assert problem.path == "chats[1].platform"
    assert "строка 1, столбец 17" in problem.message.ru
    assert "line 1, column 17" in problem.message.en


def test_several_mistakes_are_told_at_once_in_order() -> None:
    problems = refusal(b'{"a": 1, "a": 1e999, "b": {"c": "\\u0000", "C": 1}}')
    assert [p.code for p in problems] == [
        "duplicate-key",
        "number-out-of-range",
        "control-character",
        "confusable-key",
    ]


def test_mistakes_are_sorted_by_place() -> None:
    assert [p.code for p in refusal(b'[{"a": 1, "a": 2}]')] == ["object-expected", "duplicate-key"]


def test_at_most_fifty_mistakes_are_told() -> None:
    assert len(refusal(b'{"a": 1' + b', "a": 1' * 5_000 + b"}")) == 50


def test_in_j32_no_cut_is_accepted() -> None:
    whole = '{"a": [{"b": "текст", "c": 12.5}, {"d": null}],\n "e": {"f": true}}'.encode()
    assert read_json(whole, "s.json").size == len(whole)
    for length in range(len(whole)):
        assert refusal(whole[:length]), length


def test_in_j34_thirty_two_levels_are_read() -> None:
    read_json(b'{"a":' + b"[" * 31 + b"]" * 31 + b"}", "s.json")


def test_in_j36_a_thousand_keys_are_read_and_one_more_is_refused() -> None:
    read_json(json.dumps({f"k{n}": 1 for n in range(1_000)}).encode(), "s.json")
    (problem,) = refusal(json.dumps({f"k{n}": 1 for n in range(1_001)}).encode())
    assert problem.code == "limit-keys"
    assert "1000" in problem.message.ru


@pytest.mark.parametrize(
    ("limits", "data", "code"),
    [
        (ReadLimits(items=2), b'{"a": [1, 2, 3]}', "limit-items"),
        (ReadLimits(nodes=3), b'{"a": [1, 2, 3]}', "limit-nodes"),
        (ReadLimits(bytes_id="limit-policy-bytes", file_bytes=3), b'{"a": 1}', "limit-policy-bytes"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_limits_given_are_obeyed(limits: ReadLimits, data: bytes, code: str) -> None:
    assert [problem.code for problem in refusal(data, limits=limits)] == [code]


def test_nodes_at_the_limit_are_read() -> None:
    read_json(b'{"a": [1, 2, 3]}', "s.json", ReadLimits(nodes=5, items=3))


def test_places_are_those_of_an_editor() -> None:
    document = read_json('{"я": "ю",\r\n  "b": -12}'.encode(), "s.json", first_line=7)
    assert document.span(at(document, "я")) == ("s.json", 7, 7, 7, 10)
    assert document.span(at(document, "b")) == ("s.json", 8, 8, 8, 11)
    assert document.span(document.root) == ("s.json", 7, 1, 8, 12)


def test_the_document_is_identified_by_its_bytes() -> None:
    document = read_json(b"{}", "s.json")
    assert document.digest == "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert document.size == 2


def test_the_byte_offset_of_a_wrong_byte_is_told() -> None:
    (problem,) = refusal(b'\xef\xbb\xbf{"\xd1\x8f": "\xff"}')
    assert "байте 11" in problem.message.ru
    assert problem.span is not None
    assert problem.span.column == 8


@pytest.mark.parametrize("name", ["s.JSON", "s.yaml", "s.yml"])
def test_the_ending_of_the_name_decides_the_syntax(name: str) -> None:
    assert plain(read_document(b'{"a": "x"}', name).root) == {"a": "x"}


def test_an_unknown_ending_is_refused_unless_the_syntax_is_said() -> None:
    with pytest.raises(InputError) as caught:
        read_document(b"{}", "s.txt")
    assert [problem.code for problem in caught.value.problems] == ["file-ending"]
    assert plain(read_document(b"{}", "s.txt", syntax="json").root) == {}


def test_a_message_never_shows_a_value() -> None:
    secret = "Иванова"
    for tail in ('"%s', '"%s\\u0000"}', '"%s" "%s"}', "%s}", '[1, "%s"', '"%s", "a": "%s"}'):
        for read in (read_json, read_yaml):
            with pytest.raises(InputError) as caught:
                read(('{"a": ' + tail.replace("%s", secret) + "\n: :").encode(), "s")
            told = str(caught.value.problems) + str(caught.value)
            assert secret not in told
            assert caught.value.__context__ is None


def test_a_token_in_a_message_is_escaped_and_short() -> None:
    (problem,) = refusal(('{"a\u202e`\\u001b' + "k" * 100 + '": 1, "b": 2}').encode())
    assert problem.code == "control-character"
    assert problem.path == "a\\u202e\\u0060\\u001b" + "k" * 60 + "…"


def test_limits_have_unique_ids_and_both_languages() -> None:
    assert len({limit.id for limit in LIMITS}) == len(LIMITS)
    for limit in LIMITS:
        assert limit.id.startswith("limit-")
        assert limit.default > 0
        assert limit.title.ru
        assert limit.title.en


@given(st.binary(max_size=200))
def test_any_bytes_give_a_document_or_problems(data: bytes) -> None:
    assert_read_or_refused(data)


@given(
    st.text(
        alphabet=st.sampled_from("{}[]:,\"\\u0d8ea1-.eE+ \n\r\t\x00\ufeff\ud7ffя&*!%|>#?'<~@`nultrfs"), max_size=60
    )
)
def test_any_signs_give_a_document_or_problems(text: str) -> None:
    assert_read_or_refused(text.encode())


def assert_read_or_refused(data: bytes) -> None:
    for read in (read_json, read_yaml):
        try:
            problems, size = [], read(data, "s", object_only=False).size
        except InputError as error:
            problems, size = error.problems, None
        assert problems or size == len(data)
        for problem in problems:
            assert all((problem.message.ru, problem.message.en, problem.help.ru, problem.help.en))
            assert problem.span is not None
            assert problem.span.line >= 1
            assert problem.span.column >= 1
