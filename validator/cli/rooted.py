"""Files as a CI system names them: by their path in the repository, wherever in it the command was started."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from validator.cli.context import settings_folders, shown

_NO_FILE = ("", "<stdin>")
# These are read by what knows the repository as a whole; people and programs that read others know where they are.
ROOTED = frozenset({"sarif", "sarif-full", "sarif-github", "junit", "gitlab", "github"})


def rooted(report: Mapping[str, Any]) -> Mapping[str, Any]:
    """The report with every file that lies in the repository named from its root; outside of it as it was named."""
    folders = settings_folders()
    if not folders:  # the current folder is gone
        return report
    here, root = shown(folders[0]), shown(folders[-1])

    @cache
    def name(file: str) -> str:
        path = posixpath.normpath(posixpath.join(here, file))
        inside = path.startswith(root.rstrip("/") + "/") and file not in _NO_FILE
        return path.removeprefix(root.rstrip("/") + "/") if inside else file

    return _proofs(report, name) if "findings" in report else _renamed(report, name)


def _proofs(report: Mapping[str, Any], name: Callable[[str], str]) -> Mapping[str, Any]:
    """A report of `prove`: its files are those of policies and of known findings."""

    def located(row: Mapping[str, Any]) -> Mapping[str, Any]:
        place = row["location"]
        return {**row, "location": {**place, "file": name(place["file"])}} if place else row

    findings = [{**one, "policies": [located(policy) for policy in one["policies"]]} for one in report["findings"]]
    return {**report, "findings": findings, "entries": [located(entry) for entry in report["entries"]]}


def _renamed(report: Mapping[str, Any], name: Callable[[str], str]) -> Mapping[str, Any]:
    def located(row: Mapping[str, Any]) -> dict[str, Any]:
        return {**row, "location": {**row["location"], "file": name(row["location"]["file"])}}

    def of_file(row: Mapping[str, Any]) -> dict[str, Any]:
        return {**row, "file": name(row["file"])}

    def of_result(result: Mapping[str, Any]) -> dict[str, Any]:
        waiver = result["waiver"] and located(result["waiver"])
        return {**located(result), "because": [located(e) for e in result["because"]], "waiver": waiver}

    return {
        **report,
        "organizations": [of_file(row) for row in report["organizations"]],
        "results": [of_result(result) for result in report["results"]],
        "quarantine": [of_file(record) for record in report["quarantine"]],
        "warnings": [of_file(record) for record in report["warnings"]],
    }
