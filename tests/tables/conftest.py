"""The command as its users start it."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from table_work import FIXTURES, Ran

from validator.cli.main import run


@pytest.fixture
def sverka(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """`sverka("import", …)` in a folder of its own that holds the tables of the fixtures."""
    for file in FIXTURES.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.setenv("SVERKA_CACHE", "off")
    for name in ("SVERKA_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def start(*words: object) -> Ran:
        out, err = io.StringIO(), io.StringIO()
        with chdir(tmp_path), redirect_stdout(out), redirect_stderr(err):
            code = run([str(word) for word in words])
        return Ran(code, out.getvalue(), err.getvalue())

    return start
