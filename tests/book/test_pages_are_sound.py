"""The pages hold together: links lead somewhere, HTML is well formed and loads nothing, no language is mixed."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import pairwise

import pytest
from book_pages import LANGUAGES, Page, book, html, library, links, markdown, page, plain, slug

from validator.journeys.book.parts import PolicyPart
from validator.journeys.book.whole import build_book
from validator.logic.text import Language, Text
from validator.render.book.blocks import Heading, Items, Label, Para, Table
from validator.render.book.html import nested, render_html
from validator.render.book.layout import lay_out
from validator.render.book.markdown import render_pages

CYRILLIC = re.compile("[а-яёА-ЯЁ]")
LOADING = (
    "src",
    "srcset",
    "data",
    "poster",
    "background",
    "action",
    "formaction",
    "ping",
    "style",
    "onload",
    "onclick",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_markdown_link_leads_to_a_heading_of_a_page(language: Language) -> None:
    pages = markdown(language)
    anchors = {
        name: {slug(line.lstrip("# ")) for line in text.splitlines() if re.match(r"#{1,6} ", line)}
        for name, text in pages.items()
    }
    count = 0
    for name, text in pages.items():
        for words, target in links(text):
            home, _, anchor = target.partition("#")
            assert (home or name) in pages, (name, words, target)
            assert not anchor or anchor in anchors[home or name], (name, words, target)
            count += 1
    assert count > 1000


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_html_link_leads_to_an_id_of_the_same_file(language: Language) -> None:
    found = page(language)
    targets = [tag.attributes["href"] or "" for tag in found.tags if tag.name == "a"]
    assert len(targets) > 1000
    assert [target for target in targets if not target.startswith("#") or target[1:] not in found.texts] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_html_is_well_formed(language: Language) -> None:
    assert page(language).mistakes == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_html_loads_nothing_and_lets_only_its_own_style_and_script_run(language: Language) -> None:
    found = page(language)
    assert {tag.name for tag in found.tags} & {
        "img",
        "link",
        "iframe",
        "object",
        "embed",
        "base",
        "video",
        "svg",
    } == set()
    assert [(tag.name, key) for tag in found.tags for key in tag.attributes if key in LOADING] == []
    policies = [
        t.attributes["content"] or ""
        for t in found.tags
        if t.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    digests = {
        name: base64.b64encode(hashlib.sha256("".join(found.raw[name]).encode()).digest()).decode()
        for name in ("style", "script")
    }
    assert policies == [
        f"default-src 'none'; style-src 'sha256-{digests['style']}'; script-src 'sha256-{digests['script']}'; "
        "base-uri 'none'; form-action 'none'"
    ]
    assert "url(" not in digests["style"] + "".join(found.raw["style"])
    assert "@import" not in "".join(found.raw["style"])
    assert not re.search(r"fetch|XMLHttpRequest|import\(|WebSocket|innerHTML|eval", "".join(found.raw["script"]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_html_has_landmarks_headings_in_order_and_a_name_for_every_field(language: Language) -> None:
    text, found = html(language), page(language)
    assert f'<html lang="{language}">' in text
    names = [tag.name for tag in found.tags]
    assert (names.count("main"), names.count("nav"), names.count("h1")) == (1, 1, 1)
    levels = [int(name[1]) for name in names if re.match(r"h[1-6]\Z", name)]
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []
    assert len(re.findall(r"<label>[^<]+<(?:input|select)", text)) == names.count("input") + names.count("select")


def test_the_filter_knows_every_act_and_kind_that_a_policy_is_marked_with() -> None:
    found = page("ru")
    articles = [tag.attributes for tag in found.tags if tag.name == "article"]
    values = {tag.attributes.get("value") for tag in found.tags if tag.name == "option"}
    for attributes in articles:
        assert set((attributes["data-acts"] or "").split()) <= values
        assert set((attributes["data-kinds"] or "").split()) <= values
    ban = next(attributes for attributes in articles if attributes["id"] == "FM-BAN")
    assert "41-fz-2025" in (ban["data-acts"] or "").split()


def test_a_russian_page_holds_no_english_where_there_is_russian() -> None:
    """Every text of the policies that differs in the two languages is in its own language's book only."""
    titles = _titles()
    russian, english = "\n".join(page("ru").texts.values()), "\n".join(page("en").texts.values())
    assert [text.en for text in titles if text.en in russian] == []
    assert [text.ru for text in titles if text.ru in english] == []
    assert len(titles) > 300


