"""Personal data where none may stand: found by its form, reported by its place, never repeated.

The snapshot has no field for a phone number, an e-mail address, a СНИЛС or a name, so what looks like one in a
text is a mistake of whoever delivered it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from validator.logic.facts import Record, Snapshot
from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import Problem
from validator.logic.shape import Kind
from validator.logic.text import Text
from validator.snapshots.integrity import all_records

# What may stand between the digits of a number, once `_plain` has levelled spaces and dashes.
_GAP = r"[ .()-]{0,4}"
# A Russian number with its prefix and area code, or any number in the international form.
_PHONE_FORM = rf"(?:(?:\+?7|8){_GAP}[3489](?:{_GAP}[0-9]){{9}}|\+{_GAP}[1-9](?:{_GAP}[0-9]){{8,14}})"
_SNILS_FORM = r"(?:[0-9]{3}[ -]{1,2}[0-9]{3}[ -]{1,2}[0-9]{3}[ -]{0,2}[0-9]{2})"
_EMAIL_FORM = (
    r"[0-9A-Za-z._%+\u0400-\u04ff-]{1,64}@[0-9A-Za-z\u0400-\u04ff-]{1,63}(?:\.[0-9A-Za-z\u0400-\u04ff-]{1,63}){1,4}"
)
_CAPITAL = "[А-ЯЁ][а-яё]{1,30}"
_FULL_NAME_FORM = (
    rf"(?:{_CAPITAL}\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.|[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?{_CAPITAL}"
    rf"|{_CAPITAL}\s+[А-ЯЁ][а-яё]{{1,30}}(?:вич|вна|чна|ьич)\b)"
)
_OKTMO_LENGTHS = (8, 11)
_FREE = (Kind.TEXT, Kind.SERVICE, Kind.REF)


class _Numbers(NamedTuple):
    """Patterns of numbers that stand between characters other than those of `edge`."""

    phone: re.Pattern[str]
    snils: re.Pattern[str]
    eleven: re.Pattern[str]


@cache
def _numbers(edge: str) -> _Numbers:
    forms = (_PHONE_FORM, _SNILS_FORM, "[0-9]{11}")
    return _Numbers(*(re.compile(rf"(?<![{edge}]){form}(?![{edge}])") for form in forms))


# Patterns are made when a text has what each of them needs: most have not, and to make them takes longer.
_FEWEST_DIGITS = 9
# Of these nothing has another form, and nothing becomes another character beside its neighbours.
_AS_THEY_ARE = frozenset(map(chr, (*range(0x20, 0x7F), *range(0x410, 0x450), *map(ord, "Ёё«»"))))
_NAME_SIGNS = (".", "вич", "вна", "чна", "ьич")
# What a number must not touch: in a text, and in a pseudonym. One that was made by hashing holds runs of digits by
# chance; there a number must stand alone.
_IN_TEXT, _IN_PSEUDONYM = "0-9", "0-9A-Za-z"


def check_personal_data(snapshot: Snapshot) -> Iterator[Problem]:
    """Errors for phones, addresses and СНИЛС in any text; a warning for what looks like a full name."""
    for record in all_records(snapshot.root):
        for name, value in record.values.items():
            shape = record.shape.fields[name]
            kind = shape.item if shape.kind is Kind.SET else shape.kind
            if kind in _FREE or shape.identity:
                texts = value if isinstance(value, frozenset) else {str(value)}
                edge = _IN_PSEUDONYM if kind is Kind.REF or shape.identity else _IN_TEXT
                told = [text for text in sorted(texts) if not _is_oktmo(record, name, text)]
                yield from _check(record, name, told, edge)


def looks_personal(text: str) -> bool:
    """Whether a text holds what must not be repeated: a number, an address or a name of a person."""
    plain = _plain(text)
    return _forbidden(plain, _IN_TEXT) is not None or _holds_name(plain)


def _check(record: Record, name: str, texts: list[str], edge: str) -> Iterator[Problem]:
    span, path = record.span_of(name), record.path_of(name)
    plain = [_plain(text) for text in texts]
    for text in plain:
        what = _forbidden(text, edge)
        if what is not None:
            yield Problem(
                "personal-data",
                Text(f"похоже на {what.ru}", f"this looks like {what.en}"),
                Text(
                    "в снимке нет места персональным данным: уберите значение",
                    "a snapshot holds no personal data: remove it",
                ),
                span,
                span.file,
                path,
            )
            return
    if name != "name" and any(map(_holds_name, plain)):
        yield Problem(
            "personal-name",
            Text("похоже на имя человека", "this looks like a person's name"),
            Text("замените имя псевдонимом", "put a pseudonym in its place"),
            span,
            span.file,
            path,
            warning=True,
        )


def _plain(text: str) -> str:
    """The text with one form of digits, spaces and dashes, and without what can't be seen."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("№", "No")  # as its compatible form is
    if _AS_THEY_ARE.issuperset(text):
        return text
    import unicodedata  # noqa: PLC0415 - most texts are plain letters

    found = []
    for char in unicodedata.normalize("NFKC", text):
        category = unicodedata.category(char)
        if category == "Nd":
            found.append(str(unicodedata.decimal(char)))
        elif category == "Pd" or char == "\u2212":
            found.append("-")
        elif char.isspace():
            found.append(" ")
        elif category != "Cf":
            found.append(char)
    return "".join(found)


def _holds_name(text: str) -> bool:
    """Whether a levelled text looks like the full name of a person, or holds one."""
    return any(sign in text for sign in _NAME_SIGNS) and re.search(_FULL_NAME_FORM, text) is not None


def _forbidden(text: str, edge: str) -> Text | None:
    """What a levelled text holds that may stand nowhere, or None; a number must not touch a character of `edge`."""
    if sum(map(text.count, "0123456789")) >= _FEWEST_DIGITS:
        numbers = _numbers(edge)
        if numbers.snils.search(text) or any(_is_snils(digits) for digits in numbers.eleven.findall(text)):
            return Text("номер СНИЛС", "a SNILS number")
        if numbers.phone.search(text):
            return Text("номер телефона", "a phone number")
    if "@" in text and re.search(_EMAIL_FORM, text):
        return Text("адрес электронной почты", "an e-mail address")
    return None


def _is_snils(digits: str) -> bool:
    """Whether the two control digits of eleven fit: only then are bare digits taken for a СНИЛС."""
    control = sum(int(digit) * weight for digit, weight in zip(digits, range(9, 0, -1), strict=False)) % 101 % 100
    return int(digits[9:]) == control and len(set(digits)) > 1


def _is_oktmo(record: Record, name: str, text: str) -> bool:
    """Whether a municipality is given by its code.

    Codes of some regions begin like phone numbers; what begins like a mobile one is a code only when the code of
    the organization itself agrees.
    """
    if name != "municipality" or len(text) not in _OKTMO_LENGTHS or not (text.isascii() and text.isdigit()):
        return False
    own = str(record.values.get("oktmo", ""))
    return text[1] != "9" or own[:8] == text[:8]
