"""The account of a batch: what counts once, what contradicts, what nobody expected, and the sums of what counts.

Documents come in the order of input, so the account never depends on who judged them or when.
"""

from __future__ import annotations

import json
from collections import Counter
from enum import Enum
from typing import NamedTuple, assert_never

from validator.journeys.assemble import Alike, Quarantined, counts_of, problem_record
from validator.journeys.batch.judging import put_aside
from validator.journeys.batch.known import KnownFindings
from validator.journeys.batch.records import Record, lines_of
from validator.journeys.rollup.accumulate import RollUp
from validator.journeys.rollup.persons import persons_of
from validator.language.vocabulary import Vocabulary
from validator.logic.batch import Group, Tally
from validator.logic.policy import PolicySet
from validator.logic.problem import Problem
from validator.logic.report import Counts
from validator.logic.text import Text
from validator.snapshots.repeats import Came, Identity, Key, Repeats, again, conflict


class Outcome(Enum):
    """What became of a document."""

    EVALUATED = "evaluated"
    QUARANTINED = "quarantined"
    REPEATED = "repeated"


class Sums(NamedTuple):
    """How many documents had which outcome, and how many organizations were evaluated."""

    evaluated: int
    quarantined: int
    repeated: int
    organizations: int


class Ledger:
    """Takes one record after another. `expected` None: every organization is welcome."""

    def __init__(
        self,
        expected: frozenset[str] | None,
        policies: PolicySet,
        vocabulary: Vocabulary,
        known: KnownFindings | None = None,
    ) -> None:
        """`known` are the findings of a baseline."""
        self.expected = expected
        self.known = known
        self.rollup = RollUp(persons_of(policies, vocabulary), [policy.id for policy in policies.policies()])
        self._decisions = frozenset(policies.decisions)
        self._repeats = Repeats()
        self._outcomes: Counter[Outcome] = Counter()
        self._organizations: Counter[str] = Counter()
        self._unexpected: set[str] = set()
        self._judgements: Counter[Alike] = Counter()
        self._gates: Counter[int] = Counter()

    def admit(self, record: Record) -> Record:
        """The record to be written for a document, itself or what stands in its place."""
        if record.key is None:
            self._outcomes[Outcome.QUARANTINED] += 1
            self._gates.update(record.gates)
            return record
        organization = record.key[0]
        if self.expected is not None and organization not in self.expected:
            self._unexpected.add(organization)
            return self._aside(record, _unexpected(record.file))
        assert record.digest is not None
        assert record.size is not None
        document = Identity(record.file, record.digest, record.size)
        seen = self._repeats.see(Key(*record.key), document)
        match seen.came:
            case Came.NEW:
                self._outcomes[Outcome.EVALUATED] += 1
                record = record if self.known is None else self.known.admit(record)
                self._count(record, 1)
                return record
            case Came.AGAIN:
                self._outcomes[Outcome.REPEATED] += 1
                told = lines_of([problem_record(again(document, seen.first), None)])
                return record._replace(group=None, tallies=(), gates=(), sections={"warnings": told})
            case Came.CONFLICT:
                return self._aside(record, conflict(document, seen.first))
            case _:
                assert_never(seen.came)

    def retract(self, record: Record, problem: Problem) -> Record:
        """Take back a document that was evaluated before another one contradicted it; the record in its place."""
        self._outcomes[Outcome.EVALUATED] -= 1
        self._count(record, -1)
        if self.known is not None:
            self.known.retract(record)
        return self._aside(record, problem)

    def _aside(self, record: Record, problem: Problem) -> Record:
        self._outcomes[Outcome.QUARANTINED] += 1
        return put_aside(Quarantined(record.file, record.digest, record.size, [problem]))._replace(key=record.key)

    def _count(self, record: Record, times: int) -> None:
        assert record.key is not None
        assert record.group is not None
        self._organizations[record.key[0]] += times
        self.rollup.add(record.group, record.tallies, times)
        for tally in record.tallies:
            key = (tally.policy in self._decisions, tally.verdict, tally.reason, tally.disputed)
            self._judgements[key] += times * tally.number
        for gate in record.gates:
            self._gates[gate] += times

    # --- the end of the run -------------------------------------------------------------------------------

    @property
    def retracted(self) -> dict[Key, tuple[Identity, Problem]]:
        """The documents to take back, with their problems (see `Repeats`)."""
        return self._repeats.retracted

    def several_days(self) -> Problem | None:
        """A warning when organizations came with facts of several days."""
        return self._repeats.several_days()

    @property
    def sums(self) -> Sums:
        """What became of the documents so far."""
        counts = self._outcomes
        return Sums(
            counts[Outcome.EVALUATED],
            counts[Outcome.QUARANTINED],
            counts[Outcome.REPEATED],
            sum(number > 0 for number in self._organizations.values()),
        )

    @property
    def unexpected(self) -> list[str]:
        """The organizations that nobody expected."""
        return sorted(self._unexpected)

    @property
    def missing(self) -> list[str]:
        """The expected organizations of which no snapshot was evaluated; empty when none are expected."""
        return sorted(one for one in self.expected or () if self._organizations[one] <= 0)

    @property
    def gates(self) -> frozenset[int]:
        """What the judgements mean for the exit code: 1 blocking violation, 3 blocking unknown."""
        return frozenset(gate for gate, number in self._gates.items() if number > 0)

    def counts(self) -> Counts:
        """How many judgements of each verdict, as a report counts them."""
        return counts_of(self._judgements)


def _unexpected(file: str) -> Problem:
    message = Text(
        "этой организации нет в списке тех, кого ждут (--expect)",
        "this organization is not on the list of the expected ones (--expect)",
    )
    help_ = Text(
        "проверьте ИНН в снимке или дополните список", "check the INN in the snapshot, or add it to the list"
    )
    return Problem("unexpected-organization", message, help_, file=file)


def replayed(record: Record) -> Record:
    """A record read back from what was written of it: its group and tallies are those of its lines."""
    rows = [json.loads(line) for line in record.sections.get("verdicts", b"").splitlines()]
    tallies = tuple(Tally(r["policy"], r["verdict"], r["reason"], r["disputed"], r["number"]) for r in rows)
    organization = record.sections.get("organizations")
    if organization is None:
        return record
    row = json.loads(organization)
    return record._replace(group=Group(row["region"], row["municipality"], row["kind"]), tallies=tallies)
