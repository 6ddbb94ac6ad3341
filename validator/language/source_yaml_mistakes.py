"""Says what a YAML parser's complaint means, in plain words and with advice.

libyaml tells where it lost the thread, not what the author did; the text around that place tells more than
the words of the parser, so characters are looked at first.
"""

from __future__ import annotations

import re
from typing import Final

import yaml

from validator.language.source_problems import code_point, problem, shown
from validator.language.source_text import place
from validator.language.source_tree import ODD_SPACES, one_place
from validator.logic.problem import Problem

_ODD_SPACE: Final = re.compile(f"[{ODD_SPACES}]")
# A no-break space where YAML wants a space: before the first sign of a line, after a dash or a key's colon.
_MISPLACED_SPACE: Final = re.compile(
    rf"^[ \t]*(?:-[ ]+)*(?:-|[\"']?[A-Za-z_][\w.-]*[\"']?[ ]*:)?([{ODD_SPACES}])", re.MULTILINE
)
_TAB_IN_INDENT: Final = re.compile(r"^[ ]*(?:-[ ]*)*(\t)", re.MULTILINE)

# What the parser says → what it means; the first that fits.
_MEANINGS: Final = (
    ("scanning an alias", "yaml-alias"),
    ("scanning an anchor", "yaml-anchor"),
    ("duplicate anchors", "yaml-anchor"),
    ("directive", "yaml-directive"),
    ("%YAML", "yaml-directive"),
    ("incompatible YAML document", "yaml-directive"),
    ("tag", "yaml-tag"),
    ("Unicode character escape", "bad-escape"),
    ("escape", "bad-escape"),
    ("hexdecimal", "bad-escape"),
    ("quoted scalar", "unclosed-quote"),
    ("mapping values are not allowed", "unexpected-colon"),
    ("expected ':'", "colon-expected"),
    ("<document start>", "text-after-end"),
    ("flow sequence", "unclosed-bracket"),
    ("flow mapping", "unclosed-bracket"),
    ("flow node", "unclosed-bracket"),
    ("block collection", "bad-indent"),
    ("block mapping", "bad-indent"),
    ("block sequence", "bad-indent"),
    ("not allowed in this context", "bad-indent"),
)


def misplaced_space(text: str) -> str | None:
    """The code point of a no-break space that stands in place of a space of YAML, if there is one."""
    found = _MISPLACED_SPACE.search(text) if _ODD_SPACE.search(text) else None
    return code_point(found.group(1)) if found else None


def syntax_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """The problem behind an error of the parser."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return problem("yaml-syntax", one_place(file, 1, 1))
    mark = error.problem_mark
    first = error.context_mark or mark
    start = text.rfind("\n", 0, first.index) + 1
    end = text.find("\n", mark.index)
    lines = text[start : end if end >= 0 else len(text)]
    accident = _accident(lines)
    if accident:
        code, offset, token = accident
        line, column = place(text, start + offset)
        return problem(code, one_place(file, line, column), token=token)
    at = one_place(file, mark.line + 1, mark.column + 1)
    char = text[mark.index : mark.index + 1]
    said = f"{error.context} {error.problem}"
    if "cannot start any token" in said:
        return problem("reserved-character", at, token=shown(char))
    code = next((code for words, code in _MEANINGS if words in said), "yaml-syntax")
    if code == "unclosed-quote":
        # The parser stumbles at the end of the file; the author needs the quote that opens.
        at = one_place(file, first.line + 1, first.column + 1)
    return problem(code, at)


def _accident(lines: str) -> tuple[str, int, str] | None:
    """A no-break space or a tab in the lines the parser stumbled over: code, offset, token."""
    if _ODD_SPACE.search(lines) and (found := _MISPLACED_SPACE.search(lines)):
        return "no-break-space", found.start(1), code_point(found.group(1))
    if found := _TAB_IN_INDENT.search(lines):
        return "tab-indent", found.start(1), code_point("\t")
    return None
