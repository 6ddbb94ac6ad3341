"""`sverka explain` as its user sees it: in the words of the report, and never silent about a judgement."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from workplace import Folder, Ran, snapshot_text

from validator.render.words import CAUSES, REASONS, VERDICTS

Sverka = Callable[..., Ran]
USES = ', "uses": [{"ref": "u_1", "service": "max", "actor": "organization", "first_on": "2025-09-02"}]}'


@pytest.fixture
def snapshot(folder: Folder) -> Path:
    file = folder.snapshots / "uses.json"
    file.write_text(snapshot_text(1).removesuffix("}") + USES, "utf-8")
    return file


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_unknown_that_check_finds_is_explained_and_not_refused(
    language: str, folder: Folder, sverka: Sverka
) -> None:
    file = folder.add("empty.json")
    word = VERDICTS["unknown"].in_language("en" if language == "en" else "ru")
    cause = CAUSES["list_incomplete"].in_language("en" if language == "en" else "ru")
    assert re.search(rf"{word}  FM-BAN .*\n.*uses .*\({cause}\)", sverka("check", file, "--lang", language).out)
    ran = sverka("explain", "FM-BAN", "--snapshot", file, "--lang", language)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"uses — {word}   ")
    assert cause in ran.out
    assert "`coverage: {uses: complete}`" in ran.out
    assert sverka("explain", "FM-BAN", "--snapshot", file, "--lang", language, "--subject", "uses") == ran


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_word_of_the_machine_is_left(language: str, snapshot: Path, sverka: Sverka) -> None:
    ran = sverka("explain", "FM-BAN", "--snapshot", snapshot, "--lang", language)
    assert ran.code == 0
    text = VERDICTS["ok"], REASONS["not_applicable"]
    told = ": ".join(one.in_language("en" if language == "en" else "ru") for one in text)
    assert ran.out.startswith(f"uses[0] — {told}   ")
    machine = {name for name in (*VERDICTS, *REASONS, *CAUSES) if "_" in name} | {"(absent)", "— ok"}
    assert [name for name in machine if name in ran.out] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [("ru", "список `uses` полон и пуст"), ("en", "the list `uses` is complete and empty")],
)
def test_a_complete_empty_list_is_not_judged_and_that_is_said_in_words(
    language: str, words: str, folder: Folder, sverka: Sverka
) -> None:
    file = folder.snapshots / "complete.json"
    file.write_text(snapshot_text(1).removesuffix("}") + ', "coverage": {"uses": "complete"}, "uses": []}', "utf-8")
    ran = sverka("explain", "FM-BAN", "--snapshot", file, "--lang", language)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err.splitlines()[0]


def test_a_misspelt_subject_is_told_the_nearest(snapshot: Path, sverka: Sverka) -> None:
    ran = sverka("explain", "FM-BAN", "--snapshot", snapshot, "--subject", "usez")
    assert (ran.code, ran.out) == (2, "")
    assert "`uses`" in ran.err.splitlines()[1]


@pytest.mark.parametrize("command", ["check", "validate"])
@pytest.mark.parametrize(("language", "paths"), [("ru", "[ПУТИ]…"), ("en", "[PATHS]…")])
def test_the_help_shows_paths_as_optional(command: str, language: str, paths: str, sverka: Sverka) -> None:
    assert paths in sverka(command, "--help", "--lang", language).out.splitlines()[0]
