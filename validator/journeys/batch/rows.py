"""Rows of a batch: an organization, its judgements counted, its findings, each one line of JSON.

A finding without evidence is what its result says at a glance: `short` takes it from a whole result, `finding`
writes the same without one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, NotRequired, TypedDict

from validator.journeys.batch.meanings import Meaning
from validator.journeys.batch.records import text_of
from validator.logic.batch import Tally
from validator.logic.report import Result


class Whose(NamedTuple):
    """What begins every row: the organization, the day of its facts, the law date."""

    organization: str
    as_of: str
    law_date: str


class DisputeRow(TypedDict):
    """A reading that judges otherwise."""

    reading: str
    verdict: str


class FindingRow(TypedDict):
    """A finding without evidence; keys and values are those of `Result`."""

    organization: str
    as_of: str
    law_date: str
    policy: str
    kind: str
    severity: str | None
    subject: str
    ref: str | None
    verdict: str
    reason: str | None
    disputed: list[DisputeRow] | None
    baseline: NotRequired[bool]


class VerdictRow(TypedDict):
    """`number` judgements of one organization by one policy that are alike."""

    organization: str
    as_of: str
    law_date: str
    policy: str
    verdict: str
    reason: str | None
    disputed: bool
    number: int


def beginning(whose: Whose) -> str:
    """How the line of every finding about an organization begins."""
    return _open(whose._asdict())


def finding(start: str, meaning: Meaning, place: str) -> str:
    """The line of a finding, with LF, from what the compiled program says.

    `start` is `beginning`, `place` what `Places.told` gives.
    It is `line_of(short(result))` of the whole result, put together from pieces: there are very many.
    """
    return f"{start},{meaning.before},{place},{meaning.after}\n"


def short(result: Result) -> FindingRow:
    """The same row from a whole result."""
    others = result["disputed"] or ()
    return {
        "organization": result["organization"],
        "as_of": result["as_of"],
        "law_date": result["law_date"],
        "policy": result["policy"],
        "kind": result["kind"],
        "severity": result["severity"],
        "subject": result["subject"],
        "ref": result["ref"],
        "verdict": result["verdict"],
        "reason": result["reason"],
        "disputed": [{"reading": other["reading"], "verdict": other["verdict"]} for other in others] or None,
    }


def verdict_rows(whose: Whose, tallies: Iterable[Tally]) -> list[VerdictRow]:
    """The counted judgements of an organization."""
    return [
        {
            "organization": whose.organization,
            "as_of": whose.as_of,
            "law_date": whose.law_date,
            "policy": tally.policy,
            "verdict": tally.verdict,
            "reason": tally.reason,
            "disputed": tally.disputed,
            "number": tally.number,
        }
        for tally in tallies
    ]


def _open(values: dict[str, str]) -> str:
    """An object as JSON, not yet closed."""
    return text_of(values).removesuffix("}")
