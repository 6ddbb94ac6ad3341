"""`sverka docs` from the command line: what it writes, what it leaves alone, what it says of a stale book."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from book_pages import LANGUAGES, ROOT, html, markdown

from validator.cli.main import run
from validator.resources import policies_folder

Run = Callable[..., tuple[int, str, str]]
COMMITTED = ROOT / "docs" / "book"


@pytest.fixture
def sverka(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command in an empty folder: the exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    for name in ("SVERKA_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(["docs", *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture(scope="session")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped policies with one word of one norm changed, and one norm of a topic of its own moved away."""
    folder = tmp_path_factory.mktemp("edited") / "policies"
    shutil.copytree(policies_folder(), folder)
    file = folder / "norms/foreign-messengers/FM-BAN.yaml"
    text = file.read_text(encoding="utf-8")
    assert "ru: Перенесите общение в MAX" in text
    file.write_text(
        text.replace("ru: Перенесите общение в MAX", "ru: Переведите общение в MAX", 1), encoding="utf-8"
    )
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_committed_book_is_fresh(sverka: Run, language: str) -> None:
    """Mended by `sverka docs -o markdown.ru=docs/book/ru -o markdown.en=docs/book/en`."""
    code, out, _ = sverka("-o", f"markdown.{language}={COMMITTED / language}", "--check", "--lang", "en")
    assert (code, out) == (0, "The book is fresh.\n")


def test_markdown_pages_and_the_html_file_are_written_and_then_fresh(sverka: Run, tmp_path: Path) -> None:
    targets = ("-o", "markdown.en=pages", "-o", "html=book.html")
    code, out, err = sverka(*targets, "--lang", "ru")
    assert (code, out) == (0, "")
    assert f"записана книга: pages, страниц: {len(markdown('en'))}" in err
    assert {file.name: file.read_text(encoding="utf-8") for file in (tmp_path / "pages").iterdir()} == markdown(
        "en"
    )
    assert (tmp_path / "book.html").read_bytes() == html("ru").encode()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["book.html", "pages"]
    assert sverka(*targets, "--check", "--lang", "ru") == (0, "Книга свежая.\n", "")


def test_the_language_of_the_book_is_that_of_the_run_unless_it_is_named(sverka: Run, tmp_path: Path) -> None:
    assert sverka("-o", "html=book.html", "--lang", "en")[0] == 0
    assert (tmp_path / "book.html").read_text(encoding="utf-8") == html("en")


def test_a_changed_word_of_a_policy_makes_the_book_stale(sverka: Run, edited: Path) -> None:
    assert sverka("-o", "markdown.ru=pages", "-o", "html.ru=book.html")[0] == 0
    code, out, _ = sverka(
        "-o", "markdown.ru=pages", "-o", "html.ru=book.html", "--check", "--policies", str(edited)
    )
    assert code == 1
    assert out.splitlines()[:2] == ["pages/topic-foreign-messengers.md: устарела", "book.html: устарела"]
    assert out.splitlines()[2:] == [
        f"Обновить: sverka docs --policies {edited} -o markdown.ru=pages -o html.ru=book.html"
    ]


