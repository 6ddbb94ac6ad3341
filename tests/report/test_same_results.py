"""What a run found is the same from its report, from a report of findings alone, and from the folder of a batch."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from validator.engines.folder.saved import FolderResults
from validator.journeys.results.of_report import ReportResults, leaves_out_uncounted, results_of
from validator.journeys.results.whole import report_of
from validator.journeys.rollup.accumulate import RollUp
from validator.language.library import Library
from validator.logic.report import Report

EVIDENCE = ("missing", "alternatives", "because", "message", "remedy", "location", "criteria", "advice", "disputed")


def report_in(file: Path) -> Report:
    found: Report = json.loads(file.read_bytes())
    return found


@pytest.fixture
def whole(saved: Path) -> ReportResults:
    return results_of(report_in(saved))


def test_a_report_of_findings_alone_has_the_figures_of_the_whole_one(whole: ReportResults, findings: Path) -> None:
    found = results_of(report_in(findings))
    assert len(found.report["results"]) < len(whole.report["results"])
    assert found.table == whole.table
    assert found.head == whole.head
    assert [*found.findings()] == [*whole.findings()]
    assert [*found.tallied()] != []
    assert [tallies for _, tallies in found.tallied()] == [tallies for _, tallies in whole.tallied()]


def test_the_figures_count_what_is_fine(whole: ReportResults) -> None:
    total = whole.table["total"]["judgements"]
    exact = [one for one in whole.report["results"] if not whole.policies[one["policy"]]["about_persons"]]
    assert total["judgements"] == len(exact)
    assert total["ok"]["met"] == sum(one["reason"] == "met" for one in exact) > 0
    assert total["applicable"] < total["judgements"]
    assert total["unknown_percent"]


def test_findings_are_all_that_is_not_plainly_fine(whole: ReportResults) -> None:
    rest = [one for one in whole.report["results"] if one not in [*whole.findings()]]
    assert rest
    assert all(one["verdict"] == "ok" and not one["disputed"] for one in rest)
    verdicts = {one["verdict"] for one in whole.findings()}
    assert {"violation", "unknown", "advice", "moved", "stays"} <= verdicts


def test_a_folder_tells_what_the_report_tells(whole: ReportResults, batch: Path) -> None:
    with FolderResults(batch, "results") as found:
        assert found.table == whole.table
        assert {**found.head, "explained": ""} == {**whole.head, "explained": ""}
        assert found.policies == whole.policies
        assert [*found.organizations()] == [*whole.organizations()]
        assert [*found.quarantine()] == [*whole.quarantine()] != []
        assert [tallied.tallies for tallied in found.tallied()] == [tallied.tallies for tallied in whole.tallied()]
        told, expected = [*found.findings()], [*whole.findings()]
        if found.head["explained"] == "all":
            assert told == expected
        else:
            assert [_bare(one) for one in told] == [_bare(one) for one in expected]


def _bare(result: Any) -> Any:
    """A result without what an explanation tells."""
    disputed = [
        (other["reading"], other["verdict"], other["verdict_title"], other["why"])
        for other in result["disputed"] or ()
    ]
    return {key: value for key, value in result.items() if key not in EVIDENCE} | {"readings": disputed}


def test_rows_in_parts_as_a_cluster_writes_them_are_the_same(explained: Path, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    shutil.copytree(explained, folder)
    document = json.loads((folder / "run.json").read_bytes())
    for name in [name for name in document["files"] if name.endswith(".jsonl")]:
        lines = (folder / name).read_bytes().splitlines(keepends=True)
        (folder / name).unlink()
        (folder / name).mkdir()
        del document["files"][name]
        for number, part in enumerate((lines[: len(lines) // 2], lines[len(lines) // 2 :])):
            data, key = b"".join(part), f"{name}/part-{number:05}.jsonl"
            (folder / key).write_bytes(data)
            document["files"][key] = {"sha256": sha256(data).hexdigest(), "bytes": len(data), "lines": len(part)}
    (folder / "run.json").write_text(json.dumps(document))
    with FolderResults(folder, "parts") as found, FolderResults(explained, "whole") as whole:
        assert [*found.findings()] == [*whole.findings()]
        assert [*found.organizations()] == [*whole.organizations()]
        assert [*found.tallied()] == [*whole.tallied()]
        assert [*found.quarantine()] == [*whole.quarantine()] != []


def test_findings_without_explanation_are_whole_results(batch: Path, whole: ReportResults) -> None:
    with FolderResults(batch, "results") as found:
        keys = {frozenset(one) - {"baseline"} for one in whole.findings()}
        assert {frozenset(one) for one in found.findings()} <= keys


def test_rows_are_read_anew_at_each_call(explained: Path) -> None:
    with FolderResults(explained, "results") as found:
        rows = found.findings()
        next(rows)
        assert len([*found.findings()]) == len([*rows]) + 1


def test_the_report_of_a_folder_has_all_counts(explained: Path, findings: Path, valid_report: Any) -> None:
    with FolderResults(explained, "results") as found:
        report = report_of(found)
    valid_report(report)
    assert {**report, "warnings": []} == {**report_in(findings), "warnings": []}
    assert not leaves_out_uncounted(report)


def test_a_report_made_of_a_folder_says_how_much_is_explained(batch: Path) -> None:
    with FolderResults(batch, "results") as found:
        assert results_of(report_of(found)).head["explained"] == found.head["explained"]


def test_the_roll_up_has_a_row_for_every_policy(whole: ReportResults, library: Library) -> None:
    every = [policy.id for policy in library.policies.policies()]
    assert [*whole.policies] == every
    assert [row["policy"] for row in whole.table["by_policy"]] == every


def test_the_persons_of_a_report_are_hidden_as_those_of_a_batch(whole: ReportResults, library: Library) -> None:
    from validator.journeys.rollup.persons import persons_of

    persons = persons_of(library.policies, library.vocabulary)
    told = {name: frozenset(entry["verdicts"]) for name, entry in whole.policies.items() if entry["about_persons"]}
    assert told == persons
    assert RollUp(told)
    assert "below" in json.dumps(whole.table["by_policy"])
