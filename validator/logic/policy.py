"""What a policy set consists of, after reading: norms, decisions, definitions, registers, parameters, acts.

Everything here is well-typed and cross-checked by `language/library.py`; nothing here reads a file.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import field

from validator.logic.frozen import Frozen, Placed
from validator.logic.problem import Span
from validator.logic.shape import Kind, RecordShape
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.logic.expr import Condition, Field, Literal, Term
    from validator.logic.values import Value


class Force(Enum):
    """The legal weight of an act, strongest first."""

    FEDERAL_LAW = "federal_law"
    GOVERNMENT_ACT = "government_act"
    MINISTRY_ORDER = "ministry_order"
    MINISTRY_LETTER = "ministry_letter"
    REGIONAL_ACT = "regional_act"
    LOCAL_ACT = "local_act"
    GUIDANCE = "guidance"
    PRESS = "press"

    @property
    def rank(self) -> int:
        """0 for the strongest."""
        return list(Force).index(self)


class Modality(Enum):
    """What a norm says."""

    PROHIBITION = "prohibition"
    OBLIGATION = "obligation"
    PERMISSION = "permission"
    RECOMMENDATION = "recommendation"


class Severity(Enum):
    """How much a violation matters, most first."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


class Clause(Frozen, frozen=True):
    """A place of an act, and how the policy set covers it."""

    at: str
    title: Text
    coverage: str
    policies: tuple[str, ...]
    why: Text | None
    span: Span


class Act(Frozen, frozen=True):
    """An act or document. `checked_on` None means that nobody has read the official text yet."""

    id: str
    title: Text
    short: Text
    number: str
    date: datetime.date | None
    force: Force
    checked_on: datetime.date | None
    clauses: Mapping[str, Clause]
    span: Span
    quality: str = ""
    note: Text | None = None


class Citation(Placed, frozen=True):
    """A place of an act that a policy or a row rests on."""

    act: str
    at: str
    span: Span


