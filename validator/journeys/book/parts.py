"""What the book of the policy set says, as plain data: texts, dates, names and links, no condition and no layout.

Every text is in both languages except what people wrote in one only: names of examples, places of acts, aliases.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from validator.journeys.catalogue import Conflict, Place
from validator.logic.policy import Act
from validator.logic.text import Text

RefKind = Literal["policy", "definition", "parameter", "register", "act", "conflict"]


class Ref(NamedTuple):
    """A link to something that has its own section in the book."""

    kind: RefKind
    name: str


class Told(NamedTuple):
    """A line of prose: how deep it is indented, and the sections that it names."""

    depth: int
    text: Text
    refs: tuple[Ref, ...] = ()


class Ground(NamedTuple):
    """A place of an act. `checked_on` None: nobody has compared it with the official text."""

    act: str
    at: str
    short: Text
    about: Text
    force: str
    checked_on: date | None


class Term(NamedTuple):
    """When a policy is in force: both days count; None means without beginning or without end.

    `judged` are the names of the days of the item that are judged; none: the day of the check itself.
    """

    first: Told | None
    last: Told | None
    judged: tuple[Text, ...]


class Exempt(NamedTuple):
    """An exception of a norm: what it is called, its grounds, when it holds."""

    id: str
    title: Text | None
    grounds: tuple[Ground, ...]
    when: tuple[Told, ...]


class Demand(NamedTuple):
    """What a norm says of one list: `path` and `items` name what is judged, `verb` goes with `requirement`."""

    path: str
    items: Text
    term: Term
    applies: tuple[Told, ...]
    verb: Literal["forbidden", "required", "allowed"]
    requirement: tuple[Told, ...]
    exceptions: tuple[Exempt, ...]


class Penalty(NamedTuple):
    """The sanction an act names, in roubles from–to; `applies` is `yes` or `disputed`."""

    ground: Ground
    applies: str
    official_rub: tuple[int, int] | None
    entity_rub: tuple[int, int] | None


class NormPart(NamedTuple):
    """What only norms have. `waivable` is yes, no, or the condition under which a waiver is possible."""

    modality: str
    severity: str
    demands: tuple[Demand, ...]
    message: Text
    remedy: Text | None
    remark: Text | None
    remedy_sets: tuple[Fact, ...]
    penalty: Penalty | None
    waivable: bool | tuple[Told, ...]


class Test(NamedTuple):
    """A criterion or an exclusion of a decision, with what to do about it."""

    id: str
    title: Text
    grounds: tuple[Ground, ...]
    when: tuple[Told, ...]
    advice: Text | None


class DecisionPart(NamedTuple):
    """What only decisions have."""

    path: str
    items: Text
    term: Term
    applies: tuple[Told, ...]
    positive: Text
    otherwise: Text
    outcomes: tuple[tuple[str, Text], ...]
    criteria: tuple[Test, ...]
    exclusions: tuple[Test, ...]


ChangeKind = Literal["parameter", "definition", "register", "severity", "exception", "press"]


class Change(NamedTuple):
    """One thing that a reading changes: of `what` (a section, or the name of an exception) to `to`."""

    kind: ChangeKind
    what: Ref | None
    name: str
    to: Text | None = None
    to_ref: Ref | None = None


class ReadingPart(NamedTuple):
    """A recorded reading, its ground, and what it changes against the policy as written."""

    id: str
    chosen: bool
    why: Text | None
    grounds: tuple[Ground, ...]
    changes: tuple[Change, ...]


class Fact(NamedTuple):
    """A fact of an example in words: what, and its value."""

    title: Text
    value: Text


class ExampleCase(NamedTuple):
    """A case: how it differs from the starting facts, the verdict expected, and the facts that are missing.

    `expect` is a verdict, a reason of `ok`, or an outcome; `outcome` is its title when it is one. `disputed`
    gives the verdicts of other readings with the title of an outcome.
    """

    name: str
    as_of: str
    facts: tuple[Fact, ...]
    expect: str
    outcome: Text | None
    missing: tuple[Text, ...]
    disputed: tuple[tuple[str, str, Text | None], ...]


class ExamplesPart(NamedTuple):
    """The embedded examples: the day and the facts that all cases start from, and the cases."""

    as_of: str
    base: tuple[Fact, ...]
    cases: tuple[ExampleCase, ...]


class Addressee(NamedTuple):
    """Whom a policy may concern: the kinds of organization it does not certainly leave out, and conditions.

    `excluded` are the other kinds.
    """

    kinds: tuple[str, ...]
    excluded: tuple[str, ...]
    conditions: tuple[Told, ...]


class PolicyPart(NamedTuple):
    """A norm or a decision; exactly one of `norm` and `decision` is there."""

    id: str
    topic: str
    title: Text
    force: str
    grounds: tuple[Ground, ...]
    addressee: Addressee
    readings: tuple[ReadingPart, ...]
    examples: ExamplesPart | None
    rests_on: tuple[Ref, ...]
    conflicts: tuple[str, ...]
    conflicts_below: tuple[tuple[str, Ref], ...]
    norm: NormPart | None
    decision: DecisionPart | None
    draft: bool


class DefinitionPart(NamedTuple):
    """A definition with what it says, what it rests on and what uses it."""

    name: str
    title: Text
    path: str
    items: Text
    when: tuple[Told, ...]
    grounds: tuple[Ground, ...]
    rests_on: tuple[Ref, ...]
    used_by: tuple[Ref, ...]


class DataRow(NamedTuple):
    """A row of a parameter: for whom, from when to when, the value (None is unknown), and its grounds."""

    region: Text | None
    kind: Text | None
    first: date | None
    last: date | None
    value: Text | None
    press: bool
    grounds: tuple[Ground, ...]
    why: Text | None


class ParameterPart(NamedTuple):
    """A dated value with all its rows."""

    name: str
    title: Text
    unit: Text | None
    rows: tuple[DataRow, ...]
    used_by: tuple[Ref, ...]


class RegisterLine(NamedTuple):
    """An entry of a register; from `announced_on` until `first` membership is unknown."""

    id: str
    title: Text
    aliases: tuple[str, ...]
    first: date | None
    last: date | None
    announced_on: date | None
    facts: tuple[tuple[str, str], ...]
    grounds: tuple[Ground, ...]
    note: Text | None


class RegisterPart(NamedTuple):
    """A reference list; a `closed` one lists all there is. `family`: the other registers that share its ids."""

    name: str
    title: Text
    closed: bool
    family: tuple[Ref, ...]
    rows: tuple[RegisterLine, ...]
    used_by: tuple[Ref, ...]


class ActPart(NamedTuple):
    """An act with its places; of each place the sections that rest on it or that it names."""

    act: Act
    places: tuple[tuple[Place, tuple[Ref, ...]], ...]


class ConflictPart(NamedTuple):
    """A conflict of law with its records; each record with the section it stands in."""

    conflict: Conflict
    refs: tuple[Ref | None, ...]


class DayPart(NamedTuple):
    """A day on which policies start, or which is their last."""

    day: date
    starts: tuple[str, ...]
    ends: tuple[str, ...]


class OpenDay(NamedTuple):
    """A beginning or an end that no calendar holds: it depends on the region, the kind or the organization."""

    text: Told
    starts: tuple[str, ...]
    ends: tuple[str, ...]


class KindPart(NamedTuple):
    """A kind of organization and the policies that may concern it but not every kind."""

    id: str
    title: Text
    policies: tuple[str, ...]


class TopicPart(NamedTuple):
    """A topic and its policies by id."""

    name: str
    policies: tuple[PolicyPart, ...]


class Book(NamedTuple):
    """Everything. `for_all` are the policies that no kind of organization is certainly outside of."""

    topics: tuple[TopicPart, ...]
    drafts: tuple[PolicyPart, ...]
    definitions: tuple[DefinitionPart, ...]
    parameters: tuple[ParameterPart, ...]
    registers: tuple[RegisterPart, ...]
    acts: tuple[ActPart, ...]
    conflicts: tuple[ConflictPart, ...]
    for_all: tuple[str, ...]
    kinds: tuple[KindPart, ...]
    days: tuple[DayPart, ...]
    open_days: tuple[OpenDay, ...]
    names: Mapping[Ref, Text]
