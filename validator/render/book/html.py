"""The book as one HTML file that needs nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from validator.journeys.book.parts import Ref
from validator.logic.text import Language, Text
from validator.render.book.blocks import Block, Code, Inline, Line, Link, Pages, Strong
from validator.render.safe import one_line
from validator.render.web.shell import Shell, safe
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
    shell = Shell(_TEMPLATES, {"inline": _line})
    shell.environment.globals.update(form_of=_form_of, anchor=anchor, nested=nested)
    return shell.page(
        "book.html.j2",
        language,
        ["book.css"],
        ["book.js"],
        mark=safe(MARK),
        pages=pages,
        words={name: say(text, language) for name, text in _WORDS.items()},
    )


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
