"""From files to documents: each under a name of its own, with its bytes and its place, or the reason why not."""

from __future__ import annotations

import errno
import io
import json
import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from validator.language.limits import default
from validator.language.source import read_json
from validator.logic.problem import InputError
from validator.snapshots.stream import Delivered, PassedOver, document_of, documents, find, standard_input
from validator.snapshots.stream import files as stream_files

SNAPSHOT = default("limit-snapshot-bytes")
ARRAY = default("limit-array-bytes")
posix = pytest.mark.skipif(os.name == "nt", reason="files of POSIX")


def of(folder: Path, name: str, data: bytes | str) -> list[Delivered]:
    """The documents of a file, with names relative to the folder."""
    file = folder / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return [shorter(item, folder) for item in documents(file, PassedOver())]


def shorter(item: Delivered, folder: Path) -> Delivered:
    return item._replace(file=item.file.removeprefix(folder.as_posix() + "/"))


def told(items: list[Delivered]) -> list[tuple[str, object]]:
    """Name and bytes of a document, name and code of a problem."""
    return [(item.file, item.problem.code if item.problem else item.data) for item in items]


def mistakes(item: Delivered) -> list[tuple[str, int, int]]:
    with pytest.raises(InputError) as refusal:
        document_of(item)
    return [(p.code, p.span.line, p.span.column) for p in refusal.value.problems if p.span]


def counts_balance(items: list[Delivered]) -> bool:
    names = [item.file for item in items]
    return len(names) == len(set(names)) and all(bool(item.problem) != bool(item.data) for item in items)


# --- NDJSON ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["ndjson", "jsonl", "NDJSON"])
@pytest.mark.parametrize(
    "data", [b'{"a": 1}\n{"b": 2}\n', b'{"a": 1}\r\n{"b": 2}', b'\xef\xbb\xbf{"a": 1}\n{"b": 2}']
)
def test_every_line_is_a_document_whatever_ends_it(data: bytes, ending: str, tmp_path: Path) -> None:
    items = of(tmp_path, f"x.{ending}", data)
    assert told(items) == [(f"x.{ending}:1", b'{"a": 1}'), (f"x.{ending}:2", b'{"b": 2}')]


def test_blank_lines_are_no_documents_but_count_as_lines(tmp_path: Path) -> None:
    items = of(tmp_path, "x.ndjson", b'\n{"a": 1}\n\r\n  \t\n{"b": 1, "b": 2}')
    assert [item.file for item in items] == ["x.ndjson:2", "x.ndjson:5"]
    assert mistakes(items[1]) == [("duplicate-key", 5, 10)]


def test_a_line_that_is_no_document_is_put_aside_alone(tmp_path: Path) -> None:
    lines = [b'{"a": 1}', b'{"a": "\xff"}', b'{"a": ', b'{"a": 1} {}', b"[]", b'{"b": 1}']
    items = of(tmp_path, "x.ndjson", b"\n".join(lines))
    sound = []
    codes = {}
    for item in items:
        try:
            sound.append(document_of(item).root)
        except InputError as error:
            codes[item.file] = error.problems[0].code, error.problems[0].span and error.problems[0].span.line
    assert len(sound) == 2
    assert codes == {
        "x.ndjson:2": ("not-utf-8", 2),
        "x.ndjson:3": ("unexpected-end", 3),
        "x.ndjson:4": ("second-document", 4),
        "x.ndjson:5": ("object-expected", 5),
    }


