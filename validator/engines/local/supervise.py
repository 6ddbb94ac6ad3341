"""Documents to workers and answers back in order; a worker that dies or hangs takes no other document with it.

The document at which a worker died or ran out of time or memory is judged once more, alone in a new process: what
fails twice is at fault itself and is answered with a `Failure`. What the worker had been sent beyond it goes to
others.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Literal, NamedTuple, assert_never

from validator.engines.local.crew import Answered, Ended, Event, Stopped, Task, Worker
from validator.language.limits import MIB

# `-P`: what lies in the current folder is never imported.
COMMAND = (sys.executable, "-P", "-m", "validator.engines.local.worker")
START_SECONDS = 300.0
STOP_SECONDS = 3.0
# Sent ahead to a worker, so that it need not wait for the run; one document is always sent.
AHEAD_DOCUMENTS, AHEAD_BYTES = 16, MIB
# Answers that came before that of an earlier document wait, at most so many and so large.
WAITING_DOCUMENTS, WAITING_BYTES = 512, 64 * MIB


class Failure(NamedTuple):
    """Why a document has no answer. `signal` is the name of the one that ended the worker, or ""."""

    kind: Literal["crashed", "time", "memory", "internal"]
    signal: str = ""
    error: str = ""


class EngineError(Exception):
    """Workers do not start."""


class Supervisor:
    """Runs `jobs` workers. `seconds` is how long a document may take."""

    def __init__(
        self,
        setup: bytes,
        jobs: int,
        seconds: float,
        command: Sequence[str] = COMMAND,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.stopped: int | None = None
        self._setup = setup
        self._jobs = jobs
        self._seconds = seconds
        self._command = command
        self._clock = clock
        self._events: SimpleQueue[Event] = SimpleQueue()
        self._crew: list[Worker] = []
        self._killed: set[Worker] = set()
        self._again: deque[Task] = deque()
        self._alone: deque[Task] = deque()
        self._answers: dict[int, bytes | Failure | None] = {}
        self._waiting = 0
        self._next = 0
        self._taken = 0
        self._exhausted = False
        self._stop_at = 0.0
        self._started_in_vain = 0

    def stop(self, number: int) -> None:
        """Take no more documents, as a signal asks; to be called from its handler."""
        self._events.put(Stopped(number))

    def run(self, orders: Iterator[bytes | None]) -> Generator[bytes | Failure | None, None, None]:
        """An answer for the frame of each document, in their order; None for None, where there is nothing to do.

        After `stop` fewer come: what was in work is finished if it takes no more than a few seconds. Raises
        `EngineError` when workers can't be started.
        """
        try:
            while True:
                self._take(orders)
                yield from self._ready()
                busy = any(worker.tasks for worker in self._crew)
                if self._next == self._taken and self._exhausted:
                    return
                if self.stopped is not None and (not busy or self._clock() >= self._stop_at):
                    return
                self._attend(wait=busy)
                yield from self._ready()
        finally:
            self._leave()

    # --- giving out ---------------------------------------------------------------------------------------

    def _take(self, orders: Iterator[bytes | None]) -> None:
        """Give every worker as much as it may have."""
        while self.stopped is None and self._give_one(orders):
            pass

    def _give_one(self, orders: Iterator[bytes | None]) -> bool:
        """Give out one document; whether there may be room for another."""
        if self._alone:
            worker = self._fresh()
            if worker is not None:
                worker.alone = True
                worker.send(self._alone.popleft(), self._clock())
                return True
        if not self._again and (self._exhausted or not self._has_room()):
            return False
        free = self._idlest()
        if free is None:
            return False
        if self._again:
            free.send(self._again.popleft(), self._clock())
            return True
        try:
            frame = next(orders)
        except StopIteration:
            self._exhausted = True
            return False
        if frame is None:
            self._answer(self._taken, None)
        else:
            free.send(Task(self._taken, frame), self._clock())
        self._taken += 1
        return True

    def _has_room(self) -> bool:
        """Whether answers may get further ahead of the oldest that is missing."""
        return self._taken - self._next < WAITING_DOCUMENTS and self._waiting < WAITING_BYTES

    def _idlest(self) -> Worker | None:
        """The worker with the least to do that may be sent more; a new one while there are too few."""
        idle = [worker for worker in self._crew if not worker.tasks and not worker.alone]
        if idle:
            return idle[0]
        if len(self._crew) < self._jobs:
            return self._start()
        open_ones = [
            worker
            for worker in self._crew
            if not worker.alone and len(worker.tasks) < AHEAD_DOCUMENTS and worker.bytes_in_work < AHEAD_BYTES
        ]
        return min(open_ones, key=lambda worker: worker.bytes_in_work, default=None)

    def _fresh(self) -> Worker | None:
        """A worker that has done nothing yet, in place of an idle one if need be; None while all are at work."""
        if len(self._crew) == self._jobs:
            idle = next((worker for worker in self._crew if not worker.tasks), None)
            if idle is None:
                return None
            self._give_up(idle)
        return self._start()

    def _start(self) -> Worker:
        worker = Worker(self._command, self._setup, self._events, self._clock())
        self._crew.append(worker)
        return worker

    # --- taking back --------------------------------------------------------------------------------------

    def _attend(self, *, wait: bool) -> None:
        """Take in what has happened, or, when there is something to wait for, what happens next."""
        try:
            event = self._events.get(timeout=max(0.0, self._deadline() - self._clock())) if wait else self._now()
            while True:
                self._handle(event)
                event = self._now()
        except Empty:
            if wait:
                self._end_overdue()

    def _now(self) -> Event:
        return self._events.get_nowait()

    def _handle(self, event: Event) -> None:
        match event:
            case Answered(worker, head, pieces):
                self._answered(worker, head, pieces)
            case Ended(worker):
                self._ended(worker)
            case Stopped(number):
                self._told_to_stop(number)
            case _:
                assert_never(event)

    def _answered(self, worker: Worker, head: dict[str, str], pieces: tuple[bytes, ...]) -> None:
        now = self._clock()
        if "ready" in head:
            worker.ready, worker.since = True, now
            self._started_in_vain = 0
            return
        if worker not in self._crew:  # it was given up, and its document is with another one
            return
        if not worker.tasks:  # nobody asked
            self._give_up(worker)
            return
        task = worker.done(now)
        worker.alone = False
        match head.get("failure"):
            case None:
                self._answer(task.index, b"".join(pieces))
            case "memory":
                self._failed(worker, task, Failure("memory"))
            case _:
                self._answer(task.index, Failure("internal", "", str(head.get("type"))))

    def _ended(self, worker: Worker) -> None:
        code = worker.end()
        if worker not in self._crew:
            self._killed.discard(worker)
            return
        self._crew.remove(worker)
        if not worker.ready:
            self._started_in_vain += 1
            if self._started_in_vain > self._jobs:
                raise EngineError(f"a worker ended with {code} before it was ready")
            self._give_back(worker)
            return
        if worker.tasks:
            task = worker.tasks.popleft()
            self._failed(worker, task, Failure("crashed", _signal_name(code)))

    def _failed(self, worker: Worker, task: Task, failure: Failure) -> None:
        """Give up the worker. A document that failed for the first time is judged once more, alone."""
        self._give_up(worker)
        if task.retried:
            self._answer(task.index, failure)
        else:
            task.retried = True
            self._alone.append(task)

    def _give_up(self, worker: Worker) -> None:
        worker.kill()
        if worker in self._crew:
            self._crew.remove(worker)
            self._killed.add(worker)
        self._give_back(worker)

    def _give_back(self, worker: Worker) -> None:
        """What was sent and not begun goes to others, in its order."""
        for task in reversed(worker.tasks):
            (self._alone if task.retried else self._again).appendleft(task)
        worker.tasks.clear()

    def _answer(self, index: int, answer: bytes | Failure | None) -> None:
        self._answers[index] = answer
        self._waiting += len(answer) if isinstance(answer, bytes) else 0

    def _ready(self) -> Iterator[bytes | Failure | None]:
        """The answers whose turn it is."""
        while self._next in self._answers:
            answer = self._answers.pop(self._next)
            self._waiting -= len(answer) if isinstance(answer, bytes) else 0
            self._next += 1
            yield answer

    # --- time ---------------------------------------------------------------------------------------------

    def _deadline(self) -> float:
        return min(self._end_of(worker) for worker in self._crew if worker.tasks)

    def _end_of(self, worker: Worker) -> float:
        if self.stopped is not None:
            return self._stop_at
        return worker.since + (self._seconds if worker.ready else START_SECONDS)

    def _end_overdue(self) -> None:
        """End what has taken too long."""
        now = self._clock()
        for worker in [one for one in self._crew if self.stopped is None and self._end_of(one) <= now]:
            if not worker.ready:
                raise EngineError(f"a worker was not ready within {START_SECONDS:.0f} seconds")
            if worker.tasks:
                self._failed(worker, worker.tasks.popleft(), Failure("time"))

    def _told_to_stop(self, number: int) -> None:
        if self.stopped is None:
            self.stopped, self._stop_at = number, self._clock() + STOP_SECONDS
            self._again.clear()
            self._alone.clear()

    def _leave(self) -> None:
        """No process is left behind."""
        for worker in self._crew:
            if worker.tasks or not worker.ready:
                worker.kill()
            else:
                worker.dismiss()
        for worker in (*self._crew, *self._killed):
            worker.end()
        self._crew.clear()
        self._killed.clear()


def _signal_name(code: int) -> str:
    if code >= 0:
        return ""
    with suppress(ValueError):
        return signal.Signals(-code).name
    return str(-code)


def workers_of(jobs: int | None) -> int:
    """How many workers: as many as asked for, else one for each processor that this process may use."""
    if jobs is not None:
        return jobs
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1
