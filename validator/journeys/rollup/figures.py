"""The numbers of a run, added up for each kind of row."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable, Mapping
from operator import add
from typing import TypeVar

from validator.journeys.rollup.columns import Column, PolicyColumns, outcomes_of
from validator.logic.batch import Group, PersonPolicies

Key = TypeVar("Key", bound=Hashable)
Place = tuple[str, str | None]


class Figures:
    """The numbers of a run, added up for each kind of row."""

    def __init__(
        self,
        groups: Mapping[Group, array[int]],
        total: array[int],
        policies: Mapping[str, PolicyColumns],
        persons: PersonPolicies,
    ) -> None:
        self.total = total
        self.policies = policies
        self.verdicts = persons
        self.about_persons = [policy for policy in policies if policy in persons]
        self.exact = [policy for policy in policies if policy not in persons]
        self.places = _by(groups, place_of)
        self.regions = _by(groups, region_of)
        self.kinds = _by(groups, kind_of)

    def columns(self, policies: Iterable[str]) -> list[Column]:
        """The columns of these policies."""
        return [column for policy in policies for column in self.policies[policy].judgements]

    def person_outcomes(self, policies: Iterable[str]) -> tuple[str, ...]:
        """The outcomes that decisions among these policies about persons can have, seen or not."""
        prefix = "decisions."
        titles = {title for policy in policies for title in self.verdicts[policy]}
        return tuple(sorted(title.removeprefix(prefix) for title in titles if title.startswith(prefix)))

    def outcomes(self, policies: Iterable[str]) -> tuple[str, ...]:
        """The outcomes of decisions among these policies."""
        return outcomes_of(self.policies[policy] for policy in policies)


def place_of(group: Group) -> Place:
    """The municipality, None where none is named, with its region."""
    return group.region, group.municipality


def region_of(group: Group) -> str:
    """The region."""
    return group.region


def kind_of(group: Group) -> str:
    """The kind of organization."""
    return group.kind


def place_order(place: Place) -> tuple[str, bool, str]:
    """Regions and municipalities by name; what has no municipality comes last in its region."""
    region, municipality = place
    return region, municipality is None, municipality or ""


def added(rows: Iterable[array[int]], width: int) -> array[int]:
    """The numbers of several rows, all of this width, place by place."""
    total = array("q", [0]) * width
    for row in rows:
        total = array("q", map(add, total, row))
    return total


def _by(groups: Mapping[Group, array[int]], key: Callable[[Group], Key]) -> dict[Key, array[int]]:
    """The numbers of all groups with one key; a key of which nothing is left is left out."""
    together: dict[Key, list[array[int]]] = {}
    for group, row in groups.items():
        together.setdefault(key(group), []).append(row)
    found = {name: added(rows, len(rows[0])) for name, rows in together.items()}
    return {name: numbers for name, numbers in found.items() if any(numbers)}
