"""The book as one HTML file that needs nothing else: no request, no font, no image; it works from a disk.

The policy says so to the browser, too: nothing may be loaded, and only the style and the script of this file run,
known by their digests. Every text goes through the escaping of the template engine; no text is ever a template.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from validator.journeys.book.parts import Ref
from validator.logic.text import Language, Text
from validator.render.book.blocks import Block, Code, Inline, Line, Link, Pages, Strong
from validator.render.safe import one_line
from validator.render.words import say

if TYPE_CHECKING:
    from markupsafe import Markup

MARK = "<!-- sverka docs: this file is made from the policies; edit them instead -->"
_TEMPLATES = Path(__file__).with_name("templates")
_WORDS = {
    "skip": Text("К содержанию книги", "Skip to the book"),
    "contents": Text("Содержание", "Contents"),
    "search": Text("Поиск по политикам", "Search the policies"),
    "words": Text("Слова", "Words"),
    "act": Text("Акт", "Act"),
    "kind": Text("Вид организации", "Kind of organization"),
    "any": Text("любой", "any"),
    "reset": Text("Показать всё", "Show all"),
    "shown": Text("Показано разделов:", "Sections shown:"),
    "nothing": Text("Ничего не найдено: измените условия поиска.", "Nothing was found: change the search."),
}


def render_html(pages: Pages, language: Language) -> str:
    """The whole book. Raises ModuleNotFoundError when the template engine (`sverka[report]`) is not installed."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - an extra

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["inline"] = _line
    environment.filters["flat"] = one_line
    environment.globals.update(form_of=_form_of, anchor=anchor, nested=nested)
    style, script = _asset("book.css"), _asset("book.js")
    text = environment.get_template("book.html.j2").render(
        mark=_safe(MARK),
        language=language,
        pages=pages,
        words={name: say(text, language) for name, text in _WORDS.items()},
        style=_safe(style),
        script=_safe(script),
        style_digest=_digest(style),
        script_digest=_digest(script),
    )
    return text if text.endswith("\n") else text + "\n"


def anchor(to: Ref | str) -> str:
    """The id of a section, or of a chapter by the name of its page. Policies have theirs bare."""
    if isinstance(to, str):
        return f"chapter-{to}"
    return to.name if to.kind == "policy" else f"{to.kind}-{to.name}"


class Branch(NamedTuple):
    """An item of a list with the items below it."""

    line: Line
    below: list[Branch]


def nested(rows: tuple[tuple[int, Line], ...]) -> list[Branch]:
    """A list with depths as a tree."""
    root: list[Branch] = []
    levels = [root]
    for depth, line in rows:
        del levels[depth + 1 :]
        item = Branch(line, [])
        levels[-1].append(item)
        levels.append(item.below)
    return root


def _form_of(block: Block) -> str:
    return type(block).__name__


def _line(content: Line) -> Markup:
    from markupsafe import Markup  # noqa: PLC0415 - comes with the template engine

    return Markup("").join(_inline(part) for part in content)


def _inline(part: Inline) -> Markup:
    from markupsafe import Markup, escape  # noqa: PLC0415

    match part:
        case str():
            return escape(one_line(part))
        case Code(text):
            return Markup("<code>{}</code>").format(one_line(text))
        case Strong(text):
            return Markup("<strong>{}</strong>").format(one_line(text))
        case Link(text, to):
            return Markup('<a href="#{}">{}</a>').format(anchor(to), one_line(text))


def _safe(text: str) -> Markup:
    """A text of this package, not of any policy, that is markup already."""
    from markupsafe import Markup  # noqa: PLC0415

    return Markup(text)


def _asset(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """The digest by which a content security policy knows an inline style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
