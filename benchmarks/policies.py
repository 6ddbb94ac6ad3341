"""What the cache of checked policies saves: loading the shipped policies, and a whole check, with and without it.

    python benchmarks/policies.py [--runs 15]

Every figure is of a process of its own. "load" is from the first policy file to policies that can be judged by,
without the imports before it; "check" is the whole command. The ratio is to the start of a bare interpreter, in
the same kind of time. Runs are interleaved; nothing is asserted.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

if sys.platform != "win32":
    import resource

SNAPSHOT = """\
{"schema": "sverka.snapshot/1", "as_of": "2025-10-01", "coverage": {"uses": "complete"},
 "organization": {"inn": "7800000010", "name": "Школа № 1", "region": "78", "kind": "school",
                  "sferum_connected": true},
 "uses": [{"ref": "u_1", "service": "whatsapp", "actor": "employee_on_duty", "counterpart": ["parents"],
           "purpose": "inform", "direction": "outgoing", "first_on": "2025-09-01", "last_on": "ongoing"}]}
"""
CHECK = "from validator.cli.main import main; main()"
# Prints CPU and wall seconds of the load alone; all policies are decoded, as a check needs them.
LOAD = """
import gc, sys, time
from pathlib import Path
import validator.cli.check
from validator.language.cache import load_cached
from validator.language.library import read_folder
from validator.language.source import read_yaml
from validator.language.store import Store
from validator.resources import policies_folder, schema_bytes
gc.disable()
cpu, wall = time.process_time(), time.perf_counter()
store = Store(Path(sys.argv[1]), asked_for=True)
library = load_cached(read_folder(policies_folder()), schema_bytes("snapshot"), store, print)
library.policies.policies()
print(time.process_time() - cpu, time.perf_counter() - wall)
"""


class Took(NamedTuple):
    """Milliseconds."""

    cpu: float
    wall: float


class Task(NamedTuple):
    """One line of the table: what runs, and whether it finds the policies in the cache."""

    name: str
    code: str
    arguments: tuple[str, ...]
    warm: bool


def cpu_of_children() -> float:
    """CPU seconds of the processes that have ended; in steps of some 10 ms where the system has nothing finer."""
    if sys.platform == "win32":
        return sum(os.times()[2:4])
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(task: Task, folder: Path) -> Took:
    """One run. Raises RuntimeError when it ends in a way that measures nothing."""
    store = folder / "cache"
    if not task.warm:
        for entry in store.glob("*"):
            entry.unlink()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SVERKA_")}
    before, begin = cpu_of_children(), time.perf_counter()
    process = subprocess.run(
        [sys.executable, "-c", task.code, *task.arguments],
        capture_output=True,
        text=True,
        env={**kept, "SVERKA_CACHE_DIR": str(store)},
        check=False,
    )
    wall, cpu = time.perf_counter() - begin, cpu_of_children() - before
    if process.returncode not in (0, 1, 3):
        raise RuntimeError(f"{task.name}: code {process.returncode}\n{process.stderr}")
    if task.code == LOAD:
        cpu, wall = map(float, process.stdout.split())
    return Took(cpu * 1000, wall * 1000)


def measure(tasks: list[Task], folder: Path, runs: int) -> dict[str, list[Took]]:
    """The times of each task: one run to warm the disk, then `runs` rounds of all tasks."""
    found: dict[str, list[Took]] = {task.name: [] for task in tasks}
    for number in range(runs + 1):
        for task in tasks:
            took = run(task, folder)
            if number:
                found[task.name].append(took)
    return found


def table(found: dict[str, list[Took]]) -> str:
    """Medians, and their ratios to the first task."""
    medians = {
        name: Took(statistics.median(t.cpu for t in times), statistics.median(t.wall for t in times))
        for name, times in found.items()
    }
    base = next(iter(medians.values()))
    width = max(map(len, medians))
    lines = [f"{'':<{width}}  {'CPU ms':>8}  {'ratio':>6}  {'wall ms':>8}  {'ratio':>6}"]
    for name, took in medians.items():
        cpu, wall = took.cpu / max(base.cpu, 0.001), took.wall / base.wall
        lines.append(f"{name:<{width}}  {took.cpu:>8.1f}  {cpu:>6.1f}  {took.wall:>8.1f}  {wall:>6.1f}")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=15, help="rounds (15)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "small.json").write_text(SNAPSHOT, "utf-8")
        store, check = str(folder / "cache"), ("check", str(folder / "small.json"))
        tasks = [
            Task("python -c pass", "pass", (), warm=True),
            Task("load, cold", LOAD, (store,), warm=False),
            Task("load, warm", LOAD, (store,), warm=True),
            Task("sverka check small.json, cold", CHECK, check, warm=False),
            Task("sverka check small.json, warm", CHECK, check, warm=True),
        ]
        found = measure(tasks, folder, options.runs)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {options.runs} rounds")
    print(table(found))


if __name__ == "__main__":
    main()
