"""Zip archives: the table of contents is looked at as a whole, and then each member is read under the budget.

The library takes a zip file apart leniently, so that one file can hold different members for different readers.
Here the table must lie exactly where the end record says, with nothing behind it, and no two members may share
a byte.
"""

from __future__ import annotations

import stat
import struct
import zipfile
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, Final, NamedTuple

from validator.language.limits import default
from validator.logic.problem import InputError
from validator.snapshots.stream.given import Delivered, PassedOver
from validator.snapshots.stream.members import Member, Members, Names
from validator.snapshots.stream.packed import BROKEN, Budget, Readable, counted
from validator.snapshots.stream.said import over, stop

_END: Final = struct.Struct("<4s4H2LH")  # the end record: signature, disks, entries here and in all, table, comment
_END_64: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR: Final = struct.Struct("<4sLQL")
_ENTRY: Final = struct.Struct("<4s6H3L5H2L")  # an entry of the table
_LONGEST_COMMENT: Final = 0xFFFF
_LOCAL_HEADER: Final = 30
_ENCRYPTED, _UTF_8 = 0x1, 0x800
_UNIX: Final = 3


class _Table(NamedTuple):
    """Where the table of contents lies, and how many entries it should hold."""

    start: int
    size: int
    entries: int


def zip_documents(name: str, stream: BinaryIO, size: int, passed_over: PassedOver) -> Iterator[Delivered]:
    """The documents of a zip archive, in the order of its table. Raises InputError when it is not whole."""
    archive, table = _opened(name, stream, size)
    with archive:
        entries = archive.infolist()
        _refuse_overlaps(name, entries, table.start)
        claimed = Budget(name, size)
        claimed.spend(sum(entry.file_size for entry in entries))
        names = Names()
        for entry in entries:
            names.add(_name_of(entry))
        members = Members(name, names, passed_over)
        for number, entry in enumerate(entries, 1):
            each = _name_of(entry)
            is_folder = each.endswith("/")
            if is_folder and not entry.file_size:
                continue
            member = Member(each, number, not is_folder and _is_file(entry), _hindrance(entry))
            yield from members.of(member, partial(_read, archive, entry, f"{name}/{each}"), checked=False)
            if members.given_up:
                break
        yield from members.rest()


def _opened(name: str, stream: BinaryIO, size: int) -> tuple[zipfile.ZipFile, _Table]:
    try:
        table = _table(name, stream, size)
        _count_entries(name, stream, table)
        stream.seek(0)
        # Names are taken from the entries as they are written, so whatever the library makes of them is no matter.
        return zipfile.ZipFile(stream), table
    except (zipfile.BadZipFile, struct.error, NotImplementedError, *BROKEN):
        raise stop("damaged-archive", name) from None


# --- the table of contents ------------------------------------------------------------------------------------


def _table(name: str, stream: BinaryIO, size: int) -> _Table:
    """The place of the table. Raises InputError unless table and end record close the file, in that order."""
    start = max(0, size - _END.size - _LONGEST_COMMENT)
    stream.seek(start)
    tail = stream.read(size - start)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise stop("damaged-archive", name)
    _, disk, table_disk, here, entries, length, offset, comment = _END.unpack_from(tail, at)
    if at + _END.size + comment != len(tail):
        raise stop("data-after-end", name)
    if disk or table_disk or here != entries:
        raise stop("damaged-archive", name)
    end = start + at
    wide = _table_64(stream, end)
    table, end = (wide, end - _LOCATOR.size - _END_64.size) if wide else (_Table(offset, length, entries), end)
    if table.start + table.size != end:
        raise stop("data-after-end", name)
    return table


def _table_64(stream: BinaryIO, end: int) -> _Table | None:
    """The table as the end record for large archives tells it, where there is one."""
    before = end - _LOCATOR.size - _END_64.size
    if before < 0:
        return None
    stream.seek(before)
    record = stream.read(_END_64.size + _LOCATOR.size)
    locator = _LOCATOR.unpack_from(record, _END_64.size)
    if locator[0] != b"PK\x06\x07":
        return None
    signature, length, _, _, disk, table_disk, here, entries, size, offset = _END_64.unpack_from(record)
    honest = signature == b"PK\x06\x06" and length == _END_64.size - 12 and locator[2] == before
    if not honest or disk or table_disk or here != entries:
        raise EOFError
    return _Table(offset, size, entries)


def _count_entries(name: str, stream: BinaryIO, table: _Table) -> None:
    """Raises InputError unless the table holds as many entries as it says, before the library loads them all."""
    if table.size > default("limit-archive-list-bytes"):
        raise InputError([over("limit-archive-list-bytes", name)])
    stream.seek(table.start)
    listed = stream.read(table.size)
    position = number = 0
    while position < len(listed):
        fields = _ENTRY.unpack_from(listed, position)
        if fields[0] != b"PK\x01\x02":
            raise EOFError
        position += _ENTRY.size + fields[10] + fields[11] + fields[12]
        number += 1
    if number > default("limit-archive-members"):
        raise InputError([over("limit-archive-members", name)])
    if position != table.size or number != table.entries:
        raise EOFError


def _refuse_overlaps(name: str, entries: list[zipfile.ZipInfo], table_start: int) -> None:
    """Raises InputError when two members share a byte, or one runs into the table."""
    places = sorted((entry.header_offset, entry.compress_size + len(entry.orig_filename)) for entry in entries)
    starts = [*(start for start, _ in places[1:]), table_start]
    for (start, length), following in zip(places, starts, strict=False):
        if start + _LOCAL_HEADER + length > following:
            raise stop("overlapping-members", name)


# --- one entry ------------------------------------------------------------------------------------------------


def _name_of(entry: zipfile.ZipInfo) -> str:
    """The name as its bytes say; without the mark of UTF-8 they may still be UTF-8, else Russian DOS wrote them."""
    if entry.flag_bits & _UTF_8:
        return entry.orig_filename
    written = entry.orig_filename.encode("cp437")
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError:
        return written.decode("cp866")


def _is_file(entry: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(entry.external_attr >> 16) if entry.create_system == _UNIX else 0
    return kind in (0, stat.S_IFREG)


def _hindrance(entry: zipfile.ZipInfo) -> str:
    if entry.flag_bits & _ENCRYPTED:
        return "encrypted-member"
    return "" if entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) else "unsupported-compression"


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> BinaryIO:
    """The bytes of a member from the start. Raises InputError here or while they are read."""
    try:
        source = archive.open(entry)
    except (zipfile.BadZipFile, struct.error, NotImplementedError, RuntimeError, *BROKEN):
        raise stop("damaged-member", name) from None
    return counted(_Whole(source, entry.file_size), None, "damaged-member", name)


class _Whole:
    """A member that must be as long as its entry says; the library is content with less."""

    def __init__(self, source: Readable, size: int) -> None:
        self._source = source
        self._left = size

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, none at the end. Raises EOFError when some are missing, OSError for a wrong sum."""
        try:
            data = self._source.read(size)
        except zipfile.BadZipFile as error:
            raise OSError(str(error)) from None
        self._left -= len(data)
        if not data and size and self._left:
            raise EOFError
        return data
