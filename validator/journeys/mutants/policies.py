"""The mutants of norms, decisions and definitions: their conditions, windows, exceptions and readings.

A norm about several lists is written once and read for each of them: a change is made in every list alike. What
no example can tell of is left alone: texts, grounds, severity, sanctions, and when a violation may be waived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from validator.journeys.mutants.model import Change, Mutant, inside, with_policy
from validator.journeys.mutants.operators import DROPPED, Operators
from validator.journeys.mutants.values import values
from validator.logic.expr import (
    NOWHERE,
    TRUE,
    AllOf,
    AsOf,
    Condition,
    Field,
    Literal,
    ParameterValue,
    Shifted,
    Term,
)
from validator.logic.frozen import replace
from validator.logic.policy import (
    Clauses,
    Criterion,
    Decision,
    Definition,
    Norm,
    Policy,
    PolicySet,
    Reading,
    Window,
)
from validator.logic.problem import Span
from validator.logic.text import Text

V = TypeVar("V")


class Edits(NamedTuple):
    """Writes the mutants of policies and definitions of one set."""

    policies: PolicySet
    operators: Operators

    def of_policy(self, policy: Policy) -> Iterator[Mutant]:
        """Every mutant of a norm or decision."""
        changes = self.norm(policy) if isinstance(policy, Norm) else self.decision(policy)
        for change in changes:
            yield self._mutant(policy, change)

    def _mutant(self, policy: Policy, change: Change[Policy]) -> Mutant:
        span = policy.span if change.span == NOWHERE else change.span
        name, made = f"{policy.id}:{change.key}", change.made
        return Mutant(
            name, "policy", policy.id, span, change.what, (policy.id,), lambda: with_policy(self.policies, made)
        )

    def of_definition(self, definition: Definition, touches: tuple[str, ...]) -> Iterator[Mutant]:
        """Every mutant of a definition that the policies `touches` rest on."""
        for change in self.operators.of(definition.when):
            yield self._defined(definition, change, touches)

    def _defined(self, definition: Definition, change: Change[Condition], touches: tuple[str, ...]) -> Mutant:
        def make() -> PolicySet:
            made = replace(definition, when=change.made)
            return replace(self.policies, definitions={**self.policies.definitions, definition.name: made})

        name = f"{definition.name}:when.{change.key}"
        return Mutant(name, "definition", definition.name, change.span, change.what, touches, make)

    # --- norms --------------------------------------------------------------------------------------------

    def norm(self, norm: Norm) -> Iterator[Change[Policy]]:
        """Every changed norm."""
        if len(norm.clauses) > 1:
            for place, clauses in enumerate(norm.clauses):
                path = clauses.subject.path
                what = Text(f"список `{path}` не судят", f"list `{path}` is not judged")
                rest = (*norm.clauses[:place], *norm.clauses[place + 1 :])
                yield Change(f"about.without:{path}", norm.span, what, replace(norm, clauses=rest))
        yield from self._in_every_list(norm)
        for reading in self._readings(norm):
            yield Change(reading.key, reading.span, reading.what, replace(norm, readings=reading.made))

    def _in_every_list(self, norm: Norm) -> Iterator[Change[Policy]]:
        """The changes of the clauses: one written change, made in each list where it can be made."""
        found: list[dict[str, Change[Clauses]]] = [
            {change.key: change for change in self._clauses(clauses)} for clauses in norm.clauses
        ]
        for key in dict.fromkeys(key for changes in found for key in changes):
            first = next(changes[key] for changes in found if key in changes)
            made = tuple(
                changes[key].made if key in changes else clauses
                for changes, clauses in zip(found, norm.clauses, strict=True)
            )
            yield Change(key, first.span, first.what, replace(norm, clauses=made))

    def _clauses(self, clauses: Clauses) -> Iterator[Change[Clauses]]:
        yield from inside(self.window(clauses.window), "in_force", lambda made: replace(clauses, window=made))
        yield from inside(
            self.scope(clauses.applies_when), "applies_when", lambda made: replace(clauses, applies_when=made)
        )
        yield from inside(
            self.scope(clauses.requirement), "requirement", lambda made: replace(clauses, requirement=made)
        )
        for place, (name, when) in enumerate(clauses.exceptions):

            def put(made: Condition, place: int = place, name: str = name) -> Clauses:
                others = clauses.exceptions
                return replace(clauses, exceptions=(*others[:place], (name, made), *others[place + 1 :]))

            what = Text(f"исключение `{name}` убрано", f"exception `{name}` dropped")
            rest = (*clauses.exceptions[:place], *clauses.exceptions[place + 1 :])
            yield Change(f"exceptions.without:{name}", when.span, what, replace(clauses, exceptions=rest))
            yield from inside(self.operators.of(when), f"exceptions.{name}", put)

    def scope(self, condition: Condition) -> Iterator[Change[Condition]]:
        """The changes of a condition that may also be left out as a whole; when it is many, its parts may be."""
        if condition != TRUE and not isinstance(condition, AllOf):
            yield Change("dropped", condition.span, DROPPED, TRUE)
        yield from self.operators.of(condition)

    # --- decisions ----------------------------------------------------------------------------------------

    def decision(self, decision: Decision) -> Iterator[Change[Policy]]:
        """Every changed decision."""
        yield from inside(self.window(decision.window), "in_force", lambda made: replace(decision, window=made))
        yield from inside(
            self.scope(decision.applies_when), "applies_when", lambda made: replace(decision, applies_when=made)
        )
        yield from inside(
            self._criteria(decision.criteria), "criteria", lambda made: replace(decision, criteria=made)
        )
        yield from inside(
            self._criteria(decision.exclusions), "exclusions", lambda made: replace(decision, exclusions=made)
        )
        for reading in self._readings(decision):
            yield Change(reading.key, reading.span, reading.what, replace(decision, readings=reading.made))

    def _criteria(self, criteria: tuple[Criterion, ...]) -> Iterator[Change[tuple[Criterion, ...]]]:
        for place, criterion in enumerate(criteria):

            def put(made: Condition, place: int = place, criterion: Criterion = criterion) -> tuple[Criterion, ...]:
                return (*criteria[:place], replace(criterion, when=made), *criteria[place + 1 :])

            what = Text(f"`{criterion.id}` убрано", f"`{criterion.id}` dropped")
            rest = (*criteria[:place], *criteria[place + 1 :])
            yield Change(f"without:{criterion.id}", criterion.span, what, rest)
            yield from inside(self.operators.of(criterion.when), criterion.id, put)

    # --- time in force ------------------------------------------------------------------------------------

    def window(self, window: Window) -> Iterator[Change[Window]]:
        """Each end a day earlier and later, or dropped; the judged day forgotten, or a period cut to one end."""
        if window.first is not None:
            for first in self._end(window.first):
                yield Change(f"from.{first.key}", first.span, first.what, replace(window, first=first.made))
        if window.last is not None:
            for last in self._end(window.last):
                yield Change(f"through.{last.key}", last.span, last.what, replace(window, last=last.made))
        start, end = window.judged_from, window.judged_through
        if start is None or end is None:
            return
        forgotten = Text("судят по дню снимка", "judged on the day of the snapshot")
        yield Change(
            "judged_on.dropped", start.span, forgotten, replace(window, judged_from=None, judged_through=None)
        )
        if start != end:
            for key, only in (("from", start), ("through", end)):
                name = ".".join(only.path)
                what = Text(f"судят только по `{name}`", f"judged on `{name}` only")
                made = replace(window, judged_from=only, judged_through=only)
                yield Change(f"judged_on.{key}", only.span, what, made)

    def _end(self, term: Term) -> Iterator[Change[Term | None]]:
        yield Change("dropped", term.span, Text("граница срока убрана", "the end of the term dropped"), None)
        found = list(self.operators.term(term, None))
        yield from (Change(change.key, change.span, change.what, change.made) for change in found)
        if isinstance(term, Field | ParameterValue | AsOf):
            for name, step, what in (
                ("earlier", -1, Text("на день раньше", "a day earlier")),
                ("later", 1, Text("на день позже", "a day later")),
            ):
                yield Change(name, term.span, what, Shifted(term, step, term.span))

    # --- readings -----------------------------------------------------------------------------------------

    def _readings(self, policy: Policy) -> Iterator[Change[tuple[Reading, ...]]]:
        for place, reading in enumerate(policy.readings):

            def put(made: Reading, place: int = place) -> tuple[Reading, ...]:
                return (*policy.readings[:place], made, *policy.readings[place + 1 :])

            yield from inside(self._reading(reading), f"readings.{reading.id}", put)

    def _reading(self, reading: Reading) -> Iterator[Change[Reading]]:
        """Each thing that a reading changes, not changed; each day or number that it gives, moved by one."""
        for name, given in sorted(reading.parameters.items()):
            if isinstance(given, Literal):
                for change in values(given.value, None, given.span, self.operators.words):
                    moved = {**reading.parameters, name: Literal(change.made, given.span)}
                    key = f"parameters.{name}.{change.key}"
                    yield Change(key, change.span, change.what, replace(reading, parameters=moved))
        yield from _left_out(
            "parameters", reading, reading.parameters, lambda rest: replace(reading, parameters=rest)
        )
        yield from _left_out(
            "definitions", reading, reading.definitions, lambda rest: replace(reading, definitions=rest)
        )
        yield from _left_out("registers", reading, reading.registers, lambda rest: replace(reading, registers=rest))
        for name in reading.without_exceptions:
            rest = tuple(other for other in reading.without_exceptions if other != name)
            yield _unchanged("without_exceptions", name, reading.span, replace(reading, without_exceptions=rest))
        for name in reading.admit_press:
            rest = tuple(other for other in reading.admit_press if other != name)
            yield _unchanged("admit_press", name, reading.span, replace(reading, admit_press=rest))


def _left_out(
    key: str, reading: Reading, given: Mapping[str, V], build: Callable[[dict[str, V]], Reading]
) -> Iterator[Change[Reading]]:
    for name in sorted(given):
        rest = {other: value for other, value in given.items() if other != name}
        yield _unchanged(key, name, reading.span, build(rest))


def _unchanged(key: str, name: str, span: Span, made: Reading) -> Change[Reading]:
    what = Text(f"толкование не меняет `{name}`", f"the reading does not change `{name}`")
    return Change(f"{key}.without:{name}", span, what, made)
