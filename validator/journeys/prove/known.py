"""The file of known findings: who took one upon themselves, why, and until when.

```yaml
known:
  - digest: 0123456789abcdef
    owner: отдел политик
    reason: {ru: …, en: …}
    through: 2027-06-30
```
An entry is about one digest: an edit that changes what the policies mean changes the digest, and the finding is
back.
An entry that is over, or that fits no finding of a whole run, is told and counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from validator.language.limits import POLICY_LIMITS
from validator.language.nodes import Node
from validator.language.source import read_yaml
from validator.language.structure import FileReader, shorten
from validator.logic.policy import Reading
from validator.logic.problem import InputError, Problem, Span
from validator.logic.proof import Acknowledged, Entry
from validator.logic.report import Location, both
from validator.logic.text import Text

KEYS = ("digest", "owner", "reason", "through")
_DIGEST = re.compile(r"[0-9a-f]{16}")


class Known(NamedTuple):
    """One entry; `last` counts."""

    digest: str
    owner: str
    reason: Text
    last: date
    span: Span


def read_known(data: bytes, file: str) -> tuple[Known, ...]:
    """The entries of a file. Raises `InputError` with every mistake."""
    problems: list[Problem] = []
    document = read_yaml(data, file, POLICY_LIMITS)
    found = _Reader(file, problems).entries(document.root)
    if problems:
        raise InputError(problems)
    return found


class _Reader(FileReader):
    def entries(self, root: Node) -> tuple[Known, ...]:
        """Every entry that could be read; what is wrong is noted."""
        mapping = self.mapping(root, Text("признанные находки", "known findings"))
        if mapping is None or not self.keys(mapping, ("known",), ("known",)):
            return ()
        self.distinct(mapping.get("known"), "digest")
        return self.each(mapping.get("known"), self._entry)

    def _entry(self, node: Node) -> Known | None:
        mapping = self.mapping(node, Text("запись", "entry"))
        if mapping is None or not self.keys(mapping, KEYS, KEYS):
            return None
        digest, written = self.text(mapping.get("digest")), mapping.get("digest")
        if digest is not None and written is not None and not _DIGEST.fullmatch(digest):
            self.report(
                "unknown-value",
                written,
                Text(
                    f"`{shorten(digest)}` — не отпечаток находки", f"`{shorten(digest)}` is no digest of a finding"
                ),
                Text("16 знаков из отчёта `sverka prove`", "16 characters from the report of `sverka prove`"),
            )
            return None
        owner = self.text(mapping.get("owner"))
        reason = self.both(mapping.get("reason"), Text("основание", "reason"))
        last = self.day(mapping.get("through"))
        if digest is None or owner is None or reason is None or last is None:
            return None
        return Known(digest, owner, reason, last, self.span(mapping))


def acknowledgement(known: Known) -> Acknowledged:
    """The entry as a finding tells it."""
    return {
        "by": "entry",
        "owner": known.owner,
        "reason": both(known.reason),
        "through": known.last.isoformat(),
    }


def by_reading(reading: Reading) -> Acknowledged:
    """A recorded reading of a policy under which the finding goes away."""
    why = reading.why or Text("записанное прочтение", "a recorded reading")
    return {"by": "reading", "owner": reading.id, "reason": both(why), "through": None}


class Ledger:
    """The entries against the findings of a run. Without a day no entry is called over."""

    def __init__(self, entries: Iterable[Known], today: date | None) -> None:
        self.entries = {entry.digest: entry for entry in entries}
        self.today = today
        self._met: set[str] = set()

    def of(self, digest: str) -> Acknowledged | None:
        """What acknowledges a finding; an entry that is over acknowledges nothing."""
        entry = self.entries.get(digest)
        if entry is None:
            return None
        self._met.add(digest)
        return None if self._over(entry) else acknowledgement(entry)

    def problems(self, *, whole: bool) -> list[Entry]:
        """The entries that need attention; what fits no finding can be told of a whole run only."""
        found: list[Entry] = []
        for digest, entry in self.entries.items():
            if self._over(entry):
                found.append(_told(entry, "expired"))
            elif whole and digest not in self._met:
                found.append(_told(entry, "orphaned"))
        return found

    def _over(self, entry: Known) -> bool:
        return self.today is not None and entry.last < self.today


def _told(entry: Known, problem: str) -> Entry:
    place: Location = {"file": entry.span.file, "line": entry.span.line, "column": entry.span.column}
    return {
        "digest": entry.digest,
        "problem": problem,
        "owner": entry.owner,
        "through": entry.last.isoformat(),
        "location": place,
    }
