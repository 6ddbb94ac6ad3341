"""Parquet: what we packed comes back, and nothing else is believed, whatever a file claims about itself."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
from parquet_files import FORMAT, PLAIN_CODEC, SCHEMA, Chunk, Made, Page, made, redigested, thrift, with_documents

from validator.language import limits
from validator.language.limits import default
from validator.snapshots.stream import Delivered, PassedOver, documents, standard_input
from validator.snapshots.stream.pack import Packable, PackError, Packing, pack, packing_of
from validator.snapshots.stream.thrift import ThriftError, read_struct

SNAPSHOT = default("limit-snapshot-bytes")
A, B, C = b'{"a": 1}', b'{"b": 1}', b'{"c": 1}'
ROWS = [[("a.json", A), ("b.json", B)], [("c.json", C)]]
SOUND = [("x.parquet/a.json", A), ("x.parquet/b.json", B), ("x.parquet/c.json", C)]
ONE = made([[("a.json", A)]])
NAME = ONE.groups[0][0]
GIB = 1024 * limits.MIB
Told = list[tuple[str, object]]
Limited = Callable[[str, int], None]


def items_of(folder: Path, data: bytes, name: str = "x.parquet") -> list[Delivered]:
    file = folder / name
    file.write_bytes(data)
    prefix = folder.as_posix() + "/"
    items = [item._replace(file=item.file.removeprefix(prefix)) for item in documents(file, PassedOver())]
    names = [item.file for item in items]
    assert items
    assert len(set(names)) == len(names), "two documents of one name"
    return items


def of(folder: Path, data: bytes, name: str = "x.parquet") -> Told:
    """The documents of a file: name and bytes, or name and the code of the problem."""
    return [(item.file, item.problem.code if item.problem else item.data) for item in items_of(folder, data, name)]


def packed(folder: Path, given: list[Packable], packing: Packing = Packing.PARQUET) -> bytes:
    file = folder / f"packed{packing.value}"
    assert pack(packing, file, lambda: given) == len(given)
    return file.read_bytes()


@pytest.fixture
def limited(monkeypatch: pytest.MonkeyPatch) -> Limited:
    """Sets a limit for one test: the table is the only place where it is."""

    def set_limit(limit_id: str, value: int) -> None:
        table = {**limits.LIMIT, limit_id: limits.LIMIT[limit_id]._replace(default=value)}
        monkeypatch.setattr(limits, "LIMIT", table)

    return set_limit


# --- what we wrote --------------------------------------------------------------------------------------------

NOISE = random.Random(1)
GIVEN = [
    Packable("район/школа № 1.json", b'\xef\xbb\xbf{\r\n  "a": 1\r\n}\n'),
    Packable("batch.ndjson:17", A),
    Packable("list.json[3]", b"{}"),
    Packable("large.json", json.dumps(NOISE.randbytes(400_000).hex()).encode()),
    *(Packable(f"{number}.json", NOISE.randbytes(70_000).hex().encode()) for number in range(130)),
    Packable("largest.json", b'"' + b"x" * (SNAPSHOT - 2) + b'"'),
    Packable("last.json", B),
]


def test_what_was_packed_comes_back_byte_for_byte_under_its_name(tmp_path: Path) -> None:
    data = packed(tmp_path, GIVEN)
    assert of(tmp_path, data) == [(f"x.parquet/{document.file}", document.data) for document in GIVEN]
    assert {item.syntax for item in items_of(tmp_path, data)} == {"json"}


def test_groups_are_so_small_that_a_reader_need_not_hold_much(tmp_path: Path) -> None:
    file = pyarrow.parquet.ParquetFile(io.BytesIO(packed(tmp_path, GIVEN)))
    sizes = [file.metadata.row_group(number).total_byte_size for number in range(file.num_row_groups)]
    assert len(sizes) > 2
    assert max(sizes) < 9 * limits.MIB


def test_other_programs_read_the_file_too(tmp_path: Path) -> None:
    """The hand that writes is a library's; the format is Parquet, whatever we demand beyond it."""
    for data in (packed(tmp_path, [Packable("a.json", A), Packable("b.json", B)]), made(ROWS[:1]).data()):
        file = pyarrow.parquet.ParquetFile(io.BytesIO(data), page_checksum_verification=True)
        assert file.read().to_pylist() == [{"file": "a.json", "document": A}, {"file": "b.json", "document": B}]
        assert file.metadata.metadata[b"sverka.format"] == b"sverka.snapshots/1"


