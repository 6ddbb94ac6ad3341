"""Says what is wrong where JSON does not go on as it must, by the sign that stands there."""

from __future__ import annotations

from typing import Final, Literal, assert_never

Expected = Literal["value", "key", "colon", "comma", "end"]

_WRONG_QUOTES: Final = "'`‘’‚“”„«»"
_NOT_FINITE: Final = ("NaN", "Infinity", "-Infinity", "-NaN", "nan", "inf", "-inf")


def unexpected(text: str, position: int, expected: Expected) -> str:
    """The code of the mistake at a position where something else was expected.

    The last character of `text` stands for its end.
    """
    char = text[position]
    if position == len(text) - 1:
        return "unexpected-end"
    if char in "/#":
        return "json-comment"
    if char in _WRONG_QUOTES:
        return "wrong-quotes"
    match expected:
        case "value":
            return _instead_of_value(text, position, char)
        case "key":
            return _instead_of_key(char)
        case "colon":
            return "colon-expected"
        case "comma":
            return "bracket-mismatch" if char in "}]" else "comma-expected"
        case "end":
            return "second-document" if char in "{[" else "text-after-end"
        case _:
            assert_never(expected)


def misread(said: str, at: int, opening: int, end: int) -> tuple[str, int]:
    """The code and the position of a mistake inside quotes, from the words of the standard library.

    `opening` is the position of the quote, `end` that of the end of the text.
    """
    if at >= end or "Unterminated" in said:
        return "unclosed-quote", opening
    if "control character" in said:
        return "line-break-in-string", at
    return "bad-escape", at


def _instead_of_value(text: str, position: int, char: str) -> str:
    if text.startswith(_NOT_FINITE, position):
        return "not-finite"
    if char == "," or (char in "}]" and text[:position].rstrip(" \t\r\n").endswith(",")):
        return "trailing-comma"
    if char in "+-.0123456789":
        return "bad-number"
    return "value-expected"


def _instead_of_key(char: str) -> str:
    if char in ",}":
        return "trailing-comma"
    return "bracket-mismatch" if char == "]" else "key-expected"
