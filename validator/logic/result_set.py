"""What a run found, as reports for people read it: the same from one check in memory, a saved report or a batch.

Nothing of the policy language and nothing of the snapshots is in here: whoever renders it needs neither. The rows
are read anew at each call, because the results of a region do not fit into memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, Protocol, TypedDict

from validator.logic.batch import RollUpTable
from validator.logic.report import (
    Counts,
    Inputs,
    Names,
    OrganizationRow,
    PolicySetIdentity,
    QuarantineRecord,
    Result,
    Tool,
)
from validator.logic.report import NamedText as NamedText  # noqa: PLC0414 - handed on
from validator.logic.report import PolicyEntry as PolicyEntry  # noqa: PLC0414


class PoliciesDocument(TypedDict):
    """The policies of a batch as its folder keeps them (`sverka.policies/1`), by id."""

    schema: str
    policies: list[PolicyEntry]
    names: Names


# Which findings carry facts, missing facts and advice; `summary`: all but those of policies about persons.
Explained = Literal["all", "summary", "blocking", "none"]


class Head(TypedDict):
    """What is true of a run as a whole.

    `law_date`: the day asked for, None when each document was judged on the day of its facts. `law_dates` and
    `fact_dates` are the first and the last day that occur, None when nothing was evaluated. `organizations` counts
    organizations, each once. `names` tells kinds and regions in words; a code that it has not stands for itself.
    """

    tool: Tool
    policy_set: PolicySetIdentity
    law_date: str | None
    law_dates: tuple[str, str] | None
    fact_dates: tuple[str, str] | None
    inputs: Inputs
    counts: Counts
    organizations: int
    explained: Explained
    names: Names


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
