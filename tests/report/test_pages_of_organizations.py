"""Results parted by organization; a file is named after an INN that was checked, never after a name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from validator.journeys.results.of_report import ReportResults, results_of
from validator.journeys.results.pages import is_page_name, page_names, pages_of


@pytest.fixture
def results(saved: Path) -> ReportResults:
    return results_of(json.loads(saved.read_bytes()))


def renamed(results: ReportResults, organization: str) -> ReportResults:
    """The same results about an organization that is called so."""
    report: Any = json.loads(json.dumps(results.report))
    first = report["organizations"][0]["organization"]
    for row in (*report["organizations"], *report["results"]):
        if row["organization"] == first:
            row["organization"] = organization
    return results_of(report)


def test_every_finding_is_on_one_page(results: ReportResults) -> None:
    pages = [*pages_of(results)]
    assert [page.row for page in pages] == [*results.organizations()]
    assert [one for page in pages for one in page.findings] == [*results.findings()]
    for row, findings in pages:
        assert {one["organization"] for one in findings} <= {row["organization"]}


def test_an_organization_without_findings_has_a_page(results: ReportResults) -> None:
    report: Any = json.loads(json.dumps(results.report))
    first = report["organizations"][0]["organization"]
    report["results"] = [one for one in report["results"] if one["organization"] != first]
    assert next(iter(pages_of(results_of(report)))).findings == []


def test_a_finding_out_of_order_is_never_lost(results: ReportResults) -> None:
    report: Any = {**results.report, "results": results.report["results"][::-1]}
    with pytest.raises(ValueError, match="out of order"):
        list(pages_of(results_of(report)))


def test_a_file_is_named_after_the_inn(results: ReportResults) -> None:
    names = page_names(results)
    assert set(names.values()) == {f"{row['organization']}.html" for row in results.organizations()}
    assert all(map(is_page_name, names.values()))


def test_an_entrepreneur_is_named_by_digest(results: ReportResults) -> None:
    found = page_names(renamed(results, "entrepreneur:0123456789abcdef"))
    assert "entrepreneur-0123456789abcdef.html" in found.values()
    assert is_page_name("entrepreneur-0123456789abcdef.html")


def test_days_are_told_where_there_are_several(results: ReportResults) -> None:
    report: Any = json.loads(json.dumps(results.report))
    first, second = report["organizations"][:2]
    before = second["organization"]
    second["organization"] = first["organization"]
    for one in report["results"]:
        if one["organization"] == before:
            one["organization"] = first["organization"]
    names = sorted(page_names(results_of(report)).values())
    days = sorted((first["as_of"], second["as_of"]))
    assert names[:2] == [f"{first['organization']}-{day}.html" for day in days]
    assert all(is_page_name(name) for name in names)


@pytest.mark.parametrize(
    "organization",
    [
        "../../etc/passwd",
        "7800000001",
        "CON",
        "entrepreneur:../x",
        "٣٥٩٩٠٠١٠٢٩",
        "3599001029\n",
        "",
        "C:\\x",
        "a/b",
    ],
)
def test_what_is_no_inn_names_no_file(organization: str, results: ReportResults) -> None:
    with pytest.raises(ValueError, match=r"^"):
        page_names(renamed(results, organization))


@pytest.mark.parametrize(
    "name", ["index.html", "3599001029.htm", "3599001029.html ", "a3599001029.html", "notes.txt"]
)
def test_other_names_are_not_those_of_pages(name: str) -> None:
    assert not is_page_name(name)
