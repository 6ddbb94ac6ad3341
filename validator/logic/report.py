"""The report (`sverka.report/1`): plain data that every renderer reads and that JSON holds as it is.

Nothing of the policy language is in here, so a saved report is rendered without policies and without snapshots.
Keys are never renamed; `schemas/report.schema.json` describes each of them.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from validator.logic.told import SCHEMA as SCHEMA  # noqa: PLC0414 - handed on
from validator.logic.told import both as both  # noqa: PLC0414


class BothTexts(TypedDict):
    """The same sentence in Russian and in English."""

    ru: str
    en: str


class Location(TypedDict):
    """A place in an input file; lines and columns from 1, columns in code points."""

    file: str
    line: int
    column: int


class MissingFact(TypedDict):
    """A fact that is missing, why, and its name in words."""

    path: str
    cause: str
    title: BothTexts


class Evidence(TypedDict):
    """A fact that a verdict rests on: where, what, both also in words, and which condition it decided."""

    path: str
    value: str
    title: BothTexts
    value_title: BothTexts
    statement: BothTexts
    location: Location


class CitedPlace(TypedDict):
    """A place of an act; `checked_on` is `never` until a person has read the official text."""

    act: str
    at: str
    force: str
    checked_on: str
    title: BothTexts


class OtherReading(TypedDict):
    """A recorded reading whose verdict differs from that of the chosen one, with its ground."""

    reading: str
    verdict: str
    verdict_title: BothTexts | None
    message: BothTexts | None
    why: BothTexts


class CriterionResult(TypedDict):
    """The truth of one criterion or exclusion of a decision."""

    id: str
    truth: Literal["true", "false", "unknown"]
    missing: list[MissingFact]
    exclusion: bool
    title: BothTexts


class AdviceText(TypedDict):
    """What to do about one criterion that was not met."""

    criterion: str
    ru: str
    en: str


class SanctionText(TypedDict):
    """The penalty the act names; `applies` is `disputed` where it is unsure that it reaches the norm."""

    act: str
    at: str
    title: BothTexts
    applies: str
    official_rub: list[int] | None
    entity_rub: list[int] | None


class Approval(TypedDict):
    """Who approved: the post, never the name of a person, and the document."""

    post: str
    document: str


AppliedWaiver = TypedDict(
    "AppliedWaiver",
    {
        "id": str,
        "ground": BothTexts,
        "from": str,
        "through": str,
        "days_left": int,
        "approved_by": Approval,
        "location": Location,
    },
)
AppliedWaiver.__doc__ = """The waiver that holds on the law date. `through` counts; `days_left` is 0 on that day."""


class Result(TypedDict):
    """One judgement: one policy on one subject of one organization. `baseline` True: it is a known finding."""

    organization: str
    organization_name: str | None
    as_of: str
    law_date: str
    policy: str
    kind: Literal["norm", "decision"]
    topic: str
    title: BothTexts
    modality: str | None
    severity: str | None
    force: str
    subject: str
    ref: str | None
    verdict: str
    verdict_title: BothTexts | None
    reason: str | None
    disputed: list[OtherReading] | None
    missing: list[MissingFact]
    alternatives: list[list[MissingFact]]
    because: list[Evidence]
    citations: list[CitedPlace]
    message: BothTexts | None
    remedy: BothTexts | None
    sanction: SanctionText | None
    waiver: AppliedWaiver | None
    location: Location
    criteria: NotRequired[list[CriterionResult]]
    advice: NotRequired[list[AdviceText]]
    baseline: NotRequired[bool]


class QuarantineRecord(TypedDict):
    """A document that was not evaluated, one record per mistake."""

    code: str
    file: str
    digest: str | None
    size: int | None
    line: int | None
    column: int | None
    path: str
    message: BothTexts
    help: BothTexts


class OrganizationRow(TypedDict):
    """An organization that was evaluated, for roll-ups.

    `fine` is there when `results` leave out what is plainly fine: by policy and reason, how many results `ok` and
    undisputed this organization had.
    """

    organization: str
    name: str | None
    region: str
    municipality: str | None
    kind: str
    as_of: str
    file: str
    digest: str
    fine: NotRequired[dict[str, dict[str, int]]]


class Tool(TypedDict):
    """Which program made the report."""

    name: str
    version: str
    language_version: int


class WholePolicySet(TypedDict):
    """A policy set: its digest, and how many norms and decisions it has."""

    digest: str
    norms: int
    decisions: int


class PolicySelection(TypedDict):
    """Which part of a policy set judged: the words that chose it, its policies, and the set it was taken from."""

    only: list[str]
    exclude: list[str]
    policies: list[str]
    whole: WholePolicySet


def words_of(selection: PolicySelection) -> str:
    """The words of a selection as the command line has them."""
    chosen = (("--only", selection["only"]), ("--exclude", selection["exclude"]))
    return " ".join(f"{flag} {word}" for flag, words in chosen for word in words)


class PolicySetIdentity(WholePolicySet):
    """Which policies were applied; `selection` is there when they are not the whole policy set."""

    selection: NotRequired[PolicySelection]


class Inputs(TypedDict):
    """How many documents; `documents = evaluated + quarantined + not_reached`."""

    documents: int
    evaluated: int
    quarantined: int
    not_reached: int


class OkCounts(TypedDict):
    """Verdicts `ok` of norms by reason."""

    met: int
    exempt: int
    not_applicable: int
    not_in_force: int
    open: int


class Counts(TypedDict):
    """How many results; `disputed` counts results of every verdict that depend on the reading."""

    violation: int
    advice: int
    waived: int
    unknown: int
    disputed: int
    ok: OkCounts
    decisions: dict[str, int]


class BaselineEntry(TypedDict):
    """An entry of a baseline that is not as the facts are: `found` of the `number` that it knows are there."""

    organization: str
    policy: str
    item: str
    verdict: Literal["violation", "unknown"]
    number: int
    found: int
    location: Location


class BaselineUse(TypedDict):
    """What came of a baseline: how many `entries` it has and how many results they made known.

    `fixed` has fewer findings than it knows, or none; `outgrown` more, so that none of them is known; `not_judged`
    counts entries of organizations that were not there and of policies that did not judge.
    """

    file: str
    entries: int
    known: int
    fixed: list[BaselineEntry]
    outgrown: list[BaselineEntry]
    not_judged: int


class NamedText(TypedDict):
    """An outcome of a decision, in words."""

    id: str
    title: BothTexts


class ReadingText(TypedDict):
    """A recorded reading of a policy: its ground as `title`, and whether verdicts are by it."""

    id: str
    title: BothTexts
    chosen: bool


class PolicyEntry(TypedDict):
    """A policy as reports list it, also when it judged nothing.

    `about_persons`: it judges items of a list that the snapshot schema marks as personal. Only the page of an
    organization lists such findings; everything else tells the numbers of the roll-up. `verdicts` are those that it
    can have where it applies, in the words of the roll-up: `violation`, `ok.met`, `decisions.moved`, …
    `in_force_from` and `in_force_through` (it counts) are the first and the last day on which it can judge anybody,
    None where there is no bound, or where it lies in the snapshot itself. `in_force_varies`: these days are not the
    same for every organization, so none of them may be told to one.
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
    in_force_varies: bool
    citations: list[CitedPlace]
    sanction: SanctionText | None
    about_persons: bool
    verdicts: list[str]
    outcomes: list[NamedText]
    readings: list[ReadingText]


class Names(TypedDict):
    """Codes of organizations in words: kinds (`school`) and regions (`78`)."""

    kinds: dict[str, BothTexts]
    regions: dict[str, BothTexts]


class Report(TypedDict):
    """Everything one run found; `baseline` is there when there was one.

    `policies`, by id, and `names` are there where somebody may render the report later: in JSON.
    """

    schema: str
    tool: Tool
    policy_set: PolicySetIdentity
    law_date: str | None
    inputs: Inputs
    organizations: list[OrganizationRow]
    results: list[Result]
    quarantine: list[QuarantineRecord]
    warnings: list[QuarantineRecord]
    counts: Counts
    baseline: NotRequired[BaselineUse]
    policies: NotRequired[list[PolicyEntry]]
    names: NotRequired[Names]
