"""FAULT-F1 to F3: workers that die, hang or eat memory lose nothing but the document that is at fault."""

from __future__ import annotations

import sys
import time

import pytest
from batch_place import NIGHTLY, Place, Ran

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the faults are those of Linux")
COUNT = 24
JOBS = pytest.mark.parametrize("jobs", [1, 2] if NIGHTLY else [2])


def check_others(place: Place, to: str, faults: list[tuple[int, str]]) -> None:
    """L4: of the other documents a run says what it would say without those at fault."""
    for number, fault in faults:
        (place.documents / f"{number:03}.{fault}.json").unlink()
    assert place.run("good").code == 1
    found, wanted = place.results(to), place.results("good")
    for name in ("organizations", "verdicts", "findings", "warnings"):
        assert found[f"{name}.jsonl"] == wanted[f"{name}.jsonl"], name


def run_with(place: Place, faults: list[tuple[int, str]], code: str, *more: object, jobs: int = 1) -> Ran:
    """A run in which these documents come to that, and all others to what they would come to."""
    place.fill(COUNT, faults)
    ran = place.run("out", "--jobs", jobs, *more)
    run = place.check_laws("out")
    assert place.aside("out") == {f"{number:03}.{fault}.json": [code] for number, fault in faults}
    assert run["inputs"]["evaluated"] == COUNT - len(faults)
    assert run["exit_code"] == ran.code, ran.err
    assert f"отложено {len(faults)}" in ran.out
    check_others(place, "out", faults)
    return ran


def attempts(place: Place, number: int, fault: str) -> list[str]:
    """The processes that tried to judge a document."""
    return (place.marks / f"{number:03}.{fault}.json").read_text().split()


@JOBS
def test_a_document_that_kills_its_worker_is_put_aside_and_the_others_are_judged(place: Place, jobs: int) -> None:
    faults = [
        (2, "sigkill"),
        (3, "sigsegv"),
        (11, "exit"),
        (12, "half"),
        (13, "leave"),
        (17, "garbage"),
        (23, "close"),
    ]
    ran = run_with(place, faults, "worker-crashed", jobs=jobs)
    assert ran.code == 1
    for number, fault in faults:
        assert len(set(attempts(place, number, fault))) == 2, "once, and once more in another process"


def test_what_killed_the_worker_is_named(place: Place) -> None:
    place.fill(4, [(0, "sigkill"), (1, "sigsegv"), (2, "exit")])
    place.run("out")
    told = {row["file"]: row["message"]["en"] for row in place.rows("out", "quarantine")}
    assert "(SIGKILL)" in told["in/000.sigkill.json"]
    assert "(SIGSEGV)" in told["in/001.sigsegv.json"]
    assert "(" not in told["in/002.exit.json"]


@JOBS
def test_bad_luck_is_no_fault_of_the_document(place: Place, jobs: int) -> None:
    faults = [(1, "sigkill-once"), (2, "exit-once"), (9, "half-once"), (20, "spin-once"), (21, "eat-once")]
    place.fill(COUNT, faults)
    ran = place.run("out", "--jobs", jobs, "--time-limit", 0.7, "--memory-limit", 400)
    run = place.check_laws("out")
    assert run["inputs"]["quarantined"] == 0
    assert ran.code == 1
    for number, fault in faults:
        (place.documents / f"{number:03}.{fault}.json").rename(place.documents / f"{number:03}.json")
    place.run("good")
    found, wanted = place.results("out"), place.results("good")
    assert found["verdicts.jsonl"] == wanted["verdicts.jsonl"], "in the order of the documents"
    assert found["rollup.json"] == wanted["rollup.json"]


def test_a_second_attempt_is_made_alone_in_a_new_process(place: Place) -> None:
    place.fill(COUNT, [(number, "exit-once" if number == 5 else "none") for number in range(COUNT)])
    assert place.run("out", "--jobs", 1).code == 1
    first, second = attempts(place, 5, "exit-once")
    told = [line.split() for line in (place.marks / "all").read_text().splitlines()]
    assert [name[:3] for process, name in told if process == first] == [f"{number:03}" for number in range(6)]
    rest = [f"{number:03}" for number in range(5, COUNT)]
    assert [name[:3] for process, name in told if process == second] == rest, "first of all, and then the others"


@JOBS
def test_a_document_that_takes_too_long_is_put_aside_whatever_it_is_doing(place: Place, jobs: int) -> None:
    began = time.monotonic()
    ran = run_with(place, [(4, "spin"), (5, "gil")], "time-limit", "--time-limit", 0.7, jobs=jobs)
    assert ran.code == 1
    assert time.monotonic() - began < 60


def test_a_document_that_eats_all_memory_is_put_aside(place: Place) -> None:
    assert run_with(place, [(4, "eat"), (5, "eat")], "memory-limit", "--memory-limit", 400, jobs=2).code == 1


def test_a_fault_of_the_program_is_told_of_and_says_nothing_of_the_data(place: Place) -> None:
    ran = run_with(place, [(4, "fail")], "internal-error")
    assert ran.code == 4
    assert "invented-secret" not in ran.out + ran.err + str(place.results("out"))


def test_what_is_printed_by_mistake_goes_nowhere_near_the_results(place: Place) -> None:
    place.fill(COUNT, [(4, "babble")])
    ran = place.run("out")
    run = place.check_laws("out")
    assert run["inputs"]["evaluated"] == COUNT
    assert "a line on standard output" in ran.err
    assert "a line on standard output" not in ran.out


def test_an_answer_that_nobody_asked_for_is_taken_for_no_record(place: Place) -> None:
    ran = run_with(place, [(COUNT - 1, "twice")], "internal-error")
    assert ran.code == 4


def test_workers_that_do_not_start_are_told_of(place: Place) -> None:
    place.fill(2)
    ran = place.run("out", seconds="no number")
    assert ran.code == 4
    assert "процессы проверки не запускаются" in ran.err
    place.check_no_process()
    assert not (place.path / "out").exists(), "nothing was done, so nothing is left"
