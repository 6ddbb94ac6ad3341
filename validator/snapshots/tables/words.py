"""How people write yes, no, “not known” and “never” in tables, and how the text of a cell is levelled."""

from __future__ import annotations

import re
from datetime import date
from json.encoder import encode_basestring
from typing import Final

UNKNOWN: Final = "unknown"
NONE_WORDS: Final = frozenset({"none", "[]"})
_INVISIBLE: Final = ("\u200b", "\u2060", "\ufeff", "\u00ad")
_QUOTES: Final = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "\u2011": "-"})

YES: Final = frozenset(
    {"да", "+", "1", "есть", "имеется", "истина", "true", "yes", "y", "д", "верно", "v", "x", "х", "✓", "✔"}
)
NO: Final = frozenset({"нет", "0", "отсутствует", "не имеется", "ложь", "false", "no", "n", "н", "неверно"})
# A dash is “no” only beside a plus: else it is what people put into cells that they have nothing to say in.
DASHES: Final = frozenset({"-", "–", "—", "−"})
UNKNOWNS: Final = frozenset(
    {UNKNOWN, "неизвестно", "не известно", "нет данных", "н/д", "нд", "н.д.", "нет сведений", "сведений нет", "?",
     "не знаю", "n/a", "not known"}
)  # fmt: skip
# Words of fields that admit them.
SPECIAL: Final = {
    "never": frozenset({"никогда", "не было", "не проводилось", "never"}),
    "ongoing": frozenset({"продолжается", "по настоящее время", "по н.в.", "ongoing"}),
    "open_ended": frozenset({"бессрочно", "бессрочный", "бессрочное", "open_ended", "open-ended"}),
    "none": frozenset({"не создан", "преемника нет", "none"}),
}
EMPTY_SETS: Final = frozenset(
    {"none", "[]", "ни одного", "ничего", "никто", "никого", "нет ни одного", "отсутствуют"}
)
_MONTHS: Final = (
    "январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр",
)  # fmt: skip
_DOTTED: Final = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?:\s*г\.?|\s+0?0:00(?::00)?)?")
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
_IN_WORDS: Final = re.compile(r"(\d{1,2})\s+([а-я]+)\s+(\d{4})(?:\s*г\.?|\s+года)?")
_SHORT_YEAR: Final = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2}(?:\s*г\.?)?")
_MONTH: Final = re.compile(r"(?:(\d{4})-(\d{2})|(\d{1,2})[./](\d{4})|([а-я]+)\s+(\d{4})(?:\s*г\.?|\s+года)?)")


def levelled(text: str) -> str:
    """The text without outer, doubled, thin and no-break spaces, and without those that have no width."""
    if not text.isascii():
        for char in _INVISIBLE:
            if char in text:
                text = text.replace(char, " ")
    return " ".join(text.split())


def folded(text: str) -> str:
    """A text by which words are compared: levelled, in lower case, е for ё, one form of quotes."""
    text = levelled(text).casefold()
    return text if text.isascii() else text.replace("ё", "е").translate(_QUOTES)


def spelled(text: str) -> str:
    """A text as JSON."""
    return encode_basestring(text)


def parse_table_day(text: str) -> date | None:
    """`14.11.2025`, `2025-11-14`, `14 ноября 2025 г.`; None for anything else, a day that does not exist too."""
    text = folded(text)
    if found := _DOTTED.fullmatch(text):
        return _day(found[3], found[2], found[1])
    if found := _ISO.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if (found := _IN_WORDS.fullmatch(text)) and (month := _month_of(found[2])):
        return _day(found[3], str(month), found[1])
    return None


def has_short_year(text: str) -> bool:
    """Whether a text is a date whose year has two digits: which century is meant is not ours to say."""
    return _SHORT_YEAR.fullmatch(folded(text)) is not None


def parse_table_month(text: str) -> str | None:
    """`2025-11` of `2025-11`, `11.2025`, `ноябрь 2025 г.`; None for anything else."""
    found = _MONTH.fullmatch(folded(text))
    if found is None:
        day = parse_table_day(text)
        return None if day is None or day.day != 1 else f"{day.year:04}-{day.month:02}"
    if found[1]:
        year, month = found[1], int(found[2])
    elif found[3]:
        year, month = found[4], int(found[3])
    else:
        year, month = found[6], _month_of(found[5])
    return f"{year}-{month:02}" if 1 <= month <= 12 else None


def _month_of(word: str) -> int:
    """The number of a month by its Russian name in any case, 0 for another word."""
    for number, stem in enumerate(_MONTHS, 1):
        endings = ("й", "я", "е") if stem == "ма" else ("", "ь", "я", "а", "е")
        if word in {stem + ending for ending in endings}:
            return number
    return 0


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
