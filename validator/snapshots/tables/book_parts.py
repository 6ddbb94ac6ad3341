"""What the reading library does not tell of a workbook, looked up in its parts: its size first of all.

A workbook is an archive. Before the library opens it, the sizes that it will unpack to are added up from the parts
themselves, and the cells farthest out are found: the library gives memory to the whole rectangle between them.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from validator.language.limits import default
from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import InputError, Problem
from validator.logic.text import Text
from validator.snapshots.tables.csv_files import over_limit
from validator.snapshots.tables.grid import column_number

_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_FAR_COLUMN: Final = re.compile(rb'<c r="[A-Z]{3}')
_LETTERS: Final = re.compile(rb'<c r="([A-Z]{1,3})')
_ROW: Final = re.compile(rb"<row\b([^>]*)>")
_PLAIN_ROW: Final = re.compile(rb'<row r="(\d{1,9})"')
_NUMBER: Final = re.compile(rb'\br="(\d{1,9})"')
_HIDDEN: Final = re.compile(rb'\bhidden="(?:1|true)"')
_COLUMN: Final = re.compile(rb"<col\b([^>]*)>")
_EDGES: Final = re.compile(rb'\b(min|max)="(\d{1,6})"')
_REPEATED: Final = re.compile(rb'number-(rows|columns)-repeated="(\d{1,12})"')
_CHUNK: Final = 1 << 20
_LISTED_HIDDEN: Final = 1_000


class SheetLook(NamedTuple):
    """What a part says of its sheet: hidden rows and columns, from 0."""

    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()


class BookLook(NamedTuple):
    """What the parts of a workbook say. `sheets` is by the name of the sheet."""

    date1904: bool
    sheets: dict[str, SheetLook]


def look_into(data: bytes, file: str) -> BookLook:
    """The look of a workbook that is an archive. Raises `InputError` where it is damaged or over a limit."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _look(archive, file)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise InputError([_broken(file)]) from None


