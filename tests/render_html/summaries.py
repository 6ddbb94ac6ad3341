"""Results to make summary pages of: the fixtures under the policies of the product, also changed."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from validator.logic.report import QuarantineRecord, Report, Result
from validator.logic.result_set import ResultSet

ROOT = Path(__file__).parents[2]
ORGANIZATIONS = "fixtures/organizations"
WAIVED = "fixtures/waivers/school/snapshot.yaml"
WAIVERS = "fixtures/waivers/school/waivers.yaml"


@cache
def _evaluated(law_date: str | None) -> Report:
    from datetime import date

    from validator.cli.check import evaluate
    from validator.cli.context import load_library
    from validator.journeys.results.entries import entries_of, names_of

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setenv("SVERKA_CACHE", "off")
        day = None if law_date is None else date.fromisoformat(law_date)
        report = evaluate((ORGANIZATIONS, WAIVED), (), day, (WAIVERS,))
        library = load_library(())
    report["policies"] = entries_of(library.policies, library.vocabulary)
    report["names"] = names_of(library.policies, library.vocabulary)
    return report


def report(law_date: str | None = None) -> Report:
    """A report of the fixtures that a test may change."""
    return copy.deepcopy(_evaluated(law_date))


def results_of(found: Report) -> ResultSet:
    """A result set of a report."""
    from validator.journeys.results.of_report import results_of as made

    return made(found)


@cache
def usual() -> ResultSet:
    """The results of the fixtures."""
    return results_of(report())


def listed(results: ResultSet) -> list[Result]:
    """The findings that a summary may list."""
    return [found for found in results.findings() if not results.policies[found["policy"]]["about_persons"]]


class Changed:
    """A result set with something else in it: `head`, `table`, `findings`, …"""

    def __init__(self, results: ResultSet, **changes: Any) -> None:
        self._results = results
        self._changes = changes

    def __getattr__(self, name: str) -> Any:
        if name in self._changes:
            return self._changes[name]
        return getattr(self._results, name)


def many(results: ResultSet, copies: int) -> Any:
    """The same organizations many times, each time under another name and number."""
    names = {row["organization"] for row in results.organizations()}

    def number(inn: str, at: int) -> str:
        return f"{sorted(names).index(inn):03}{at:07}"

    def organizations() -> Iterator[Any]:
        for at in range(copies):
            for row in results.organizations():
                yield {**row, "organization": number(row["organization"], at), "name": f"Школа № {at}"}

    def findings() -> Iterator[Any]:
        for at in range(copies):
            for found in results.findings():
                inn = number(found["organization"], at)
                yield {**found, "organization": inn, "organization_name": f"Школа № {at}"}

    return Changed(results, organizations=organizations, findings=findings)


def renamed(names: Callable[[str], str]) -> ResultSet:
    """The fixtures with other names of organizations, municipalities, files and items."""
    found = report()
    for row in found["organizations"]:
        row["name"] = names(row["name"] or "")
        row["municipality"] = names(row["municipality"] or "")
        row["file"] = names(row["file"])
    for result in found["results"]:
        old = result["organization_name"] or ""
        result["organization_name"] = names(old)
        for text in (result["message"], *(other["message"] for other in result["disputed"] or ())):
            if text is not None:
                text["ru"], text["en"] = (text[x].replace(old, names(old)) for x in ("ru", "en"))  # type: ignore[literal-required]
        result["location"]["file"] = names(result["location"]["file"])
        result["ref"] = None if result["ref"] is None else names(result["ref"])
        for fact in result["because"]:
            fact["location"]["file"] = names(fact["location"]["file"])
            fact["value_title"] = {"ru": names(fact["value_title"]["ru"]), "en": names(fact["value_title"]["en"])}
    found["quarantine"] = [set_aside(names("broken.yaml"))]
    found["warnings"] = [set_aside(names("odd.yaml"))]
    return results_of(found)


def set_aside(file: str) -> QuarantineRecord:
    """A document with a mistake."""
    return {
        "code": "duplicate-key",
        "file": file,
        "digest": None,
        "size": 12,
        "line": 3,
        "column": 5,
        "path": "chats[3].platform",
        "message": {"ru": f"ключ повторён в {file}", "en": f"the key is repeated in {file}"},
        "help": {"ru": "оставьте один", "en": "keep one of them"},
    }


def incomplete() -> ResultSet:
    """A run that ended early and could not read everything."""
    found = report()
    found["inputs"] = {
        "documents": found["inputs"]["documents"] + 12,
        "evaluated": found["inputs"]["evaluated"],
        "quarantined": 2,
        "not_reached": 10,
    }
    found["quarantine"] = [set_aside("сломан.yaml"), set_aside("ещё.yaml")]
    return results_of(found)


def dated() -> list[Any]:
    """The same run at three dates, things getting better."""
    usual_head: Mapping[str, Any] = usual().head
    return [
        Changed(results_of(report()), head={**usual_head, "fact_dates": (day, day)})
        for day in ("2025-08-20", "2025-09-25", "2025-11-20")
    ]
