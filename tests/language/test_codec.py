"""The spelling of checked policies: what is read back is what was written, places and shapes included."""

from __future__ import annotations

import inspect
import json
import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings

from validator.interpreters.strategies import World, choosers, random_decision, random_norm, seeded
from validator.language import codec, codec_data, codec_nodes
from validator.language.codec import Checked, Items, decode, encode
from validator.language.codec_parts import PLAIN, SPAN, VALUE, Reader, Writer, optional, record, shapes_of
from validator.language.library import Library, load, read_folder
from validator.language.names import SERVICES, ReferenceNames
from validator.language.scopes import Known
from validator.language.vocabulary import ROOT, read_vocabulary
from validator.logic import expr, policy
from validator.logic.expr import Literal
from validator.logic.frozen import Frozen, fields_of, replace
from validator.logic.policy import Decision, Norm, PolicySet
from validator.logic.problem import Problem, Span
from validator.logic.shape import FieldShape, Kind, RecordShape
from validator.logic.text import Text
from validator.logic.values import SpecialDay, UnregisteredName, Value
from validator.resources import policies_folder, schema_bytes

often = settings(derandomize=True, database=None, deadline=None, max_examples=60)
SECTIONS = ("norms", "decisions", "drafts", "definitions", "registers", "parameters", "acts")


@cache
def shipped() -> Library:
    return load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))


def checked_of(library: Library) -> Checked:
    return Checked(library.policies, library.names, library.warnings)


def never() -> PolicySet:
    raise AssertionError("the files were read again")


