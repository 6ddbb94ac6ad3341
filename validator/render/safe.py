"""Text of others made safe for a terminal: nothing an organization wrote can move the cursor or forge a line.

Nor can it command a CI server, which reads the log of a job line by line. GitHub takes `::name …::` that begins
a line, spaces aside, for a command, and `##[name]` anywhere in it; others heed `##vso[…]` and `##teamcity[…]`.
"""

from __future__ import annotations

import re

# Control, format (bidi, zero-width), surrogate and private characters, and line separators of every kind.
_UNSAFE = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
# Patterns are made when a text is met that needs them.
_HASH = r"(?<=#)#(?=[A-Za-z]*\[)"
_COLON = r"(?m)^([^\S\n]*):(?=:)"


def one_line(text: str) -> str:
    """The text on one line, with every unsafe character shown as its escape."""
    if text.isprintable():  # then no character is of these categories
        return text
    import unicodedata  # noqa: PLC0415 - most texts are printable

    return "".join(
        char.encode("unicode_escape").decode("ascii") if unicodedata.category(char) in _UNSAFE else char
        for char in text
    )


def log_line(text: str) -> str:
    """The text as one whole line of output that is no command: `\\::error::`, `#\\#[error]`."""
    return unheard(one_line(text), sign=r"\#", colon=r"\:")


def unheard(text: str, sign: str, colon: str) -> str:
    """The lines with what makes a command of one written otherwise: a `#` as `sign`, a `:` as `colon`."""
    if "##" in text:
        text = re.sub(_HASH, lambda _: sign, text)
    return re.sub(_COLON, lambda found: found[1] + colon, text) if "::" in text else text
