"""One worker process as the run sees it: documents go in, events come out, and nothing here ever waits for it.

A thread writes to the worker and another one reads from it, because a worker that hangs does neither, and the run
must go on. Both end with the process.
"""

from __future__ import annotations

import subprocess
from collections import deque
from collections.abc import Sequence
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO, NamedTuple

from validator.engines.local.frames import pack, receive


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
        """Wait for a process that has ended or was killed: its exit code, negative for the signal that ended it."""
        self._frames.put(None)
        return self._process.wait()

    def dismiss(self) -> None:
        """Let the process leave by itself; there is nothing more to do."""
        self._frames.put(pack({"last": True}))
        self._frames.put(None)


def _write(given: BinaryIO, frames: SimpleQueue[bytes | None]) -> None:
    try:
        while (frame := frames.get()) is not None:
            given.write(frame)
            given.flush()
        given.close()
    except OSError:  # the worker is gone; the reader tells
        pass


def _read(worker: Worker, answers: BinaryIO, events: SimpleQueue[Event]) -> None:
    try:
        while (frame := receive(answers)) is not None:
            events.put(Answered(worker, frame.head, frame.pieces))
    except (OSError, ValueError):  # what can't be read is the end as well
        pass
    answers.close()
    events.put(Ended(worker))
