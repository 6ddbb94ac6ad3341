"""A place to try settings in: a repository with a small policy set, a snapshot, folders below and around it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

ACT = """
act: own-act
title: {ru: Свой акт, en: An act of our own}
short: {ru: Свой акт, en: Own act}
number: "1"
date: 2025-01-01
force: federal_law
in_force_from: 2025-01-01
seen: text
checked_on: never
clauses:
  - {at: ст. 1, title: {ru: Подключение, en: Connection}, coverage: automated, policies: [OWN-1]}
"""
NORM = """
norm: OWN-1
title: {ru: Организация подключена, en: The organization is connected}
about: organization
modality: obligation
severity: critical
cites: [{act: own-act, at: ст. 1}]
in_force: {from: 2025-06-01}
required: {sferum_connected: true}
message: {ru: Организация не подключена, en: The organization is not connected}
remedy: {ru: Подключите организацию, en: Connect the organization}
examples:
  as_of: 2025-10-01
  base: {organization: {kind: school}}
  cases:
    - {name: connected, change: {organization: {sferum_connected: true}}, expect: met}
"""
SNAPSHOT = {
    "schema": "sverka.snapshot/1",
    "as_of": "2025-10-01",
    "organization": {"inn": "7800000108", "region": "78", "kind": "school", "sferum_connected": True},
}


class Ran(NamedTuple):
    """What a run of the command left behind."""

    code: int
    out: str
    err: str


class Place:
    """`around/` holds `repo/` (with `.git`), which holds `deep/er/`."""

    def __init__(self, around: Path) -> None:
        self.around = around
        self.repo = around / "repo"
        self.deep = self.repo / "deep" / "er"
        self.deep.mkdir(parents=True)
        (self.repo / ".git").mkdir()

    def write(self, name: str, text: str) -> Path:
        """A file of the repository (or, with `../`, around it)."""
        file = self.repo / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return file

    def policies(self, folder: str = "own") -> None:
        """A policy set of one norm, OWN-1."""
        self.write(f"{folder}/sources/own-act.yaml", ACT)
        self.write(f"{folder}/norms/OWN-1.yaml", NORM)

    def snapshot(self, name: str = "snapshots/a.json", **facts: object) -> None:
        """A snapshot that meets the norm, unless other facts say otherwise."""
        document = {**SNAPSHOT, "organization": {**SNAPSHOT["organization"], **facts}}  # type: ignore[dict-item]
        self.write(name, json.dumps(document))