def test_a_comment_in_a_policy_makes_nothing_stale(sverka: Run, tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    shutil.copytree(policies_folder(), folder)
    with (folder / "norms/foreign-messengers/FM-BAN.yaml").open("a", encoding="utf-8") as file:
        file.write("# a remark\n")
    assert sverka("-o", "markdown.ru=pages")[0] == 0
    assert sverka("-o", "markdown.ru=pages", "--check", "--policies", str(folder))[0] == 0


def test_missing_superfluous_and_changed_pages_are_named_and_the_command_mends_them(
    sverka: Run, tmp_path: Path
) -> None:
    pages = tmp_path / "my pages"
    assert sverka("-o", "markdown.en=my pages", "--lang", "en")[0] == 0
    (pages / "dates.md").unlink()
    (pages / "topic-gone.md").write_bytes((pages / "acts.md").read_bytes())
    with (pages / "acts.md").open("a", encoding="utf-8") as file:
        file.write("more\n")
    (pages / "notes.md").write_text("my own notes\n", encoding="utf-8")
    before = {file.name: file.read_bytes() for file in pages.iterdir()}
    code, out, _ = sverka("-o", "markdown.en=my pages", "--check", "--lang", "en")
    assert code == 1
    assert out.splitlines() == [
        "my pages/dates.md: is missing",
        "my pages/acts.md: is stale",
        "my pages/topic-gone.md: is superfluous: the book has no such page any more",
        'To mend it: sverka docs -o "markdown.en=my pages"',
    ]
    assert {file.name: file.read_bytes() for file in pages.iterdir()} == before
    code, _, err = sverka("-o", "markdown.en=my pages", "--lang", "en")
    assert code == 0
    assert "superfluous removed: 1" in err
    assert {file.name for file in pages.iterdir()} == {*markdown("en"), "notes.md"}
    assert (pages / "notes.md").read_text(encoding="utf-8") == "my own notes\n"
    assert sverka("-o", "markdown.en=my pages", "--check")[0] == 0


def test_a_file_that_a_person_wrote_is_never_overwritten(sverka: Run, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# My project\n", encoding="utf-8")
    (tmp_path / "page.html").write_text("<p>mine</p>\n", encoding="utf-8")
    for target in ("markdown=.", "html=page.html"):
        code, _, err = sverka("-o", target, "--lang", "en")
        assert code == 2
        assert "was not made by Sverka and stays as it is" in err
        code, out, _ = sverka("-o", target, "--check", "--lang", "en")
        assert code == 1
        assert "was not made by this command" in out
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "# My project\n"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["README.md", "page.html"]


def test_nothing_is_written_through_a_link_and_no_link_is_taken_away(sverka: Run, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    pages = tmp_path / "pages"
    assert sverka("-o", "markdown=pages")[0] == 0
    outside.write_bytes((pages / "acts.md").read_bytes() + b"more\n")
    (pages / "acts.md").unlink()
    (pages / "acts.md").symlink_to(outside)
    (pages / "zzz.md").symlink_to(outside)
    kept = outside.read_bytes()
    assert sverka("-o", "markdown=pages")[0] == 0
    assert outside.read_bytes() == kept
    assert not (pages / "acts.md").is_symlink()
    assert (pages / "zzz.md").is_symlink()


def test_line_ends_as_windows_writes_them_are_no_difference(sverka: Run, tmp_path: Path) -> None:
    assert sverka("-o", "markdown=pages")[0] == 0
    for file in (tmp_path / "pages").iterdir():
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert sverka("-o", "markdown=pages", "--check")[0] == 0


def test_without_the_template_engine_html_says_in_one_line_what_to_install(
    sverka: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] in ("jinja2", "markupsafe")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "jinja2", None)
    assert sverka("-o", "html=book.html", "--lang", "ru") == (
        2,
        "",
        'Для HTML установите: pip install "sverka[report]"\n',
    )
    assert sverka("-o", "html=book.html", "--check", "--lang", "en")[0] == 2
    assert list(tmp_path.iterdir()) == []
    assert sverka("-o", "markdown=pages")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "what is wanted?"),
        (("--check",), "what is wanted?"),
        (("-o", "html"), "no file is named for the book"),
        (("-o", "html="), "no file is named for the book"),
        (("-o", "markdown"), "no folder is named for the book"),
        (("-o", "htlm=x"), "unknown format `htlm`"),
        (("-o", "html.de=x"), "unknown language of a book `de`"),
        (("-o", "html.=x"), "unknown language of a book ``"),
        (("-o", "html=."), "a folder stands where the book should go"),
        (("-o", "markdown=no/such"), "no folder for the book: no"),
        (("-o", "markdown.ru=x", "-o", "markdown.en=x"), "two books go to one place: x"),
        (("-o", "html=x", "--coverage"), "`--coverage` prints one page"),
        (("--conflicts", "--check"), "`--conflicts` prints one page"),
    ],
)
def test_a_mistake_of_the_command_line_is_named_and_nothing_is_written(
    sverka: Run, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    code, out, err = sverka(*arguments, "--lang", "en")
    assert (code, out) == (2, "")
    assert message in err
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_folder_should_be_is_named(sverka: Run, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x", encoding="utf-8")
    code, _, err = sverka("-o", "markdown=x", "--lang", "ru")
    assert code == 2
    assert "вместо папки книги файл: x" in err


def test_a_broken_policy_set_writes_nothing(sverka: Run, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    (broken / "norms").mkdir(parents=True)
    (broken / "norms/X.yaml").write_text("norm: X\n", encoding="utf-8")
    assert sverka("-o", "markdown=pages", "--policies", str(broken))[0] == 2
    assert not (tmp_path / "pages").exists()


@pytest.mark.parametrize(
    ("option", "title"), [("--coverage", "# Coverage of the sources"), ("--conflicts", "# Conflicts and")]
)
def test_single_pages_are_still_printed(sverka: Run, option: str, title: str) -> None:
    code, out, _ = sverka(option, "--lang", "en")
    assert code == 0
    assert out.startswith(title)


def test_a_small_set_of_ones_own_makes_a_book_with_plain_words_for_what_it_lacks(
    sverka: Run, tmp_path: Path
) -> None:
    sources = tmp_path / "mine" / "sources"
    sources.mkdir(parents=True)
    act = """
act: my-order
title: {ru: Приказ о чатах, en: Order on chats}
short: {ru: Приказ, en: Order}
force: local_act
checked_on: never
clauses:
  - {at: п. 1, title: {ru: О чате, en: On chats}, coverage: manual, why: {ru: Смотрит человек, en: A person looks}}
"""
    (sources / "my-order.yaml").write_text(act, encoding="utf-8")
    assert sverka("-o", "markdown.en=pages", "--policies", "mine")[0] == 0
    assert "The policy set has none." in (tmp_path / "pages/definitions.md").read_text(encoding="utf-8")
    assert "## my-order" in (tmp_path / "pages/acts.md").read_text(encoding="utf-8")
