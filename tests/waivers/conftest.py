"""Fixtures of waivers: a repository to work in, the command, the shipped policies."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from waiver_place import Place, Ran

from validator.cli.main import run
from validator.language.library import Library, load, read_folder
from validator.language.vocabulary import read_vocabulary
from validator.resources import policies_folder, schema_bytes

OURS = ("SVERKA_", "_SVERKA", "LC_", "LANG")


@pytest.fixture(scope="session")
def _cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch, _cache_folder: Path) -> None:
    for name in [name for name in os.environ if name.startswith(OURS)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SVERKA_CACHE_DIR", str(_cache_folder))


@pytest.fixture(scope="session")
def library() -> Library:
    """The shipped policies."""
    return load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A repository, the current folder."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return Place(tmp_path)


@pytest.fixture
def sverka(capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs the command in this process."""

    def call(*arguments: object) -> Ran:
        capfd.readouterr()
        code = run([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return call
