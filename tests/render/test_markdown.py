"""Markdown: a table of the worst, details folded, and no text of others that becomes anything but text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from sample_reports import NAUGHTY, decision, everything, named, real_report, record, report, result, waiver

from validator.render import markdown

READER = MarkdownIt("commonmark", {"html": True}).enable("table")


def tokens(text: str) -> list[Token]:
    return READER.parse(text)


def structure(text: str) -> list[str]:
    """What Markdown makes of a text, without its words."""
    found = []
    for token in tokens(text):
        found += [token.type] if token.type != "html_block" else elements(token.content)
        found += [
            f"  {child.type} {child.content if child.type == 'html_inline' else ''}" for child in inner(token)
        ]
    return found


def elements(html: str) -> list[str]:
    """The elements of a piece of HTML, without its words."""
    found: list[str] = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attributes: found.append(f"<{tag} {attributes}>")  # type: ignore[method-assign]
    reader.handle_endtag = lambda tag: found.append(f"</{tag}>")  # type: ignore[method-assign]
    reader.handle_comment = reader.handle_decl = found.append  # type: ignore[method-assign]
    reader.feed(html)
    reader.close()
    return found


def inner(token: Token) -> list[Token]:
    """The parts of a paragraph or a cell that are more than words."""
    return [child for child in token.children or () if child.type not in ("text", "text_special")]


def words(text: str) -> str:
    """All words of a document as a reader sees them."""
    parts = [child.content for token in tokens(text) for child in token.children or ()]
    return "".join(parts).replace("\u200b", "")


def rows(text: str) -> list[list[str]]:
    """The cells of the table, as a reader sees them, without its head."""
    cells = [token for token in tokens(text) if token.type == "inline" and token.level == 4]
    told = [
        "".join(child.content for child in token.children or () if child.type.startswith("text")) for token in cells
    ]
    return [told[start : start + 6] for start in range(6, len(told), 6)]


def test_the_table_shows_the_worst_first() -> None:
    found = rows(markdown.render(everything(), "en"))
    assert [(row[0], row[2]) for row in found] == [
        ("violation", "T-NORM"),
        ("not evaluated", "duplicate-key"),
        ("not evaluated", "missing-key"),
        ("unknown", "T-UNKNOWN"),
        ("violation, disputed", "T-DISPUTED"),
        ("violation", "T-LOW"),
        ("violation, known", "T-KNOWN"),
        ("advice", "T-ADVICE"),
    ]
    assert found[0][1:] == ["critical", "T-NORM", "A text", "Школа № 1 (INN 7800000001)", "in/school.yaml:3:5"]


def test_everything_that_is_not_fine_is_in_the_details() -> None:
    text = words(markdown.render(everything(), "en"))
    for told in ("T-WAIVED", "W-1 through 2025-12-31", "T-FINE-DISPUTED", "T-DECISION", "waiver-expired"):
        assert told in text
    assert "T-not_applicable" not in text


def test_a_table_is_short_and_says_how_many_more_there_are() -> None:
    text = markdown.render(report(*(result(number) for number in range(25))), "en")
    assert len(rows(text)) == 20
    assert "And 5 more" in words(text)
    assert words(text).count("T-NORM") == 20 + 25


def test_every_folded_part_is_closed() -> None:
    for made in (real_report(), everything(), named(NAUGHTY)):
        text = markdown.render(made)
        assert text.count("<details") == text.count("</details>") == text.count("<summary>") > 3
        assert text.count("<summary>") == text.count("</summary>")


def test_nothing_found_is_said() -> None:
    assert markdown.render(report(), "en").startswith("### Sverka: nothing found\n")
    assert rows(markdown.render(report(decision()), "en")) == []


def test_documents_put_aside_are_unfolded() -> None:
    text = markdown.render(report(quarantine=[record()]), "en")
    assert "<details open><summary><b>Documents not evaluated, mistakes: 1</b></summary>" in text
    assert text.startswith("### Sverka: documents not evaluated 1\n")


def test_a_run_cut_short_says_so_at_once() -> None:
    made = report(result())
    made["inputs"]["not_reached"] = 7
    assert "documents not reached 7" in markdown.render(made, "en").splitlines()[0]


def test_names_change_no_structure() -> None:
    assert structure(markdown.render(named(NAUGHTY))) == structure(markdown.render(named("Школа")))


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_no_name_changes_the_structure(name: str) -> None:
    made = named(f"х{name}х")
    assert structure(markdown.render(made)) == structure(markdown.render(named("Школа")))


@pytest.mark.parametrize("call", ["@all", "#1", "!2", "~bug", "%milestone", "&3", "$4", "^alert#5"])
def test_no_name_calls_anybody_or_refers_to_anything(call: str) -> None:
    """What systems make references of is the text after Markdown was read."""
    text = "".join(
        child.content
        for token in tokens(markdown.render(named(call)))
        for child in token.children or ()
        if child.type in ("text", "text_special")
    )
    assert call in text.replace("\u200b", "")
    assert not re.search(re.escape(call[:2]), text)


def test_a_text_that_is_too_long_keeps_the_worst_and_says_how_many_are_left_out() -> None:
    made = report(*(result(number, severity="low") for number in range(300)), result(999))
    fitted = markdown.fit(made, "en", limit=60_000)
    assert len(fitted.text.encode()) <= 60_000
    assert fitted.left_out is not None
    shown, every, rest = map(int, re.findall(r"\d+", fitted.left_out.en))
    assert (every, shown + rest) == (301, 301)
    assert 0 < rest < 301
    assert rows(fitted.text)[0][1] == "critical"
    assert words(fitted.text).endswith("all are in -o json")
    assert structure(fitted.text)[-3:].count("paragraph_close") == 1


def test_a_report_of_a_region_fits_into_the_summary_of_a_job() -> None:
    long = {"ru": "д" * 500, "en": "l" * 500}
    fitted = markdown.fit(report(*(result(number, message=long) for number in range(3_000))))
    assert 500_000 < len(fitted.text.encode()) <= 1_000_000
    assert fitted.left_out is not None


def test_even_when_nothing_fits_it_is_told_how_much_is_missing() -> None:
    fitted = markdown.fit(report(result()), "en", limit=10)
    assert "the 0 gravest of 1 fit, 1 do not" in words(fitted.text)


def test_a_waiver_is_told_whole() -> None:
    made = report(result(verdict="waived", waiver=waiver()))
    text = words(markdown.render(made, "en"))
    assert "W-1 through 2025-12-31 (91 days left): A text; approved by: начальник, приказ № 7" in text


def test_the_head_says_by_which_law_and_of_what_day() -> None:
    made: Any = report(result(), law_date="2026-01-01")
    assert "law of 2026-01-01" in words(markdown.render(made, "en"))
