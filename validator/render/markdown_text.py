"""Text of others within Markdown: shown as it is, and nothing but text. Every document in Markdown uses this piece.

The book of policies does not: its pages are edited and compared by people, so it escapes by backslashes.
"""

from __future__ import annotations

import re

from validator.render.safe import one_line

_SIGNS = re.compile(r":(?! )|(?<![0-9])\.|\.(?![0-9])|[!-'*+/<-@\[-`{-~-]")
# What makes a mention or a reference of the word after it.
_CALLING = re.compile(r"(&#(?:33|35|36|37|38|64|94|126);)(?=[^\s&])")


def quiet(text: str) -> str:
    """The text on one line, without markup, table, link or HTML, and calling nobody.

    Signs are written as references. Left as they are: `,` `;` and parentheses, a colon before a space, and a point
    between digits; none of them begins anything without another sign. What comes of it is searched for `@name` and
    `#1` once more by GitHub and GitLab, so there an unseen sign parts the two.
    """
    return _CALLING.sub("\\1&#8203;", _SIGNS.sub(lambda found: f"&#{ord(found[0])};", one_line(text)))
