"""A snapshot given as JSON on one line as the YAML that people read: a line per fact, a line per item of a list."""

from __future__ import annotations

import json
import re
from typing import Final

# What needs no quotes in YAML, of whatever version.
_PLAIN: Final = re.compile(r"[a-z][a-z_]*[a-z0-9_]|\d{4}-\d{2}-\d{2}|[a-z]_[A-Za-z0-9_-]+")
_WORDS: Final = frozenset({"true", "false", "null", "yes", "no", "on", "off", "nan", "inf"})
_BREAKS: Final = re.compile("[\u0085\u2028\u2029\ufeff]")


def yaml_text(data: bytes) -> str:
    """The document as YAML, which says the same."""
    document: dict[str, object] = json.loads(data)
    return "".join(_entry(key, value, "") for key, value in document.items())


def _entry(key: str, value: object, indent: str) -> str:
    if isinstance(value, dict) and value:
        return f"{indent}{key}:\n" + "".join(_entry(name, inner, indent + "  ") for name, inner in value.items())
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return f"{indent}{key}:\n" + "".join(f"{indent}  - {_flow(item)}\n" for item in value)
    return f"{indent}{key}: {_flow(value)}\n"


def _flow(value: object) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_flow, value)) + "]"
        case str() if _PLAIN.fullmatch(value) and value not in _WORDS:
            return value
        case _:
            written = json.dumps(value, ensure_ascii=False)
            return _BREAKS.sub(lambda found: f"\\u{ord(found.group()):04x}", written)
