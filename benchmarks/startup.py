"""How long whole runs of the command take, next to the start of a bare interpreter and to other checkers.

    python benchmarks/startup.py [--runs 15] [--python PATH] [--peers PATH]…

`--python` is the interpreter of an environment with the product: what else is installed there counts too (with
typing_extensions msgspec starts slower), so take one with the product alone (`pip install .` in a new environment).
`--peers` is that of an environment with check-jsonschema, Checkov and Cloud Custodian (c7n), or some of them;
it may be given more than once.

The runs of all commands are interleaved, so that a busy moment of the machine falls on each of them alike; a figure
to compare between machines is the ratio, not the milliseconds. On a machine that does other work the ratio of CPU
time is the steadier one. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
ENTRY = "from validator.cli.main import main; main()"
LISTS = ("services", "people", "guardians", "classes", "chats", "uses", "documents", "activity", "coercion_events")
ORGANIZATION = {
    "inn": "7800000010", "name": "Школа № 1", "region": "78", "kind": "school", "legal_form": "budgetary",
    "founder": "region", "sferum_connected": True, "uses_distance_learning": False,
}  # fmt: skip
# Nothing is to be said of the first; of the second a violation and what is unknown, each explained.
CLEAN = {
    "schema": "sverka.snapshot/1",
    "as_of": "2024-10-01",
    "collected_at": "2024-10-01T10:00:00+03:00",
    "source": "manual",
    "coverage": dict.fromkeys(LISTS, "complete"),
    "organization": ORGANIZATION,
}
FINDINGS = {
    **CLEAN,
    "as_of": "2025-10-01",
    "collected_at": "2025-10-01T10:00:00+03:00",
    "uses": [
        {"ref": "u_1", "service": "whatsapp", "actor": "employee_on_duty", "counterpart": ["parents"],
         "purpose": "inform", "direction": "outgoing", "first_on": "2025-09-01", "last_on": "ongoing"},
        {"ref": "u_2", "service": "max", "actor": "organization", "counterpart": ["parents", "students"],
         "purpose": "inform", "direction": "outgoing", "first_on": "2025-09-10", "last_on": "ongoing"},
    ],
    "chats": [{"ref": "h_1", "platform": "sferum", "kind": "class", "official": True}],
}  # fmt: skip
DISTRIBUTIONS = """
from importlib.metadata import distributions
print(*sorted(f"{one.metadata['Name']} {one.version}" for one in distributions()), sep=", ")
"""
# The filters of `peers/custodian.py` that need no other list, on one document: parsing, filters, no cloud.
CUSTODIAN = """
import sys
sys.path.insert(0, sys.argv[1])
from peers.custodian import Engine
engine = Engine(("CMP-FOREIGN", "CMP-ORIGIN", "CMP-SILENT", "CMP-BOUND", "CMP-AUDIENCE"))
with open(sys.argv[2], "rb") as file:
    print(engine.violations(engine.prepare(file.read())))
"""


class Case(NamedTuple):
    """A command, and what happens before each of its runs; what is measured is the command alone."""

    command: list[str]
    before: Callable[[], None] = lambda: None
    goal: str = ""


class Spent(NamedTuple):
    """Milliseconds of one run."""

    wall: float
    cpu: float


class Measured(NamedTuple):
    """Where a run of the benchmark keeps its files, and the environment of all that it starts."""

    folder: Path
    environment: dict[str, str]

    @property
    def cache(self) -> Path:
        """The cache of our command, filled by the first rounds."""
        return self.folder / "cache"


def prepared(folder: Path) -> Measured:
    """The documents, and an environment in which nothing of the user's counts and compiled modules are kept."""
    for name, document in (("clean", CLEAN), ("findings", FINDINGS)):
        text = json.dumps(document, ensure_ascii=False, indent=2)
        (folder / f"{name}.json").write_text(text, "utf-8")
        (folder / f"{name}.yaml").write_text(_as_yaml(document), "utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SVERKA_", "PYTHON"))}
    return Measured(folder, {**kept, "SVERKA_CACHE_DIR": str(folder / "cache")})


def _as_yaml(document: dict[str, object]) -> str:
    """The document as people write it: a key on a line, records in braces."""
    lines = []
    for key, value in document.items():
        if isinstance(value, list):
            lines += [f"{key}:", *(f"  - {_flow(item)}" for item in value)]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "\n".join(lines) + "\n"


def _flow(value: object) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_flow, value)) + "]"
        case bool():
            return "true" if value else "false"
        case _:
            return str(value) if str(value).replace("_", "").replace("-", "").isalpha() else f'"{value}"'


def our_cases(python: str, measured: Measured) -> dict[str, Case]:
    """The start of the interpreter, which the others are compared with, and our commands."""

    def forget() -> None:
        shutil.rmtree(measured.cache, ignore_errors=True)

    def check(name: str, goal: str = "") -> Case:
        return Case([python, "-c", ENTRY, "check", str(measured.folder / name)], goal=goal)

    return {
        "python -c pass": Case([python, "-c", "pass"]),
        "python -c 'import msgspec'": Case([python, "-c", "import msgspec"]),
        "python -c 'import click'": Case([python, "-c", "import click"]),
        "sverka --version": Case([python, "-c", ENTRY, "--version"]),
        "sverka --help": Case([python, "-c", ENTRY, "--help"]),
        "sverka check clean.json": check("clean.json", "<= 6"),
        "sverka check findings.json": check("findings.json", "<= 6"),
        "sverka check clean.yaml": check("clean.yaml", "<= 8"),
        "sverka check findings.yaml": check("findings.yaml", "<= 8"),
        "sverka check clean.json, cold": check("clean.json")._replace(before=forget),
    }


