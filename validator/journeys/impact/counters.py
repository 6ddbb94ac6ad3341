"""The counters of an impact report: by policy, and by municipality."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct, field

from validator.journeys.impact.flips import Pair
from validator.logic.impact import Direction, Directions, Transition
from validator.logic.policy import Norm, Policy
from validator.logic.report import BothTexts, both
from validator.logic.text import Text

Matrix = Counter[tuple[str, str]]
# Verdicts in the order in which tables show them; outcomes of decisions follow by name.
_ORDER = ("violation", "advice", "waived", "unknown", "ok", "not_listed", "not_judged")


def no_flips() -> Directions:
    """Nought in every direction."""
    return {"worse": 0, "better": 0, "other": 0, "added": 0, "removed": 0}


def by_direction(counts: Directions) -> list[tuple[Direction, int]]:
    """The number of flips in each direction, in the order in which they are shown."""
    return [
        ("worse", counts["worse"]),
        ("better", counts["better"]),
        ("other", counts["other"]),
        ("added", counts["added"]),
        ("removed", counts["removed"]),
    ]


def total(counts: Directions) -> int:
    """The flips in all directions together."""
    return sum(number for _, number in by_direction(counts))


def sum_of(many: Iterable[Directions]) -> Directions:
    """Flips added up by direction."""
    found = no_flips()
    for counts in many:
        found["worse"] += counts["worse"]
        found["better"] += counts["better"]
        found["other"] += counts["other"]
        found["added"] += counts["added"]
        found["removed"] += counts["removed"]
    return found


class PolicyTally(Struct):
    """What happens under one policy."""

    kind: Literal["norm", "decision"] = "norm"
    title: BothTexts = field(default_factory=lambda: both(Text("", "")))
    severity: str | None = None
    organizations: set[str] = field(default_factory=set)
    counts: Directions = field(default_factory=no_flips)
    reasons: int = 0
    matrix: Matrix = field(default_factory=Counter)

    def see(self, pair: Pair) -> None:
        """Count one subject."""
        shown = pair.shown
        self.kind, self.title, self.severity = shown["kind"], shown["title"], shown["severity"] or self.severity
        self.matrix[pair.before, pair.after] += 1
        if pair.direction is not None:
            self.counts[pair.direction] += 1
            self.organizations.add(shown["organization"])
        elif pair.other_reason:
            self.reasons += 1

    @property
    def changes(self) -> bool:
        """Whether anything is different under the policy."""
        return self.reasons > 0 or total(self.counts) > 0


def unjudged(policy: Policy) -> PolicyTally:
    """A policy that judged nothing in these documents."""
    if isinstance(policy, Norm):
        return PolicyTally("norm", both(policy.title), policy.severity.value)
    return PolicyTally("decision", both(policy.title))


class PlaceTally(Struct):
    """What happens in one place."""

    organizations: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    counts: Directions = field(default_factory=no_flips)

    def merge(self, other: PlaceTally) -> None:
        """Add what happens in a part of the place."""
        self.organizations |= other.organizations
        self.touched |= other.touched
        self.counts = sum_of((self.counts, other.counts))


def transitions(matrices: Iterable[Matrix]) -> list[Transition]:
    """How often each verdict became each, gravest first."""
    found: Matrix = Counter()
    for matrix in matrices:
        found.update(matrix)
    return [
        {"before": before, "after": after, "count": count}
        for (before, after), count in sorted(found.items(), key=lambda item: tuple(map(_rank, item[0])))
    ]


def _rank(verdict: str) -> tuple[int, str]:
    return (_ORDER.index(verdict) if verdict in _ORDER else len(_ORDER), verdict)
