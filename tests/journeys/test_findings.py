"""Findings by the compiled program are the results of the reference, without those that are plainly fine."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from validator.interpreters.compile.program import Program
from validator.journeys import findings
from validator.journeys.assemble import count
from validator.journeys.check import check
from validator.journeys.findings import Finder, find
from validator.language.library import Library, load, read_folder
from validator.language.source import read_document
from validator.language.vocabulary import read_vocabulary
from validator.logic.facts import Snapshot
from validator.resources import policies_folder, schema_bytes
from validator.snapshots.read import read_snapshot

ROOT = Path(__file__).parents[2]
FILES = [
    *sorted((ROOT / "fixtures" / "organizations").iterdir()),
    *sorted((ROOT / "fixtures" / "scenarios").rglob("*.yaml")),
]


@pytest.fixture(scope="module")
def library() -> Library:
    return load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))


@pytest.fixture(scope="module")
def program(library: Library) -> Program:
    return Program(library.policies, library.vocabulary)


def snapshot(library: Library, file: Path) -> Snapshot | None:
    document = read_document(file.read_bytes(), file.name)
    if document.root.get("schema") is None:  # type: ignore[union-attr]
        return None
    return read_snapshot(document, library.vocabulary, library.names)[0]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_findings_are_the_results_that_are_not_plainly_fine(
    library: Library, program: Program, file: Path
) -> None:
    facts = snapshot(library, file)
    if facts is None:
        return
    results = check(facts, library.policies)
    found = find(program, facts, facts.as_of)
    assert found.results == [r for r in results if r["verdict"] != "ok" or r["disputed"]]
    assert found.fine == Counter(r["reason"] for r in results if r["verdict"] == "ok" and not r["disputed"])
    assert sum(found.fine.values()) + len(found.results) == len(results)


def test_most_files_are_snapshots(library: Library) -> None:
    assert sum(snapshot(library, file) is not None for file in FILES) > 40


def test_small_and_large_runs_find_the_same(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = snapshot(library, ROOT / "fixtures" / "organizations" / "spb-school-transfer-week.yaml")
    assert facts is not None
    small = Finder(library.policies, library.vocabulary).find(facts)
    monkeypatch.setattr(findings, "WORTH_BYTES", 0)
    large = Finder(library.policies, library.vocabulary).find(facts)
    assert small == large
    assert small.results
    assert count(small.results) == count(large.results)
