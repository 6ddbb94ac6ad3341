"""The pages under `docs/` that are made from the policies say what the policies say now.

SVERKA_UPDATE=1 writes them anew: a person reads the difference, and the commit holds it.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from shipped import ROOT, library

from validator.journeys.catalogue import conflicts
from validator.logic.text import Language
from validator.render.catalogue import render_conflicts

# What the solver found about the same documents is told by a person, on a page beside it.
PROVED = {
    "ru": "Что о самих документах показал `sverka prove`: [proofs.md](proofs.md).\n",
    "en": "What `sverka prove` showed about the documents themselves: [proofs.en.md](proofs.en.md).\n",
}


def _conflicts(language: Language) -> str:
    return f"{render_conflicts(conflicts(library().policies), language)}\n{PROVED[language]}"


# A page, what makes it, and the language it is in.
PAGES: list[tuple[str, Callable[[Language], str], Language]] = [
    ("conflicts.md", _conflicts, "ru"),
    ("conflicts.en.md", _conflicts, "en"),
]


@pytest.mark.parametrize(("name", "made", "language"), PAGES, ids=[name for name, _, _ in PAGES])
def test_a_page_is_what_the_policies_make_it(
    name: str, made: Callable[[Language], str], language: Language
) -> None:
    page = ROOT / "docs" / name
    if os.environ.get("SVERKA_UPDATE") == "1":
        page.write_text(made(language), encoding="utf-8", newline="\n")
    assert page.read_text(encoding="utf-8") == made(language)


@pytest.mark.parametrize("name", [name for name, _, _ in PAGES])
def test_a_page_has_a_chapter_for_every_conflict(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    chapters = [line.split(".")[0].removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]
    assert chapters == [f"C{number:02}" for number in range(1, 36)]
