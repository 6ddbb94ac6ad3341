"""A quick look at a settings file for the one setting that is needed before anything is read: the language.

No YAML and no TOML reader is imported for it. It sees `lang` where it stands alone on a line, which is how the
strict reading of `settings_file.py` demands it, so the two never disagree.
"""

from __future__ import annotations

import re

from validator.logic.text import Language

_LINE = rb"[ \t]*[\"']?(ru|en)[\"']?[ \t]*(?:#.*)?\r?$"
_YAML = rb"^lang:(?=[ \t])" + _LINE
_TOML = rb"^[ \t]*lang[ \t]*=" + _LINE
_TABLE = rb"^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*sverka[ \t]*\][ \t]*(?:#.*)?\r?$"
_NEXT_TABLE = rb"^[ \t]*\["


def look(name: str, data: bytes) -> tuple[bool, Language | None]:
    """Whether the file holds settings at all, and the language they name, as far as can be seen at a glance."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if name != "pyproject.toml":
        return True, _language(re.search(_YAML, data, re.MULTILINE))
    start = re.search(_TABLE, data, re.MULTILINE)
    if start is None:
        return False, None
    rest = data[start.end() :]
    end = re.search(_NEXT_TABLE, rest, re.MULTILINE)
    return True, _language(re.search(_TOML, rest[: end.start()] if end else rest, re.MULTILINE))


def _language(found: re.Match[bytes] | None) -> Language | None:
    if found is None:
        return None
    return "en" if found[1] == b"en" else "ru"
