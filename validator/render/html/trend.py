"""How the transfer went over several dates, as one drawing with its numbers behind it.

For each date a column of all judgements of the policies of the roadmap that apply; upright lines are the days on
which such a policy comes into force, that is, on which its term is over. Where there is no policy of the roadmap,
or none applied, it is all policies that are not about persons, without lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from validator.logic.batch import Judgements
from validator.logic.result_set import ResultSet
from validator.logic.text import Language, Text
from validator.render.html.bars import fine
from validator.render.html.summary import days
from validator.render.html.words import BARS
from validator.render.rollup.words import number_text, percent_text
from validator.render.safe import one_line
from validator.render.waivers.words import day_text
from validator.render.words import say

TOPIC = "roadmap"
WIDTH, HEIGHT, LEFT, TOP = 760, 260, 48, 34
_COLUMN = 34
_ORDER = ("ok", "advice", "waived", "unknown", "violation")


class Block(NamedTuple):
    """A part of a column."""

    colour: str
    y: float
    height: float


class Column(NamedTuple):
    """The figures of a date, and where its column stands. `day` is empty where nothing was evaluated."""

    x: float
    day: str
    last: str
    coverage: str
    organizations: str
    with_violation: str
    violations: str
    unknowns: str
    met_percent: str
    blocks: list[Block]


class Milestone(NamedTuple):
    """A day of the roadmap: where its line stands, and which policies come into force on it."""

    x: float
    day: str
    policies: list[tuple[str, str]]


class Trend(NamedTuple):
    """The drawing and its table: columns are twice `half` wide; `whole`: it shows all policies."""

    columns: list[Column]
    milestones: list[Milestone]
    told: str
    whole: bool
    half: float


def trend_of(dated: Sequence[ResultSet], language: Language) -> Trend | None:
    """The drawing of several dates, in the order of their days; None for fewer than two that evaluated anything."""
    known = sorted(
        ((day, results) for results in dated if (day := _day(results)) is not None), key=lambda item: item[0]
    )
    if len({day for day, _ in known}) < 2:
        return None
    names = _roadmap(dated)
    whole = not any(_numbers(results, names) for _, results in known)
    place = _Scale([day for day, _ in known])
    columns = [_column(results, day, None if whole else names, place, language) for day, results in known]
    milestones = [] if whole else _milestones(dated, names, place, language)
    return Trend(columns, milestones, _told(columns, language), whole, _half(columns))


def _half(columns: list[Column]) -> float:
    """Half of the width of a column, so that none hides its neighbour."""
    gaps = [after.x - before.x for before, after in pairwise(columns) if after.x > before.x]
    return round(min([_COLUMN / 2, *(gap * 0.4 for gap in gaps)]), 1)


def _day(results: ResultSet) -> date | None:
    """The day that the figures stand for: the last one of the facts."""
    found = results.head["fact_dates"]
    return None if found is None else date.fromisoformat(found[1])


def _roadmap(dated: Sequence[ResultSet]) -> frozenset[str]:
    return frozenset(
        name
        for results in dated
        for name, entry in results.policies.items()
        if entry["topic"] == TOPIC and not entry["about_persons"]
    )


class _Scale:
    """Where a day stands from left to right; there is room for half a column at both ends."""

    def __init__(self, found: list[date]) -> None:
        self.first, self.last = min(found), max(found)

    def x(self, day: date) -> float:
        room = WIDTH - LEFT - 2 * _COLUMN
        part = (day - self.first).days / (self.last - self.first).days
        return round(LEFT + _COLUMN + room * part, 1)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def _numbers(results: ResultSet, names: frozenset[str] | None) -> dict[str, int]:
    """How many judgements of each colour; empty when nothing applies."""
    found = [
        row["judgements"]
        for row in results.table["by_policy"]
        if row["judgements"] is not None and (names is None or row["policy"] in names)
    ]
    total = {colour: sum(_of(exact, colour) for exact in found) for colour in _ORDER}
    return total if any(total.values()) else {}


def _of(exact: Judgements, colour: str) -> int:
    match colour:
        case "ok":
            return fine(exact)
        case "advice":
            return exact["advice"]
        case "waived":
            return exact["waived"]
        case "unknown":
            return exact["unknown"]
        case _:
            return exact["violation"]


def _column(
    results: ResultSet, day: date, names: frozenset[str] | None, place: _Scale, language: Language
) -> Column:
    table = results.table
    exact, organizations = table["total"]["judgements"], table["total"]["organizations"]
    numbers = _numbers(results, names)
    whole = sum(numbers.values())
    blocks, y = [], float(TOP + HEIGHT)
    for colour in _ORDER:
        if number := numbers.get(colour, 0):
            height = HEIGHT * number / whole
            y -= height
            blocks.append(Block(colour, round(y, 1), round(height, 1)))
    return Column(
        x=place.x(day),
        day=days(results.head["fact_dates"], language),
        last=day_text(day.isoformat(), language),
        coverage=percent_text(table["coverage"]["percent"], language),
        organizations=number_text(organizations["evaluated"]),
        with_violation=number_text(organizations["with_violation"]),
        violations=number_text(exact["violation"]),
        unknowns=number_text(exact["unknown"]),
        met_percent=percent_text(numbers["ok"] * 1000 // whole / 10 if whole else None, language),
        blocks=blocks,
    )


def _milestones(
    dated: Sequence[ResultSet], names: frozenset[str], place: _Scale, language: Language
) -> list[Milestone]:
    found: dict[date, dict[str, str]] = {}
    for results in dated:
        for name in names & results.policies.keys():
            entry = results.policies[name]
            if entry["in_force_from"] is not None:
                title = one_line(say(entry["title"], language))
                found.setdefault(date.fromisoformat(entry["in_force_from"]), {})[one_line(name)] = title
    return [
        Milestone(place.x(day), day_text(day.isoformat(), language), sorted(found[day].items()))
        for day in sorted(found)
        if place.holds(day)
    ]


def _told(columns: list[Column], language: Language) -> str:
    """The drawing in a sentence: how much was met at each date."""
    word = say(BARS["ok"], language)
    told = "; ".join(f"{column.day}: {column.met_percent} %" for column in columns)
    return say(Text(f"{word}, доля по датам: {told}", f"{word}, share by date: {told}"), language)
