"""FAULT-F8: records of the run before spare work and never change a result, whatever became of them."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from batch_place import Place, Ran
from batch_steps import Runs

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")


class Kept:
    """Runs of one place with one cache; `judged` are the documents that workers were asked about."""

    def __init__(self, runs: Runs, place: Place) -> None:
        self.runs = runs
        self.place = place
        self.cache = place.path / "cache"
        self.count = 0

    def run(self, *more: str) -> tuple[Ran, list[str]]:
        """A run into a new folder; what it said, and the names of the documents that were judged in it."""
        self.count += 1
        environment = {"SVERKA_CACHE": "on", "SVERKA_CACHE_DIR": str(self.cache)}
        code, _ = self.runs.run(self.place.path, self.place.arguments(f"out{self.count}", *more), **environment)
        told = (self.place.path / "told.txt").read_text(encoding="utf-8")
        judged = (self.place.path / "judged.txt").read_text(encoding="utf-8").split()
        return Ran(code, told, told), [Path(name).name for name in judged]

    def results(self) -> dict[str, bytes]:
        """Those of the latest run."""
        return self.place.results(f"out{self.count}")

    @property
    def file(self) -> Path:
        return max(self.cache.glob("results-*.cache"), key=lambda file: file.stat().st_mtime_ns)


@pytest.fixture
def kept(runs: Runs, mixed: Place) -> Kept:
    return Kept(runs, mixed)


def test_a_second_run_judges_nothing_again_and_gives_the_same_bytes(kept: Kept) -> None:
    _, first = kept.run()
    assert len(first) == 8
    good = kept.results()
    for _ in range(2):
        ran, again = kept.run()
        assert again == ["broken.json"], "what was put aside is read again"
        assert kept.results() == good
        assert "кэш" not in ran.err


def test_one_document_that_changed_is_judged_alone(kept: Kept) -> None:
    kept.run()
    (kept.place.documents / "broken.json").unlink()
    kept.place.add("003.json", 3, sferum_connected=False)
    _, judged = kept.run()
    assert judged == ["003.json"]
    changed = kept.results()
    shutil.rmtree(kept.cache)
    kept.run()
    assert kept.results() == changed


def test_what_is_not_asked_for_any_more_is_dropped(kept: Kept) -> None:
    kept.run()
    size = kept.file.stat().st_size
    (kept.place.documents / "004.json").rename(kept.place.path / "004.json")
    kept.run()
    assert kept.file.stat().st_size < size
    (kept.place.path / "004.json").rename(kept.place.documents / "004.json")
    _, judged = kept.run()
    assert "004.json" in judged


@pytest.mark.parametrize("more", [("--as-of", "2025-11-01"), ("--evidence", "all")])
def test_on_other_terms_all_is_judged(kept: Kept, more: tuple[str, ...]) -> None:
    kept.run()
    _, judged = kept.run(*more)
    assert len(judged) == 8


def test_with_other_policies_all_is_judged(kept: Kept) -> None:
    kept.run()
    norm = kept.place.path / "policies" / "norms" / "T-CONNECT.yaml"
    norm.write_text(norm.read_text(encoding="utf-8").replace("critical", "info"), encoding="utf-8")
    _, judged = kept.run()
    assert len(judged) == 8


def test_a_record_under_another_name_is_not_that_of_the_document(kept: Kept) -> None:
    """The name stands in the results."""
    kept.run()
    (kept.place.documents / "004.json").rename(kept.place.documents / "renamed.json")
    _, judged = kept.run()
    assert "renamed.json" in judged
    assert b"004.json" not in b"".join(kept.results().values())


def test_records_that_are_damaged_are_judged_again(kept: Kept) -> None:
    """A bit changed at each 1/64 of the file: told of or not seen at all, and never in the results."""
    kept.run()
    good, whole = kept.results(), kept.file.read_bytes()
    told = 0
    for place in range(0, 64, 1):
        index = len(whole) * place // 64
        kept.file.write_bytes(whole[:index] + bytes([whole[index] ^ 16]) + whole[index + 1 :])
        ran, judged = kept.run()
        told += "кэш" in ran.err
        assert kept.results() == good
        assert len(judged) > 1
        assert kept.file.read_bytes().startswith(whole[:90]), "it is as good as new again"
        shutil.rmtree(kept.place.path / f"out{kept.count}")
    assert told > 20


def test_records_that_are_cut_are_good_up_to_there(kept: Kept) -> None:
    kept.run()
    good, whole = kept.results(), kept.file.read_bytes()
    counts = set()
    for size in range(0, len(whole), len(whole) // 12):
        kept.file.write_bytes(whole[:size])
        _, judged = kept.run()
        counts.add(len(judged))
        assert kept.results() == good
    assert len(counts) > 4
    _, judged = kept.run()
    assert judged == ["broken.json"]


def test_records_of_another_version_are_not_used_and_replaced(kept: Kept) -> None:
    kept.run()
    good, whole = kept.results(), kept.file.read_bytes()
    kept.file.write_bytes(whole.replace(b"sverka results", b"sverka RESULTS", 1))
    ran, judged = kept.run()
    assert len(judged) == 8
    assert "запись повреждена" in ran.err
    assert kept.results() == good
    assert kept.run()[1] == ["broken.json"]


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_others_can_write_to_is_not_trusted(kept: Kept, what: str) -> None:
    kept.run()
    good = kept.results()
    (kept.cache if what == "folder" else kept.file).chmod(0o777)
    ran, judged = kept.run()
    assert len(judged) == 8
    assert "могут писать другие" in ran.err
    assert kept.results() == good


def test_where_no_cache_can_be_the_run_goes_on(kept: Kept) -> None:
    kept.cache.write_text("no folder")
    ran, judged = kept.run()
    assert (ran.code, len(judged)) == (1, 8)
    assert "на результат это не влияет" in ran.err


def test_no_link_is_followed_to_records(kept: Kept) -> None:
    kept.run()
    file = kept.file
    file.rename(kept.place.path / "elsewhere")
    file.symlink_to(kept.place.path / "elsewhere")
    _, judged = kept.run()
    assert len(judged) == 8
    assert not file.is_symlink(), "it was replaced"
    assert (kept.place.path / "elsewhere").exists()
