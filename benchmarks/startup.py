"""How long whole runs of the command take, next to the start of a bare interpreter.

    python benchmarks/startup.py [--runs 15]

The runs of all commands are interleaved, so that a busy moment of the machine falls on each of them alike; a
figure to compare between machines is the ratio, not the milliseconds. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ENTRY = "from validator.cli.main import main; main()"
YAML = """\
schema: sverka.snapshot/1
as_of: 2025-10-01
collected_at: 2025-10-01T10:00:00+03:00
source: manual
coverage: {uses: complete, documents: complete, chats: partial}
organization:
  inn: "7800000010"
  name: Школа № 1
  region: "78"
  kind: school
  legal_form: budgetary
  founder: region
  sferum_connected: true
uses:
  - {ref: u_1, service: whatsapp, actor: employee_on_duty, counterpart: [parents], purpose: inform,
     direction: outgoing, first_on: 2025-09-01, last_on: ongoing}
  - {ref: u_2, service: max, actor: organization, counterpart: [parents, students], purpose: inform,
     direction: outgoing, first_on: 2025-09-10, last_on: ongoing}
chats:
  - {ref: h_1, platform: sferum, kind: class, official: true}
"""
JSON = {
    "schema": "sverka.snapshot/1",
    "as_of": "2025-10-01",
    "collected_at": "2025-10-01T10:00:00+03:00",
    "source": "manual",
    "coverage": {"uses": "complete", "documents": "complete", "chats": "partial"},
    "organization": {
        "inn": "7800000010", "name": "Школа № 1", "region": "78", "kind": "school", "legal_form": "budgetary",
        "founder": "region", "sferum_connected": True,
    },
    "uses": [
        {"ref": "u_1", "service": "whatsapp", "actor": "employee_on_duty", "counterpart": ["parents"],
         "purpose": "inform", "direction": "outgoing", "first_on": "2025-09-01", "last_on": "ongoing"},
        {"ref": "u_2", "service": "max", "actor": "organization", "counterpart": ["parents", "students"],
         "purpose": "inform", "direction": "outgoing", "first_on": "2025-09-10", "last_on": "ongoing"},
    ],
    "chats": [{"ref": "h_1", "platform": "sferum", "kind": "class", "official": True}],
}  # fmt: skip


def commands(folder: Path) -> dict[str, list[str]]:
    """What is measured, by the name it has in the table; the first one is what the others are compared with."""
    (folder / "small.yaml").write_text(YAML, "utf-8")
    (folder / "small.json").write_text(json.dumps(JSON, ensure_ascii=False, indent=2), "utf-8")
    sverka = [sys.executable, "-c", ENTRY]
    return {
        "python -c pass": [sys.executable, "-c", "pass"],
        "python -c 'import click'": [sys.executable, "-c", "import click"],
        "sverka --version": [*sverka, "--version"],
        "sverka --help": [*sverka, "--help"],
        "sverka check small.json": [*sverka, "check", str(folder / "small.json")],
        "sverka check small.yaml": [*sverka, "check", str(folder / "small.yaml")],
    }


def milliseconds(command: list[str]) -> float:
    """The wall time of one run. Raises RuntimeError when it ends in a way that measures nothing."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SVERKA_")}
    begin = time.perf_counter()
    process = subprocess.run(command, capture_output=True, env=environment, check=False)
    passed = (time.perf_counter() - begin) * 1000
    if process.returncode not in (0, 1, 3):
        raise RuntimeError(f"{' '.join(command)}: code {process.returncode}\n{process.stderr.decode()}")
    return passed


def measure(named: dict[str, list[str]], runs: int) -> dict[str, list[float]]:
    """The times of each command: one run to warm the caches of the disk, then `runs` rounds of all commands."""
    for command in named.values():
        milliseconds(command)
    times: dict[str, list[float]] = {name: [] for name in named}
    for _ in range(runs):
        for name, command in named.items():
            times[name].append(milliseconds(command))
    return times


def table(times: dict[str, list[float]]) -> str:
    """Medians, the spread of the middle half, and the ratio to the first command."""
    base = statistics.median(next(iter(times.values())))
    width = max(map(len, times))
    lines = [f"{'command':<{width}}  {'median ms':>9}  {'quartiles':>13}  {'ratio':>6}"]
    for name, found in times.items():
        low, _, high = statistics.quantiles(found, n=4) if len(found) > 1 else (found[0],) * 3
        middle = statistics.median(found)
        lines.append(f"{name:<{width}}  {middle:>9.1f}  {low:>6.1f}-{high:<6.1f}  {middle / base:>6.1f}")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=15, help="rounds (15)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        times = measure(commands(Path(folder)), options.runs)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {options.runs} rounds")
    print(table(times))


if __name__ == "__main__":
    main()
