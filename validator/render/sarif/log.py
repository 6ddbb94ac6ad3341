"""A SARIF log of one run: the tool with its rules, the results, and what the run could not do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NotRequired, TypedDict

from validator.logic.report import QuarantineRecord, Report
from validator.logic.text import Language, Text
from validator.render.asides import asides
from validator.render.sarif.parts import ROOT, Message, Place, words
from validator.render.sarif.results import (
    Profile,
    SarifResult,
    Told,
    record_place,
    rule_of,
    sarif_result,
    told_mistake,
)
from validator.render.sarif.rules import Rule
from validator.render.words import say

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
# Of the uploads with one id the last one counts, so it must stay the same while policies change.
RUN_ID = "sverka/policies/"


class Named(TypedDict):
    """The id of what a notification is about."""

    id: str


class Notification(TypedDict):
    """What kept the tool from judging."""

    descriptor: Named
    level: str
    message: Message
    locations: NotRequired[list[Place]]


Log = TypedDict("Log", {"$schema": str, "version": str, "runs": list[dict[str, object]]})


def log_of(report: Report, every: list[Told], language: Language, profile: Profile, left_out: Text | None) -> Log:
    """The log of these results; `left_out` is what the limits kept out of them."""
    rules, results = _ruled(every, language, profile)
    notifications = list(_notifications(report, language, profile, left_out))
    tool = report["tool"]
    run: dict[str, object] = {
        "tool": {"driver": {"name": tool["name"], "version": tool["version"], "rules": rules}},
        "automationDetails": {"id": RUN_ID},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": _root(language)}}},
        "invocations": [
            {
                "executionSuccessful": not report["inputs"]["not_reached"],
                "toolExecutionNotifications": notifications,
            }
        ],
        "results": results,
        "properties": {
            "policy_set": report["policy_set"],
            "language_version": tool["language_version"],
            "law_date": report["law_date"],
            "inputs": report["inputs"],
            "counts": report["counts"],
            "profile": "github" if profile is Profile.GITHUB else "full",
        },
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _root(language: Language) -> str:
    return say(Text("корень репозитория", "the root of the repository"), language)


def _ruled(every: list[Told], language: Language, profile: Profile) -> tuple[list[Rule], list[SarifResult]]:
    """The rules that the results name, by id, and the results with the place of their rule."""
    first: dict[str, Told] = {}
    for told in every:
        first.setdefault(told.rule, told)
    ids = sorted(first)
    numbers = {name: number for number, name in enumerate(ids)}
    results = [sarif_result(told, language, profile) for told in every]
    for result in results:
        result["ruleIndex"] = numbers[result["ruleId"]]
    return [rule_of(first[name], language) for name in ids], results


# --- what could not be done ----------------------------------------------------------------------------------


def _notifications(
    report: Report, language: Language, profile: Profile, left_out: Text | None
) -> Iterator[Notification]:
    for aside in asides(report, language):
        yield _said(aside.code, aside.level, aside.text)
    if left_out is not None:
        yield _said("left-out", "warning", say(left_out, language))
    for set_aside, records in ((True, report["quarantine"]), (False, report["warnings"])):
        for record in records:
            # Where every mistake is an alert already, only what has no place is told here.
            if profile is not Profile.GITHUB or not record["file"]:
                yield _mistake(record, language, set_aside=set_aside)


def _said(code: str, level: str, text: str) -> Notification:
    return {"descriptor": {"id": code}, "level": level, "message": {"text": words(text)}}


def _mistake(record: QuarantineRecord, language: Language, *, set_aside: bool) -> Notification:
    found: Notification = {
        "descriptor": {"id": record["code"]},
        "level": "error" if set_aside else "warning",
        "message": {"text": told_mistake(record, language, set_aside=set_aside)},
    }
    if record["file"]:
        found["locations"] = [record_place(record)]
    return found
