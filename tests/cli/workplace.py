"""What the tests of the command line share: a tiny policy folder, snapshots, the command as users start it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ENTRY = "from validator.cli.main import main; main()"
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
# A connected organization meets the norm, an unconnected one violates it, of any other nobody knows.
NORM = """
norm: T-CONNECT
title: {ru: Организация подключена, en: The organization is connected}
about: organization
modality: MODALITY
severity: SEVERITY
cites: [{act: test-act, at: ст. 1}]
in_force: {from: 2025-06-01}
required: {sferum_connected: true}
READINGSmessage: {ru: "«{organization.name}» не подключена", en: "“{organization.name}” is not connected"}
remedy: {ru: Подключите организацию, en: Connect the organization}
examples:
  as_of: 2025-10-01
  base: {organization: {kind: school}}
  cases:
    - {name: connected, change: {organization: {sferum_connected: true}}, expect: met}
"""
# Two ways to dispute that: an exception that one reading drops, and a reading by which schools are not meant.
READINGS = {
    "plain": "",
    "exception": """exceptions:
  - id: regional
    title: {ru: Своя система, en: A system of its own}
    cites: [{act: test-act, at: ст. 1}]
    when: {operates_regional_system: true}
readings:
  - {id: mild, chosen: true, why: {ru: Мягко, en: Mildly}}
  - {id: strict, without_exceptions: [regional], why: {ru: Строго, en: Strictly}}
""",
    "narrow": """applies_when: {meets: T-ALL}
readings:
  - {id: wide, chosen: true, why: {ru: Широко, en: Widely}}
  - {id: narrow, definitions: {T-ALL: T-SOME}, why: {ru: Узко, en: Narrowly}}
""",
}
DEFINITION = """
definition: NAME
title: {ru: Кого касается, en: Who is meant}
about: organization
cites: [{act: test-act, at: ст. 1}]
when: {kind: {in: [KINDS]}}
"""


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


def snapshot_text(number: int, **facts: object) -> str:
    """A snapshot as JSON (which is YAML too); `as_of` and facts of the organization may be given."""
    as_of = facts.pop("as_of", "2025-10-01")
    name = facts.pop("name", f"Школа № {number}")
    organization = {"inn": inn(number), "region": "78", "kind": "school", "name": name, **facts}
    return json.dumps({"schema": "sverka.snapshot/1", "as_of": as_of, "organization": organization})


class Folder:
    """A folder to work in, with policies in `policies/` and snapshots in `in/`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.snapshots = path / "in"
        self.snapshots.mkdir()
        self.policies = self.policy_folder("policies")

    def policy_folder(
        self, name: str, severity: str = "critical", modality: str = "obligation", readings: str = "plain"
    ) -> Path:
        """A policy set of one norm."""
        folder = self.path / name
        norm = NORM.replace("SEVERITY", severity).replace("MODALITY", modality)
        files = {"sources/test-act.yaml": ACT, "norms/T-CONNECT.yaml": norm.replace("READINGS", READINGS[readings])}
        if readings == "narrow":
            for definition, kinds in (("T-ALL", "school, preschool"), ("T-SOME", "preschool")):
                text = DEFINITION.replace("NAME", definition).replace("KINDS", kinds)
                files[f"definitions/{definition}.yaml"] = text
        for place, text in files.items():
            file = folder / place
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return folder

    def add(self, file_name: str, number: int = 1, **facts: object) -> Path:
        """A snapshot file; `sferum_connected=True` is fine, `False` a violation, without it nobody knows."""
        file = self.snapshots / file_name
        file.write_text(snapshot_text(number, **facts), encoding="utf-8")
        return file

    def good(self, name: str = "good.json", number: int = 1) -> Path:
        return self.add(name, number, sferum_connected=True)

    def violating(self, name: str = "bad.json", number: int = 2) -> Path:
        return self.add(name, number, sferum_connected=False)

    def unknown(self, name: str = "unknown.json", number: int = 3) -> Path:
        return self.add(name, number)

    def broken(self, name: str = "broken.json") -> Path:
        file = self.snapshots / name
        file.write_text('{"schema": "sverka.snapshot/1",\n "as_of": "2025-10-01", "as_of": "2025-10-02"}', "utf-8")
        return file


class Stdin(io.TextIOWrapper):
    """Standard input that holds the bytes given."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data), encoding="utf-8")


def start(*arguments: object, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Runs the command as users do, in a process of its own; its output in bytes."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "HOME", "SYSTEMROOT", "TMPDIR", "SVERKA_CACHE_DIR")
        if name in os.environ
    }
    return subprocess.run(
        [sys.executable, "-c", ENTRY, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env={**kept, **environment},
        timeout=120,
        check=False,
    )
