"""A text file as a table: its encoding and its delimiter are told apart here."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Final

from validator.language.limits import default
from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import InputError, Problem
from validator.logic.text import Text
from validator.snapshots.tables.encodings import KNOWN, decode
from validator.snapshots.tables.grid import Cell, Grid

DELIMITERS: Final = {
    ";": Text("точка с запятой", "semicolon"),
    ",": Text("запятая", "comma"),
    "\t": Text("табуляция", "tab"),
    "|": Text("вертикальная черта", "vertical bar"),
}
_SAMPLE_ROWS: Final = 200


class CsvFile(NamedTuple):
    """A table, and how it was read."""

    grid: Grid
    encoding: str
    chosen: bool
    delimiter: str


def read_csv(data: bytes, file: str, encoding: str | None = None) -> CsvFile:
    """The table of a text file. Raises `InputError`."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise InputError([_problem("table-format", file, _A_BOOK, _AS_A_BOOK)])
    try:
        decoded = decode(data, encoding)
    except (UnicodeDecodeError, LookupError):
        raise InputError([_problem("table-encoding", file, _ENCODING, _SAY_ENCODING)]) from None
    if "\0" in decoded.text:
        raise InputError([_problem("table-encoding", file, _ENCODING, _SAY_ENCODING)])
    text, told = _told_delimiter(decoded.text)
    delimiter = told or _delimiter(text)
    rows = _rows(text, delimiter, file)
    grid = Grid(file, "", rows, top=1 if told else 0)
    return CsvFile(grid, decoded.encoding, decoded.chosen, delimiter)


def _told_delimiter(text: str) -> tuple[str, str]:
    """The text after a first line `sep=;`, which Excel writes and reads, and what that line says."""
    first, _, rest = text.partition("\n")
    first = first.rstrip("\r").strip('"')
    if first.lower().startswith("sep=") and len(first) == 5:
        return rest, first[4]
    return text, ""


def _delimiter(text: str) -> str:
    """The delimiter that splits the first rows into the most columns, the number of which changes least."""
    lines = text.splitlines(keepends=True)[: 2 * _SAMPLE_ROWS]

    def constancy(delimiter: str) -> tuple[int, int]:
        try:
            counts = [len(row) for row in csv.reader(lines, delimiter=delimiter) if any(row)][:_SAMPLE_ROWS]
        except csv.Error:
            return 0, 0
        width, rows = Counter(counts).most_common(1)[0] if counts else (1, 0)
        if width < 2 or 2 * rows <= len(counts):  # then most rows differ: it is a sign within texts
            return 0, max(counts, default=0)
        return rows * 100 // len(counts), width

    return max(DELIMITERS, key=constancy)


def _rows(text: str, delimiter: str, file: str) -> list[list[Cell]]:
    most = default("limit-table-rows")
    rows: list[list[Cell]] = []
    before = csv.field_size_limit(default("limit-table-cell-chars"))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            rows.append(row)  # type: ignore[arg-type]  # nobody adds to it
            if len(rows) > most:
                raise InputError([over_limit("limit-table-rows", file)])
    except csv.Error as error:
        if "field limit" in str(error):
            raise InputError([over_limit("limit-table-cell-chars", file)]) from None
        raise InputError([_problem("table-broken", file, _quotes(reader.line_num), _SAVE_AGAIN)]) from None
    finally:
        csv.field_size_limit(before)
    if max(map(len, rows), default=0) > default("limit-table-columns"):
        raise InputError([over_limit("limit-table-columns", file)])
    return rows


def over_limit(limit: str, file: str, place: str = "") -> Problem:
    """A table is larger than a limit allows."""
    from validator.language.limits import LIMIT  # noqa: PLC0415 - only for a mistake

    row = LIMIT[limit]
    number = f"{row.default:,}".replace(",", " ")
    message = Text(
        f"слишком много: {row.title.ru}, больше {number} {row.unit.ru}",
        f"too much: {row.title.en}, more than {number} {row.unit.en}",
    )
    help_ = Text("разделите таблицу на несколько файлов", "split the table into several files")
    return Problem(limit, message, help_, None, file, place)


def _problem(code: str, file: str, message: Text, help_: Text) -> Problem:
    return Problem(code, message, help_, None, file)


_A_BOOK = Text("это книга Excel, а не текст", "this is a workbook, not a text")
_AS_A_BOOK = Text("дайте файлу окончание .xlsx, .xls или .ods", "give the file an ending of .xlsx, .xls or .ods")
_ENCODING = Text("файл не читается в этой кодировке", "the file can't be read in this encoding")
_SAY_ENCODING = Text(
    f"назовите кодировку: `--encoding {'|'.join(KNOWN)}`", f"name the encoding: `--encoding {'|'.join(KNOWN)}`"
)


def _quotes(line: int) -> Text:
    return Text(f"кавычки расставлены неверно, до строки {line}", f"quotes are wrong, up to line {line}")


_SAVE_AGAIN = Text(
    'кавычка внутри текста удваивается: `""`; надёжнее сохранить таблицу заново',
    'a quote within a text is doubled: `""`; better save the table anew',
)
