"""What a batch counts: one line per kind of judgement of an organization, and how much of the input was judged.

Plain data, shared by the engines that produce the lines and by the roll-up that adds them up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypedDict

from validator.logic.report import OkCounts

SCHEMA = "sverka.rollup/1"


class Group(NamedTuple):
    """Where an organization belongs in a roll-up; `municipality` None: the snapshot does not say."""

    region: str
    municipality: str | None
    kind: str


class Tally(NamedTuple):
    """`number` judgements of one organization that are alike.

    `verdict` is one of REPORT's: of a norm `violation`, `advice`, `waived`, `unknown` or `ok`; of a decision an
    outcome, `unknown` or `ok`. `reason` stands with `ok` only. `disputed`: another reading judges differently.
    """

    policy: str
    verdict: str
    reason: str | None
    disputed: bool
    number: int


class Coverage(NamedTuple):
    """How much of the input was judged; `documents = evaluated + quarantined + not_reached`.

    `expected`, `missing` and `unexpected` count organizations and are None when no list of expected ones was given:
    `expected` are the organizations of the list, `missing` those of them that were not evaluated, `unexpected` the
    evaluated ones that the list does not name.
    """

    documents: int
    evaluated: int
    quarantined: int
    not_reached: int
    expected: int | None
    missing: int | None
    unexpected: int | None


# The policies about persons, each with the verdicts that it can have: `violation`, `ok.met`, `decisions.moved`, …
PersonPolicies = Mapping[str, frozenset[str]]


class Expected(NamedTuple):
    """How many organizations of a group are on the list of expected ones, and how many of these were not judged."""

    expected: int
    missing: int


class ExpectedGroups(NamedTuple):
    """The list of expected organizations by group, as far as its `columns` tell groups apart.

    `columns` are those of `region`, `municipality`, `kind` that the list has; what stands in a `Group` for a column
    that the list has not is never looked at.
    """

    columns: frozenset[str]
    groups: Mapping[Group, Expected]


class RunCoverage(TypedDict):
    """`Coverage` with what follows from it; `percent` is rounded down, so 100.0 means all of it."""

    documents: int
    evaluated: int
    quarantined: int
    not_reached: int
    expected: int | None
    missing: int | None
    unexpected: int | None
    percent: float | None
    floor_percent: float


class RowCoverage(TypedDict):
    """How many of the organizations that a row should hold were evaluated; `percent` is rounded down."""

    expected: int
    missing: int
    percent: float | None
    complete: bool


# Why a row has no coverage of its own: that of the run is all there is.
NoRowCoverage = Literal["no_list", "no_column", "whole_run"]


class Organizations(TypedDict):
    """How many organizations were evaluated, how many of them have a violation, and how many an unknown.

    Violations and unknowns of policies about persons don't count here: in a municipality with few organizations
    they would tell how many persons are concerned.
    """

    evaluated: int
    with_violation: int
    with_unknown: int


class Judgements(TypedDict):
    """Exact numbers of judgements, of policies that are not about persons.

    `unknown` also counts decisions; `decisions` counts their outcomes. `applicable` leaves out `not_applicable` and
    `not_in_force`; `unknown_percent` is the share of unknowns in it, None when nothing was applicable.
    """

    judgements: int
    applicable: int
    violation: int
    advice: int
    waived: int
    unknown: int
    ok: OkCounts
    decisions: dict[str, int]
    disputed: int
    unknown_percent: float | None


class PersonOk(TypedDict):
    """Verdicts `ok` about persons by reason; None where the number is hidden."""

    met: int | None
    exempt: int | None
    open: int | None


Mark = Literal["below", "withheld"]


class PersonJudgements(TypedDict):
    """Numbers of judgements of policies about persons; None where the number is hidden.

    `hidden` says of each hidden number why: `below` (it is less than the threshold, perhaps 0), or `withheld` (it
    would give such a number away). What does not apply to a person is not counted at all.
    """

    applicable: int | None
    violation: int | None
    advice: int | None
    waived: int | None
    unknown: int | None
    ok: PersonOk
    decisions: dict[str, int | None]
    unknown_percent: float | None
    hidden: dict[str, Mark]


class TotalRow(TypedDict):
    """All evaluated organizations together."""

    organizations: Organizations
    judgements: Judgements
    persons: PersonJudgements


class RegionRow(TypedDict):
    """One region."""

    region: str
    organizations: Organizations
    coverage: RowCoverage | None
    no_coverage: NoRowCoverage | None
    judgements: Judgements
    persons: PersonJudgements


class MunicipalityRow(TypedDict):
    """One municipality; None stands for the organizations of the region whose snapshots name none."""

    region: str
    municipality: str | None
    organizations: Organizations
    coverage: RowCoverage | None
    no_coverage: NoRowCoverage | None
    judgements: Judgements
    persons: PersonJudgements


class KindRow(TypedDict):
    """One kind of organization; persons are not counted by kind."""

    kind: str
    organizations: Organizations
    coverage: RowCoverage | None
    no_coverage: NoRowCoverage | None
    judgements: Judgements


class PolicyRow(TypedDict):
    """One policy: either `judgements`, or for a policy about persons `persons`; the other is None.

    `organizations` is None for a policy about persons.
    """

    policy: str
    about_persons: bool
    organizations: Organizations | None
    coverage: RowCoverage | None
    no_coverage: NoRowCoverage | None
    judgements: Judgements | None
    persons: PersonJudgements | None


class CrossRow(TypedDict):
    """One policy that is not about persons, in one municipality."""

    region: str
    municipality: str | None
    policy: str
    organizations: Organizations
    coverage: RowCoverage | None
    no_coverage: NoRowCoverage | None
    judgements: Judgements


class PersonsRule(TypedDict):
    """Which policies are about persons, and from which number on their judgements are told."""

    policies: list[str]
    threshold: int


class RollUpTable(TypedDict):
    """The figures of a run (`sverka.rollup/1`); `complete` is False when less than the floor was evaluated."""

    schema: str
    complete: bool
    coverage: RunCoverage
    persons_rule: PersonsRule
    total: TotalRow
    by_region: list[RegionRow]
    by_municipality: list[MunicipalityRow]
    by_kind: list[KindRow]
    by_policy: list[PolicyRow]
    by_municipality_and_policy: list[CrossRow]