def test_the_same_documents_give_the_same_bytes(tmp_path: Path) -> None:
    given = [
        Packable(f"{number}.json", b'{"a": "%s"}' % NOISE.randbytes(50_000).hex().encode()) for number in range(99)
    ]
    for packing in Packing:
        first, second = packed(tmp_path, given, packing), packed(tmp_path, given, packing)
        assert first == second
        assert tmp_path.name.encode() not in first


def test_documents_that_repeat_one_another_are_no_bomb_to_our_own_reader(tmp_path: Path) -> None:
    """Unlike a bomb they come from us: what would be packed more than 200 times is written as it is."""
    same = [Packable(f"{number}.json", b'{"a": [' + b"1," * 100_000 + b"1]}") for number in range(60)]
    for packing in (Packing.PARQUET, Packing.PACKED_LINES):
        data = packed(tmp_path, same, packing)
        assert len(of(tmp_path, data, f"x{packing.value}")) == len(same)


def test_many_small_documents_alike_are_packed_well(tmp_path: Path) -> None:
    """But not so well that they have to be written as they are."""
    alike = [
        Packable(f"{number}.json", b'{"n": %d, "x": "%s"}' % (number, b"xyz" * 300)) for number in range(5_000)
    ]
    assert 20_000 < len(packed(tmp_path, alike)) < 5_000 * 900 / 10


def test_what_can_not_be_read_back_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def others(*_: object) -> list[Delivered]:
        return [Delivered("a.json", B)]

    monkeypatch.setattr("validator.snapshots.stream.pack.documents", others)
    with pytest.raises(PackError):
        packed(tmp_path, [Packable("a.json", A)])


@pytest.mark.parametrize(
    ("name", "packing"),
    [
        ("x.parquet", Packing.PARQUET),
        ("X.PARQUET", Packing.PARQUET),
        ("x.ndjson", Packing.LINES),
        ("x.ndjson.gz", Packing.PACKED_LINES),
        ("x.json", None),
        ("x.ndjson.xz", None),
        ("parquet", None),
    ],
)
def test_the_ending_says_how_to_pack(name: str, packing: Packing | None) -> None:
    assert packing_of(name) is packing


def test_names_need_not_be_names_of_files(tmp_path: Path) -> None:
    """They are shown and nothing else; a row whose name does not tell it from all others gets its number."""
    names = ["a.json", "A.JSON", "b.json", "b.json", "", "/", "../../etc/x.json", "C:\\x.json", "п.json"]
    names += ["l" * 2_000 + ".json", "x#1", "a\nb\x1b[2J.json", "./d//e.json", "b.json#3"]
    rows = [(name, b'{"n": %d}' % number) for number, name in enumerate(names)]
    found = of(tmp_path, made([rows]).data())
    assert [data for _, data in found] == [data for _, data in rows]
    shown = [name.removeprefix("x.parquet/") for name, _ in found]
    assert shown[:9] == ["a.json#1", "A.JSON#2", "b.json#3", "b.json#4", "#5", "#6", *names[6:9]]
    assert shown[9].endswith("…#10")
    assert len(shown[9]) < 100
    assert shown[10:] == ["x#1#11", names[11], "d/e.json", "b.json#3#14"]


def test_a_name_that_is_no_utf_8_is_shown_escaped(tmp_path: Path) -> None:
    file = Made([(Chunk([Page([b"\xff.json"])]), Chunk([Page([A])]))])
    assert of(tmp_path, file.data()) == [("x.parquet/\\xff.json", A)]


