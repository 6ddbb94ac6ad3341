"""Known findings: what a baseline makes of the findings of a run, and what has become of the baseline.

A finding is named by its item: `organization`, a list (`uses`, for what it may hold beside its items), or a path
without numbers, with the `ref` of the item where it has one: `uses[u_1]`, `guardians[].channels[]`. So nothing
changes when other items come and go. Items that have no `ref` can't be told apart: such an entry knows how many
findings there are, and when there are more none of them is known.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from validator.journeys.batch.rows import FindingRow
from validator.journeys.gate import Gate
from validator.logic.baseline import SCHEMA, Baseline, Entry, Key, Known
from validator.logic.policy import PolicySet
from validator.logic.report import BaselineEntry, BaselineUse, Report, Result

Row = Result | FindingRow
Document = tuple[str, str]  # organization and day of its facts
_NUMBER = re.compile(r"\[[0-9]+\]")
_VIOLATING = ("violation", "advice")


def key_of(row: Row) -> Key:
    """What a finding is known by."""
    item = _NUMBER.sub("[]", row["subject"])
    if row["ref"] is not None and item.endswith("[]"):
        item = f"{item[:-1]}{row['ref']}]"
    return Key(row["organization"], row["policy"], item)


def gravity_of(row: Row) -> Known | None:
    """The gravest that any reading says of a result; None for what no gate can block."""
    if row["kind"] == "decision" or row["verdict"] == "waived":
        return None
    verdicts = [row["verdict"], *(other["verdict"] for other in row["disputed"] or ())]
    if any(verdict in _VIOLATING for verdict in verdicts):
        return "violation"
    return "unknown" if "unknown" in verdicts else None


class _Seen(NamedTuple):
    """What one document showed: findings by entry, entries that know too little, and how many results are known."""

    found: Counter[Key]
    outgrown: frozenset[Key]
    known: int


class Recognizer:
    """Tells the known findings of one document after another. `policies` are those that judge in this run."""

    def __init__(self, baseline: Baseline, policies: PolicySet) -> None:
        self.baseline = baseline
        self._policies = frozenset(policies.norms)
        self._organizations = frozenset(key.organization for key in baseline.entries)
        self._seen: dict[str, dict[str, _Seen]] = {}  # by organization and day

    def concerns(self, organization: str) -> bool:
        """Whether any entry is about an organization; documents of others need not be shown."""
        return organization in self._organizations

    def see(self, document: Document, rows: Sequence[Row]) -> frozenset[int]:
        """The places of the known ones among the findings of a document."""
        organization, day = document
        found: dict[Key, list[tuple[int, Known]]] = {}
        for place, row in enumerate(rows):
            gravity = gravity_of(row)
            if gravity is not None and (key := key_of(row)) in self.baseline.entries:
                found.setdefault(key, []).append((place, gravity))
        known: set[int] = set()
        outgrown: set[Key] = set()
        for key, those in found.items():
            entry = self.baseline.entries[key]
            covered = {place for place, gravity in those if entry.covers(gravity)}
            if len(covered) <= entry.number:
                known |= covered
            if len(covered) > entry.number or len(covered) < len(those):
                outgrown.add(key)
        if self.concerns(organization):
            numbers = Counter({key: len(those) for key, those in found.items()})
            self._seen.setdefault(organization, {})[day] = _Seen(numbers, frozenset(outgrown), len(known))
        return frozenset(known)

    def forget(self, document: Document) -> None:
        """A document does not count after all."""
        organization, day = document
        self._seen.get(organization, {}).pop(day, None)

    # --- the end of the run -------------------------------------------------------------------------------

    def found(self, entry: Entry) -> int | None:
        """How many findings an entry has met, on the day with most of them; None when it was not judged."""
        seen = self._seen.get(entry.key.organization)
        if not seen or entry.key.policy not in self._policies:
            return None
        return max(one.found[entry.key] for one in seen.values())

    def use(self) -> BaselineUse:
        """What came of the baseline."""
        seen = [one for days in self._seen.values() for one in days.values()]
        outgrown = {key for one in seen for key in one.outgrown}
        numbers = {key: self.found(entry) for key, entry in self.baseline.entries.items()}
        fixed = [self._told(key, number) for key, number in numbers.items() if self._is_fixed(key, number)]
        return {
            "file": self.baseline.file,
            "entries": len(self.baseline.entries),
            "known": sum(one.known for one in seen),
            "fixed": fixed,
            "outgrown": [self._told(key, number) for key, number in numbers.items() if key in outgrown],
            "not_judged": sum(number is None for number in numbers.values()),
        }

    def _is_fixed(self, key: Key, found: int | None) -> bool:
        return found is not None and found < self.baseline.entries[key].number

    def _told(self, key: Key, found: int | None) -> BaselineEntry:
        entry = self.baseline.entries[key]
        return {
            "organization": key.organization,
            "policy": key.policy,
            "item": key.item,
            "verdict": entry.verdict,
            "number": entry.number,
            "found": found or 0,
            "location": {"file": entry.span.file, "line": entry.span.line, "column": entry.span.column},
        }


def recognized(report: Report, recognizer: Recognizer) -> Report:
    """The report with its known findings marked, and with what came of the baseline."""
    results: list[Result] = []
    for document, own in _documents(report):
        known = recognizer.see(document, own)
        results += [{**result, "baseline": True} if i in known else result for i, result in enumerate(own)]
    return {**report, "results": results, "baseline": recognizer.use()}


def _documents(report: Report) -> Iterator[tuple[Document, list[Result]]]:
    """The results by document, in their order; a document may have none."""
    own = {key: list(group) for key, group in groupby(report["results"], key=_document)}
    for row in report["organizations"]:
        yield (row["organization"], row["as_of"]), own.get((row["organization"], row["as_of"]), [])


def _document(result: Result) -> Document:
    return result["organization"], result["as_of"]


# --- writing --------------------------------------------------------------------------------------------------


class Line(NamedTuple):
    """An entry to be written."""

    key: Key
    verdict: Known
    number: int


def fresh(report: Report, gate: Gate) -> list[Line]:
    """Entries that make everything known that blocks now, and no more."""
    found: dict[Key, Line] = {}
    for _, results in _documents(report):
        blocking = {key_of(result) for result in results if gate.blocks(result)}
        own = [(key_of(result), gravity) for result in results if (gravity := gravity_of(result)) is not None]
        numbers = Counter(key for key, _ in own)
        for key, gravity in own:
            if key in blocking:
                before = found.get(key, Line(key, "unknown", 0))
                gravest: Known = "violation" if "violation" in (gravity, before.verdict) else "unknown"
                found[key] = Line(key, gravest, max(before.number, numbers[key]))
    return sorted(found.values())


def shrunk(recognizer: Recognizer) -> list[Line]:
    """The entries without what was not found any more. Nothing is ever added."""
    kept: list[Line] = []
    for key, entry in recognizer.baseline.entries.items():
        found = recognizer.found(entry)
        number = entry.number if found is None else min(found, entry.number)
        if number:
            kept.append(Line(key, entry.verdict, number))
    return sorted(kept)


def text_of(lines: Iterable[Line]) -> str:
    """The file: JSON, an entry a line, so that a change of it is read line by line."""
    entries = ",\n".join(f"    {_json(line)}" for line in lines)
    findings = f"[\n{entries}\n  ]" if entries else "[]"
    return f'{{\n  "schema": "{SCHEMA}",\n  "findings": {findings}\n}}\n'


def _json(line: Line) -> str:
    found: dict[str, object] = {**line.key._asdict(), "verdict": line.verdict}
    if line.number > 1:
        found["count"] = line.number
    return json.dumps(found, ensure_ascii=False)
