"""The book as Markdown pages that GitHub, GitLab and editors show alike.

The heading of a section is its bare name, so its anchor is that name in lower case everywhere. Text of policies is
escaped: it can form no markup, no HTML and no link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from validator.journeys.book.parts import Ref
from validator.render.book.blocks import (
    Block,
    Code,
    Entry,
    Heading,
    Inline,
    Items,
    Label,
    Line,
    Link,
    Page,
    Pages,
    Para,
    Strong,
    Table,
    Toc,
)
from validator.render.safe import one_line

MARK = "<!-- sverka docs: this page is made from the policies; edit them instead -->"
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~$&@])")
_AT_START = re.compile(r"[#+=-]|\d{1,9}(?=[.)])")
_AUTOLINK = re.compile(r"(?i)(?<=[a-z]):(?=//)|(?<=www)\.|(?<=mailto):|(?<=xmpp):")
_PLAIN = re.compile(r"[A-Za-z0-9._-]+(\.[A-Za-z0-9_-]+)*\Z")


def render_pages(pages: Pages) -> dict[str, str]:
    """The text of every page by the name of its file, ending in a line feed."""
    return {f"{page.name}.md": "\n".join(_page(page, pages)) + "\n" for page in pages.pages}


def escape(text: str, *, first: bool = True) -> str:
    """Text that Markdown shows as it is, on one line; characters that could forge a line are shown as escapes.

    `first`: the text opens a line, where a number or a sign would begin a list or a heading.
    """
    flat = one_line(" ".join(text.split()))
    safe = _AUTOLINK.sub(lambda found: "\\" + found[0], _SPECIAL.sub(r"\\\1", flat))
    found = _AT_START.match(safe) if first else None
    if found is None:
        return safe
    return f"{found[0]}\\{safe[found.end() :]}" if found[0].isdigit() else "\\" + safe


def _page(page: Page, pages: Pages) -> Iterator[str]:
    yield MARK
    yield ""
    yield f"# {escape(page.title)}"
    first = pages.pages[0]
    if page is not first:
        yield ""
        yield f"[{escape(first.title)}]({first.name}.md)"
    for block in page.blocks:
        yield from _block(block, page.name, pages)


def _block(block: Block, page: str, pages: Pages) -> Iterator[str]:
    yield ""
    match block:
        case Para(content):
            yield _line(content, page, pages)
        case Label(text):
            yield f"**{escape(text)}**"
        case Heading(text):
            yield f"## {escape(text)}"
        case Items(rows):
            for depth, content in rows:
                yield f"{'  ' * depth}- {_line(content, page, pages)}"
        case Table(head, rows):
            yield _row([escape(cell) for cell in head])
            yield "|" + "---|" * len(head)
            for cells in rows:
                yield _row([_line(cell, page, pages) for cell in cells])
        case Toc(title, links):
            yield f"## {escape(title)}"
            yield ""
            for link in links:
                yield f"- {_line((link,), page, pages)}"
        case Entry(ref, title, _, _, blocks):
            yield f"## {escape(ref.name)}"
            yield ""
            yield f"**{escape(title)}**"
            for inner in blocks:
                yield from _block(inner, page, pages)
        case _:
            assert_never(block)


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _line(content: Line, page: str, pages: Pages) -> str:
    """Inline parts as one line."""
    return "".join(_inline(part, page, pages, first=index == 0) for index, part in enumerate(content))


def _inline(part: Inline, page: str, pages: Pages, *, first: bool) -> str:
    match part:
        case str():
            return _spaced(part, first=first)
        case Code(text):
            return f"`{text}`" if _PLAIN.match(text) else escape(text, first=first)
        case Strong(text):
            return f"**{escape(text)}**"
        case Link(text, to):
            return f"[{escape(text)}]({_target(to, page, pages)})"
        case _:
            assert_never(part)


def _spaced(text: str, *, first: bool) -> str:
    """Escaped text that keeps the space at its ends, where it meets the next part."""
    if not text.strip():
        return " " if text and not first else ""
    before = " " if text[0].isspace() and not first else ""
    after = " " if text[-1].isspace() else ""
    return before + escape(text, first=first) + after


def _target(to: Ref | str, page: str, pages: Pages) -> str:
    if isinstance(to, str):
        return f"{to}.md"
    home = pages.home[to]
    return f"{'' if home == page else home + '.md'}#{to.name.lower()}"
