"""The results of a SARIF log, worst first: findings about organizations, and mistakes of documents."""

from __future__ import annotations

from enum import Enum
from operator import itemgetter
from typing import NamedTuple, NotRequired, TypedDict, assert_never

from validator.logic.report import BothTexts, Location, QuarantineRecord, Report, Result
from validator.logic.text import Language
from validator.render.findings import (
    Unrepeated,
    gravity,
    is_fine,
    is_known,
    is_told_on_changes,
    item_of,
    level_of,
    record_gravity,
    record_print,
    result_print,
)
from validator.render.sarif.parts import Message, Place, physical, place, words
from validator.render.sarif.rules import Rule, mistake_rule, policy_rule
from validator.render.telling import details, fact_of, mistake, sentence
from validator.render.waivers.words import whole_waiver
from validator.render.words import say

MOST_LOCATIONS = 1_000


class Profile(Enum):
    """Which results a log holds: those that GitHub shall raise, all that say something, or every judgement."""

    GITHUB = "github"
    FINDINGS = "findings"
    EVERYTHING = "everything"


class Suppression(TypedDict):
    """That a result was accepted outside of the file, and on what ground."""

    kind: str
    status: str
    justification: str
    location: Place


class SarifResult(TypedDict):
    """A result as SARIF holds it."""

    ruleId: str
    ruleIndex: NotRequired[int]
    kind: str
    level: str
    message: Message
    locations: list[Place]
    relatedLocations: NotRequired[list[Place]]
    partialFingerprints: dict[str, str]
    baselineState: NotRequired[str]
    suppressions: NotRequired[list[Suppression]]
    properties: dict[str, object]


class Finding(NamedTuple):
    """A result of the report on its way into the log; `number` is the fingerprint under which it is known."""

    result: Result
    number: str

    @property
    def rule(self) -> str:
        """The id of its rule."""
        return self.result["policy"]


class Mistake(NamedTuple):
    """A mistake in a document on its way into the log; `set_aside` when the document was not evaluated for it."""

    record: QuarantineRecord
    number: str
    set_aside: bool

    @property
    def rule(self) -> str:
        """The id of its rule."""
        return self.record["code"]


Told = Finding | Mistake
_KINDS = {"met": "pass", "exempt": "pass", "open": "pass", "not_applicable": "notApplicable"}


def chosen(report: Report, profile: Profile) -> list[Told]:
    """What a profile holds of a report, worst first.

    Fingerprints are numbered in the order of the report, because one text may be found more than once in a file.
    """
    came = Unrepeated()
    ranked: list[tuple[tuple[int, int, int], Told]] = []
    for result in report["results"]:
        if _is_held(result, profile):
            printed = result_print(result)
            ranked.append((gravity(result), Finding(result, f"{printed}:{came.number(printed)}")))
    for set_aside, records in ((True, report["quarantine"]), (False, report["warnings"])):
        rank = record_gravity(set_aside=set_aside)
        for record in records:
            if record["file"]:
                printed = record_print(record)
                ranked.append((rank, Mistake(record, f"{printed}:{came.number(printed)}", set_aside)))
    return [told for _, told in sorted(ranked, key=itemgetter(0))]


def _is_held(result: Result, profile: Profile) -> bool:
    match profile:
        case Profile.GITHUB:
            return is_told_on_changes(result)
        case Profile.FINDINGS:
            return not is_fine(result)
        case Profile.EVERYTHING:
            return True
        case _:
            assert_never(profile)


def rule_of(told: Told, language: Language) -> Rule:
    """The rule that a result names, in full."""
    match told:
        case Finding():
            return policy_rule(told.result, language)
        case Mistake():
            return mistake_rule(told.record, language, set_aside=told.set_aside)
        case _:
            assert_never(told)


def sarif_result(told: Told, language: Language, profile: Profile) -> SarifResult:
    """The result that a log holds."""
    match told:
        case Finding():
            return _finding(told.result, told.number, language, profile)
        case Mistake():
            return _mistake(told, language)
        case _:
            assert_never(told)


# --- findings ------------------------------------------------------------------------------------------------


