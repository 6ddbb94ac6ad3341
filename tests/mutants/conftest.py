"""The command, run in this process in a folder of its own."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from validator.cli.main import run


class Ran(NamedTuple):
    """How a run ended: the exit code, and what it said."""

    code: int
    out: str
    err: str


@pytest.fixture
def sverka(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Ran]:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(("SVERKA_", "LC_", "LANG"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SVERKA_CACHE_DIR", str(tmp_path / "cache"))

    def call(*arguments: object) -> Ran:
        capfd.readouterr()
        code = run([str(argument) for argument in arguments])
        return Ran(code, *capfd.readouterr())

    return call
