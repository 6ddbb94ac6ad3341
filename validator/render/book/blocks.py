"""The pages of the book as blocks: one layout for Markdown and HTML, in one language, with no markup in it.

Text of policies is plain data here; whoever turns blocks into markup escapes every string.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from validator.journeys.book.parts import Ref


class Link(NamedTuple):
    """Words that lead to a section, or to a page by its name."""

    text: str
    to: Ref | str


class Code(NamedTuple):
    """A name as the policies write it."""

    text: str


class Strong(NamedTuple):
    """Words that stand out."""

    text: str


Inline = str | Link | Code | Strong
Line = tuple[Inline, ...]


class Para(NamedTuple):
    """A paragraph."""

    content: Line


class Label(NamedTuple):
    """The name of a part of a section."""

    text: str


class Items(NamedTuple):
    """A list; each item with its depth, 0 for the outermost."""

    rows: tuple[tuple[int, Line], ...]


class Table(NamedTuple):
    """A table. One with a `summary` may be folded away under that line."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    summary: str = ""


class Heading(NamedTuple):
    """A chapter inside a page."""

    text: str


class Toc(NamedTuple):
    """The list of all pages, under its own heading; where a page shows it all the time it needs no other place."""

    title: str
    pages: tuple[Link, ...]


class Entry(NamedTuple):
    """The section of one thing: its name and title, what it is filtered by, and what it says.

    `acts` and `kinds` are the ids of acts and of kinds of organization that a policy may be found by.
    """

    ref: Ref
    title: str
    acts: tuple[str, ...]
    kinds: tuple[str, ...]
    blocks: tuple[Block, ...]


Block = Para | Label | Items | Table | Heading | Toc | Entry


class Page(NamedTuple):
    """A page: its name (safe as the name of a file), its title, what it holds."""

    name: str
    title: str
    blocks: tuple[Block, ...]


class Pages(NamedTuple):
    """All pages in reading order, the page of every section, and what policies may be filtered by."""

    pages: tuple[Page, ...]
    home: Mapping[Ref, str]
    acts: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
