"""Two judgements of one document compared, subject by subject: which verdicts flip, and in which direction.

For a norm the order is `ok` < `unknown` < `advice`, `waived` < `violation`. Up is worse, down is better, except
that a violation which becomes unknown is neither: nothing was settled, and unknown is never a pass. Outcomes of a
decision have no order among themselves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from typing import NamedTuple

from validator.logic.impact import NOT_JUDGED, NOT_LISTED, Direction
from validator.logic.report import Result

_RANKS = {NOT_JUDGED: 0, NOT_LISTED: 0, "ok": 0, "unknown": 1, "advice": 2, "waived": 2, "violation": 3}
QUIET = ("ok", NOT_JUDGED, NOT_LISTED)
_LAST_INDEX = re.compile(r"\[[0-9]+\]$")

Key = tuple[str, str, str]


class Presence(NamedTuple):
    """Which policies a side has, and what it means there that a subject has no result.

    `policies` None: unknown, because the results that are ok were not saved.
    """

    policies: Container[str] | None
    absent: str = NOT_JUDGED

    def has(self, policy: str) -> bool:
        """Whether the side surely has the policy, or may well have it."""
        return self.policies is None or policy in self.policies


class Pair(NamedTuple):
    """One subject of one policy on both sides; at least one of the results is there."""

    policy: str
    old: Result | None
    new: Result | None
    before: str
    after: str
    direction: Direction | None

    @property
    def shown(self) -> Result:
        """The result that says what the subject is: the new one where there is one."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def other_reason(self) -> bool:
        """Whether the verdict stays and its reason, or a reading that disputes it, does not."""
        if self.direction is not None or self.old is None or self.new is None:
            return False
        return self.old["reason"] != self.new["reason"] or disputes(self.old) != disputes(self.new)


def disputes(result: Result) -> Mapping[str, str]:
    """The verdict of each reading that differs from the chosen one."""
    return {other["reading"]: other["verdict"] for other in result["disputed"] or ()}


def pairs(old: list[Result], new: list[Result], sides: tuple[Presence, Presence]) -> Iterator[Pair]:
    """Every subject that either side judged, in the order of the new results, then what is gone.

    A subject is known by the `ref` of its item, as waivers know it, and without one by its path.
    """
    before, after = _by_key(old), _by_key(new)
    for key in dict.fromkeys((*after, *before)):
        one, other = before.get(key), after.get(key)
        policy = key[0]
        states = (one["verdict"] if one else sides[0].absent, other["verdict"] if other else sides[1].absent)
        found = other or one
        assert found is not None
        if _told_by_the_violation(found, one, other, new):
            continue
        yield Pair(policy, one, other, *states, _direction(policy, one, other, states, sides, old))


def _by_key(results: list[Result]) -> dict[Key, Result]:
    wanted = Counter(_key(result) for result in results)
    found: dict[Key, Result] = {}
    for result in results:
        key = _key(result)
        # Items of nested lists may bear one ref under several parents; then the path tells them apart.
        found[key if wanted[key] == 1 else (result["policy"], result["subject"], "")] = result
    return found


def _key(result: Result) -> Key:
    if result["ref"] is None:
        return (result["policy"], result["subject"], "")
    return (result["policy"], _LAST_INDEX.sub("", result["subject"]), result["ref"])


def _rest_of_list(result: Result) -> bool:
    """Whether it is about items that an incomplete list may hold."""
    return result["kind"] == "norm" and result["subject"] != "organization" and "[" not in result["subject"]


def _violated(results: list[Result], rest: Result) -> bool:
    """Whether a violation was found in the list: then nothing is said of what else it may hold."""
    head = rest["subject"].split(".")[0] + "["
    return any(
        result["policy"] == rest["policy"]
        and result["verdict"] in ("violation", "advice")
        and result["subject"].startswith(head)
        for result in results
    )


def _told_by_the_violation(found: Result, old: Result | None, new: Result | None, results: list[Result]) -> bool:
    """Whether the question of an incomplete list is gone as a violation was found in it: that flip tells all."""
    return new is None and old is not None and _rest_of_list(found) and _violated(results, found)


def _direction(
    policy: str,
    old: Result | None,
    new: Result | None,
    states: tuple[str, str],
    sides: tuple[Presence, Presence],
    old_results: list[Result],
) -> Direction | None:
    before, after = states
    for own, side, direction in ((old, sides[0], "added"), (new, sides[1], "removed")):
        if own is None and not side.has(policy):
            quiet = (after if direction == "added" else before) in QUIET
            return None if quiet else ("added" if direction == "added" else "removed")
    if old and new and before == after and bool(old["disputed"]) != bool(new["disputed"]):
        return "other"
    kinds = {result["kind"] for result in (old, new) if result}
    if kinds != {"norm"}:
        return decision_direction(before, after)
    if old is None and new is not None and _rest_of_list(new) and _violated(old_results, new):
        return None if after in QUIET else "other"
    return norm_direction(before, after)


def norm_direction(before: str, after: str) -> Direction | None:
    """The direction of a norm's verdict; None when nothing flips."""
    one, other = _RANKS[before], _RANKS[after]
    if before == after or one == other == 0:
        return None
    if other > one:
        return "worse"
    unsettled = other == one or after in ("unknown", NOT_JUDGED)
    return "other" if unsettled else "better"


def decision_direction(before: str, after: str) -> Direction | None:
    """The direction of a decision's outcome: to and from `unknown` worse and better, else neither."""
    if before == after or (before in QUIET and after in QUIET):
        return None
    if after == "unknown":
        return "worse"
    return "better" if before == "unknown" and after != NOT_JUDGED else "other"
