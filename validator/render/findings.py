"""What machines that review a change show of a report: which results, how grave, under which lasting name.

Shared by the formats for CI systems, so that SARIF, GitLab, GitHub and Markdown agree on what is grave.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from validator.logic.digest import sha256
from validator.logic.report import QuarantineRecord, Result
from validator.render.words import SEVERITIES

Level = Literal["error", "warning", "note"]
LEVELS: tuple[Level, ...] = ("error", "warning", "note")
_SET_ASIDE = "set aside"  # no verdict: nobody knows what a document that was put aside would violate
_VERDICTS = ("violation", _SET_ASIDE, "unknown", "advice", "waived", "ok")
_BLOCKING = {"violation": ("critical", "high", "medium"), "unknown": ("critical", "high")}
_SEVERITIES = tuple(SEVERITIES)


def is_fine(result: Result) -> bool:
    """Whether there is nothing to tell: `ok`, whatever the reading."""
    return result["verdict"] == "ok" and not result["disputed"]


def is_known(result: Result) -> bool:
    """Whether the baseline of the run has it."""
    return bool(result.get("baseline"))


def is_told_on_changes(result: Result) -> bool:
    """Whether a review of a change shows it: a norm that is violated, unknown or not followed as advised.

    Not what is fine by the chosen reading, not what is waived, and no decision, which blames nobody.
    """
    return result["kind"] == "norm" and result["verdict"] in ("violation", "unknown", "advice")


def told_on_changes(results: Iterable[Result]) -> list[Result]:
    """What a review of a change shows, worst first."""
    return sorted(filter(is_told_on_changes, results), key=gravity)


def level_of(result: Result) -> Level:
    """An error may stop a change, a warning is to be looked at, a note is for information.

    What is disputed never stops anything, nor does what a baseline knows. The gate of the run is not asked: under
    every gate a report is the same.
    """
    verdict = result["verdict"]
    if result["kind"] == "decision" or verdict not in ("violation", "unknown") or is_known(result):
        return "note"
    severe = severity_of(result) in _BLOCKING[verdict] and not result["disputed"]
    return "error" if severe else "warning"


def severity_of(result: Result) -> str:
    """The severity; a decision has none, which is `info`."""
    return result["severity"] or "info"


def gravity(result: Result) -> tuple[int, int, int]:
    """Sorts the worst first: by level, verdict and severity."""
    verdict = result["verdict"] if result["kind"] == "norm" else "ok"
    return (
        LEVELS.index(level_of(result)),
        _VERDICTS.index(verdict),
        _SEVERITIES.index(severity_of(result)),
    )


def record_gravity(*, set_aside: bool) -> tuple[int, int, int]:
    """The place of a mistake in a document among findings; a warning comes after those of its level."""
    return (0, _VERDICTS.index(_SET_ASIDE), 0) if set_aside else (1, len(_VERDICTS), 0)


# --- names that last -----------------------------------------------------------------------------------------


def item_of(result: Result) -> str:
    """What is judged, under a name that stays when lines move and other items come or go: `uses[u_1]`.

    An item without a `ref` has its place in the list only.
    """
    subject, ref = result["subject"], result["ref"]
    return f"{subject.rpartition('[')[0]}[{ref}]" if ref and subject.endswith("]") else subject


def fingerprint(*parts: str) -> str:
    """A digest of the parts, the same on every machine."""
    return sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def result_print(result: Result) -> str:
    """The fingerprint of a result: organization, policy and item; no line, no day, no wording."""
    return fingerprint(result["organization"], result["policy"], item_of(result))


def record_print(record: QuarantineRecord) -> str:
    """The fingerprint of a mistake in a document: what it is, in which file, at which path of the document."""
    return fingerprint(record["code"], record["file"], record["path"])


class Unrepeated:
    """Gives each name once: what comes again gets the number of its coming."""

    def __init__(self) -> None:
        self._came: Counter[str] = Counter()

    def number(self, name: str) -> int:
        """How many times the name came, this time included."""
        self._came[name] += 1
        return self._came[name]
