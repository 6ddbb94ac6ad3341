"""From bytes to characters: size, encoding, and the characters no document may hold.

Both readers start here and refuse the same characters, raw or escaped, so that one content has one meaning
whatever its syntax. A byte order mark at the start is accepted; columns do not count it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from validator.language.limits import ReadLimits
from validator.language.source_problems import code_point, over_limit, problem
from validator.logic.problem import InputError, Problem, Span

if TYPE_CHECKING:
    import re

_BOM: Final = b"\xef\xbb\xbf"
_OTHER_BOMS: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")

# C0 and C1 controls but line feed and tab, the line breaks of Unicode (YAML 1.1 breaks lines at them, JSON
# does not), the byte order mark, halves of surrogate pairs, and the two code points libyaml can't read.
_NEVER: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    """Patterns are made when a text is met that needs them: none of these characters is a printable one."""
    import re  # noqa: PLC0415

    return re.compile(pattern)


def find_forbidden(text: str) -> str | None:
    """The first character of a key or a value that may not stand there; None when all may."""
    if text.isprintable():
        return None
    found = _pattern(f"[{_NEVER}\r]").search(text)
    return found and found.group()


def decode(data: bytes, file: str, limits: ReadLimits, first_line: int = 1) -> str:
    """The text of a file, without its byte order mark.

    Raises InputError when the file is too big, is not UTF-8, or holds a forbidden character: then the first
    place of every such character is told.
    """
    start = Span(file, first_line, 1, first_line, 2)
    if len(data) > limits.file_bytes:
        raise InputError([over_limit(limits.bytes_id, limits.file_bytes, start)])
    if _looks_like_utf16(data):
        raise InputError([problem("encoding-utf-16", start)])
    body = data[3:] if data.startswith(_BOM) else data
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        wrong = _not_utf8(data, len(data) - len(body) + error.start, file, first_line)
    else:
        _refuse_forbidden(text, file, limits, first_line)
        return text
    raise InputError([wrong])


def place(text: str, position: int, first_line: int = 1) -> tuple[int, int]:
    """Line and column of a position; slow, meant for mistakes."""
    line_start = text.rfind("\n", 0, position) + 1
    return first_line + text.count("\n", 0, position), position - line_start + 1


def forbidden(char: str, span: Span, path: str = "") -> Problem:
    """The problem of a forbidden character."""
    if "\ud800" <= char <= "\udfff":
        return problem("lone-surrogate", span, path)
    if char in "\u2028\u2029":
        return problem("line-separator", span, path, token=code_point(char))
    if char == "\ufeff":
        return problem("byte-order-mark", span, path, token=code_point(char))
    return problem("control-character", span, path, token=code_point(char))


def _refuse_forbidden(text: str, file: str, limits: ReadLimits, first_line: int) -> None:
    if text.replace("\n", "").replace("\t", "").isprintable():
        return
    first_places: dict[str, int] = {}
    for match in _pattern(f"[{_NEVER}]|\r(?!\n)").finditer(text):
        first_places.setdefault(match.group(), match.start())
        if len(first_places) == limits.errors:
            break
    if first_places:
        raise InputError(
            [forbidden(char, _one_char(text, at, file, first_line)) for char, at in first_places.items()]
        )


def _one_char(text: str, position: int, file: str, first_line: int) -> Span:
    line, column = place(text, position, first_line)
    return Span(file, line, column, line, column + 1)


def _not_utf8(data: bytes, offset: int, file: str, first_line: int) -> Problem:
    before = data[:offset].removeprefix(_BOM).decode("utf-8")
    span = _one_char(before, len(before), file, first_line)
    code = "encoding-cp1251" if _looks_like_cp1251(data) else "not-utf-8"
    return problem(code, span, offset=offset)


def _looks_like_utf16(data: bytes) -> bool:
    """Whether there is the mark of UTF-16 or UTF-32, or zero bytes at every second place only."""
    if data.startswith(_OTHER_BOMS):
        return True
    sample = data[:1024]
    few, many = sorted((sample[::2].count(0), sample[1::2].count(0)))
    return few == 0 and many >= 2 and many * 8 >= len(sample)


def _looks_like_cp1251(data: bytes) -> bool:
    """Whether nearly all high bytes are Russian letters of Windows-1251, small ones above all."""
    high = [byte for byte in data if byte >= 0x80]
    capital = sum(0xC0 <= byte <= 0xDF or byte == 0xA8 for byte in high)
    small = sum(byte >= 0xE0 or byte == 0xB8 for byte in high)
    # Punctuation, № and quotes lie below 0xC0; UTF-8 has half of its bytes there, so it can't pass.
    return len(high) >= 2 and small >= capital and (capital + small) * 10 >= len(high) * 8
