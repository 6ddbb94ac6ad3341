"""Terms as formulas: fields, parameters, shifted days and totals, and the judged day.

The counterpart of `interpreters/terms.py` and of `judge.judged_day`.
"""

from __future__ import annotations

from itertools import product
from typing import Any

from validator.interpreters.smt.facts import Case, Facts, Names
from validator.interpreters.smt.formulas import (
    BIG,
    Bool,
    Number,
    any_of,
    both,
    choose,
    conj,
    disj,
    neg,
    plus,
    same,
    term,
    within,
)
from validator.interpreters.smt.ordered import NEVER_DAY, NOTHING, Ordered, exactly, larger, smaller
from validator.interpreters.smt.reference_data import Stretch, parameter_on
from validator.interpreters.smt.variables import LAST_DAY, Variable
from validator.logic.expr import AsOf, CountOf, Field, Literal, ParameterValue, Ratio, Shifted, Sum, Term
from validator.logic.shape import Limit
from validator.logic.values import SpecialDay, Value, point


class Terms(Facts):
    """What terms with an order come to."""

    def ordered(self, case: Case, names: Names, found: Term) -> Ordered:
        """What a term with an order comes to, counts and shares apart."""
        match found:
            case Literal(value=value):
                return literal(value)
            case AsOf():
                return exactly(self.as_of)
            case Field():
                return self.seen(self.variable(names, found))
            case ParameterValue():
                return self._parameter(case, found)
            case Shifted():
                return self._shifted(case, names, found)
            case Sum(terms=terms):
                return self._sum([self.seen(self.variable(names, each)) for each in terms])
            case CountOf() | Ratio():
                raise TypeError("a count is not a term with a value")

    def seen(self, variable: Variable) -> Ordered:
        """A field with an order."""
        present, value = variable.present, variable.value
        declared = self._bounds(variable)
        low, high = declared or (-BIG, BIG)
        tight = present if declared is None else True
        return Ordered(present, variable.never(), tight, choose(present, value, low), choose(present, value, high))

    def _bounds(self, variable: Variable) -> tuple[Number, Number] | None:
        """The counterpart of `terms.bounds`."""
        shape = variable.shape
        if not shape.is_bounded:
            return None
        low = self._limit(variable, shape.at_least, lower=True)
        return low, larger(low, self._limit(variable, shape.at_most, lower=False))

    def _limit(self, variable: Variable, limit: Limit | None, *, lower: bool) -> Number:
        end = -BIG if lower else BIG
        if limit is None:
            return end
        if limit.as_of:
            return self.as_of
        if limit.number is not None:
            return limit.number
        assert limit.sibling is not None
        sibling = self.fact(variable.node, (*variable.path[:-1], limit.sibling))
        declared = self._bounds(sibling) or (-BIG, BIG)
        known = both(sibling.present, neg(sibling.never()))
        return choose(known, sibling.value, declared[0] if lower else declared[1])

    def _parameter(self, case: Case, found: ParameterValue) -> Ordered:
        """The value of a parameter, or what a reading puts in its place."""
        override = case.mode.overrides.parameters.get(found.name)
        if isinstance(override, Literal):
            return literal(override.value)
        if override is not None:
            return self.seen(self.variable(case.subject, override))
        result = NOTHING
        for condition, value in self.pieces(case, found):  # of which one at most holds
            one, known = literal(value), any_of(condition, result.known)
            never = any_of(both(condition, one.never), result.never)
            low, high = choose(condition, one.low, result.low), choose(condition, one.high, result.high)
            result = Ordered(known, never, known, low, high)
        return result

    def pieces(self, case: Case, found: ParameterValue) -> list[tuple[Bool, Value]]:
        """The values of a parameter, each with the condition under which it counts."""
        parameter = case.mode.policies.parameters[found.name]
        admitted = found.name in case.mode.overrides.admit_press
        low, high = self.judged(case)
        whole = (id(parameter), admitted)
        if whole not in self._data:
            self._data[whole] = (parameter, self._by_place(parameter, admitted))
        result = []
        for places, answers in self._data[whole][1]:
            place = disj(both(self._is("region", regions), self._is("kind", kinds)) for regions, kinds in places)
            result += [
                (both(place, stretch.holds(low, high)), value) for stretch, value in answers if value is not None
            ]
        return result

    def _by_place(
        self, parameter: Any, admitted: bool
    ) -> list[tuple[list[Any], tuple[tuple[Stretch, Value | None], ...]]]:
        """The values of a parameter by region and kind; None stands for every other one."""
        regions = sorted({row.region for row in parameter.rows if row.region is not None})
        kinds = sorted({row.kind for row in parameter.rows if row.kind is not None})
        groups: dict[object, tuple[list[Any], Any]] = {}
        for region, kind in product([*regions, None], [*kinds, None]):
            answers = parameter_on(parameter, region or "", kind or "", admitted)
            places = groups.setdefault(answers, ([], answers))[0]
            places.append(((region, regions), (kind, kinds)))
        return list(groups.values())

    def _is(self, name: str, place: tuple[str | None, list[str]]) -> Bool:
        """That the region (the kind) is this one, or none of those that are named."""
        wanted, named = place
        if not named:
            return True
        variable = self.fact(self.root, (name,))
        if wanted is None:
            return neg(within(variable.value, [self.text(text) for text in named]))
        return same(variable.value, self.text(wanted))

    def judged(self, case: Case) -> tuple[Number, Number]:
        """The counterpart of `judge.judged_day`."""
        field = case.mode.window.judged_through
        if field is None:
            return self.as_of, self.as_of
        variable = self.variable(case.subject, field)
        if not case.days:
            seen = self.seen(variable)
            high = smaller(seen.high, self.as_of)
            low = smaller(seen.low, high)
            case.days.append((choose(seen.never, self.as_of, low), choose(seen.never, self.as_of, high)))
        self._bounds(variable)
        return case.days[0]

    def _shifted(self, case: Case, names: Names, found: Shifted) -> Ordered:
        day = self.ordered(case, names, found.day)
        days = exactly(found.days) if isinstance(found.days, int) else self._parameter(case, found.days)
        special = both(day.known, any_of(day.never, same(day.low, BIG)))
        known = both(day.known, days.known)
        moved = smaller(larger(term(day.low) + term(days.low), 1), LAST_DAY)
        low, high = plus(day.low, days.low), plus(day.high, days.high)
        return Ordered(
            any_of(special, known),
            day.never,
            choose_bool(special, neg(day.never), both(day.tight, days.tight)),
            choose(special, day.low, choose(known, moved, low)),
            choose(special, day.low, choose(known, moved, high)),
        )

    def _sum(self, terms: list[Ordered]) -> Ordered:
        low: Number = 0
        high: Number = 0
        for each in terms:
            low, high = plus(low, each.low), plus(high, each.high)
        return Ordered(False, False, conj(each.tight for each in terms), low, high)


def choose_bool(condition: Bool, yes: Bool, no: Bool) -> Bool:
    """`yes` where the condition holds, else `no`."""
    return any_of(both(condition, yes), both(neg(condition), no))


def literal(value: Value) -> Ordered:
    """A number or a day of a policy."""
    if value is SpecialDay.NEVER:
        return NEVER_DAY
    if value is SpecialDay.OPEN_ENDED:
        return exactly(BIG)
    return exactly(point(value).low)


def is_ordered(found: Term) -> bool:
    """Whether a term that stands on the left of a comparison has an order."""
    return not isinstance(found, Field) or found.shape.kind.is_number or found.shape.kind.is_day
