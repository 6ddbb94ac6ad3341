"""`check --to FOLDER --engine spark` as people type it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from spark_runs import by_one_machine, read, rows

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Spark on Windows needs more than Java")
FIXTURES = Path(__file__).parents[2] / "fixtures" / "organizations"


def sverka(
    place: Path, *arguments: str, language: str = "en", **environment: str
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "validator", *arguments]
    given = {**os.environ, "SVERKA_LANG": language, **environment}
    return subprocess.run(command, cwd=place, env=given, capture_output=True, text=True, check=False, timeout=240)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with some organizations in `in/`."""
    (tmp_path / "in").mkdir()
    for file in sorted(FIXTURES.iterdir())[:6]:
        (tmp_path / "in" / file.name).write_bytes(file.read_bytes())
    return tmp_path


def test_the_command_leaves_what_one_machine_leaves(spark: object, place: Path) -> None:
    assert spark is not None
    (place / "expected.csv").write_text("inn\n5299004061\n", encoding="utf-8")
    code = by_one_machine(place, "local", "--expect", "expected.csv")
    ran = sverka(place, "check", "in", "--to", "cluster", "--engine", "spark", "--expect", "expected.csv")
    assert ran.returncode == code, ran.stderr
    for name in ("organizations", "verdicts", "findings", "quarantine", "warnings", "missing"):
        assert rows(place / "cluster", name) == rows(place / "local", name), name
    assert read(place / "cluster", "policies.json") == read(place / "local", "policies.json")
    run = read(place / "cluster", "run.json")
    assert run["terms"] == read(place / "local", "run.json")["terms"]
    written = {file.relative_to(place / "cluster").as_posix() for file in (place / "cluster").rglob("*")}
    assert set(run["files"]) <= written
    assert f"Exit code: {code}" in ran.stdout

    again = sverka(place, "check", "in", "--to", "cluster", "--engine", "spark")
    assert again.returncode == 2
    assert "the folder for results is not empty: cluster" in again.stderr


@pytest.mark.parametrize(
    "option",
    [("--jobs", "2"), ("--resume",), ("--time-limit", "5"), ("--memory-limit", "100"), ("--rows", "parquet")],
)
def test_what_a_cluster_sees_to_itself_is_refused(place: Path, option: tuple[str, ...]) -> None:
    ran = sverka(place, "check", "in", "--to", "cluster", "--engine", "spark", *option)
    assert ran.returncode == 2
    assert f"{option[0]} does not go with --engine spark" in ran.stderr
    assert not (place / "cluster").exists()


def test_an_engine_needs_a_folder_for_results(place: Path) -> None:
    ran = sverka(place, "check", "in", "--engine", "spark")
    assert (ran.returncode, "--engine means nothing without --to" in ran.stderr) == (2, True)


def test_standard_input_is_refused(place: Path) -> None:
    ran = sverka(place, "check", "-", "--to", "cluster", "--engine", "spark")
    assert (ran.returncode, "a cluster does not read standard input" in ran.stderr) == (2, True)


def test_a_baseline_is_refused(place: Path) -> None:
    made = sverka(place, "check", "in", "--write-baseline", "known.json")
    assert (place / "known.json").exists(), made.stderr
    ran = sverka(place, "check", "in", "--to", "cluster", "--engine", "spark", "--baseline", "known.json")
    assert (ran.returncode, "--baseline does not go with --engine spark" in ran.stderr) == (2, True)


def test_without_the_extra_it_says_how_to_install_it(place: Path) -> None:
    hidden = place / "hidden"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text(
        "import importlib.util as u\nfind = u.find_spec\n"
        "u.find_spec = lambda name, *more: None if name == 'pyspark' else find(name, *more)\n",
        encoding="utf-8",
    )
    ran = sverka(place, "check", "in", "--to", "cluster", "--engine", "spark", PYTHONPATH=str(hidden))
    assert (ran.returncode, 'pip install "sverka[spark]"' in ran.stderr) == (2, True)


def test_without_java_it_says_what_is_needed(spark: object, place: Path) -> None:
    assert spark is not None
    ran = sverka(place, "check", "in", "--to", "cluster", "--engine", "spark", JAVA_HOME=str(place))
    assert (ran.returncode, "Java 17" in ran.stderr) == (2, True), ran.stderr
    assert not (place / "cluster").exists()
