"""Duties that can't all be met, whatever an organization does: a question of the form "exists … for all …".

A context is what an organization can't change: the day and the facts whose role is `given`. A duty is engaged by a
context through its guard, and met through what the organization decides. The solver is asked for a context, and
then for decisions that meet all duties engaged in it. Where there are such decisions, they are put in the place of
the facts they are about, and what is left is a condition on contexts: all those in which the same decisions work
are done with. Where there are none, the duties that exclude each other are reduced to smallest groups. Contexts are
taken by date, earliest first, because what was decided early mostly works later too.

All given facts are known and all given lists complete: nobody is to comply by not telling, and nobody to fail so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import z3

from validator.interpreters.smt.answer import Document, Limits
from validator.interpreters.smt.ask import Session, new_solver, session
from validator.interpreters.smt.context import Context, Leftovers, is_given_list, term_of
from validator.interpreters.smt.duties import Clash, Duty, Search
from validator.interpreters.smt.formulas import Bool, conj, disj, implies, neg
from validator.interpreters.smt.model import Minimizer, UndecidedError
from validator.interpreters.smt.query import Both, Setting
from validator.interpreters.smt.replay import snapshot_of
from validator.interpreters.smt.variables import Variable
from validator.language.vocabulary import ROOT
from validator.logic.problem import InputError
from validator.logic.shape import Kind, Role

# So many contexts are looked at before the search is given up as undecided.
MOST_CONTEXTS = 400
MOST_GROUPS = 20


def clashes(
    setting: Setting,
    duties: Sequence[Duty],
    cuts: Sequence[date],
    *,
    limits: Limits | None = None,
    concerning: Sequence[int] | None = None,
) -> Search:
    """Every smallest group of duties that can't be met together in some context; `cuts` are days that matter.

    A context that engages the whole of a group which was found before is not looked at again, so a group may keep
    another one from being found until it is mended. With `concerning`, only contexts that engage one of these
    duties are looked at.
    """
    limits = limits or Limits()
    kept = session(setting)
    first = range(len(duties)) if concerning is None else concerning
    longest = limits.bounded
    while True:
        found = _Search(kept, duties, cuts, limits, longest, first).run()
        doubtful = [clash for clash in found.clashes if not clash.exact]
        if not doubtful or longest >= limits.longest:
            return found
        # Longer lists may leave a way out, and then other groups may come to light.
        wanted = max(_longest(kept, [duties[index] for index in clash.group], limits) for clash in doubtful)
        longest = min(max(wanted, longest + 1), limits.longest)


def _longest(kept: Session, duties: Sequence[Duty], limits: Limits) -> int:
    """How long lists have to be for some duties."""
    parts = tuple(query for duty in duties for query in (duty.guard, duty.met))
    return max(kept.bounds(Both(parts), limits)[0].sizes.values(), default=0)


class _Search:
    """The two solvers: one for contexts, one for decisions in a context."""

    def __init__(
        self,
        kept: Session,
        duties: Sequence[Duty],
        cuts: Sequence[date],
        limits: Limits,
        longest: int,
        first: Sequence[int],
    ) -> None:
        self.kept, self.duties, self.limits = kept, duties, limits
        parts = tuple(query for duty in duties for query in (duty.guard, duty.met))
        bounds, self.exact = kept.bounds(Both(parts), limits)
        self.sizes = {path: min(size, longest) for path, size in bounds.sizes.items()}
        hopes = tuple(duty.lasting for duty in duties)
        formulas, self.sound, self.touched = kept.formulas((*parts, *hopes), self.sizes)
        formulas, lasting = formulas[: len(parts)], formulas[len(parts) :]
        self.guards, self.met = formulas[::2], formulas[1::2]
        self.given = self._given()
        self.leftovers = Leftovers(self.given)
        self.cuts = sorted(cuts)
        self.contexts = new_solver(limits)
        self.contexts.add(*self.sound, *self._known(), disj(self.guards[index] for index in first))
        self.decisions = new_solver(limits)
        self.decisions.add(*self.sound, *self._known())
        self.wish = [self._switch(f"met {index}", formula) for index, formula in enumerate(self.met)]
        self.hopes = [self._switch(f"lasting {index}", formula) for index, formula in enumerate(lasting)]
        self.finished = True

    def _switch(self, name: str, formula: Bool) -> Bool:
        """What stands for a formula in the solver for decisions, which then has to take it apart only once."""
        if isinstance(formula, bool):
            return formula
        switch = z3.Bool(f"switch {name}")
        self.decisions.add(implies(switch, formula))
        return switch

    # --- what is given --------------------------------------------------------------------------------------------

    def _is_given(self, path: str) -> bool:
        """Whether neither the organization nor anybody in it decides which records of a list there are."""
        lists = self.kept.setting.vocabulary.lists
        parts = path.split(".") if path != ROOT else []
        paths = [".".join(parts[: index + 1]) for index in range(len(parts))]
        return all(lists[path].role is Role.GIVEN for path in paths)

    def _variables(self) -> Iterator[Variable]:
        for part in self.touched:
            if isinstance(part, Variable) and part.shape.role is Role.GIVEN and self._is_given(part.node.path):
                yield part

    def _given(self) -> list[Any]:
        """The constants that make a context."""
        found: list[Any] = [self.kept.space.as_of]
        slots = [slot for slot in self.kept.space.all_slots() if self._is_given(slot.path)]
        found += [slot.here for slot in slots if not isinstance(slot.here, bool)]
        for variable in self._variables():
            if not isinstance(variable.present, bool):
                found.append(variable.present)
            if variable.shape.kind is Kind.SET:
                found += variable.members.values()
            elif z3.is_expr(variable.value):
                found.append(variable.value)
        return found

    def _known(self) -> list[Bool]:
        """That everything given is told."""
        found = [implies(variable.node.here, variable.present) for variable in self._variables()]
        for part in self.touched:
            if isinstance(part, tuple):
                name, node = part
                shape = node.shape.fields.get(name) if self._is_given(node.path) else None
                if shape is not None and is_given_list(shape):
                    found.append(node.fact(f"{name}*", z3.BoolSort()))
        return found

    # --- the search -----------------------------------------------------------------------------------------------

    def run(self) -> Search:
        """Look at one context after another until none is left."""
        found: list[Clash] = []
        seen = 0
        while seen < MOST_CONTEXTS and len(found) < MOST_GROUPS:
            context = self._context()
            if context is None:
                break
            seen += 1
            active = [index for index, guard in enumerate(self.guards) if context.holds(guard)]
            self.decisions.push()
            self.decisions.add(*context.told)
            works = self._works(active, set())
            if works is None:
                groups = self._groups(active)
                if not groups:
                    break  # the solver has given up
                undecided = {group[0] for group in groups if len(group) == 1 and self._is_open(group[0])}
                sure = [group for group in groups if not undecided.intersection(group)]
                found += [self._clash(group, context) for group in sure]
                self.contexts.add(*[neg(conj(self.guards[index] for index in group)) for group in sure])
                works = self._works(active, undecided) if undecided else True
            self.contexts.add(self._elsewhere(context) if works is None else works)
            self.decisions.pop()
        else:
            self.finished = False
        given = {path: size for path, size in self.sizes.items() if size and self._is_given(path)}
        return Search(tuple(found), given, self.finished, seen)

    def _check(self, solver: Any, *assumed: Bool) -> bool:
        """Whether the solver finds a model; what it gives up leaves the search unfinished and counts as none."""
        return bool(self._answer(solver, *assumed) == z3.sat)

    def _excludes(self, solver: Any, *assumed: Bool) -> bool:
        """Whether there surely is no model; what the solver gives up leaves the search unfinished."""
        return bool(self._answer(solver, *assumed) == z3.unsat)

    def _answer(self, solver: Any, *assumed: Bool) -> Any:
        answer = solver.check(*assumed)
        if answer == z3.unknown:
            self.finished = False
        return answer

    def _context(self) -> Context | None:
        """A context of the earliest stretch of days in which one is left, None when there is none."""
        if not self._check(self.contexts):
            return None
        model = self.contexts.model()
        day = self.kept.space.as_of
        found = model.eval(day, model_completion=True).as_long()
        ends = [cut.toordinal() - 1 for cut in self.cuts if cut.toordinal() <= found]
        low, high = 0, len(ends)
        while low < high:
            middle = (low + high) // 2
            if self._check(self.contexts, day <= ends[middle]):
                model = self.contexts.model()
                high = middle
            else:
                low = middle + 1
        return Context(model, self.given)

    def _is_open(self, index: int) -> bool:
        """Whether the law leaves a duty open in the context at hand: it can't be met, but need not be broken.

        That is so where nothing breaks it, and where it may stay unknown although everything is told: a number that
        nobody has set yet leaves it open, facts that nobody tells do not.
        """
        unbroken = self._unbroken(index)
        if not self._check(self.decisions, neg(unbroken)):
            return True
        self.decisions.push()
        self.decisions.add(*self._told())
        found = self._check(self.decisions, unbroken)
        self.decisions.pop()
        return found

    def _told(self) -> list[Bool]:
        """That everything is told, given or not."""
        found: list[Bool] = []
        for part in self.touched:
            if isinstance(part, Variable):
                found.append(implies(part.node.here, part.present))
            elif isinstance(part, tuple):
                name, node = part
                found.append(node.fact(f"{name}*", z3.BoolSort()))
        return found

    def _unbroken(self, index: int) -> Bool:
        self.kept.space.lists.sizes = self.sizes
        return neg(self.kept.space.formula(self.duties[index].broken))

    def _elsewhere(self, context: Context) -> Bool:
        """Every context but the one at hand."""
        return neg(conj(context.told))

    def _works(self, active: list[int], undecided: set[int]) -> Bool | None:
        """Decisions that meet all active duties and as many others as they can, as what contexts are still open.

        None when there are no such decisions. The undecided duties need not be met, only not be broken.
        """
        every = list(range(len(self.duties)))
        open_ = {index: self._unbroken(index) for index in undecided}
        met = [open_.get(index, self.met[index]) for index in every]
        wish = [open_.get(index, self.wish[index]) for index in every]
        if not self._check(self.decisions, *(wish[index] for index in active)):
            return None
        model = self.decisions.model()
        if self._check(self.decisions, *wish):
            return neg(self.leftovers.of(self._lasting(wish), [*self.sound, *met]))
        taken = list(active)
        for index in every:
            if index in taken:
                continue
            holds = z3.is_true(model.eval(term_of(met[index]), model_completion=True))
            if not holds and self._check(self.decisions, *(wish[i] for i in (*taken, index))):
                model, holds = self.decisions.model(), True
            if holds:
                taken.append(index)
        decided = self.leftovers.of(model, [*self.sound, *(met[index] for index in taken)])
        others = [self.guards[index] for index in every if index not in taken]
        return disj([neg(decided), *others])

    def _lasting(self, wish: list[Bool]) -> Any:
        """Decisions, as a model, that meet the duties on other days too as far as there are such.

        One duty after another is left out of what is hoped for, which ends because what is wished alone can be had.
        """
        model = self.decisions.model()
        hopes = [hope for hope in self.hopes if not isinstance(hope, bool)]
        while hopes:
            answer = self.decisions.check(*wish, *hopes)
            if answer == z3.sat:
                return self.decisions.model()
            core = {part.get_id() for part in self.decisions.unsat_core()} if answer == z3.unsat else set()
            guilty = [hope for hope in hopes if hope.get_id() in core]
            if not guilty:
                break
            hopes = [hope for hope in hopes if hope is not guilty[-1]]
        return model

    # --- groups ---------------------------------------------------------------------------------------------------

    def _groups(self, active: list[int]) -> list[tuple[int, ...]]:
        """Every smallest group of active duties that exclude each other in the context at hand (MARCO)."""
        chosen = {index: z3.Bool(f"chosen {index}") for index in active}
        maps = z3.SimpleSolver()
        found: list[tuple[int, ...]] = []
        while len(found) < MOST_GROUPS and maps.check() == z3.sat:
            model = maps.model()
            seed = [i for i in active if not z3.is_false(model.eval(chosen[i]))]
            if self._check(self.decisions, *(self.wish[i] for i in seed)):
                grown = self._grown(seed, active)
                maps.add(z3.Or(*[chosen[i] for i in active if i not in grown]))
            else:
                core = self._shrunk(seed)
                if self._excludes(self.decisions, *(self.wish[i] for i in core)):
                    found.append(tuple(core))
                maps.add(z3.Or(*[z3.Not(chosen[i]) for i in core]))
        return sorted(found)

    def _grown(self, seed: list[int], active: list[int]) -> list[int]:
        kept = list(seed)
        for index in active:
            if index not in kept and self._check(self.decisions, *(self.wish[i] for i in (*kept, index))):
                kept.append(index)
        return kept

    def _shrunk(self, seed: list[int]) -> list[int]:
        kept = list(seed)
        for index in reversed(seed):
            fewer = [i for i in kept if i != index]
            if self._excludes(self.decisions, *(self.wish[i] for i in fewer)):
                kept = fewer
        return kept

    def _clash(self, group: tuple[int, ...], context: Context) -> Clash:
        queries = tuple(query for index in group for query in (self.duties[index].guard, self.duties[index].met))
        bounds, exact = self.kept.bounds(Both(queries), self.limits)
        enough = exact and all(self.sizes[path] >= size for path, size in bounds.sizes.items())
        first, last = self._days(group, context)
        return Clash(group, self._document(group, context), first, last, enough)

    def _days(self, group: tuple[int, ...], context: Context) -> tuple[date, date]:
        """The days around that of the context on which the same given facts leave no way out."""
        setting, day = self.kept.setting, context.day
        edges = [setting.first, *(cut for cut in self.cuts if setting.first < cut <= setting.last)]
        starts = [edge.toordinal() for edge in edges]
        ends = [start - 1 for start in starts[1:]] + [setting.last.toordinal()]
        here = max(index for index, start in enumerate(starts) if start <= day)
        solver = new_solver(self.limits)
        solver.add(*self.sound, *self._known(), *context.told_but_day)
        solver.add(*[part for index in group if (part := self.guards[index]) is not True])

        def stuck(index: int) -> bool:
            within = (self.kept.space.as_of >= starts[index], self.kept.space.as_of <= ends[index])
            met = [self.met[i] for i in group]
            return self._check(solver, *within) and self._excludes(solver, *within, *met)

        first = last = here
        while first > 0 and stuck(first - 1):
            first -= 1
        while last < len(starts) - 1 and stuck(last + 1):
            last += 1
        begin = starts[first] if stuck(first) else day
        end = ends[last] if stuck(last) else day
        return date.fromordinal(begin), date.fromordinal(end)

    def _telling(self, group: tuple[int, ...], context: Context) -> list[Bool]:
        """The day and as few of the given facts as suffice to engage the group and leave no way out.

        They suffice where everything given is told, so they are told themselves, and so is what else has to be.
        """
        known = self._known()
        day, *facts = context.told
        kept = self._fewest(group, facts, [day, *known])
        constants = {part.arg(0).get_id() for part in kept}
        told = [variable.present for variable in self._variables() if constants & {*_ids(variable)}]
        told = [day, *kept, *told]
        return [*told, *self._fewest(group, known, told)]

    def _fewest(self, group: tuple[int, ...], facts: list[Bool], beside: list[Bool]) -> list[Bool]:
        """As few facts as suffice, beside others, to engage the group and leave no way out; the last go first."""
        solver = new_solver(self.limits)
        solver.add(*self.sound, *beside)
        idle = neg(conj(self.guards[index] for index in group))
        ways = [[self.met[index] for index in group], [idle]]
        kept = facts
        for part in tuple(reversed(facts)):
            fewer = [other for other in kept if other is not part]
            if all(solver.check(*fewer, *way) == z3.unsat for way in ways):
                kept = fewer
        return kept

    def _document(self, group: tuple[int, ...], context: Context) -> Document | None:
        """The context as a snapshot in which all duties of the group but the last are met."""
        solver = new_solver(self.limits)
        solver.add(*self.sound, *self._telling(group, context))
        solver.add(*[self.met[index] for index in group[:-1]])
        broken = neg(self._unbroken(group[-1]))
        if self._check(solver, broken):  # it need not be: what is not met may be open
            solver.add(broken)
        if solver.check() != z3.sat:
            return None
        try:
            small = Minimizer(self.kept.space, solver, self.touched)
            small.run()
            document = small.document()
            snapshot_of(self.kept.setting, document)
        except (UndecidedError, InputError):
            return None
        return document


def _ids(variable: Variable) -> Iterator[int]:
    """The constants that say what a field holds, by the ids of their terms."""
    terms = variable.members.values() if variable.shape.kind is Kind.SET else (variable.value,)
    return (one.get_id() for one in terms if z3.is_expr(one))
