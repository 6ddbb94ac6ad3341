"""What all sections need: the data, measurements in processes of their own, rows of the table."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from measured import Measured
from organizations import lines, write_folder

_STEPS = Path(__file__).with_name("steps.py")
# The reference is shown small organizations only: what it does with two lists at once grows with their product.
SMALL = 60_000


class Plan(NamedTuple):
    """What is measured: numbers of organizations, and passes of which the quickest counts."""

    organizations: int
    large: bool
    rounds: int
    reference: int
    yaml: int
    folder: Path

    def data(self, count: int) -> Path:
        """A file of so many organizations, written when first asked for."""
        return self._written(f"{count}.ndjson", lines(count))

    def small(self, count: int) -> Path:
        """A file of so many small organizations."""
        found = (line for line in lines(100 * count) if len(line) < SMALL)
        return self._written(f"small-{count}.ndjson", islice(found, count))

    def _written(self, name: str, content: Iterable[bytes]) -> Path:
        path = self.folder / name
        if not path.exists():
            with path.open("wb") as file:
                file.writelines(line + b"\n" for line in content)
        return path

    def yaml_folder(self) -> Path:
        """A folder of organizations in YAML."""
        path = self.folder / "yaml"
        write_folder(path, self.yaml, yaml=True)
        return path


def start(step: str, data: Path, told: dict[str, object]) -> subprocess.Popen[bytes]:
    """A measurement under way."""
    return subprocess.Popen([sys.executable, _STEPS, step, str(data), json.dumps(told)], stdout=subprocess.PIPE)


def result(process: subprocess.Popen[bytes]) -> Measured:
    """What a measurement says. Raises RuntimeError when it failed; why stands on standard error."""
    output, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{process.args}: code {process.returncode}")
    return Measured(**json.loads(output))


def measure(step: str, data: Path, **told: object) -> Measured:
    """One measurement in a process of its own."""
    return result(start(step, data, told))


def head(title: str) -> None:
    """The title of a section."""
    print(f"\n{title}", flush=True)


def row(name: str, figure: str, goal: str = "") -> None:
    """One figure, and the goal beside it."""
    print(f"  {name:<52} {figure:>24}{f'   goal {goal}' if goal else ''}", flush=True)


def rate(found: Measured) -> str:
    """Documents and megabytes per CPU second."""
    each = found.documents / found.cpu
    return f"{each:,.{0 if each >= 10 else 1}f}/s {found.size / found.cpu / 1e6:7.1f} MB/s"


def installed(name: str) -> str | None:
    """The version of a package, None when it is not there."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None
