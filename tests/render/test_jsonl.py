"""JSON lines: all of the report, one object a line, whole only with its last line."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sample_reports import NAUGHTY, everything, named, real_report, report

from validator.render import jsonl


def lines_of(text: str) -> list[dict[str, Any]]:
    assert text.endswith("\n")
    return [json.loads(line) for line in text.split("\n")[:-1]]


def put_together(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """The report that the lines hold."""
    head, *between, counts = lines
    assert head.pop("record") == "head"
    assert counts.pop("record") == "counts"
    found: dict[str, Any] = {**head, "counts": counts}
    for many, one in (
        ("organizations", "organization"),
        ("results", "result"),
        ("quarantine", "quarantine"),
        ("warnings", "warning"),
    ):
        found[many] = [
            {key: value for key, value in line.items() if key != "record"}
            for line in between
            if line["record"] == one
        ]
    return found


def test_the_lines_hold_the_whole_report_and_nothing_else(valid_report: Callable[[Any], None]) -> None:
    for made in (real_report(), everything(), report()):
        again = put_together(lines_of(jsonl.render(made)))
        assert again == json.loads(json.dumps(made))
    valid_report(put_together(lines_of(jsonl.render(real_report()))))


def test_every_line_says_what_it_is_and_the_lines_come_in_this_order() -> None:
    kinds = [line["record"] for line in lines_of(jsonl.render(everything()))]
    assert list(dict.fromkeys(kinds)) == ["head", "organization", "result", "quarantine", "warning", "counts"]


def test_what_came_of_a_baseline_has_a_line_of_its_own() -> None:
    lines = lines_of(jsonl.render(report(baseline={"known": 2})))
    assert lines[-2] == {"record": "baseline", "known": 2}


def test_no_name_breaks_a_line_or_moves_a_cursor() -> None:
    text = jsonl.render(named(NAUGHTY))
    assert len(text.splitlines()) == text.count("\n")  # also for those who take U+2028 for the end of a line
    assert put_together(lines_of(text)) == json.loads(json.dumps(named(NAUGHTY)))


def test_the_language_of_the_run_is_not_seen() -> None:
    assert jsonl.render(real_report(), "ru") == jsonl.render(real_report(), "en")
