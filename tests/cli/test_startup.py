"""A command imports no more than it needs; how long that takes is measured in `benchmarks/startup.py`."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from workplace import Folder

LIST_MODULES = """
import sys
from validator.cli.main import run
code = run(sys.argv[1:])
sys.stdout.flush()
print(code, *sys.modules, file=sys.stderr)
"""
# The library of Python itself first, then that of others.
HEAVY = {
    "asyncio", "concurrent", "decimal", "email", "fractions", "html", "http", "multiprocessing", "socket",
    "sqlite3", "ssl", "statistics", "tempfile", "unittest", "xml", "zipfile", "zoneinfo",
    "hypothesis", "jinja2", "jiter", "jsonschema", "msgspec", "pyarrow", "pyspark", "python_calamine", "rich",
    "xlsxwriter", "yaml", "z3",
}  # fmt: skip


def modules_after(
    *arguments: object, code: int = 0, cache: str | None = None, here: Path | None = None
) -> set[str]:
    """The modules that are loaded when the command is done, which ends with this exit code."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    environment |= {"SVERKA_CACHE_DIR": cache} if cache else {}
    process = subprocess.run(
        [sys.executable, "-c", LIST_MODULES, *map(str, arguments)],
        capture_output=True,
        check=True,
        env=environment,
        cwd=here,
    )
    ended, *modules = process.stderr.decode().splitlines()[-1].split()
    assert int(ended) == code
    return set(modules)


def heavy(modules: set[str]) -> set[str]:
    return {name for name in modules if name.partition(".")[0] in HEAVY}


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["--help", "--lang", "en"]], ids=" ".join)
def test_help_and_version_import_nothing_that_checks(arguments: list[str]) -> None:
    modules = modules_after(*arguments)
    assert heavy(modules) == set()
    ours = {name.removeprefix("validator.") for name in modules if name.startswith("validator.")}
    few = {"cli", "cli.context", "cli.main", "language", "language.file_names", "logic"}
    few |= {"logic.named_tuple", "logic.problem", "logic.text"}
    assert ours <= few | {"cli.commands", "cli.plain", "cli.settings"}


def test_what_prints_a_table_or_a_schema_reads_no_policies() -> None:
    for command in (["limits"], ["schema", "snapshot"]):
        modules = modules_after(*command)
        assert heavy(modules) == set()
        assert not {name for name in modules if name.startswith(("validator.interpreters", "validator.snapshots"))}


def test_a_check_imports_no_library_that_it_does_not_need(folder: Folder) -> None:
    found = heavy(modules_after("check", folder.good(), "--policies", folder.policies))
    assert {name.partition(".")[0] for name in found} <= {"yaml", "msgspec", "decimal", "fractions"}


# What a check with a warm cache does without: for each of them there was a time when it did not.
NEEDLESS = {
    "click", "dataclasses", "fnmatch", "gettext", "hashlib", "importlib.util", "inspect", "json", "locale",
    "pathlib", "tomllib", "unicodedata", "urllib", "jinja2", "hypothesis", "jsonschema", "z3",
    "validator.cli.settings_file", "validator.engines", "validator.journeys.batch",
    "validator.interpreters.compile.policies", "validator.language.library", "validator.language.policy_files",
    "validator.logic.report", "validator.render.json",
}  # fmt: skip
# These explain, and are needed where there is something to explain.
EXPLAINING = {"validator.interpreters.evaluate", "validator.journeys.check", "validator.language.codec_nodes"}


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a cache that the first runs fill: one keeps the policies, the next their program."""
    return str(tmp_path_factory.mktemp("warm"))


def warm_modules(file: Path, code: int, cache: str) -> set[str]:
    """What a check by the shipped policies imports that is not imported by msgspec itself in this environment."""
    for _ in range(3):
        found = modules_after("check", file, code=code, cache=cache, here=file.parent)
    bare = subprocess.run(
        [sys.executable, "-c", "import msgspec, sys; print(*sys.modules)"], capture_output=True, check=True
    )
    return found - set(bare.stdout.decode().split())


CLEAN = {
    "schema": "sverka.snapshot/1",
    "as_of": "2024-10-01",
    "organization": {
        "inn": "7800000010", "name": "Школа № 1", "region": "78", "kind": "school", "legal_form": "budgetary",
        "founder": "region", "sferum_connected": True, "uses_distance_learning": False,
    },
    "coverage": dict.fromkeys(
        ("services", "people", "guardians", "classes", "chats", "uses", "documents", "activity", "coercion_events"),
        "complete",
    ),
}  # fmt: skip


def test_a_warm_check_imports_nothing_that_it_does_not_need(folder: Folder, warm: str) -> None:
    """No click, no dataclasses, and nothing that could parse a policy."""
    file = folder.snapshots / "clean.json"
    file.write_text(json.dumps(CLEAN), "utf-8")
    found = warm_modules(file, 0, warm)
    assert found & (NEEDLESS | EXPLAINING) == set()
    assert heavy(found) == {"fractions"}


def test_a_warm_check_of_yaml_imports_pyyaml_besides(folder: Folder, warm: str) -> None:
    file = folder.snapshots / "clean.yaml"
    file.write_text(json.dumps(CLEAN), "utf-8")
    found = warm_modules(file, 0, warm)
    assert found & (NEEDLESS | EXPLAINING) == set()
    assert {name.partition(".")[0] for name in heavy(found)} == {"fractions", "yaml"}


def test_a_warm_check_with_findings_imports_besides_what_explains(folder: Folder, warm: str) -> None:
    found = warm_modules(folder.good(), 3, warm)
    assert found >= EXPLAINING
    assert found & NEEDLESS == set()
    assert heavy(found) == {"fractions"}


@pytest.mark.parametrize("text", ['{"a\tb": 1}', '{"a": "\\x"}', '{"a": "\\u12"}'])
def test_a_mistake_in_a_text_of_json_is_told_where_nothing_else_has_loaded_json(folder: Folder, text: str) -> None:
    file = folder.snapshots / "wrong.json"
    file.write_text(text, "utf-8")
    assert "json" in modules_after("check", file, code=3, here=file.parent)


def test_what_a_check_need_not_import_can_be_imported() -> None:
    """A name that was changed elsewhere would stand here for nothing."""
    for name in sorted(NEEDLESS | EXPLAINING):
        if name.startswith("validator"):
            assert importlib.util.find_spec(name) is not None, name


def test_the_benchmark_of_the_start_runs() -> None:
    script = Path(__file__).parents[2] / "benchmarks" / "startup.py"
    process = subprocess.run([sys.executable, script, "--runs", "1"], capture_output=True, check=False)
    assert process.returncode == 0, process.stderr.decode()
    assert "sverka --version" in process.stdout.decode()
