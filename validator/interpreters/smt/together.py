"""Many questions of one form: is there an item of a list of which all of these hold, and all of those?

A part is put into formulas once and stands behind a switch; a question turns some of the switches on. One solver
answers all of them, so what it has learned from one question serves the next, and an item that shows the answer to
one often shows the answers to many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import z3

from validator.interpreters.smt.answer import Answer, Limits
from validator.interpreters.smt.ask import Session, ask, crowded, new_solver, session
from validator.interpreters.smt.facts import NotAnalysedError
from validator.interpreters.smt.query import Both, ForSome, Query, Setting, Switch
from validator.logic.policy import Subject
from validator.logic.proof import Status

Group = tuple[int, ...]


class Together:
    """Questions about groups of some conditions on the items of a list.

    `parts` are questions about the item that the subject binds, `groups` those that are going to be asked. With
    `grow` an item is looked for that satisfies many other parts as well, where parts mostly allow that. Answers are
    those of `ask` without witnesses; where this solver gives up, or what is compared does not allow that parts
    are looked at together, `ask` gives them.
    """

    def __init__(
        self,
        setting: Setting,
        subject: Subject,
        parts: Sequence[Query],
        groups: Sequence[Group],
        limits: Limits,
        *,
        grow: bool = True,
    ) -> None:
        self.setting, self.subject, self.parts, self.limits = setting, subject, tuple(parts), limits
        self._grows = grow
        self._kept: Session = session(setting)
        self._bounds = {group: self._kept.bounds(self.query(group), limits) for group in groups}
        self._found: list[frozenset[int]] = []
        self._core: frozenset[int] = frozenset()
        self._switches: list[Any] = []
        self._solver = self._solver_of(_longest([found.sizes for found, _ in self._bounds.values()]))

    def query(self, group: Group) -> Query:
        """The question about a group as it is put alone."""
        return ForSome(self.subject, Both(tuple(self.parts[index] for index in group)))

    def _solver_of(self, sizes: Mapping[str, int]) -> Any:
        """A solver that holds every part behind its switch; None where they can't be looked at together."""
        names = [f"part {index}" for index in range(len(self.parts))]
        body = Both(tuple(Switch(name, part) for name, part in zip(names, self.parts, strict=True)))
        try:
            formulas, sound, touched = self._kept.formulas((ForSome(self.subject, body),), sizes)
        except NotAnalysedError:
            return None
        if crowded(touched):
            return None
        self._switches = [z3.Bool(name) for name in names]
        solver = new_solver(self.limits)
        solver.add(*formulas, *sound)
        return solver

    def answer(self, group: Group) -> Answer:
        """Whether some item satisfies all parts of a group."""
        found, exact = self._bounds[group]
        holds = self._holds(frozenset(group))
        if holds is None:
            return ask(self.setting, self.query(group), limits=self.limits, witness=False)
        status = Status.WITNESS if holds else Status.PROVED if exact else Status.BOUNDED_OK
        return Answer(status, None, found.sizes, exact)

    def least(self, group: Group) -> list[int]:
        """As few as possible of the others in a group that exclude its first, where all of them do.

        What comes first is left out first, so it is the same in every run.
        """
        first, *kept = group
        core = self._core if self._holds(frozenset(group)) is False else frozenset(group)
        for index in tuple(kept):
            fewer = [other for other in kept if other != index]
            if not fewer:
                break
            if index in core:
                if self._without(first, fewer):
                    continue
                core = self._core or frozenset(fewer)
            kept = fewer
        return kept

    def _without(self, first: int, others: list[int]) -> bool:
        """Whether there is an item for fewer parts."""
        holds = self._holds(frozenset((first, *others)))
        if holds is not None:
            return holds
        self._core = frozenset()
        found = ask(self.setting, self.query((first, *others)), limits=self.limits, witness=False)
        return found.status is not Status.PROVED

    def _holds(self, group: frozenset[int]) -> bool | None:
        """Whether an item satisfies a group; None when this solver does not know."""
        if self._solver is None:
            return None
        if any(group <= found for found in self._found):
            return True
        answer = self._solver.check(*[self._switches[index] for index in sorted(group)])
        if answer == z3.sat:
            self._found.append(self._grown(group) if self._grows else group)
            return True
        if answer == z3.unknown:
            return None
        self._core = self._guilty()
        return False

    def _guilty(self) -> frozenset[int]:
        numbers = {switch.get_id(): index for index, switch in enumerate(self._switches)}
        return frozenset(numbers[part.get_id()] for part in self._solver.unsat_core())

    def _grown(self, group: frozenset[int]) -> frozenset[int]:
        """A group for which there is an item, with as many other parts as one item allows."""
        others = [index for index in range(len(self.parts)) if index not in group]
        while others:
            answer = self._solver.check(*[self._switches[index] for index in sorted((*group, *others))])
            if answer == z3.sat:
                break
            guilty = self._guilty() if answer == z3.unsat else frozenset()
            last = max((index for index in others if index in guilty), default=None)
            if last is None:
                return group
            others.remove(last)
        return group.union(others)


def _longest(sizes: Sequence[Mapping[str, int]]) -> Mapping[str, int]:
    """Lists that are long enough for each of some questions."""
    found: dict[str, int] = {}
    for each in sizes:
        for path, size in each.items():
            found[path] = max(found.get(path, 0), size)
    return found
