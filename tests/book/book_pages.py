"""The book of the shipped policies as the tests read it: HTML by a strict parser, Markdown without its escapes."""

from __future__ import annotations

import functools
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from validator.journeys.book.parts import Book
from validator.journeys.book.whole import build_book
from validator.language.library import Library, load, read_folder
from validator.language.vocabulary import read_vocabulary
from validator.logic.text import Language
from validator.render.book.html import render_html
from validator.render.book.layout import lay_out
from validator.render.book.markdown import render_pages
from validator.resources import policies_folder, schema_bytes

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES: tuple[Language, ...] = ("ru", "en")
VOID = ("meta", "input", "br", "link", "img", "hr")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\]\\])*)\]\(([^)\s]*)\)")


def library_of(folder: Path) -> Library:
    """The policies of a folder."""
    return load(read_folder(folder), read_vocabulary(schema_bytes("snapshot")))


@functools.cache
def library() -> Library:
    """The policies that ship with the product."""
    return library_of(policies_folder())


@functools.cache
def book() -> Book:
    """Their book as data."""
    return build_book(library())


@functools.cache
def markdown(language: Language) -> dict[str, str]:
    """Their book as Markdown pages."""
    return render_pages(lay_out(book(), language))


@functools.cache
def html(language: Language) -> str:
    """Their book as one HTML file."""
    return render_html(lay_out(book(), language), language)


class Tag(NamedTuple):
    """An opening tag."""

    name: str
    attributes: dict[str, str | None]


class Page(HTMLParser):
    """An HTML page: tags, the text of everything with an id, all text; and what is wrong with the nesting."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[Tag] = []
        self.texts: dict[str, str] = {}
        self.mistakes: list[str] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.comments: list[str] = []
        self._open: list[tuple[str, str | None]] = []
        self.feed(text)
        self.close()
        self.mistakes += [f"never closed: {name}" for name, _ in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if len(attributes) < len(attrs):
            self.mistakes.append(f"an attribute twice: {tag}")
        self.tags.append(Tag(tag, attributes))
        if tag in ("p", "h1", "h2", "h3", "h4") and any(
            name in ("p", "h1", "h2", "h3", "h4") for name, _ in self._open
        ):
            self.mistakes.append(f"{tag} inside {[name for name, _ in self._open]}")
        if tag == "li" and self._open[-1][0] not in ("ul", "ol"):
            self.mistakes.append("li outside a list")
        if tag not in VOID:
            name = attributes.get("id")
            if name is not None and name in self.texts:
                self.mistakes.append(f"id twice: {name}")
            if name is not None:
                self.texts[name] = ""
            self._open.append((tag, name))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            self.mistakes.append(f"{tag} closed inside {[name for name, _ in self._open]}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] in self.raw:
            self.raw[self._open[-1][0]].append(data)
            return
        for _, name in self._open:
            if name is not None:
                self.texts[name] += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_decl(self, decl: str) -> None:
        if decl != "DOCTYPE html":
            self.mistakes.append(f"declaration: {decl}")


@functools.cache
def page(language: Language) -> Page:
    """The HTML of the shipped policies, parsed."""
    return Page(html(language))


def plain(text: str) -> str:
    """Markdown as a reader sees it: no escapes, no emphasis, the words of links only."""
    text = _LINK.sub(lambda found: found[1], text)
    text = re.sub(r"(?<!\\)(\*\*|`)", "", text)
    return _ESCAPE.sub(r"\1", text)


def sections(text: str) -> dict[str, str]:
    """The sections of a Markdown page by their headings, as a reader sees them."""
    found: dict[str, str] = {}
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        heading, _, body = part.partition("\n")
        assert plain(heading) not in found, heading
        found[plain(heading)] = plain(body)
    return found


def links(text: str) -> list[tuple[str, str]]:
    """The links of a Markdown page: words and target."""
    return [(found[1], found[2]) for found in _LINK.finditer(text)]


def slug(heading: str) -> str:
    """The anchor that a site gives a heading: lower case, signs left out, spaces as hyphens."""
    kept = re.sub(r"[^\w\- ]", "", plain(heading).lower())
    return kept.replace(" ", "-")


def flat(text: str) -> str:
    """Text with all white space as single spaces, as pages show it."""
    return " ".join(text.split())
