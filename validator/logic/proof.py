"""What `prove` says: the status of each question, findings with their witnesses, and what they are asked about.

Plain data; nothing here knows how a question is decided.
"""

from __future__ import annotations

from enum import Enum
from typing import TypedDict

from validator.logic.report import BothTexts, Location
from validator.logic.text import Text


class Status(Enum):
    """How a question came out.

    Each question asks whether there is a snapshot such that something holds of it. WITNESS: there is one, and the
    reference engine confirmed it. PROVED: there is none, with lists of any length. BOUNDED_OK: there is none with
    lists up to a length. UNDECIDED: the solver gave up in its time. UNREACHABLE: an assumption of the question
    can't be met, so no answer would say anything. NOT_ANALYSED: the question is outside what can be put to the
    solver; `why` says what stands in the way. Which answer is a fault depends on the question: a finding names it.
    """

    PROVED = "proved"
    WITNESS = "witness"
    BOUNDED_OK = "bounded_ok"
    UNDECIDED = "undecided"
    UNREACHABLE = "unreachable"
    NOT_ANALYSED = "not_analysed"


class Weight(Enum):
    """How grave a finding is, gravest first. Only `info` never fails a run."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


ANALYSES: dict[str, Text] = {
    "ANA-A0": Text("допущения непротиворечивы", "the assumptions are consistent"),
    "ANA-A1": Text("мёртвая политика: условия применения невыполнимы", "dead policy: it can never apply"),
    "ANA-A2": Text("норма целиком поглощена исключениями", "a norm swallowed by its exceptions"),
    "ANA-A3": Text("норму невозможно нарушить", "a norm that can't be violated"),
    "ANA-A4": Text("норму невозможно выполнить", "a norm that can't be met"),
    "ANA-A5": Text("нормы противоречат друг другу", "norms contradict one another"),
    "ANA-A6": Text("обе нормы сразу выполнить нельзя", "two norms can't both be met while both apply"),
    "ANA-A7": Text("норма ничего не добавляет к другим", "a norm that adds nothing to the others"),
    "ANA-A8": Text("две нормы равносильны или одна следует из другой", "two norms are equivalent or one follows"),
    "ANA-A9": Text(
        "пробел: нормы темы не покрывают её область", "a gap: the norms of a topic do not cover its domain"
    ),
    "ANA-A10": Text("строки параметра: наложения и пробелы", "rows of a parameter: overlaps and gaps"),
    "ANA-A11": Text(
        "прочтение убирает лишь одно из двух исключений, верных вместе",
        "a reading drops only one of two exceptions that hold together",
    ),
    "ANA-A12": Text(
        "по политике нельзя судить: ни по каким сведениям или по сведениям одного источника",
        "the policy is never decided: by no facts at all, or by none of one source",
    ),
    "ANA-A13": Text("новые сведения могут изменить определённый вердикт", "more facts may turn a definite verdict"),
    "ANA-A14": Text("нарушение само исчезает со временем", "a violation goes away by itself in time"),
    "ANA-A15": Text("что меняет правка политик", "what a change of policies changes"),
    "ANA-A16": Text("проверка отступлений", "audit of waivers"),
    "ANA-A17": Text("проверка примеров и предписанных исправлений", "audit of examples and of remedies"),
    "ANA-A18": Text("ветвь или прочтение недостижимы", "a branch or a reading that is never reached"),
    "ANA-A19": Text("своё свойство", "a property of one's own"),
}


class Involved(TypedDict):
    """A policy, or other thing of the set, that a finding or a question is about."""

    id: str
    location: Location | None


class Days(TypedDict):
    """Days from the first to the last, both included; None where there is no end in the calendar looked at."""

    first: str | None
    last: str | None


class Judgement(TypedDict):
    """What a policy says of an item, as the reference engine found it.

    `verdict_title` names an outcome of the policy's own.
    """

    policy: str
    subject: str
    verdict: str
    verdict_title: BothTexts | None
    reason: str | None


class Shown(TypedDict):
    """A snapshot that shows a finding.

    `document` is the snapshot as data, `snapshot` the same as YAML text; `policy` and `example` are a case to paste
    under the `examples:` of that policy, both None where no single policy is the one to show it. `says` is what the
    policies involved say of it.
    """

    law_date: str
    snapshot: str
    document: object
    policy: str | None
    example: str | None
    says: list[Judgement]


class Acknowledged(TypedDict):
    """Who took a finding upon themselves, why and until when; `by` is `entry` or `reading`."""

    by: str
    owner: str
    reason: BothTexts
    through: str | None


class Finding(TypedDict):
    """Something that does not hold.

    `digest` is the same as long as the analysis, the meaning of the policies involved and the core are; `core`
    names the parts at fault and `because` says them in words, where there is more to say. `days` are those on which
    it holds, where that was worked out. `title` says what kind of fault it is.
    """

    digest: str
    analysis: str
    title: BothTexts
    weight: str
    status: str
    policies: list[Involved]
    message: BothTexts
    because: list[BothTexts]
    core: list[str]
    days: Days | None
    witness: Shown | None
    help: BothTexts
    acknowledged: Acknowledged | None


class Answered(TypedDict):
    """One question that was put: what about, how it came out, and under which bounds."""

    analysis: str
    policies: list[str]
    subject: str
    asks: BothTexts
    status: str
    bounds: dict[str, int]
    why: BothTexts | None
    finding: str | None


class Entry(TypedDict):
    """An entry of the acknowledgement file that needs attention: `expired` or `orphaned`."""

    digest: str
    problem: str
    owner: str
    through: str
    location: Location | None


class ProofCounts(TypedDict):
    """How many questions came out in each way, and how many findings of each weight still stand."""

    proved: int
    witness: int
    bounded_ok: int
    undecided: int
    unreachable: int
    not_analysed: int
    errors: int
    warnings: int
    infos: int
    acknowledged: int
    expired: int
    orphaned: int


class SwitchedOffTold(TypedDict):
    """An analysis that a topic leaves out, and why."""

    topic: str
    analysis: str
    why: BothTexts


class ProofReport(TypedDict):
    """What one run of `prove` says; `schemas/prove.schema.json` describes each key."""

    schema: str
    version: str
    policy_set: dict[str, object]
    scope: dict[str, object]
    findings: list[Finding]
    questions: list[Answered]
    switched_off: list[SwitchedOffTold]
    entries: list[Entry]
    counts: ProofCounts
    statement: list[BothTexts]
