"""The runner of the guide: it does what a page says, and nothing that a page says wrongly passes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from guide_page import Folder, PageError, blocks, continued, matches


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    place = tmp_path / "place"
    place.mkdir()
    return Folder(place, "ru", tmp_path / "cache")


def fenced(first_line: str, text: str) -> str:
    return f"```{first_line}\n{text}```\n"


def test_commands_run_in_order_in_one_folder(folder: Folder) -> None:
    page = "# Page\n" + fenced(
        "console", "$ git init -q\n$ git rev-parse --is-inside-work-tree\ntrue\n$ sverka --version\nsverka…\n"
    )
    assert folder.follow(page) == 3
    assert (folder.place / ".git").is_dir()


def test_a_command_in_the_language_of_the_folder_leaves_the_environment_alone(tmp_path: Path) -> None:
    before = dict(os.environ)
    for language, usage in (("ru", "Использование"), ("en", "Usage")):
        Folder(tmp_path, language, tmp_path / "cache").follow(
            fenced("console", f"$ sverka --help\n{usage}: sverka …\n…\n")
        )
    assert dict(os.environ) == before


def test_what_goes_to_the_error_stream_is_part_of_the_output(folder: Folder) -> None:
    page = fenced("console exit=2", "$ sverka chekc\nsverka: …\n…\n")
    assert folder.follow(page) == 1


@pytest.mark.parametrize(
    "text",
    [
        "$ sverka --version\nsomething else\n",
        "$ sverka --version\n",
        "$ sverka --version\nsverka…\nand a line more\n",
        "$ git init -q\nthis is not printed\n",
    ],
)
def test_another_output_than_the_page_says_is_refused(folder: Folder, text: str) -> None:
    with pytest.raises(PageError, match="the page says\n"):
        folder.follow(fenced("console", text))


@pytest.mark.parametrize(
    ("first_line", "typed"),
    [("console", "sverka chekc"), ("console exit=1", "sverka --version"), ("console exit=1", "sverka chekc")],
)
def test_another_exit_code_than_the_page_says_is_refused(folder: Folder, first_line: str, typed: str) -> None:
    with pytest.raises(PageError, match="the page says exit code"):
        folder.follow(fenced(first_line, f"$ {typed}\n…\n"))


@pytest.mark.parametrize(
    "page",
    [
        fenced("sh", "sverka --version\n"),
        fenced("", "sverka --version\n"),
        fenced("yaml", "a: b\n"),
        fenced("yaml file=a.yaml", "a: b\n"),
        fenced("diff append=a.yaml", "+a: b\n"),
        fenced("console title=a", "$ sverka --version\n…\n"),
        fenced("console exit=0 or so", "$ sverka --version\n…\n"),
        fenced("console exit=2", "$ sverka chekc\n…\n$ sverka chekc\n…\n"),
        fenced("console", ""),
        fenced("console", "sverka --version\n"),
        "```console\n$ sverka --version\n…\n",
        "- item\n  ```console\n  $ sverka --version\n  ```\n",
        "~~~console\n$ sverka --version\n~~~\n",
    ],
)
def test_a_block_that_would_not_be_run_as_it_stands_is_refused(folder: Folder, page: str) -> None:
    with pytest.raises(PageError):
        folder.follow(page)


@pytest.mark.parametrize(
    "typed",
    [
        "python -c pass",
        "sverka check $HOME",
        "sverka check > report.txt",
        "sverka check | more",
        "sverka check && git add .",
        "git commit -q -m 'in single quotes'",
        "sverka check snapshots/*.yaml",
        "sverka check snapshots\\school.yaml",
        'sverka check "%USERPROFILE%"',
        "git show HEAD^",
        "",
    ],
)
def test_a_command_that_is_not_the_same_in_every_shell_is_refused(folder: Folder, typed: str) -> None:
    with pytest.raises(PageError, match=r"every shell|neither sverka nor git"):
        folder.follow(fenced("console", f"$ {typed}\n…\n"))


def test_files_are_written_added_to_and_changed(folder: Folder) -> None:
    folder.follow(
        fenced("yaml title=norms/a.yaml", "one: 1\ntwo: 2\n")
        + fenced("yaml append=norms/a.yaml", "three: 3\n")
        + fenced("diff title=norms/a.yaml", " one: 1\n-two: 2\n+два: 2\n+more: 2\n")
    )
    assert (folder.place / "norms" / "a.yaml").read_text("utf-8") == "one: 1\nдва: 2\nmore: 2\nthree: 3\n"


@pytest.mark.parametrize(
    ("block", "why"),
    [
        (fenced("yaml title=../a.yaml", "a: b\n"), "no file of this folder"),
        (fenced("yaml title=/a.yaml", "a: b\n"), "no file of this folder"),
        (fenced("yaml append=b.yaml", "a: b\n"), "no such file yet"),
        (fenced("diff title=b.yaml", "-a: b\n+a: c\n"), "no such file yet"),
        (fenced("diff title=a.yaml", "-a: c\n+a: d\n"), "0 times"),
        (fenced("diff title=a.yaml", "-: b\n+: c\n"), "0 times"),
        (fenced("diff title=a.yaml", "-twice: x\n+twice: y\n"), "2 times"),
        (fenced("diff title=a.yaml", " a: b\n"), "nothing changes"),
        (fenced("diff title=a.yaml", "a: b\n+a: c\n"), "neither"),
        (fenced("diff title=a.yaml", "-a: b\n\n+a: c\n"), "neither"),
    ],
)
def test_an_edit_that_does_not_fit_the_folder_is_refused(folder: Folder, block: str, why: str) -> None:
    (folder.place / "a.yaml").write_text("a: b\ntwice: x\ntwice: x\n")
    with pytest.raises(PageError, match=why):
        folder.follow(block)
    assert [*folder.place.iterdir()] == [folder.place / "a.yaml"]
    assert (folder.place / "a.yaml").read_text() == "a: b\ntwice: x\ntwice: x\n"


def test_an_error_names_the_line_of_the_block(folder: Folder) -> None:
    with pytest.raises(PageError, match=r"^line 3: "):
        folder.follow("# Page\n\n" + fenced("sh", "true\n"))


@pytest.mark.parametrize(
    ("expected", "output", "answer"),
    [
        ("", "", True),
        ("", "a\n", False),
        ("a", "", False),
        ("a", "a\n", True),
        ("a", "a", True),
        ("a", "a\nb\n", False),
        ("a\n…", "a\nb\nc\n", True),
        ("a\n…", "a\n", True),
        ("…\nc", "a\nb\nc\n", True),
        ("…\nc", "a\nbc\n", False),
        ("a\n…\nc", "a\nc\n", True),
        ("a\n…\nc", "a\nb\nc\nd\n", False),
        ("a…z", "abcz\n", True),
        ("a…z", "ab\ncz\n", False),
        ("a … z", "a z\n", False),
        ("…", "", True),
        ("a.c", "abc\n", False),
        ("a\n\nb", "a\n\nb\n\n", True),
        ("a\n\nb", "a\nb\n", False),
        ("a  b", "a b\n", False),
    ],
)
def test_dots_stand_for_lines_or_for_text_within_a_line(expected: str, output: str, answer: bool) -> None:
    assert matches(expected, output) is answer


def test_a_page_may_go_on_with_the_folder_of_another() -> None:
    assert continued("# Page\n\n<!-- continues: first.md -->\n") == "first.md"
    assert continued("# Page\n") is None


def test_blocks_are_found_with_their_lines() -> None:
    found = blocks("text\n" + fenced("console exit=3", "$ sverka\n") + fenced("yaml title=a", ""))
    assert [(block.language, block.key, block.value, block.line) for block in found] == [
        ("console", "exit", "3", 2),
        ("yaml", "title", "a", 5),
    ]