class Period(Frozen, frozen=True):
    """Days from the first to the last, both included; None on either side means without end."""

    first: datetime.date | None = None
    last: datetime.date | None = None

    def covers(self, day: datetime.date) -> bool:
        """Whether the day lies in the period."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def overlaps(self, other: Period) -> bool:
        """Whether the two have a day in common."""
        starts_in_time = self.first is None or other.last is None or self.first <= other.last
        ends_in_time = other.first is None or self.last is None or other.first <= self.last
        return starts_in_time and ends_in_time


ALWAYS = Period()


class RegisterRow(Frozen, frozen=True):
    """One entry of a register; from `announced_on` until its period begins, membership is unknown."""

    id: str
    title: Text
    aliases: tuple[str, ...]
    period: Period
    announced_on: datetime.date | None
    cites: tuple[Citation, ...]
    span: Span
    facts: Mapping[str, str] = field(default_factory=dict)
    note: Text | None = None


class Register(Frozen, frozen=True):
    """A dated reference list. Registers of one `family` share their ids; a `closed` one lists all there is."""

    name: str
    title: Text
    family: str
    closed: bool
    rows: tuple[RegisterRow, ...]
    span: Span


class ParameterRow(Frozen, frozen=True):
    """A value for a region and a kind of organization (None: for all) in a period; `value` None is unknown."""

    region: str | None
    kind: str | None
    period: Period
    value: Value | None
    press: bool
    cites: tuple[Citation, ...]
    span: Span
    why: Text | None = None

    @property
    def specificity(self) -> int:
        """The most specific row wins: region and kind, then region, then kind, then neither."""
        return (2 if self.region is not None else 0) + (1 if self.kind is not None else 0)


class Parameter(Frozen, frozen=True):
    """A dated value that may vary by region and kind of organization.

    `gaps_intended` says that days without a row are meant to have no value.
    """

    name: str
    title: Text
    kind: Kind
    rows: tuple[ParameterRow, ...]
    span: Span
    unit: Text | None = None
    gaps_intended: bool = False


def _innermost(scopes: tuple[str, ...]) -> str:
    return scopes[-1] if scopes else "organization"


class Definition(Frozen, frozen=True):
    """A named condition on an item of the list `about` (or on the organization).

    `scopes` are the names bound for the item, outermost first; empty for the organization.
    """

    name: str
    title: Text
    about: str
    scopes: tuple[str, ...]
    when: Condition
    cites: tuple[Citation, ...]
    span: Span
    topic: str = ""

    @property
    def scope(self) -> str:
        """The scope name whose fields need no prefix: that of the item, or `organization`."""
        return _innermost(self.scopes)


class Window(Frozen, frozen=True):
    """The days on which a policy is in force, and the day or period of the item that must lie in them."""

    first: Term | None = None
    last: Term | None = None
    judged_from: Field | None = None
    judged_through: Field | None = None


class Reading(Frozen, frozen=True):
    """One recorded understanding of a policy: what it changes against the policy as written.

    Exactly one is `chosen`; each other one is applied on top of the chosen one.
    """

    id: str
    chosen: bool
    why: Text | None
    span: Span
    cites: tuple[Citation, ...] = ()
    parameters: Mapping[str, Literal | Field] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)
    registers: Mapping[str, str] = field(default_factory=dict)
    severity: Severity | None = None
    without_exceptions: tuple[str, ...] = ()
    admit_press: tuple[str, ...] = ()


class Subject(Placed, frozen=True):
    """What is judged: the organization (`path` "organization"), or each item of a list.

    `scopes` are the names bound for an item, outermost first: `("chat", "invitation")`. `renamed` maps names that
    the policy uses to the fields that play their part in this list.
    """

    path: str
    scopes: tuple[str, ...]
    shape: RecordShape
    renamed: Mapping[str, str] = field(default_factory=dict)

    @property
    def scope(self) -> str:
        """The scope name whose fields need no prefix: that of the item, or `organization`."""
        return _innermost(self.scopes)


class Clauses(Frozen, frozen=True):
    """The conditions of a norm, read for one of the lists it is about."""

    subject: Subject
    window: Window
    applies_when: Condition
    requirement: Condition
    exceptions: tuple[tuple[str, Condition], ...]


class ExceptionClause(Frozen, frozen=True):
    """The name and grounds of an exception; its condition stands in `Clauses`."""

    id: str
    cites: tuple[Citation, ...]
    title: Text | None
    span: Span


class Sanction(Frozen, frozen=True):
    """The penalty an act names, in roubles from–to; `applies` says whether it surely reaches the norm."""

    cites: Citation
    applies: str
    official_rub: tuple[int, int] | None
    entity_rub: tuple[int, int] | None


class Norm(Frozen, frozen=True):
    """Who must, must not, may or should do what; judged on the items of one or several lists.

    The requirement of each `Clauses` is what must hold: what was written under `forbidden` stands negated.
    """

    id: str
    topic: str
    title: Text
    modality: Modality
    severity: Severity
    cites: tuple[Citation, ...]
    force: Force
    clauses: tuple[Clauses, ...]
    exceptions: tuple[ExceptionClause, ...]
    readings: tuple[Reading, ...]
    message: Text
    remedy: Text | None
    remark: Text | None
    remedy_sets: Mapping[str, Value]
    sanction: Sanction | None
    waivable: bool | Condition
    span: Span


class Criterion(Frozen, frozen=True):
    """One named, cited test of a decision."""

    id: str
    title: Text
    cites: tuple[Citation, ...]
    when: Condition
    span: Span


class Decision(Frozen, frozen=True):
    """A classification: all criteria and no exclusion give `positive`, anything else `otherwise`."""

    id: str
    topic: str
    title: Text
    cites: tuple[Citation, ...]
    force: Force
    subject: Subject
    window: Window
    applies_when: Condition
    outcomes: Mapping[str, Text]
    criteria: tuple[Criterion, ...]
    exclusions: tuple[Criterion, ...]
    positive: str
    otherwise: str
    readings: tuple[Reading, ...]
    advice: Mapping[str, Text]
    span: Span


Policy = Norm | Decision


class Cover(Frozen, frozen=True):
    """A domain that some norm of a topic should apply to: the items of a list where `when` holds, in a period.

    With `exhaustive` a part of it that no norm applies to is a fault, else worth knowing.
    """

    id: str
    title: Text
    about: str
    scopes: tuple[str, ...]
    when: Condition
    period: Period
    exhaustive: bool
    span: Span

    @property
    def scope(self) -> str:
        """The scope name whose fields need no prefix: that of the item, or `organization`."""
        return _innermost(self.scopes)


class SwitchedOff(Frozen, frozen=True):
    """An analysis that is not made of the policies of a topic, and why not."""

    analysis: str
    why: Text
    span: Span


class Topic(Frozen, frozen=True):
    """What the policies of a folder are about: domains they should cover, analyses that make no sense there."""

    name: str
    title: Text
    covers: tuple[Cover, ...]
    switched_off: tuple[SwitchedOff, ...]
    span: Span


class PolicySet(Frozen, frozen=True):
    """All policies, checked against one another. `digest` identifies the texts they were read from.

    `drafts` are kept and type-checked but never judged.
    """

    digest: str
    norms: Mapping[str, Norm]
    decisions: Mapping[str, Decision]
    drafts: Mapping[str, Policy]
    definitions: Mapping[str, Definition]
    registers: Mapping[str, Register]
    parameters: Mapping[str, Parameter]
    acts: Mapping[str, Act]
    topics: Mapping[str, Topic] = field(default_factory=dict)

    def policies(self) -> tuple[Policy, ...]:
        """Norms and decisions, by id."""
        found: list[Policy] = [*self.norms.values(), *self.decisions.values()]
        return tuple(sorted(found, key=lambda policy: policy.id))
