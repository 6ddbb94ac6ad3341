"""Findings by the compiled program are the results of the reference, without those that are plainly fine."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from validator.interpreters.compile import policies as writing
from validator.interpreters.compile.kept import KeptProgram
from validator.interpreters.compile.parts import Part
from validator.interpreters.compile.policies import source_of
from validator.interpreters.compile.program import Program
from validator.journeys.assemble import count
from validator.journeys.check import check
from validator.journeys.findings import Finder, find
from validator.language.library import Library, load, read_folder
from validator.language.source import read_document
from validator.language.store import Store
from validator.language.vocabulary import Vocabulary, read_vocabulary
from validator.logic.facts import Snapshot
from validator.logic.policy import PolicySet
from validator.logic.text import Text
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
    assert found.fine == Counter(
        (r["policy"], r["reason"]) for r in results if r["verdict"] == "ok" and not r["disputed"]
    )
    assert sum(found.fine.values()) + len(found.results) == len(results)


def test_most_files_are_snapshots(library: Library) -> None:
    assert sum(snapshot(library, file) is not None for file in FILES) > 40


@pytest.fixture(scope="module")
def week(library: Library) -> Snapshot:
    found = snapshot(library, ROOT / "fixtures" / "organizations" / "spb-school-transfer-week.yaml")
    assert found is not None
    return found


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The programs that a test had to write."""
    texts: list[str] = []

    def counted(policies: PolicySet, vocabulary: Vocabulary, parts: dict[str, list[Part]]) -> str:
        texts.append(source_of(policies, vocabulary, parts))
        return texts[-1]

    monkeypatch.setattr(writing, "source_of", counted)
    return texts


def test_small_and_large_runs_find_the_same(library: Library, week: Snapshot, written: list[str]) -> None:
    small = Finder(library.policies, library.vocabulary).find(week)
    assert not written
    large = Finder(library.policies, library.vocabulary, worth_bytes=0).find(week)
    assert len(written) == 1
    assert small == large
    assert small.results
    assert count(small.results) == count(large.results)


def test_the_program_is_written_once_for_many_snapshots(
    library: Library, week: Snapshot, written: list[str]
) -> None:
    finder = Finder(library.policies, library.vocabulary, worth_bytes=2 * week.size)
    found = [finder.find(week)]
    assert not written
    found += [finder.find(week), finder.find(week)]
    assert len(written) == 1
    assert found[0] == found[1] == found[2]


def test_a_kept_program_is_used_from_the_first_byte_on(
    library: Library, week: Snapshot, written: list[str], tmp_path: Path
) -> None:
    notices: list[Text] = []

    def finder(worth_bytes: int) -> Finder:
        store = Store(tmp_path / "cache", asked_for=True)
        kept = KeptProgram(store, library.policies, schema_bytes("snapshot"), notices.append)
        return Finder(library.policies, library.vocabulary, kept, worth_bytes)

    never = finder(10**9)
    found = [never.find(week)]
    assert (len(written), (tmp_path / "cache").exists()) == (0, False)
    found.append(finder(0).find(week))
    assert len(written) == 1
    again = finder(10**9)
    found += [again.find(week), again.find(week)]
    assert again._program is not None
    assert len(written) == 1
    assert all(one == found[0] for one in found)
    assert notices == []


def test_a_program_that_was_not_kept_is_looked_for_once(
    library: Library, week: Snapshot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    store = Store(tmp_path / "cache", asked_for=True)
    kept = KeptProgram(store, library.policies, schema_bytes("snapshot"), lambda _: None)
    looks: list[KeptProgram] = []

    def nothing(self: KeptProgram) -> None:
        looks.append(self)

    monkeypatch.setattr(KeptProgram, "read", nothing)
    finder = Finder(library.policies, library.vocabulary, kept, worth_bytes=10**9)
    assert finder.find(week) == finder.find(week)
    assert looks == [kept]
