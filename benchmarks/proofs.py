"""What `sverka prove` costs: the shipped set, larger sets, and one edited policy against the rest.

    python benchmarks/proofs.py                          # the shipped set, and sets of 70, 250 and 500
    python benchmarks/proofs.py --sizes 70 --seconds 60

Larger sets hold copies of the shipped policies with other ids, days and numbers (`copies.py`). Every figure is of a
process of its own, in CPU seconds of the proof alone: reading and copying the policies is left out. What takes
longer than `--seconds` is stopped and told as such. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from copies import edited, of_size  # noqa: E402

from validator.interpreters.smt.answer import Limits  # noqa: E402
from validator.journeys.prove.ground import Ground  # noqa: E402
from validator.journeys.prove.kept import Kept  # noqa: E402
from validator.journeys.prove.run import Asked, prove  # noqa: E402
from validator.language.library import Library, load, read_folder  # noqa: E402
from validator.language.store import Store  # noqa: E402
from validator.language.vocabulary import read_vocabulary  # noqa: E402
from validator.logic.frozen import replace  # noqa: E402
from validator.resources import policies_folder, schema_bytes  # noqa: E402

SIZES, SECONDS = "0,70,250,500", 900
EDITED = "FM-BAN"
KEY = "benchmark"
# What is done to a set, in this order: answers kept by `whole` are those that `again` and `kept` find.
STEPS = {
    "whole": "whole set",
    "again": "whole set, answers kept",
    "one": f"`{EDITED}` edited",
    "kept": f"`{EDITED}` edited, answers kept",
}


class Cost(NamedTuple):
    """CPU seconds, and how many answers had to be worked out."""

    cpu: float
    answers: int


# --- one step, in its own process ---------------------------------------------------------------------------------


def library_of(size: int, *, edit: bool) -> Library:
    """So many policies, with the one edited or as it is shipped. `size` 0 is the shipped set."""
    library = load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))
    policies = of_size(library.policies, size, EDITED) if size else library.policies
    return replace(library, policies=edited(policies, EDITED) if edit else policies)


def step(size: int, name: str, folder: Path) -> Cost:
    """One step on a set of so many policies; answers are kept in the folder."""
    one = name in ("one", "kept")
    library = library_of(size, edit=one)
    old = library_of(size, edit=False).policies if one else None
    store = None if name == "one" else Store(folder, asked_for=True)
    begun = time.process_time()
    kept = Kept(store, KEY, print)
    ground = Ground(library, Limits(), kept, frozenset({EDITED}) if one else None)
    prove(ground, Asked(old=old, whole=not one), schema_bytes("snapshot"), "z3")
    if name == "whole":
        kept.write()
    return Cost(time.process_time() - begun, kept.asked)


# --- all of them --------------------------------------------------------------------------------------------------


def measured(size: int, name: str, folder: Path, seconds: float) -> Cost | None:
    """A step in a process of its own; None when it was stopped. Raises RuntimeError when it fails."""
    arguments = [__file__, "--step", name, "--sizes", str(size), "--kept", str(folder)]
    try:
        ran = subprocess.run(
            [sys.executable, *arguments], capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    if ran.returncode:
        raise RuntimeError(f"{size} policies, {name}: code {ran.returncode}\n{ran.stderr}")
    cpu, answers = json.loads(ran.stdout.splitlines()[-1])
    return Cost(cpu, answers)


def rows_of(size: int, seconds: float) -> list[tuple[str, Cost | None]]:
    """Each step on a set of so many policies; without kept answers there is nothing to find them by."""
    with tempfile.TemporaryDirectory() as folder:
        found: list[tuple[str, Cost | None]] = []
        for name, title in STEPS.items():
            if name in ("again", "kept") and found[0][1] is None:
                continue
            found.append((title, measured(size, name, Path(folder), seconds)))
        return found


def table(size: int, rows: list[tuple[str, Cost | None]], base: float | None) -> str:
    """The rows of one size, with ratios to the first whole set that was not stopped."""
    lines = []
    for title, cost in rows:
        told = f"{'stopped':>9}"
        if cost is not None:
            ratio = "" if base is None else f"{cost.cpu / base:.2f}"
            told = f"{cost.cpu:9.1f}  {ratio:>7}  {cost.answers:9}"
        lines.append(f"{size:>8}  {title:<{max(map(len, STEPS.values()))}}  {told}")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> None:
    """Prints the table, or, for a process of `measured`, the cost of one step as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default=SIZES, help="numbers of policies, by commas; 0 is the shipped set")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long one step may take")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--kept", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    sizes = [int(text) for text in given.sizes.split(",")]
    if given.step:
        print(json.dumps(step(sizes[0], given.step, given.kept)))
        return
    print(f"{'policies':>8}  {'':<{max(map(len, STEPS.values()))}}  {'CPU s':>9}  {'ratio':>7}  {'answers':>9}")
    base: float | None = None
    for size in sizes:
        rows = rows_of(size, given.seconds)
        first = rows[0][1]
        if base is None and first is not None:
            base = first.cpu
        print(table(size, rows, base), flush=True)


if __name__ == "__main__":
    main()
