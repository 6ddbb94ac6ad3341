"""The guide: every command in it is run, both languages say the same, and no link leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from guide_page import GUIDE, ROOT, Block, FolderAfter, blocks, commands, continued
from markdown_links import broken_links, inline_codes, links, without_blocks

from validator.cli.main import COMMANDS
from validator.logic.proof import Status
from validator.render.prove.words import STATUSES

PAGES = (
    "README",
    "first-norm",
    "dates-and-readings",
    "unknown",
    "waivers",
    "reviewing-a-change",
    "proofs",
    "ci",
    "import",
    "region",
    "reports",
    "spark",
)
ENDINGS = {"ru": ".md", "en": ".en.md"}
EVERY = [(name + ending, language) for name in PAGES for language, ending in ENDINGS.items()]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def text_of(page: str) -> str:
    return (GUIDE / page).read_text("utf-8")


def test_these_are_all_pages_of_the_guide() -> None:
    assert {file.name for file in GUIDE.iterdir()} == {page for page, _ in EVERY}


@pytest.mark.parametrize(("page", "language"), EVERY)
def test_every_command_of_a_page_does_what_the_page_says(
    page: str, language: str, folder_after: FolderAfter
) -> None:
    assert folder_after(page, language).is_dir()


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_have_the_same_headings_commands_and_files(name: str) -> None:
    russian, english = (text_of(name + ending) for ending in ENDINGS.values())
    assert _headings(russian) == _headings(english)
    assert [_told(block) for block in blocks(russian)] == [_told(block) for block in blocks(english)]
    assert [_neutral(page) for page in links(russian)] == [_neutral(page) for page in links(english)]


def _headings(page: str) -> list[str]:
    return re.findall(r"^#+(?= )", without_blocks(page), re.MULTILINE)


def _neutral(target: str) -> str:
    """The target of a link without its language; the indexes name each other."""
    return target.replace(".en.md", ".md")


def _told(block: Block) -> object:
    """A block without what is in one language only: the words of a commit, an author, the names of examples."""
    if block.language != "console":
        return block.language, block.key, block.value, re.sub(r"(?m)^(.\s*- name: ).*", r"\1…", block.text)
    return [
        (_without_texts(command.words), command.exit_code, command.expected == "") for command in commands(block)
    ]


def _without_texts(words: list[str]) -> list[str]:
    pairs = zip(["", *words], words, strict=False)
    return ["…" if before in ("-m", "user.name") else word for before, word in pairs]


@pytest.mark.parametrize("page", [page for page, _ in EVERY])
def test_a_page_shows_the_name_of_each_file_to_write(page: str) -> None:
    """A reader of the rendered page sees no `title=`: the line above has to name the file."""
    lines = text_of(page).splitlines()
    for block in blocks(text_of(page)):
        if block.key == "title":
            assert lines[block.line - 3] == f"`{block.value}`"


@pytest.mark.parametrize(
    ("index", "language"), [(place, language) for place in range(len(PAGES)) for language in ENDINGS]
)
def test_a_page_goes_on_from_the_one_before_and_names_the_next(index: int, language: str) -> None:
    page, ending = text_of(PAGES[index] + ENDINGS[language]), ENDINGS[language]
    after = PAGES[(index + 1) % len(PAGES)] + ending
    *_, last = page.rstrip("\n").split("\n\n")
    next_one = {"ru": "Дальше: ", "en": "Next: "}[language]
    assert last.split(next_one)[1].split("(")[1].startswith(f"{after})")
    before = PAGES[index - 1] + ending if index > 1 else None
    assert continued(page) == before
    assert before is None or f"]({before})" in page


@pytest.mark.parametrize("language", ENDINGS)
def test_every_command_named_in_the_prose_is_run_somewhere(language: str) -> None:
    pages = [text_of(name + ENDINGS[language]) for name in PAGES]
    ran = [
        " ".join(command.words)
        for page in pages
        for block in blocks(page)
        if block.language == "console"
        for command in commands(block)
    ]
    named = {code for page in pages for code in inline_codes(page) if code.startswith(("sverka ", "git "))}
    assert {code for code in named if not any(f"{line} ".startswith(f"{code} ") for line in ran)} == set()


@pytest.mark.parametrize("language", ENDINGS)
def test_the_guide_shows_the_commands_of_an_officer(language: str) -> None:
    shown = {
        command.words[1]
        for name in PAGES
        for block in blocks(text_of(name + ENDINGS[language]))
        if block.language == "console"
        for command in commands(block)
        if command.words[0] == "sverka"
    }
    officers = {
        "init",
        "demo",
        "check",
        "validate",
        "explain",
        "lint",
        "test",
        "fmt",
        "impact",
        "waivers",
        "config",
        "prove",
        "report",
    }
    assert officers - shown == set()


@pytest.mark.parametrize("language", ENDINGS)
def test_the_page_on_proofs_explains_every_answer_by_the_words_of_reports(language: str) -> None:
    explained = dict(
        re.findall(r"^\| [«“](.+?)[»”] \(`(\w+)`\) \|", text_of("proofs" + ENDINGS[language]), re.MULTILINE)
    )
    told = {getattr(STATUSES[status.value], language): status.value for status in Status}
    assert explained == told


def test_every_command_of_the_readme_exists() -> None:
    named = set(re.findall(r"\bsverka ([a-z]+)\b", (ROOT / "README.md").read_text("utf-8")))
    assert named
    assert named - {*COMMANDS} == set()


def test_every_link_of_the_documentation_leads_somewhere() -> None:
    assert len(DOCUMENTS) > 100
    assert [problem for file in DOCUMENTS for problem in broken_links(file)] == []


@pytest.mark.parametrize(
    ("link", "broken"),
    [
        ("[a](other.md)", False),
        ("[a](other.md#второй-заголовок)", False),
        ("[a](other.md#code-и-ссылка)", False),
        ("[a](other.md#twice-1)", False),
        ("[a](#here)", False),
        ("[a](https://example.org/nowhere)", False),
        ("`[a](nowhere.md)`", False),
        ("```text\n[a](nowhere.md)\n```", False),
        ("[a](nowhere.md)", True),
        ("[a](other.md#нет-такого)", True),
        ("[a](other.md#twice-2)", True),
        ("[a](#nowhere)", True),
        ("[a\nb](nowhere.md)", True),
        ("![a](picture.png)", True),
        ("[a][b]\n\n[b]: nowhere.md", True),
    ],
)
def test_a_link_is_followed_to_its_file_and_heading(tmp_path: Path, link: str, broken: bool) -> None:
    (tmp_path / "other.md").write_text(
        "# Первый\n\n## Второй заголовок!\n\n## `Code` и [ссылка](x.md)\n\n## Twice\n\n## Twice\n\n"
        "```text\n# нет такого\n```\n",
        "utf-8",
    )
    page = tmp_path / "page.md"
    page.write_text(f"# Here\n\n{link}\n", "utf-8")
    assert bool([*broken_links(page)]) is broken