def test_a_line_may_be_as_long_as_a_snapshot_and_no_longer(tmp_path: Path) -> None:
    longest = b'{"a": 1' + b" " * (SNAPSHOT - 8) + b"}"
    assert len(longest) == SNAPSHOT
    lines = [longest, longest + b" ", b" " + longest + b" " * (2 * SNAPSHOT), b'{"b": 1}', longest + b" "]
    items = of(tmp_path, "x.ndjson", b"\r\n".join(lines))
    assert [(item.file, item.problem and item.problem.code) for item in items] == [
        ("x.ndjson:1", None),
        ("x.ndjson:2", "limit-snapshot-bytes"),
        ("x.ndjson:3", "limit-snapshot-bytes"),
        ("x.ndjson:4", None),
        ("x.ndjson:5", "limit-snapshot-bytes"),
    ]
    assert items[2].problem
    assert items[2].problem.where().endswith("x.ndjson:3:1")
    assert counts_balance(items)


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty-document"), (b"\n \r\n", "empty-document"), ('{"a": 1}\n'.encode("utf-16"), "encoding-utf-16")],
    ids=["empty", "blank", "utf-16"],
)
def test_a_file_without_lines_to_read_is_told_about(data: bytes, code: str, tmp_path: Path) -> None:
    assert [code for _, code in told(of(tmp_path, "x.ndjson", data))] == [code]


def test_a_file_of_no_documents_is_given_up_and_not_told_line_by_line(tmp_path: Path) -> None:
    pretty = json.dumps({f"key_{number}": number for number in range(500)}, indent=1)
    items = of(tmp_path, "x.ndjson", pretty)
    assert len(items) == 1 + default("limit-strange-lines") + 2
    assert items[-1].problem
    assert items[-1].problem.code == "not-ndjson"
    assert all(item.problem is None for item in items[:-1])


def test_a_few_strange_lines_among_many_give_nothing_up(tmp_path: Path) -> None:
    lines = [b'{"a": 1}', b"--- log ---"] * 5 + [b'{"a": 1}'] * 90 + [b"--- log ---"] * 20
    items = of(tmp_path, "x.ndjson", b"\n".join(lines))
    assert len(items) == len(lines)
    assert all(item.problem is None for item in items)


def test_lines_are_never_all_in_memory(tmp_path: Path) -> None:
    file = tmp_path / "x.ndjson"
    with file.open("wb") as stream:
        for number in range(60):
            stream.write(b'{"a": "%d%s"}\n' % (number, b"x" * 1_000_000))
    tracemalloc.start()
    number = sum(1 for _ in documents(file, PassedOver()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert number == 60
    assert peak < 8_000_000


# --- JSON arrays ----------------------------------------------------------------------------------------------

PRETTY = """\
[
  {
    "a": 1
  }, {
    "b": 1, "b": 2
  },
  {"c": 1}
]
"""


def test_every_item_of_an_array_is_a_document(tmp_path: Path) -> None:
    items = of(tmp_path, "x.json", PRETTY)
    assert [item.file for item in items] == ["x.json[0]", "x.json[1]", "x.json[2]"]
    assert items[2].data == b'{"c": 1}'
    assert mistakes(items[1]) == [("duplicate-key", 5, 13)]
    root = document_of(items[2])
    span = root.span(root.root)
    assert (span.line, span.column, span.end_column) == (7, 3, 11)


def test_places_in_an_array_on_one_line_count_its_characters(tmp_path: Path) -> None:
    text = '\ufeff[{"школа": "№ 1"},{"a": 1}, {"b": 1,"b": 2}]'
    items = of(tmp_path, "x.json", text)
    expected = [text.index(start) for start in ('{"школа"', '{"a"', '{"b"')]
    spans = [item.start.column for item in items if item.start]
    assert spans == expected  # the mark at the start counts for no column, and columns begin at 1
    assert mistakes(items[2]) == [("duplicate-key", 1, text.index('"b": 2'))]


def test_the_bytes_of_an_item_are_those_of_the_same_document_alone(tmp_path: Path) -> None:
    alone = '{"a": "я", "b": [1.50, "\\u044f"]}'
    (item,) = of(tmp_path, "x.json", f"[ {alone} ]")
    assert document_of(item).digest == read_json(alone.encode(), "y.json").digest


def test_an_array_that_is_cut_anywhere_delivers_nothing(tmp_path: Path) -> None:
    """IN-J32 for arrays"""
    text = PRETTY.rstrip()
    assert len(of(tmp_path, "x.json", text)) == 3
    for end in range(1, len(text)):
        (item,) = of(tmp_path, "x.json", text[:end])
        assert item.problem, text[:end]
        assert item.file == "x.json"


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("[{},\n {},", "unexpected-end", 2, 5),
        ("[{},]", "trailing-comma", 1, 4),
        ("[{} {}]", "comma-expected", 1, 5),
        ("[{}}", "comma-expected", 1, 4),
        ("[{}] x", "text-after-end", 1, 6),
        ("[{}][{}]", "text-after-end", 1, 5),
        ("[{},\n {'a': 1}]", "wrong-quotes", 2, 3),
        ('[{"a": 1}, {"a": 01}]', "bad-number", 1, 18),
        ('[{"a": 1}, {"a": tru}]', "value-expected", 1, 18),
        ("[" * 100_000, "limit-depth", 1, 34),
        ('[{"a": "\x07"}]', "control-character", 1, 9),
        ('[{}, {"a": "\u2028"}]', "line-separator", 1, 13),
    ],
    ids=lambda value: value[:16] if isinstance(value, str) else None,
)
def test_a_broken_array_is_put_aside_whole_with_the_place(
    text: str, code: str, line: int, column: int, tmp_path: Path
) -> None:
    (item,) = of(tmp_path, "x.json", text)
    assert item.problem
    assert item.problem.span
    assert (item.problem.code, item.problem.span.line, item.problem.span.column) == (code, line, column)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"[]", "empty-array"),
        (b" [ ] ", "empty-array"),
        (b"[" + b"1," * 60 + b"1]", "not-an-array-of-documents"),
        (b"[" + b"{}," * default("limit-items") + b"{}]", "limit-items"),
        (b"[" + b" " * ARRAY, "limit-array-bytes"),
        (b'[{"a": "\xe0\xf8\xea\xee\xeb\xe0"}]', "encoding-cp1251"),
    ],
    ids=["empty", "empty with spaces", "numbers", "too many", "too long", "cp1251"],
)
def test_an_array_that_is_no_list_of_snapshots_is_put_aside_whole(data: bytes, code: str, tmp_path: Path) -> None:
    assert told(of(tmp_path, "x.json", data)) == [("x.json", code)]


