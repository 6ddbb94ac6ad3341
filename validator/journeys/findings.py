"""Findings at speed: the compiled program says which judgements are not plainly fine, the reference explains those.

The results are those of `check` without the ones that are `ok` and undisputed, which are only counted. On a large
snapshot most judgements are fine, and explaining them is what takes the time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from validator.interpreters.compile.kept import KeptProgram
from validator.interpreters.compile.policies import Part
from validator.interpreters.compile.program import Judged, Program
from validator.interpreters.judge import environments
from validator.interpreters.terms import schema_order
from validator.journeys.batch.meanings import Meanings
from validator.journeys.check import Checker, check
from validator.language.vocabulary import Vocabulary
from validator.logic.facts import Snapshot
from validator.logic.lean import lower
from validator.logic.policy import Norm, PolicySet
from validator.logic.report import Result

# Writing the program takes as long as explaining every judgement of a snapshot or two of this size.
WORTH_BYTES = 32 * 1024


class Findings(NamedTuple):
    """What was found, ordered by policy and subject, and how many undisputed results were `ok`, by reason."""

    results: list[Result]
    fine: Counter[str]


class Finder:
    """Finds in one snapshot after another; the program is written when the snapshots are worth it.

    With `kept`, a program that is there is used at once, and one that was written is kept. `worth_bytes` says from
    how many bytes of snapshots on a program is written.
    """

    def __init__(
        self,
        policies: PolicySet,
        vocabulary: Vocabulary,
        kept: KeptProgram | None = None,
        worth_bytes: int = WORTH_BYTES,
    ) -> None:
        self.policies = policies
        self.vocabulary = vocabulary
        self._kept = kept
        self._worth_bytes = worth_bytes
        self._bytes = 0
        self._program: Program | None = None
        self._looked = False

    def find(self, snapshot: Snapshot, law_date: date | None = None) -> Findings:
        """The findings about a snapshot, by the law of a day or of its own day."""
        self._bytes += snapshot.size
        if self._program is None:
            self._program = self._at_hand() or self._written()
        if self._program is None:
            return _without_fine(check(snapshot, self.policies, law_date))
        return find(self._program, snapshot, law_date or snapshot.as_of)

    def _at_hand(self) -> Program | None:
        """The program that was kept, looked for once."""
        if self._kept is None or self._looked:
            return None
        self._looked = True
        code = self._kept.read()
        return None if code is None else Program(self.policies, self.vocabulary, code)

    def _written(self) -> Program | None:
        """A new program, None as long as it is not worth it."""
        if self._bytes < self._worth_bytes:
            return None
        program = Program(self.policies, self.vocabulary)
        if self._kept is not None:
            self._kept.write(program.code)
        return program


def _without_fine(results: list[Result]) -> Findings:
    found = [result for result in results if result["verdict"] != "ok" or result["disputed"]]
    fine = (
        result["reason"] or "open" for result in results if result["verdict"] == "ok" and not result["disputed"]
    )
    return Findings(found, Counter(fine))


def find(program: Program, snapshot: Snapshot, law_date: date) -> Findings:
    """The findings about a snapshot by a compiled program; explained by the reference."""
    meanings = Meanings()
    fine: Counter[str] = Counter()
    results: list[Result] = []
    ordered = sorted(program.judge(lower(snapshot, program.types), law_date.toordinal()), key=_policy)
    for _, parts in groupby(ordered, key=_policy):
        found: list[Result] = []
        for judged in parts:
            wanted = meanings.wanted(judged)
            fine += meanings.fine(judged)
            found += [result for _, result in explained(program, snapshot, law_date, judged.part, wanted)]
        results += sorted(found, key=lambda result: schema_order(snapshot, result["subject"]))
    return Findings(results, fine)


def explained(
    program: Program, snapshot: Snapshot, law_date: date, part: Part, wanted: Collection[int | None]
) -> Iterator[tuple[int | None, Result]]:
    """The results of the items of a list with these numbers as the reference tells them.

    The number None stands for what the list may hold beside its items.
    """
    if not wanted:
        return
    checker = Checker(snapshot, program.policies, law_date, part.policy)
    for number, (item, env) in enumerate(environments(snapshot, part.subject)):
        if number not in wanted:
            continue
        if isinstance(part.policy, Norm):
            assert part.clauses is not None
            yield number, checker.norm_result(part.policy, part.clauses, item, env)
        else:
            yield number, checker.decision_result(part.policy, item, env)
    if None in wanted and isinstance(part.policy, Norm):
        assert part.clauses is not None
        for result in checker.rest_of_list(part.policy, part.clauses):
            yield None, result


def _policy(judged: Judged) -> str:
    return judged.part.policy.id
