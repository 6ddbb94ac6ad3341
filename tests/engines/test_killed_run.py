"""FAULT-F4, F5 and F11 with processes as users have them: killed, told to stop, or started twice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from batch_place import NIGHTLY, Place, check_folder, draws, snapshot

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals and processes are those of Linux")
COUNT, SECONDS = 40, 0.01
TRIALS = 1000 if NIGHTLY else 20


def until_begun(place: Place, process: subprocess.Popen[bytes], to: str, lines: int = 1) -> None:
    """Wait until the journal of a run has so many lines."""
    journal = place.path / to / ".run" / "journal"
    while process.poll() is None:
        if journal.exists() and journal.read_bytes().count(b"\n") >= lines:
            return
        time.sleep(0.005)
    pytest.fail(f"it ended before: {process.communicate()[1].decode()}")


def test_killed_at_any_time_a_run_is_taken_up_and_gives_the_same_bytes(place: Place) -> None:
    place.fill(COUNT)
    (place.documents / "broken.json").write_bytes(b"{")
    place.add("contradicts.json", 1, name="Другая школа")
    ran = place.run("good", seconds=SECONDS)
    assert ran.code == 1, ran.err
    good = place.results("good")
    draw = draws(4)
    for _ in range(TRIALS):
        process = place.begin("out", "--resume", seconds=SECONDS)
        until_begun(place, process, "out")
        time.sleep(draw.uniform(0, 0.7))
        process.kill()
        process.communicate()
        for name, data in place.results("out").items():
            assert name.startswith(".run/") or data == good[name], f"L3: {name}"
        place.check_no_process()
        if (place.path / "out" / "run.json").exists() or draw.random() < 0.3:
            assert place.run("out", "--resume").code == ran.code
            assert place.results("out") == good
            check_folder(place.path / "out")
            shutil.rmtree(place.path / "out")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_told_to_stop_a_run_ends_in_order_and_is_taken_up(place: Place, number: signal.Signals, code: int) -> None:
    place.fill(COUNT)
    process = place.begin("out", "--jobs", 2, seconds=0.05)
    until_begun(place, process, "out", 3)
    process.send_signal(number)
    _, err = process.communicate(timeout=5)
    assert process.returncode == code
    assert "--resume" in err.decode()
    assert "Traceback" not in err.decode()
    place.check_no_process()
    assert not (place.path / "out" / ".run" / "lock").exists()
    journal = (place.path / "out" / ".run" / "journal").read_bytes()
    assert f"готово документов: {journal.count(10) - 1};" in err.decode()
    assert place.run("out", "--resume").code == place.run("good").code
    assert place.results("out") == place.results("good")


def test_a_document_that_never_ends_does_not_keep_a_run_that_was_told_to_stop(place: Place) -> None:
    place.fill(4, [(2, "gil")])
    process = place.begin("out", "--jobs", 1)
    until_begun(place, process, "out", 3)
    process.terminate()
    process.communicate(timeout=5)
    assert process.returncode == 143
    place.check_no_process()


def test_told_twice_a_run_ends_at_once(place: Place) -> None:
    place.fill(4, [(2, "gil"), (3, "gil")])
    process = place.begin("out", "--jobs", 2, "--time-limit", 600)
    until_begun(place, process, "out", 3)
    process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    assert process.poll() is None, "it waits for what is at work"
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=3)
    assert process.returncode == 130
    place.check_no_process()
    for file in place.documents.glob("*.gil.json"):
        file.unlink()
    (place.marks / "002.gil.json").unlink()
    assert place.run("out", "--resume").code == 1


def test_killed_while_workers_hang_a_run_leaves_none_of_them(place: Place) -> None:
    place.fill(4, [(0, "gil"), (1, "spin")])
    process = place.begin("out", "--jobs", 2, "--time-limit", 600)
    while len(list(place.marks.glob("0*"))) < 2:
        time.sleep(0.01)
    assert len(place.workers()) == 2
    process.kill()
    process.communicate()
    place.check_no_process()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_waiting_for_standard_input_a_run_can_be_told_to_stop(
    place: Place, number: signal.Signals, code: int
) -> None:
    arguments = ["check", "-", "--policies", "policies", "--to", "out"]
    process = place.begin("out", arguments=arguments, stdin=subprocess.PIPE)
    until_begun(place, process, "out")
    time.sleep(0.2)
    process.send_signal(number)
    process.wait(timeout=5)
    assert process.returncode == code
    process.communicate()
    assert not (place.path / "out").exists(), "nothing was done, so nothing is left"


def test_workers_never_see_the_signals_of_the_terminal(place: Place) -> None:
    """The terminal tells all processes in front; workers that are only starting would print their traces."""
    place.fill(4)
    process = place.begin("out", start_new_session=True, env=os.environ | {"FAULTY_START": "1"})
    while not (place.marks / "started").exists():
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=5)
    assert process.returncode == 130
    assert b"Traceback" not in err
    place.check_no_process()


# --- two runs ---------------------------------------------------------------------------------------------------


def test_a_second_run_in_one_folder_is_refused_and_the_first_one_goes_on(place: Place) -> None:
    place.fill(4)
    arguments = ["check", "-", "--policies", "policies", "--to", "out"]
    first = place.begin("out", arguments=arguments, stdin=subprocess.PIPE)  # it waits for its documents
    until_begun(place, first, "out")
    for more in ((), ("--resume",)):
        second = place.run("out", *more)
        assert second.code == 2
        assert f"уже идёт проверка ({first.pid})" in second.err
    first.communicate(snapshot(1), timeout=60)
    assert first.returncode == 1
    check_folder(place.path / "out")


def test_the_lock_of_a_killed_run_is_no_lock(place: Place) -> None:
    place.fill(COUNT)
    process = place.begin("out", seconds=SECONDS)
    until_begun(place, process, "out", 5)
    process.kill()
    process.communicate()
    assert (place.path / "out" / ".run" / "lock").exists()
    refused = place.run("out")
    assert refused.code == 2
    assert "--resume" in refused.err
    assert place.run("out", "--resume").code == 1
    place.check_laws("out")


def test_eight_runs_at_once_share_one_cache(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.fill(12)
    monkeypatch.setenv("SVERKA_CACHE", "on")
    monkeypatch.setenv("SVERKA_CACHE_DIR", str(place.path / "cache"))
    runs = [place.begin(f"out{number}", "--jobs", 1) for number in range(8)]
    for process in runs:
        _, err = process.communicate(timeout=120)
        assert process.returncode == 1
        assert err == b""
    good = place.results("out0")
    for number in range(8):
        assert place.results(f"out{number}") == good
    assert [path.suffix for path in (place.path / "cache").iterdir() if path.name.startswith((".", "results"))] == [
        ".cache"
    ]


def test_of_runs_that_start_at_once_in_one_folder_one_works_and_the_folder_is_right(place: Place) -> None:
    """Whoever comes while the first one ends finds a finished run, not a place to begin another one."""
    place.fill(4)
    good = place.run("good")
    for _ in range(20 if NIGHTLY else 1):
        runs = [place.begin("out", "--resume", "--jobs", 1) for _ in range(4)]
        codes = []
        for process in runs:
            _, err = process.communicate(timeout=60)
            codes.append(process.returncode)
            assert process.returncode in (good.code, 2), err.decode()
        assert good.code in codes
        assert place.results("out") == place.results("good")
        shutil.rmtree(place.path / "out")


# --- the same bytes ---------------------------------------------------------------------------------------------

SURROUNDINGS: tuple[dict[str, str], ...] = (
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "C.UTF-8", "TZ": "Asia/Kamchatka", "PYTHONHASHSEED": "1"},
    {"PYTHONIOENCODING": "cp1251", "PYTHONUTF8": "0", "TZ": "America/New_York", "PYTHONHASHSEED": "4294967295"},
)


def test_no_surroundings_and_no_number_of_workers_show_in_the_results(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FAULT-F15: locale, time zone, hash seed, how many workers, where and in which order the files were made."""
    place.fill(COUNT)
    place.add("школа №1.json", 100)
    (place.documents / "broken.json").write_bytes(b"[")
    place.add("contradicts.json", 1, name="Другая школа")
    assert place.run("good", "--jobs", 1).code == 1
    good = place.results("good")
    for number, (jobs, surroundings) in enumerate(zip((8, 2, 1), SURROUNDINGS, strict=True)):
        elsewhere = Place(place.path / f"elsewhere-{number}")
        for file in sorted(place.documents.iterdir(), reverse=number % 2 == 0):
            shutil.copy(file, elsewhere.documents / file.name)
        with monkeypatch.context() as patch:
            for name, value in surroundings.items():
                patch.setenv(name, value)
            process = elsewhere.begin("out", "--jobs", jobs)
            _, err = process.communicate(timeout=60)
        assert process.returncode == 1, err
        assert elsewhere.results("out") == good, surroundings
