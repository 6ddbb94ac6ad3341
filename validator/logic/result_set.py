"""What a run found, as reports for people read it: the same from one check in memory, a saved report or a batch.

Nothing of the policy language and nothing of the snapshots is in here: whoever renders it needs neither. The rows
are read anew at each call, because the results of a region do not fit into memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, Protocol, TypedDict

from validator.logic.batch import RollUpTable
from validator.logic.report import (
    BothTexts,
    CitedPlace,
    Counts,
    Inputs,
    OrganizationRow,
    PolicySetIdentity,
    QuarantineRecord,
    Result,
    SanctionText,
    Tool,
)


class NamedText(TypedDict):
    """Something that a policy names, in words: an outcome, a reading, a criterion."""

    id: str
    title: BothTexts


class PolicyEntry(TypedDict):
    """A policy as reports list it, also when it judged nothing.

    `about_persons`: it judges items of a list that the snapshot schema marks as personal. Only the page of an
    organization lists such findings; everything else tells the numbers of the roll-up. `verdicts` are those that it
    can have, in the words of the roll-up: `violation`, `ok.met`, `decisions.moved`, … `in_force_from` and
    `in_force_through` (it counts) are days, None where there is no bound.
    """

    policy: str
    kind: Literal["norm", "decision"]
    topic: str
    title: BothTexts
    modality: str | None
    severity: str | None
    force: str
    in_force_from: str | None
    in_force_through: str | None
    citations: list[CitedPlace]
    sanction: SanctionText | None
    about_persons: bool
    verdicts: list[str]
    outcomes: list[NamedText]
    readings: list[NamedText]


class Head(TypedDict):
    """What is true of a run as a whole.

    `law_date`: the day asked for, None when each document was judged on the day of its facts. `law_dates` and
    `fact_dates` are the first and the last day that occur, None when nothing was evaluated. `organizations` counts
    organizations, each once. `explained`: whether all findings carry facts, missing facts and advice, or only those
    that block, or none.
    """

    tool: Tool
    policy_set: PolicySetIdentity
    law_date: str | None
    law_dates: tuple[str, str] | None
    fact_dates: tuple[str, str] | None
    inputs: Inputs
    counts: Counts
    organizations: int
    explained: Literal["all", "blocking", "none"]


class ResultSet(Protocol):
    """The results of one run. Every method that yields rows reads them from the beginning at each call."""

    @property
    def head(self) -> Head:
        """What is true of the run as a whole."""

    @property
    def table(self) -> RollUpTable:
        """The figures by region, municipality, kind and policy, small numbers of persons kept out."""

    @property
    def policies(self) -> Mapping[str, PolicyEntry]:
        """All policies that judged, by id, in the order of ids."""

    def organizations(self) -> Iterator[OrganizationRow]:
        """The organizations that were evaluated, by INN, then day of the facts, then file."""

    def findings(self) -> Iterator[Result]:
        """The results that are not plainly fine, of all policies: by organization, policy and subject.

        A norm's `violation`, `advice`, `unknown`, `waived`, an `ok` that another reading disputes; every outcome of
        a decision and its `unknown`. A finding without explanation has everything that its policy tells, and empty
        `because`, `missing`, `alternatives` and `criteria`.
        """

    def quarantine(self) -> Iterator[QuarantineRecord]:
        """The documents that were not evaluated, a record per mistake."""

    def warnings(self) -> Iterator[QuarantineRecord]:
        """What else is worth knowing: about documents, policies and waivers."""
