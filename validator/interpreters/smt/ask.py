"""Putting a question to the solver: the face of this package."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import z3

from validator.interpreters.smt.answer import Answer, Document, Limits, Witness
from validator.interpreters.smt.bounds import BoundFinder, Bounds, Memory
from validator.interpreters.smt.codes import STRANGERS
from validator.interpreters.smt.facts import NAMES_COMPARED, NotAnalysedError
from validator.interpreters.smt.formulas import Bool, neg
from validator.interpreters.smt.model import Minimizer, UndecidedError
from validator.interpreters.smt.query import Both, Either, Query, Setting, invariants
from validator.interpreters.smt.replay import holds, players, snapshot_of
from validator.interpreters.smt.seconds import shown, tied
from validator.interpreters.smt.slots import Space
from validator.interpreters.smt.variables import Variable
from validator.logic.facts import Snapshot
from validator.logic.problem import InputError
from validator.logic.proof import Status
from validator.logic.shape import Kind
from validator.logic.text import Text

_NO_LIMITS = Limits()


class DisagreementError(Exception):
    """The reference evaluator does not confirm what the solver found: a fault of ours, never a verdict.

    `query` and `document` reproduce it: `replay.holds(replay.snapshot_of(setting, document), query)` is false, or
    the reader refuses the document.
    """

    def __init__(self, query: Query, document: Document, why: str) -> None:
        super().__init__(f"{why}; question: {query!r}; snapshot: {document!r}")
        self.query = query
        self.document = document


class Session:
    """What is kept for a setting: the space with its formulas, and what no real snapshot violates."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.space = Space(setting)
        self.assumed = invariants(setting)
        self._needs: Memory = {}
        self._assumed = BoundFinder(self.space.encoder.finder).remember(self.assumed)

    def bounds(self, query: Query, limits: Limits) -> tuple[Bounds, bool]:
        """How long lists have to be for a question, and whether that is enough for lists of any length."""
        finder = BoundFinder(self.space.encoder.finder, self._needs)
        found = finder.bounds(query, limits.bounded, self._assumed)
        sizes, exact = dict(found.sizes), not found.open
        for path, size in sizes.items():
            if size > limits.longest:
                sizes[path], exact = limits.longest, False
        return Bounds({path: size for path, size in sizes.items() if size}, found.open), exact

    def formulas(
        self, parts: tuple[Query, ...], sizes: Mapping[str, int]
    ) -> tuple[list[Bool], list[Bool], list[Any]]:
        """The formulas of the parts, those that make a model a sound snapshot, and what they speak of."""
        space = self.space
        space.begin(sizes)
        found = [space.formula(part) for part in parts]
        sound = [space.formula(self.assumed)]
        for other in space.asked:
            sound += tied(space, other, self.assumed)
        touched = list(space.encoder.touched)
        return found, sound + space.soundness(touched), touched


@lru_cache(maxsize=8)
def session(setting: Setting) -> Session:
    """The session of a setting."""
    return Session(setting)


def new_solver(limits: Limits) -> Any:
    """A solver with these limits."""
    solver = z3.SimpleSolver()
    solver.set("timeout", limits.timeout)
    solver.set("random_seed", limits.seed)
    return solver


def ask(setting: Setting, query: Query, *, limits: Limits = _NO_LIMITS, witness: bool = True) -> Answer:
    """Whether some snapshot that the setting allows satisfies the query.

    With `witness` False a yes comes without its snapshot, which is quicker. Raises `DisagreementError` when the
    reference evaluator does not confirm a snapshot: an internal error, never a verdict.
    """
    kept = session(setting)
    found, exact = kept.bounds(query, limits)
    sizes = found.sizes
    try:
        parts, sound, touched = kept.formulas((query,), sizes)
    except NotAnalysedError as error:
        return Answer(Status.NOT_ANALYSED, None, sizes, False, error.text)
    exact = exact and not crowded(touched)
    if parts[0] is False:
        return _none(sizes, exact)
    solver = new_solver(limits)
    solver.add(*parts, *sound)
    answer = solver.check()
    if answer == z3.unsat:
        return _none(sizes, exact)
    if answer == z3.unknown:
        return Answer(Status.UNDECIDED, None, sizes, exact, _gave_up(solver))
    if not witness:
        return Answer(Status.WITNESS, None, sizes, exact)
    try:
        found_one = _witness(kept, query, solver, touched)
    except UndecidedError:
        return Answer(Status.UNDECIDED, None, sizes, exact, _gave_up(solver))
    return Answer(Status.WITNESS, found_one, sizes, exact)


