"""What the numbers of a group stand for: which place counts which judgements of which policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

NORM_VERDICTS = ("violation", "advice", "waived", "unknown")
REASONS = ("met", "exempt", "not_applicable", "not_in_force", "open")
# What does not apply is not a share of anything.
INAPPLICABLE = ("not_applicable", "not_in_force")

EVALUATED = 0
WITH_VIOLATION = 1
WITH_UNKNOWN = 2
FIRST_FREE = 3


class Column(NamedTuple):
    """A place in the numbers of a group: judgements with this verdict.

    `title` is the verdict, `ok.` and the reason, or `decisions.` and the outcome.
    """

    place: int
    title: str
    disputed: bool


class PolicyColumns(NamedTuple):
    """The places of one policy; the last two count organizations, None: never seen."""

    judgements: tuple[Column, ...]
    with_violation: int | None
    with_unknown: int | None


def columns_of(
    lines: Mapping[tuple[str, str, str | None, bool], int],
    having: Mapping[tuple[str, str], int],
    total: Sequence[int],
    policies: Iterable[str],
) -> dict[str, PolicyColumns]:
    """The places by policy, policies and titles in order; `policies` are there even with no judgement.

    A place with nothing in the total is left out: what was taken back leaves no trace.
    ValueError when an `ok` has no reason that is one.
    """
    found: dict[str, list[Column]] = {policy: [] for policy in policies}
    for (policy, verdict, reason, disputed), place in lines.items():
        if total[place]:
            found.setdefault(policy, []).append(Column(place, _title(verdict, reason), disputed))
    return {
        policy: PolicyColumns(
            tuple(sorted(found[policy], key=lambda column: (column.title, column.disputed))),
            having.get((policy, "violation")),
            having.get((policy, "unknown")),
        )
        for policy in sorted(found)
    }


def _title(verdict: str, reason: str | None) -> str:
    if verdict in NORM_VERDICTS:
        return verdict
    if verdict != "ok":
        return f"decisions.{verdict}"
    if reason not in REASONS:
        raise ValueError(f"no reason of an `ok`: {reason!r}")
    return f"ok.{reason}"


def outcomes_of(policies: Iterable[PolicyColumns]) -> tuple[str, ...]:
    """The outcomes of decisions that were seen, in order."""
    prefix = "decisions."
    titles = {column.title for policy in policies for column in policy.judgements}
    return tuple(sorted(title.removeprefix(prefix) for title in titles if title.startswith(prefix)))
