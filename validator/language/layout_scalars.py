"""How a text is spelled in the one layout: without quotes where every reader of YAML takes it for that text.

Two readers count: YAML 1.2 (ours and editors') and YAML 1.1 (most other tools). What both take for a text stands
plain. What only an old reader takes for something else (`yes`, `12:30`) is quoted. What is a number, a truth
value, nothing or a date keeps what its author said with or without quotes, because our own readers tell `true`
from `"true"`.
"""

from __future__ import annotations

import re
from typing import Any, Final

from yaml.resolver import Resolver

from validator.language.source_yaml_mistakes import misplaced_space

WIDTH: Final = 110

_DATE_TAG: Final = "tag:yaml.org,2002:timestamp"
# The core schema of YAML 1.2, and the empty scalar, which is null.
_CORE: Final = re.compile(
    r"(?:|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\Z"
)
# YAML 1.1 knows these as truth values; the resolver at hand leaves them out.
_ONE_LETTER: Final = frozenset("yYnN")
# Words of the language that stand as keys: `list: {no: C}`, `fresh: {of: C, on: f}`.
_KEY_WORDS: Final = frozenset({"on", "no"})
_NOT_FIRST: Final = frozenset("?:,[]{}#&*!|>'\"%@`")
_NOT_INSIDE: Final = re.compile(r": |:\Z| #|[\t\n]")
_NOT_IN_FLOW: Final = re.compile(r"[,?\[\]{}]")  # one reader in use ends a text at a question mark there
_PLAIN_DASH: Final = re.compile(r"-(?![ \-]|\Z)")
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_ESCAPED: Final = re.compile(r'[\\"\n\t]')
_BREAK: Final = re.compile(r"(?<=\S) (?=\S)")
_BLANK_EDGE: Final = re.compile(r"[^\S\n]$", re.MULTILINE)


def is_typed(text: str) -> bool:
    """Whether a plain scalar of that text is a number, a truth value, nothing or a date, and so no text."""
    return _CORE.match(text) is not None or _old_tag(text) == _DATE_TAG


def spelled_value(text: str, *, plain: bool, flow: bool) -> str:
    """A value on one line. `plain` says that its author wrote it without quotes, `flow` where it stands."""
    if is_typed(text):
        return text if plain else _quoted(text)
    return _quoted(text) if _is_misread(text) or _needs_quotes(text, flow) else text


def spelled_key(text: str, *, flow: bool) -> str:
    """A key. Its quotes never mean anything, so the text alone decides about them."""
    if text in _KEY_WORDS:
        return text
    quoted = is_typed(text) or _is_misread(text) or ":" in text or _needs_quotes(text, flow)
    return _quoted(text) if quoted else text


def block_lines(text: str, width: int) -> tuple[str, list[str]] | None:
    """A text over several lines: its mark (`|`, `>-` …) and its lines, none but unbreakable ones over `width`.

    None when that can't say the text exactly or is no gain: then it stands on one line.
    """
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    if ends > 1 or not body or body[0] in " \t\n" or _BLANK_EDGE.search(body):
        return None
    chomp = "" if ends else "-"
    paragraphs = body.split("\n")
    if all(len(line) <= width for line in paragraphs):
        return ("|" if "\n" in text else ">") + chomp, paragraphs
    if any(line[:1] in (" ", "\t") for line in paragraphs):
        return "|" + chomp, paragraphs
    folded: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        # A folded scalar reads a line break as a space and every empty line as a line break.
        folded += [""] if number else []
        folded += _filled(paragraph, width) if paragraph else []
    return (">" + chomp, folded) if len(folded) > 1 or ends else None


def _filled(text: str, width: int) -> list[str]:
    """The text broken at single spaces into lines of at most `width`, longer only where it has no such space."""
    lines: list[str] = []
    for word in _BREAK.split(text):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def _old_tag(text: str) -> str | None:
    """The tag YAML 1.1 gives to a plain scalar, None for text."""
    resolvers: dict[str | None, list[tuple[str, Any]]] = Resolver.yaml_implicit_resolvers
    return next((tag for tag, pattern in resolvers.get(text[:1], []) if pattern.match(text)), None)


def _is_misread(text: str) -> bool:
    return text in _ONE_LETTER or _old_tag(text) is not None


def _needs_quotes(text: str, flow: bool) -> bool:
    """Whether the syntax would take the plain text for something else, or for less than all of it."""
    return (
        text[0] in _NOT_FIRST
        or (text[0] == "-" and not _PLAIN_DASH.match(text))
        or text.startswith("...")
        or text != text.strip()
        or not text.isprintable()
        or _NOT_INSIDE.search(text) is not None
        or (flow and _NOT_IN_FLOW.search(text) is not None)
        or misplaced_space(text) is not None
    )


def _quoted(text: str) -> str:
    """In double quotes; in single ones where that saves escapes."""
    if ("\\" in text or '"' in text) and "'" not in text and "\n" not in text and "\t" not in text:
        return f"'{text}'"
    return '"' + _ESCAPED.sub(lambda found: _ESCAPES[found.group()], text) + '"'