def ask_each(
    setting: Setting, query: Query, cases: tuple[Query, ...], *, limits: Limits = _NO_LIMITS
) -> tuple[Answer, ...]:
    """For each of the cases, whether some snapshot satisfies the query and that case; answers without witnesses.

    The same answers as `ask` gives of each, much quicker where the cases are small: all of them share one set of
    formulas, whose lists are long enough for any of them.
    """
    kept = session(setting)
    found, exact = kept.bounds(Both((query, Either(cases))), limits)
    sizes = found.sizes
    try:
        parts, sound, touched = kept.formulas((query, *cases), sizes)
    except NotAnalysedError as error:
        return (Answer(Status.NOT_ANALYSED, None, sizes, False, error.text),) * len(cases)
    exact = exact and not crowded(touched)
    if parts[0] is False:
        return (_none(sizes, exact),) * len(cases)
    solver = new_solver(limits)
    solver.add(parts[0], *sound)
    return tuple(_case(solver, formula, sizes, exact=exact) for formula in parts[1:])


def _case(solver: Any, formula: Bool, sizes: Mapping[str, int], *, exact: bool) -> Answer:
    """Whether what the solver holds and the formula have a model; the solver is left as it was."""
    if formula is False:
        return _none(sizes, exact)
    solver.push()
    try:
        solver.add(formula)
        answer = solver.check()
        if answer == z3.unsat:
            return _none(sizes, exact)
        if answer == z3.unknown:
            return Answer(Status.UNDECIDED, None, sizes, exact, _gave_up(solver))
        return Answer(Status.WITNESS, None, sizes, exact)
    finally:
        solver.pop()


def _none(sizes: Mapping[str, int], exact: bool) -> Answer:
    return Answer(Status.PROVED if exact else Status.BOUNDED_OK, None, sizes, exact)


def _gave_up(solver: Any) -> Text:
    reason = solver.reason_unknown()
    return Text(f"решатель не нашёл ответа: {reason}", f"the solver found no answer: {reason}")


def crowded(touched: list[Any]) -> bool:
    """Whether service names are compared with one another, and are more than there are different strange ones."""
    if NAMES_COMPARED not in touched:
        return False
    services = [v for v in touched if isinstance(v, Variable) and Kind.SERVICE in (v.shape.kind, v.shape.item)]
    return len(services) > STRANGERS


def _witness(kept: Session, query: Query, solver: Any, touched: list[Any]) -> Witness:
    """The smallest model as a snapshot that the ordinary reader reads and the reference evaluator confirms."""
    small = Minimizer(kept.space, solver, touched)
    small.run()
    document = small.document()
    others = {other: shown(other, small, document, solver) for other in kept.space.asked}
    snapshot = _read(kept, query, document)
    then = {other: _read(kept, query, then) for other, then in others.items()}
    sound = all(holds(each, kept.assumed) for each in (snapshot, *then.values()))
    if not sound or not holds(snapshot, query, then=then):
        raise DisagreementError(query, document, "the reference evaluator does not confirm the witness")
    law_date = date.fromisoformat(str(document["as_of"]))
    return Witness(document, law_date, players(snapshot, query, then=then), next(iter(others.values()), None))


def _read(kept: Session, query: Query, document: Document) -> Snapshot:
    """A witness as the ordinary reader reads it."""
    try:
        return snapshot_of(kept.setting, document)
    except InputError as error:
        told = "; ".join(f"{p.path}: {p.message.en}" for p in error.problems)
        raise DisagreementError(query, document, f"the reader refuses the witness: {told}") from error


def culprits(setting: Setting, parts: tuple[Query, ...], *, limits: Limits = _NO_LIMITS) -> Answer:
    """Like `ask` of all the parts together; when they exclude each other, `core` is a smallest group that does.

    The group is found by leaving out parts from the last on, so it is the same in every run.
    """
    answer = ask(setting, Both(parts), limits=limits)
    if answer.status not in (Status.PROVED, Status.BOUNDED_OK):
        return answer
    kept = session(setting)
    formulas, sound, _ = kept.formulas(parts, answer.bounds)
    solver = new_solver(limits)
    solver.add(*sound)
    core = list(range(len(parts)))
    for index in reversed(range(len(parts))):
        rest = [formulas[other] for other in core if other != index]
        if solver.check(*rest) == z3.unsat:
            core.remove(index)
    return answer._replace(core=tuple(core))


__all__ = ["DisagreementError", "Session", "ask", "ask_each", "culprits", "neg", "new_solver", "session"]
