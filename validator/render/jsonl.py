"""The report as JSON lines: one object per line, each with its kind in `record`, to be read as it comes.

The first line is the `head`, the last one the `counts`; a file without its last line was cut. Between them come the
organizations, the results, the mistakes of documents (`quarantine`, `warning`) and what came of a `baseline`. Every
object but its `record` is what `-o json` holds at that place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from validator.logic.report import Report
from validator.logic.text import Language
from validator.render.json_text import json_text


def render(report: Report, language: Language = "ru") -> str:  # noqa: ARG001 - machines read no language
    """The report as lines of JSON."""
    return "".join(json_text(line) + "\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[Mapping[str, object]]:
    yield {
        "record": "head",
        "schema": report["schema"],
        "tool": report["tool"],
        "policy_set": report["policy_set"],
        "law_date": report["law_date"],
        "inputs": report["inputs"],
    }
    yield from ({"record": "organization", **row} for row in report["organizations"])
    yield from ({"record": "result", **result} for result in report["results"])
    yield from ({"record": "quarantine", **problem} for problem in report["quarantine"])
    yield from ({"record": "warning", **problem} for problem in report["warnings"])
    if "baseline" in report:
        yield {"record": "baseline", **report["baseline"]}
    yield {"record": "counts", **report["counts"]}
