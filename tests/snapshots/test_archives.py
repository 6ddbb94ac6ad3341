"""Archives: what is sound in them is delivered, what is not is told about, and nothing they claim is believed."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import random
import struct
import sys
import tarfile
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from validator.language import limits
from validator.language.limits import default
from validator.snapshots.stream import Delivered, PassedOver, document_of, documents

SNAPSHOT = default("limit-snapshot-bytes")
A, B = b'{"a": 1}', b'{"b": 1}'
Members = list[tuple[str, bytes]]


def zip_of(members: Members, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", method) as archive:
        warnings.simplefilter("ignore")  # of a name that comes twice
        for name, data in members:
            # By hand, because the library would change a name before it writes it.
            entry = zipfile.ZipInfo("x")
            entry.filename = entry.orig_filename = name
            entry.compress_type = method
            archive.writestr(entry, data)
    return target.getvalue()


def entry_of(
    name: str, data: bytes = b"", kind: bytes = tarfile.REGTYPE, link: str = ""
) -> tuple[tarfile.TarInfo, bytes]:
    entry = tarfile.TarInfo(name)
    entry.type, entry.size, entry.linkname = kind, len(data), link
    return entry, data


def tar_of(members: Members | list[tuple[tarfile.TarInfo, bytes]]) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for what, data in members:
            entry = entry_of(what, data)[0] if isinstance(what, str) else what
            archive.addfile(entry, io.BytesIO(data))
    return target.getvalue()


def tgz_of(members: Members) -> bytes:
    return gzip.compress(tar_of(members), mtime=0)


BUILDERS: dict[str, Callable[[Members], bytes]] = {
    "x.zip": zip_of,
    "stored.zip": lambda members: zip_of(members, zipfile.ZIP_STORED),
    "x.tar": tar_of,
    "x.tar.gz": tgz_of,
    "x.tgz": tgz_of,
    "x.tar.bz2": lambda members: bz2.compress(tar_of(members)),
    "x.tar.xz": lambda members: lzma.compress(tar_of(members)),
}
KINDS = ["x.zip", "x.tar", "x.tgz"]


def of(folder: Path, name: str, data: bytes, passed: PassedOver | None = None) -> list[tuple[str, object]]:
    """The documents of an archive: name and bytes, or name and the code of the problem."""
    items = [*_items(folder, name, data, passed)]
    names = [item.file for item in items]
    assert len(set(names)) == len(names), "two documents of one name"
    assert all(item.problem.file for item in items if item.problem)
    return [(item.file, item.problem.code if item.problem else item.data) for item in items]


def _items(folder: Path, name: str, data: bytes, passed: PassedOver | None) -> list[Delivered]:
    file = folder / name
    file.write_bytes(data)
    before = set(folder.rglob("*"))
    items = [
        item._replace(file=item.file.removeprefix(folder.as_posix() + "/"))
        for item in documents(file, passed or PassedOver())
    ]
    assert set(folder.rglob("*")) == before, "something was written to the disk"
    return items


# --- sound archives -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BUILDERS)
def test_every_snapshot_of_an_archive_is_a_document_under_its_own_name(name: str, tmp_path: Path) -> None:
    members = [
        ("school.json", A),
        ("район/школа № 1.yaml", b"a: 1\n"),
        ("./b.yml", b"b: 1\n"),
        ("batch.ndjson", A + b"\r\n\n" + B),
        ("list.json", b"[" + A + b",\n " + B + b"]"),
        ("g[1].json", A),
        ("g1.json", B),
    ]
    passed = PassedOver()
    extra = [("readme.txt", b"x"), ("__MACOSX/._school.json", b"x"), (".hidden.json", b"x")]
    assert of(tmp_path, name, BUILDERS[name]([*members, *extra]), passed) == [
        (f"{name}/school.json", A),
        (f"{name}/район/школа № 1.yaml", b"a: 1\n"),
        (f"{name}/b.yml", b"b: 1\n"),
        (f"{name}/batch.ndjson:1", A),
        (f"{name}/batch.ndjson:3", B),
        (f"{name}/list.json[0]", A),
        (f"{name}/list.json[1]", B),
        (f"{name}/g[1].json", A),
        (f"{name}/g1.json", B),
    ]
    assert passed.number == 3
    assert passed.first.endswith(f"{name}/readme.txt")


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress], ids=["gz", "bz2", "xz"])
def test_one_packed_file_is_read_by_the_ending_before(pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    ending = {gzip.compress: "gz", bz2.compress: "bz2", lzma.compress: "xz"}[pack]
    name = f"x.json.{ending}"
    assert of(tmp_path, name, pack(A)) == [(name, A)]
    (item,) = documents(tmp_path / name, PassedOver())
    assert document_of(item)
    name = f"x.yaml.{ending}"
    assert of(tmp_path, name, pack(b"a: 1")) == [(name, b"a: 1")]
    (item,) = documents(tmp_path / name, PassedOver())
    assert document_of(item)
    name = f"x.ndjson.{ending}"
    assert of(tmp_path, name, pack(A + b"\n" + B)) == [(f"{name}:1", A), (f"{name}:2", B)]
    assert of(tmp_path, name, pack(A + b"\n") + pack(B)) == [(f"{name}:1", A), (f"{name}:2", B)]
    name = f"x.json.{ending}"
    assert of(tmp_path, name, pack(b"[" + A + b"]")) == [(f"{name}[0]", A)]


def test_a_large_archive_may_use_the_records_for_large_ones(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive, archive.open("a.json", "w", force_zip64=True) as member:
        member.write(A)
    assert of(tmp_path, "x.zip", target.getvalue()) == [("x.zip/a.json", A)]
    small = zip_of([("a.json", A)])
    end = small.rindex(b"PK\x05\x06")
    _, _, _, here, entries, size, offset, _ = struct.unpack("<4s4H2LH", small[end:])
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, here, entries, size, offset)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    last = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    assert of(tmp_path, "y.zip", small[:end] + record + locator + last) == [("y.zip/a.json", A)]


def test_names_written_by_russian_dos_are_read(tmp_path: Path) -> None:
    """FILE-A16"""
    data = zip_of([("xxxxx.json", A), ("yyyyyyyyyy.json", B)])
    data = data.replace(b"xxxxx.json", "школа.json".encode("cp866"))
    data = data.replace(b"yyyyyyyyyy.json", "район".encode() + b".json")
    assert of(tmp_path, "x.zip", data) == [("x.zip/школа.json", A), ("x.zip/район.json", B)]


@pytest.mark.parametrize("name", KINDS)
def test_names_with_odd_characters_are_only_names(name: str, tmp_path: Path) -> None:
    """FILE-A24 for members"""
    members = [("new\nline.json", A), ("esc\x1b[2J.json", B)]
    assert of(tmp_path, name, BUILDERS[name](members)) == [(f"{name}/{each}", data) for each, data in members]


def test_a_name_in_a_tar_that_is_no_utf_8_is_only_a_name(tmp_path: Path) -> None:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", format=tarfile.GNU_FORMAT, encoding="cp1251") as archive:
        archive.addfile(entry_of("школа.json", A)[0], io.BytesIO(A))
    ((found, read),) = of(tmp_path, "x.tar", data.getvalue())
    assert found.encode("utf-8", "surrogateescape") == b"x.tar/" + "школа.json".encode("cp1251")
    assert read == A


@pytest.mark.parametrize("name", KINDS)
def test_an_archive_without_snapshots_is_told_about(name: str, tmp_path: Path) -> None:
    build = BUILDERS[name]
    for members in ([], [("readme.txt", b"x")], [("folder/", b"")]):
        if members or name == "x.zip":
            assert of(tmp_path, name, build(members)) == [(name, "empty-archive")]


# --- members that are refused while the archive goes on -------------------------------------------------------

UNSAFE = [
    "../x.json",
    "a/../../x.json",
    "..\\x.json",
    "/x.json",
    "\\\\host\\x.json",
    "C:\\x.json",
    "c:x.json",
    "../x.txt",
]


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("unsafe", UNSAFE)
def test_a_name_that_leads_out_is_refused_and_the_others_go_on(unsafe: str, name: str, tmp_path: Path) -> None:
    """FILE-A1, A2, A3"""
    found = of(tmp_path, name, BUILDERS[name]([("a.json", A), (unsafe, B), ("b.json", B)]))
    assert [value for _, value in found] == [A, "unsafe-member-name", B]
    assert found[1][0] == f"{name}/{unsafe.lstrip('/')}"


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, b"Z"]
)
def test_a_link_or_a_device_in_a_tar_is_refused_and_the_others_go_on(kind: bytes, tmp_path: Path) -> None:
    """FILE-A4, A5, A6"""
    link = entry_of("in", b"", kind, "/etc")
    data = tar_of([entry_of("a.json", A), link, entry_of("in/passwd.json", B)])
    assert of(tmp_path, "x.tar", data) == [
        ("x.tar/a.json", A),
        ("x.tar/in", "special-member"),
        ("x.tar/in/passwd.json", B),
    ]


def test_a_link_or_a_device_in_a_zip_is_refused_and_the_others_go_on(tmp_path: Path) -> None:
    """FILE-A4, A6"""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, mode in (("a.json", 0o100644), ("link.json", 0o120777), ("dev.json", 0o20666), ("b.json", 0)):
            entry = zipfile.ZipInfo(name)
            entry.create_system, entry.external_attr = 3, mode << 16
            archive.writestr(entry, A)
    values = [value for _, value in of(tmp_path, "x.zip", target.getvalue())]
    assert values == [A, "special-member", "special-member", A]


def test_a_folder_that_holds_bytes_is_no_folder(tmp_path: Path) -> None:
    data = zip_of([("a.json_", A), ("b.json", B), ("folder_", b"")])
    data = data.replace(b"json_", b"json/").replace(b"folder_", b"folder/")
    assert of(tmp_path, "x.zip", data) == [("x.zip/a.json", "special-member"), ("x.zip/b.json", B)]
    folder = entry_of("a.json/", A, tarfile.DIRTYPE)[0]  # its bytes are taken for the next header
    data = folder.tobuf() + tar_of([("b.json", B)])
    assert of(tmp_path, "x.tar", data) == [("x.tar/a.json", "special-member"), ("x.tar/b.json", B)]


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("inner", ["x.zip", "x.tar", "x.tgz", "x.json.gz", "x.7z"])
def test_an_archive_in_an_archive_is_refused_aloud(inner: str, name: str, tmp_path: Path) -> None:
    """FILE-A11"""
    found = of(tmp_path, name, BUILDERS[name]([(inner, zip_of([("a.json", A)])), ("b.json", B)]))
    assert found == [(f"{name}/{inner}", "limit-archive-nesting"), (f"{name}/b.json", B)]


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("twin", ["a.json", "A.JSON", "./a.json"])
def test_two_members_of_one_name_are_both_refused(twin: str, name: str, tmp_path: Path) -> None:
    """FILE-A15"""
    found = of(tmp_path, name, BUILDERS[name]([("a.json", A), ("b.json", B), (twin, B)]))
    assert [value for _, value in found] == ["repeated-member", B, "repeated-member"]


def test_names_that_differ_by_the_make_up_of_letters_are_one_name(tmp_path: Path) -> None:
    found = of(tmp_path, "x.zip", zip_of([("й.json", A), ("и\u0306.json", B)]))
    assert [value for _, value in found] == ["repeated-member", "repeated-member"]


def flagged(data: bytes, flag: int, method: int | None = None) -> bytes:
    """The zip with a flag set, or another method named, in both headers of its first member."""
    changed = bytearray(data)
    for place, at in ((changed.index(b"PK\x03\x04") + 6, 2), (changed.index(b"PK\x01\x02") + 8, 2)):
        changed[place] |= flag
        if method is not None:
            changed[place + at] = method
    return bytes(changed)


def test_a_member_with_a_password_is_refused_and_the_others_go_on(tmp_path: Path) -> None:
    """FILE-A12"""
    data = flagged(zip_of([("a.json", A), ("b.json", B)]), 0x1)
    assert of(tmp_path, "x.zip", data) == [("x.zip/a.json", "encrypted-member"), ("x.zip/b.json", B)]


@pytest.mark.parametrize("method", [9, 12, 14, 93, 99])
def test_a_member_packed_in_an_unusual_way_is_refused_and_the_others_go_on(method: int, tmp_path: Path) -> None:
    data = flagged(zip_of([("a.json", A), ("b.json", B)]), 0, method)
    assert of(tmp_path, "x.zip", data) == [("x.zip/a.json", "unsupported-compression"), ("x.zip/b.json", B)]


@pytest.mark.parametrize("inner", ["a.json", "a.ndjson", "a.yaml"])
def test_a_member_with_a_wrong_check_sum_gives_nothing_and_the_others_go_on(inner: str, tmp_path: Path) -> None:
    """FILE-A13"""
    data = zip_of([(inner, A + b"\n" + A), ("b.json", B)], zipfile.ZIP_STORED)
    changed = data.replace(b'"a": 1', b'"a": 7', 1)
    assert of(tmp_path, "x.zip", changed) == [(f"x.zip/{inner}", "damaged-member"), ("x.zip/b.json", B)]


def test_no_line_of_a_member_is_handed_on_before_its_last_byte_is_known_to_be_right(tmp_path: Path) -> None:
    lines = b"\n".join(b'{"a": %d}' % number for number in range(50_000))
    data = zip_of([("a.ndjson", lines), ("b.json", B)], zipfile.ZIP_STORED)
    changed = data.replace(b'{"a": 49999}', b'{"a": 49998}')
    assert of(tmp_path, "x.zip", changed) == [("x.zip/a.ndjson", "damaged-member"), ("x.zip/b.json", B)]


@pytest.mark.parametrize("size", [len(A) - 1, len(A) + 1, 1 << 20])
def test_a_member_that_is_not_as_long_as_it_claims_is_refused(size: int, tmp_path: Path) -> None:
    data = zip_of([("a.json", A), ("b.json", B)])
    table = data.index(b"PK\x01\x02")
    changed = data[: table + 24] + struct.pack("<L", size) + data[table + 28 :]
    assert of(tmp_path, "x.zip", changed) == [("x.zip/a.json", "damaged-member"), ("x.zip/b.json", B)]


def test_a_sparse_member_is_refused(tmp_path: Path) -> None:
    sparse = entry_of("s.json", b"x")[0]
    sparse.pax_headers = {"GNU.sparse.map": "0,1", "GNU.sparse.size": str(1 << 40), "GNU.sparse.numblocks": "1"}
    found = of(tmp_path, "x.tar", tar_of([(sparse, b"x"), entry_of("b.json", B)]))
    assert [value for _, value in found] == ["special-member", B]


@pytest.mark.parametrize("name", KINDS)
def test_a_member_may_be_as_long_as_a_snapshot_and_is_never_read_beyond(name: str, tmp_path: Path) -> None:
    body = random.Random(1).randbytes(SNAPSHOT)
    for extra, length in ((b"", SNAPSHOT), (b" " * 9, SNAPSHOT + 1)):
        ((_, data),) = of(tmp_path, name, BUILDERS[name]([("a.yaml", b"".join([body, extra]))]))
        assert isinstance(data, bytes)
        assert len(data) == length


@pytest.mark.parametrize("name", KINDS)
def test_a_name_that_is_too_long_is_refused_under_a_short_one(name: str, tmp_path: Path) -> None:
    long = "x" * default("limit-name-bytes") + ".json"
    found = of(tmp_path, name, BUILDERS[name]([(long, A), ("b.json", B)]))
    assert [value for _, value in found] == ["limit-name-bytes", B]
    assert len(found[0][0]) < 120


# --- archives that are put aside whole ------------------------------------------------------------------------

WHOLE = [(f"school-{number}.json", A + b" " * number * 100) for number in range(9)]


@pytest.mark.parametrize("name", BUILDERS)
def test_an_archive_that_is_cut_delivers_nothing(name: str, tmp_path: Path) -> None:
    """FILE-A14"""
    data = BUILDERS[name](WHOLE)
    end = len(data) if name != "x.tar" else 512 * 20  # behind that there is only padding
    for cut in sorted({*range(0, end, max(1, end // 60)), *range(end - 3, end), *range(0, end, 512)}):
        if name == "x.tar" and cut > data.rstrip(b"\0").rindex(b"}") // 512 * 512 + 512:
            continue  # the mark of the end is there
        found = of(tmp_path, name, data[:cut])
        assert found in ([(name, "damaged-archive")], [(name, "data-after-end")]), cut


@pytest.mark.parametrize("ending", ["gz", "bz2", "xz"])
@pytest.mark.parametrize("inner", ["json", "ndjson", "tar"])
def test_a_packed_file_that_is_cut_damaged_or_followed_delivers_nothing(
    inner: str, ending: str, tmp_path: Path
) -> None:
    packers = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}
    data = packers[ending](tar_of(WHOLE) if inner == "tar" else b"".join(data + b"\n" for _, data in WHOLE[:1]))
    name = f"x.{inner}.{ending}"
    damaged = [data[:-9], data[:-1], data + b"x", data[: len(data) // 2]]
    if ending == "gz":
        damaged.append(data[:-8] + bytes([data[-8] ^ 1]) + data[-7:])
    for changed in damaged:
        assert of(tmp_path, name, changed) == [(name, "damaged-archive")]
    assert of(tmp_path, name, b"no archive") == [(name, "damaged-archive")]
    assert of(tmp_path, name, b"")[0][1] in ("damaged-archive", "empty-document", b"")


def test_a_damaged_header_in_the_middle_of_a_tar_is_no_end(tmp_path: Path) -> None:
    data = bytearray(tar_of(WHOLE))
    data[data.index(b"school-5.json")] = ord("X")
    assert of(tmp_path, "x.tar", bytes(data)) == [("x.tar", "damaged-archive")]


def test_a_tar_without_the_mark_of_its_end_is_damaged(tmp_path: Path) -> None:
    data = tar_of([("a.json", A)])
    assert of(tmp_path, "x.tar", data[:1024]) == [("x.tar", "damaged-archive")]
    assert of(tmp_path, "x.tar", data[:1536]) == [("x.tar/a.json", A)]


@pytest.mark.parametrize("name", ["x.zip", "x.tar", "x.tgz"])
def test_data_behind_the_end_put_an_archive_aside(name: str, tmp_path: Path) -> None:
    data = BUILDERS[name]([("a.json", A)])
    ((_, code),) = of(tmp_path, name, data + tar_of([("b.json", B)]))
    assert code == ("damaged-archive" if name == "x.tgz" else "data-after-end")


def test_a_zip_with_data_before_it_or_two_ends_is_put_aside(tmp_path: Path) -> None:
    one, other = zip_of([("a.json", A)]), zip_of([("b.json", B)])
    assert of(tmp_path, "x.zip", other + one) == [("x.zip", "data-after-end")]
    commented = io.BytesIO()
    with zipfile.ZipFile(commented, "w") as archive:
        archive.writestr("a.json", A)
        archive.comment = other
    assert of(tmp_path, "x.zip", commented.getvalue())[0][1] in ("data-after-end", "damaged-archive")


def test_a_zip_with_a_comment_is_sound(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.json", A)
        archive.comment = "выгрузка".encode()
    assert of(tmp_path, "x.zip", target.getvalue()) == [("x.zip/a.json", A)]


@pytest.mark.parametrize("entries", [0, 1, 3, 65_535])
def test_a_zip_that_miscounts_its_members_is_put_aside(entries: int, tmp_path: Path) -> None:
    data = zip_of([("a.json", A), ("b.json", B)])
    end = data.rindex(b"PK\x05\x06")
    changed = data[: end + 8] + struct.pack("<2H", entries, entries) + data[end + 12 :]
    assert of(tmp_path, "x.zip", changed) == [("x.zip", "damaged-archive")]


def overlapping(number: int) -> bytes:
    """A zip whose members are all the same bytes, as bombs are built."""
    data = zip_of([("a0000.json", b" " * 4_000_000)])
    table, end = data.index(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    entries = b"".join(data[table:end].replace(b"a0000", f"a{each:04}".encode()) for each in range(number))
    size, offset = len(entries), table
    return data[:table] + entries + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, number, number, size, offset, 0)


def test_members_that_share_their_bytes_put_a_zip_aside(tmp_path: Path) -> None:
    """FILE-A7"""
    assert of(tmp_path, "x.zip", overlapping(2)) == [("x.zip", "overlapping-members")]
    assert of(tmp_path, "x.zip", overlapping(1)) != [("x.zip", "overlapping-members")]


# --- bombs ----------------------------------------------------------------------------------------------------


def spaces(number: int, new: Callable[[], object]) -> bytes:
    """So many MiB of spaces, packed without ever being there."""
    packer = new()
    chunk = b" " * (1 << 20)
    return b"".join(packer.compress(chunk) for _ in range(number)) + packer.flush()  # type: ignore[attr-defined]


def gz(number: int, head: bytes = b"") -> bytes:
    target = io.BytesIO()
    with gzip.GzipFile(fileobj=target, mode="wb", mtime=0) as stream:
        stream.write(head)
        for _ in range(number):
            stream.write(b" " * (1 << 20))
    return target.getvalue()


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "spaces.json.gz": (lambda: gz(80), "limit-snapshot-bytes"),
    "string.json.gz": (lambda: gz(80, b'{"a": "'), "limit-snapshot-bytes"),
    "array.json.gz": (lambda: gz(80, b"["), "limit-archive-ratio"),
    "spaces.yaml.gz": (lambda: gz(80), "limit-snapshot-bytes"),
    "spaces.ndjson.gz": (lambda: gz(80), "limit-archive-ratio"),
    "spaces.ndjson.bz2": (lambda: spaces(80, bz2.BZ2Compressor), "limit-archive-ratio"),
    "spaces.ndjson.xz": (lambda: spaces(80, lzma.LZMACompressor), "limit-archive-ratio"),
    "member.tar.gz": (lambda: gzip.compress(tar_of([("a.json", b" " * (64 << 20))])), "limit-archive-ratio"),
    "member.zip": (lambda: zip_of([("a.json", b" " * (64 << 20))]), "limit-archive-ratio"),
    "many.zip": (lambda: zip_of([(f"{n}.json", b" " * (4 << 20)) for n in range(20)]), "limit-archive-ratio"),
    "overlap.zip": (lambda: overlapping(9_999), "overlapping-members"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_stopped_before_it_is_in_memory(name: str, tmp_path: Path) -> None:
    """FILE-A8, A9, A10"""
    build, code = BOMBS[name]
    (tmp_path / name).write_bytes(build())
    tracemalloc.start()
    (item,) = documents(tmp_path / name, PassedOver())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    if item.problem:
        assert item.problem.code == code
    else:
        assert code == "limit-snapshot-bytes"
        assert len(item.data) == SNAPSHOT + 1
    assert peak < 3 * default("limit-array-bytes")


def test_a_header_of_any_length_is_not_taken_into_memory(tmp_path: Path) -> None:
    head = tarfile.TarInfo("././@LongLink")
    head.type, head.size = tarfile.GNUTYPE_LONGNAME, 1 << 33
    data = gzip.compress(head.tobuf(tarfile.GNU_FORMAT) + b"x" * (8 << 20))
    assert of(tmp_path, "x.tar.gz", data)[0][1] in ("limit-archive-header-bytes", "limit-archive-ratio")
    head.type = tarfile.XHDTYPE
    data = head.tobuf(tarfile.GNU_FORMAT) + b"x" * (1 << 20)
    assert of(tmp_path, "x.tar", data) == [("x.tar", "limit-archive-header-bytes")]


def test_headers_in_an_endless_row_are_stopped(tmp_path: Path) -> None:
    head = tarfile.TarInfo("././@LongLink")
    head.type, head.size = tarfile.GNUTYPE_LONGNAME, 1
    one = head.tobuf(tarfile.GNU_FORMAT) + b"x".ljust(512, b"\0")
    assert of(tmp_path, "x.tar", one * 5_000) == [("x.tar", "limit-archive-header-bytes")]


def test_a_header_with_an_endless_number_is_not_looked_through(tmp_path: Path) -> None:
    head = tarfile.TarInfo("././@PaxHeader")
    head.type, head.size = tarfile.XHDTYPE, 60_000
    data = head.tobuf(tarfile.USTAR_FORMAT) + (b"1" * 60_000).ljust(60_416, b"\0") + bytes(1_024)
    assert of(tmp_path, "x.tar", data) == [("x.tar", "damaged-archive")]


def test_no_header_holds_a_number_of_hundreds_of_digits(tmp_path: Path) -> None:
    entry = entry_of("a.json", A)[0]
    for digits, expected in ((200, ("x.tar/a.json", A)), (300, ("x.tar", "damaged-archive"))):
        entry.pax_headers = {"comment": "1" * digits}
        assert of(tmp_path, "x.tar", tar_of([(entry, A)])) == [expected]


def test_a_size_that_leads_backwards_is_damage(tmp_path: Path) -> None:
    data = bytearray(tar_of([("a.json", A), ("b.json", B)]))
    data[1024 + 124 : 1024 + 136] = b"\xff" * 10 + b"\xfc\x00"  # minus 1024
    data[1024 + 148 : 1024 + 156] = b" " * 8
    data[1024 + 148 : 1024 + 156] = b"%06o\0 " % sum(data[1024:1536])
    assert of(tmp_path, "x.tar", bytes(data)) == [("x.tar", "damaged-archive")]


def test_xz_may_not_ask_for_any_amount_of_memory(tmp_path: Path) -> None:
    greedy = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 2 * default("limit-xz-memory-bytes")}]
    data = lzma.compress(A, filters=greedy)
    assert of(tmp_path, "x.json.xz", data) == [("x.json.xz", "damaged-archive")]
    assert of(tmp_path, "y.json.xz", lzma.compress(A, preset=9)) == [("y.json.xz", A)]


def test_a_python_without_a_packing_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = lzma.compress(A)
    monkeypatch.setitem(sys.modules, "lzma", None)
    assert of(tmp_path, "x.json.xz", data) == [("x.json.xz", "unsupported-format")]


@pytest.fixture
def limited(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, int], None]:
    """Sets a limit for one test: the table is the only place where it is."""

    def set_limit(limit_id: str, value: int) -> None:
        table = {**limits.LIMIT, limit_id: limits.LIMIT[limit_id]._replace(default=value)}
        monkeypatch.setattr(limits, "LIMIT", table)

    return set_limit


@pytest.mark.parametrize("name", KINDS)
def test_an_archive_of_too_many_members_is_put_aside_whole(
    name: str, tmp_path: Path, limited: Callable[[str, int], None]
) -> None:
    limited("limit-archive-members", 9)
    assert len(of(tmp_path, name, BUILDERS[name](WHOLE))) == 9
    assert of(tmp_path, name, BUILDERS[name]([*WHOLE, ("b.json", B)])) == [(name, "limit-archive-members")]


@pytest.mark.parametrize("name", ["x.zip", "x.tgz", "x.ndjson.gz"])
def test_an_archive_that_holds_too_much_is_put_aside_whole(
    name: str, tmp_path: Path, limited: Callable[[str, int], None]
) -> None:
    limited("limit-archive-total-bytes", 20_000)
    few, many = ([("a.json", A), ("b.json", B)], [(f"{n}.json", A + b" " * 5_000) for n in range(9)])
    build = BUILDERS.get(name) or (lambda members: gzip.compress(b"\n".join(data for _, data in members)))
    assert len(of(tmp_path, name, build(few))) == 2
    assert of(tmp_path, name, build(many)) == [(name, "limit-archive-total-bytes")]


def test_a_zip_with_too_long_a_table_is_put_aside(tmp_path: Path, limited: Callable[[str, int], None]) -> None:
    limited("limit-archive-list-bytes", 100)
    assert of(tmp_path, "x.zip", zip_of(WHOLE)) == [("x.zip", "limit-archive-list-bytes")]


@pytest.mark.parametrize("name", KINDS)
def test_an_archive_of_refused_members_only_is_given_up_aloud(
    name: str, tmp_path: Path, limited: Callable[[str, int], None]
) -> None:
    limited("limit-archive-refused", 5)
    found = of(tmp_path, name, BUILDERS[name]([(f"../{number}.json", A) for number in range(9)]))
    assert [value for _, value in found] == ["unsafe-member-name"] * 5 + ["limit-archive-refused"]


# --- memory and damage at random ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", KINDS)
def test_members_are_never_all_in_memory(name: str, tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(500_000)
    (tmp_path / name).write_bytes(BUILDERS[name]([(f"{number}.json", noise) for number in range(80)]))
    tracemalloc.start()
    number = sum(1 for _ in documents(tmp_path / name, PassedOver()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert number == 80
    assert peak < 25 * len(noise)  # one document is read with room for the longest


@pytest.mark.parametrize("name", ["x.zip", "stored.zip", "x.tar", "x.tgz", "x.tar.bz2", "x.tar.xz"])
def test_whatever_byte_is_changed_nothing_is_lost_without_a_word(name: str, tmp_path: Path) -> None:
    """A changed byte may change what a tar without check sums holds, but a member is delivered or told about."""
    members = [("a.json", A), ("b.json", B), ("c.ndjson", A + b"\n" + B)]
    data = BUILDERS[name](members)
    sound = of(tmp_path, name, data)
    unsummed = name == "x.tar"
    for place in range(0, min(len(data), 3_000), 3 if len(data) < 1_000 else 11):
        changed = bytearray(data)
        changed[place] ^= 0x41
        passed = PassedOver()
        found = of(tmp_path, name, bytes(changed), passed)
        told = [value for _, value in found]
        assert found
        delivered = [value for value in told if isinstance(value, bytes)]
        if len(delivered) == len(told) and not passed.number and not unsummed:
            assert told == [value for _, value in sound], place  # names and dates may change, documents may not


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.skipif("SVERKA_CORPORA" not in os.environ, reason="SVERKA_CORPORA is not set")
def test_naughty_strings_are_names_like_any_other(name: str, tmp_path: Path) -> None:
    corpus = Path(os.environ["SVERKA_CORPORA"]) / "big-list-of-naughty-strings" / "blns.json"
    strings = [text for text in json.loads(corpus.read_text("utf-8")) if text]
    passed = PassedOver()
    found = of(tmp_path, name, BUILDERS[name]([(f"{text}.json", A) for text in strings]), passed)
    assert len(found) + passed.number == len(strings)
    assert sum(value == A for _, value in found) > len(strings) * 3 // 4
    assert {value for _, value in found} <= {A, "unsafe-member-name", "repeated-member"}
