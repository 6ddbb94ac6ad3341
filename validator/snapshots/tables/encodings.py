"""The encoding of a text file, told apart by what Russian tables are written in, without any guessing library.

A byte order mark, then strict UTF-8, then UTF-16 by its zero bytes, then cp1251 or cp866, whichever gives the more
Russian text. What was chosen is told to the user, whose word wins.
"""

from __future__ import annotations

import codecs
from typing import Final

from validator.logic.named_tuple import NamedTuple

# As users name them; other names that Python knows are taken too.
KNOWN: Final = ("utf-8", "cp1251", "cp866", "utf-16")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
# How often letters occur in Russian texts, per thousand, rounded; what matters is their order.
_FREQUENT: Final = {
    "о": 110, "е": 85, "а": 80, "и": 74, "н": 67, "т": 63, "с": 55, "р": 47, "в": 45, "л": 44, "к": 35, "м": 32,
    "д": 30, "п": 28, "у": 26, "я": 20, "ы": 19, "ь": 17, "г": 17, "з": 16, "б": 16, "ч": 14, "й": 12, "х": 10,
    "ж": 9, "ш": 7, "ю": 6, "ц": 5, "щ": 4, "э": 3, "ф": 3, "ъ": 1, "ё": 1,
}  # fmt: skip
_EXPECTED_BESIDE: Final = frozenset("№«»–—…°§\u00a0")
_SAMPLE: Final = 200_000


class Decoded(NamedTuple):
    """A text, the encoding it was read in, and whether that was a choice of ours."""

    text: str
    encoding: str
    chosen: bool


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The text of a file. Raises `UnicodeDecodeError` where the encoding does not fit, `LookupError` for names."""
    if encoding is not None:
        return Decoded(data.decode(_named(encoding)).removeprefix("\ufeff"), encoding, False)
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(codec), name, False)
    try:
        if b"\0" not in data and _is_written(text := data.decode("utf-8")):
            return Decoded(text, "utf-8", False)
    except UnicodeDecodeError:
        pass
    if (wide := _utf_16(data)) is not None:
        return Decoded(data.decode(wide), wide, True)
    if b"\0" in data:
        raise UnicodeDecodeError("utf-8", data, data.index(b"\0"), data.index(b"\0") + 1, "a zero byte")
    sample = data[:_SAMPLE]
    best = max(("cp1251", "cp866"), key=lambda name: _likeness(sample.decode(name, "replace")))
    return Decoded(data.decode(best), best, True)


def _is_written(text: str) -> bool:
    """Whether a text has no characters that do not exist: short texts in cp866 may look like UTF-8 of those."""
    import unicodedata  # noqa: PLC0415 - few texts have any so far out

    far = {char for char in set(text) if char > "\uffff"}
    return not any(unicodedata.category(char) in ("Cn", "Co") for char in far)


def _named(encoding: str) -> str:
    """The codec for texts of that name. Raises `LookupError`."""
    codec = codecs.lookup(encoding)
    if not codec._is_text_encoding:
        raise LookupError(encoding)
    return "utf-8-sig" if codec.name == "utf-8" else codec.name


def _utf_16(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of digits, signs and line ends is zero, or 4 for Russian letters."""
    sample = data[:_SAMPLE]
    if len(sample) < 4 or len(data) % 2:
        return None
    even, odd = sample[::2], sample[1::2]
    for high, name in ((odd, "utf-16-le"), (even, "utf-16-be")):
        if b"\0" in high and (high.count(0) + high.count(4)) * 10 >= len(high) * 9:
            return name
    return None


def _likeness(text: str) -> int:
    """How Russian a text is. Letters that change case within a word, and rare signs, speak against it."""
    found, before = 0, " "
    for char in text:
        if char > "\x7f":
            weight = _FREQUENT.get(char.lower())
            if weight is None:
                found += 0 if char in _EXPECTED_BESIDE else -60
            else:
                found += weight - (90 if char.isupper() and before.islower() else 0)
        before = char
    return found
