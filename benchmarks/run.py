"""The benchmark of the batch: speed per core, memory, and ratios to a parser, the reference and other engines.

    python benchmarks/run.py [--organizations 100] [--large] [--no-peers] [--sections …]

Prints one table; goals stand beside the figures, and nothing is asserted about time. Ends with 1 when another
engine counts other violations than we do, or something could not be measured. `README.md` says how to read the
figures.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from comparison import others
from sections import SECTIONS
from table import Plan, head


def load_of_machine() -> str:
    """How busy the machine is, where the system tells."""
    return ", ".join(f"{one:.2f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "not told"


def asked_for() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    add = parser.add_argument
    add("--organizations", type=int, default=100, help="the small size; the next is ten times it (100)")
    add("--large", action="store_true", help="also a hundred times it: gigabytes in a temporary folder")
    add("--rounds", type=int, default=3, help="passes of which the quickest counts (3)")
    add("--reference", type=int, default=3, help="organizations for the reference evaluator (3)")
    add("--yaml", type=int, default=10, help="organizations in YAML (10)")
    add("--sections", default=",".join([*SECTIONS, "peers"]), help="which, with commas (%(default)s)")
    add("--no-peers", action="store_true", help="without other engines")
    asked = parser.parse_args()
    asked.sections = asked.sections.split(",")
    if unknown := [name for name in asked.sections if name not in (*SECTIONS, "peers")]:
        parser.error(f"no such section: {', '.join(unknown)}; there are {', '.join([*SECTIONS, 'peers'])}")
    for name in ("organizations", "rounds", "reference", "yaml"):
        if getattr(asked, name) < 1:
            parser.error(f"--{name} must be 1 or more")
    return asked


def measured(section: Callable[[Plan], None], plan: Plan) -> bool:
    """Whether a section could be measured; the others go on without it."""
    try:
        section(plan)
    except RuntimeError as error:
        print(f"  could not be measured: {error}", flush=True)
        return False
    return True


def main() -> int:
    """Measure and print; 1 when another engine counts other violations or something could not be measured."""
    asked = asked_for()
    whole = equal = True
    machine = f"{platform.machine()}, {os.cpu_count()} cores"
    print(f"Python {platform.python_version()}, {machine}, load {load_of_machine()}")
    with tempfile.TemporaryDirectory() as name:
        plan = Plan(asked.organizations, asked.large, asked.rounds, asked.reference, asked.yaml, Path(name))
        for section in asked.sections:
            if section != "peers":
                whole = measured(SECTIONS[section], plan) and whole
        if asked.no_peers:
            head("Other engines: left out by --no-peers")
        elif "peers" in asked.sections:
            equal = others(plan)
    print(f"\nload {load_of_machine()}")
    if not equal:
        print("counts differ, or an engine could not be measured: the comparison is void", file=sys.stderr)
    return 0 if equal and whole else 1


if __name__ == "__main__":
    sys.exit(main())
