"""The content of an organization's page, in the order in which its head reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from validator.logic.report import BothTexts, OrganizationRow, PolicyEntry, Result
from validator.logic.result_set import Head
from validator.logic.text import Language
from validator.render.organization_page.decided import Decided, decisions
from validator.render.organization_page.gaps import Gaps, gaps
from validator.render.organization_page.naming import Naming
from validator.render.organization_page.others import Dispute, Waived, disputes, waived
from validator.render.organization_page.violations import Entry, entries
from validator.render.organization_page.words import (
    URGENT,
    WORDS,
    fine_text,
    policies_text,
    unchecked_text,
    unknown_text,
    violations_text,
)
from validator.render.partial import selected
from validator.render.waivers.words import day_text
from validator.render.words import say


class Line(NamedTuple):
    """A heading and what stands beside it."""

    heading: str
    text: str


class Page(NamedTuple):
    """Everything the page says of an organization; `said` sums it up, `notes` are to be heeded in reading."""

    title: str
    said: list[str]
    lines: list[Line]
    notes: list[str]
    wrong: list[Entry]
    decided: list[Decided]
    missing: Gaps
    waived: list[Waived]
    disputed: list[Dispute]
    advice: list[Entry]
    fine: str
    fine_titles: list[str]
    made_by: str
    digest: str

    def contents(self) -> list[tuple[str, int]]:
        """The sections that have something to show, and how many entries."""
        missing = len(self.missing.yours) + len(self.missing.others) + len(self.missing.unexplained)
        numbers = {
            "wrong": len(self.wrong),
            "decided": len(self.decided),
            "missing": missing,
            "waived": len(self.waived),
            "disputed": len(self.disputed),
            "advice": len(self.advice),
        }
        return [(name, number) for name, number in numbers.items() if number]


def page_of(
    row: OrganizationRow,
    findings: Sequence[Result],
    head: Head,
    policies: Mapping[str, PolicyEntry],
    language: Language,
) -> Page:
    """The content of the page of one organization on one day."""
    naming = Naming(findings, policies, language)
    found = _Found(findings)
    fine = [entry for name, entry in policies.items() if name not in found.policies]
    return Page(
        title=row["name"] or _identity(row, language),
        said=_said(found, language),
        lines=_lines(row, head, language),
        notes=_notes(row, head, language),
        wrong=entries(found.violations, naming),
        decided=decisions(found.decisions, naming),
        missing=gaps(found.unknown, naming),
        waived=waived(found.waived, naming),
        disputed=disputes(found.disputed, naming),
        advice=entries(found.advice, naming),
        fine=fine_text(len(fine), language) if fine else "",
        fine_titles=[say(entry["title"], language) for entry in fine],
        made_by=f"{head['tool']['name']} {head['tool']['version']}",
        digest=head["policy_set"]["digest"],
    )


class _Found:
    """The findings by what the page does with them."""

    def __init__(self, findings: Sequence[Result]) -> None:
        norms = [found for found in findings if found["kind"] == "norm"]
        self.policies = {found["policy"] for found in findings}
        self.violations = [found for found in norms if found["verdict"] == "violation"]
        self.advice = [found for found in norms if found["verdict"] == "advice"]
        self.waived = [found for found in norms if found["verdict"] == "waived"]
        self.unknown = [found for found in findings if found["verdict"] == "unknown"]
        self.decisions = [found for found in findings if found["kind"] == "decision" and found["verdict"] != "ok"]
        # A violation or advice tells in its own place what another reading gives.
        told = ("violation", "advice")
        self.disputed = [found for found in findings if found["disputed"] and found["verdict"] not in told]


def _said(found: _Found, language: Language) -> list[str]:
    violated = {result["policy"] for result in found.violations}
    urgent = sum(result["severity"] in URGENT for result in found.violations)
    return [
        violations_text(len(found.violations), len(violated), urgent, language),
        unknown_text(len({result["policy"] for result in found.unknown}), language),
    ]


def _identity(row: OrganizationRow, language: Language) -> str:
    return f"{say(WORDS['number'], language)} {_number(row, language)}"


def _number(row: OrganizationRow, language: Language) -> str:
    number = row["organization"]
    return number if number.isdigit() else say(WORDS["entrepreneur"], language)


def _lines(row: OrganizationRow, head: Head, language: Language) -> list[Line]:
    policies = head["policy_set"]
    digest = policies["digest"].rpartition(":")[2][:12]
    told = (
        ("number", _number(row, language)),
        ("place", row["municipality"] or ""),
        ("region", _named(head["names"]["regions"], row["region"], language)),
        ("kind", _named(head["names"]["kinds"], row["kind"], language)),
        ("facts_of", day_text(row["as_of"], language)),
        ("law_of", day_text(_law_date(row, head), language)),
        ("policies", policies_text(policies["norms"], policies["decisions"], digest, language)),
        ("snapshot", row["file"]),
    )
    return [Line(say(WORDS[name], language), text) for name, text in told if text]


def _named(names: Mapping[str, BothTexts], code: str, language: Language) -> str:
    """The name of a code; one that the results do not name stands for itself."""
    return say(names[code], language) if code in names else code


def _law_date(row: OrganizationRow, head: Head) -> str:
    return head["law_date"] or row["as_of"]


def _notes(row: OrganizationRow, head: Head, language: Language) -> list[str]:
    notes = []
    if _law_date(row, head) != row["as_of"]:
        notes.append(say(WORDS["two_days"], language))
    if "selection" in head["policy_set"]:
        notes.append(selected(head["policy_set"]["selection"], language))
    if head["explained"] != "all":
        notes.append(say(WORDS["nothing_explained" if head["explained"] == "none" else "partly"], language))
    return notes


def unchecked(findings: Sequence[Result], language: Language) -> str:
    """That places of acts were not compared with the official texts; empty when all of them were."""
    checked = [cited["checked_on"] != "never" for found in findings for cited in found["citations"]]
    return "" if all(checked) else unchecked_text(any(checked), language)
