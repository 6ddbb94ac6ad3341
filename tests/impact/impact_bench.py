"""What the impact tests share: a copy of the shipped policies to edit, a git repository, the schema."""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator

from validator.resources import policies_folder

ROOT = Path(__file__).resolve().parents[2]
ORGANIZATIONS = ROOT / "fixtures" / "organizations"
SCHEMA: dict[str, Any] = json.loads((ROOT / "schemas" / "impact.schema.json").read_text("utf-8"))
FM_BAN = "norms/foreign-messengers/FM-BAN.yaml"


class Ran(NamedTuple):
    """What a run of the command left behind."""

    code: int
    out: str
    err: str


class Bench:
    """A copy of the shipped policies in `policies/`, to be edited; the shipped set itself is the old side."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.policies = path / "edited"
        shutil.copytree(policies_folder(), self.policies)

    def file(self, place: str) -> Path:
        return self.policies / place

    def replace(self, place: str, old: str, new: str) -> None:
        """Replace a text that stands in the file exactly once."""
        text = self.file(place).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {place}"
        self.file(place).write_text(text.replace(old, new), "utf-8")

    def cut(self, place: str, first: str, up_to: str) -> None:
        """Remove what stands from `first` up to `up_to`."""
        text = self.file(place).read_text("utf-8")
        start = text.index(first)
        self.file(place).write_text(text[:start] + text[text.index(up_to, start + 1) :], "utf-8")

    def snapshot(self, name: str, text: str) -> Path:
        file = self.path / name
        file.write_text(text, "utf-8")
        return file


class Repo:
    """A git repository with the tiny policy set of `write_set` in `policies/` and snapshots in `snapshots/`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir()
        self.git("init", "-q", "-b", "main")
        self.policies = path / "policies"
        self.snapshots = path / "snapshots"
        self.snapshots.mkdir()
        write_set(self.policies)
        for number, facts in enumerate(({"sferum_connected": False}, {"sferum_connected": True}, {})):
            write_snapshot(self.snapshots / f"{number}.json", number, **facts)
        self.commit("one")

    def git(self, *arguments: str) -> str:
        who = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
        ran = subprocess.run(["git", *who, *arguments], cwd=self.path, capture_output=True, check=True)
        return ran.stdout.decode()

    def commit(self, message: str) -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)
        return self.git("rev-parse", "HEAD").strip()

    def state(self) -> tuple[str, str, list[tuple[str, int]]]:
        """Everything that reading must leave alone: refs, status, and the files of `.git` with their times."""
        files = sorted(
            (path.relative_to(self.path).as_posix(), path.stat().st_mtime_ns)
            for path in self.path.rglob("*")
            if path.is_file()
        )
        return self.git("rev-parse", "HEAD"), (self.path / ".git" / "HEAD").read_text(), files


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
severity: high
cites: [{act: test-act, at: ст. 1}]
in_force: {from: 2025-06-01}
required: {sferum_connected: true}
message: {ru: "«{organization.name}» не подключена", en: "“{organization.name}” is not connected"}
examples:
  as_of: 2026-10-01
  base: {organization: {kind: school}}
  cases:
    - {name: connected, change: {organization: {sferum_connected: true}}, expect: met}
"""


def write_set(folder: Path) -> None:
    """One norm: a connected organization meets it, an unconnected one violates it, of any other nobody knows."""
    for place, text in (("sources/test-act.yaml", ACT), ("norms/T-CONNECT.yaml", NORM)):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(text, "utf-8")


def inn(number: int) -> str:
    """An INN of nobody with the right check digit."""
    digits = f"{780_000_000 + number:09}"
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return f"{digits}{total % 11 % 10}"


def write_snapshot(file: Path, number: int, as_of: str = "2025-10-01", **facts: object) -> Path:
    base = {"inn": inn(number), "region": "78", "kind": "school", "name": f"Школа № {number}"}
    document = {"schema": "sverka.snapshot/1", "as_of": as_of, "organization": {**base, **facts}}
    file.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    return file


@cache
def _strict() -> Draft202012Validator:
    closed = copy.deepcopy(SCHEMA)
    for part in (closed, *closed["$defs"].values()):
        part["additionalProperties"] = False
    return Draft202012Validator(closed)


def assert_valid_impact(report: dict[str, Any]) -> None:
    """Raise AssertionError where the report differs from its schema or its numbers do not add up."""
    errors = [f"{error.json_path}: {error.message[:200]}" for error in _strict().iter_errors(report)]
    assert not errors, "\n".join(errors[:20])
    numbers, flips = report["inputs"], report["flips"]
    assert numbers["documents"] == sum(number for key, number in numbers.items() if key != "documents")
    assert len(flips) == sum(report["counts"]["flips"].values())
    for direction, number in report["counts"]["flips"].items():
        assert number == sum(flip["direction"] == direction for flip in flips), direction
        for table in ("policies", "municipalities", "regions"):
            assert number == sum(row["counts"][direction] for row in report[table]), (table, direction)
    assert report["organizations"]["touched"] == len({flip["organization"] for flip in flips})
    assert numbers["left_out"] == len(report["left_out"])


def found(report: dict[str, Any]) -> set[tuple[str, str, str, str, str]]:
    """The flips of a report, short: organization, policy, item, verdicts, direction."""
    return {
        (
            flip["organization"],
            flip["policy"],
            flip["ref"] or flip["subject"],
            f"{flip['before']['verdict']} > {flip['after']['verdict']}",
            flip["direction"],
        )
        for flip in report["flips"]
    }


Impact = Callable[..., dict[str, Any]]
Sverka = Callable[..., Ran]
