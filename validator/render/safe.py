"""Text of others made safe for a terminal: nothing an organization wrote can move the cursor or forge a line."""

from __future__ import annotations

import unicodedata

# Control, format (bidi, zero-width), surrogate and private characters, and line separators of every kind.
_UNSAFE = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def one_line(text: str) -> str:
    """The text on one line, with every unsafe character shown as its escape."""
    if text.isprintable():  # then no character is of these categories
        return text
    return "".join(
        char.encode("unicode_escape").decode("ascii") if unicodedata.category(char) in _UNSAFE else char
        for char in text
    )
