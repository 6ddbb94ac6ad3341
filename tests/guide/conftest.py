"""The guide: its pages, and the folders that readers are left with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from guide_page import GUIDE, Folder, FolderAfter, PageError, continued


@pytest.fixture(scope="session")
def folder_after(tmp_path_factory: pytest.TempPathFactory) -> FolderAfter:
    """`folder_after(page, language)`: the folder that a page leaves behind, every page followed once a session."""
    cache = tmp_path_factory.mktemp("cache")
    left: dict[str, Path] = {}

    def after(page: str, language: str) -> Path:
        if page not in left:
            text = (GUIDE / page).read_text("utf-8")
            # The name holds Cyrillic letters and a space, as folders of our readers do.
            place = tmp_path_factory.mktemp("guide") / "Мои документы"
            before = continued(text)
            if before is None:
                place.mkdir()
            else:
                shutil.copytree(after(before, language), place)
            try:
                assert Folder(place, language, cache).follow(text) > 0
            except PageError as error:  # it may be an earlier page than the one asked for
                raise PageError(f"{page}, {error}") from None
            left[page] = place
        return left[page]

    return after