def difference(one: Any, other: Any, path: str = "") -> str | None:
    """Where two values differ in anything at all, also in what `==` leaves out; shapes must be the same objects."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        if list(one) != list(other):
            return f"{path}: other names or another order"
        return next((d for key in one if (d := difference(one[key], other[key], f"{path}.{key}"))), None)
    if type(one) is not type(other):
        return f"{path}: {type(one)} and {type(other)}"
    if isinstance(one, FieldShape | RecordShape):
        return None if one is other else f"{path}: another shape"
    if isinstance(one, Frozen):
        found = (difference(getattr(one, n), getattr(other, n), f"{path}.{n}") for n in fields_of(one))
        return next((d for d in found if d), None)
    if isinstance(one, tuple):
        if len(one) != len(other):
            return f"{path}: another length"
        pairs = enumerate(zip(one, other, strict=True))
        return next((d for i, (a, b) in pairs if (d := difference(a, b, f"{path}[{i}]"))), None)
    if isinstance(one, frozenset):
        alike = sorted(map(repr, one)) == sorted(map(repr, other))
        return None if alike else f"{path}: another set"
    return None if one == other and repr(one) == repr(other) else f"{path}: {one!r} and {other!r}"


def test_the_comparison_of_these_tests_sees_what_equality_leaves_out() -> None:
    there, here = Span("a.yaml", 1, 2, 3, 4), Span("a.yaml", 1, 2, 3, 5)
    assert Literal(1, there) == Literal(1, here)
    assert difference(Literal(1, there), Literal(1, here)) == ".span[4]: 4 and 5"
    assert difference(Literal(True), Literal(1))
    assert difference(Literal(Decimal("1.0")), Literal(Decimal("1.00")))
    field = shipped().vocabulary.root.fields["kind"]
    assert difference(field, replace(field))


# --- round trips -------------------------------------------------------------------------------------------------


def test_the_shipped_policies_come_back_equal() -> None:
    library = shipped()
    found = decode(encode(checked_of(library), library.vocabulary), library.vocabulary, never)
    assert found.policies == library.policies
    assert library.policies == found.policies
    assert found.names == library.names
    assert list(found.names.services) == list(library.names.services)


def test_the_shipped_policies_come_back_with_every_place_and_every_shape() -> None:
    library = shipped()
    found = decode(encode(checked_of(library), library.vocabulary), library.vocabulary, never)
    assert difference(library.policies, found.policies) is None


def test_what_was_read_back_is_written_the_same() -> None:
    library = shipped()
    text = encode(checked_of(library), library.vocabulary)
    assert encode(decode(text, library.vocabulary, never), library.vocabulary) == text


def test_warnings_come_back() -> None:
    library = shipped()
    warning = Problem("c", Text("а", "a"), Text("", ""), Span("f.yaml", 1, 2, 3, 4), "f.yaml", "x[1]", True)
    bare = Problem("d", Text("б", "b"), Text("", ""), warning=True)
    checked = Checked(PolicySet("", {}, {}, {}, {}, {}, {}, {}), library.names, (warning, bare))
    found = decode(encode(checked, library.vocabulary), library.vocabulary, never)
    assert found.warnings == (warning, bare)
    assert difference(found.warnings, (warning, bare)) is None


@cache
def world() -> World:
    """The shipped reference data, for random policies over the published vocabulary."""
    library = shipped()
    policies = library.policies
    known = Known(
        {name: found.about for name, found in policies.definitions.items()},
        {name: found.kind for name, found in policies.parameters.items()},
        {name: found.family for name, found in policies.registers.items()},
        {"some": frozenset({"max", "sferum"})},
        frozenset(row.id for r in policies.registers.values() if r.family == SERVICES for row in r.rows),
    )
    day = date(2025, 10, 1)
    return World(library.vocabulary, policies, library.names, known, day, ("max", "unheard"), {}, {})


def round_trip(found: Norm | Decision) -> None:
    """One random policy there and back."""
    vocabulary = world().vocabulary
    policies = PolicySet("d", {}, {}, {found.id: found}, {}, {}, {}, {})
    text = encode(Checked(policies, ReferenceNames({}, frozenset()), ()), vocabulary)
    again = decode(text, vocabulary, never).policies
    assert again == policies
    assert difference(policies, again) is None


LISTS = (ROOT, "uses", "chats", "chats.ranks", "documents")


@pytest.mark.parametrize("path", LISTS)
@often
@given(choose=choosers())
def test_random_policies_come_back_equal(path: str, choose: Any) -> None:
    round_trip(random_norm(world(), choose, path))
    round_trip(random_decision(world(), choose, path))


def test_many_random_policies_come_back_equal_and_hold_every_kind_of_node() -> None:
    seen: set[str] = set()
    for seed in range(150):
        choose = seeded(seed)
        norm = random_norm(world(), choose, LISTS[seed % len(LISTS)])
        round_trip(norm)
        seen |= {type(node).__name__ for c in norm.clauses for node in expr.walk(c.requirement)}
        decision = random_decision(world(), choose, LISTS[seed % len(LISTS)])
        round_trip(decision)
    assert seen >= {made.__name__ for made in typing.get_args(expr.Condition)} - {"Known"}


VALUES: list[Value] = [
    "max",
    "d",
    "",
    True,
    False,
    0,
    1,
    -(2**53),
    Decimal("50"),
    Decimal("50.00"),
    Decimal("-0.10"),
    date(2025, 11, 1),
    SpecialDay.NEVER,
    SpecialDay.OPEN_ENDED,
    UnregisteredName("чужой"),
    frozenset(),
    frozenset({"b", "a"}),
    'строка\nс \u2028 \\ и " и 😀',
]


@pytest.mark.parametrize("value", VALUES, ids=[f"{type(v).__name__}-{n}" for n, v in enumerate(VALUES)])
def test_a_value_comes_back_as_the_same_kind(value: Value) -> None:
    writer = Writer(shapes_of(shipped().vocabulary))
    text = json.dumps(VALUE.write(writer, value))
    assert difference(value, VALUE.read(Reader([], {}, {}), json.loads(text))) is None


def test_a_file_name_that_is_no_utf8_comes_back() -> None:
    vocabulary, place = shipped().vocabulary, Span("norms/\udcff\ud800.yaml", 1, 1, 1, 2)
    warning = Problem("c", Text("а", "a"), Text("", ""), place)
    checked = Checked(PolicySet("", {}, {}, {}, {}, {}, {}, {}), ReferenceNames({}, frozenset()), (warning,))
    assert decode(encode(checked, vocabulary), vocabulary, never).warnings == (warning,)


# --- laziness ----------------------------------------------------------------------------------------------------


def decoded(library: Library) -> PolicySet:
    return decode(encode(checked_of(library), library.vocabulary), library.vocabulary, never).policies


def test_ids_and_lengths_decode_nothing() -> None:
    library = shipped()
    found = decoded(library)
    for name in SECTIONS:
        section, whole = getattr(found, name), getattr(library.policies, name)
        assert isinstance(section, Items)
        assert (len(section), list(section)) == (len(whole), list(whole))
        assert "no such name" not in section
        assert all(key in section for key in whole)
        assert repr(section) == f"<{len(whole)} items, 0 of them decoded>"


def test_an_item_is_decoded_once_and_alone() -> None:
    found = decoded(shipped())
    assert found.norms["FM-BAN"] is found.norms["FM-BAN"]
    assert repr(found.norms).endswith(" 1 of them decoded>")
    assert repr(found.definitions).endswith(" 0 of them decoded>")
    with pytest.raises(KeyError):
        found.norms["no such name"]


def test_the_policies_are_in_the_order_of_their_ids() -> None:
    assert decoded(shipped()).policies() == shipped().policies.policies()


def test_an_item_that_cannot_be_decoded_is_read_from_the_files() -> None:
    library = shipped()
    first, *lines = encode(checked_of(library), library.vocabulary).split(b"\n")
    for damaged in (b"", b"[]", b"{}", b'["norm"]', b'["what"]', b"null", b'["norm",1,2,3]'):
        asked: list[bytes] = []

        def afresh(asked: list[bytes] = asked, damaged: bytes = damaged) -> PolicySet:
            asked.append(damaged)
            return library.policies

        found = decode(b"\n".join([first, *[damaged] * len(lines)]), library.vocabulary, afresh).policies
        assert found.norms == library.policies.norms
        assert len(asked) == len(library.policies.norms)


# --- completeness ------------------------------------------------------------------------------------------------


def spelled(module: types.ModuleType) -> set[type[Any]]:
    """The classes of records that a module defines."""
    return {
        found
        for _, found in inspect.getmembers(module, inspect.isclass)
        if issubclass(found, Frozen) and found.__module__ == module.__name__
    }


def test_every_kind_of_node_has_its_tag() -> None:
    assert set(codec_nodes._TAGS) == spelled(expr) | {Norm, Decision}
    assert set(typing.get_args(expr.Condition)) | set(typing.get_args(expr.Term)) <= set(codec_nodes._TAGS)


def test_every_mapping_of_a_policy_set_is_written() -> None:
    assert list(fields_of(policy.PolicySet)) == ["digest", *codec.SECTIONS]


def test_a_table_that_lacks_a_field_or_has_them_in_another_order_is_refused() -> None:
    with pytest.raises(TypeError, match="Citation: the fields are"):
        record(policy.Citation, act=PLAIN, at=PLAIN)
    with pytest.raises(TypeError, match="Citation: the fields are"):
        record(policy.Citation, at=PLAIN, act=PLAIN, span=SPAN)


def test_what_the_tables_do_not_know_is_not_written() -> None:
    vocabulary = shipped().vocabulary
    writer = Writer(shapes_of(vocabulary))
    with pytest.raises(TypeError):
        VALUE.write(writer, 1.5)
    with pytest.raises(TypeError, match="expected Period"):
        codec_data.PERIOD.write(writer, policy.Window())
    stranger = FieldShape("kind", Kind.ENUM, Text("", ""), Text("", ""))
    with pytest.raises(KeyError):
        codec_nodes.NODE.write(writer, expr.Field("organization", ("kind",), stranger))
    assert optional(VALUE).write(writer, None) is None