def test_a_file_without_rows_is_said_to_be_empty(tmp_path: Path) -> None:
    assert of(tmp_path, Made([]).data()) == [("x.parquet", "empty-archive")]


def test_pages_may_be_many_and_need_not_be_compressed(tmp_path: Path) -> None:
    names = Chunk([Page([b"a.json"], codec=PLAIN_CODEC), Page([b"b.json", b"c.json"], codec=PLAIN_CODEC)])
    file = Made([(names, Chunk([Page([A, B]), Page([C])]))])
    assert of(tmp_path, file.data()) == SOUND


# --- what others wrote ----------------------------------------------------------------------------------------

FILES, TEXT, BYTES = ["a.json"], pyarrow.string(), pyarrow.binary()
OURS = {"sverka.format": FORMAT, "sverka.sha256": "0" * 64}


def by_library(columns: dict[str, tuple[list[Any], Any, bool]], words: dict[str, str], **options: Any) -> bytes:
    """A file as the library writes it: columns of values, kind and whether they may be absent."""
    schema = pyarrow.schema([pyarrow.field(name, kind, absent) for name, (_, kind, absent) in columns.items()])
    arrays = [pyarrow.array(values, kind) for values, kind, _ in columns.values()]
    target = io.BytesIO()
    options = {"compression": "zstd", "use_dictionary": False, "store_schema": False} | options
    with pyarrow.parquet.ParquetWriter(target, schema, **options) as writer:
        writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
        writer.add_key_value_metadata(words)
    return redigested(target.getvalue())


RIGHT = {"file": (FILES, TEXT, False), "document": ([A], BYTES, False)}
OTHERS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "swapped": ({"document": RIGHT["document"], "file": RIGHT["file"]}, {}),
    "renamed": ({"file": RIGHT["file"], "data": RIGHT["document"]}, {}),
    "one more": (RIGHT | {"more": ([1], pyarrow.int64(), False)}, {}),
    "one less": ({"document": RIGHT["document"]}, {}),
    "a number": (RIGHT | {"document": ([1], pyarrow.int64(), False)}, {}),
    "a list": (RIGHT | {"document": ([[A]], pyarrow.list_(BYTES), False)}, {}),
    "a name of bytes": (RIGHT | {"file": ([b"a"], BYTES, False)}, {}),
    "may be absent": (RIGHT | {"document": ([A], BYTES, True)}, {}),
    "null": (RIGHT | {"document": ([None], BYTES, True)}, {}),
    "a name that is null": (RIGHT | {"file": ([None], TEXT, True)}, {}),
    "a dictionary": (RIGHT, {"use_dictionary": True}),
    "gzip": (RIGHT, {"compression": "gzip"}),
    "pages of version 2": (RIGHT, {"data_page_version": "2.0"}),
    "another encoding": (RIGHT, {"column_encoding": "DELTA_BYTE_ARRAY"}),
}


def test_the_library_writes_what_we_read(tmp_path: Path) -> None:
    """Else the next test would say nothing."""
    assert of(tmp_path, by_library(RIGHT, OURS)) == SOUND[:1]


@pytest.mark.parametrize("what", OTHERS)
def test_a_file_that_calls_itself_ours_and_is_laid_out_otherwise_gives_nothing(what: str, tmp_path: Path) -> None:
    columns, options = OTHERS[what]
    (item,) = items_of(tmp_path, by_library(columns, OURS, **options))
    assert (item.file, item.problem and item.problem.code) == ("x.parquet", "not-as-packed")
    assert item.problem is not None
    assert "--pack" in item.problem.help.ru


@pytest.mark.parametrize("columns", [RIGHT, {"n": ([1, 2], pyarrow.float64(), True)}], ids=["alike", "figures"])
def test_parquet_of_others_is_not_read_and_the_help_says_what_is(columns: dict[str, Any], tmp_path: Path) -> None:
    for words in ({}, {"sverka.format": "another"}):
        (item,) = items_of(tmp_path, by_library(columns, words, store_schema=True))
        assert item.problem is not None
        assert item.problem.code == "unsupported-format"
        assert "sverka validate" in item.problem.help.ru
        assert "sverka validate" in item.problem.help.en


