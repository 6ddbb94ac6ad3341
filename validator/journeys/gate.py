"""The gate: which findings block, and with which exit code. Nothing else: under every gate a report is the same.

Whoever sets a gate writes words. A word of `--fail-on` is a severity (violations so grave and graver), a modality
(all violations of norms of that modality), or `modality=severity`; `never` stands alone. Advice comes of
recommendations only, so it blocks when `recommendation` is asked for and never by a severity alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import Enum
from typing import TYPE_CHECKING, TypedDict, assert_never

from validator.logic.frozen import Frozen
from validator.logic.named_tuple import NamedTuple
from validator.logic.policy import Modality, Severity

if TYPE_CHECKING:
    from validator.logic.report import Result

VIOLATIONS, UNKNOWNS = 1, 3
NEVER = "never"
SEVERITIES = tuple(severity.value for severity in Severity)
MODALITIES = tuple(modality.value for modality in Modality)
ON_UNKNOWN = (NEVER, *SEVERITIES)


class OnDisputed(Enum):
    """What a result counts as whose verdict depends on the reading."""

    IGNORE = "ignore"  # it never blocks
    CHOSEN = "chosen"  # the verdict of the chosen reading, as if nobody disputed it
    UNKNOWN = "unknown"  # an unknown of its severity, whatever the readings say
    STRICTEST = "strictest"  # the gravest verdict among the readings


class GateWordError(ValueError):
    """A word that no gate knows: `token` is the wrong part of it, `known` are the words that could stand there."""

    def __init__(self, token: str, known: Collection[str]) -> None:
        super().__init__(token)
        self.token = token
        self.known = known


class GateWords(TypedDict):
    """A gate as `run.json` holds it."""

    fail_on: list[str]
    on_unknown: str
    on_disputed: str


class Bar(NamedTuple):
    """Violations of norms of a modality, so grave or graver; `modality` None stands for every binding norm."""

    modality: Modality | None
    severity: Severity

    @property
    def word(self) -> str:
        """As it is written."""
        if self.modality is None:
            return self.severity.value
        return self.modality.value + ("" if self.severity is Severity.INFO else f"={self.severity.value}")


def bar_of(word: str) -> Bar | None:
    """The bar that a word sets, None for `never`. Raises `GateWordError`."""
    if word == NEVER:
        return None
    if word in SEVERITIES:
        return Bar(None, Severity(word))
    name, equals, severity = word.partition("=")
    if name not in MODALITIES:
        raise GateWordError(name, (*MODALITIES, *(() if equals else ON_UNKNOWN)))
    if equals and severity not in SEVERITIES:
        raise GateWordError(severity, SEVERITIES)
    return Bar(Modality(name), Severity(severity) if equals else Severity.INFO)


class Gate(Frozen, frozen=True):
    """What blocks: violations at or above any of the bars, unknowns of a severity and above (None: no unknowns)."""

    fail_on: tuple[Bar, ...] = (Bar(None, Severity.MEDIUM),)
    on_unknown: Severity | None = Severity.HIGH
    on_disputed: OnDisputed = OnDisputed.IGNORE

    def blocks(self, result: Result) -> int:
        """1 for a violation that blocks, 3 for an unknown that does, else 0. Known findings do not block."""
        if result.get("baseline"):
            return 0
        return self.of(
            result["kind"],
            result["verdict"],
            result["modality"],
            result["severity"],
            [other["verdict"] for other in result["disputed"] or ()],
        )

    def of(
        self, kind: str, verdict: str, modality: str | None, severity: str | None, disputes: Collection[str]
    ) -> int:
        """What `blocks` says of a result, from the parts that count; `disputes` are verdicts of other readings."""
        if kind == "decision" or modality is None or severity is None or verdict == "waived":
            return 0
        whose = Modality(modality), Severity(severity)
        found = {self._code(one, *whose) for one in self._counted(verdict, disputes)}
        return next((code for code in (VIOLATIONS, UNKNOWNS) if code in found), 0)

    def _counted(self, verdict: str, disputes: Collection[str]) -> tuple[str, ...]:
        """The verdicts that a result counts as."""
        if not disputes:
            return (verdict,)
        match self.on_disputed:
            case OnDisputed.IGNORE:
                return ()
            case OnDisputed.CHOSEN:
                return (verdict,)
            case OnDisputed.UNKNOWN:
                return ("unknown",)
            case OnDisputed.STRICTEST:
                return (verdict, *disputes)
            case _:
                assert_never(self.on_disputed)

    def _code(self, verdict: str, modality: Modality, severity: Severity) -> int:
        if verdict == "unknown":
            return UNKNOWNS if self.on_unknown is not None and severity.rank <= self.on_unknown.rank else 0
        if verdict not in ("violation", "advice"):
            return 0
        named = (modality,) if verdict == "advice" else (None, modality)
        fails = any(bar.modality in named and severity.rank <= bar.severity.rank for bar in self.fail_on)
        return VIOLATIONS if fails else 0

    @property
    def fail_words(self) -> tuple[str, ...]:
        """The words of `--fail-on`."""
        return tuple(bar.word for bar in self.fail_on) or (NEVER,)

    @property
    def unknown_word(self) -> str:
        """The word of `--on-unknown`."""
        return NEVER if self.on_unknown is None else self.on_unknown.value

    def words(self) -> GateWords:
        """The gate as the words that set it."""
        return {
            "fail_on": list(self.fail_words),
            "on_unknown": self.unknown_word,
            "on_disputed": self.on_disputed.value,
        }


DEFAULT_GATE = Gate()


def gate_of(fail_on: Sequence[str], on_unknown: str, on_disputed: str) -> Gate:
    """The gate that words set; the order and repetition of bars mean nothing. Raises `GateWordError`."""
    if on_unknown not in ON_UNKNOWN:
        raise GateWordError(on_unknown, ON_UNKNOWN)
    if on_disputed not in (known := [one.value for one in OnDisputed]):
        raise GateWordError(on_disputed, known)
    bars = {bar_of(word) for word in fail_on} - {None}
    ordered = sorted((bar for bar in bars if bar is not None), key=_order)
    unknown = None if on_unknown == NEVER else Severity(on_unknown)
    return Gate(tuple(ordered), unknown, OnDisputed(on_disputed))


def _order(bar: Bar) -> tuple[str, int]:
    return "" if bar.modality is None else bar.modality.value, bar.severity.rank
