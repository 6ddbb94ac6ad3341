"""Quick checks of what facts the solver admits: one field, two fields of a record, the fields of the organization.

A row names values and says whether a snapshot can hold them; what the reader refuses, no model may have.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interpreters"))

import pytest
import z3
from encoder_organization import CHECKS_OF_ORGANIZATION, NAMES, possible
from worlds import REAL, TOY

from validator.interpreters.smt.codes import FAMILIES, MADE_UP, STRANGE, STRANGERS, Codes
from validator.interpreters.smt.formulas import BIG
from validator.interpreters.smt.query import Setting
from validator.interpreters.smt.variables import LAST_DAY, NEVER, Node, Variable, between, sound
from validator.logic.frozen import replace
from validator.logic.shape import FieldShape, Kind, Limit, RecordShape
from validator.logic.text import Text
from validator.logic.values import month_end

NOTHING = Text("", "")
Values = dict[str, Any]
DAY = date(2025, 9, 25).toordinal()


def shape_of(path: str, name: str, real: bool = False) -> FieldShape:
    """A field of a list of one of the worlds, or of its organization."""
    return (REAL if real else TOY).vocabulary.record_of(path).fields[name]


def made(kind: Kind, **limits: Any) -> FieldShape:
    """A field of a kind that no schema has."""
    return replace(FieldShape(limits.pop("name", "made"), kind, NOTHING, NOTHING), **limits)


def node() -> Node:
    """A record of its own, whose fields are only those that a check names."""
    return Node("people", "people[0]", RecordShape("people", {}), None, z3.Bool("people[0]"), 7)


# --- one field -------------------------------------------------------------------------------------------------

PERCENT = shape_of("organization", "public_share").record
assert PERCENT is not None
EDGE = 2**53 - 1
NUMBERS: tuple[tuple[FieldShape, tuple[Any, ...], tuple[Any, ...]], ...] = (
    (shape_of("people", "grade"), (0, 4), (-1, 5)),
    (shape_of("people", "load"), (-EDGE, EDGE), (-EDGE - 1, EDGE + 1)),
    (shape_of("people", "rank"), (1, EDGE), (0, EDGE + 1)),
    (shape_of("classes", "grade", real=True), (0, 11), (-1, 12)),
    (PERCENT.fields["federation"], (0, Fraction(1, 3), 100), (Fraction(-1, 7), Fraction(1001, 10))),
    (
        made(Kind.INTEGER, max_value=5, at_most=Limit(number=7), min_value=-3, at_least=Limit(number=-6)),
        (-3, 5),
        (-4, 6),
    ),
    (
        made(Kind.INTEGER, max_value=7, at_most=Limit(number=5), min_value=-6, at_least=Limit(number=-3)),
        (-3, 5),
        (-4, 6),
    ),
    (
        made(Kind.INTEGER, at_most=Limit(sibling="other"), at_least=Limit(sibling="other")),
        (-EDGE, EDGE),
        (EDGE + 1,),
    ),
)
DAYS: tuple[tuple[FieldShape, tuple[Any, ...], tuple[Any, ...]], ...] = (
    (shape_of("people", "first_on"), (1, DAY), (-1, 0, DAY + 1, BIG)),
    (shape_of("people", "seen_on"), (1, DAY, NEVER), (-1, DAY + 1, BIG)),
    (shape_of("people.tasks", "due_on"), (1, DAY + 1, LAST_DAY, NEVER, BIG), (-1, LAST_DAY + 1, BIG - 1)),
    (shape_of("documents", "in_force_from", real=True), (1, DAY + 1, LAST_DAY), (0, LAST_DAY + 1, BIG)),
    (shape_of("documents", "in_force_through", real=True), (1, LAST_DAY, BIG), (0, LAST_DAY + 1, BIG + 1)),
)


def check_one_field(rows: tuple[tuple[FieldShape, tuple[Any, ...], tuple[Any, ...]], ...]) -> None:
    """Which values a field can hold on a day; one that is absent or not there can hold anything."""
    codes = Codes(Setting(TOY.vocabulary, NAMES))
    for shape, admitted, refused in rows:
        variable = Variable(node(), (shape.name,), shape)
        formula = sound(variable, codes, DAY, frozenset())
        assert [value for value in admitted if not possible([formula], [(variable, value)])] == [], shape.name
        assert [value for value in refused if possible([formula], [(variable, value)])] == [], shape.name
        assert possible([formula, variable.value == refused[0]], [(variable, None)])


def check_months() -> None:
    """That a month is the last day of one, of the years 1904 to 2099, that has begun on the day of the snapshot."""
    codes = Codes(Setting(TOY.vocabulary, NAMES))
    variable = Variable(node(), ("month",), made(Kind.MONTH))
    late = date(2110, 1, 1).toordinal()
    years = (1904, 1905, 1906, 1907, 2000, 2099)
    shown = [month_end(year, month).toordinal() for year in years for month in range(1, 13)]
    solver = z3.SimpleSolver()
    solver.add(sound(variable, codes, late, frozenset()), variable.present)
    assert [day for day in shown if solver.check(variable.value == day) != z3.sat] == []
    outside = [month_end(year, month).toordinal() for year, month in ((1903, 12), (2100, 1), (2100, 2), (2104, 2))]
    others = [*outside, NEVER, BIG, *(day + step for day in shown for step in (-1, 1))]
    assert solver.check(z3.Or([variable.value == day for day in others])) == z3.unsat
    for last in (month_end(2024, 2), month_end(2025, 12)):
        for as_of, wanted in (
            (last.replace(day=1), True),
            (last, True),
            (last.replace(day=1).toordinal() - 1, False),
        ):
            today = as_of if isinstance(as_of, int) else as_of.toordinal()
            formula = sound(variable, codes, today, frozenset())
            assert possible([formula], [(variable, last.toordinal())]) is wanted
    other = Variable(variable.node, ("other",), made(Kind.MONTH))
    formulas = [sound(each, codes, late, frozenset()) for each in (variable, other)]
    assert possible(formulas, [(variable, shown[0]), (other, shown[-1])])


def check_names() -> None:
    """Which names a field can hold: words of its own, services, regions, and texts of its form."""
    codes = Codes(Setting(TOY.vocabulary, NAMES))
    beta, note, inn = codes.of_service("beta"), codes.of("Ромашка"), codes.of("500100732259")
    texts = frozenset({beta, note, inn, codes.of("7800000003"), codes.of("79")})
    school, gone = codes.of("school"), codes.of("gone")
    digits = {family.name: family for family in FAMILIES}
    ten, words = digits["digits 10"], digits["words"]
    region = codes.regions
    rows: tuple[tuple[FieldShape, Iterable[int], Iterable[int]], ...] = (
        (shape_of("people", "status"), [codes.of(w) for w in ("active", "away", "left")], [gone, school, note]),
        (
            shape_of("people", "service"),
            (*codes.services, beta, MADE_UP, MADE_UP + STRANGERS - 1),
            (*range(min(codes.services)), note, STRANGE + 1, MADE_UP - 1, MADE_UP + STRANGERS, ten.base),
        ),
        (shape_of("organization", "region", real=True), region, (codes.of("79"), note, digits["regions"].base)),
        (
            shape_of("organization", "inn", real=True),
            (inn, ten.base, ten.base + ten.size - 1, digits["digits 12"].base),
            (note, codes.of("7800000003"), ten.base - 1, ten.base + ten.size, words.base, beta, school),
        ),
        (
            made(Kind.TEXT, name="note", pattern="^t|Р"),
            (note, words.base, words.base + words.size - 1),
            (beta, STRANGE, school, words.base - 1, words.base + words.size, ten.base, region[0]),
        ),
        (made(Kind.TEXT, name="note"), (note, inn, ten.base, words.base), (beta, school)),
    )
    for shape, admitted, refused in rows:
        variable = Variable(node(), (shape.name,), replace(shape, required=False))
        formula = sound(variable, codes, DAY, texts)
        assert [code for code in admitted if not possible([formula], [(variable, code)])] == [], shape.name
        assert [code for code in refused if possible([formula], [(variable, code)])] == [], shape.name
    variable = Variable(node(), ("region",), replace(shape_of("organization", "region", real=True), required=False))
    anywhere = sound(
        variable, Codes(Setting(TOY.vocabulary, NAMES._replace(regions=frozenset()))), DAY, frozenset()
    )
    assert possible([anywhere], [(variable, digits["regions"].base + 39)])


def check_free() -> None:
    """That truth values, references, sets and pseudonyms are bound by nothing that one field says."""
    codes = Codes(Setting(TOY.vocabulary, NAMES))
    record = TOY.vocabulary.record_of("people").fields
    for name in ("ref", "team", "skills", "friends", "tools"):
        assert sound(Variable(node(), (name,), record[name]), codes, DAY, frozenset()) is True
    assert sound(Variable(node(), ("open",), shape_of("teams", "open")), codes, DAY, frozenset()) is True


def check_variables() -> None:
    """What stands for a field: whether it is known, its value, the members of a set that came up."""
    person, record = node(), TOY.vocabulary.record_of("people").fields
    ref, status, skills = (Variable(person, (name,), record[name]) for name in ("ref", "status", "skills"))
    assert (ref.present, ref.value) == (True, 7)
    assert not isinstance(status.present, bool)
    assert {str(each.value) for each in (status, Variable(person, ("status",), record["status"]))} == {
        "people[0].status"
    }
    assert str(Variable(person, ("desk", "floor"), made(Kind.INTEGER)).value) == "people[0].desk.floor"
    sorts = {Kind.BOOLEAN: z3.BoolSort(), Kind.DECIMAL: z3.RealSort(), Kind.INTEGER: z3.IntSort()}
    assert {kind: Variable(person, ("x",), made(kind)).value.sort() for kind in sorts} == sorts
    first = skills.has(3)
    assert (skills.value, skills.has(3) is first, skills.has(4) is first) == (None, True, False)
    assert [*skills.members] == [3, 4]
    inner = [Variable(person, path, made(Kind.INTEGER)).value for path in (("a", "b"), ("a_b",), ("a",), ("b",))]
    assert len({value.get_id() for value in inner}) == 4
    with pytest.raises(AssertionError) as error:
        skills.has(z3.Int("pseudonym"))
    assert error.value.args == ("skills", z3.Int("pseudonym"))


# --- two fields ------------------------------------------------------------------------------------------------

ORDERED = (
    ("chats.invitations", "invited_on", "joined_on"),
    ("chats", "archive_announced_on", "archived_on"),
    ("documents", "in_force_from", "in_force_through"),
)


def together(one: tuple[tuple[str, ...], FieldShape, Any], other: tuple[tuple[str, ...], FieldShape, Any]) -> bool:
    """Whether two fields of one record, each with its path, can have two values, in whatever order they come."""
    record = node()
    variables = [Variable(record, path, shape) for path, shape, _ in (one, other)]
    values = [*zip(variables, (one[2], other[2]), strict=True)]
    found = {possible(between(*pair), values) for pair in (variables, variables[::-1])}
    assert len(found) == 1
    return found.pop()


def check_two_fields() -> None:
    """That bounds by a sibling and days in order bind known values and ordinary days only."""
    for path, name, sibling in (("people", "rank", "places"), ("chats.ranks", "rank", "owner_chat_count")):
        shapes = [((each,), shape_of(path, each, real=path != "people")) for each in (name, sibling)]
        for pair, wanted in (((2, 3), True), ((3, 3), True), ((4, 3), False), ((4, None), True), ((None, 1), True)):
            assert together((*shapes[0], pair[0]), (*shapes[1], pair[1])) is wanted
    first, last = (((name,), shape_of("people", name)) for name in ("first_on", "last_on"))
    for pair, wanted in (((9, 9), True), ((9, 10), True), ((10, 9), False), ((10, None), True), ((None, 9), True)):
        assert together((*first, pair[0]), (*last, pair[1])) is wanted
    for path, earlier, later in ORDERED:
        one, other = (((name,), shape_of(path, name, real=True)) for name in (earlier, later))
        rows: list[tuple[Any, Any, bool]] = [(9, 9, True), (9, 10, True), (10, 9, False), (10, None, True)]
        if "never" in one[1].special:
            rows += [(NEVER, 9, True), (9, NEVER, True), (NEVER, NEVER, True)]
        if "open_ended" in other[1].special:
            rows += [(9, BIG, True)]
        for low, high, wanted in rows:
            assert together((*one, low), (*other, high)) is wanted, (earlier, low, high)


def check_other_records() -> None:
    """That fields of the same name in two records are no siblings, and that limits of months bind nothing."""
    low, high = made(Kind.INTEGER, at_most=Limit(sibling="high")), made(Kind.INTEGER, at_least=Limit(sibling="low"))
    for one, other, wanted in (
        (("low",), ("high",), False),
        (("in", "low"), ("in", "high"), False),
        (("in", "deep", "low"), ("in", "deep", "high"), False),
        (("in", "low"), ("high",), True),
        (("in", "low"), ("out", "high"), True),
        (("in", "deep", "low"), ("in", "high"), True),
        (("low",), ("in", "high"), True),
    ):
        assert together((one, low, 4), (other, high, 3)) is wanted, (one, other)
        assert together((one, low, 3), (other, high, 3))
    month = made(Kind.MONTH, at_most=Limit(sibling="high"))
    assert together((("low",), month, 60), (("high",), made(Kind.MONTH), 31))
    ended = made(Kind.DATE, at_most=Limit(sibling="high"))
    for day, wanted in ((31, True), (32, False)):
        assert together((("low",), ended, day), (("high",), made(Kind.MONTH), 31)) is wanted
    open_days = made(Kind.DATE, special=("never", "open_ended"), at_most=Limit(sibling="high"))
    ending = made(Kind.DATE, special=("never", "open_ended"))
    for low_day, high_day in ((BIG, 5), (5, NEVER), (BIG, NEVER), (NEVER, 5)):
        assert together((("low",), open_days, low_day), (("high",), ending, high_day))
    assert not together((("low",), open_days, 6), (("high",), ending, 5))
    assert [*between(Variable(node(), ("low",), low), Variable(node(), ("other",), made(Kind.INTEGER)))] == []


def check_absent_between() -> None:
    """That a field which is absent puts no others in order."""
    low, high = made(Kind.INTEGER, at_most=Limit(sibling="mid")), made(Kind.INTEGER, at_least=Limit(sibling="mid"))
    mid = made(Kind.INTEGER, at_least=Limit(sibling="low"), at_most=Limit(sibling="high"))
    plain = made(Kind.INTEGER)
    for shapes in ((low, plain, high), (plain, mid, plain), (low, mid, high)):
        record = node()
        variables = [
            Variable(record, path, shape)
            for path, shape in zip((("low",), ("mid",), ("high",)), shapes, strict=True)
        ]
        formulas = [*between(*variables[:2]), *between(*variables[1:])]
        assert len(formulas) == sum(
            limit is not None for shape in shapes for limit in (shape.at_least, shape.at_most)
        )
        for value, wanted in ((None, True), (4, False)):
            assert possible(formulas, zip(variables, (5, value, 3), strict=True)) is wanted


CHECKS_OF_FACTS: dict[str, Callable[[], None]] = {
    "numbers of a field": partial(check_one_field, NUMBERS),
    "days of a field": partial(check_one_field, DAYS),
    **CHECKS_OF_ORGANIZATION,
    **{
        f"facts: {check.__name__.removeprefix('check_')}": check
        for check in (
            *(
                check_months,
                check_names,
                check_free,
                check_variables,
                check_two_fields,
                check_other_records,
                check_absent_between,
            ),
        )
    },
}
