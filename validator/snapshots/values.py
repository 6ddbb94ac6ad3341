"""Typing the values of a snapshot: from a scalar as written to a value of the kind that the schema asks for.

Nothing is guessed: JSON spells its types and must spell the right one; a YAML scalar is read as written. A
message never repeats a value, because a value may be personal.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from validator.language.names import ReferenceNames
from validator.language.nodes import Node, Scalar, Sequence
from validator.language.structure import nearest, parse_day, parse_decimal, parse_integer
from validator.logic.shape import FieldShape, Kind
from validator.logic.text import Text
from validator.logic.values import OngoingDay, SpecialDay, Value, month_end

NULLS = ("", "~", "null", "Null", "NULL")


class RefusalError(Exception):
    """A value that its field can't hold: the code, the message and what to do.

    `node` is the part of the value that is at fault, None for the whole; `others` are the other faulty items of
    a set.
    """

    def __init__(self, code: str, message: Text, help_: Text, node: Node | None = None) -> None:
        super().__init__(message.en)
        self.code = code
        self.message = message
        self.help = help_
        self.node = node
        self.others: list[RefusalError] = []


def is_null(node: Node) -> bool:
    """Whether the writer left the value out in a way that says neither “unknown” nor “none”."""
    return isinstance(node, Scalar) and (node.kind == "null" or (node.kind == "plain" and node.text in NULLS))


def is_unknown(node: Node) -> bool:
    """Whether the value says `unknown`."""
    return isinstance(node, Scalar) and node.is_text and node.text == "unknown"


def read_value(node: Node, shape: FieldShape, names: ReferenceNames, as_of: date | None) -> Value | None:
    """The value of a field; None for a word that counts as unknown. Raises `RefusalError`.

    `ongoing` is the snapshot's own day, `as_of`.
    """
    if shape.kind is Kind.SET:
        return _read_set(node, shape, names)
    if not isinstance(node, Scalar):
        raise _wrong_type(shape, shape.kind)
    return _read_scalar(node, shape, shape.kind, names, as_of)


def _read_set(node: Node, shape: FieldShape, names: ReferenceNames) -> frozenset[str]:
    if not isinstance(node, Sequence):
        raise _wrong_type(shape, Kind.SET)
    found: set[str] = set()
    refusals: list[RefusalError] = []
    for item in node.items:
        try:
            value = _read_member(item, shape, names)
            if value in found:
                raise RefusalError(
                    "repeated-value",
                    Text("значение в списке повторяется", "a value is repeated in the list"),
                    Text("оставьте каждое по одному разу", "keep each of them once"),
                    item,
                )
            found.add(value)
        except RefusalError as refusal:
            refusals.append(refusal)
    if refusals:
        refusals[0].others = refusals[1:]
        raise refusals[0]
    return frozenset(found)


def _read_member(item: Node, shape: FieldShape, names: ReferenceNames) -> str:
    kind = shape.item or Kind.TEXT
    if not isinstance(item, Scalar) or is_null(item) or is_unknown(item):
        raise _wrong_type(shape, kind, item)
    value = _read_scalar(item, shape, kind, names, None)
    assert isinstance(value, str)  # the schema has sets of words, names and references only
    return value


def _read_scalar(
    node: Scalar, shape: FieldShape, kind: Kind, names: ReferenceNames, as_of: date | None
) -> Value | None:
    text = node.text
    match kind:
        case Kind.BOOLEAN:
            if node.kind in ("plain", "true", "false") and text in ("true", "false"):
                return text == "true"
            raise _wrong_type(shape, kind, node)
        case Kind.INTEGER:
            number = parse_integer(text) if node.kind in ("plain", "number") else None
            return _within(node, shape, number)
        case _ if not node.is_text:
            raise _wrong_type(shape, kind, node)
        case Kind.DECIMAL:
            return _read_decimal(node, shape)
        case Kind.DATE:
            return _read_day(node, shape, as_of)
        case Kind.MONTH:
            first = parse_day(f"{text}-01")
            if first is None:
                raise _wrong_type(shape, kind, node)
            return month_end(first.year, first.month)
        case Kind.ENUM:
            return _read_word(node, shape)
        case Kind.SERVICE:
            return names.service(_checked_text(node, shape))
        case Kind.INSTANT:
            return _read_instant(node, shape)
        case _:
            return _checked_text(node, shape)


def _within(node: Node, shape: FieldShape, number: int | None) -> int:
    if number is None:
        raise _wrong_type(shape, Kind.INTEGER, node)
    low, high = shape.min_value, shape.max_value
    if (low is not None and number < low) or (high is not None and number > high):
        raise _out_of_range(node, shape, low, high)
    return number


def _read_decimal(node: Scalar, shape: FieldShape) -> Decimal:
    number = parse_decimal(node.text)
    if number is None:
        raise _wrong_type(shape, Kind.DECIMAL, node)
    low = shape.at_least.number if shape.at_least else None
    high = shape.at_most.number if shape.at_most else None
    if (low is not None and number < low) or (high is not None and number > high):
        raise _out_of_range(node, shape, low, high)
    _check_form(node, shape)
    return number


def _out_of_range(node: Node, shape: FieldShape, low: int | None, high: int | None) -> RefusalError:
    limits = Text(
        " ".join(part for part in (f"от {low}" * (low is not None), f"до {high}" * (high is not None)) if part),
        " ".join(part for part in (f"from {low}" * (low is not None), f"to {high}" * (high is not None)) if part),
    )
    return RefusalError(
        "out-of-range",
        Text(f"«{shape.title.ru}»: число вне пределов", f"“{shape.title.en}”: a number out of range"),
        Text(f"допустимо: {limits.ru}", f"allowed: {limits.en}"),
        node,
    )


def _read_instant(node: Scalar, shape: FieldShape) -> str:
    """A moment with its offset; both its day and its hour must exist."""
    text = _checked_text(node, shape)
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise RefusalError(
            "bad-date",
            Text(f"«{shape.title.ru}»: такого времени нет", f"“{shape.title.en}”: there is no such time"),
            Text(shape.description.ru, shape.description.en),
            node,
        ) from None
    return text


def _read_day(node: Scalar, shape: FieldShape, as_of: date | None) -> date | SpecialDay:
    if node.text in shape.special:
        if node.text == "ongoing":
            day = as_of or date.max
            return OngoingDay(day.year, day.month, day.day)
        return SpecialDay(node.text)
    found = parse_day(node.text)
    if found is None:
        words = "".join(f", `{word}`" for word in shape.special)
        raise RefusalError(
            "bad-date",
            Text(f"«{shape.title.ru}»: это не дата календаря", f"“{shape.title.en}”: not a date of the calendar"),
            Text(f"пишите ГГГГ-ММ-ДД{words}", f"write YYYY-MM-DD{words}"),
            node,
        )
    return found


def _read_word(node: Scalar, shape: FieldShape) -> str | None:
    if node.text in shape.values:
        return None if node.text in shape.unknown_values else node.text
    raise RefusalError(
        "unknown-value",
        Text(f"«{shape.title.ru}»: такого значения нет", f"“{shape.title.en}”: there is no such value"),
        nearest(node.text, shape.values),
        node,
    )


def _checked_text(node: Scalar, shape: FieldShape) -> str:
    text = node.text
    if not text.strip():
        raise _wrong_type(shape, Kind.TEXT, node)
    if text in shape.special:
        return text
    if shape.max_length and len(text) > shape.max_length:
        raise RefusalError(
            "too-long",
            Text(
                f"«{shape.title.ru}»: больше {shape.max_length} знаков",
                f"“{shape.title.en}”: more than {shape.max_length} characters",
            ),
            Text("сократите значение", "shorten the value"),
            node,
        )
    _check_form(node, shape)
    return text


def _check_form(node: Scalar, shape: FieldShape) -> None:
    if shape.pattern and not _pattern(shape.pattern).search(node.text):
        raise RefusalError(
            "bad-format",
            Text(f"«{shape.title.ru}»: неверный вид значения", f"“{shape.title.en}”: the value has a wrong form"),
            Text(shape.description.ru, shape.description.en),
            node,
        )


@lru_cache(maxsize=64)
def _pattern(pattern: str) -> re.Pattern[str]:
    # `$` of a JSON Schema pattern is the end of the text, not also the place before a final line end.
    return re.compile(pattern.removesuffix("$") + r"\Z" if pattern.endswith("$") else pattern)


_EXPECTED = {
    Kind.BOOLEAN: Text(
        "`true` или `false` без кавычек, либо `unknown`", "`true` or `false` without quotes, or `unknown`"
    ),
    Kind.INTEGER: Text("целое число цифрами, без кавычек и точки", "a whole number in digits, no quotes, no point"),
    Kind.DECIMAL: Text("число с точкой; в JSON в кавычках", "a number with a point; in JSON in quotes"),
    Kind.MONTH: Text("месяц ГГГГ-ММ", "a month YYYY-MM"),
    Kind.SET: Text("список без повторов", "a list without repeats"),
    Kind.LIST: Text("список записей", "a list of records"),
    Kind.RECORD: Text("запись с ключами", "a record with keys"),
}
_TEXT = Text("текст; в JSON в кавычках", "a text; in JSON in quotes")


def _wrong_type(shape: FieldShape, kind: Kind, node: Node | None = None) -> RefusalError:
    expected = _EXPECTED.get(kind, _TEXT)
    return RefusalError(
        "wrong-type",
        Text(f"«{shape.title.ru}»: значение другого рода", f"“{shape.title.en}”: a value of another kind"),
        Text(f"ожидается {expected.ru}", f"expected {expected.en}"),
        node,
    )


def wrong_type(shape: FieldShape, node: Node) -> RefusalError:
    """The refusal of a node that is not of its field's kind."""
    return _wrong_type(shape, shape.kind, node)