def test_an_english_page_holds_no_russian_but_what_the_acts_and_people_call_things() -> None:
    """Places and numbers of acts and other names of services exist in one spelling only."""
    policies = library().policies
    names = {clause.at for act in policies.acts.values() for clause in act.clauses.values()}
    names |= {act.number for act in policies.acts.values()}
    names |= {alias for register in policies.registers.values() for row in register.rows for alias in row.aliases}
    names |= {text.en for text in _data_texts() if CYRILLIC.search(text.en)}
    names |= {case.name for part in _parts() if part.examples for case in part.examples.cases}
    names |= {f.value.en for part in _parts() if part.examples for case in part.examples.cases for f in case.facts}
    text = "\n".join([*page("en").texts.values(), *(plain(text) for text in markdown("en").values())])
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    assert [line for line in text.splitlines() if CYRILLIC.search(line)] == []


def test_labels_and_headings_of_a_russian_page_are_russian() -> None:
    texts = []
    for found in lay_out(book(), "ru").pages:
        texts.append(found.title)
        blocks = [inner for block in found.blocks for inner in (*getattr(block, "blocks", ()), block)]
        texts += [block.text for block in blocks if isinstance(block, Label | Heading)]
        texts += [cell for block in blocks if isinstance(block, Table) for cell in block.head]
    assert [text for text in set(texts) if not CYRILLIC.search(text)] == []
    assert len(texts) > 1000


def _parts() -> list[PolicyPart]:
    return [*(part for topic in book().topics for part in topic.policies), *book().drafts]


def _data_texts() -> list[Text]:
    """English texts of the data that may well name a Russian word."""
    policies = library().policies
    texts = [row.note for register in policies.registers.values() for row in register.rows if row.note]
    texts += [row.title for register in policies.registers.values() for row in register.rows]
    texts += [act.note for act in policies.acts.values() if act.note]
    texts += [clause.title for act in policies.acts.values() for clause in act.clauses.values()]
    texts += [clause.why for act in policies.acts.values() for clause in act.clauses.values() if clause.why]
    return texts


def _titles() -> list[Text]:
    policies = library().policies
    texts = [policy.title for policy in policies.policies()]
    texts += [definition.title for definition in policies.definitions.values()]
    texts += [clause.title for act in policies.acts.values() for clause in act.clauses.values()]
    texts += [reading.why for policy in policies.policies() for reading in policy.readings if reading.why]
    # A title of one word may be an example's word, too.
    return [text for text in texts if text.ru != text.en and " " in text.en and " " in text.ru]


def test_words_of_enumerations_in_examples_are_told_in_the_language_of_the_page() -> None:
    wrong = []
    for topic in book().topics:
        for part in topic.policies:
            assert part.examples is not None
            facts = [*part.examples.base, *(fact for case in part.examples.cases for fact in case.facts)]
            wrong += [(part.id, f.title) for f in facts if not re.search("[а-яё]", f.title.ru, re.IGNORECASE)]
    assert wrong == []


def test_the_same_policies_make_the_same_bytes() -> None:
    again = build_book(library())
    for language in LANGUAGES:
        assert render_pages(lay_out(again, language)) == markdown(language)
        assert render_html(lay_out(again, language), language) == html(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_tells_when_or_where_it_was_made(language: Language) -> None:
    for text in (*markdown(language).values(), html(language)):
        assert "sha256:" not in text
        assert not re.search(r"/(home|usr|work|tmp|site-packages)/", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_in_the_pages_never_skip_a_level(language: Language) -> None:
    count = 0
    for found in lay_out(book(), language).pages:
        for entry in found.blocks:
            for block in getattr(entry, "blocks", (entry,)):
                if isinstance(block, Items):
                    depths = [-1, *(depth for depth, _ in block.rows)]
                    assert all(b <= a + 1 for a, b in pairwise(depths)), entry
                    count += 1
    assert count > 300


def test_a_list_with_depths_becomes_a_tree() -> None:
    rows = ((0, ("a",)), (1, ("b",)), (2, ("c",)), (1, ("d",)), (0, ("e",)))
    tree = nested(rows)
    assert [branch.line for branch in tree] == [("a",), ("e",)]
    assert [branch.line for branch in tree[0].below] == [("b",), ("d",)]
    assert tree[0].below[0].below[0].line == ("c",)


def test_the_strict_parser_of_these_tests_sees_a_broken_page() -> None:
    assert Page("<p><b>x</p></b>").mistakes
    assert Page('<a id="x"></a><a id="x"></a>').mistakes
    assert Page("<p>x").mistakes
    assert isinstance(lay_out(book(), "ru").pages[0].blocks[0], Para)
