"""Impact: judgements of two sides, document by document, to the impact report. Pure: no file, no clock.

A document is compared and forgotten; what stays are flips and counters, so a large batch needs little memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from validator.journeys.assemble import tool
from validator.journeys.check import check
from validator.journeys.impact.changes import Affected, Difference
from validator.journeys.impact.counters import PlaceTally, PolicyTally, sum_of, transitions, unjudged
from validator.journeys.impact.flips import Pair, Presence, disputes, pairs
from validator.logic.facts import Record, Snapshot
from validator.logic.impact import (
    SCHEMA,
    DecidingFact,
    Flip,
    ImpactInputs,
    ImpactReport,
    Judged,
    LeftOut,
    Note,
    PlaceTotal,
    PolicyImpact,
    Side,
    Unread,
)
from validator.logic.policy import Policy
from validator.logic.report import BothTexts, Evidence, OrganizationRow, Result
from validator.logic.values import Value

Place = tuple[str, str | None]


class Comparing(NamedTuple):
    """The two sides as the report shows them, and what may be missing on each."""

    old: Side
    new: Side
    presence: tuple[Presence, Presence]
    difference: Difference | None = None


def judge_both(
    snapshots: tuple[Snapshot, Snapshot], difference: Difference, law_date: date | None
) -> tuple[list[Result], list[Result]]:
    """Both judgements of a document, of every policy whose verdicts can differ, under new ids.

    The two snapshots are one document, read by the names that each policy set knows.
    """
    alike = difference.reads_alike or same_facts(snapshots[0].root, snapshots[1].root)
    old, new = difference.narrowed(everything=not alike)
    before, after = check(snapshots[0], old, law_date), check(snapshots[1], new, law_date)
    current = {former: name for name, former in difference.renamed.items()}
    for result in before:
        result["policy"] = current.get(result["policy"], result["policy"])
    return before, after


def same_facts(one: Record, other: Record) -> bool:
    """Whether two readings of a document found the same facts; a name known to one of them only differs."""
    return (
        one.ref == other.ref
        and _typed(one.values) == _typed(other.values)
        and all(same_facts(inner, other.records[name]) for name, inner in one.records.items())
        and all(
            items.closed == other.lists[name].closed
            and len(items) == len(other.lists[name])
            and all(map(same_facts, items, other.lists[name]))
            for name, items in one.lists.items()
        )
    )


def _typed(values: Mapping[str, Value]) -> dict[str, object]:
    """Values with their types: a name that no register knows is equal to the same text, and means another thing."""

    def typed(value: object) -> object:
        if isinstance(value, frozenset):
            return frozenset(map(typed, value))
        return (type(value), value)

    return {name: typed(value) for name, value in values.items()}


class Tally:
    """Collects what two judgements of each document differ in. Documents may come in any order."""

    def __init__(self, comparing: Comparing, *, reasons: bool = False) -> None:
        self.comparing = comparing
        self.keep_reasons = reasons
        self.compared = 0
        self.latest = ""
        self.flips: list[Flip] = []
        self.reason_changes: list[Flip] = []
        self.policies: dict[str, PolicyTally] = {}
        self.places: dict[Place, PlaceTally] = {}
        self.organizations: set[str] = set()
        self.touched: set[str] = set()
        self._texts: dict[tuple[str, str], BothTexts] = {}

    def add(self, row: OrganizationRow, old: list[Result], new: list[Result]) -> None:
        """Take in one document that both sides judged."""
        self.compared += 1
        self.latest = max(self.latest, row["as_of"])
        organization = row["organization"]
        self.organizations.add(organization)
        place = self.places.setdefault((row["region"], row["municipality"]), PlaceTally())
        place.organizations.add(organization)
        for pair in pairs(old, new, self.comparing.presence):
            policy = self.policies.setdefault(pair.policy, PolicyTally())
            policy.see(pair)
            if pair.direction is not None:
                self.touched.add(organization)
                place.touched.add(organization)
                place.counts[pair.direction] += 1
                self.flips.append(self._flip(row, pair))
            elif self.keep_reasons and pair.other_reason:
                self.reason_changes.append(self._flip(row, pair))

    # --- one flip -----------------------------------------------------------------------------------------

    def _flip(self, row: OrganizationRow, pair: Pair) -> Flip:
        shown = pair.shown
        return {
            "organization": row["organization"],
            "organization_name": row["name"],
            "region": row["region"],
            "municipality": row["municipality"],
            "as_of": row["as_of"],
            "law_date": shown["law_date"],
            "policy": pair.policy,
            "kind": shown["kind"],
            "subject": shown["subject"],
            "ref": shown["ref"],
            "direction": pair.direction,
            "before": self._judged(pair.before, pair.old),
            "after": self._judged(pair.after, pair.new),
            "location": shown["location"],
        }

    def _judged(self, verdict: str, result: Result | None) -> Judged:
        if result is None:
            return {
                "verdict": verdict,
                "verdict_title": None,
                "reason": None,
                "severity": None,
                "message": None,
                "disputed": [],
                "missing": [],
                "because": [],
            }
        return {
            "verdict": verdict,
            "verdict_title": result["verdict_title"],
            "reason": result["reason"],
            "severity": result["severity"],
            "message": result["message"],
            "disputed": [{"reading": name, "verdict": other} for name, other in disputes(result).items()],
            "missing": result["missing"],
            "because": [self._fact(evidence) for evidence in result["because"]],
        }

    def _fact(self, evidence: Evidence) -> DecidingFact:
        return {
            "path": evidence["path"],
            "value": evidence["value"],
            "title": self._once(evidence["title"]),
            "value_title": self._once(evidence["value_title"]),
            "statement": self._once(evidence["statement"]),
        }

    def _once(self, text: BothTexts) -> BothTexts:
        """Names of fields and values come again in every flip and are kept once."""
        return self._texts.setdefault((text["ru"], text["en"]), text)

    # --- the report ---------------------------------------------------------------------------------------

    def report(
        self,
        notes: Sequence[Note] = (),
        quarantine: Sequence[Unread] = (),
        left_out: Sequence[LeftOut] = (),
        quarantined: int = 0,
        not_read: int = 0,
    ) -> ImpactReport:
        """The report of all documents taken in; `quarantined` and `not_read` count documents."""
        difference = self.comparing.difference
        counts = sum_of(policy.counts for policy in self.policies.values())
        return {
            "schema": SCHEMA,
            "tool": tool(),
            "old": self.comparing.old,
            "new": self.comparing.new,
            "equal": difference is not None and difference.equal,
            "changes": list(difference.changes) if difference else [],
            "notes": list(notes),
            "inputs": self._inputs(quarantined, len(left_out), not_read),
            "organizations": {"total": len(self.organizations), "touched": len(self.touched)},
            "counts": {"flips": counts, "reasons": sum(p.reasons for p in self.policies.values())},
            "matrix": transitions(p.matrix for p in self.policies.values() if p.kind == "norm"),
            "policies": list(self._policies()),
            "municipalities": self._totals(by_municipality=True),
            "regions": self._totals(by_municipality=False),
            "flips": sorted(self.flips, key=_order),
            "reason_changes": sorted(self.reason_changes, key=_order),
            "left_out": sorted(left_out, key=lambda one: (one["organization"], one["as_of"], one["file"])),
            "quarantine": list(quarantine),
        }

    def _inputs(self, quarantined: int, left_out: int, not_read: int) -> ImpactInputs:
        return {
            "documents": self.compared + quarantined + left_out + not_read,
            "compared": self.compared,
            "quarantined": quarantined,
            "left_out": left_out,
            "not_read": not_read,
        }

    def _policies(self) -> Iterator[PolicyImpact]:
        """Every policy that differs or flips, by id."""
        difference = self.comparing.difference
        affected = difference.affected if difference else {}
        changing = {name for name, found in self.policies.items() if found.changes}
        for name in sorted(affected.keys() | changing):
            found = self.policies.get(name) or unjudged(_policy(difference, name))
            # What differs in no text may still be judged by other facts, read by other names of services.
            why = affected.get(name) or Affected(difference.names_changed if difference else (), None)
            yield {
                "policy": name,
                "kind": found.kind,
                "title": found.title,
                "severity": found.severity,
                "causes": list(why.causes),
                "not_before": why.not_before.isoformat() if why.not_before else None,
                "organizations": len(found.organizations),
                "counts": found.counts,
                "reasons": found.reasons,
                "matrix": transitions([found.matrix]),
            }

    def _totals(self, *, by_municipality: bool) -> list[PlaceTotal]:
        found: dict[Place, PlaceTally] = {}
        for (region, municipality), tally in self.places.items():
            place = (region, municipality if by_municipality else None)
            found.setdefault(place, PlaceTally()).merge(tally)
        return [
            {
                "region": region,
                "municipality": municipality,
                "organizations": len(tally.organizations),
                "touched": len(tally.touched),
                "counts": tally.counts,
            }
            for (region, municipality), tally in sorted(found.items(), key=lambda item: _place_order(item[0]))
        ]


def _policy(difference: Difference | None, name: str) -> Policy:
    assert difference is not None
    for policies in (difference.new, difference.old):
        if name in policies.norms:
            return policies.norms[name]
        if name in policies.decisions:
            return policies.decisions[name]
    raise KeyError(name)


def _order(flip: Flip) -> tuple[str, str, str, str]:
    """By organization, day and document; within one policy as the document has them."""
    return (flip["organization"], flip["as_of"], flip["location"]["file"], flip["policy"])


def _place_order(place: Place) -> tuple[str, bool, str]:
    """Municipalities by name within their region, the unknown one last."""
    region, municipality = place
    return (region, municipality is None, municipality or "")
