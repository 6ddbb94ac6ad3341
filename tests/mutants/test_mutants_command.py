"""`sverka test --mutants` and `--propose`: what they say, how they end, what they write."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mutant_set import ACT, CITES

NORM = """# yaml-language-server: $schema=../../../schemas/policy.schema.json
norm: T-NORM
title:
  ru: Проба
  en: Trial
about: chats
modality: obligation
severity: low
cites:
  - {act: test-act, at: ст. 1}
in_force: {from: 2025-06-01}
required:
  # How many may read along.
  member_count: {at_most: 10}
  platform: {in: [max, vk_messenger]}
message:
  ru: Нарушено
  en: Violated
examples:
  as_of: 2025-10-01
  base:
    organization: {kind: school}
    item: {member_count: 5, platform: max}
  cases:
    - name: five  # the plain case
      expect: met
    - name: many
      change: {item: {member_count: 100}}
      expect: violation
"""
REGISTER = f"""register: t-services
title: {{ru: Проба, en: Trial}}
family: services
closed: false
rows:
  - id: max
    title: {{ru: MAX, en: MAX}}
    cites: {CITES}
  - id: vk_messenger
    title: {{ru: VK Мессенджер, en: VK Messenger}}
    cites: {CITES}
  - id: telegram
    title: {{ru: Telegram, en: Telegram}}
    cites: {CITES}
