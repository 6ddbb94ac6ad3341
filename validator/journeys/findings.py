"""Findings at speed: the compiled program says which judgements are not plainly fine, the reference explains those.

The results are those of `check` without the ones that are `ok` and undisputed, which are only counted. On a large
snapshot most judgements are fine, and explaining them is what takes the time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from validator.interpreters.compile.kept import KeptProgram
from validator.interpreters.compile.policies import Part
from validator.interpreters.compile.program import Judged, Program, readings_in, verdict_of
from validator.interpreters.judge import environments
from validator.interpreters.terms import schema_order
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
    fine: Counter[str] = Counter()
    results: list[Result] = []
    ordered = sorted(program.judge(lower(snapshot, program.types), law_date.toordinal()), key=_policy)
    for _, parts in groupby(ordered, key=_policy):
        found = [result for judged in parts for result in _explained(program, snapshot, law_date, judged, fine)]
        results += sorted(found, key=lambda result: schema_order(snapshot, result["subject"]))
    return Findings(results, fine)


def _policy(judged: Judged) -> str:
    return judged.part.policy.id


def _explained(
    program: Program, snapshot: Snapshot, law_date: date, judged: Judged, fine: Counter[str]
) -> Iterator[Result]:
    part = judged.part
    checker = Checker(snapshot, program.policies, law_date, part.policy)
    wanted = {code: _fine(part, code) for code in set(judged.codes)}
    if any(reason is None for reason in wanted.values()):
        for code, (item, env) in zip(judged.codes, environments(snapshot, part.subject), strict=True):
            if wanted[code] is not None:
                continue
            if isinstance(part.policy, Norm):
                assert part.clauses is not None
                yield checker.norm_result(part.policy, part.clauses, item, env)
            else:
                yield checker.decision_result(part.policy, item, env)
    for code, number in Counter(judged.codes).items():
        if (reason := wanted[code]) is not None:
            fine[reason] += number
    if judged.rest is None or not isinstance(part.policy, Norm):
        return
    verdict, reason = verdict_of(part, judged.rest)
    if verdict == "ok":
        fine[reason or "open"] += 1
    else:
        assert part.clauses is not None
        yield from checker.rest_of_list(part.policy, part.clauses)


def _fine(part: Part, code: int) -> str | None:
    """The reason of a judgement that is `ok` under every reading, None for any other."""
    (verdict, reason), *others = [verdict_of(part, bits) for bits in readings_in(part, code)]
    if verdict != "ok" or any(other != "ok" for other, _ in others):
        return None
    return reason or "open"
