"""The table of a roll-up, made from the numbers of all groups."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from validator.journeys.rollup.columns import outcomes_of
from validator.journeys.rollup.coverage import RowCoverages, is_complete, run_coverage
from validator.journeys.rollup.figures import Figures, Place, kind_of, place_of, place_order, region_of
from validator.journeys.rollup.person_rows import (
    NOT_TOLD,
    Numbers,
    ToldRow,
    person_judgements,
    tell_parts,
    tell_policies,
    tell_whole,
    titles_of,
)
from validator.journeys.rollup.rows import counted, judgements, organizations, organizations_under
from validator.logic.batch import (
    SCHEMA,
    Coverage,
    CrossRow,
    ExpectedGroups,
    KindRow,
    MunicipalityRow,
    PersonJudgements,
    PolicyRow,
    RegionRow,
    RollUpTable,
    TotalRow,
)

Key = TypeVar("Key", bound=Hashable)

_REGION = frozenset({"region"})
_PLACE = frozenset({"region", "municipality"})
_KIND = frozenset({"kind"})


def make_table(
    figures: Figures,
    coverage: Coverage,
    expected: ExpectedGroups | None,
    threshold: int,
    floor_percent: float,
) -> RollUpTable:
    """The whole table; rows in the order of their names, what has no municipality last in its region."""
    rows = _Rows(figures, RowCoverages(expected, floor_percent), threshold)
    return {
        "schema": SCHEMA,
        "complete": is_complete(coverage, floor_percent),
        "coverage": run_coverage(coverage, floor_percent),
        "persons_rule": {"policies": figures.about_persons, "threshold": threshold},
        "total": rows.total(),
        "by_region": rows.regions(),
        "by_municipality": rows.municipalities(),
        "by_kind": rows.kinds(),
        "by_policy": rows.policies(),
        "by_municipality_and_policy": rows.crossing(),
    }


class _Rows:
    """Writes the rows of each kind."""

    def __init__(self, figures: Figures, coverages: RowCoverages, threshold: int) -> None:
        self.figures = figures
        self.coverages = coverages
        self.threshold = threshold
        self.columns = figures.columns(figures.exact)
        self.outcomes = figures.outcomes(figures.exact)
        self.person_columns = figures.columns(figures.about_persons)
        self.person_outcomes = figures.person_outcomes(figures.about_persons)
        self.titles = titles_of(self.person_outcomes)
        self.told_total = tell_whole(self._persons(figures.total), self.titles, threshold)
        self.told_regions = self._parts(self.told_total, figures.regions)
        self.of_regions = coverages.by(_REGION, region_of)
        self.of_places = coverages.by(_PLACE, place_of)
        self.of_kinds = coverages.by(_KIND, kind_of)

    def _persons(self, numbers: array[int]) -> Numbers:
        """The numbers about persons in a row, of all that is possible in it: nothing where nobody was judged."""
        found = counted(numbers, self.person_columns)
        return _possible(found, self.titles)

    def _parts(self, parent: ToldRow, rows: Mapping[Key, array[int]]) -> dict[Key, ToldRow]:
        parts = {key: self._persons(numbers) for key, numbers in rows.items()}
        return tell_parts(parent, parts, self.titles, self.threshold)

    def _told(self, told: ToldRow | None) -> PersonJudgements:
        """A row about persons; None: nobody was judged."""
        row = dict.fromkeys(self.titles, 0) if told is None else told
        return person_judgements(row, self.person_outcomes, self.threshold)

    def _empty(self) -> array[int]:
        """The numbers of a row that was expected and of which nothing came."""
        return array("q", [0]) * len(self.figures.total)

    def total(self) -> TotalRow:
        return {
            "organizations": organizations(self.figures.total),
            "judgements": judgements(self.figures.total, self.columns, self.outcomes),
            "persons": self._told(self.told_total),
        }

    def regions(self) -> list[RegionRow]:
        why_not = self.coverages.why_not(_REGION)
        found: list[RegionRow] = []
        for region in sorted({*self.figures.regions, *self.of_regions}):
            numbers = self.figures.regions.get(region) or self._empty()
            found.append(
                {
                    "region": region,
                    "organizations": organizations(numbers),
                    "coverage": self.of_regions.get(region),
                    "no_coverage": why_not,
                    "judgements": judgements(numbers, self.columns, self.outcomes),
                    "persons": self._told(self.told_regions.get(region)),
                }
            )
        return found

    def _told_places(self) -> dict[Place, ToldRow]:
        """Each region's municipalities: parts of what is told of the region."""
        found: dict[Place, ToldRow] = {}
        for region, told in self.told_regions.items():
            inside = {place: numbers for place, numbers in self.figures.places.items() if place[0] == region}
            found |= self._parts(told, inside)
        return found

    def municipalities(self) -> list[MunicipalityRow]:
        why_not = self.coverages.why_not(_PLACE)
        told = self._told_places()
        found: list[MunicipalityRow] = []
        for place in sorted({*self.figures.places, *self.of_places}, key=place_order):
            numbers = self.figures.places.get(place) or self._empty()
            found.append(
                {
                    "region": place[0],
                    "municipality": place[1],
                    "organizations": organizations(numbers),
                    "coverage": self.of_places.get(place),
                    "no_coverage": why_not,
                    "judgements": judgements(numbers, self.columns, self.outcomes),
                    "persons": self._told(told.get(place)),
                }
            )
        return found

    def kinds(self) -> list[KindRow]:
        why_not = self.coverages.why_not(_KIND)
        found: list[KindRow] = []
        for kind in sorted({*self.figures.kinds, *self.of_kinds}):
            numbers = self.figures.kinds.get(kind) or self._empty()
            found.append(
                {
                    "kind": kind,
                    "organizations": organizations(numbers),
                    "coverage": self.of_kinds.get(kind),
                    "no_coverage": why_not,
                    "judgements": judgements(numbers, self.columns, self.outcomes),
                }
            )
        return found

    def policies(self) -> list[PolicyRow]:
        told = tell_policies(
            self.told_total,
            {policy: self._of_policy(policy) for policy in self.figures.about_persons},
            self.titles,
            self.threshold,
        )
        return [
            self._person_policy(policy, told[policy]) if policy in told else self._policy(policy)
            for policy in self.figures.policies
        ]

    def _of_policy(self, policy: str) -> Numbers:
        """The numbers of a policy about persons. ValueError when it has a verdict that it can't have."""
        found = counted(self.figures.total, self.figures.policies[policy].judgements)
        verdicts = self.figures.verdicts[policy]
        if impossible := set(found) - verdicts - NOT_TOLD:
            raise ValueError(f"{policy} can't have these verdicts: {', '.join(sorted(impossible))}")
        return _possible(found, verdicts)

    def _policy(self, policy: str) -> PolicyRow:
        columns = self.figures.policies[policy]
        return {
            "policy": policy,
            "about_persons": False,
            "organizations": organizations_under(self.figures.total, columns),
            "coverage": None,
            "no_coverage": "whole_run",
            "judgements": judgements(self.figures.total, columns.judgements, outcomes_of([columns])),
            "persons": None,
        }

    def _person_policy(self, policy: str, told: ToldRow) -> PolicyRow:
        outcomes = self.figures.person_outcomes([policy])
        return {
            "policy": policy,
            "about_persons": True,
            "organizations": None,
            "coverage": None,
            "no_coverage": "whole_run",
            "judgements": None,
            "persons": person_judgements(told, outcomes, self.threshold),
        }

    def crossing(self) -> list[CrossRow]:
        why_not = self.coverages.why_not(_PLACE)
        outcomes = {policy: self.figures.outcomes([policy]) for policy in self.figures.exact}
        return [
            {
                "region": place[0],
                "municipality": place[1],
                "policy": policy,
                "organizations": organizations_under(numbers, self.figures.policies[policy]),
                "coverage": self.of_places.get(place),
                "no_coverage": why_not,
                "judgements": judgements(numbers, self.figures.policies[policy].judgements, outcomes[policy]),
            }
            for place, numbers in sorted(self.figures.places.items(), key=lambda item: place_order(item[0]))
            for policy in self.figures.exact
        ]


def _possible(found: Counter[str], titles: Iterable[str]) -> Numbers:
    """The numbers of these titles; of none when nothing was in force for anybody, which everybody can know."""
    if not any(number for title, number in found.items() if title != "ok.not_in_force"):
        return {}
    return {title: found[title] for title in titles}
