"""Fixtures of `sverka init`: an empty folder to work in, and the command."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from init_folder import Ran

from validator.cli.main import run

OURS = ("SVERKA_", "_SVERKA", "LC_", "LANG", "GIT_", "PRE_COMMIT")


@pytest.fixture(scope="session")
def _cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch, _cache_folder: Path) -> None:
    for name in [name for name in os.environ if name.startswith(OURS) and name != "SVERKA_TEST_INSTALL"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SVERKA_CACHE_DIR", str(_cache_folder))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, the current one."""
    found = tmp_path / "org"
    found.mkdir()
    monkeypatch.chdir(found)
    return found


@pytest.fixture
def sverka(capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs the command in this process."""

    def call(*arguments: object) -> Ran:
        capfd.readouterr()
        code = run([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return call
