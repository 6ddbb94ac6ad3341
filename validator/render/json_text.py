"""JSON whose text is safe to show: letters of every script as they are, control and hidden characters escaped.

A reader of JSON gets the very same values; a terminal and the log of a CI server get nothing that they obey.
"""

from __future__ import annotations

import json
import re

from validator.render.safe import one_line, unheard

# Only these may hold a character that `one_line` escapes; a quick look, because reports are long.
_SUSPECT = re.compile("[\x7f-\xa0\xad\u0600-\u200f\u2028-\u202f\u2060-\u206f\ud800-\U0010ffff]")


def json_text(value: object, indent: int | None = None) -> str:
    """The value as JSON; without `indent` on one line, whatever reads the lines."""
    separators = (",", ":") if indent is None else None
    text = json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
    return unheard(_SUSPECT.sub(_shown, text), sign="\\u0023", colon="\\u003a")


def _shown(found: re.Match[str]) -> str:
    """A character, or its escape in JSON; outside of strings there are none of these."""
    char = found[0]
    return char if char.isprintable() or one_line(char) == char else json.dumps(char)[1:-1]
