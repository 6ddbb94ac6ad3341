"""Checks of what conditions are made of: what is inside of each kind, and when two are the same."""

from __future__ import annotations

import copy
import pickle
from typing import get_args
from unittest.mock import patch

import pytest

from validator.logic import frozen
from validator.logic.baseline import Baseline
from validator.logic.expr import (
    TRUE,
    AllOf,
    AnyOf,
    AsOf,
    Compare,
    Condition,
    CountOf,
    Field,
    Follow,
    Fresh,
    Known,
    ListedIn,
    ListPath,
    Literal,
    Meets,
    Not,
    OneOf,
    ParameterValue,
    Quantified,
    Quantity,
    Ratio,
    SetRelation,
    SetTest,
    Shifted,
    Sum,
    Term,
    Undecided,
    children,
    terms_of,
    walk,
)
from validator.logic.frozen import Frozen, Placed, compared_fields, fields_of
from validator.logic.named_tuple import NamedTuple
from validator.logic.policy import Citation, Clause, Period
from validator.logic.problem import Span
from validator.logic.shape import FieldShape, Kind
from validator.logic.text import Text
from validator.logic.values import Order
from validator.logic.waiver import Waiver

NOTHING = Text("", "")
SHAPE = FieldShape("field", Kind.INTEGER, NOTHING, NOTHING)
HERE, THERE = Span("a.yaml", 1, 2, 3, 4), Span("b.yaml", 5, 6, 7, 8)
A, B = Field("person", ("a",), SHAPE), Field("person", ("desk", "b"), SHAPE)
TEN, FEW = Literal(10), ParameterValue("few", Kind.INTEGER)
FIRST, SECOND, THIRD = Undecided("first"), Undecided("second"), Undecided("third")
PEOPLE = ListPath("organization", ("people",), SHAPE)
ONES, OTHERS = CountOf(PEOPLE, "person", FIRST), CountOf(PEOPLE, "person", SECOND)
LATER = Shifted(A, 3)
BY_PARAMETER = Shifted(AsOf(), FEW)

Row = tuple[Condition, tuple[Condition, ...], tuple[Term, ...]]
# A condition, the conditions directly inside, the terms that stand in it.
ROWS: tuple[Row, ...] = (
    (Compare(A, Order.IS, TEN), (), (A, TEN)),
    (Compare(FEW, Order.IS, AsOf()), (), (FEW, AsOf())),
    (Compare(ONES, Order.AT_LEAST, OTHERS), (FIRST, SECOND), (ONES, OTHERS)),
    (Compare(TEN, Order.AT_LEAST, ONES), (FIRST,), (TEN, ONES)),
    (Compare(Ratio(ONES, OTHERS), Order.IS, TEN), (FIRST, SECOND), (Ratio(ONES, OTHERS), ONES, OTHERS, TEN)),
    (Compare(Ratio(A, OTHERS), Order.IS, FEW), (SECOND,), (Ratio(A, OTHERS), A, OTHERS, FEW)),
    (Compare(Sum((A, B)), Order.IS, B), (), (Sum((A, B)), A, B, B)),
    (Compare(LATER, Order.IS, BY_PARAMETER), (), (LATER, A, BY_PARAMETER, AsOf(), FEW)),
    (OneOf(A, frozenset({1, 2})), (), (A,)),
    (SetTest(A, SetRelation.WITHIN, B), (), (A, B)),
    (SetTest(B, SetRelation.CONTAINS_ALL, TEN), (), (B, TEN)),
    (Quantified(Quantity.SOME, PEOPLE, "person", FIRST), (FIRST,), ()),
    (Follow(A, "team", SECOND), (SECOND,), (A,)),
    (ListedIn(A, "services"), (), (A,)),
    (Meets("ORG-RED", "organization"), (), ()),
    (FIRST, (), ()),
    (Fresh(FIRST, A, 30), (FIRST,), (A,)),
    (Fresh(SECOND, B, FEW), (SECOND,), (B, FEW)),
    (Known(B), (), (B,)),
    (AllOf((FIRST, SECOND, THIRD)), (FIRST, SECOND, THIRD), ()),
    (AnyOf((THIRD, FIRST)), (THIRD, FIRST), ()),
    (Not(THIRD), (THIRD,), ()),
    (TRUE, (), ()),
)


def check_what_is_directly_inside_a_condition() -> None:
    """Of every kind, in the order written."""
    assert {type(row[0]) for row in ROWS} == set(get_args(Condition))
    assert {type(term) for row in ROWS for term in row[2]} == set(get_args(Term))
    for condition, inside, terms in ROWS:
        assert children(condition) == inside, condition
        assert terms_of(condition) == terms, condition


def check_everything_inside_comes_outermost_first() -> None:
    """A whole branch before the next one, to any depth."""
    count = Compare(CountOf(PEOPLE, "person", Not(FIRST)), Order.IS, TEN)
    follow = Follow(A, "team", AnyOf((SECOND, count)))
    whole = AllOf((follow, THIRD))
    inner = (follow, AnyOf((SECOND, count)), SECOND, count, Not(FIRST), FIRST)
    assert walk(whole) == (whole, *inner, THIRD)
    assert walk(FIRST) == (FIRST,)
    for condition, inside, _ in ROWS:
        assert walk(condition) == (condition, *(one for part in inside for one in walk(part)))


