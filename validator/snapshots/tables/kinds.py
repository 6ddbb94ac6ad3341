"""What a cell may say, by the kind of its field: one small function for each.

None of them guesses. What has two meanings is refused, with what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from validator.language.nodes import Scalar
from validator.language.structure import nearest
from validator.language.vocabulary import ROOT
from validator.logic.shape import FieldShape, Kind
from validator.logic.text import Text
from validator.snapshots.integrity import inn_is_valid
from validator.snapshots.tables.fields import INN
from validator.snapshots.tables.grid import Cell
from validator.snapshots.tables.words import (
    DASHES,
    EMPTY_SETS,
    NO,
    YES,
    folded,
    has_short_year,
    levelled,
    parse_table_day,
    parse_table_month,
    spelled,
)
from validator.snapshots.values import RefusalError, read_value

if TYPE_CHECKING:
    from validator.snapshots.tables.convert import Converter

_SEPARATORS: Final = re.compile(r"[;,\n]")
_INTEGER: Final = re.compile(r"-?[0-9]+")
_DECIMAL: Final = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_ROUNDED: Final = re.compile(r"-?[0-9][.,][0-9]+e\+?[0-9]+", re.IGNORECASE)
# The lengths that identifiers may have; one digit less is a first zero that a spreadsheet took.
LENGTHS: Final = {INN: (10, 12), f"{ROOT}.ogrn": (13, 15), f"{ROOT}.oktmo": (8, 11), f"{ROOT}.region": (2,)}


def words_of(shape: FieldShape) -> dict[str, str]:
    """Folded words and titles of an enum, in both languages → its words; no title that two of them have."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for word, title in shape.values.items():
        for text in {folded(title.ru), folded(title.en)} - {folded(word)}:
            if text in found:
                twice.add(text)
            found[text] = word
    return {text: word for text, word in found.items() if text not in twice} | {folded(w): w for w in shape.values}


