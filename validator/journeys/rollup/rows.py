"""The exact figures of one row: organizations, and judgements of policies that are not about persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from validator.journeys.rollup.columns import EVALUATED, WITH_UNKNOWN, WITH_VIOLATION, Column, PolicyColumns
from validator.journeys.rollup.shares import rounded_percent
from validator.logic.batch import Judgements, Organizations


def organizations(numbers: Sequence[int]) -> Organizations:
    """The organizations of a group of rows."""
    return _organizations(numbers[EVALUATED], numbers[WITH_VIOLATION], numbers[WITH_UNKNOWN])


def organizations_under(numbers: Sequence[int], policy: PolicyColumns) -> Organizations:
    """The same organizations, and which of them have a violation or an unknown under one policy."""
    counts = [0 if place is None else numbers[place] for place in (policy.with_violation, policy.with_unknown)]
    return _organizations(numbers[EVALUATED], *counts)


def _organizations(evaluated: int, with_violation: int, with_unknown: int) -> Organizations:
    return {"evaluated": evaluated, "with_violation": with_violation, "with_unknown": with_unknown}


def counted(numbers: Sequence[int], columns: Iterable[Column]) -> Counter[str]:
    """How many judgements there are by title."""
    found: Counter[str] = Counter()
    for place, title, _ in columns:
        if numbers[place]:
            found[title] += numbers[place]
    return found


def judgements(numbers: Sequence[int], columns: Sequence[Column], outcomes: Sequence[str]) -> Judgements:
    """The judgements that the columns count; each of the outcomes is named, with 0 too."""
    found = counted(numbers, columns)
    total = sum(found.values())
    applicable = total - found["ok.not_applicable"] - found["ok.not_in_force"]
    return {
        "judgements": total,
        "applicable": applicable,
        "violation": found["violation"],
        "advice": found["advice"],
        "waived": found["waived"],
        "unknown": found["unknown"],
        "ok": {
            "met": found["ok.met"],
            "exempt": found["ok.exempt"],
            "not_applicable": found["ok.not_applicable"],
            "not_in_force": found["ok.not_in_force"],
            "open": found["ok.open"],
        },
        "decisions": {outcome: found[f"decisions.{outcome}"] for outcome in outcomes},
        "disputed": sum(numbers[column.place] for column in columns if column.disputed),
        "unknown_percent": rounded_percent(found["unknown"], applicable),
    }
