"""Fixtures of the command line: a folder to work in, the command, a reader of reports."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from workplace import Folder, Ran, Stdin

from validator.cli.main import run


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


OURS = ("SVERKA_", "_SVERKA", "LC_", "LANG", "PYTHONIO", "NO_COLOR", "FORCE_COLOR")


@pytest.fixture(scope="session")
def _cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch, _cache_folder: Path) -> None:
    """No setting of the machine that runs the tests reaches the command, and its cache is left alone."""
    for name in [name for name in os.environ if name.startswith(OURS)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SVERKA_CACHE_DIR", str(_cache_folder))


@pytest.fixture
def sverka(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Runs the command in this process: fast."""

    def call(*arguments: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", Stdin(stdin))
        capfd.readouterr()
        before = dict(os.environ)
        code = run([str(argument) for argument in arguments])
        assert dict(os.environ) == before, "the run changed the environment"
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return call


@pytest.fixture
def report_of(valid_report: Callable[[Any], None]) -> Callable[[str | bytes], dict[str, Any]]:
    """Reads a JSON report and checks that it is one."""

    def read(text: str | bytes) -> dict[str, Any]:
        report: dict[str, Any] = json.loads(text)
        valid_report(report)
        return report

    return read
