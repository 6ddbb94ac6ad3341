"""The comparison of results of several dates (`sverka.trend/1`): plain data, as its renderers read it.

Every list of dates is as long as `dates`, in the same order; None stands where there is nothing to compare. Persons
are counted in figures of the roll-up alone, never by organization.
"""

from __future__ import annotations

from typing import Literal, TypedDict

from validator.logic.batch import Judgements, Organizations, PersonJudgements, RowCoverage, RunCoverage
from validator.logic.report import BothTexts, NamedText, PolicySetIdentity, Tool

SCHEMA = "sverka.trend/1"

# What an organization has under a norm, the gravest of it.
State = Literal["violation", "unknown", "fine"]


class TrendDate(TypedDict):
    """The results of one date. `fact_dates` are the first and the last day of facts in them."""

    name: str
    tool: Tool
    policy_set: PolicySetIdentity
    law_date: str | None
    law_dates: list[str]
    fact_dates: list[str]
    organizations: int
    complete: bool
    coverage: RunCoverage


class Figures(TypedDict):
    """The figures of a row of the roll-up on a date.

    Of a policy about persons `judgements` and `organizations` are None, of any other `persons`.
    """

    organizations: Organizations | None
    judgements: Judgements | None
    persons: PersonJudgements | None
    coverage: RowCoverage | None


class PolicyTrend(TypedDict):
    """A policy; its figures are None on a date when it did not judge.

    `transfer`: it tells how the transfer goes.
    """

    policy: str
    kind: Literal["norm", "decision"]
    topic: str
    title: BothTexts
    severity: str | None
    about_persons: bool
    transfer: bool
    outcomes: list[NamedText]
    dates: list[Figures | None]


class PlaceTrend(TypedDict):
    """A municipality, or the organizations of a region that name none."""

    region: str
    municipality: str | None
    dates: list[Figures | None]


class OrganizationName(TypedDict):
    """An organization, as far as a list of names needs it."""

    organization: str
    name: str | None
    region: str
    municipality: str | None


class Step(TypedDict):
    """Which organizations came and which went from one date to the next. The first date has none before it."""

    appeared: list[OrganizationName]
    left: list[OrganizationName]


class Change(TypedDict):
    """An organization whose state under a norm is another on the last date than on the first.

    Only organizations and norms that both dates have, and no norm about persons.
    """

    policy: str
    organization: str
    name: str | None
    region: str
    municipality: str | None
    first: State
    last: State


class ChangeCount(TypedDict):
    """How many organizations changed so under a norm."""

    policy: str
    first: State
    last: State
    organizations: int


class TrendNote(TypedDict):
    """What must be known to read the comparison rightly."""

    code: str
    message: BothTexts


class Trend(TypedDict):
    """The whole document. `total` are the figures of all organizations together."""

    schema: str
    tool: Tool
    dates: list[TrendDate]
    notes: list[TrendNote]
    total: list[Figures]
    by_policy: list[PolicyTrend]
    by_municipality: list[PlaceTrend]
    organizations: list[Step]
    change_counts: list[ChangeCount]
    changes: list[Change]
    threshold: int
