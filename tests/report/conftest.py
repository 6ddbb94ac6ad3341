"""The same run three ways: in memory, as a saved report, as the folder of a batch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from validator.cli.main import run
from validator.language.library import Library, load, read_folder
from validator.language.vocabulary import read_vocabulary
from validator.resources import organizations_folder, policies_folder, schema_bytes

NAMES = (
    "school-staff-room-telegram.yaml",
    "school-refusals-working-channel.yaml",
    "spb-school-transfer-week.yaml",
    "school-order-behind-login.json",
    "education-authority-august.yaml",
)
BROKEN = '{"schema": "sverka.snapshot/1", "schema": 1}'


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_ACTIONS", "SVERKA_LANG", "SVERKA_POLICIES"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def library() -> Library:
    return load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))


@pytest.fixture(scope="session")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five invented organizations, and a document that nobody can read."""
    folder = tmp_path_factory.mktemp("snapshots")
    for name in NAMES:
        (folder / name).write_bytes((organizations_folder() / name).read_bytes())
    (folder / "twice.json").write_text(BROKEN, encoding="utf-8")
    return folder


def checked(*words: object) -> int:
    return run(["check", *map(str, words)])


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory, snapshots: Path) -> Path:
    """The report with everything in it."""
    file = tmp_path_factory.mktemp("saved") / "all.json"
    assert checked(snapshots, "-o", f"json={file}") == 1
    return file


@pytest.fixture(scope="session")
def findings(tmp_path_factory: pytest.TempPathFactory, snapshots: Path) -> Path:
    """The report without what is plainly fine."""
    file = tmp_path_factory.mktemp("findings") / "findings.json"
    assert checked(snapshots, "--results", "findings", "-o", f"json={file}") == 1
    return file


@pytest.fixture(scope="session", params=["none", "all", "parquet"])
def batch(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, snapshots: Path) -> Path:
    """The folder of a batch: without explanations, with all of them, with its rows as Parquet alone."""
    folder = tmp_path_factory.mktemp("batch") / "results"
    more = ["--rows", "parquet"] if request.param == "parquet" else ["--evidence", request.param]
    assert checked(snapshots, "--to", folder, "--jobs", 1, *more) == 1
    return folder


@pytest.fixture(scope="session")
def explained(tmp_path_factory: pytest.TempPathFactory, snapshots: Path) -> Path:
    """The folder of a batch with all findings explained."""
    folder = tmp_path_factory.mktemp("explained") / "results"
    assert checked(snapshots, "--to", folder, "--jobs", 1, "--evidence", "all") == 1
    return folder


def read(file: Path) -> Any:
    return json.loads(file.read_bytes())
