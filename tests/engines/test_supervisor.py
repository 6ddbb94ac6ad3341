"""How far a run gets ahead of its oldest document: the memory that it needs does not grow with the input."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator

import pytest
from batch_place import WORKER, Place, snapshot

from validator.engines.local import supervise
from validator.engines.local.orders import Order, Setup, pack_order, pack_setup
from validator.engines.local.supervise import AHEAD_DOCUMENTS, WAITING_DOCUMENTS, Failure, Supervisor
from validator.journeys.batch.judging import EvidenceLevel
from validator.journeys.batch.records import decode
from validator.language.library import read_folder
from validator.snapshots.stream import Delivered

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the faults are those of Linux")


class Asked:
    """Documents without end, the first of which hangs its worker; it counts how many were asked for."""

    def __init__(self, total: int, *, judged: bool) -> None:
        self.total = total
        self.judged = judged
        self.count = 0

    def __iter__(self) -> Iterator[bytes | None]:
        for number in range(self.total):
            self.count += 1
            name = "0.spin.json" if number == 0 else f"{number}.json"
            data = snapshot(number)
            order = Order(Delivered(name, data), f"sha256:{hashlib.sha256(data).hexdigest()}")
            yield pack_order(order) if self.judged or number == 0 else None


def supervisor_of(place: Place, jobs: int) -> Supervisor:
    texts = tuple(read_folder(place.path / "policies"))
    setup = Setup(texts, (), None, EvidenceLevel.NONE, None, None)
    command = (sys.executable, "-P", str(WORKER), str(place.marks), "0")
    return Supervisor(pack_setup(setup), jobs, 0.7, command)


def ahead(supervisor: Supervisor, asked: Asked) -> int:
    """How many documents were asked for before the first one was answered; the order of answers is checked."""
    answers = supervisor.run(iter(asked))
    assert isinstance(next(answers), Failure)
    count = asked.count
    rest = list(answers)
    assert len(rest) == asked.total - 1
    if asked.judged:
        assert [decode(answer).file for answer in rest if isinstance(answer, bytes)] == [
            f"{number}.json" for number in range(1, asked.total)
        ]
    return count


def test_documents_that_need_no_worker_wait_for_the_oldest_one(place: Place) -> None:
    assert ahead(supervisor_of(place, 1), Asked(2000, judged=False)) <= WAITING_DOCUMENTS


def test_one_worker_is_sent_so_many_documents_ahead(place: Place) -> None:
    assert ahead(supervisor_of(place, 1), Asked(100, judged=True)) <= AHEAD_DOCUMENTS


def test_answers_that_wait_are_at_most_so_large(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervise, "WAITING_BYTES", 4000)
    assert ahead(supervisor_of(place, 2), Asked(300, judged=True)) < 4000 / 500 + 3 * AHEAD_DOCUMENTS
    place.check_no_process()


def test_of_a_run_that_is_given_up_no_worker_is_left(place: Place) -> None:
    answers = supervisor_of(place, 2).run(iter(Asked(50, judged=True)))
    next(answers)
    assert place.workers()
    answers.close()
    place.check_no_process(within=0.1)
