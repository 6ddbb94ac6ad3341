"""A worker process: judges the documents it is sent, one after another, until its pipe is closed.

It knows no file and no terminal: its standard output is the pipe to the run, and what anything else prints goes to
standard error. It leaves at once when the run is gone, and signals of the terminal are the run's business.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO

from validator.engines.local.frames import Frame, pack, receive
from validator.engines.local.orders import Order, Setup, order_in, setup_of
from validator.interpreters.compile.kept import KeptProgram
from validator.interpreters.compile.program import Program
from validator.journeys.batch.judging import Judge, Terms
from validator.journeys.batch.records import encode
from validator.journeys.selection import selected, waivers_of
from validator.language.cache import load_cached
from validator.language.library import Library
from validator.resources import schema_bytes
from validator.snapshots.waivers import read_waivers

Answer = Callable[[Order], bytes]
# What judging leaves behind is free at once, but for what the strict reader makes; a search for that among the
# young objects is worth it only now and then.
_OBJECTS_PER_COLLECTION = 200_000
_PR_SET_PDEATHSIG = 1


def main(make: Callable[[Setup], Answer] | None = None) -> None:
    """Judge until the run has no more to send. `make` builds what answers with a record; tests give their own."""
    given, answers = _pipes()
    _die_with_the_run()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    first = receive(given)
    if first is None:
        return
    setup = setup_of(first)
    _limit_memory(setup.memory_bytes)
    answer = (make or answer_by)(setup)
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_PER_COLLECTION)
    _send(answers, pack({"ready": True}))
    frames: SimpleQueue[Frame | None] = SimpleQueue()
    Thread(target=_listen, args=(given, frames), daemon=True).start()
    while (frame := frames.get()) is not None:
        _send(answers, _answered(answer, frame))


def answer_by(setup: Setup) -> Answer:
    """The judge of a setup."""
    whole = load_cached(setup.policies, schema_bytes("snapshot"), setup.store, lambda _: None)
    library = selected(whole, setup.selection)
    waivers = waivers_of(read_waivers(iter(setup.waivers)), library.policies)
    terms = Terms(setup.law_date, setup.evidence, waivers, setup.gate)
    judge = Judge(library, _program(library, setup), terms)
    return lambda order: encode(judge.judge(order.item, order.digest))


def _program(library: Library, setup: Setup) -> Program:
    """The program that was kept, or a new one, which is kept."""
    if setup.store is None:
        return Program(library.policies, library.vocabulary)
    kept = KeptProgram(setup.store, library.policies, schema_bytes("snapshot"), lambda _: None)
    written = kept.read()
    program = Program(library.policies, library.vocabulary, written)
    if written is None:
        kept.write(program.written)
    return program


def _answered(answer: Answer, frame: Frame) -> bytes:
    try:
        return pack({}, [answer(order_in(frame))])
    except MemoryError:
        return pack({"failure": "memory"})
    except Exception as error:  # the run goes on, and says that the fault is ours; no data in what is told
        return pack({"failure": "internal", "type": type(error).__name__})


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the run, out of reach of anything that reads standard input or prints."""
    given, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    return given, answers


def _listen(given: BinaryIO, frames: SimpleQueue[Frame | None]) -> None:
    """Frames as they come. Without the run there is nothing left to do, whatever is being worked on."""
    with contextlib.suppress(MemoryError):  # the document at work needs it all; the run takes it for a crash
        while (frame := receive(given)) is not None:
            if frame.head.get("last"):
                frames.put(None)
                return
            frames.put(frame)
    os._exit(0)


def _send(answers: BinaryIO, data: bytes) -> None:
    try:
        answers.write(data)
        answers.flush()
    except OSError:  # the run is gone
        os._exit(0)


def _die_with_the_run() -> None:
    """Let the system end this process when the run is gone, even if it is in the midst of a call that never ends.

    Only Linux can do that; elsewhere such a process ends with its call, when `_listen` gets its turn.
    """
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415 - only there

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _limit_memory(size: int | None) -> None:
    """At most so many bytes of address space, and no core file; where the system knows such limits."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if size is not None:
            resource.setrlimit(resource.RLIMIT_AS, (size, size))


if __name__ == "__main__":
    main()
    sys.stdout = None  # nothing of ours is buffered there; what is closed can't be flushed at exit