def _boolean(of: Converter, cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    word = folded(cell) if isinstance(cell, str) else (_digits(cell) or "")
    if word in DASHES:
        if of.with_plus:
            return "false"
        raise of.refused("cell-dash", _DASH)
    if word in YES or word in NO:
        return "true" if word in YES else "false"
    raise of.refused("cell-boolean", _BOOLEAN)


def _integer(of: Converter, cell: Cell) -> str:
    text = _digits(cell)
    if text is None or not _INTEGER.fullmatch(text):
        raise of.refused("cell-number", Text("пишите целое число цифрами", "write a whole number in digits"))
    number = str(int(text)) if len(text) < 20 else text
    read_value(Scalar(number, "number", 1, 1, 1, 1), of.shape, of.names, None)
    return number


def _decimal(of: Converter, cell: Cell) -> str:
    text = _digits(cell)
    text = text.removesuffix("%") if text is not None else None
    if text is None or len(text) > 30 or not _DECIMAL.fullmatch(text):
        raise of.refused("cell-number", Text("пишите число: `50,01`", "write a number: `50.01`"))
    number = Decimal(text.replace(",", "."))
    if of.column.share and not isinstance(cell, str):
        number *= 100
    plain = f"{number:f}"
    exact = isinstance(cell, str) or "." not in plain  # a text is taken at its word, zeros and all
    return of.checked(plain if exact else plain.rstrip("0").rstrip("."))


def _digits(cell: Cell) -> str | None:
    """A number as text without its spaces; a whole one without a point."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, float | int):
        return str(int(cell)) if cell == cell // 1 and abs(cell) < 2**53 else f"{Decimal(repr(cell)):f}"
    return levelled(cell).replace(" ", "").replace("\u2212", "-") if isinstance(cell, str) else None


def _day(of: Converter, cell: Cell) -> str:
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return of.checked(cell.isoformat())
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return of.checked(_serial_day(of, cell).isoformat())
    if not isinstance(cell, str):
        raise of.refused("cell-date", _date_help(of.shape))
    found = parse_table_day(cell)
    if found is None:
        if has_short_year(cell):
            raise of.refused("two-digit-year", _SHORT)
        raise of.refused("cell-date", _date_help(of.shape))
    return of.checked(found.isoformat())


def _serial_day(of: Converter, number: float) -> date:
    """The day of a number of days. Raises `RefusalError` unless the mapping says that these are days."""
    if not of.column.serial_dates:
        raise of.refused("serial-date", _SERIAL)
    whole = int(number)
    if of.date1904:
        start, least = date(1904, 1, 1), 0
    else:
        start, least = (
            date(1899, 12, 30),
            61,
        )  # before that day, the calendar of spreadsheets has one that never was
    if not least <= whole <= 2_958_465:
        raise of.refused("cell-date", _date_help(of.shape))
    try:
        return start + timedelta(days=whole)
    except OverflowError:
        raise of.refused("cell-date", _date_help(of.shape)) from None


def _month(of: Converter, cell: Cell) -> str:
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        cell = _serial_day(of, cell)
    text = cell.isoformat() if isinstance(cell, date) else cell
    found = parse_table_month(text) if isinstance(text, str) else None
    if found is None:
        raise of.refused("cell-date", Text("пишите месяц: `11.2025`", "write a month: `2025-11`"))
    return of.checked(found)


def _word(of: Converter, cell: Cell) -> str:
    text = _text_of(of, cell)
    found = of.enum_words.get(folded(text))
    if found is None:
        raise of.refused("cell-value", _choice(of.shape, text))
    return spelled(found)


def _text(of: Converter, cell: Cell) -> str:
    return of.checked(_text_of(of, cell))


def _text_of(of: Converter, cell: Cell) -> str:
    if isinstance(cell, str):
        return levelled(cell)
    text = _digits(cell)
    if text is None or not _INTEGER.fullmatch(text):
        raise of.refused("cell-text", Text("пишите текст", "write a text"))
    return text


def _identifier(of: Converter, cell: Cell) -> str:
    lengths = LENGTHS.get(of.column.place.path)
    if lengths is None:
        return of.checked(pseudonym_of(of, cell, of.shape))
    text = _digits(cell) or ""
    if _ROUNDED.fullmatch(text):
        raise of.refused("number-rounded", _ROUND)
    text = text.removeprefix("'")
    if not (text.isascii() and text.isdigit()):
        raise of.refused("cell-identifier", of.shape.description)
    if len(text) + 1 in lengths and len(text) not in lengths:
        text = _restored(of, text)
    return of.checked(text)


def _restored(of: Converter, text: str) -> str:
    """The identifier with its first zero. Raises `RefusalError` where that is not allowed or does not agree."""
    whole = f"0{text}"
    if of.column.place.path == INN and not inn_is_valid(whole):
        raise of.refused("cell-identifier", of.shape.description)
    if not of.restore_zeros:
        raise RefusalError(
            "lost-zeros",
            Text(
                f"«{of.shape.title.ru}»: потерян ноль в начале",
                f"“{of.shape.title.en}”: the zero at the start is lost",
            ),
            Text(
                "сделайте столбец текстовым и впишите ноль, либо укажите в сопоставлении `lost_zeros: restore`",
                "make the column text and write the zero, or put `lost_zeros: restore` into the mapping",
            ),
        )
    of.restored += 1
    return whole


def pseudonym_of(of: Converter, cell: Cell, shape: FieldShape) -> str:
    """The pseudonym that a cell holds or stands for."""
    text = _text_of(of, cell)
    if of.column.pseudonym:
        return of.pseudonyms.of(text, of.column.prefix or own_prefix(shape))
    return of.column.prefix + text


def own_prefix(shape: FieldShape) -> str:
    """What pseudonyms of this kind begin with: `h_`."""
    return shape.pattern[1:3]


def _set(of: Converter, cell: Cell) -> str:
    if isinstance(cell, str) and folded(cell) in EMPTY_SETS:
        return "[]"
    whole = _text_of(of, cell)
    found: list[str] = []
    for text in [whole] if folded(whole) in of.enum_words else _items(of, cell, whole):
        found.extend(_member(of, text))
    return of.checked_set(found)


def _items(of: Converter, cell: Cell, whole: str) -> Iterable[str]:
    told = of.column.separator
    parts = whole.split(told) if told else _SEPARATORS.split(cell if isinstance(cell, str) else whole)
    return (part for part in map(levelled, parts) if part)


def _member(of: Converter, text: str) -> list[str]:
    import json  # noqa: PLC0415 - sets of words are rare

    if folded(text) in of.column.words:
        told: list[str] = json.loads(of.column.words[folded(text)])
        return told
    match of.shape.item:
        case Kind.ENUM:
            word = of.enum_words.get(folded(text))
            if word is None:
                raise of.refused("cell-value", _choice(of.shape, text))
            return [word]
        case Kind.REF:
            return [pseudonym_of(of, text, of.shape)]
        case _:
            return [text]


def _instant(of: Converter, cell: Cell) -> str:
    if not isinstance(cell, str):
        raise of.refused("cell-date", of.shape.description)
    return of.checked(levelled(cell))


def _nothing(of: Converter, cell: Cell) -> str:
    raise AssertionError(f"no column holds a {of.shape.kind}: {type(cell)}")


READERS: Final[dict[Kind, Callable[[Converter, Cell], str]]] = {
    Kind.BOOLEAN: _boolean,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _day,
    Kind.MONTH: _month,
    Kind.ENUM: _word,
    Kind.TEXT: _text,
    Kind.SERVICE: _text,
    Kind.ID: _identifier,
    Kind.REF: _identifier,
    Kind.SET: _set,
    Kind.INSTANT: _instant,
    Kind.RECORD: _nothing,
    Kind.LIST: _nothing,
}


# --- what to write instead ----------------------------------------------------------------------------------------


def _choice(shape: FieldShape, text: str) -> Text:
    """The words there are, the nearest alone where there is one."""
    ru = nearest(folded(text), [folded(title.ru) for title in shape.values.values()])
    en = nearest(folded(text), [folded(title.en) for title in shape.values.values()])
    words = Text(
        "; иные слова переводит `values` в сопоставлении", "; `values` of the mapping translates other words"
    )
    return Text(ru.ru + words.ru, en.en + words.en)


def _date_help(shape: FieldShape) -> Text:
    ru = "".join(f", `{SAID[word].ru}`" for word in shape.special)
    en = "".join(f", `{SAID[word].en}`" for word in shape.special)
    return Text(f"пишите дату: `14.11.2025`{ru}", f"write a date: `2025-11-14`{en}")


SAID: Final = {
    "never": Text("никогда", "never"),
    "ongoing": Text("продолжается", "ongoing"),
    "open_ended": Text("бессрочно", "open_ended"),
    "none": Text("преемника нет", "none"),
}
_BOOLEAN: Final = Text(
    "пишите `да`, `нет` или `неизвестно`; иные слова переводит `values` в сопоставлении",
    "write `yes`, `no` or `unknown`; `values` of the mapping translates other words",
)
_DASH: Final = Text(
    "прочерк значит «нет» только в столбце, где стоит и `+`; напишите `нет` или `неизвестно`",
    "a dash means “no” only in a column that also has a `+`; write `no` or `unknown`",
)
_SHORT: Final = Text("год пишите четырьмя цифрами: `14.11.2025`", "write the year in four digits: `2025-11-14`")
_SERIAL: Final = Text(
    "это число, а не дата: задайте ячейкам вид «Дата» или укажите в сопоставлении `serial_dates: true`",
    "this is a number, not a date: format the cells as dates, or put `serial_dates: true` into the mapping",
)
_ROUND: Final = Text(
    "число записано с порядком (`7,8E+09`), цифры потеряны: сделайте столбец текстовым и впишите номер",
    "the number is written with an exponent (`7.8E+09`), its digits are lost: make the column text and write"
    " it anew",
)
