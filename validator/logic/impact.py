"""The impact report (`sverka.impact/1`): whose verdicts differ between two policy sets, which way, and why.

Plain data like the report of a check, so it is rendered without policies and without snapshots. Keys are never
renamed; `schemas/impact.schema.json` describes each of them.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from validator.logic.report import BothTexts, Location, MissingFact, PolicySelection, Tool

SCHEMA = "sverka.impact/1"

Direction = Literal["worse", "better", "other", "added", "removed"]
ChangeKind = Literal["norm", "decision", "draft", "definition", "values", "parameter", "register", "act", "topic"]
ChangeWord = Literal["added", "removed", "changed", "renamed"]
SideName = Literal["old", "new", "both"]
LeftOutCause = Literal["only_old", "only_new", "repeated"]

# States that are no verdicts. A saved report without its ok results leaves open which of the two it was.
NOT_JUDGED = "not_judged"
NOT_LISTED = "not_listed"


class Side(TypedDict):
    """One of the two things compared: policies, or saved results. `law_date` None: the day of each snapshot.

    `selection` is there when the saved results are of a part of the policies.
    """

    kind: Literal["policies", "saved"]
    names: list[str]
    revision: str | None
    commit: str | None
    digest: str
    norms: int
    decisions: int
    law_date: str | None
    selection: NotRequired[PolicySelection]


class Cause(TypedDict):
    """Something in the policies that differs; `file` is its place in the policy folder."""

    kind: ChangeKind
    name: str
    change: ChangeWord
    file: str | None


class Change(TypedDict):
    """A difference between the policy sets, which of its parts differ, and which policies judge by it."""

    kind: ChangeKind
    name: str
    change: ChangeWord
    file: str | None
    was: str | None
    parts: list[str]
    verdicts: bool
    policies: list[str]


class Directions(TypedDict):
    """How many verdicts flip in each direction."""

    worse: int
    better: int
    other: int
    added: int
    removed: int


class Transition(TypedDict):
    """How many judgements had one verdict before and another, or the same, after."""

    before: str
    after: str
    count: int


class PolicyImpact(TypedDict):
    """What happens under one policy; before the day `not_before` (None: no such day) nothing can."""

    policy: str
    kind: Literal["norm", "decision"]
    title: BothTexts
    severity: str | None
    causes: list[Cause]
    not_before: str | None
    organizations: int
    counts: Directions
    reasons: int
    matrix: list[Transition]


class DecidingFact(TypedDict):
    """A fact that a verdict rests on, in words too, and the condition it decided."""

    path: str
    value: str
    title: BothTexts
    value_title: BothTexts
    statement: BothTexts


class Disputed(TypedDict):
    """A reading whose verdict differs from that of the chosen one."""

    reading: str
    verdict: str


class Judged(TypedDict):
    """What one side says of a subject; `verdict` may also be `not_judged` or `not_listed`."""

    verdict: str
    verdict_title: BothTexts | None
    reason: str | None
    severity: str | None
    message: BothTexts | None
    disputed: list[Disputed]
    missing: list[MissingFact]
    because: list[DecidingFact]


class Flip(TypedDict):
    """A verdict that differs; `direction` None where only the reason or the disputing readings do."""

    organization: str
    organization_name: str | None
    region: str
    municipality: str | None
    as_of: str
    law_date: str
    policy: str
    kind: Literal["norm", "decision"]
    subject: str
    ref: str | None
    direction: Direction | None
    before: Judged
    after: Judged
    location: Location


class PlaceTotal(TypedDict):
    """Flips by municipality, or by region (`municipality` None there and where it is not known)."""

    region: str
    municipality: str | None
    organizations: int
    touched: int
    counts: Directions


class ImpactInputs(TypedDict):
    """How many documents; `documents = compared + quarantined + left_out + not_read`."""

    documents: int
    compared: int
    quarantined: int
    left_out: int
    not_read: int


class LeftOut(TypedDict):
    """A judged document that has no single counterpart on the other side."""

    organization: str
    as_of: str
    file: str
    cause: LeftOutCause


class Unread(TypedDict):
    """A mistake for which a document was not compared, and under which side's policies it is one."""

    side: SideName
    code: str
    file: str
    line: int | None
    column: int | None
    path: str
    message: BothTexts
    help: BothTexts


class Note(TypedDict):
    """Something a reader must know about the comparison as a whole."""

    code: str
    message: BothTexts
    help: BothTexts


class OrganizationCount(TypedDict):
    """How many organizations there are, and how many have a flip."""

    total: int
    touched: int


class ImpactCounts(TypedDict):
    """All flips by direction, and verdicts that stay for another reason."""

    flips: Directions
    reasons: int


class ImpactReport(TypedDict):
    """Everything one comparison found. `equal`: nothing that the policies say differs."""

    schema: str
    tool: Tool
    old: Side
    new: Side
    equal: bool
    changes: list[Change]
    notes: list[Note]
    inputs: ImpactInputs
    organizations: OrganizationCount
    counts: ImpactCounts
    matrix: list[Transition]
    policies: list[PolicyImpact]
    municipalities: list[PlaceTotal]
    regions: list[PlaceTotal]
    flips: list[Flip]
    reason_changes: list[Flip]
    left_out: list[LeftOut]
    quarantine: list[Unread]
