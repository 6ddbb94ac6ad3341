"""What is neither violated nor missing: disputed verdicts, waivers that hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from validator.logic.report import AppliedWaiver, Result
from validator.render.organization_page.decided import outcome_of
from validator.render.organization_page.naming import Naming, Places
from validator.render.organization_page.violations import readings
from validator.render.waivers.words import approval_text, day_text, left_text
from validator.render.words import say


class Dispute(NamedTuple):
    """One policy whose verdict another reading changes, on items with the same verdicts."""

    title: str
    chosen: str
    others: list[str]
    places: list[Places]


class Waived(NamedTuple):
    """One waiver and the policy that it lifts, on all items that it is about."""

    title: str
    waiver: str
    ground: str
    holds: str
    approved: str
    todo: str
    places: list[Places]


def disputes(found: Iterable[Result], naming: Naming) -> list[Dispute]:
    """The disputed verdicts, by policy."""
    same: dict[tuple[str, str, tuple[str, ...]], list[Result]] = {}
    for result in found:
        if others := tuple(readings(result, naming.language)):
            same.setdefault((result["policy"], outcome_of(result, naming.language), others), []).append(result)
    return [
        Dispute(
            title=say(results[0]["title"], naming.language),
            chosen=_chosen(chosen, results[0]["policy"], naming),
            others=list(others),
            places=naming.places(result["subject"] for result in results),
        )
        for (_, chosen, others), results in sorted(same.items(), key=lambda item: item[0])
    ]


def _chosen(verdict: str, policy: str, naming: Naming) -> str:
    """The verdict under the chosen reading, and why that one was chosen where the results tell."""
    return ". ".join(text for text in (verdict, naming.why_chosen(policy)) if text)


def waived(found: Iterable[Result], naming: Naming) -> list[Waived]:
    """The violations that a waiver allows for now: what ends first comes first."""
    same: dict[tuple[str, str, str], list[tuple[AppliedWaiver, Result]]] = {}
    for result in found:
        if waiver := result["waiver"]:
            same.setdefault((waiver["through"], waiver["id"], result["policy"]), []).append((waiver, result))
    return [_waived(pairs, naming) for _, pairs in sorted(same.items(), key=lambda item: item[0])]


def _waived(pairs: list[tuple[AppliedWaiver, Result]], naming: Naming) -> Waived:
    waiver, first = pairs[0]
    language = naming.language
    return Waived(
        title=say(first["title"], language),
        waiver=waiver["id"],
        ground=say(waiver["ground"], language),
        holds=f"{day_text(waiver['through'], language)} ({left_text(waiver['days_left'], language)})",
        approved=approval_text(waiver["approved_by"]),
        todo=say(first["remedy"], language) if first["remedy"] else "",
        places=naming.places(result["subject"] for _, result in pairs),
    )
