"""Findings at speed: the compiled program says which judgements are not plainly fine, the reference explains those.

The results are those of `check` without the ones that are `ok` and undisputed, which are only counted. On a large
snapshot most judgements are fine, and explaining them is what takes the time.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from validator.interpreters.compile.parts import OKAY, Part, plainly_ok
from validator.interpreters.compile.program import Judged, Program
from validator.language.vocabulary import Vocabulary
from validator.logic.facts import Snapshot
from validator.logic.lean import lower
from validator.logic.named_tuple import NamedTuple
from validator.logic.policy import PolicySet

if TYPE_CHECKING:
    from validator.interpreters.compile.kept import KeptProgram
    from validator.logic.report import Result

# Writing the program takes as long as explaining every judgement of a snapshot or two of this size.
WORTH_BYTES = 32 * 1024


class Findings(NamedTuple):
    """What was found, ordered by policy and subject, and how many undisputed results were `ok`.

    `fine` counts these by policy and reason.
    """

    results: list[Result]
    fine: Counter[tuple[str, str]]


def by_policy(fine: Counter[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """What was plainly fine as the row of an organization has it: by policy, then reason, in order."""
    found: dict[str, dict[str, int]] = {}
    for (policy, reason), number in sorted(fine.items()):
        found.setdefault(policy, {})[reason] = number
    return found


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
            from validator.journeys.check import check  # noqa: PLC0415 - a program is quicker

            return _without_fine(check(snapshot, self.policies, law_date))
        return find(self._program, snapshot, law_date or snapshot.as_of)

    def _at_hand(self) -> Program | None:
        """The program that was kept, looked for once."""
        if self._kept is None or self._looked:
            return None
        self._looked = True
        written = self._kept.read()
        return None if written is None else Program(self.policies, self.vocabulary, written)

    def _written(self) -> Program | None:
        """A new program, None as long as it is not worth it."""
        if self._bytes < self._worth_bytes:
            return None
        program = Program(self.policies, self.vocabulary)
        if self._kept is not None:
            self._kept.write(program.written)
        return program


def _without_fine(results: list[Result]) -> Findings:
    found = [result for result in results if result["verdict"] != "ok" or result["disputed"]]
    fine = (
        (result["policy"], result["reason"] or "open")
        for result in results
        if result["verdict"] == "ok" and not result["disputed"]
    )
    return Findings(found, Counter(fine))


def find(program: Program, snapshot: Snapshot, law_date: date) -> Findings:
    """The findings about a snapshot by a compiled program; explained by the reference."""
    fine: Counter[tuple[str, str]] = Counter()
    results: list[Result] = []
    ordered = sorted(program.judge(lower(snapshot, program.types), law_date.toordinal()), key=_policy)
    for _, parts in groupby(ordered, key=_policy):
        wanted = [(judged.part, numbers) for judged in parts if (numbers := _wanted(judged, fine))]
        if wanted:
            results += _explained(program, snapshot, law_date, wanted)
    return Findings(results, fine)


def _wanted(judged: Judged, fine: Counter[tuple[str, str]]) -> set[int | None]:
    """The numbers of the items that are no plain `ok`; None among them for what the list may hold beside.

    The others are counted as `fine` by policy and reason.
    """
    numbers: set[int | None] = set()
    codes: list[tuple[int | None, int]] = [*enumerate(judged.codes)]
    if judged.rest is not None:
        codes.append((None, judged.rest))
    for number, code in codes:
        if plainly_ok(code):
            fine[judged.part.id, OKAY[code & 15]] += 1
        else:
            numbers.add(number)
    return numbers


def _explained(
    program: Program, snapshot: Snapshot, law_date: date, wanted: list[tuple[Part, set[int | None]]]
) -> list[Result]:
    """The results of one policy, in the order of the schema."""
    from validator.interpreters.terms import schema_order  # noqa: PLC0415 - only where something was found
    from validator.journeys.explained import explained  # noqa: PLC0415

    found = [
        result
        for part, numbers in wanted
        for _, result in explained(program.policies, snapshot, law_date, part, numbers)
    ]
    return sorted(found, key=lambda result: schema_order(snapshot, result["subject"]))


def _policy(judged: Judged) -> str:
    return judged.part.id