def peer_cases(pythons: list[str], measured: Measured) -> tuple[dict[str, Case], list[str]]:
    """Other checkers on the document with findings, and those that are not installed."""
    file = str(measured.folder / "findings.json")
    schema = str(ROOT / "schemas" / "snapshot.schema.json")
    known = {
        "check-jsonschema": ("check_jsonschema", ["-m", "check_jsonschema", "--schemafile", schema, file]),
        "Checkov": ("checkov", ["-m", "checkov.main", "-f", file, "--framework", "json", "--quiet", "--compact"]),
        "Cloud Custodian (5 filters)": ("c7n", ["-c", CUSTODIAN, str(Path(__file__).parent), file]),
    }
    found: dict[str, Case] = {}
    missing: list[str] = []
    for name, (module, arguments) in known.items():
        seek = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({module!r}) is None)"
        has = (python for python in pythons if not subprocess.run([python, "-c", seek], check=False).returncode)
        if python := next(has, None):
            found[name] = Case([python, *arguments])
        else:
            missing.append(name)
    return found, missing


def spent(case: Case, measured: Measured) -> Spent:
    """The time of one run. Raises RuntimeError when it ends in a way that measures nothing."""
    case.before()
    before, begin = _cpu(), time.perf_counter()
    process = subprocess.run(case.command, capture_output=True, env=measured.environment, check=False)
    wall, cpu = time.perf_counter() - begin, _cpu() - before
    if process.returncode not in (0, 1, 3):
        raise RuntimeError(f"{' '.join(case.command)}: code {process.returncode}\n{process.stderr.decode()}")
    return Spent(wall * 1000, cpu * 1000)


def _cpu() -> float:
    """CPU seconds of the processes that have ended; coarse on Windows."""
    try:
        from resource import RUSAGE_CHILDREN, getrusage  # noqa: PLC0415 - absent on Windows
    except ImportError:
        return os.times().children_user + os.times().children_system
    times = getrusage(RUSAGE_CHILDREN)
    return times.ru_utime + times.ru_stime


def measure(cases: dict[str, Case], measured: Measured, runs: int) -> dict[str, list[Spent]]:
    """The times of each command, in rounds of all of them; three rounds before fill the caches.

    A cold run empties the cache of the warm ones, which therefore come in rounds of their own.
    """
    times: dict[str, list[Spent]] = {name: [] for name in cases}
    warm = {name: case for name, case in cases.items() if not name.endswith("cold")}
    for these in (warm, {name: case for name, case in cases.items() if name not in warm}):
        for number in range(runs + 3):
            for name, case in these.items():
                found = spent(case, measured)
                if number >= 3:
                    times[name].append(found)
    return times


def table(cases: dict[str, Case], times: dict[str, list[Spent]]) -> str:
    """Medians of wall time, the spread of the middle half, ratios to the first command in wall and CPU time."""
    base = next(iter(times.values()))
    wall_base, cpu_base = (statistics.median(column) for column in zip(*base, strict=True))
    width = max(map(len, times))
    lines = [f"{'command':<{width}}  {'median ms':>9}  {'quartiles':>13}  {'ratio':>6}  {'in CPU':>6}  goal"]
    for name, found in times.items():
        wall, cpu = ([*column] for column in zip(*found, strict=True))
        low, _, high = statistics.quantiles(wall, n=4) if len(wall) > 1 else (wall[0],) * 3
        middle = statistics.median(wall)
        ratios = f"{middle / wall_base:>6.1f}  {statistics.median(cpu) / max(cpu_base, 0.001):>6.1f}"
        lines.append(
            f"{name:<{width}}  {middle:>9.1f}  {low:>6.1f}-{high:<6.1f}  {ratios}  {cases[name].goal}".rstrip()
        )
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=15, help="rounds (15)")
    parser.add_argument("--python", default=sys.executable, help="interpreter with the product (this one)")
    parser.add_argument("--peers", action="append", help="interpreter with other checkers (that of --python)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = prepared(Path(folder))
        found, missing = peer_cases(options.peers or [options.python], measured)
        cases = {**our_cases(options.python, measured), **found}
        times = measure(cases, measured, options.runs)
    asked = "import platform; print(platform.python_version())"
    version, installed = (
        subprocess.run([options.python, "-c", text], capture_output=True, text=True, check=True).stdout.strip()
        for text in (asked, DISTRIBUTIONS)
    )
    print(f"Python {version}, {os.cpu_count()} cores, {options.runs} rounds; load {_load()}")
    print(f"installed beside one another: {installed}")
    print(table(cases, times))
    if missing:
        print(f"not installed, so not compared with: {', '.join(missing)}")


def _load() -> str:
    """How busy the machine was of late, where that is known."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


if __name__ == "__main__":
    main()
