"""The figures about persons: told by region and municipality, and by policy, never for both at once.

Which numbers are told is decided by `suppress`. Of each row only what the verdicts of applicable judgements were is
told: the number of all judgements would tie policies over one list together, so that what one policy tells could be
subtracted from another. For the same reason what is `ok` is told by policy only when no number by policy is small.
Everything else in a row (sums, shares) is computed from the numbers that are told.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from validator.journeys.rollup.shares import rounded_percent
from validator.journeys.rollup.suppress import Told, is_small, split, whole
from validator.logic.batch import Mark, PersonJudgements

Key = TypeVar("Key", bound=Hashable)

# Numbers of a row by title (`columns.Column`), as they are and as they are told. A title that `Numbers` leave out
# is known to be impossible there; one with 0 might as well be more.
Numbers = Mapping[str, int]
ToldRow = Mapping[str, Told]

FINDINGS = ("violation", "advice", "waived", "unknown")
# What does not apply to persons is not told of them.
NOT_TOLD = frozenset({"ok.not_applicable", "ok.not_in_force"})
SETTLED = ("ok.met", "ok.exempt", "ok.open")


def titles_of(outcomes: Sequence[str]) -> tuple[str, ...]:
    """What is told of a row: findings, what is in order, outcomes of decisions."""
    return (*FINDINGS, *SETTLED, *(f"decisions.{outcome}" for outcome in outcomes))


def tell_whole(numbers: Numbers, titles: Sequence[str], threshold: int) -> ToldRow:
    """The row of the whole run."""
    return {title: whole(numbers.get(title, 0), threshold) for title in titles}


def tell_parts(
    parent: ToldRow, parts: Mapping[Key, Numbers], titles: Sequence[str], threshold: int
) -> dict[Key, ToldRow]:
    """The rows that a row consists of. What can only be 0 in a row is told so, and hides nothing."""
    told = {title: _tell_title(parent[title], title, parts, threshold) for title in titles}
    return {key: {title: told[title].get(key, 0) for title in titles} for key in parts}


def _tell_title(parent: Told, title: str, parts: Mapping[Key, Numbers], threshold: int) -> dict[Key, Told]:
    """What is told of one title in the rows where it is possible."""
    possible = [key for key, numbers in parts.items() if title in numbers]
    return dict(zip(possible, split(parent, [parts[key][title] for key in possible], threshold), strict=True))


def tell_policies(
    parent: ToldRow, policies: Mapping[str, Numbers], titles: Sequence[str], threshold: int
) -> dict[str, ToldRow]:
    """The rows of policies: findings, and the rest only when no number of any of them is small."""
    rows = tell_parts(parent, policies, titles, threshold)
    if not any(is_small(number, threshold) for numbers in policies.values() for number in numbers.values()):
        return rows
    for title in (title for title in titles if title not in FINDINGS and parent[title] != 0):
        possible = [policy for policy, numbers in policies.items() if title in numbers]
        if len(possible) > 1 and isinstance(parent[title], int):
            rows |= {policy: {**rows[policy], title: "withheld"} for policy in possible}
    return rows


def person_judgements(told: ToldRow, outcomes: Sequence[str], threshold: int) -> PersonJudgements:
    """A row as the table holds it; the outcomes are those that may occur in it."""
    titles = titles_of(outcomes)
    numbers = {title: number if isinstance(number := told[title], int) else None for title in titles}
    hidden: dict[str, Mark] = {title: mark for title in titles if not isinstance(mark := told[title], int)}
    known = [number for number in numbers.values() if number is not None]
    return {
        "applicable": sum(known) if not hidden else None,
        "violation": numbers["violation"],
        "advice": numbers["advice"],
        "waived": numbers["waived"],
        "unknown": numbers["unknown"],
        "ok": {"met": numbers["ok.met"], "exempt": numbers["ok.exempt"], "open": numbers["ok.open"]},
        "decisions": {outcome: numbers[f"decisions.{outcome}"] for outcome in outcomes},
        "unknown_percent": _unknown_percent({title: told[title] for title in titles}, threshold),
        "hidden": hidden,
    }


def _unknown_percent(told: ToldRow, threshold: int) -> float | None:
    """The share of unknowns when whatever hides below the threshold leaves it the same; else None."""
    if "withheld" in told.values():
        return None
    others = [number for title, number in told.items() if title != "unknown"]
    least = sum(number for number in others if isinstance(number, int))
    most = least + (threshold - 1) * sum(not isinstance(number, int) for number in others)
    unknown = told["unknown"]
    lowest, highest = (unknown, unknown) if isinstance(unknown, int) else (0, threshold - 1)
    shares = {rounded_percent(lowest, lowest + most), rounded_percent(highest, highest + least)}
    return shares.pop() if len(shares) == 1 else None
