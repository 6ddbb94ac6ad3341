"""The report as JUnit XML: an organization is a suite, a policy on an item is a test case.

A violation is a failure, an unknown is an error; what is waived, known from a baseline, only advised, not
applicable or not in force is skipped; the rest passes. Decisions are no tests and are counted in the properties of
their suite. That a document was read is a case too: one that could not be evaluated shows as an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Literal, NamedTuple
from xml.etree import ElementTree as ET

from validator.logic.report import Location, OrganizationRow, QuarantineRecord, Report, Result
from validator.logic.text import Language, Text
from validator.render.asides import asides
from validator.render.findings import Unrepeated, gravity, is_fine, is_known, item_of
from validator.render.fitted import Fitted, as_many_as_fit
from validator.render.places import path_of
from validator.render.safe import one_line, unheard
from validator.render.telling import details, mistake, sentence
from validator.render.words import REASONS, say

MOST_BYTES = 30_000_000  # GitLab reads no larger file
_SKIPPED = ("not_applicable", "not_in_force")
# What `one_line` leaves and XML 1.0 refuses.
_ILLEGAL = re.compile("[\ufffe\uffff]")

Outcome = Literal["passed", "failure", "error", "skipped"]


class Case(NamedTuple):
    """A test case: where, how it came out, and why."""

    suite: str
    name: str
    place: Location | None
    outcome: Outcome
    kind: str = ""
    message: str = ""
    text: str = ""


class Suite(NamedTuple):
    """A test suite with its properties."""

    name: str
    cases: list[Case]
    properties: dict[str, str]


def render(report: Report, language: Language = "ru") -> str:
    """The report as XML."""
    return fit(report, language).text


def fit(report: Report, language: Language = "ru") -> Fitted:
    """The report as XML with as many results as GitLab reads, the worst ones; what passes is left out first."""
    numbered = [(index, r) for index, r in enumerate(report["results"]) if r["kind"] == "norm"]
    numbered.sort(key=lambda pair: (is_fine(pair[1]), gravity(pair[1])))

    def made(number: int) -> str:
        kept = {index for index, _ in numbered[:number]}
        return _text(_suites(report, kept, left_out(number, len(numbered)), language))

    text, number = as_many_as_fit(len(numbered), MOST_BYTES, made)
    return Fitted(text, left_out(number, len(numbered)))


def left_out(shown: int, every: int) -> Text | None:
    """What to tell where not every result became a test case."""
    if shown == every:
        return None
    return Text(
        f"junit: в пределы формата вошли {shown} самых серьёзных результатов из {every}, не вошло {every - shown}; "
        "все есть в -o json",
        f"junit: the limits of the format let in the {shown} gravest of {every} results, {every - shown} are left "
        "out; all are in -o json",
    )


# --- suites --------------------------------------------------------------------------------------------------


def _suites(report: Report, kept: set[int], left: Text | None, language: Language) -> Iterator[Suite]:
    results: dict[tuple[str, str], list[tuple[int, Result]]] = {}
    for index, result in enumerate(report["results"]):
        results.setdefault((result["organization"], result["as_of"]), []).append((index, result))
    for row in report["organizations"]:
        of_row = results.get((row["organization"], row["as_of"]), [])
        cases = [_case(result, language) for index, result in of_row if index in kept]
        decisions = sum(result["kind"] == "decision" for _, result in of_row)
        yield Suite(row["organization"], [_read(row), *cases], _properties(report, row, decisions))
    yield from _documents(report, language)
    run = list(_run(report, left, language))
    if run:
        yield Suite("run", run, {})


def _properties(report: Report, row: OrganizationRow, decisions: int) -> dict[str, str]:
    return {
        "organization_name": row["name"] or "",
        "as_of": row["as_of"],
        "law_date": report["law_date"] or row["as_of"],
        "policy_set": report["policy_set"]["digest"],
        "decisions": str(decisions),
    }


def _read(row: OrganizationRow) -> Case:
    return Case(row["organization"], "snapshot", {"file": row["file"], "line": 1, "column": 1}, "passed")


def _case(result: Result, language: Language) -> Case:
    outcome: Outcome = "skipped" if is_known(result) else _outcome(result)
    name, place = f"{result['policy']} {item_of(result)}", result["location"]
    if is_fine(result):
        reason = result["reason"] or "open"
        message = say(REASONS[reason], language) if outcome == "skipped" else ""
        return Case(result["organization"], name, place, outcome, reason, message)
    told = sentence(result, language)
    lines = [told, f"{place['file']}:{place['line']}:{place['column']}"]
    lines += [f"{heading}: {text}" for heading, text in details(result, language)]
    kind = f"{result['verdict']}.{result['severity']}"
    return Case(result["organization"], name, place, outcome, kind, told, "\n".join(map(one_line, lines)))


def _outcome(result: Result) -> Outcome:
    match result["verdict"]:
        case "violation":
            return "failure"
        case "unknown":
            return "error"
        case "ok":
            return "skipped" if result["reason"] in _SKIPPED else "passed"
        case _:
            return "skipped"


def _documents(report: Report, language: Language) -> Iterator[Suite]:
    """Documents that were not evaluated, one case each, and warnings."""
    cases = []
    for (file, _), group in groupby(report["quarantine"], key=lambda record: (record["file"], record["digest"])):
        records = list(group)
        text = "\n".join(_mistake(record, language, set_aside=True) for record in records)
        told = mistake(records[0], language, set_aside=True)
        cases.append(Case("quarantine", file, _place(records[0]), "error", records[0]["code"], told, text))
    if cases:
        yield Suite("quarantine", cases, {})
    warnings = [
        Case(
            "warnings",
            f"{record['code']} {record['file']}".strip(),
            _place(record),
            "skipped",
            record["code"],
            mistake(record, language, set_aside=False),
            _mistake(record, language, set_aside=False),
        )
        for record in report["warnings"]
    ]
    if warnings:
        yield Suite("warnings", warnings, {})


def _place(record: QuarantineRecord) -> Location | None:
    line, column = record["line"] or 1, record["column"] or 1
    return {"file": record["file"], "line": line, "column": column} if record["file"] else None


def _mistake(record: QuarantineRecord, language: Language, *, set_aside: bool) -> str:
    where = record["file"] + (f":{record['line']}:{record['column']}" if record["line"] else "")
    help_ = say(record["help"], language)
    told = f"{where}: {mistake(record, language, set_aside=set_aside)} [{record['code']}]"
    return one_line(f"{told}. {help_}" if help_ else told)


def _run(report: Report, left: Text | None, language: Language) -> Iterator[Case]:
    """What the run as a whole has to say."""
    for aside in asides(report, language):
        outcome: Outcome = "error" if aside.level == "error" else "skipped"
        yield Case("run", aside.code, None, outcome, aside.code, aside.text)
    if left is not None:
        yield Case("run", "left-out", None, "skipped", "left-out", say(left, language))


# --- XML -----------------------------------------------------------------------------------------------------


def _text(suites: Iterable[Suite]) -> str:
    root = ET.Element("testsuites", {"name": "sverka"})
    came, every = Unrepeated(), []
    for suite in suites:
        root.append(_suite_element(suite, came))
        every += suite.cases
    root.attrib |= _counts(every)
    ET.indent(root)
    written = unheard(ET.tostring(root, encoding="unicode"), sign="&#35;", colon="&#58;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'


def _suite_element(suite: Suite, came: Unrepeated) -> ET.Element:
    element = ET.Element("testsuite", {"name": _legal(suite.name), **_counts(suite.cases)})
    if suite.properties:
        properties = ET.SubElement(element, "properties")
        for name, value in suite.properties.items():
            ET.SubElement(properties, "property", {"name": name, "value": _legal(value)})
    element.extend(_case_element(case, came) for case in suite.cases)
    return element


def _case_element(case: Case, came: Unrepeated) -> ET.Element:
    name = _legal(case.name)
    number = came.number(f"{case.suite}\0{name}")
    if number > 1:  # of two cases with one name GitLab shows one
        name = f"{name} ({number})"
    given = {"classname": _legal(case.suite), "name": name}
    if case.place is not None:
        given |= {"file": _legal(path_of(case.place["file"])), "line": str(case.place["line"])}
    element = ET.Element("testcase", {**given, "time": "0"})
    if case.outcome != "passed":
        why = ET.SubElement(element, case.outcome, {"message": _legal(case.message), "type": case.kind})
        why.text = "\n".join(map(_legal, case.text.split("\n"))) or None
    elif case.text:
        ET.SubElement(element, "system-out").text = "\n".join(map(_legal, case.text.split("\n")))
    return element


def _counts(cases: list[Case]) -> dict[str, str]:
    outcomes = [case.outcome for case in cases]
    return {
        "tests": str(len(cases)),
        "failures": str(outcomes.count("failure")),
        "errors": str(outcomes.count("error")),
        "skipped": str(outcomes.count("skipped")),
        "time": "0",
    }


def _legal(text: str) -> str:
    """Text on one line of which every character is allowed in XML 1.0."""
    return _ILLEGAL.sub(lambda found: f"\\u{ord(found[0]):04x}", one_line(text))
