"""One document of a batch to its record: read quickly where that is safe, judged by the compiled program.

The strict reader and the reference evaluator come in where they are needed: for a document that the quick reader
doubts, for evidence, and for organizations that waivers are about. They are slow; the verdicts are the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum
from itertools import groupby
from typing import NamedTuple, assert_never

from validator.interpreters.compile.parts import Part
from validator.interpreters.compile.program import Judged, Program
from validator.journeys.assemble import Quarantined, problem_record
from validator.journeys.batch.meanings import Meaning, Meanings
from validator.journeys.batch.places import Places
from validator.journeys.batch.records import Record, line_of, lines_of, text_of
from validator.journeys.batch.rows import Whose, beginning, finding, short, verdict_rows
from validator.journeys.batch.waiving import told_by
from validator.journeys.explained import explained
from validator.journeys.gate import DEFAULT_GATE, Gate
from validator.journeys.organizations import identity_of, organization_row
from validator.journeys.rollup.persons import persons_of
from validator.journeys.waivers.waiving import Waiving
from validator.language.library import Library
from validator.language.source import syntax_of
from validator.logic.batch import Group, Tally
from validator.logic.facts import Snapshot
from validator.logic.frozen import Frozen
from validator.logic.lean import Facts, Release, lower
from validator.logic.problem import InputError, Problem
from validator.logic.report import OrganizationRow, Result
from validator.logic.waiver import Waiver
from validator.snapshots.quick import DoubtError, QuickReader
from validator.snapshots.read import read_snapshot
from validator.snapshots.stream import Delivered, document_of

_Key = tuple[int, int | None]


class EvidenceLevel(Enum):
    """Which findings are explained: none, those that block, those that a summary lists, all.

    A summary lists no finding about persons; they are most of all findings, and the slowest to explain.
    """

    NONE = "none"
    BLOCKING = "blocking"
    SUMMARY = "summary"
    ALL = "all"


class Terms(Frozen, frozen=True):
    """How the documents of a batch are judged. `law_date` None is the day of each snapshot."""

    law_date: date | None
    evidence: EvidenceLevel
    waivers: tuple[Waiver, ...] = ()
    gate: Gate = DEFAULT_GATE


class _Seen(NamedTuple):
    """A document that was read: facts for the program, its row, its warnings; facts with places where they are."""

    facts: Facts
    row: OrganizationRow
    warnings: list[Problem]
    snapshot: Snapshot | None


class _Found(NamedTuple):
    """A judgement that is no plain `ok`: of the item with this number, or (None) of what a list may hold beside."""

    part: Part
    meaning: Meaning
    number: int | None
    places: Places

    @property
    def key(self) -> _Key:
        """What tells it from all others of its document."""
        return id(self.part), self.number

    @property
    def order(self) -> tuple[int, ...]:
        """What orders the findings of a policy."""
        return self.places.order(self.number)


class Judge:
    """Judges one document after another by one policy set."""

    def __init__(self, library: Library, program: Program, terms: Terms) -> None:
        self.library = library
        self.program = program
        self.terms = terms
        self.reader = QuickReader(library.vocabulary, library.names, program.types)
        self.meanings = Meanings(terms.gate)
        self._about_persons = persons_of(library.policies, library.vocabulary).keys()
        self._release = Release(library.vocabulary.root)
        self._waived = {waiver.organization for waiver in terms.waivers}

    def judge(self, item: Delivered, digest: str) -> Record:
        """The record of a document whose bytes have that digest (`sha256:…`)."""
        try:
            seen = self._read(item, digest)
        except InputError as error:
            return put_aside(Quarantined(item.file, digest, len(item.data), error.problems))
        law_date = self.terms.law_date or date.fromordinal(seen.facts.as_of)
        whose = Whose(seen.row["organization"], seen.row["as_of"], law_date.isoformat())
        try:
            return self._judged(item, digest, seen, whose, law_date)
        finally:
            self._release(seen.facts)

    def _judged(self, item: Delivered, digest: str, seen: _Seen, whose: Whose, law_date: date) -> Record:
        if whose.organization in self._waived:
            return self._with_waivers(item, seen, whose, law_date)
        judged = sorted(self.program.judge(seen.facts, law_date.toordinal()), key=_policy)
        tallies = tuple(self._tallies(judged))
        if self.terms.evidence is EvidenceLevel.NONE:
            rows, gates = self._short(seen.facts, judged, beginning(whose))
        else:
            found = self._found(seen.facts, judged)
            rows = "".join(self._lines(item, digest, seen, whose, law_date, found))
            gates = {one.meaning.gate for one in found} - {0}
        return _record(item, seen, whose, tallies, gates, rows.encode())

    # --- reading ------------------------------------------------------------------------------------------

    def _read(self, item: Delivered, digest: str) -> _Seen:
        """The facts. Raises `InputError`."""
        if item.problem is not None:
            raise InputError([item.problem])
        syntax = "json" if item.start is not None else item.syntax or syntax_of(item.file)
        if syntax is not None:
            try:
                quick = self.reader.read(item.data) if syntax == "json" else self.reader.read_yaml(item.data)
            except DoubtError:
                pass
            else:
                row: OrganizationRow = {
                    "organization": identity_of(quick.inn),
                    "name": quick.name,
                    "region": quick.facts.region,
                    "municipality": quick.municipality,
                    "kind": quick.facts.kind,
                    "as_of": quick.as_of,
                    "file": item.file,
                    "digest": digest,
                }
                return _Seen(quick.facts, row, [], None)
        snapshot, warnings = self._strictly(item)
        row = organization_row(snapshot)
        row["file"] = item.file
        return _Seen(lower(snapshot, self.program.types), row, warnings, snapshot)

    def _strictly(self, item: Delivered) -> tuple[Snapshot, list[Problem]]:
        return read_snapshot(document_of(item), self.library.vocabulary, self.library.names)

    # --- judging ------------------------------------------------------------------------------------------

    def _tallies(self, judged: Iterable[Judged]) -> Iterator[Tally]:
        """The judgements of each policy counted, in a fixed order."""
        for policy, parts in groupby(judged, key=_policy):
            counts: Counter[tuple[str, str | None, bool]] = Counter()
            for one in parts:
                for code, number in Counter(one.codes).items():
                    meaning = self.meanings.of_item(one.part, code)
                    counts[meaning.verdict, meaning.reason, bool(meaning.disputes)] += number
                if one.rest is not None:
                    meaning = self.meanings.of_rest(one.part, one.rest)
                    counts[meaning.verdict, meaning.reason, False] += 1
            yield from _ordered(policy, counts)

    def _found(self, facts: Facts, judged: Iterable[Judged]) -> list[_Found]:
        """What is no plain `ok`, ordered by policy and subject."""
        known: dict[str, Places] = {}
        found: list[_Found] = []
        for _, parts in groupby(judged, key=_policy):
            found += self._ordered(list(parts), facts, known)
        return found

    def _ordered(self, parts: list[Judged], facts: Facts, known: dict[str, Places]) -> list[_Found]:
        """The same for the parts of one policy."""
        found = [one for part in parts for one in self._found_by(facts, part, known)]
        # The items of one list are in order already; what a list may hold beside them stands by its own place.
        if len(parts) > 1 or (found and found[0].number is None):
            found.sort(key=lambda one: one.order)
        return found

    def _found_by(self, facts: Facts, judged: Judged, known: dict[str, Places]) -> Iterator[_Found]:
        """What is no plain `ok` about one list, first what it may hold beside its items."""
        part = judged.part
        found = self._meanings(judged)
        rest = None if judged.rest is None else self.meanings.of_rest(part, judged.rest)
        if not found and (rest is None or not rest.is_finding):
            return
        places = self._places(facts, part.path, known)
        if rest is not None and rest.is_finding:
            yield _Found(part, rest, None, places)
        if found:
            for number, code in enumerate(judged.codes):
                if code in found:
                    yield _Found(part, found[code], number, places)

    def _meanings(self, judged: Judged) -> dict[int, Meaning]:
        """The meanings of the numbers that are no plain `ok`."""
        meanings = {code: self.meanings.of_item(judged.part, code) for code in set(judged.codes)}
        return {code: meaning for code, meaning in meanings.items() if meaning.is_finding}

    def _places(self, facts: Facts, path: str, known: dict[str, Places]) -> Places:
        if path not in known:
            known[path] = Places(facts, self.program.vocabulary, path)
        return known[path]

    def _short(self, facts: Facts, judged: Iterable[Judged], start: str) -> tuple[str, set[int]]:
        """The lines of all findings, none of them explained, and what they mean for the exit code.

        The same lines as from `_found`, which makes an object for each: there are very many.
        """
        known: dict[str, Places] = {}
        lines: list[str] = []
        gates: set[int] = set()
        for _, parts in groupby(judged, key=_policy):
            first, *others = parts
            if others or first.rest is not None:
                for one in self._ordered([first, *others], facts, known):
                    lines.append(finding(start, one.meaning, one.places.told(one.number)))
                    gates.add(one.meaning.gate)
                continue
            meanings = self._meanings(first)
            if not meanings:
                continue
            told = self._places(facts, first.part.path, known).told
            gates.update(meaning.gate for meaning in meanings.values())
            texts = {code: (f"{start},{one.before},", f",{one.after}\n") for code, one in meanings.items()}
            lines += [
                texts[code][0] + told(number) + texts[code][1]
                for number, code in enumerate(first.codes)
                if code in texts
            ]
        return "".join(lines), gates - {0}

    # --- evidence -----------------------------------------------------------------------------------------

    def _lines(
        self, item: Delivered, digest: str, seen: _Seen, whose: Whose, law_date: date, found: list[_Found]
    ) -> list[str]:
        """The lines of findings."""
        start = beginning(whose)
        lines = [finding(start, one.meaning, one.places.told(one.number)) for one in found]
        wanted = [one for one in found if self._wants(one.part.policy.id, one.meaning.gate)]
        if wanted:
            snapshot = seen.snapshot or self._strictly(item)[0]
            assert snapshot.digest == digest
            results = dict(self._explained(snapshot, law_date, wanted))
            for index, one in enumerate(found):
                if one.key in results:
                    lines[index] = text_of(results[one.key]) + "\n"
        return lines

    def _wants(self, policy: str, gate: int) -> bool:
        match self.terms.evidence:
            case EvidenceLevel.NONE:
                return False
            case EvidenceLevel.BLOCKING:
                return gate != 0
            case EvidenceLevel.SUMMARY:
                return policy not in self._about_persons
            case EvidenceLevel.ALL:
                return True
            case _:
                assert_never(self.terms.evidence)

    def _explained(self, snapshot: Snapshot, law_date: date, wanted: list[_Found]) -> Iterator[tuple[_Key, Result]]:
        """The results of findings as the reference tells them."""
        groups: dict[int, tuple[Part, set[int | None]]] = {}
        for one in wanted:
            groups.setdefault(id(one.part), (one.part, set()))[1].add(one.number)
        for own, (part, numbers) in groups.items():
            for number, result in explained(self.program.policies, snapshot, law_date, part, numbers):
                yield (own, number), result

    # --- waivers ------------------------------------------------------------------------------------------

    def _with_waivers(self, item: Delivered, seen: _Seen, whose: Whose, law_date: date) -> Record:
        """The record of an organization that has waivers: all its findings are explained first."""
        snapshot = seen.snapshot or self._strictly(item)[0]
        judged = sorted(self.program.judge(seen.facts, law_date.toordinal()), key=_policy)
        found = self._found(seen.facts, judged)
        told = dict(self._explained(snapshot, law_date, found))
        results = [told[one.key] for one in found]
        waiving = Waiving(self.terms.waivers, self.program.policies, self.library.vocabulary.root)
        after = waiving.apply(snapshot, results, self.terms.law_date)
        fine = [tally for tally in self._tallies(judged) if tally.verdict == "ok" and not tally.disputed]
        tallies = tuple(_recounted(fine, after))
        blocks = self.terms.gate.blocks
        rows = lines_of(
            result if self._wants(result["policy"], blocks(result)) else short(result) for result in after
        )
        gates = {blocks(result) for result in after} - {0}
        record = _record(item, seen, whose, tallies, gates, rows)
        return record._replace(sections={**record.sections, "waivers": lines_of(told_by(waiving))})


def put_aside(document: Quarantined) -> Record:
    """The record of a document that is not evaluated."""
    rows = [problem_record(problem, document) for problem in document.problems]
    return Record(document.file, document.digest, document.size, None, None, (), (), {"quarantine": lines_of(rows)})


def _record(
    item: Delivered,
    seen: _Seen,
    whose: Whose,
    tallies: tuple[Tally, ...],
    gates: set[int],
    findings: bytes,
) -> Record:
    row = seen.row
    sections = {
        "organizations": line_of({**row, "law_date": whose.law_date}),
        "verdicts": lines_of(verdict_rows(whose, tallies)),
        "findings": findings,
        "warnings": lines_of(problem_record(problem, None) for problem in seen.warnings),
    }
    group = Group(row["region"], row["municipality"], row["kind"])
    key = (row["organization"], row["as_of"])
    return Record(item.file, row["digest"], len(item.data), key, group, tallies, tuple(sorted(gates)), sections)


def _recounted(fine: list[Tally], results: Iterable[Result]) -> Iterator[Tally]:
    """The plain `ok` judgements and the results, counted by policy."""
    counts: dict[str, Counter[tuple[str, str | None, bool]]] = {}
    for tally in fine:
        counts.setdefault(tally.policy, Counter())[tally.verdict, tally.reason, False] += tally.number
    for result in results:
        key = (result["verdict"], result["reason"], bool(result["disputed"]))
        counts.setdefault(result["policy"], Counter())[key] += 1
    for policy, own in sorted(counts.items()):
        yield from _ordered(policy, own)


def _ordered(policy: str, counts: Counter[tuple[str, str | None, bool]]) -> Iterator[Tally]:
    for key, number in sorted(counts.items(), key=lambda pair: (pair[0][0], pair[0][1] or "", pair[0][2])):
        yield Tally(policy, *key, number)


def _policy(judged: Judged) -> str:
    return judged.part.id
