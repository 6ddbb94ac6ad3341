"""Those who would work out small numbers of persons from a roll-up.

A `World` is what a run really counted. Three attackers: `given_away` knows the method and tries every world there
is; `twin` looks for one other world that would be told the same; `intervals` knows the published numbers only and
narrows every hidden one by what they add up to.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from validator.journeys.rollup.accumulate import RollUp
from validator.logic.batch import Coverage, Group, RollUpTable, Tally

Place = tuple[str, str | None]
# Judgements in a municipality, by a policy, of a title (`violation`, `ok.met`, `decisions.moved`).
Cell = tuple[Place, str, str]
World = Mapping[Cell, int]
# A number of the table: the kind of row, the key of the row, the title.
Figure = tuple[str, Any, str]

COVERAGE = Coverage(1, 1, 0, 0, None, None, None)
NOT_COUNTED = "ok.not_applicable"


def table_of(world: World, threshold: int, about_organizations: World | None = None) -> RollUpTable:
    """The roll-up of the world, in which every policy is about persons; one organization in each municipality.

    The verdicts that a policy can have are those that the world names, also with 0.
    """
    tallies: dict[Place, list[Tally]] = defaultdict(list)
    for (place, policy, title), number in {**world, **(about_organizations or {})}.items():
        tallies[place].append(tally(policy, title, number))
    titles: dict[str, set[str]] = defaultdict(set)
    for _, policy, title in world:
        titles[policy].add(title)
    rolled = RollUp({policy: frozenset(found - {NOT_COUNTED}) for policy, found in titles.items()})
    for (region, municipality), found in tallies.items():
        rolled.add(Group(region, municipality, "school"), [line for line in found if line.number])
    return rolled.table(COVERAGE, threshold=threshold)


def tally(policy: str, title: str, number: int) -> Tally:
    """So many judgements with a title."""
    head, _, tail = title.partition(".")
    match head:
        case "ok":
            return Tally(policy, "ok", tail, False, number)
        case "decisions":
            return Tally(policy, tail, None, False, number)
        case _:
            return Tally(policy, head, None, False, number)


def told(table: RollUpTable) -> str:
    """Everything that is published, as one text."""
    return json.dumps(table, sort_keys=True)


def person_rows(table: RollUpTable) -> Iterator[tuple[str, Any, Mapping[str, Any]]]:
    """Every row about persons: the kind of row, its key, its numbers."""
    yield "total", None, table["total"]["persons"]
    for region in table["by_region"]:
        yield "region", region["region"], region["persons"]
    for place in table["by_municipality"]:
        yield "place", (place["region"], place["municipality"]), place["persons"]
    for policy in table["by_policy"]:
        if policy["persons"] is not None:
            yield "policy", policy["policy"], policy["persons"]


def number_in(row: Mapping[str, Any], title: str) -> int | None:
    """The number with a title; None when it is hidden."""
    head, _, tail = title.partition(".")
    found: int | None = row[head][tail] if tail else row[head]
    return found


def hidden_figures(table: RollUpTable) -> list[Figure]:
    """Every number that is hidden."""
    return [(kind, key, title) for kind, key, row in person_rows(table) for title in row["hidden"]]


def small_and_told(table: RollUpTable) -> list[tuple[Figure, int]]:
    """Every number of persons that is told although it is small."""
    small = range(1, table["persons_rule"]["threshold"])
    return [
        ((kind, key, title), number)
        for kind, key, row in person_rows(table)
        for title in titles_of(row)
        if (number := number_in(row, title)) in small
    ]


def titles_of(row: Mapping[str, Any]) -> list[str]:
    """What a row tells."""
    return [
        *("violation", "advice", "waived", "unknown"),
        *(f"ok.{reason}" for reason in row["ok"]),
        *(f"decisions.{outcome}" for outcome in row["decisions"]),
    ]


def is_in(figure: Figure, cell: Cell) -> bool:
    """Whether the figure counts the cell."""
    kind, key, title = figure
    place, policy, own = cell
    rows = {"total": None, "region": place[0], "place": place, "policy": policy}
    return title == own and rows[kind] == key


def truth(figure: Figure, world: World) -> int:
    """What the figure really is."""
    return sum(number for cell, number in world.items() if is_in(figure, cell))


# --- the attacker who tries every world ---------------------------------------------------------------------


def sums_to(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to write the total as so many numbers."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in sums_to(total - first, parts - 1):
            yield (first, *rest)


def given_away(worlds: Iterable[World], threshold: int) -> list[tuple[Figure, int, World]]:
    """Small figures that are told, and hidden ones with one value in all worlds that are told alike.

    The worlds must be all there are, as far as the attacker can know.
    """
    small: list[tuple[Figure, int, World]] = []
    values: dict[str, dict[Figure, set[int]]] = {}
    examples: dict[str, World] = {}
    for world in worlds:
        table = table_of(world, threshold)
        text = told(table)
        if text not in examples:
            small += [(figure, number, world) for figure, number in small_and_told(table)]
            examples[text] = world
        possible = values.setdefault(text, {figure: set() for figure in hidden_figures(table)})
        for figure, found in possible.items():
            found.add(truth(figure, world))
    return small + [
        (figure, min(found), examples[text])
        for text, possible in values.items()
        for figure, found in possible.items()
        if len(found) == 1
    ]


# --- the attacker who looks for one other world -------------------------------------------------------------


def twin(figure: Figure, world: World, threshold: int) -> World | None:
    """A world with another value of the figure that is told the same; None when no simple exchange gives one."""
    table = table_of(world, threshold)
    text, own = told(table), truth(figure, world)
    others = list(_exchanged(world, figure))
    if ("total", None, figure[2]) in hidden_figures(table):
        inside = [cell for cell in world if is_in(figure, cell)]
        others += [{**world, cell: world[cell] + by} for cell in inside for by in (1, -1) if world[cell] + by >= 0]
    return next(
        (other for other in others if truth(figure, other) != own and told(table_of(other, threshold)) == text),
        None,
    )


def _exchanged(world: World, figure: Figure) -> Iterator[World]:
    """One judgement moved between the row of the figure and another row of its family, or the two exchanged."""
    kinds: list[Callable[[Cell], Any]] = [lambda cell: cell[1]]
    if figure[0] != "policy":
        kinds = [lambda cell: cell[0], lambda cell: cell[0][0]]
    for row_of in kinds:
        sums: Counter[Any] = Counter()
        for cell, number in world.items():
            if cell[2] == figure[2]:
                sums[row_of(cell)] += number
        rows = {row_of(cell) for cell in world if is_in(figure, cell)}
        for own, other in ((own, other) for own in rows for other in sums if other != own):
            for size in {1, abs(sums[own] - sums[other])} - {0}:
                for source, target in ((own, other), (other, own)):
                    yield from _moved(world, figure, row_of, source, target, size)


def _moved(
    world: World, figure: Figure, row_of: Callable[[Cell], Any], source: Any, target: Any, size: int
) -> Iterator[World]:
    """So many judgements moved from row to row, from and into the figure first; the other family stays as it is."""
    moved, left = Counter(world), size
    cells = sorted(
        (cell for cell in world if cell[2] == figure[2]), key=lambda cell: (not is_in(figure, cell), str(cell))
    )
    across = (lambda cell: cell[0]) if figure[0] == "policy" else (lambda cell: cell[1])
    for cell in (cell for cell in cells if row_of(cell) == source):
        goal = next((one for one in cells if row_of(one) == target and across(one) == across(cell)), None)
        step = min(left, world[cell]) if goal is not None else 0
        if goal is not None:
            moved[cell] -= step
            moved[goal] += step
        left -= step
    if not left:
        yield dict(moved)


# --- the attacker who only adds up --------------------------------------------------------------------------


def intervals(table: RollUpTable) -> dict[Figure, tuple[int, int]]:
    """What every hidden number may be, from the numbers that are told, the marks, and the sums of both families."""
    most_small = table["persons_rule"]["threshold"] - 1
    bounds: dict[Figure, tuple[int, int]] = {}
    for kind, key, row in person_rows(table):
        for title in titles_of(row):
            number = number_in(row, title)
            known = (0, most_small) if row["hidden"].get(title) == "below" else (0, 10**9)
            bounds[kind, key, title] = known if number is None else (number, number)
    for _ in range(200):
        before = dict(bounds)
        for parent, parts in _sums(bounds):
            _narrow(bounds, parent, parts)
        if bounds == before:
            break
    return {figure: bounds[figure] for figure in hidden_figures(table)}


def _sums(figures: Iterable[Figure]) -> list[tuple[Figure, list[Figure]]]:
    figures = list(figures)
    found = []
    for kind, key, title in figures:
        parts: list[Figure] = []
        if kind == "total":
            found.append(((kind, key, title), [f for f in figures if f[0] == "policy" and f[2] == title]))
            parts = [f for f in figures if f[0] == "region" and f[2] == title]
        elif kind == "region":
            parts = [f for f in figures if f[0] == "place" and f[1][0] == key and f[2] == title]
        if parts:
            found.append(((kind, key, title), parts))
    return [(parent, parts) for parent, parts in found if parts]


def _narrow(bounds: dict[Figure, tuple[int, int]], parent: Figure, parts: list[Figure]) -> None:
    least, most = (sum(bounds[part][end] for part in parts) for end in (0, 1))
    low, high = bounds[parent]
    bounds[parent] = low, high = max(low, least), min(high, most)
    for part in parts:
        own_low, own_high = bounds[part]
        bounds[part] = (
            max(own_low, low - (most - own_high)),
            min(own_high, high - (least - own_low)),
        )