def test_what_only_has_the_name_of_parquet_is_not_read_either(tmp_path: Path) -> None:
    for data in (b"", b"x", b"PAR", b"PK\x03\x04" + bytes(100), b'{"a": 1}', b"PARE" + bytes(40) + b"PARE"):
        assert of(tmp_path, data) == [("x.parquet", "unsupported-format")]


def test_a_later_version_of_the_format_asks_for_a_later_program(tmp_path: Path) -> None:
    (item,) = items_of(tmp_path, made(ROWS, words={"sverka.format": "sverka.snapshots/2"}).data())
    assert item.problem is not None
    assert item.problem.code == "unsupported-format"
    assert "обновите" in item.problem.help.ru


def test_a_file_without_a_digest_is_none_of_ours(tmp_path: Path) -> None:
    assert of(tmp_path, made(ROWS, other={5: [{1: "sverka.format", 2: FORMAT}]}).data()) == [
        ("x.parquet", "not-as-packed")
    ]


def test_without_the_extra_our_file_is_told_about_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, foreign = made(ROWS).data(), by_library(RIGHT, {})
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (item,) = items_of(tmp_path, data)
    assert item.problem is not None
    assert item.problem.code == "parquet-not-installed"
    assert 'pip install "sverka[parquet]"' in item.problem.help.ru
    assert of(tmp_path, foreign) == [("x.parquet", "unsupported-format")]
    assert of(tmp_path, data[:-9] + data[-8:])[0][1] != "parquet-not-installed"


def test_parquet_is_read_as_a_file_of_its_own_only(tmp_path: Path) -> None:
    data = made(ROWS).data()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("x.parquet", data)
    assert of(tmp_path, target.getvalue(), "x.zip") == [("x.zip/x.parquet", "limit-archive-nesting")]
    assert of(tmp_path, gzip.compress(data), "x.parquet.gz") == [("x.parquet.gz", "unsupported-format")]
    (item,) = standard_input(io.BytesIO(data))
    assert item.problem is not None
    assert item.problem.code == "archive-on-standard-input"


# --- damage ---------------------------------------------------------------------------------------------------


def test_a_cut_file_gives_nothing(tmp_path: Path) -> None:
    data = made(ROWS).data()
    for length in range(4, len(data)):
        assert of(tmp_path, data[:length]) == [("x.parquet", "damaged-archive")]


def test_more_bytes_than_were_written_are_damage(tmp_path: Path) -> None:
    data = made(ROWS).data()
    assert of(tmp_path, data + b"\0") == [("x.parquet", "damaged-archive")]
    assert of(tmp_path, data + data) == [("x.parquet", "not-as-packed")]


def test_whatever_byte_is_changed_every_document_comes_as_it_was_or_none(tmp_path: Path) -> None:
    """In the data every change is found; in the description some bytes say nothing that matters."""
    for data in (made(ROWS).data(), packed(tmp_path, [Packable("a.json", A), Packable("b.json", B)])):
        sound = of(tmp_path, data)
        end = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
        found = 0
        for place in range(len(data)):
            for change in (0x01, 0x41, 0xFF):
                changed = bytearray(data)
                changed[place] ^= change
                told = of(tmp_path, bytes(changed))
                assert told == sound or [name for name, _ in told] == ["x.parquet"], place
                assert place >= end or told != sound
                found += told != sound
        assert found > len(data)


@pytest.mark.parametrize("seed", range(8))
def test_with_a_right_digest_no_change_stops_the_reader_or_loses_a_row_without_a_word(
    seed: int, tmp_path: Path
) -> None:
    """The digest finds damage; whoever means harm computes it anew."""
    rows = [[(f"{n}.json", b'{"n": %d}' % (n * 7919)) for n in range(m, m + 5)] for m in (0, 5, 10)]
    data = made(rows).data()
    assert redigested(data) == data
    noise, whole = random.Random(seed), 0
    for _ in range(300):
        changed = bytearray(data)
        for _ in range(noise.choice((1, 1, 2, 5))):
            changed[noise.randrange(4, len(data) - 8)] = noise.randrange(256)
        told = of(tmp_path, redigested(bytes(changed)))
        assert len(told) == 15 or [name for name, _ in told] == ["x.parquet"]
        whole += len(told) == 15
    assert whole > 50  # the changes do reach the rows


