"""Texts of policies are half-trusted: whatever they hold, pages show it and never obey it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from book_pages import LANGUAGES, Page, library_of, links, plain, slug

from validator.journeys.book.parts import Ref
from validator.journeys.book.whole import build_book
from validator.logic.text import Language
from validator.render.book import blocks as book_blocks
from validator.render.book.blocks import (
    Code,
    Entry,
    Heading,
    Items,
    Label,
    Link,
    Pages,
    Para,
    Strong,
    Table,
)
from validator.render.book.html import render_html
from validator.render.book.layout import lay_out, topic_page
from validator.render.book.markdown import escape, render_pages
from validator.resources import policies_folder

HOSTILE = [
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} {% include 'x' %} ${7*7}",
    "[click](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "a | b | c",
    "`code` **bold** _it_ ~~no~~",
    "# heading",
    "- item",
    "1. item",
    "2025) item",
    "> quote",
    "---",
    "===",
    "<!-- comment -->",
    "&lt;b&gt; &amp; &#60;",
    "https://example.org and www.example.org and someone@example.org",
    "line\\nbreak\n\n## forged\n\n| a | b |",
    "quotes \" and ' and =",
    "\\",
    "ends with a backslash \\",
    "$x^2$ $$y$$",
    "[^1] [[_TOC_]] [x]: http://example.org",
]
UNSEEN = ["\u202egnol", "zero\u200bwidth", "bell\x07", "line\u2028separator"]


def _pages(text: str) -> Pages:
    """A page with the text in every kind of place."""
    ref = Ref("policy", "X-Y")
    blocks = (
        Heading(text),
        Para((text,)),
        Para(
            ("before ", text, " ", Strong(text), " ", Code(text), " ", Link(text, ref), " ", Link(text, "README"))
        ),
        Label(text),
        Items(((0, (text,)), (1, (text, text)))),
        Table((text, "b"), (((text,), ("x", Code(text))),), text),
        Entry(ref, text, (text,), (text,), (Para((text,)),)),
    )
    return Pages((book_blocks.Page("README", text, blocks),), {ref: "README"}, ((text, text),), ((text, text),))


@pytest.mark.parametrize("text", [*HOSTILE, *UNSEEN])
def test_html_shows_a_text_and_never_obeys_it(text: str) -> None:
    harmless, found = Page(render_html(_pages("harmless"), "ru")), Page(render_html(_pages(text), "ru"))
    assert found.mistakes == []
    assert [tag.name for tag in found.tags] == [tag.name for tag in harmless.tags]
    assert [set(tag.attributes) for tag in found.tags] == [set(tag.attributes) for tag in harmless.tags]
    assert found.raw == harmless.raw
    assert found.comments == harmless.comments
    assert [t.attributes["href"] for t in found.tags if t.name == "a"] == [
        t.attributes["href"] for t in harmless.tags if t.name == "a"
    ]
    if text in HOSTILE and "\n" not in text:
        assert text in found.texts["X-Y"]


@pytest.mark.parametrize("text", [*HOSTILE, *UNSEEN])
def test_markdown_shows_a_text_and_never_obeys_it(text: str) -> None:
    harmless, found = render_pages(_pages("harmless"))["README.md"], render_pages(_pages(text))["README.md"]
    assert len(found.splitlines()) == len(harmless.splitlines())
    assert [target for _, target in links(found)] == [target for _, target in links(harmless)]
    for line, safe in zip(found.splitlines()[1:], harmless.splitlines()[1:], strict=True):
        bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", line)  # what an escape precedes is no markup
        assert not re.search(r"[<&~${}@]|[a-zA-Z]:(?=//)|www\.", bare)
        assert [bare.count(sign) for sign in "|[]"] == [safe.count(sign) for sign in "|[]"]
        assert bare.count("**") == safe.count("**")
        assert re.match(r"\s*(#+ |- |\| |\[|\*\*|)", line)[0] == re.match(r"\s*(#+ |- |\| |\[|\*\*|)", safe)[0]  # type: ignore[index]
    if text in HOSTILE:
        assert " ".join(text.split()) in plain(found)


@pytest.mark.parametrize("text", [*HOSTILE, *UNSEEN])
def test_a_markdown_reader_finds_the_same_structure_whatever_the_text(text: str) -> None:
    """Asked of a real reader, where one is installed."""
    reader = pytest.importorskip("markdown_it").MarkdownIt("gfm-like", {"linkify": False})
    harmless, found = (
        [
            (token.type, token.level, [(child.type, child.attrs.get("href")) for child in token.children or ()])
            for token in reader.parse(render_pages(_pages(words))["README.md"])
        ]
        for words in ("harmless", text)
    )
    # A name that is no plain name is no code, and text beside it flows together with it.
    kinds = ("text", "text_special", "code_inline")
    assert [(t, lv, [c for c in kids if c[0] not in kinds]) for t, lv, kids in found] == [
        (t, lv, [c for c in kids if c[0] not in kinds]) for t, lv, kids in harmless
    ]


def test_a_plain_sentence_is_left_alone() -> None:
    assert (
        escape("С 01.06.2025: школа № 5 (Москва), «Сферум» — да!")
        == "С 01.06.2025: школа № 5 (Москва), «Сферум» — да!"
    )


@pytest.mark.parametrize(
    "name", ["../../x", "con", "Указатель", "a b", "README", "<b>", "", "a" * 300, "x.y", "-a"]
)
def test_the_page_of_a_topic_is_a_safe_and_own_name_of_a_file(name: str) -> None:
    assert re.fullmatch(r"topic-[a-z0-9-]{1,70}", topic_page(name))


def test_topics_of_unusual_names_do_not_share_a_page() -> None:
    names = ["../x", "..x", "X", "x", "Указатель", "указатель"]
    assert len({topic_page(name) for name in names}) == len(names)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped policies with a norm, an act, a row and a topic that mean harm."""
    folder = tmp_path_factory.mktemp("hostile") / "policies"
    shutil.copytree(policies_folder(), folder)
    evil = "<img src=x onerror=alert(1)> {{ 7 * 7 }} [x](https://example.org) | **b**"
    _change(
        folder / "norms/foreign-messengers/FM-BAN.yaml",
        "ru: Иностранный мессенджер в общении с гражданами",
        f'ru: "{evil}"',
    )
    _change(folder / "norms/foreign-messengers/FM-BAN.yaml", "name: a state body", f'name: "{evil}"')
    _change(folder / "sources/41-fz-2025.yaml", "ru: 41-ФЗ от 01.04.2025", f'ru: "{evil}"')
    _change(folder / "registers/foreign-messengers.yaml", "ru: Viber,", f'ru: "{evil}",')
    shutil.move(folder / "norms/users", folder / "norms/Темы & <b> (1)")
    return folder


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_policy_set_makes_sound_pages(hostile: Path, language: Language) -> None:
    pages = lay_out(build_book(library_of(hostile)), language)
    found = Page(render_html(pages, language))
    assert found.mistakes == []
    assert {tag.name for tag in found.tags} & {"img", "b", "em"} == set()
    texts = render_pages(pages)
    assert all(re.fullmatch(r"[A-Za-z0-9-]+\.md", name) for name in texts)
    anchors = {
        name: {slug(line[3:]) for line in t.splitlines() if line.startswith("## ")} for name, t in texts.items()
    }
    for name, text in texts.items():
        assert "{{" not in text
        assert not re.search(r"(?<!\\)<(?!!-- sverka docs)", text), name
        for _, target in links(text):
            home, _, anchor = target.partition("#")
            assert not anchor or anchor in anchors[home or name], target
    if language == "ru":
        assert "<img src=x onerror=alert(1)> {{ 7 * 7 }}" in found.texts["FM-BAN"]
