"""A folder that is not what a finished batch left is refused at once, with its place and what to do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from validator.engines.folder.saved import FolderResults
from validator.logic.problem import InputError, Problem


@pytest.fixture
def copy(explained: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "copy"
    shutil.copytree(explained, folder)
    return folder


def refusal(folder: Path) -> Problem:
    """The one mistake that reading all of a folder tells."""
    with pytest.raises(InputError) as caught:
        _read_all(folder)
    assert len(caught.value.problems) == 1
    return caught.value.problems[0]


def _read_all(folder: Path) -> None:
    with FolderResults(folder, "copy") as found:
        for rows in (found.findings(), found.tallied(), found.quarantine(), found.warnings()):
            list(rows)
        assert found.table


def rewrite(folder: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Change a file and let `run.json` know its new digest, as somebody would who wants to be believed."""
    data = change((folder / name).read_bytes())
    (folder / name).write_bytes(data)
    run: Any = json.loads((folder / "run.json").read_bytes())
    run["files"][name] |= {"sha256": sha256(data).hexdigest(), "bytes": len(data)}
    (folder / "run.json").write_text(json.dumps(run), encoding="utf-8")


def test_an_empty_folder_is_none(tmp_path: Path) -> None:
    assert "run.json" in refusal(tmp_path).message.en


def test_a_run_that_is_not_finished_says_how_to_finish_it(tmp_path: Path) -> None:
    (tmp_path / ".run").mkdir()
    assert "--resume" in refusal(tmp_path).help.en


def test_a_run_of_a_newer_version_is_told_as_one(copy: Path) -> None:
    run = json.loads((copy / "run.json").read_bytes())
    (copy / "run.json").write_text(json.dumps({**run, "schema": "sverka.run/2"}))
    problem = refusal(copy)
    assert "sverka.run/2" in problem.message.en
    assert "newer" in problem.help.en


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"schema": "sverka.run/1"}', '"sverka.run/1"', "\xff"])
def test_a_run_that_is_no_such_document_is_refused(text: str, copy: Path) -> None:
    (copy / "run.json").write_text(text, encoding="latin-1")
    assert refusal(copy).code == "saved-folder"


def test_a_folder_of_an_older_version_is_refused(copy: Path) -> None:
    run = json.loads((copy / "run.json").read_bytes())
    del run["files"]["policies.json"]
    (copy / "run.json").write_text(json.dumps(run))
    assert "policies.json" in refusal(copy).message.en


@pytest.mark.parametrize("name", ["findings.jsonl", "rollup.json", "organizations.jsonl", "verdicts.jsonl"])
def test_a_file_that_was_edited_is_noticed(name: str, copy: Path) -> None:
    data = (copy / name).read_bytes()
    (copy / name).write_bytes(data.replace(b'"', b"'", 1))
    assert name in refusal(copy).message.en


def test_a_file_that_is_gone_is_noticed(copy: Path) -> None:
    (copy / "quarantine.jsonl").unlink()
    assert "quarantine.jsonl" in refusal(copy).message.en


def test_a_row_that_is_no_finding_is_told_with_its_line(copy: Path) -> None:
    rewrite(copy, "findings.jsonl", lambda data: data.replace(b'"verdict":', b'"verdikt":', 1))
    problem = refusal(copy)
    assert problem.span is not None
    assert problem.where().startswith("copy/findings.jsonl:1:")
    assert "verdict" in problem.message.en


def test_a_finding_of_a_policy_that_is_not_listed_is_refused(copy: Path) -> None:
    rewrite(copy, "findings.jsonl", lambda data: data.replace(b'"policy":"', b'"policy":"X', 1))
    assert refusal(copy).where().startswith("copy/findings.jsonl:1:")


def test_a_finding_about_an_organization_that_is_not_there_is_refused(copy: Path) -> None:
    rewrite(copy, "findings.jsonl", lambda data: data.replace(b'"organization":"', b'"organization":"9', 1))
    assert refusal(copy).where().startswith("copy/findings.jsonl:1:")


def test_findings_about_an_organization_in_two_places_are_refused(copy: Path) -> None:
    def moved(data: bytes) -> bytes:
        first, *others = data.splitlines(keepends=True)
        return b"".join([*others, first])

    rewrite(copy, "findings.jsonl", moved)
    assert refusal(copy).where().startswith("copy/findings.jsonl:")


def test_a_row_that_was_cut_is_refused(copy: Path) -> None:
    rewrite(copy, "verdicts.jsonl", lambda data: data[:-5])
    assert refusal(copy).where().startswith("copy/verdicts.jsonl:")


def test_an_organization_more_than_were_evaluated_is_refused(copy: Path) -> None:
    def one_more(data: bytes) -> bytes:
        return data + data.splitlines(keepends=True)[0].replace(b'"as_of":"2', b'"as_of":"1', 1)

    rewrite(copy, "organizations.jsonl", one_more)
    assert refusal(copy).where().startswith("copy/organizations.jsonl")


def test_a_name_in_run_json_leads_nowhere_else(copy: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.jsonl"
    outside.write_text("{}\n")
    run = json.loads((copy / "run.json").read_bytes())
    run["files"]["../outside.jsonl"] = {"sha256": "0", "bytes": 1}
    (copy / "run.json").write_text(json.dumps(run))
    with FolderResults(copy, "copy") as found:
        assert [*found.findings()]
