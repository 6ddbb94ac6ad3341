"""One organization on one day has one snapshot: what comes twice in a run is told, and never chosen from.

Identical bytes are one document, as a file that is named twice is. Different bytes are a conflict: nobody knows
which of them is right, so all of them are put aside, the first one too, although it may have been judged before
the others came. Its judgement is taken back by its key when the run ends (`retracted`); so one pass is enough, and
what is kept per organization and day is a digest and a name.
"""

from __future__ import annotations

from enum import Enum

from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import Problem
from validator.logic.text import Text


class Key(NamedTuple):
    """Whose facts, and of which day (`YYYY-MM-DD`)."""

    organization: str
    as_of: str


class Identity(NamedTuple):
    """One document: its name in reports, the digest and the size of its bytes."""

    file: str
    digest: str
    size: int


class Came(Enum):
    """What a document is among those of its run."""

    NEW = "new"
    AGAIN = "again"
    CONFLICT = "conflict"


class Seen(NamedTuple):
    """The answer about a document; `first` is the one that came before it, or itself."""

    came: Came
    first: Identity


class Repeats:
    """Remembers which organizations and days a run has seen."""

    def __init__(self) -> None:
        self._first: dict[Key, Identity] = {}
        self._others: dict[tuple[Key, str], Identity] = {}
        self._conflicts: dict[
            Key, Identity
        ] = {}  # the second document of each, named to those who read of the first
        self._day: dict[str, str] = {}
        self._several: dict[str, str] = {}

    def see(self, key: Key, document: Identity) -> Seen:
        """Take note of a document. One that is not `NEW` is not to be judged."""
        first = self._first.setdefault(key, document)
        if first is document:
            if self._day.setdefault(key.organization, key.as_of) != key.as_of:
                self._several.setdefault(key.organization, key.as_of)
            return Seen(Came.NEW, document)
        before = first if first.digest == document.digest else self._others.get((key, document.digest))
        if before is not None:
            return Seen(Came.AGAIN, before)
        self._others[key, document.digest] = document
        self._conflicts.setdefault(key, document)
        return Seen(Came.CONFLICT, first)

    @property
    def retracted(self) -> dict[Key, tuple[Identity, Problem]]:
        """The first documents of all conflicts, whose judgements do not count, each with its problem."""
        return {key: (self._first[key], conflict(self._first[key], by)) for key, by in self._conflicts.items()}

    def several_days(self) -> Problem | None:
        """A warning when organizations came with facts of several days; each day was judged by itself."""
        if not self._several:
            return None
        number, (organization, day) = len(self._several), min(self._several.items())
        file = self._first[Key(organization, day)].file
        who = f"{organization}, {' / '.join(sorted((self._day[organization], day)))}"
        message = Text(
            f"организаций, о которых есть факты на разные дни: {number} (первая: {who})",
            f"organizations with facts of several days: {number} (the first: {who})",
        )
        help_ = Text(
            "каждый день проверен отдельно; если нужен последний, уберите прежние снимки",
            "each day was judged by itself; if the latest is wanted, take the earlier snapshots away",
        )
        return Problem("several-days", message, help_, file=file, warning=True)


def conflict(document: Identity, other: Identity) -> Problem:
    """The problem of a document whose organization and day another document claims with different content."""
    message = Text(
        f"о той же организации на тот же день другой снимок говорит иначе: {other.file}",
        f"another snapshot of the same organization and day differs: {other.file}",
    )
    help_ = Text(
        "оставьте тот, который верен; не проверен ни один из них", "keep the right one; neither was judged"
    )
    return Problem("conflict", message, help_, file=document.file)


def again(document: Identity, before: Identity) -> Problem:
    """The warning about a document that came before, byte for byte."""
    message = Text(
        f"тот же снимок, байт в байт, уже есть: {before.file}",
        f"the same snapshot, byte for byte, came before: {before.file}",
    )
    help_ = Text(
        "он не считается ещё раз; уберите один из двух", "it does not count again; take one of the two away"
    )
    return Problem("repeated-snapshot", message, help_, file=document.file, warning=True)
