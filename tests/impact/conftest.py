"""Fixtures of the impact tests: an edited copy of the shipped policies, the command, a checked JSON report."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from impact_bench import Bench, Ran, Repo, assert_valid_impact

from validator.cli.main import run

OURS = ("SVERKA_", "_SVERKA", "LC_", "LANG", "GIT_", "NO_COLOR", "FORCE_COLOR")


@pytest.fixture(scope="session")
def _cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch, _cache_folder: Path, tmp_path: Path) -> None:
    """No setting of the machine reaches the command or git, and nothing is left in the user's folders."""
    for name in [name for name in os.environ if name.startswith(OURS)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SVERKA_CACHE_DIR", str(_cache_folder))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def sverka(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Runs the command in this process, in the current folder."""

    def call(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "stdin", sys.__stdin__)
        capfd.readouterr()
        code = run([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return call


@pytest.fixture
def impact(sverka: Callable[..., Ran]) -> Callable[..., dict[str, Any]]:
    """Runs `sverka impact … -o json` and gives the report, checked against its schema, and the exit code in it."""

    def call(*arguments: object) -> dict[str, Any]:
        ran = sverka("impact", *arguments, "-o", "json")
        assert ran.out, ran.err
        report: dict[str, Any] = json.loads(ran.out)
        assert_valid_impact(report)
        return {**report, "code": ran.code, "told": ran.err}

    return call


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "repo")
