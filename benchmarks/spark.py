"""What Spark adds to judging: a partition beside a local worker, and whole runs on this machine.

    python benchmarks/spark.py                           # 100 organizations; both runs of 200
    python benchmarks/spark.py --documents 40 --runs 0   # the partition alone

"A partition" is what an executor does with the rows that Spark hands it: files taken apart, documents judged, rows
put together as Arrow. "A worker" is what a process of `check --to` does with the frames of the same documents. Both
are CPU seconds in this process, pass after pass in turn, the smallest of each; the first documents stay outside.
Whole runs are wall time, start included. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

import pyarrow as pa  # noqa: E402

from validator.cli.context import library_of, policy_texts  # noqa: E402
from validator.engines.local.frames import Frame, pack, receive  # noqa: E402
from validator.engines.local.orders import Order, Setup, order_in, pack_order, pack_setup  # noqa: E402
from validator.engines.spark.judging import Place, Task, answer_of  # noqa: E402
from validator.journeys.batch.judging import EvidenceLevel  # noqa: E402
from validator.snapshots.stream import Delivered  # noqa: E402

FILES = 8


def main() -> None:
    """Measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100, help="organizations for the partition")
    parser.add_argument("--rounds", type=int, default=3, help="passes, the smallest of which counts")
    parser.add_argument("--runs", type=int, default=200, help="organizations for whole runs; 0: none")
    asked = parser.parse_args()
    worker, partition = of_partition(lines_of(asked.documents), asked.rounds)
    print(f"{asked.documents} organizations, CPU ms each: worker {worker:.2f}, partition {partition:.2f}")
    print(f"a partition costs {partition / worker:.2f} of a worker (goal: at most 1.3)")
    if asked.runs:
        whole_runs(asked.runs)


def lines_of(number: int) -> list[bytes]:
    """Lifelike organizations, a line of JSON each."""
    command = [sys.executable, str(ROOT / "benchmarks" / "organizations.py"), str(number)]
    return subprocess.run(command, check=True, capture_output=True).stdout.splitlines(keepends=True)


def of_partition(lines: Sequence[bytes], rounds: int) -> tuple[float, float]:
    """CPU milliseconds a document: of a worker, and of a partition."""
    texts = policy_texts(("builtin",))
    library_of(texts)
    setup = pack_setup(Setup(tuple(texts), (), None, EvidenceLevel.NONE, None, None))
    answer = answer_of(setup)
    frames = [pack_order(_order(f"in.ndjson:{n}", line)) for n, line in enumerate(lines, 1)]
    per_file = -(-len(lines) // FILES)
    pieces = [b"".join(lines[start : start + per_file]) for start in range(0, len(lines), per_file)]
    paths = [f"file:/in-{number}.ndjson" for number in range(len(pieces))]
    places = {path: Place(number, path.removeprefix("file:/")) for number, path in enumerate(paths)}
    batches = [
        pa.RecordBatch.from_pydict({"path": [p], "content": [c]}) for p, c in zip(paths, pieces, strict=True)
    ]
    task = Task(lambda: setup, lambda: places)

    def by_worker() -> None:
        for frame in frames:
            received = receive(io.BytesIO(frame))
            assert isinstance(received, Frame)
            pack({}, [answer(order_in(received))])

    def by_partition() -> None:
        for _ in task(batches):
            pass

    return _smallest(by_worker, by_partition, rounds, len(lines))


def _smallest(one: Callable[[], None], other: Callable[[], None], rounds: int, number: int) -> tuple[float, float]:
    found: tuple[list[float], list[float]] = [], []
    for turn in range(rounds + 1):
        for what, times in zip((one, other), found, strict=True):
            begun = time.process_time()
            what()
            if turn:  # the first pass fills caches
                times.append((time.process_time() - begun) * 1000 / number)
    return min(found[0]), min(found[1])


def _order(name: str, line: bytes) -> Order:
    return Order(Delivered(name, line, syntax="json"), f"sha256:{sha256(line).hexdigest()}")


def whole_runs(number: int) -> None:
    """The command with two processes and with Spark's two cores, over the same files."""
    lines = lines_of(number)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "in"
        place.mkdir()
        per_file = -(-number // FILES)
        for start in range(0, number, per_file):
            (place / f"{start:06}.ndjson").write_bytes(b"".join(lines[start : start + per_file]))
        here = _whole(folder, "here", "--jobs", "2")
        spark = _whole(folder, "spark", "--engine", "spark")
        print(f"{number} organizations, wall: two processes {here:.0f} s, Spark on two cores {spark:.0f} s")


def _whole(folder: str, to: str, *more: str) -> float:
    command = [sys.executable, "-m", "validator", "check", "in", "--to", to, *more]
    environment = {**os.environ, "SVERKA_CACHE": "off", "PYTHONPATH": str(ROOT)}
    begun = time.monotonic()
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    return time.monotonic() - begun


if __name__ == "__main__":
    main()