def check_only_what_a_condition_says_makes_it_another() -> None:
    """Each part that counts is compared and hashed, and no other."""
    one = Shifted(A, 3, HERE)
    assert one == Shifted(Field("person", ("a",), FieldShape("other", Kind.ID, NOTHING, NOTHING), THERE), 3, THERE)
    assert one not in (Shifted(B, 3, HERE), Shifted(A, 4, HERE))
    assert one != 3
    assert hash(one) == hash(Shifted(A, 3, THERE))
    assert len({Shifted(day, days) for day in (A, B) for days in range(20)}) == 40
    assert len({hash(Shifted(day, days)) for day in (A, B) for days in range(20)}) > 30
    assert len({hash(Meets(f"DEFINITION-{number}", "person")) for number in range(40)}) > 30
    assert AsOf(HERE) == AsOf() != FIRST


def check_what_is_equal_is_not_unequal() -> None:
    """Two signs for one question."""
    records = [one for condition, _, terms in ROWS for one in (condition, *terms)]
    for record in records:
        again = pickle.loads(pickle.dumps(record))
        assert again is not record
        for other in records:
            assert (again != other) is not (again == other), (again, other)
    assert (Citation("act", "1", HERE) != Citation("act", "1", THERE)) is False
    assert (Citation("act", "1", HERE) != Citation("act", "2", HERE)) is True


def check_a_record_of_another_class_may_know_better() -> None:
    """A comparison with something strange is left to that, as Python does it."""

    class Anything:
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = None  # type: ignore[assignment]

    assert Anything() == A
    assert Anything() == A
    assert A.__eq__(B) is False
    assert A.__eq__(A) is True
    assert A.__eq__(FIRST) is NotImplemented


def check_a_message_holds_what_counts() -> None:
    """The class, then each part by its name."""
    assert repr(ListedIn(A, "services", HERE)) == (
        "ListedIn(field=Field(scope='person', path=('a',)), register='services')"
    )
    assert repr(AsOf(HERE)) == "AsOf()"
    assert repr(Meets("ORG-RED", "person", HERE)) == "Meets(definition='ORG-RED', scope='person')"


def check_what_counts_is_worked_out_once_for_a_class() -> None:
    """There are very many comparisons."""

    class Fact(Placed, frozen=True):
        name: str
        number: int
        span: Span = HERE

    class Bare(Placed, frozen=True):
        span: Span = HERE

    with patch.object(frozen, "compared_fields", wraps=compared_fields) as worked_out:
        assert Fact("a", 1, HERE) == Fact("a", 1, THERE)
        assert Fact("a", 1) not in {Fact("a", 2), Fact("b", 1)}
        assert hash(Bare()) == hash(Bare(THERE))
        assert Bare() == Bare(THERE) != Fact("a", 1)
    assert [call.args for call in worked_out.call_args_list] == [(Fact,), (Bare,)]

    class First(Placed, frozen=True):
        name: str

    with patch.object(frozen, "compared_fields", wraps=compared_fields) as worked_out:
        assert len({First("a"), First("a"), First("b")}) == 2
    assert [call.args for call in worked_out.call_args_list] == [(First,)]


def check_the_place_counts_in_records_that_are_places() -> None:
    """Of a class and of a record of it; only what is `Placed` leaves its place and its shape out."""
    clause = Clause("1", NOTHING, "full", (), None, HERE)
    for of in (Clause, clause):
        assert compared_fields(of) == fields_of(of) == ("at", "title", "coverage", "policies", "why", "span")
    for of in (Citation, Citation("act", "1", HERE)):
        assert fields_of(of) == ("act", "at", "span")
        assert compared_fields(of) == ("act", "at")
    assert compared_fields(PEOPLE) == ("scope", "path")


def check_no_record_can_be_changed() -> None:
    """None of the language, the policies and what goes with them; and the collector passes them by."""
    kinds, left = [Frozen], [Frozen]
    while left:
        found = [kind for kind in left.pop().__subclasses__() if kind.__module__.startswith("validator.logic.")]
        kinds += found
        left += found
    assert {Waiver, Baseline, Period, FieldShape, Literal, Citation} <= {*kinds}
    for kind in kinds:
        assert kind.__struct_config__.frozen, kind
        assert not kind.__struct_config__.gc, kind


def check_a_tuple_of_names_has_one_base() -> None:
    """With another its fields and methods would be lost without a word."""

    class Mixed:
        def more(self) -> int:
            return 1

    for bases in ((NamedTuple, Mixed), (Mixed, NamedTuple)):
        body = {"__annotations__": {"a": "int"}, "__module__": "m", "__qualname__": "Wrong"}
        with pytest.raises(TypeError, match=r"^Wrong: fields with annotations are wanted, .*, and one base$"):
            type(NamedTuple)("Wrong", bases, dict(body))


def check_records_outlive_a_copy() -> None:
    """A cache keeps policies, processes hand them on."""
    clause = Clause("1", Text("а", "a"), "full", ("N",), None, HERE)
    records: list[Frozen] = [clause, Period(), *(row[0] for row in ROWS)]
    for record in records:
        for again in (pickle.loads(pickle.dumps(record)), copy.deepcopy(record)):
            assert type(again) is type(record)
            assert again == record
            assert hash(again) == hash(record)
    again = pickle.loads(pickle.dumps(Not(FIRST, THERE)))
    assert again.span == THERE
