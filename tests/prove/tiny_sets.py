"""Tiny policy sets for tests of `prove`: one act, and norms about organizations that are written in a few words."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from validator.interpreters.smt.answer import Limits
from validator.journeys.prove.ground import Ground
from validator.journeys.prove.kept import Kept
from validator.journeys.prove.run import Asked, prove
from validator.language.library import Library, PolicyText, load
from validator.language.vocabulary import read_vocabulary
from validator.logic.proof import Finding, ProofReport
from validator.resources import schema_bytes

ACT = """
act: t-act
title: {ru: Закон, en: A law}
short: {ru: Закон, en: A law}
force: federal_law
checked_on: never
clauses:
  - {at: ст. 1, title: {ru: Место, en: A place}, coverage: automated, policies: [T-ONE]}
"""
Files = dict[str, str]


def norm(
    name: str, body: str, *, about: str = "organization", modality: str = "obligation", base: str = ""
) -> Files:
    """A norm with one example that nobody runs; `body` are its further keys."""
    text = f"""
norm: {name}
title: {{ru: Норма, en: A norm}}
about: {about}
modality: {modality}
severity: medium
cites: [{{act: t-act, at: ст. 1}}]
message: {{ru: Нарушено, en: Violated}}
{textwrap.dedent(body).strip()}
examples:
  as_of: 2025-10-01
  base: {base or "{organization: {kind: school}}"}
  cases: []
"""
    return {f"norms/trial/{name}.yaml": text}


def files_of(*parts: Mapping[str, str]) -> Files:
    """The files of a set: the act, and what else is given."""
    found = {"sources/t-act.yaml": ACT}
    for part in parts:
        found |= part
    return found


def library_of(files: Mapping[str, str]) -> Library:
    """The library of the files."""
    texts = [PolicyText(place, place, text.encode()) for place, text in files.items()]
    return load(texts, read_vocabulary(schema_bytes("snapshot")))


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """The files in a folder."""
    for place, text in files.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(text, encoding="utf-8")
    return folder


def silent(_: object) -> None:
    """Nobody needs to hear that there is no cache."""


def report_of(library: Library, asked: Asked | None = None, **given: Any) -> ProofReport:
    """The report on a library; every question is put anew."""
    ground = Ground(library, Limits(timeout=20_000), Kept(None, "", silent), **given)
    return prove(ground, asked or Asked(), schema_bytes("snapshot"), "z3")


def found(report: ProofReport, analysis: str) -> list[Finding]:
    """The findings of one analysis."""
    return [finding for finding in report["findings"] if finding["analysis"] == analysis]


def names(finding: Finding) -> set[str]:
    """The policies of a finding."""
    return {involved["id"] for involved in finding["policies"]}
