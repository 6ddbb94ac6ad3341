"""Fixtures of the batch tests: a place to run in, whose cache is its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from batch_place import Place
from batch_steps import Runs

OURS = ("SVERKA_CACHE", "_SVERKA", "LC_", "LANG", "PYTHONIO", "NO_COLOR", "FORCE_COLOR")


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine reaches the runs, and nothing is kept between them unless a test wants it."""
    for name in [name for name in os.environ if name.startswith(OURS)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SVERKA_CACHE", "off")


@pytest.fixture(scope="session")
def runs() -> Iterator[Runs]:
    """Runs of the command that start at once; one process makes them all."""
    found = Runs()
    yield found
    found.close()


@pytest.fixture
def mixed(place: Place) -> Place:
    """Documents that come to everything: good, violating, unknown, repeated, contradicting, broken."""
    place.fill(5)
    place.add("again.json", 0)
    place.add("contradicts.json", 1, name="Другая школа")
    (place.documents / "broken.json").write_bytes(b'{"schema": "sverka.snapshot/1", "schema": 1}')
    return place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)