def test_a_broken_page_costs_the_rows_of_its_group_and_no_others(tmp_path: Path) -> None:
    rows = [[("a", A), ("b", B), ("c", C)], [("d", A)]]
    after = [("x.parquet/b#2", "damaged-row"), ("x.parquet/c#3", "damaged-row"), ("x.parquet/d", A)]
    for broken in (
        Page([B, C], packed=b"no zstd"),
        Page([B, C], packed=b""),
        Page([B, C], content=b"\xff\xff\xff\xff" + B + C),
        Page([B, C], content=b"\x01\0\0\0"),
        Page([B, C], content=b"\x01\0"),
    ):
        file = with_documents(made(rows), 0, [Page([A]), broken])
        assert of(tmp_path, file.data()) == [("x.parquet/a", A), *after]


def test_bytes_behind_the_last_document_of_a_page_break_it(tmp_path: Path) -> None:
    longer = Page([A], content=len(A).to_bytes(4, "little") + A + b"more")
    file = with_documents(made([[("a", A), ("b", B)]]), 0, [longer, Page([B])])
    assert of(tmp_path, file.data()) == [("x.parquet/a", A), ("x.parquet/b#2", "damaged-row")]


def test_columns_that_share_bytes_cost_the_file(tmp_path: Path) -> None:
    """Else a file could hold the same bytes over and over."""
    data = ONE.data()
    end = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    shared = replace(ONE.groups[0][1], other={9: 4, 7: end - 4})
    assert of(tmp_path, replace(ONE, groups=[(NAME, shared)]).data()) == [("x.parquet", "not-as-packed")]


def test_headers_that_do_not_add_up_cost_the_whole_group(tmp_path: Path) -> None:
    rows = [[("a", A), ("b", B)], [("c", C)]]
    for pages in (
        [Page([A, B], claimed_packed=2**31)],
        [Page([A, B], claimed_packed=-1)],
        [Page([A, B], encoding=8)],
        [Page([A, B], kind=2)],
        [Page([A], packed=b"\xff" * 2_000, claimed_packed=8), Page([B])],
    ):
        told = of(tmp_path, with_documents(made(rows), 0, pages).data())
        rest = [("x.parquet/a#1", "damaged-row"), ("x.parquet/b#2", "damaged-row"), ("x.parquet/c", C)]
        assert told == rest


def test_names_that_can_not_be_had_cost_the_file(tmp_path: Path) -> None:
    file = Made([(Chunk([Page([b"a"], packed=b"?")]), Chunk([Page([A])]))])
    assert of(tmp_path, file.data()) == [("x.parquet", "not-as-packed")]


# --- what a file may claim ------------------------------------------------------------------------------------


def test_a_document_over_the_limit_is_told_about_and_the_others_go_on(tmp_path: Path) -> None:
    long, longest = b"1" * (SNAPSHOT + 1), b"1" * SNAPSHOT
    noise = random.Random(2).randbytes(200_000)  # so that the file may unpack to so much
    rows = [("a", noise), ("b", long), ("c", longest), ("d", A)]
    for pages in ([Page([data for _, data in rows])], [Page([data]) for _, data in rows]):
        told = of(tmp_path, with_documents(made([rows]), 0, pages).data())
        assert told[1] == ("x.parquet/b#2", "limit-snapshot-bytes")
        assert [told[0], *told[2:]] == [("x.parquet/a", noise), ("x.parquet/c", longest), ("x.parquet/d", A)]


