"""What measurements have in common: what a step is told and what it says, the lines it reads, time and memory."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

if sys.platform != "win32":
    import resource


class Options(NamedTuple):
    """What a step may be told.

    `part` of `parts`: which lines are its own; `limit`: no more than so many documents; `rounds`: the smallest CPU
    time of so many passes counts.
    """

    limit: int = 0
    part: int = 0
    parts: int = 1
    rounds: int = 1
    copies: int = 0
    jobs: int = 1
    evidence: str = "none"
    definitions: bool = False
    peer: str = ""
    rules: tuple[str, ...] = ()


class Measured(NamedTuple):
    """What a step says. Times in seconds, `cpu` of all threads; `peak` in MB, 0 where the system doesn't tell.

    `more` are other figures of the step by name: times of its parts, numbers. `counts` are violations by rule.
    """

    documents: int
    size: int
    cpu: float
    wall: float
    peak: float
    more: dict[str, float]
    counts: dict[str, int]


def documents(data: Path, options: Options) -> Iterator[bytes]:
    """The lines of the file that are the step's own."""
    with data.open("rb") as file:
        for number, line in enumerate(file):
            if options.limit and number >= options.limit:
                return
            if number % options.parts == options.part:
                yield line


def peak(*, children: bool = False) -> float:
    """The most memory that this process, or the largest of those it waited for, has held, in MB."""
    if sys.platform == "win32":
        return 0.0
    who = resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF
    used = resource.getrusage(who).ru_maxrss
    return round(used / (1e6 if sys.platform == "darwin" else 1e3), 1)


def cpu_of_children() -> float:
    """CPU seconds of the processes that this one has waited for, and of theirs."""
    if sys.platform == "win32":
        return 0.0
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall time of one piece of work."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def over_lines(
    data: Path, options: Options, work: Callable[[bytes], object], sums: dict[str, float] | None = None
) -> Measured:
    """The work on every document, one after another; the first one once more before, to warm up.

    What the work adds to `sums` is set to nothing before each round; `more` holds the sums of the quickest round.
    """
    sums = {} if sums is None else sums
    number = size = 0
    for line in documents(data, options):
        if not number:
            work(line)
        number, size = number + 1, size + len(line)
    gc.collect()
    gc.freeze()

    def once() -> None:
        for line in documents(data, options):
            work(line)

    taken = []
    for _ in range(options.rounds):
        sums.update(dict.fromkeys(sums, 0.0))
        taken.append((*seconds(once), dict(sums)))
    cpu, wall, more = min(taken, key=lambda round_: round_[0])
    return Measured(number, size, cpu, wall, peak(), more, {})