def test_an_item_that_is_no_document_is_put_aside_alone(tmp_path: Path) -> None:
    items = of(tmp_path, "x.json", '[{"a": 1}, 7, [{}], {"b": NaN}, {"b": 1e999}]')
    assert len(items) == 5
    assert document_of(items[0])
    assert [mistakes(item)[0][0] for item in items[1:]] == [
        "object-expected", "object-expected", "not-finite", "number-out-of-range",
    ]  # fmt: skip


def test_an_array_may_be_longer_than_a_snapshot_but_no_item_may(tmp_path: Path) -> None:
    long = '{"a": 1' + " " * SNAPSHOT + "}"
    items = of(tmp_path, "x.json", f'[{{"a": 1}}, {long}, {{"b": 1}}]')
    assert [len(item.data) > SNAPSHOT for item in items] == [False, True, False]
    assert mistakes(items[1])[0][0] == "limit-snapshot-bytes"


def test_a_list_in_yaml_is_no_array_of_documents(tmp_path: Path) -> None:
    (item,) = of(tmp_path, "x.yaml", "[{}, {}]")
    assert mistakes(item)[0][0] == "object-expected"


# --- files and folders ----------------------------------------------------------------------------------------


def test_a_file_of_no_known_kind_is_read_as_the_document_that_it_is_not(tmp_path: Path) -> None:
    (item,) = of(tmp_path, "notes.txt", b"x")
    assert mistakes(item) == [("file-ending", 1, 1)]


@pytest.mark.parametrize("name", ["x.parquet", "x.rar", "x.7z", "x.json.zst", "x.zip.gz"])
def test_a_format_that_is_known_but_not_read_is_told_about(name: str, tmp_path: Path) -> None:
    assert told(of(tmp_path, name, b"x")) == [(name, "unsupported-format")]
    assert [path.name for path in find([tmp_path]).files] == [name]