def _finding(result: Result, number: str, language: Language, profile: Profile) -> SarifResult:
    kind = _kind(result, profile)
    lines = [sentence(result, language), *(f"{heading}: {text}" for heading, text in details(result, language))]
    where = place(result["location"])
    item = item_of(result)
    full_name = words(f"{result['organization']}/{item}")
    where["logicalLocations"] = [{"name": words(item), "fullyQualifiedName": full_name, "kind": "member"}]
    found: SarifResult = {
        "ruleId": result["policy"],
        "kind": kind,
        "level": _level(result, kind),
        "message": {"text": "\n".join(words(line) for line in lines)},
        "locations": [where],
        "partialFingerprints": {"primaryLocationLineHash": number},
        "properties": _properties(result),
    }
    related = [_related(index, e["location"], fact_of(e, language)) for index, e in enumerate(result["because"])]
    if related:
        found["relatedLocations"] = related[: MOST_LOCATIONS - 1]
        if len(related) >= MOST_LOCATIONS:
            found["properties"]["relatedLocationsLeftOut"] = len(related) - MOST_LOCATIONS + 1
    if is_known(result) and profile is not Profile.GITHUB:
        found["baselineState"] = "unchanged"
    waiver = result["waiver"]
    if waiver is not None and profile is not Profile.GITHUB:
        told = words(whole_waiver(waiver, language))
        found["suppressions"] = [
            {
                "kind": "external",
                "status": "accepted",
                "justification": told,
                "location": place(waiver["location"]),
            }
        ]
    return found


def _kind(result: Result, profile: Profile) -> str:
    verdict = result["verdict"]
    if profile is Profile.GITHUB or verdict in ("violation", "advice", "waived"):
        return "fail"
    if verdict == "ok":
        return "review" if result["disputed"] else _KINDS.get(result["reason"] or "open", "notApplicable")
    return "open" if verdict == "unknown" else "informational"


def _level(result: Result, kind: str) -> str:
    """How grave; SARIF gives a level only to what failed, and only GitHub's profile calls an unknown so."""
    if kind != "fail":
        return "none"
    level = level_of(result)
    return "warning" if level == "error" and result["verdict"] == "unknown" else level


def _related(index: int, location: Location, fact: str) -> Place:
    found = place(location)
    found["id"] = index + 1
    found["message"] = {"text": words(fact)}
    return found


def _properties(result: Result) -> dict[str, object]:
    """What has no field of its own in SARIF; keys of the report."""
    found: dict[str, object] = {
        "organization": result["organization"],
        "as_of": result["as_of"],
        "law_date": result["law_date"],
        "verdict": result["verdict"],
        "subject": result["subject"],
        "ref": result["ref"],
        "severity": result["severity"],
        "force": result["force"],
    }
    if result["reason"]:
        found["reason"] = result["reason"]
    if result["missing"]:
        found["missing"] = [{"path": fact["path"], "cause": fact["cause"]} for fact in result["missing"]]
    if result["disputed"]:
        found["disputed"] = [{"reading": r["reading"], "verdict": r["verdict"]} for r in result["disputed"]]
    return found


# --- mistakes of documents -----------------------------------------------------------------------------------


def _mistake(told: Mistake, language: Language) -> SarifResult:
    record, set_aside = told.record, told.set_aside
    return {
        "ruleId": record["code"],
        "kind": "fail",
        "level": "error" if set_aside else "warning",
        "message": {"text": told_mistake(record, language, set_aside=set_aside)},
        "locations": [record_place(record)],
        "partialFingerprints": {"primaryLocationLineHash": told.number},
        "properties": {"digest": record["digest"]} if set_aside else {},
    }


def told_mistake(record: QuarantineRecord, language: Language, *, set_aside: bool) -> str:
    """The mistake and what to do about it."""
    help_: BothTexts = record["help"]
    lines = [mistake(record, language, set_aside=set_aside), say(help_, language)]
    return "\n".join(words(line) for line in lines if line)


def record_place(record: QuarantineRecord) -> Place:
    """Where the mistake is."""
    if record["line"] is not None and record["column"] is not None:
        return place({"file": record["file"], "line": record["line"], "column": record["column"]})
    return {"physicalLocation": physical(record["file"], record["line"], record["column"])}
