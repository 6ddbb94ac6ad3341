"""What generated code calls: the rare and the long. Three-valued answers are True, False and None (unknown).

A term that is no plain value is a triple (value or None, low, high); without a usable interval low is None.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from validator.interpreters.lookup import listed, parameter_value
from validator.logic.lean import Facts, LeanValue, lean_value
from validator.logic.policy import PolicySet
from validator.logic.truth import Truth
from validator.logic.values import Interval, UnregisteredName, percent

Triple = tuple[Any, Any, Any]
LAST_DAY = 3652059  # 9999-12-31 as an ordinal
INF = float("inf")
MEMO_SIZE = 50_000
_ANSWER = {Truth.TRUE: True, Truth.FALSE: False, Truth.UNKNOWN: None}


class Unset:
    """The mark of an answer that was not worked out yet."""


U = Unset()


class Reference:
    """Registers and parameters of a policy set; what was looked up once is remembered."""

    def __init__(self, policies: PolicySet) -> None:
        self.policies = policies
        self._listed: dict[tuple[object, ...], bool | None] = {}
        self._parameters: dict[tuple[object, ...], LeanValue | None] = {}

    def listed(self, register: str, name: str, low: float, high: float) -> bool | None:
        """Whether a name is on a register on the judged day."""
        key = (register, name, type(name) is UnregisteredName, low, high)
        if key not in self._listed:
            if len(self._listed) > MEMO_SIZE:
                self._listed.clear()
            same, answer = listed(self.policies, self.policies.registers[register], name, Interval(low, high))
            self._listed[key] = _ANSWER[answer] if same else None
        return self._listed[key]

    def parameter(
        self, name: str, region: str, kind: str, low: float, high: float, press: bool
    ) -> LeanValue | None:
        """The value of a parameter on the judged day, None when there is none or it turns on the day."""
        key = (name, region, kind, low, high, press)
        if key not in self._parameters:
            if len(self._parameters) > MEMO_SIZE:
                self._parameters.clear()
            parameter = self.policies.parameters[name]
            same, value = parameter_value(parameter, region, kind, Interval(low, high), press)
            self._parameters[key] = lean_value(value) if same and value is not None else None
        return self._parameters[key]


class Run:
    """What generated functions are given beside the records: the facts, the law date, the reference data."""

    __slots__ = ("as_of", "day", "index", "indexes", "kind", "listed", "parameter", "region", "root")

    def __init__(self, facts: Facts, day: int, reference: Reference) -> None:
        self.root = facts.root
        self.index = facts.index
        self.indexes: dict[Any, dict[Any, list[Any]]] = {}
        self.as_of = facts.as_of
        self.region = facts.region
        self.kind = facts.kind
        self.day = day
        self.listed = reference.listed
        self.parameter = reference.parameter


def near(run: Run, keys: Callable[[Run, Any], Iterable[Any]], items: list[Any], link: Any) -> list[Any]:
    """Those items that may matter for another one: its link is among their keys, or one of them is not known."""
    if link is None:
        return items
    index = run.indexes.get(keys)
    if index is None:
        index = run.indexes[keys] = _indexed(run, keys, items)
    return index.get(link) or index[None]


def _indexed(run: Run, keys: Callable[[Run, Any], Iterable[Any]], items: list[Any]) -> dict[Any, list[Any]]:
    """The items by their keys; those with a key that is not known stand under every key, and alone under None."""
    loose: list[Any] = []
    index: dict[Any, list[Any]] = {None: loose}
    for item in items:
        found = {*keys(run, item)}
        if None in found:
            loose.append(item)
        for key in found - {None}:
            index.setdefault(key, []).append(item)
    if loose:
        for key, own in index.items():
            if key is not None:
                known = {*map(id, own)}
                own += [item for item in loose if id(item) not in known]
    return index


def judged(value: Any, low: Any, high: Any, day: int) -> tuple[Any, Any]:
    """The judged day: the last day of the item, at most the law date; an interval when it is only bounded."""
    if value is not None:
        if math.isnan(value):
            return day, day
        low = high = value
    high = min(high, day)
    return min(low, high), high


# --- terms ---------------------------------------------------------------------------------------------------


def shift(day: Triple, days: Triple) -> Triple:
    """A day moved by a number of days, within the calendar; `never` and `open_ended` stay."""
    value, moved = day[0], days[0]
    if value is not None and (math.isnan(value) or value == INF):
        return day
    if value is not None and moved is not None:
        found = min(max(value + moved, 1), LAST_DAY)
        return found, found, found
    if day[1] is None or days[1] is None:
        return None, None, None
    return None, day[1] + days[1], day[2] + days[2]


def total(*terms: Triple) -> Triple:
    """The sum of terms."""
    if any(term[1] is None for term in terms):
        return None, None, None
    return None, sum(term[1] for term in terms), sum(term[2] for term in terms)


def share(part: Triple, whole: Triple) -> Triple:
    """The part in percent of the whole."""
    if part[1] is None or whole[1] is None:
        return None, None, None
    found = percent(Interval(part[1], part[2]), Interval(whole[1], whole[2]))
    return (None, None, None) if found is None else (None, found.low, found.high)


# --- names and sets ------------------------------------------------------------------------------------------


def same(left: Any, right: Any) -> bool | None:
    """Equality of what has no order; a name that no register knows may be another name of anything."""
    if left is None or right is None:
        return None
    if left == right:
        return True
    if isinstance(left, frozenset) and isinstance(right, frozenset):
        if not left or not right:
            return False
        return None if any(type(name) is UnregisteredName for name in left ^ right) else False
    return None if type(left) is UnregisteredName or type(right) is UnregisteredName else False


def relate(relation: str, left: Any, right: Any) -> bool | None:
    """A set against another, or against one name."""
    if left is None or right is None:
        return None
    other = right if isinstance(right, frozenset) else frozenset({right})
    match relation:
        case "contains_any":
            return _any(_is_in(name, left) for name in other)
        case "contains_all":
            return _all(_is_in(name, left) for name in other)
        case _:
            return _all(_is_in(name, other) for name in left)


def _is_in(name: str, names: frozenset[str]) -> bool | None:
    return _any(same(name, other) for other in names)


def _any(answers: Any) -> bool | None:
    found = list(answers)
    return True if True in found else None if None in found else False


def _all(answers: Any) -> bool | None:
    found = list(answers)
    return False if False in found else None if None in found else True


__all__ = [
    "INF",
    "Fraction",
    "Reference",
    "Run",
    "U",
    "judged",
    "near",
    "relate",
    "same",
    "share",
    "shift",
    "total",
]
