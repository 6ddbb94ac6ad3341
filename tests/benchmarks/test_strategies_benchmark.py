"""The benchmark of strategies counts mutants that are really killed, and prints a row for each strategy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_a_row_is_printed_for_each_strategy_and_budget() -> None:
    pytest.importorskip("z3")
    done = subprocess.run(
        [
            *(sys.executable, "benchmarks/strategies.py"),
            *("--policies", "FM-BAN,PL-SAFE", "--mutants", "8", "--examples", "10,60"),
        ],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = [line.strip("| ").split(" | ") for line in done.stdout.splitlines() if line.startswith("|")]
    assert rows[0] == ["strategy", "10", "60", "ms/example"]
    assert len(rows) == 7
    shares = {row[0]: [int(cell.split()[0]) for cell in row[1:3]] for row in rows[2:]}
    assert all(few <= many <= 100 for few, many in shares.values())
    assert max(many for _, many in shares.values()) >= 50
    assert shares["witnesses, 0-3 edits"][1] >= shares["typed, no constants"][1]
