"""Runs of the command that stop or fail at a step of choice, each in a process of its own that starts at once.

    python batch_steps.py

Reads orders, one line of JSON each, and answers each with a line: the exit code, or minus the signal, and how many
steps were taken. A step is a call into the system that changes files; it is told by its name, wherever it is made,
so no code is forgotten. Documents are judged in the process itself: what matters here is what gets to the disk.
"""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Generator, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

from validator.cli import batch
from validator.cli.context import library_of
from validator.cli.main import run
from validator.engines.folder.results import ResultFolder
from validator.engines.local.frames import receive
from validator.engines.local.orders import order_in, setup_of
from validator.engines.local.worker import Answer, answer_by
from validator.language.library import Library, PolicyText

STEPS = frozenset(
    {"open", "mkdir", "write", "writelines", "flush", "close", "__exit__", "fsync"}
    | {"truncate", "ftruncate", "replace", "unlink", "rmdir"}
)


@cache
def answer_for(setup: bytes) -> Answer:
    """Made once for all runs."""
    frame = receive(io.BytesIO(setup))
    assert frame is not None
    return answer_by(setup_of(frame))


@cache
def library_for(texts: tuple[PolicyText, ...]) -> Library:
    """Loaded once for all runs."""
    return library_of(list(texts))


class Inline:
    """Judges in this process, in place of `Supervisor`."""

    stopped: int | None = None

    def __init__(self, setup: bytes, jobs: int, seconds: float) -> None:  # noqa: ARG002 - as the real one
        self._answer = answer_for(setup)

    def stop(self, number: int) -> None:
        self.stopped = number

    def run(self, orders: Iterator[bytes | None]) -> Generator[bytes | None, None, None]:
        with open("judged.txt", "w", encoding="utf-8") as judged:
            for data in orders:
                frame = None if data is None else receive(io.BytesIO(data))
                if frame is None:
                    yield None
                else:
                    order = order_in(frame)
                    judged.write(f"{order.item.file}\n")
                    yield self._answer(order)


class Steps:
    """Counts steps; at step `at` the process is killed, or the step fails as on a full disk."""

    def __init__(self, at: int, what: str) -> None:
        self.count = 0
        self.at = at
        self.what = what

    def __call__(self, frame: FrameType, event: str, called: Any) -> None:
        if event != "c_call" or called.__name__ not in STEPS or reads_documents(frame):
            return
        self.count += 1
        if self.count == self.at:
            if self.what == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def reads_documents(frame: FrameType | None) -> bool:
    """Whether a call is made to read a document, which has tests of its own, or here."""
    if frame is not None and frame.f_code.co_filename == __file__:
        return True
    while frame is not None and "/engines/" not in frame.f_code.co_filename:
        if "/snapshots/" in frame.f_code.co_filename:
            return True
        frame = frame.f_back
    return False


def play(order: dict[str, Any]) -> None:
    """The run, in the child."""
    steps = Steps(order["at"], order["what"])
    opened = ResultFolder.open

    def counting_from_here(folder: ResultFolder, *, resume: bool) -> None:
        sys.setprofile(steps)
        opened(folder, resume=resume)

    if order["what"] == "full":
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["at"], order["at"]))
    ResultFolder.open = counting_from_here  # type: ignore[method-assign]
    code = command(order)
    sys.setprofile(None)
    if order["what"] != "full":
        Path("steps.txt").write_text(str(steps.count))
    os._exit(code)


def command(order: dict[str, Any]) -> int:
    """The command, in its folder; what it says goes to a file there."""
    os.environ.update(order["environment"])
    os.chdir(order["folder"])
    told = os.open(os.devnull if order["what"] == "full" else "told.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(told, 1)
    os.dup2(told, 2)
    return run(order["arguments"])


def warm(order: dict[str, Any]) -> None:
    """Load all that a run needs, once for all of them; the results go elsewhere."""
    out = os.dup(1)
    to = order["arguments"].index("--to") + 1
    with TemporaryDirectory() as folder:
        given = [*order["arguments"][:to], folder, *order["arguments"][to + 1 :]]
        command(order | {"arguments": [word for word in given if word != "--resume"]})
    os.dup2(out, 1)


def main() -> None:
    batch.Supervisor = Inline  # type: ignore[misc,assignment]
    batch.library_of = lambda texts: library_for(tuple(texts))  # type: ignore[attr-defined]
    is_warm = False
    for line in sys.stdin:
        order = json.loads(line)
        if not is_warm:
            warm(order)
            is_warm = True
        steps = Path(order["folder"], "steps.txt")
        steps.unlink(missing_ok=True)
        child = os.fork()
        if child == 0:
            try:
                play(order)
            finally:
                os._exit(99)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(json.dumps([code, int(steps.read_text()) if steps.exists() else None]), flush=True)


class Runs:
    """The other side: a process that makes such runs."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(
        self, folder: Path, arguments: list[str], at: int = 0, what: str = "", **environment: str
    ) -> tuple[int, int | None]:
        """Run the command in a folder; its exit code (or minus a signal) and the number of its steps.

        `what` happens at step `at`: "kill", "fail", or "full" where no file may have more than `at` bytes.
        """
        order = {"folder": str(folder), "arguments": arguments, "at": at, "what": what, "environment": environment}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        code, steps = json.loads(self._process.stdout.readline())
        return code, steps

    def close(self) -> None:
        """No more runs."""
        self._process.communicate()


if __name__ == "__main__":
    main()
