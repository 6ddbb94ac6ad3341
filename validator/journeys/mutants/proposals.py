"""Examples that are missing: for each mutant that lives on, facts on which it differs, told as an example.

An example is offered only after it was read, run and seen to kill, with the very facts with which it is offered. Of
all that are found the fewest are kept that kill what can be killed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from validator.journeys.mutants.killing import Example
from validator.journeys.mutants.model import Mutant, policy_of
from validator.journeys.mutants.naming import name_for
from validator.journeys.mutants.study import Studied, Witness
from validator.journeys.mutants.told import Entry
from validator.journeys.mutants.written import Body, Writer, shortened
from validator.language.library import Library
from validator.logic.report import Result
from validator.logic.text import Language, Text


class Proposal(NamedTuple):
    """An example to add to a policy: the case as it is to be written, and the mutants that it kills, by id."""

    policy: str
    body: Body
    kills: tuple[str, ...]


class _Tried(NamedTuple):
    """An example that was run and passed, and what it was made for."""

    policy: str
    body: Body
    example: Example
    result: Result
    mutant: Mutant


class Proposer:
    """Writes examples for one library, their names in one language.

    `own`: each example has a base of its own (for case files), else it stands on the base of its policy. `words`
    names verdicts and reasons.
    """

    def __init__(self, library: Library, words: Mapping[str, Text], language: Language, *, own: bool) -> None:
        self.library = library
        self.words = words
        self.language = language
        self.writer = Writer(library, own=own)

    def propose(self, studied: Iterable[Studied], taken: Mapping[str, Iterable[str]]) -> list[Proposal]:
        """The fewest examples found that kill all that can be killed, by policy and in the order of the mutants.

        `taken` are the names of the examples that each policy has already.
        """
        alive = [one for one in studied if one.survival.witness is not None]
        found: list[_Tried] = []
        for one in alive:
            assert one.survival.witness is not None
            tried = self._tried(one.mutant, one.survival.witness)
            if tried is not None:
                found.append(tried)
        return self._named(_fewest(found, [one.mutant for one in alive]), taken)

    # --- one example --------------------------------------------------------------------------------------

    def _tried(self, mutant: Mutant, witness: Witness) -> _Tried | None:
        """The example that tells the facts of a witness in few words and kills; None when none can."""
        policy = policy_of(self.library.policies, witness.policy)
        given = self.writer.to_write(policy, witness.facts, witness.subject)
        if given is None:
            return None
        changed = mutant.make()

        def trial(entries: tuple[Entry, ...]) -> _Tried | None:
            written = self.writer.written(policy, entries, given)
            if written is None or written.ran.ending != "passed":
                return None
            example = Example(written.case, written.ran, self.library.policies)
            found = _Tried(policy.id, written.body, example, written.result, mutant)
            return found if example.notices(changed) else None

        for entries in (given.entries, (*given.entries, *given.resets)):
            best = trial(entries)
            if best is not None:
                return shortened(entries, best, entries, trial)
        return None

    # --- names --------------------------------------------------------------------------------------------

    def _named(
        self, chosen: list[tuple[_Tried, tuple[str, ...]]], taken: Mapping[str, Iterable[str]]
    ) -> list[Proposal]:
        """Each example under a name that no other one of its policy has."""
        known = {policy: set(names) for policy, names in taken.items()}
        found: list[Proposal] = []
        for tried, kills in chosen:
            policies, snapshot = self.library.policies, tried.example.snapshot
            name = name_for(tried.result, snapshot, tried.mutant, policies, self.words, self.language)
            names = known.setdefault(tried.policy, set())
            number = 1
            while (told := name if number == 1 else f"{name} ({number})") in names:
                number += 1
            names.add(told)
            found.append(Proposal(tried.policy, {"name": told, **tried.body}, kills))
        return found


def _fewest(found: list[_Tried], mutants: list[Mutant]) -> list[tuple[_Tried, tuple[str, ...]]]:
    """A small group of examples that together kill all that any of them kills, each with what it kills."""
    changed = {mutant.id: mutant.make() for mutant in mutants}
    touched: dict[str, list[str]] = {}
    for mutant in mutants:
        for policy in mutant.touches:
            touched.setdefault(policy, []).append(mutant.id)
    kills = [tuple(id_ for id_ in touched[one.policy] if one.example.notices(changed[id_])) for one in found]
    open_ones = {id_ for some in kills for id_ in some}
    chosen: list[int] = []
    while open_ones:
        best = max(range(len(found)), key=lambda place: (len(open_ones.intersection(kills[place])), -place))
        chosen.append(best)
        open_ones.difference_update(kills[best])
    chosen.sort(key=lambda place: (found[place].policy, place))
    return [(found[place], kills[place]) for place in chosen]
