"""JUnit XML: read by a parser of the format, one case per judgement, no name lost and none twice."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from junitparser import JUnitXml
from sample_reports import NAUGHTY, decision, everything, named, real_report, record, report, result

from validator.render import junit


def parsed(made: Any, language: Any = "ru") -> JUnitXml:
    """The XML as junitparser reads it, its counts compared with its cases."""
    text = junit.render(made, language)
    found = JUnitXml.fromstring(text.encode())
    before = (found.tests, found.failures, found.errors, found.skipped)
    for suite in found:
        counted = (suite.tests, suite.failures, suite.errors, suite.skipped)
        suite.update_statistics()
        assert counted == (suite.tests, suite.failures, suite.errors, suite.skipped), suite.name
    found.update_statistics()
    assert before == (found.tests, found.failures, found.errors, found.skipped)
    names = [(case.classname, case.name) for suite in found for case in suite]
    assert len(set(names)) == len(names)
    return found


def outcomes(made: Any) -> dict[str, str]:
    """How each case came out, by its name."""
    found = {}
    for suite in parsed(made):
        for case in suite:
            kinds = [type(one).__name__.lower() for one in case.result]
            assert len(kinds) <= 1
            found[case.name] = kinds[0] if kinds else "passed"
    return found


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_parser_of_the_format_reads_every_report(language: str) -> None:
    for made in (real_report(), everything(), report(), named(NAUGHTY)):
        parsed(made, language)


def test_every_verdict_has_its_outcome() -> None:
    assert outcomes(everything()) == {
        "snapshot": "passed",
        "T-NORM uses[u_1]": "failure",
        "T-LOW uses[u_1]": "failure",
        "T-DISPUTED uses[u_1]": "failure",
        "T-UNKNOWN uses[u_1]": "error",
        "T-ADVICE uses[u_1]": "skipped",
        "T-WAIVED uses[u_1]": "skipped",
        "T-KNOWN uses[u_1]": "skipped",
        "T-met uses[u_1]": "passed",
        "T-exempt uses[u_1]": "passed",
        "T-open uses[u_1]": "passed",
        "T-not_applicable uses[u_1]": "skipped",
        "T-FINE-DISPUTED uses[u_1]": "passed",
        "in/broken.json": "error",
        "waiver-expired waivers/w.yaml": "skipped",
    }


def test_an_organization_is_a_suite_and_gives_its_cases_their_class() -> None:
    suites = {suite.name: suite for suite in parsed(report(result(1), result(2), decision(2)))}
    assert list(suites) == ["7800000001", "7800000002"]
    assert {case.classname for case in suites["7800000002"]} == {"7800000002"}
    properties = {one.name: one.value for one in suites["7800000002"].properties()}
    assert properties["organization_name"] == "Школа № 2"
    assert properties["as_of"] == "2025-10-01"
    assert properties["decisions"] == "1"  # decisions are no tests, and are not lost


def test_a_failure_tells_what_where_why_and_what_to_do() -> None:
    (suite,) = parsed(report(result()), "en")
    _, case = suite
    (failure,) = case.result
    assert failure.message.startswith("violation: A text — Школа № 1")
    assert failure.type == "violation.critical"
    for line in ("in/school.yaml:3:5", "severity: critical", "what to do: A text", "basis: A text, ст. 1"):
        assert line in failure.text
    root = ET.fromstring(junit.render(report(result())))
    given = root.findall(".//testcase")[1].attrib
    assert (given["file"], given["line"], given["time"]) == ("in/school.yaml", "3", "0")


def test_cases_of_one_name_are_numbered_because_gitlab_shows_only_the_first() -> None:
    names = list(outcomes(report(result(), result(as_of="2025-11-01"), result(as_of="2025-12-01"))))
    assert [name for name in names if name.startswith("T-NORM")] == [
        "T-NORM uses[u_1]",
        "T-NORM uses[u_1] (2)",
        "T-NORM uses[u_1] (3)",
    ]


def test_a_document_put_aside_is_one_error_with_all_its_mistakes() -> None:
    (suite,) = parsed(report(quarantine=[record(), record(code="missing-key", path="chats", line=9)]))
    (case,) = suite
    (error,) = case.result
    assert (suite.name, case.name, error.type) == ("quarantine", "in/broken.json", "duplicate-key")
    assert "[duplicate-key]" in error.text
    assert "in/broken.json:9:7" in error.text


def test_a_run_cut_short_is_an_error() -> None:
    made = report(result())
    made["inputs"]["not_reached"] = 4
    assert outcomes(made)["not-reached"] == "error"


def test_illegal_characters_are_written_as_escapes() -> None:
    hostile = "a\x00\x0b\x1b[31m\ud800\ufffe\uffff]]><!--"
    text = junit.render(named(hostile))
    ET.fromstring(text)
    for shown in (r"\x0b", r"\x1b", r"\ud800", r"\ufffe", r"\uffff"):
        assert shown in text
    assert not set(hostile[:9]) & set(text) - set("a[31m")


def test_the_file_is_no_larger_than_gitlab_reads_and_what_passes_goes_first(monkeypatch: Any) -> None:
    whole = outcomes(everything())
    monkeypatch.setattr(junit, "MOST_BYTES", len(junit.render(everything()).encode()) - 200)
    fitted = junit.fit(everything())
    assert fitted.left_out is not None
    assert fitted.left_out.ru.startswith("junit: в пределы формата вошли ")
    left = outcomes(everything())
    assert left["left-out"] == "skipped"
    gone = {whole[name] for name in whole.keys() - left.keys()}
    assert gone <= {"passed", "skipped"}
    assert gone
    assert left["T-NORM uses[u_1]"] == "failure"
