"""What may stand in a cell: texts without what spreadsheets refuse or misread, days as days.

A sheet holds 1,048,576 rows, a cell 32,767 characters (of UTF-16, as Excel counts them) and 253 line ends.
"""

from __future__ import annotations

from datetime import date

from validator.render.safe import one_line

EXCEL_ROWS = 1_048_576
EXCEL_CHARACTERS = 32_767
EXCEL_LINE_ENDS = 253

# What a cell may hold: text, a number, a day, nothing.
Value = str | int | float | date | None

# Excel counts days from here; its year 1900 has a 29 February that never was.
_FIRST_DAY = date(1900, 3, 1)
# Of Arial 9 in a width that counts digits of Arial 10.
_CHARACTERS_PER_WIDTH = 1.17
# No characters at all; XML has no place for them.
_NO_CHARACTERS = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
# What makes a spreadsheet take a text for a formula when somebody edits the cell or saves the sheet as CSV.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\\t", "\\r")


def inert(text: str) -> str:
    """The text with every control, format and private character and lone surrogate shown as its escape (`\\x1b`).

    Line ends stay, as many as a cell may have; further ones become `; `.
    """
    if text.isprintable():
        return text
    lines = [one_line(line).translate(_NO_CHARACTERS) for line in text.split("\n")]
    return "\n".join([*lines[:EXCEL_LINE_ENDS], "; ".join(lines[EXCEL_LINE_ENDS:])] if _too_many(lines) else lines)


def _too_many(lines: list[str]) -> bool:
    return len(lines) > EXCEL_LINE_ENDS + 1


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula once it is edited."""
    return text.startswith(_FORMULA_SIGNS)


def length(text: str) -> int:
    """The number of characters as Excel counts them."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def fitted(text: str, mark: str, most: int = EXCEL_CHARACTERS) -> str | None:
    """The beginning of a text that is too long for a cell, ending with the mark; None when it fits as it is."""
    if len(text) <= most // 2 or length(text) <= most:
        return None
    room = most - length(mark)
    # Half a pair at the end, if any, is dropped.
    return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + mark


def lines_needed(text: str, width: float) -> int:
    """How many lines a text takes in a column of this width, where lines break between words; an estimate."""
    room = max(1, int(width * _CHARACTERS_PER_WIDTH))
    return sum(_wrapped(line, room) for line in text.split("\n")) if len(text) > room or "\n" in text else 1


def _wrapped(line: str, room: int) -> int:
    """The lines of one paragraph: words go to the next line whole, words that are too long are broken."""
    if len(line) <= room:
        return 1
    lines, used = 1, 0
    for word in line.split(" "):
        size = len(word)
        if used and used + 1 + size > room:
            lines, used = lines + 1, 0
        if size > room:
            lines, size = lines + (size - 1) // room, (size - 1) % room + 1
        used += size + (1 if used else 0)
    return lines


def day(iso: str | None) -> date | str | None:
    """A day as a spreadsheet holds it; the text itself where it is none, or before the days of Excel."""
    if iso is None:
        return None
    try:
        found = date.fromisoformat(iso)
    except ValueError:
        return iso
    return found if found >= _FIRST_DAY else iso
