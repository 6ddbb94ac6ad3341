"""One worker process as the run sees it: documents go in, events come out, and nothing here ever waits for it.

A thread writes to the worker and another one reads from it, because a worker that hangs does neither, and the run
must go on. Both end with the process.
"""

from __future__ import annotations

import signal
import subprocess
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO, NamedTuple

from validator.engines.local.frames import pack, receive

# How long a process that has closed its pipe may take to be gone.
END_SECONDS = 1.0


class Answered(NamedTuple):
    """A worker sent a frame: that it is ready, or the answer about its oldest document."""

    worker: Worker
    head: dict[str, Any]
    pieces: tuple[bytes, ...]


class Ended(NamedTuple):
    """A worker sends no more."""

    worker: Worker


class Stopped(NamedTuple):
    """The run was told to stop."""

    signal: int


Event = Answered | Ended | Stopped


class Task:
    """A document in work: its place in the run, its frame, and whether it has had its second chance."""

    __slots__ = ("frame", "index", "retried")

    def __init__(self, index: int, frame: bytes) -> None:
        self.index = index
        self.frame = frame
        self.retried = False


class Worker:
    """A process that was started with `command`. `since` is when it began what it does now, for time limits."""

    def __init__(self, command: Sequence[str], setup: bytes, events: SimpleQueue[Event], now: float) -> None:
        self.tasks: deque[Task] = deque()
        self.ready = False
        self.alone = False
        self.since = now
        self._frames: SimpleQueue[bytes | None] = SimpleQueue()
        with _signals_held():
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        given, answers = self._process.stdin, self._process.stdout
        assert given is not None
        assert answers is not None
        self._frames.put(setup)
        Thread(target=_write, args=(given, self._frames), daemon=True).start()
        Thread(target=_read, args=(self, answers, events), daemon=True).start()

    def send(self, task: Task, now: float) -> None:
        """Hand over a document."""
        if not self.tasks:
            self.since = now
        self.tasks.append(task)
        self._frames.put(task.frame)

    def done(self, now: float) -> Task:
        """The oldest document, now answered; what was sent after it is begun."""
        self.since = now
        return self.tasks.popleft()

    @property
    def bytes_in_work(self) -> int:
        """How much was sent and is not answered."""
        return sum(len(task.frame) for task in self.tasks)

    def kill(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()

    def end(self) -> int:
        """The exit code of a process that has ended or was killed, negative for the signal that ended it.

        One that only closed its pipe, or does not leave as it was asked to, is killed.
        """
        self._frames.put(None)
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(END_SECONDS)
        self.kill()
        return self._process.wait()

    def dismiss(self) -> None:
        """Let the process leave by itself; there is nothing more to do."""
        self._frames.put(pack({"last": True}))
        self._frames.put(None)


@contextmanager
def _signals_held() -> Iterator[None]:
    """What is started meanwhile never gets the signals of the terminal, not even before it can ignore them."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _write(given: BinaryIO, frames: SimpleQueue[bytes | None]) -> None:
    with suppress(OSError):  # the worker is gone; the reader tells
        while (frame := frames.get()) is not None:
            given.write(frame)
            given.flush()
    with suppress(OSError):
        given.close()


def _read(worker: Worker, answers: BinaryIO, events: SimpleQueue[Event]) -> None:
    with suppress(Exception):  # what can't be read, whatever it is, is the end as well
        while (frame := receive(answers)) is not None:
            events.put(Answered(worker, frame.head, frame.pieces))
    answers.close()
    events.put(Ended(worker))
