"""`sverka validate` with broken policies: what only judges does not stop it, what names rest on does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from workplace import Folder, Ran

Sverka = Callable[..., Ran]
ReportOf = Callable[[str | bytes], dict[str, Any]]
REGISTER = """
register: federal-subjects
title: {ru: Субъекты федерации, en: Federal subjects}
family: subjects
closed: true
rows:
  - id: "REGION"
    title: {ru: Учебный край, en: Specimen Territory}
    iso: RU-XX
    tz: Europe/Moscow
    oktmo_prefix: "79"
    cites: [{act: test-act, at: ст. 1}]
"""
REGISTERED, OTHER = "78", "77"  # the snapshot is of region 78


def spoil(folder: Folder, place: str) -> None:
    file = folder.policies / place
    file.parent.mkdir(exist_ok=True)
    text = file.read_text("utf-8") if file.exists() else ""
    file.write_text(f"{text}\nno_such_key: 1\n", "utf-8")


def delivered(folder: Folder, region: str = REGISTERED) -> Path:
    """A right snapshot, and own policies that know one region only."""
    (folder.policies / "registers").mkdir(exist_ok=True)
    file = folder.policies / "registers" / "federal-subjects.yaml"
    file.write_text(REGISTER.replace("REGION", region), "utf-8")
    return folder.good()


@pytest.mark.parametrize("place", ["norms/T-CONNECT.yaml", "parameters/p.yaml", "definitions/d.yaml"])
@pytest.mark.parametrize(("region", "code"), [(REGISTERED, 0), (OTHER, 3)])
def test_what_only_judges_may_be_broken_and_own_names_still_count(
    place: str, region: str, code: int, folder: Folder, sverka: Sverka, report_of: ReportOf
) -> None:
    file = delivered(folder, region)
    command = ["validate", file, "--policies", folder.policies, "-o", "json"]
    before = sverka(*command)
    spoil(folder, place)
    assert sverka("check", *command[1:]).code == 2
    ran = sverka(*command)
    assert (before.code, ran.code) == (code, code)
    judged = ("organizations", "quarantine", "warnings", "inputs")
    was, now = report_of(before.out), report_of(ran.out)
    assert [now[key] for key in judged] == [was[key] for key in judged]
    assert place in ran.err.splitlines()[0]
    assert "sverka lint" in ran.err.splitlines()[0]


@pytest.mark.parametrize("place", ["registers/federal-subjects.yaml", "sources/test-act.yaml", "misplaced.yaml"])
@pytest.mark.parametrize(("language", "words"), [("ru", "снимки не прочитаны"), ("en", "no snapshot was read")])
def test_what_names_rest_on_must_be_right_and_the_policies_are_named_as_the_culprit(
    place: str, language: str, words: str, folder: Folder, sverka: Sverka
) -> None:
    file = delivered(folder)
    spoil(folder, "norms/T-CONNECT.yaml")
    spoil(folder, place)
    ran = sverka("validate", file, "--policies", folder.policies, "--lang", language)
    first, second, *_ = ran.err.splitlines()
    assert (ran.code, ran.out) == (2, "")
    assert first.startswith(words)
    assert place in second
    assert "T-CONNECT" not in ran.err


def test_right_policies_are_not_mentioned(folder: Folder, sverka: Sverka) -> None:
    ran = sverka("validate", delivered(folder), "--policies", folder.policies)
    assert ran.code == 0
    assert "lint" not in ran.err
