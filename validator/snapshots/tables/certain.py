"""Which rows of a table of organizations make a snapshot that is certainly sound, without looking at it as a whole.

Every value of a row was checked by itself when it was converted. What is left is what values say of one another and
of the day, and personal data; where none of that can matter, there is nothing more to check. As with the quick
reader, to doubt costs only time: what is not certain is read as any other snapshot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from validator.language.names import ReferenceNames
from validator.language.vocabulary import ROOT
from validator.logic.shape import Kind
from validator.snapshots.integrity import DAYS_IN_ORDER, inn_is_valid
from validator.snapshots.personal import looks_personal
from validator.snapshots.tables.fields import INN, Place
from validator.snapshots.tables.words import UNKNOWN, spelled

_REGION: Final = f"{ROOT}.region"
# Their form is all there is to check, and that was done; no part of a number is personal.
_DIGITS: Final = (f"{ROOT}.ogrn", f"{ROOT}.oktmo")
_ORDERED: Final = frozenset(name for pair in DAYS_IN_ORDER for name in pair)
# Kinds of which no value says anything of another.
_ALONE: Final = (Kind.BOOLEAN, Kind.ENUM, Kind.DATE, Kind.TEXT, Kind.ID)


def doubtful_rows(
    columns: Sequence[tuple[Place, list[str]]], as_of: str | None, names: ReferenceNames, number: int
) -> set[int]:
    """The rows that are not certain; all of them where the day of the snapshots is no constant.

    The columns hold facts as `"key":value`, "" for none. `as_of` is the constant as JSON.
    """
    if as_of is None:
        return set(range(number))
    doubts: set[int] = set()
    for place, texts in columns:
        if place.path in _DIGITS:
            continue
        if not _is_alone(place):
            doubts.update(position for position, text in enumerate(texts) if text)
            continue
        start = len(place.name) + 3  # after the key, its quotes and the colon
        kept = {text for text in set(texts) if not _is_certain(place, text[start:], as_of, names)}
        if kept:
            doubts.update(position for position, text in enumerate(texts) if text in kept)
    return doubts


def _is_alone(place: Place) -> bool:
    shape = place.shape
    kind = shape.item if shape.kind is Kind.SET else shape.kind
    bounded = any(limit is not None and limit.sibling for limit in (shape.at_least, shape.at_most))
    return kind in _ALONE and not bounded and place.name not in _ORDERED and place.record != (ROOT, "public_share")


def _is_certain(place: Place, text: str, as_of: str, names: ReferenceNames) -> bool:
    """Whether a value, as JSON or "", can't be wrong beside any others."""
    if not text or text == spelled(UNKNOWN):
        return True
    if "\\" in text:
        return False
    plain = text.strip('"')
    match place.shape.kind:
        case Kind.DATE:
            return text in _specials(place) or text <= as_of
        case Kind.TEXT:
            return plain.isprintable() and not looks_personal(plain)
        case Kind.ID if place.path == INN:
            return len(plain) == 10 and inn_is_valid(plain)
        case Kind.ID if place.path == _REGION:
            return plain in names.regions
        case Kind.ID:
            return False
        case Kind.ENUM:
            return place.name != "legal_form" or plain != "entrepreneur"
        case _:
            return True


def _specials(place: Place) -> Iterator[str]:
    return map(spelled, set(place.shape.special) - {"ongoing"})
