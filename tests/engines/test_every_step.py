"""FAULT-F4 and F6 at every step: killed, or refused by a full disk, a run is taken up as if nothing had been."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from batch_place import NIGHTLY, Place, check_folder, draws
from batch_steps import Runs

from validator.engines.folder import journal
from validator.journeys.batch.records import SECTIONS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")
KILLED, INCOMPLETE, REFUSED = -9, 4, 2
STRIDE = 1 if NIGHTLY else 7


def undisturbed(runs: Runs, place: Place, **environment: str) -> tuple[dict[str, bytes], int]:
    """The results of a run that nothing happens to, and the number of its steps."""
    code, steps = runs.run(place.path, place.arguments("good"), **environment)
    assert code == 1
    assert steps is not None
    return place.results("good"), steps


def some(steps: int) -> list[int]:
    """The steps to try: all of them nightly, in CI some, spread evenly."""
    return list(range(1, steps + 1, STRIDE))


def check_names(place: Place, good: dict[str, bytes]) -> None:
    """L3: what has a final name is whole."""
    for name, data in place.results("out").items():
        if not name.startswith(".run/"):
            assert data == good[name], name


def check_journal(work: Path) -> None:
    """The journal never knows of lines that the files do not hold."""
    if not (work / "journal").exists() or (work / "commit.json").exists():
        return
    for value, _ in list(journal.read(work / "journal"))[1:]:
        ends = journal.entry_of(value, 0).ends
        for name, end in zip(SECTIONS, ends, strict=True):
            assert (work / f"{name}.jsonl").stat().st_size >= end, name


def check_resumed(runs: Runs, place: Place, good: dict[str, bytes], **environment: str) -> None:
    """L2: taken up, the run ends as if nothing had happened."""
    code, _ = runs.run(place.path, place.arguments("out", "--resume"), **environment)
    assert code == 1, (place.path / "told.txt").read_text()
    assert place.results("out") == good
    check_folder(place.path / "out")
    shutil.rmtree(place.path / "out")


def test_killed_before_any_step_a_run_is_taken_up(runs: Runs, mixed: Place) -> None:
    good, steps = undisturbed(runs, mixed, SVERKA_CACHE="off")
    for at in some(steps):
        assert runs.run(mixed.path, mixed.arguments("out"), at, "kill", SVERKA_CACHE="off")[0] == KILLED
        check_names(mixed, good)
        check_journal(mixed.path / "out" / ".run")
        check_resumed(runs, mixed, good, SVERKA_CACHE="off")


def test_killed_again_and_again_a_run_comes_to_its_end(runs: Runs, mixed: Place) -> None:
    """Also while it takes up what was left, and while it moves the files to their names."""
    good, steps = undisturbed(runs, mixed, SVERKA_CACHE="off")
    draw = draws(5)
    for _ in range(100 if NIGHTLY else 4):
        for _ in range(4):
            arguments = mixed.arguments("out", "--resume")
            code, _ = runs.run(mixed.path, arguments, draw.randint(1, steps), "kill", SVERKA_CACHE="off")
            assert code in (KILLED, 1)
            check_names(mixed, good)
        check_resumed(runs, mixed, good, SVERKA_CACHE="off")


def test_a_step_that_fails_ends_the_run_aloud_and_it_is_taken_up(runs: Runs, mixed: Place) -> None:
    good, steps = undisturbed(runs, mixed, SVERKA_CACHE="off")
    for at in some(steps):
        code, _ = runs.run(mixed.path, mixed.arguments("out"), at, "fail", SVERKA_CACHE="off")
        told = (mixed.path / "told.txt").read_text()
        check_names(mixed, good)
        if code == 1:  # what failed had no say in the results, such as taking away an empty folder
            assert mixed.results("out").items() >= good.items()
        else:
            assert code in (INCOMPLETE, REFUSED), told
            assert "нет места" in told or "No space" in told, told
        check_resumed(runs, mixed, good, SVERKA_CACHE="off")


@pytest.mark.parametrize("what", ["kill", "fail"])
def test_steps_in_the_cache_of_records_never_change_the_results(runs: Runs, mixed: Place, what: str) -> None:
    """Where the cache fails the run goes on; where the run is killed, nothing of it stays in the cache for ever."""
    cache = mixed.path / "cache"
    good, _ = undisturbed(runs, mixed, SVERKA_CACHE="off")
    _, steps = undisturbed_with(runs, mixed, cache)
    for at in some(steps)[:: 1 if NIGHTLY else 3]:
        runs.run(mixed.path, mixed.arguments("out"), at, what, SVERKA_CACHE="on", SVERKA_CACHE_DIR=str(cache))
        check_names(mixed, good)
        check_resumed(runs, mixed, good, SVERKA_CACHE="on", SVERKA_CACHE_DIR=str(cache))
        assert not [path.name for path in cache.iterdir() if path.name.endswith(".new")], "left behind"


def undisturbed_with(runs: Runs, place: Place, cache: Path) -> tuple[dict[str, bytes], int]:
    shutil.rmtree(place.path / "good")
    return undisturbed(runs, place, SVERKA_CACHE="on", SVERKA_CACHE_DIR=str(cache))


def test_no_file_may_grow_beyond_so_many_bytes(runs: Runs, mixed: Place) -> None:
    """A disk that fills in the midst of a line: whatever is left, nothing is lost and nothing is half there."""
    good, _ = undisturbed(runs, mixed, SVERKA_CACHE="off")
    largest = max(map(len, good.values()))
    for size in range(0, largest, 61 if NIGHTLY else 997):
        code, _ = runs.run(mixed.path, mixed.arguments("out"), size, "full", SVERKA_CACHE="off")
        assert code in (INCOMPLETE, REFUSED), size
        check_names(mixed, good)
        check_resumed(runs, mixed, good, SVERKA_CACHE="off")
