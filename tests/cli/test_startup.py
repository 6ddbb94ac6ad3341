"""A command imports no more than it needs; how long that takes is measured in `benchmarks/startup.py`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from workplace import Folder

LIST_MODULES = """
import json, sys
from validator.cli.main import run
code = run(sys.argv[1:])
sys.stdout.flush()
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""
# The library of Python itself first, then that of others.
HEAVY = {
    "asyncio", "concurrent", "decimal", "email", "fractions", "html", "http", "multiprocessing", "socket",
    "sqlite3", "ssl", "statistics", "tempfile", "unittest", "xml", "zipfile", "zoneinfo",
    "hypothesis", "jinja2", "jiter", "jsonschema", "msgspec", "pyarrow", "pyspark", "python_calamine", "rich",
    "xlsxwriter", "yaml", "z3",
}  # fmt: skip


def modules_after(*arguments: object) -> set[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    process = subprocess.run(
        [sys.executable, "-c", LIST_MODULES, *map(str, arguments)],
        capture_output=True,
        check=True,
        env=environment,
    )
    code, modules = json.loads(process.stderr.decode().splitlines()[-1])
    assert code == 0
    return set(modules)


def heavy(modules: set[str]) -> set[str]:
    return {name for name in modules if name.partition(".")[0] in HEAVY}


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["--help", "--lang", "en"]], ids=" ".join)
def test_help_and_version_import_nothing_that_checks(arguments: list[str]) -> None:
    modules = modules_after(*arguments)
    assert heavy(modules) == set()
    ours = {name.removeprefix("validator.") for name in modules if name.startswith("validator.")}
    few = {"cli", "cli.context", "cli.main", "logic", "logic.problem", "logic.text"}
    assert ours <= few | {"cli.commands", "cli.plain", "cli.settings"}


def test_what_prints_a_table_or_a_schema_reads_no_policies() -> None:
    for command in (["limits"], ["schema", "snapshot"]):
        modules = modules_after(*command)
        assert heavy(modules) == set()
        assert not {name for name in modules if name.startswith(("validator.interpreters", "validator.snapshots"))}


def test_a_check_imports_no_library_that_it_does_not_need(folder: Folder) -> None:
    found = heavy(modules_after("check", folder.good(), "--policies", folder.policies))
    assert {name.partition(".")[0] for name in found} <= {"yaml", "msgspec", "decimal", "fractions"}


def test_the_benchmark_of_the_start_runs() -> None:
    script = Path(__file__).parents[2] / "benchmarks" / "startup.py"
    process = subprocess.run([sys.executable, script, "--runs", "1"], capture_output=True, check=False)
    assert process.returncode == 0, process.stderr.decode()
    assert "sverka --version" in process.stdout.decode()
