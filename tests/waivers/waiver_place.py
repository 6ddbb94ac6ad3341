"""What the tests of waivers share: the school of the fixtures, waivers with other scopes and days, schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from validator.resources import schema_bytes

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "waivers"
INN, ELSEWHERE = "7899012011", "7800000002"

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
clauses: [{at: ст. 1, title: {ru: Место, en: Place}, coverage: automated, policies: [T-NORM]}]
"""
NORM = """
norm: T-NORM
title: {ru: Учебная норма, en: A specimen norm}
modality: obligation
severity: high
cites: [{act: test-act, at: ст. 1}]
in_force: {from: 2025-06-01}
message: {ru: Нарушено, en: Violated}
remedy: {ru: Исправьте, en: Mend it}
examples: {cases: []}
"""


class Ran(NamedTuple):
    """What a run of the command left behind."""

    code: int
    out: str
    err: str


def published(name: str) -> dict[str, Any]:
    """A schema as it is published."""
    found: dict[str, Any] = json.loads(schema_bytes(name))
    return found


def tree_of(text: str) -> Any:
    """YAML as an editor reads it for a schema: days and plain words are text; the last of equal keys wins."""
    return yaml.load(text, yaml.BaseLoader)


def waiver(**keys: str | None) -> dict[str, Any]:
    """A waiver that holds on the day of the fixture; a key set to None is left out."""
    found: dict[str, Any] = {
        "id": "W-1",
        "policy": "FM-BAN",
        "organization": INN,
        "item": "u_redirect",
        "from": "2025-10-01",
        "through": "2025-12-31",
        "ground": {"ru": "Ждём нового чата", "en": "Waiting for the new chat"},
        "approved_by": {"post": "директор школы", "document": "приказ № 12"},
    }
    days = {"first": "from", "last": "through"}
    found |= {days.get(key, key): value for key, value in keys.items()}
    return {key: value for key, value in found.items() if value is not None}


class Place:
    """A repository with the snapshot of the fixture in `snapshots/`, and `waivers/`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.waivers = path / "waivers"
        self.snapshots = path / "snapshots"
        self.waivers.mkdir()
        self.snapshots.mkdir()
        self.write("snapshots/school.yaml", (FIXTURES / "school" / "snapshot.yaml").read_text("utf-8"))

    def write(self, name: str, text: str) -> Path:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return file

    def policies(self) -> Path:
        """A policy set of one norm about each use, T-NORM: each must be redirecting only."""
        rules = "about: uses\nrequired: {redirect_only: true}\n"
        self.write("policies/sources/test-act.yaml", ACT)
        self.write("policies/norms/T-NORM.yaml", NORM + rules)
        return self.path / "policies"

    def use(self, *, redirect_only: str = "false", coverage: str = "complete") -> Path:
        """The school with one use, `u_1`: a violation of T-NORM, unless it is redirecting only."""
        text = f"""schema: sverka.snapshot/1
as_of: 2025-10-01
organization: {{inn: "{INN}", region: "78", kind: school, name: Школа на Тихой}}
coverage: {{uses: {coverage}}}
uses:
  - {{ref: u_1, service: whatsapp, redirect_only: {redirect_only}}}
"""
        return self.write("snapshots/school.yaml", text)

    def waive(self, *waivers: dict[str, Any], name: str = "w.yaml") -> Path:
        """A file of waivers."""
        text = yaml.safe_dump({"waivers": list(waivers)}, allow_unicode=True, sort_keys=False)
        return self.write(f"waivers/{name}", text)
