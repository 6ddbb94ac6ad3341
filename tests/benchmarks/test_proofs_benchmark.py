"""The benchmark of proofs measures sets of the size it was told, and what is stopped is told as such."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _run(*arguments: str) -> list[list[str]]:
    pytest.importorskip("z3")
    done = subprocess.run(
        [sys.executable, "benchmarks/proofs.py", *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [line.split() for line in done.stdout.splitlines()[1:]]


def test_a_row_is_printed_for_each_step_and_kept_answers_are_used() -> None:
    rows = _run("--sizes", "2")
    assert [row[0] for row in rows] == ["2"] * 4
    assert [" ".join(row[1:-3]) for row in rows] == [
        *("whole set", "whole set, answers kept"),
        *("`FM-BAN` edited", "`FM-BAN` edited, answers kept"),
    ]
    whole, again, one, kept = (int(row[-1]) for row in rows)
    assert again == 0
    assert 0 < kept < one
    assert whole > 0
    assert float(rows[0][-2]) == 1


def test_what_takes_too_long_is_told() -> None:
    rows = _run("--sizes", "0", "--seconds", "0.05")
    assert [row[-1] for row in rows] == ["stopped"] * 2


def test_a_larger_set_has_so_many_different_policies() -> None:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        from proofs import EDITED, library_of
    finally:
        sys.path.pop(0)
    shipped = library_of(0, edit=False).policies
    number = len(shipped.policies())
    many = library_of(2 * number + 3, edit=False).policies
    assert len(many.policies()) == 2 * number + 3
    assert {policy.id for policy in shipped.policies()} <= {policy.id for policy in many.policies()}
    windows = {(norm.clauses[0].window.first, norm.clauses[0].window.last) for norm in many.norms.values()}
    assert len(windows) > len(
        {(n.clauses[0].window.first, n.clauses[0].window.last) for n in shipped.norms.values()}
    )
    edited = library_of(0, edit=True).policies
    assert [name for name, norm in edited.norms.items() if norm != shipped.norms[name]] == [EDITED]
