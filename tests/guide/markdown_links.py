"""Links of Markdown files, followed to a file and to a heading in it, the way GitHub names headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

_BLOCK = re.compile(r"^ *(```+|~~~+).*?^ *\1 *$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)|^\[[^\]]+\]: +(\S+)", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} +(.+?)(?: +#+)? *$", re.MULTILINE)
_ANCHOR = re.compile(r"<a +(?:id|name)=\"([^\"]+)\"")
_ELSEWHERE = re.compile(r"^[a-z][a-z0-9+.-]*:")


def without_blocks(page: str) -> str:
    """A page without its fenced blocks."""
    return _BLOCK.sub("", page)


def inline_codes(page: str) -> list[str]:
    """What stands between backticks in the prose, on one line each."""
    return [re.sub(r"\s+", " ", found[2]) for found in _CODE.finditer(without_blocks(page))]


def links(page: str) -> list[str]:
    """The targets of the links of a page, in order."""
    prose = _CODE.sub("code", without_blocks(page))
    return [found[1] or found[2] for found in _LINK.finditer(prose)]


def broken_links(file: Path) -> Iterator[str]:
    """What is wrong with the links of a file that point to other files or to headings."""
    for target in links(file.read_text("utf-8")):
        if _ELSEWHERE.match(target):
            continue
        path, _, anchor = unquote(target).partition("#")
        place = file.parent / path if path else file
        if not place.exists():
            yield f"{file}: no such file: {target}"
        elif anchor and anchor not in _anchors(place):
            yield f"{file}: no such heading: {target}"


@cache
def _anchors(file: Path) -> frozenset[str]:
    page = without_blocks(file.read_text("utf-8"))
    seen: Counter[str] = Counter()
    found = {*_ANCHOR.findall(page)}
    for heading in _HEADING.findall(page):
        slug = _slug(heading)
        found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
    return frozenset(found)


def _slug(heading: str) -> str:
    """Lower case, spaces as hyphens, nothing but letters, digits, `-` and `_`; of a link its text."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