def test_a_page_of_many_documents_may_not_be_longer_than_a_list_of_them(tmp_path: Path, limited: Limited) -> None:
    limited("limit-array-bytes", 20)
    assert of(tmp_path, made(ROWS).data()) == [
        ("x.parquet/a.json#1", "damaged-row"),
        ("x.parquet/b.json#2", "damaged-row"),
        ("x.parquet/c.json", C),
    ]


@pytest.mark.parametrize(
    ("limit", "code"), [("limit-archive-members", "limit-archive-members"), ("limit-nodes", "damaged-archive")]
)
def test_a_file_of_too_many_rows_or_groups_is_put_aside_whole(
    limit: str, code: str, tmp_path: Path, limited: Limited
) -> None:
    data = made(ROWS).data()
    limited(limit, {"limit-archive-members": 3, "limit-nodes": 100}[limit])
    assert len(of(tmp_path, data)) == 3
    more = made([*ROWS, [("d.json", A)]]).data()
    assert of(tmp_path, more) == [("x.parquet", code)]


def test_a_file_that_unpacks_to_too_much_is_put_aside_whole(tmp_path: Path, limited: Limited) -> None:
    limited("limit-archive-total-bytes", 200)
    assert len(of(tmp_path, made(ROWS).data())) == 3
    assert of(tmp_path, made([[("a", b"1" * 200)]]).data()) == [("x.parquet", "limit-archive-total-bytes")]


def test_a_long_document_is_told_by_its_length_alone(tmp_path: Path, limited: Limited) -> None:
    """Where it stands in a page alone it is not even unpacked."""
    limited("limit-array-bytes", 20)
    rows = [("a", A), ("b", random.Random(3).randbytes(SNAPSHOT + 1)), ("c", C)]
    told = of(tmp_path, with_documents(made([rows]), 0, [Page([data]) for _, data in rows]).data())
    assert told == [("x.parquet/a", A), ("x.parquet/b#2", "limit-snapshot-bytes"), ("x.parquet/c", C)]


def test_a_file_of_refused_rows_only_is_given_up_aloud(tmp_path: Path, limited: Limited) -> None:
    limited("limit-archive-refused", 5)
    rows = [(str(number), A) for number in range(9)]
    told = of(tmp_path, with_documents(made([rows]), 0, [Page([A] * 9, packed=b"?")]).data())
    assert [code for _, code in told] == ["damaged-row"] * 5 + ["limit-archive-refused"]


def test_claims_that_do_not_add_up_are_not_believed(tmp_path: Path) -> None:
    right = made(ROWS)
    files, documents_ = right.groups[0]
    for file in (
        replace(right, claimed_rows={0: 3}),
        replace(right, claimed_rows={0: 0, 1: 3}),
        replace(right, claimed_rows={0: -1}),
        replace(right, other={3: 4}),
        replace(right, groups=[(files, replace(documents_, other={9: 4})), right.groups[1]]),
        replace(right, groups=[(files, replace(documents_, other={7: 1})), right.groups[1]]),
        replace(right, groups=[(files, replace(documents_, other={5: 1})), right.groups[1]]),
        replace(right, groups=[(files, replace(documents_, other={6: -1})), right.groups[1]]),
        replace(right, groups=[(files, replace(documents_, other={11: 4})), right.groups[1]]),
        replace(right, groups=[(files, replace(documents_, outer={1: "../other.parquet"})), right.groups[1]]),
        replace(right, groups=[(files, replace(documents_, outer={9: b"key"})), right.groups[1]]),
        replace(right, groups=right.groups[:1] * 2, other={4: []}),
        replace(right, other={2: SCHEMA[:2]}),
        replace(right, other={2: []}),
        replace(right, other={2: 1}),
        replace(right, other={4: [1]}),
    ):
        assert of(tmp_path, file.data()) == [("x.parquet", "not-as-packed")]


def gibibyte() -> bytes:
    """What unpacks to a GiB, in some 30 KB."""
    target = pyarrow.BufferOutputStream()
    with pyarrow.CompressedOutputStream(target, "zstd") as stream:
        for _ in range(1024):
            stream.write(bytes(limits.MIB))
    found: bytes = target.getvalue().to_pybytes()
    return found


