"""What the parts of the language are: equal by what they say, fixed, and made without a dataclass."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import validator
from validator.logic.expr import AsOf, Field, ListPath, Literal, Not, Undecided
from validator.logic.frozen import compared_fields, fields_of, replace
from validator.logic.policy import Citation, Clause, Period
from validator.logic.problem import Span
from validator.logic.shape import FieldShape, Kind
from validator.logic.text import Text

HERE, THERE = Span("a.yaml", 1, 2, 3, 4), Span("b.yaml", 5, 6, 7, 8)
SHAPE = FieldShape("kind", Kind.TEXT, Text("", ""), Text("", ""))
OTHER_SHAPE = FieldShape("kind", Kind.ID, Text("", ""), Text("", ""))


def test_conditions_are_equal_wherever_they_were_written() -> None:
    one = Field("chat", ("kind",), SHAPE, HERE)
    other = Field("chat", ("kind",), OTHER_SHAPE, THERE)
    assert one == other
    assert hash(one) == hash(other)
    assert one != replace(other, scope="organization")
    assert AsOf(HERE) == AsOf(THERE)
    assert len({AsOf(HERE), AsOf(THERE), Literal(1, HERE), Literal(1, THERE), Literal(2, HERE)}) == 3
    assert Citation("act", "1", HERE) == Citation("act", "1", THERE)


def test_records_of_other_classes_are_never_equal() -> None:
    assert Field("a", ("b",), SHAPE) != ListPath("a", ("b",), SHAPE)
    assert Not(Undecided("q")) != Undecided("q")
    assert Literal(1) != 1


def test_the_place_counts_where_nothing_says_that_it_does_not() -> None:
    clause = Clause("1", Text("", ""), "full", (), None, HERE)
    assert clause != replace(clause, span=THERE)
    assert clause == replace(clause, span=HERE)


def test_the_places_do_not_show_in_messages() -> None:
    assert repr(Not(Literal(1, HERE), THERE)) == "Not(part=Literal(value=1))"


def test_records_never_change() -> None:
    for record, name in ((Literal(1), "value"), (Period(), "first")):
        with pytest.raises(AttributeError):
            setattr(record, name, None)
        with pytest.raises(AttributeError):
            record.more = 1  # type: ignore[attr-defined]


def test_a_field_that_there_is_not_is_never_replaced() -> None:
    with pytest.raises(TypeError):
        replace(Literal(1), valeu=2)


def test_the_names_of_fields_come_in_order() -> None:
    assert fields_of(Field) == fields_of(Field("a", (), SHAPE)) == ("scope", "path", "shape", "span")
    assert compared_fields(Field) == compared_fields(Field("a", (), SHAPE)) == ("scope", "path")
    assert compared_fields(Period) == ("first", "last")


def test_no_module_of_the_program_builds_dataclasses() -> None:
    """Each takes half a millisecond of every start."""
    folder = Path(validator.__file__).parent
    builders = [
        str(file.relative_to(folder))
        for file in sorted(folder.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_bytes()))
        if (isinstance(node, ast.ImportFrom) and node.module == "dataclasses")
        or (isinstance(node, ast.Import) and any(one.name == "dataclasses" for one in node.names))
    ]
    assert not builders
