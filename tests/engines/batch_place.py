"""What the tests of the batch engine share: a tiny policy set, documents, the command, the laws of every run."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
RUNNER, WORKER = HERE / "faulty_run.py", HERE / "faulty_worker.py"
# Few trials in CI; many, different each time, with SVERKA_FAULTS=nightly.
NIGHTLY = os.environ.get("SVERKA_FAULTS") == "nightly"
ACT = """
act: test-act
title: {ru: Учебный акт, en: A specimen act}
short: {ru: Учебный акт, en: Specimen act}
number: "1"
date: 2025-01-01
force: federal_law
in_force_from: 2025-01-01
seen: text
checked_on: never
clauses:
  - at: ст. 1
    title: {ru: Подключение, en: Connection}
    coverage: automated
    policies: [T-CONNECT]
"""
NORM = """
norm: T-CONNECT
title: {ru: Организация подключена, en: The organization is connected}
about: organization
modality: obligation
severity: critical
cites: [{act: test-act, at: ст. 1}]
in_force: {from: 2025-06-01}
required: {sferum_connected: true}
message: {ru: "«{organization.name}» не подключена", en: "“{organization.name}” is not connected"}
remedy: {ru: Подключите организацию, en: Connect the organization}
examples:
  as_of: 2025-10-01
  base: {organization: {kind: school}}
  cases:
    - {name: connected, change: {organization: {sferum_connected: true}}, expect: met}
"""
WAIVER = """
waivers:
  - id: W-1
    policy: T-CONNECT
    organization: "{inn}"
    from: 2025-01-01
    through: 2025-12-31
    ground: {{ru: Учебное отступление, en: A specimen waiver}}
    approved_by: {{post: директор школы, document: приказ № 1}}
"""


def draws(seed: int) -> random.Random:
    """Draws for trials, the same ones in CI each time; the seed is in the output of a test that fails."""
    number = random.randrange(1 << 32) if NIGHTLY else seed
    print(f"seed {number}")
    return random.Random(number)


class Ran(NamedTuple):
    """What a run of the command left behind."""

    code: int
    out: str
    err: str


def inn(number: int) -> str:
    """An INN of nobody with the right check digit."""
    digits = f"{780_000_000 + number:09}"
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return f"{digits}{total % 11 % 10}"


def snapshot(number: int, as_of: str = "2025-10-01", **facts: object) -> bytes:
    """A snapshot as one line of JSON; every third organization is connected, unconnected, and not known to be."""
    given: dict[str, object] = {"inn": inn(number), "region": "78", "kind": "school", "name": f"Школа № {number}"}
    if number % 3 < 2:
        given["sferum_connected"] = number % 3 == 0
    given |= facts
    return json.dumps({"schema": "sverka.snapshot/1", "as_of": as_of, "organization": given}).encode()


class Place:
    """A folder with policies in `policies/`, documents in `in/`, and results beside them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(exist_ok=True)
        self.documents = path / "in"
        self.documents.mkdir()
        self.marks = path / "marks"
        self.marks.mkdir()
        for place, text in {"sources/test-act.yaml": ACT, "norms/T-CONNECT.yaml": NORM}.items():
            file = path / "policies" / place
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    def add(self, file_name: str, number: int, **facts: Any) -> Path:
        """A document; a fault in its name (`003.sigkill.json`) is what the faulty worker does with it."""
        file = self.documents / file_name
        file.write_bytes(snapshot(number, **facts))
        return file

    def fill(self, count: int, faults: Iterable[tuple[int, str]] = ()) -> None:
        """So many documents, `000.json` and on, some of them with faults in their names."""
        named = dict(faults)
        for number in range(count):
            fault = named.get(number)
            self.add(f"{number:03}.json" if fault is None else f"{number:03}.{fault}.json", number)

    def arguments(self, to: str, *more: object) -> list[str]:
        """The command line of a batch over all documents."""
        return ["check", "in", "--policies", "policies", "--to", to, *map(str, more)]

    def begin(
        self, to: str, *more: object, seconds: object = 0, arguments: list[str] | None = None, **given: Any
    ) -> subprocess.Popen[bytes]:
        """Start the command with workers that are faulty, and take so long for each document."""
        command = [sys.executable, str(RUNNER), str(self.marks), str(seconds)]
        return subprocess.Popen(
            [*command, *(arguments or self.arguments(to, *more))],
            **{"cwd": self.path, "stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
            | given,
        )

    def run(self, to: str, *more: object, seconds: object = 0, **given: Any) -> Ran:
        """The same, to its end."""
        process = self.begin(to, *more, seconds=seconds, **given)
        out, err = process.communicate(timeout=120)
        return Ran(process.returncode, out.decode(), err.decode())

    def results(self, to: str) -> dict[str, bytes]:
        """All files of a folder by name, those of a run under way too."""
        folder = self.path / to
        return {
            file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
        }

    def rows(self, to: str, name: str) -> list[dict[str, Any]]:
        """The rows of a file of results."""
        return [json.loads(line) for line in (self.path / to / f"{name}.jsonl").read_bytes().splitlines()]

    def aside(self, to: str) -> dict[str, list[str]]:
        """The codes of documents that were put aside, by name."""
        found: dict[str, list[str]] = {}
        for row in self.rows(to, "quarantine"):
            found.setdefault(Path(row["file"]).name, []).append(row["code"])
        return found

    def check_laws(self, to: str) -> dict[str, Any]:
        """L1, L3 and L6 for a finished run: `run.json`."""
        run = check_folder(self.path / to)
        inputs = run["inputs"]
        assert inputs["documents"] == inputs["evaluated"] + inputs["quarantined"] + inputs["not_reached"]
        digests = Counter(
            f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}" for file in self.documents.iterdir()
        )
        told: Counter[str] = Counter(row["digest"] for row in self.rows(to, "organizations"))
        told += Counter({row["file"]: row["digest"] for row in self.rows(to, "quarantine")}.values())
        assert told == digests, "every document is accounted for, exactly once"
        self.check_no_process()
        return run

    def check_no_process(self, within: float = 5.0) -> None:
        """L6: no worker of this place is alive (nor a zombie of ours)."""
        deadline = time.monotonic() + within
        while left := self.workers():
            assert time.monotonic() < deadline, f"orphans: {left}"
            time.sleep(0.02)

    def workers(self) -> list[int]:
        """The processes that are workers of this place."""
        mark = os.fsencode(self.marks)
        found = []
        for entry in os.scandir("/proc"):
            if entry.name.isdigit():
                try:
                    words = Path(entry.path, "cmdline").read_bytes().split(b"\0")
                except OSError:
                    continue
                if mark in words and os.fsencode(WORKER) in words:
                    found.append(int(entry.name))
        return found


def check_folder(folder: Path) -> dict[str, Any]:
    """L3: a finished folder holds exactly what `run.json` says, byte for byte, and nothing else; `run.json`."""
    run: dict[str, Any] = json.loads((folder / "run.json").read_bytes())
    assert {path.name for path in folder.iterdir()} == {"run.json", *run["files"]}
    for name, row in run["files"].items():
        data = (folder / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == row["sha256"], name
        assert len(data) == row["bytes"], name
        assert row.get("lines", data.count(b"\n")) == data.count(b"\n"), name
    return run