def a_run() -> bytes:
    """The same by hand: a frame of runs of one byte, which asks for a window of 128 MiB."""
    return b"\x28\xb5\x2f\xfd\x00\x88" + b"\x02\x00\x10\x00" * 8_191 + b"\x03\x00\x10\x00"


def document(page: Page, **other: int) -> Made:
    """A file of one row whose page of documents is `page`."""
    return Made([(NAME, Chunk([page], {int(key[1:]): value for key, value in other.items()}))])


# Small files that would take gigabytes, and what is said of their rows.
BOMBS: dict[str, tuple[Callable[[], Made], str]] = {
    "claimed by the file": (lambda: document(Page([A]), _6=4 * GIB), "limit-archive-ratio"),
    "claimed by a page": (lambda: document(Page([A], claimed_unpacked=2 * GIB - 1)), "limit-archive-ratio"),
    "claimed by a page alone": (
        lambda: document(Page([A], claimed_unpacked=2 * GIB - 1), _6=100),
        "damaged-row",
    ),
    "claimed by nobody": (lambda: document(Page([A], packed=gibibyte())), "damaged-row"),
    "runs": (lambda: document(Page([A], packed=a_run())), "damaged-row"),
    "names": (
        lambda: Made([(Chunk([Page([b"a"], packed=gibibyte())]), ONE.groups[0][1])]),
        "not-as-packed",
    ),
    "values": (lambda: document(Page([A], claimed_values=2**40), _5=1), "damaged-row"),
    "a list": (lambda: replace(ONE, other={9: [0] * 1_000_000}), "damaged-archive"),
    "fields": (lambda: replace(ONE, other={20: dict.fromkeys(range(600_000), 1)}), "damaged-archive"),
    "a word": (lambda: replace(ONE, words={"x": "y" * 6_000_000}), "unsupported-format"),
}


MEASURE = """
import sys
from pathlib import Path
from validator.snapshots.stream import PassedOver, documents
items = list(documents(Path(sys.argv[1]), PassedOver()))
print(*(item.problem.code if item.problem else "delivered" for item in items))
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is measured as Linux does")
@pytest.mark.parametrize("what", BOMBS)
def test_a_small_file_that_would_take_gigabytes_is_refused_in_little_memory(what: str, tmp_path: Path) -> None:
    build, code = BOMBS[what]
    (tmp_path / "x.parquet").write_bytes(build().data())
    ran = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tmp_path / "x.parquet")],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    told, peak = ran.stdout.splitlines()
    assert told == code
    assert int(peak) < 200 * limits.KIB


def test_a_description_is_read_within_bounds() -> None:
    """Levels, values, numbers and lengths: none may be more than there are bytes for."""
    assert read_struct(thrift({1: 5, 2: "x", 3: [1, -2], 4: {1: "y"}, 300: 7})) == (
        {1: 5, 2: b"x", 3: [1, -2], 4: {1: b"y"}, 300: 7},
        24,
    )
    deep: Any = {1: 1}
    for _ in range(default("limit-depth") + 1):
        deep = {1: deep}
    for data in (
        thrift(deep),
        b"\x19" * 1_000,
        b"\x1c" * 100_000,
        b"\x15" + b"\xff" * 20,
        b"\x18\xff\xff\xff\xff\x0f",
        b"\x1b\x00",
        b"\x15\x02\x05\x02\x04\x00",
        b"\x19\xfc\xff\xff\xff\xff\x0f" + bytes(600_000),
        b"",
        b"\x15",
    ):
        with pytest.raises(ThriftError):
            read_struct(data)


def test_the_digest_is_that_of_the_bytes_before_the_description(tmp_path: Path) -> None:
    data = packed(tmp_path, [Packable("a.json", A)])
    words = pyarrow.parquet.ParquetFile(io.BytesIO(data)).metadata.metadata
    end = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    assert words[b"sverka.sha256"].decode() == hashlib.sha256(data[:end]).hexdigest()
