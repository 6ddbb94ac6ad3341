"""The command itself, end to end: `sverka check PATHS --to FOLDER --jobs N`, a process as its user starts it.

Everything is in these figures: starting, loading the policies, reading, judging, writing the results, the roll-up.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measured import Measured, Options, cpu_of_children, peak
from organizations import as_json, organization, write_folder

SVERKA = (sys.executable, "-c", "from validator.cli.main import main; main()")


def batch_is_there() -> bool:
    """Whether the command can check a batch into a folder."""
    told = subprocess.run([*SVERKA, "check", "--help"], capture_output=True, check=False).stdout
    return b"--to" in told and b"--jobs" in told


def run(data: Path, to: Path, options: Options, cache: Path) -> tuple[float, float]:
    """CPU and wall seconds of one run. Raises RuntimeError when it ends in a way that measures nothing."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SVERKA_")}
    more = ("--jobs", str(options.jobs), "--evidence", options.evidence)
    before, begin = cpu_of_children(), time.perf_counter()
    process = subprocess.run(
        [*SVERKA, "check", str(data), "--to", str(to), *more],
        capture_output=True,
        env={**kept, "SVERKA_CACHE_DIR": str(cache)},
        check=False,
    )
    wall, cpu = time.perf_counter() - begin, cpu_of_children() - before
    if process.returncode not in (0, 1, 3):
        raise RuntimeError(f"sverka check: code {process.returncode}\n{process.stderr.decode()[-2000:]}")
    return cpu, wall


def command(data: Path, options: Options) -> Measured:
    """The command on a file of lines, policies cached by a first run; `peak` is the largest process."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = folder / "first.json"
        first.write_bytes(as_json(organization(0)))
        run(first, folder / "first", options, folder / "cache")
        cpu, wall = run(data, folder / "to", options, folder / "cache")
    with data.open("rb") as file:
        number = sum(1 for _ in file)
    return Measured(number, data.stat().st_size, cpu, wall, peak(children=True), {}, {})


def command_again(_data: Path, options: Options) -> Measured:
    """A folder of files checked, then checked again into another folder after one file changed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = folder / "files"
        size = write_folder(files, options.limit)
        cpu, wall = run(files, folder / "first", options, folder / "cache")
        changed = sorted(files.iterdir())[0]
        changed.write_bytes(as_json(organization(0, seed=2)))
        again_cpu, again_wall = run(files, folder / "second", options, folder / "cache")
    more = {"again cpu": again_cpu, "again wall": again_wall}
    return Measured(options.limit, size, cpu, wall, peak(children=True), more, {})
