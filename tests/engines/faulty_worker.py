"""A worker that misbehaves at documents whose names ask for it: `003.sigkill.json`, `004.exit-once.json`.

    python faulty_worker.py MARKS SECONDS

With `-once` the fault is there for the first attempt only; the folder MARKS remembers, and counts the attempts.
Every document takes SECONDS at least, and the start as many as FAULTY_START says. All
other documents are answered as by a good worker.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from validator.engines.local import worker
from validator.engines.local.frames import pack
from validator.engines.local.orders import Order, Setup

MARKS, SECONDS = Path(sys.argv[1]), float(sys.argv[2])
PIPE: list[worker.BinaryIO] = []


def spin() -> None:
    while True:
        pass


def hold_the_interpreter() -> None:
    """One call that takes for ever, and lets no other thread of Python run meanwhile."""
    re.match(r"(a|a|a)+$", "a" * 64 + "b")


def eat() -> None:
    """Memory until there is none."""
    eaten = []
    while True:
        eaten.append(bytearray(1 << 24))


def fail() -> None:
    raise RuntimeError("invented-secret")


def babble() -> None:
    print("a line on standard output " * 1000, flush=True)
    os.write(1, b"\x00" * 4096)
    sys.stdin.read()


def half() -> None:
    data = pack({}, [b"x" * 1000])
    PIPE[0].write(data[: len(data) // 2])
    PIPE[0].flush()
    os._exit(0)


def garbage() -> None:
    PIPE[0].write(b"\x7f" * 64)
    PIPE[0].flush()
    time.sleep(600)


def twice() -> None:
    """An answer that nobody asked for, before the one that is due."""
    PIPE[0].write(pack({}, [b"no record\n"]))


def leave_pipe() -> None:
    PIPE[0].close()
    hold_the_interpreter()


FAULTS: dict[str, Callable[[], object]] = {
    "none": lambda: None,
    "sigsegv": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "sigkill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "exit": lambda: os._exit(7),
    "leave": lambda: sys.exit(0),
    "spin": spin,
    "gil": hold_the_interpreter,
    "eat": eat,
    "fail": fail,
    "babble": babble,
    "half": half,
    "garbage": garbage,
    "twice": twice,
    "close": leave_pipe,
}


def make(setup: Setup) -> worker.Answer:
    answer = worker.answer_by(setup)

    def answer_or_not(order: Order) -> bytes:
        time.sleep(SECONDS)
        name = Path(order.item.file).name
        fault = name.split(".")[1] if name.count(".") == 2 else ""
        if fault and (attempt(name) == 1 or not fault.endswith("-once")):
            FAULTS[fault.removesuffix("-once")]()
        return answer(order)

    return answer_or_not


def attempt(name: str) -> int:
    """Which attempt at a document this is, from 1."""
    for file, mark in ((MARKS / "all", f"{os.getpid()} {name}"), (MARKS / name, str(os.getpid()))):
        with open(file, "ab", buffering=0) as stream:
            stream.write(f"{mark}\n".encode())
    return (MARKS / name).read_bytes().count(b"\n")


def main() -> None:
    send = worker._send

    def noted(answers: worker.BinaryIO, data: bytes) -> None:
        PIPE[:] = [answers]
        send(answers, data)

    worker._send = noted
    (MARKS / "started").touch()
    time.sleep(float(os.environ.get("FAULTY_START", "0")))
    worker.main(make)
    sys.stdout = None  # as the real one


if __name__ == "__main__":
    main()