def _look(archive: zipfile.ZipFile, file: str) -> BookLook:
    members = archive.infolist()
    if len(members) > 10_000:
        raise InputError([over_limit("limit-table-unpacked-bytes", file)])
    names = {member.filename for member in members}
    left = default("limit-table-unpacked-bytes")
    if sum(member.file_size for member in members) > left:
        raise InputError([over_limit("limit-table-unpacked-bytes", file)])
    parts: dict[str, bytes] = {}
    for member in members:
        name, length = member.filename, 0
        wanted = name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "content.xml") or _SHEET.fullmatch(name)
        kept = bytearray()
        for chunk in _chunks(archive, member):
            length += len(chunk)
            if length > left:
                raise InputError([over_limit("limit-table-unpacked-bytes", file)])
            if wanted:
                kept += chunk
        left -= length
        if wanted:
            parts[name] = bytes(kept)
    return _of_xlsx(parts, file) if "xl/workbook.xml" in names else _of_ods(parts, file)


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a part, not trusting the size it claims; nothing for a picture, which nobody unpacks."""
    if member.filename.startswith(("xl/media/", "Pictures/")):
        return
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


# --- OOXML -------------------------------------------------------------------------------------------------------


def _of_xlsx(parts: dict[str, bytes], file: str) -> BookLook:
    book = parts["xl/workbook.xml"]
    found: dict[str, SheetLook] = {}
    targets = _targets(parts.get("xl/_rels/workbook.xml.rels", b""))
    titles = {targets.get(identifier, ""): name for name, identifier in _sheet_names(book)}
    for name, xml in parts.items():
        if _SHEET.fullmatch(name):
            title = titles.get(name.removeprefix("xl/"), "")
            found[title] = _sheet_look(xml, file)
    return BookLook(bool(re.search(rb'<workbookPr\b[^>]*\bdate1904="(?:1|true)"', book)), found)


def _sheet_names(book: bytes) -> Iterator[tuple[str, str]]:
    """The name of every sheet and the id of its part."""
    from html import unescape  # noqa: PLC0415 - only for workbooks

    for match in re.finditer(rb"<(?:\w+:)?sheet\b([^>]*)/?>", book):
        name = re.search(rb'\bname="([^"]*)"', match[1])
        identifier = re.search(rb'\b\w+:id="([^"]*)"', match[1])
        if name and identifier:
            yield unescape(name[1].decode("utf-8", "replace")), identifier[1].decode("utf-8", "replace")


def _targets(relations: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in re.finditer(rb"<(?:\w+:)?Relationship\b([^>]*)/?>", relations):
        target = re.search(rb'\bTarget="([^"]*)"', match[1])
        identifier = re.search(rb'\bId="([^"]*)"', match[1])
        if target and identifier:
            found[identifier[1].decode("utf-8", "replace")] = (
                target[1].decode("utf-8", "replace").removeprefix("/xl/").removeprefix("./")
            )
    return found


def _sheet_look(xml: bytes, file: str) -> SheetLook:
    """The hidden rows and columns of a sheet. Raises `InputError` where it is too wide or too long."""
    if _FAR_COLUMN.search(xml):
        raise InputError([over_limit("limit-table-columns", file)])
    _check_length(xml, file)
    if b'hidden="' not in xml:
        return SheetLook()
    rows: list[int] = []
    for number, match in enumerate(_ROW.finditer(xml), 1):
        if _HIDDEN.search(match[1]):
            told = _NUMBER.search(match[1])
            rows.append((int(told[1]) if told else number) - 1)
    columns: list[int] = []
    for match in _COLUMN.finditer(xml):
        if _HIDDEN.search(match[1]):
            edges = {edge: int(number) for edge, number in _EDGES.findall(match[1])}
            first, last = edges.get(b"min", 1), edges.get(b"max", 1)
            columns.extend(range(first - 1, min(last, default("limit-table-columns"))))
    return SheetLook(tuple(rows[:_LISTED_HIDDEN]), tuple(columns))


def _check_length(xml: bytes, file: str) -> None:
    """Rows ascend, so the last tells how long the sheet is; the library stops at one that does not."""
    count, plain = xml.count(b"<row"), _PLAIN_ROW.findall(xml)
    if len(plain) != count:  # then some say other things before their number
        plain = [number for match in _ROW.finditer(xml) if (number := _row_number(match[1]))]
    length = max(max(map(int, plain), default=0), count)
    if length > default("limit-table-rows"):
        raise InputError([over_limit("limit-table-rows", file)])
    if length * default("limit-table-columns") <= default("limit-table-cells"):
        return
    columns = max((column_number(name.decode()) + 1 for name in set(_LETTERS.findall(xml))), default=1)
    if length * columns > default("limit-table-cells"):
        raise InputError([over_limit("limit-table-cells", file)])


def _row_number(attributes: bytes) -> bytes:
    found = _NUMBER.search(attributes)
    return found[1] if found else b""


# --- OpenDocument ------------------------------------------------------------------------------------------------


def _of_ods(parts: dict[str, bytes], file: str) -> BookLook:
    xml = parts.get("content.xml")
    if xml is None:
        raise InputError([_broken(file)])
    look: dict[str, SheetLook] = {}
    from html import unescape  # noqa: PLC0415 - only for workbooks

    for match in re.finditer(rb"<table:table\b([^>]*)>(.*?)</table:table>", xml, re.DOTALL):
        name = re.search(rb'\btable:name="([^"]*)"', match[1])
        look[unescape(name[1].decode("utf-8", "replace")) if name else ""] = _ods_sheet(match[2], file)
    return BookLook(False, look)


def _ods_sheet(xml: bytes, file: str) -> SheetLook:
    hidden: list[int] = []
    row = wide = filled = 0
    for match in re.finditer(rb"<table:table-row\b([^>]*?)(/>|>(.*?)</table:table-row>)", xml, re.DOTALL):
        body = match[3] or b""
        repeated = dict(_REPEATED.findall(match[1]))
        times = int(repeated.get(b"rows", b"1"))
        if b"visibility=" in match[1] and len(hidden) < _LISTED_HIDDEN:
            hidden.extend(range(row, row + min(times, _LISTED_HIDDEN)))
        if b"value-type" in body or b"<text:p" in body:
            cells = re.findall(
                rb"<table:(?:covered-)?table-cell\b([^>]*)", body.rpartition(b"value-type")[0] + b'"'
            )
            found = [dict(_REPEATED.findall(cell)) for cell in cells]
            wide = max(wide, sum(int(cell.get(b"columns", b"1")) for cell in found))
            filled = row + times
        row += times
    if filled > default("limit-table-rows"):
        raise InputError([over_limit("limit-table-rows", file)])
    if wide > default("limit-table-columns"):
        raise InputError([over_limit("limit-table-columns", file)])
    if wide * filled > default("limit-table-cells"):
        raise InputError([over_limit("limit-table-cells", file)])
    return SheetLook(tuple(hidden[:_LISTED_HIDDEN]))


def _broken(file: str) -> Problem:
    return Problem(
        "table-broken",
        Text("книга повреждена или это не книга", "the workbook is damaged, or is none"),
        Text(
            "откройте её в Excel или LibreOffice и сохраните заново",
            "open it in Excel or LibreOffice, save it anew",
        ),
        None,
        file,
    )


broken_book = _broken
