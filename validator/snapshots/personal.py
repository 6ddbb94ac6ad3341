"""Personal data where none may stand: found by its form, reported by its place, never repeated.

The snapshot has no field for a phone number, an e-mail address, a СНИЛС or a name, so what looks like one in a
text is a mistake of whoever delivered it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.logic.facts import Record, Snapshot
from validator.logic.problem import Problem
from validator.logic.shape import Kind
from validator.logic.text import Text
from validator.snapshots.integrity import all_records

_PHONE = re.compile(
    r"(?<![0-9])(?:\+7|[78])[ \u00a0.-]{0,3}\(?[3489][0-9]{2}\)?(?:[ \u00a0.-]{0,3}[0-9]){7}(?![0-9])"
)
_EMAIL = re.compile(
    r"[0-9A-Za-z._%+\u0400-\u04ff-]{1,64}@[0-9A-Za-z\u0400-\u04ff-]{1,63}(?:\.[0-9A-Za-z\u0400-\u04ff-]{1,63}){1,4}"
)
_SNILS = re.compile(r"(?<![0-9])[0-9]{3}-[0-9]{3}-[0-9]{3}[ -]?[0-9]{2}(?![0-9])")
_CAPITAL = "[А-ЯЁ][а-яё]{1,30}"
_FULL_NAME = re.compile(
    rf"(?:{_CAPITAL}\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.|[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?{_CAPITAL}"
    rf"|{_CAPITAL}\s+[А-ЯЁ][а-яё]{{1,30}}(?:вич|вна|чна|ьич)\b)"
)
_FORBIDDEN = (
    (_SNILS, Text("номер СНИЛС", "a SNILS number")),
    (_PHONE, Text("номер телефона", "a phone number")),
    (_EMAIL, Text("адрес электронной почты", "an e-mail address")),
)
_FREE = (Kind.TEXT, Kind.SERVICE, Kind.REF)


def check_personal_data(snapshot: Snapshot) -> Iterator[Problem]:
    """Errors for phones, addresses and СНИЛС in any text; a warning for what looks like a full name."""
    for record in all_records(snapshot.root):
        for name, value in record.values.items():
            shape = record.shape.fields[name]
            kind = shape.item if shape.kind is Kind.SET else shape.kind
            if kind in _FREE or shape.identity:
                texts = value if isinstance(value, frozenset) else {str(value)}
                yield from _check(record, name, sorted(texts))


def _check(record: Record, name: str, texts: list[str]) -> Iterator[Problem]:
    span, path = record.span_of(name), record.path_of(name)
    for pattern, what in _FORBIDDEN:
        if any(pattern.search(text) for text in texts):
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
    if name != "name" and any(_FULL_NAME.search(text) for text in texts):
        yield Problem(
            "personal-name",
            Text("похоже на имя человека", "this looks like a person's name"),
            Text("замените имя псевдонимом", "put a pseudonym in its place"),
            span,
            span.file,
            path,
            warning=True,
        )
