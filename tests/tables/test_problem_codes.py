"""Every code that tables give is met by a test, and every code is spelled as codes are."""

from __future__ import annotations

import ast
import re
from pathlib import Path

HERE = Path(__file__).parent
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
SOURCES = HERE.parents[1] / "validator" / "snapshots" / "tables"
# Who is given a code as its first text.
GIVES = {
    "Problem",
    "problem",
    "_problem",
    "report",
    "refused",
    "RefusalError",
    "_refusal",
    "unknown_name",
    "over_limit",
}
# Given in rows of a table, with nothing but their words.
LISTED = {"blank-rows", "totals-row", "note-row", "column-numbers"}


def given_codes() -> set[str]:
    found = set(LISTED)
    for file in SOURCES.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                texts = [
                    arg.value
                    for arg in node.args[:2]
                    if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                ]
                if name in GIVES | {"_note"}:
                    found.update(text for text in texts if CODE.fullmatch(text))
    return found


def test_every_code_of_tables_is_met_by_a_test() -> None:
    files = [file for folder in (HERE, HERE.parent / "form") for file in folder.glob("test_*.py")]
    tests = "".join(file.read_text("utf-8") for file in files if file != Path(__file__))
    codes = given_codes()
    assert len(codes) > 40
    assert [code for code in sorted(codes) if f'"{code}"' not in tests and f"[{code}]" not in tests] == []
