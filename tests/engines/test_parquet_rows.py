"""Rows as Parquet say what the lines say, and evidence stays where it is."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from validator.cli import batch
from validator.cli.main import run

pyarrow = pytest.importorskip("pyarrow.parquet")
ORGANIZATIONS = Path(__file__).resolve().parents[2] / "fixtures" / "organizations"
EVIDENCE = ("none", "blocking")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of one batch in every form."""
    place = tmp_path_factory.mktemp("rows")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SVERKA_CACHE_DIR", str(place / "cache"))
        for evidence in EVIDENCE:
            for rows in ("jsonl", "parquet"):
                options = ["--to", str(place / f"{evidence}-{rows}"), "--evidence", evidence, "--rows", rows]
                assert run(["check", str(ORGANIZATIONS), "--jobs", "1", *options]) == 1
    return place


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def plain(row: dict[str, Any], columns: list[str]) -> dict[str, Any]:
    """A row as its columns hold it."""
    found = {name: row[name] for name in columns if name != "baseline"}
    if "baseline" in columns:  # lines only bear the mark where something is known
        found["baseline"] = row.get("baseline", False)
    if isinstance(found["disputed"], list):
        found["disputed"] = [{"reading": one["reading"], "verdict": one["verdict"]} for one in found["disputed"]]
    return found


@pytest.mark.parametrize("evidence", EVIDENCE)
@pytest.mark.parametrize("name", ["verdicts", "findings"])
def test_the_columns_hold_what_the_lines_hold(folder: Path, name: str, evidence: str) -> None:
    table = pyarrow.read_table(folder / f"{evidence}-parquet" / f"{name}.parquet")
    rows = lines(folder / f"{evidence}-jsonl" / f"{name}.jsonl")
    assert table.to_pylist() == [plain(row, table.column_names) for row in rows]
    assert len(rows) > 20


def test_evidence_stays_in_lines(folder: Path) -> None:
    assert not (folder / "none-parquet" / "findings.jsonl").exists()
    with_evidence = (folder / "blocking-parquet" / "findings.jsonl").read_bytes()
    assert with_evidence == (folder / "blocking-jsonl" / "findings.jsonl").read_bytes()
    assert b'"because"' in with_evidence


@pytest.mark.parametrize("evidence", EVIDENCE)
def test_run_json_names_the_files_that_are_there(folder: Path, evidence: str) -> None:
    for rows in ("jsonl", "parquet"):
        place = folder / f"{evidence}-{rows}"
        named = json.loads((place / "run.json").read_bytes())["files"]
        assert {*named, "run.json"} == {file.name for file in place.iterdir()}
        assert all(row["bytes"] == (place / name).stat().st_size for name, row in named.items())


def test_without_the_extra_it_says_so_before_any_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(batch, "find_spec", lambda name: None if name == "pyarrow" else real(name))
    assert run(["check", str(ORGANIZATIONS), "--to", str(tmp_path / "x"), "--rows", "parquet"]) == 2
    told = capsys.readouterr()
    assert 'pip install "sverka[parquet]"' in told.err
    assert not (tmp_path / "x").exists()