"""


@pytest.fixture
def norm(tmp_path: Path) -> Path:
    """The file of the norm, in the folder `own` of the working folder."""
    files = {"sources/test-act": ACT, "registers/t-services": REGISTER, "norms/trial/T-NORM": NORM}
    for place, text in files.items():
        file = tmp_path / "own" / f"{place}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "own" / "norms" / "trial" / "T-NORM.yaml"


@pytest.fixture
def without_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr("validator.cli.prove_solver.find_spec", lambda name: None if name == "z3" else real(name))


needs_solver = pytest.mark.skipif(
    importlib.util.find_spec("z3") is None, reason="the extra `prove` is not installed"
)


# --- the report ----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("norm", "without_solver")
def test_the_report_says_which_changes_no_example_notices_and_where(sverka: Callable[..., Any]) -> None:
    ran = sverka("test", "--mutants", "--policies", "own", "--lang", "en")
    assert ran.code == 0
    assert ran.err == ""
    assert "T-NORM: changes 16, noticed 7, not noticed 9 — Trial" in ran.out
    place = "    own/norms/trial/T-NORM.yaml:11:18: "
    assert (
        f"{place}`2025-06-01` replaced by `2025-06-02`: not noticed [T-NORM:in_force.from.is.constant-plus]"
        in ran.out
    )
    assert "In all: changes 16, noticed 7, not noticed 9; 2 examples" in ran.out
    assert "Examples notice 43.7% of the changes; equivalent ones do not count" in ran.out
    assert "Equivalence was not decided" in ran.out
    assert "threshold" not in ran.out


@pytest.mark.usefixtures("norm", "without_solver")
def test_in_russian_too(sverka: Callable[..., Any]) -> None:
    ran = sverka("test", "--mutants", "--policies", "own", "--lang", "ru")
    assert "T-NORM: изменений 16, замечено 7, не замечено 9 — Проба" in ran.out
    assert "`2025-06-01` заменено на `2025-06-02`: не замечено" in ran.out
    assert "Примеры замечают 43,7 % изменений; равносильные не в счёт" in ran.out
    assert "Равносильность не проверялась" in ran.out
    assert not re.search(r"noticed|changes|equivalent", ran.out.replace("T-NORM", ""))


@pytest.mark.usefixtures("norm", "without_solver")
@pytest.mark.parametrize(("least", "code", "said"), [(43, 0, "is reached"), (44, 1, "is not reached")])
def test_fewer_than_the_threshold_is_a_failure(
    sverka: Callable[..., Any], least: int, code: int, said: str
) -> None:
    ran = sverka("test", "--threshold", least, "--policies", "own", "--lang", "en")
    assert ran.code == code
    assert f"The threshold of {least}% {said}" in ran.out


@pytest.mark.usefixtures("norm", "without_solver")
def test_as_json_every_change_is_told(sverka: Callable[..., Any]) -> None:
    ran = sverka("test", "--mutants", "--policies", "own", "-o", "json")
    report = json.loads(ran.out)
    assert report["schema"] == "sverka.mutants/1"
    assert report["solver"] is False
    assert report["counts"]["mutants"] == sum(len(owner["mutants"]) for owner in report["owners"]) == 16
    rows = {row["id"]: row for owner in report["owners"] for row in owner["mutants"]}
    assert rows["T-NORM:requirement.0.dropped"]["killed_by"] == "T-NORM: many"
    assert rows["T-NORM:requirement.0.right.is.constant-plus"]["state"] == "unchecked"
    assert sverka("test", "--mutants", "--policies", "own", "-o", "json").out == ran.out


@needs_solver
@pytest.mark.usefixtures("norm")
def test_with_the_solver_each_change_that_is_not_noticed_is_decided(sverka: Callable[..., Any]) -> None:
    report = json.loads(sverka("test", "--mutants", "--policies", "own", "-o", "json").out)
    assert report["solver"] is True
    counts = report["counts"]
    assert counts["unchecked"] == counts["undecided"] == counts["bounded"] == 0
    assert counts["killed"] + counts["alive"] + counts["equivalent"] == counts["mutants"]
    alive = [row for owner in report["owners"] for row in owner["mutants"] if row["state"] == "alive"]
    assert alive
    assert all(row["shown_on"]["snapshot"]["schema"] == "sverka.snapshot/1" for row in alive)


def test_examples_that_do_not_come_out_are_told_first(sverka: Callable[..., Any], norm: Path) -> None:
    norm.write_text(NORM.replace("expect: met", "expect: violation"), encoding="utf-8")
    ran = sverka("test", "--mutants", "--policies", "own", "--lang", "en")
    assert ran.code == 1
    assert "[example-mismatch]" in ran.out
    assert "noticed" not in ran.out


# --- proposals -----------------------------------------------------------------------------------------------


@needs_solver
def test_proposed_examples_are_shown_and_nothing_is_written(sverka: Callable[..., Any], norm: Path) -> None:
    ran = sverka("test", "--propose", "--policies", "own", "--lang", "en")
    assert ran.out.startswith("# own/norms/trial/T-NORM.yaml\n    - name: ")
    assert "Examples notice" in ran.err
    assert norm.read_text(encoding="utf-8") == NORM


@needs_solver
def test_written_examples_kill_what_lived_and_leave_the_rest_of_the_file_alone(
    sverka: Callable[..., Any], norm: Path
) -> None:
    before = json.loads(sverka("test", "--mutants", "--policies", "own", "-o", "json").out)
    ran = sverka("test", "--write", "--threshold", 100, "--policies", "own", "--lang", "en")
    assert ran.code == 0
    assert re.match(r"own/norms/trial/T-NORM.yaml: examples added \d+\n", ran.out)
    text = norm.read_text(encoding="utf-8")
    assert text.startswith(NORM.rstrip("\n"))  # comments and layout as they were, the new ones after them
    assert sverka("fmt", "--check", norm).code == 0
    assert sverka("test", "--policies", "own").code == 0
    after = json.loads(sverka("test", "--threshold", 100, "--policies", "own", "-o", "json").out)
    assert after["reached"]
    assert after["counts"]["alive"] == 0
    assert after["counts"]["killed"] == before["counts"]["killed"] + before["counts"]["alive"]
    assert after["examples"] - before["examples"] <= before["counts"]["alive"]


@needs_solver
@pytest.mark.usefixtures("norm")
def test_nothing_is_proposed_twice(sverka: Callable[..., Any], norm: Path) -> None:
    assert sverka("test", "--write", "--policies", "own").code == 0
    text = norm.read_text(encoding="utf-8")
    ran = sverka("test", "--write", "--policies", "own", "--lang", "en")
    assert ran.out == "There are no new examples\n"
    assert norm.read_text(encoding="utf-8") == text


@needs_solver
@pytest.mark.usefixtures("norm")
def test_a_case_file_does_the_same_beside_the_policies(sverka: Callable[..., Any], norm: Path) -> None:
    ran = sverka("test", "--case-file", "more.yaml", "--policies", "own", "--lang", "en")
    assert re.match(r"more.yaml: examples \d+\n", ran.out)
    assert norm.read_text(encoding="utf-8") == NORM
    assert sverka("test", "more.yaml", "--policies", "own").code == 0
    found = sverka("test", "--threshold", 100, "more.yaml", "--policies", "own", "-o", "json")
    assert found.code == 0
    assert json.loads(found.out)["counts"]["alive"] == 0
    again = sverka("test", "--case-file", "more.yaml", "more.yaml", "--policies", "own", "--lang", "en")
    assert again.code == 2
    assert "the case file would overwrite an input: more.yaml" in again.err


@pytest.mark.usefixtures("norm", "without_solver")
def test_without_the_solver_nothing_can_be_proposed(sverka: Callable[..., Any]) -> None:
    ran = sverka("test", "--propose", "--policies", "own", "--lang", "en")
    assert ran.code == 2
    assert "the solver, which is not installed" in ran.err
    assert "sverka[prove]" in ran.err


@pytest.mark.usefixtures("norm")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--write", "--case-file", "more.yaml"], "exclude one another"),
        (["--case-file", "nowhere/more.yaml"], "no folder for the case file: nowhere"),
        (["--case-file", "own"], "a folder stands where the case file should go: own"),
        (["--threshold", "101"], "101"),
        (["--mutants", "--coverage"], "two reports"),
    ],
)
def test_what_cannot_be_done_is_refused_at_once(
    sverka: Callable[..., Any], arguments: list[str], said: str
) -> None:
    if arguments[0] not in ("--threshold", "--mutants") and importlib.util.find_spec("z3") is None:
        pytest.skip("the extra `prove` is not installed")
    ran = sverka("test", *arguments, "--policies", "own", "--lang", "en")
    assert ran.code == 2
    assert said in ran.err
    assert ran.out == ""


@pytest.mark.usefixtures("without_solver")
def test_examples_of_others_that_fail_are_told_and_left_aside(sverka: Callable[..., Any], norm: Path) -> None:
    """A named policy is tried alone, but the data it rests on by the examples of all who rest on it too."""
    listed = NORM.replace("platform: {in: [max, vk_messenger]}", "platform: {listed_in: t-services}")
    norm.write_text(listed, encoding="utf-8")
    other = listed.replace("norm: T-NORM", "norm: T-OTHER").replace("expect: met", "expect: violation")
    norm.with_name("T-OTHER.yaml").write_text(other, encoding="utf-8")
    act = norm.parents[2] / "sources" / "test-act.yaml"
    act.write_text(ACT.replace("[T-NORM]", "[T-NORM, T-OTHER]"), encoding="utf-8")
    ran = sverka("test", "--mutants", "T-NORM", "--policies", "own", "--lang", "en")
    assert ran.code == 0
    assert "examples of other policies do not come out and are left aside: 1" in ran.err
    assert "register t-services" in ran.out
    assert "T-OTHER:" not in ran.out