def test_names_decide_what_is_a_snapshot(tmp_path: Path) -> None:
    """FILE-A25 in small: the order is that of names, whatever the folder says."""
    yes = ["a.json", "b.YAML", "c.yml.gz", "d.ndjson", "e.jsonl.xz", "f.zip", "g.tar", "h.tgz", "i.tar.bz2"]
    no = ["k.txt", "l.gz", "m.txt.gz", "n.xlsx", "README"]
    for name in [*yes, *no, ".hidden.json"]:
        (tmp_path / name).write_bytes(b"")
    found = find([tmp_path])
    assert [path.name for path in found.files] == yes
    assert [path.name for path in found.passed_over] == sorted(no)


def test_ten_thousand_files_come_each_once_in_the_order_of_names(tmp_path: Path) -> None:
    """FILE-A25"""
    for number in range(10_000):
        (tmp_path / f"{number * 7919 % 10_000:05}.json").write_bytes(b"{}")
    assert [path.name for path in find([tmp_path]).files] == [f"{number:05}.json" for number in range(10_000)]


def test_a_path_of_more_than_three_hundred_characters_works(tmp_path: Path) -> None:
    """FILE-A26"""
    folder = tmp_path / ("а" * 60) / ("b" * 120) / ("c" * 120)
    folder.mkdir(parents=True)
    (folder / "x.json").write_bytes(b"{}")
    (file,) = find([tmp_path]).files
    assert len(file.as_posix()) > 300
    assert [item.data for item in documents(file, PassedOver())] == [b"{}"]


@posix
def test_a_link_to_a_folder_is_not_followed_and_not_silent(tmp_path: Path) -> None:
    """FILE-A18"""
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir(), outside.mkdir()
    (outside / "x.json").write_bytes(b"{}")
    (inside / "linked").symlink_to(outside)
    (inside / "loop").symlink_to(inside)
    items = [item for path in find([inside]).files for item in documents(path, PassedOver())]
    assert [(Path(item.file).name, item.problem and item.problem.code) for item in items] == [
        ("linked", "symbolic-link"),
        ("loop", "symbolic-link"),
    ]


@posix
@pytest.mark.parametrize("name", ["x.json", "x.ndjson", "x.zip", "x.tar", "x.json.gz"])
def test_pipes_links_and_folders_are_told_about_whatever_their_name(name: str, tmp_path: Path) -> None:
    """FILE-A17, A18, A19"""
    os.mkfifo(tmp_path / name)
    (tmp_path / f"link-{name}").symlink_to("/dev/zero")
    (tmp_path / f"dir-{name}").mkdir()
    codes = [
        item.problem.code
        for prefix in ("", "link-", "dir-")
        for item in documents(tmp_path / f"{prefix}{name}", PassedOver())
        if item.problem
    ]
    assert codes == ["not-a-file", "symbolic-link", "not-a-file"]


@pytest.mark.parametrize("name", ["x.json", "x.ndjson", "x.zip", "x.json.gz"])
def test_a_file_that_vanishes_after_it_was_listed_is_told_about(name: str, tmp_path: Path) -> None:
    """FILE-A21"""
    file = tmp_path / name
    file.write_bytes(b"{}")
    (found,) = find([tmp_path]).files
    file.unlink()
    assert [item.problem and item.problem.code for item in documents(found, PassedOver())] == ["unreadable-file"]


