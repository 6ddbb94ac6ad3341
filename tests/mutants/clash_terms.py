"""Contexts and what formulas say of them, as the search for duties that can't all be met uses them."""

from __future__ import annotations

from collections.abc import Callable
from unittest.mock import patch

import z3
from clash_world import WORLD

from validator.interpreters.smt import context
from validator.interpreters.smt.context import Context, Leftovers, constants_of, is_given_list, put_in, term_of

DAY, PAID, BEDS = z3.Int("day"), z3.Bool("paid"), z3.Int("beds")  # given
OPEN, SEATS, PART = z3.Bool("open"), z3.Int("seats"), z3.Real("part")  # decided
GIVEN = [DAY, PAID, BEDS]


def model_of(*formulas: object) -> z3.ModelRef:
    """A model that says of what the formulas mention, and of nothing else."""
    solver = z3.Solver()
    solver.add(*formulas)
    assert solver.check() == z3.sat
    return solver.model()


def same(one: z3.BoolRef, other: z3.BoolRef) -> bool:
    """Whether two formulas mean the same."""
    solver = z3.Solver()
    return bool(solver.check(one != other) == z3.unsat)


def a_context_says_all_that_is_given() -> None:
    """Also what the model leaves open; formulas hold in it or do not."""
    for found in (Context(model_of(DAY == 7, PAID), GIVEN), Context(model_of(z3.Or(DAY == 7, PAID)), GIVEN)):
        whole = z3.And(*found.told)
        assert len(found.told_but_day) == 2
        assert same(z3.And(found.day == DAY, *found.told_but_day), whole)
        for formula in (PAID, z3.Not(PAID), BEDS > 3, BEDS <= 3, z3.Or(PAID, BEDS == 0), found.day == DAY, DAY > 7):
            assert found.holds(formula) is same(z3.And(whole, formula), whole), formula
            assert found.holds(z3.Not(formula)) is not found.holds(formula)
        assert found.holds(formula=True) is True
        assert found.holds(formula=False) is False
    assert Context(model_of(PAID), GIVEN).day == 0
    assert Context(model_of(DAY == 739_000), GIVEN).day == 739_000


def a_given_list_is_a_list_that_is_given() -> None:
    """And nothing else."""
    lists, fields = WORLD.vocabulary.lists, WORLD.vocabulary.root.fields
    shapes = (lists["classes"], lists["classes.pupils"], lists["rooms"], fields["paid"], fields["open"])
    assert [is_given_list(shape) for shape in shapes] == [True, True, False, False, False]


def formulas_are_terms() -> None:
    """Truth values become terms, terms stay what they are."""
    assert z3.is_true(term_of(formula=True))
    assert z3.is_false(term_of(formula=False))
    assert term_of(PAID) is PAID


def constants_are_found_in_their_order() -> None:
    """Each once; numbers, functions and truth values are none."""
    asked = z3.Function("asked", z3.IntSort(), z3.BoolSort())
    formula = z3.And(z3.Or(SEATS > BEDS, PAID), SEATS + 1 > BEDS, asked(SEATS), z3.BoolVal(val=True), DAY == 7)
    assert [str(one) for one in constants_of(formula)] == ["beds", "day", "paid", "seats"]
    assert constants_of(z3.BoolVal(val=True)) == []
    deep = PAID
    for number in range(60):  # as many steps as parts, not as ways through them
        deep = z3.If(deep, z3.Or(deep, number < BEDS), number < SEATS)
    assert [str(one) for one in constants_of(deep)] == ["beds", "paid", "seats"]


def values_are_put_in_the_place_of_constants() -> None:
    """All at once, and nothing where there is nothing to put in."""
    formula = z3.And(SEATS > BEDS, z3.Or(OPEN, PAID), PART > 1)
    assert put_in(formula, [], []) is formula
    put = put_in(formula, [SEATS, OPEN, PART], [z3.IntVal(4), z3.BoolVal(val=False), z3.RealVal("1.5")])
    assert same(put, z3.And(BEDS < 4, PAID))
    assert same(put_in(SEATS > BEDS, [SEATS, BEDS], [BEDS, SEATS]), BEDS > SEATS)
    assert put.ctx is formula.ctx


def what_is_left_speaks_of_given_facts_only() -> None:
    """Formulas about decisions alone leave nothing; a model may leave decisions open."""
    formulas = [True, OPEN, z3.Or(PAID, z3.Not(OPEN)), SEATS > BEDS, z3.Implies(DAY > 7, SEATS > 2), BEDS >= 0]
    for decided in ((OPEN, SEATS == 3), (OPEN, SEATS == 2), (OPEN,), (z3.Not(OPEN), SEATS == 5)):
        model = model_of(*decided)
        leftovers = Leftovers(GIVEN)
        for _ in range(2):
            left = leftovers.of(model, formulas)
            assert {str(one) for one in constants_of(left)} <= {"day", "paid", "beds"}
            pairs = [(one, model.eval(one, model_completion=True)) for one in (OPEN, SEATS)]
            wanted = [z3.substitute(formula, *pairs) for formula in formulas[2:]]
            assert same(left, z3.And(*wanted))
    assert Leftovers(GIVEN).of(model_of(OPEN), [True, OPEN]) is True
    assert same(Leftovers(GIVEN).of(model_of(OPEN), [OPEN, PAID, BEDS > 1]), z3.And(PAID, BEDS > 1))


def what_was_decided_before_is_not_put_in_again() -> None:
    """A formula is taken apart once, and put together once for the same decisions."""
    formulas = [SEATS > BEDS, z3.Or(PAID, OPEN)]
    models = [model_of(OPEN, number == SEATS) for number in (3, 3, 4, 3)]
    leftovers = Leftovers(GIVEN)
    with (
        patch.object(context, "put_in", wraps=put_in) as put,
        patch.object(context, "constants_of", wraps=constants_of) as taken,
    ):
        found = [leftovers.of(model, formulas) for model in models]
    assert [same(found[0], left) for left in found] == [True, True, False, True]
    assert (put.call_count, taken.call_count) == (3, 2)


TERMS: dict[str, Callable[[], None]] = {
    check.__name__.replace("_", " "): check
    for check in (
        a_context_says_all_that_is_given,
        a_given_list_is_a_list_that_is_given,
        formulas_are_terms,
        constants_are_found_in_their_order,
        values_are_put_in_the_place_of_constants,
        what_is_left_speaks_of_given_facts_only,
        what_was_decided_before_is_not_put_in_again,
    )
}