@pytest.mark.parametrize(("name", "data"), [("x.json", b"{}"), ("x.json", b"[{}]"), ("x.ndjson", b"{}\n{}\n")])
def test_a_file_that_grows_while_it_is_read_is_told_about(
    name: str, data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FILE-A22"""
    file = tmp_path / name
    file.write_bytes(data)
    asked = stream_files.state_of

    def writes_after(stream: Any) -> stream_files.State:
        state = asked(stream)
        with file.open("ab") as other:
            other.write(b"\n{}\n")
        return state

    monkeypatch.setattr("validator.snapshots.stream.deliveries.state_of", writes_after)
    items = list(documents(file, PassedOver()))
    assert items[-1].problem
    assert items[-1].problem.code == "changed-while-read"
    assert [item.data for item in items[:-1]] == ([b"{}", b"{}"] if name == "x.ndjson" else [])


def test_a_file_with_more_or_fewer_bytes_than_it_says_is_told_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for size in (0, 1, 3):
        lie = stream_files.State(size, 0)
        monkeypatch.setattr("validator.snapshots.stream.deliveries.state_of", lambda _, lie=lie: lie)
        monkeypatch.setattr("validator.snapshots.stream.files.state_of", lambda _, lie=lie: lie)
        assert told(of(tmp_path, "x.json", b"{}")) == [("x.json", "changed-while-read")]
        assert told(of(tmp_path, "x.txt", b"{}")) == [("x.txt", "changed-while-read")]


def test_a_disk_that_fails_is_told_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """FAULT-F13"""

    def fails(*_: Any) -> Any:
        raise OSError(errno.EIO, "input/output error")

    monkeypatch.setattr("validator.snapshots.stream.deliveries.whole", fails)
    assert told(of(tmp_path, "x.json", b"{}")) == [("x.json", "read-error")]
    monkeypatch.setattr("validator.snapshots.stream.files.Upto.read", fails)
    assert told(of(tmp_path, "x.ndjson", b"{}")) == [("x.ndjson", "read-error")]


@posix
@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="Linux")
def test_a_file_that_lies_about_its_length_is_told_about() -> None:
    items = list(documents(Path("/proc/self/status"), PassedOver()))
    assert [item.problem and item.problem.code for item in items] == ["changed-while-read"]


# --- standard input -------------------------------------------------------------------------------------------

INPUTS = {
    "yaml": (b"a: 1\nb: 2\n", ["<stdin>"]),
    "json": (b'{"a": 1}', ["<stdin>"]),
    "json and an empty line": (b'{"a": 1}\n\n', ["<stdin>"]),
    "json over lines": (b'{\n"a": 1\n}\n', ["<stdin>"]),
    "ndjson": (b'{"a": 1}\n{"b": 1}', ["<stdin>:1", "<stdin>:2"]),
    "ndjson after a bom and a blank line": (
        b'\xef\xbb\xbf\n{"a": 1}\r\n\r\n{"b": 1}\n',
        ["<stdin>:2", "<stdin>:4"],
    ),
    "array": (b'\n[{"a": 1}, {"b": 1}]', ["<stdin>[0]", "<stdin>[1]"]),
}


@pytest.mark.parametrize("given", INPUTS)
def test_standard_input_is_told_apart_by_how_it_begins(given: str) -> None:
    data, names = INPUTS[given]
    items = list(standard_input(io.BytesIO(data)))
    assert [item.file for item in items] == names
    for item in items:
        assert document_of(item)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"a": 1} {"b": 1}', "second-document"),
        (b'{"a": 1}\ngarbage', "text-after-end"),
        (b'{"a":\n{"b": 1}', "unexpected-end"),
        (b"[]", "empty-array"),
        (b"PK\x03\x04", "archive-on-standard-input"),
        (b"\x1f\x8b\x08", "archive-on-standard-input"),
        (b"a: 1\n---\nb: 1\n", "second-document"),
        (b"\xff\xfe{\x00", "encoding-utf-16"),
        (b'{"a": ' + b"1" * SNAPSHOT, "limit-snapshot-bytes"),
    ],
    ids=lambda value: str(value[:12]),
)
def test_standard_input_that_is_neither_is_put_aside_whole(data: bytes, code: str) -> None:
    (item,) = standard_input(io.BytesIO(data))
    with pytest.raises(InputError) as refusal:
        document_of(item)
    assert refusal.value.problems[0].code == code


class Endless(io.RawIOBase):
    """Lines without an end, as a pipe may give; `given` counts their bytes."""

    LINE = b'{"a": "' + b"x" * 3_999 + b'"}\n'

    def __init__(self) -> None:
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        data = self.LINE[self.given % len(self.LINE) :][: len(target)]
        target[: len(data)] = data
        self.given += len(data)
        return len(data)


def test_lines_of_standard_input_come_before_it_ends() -> None:
    source = Endless()
    stream: Iterator[Delivered] = standard_input(io.BufferedReader(source))
    for number in range(1, 1_000):
        assert next(stream).file == f"<stdin>:{number}"
    assert source.given < 2 * SNAPSHOT
