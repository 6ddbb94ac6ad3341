"""Conditions back to the structure of their YAML: what is printed, read again in the same scope, is equal.

The reader spells out shorthand (`is_not` becomes a negation, several keys become a conjunction, stepping into a
record leaves no trace), so a text may come back in other words; its meaning can't. Names of items that hide a
field of the place they are used at are reached through `organization`.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal as Word
from typing import TypeAlias, assert_never

from validator.language.conditions import QUANTIFIERS, operators_of
from validator.language.scopes import Scope
from validator.language.vocabulary import ROOT
from validator.logic.expr import (
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
    Ratio,
    SetRelation,
    SetTest,
    Shifted,
    Sum,
    Term,
    Undecided,
)
from validator.logic.shape import FieldShape, Kind
from validator.logic.values import Order, Value, spell

Structure: TypeAlias = "dict[str, Structure] | list[Structure] | str | bool"
Keys: TypeAlias = "dict[str, Structure]"
EqualityWord = Word["is", "is_not"]


class UnprintableError(ValueError):
    """A condition that no text can say: the reader never makes it."""


def structure_of(condition: Condition, scope: Scope) -> Keys:
    """The YAML mapping of a condition that stands in `scope`; scalars are texts or truth values.

    Raises `UnprintableError` for what the language has no words for.
    """
    match condition:
        case AllOf(parts):
            return _conjunction([structure_of(part, scope) for part in parts], scope)
        case AnyOf(parts):
            return {"any": [structure_of(part, scope) for part in parts]}
        case Not(part):
            return _negation(part, scope)
        case Compare():
            return _compare(condition, scope, "is")
        case OneOf(field, values):
            return _on_field(field, scope, {"in": _values(values, field.shape)})
        case SetTest():
            return _set_test(condition, scope)
        case Quantified(quantity, items, bind, body):
            return _on_list(items, bind, scope, lambda inner: {quantity.value: structure_of(body, inner)})
        case Follow():
            return _follow(condition, scope)
        case ListedIn(field, register):
            return _on_field(field, scope, {"listed_in": register})
        case Meets(definition, name):
            return _stepped(scope, name, lambda _: {"meets": definition})
        case Undecided(question):
            return {"undecided": question}
        case Fresh():
            return _stepped(scope, condition.on.scope, lambda place: _fresh(condition, place))
        case Known(field):
            return _on_field(field, scope, {"known": True})
        case _:
            assert_never(condition)


# --- connectives ---------------------------------------------------------------------------------------------


def _conjunction(parts: list[Keys], scope: Scope) -> Keys:
    """Several keys of one mapping where that says the same, else `all`."""
    singles = [next(iter(part.items())) for part in parts if len(part) == 1]
    if len(singles) < len(parts) or len(parts) == 1:
        return {"all": [*parts]}
    names = [name for name, _ in singles]
    if len(set(names)) == len(names):
        return dict(singles)
    inner = [value for _, value in singles if isinstance(value, dict)]
    if len(set(names)) == 1 and len(inner) == len(parts) and _may_share(names[0], inner, scope):
        return {names[0]: {key: value for part in inner for key, value in part.items()}}
    return {"all": [*parts]}


def _may_share(name: str, parts: list[Keys], scope: Scope) -> bool:
    """Whether conditions under one key may stand together under it, each with one key of its own there."""
    keys = [key for part in parts for key in part]
    if len(keys) != len(parts) or len(set(keys)) != len(keys):
        return False
    shape = scope.field(name)
    if shape is None:
        return name in scope.bound
    if shape.kind is Kind.RECORD:
        return True
    allowed = QUANTIFIERS if shape.kind is Kind.LIST else operators_of(shape)
    return set(keys) <= set(allowed)


def _negation(part: Condition, scope: Scope) -> Keys:
    """The word for the opposite, where there is one."""
    match part:
        case Compare(order=Order.IS):
            return _compare(part, scope, "is_not")
        case OneOf(field, values):
            return _on_field(field, scope, {"not_in": _values(values, field.shape)})
        case Known(field):
            return _on_field(field, scope, {"known": False})
        case _:
            return {"not": structure_of(part, scope)}


# --- places --------------------------------------------------------------------------------------------------


def _stepped(scope: Scope, name: str, inside: Callable[[Scope], Keys]) -> Keys:
    """What `inside` says, written where the fields of the item `name` need no prefix."""
    if scope.current == name and not scope.prefix:
        return inside(scope)
    if scope.field(name) is None:
        return {name: inside(scope.into_scope(name))}
    root = scope.into_scope(ROOT)  # a field of that name stands in the way
    if scope.field(ROOT) is not None or root.field(name) is not None:
        raise UnprintableError(f"item `{name}` can't be named here")
    return {ROOT: {name: inside(root.into_scope(name))}}


def _at(scope: Scope, name: str, path: tuple[str, ...], inside: Callable[[Scope, str], Keys]) -> Keys:
    """What `inside` says at the record that holds the last name of a path; it gets the spelling of that name."""

    def down(place: Scope, rest: tuple[str, ...]) -> Keys:
        spelt = _spelt(place, rest[0])
        return inside(place, spelt) if len(rest) == 1 else {spelt: down(place.into_record(spelt), rest[1:])}

    return _stepped(scope, name, lambda place: down(place, path))


def _spelt(scope: Scope, name: str) -> str:
    """The word that denotes a field here: its own name, unless the policy gave that to another field."""
    path = (*scope.prefix, name)
    for word in (name, *scope.names()):
        if scope.field(word) is not None and scope.path(word) == path:
            return word
    raise UnprintableError(f"field `{name}` can't be named here")


def _dotted(scope: Scope, field: Field) -> str:
    """A field of the item at hand, as `sum`, `ratio` and `fresh` write it."""
    if field.scope != scope.current or scope.prefix:
        raise UnprintableError("terms of different items can't be joined")
    return ".".join((_spelt(scope, field.path[0]), *field.path[1:]))


def _on_field(field: Field, scope: Scope, value: Structure) -> Keys:
    return _at(scope, field.scope, field.path, lambda _, name: {name: value})


def _on_list(items: ListPath, bind: str, scope: Scope, inside: Callable[[Scope], Keys]) -> Keys:
    def at(place: Scope, name: str) -> Keys:
        shape = items.shape
        assert shape.record is not None
        alias: Keys = {} if bind == place.free_name(shape.scope) else {"as": bind}
        return {name: {**inside(place.into_item(shape.record, bind)), **alias}}

    return _at(scope, items.scope, items.path, at)


def _follow(condition: Follow, scope: Scope) -> Keys:
    reference = condition.reference

    def at(place: Scope, name: str) -> Keys:
        item = place.vocabulary.lists[reference.shape.target or ""]
        assert item.record is not None
        if condition.bind != place.free_name(item.scope):
            raise UnprintableError("what a reference points to can't be given a name")
        return {name: structure_of(condition.body, place.into_item(item.record, condition.bind))}

    return _at(scope, reference.scope, reference.path, at)


# --- comparisons ---------------------------------------------------------------------------------------------


def _compare(condition: Compare, scope: Scope, equality: EqualityWord) -> Keys:
    left, right = condition.left, condition.right
    word = equality if condition.order is Order.IS else condition.order.value
    match left:
        case Field():
            return _on_field(left, scope, _field_comparison(left, word, right))
        case CountOf(items, bind, body):
            limits: Structure = {word: _number(right)}
            if word == "is" and isinstance(right, Literal):
                limits = _number(right)
            return _on_list(
                items, bind, scope, lambda inner: {"count": {"of": structure_of(body, inner), "is": limits}}
            )
        case Sum(terms):
            return _stepped(
                scope,
                terms[0].scope,
                lambda place: {"sum": {"of": [_dotted(place, term) for term in terms], word: _number(right)}},
            )
        case Ratio(part, whole):
            return _stepped(
                scope,
                _scope_of(part),
                lambda place: {
                    "ratio": {"of": _share(part, place), "to": _share(whole, place), word: _number(right)}
                },
            )
        case Literal() | ParameterValue() | AsOf() | Shifted():
            raise UnprintableError("a comparison begins with a field, a count, a sum or a ratio")
        case _:
            assert_never(left)


def _field_comparison(field: Field, word: str, right: Term) -> Structure:
    if isinstance(right, Literal) and right.value == frozenset() and word in ("is", "is_not"):
        return {"empty": word == "is"}
    operand = _operand(right, field.shape)
    return operand if word == "is" else {word: operand}


def _scope_of(term: Field | CountOf) -> str:
    return term.scope if isinstance(term, Field) else term.items.scope


def _share(term: Field | CountOf, scope: Scope) -> Structure:
    if isinstance(term, Field):
        return _dotted(scope, term)
    if len(term.items.path) > 1:
        raise UnprintableError("a list inside a record can't be counted in a ratio")
    return _on_list(term.items, term.bind, scope, lambda inner: {"count": structure_of(term.body, inner)})


def _set_test(condition: SetTest, scope: Scope) -> Keys:
    field, relation, values = condition.field, condition.relation, condition.values
    if isinstance(values, Field):
        single = values.shape.kind is not Kind.SET
        if single and relation is not SetRelation.CONTAINS_ANY:
            raise UnprintableError("only `contains` takes a field with one value")
        return _on_field(field, scope, {"contains" if single else relation.value: _operand(values, field.shape)})
    assert isinstance(values.value, frozenset)
    if relation is SetRelation.CONTAINS_ANY and len(values.value) == 1:
        return _on_field(field, scope, {"contains": next(iter(values.value))})
    return _on_field(field, scope, {relation.value: [*sorted(values.value)]})


def _fresh(condition: Fresh, scope: Scope) -> Keys:
    within = condition.within
    return {
        "fresh": {
            "of": structure_of(condition.body, scope),
            "on": _dotted(scope, condition.on),
            "within_days": str(within) if isinstance(within, int) else {"param": within.name},
        }
    }


# --- right-hand sides ----------------------------------------------------------------------------------------


def _number(term: Term) -> Structure:
    return _value(term.value, Kind.DECIMAL) if isinstance(term, Literal) else _reference(term)


def _operand(term: Term, shape: FieldShape) -> Structure:
    match term:
        case Literal(frozenset() as members):
            return [*sorted(members)]
        case Literal(value):
            return _value(value, shape.kind)
        case AsOf():
            return "as_of"
        case _:
            return _reference(term)


def _reference(term: Term) -> Keys:
    match term:
        case Field(scope, path):
            return {"field": ".".join((scope, *path))}
        case ParameterValue(name):
            return {"param": name}
        case AsOf():
            return {"as_of": {}}
        case Shifted(day, days):
            shift: Keys = {"plus_days": str(days) if isinstance(days, int) else {"param": days.name}}
            return {"as_of": shift} if isinstance(day, AsOf) else {**_reference(day), **shift}
        case Literal() | CountOf() | Sum() | Ratio():
            raise UnprintableError("only a field, a parameter or a day can be referred to")
        case _:
            assert_never(term)


def _values(values: frozenset[Value], shape: FieldShape) -> list[Structure]:
    return sorted((_value(value, shape.kind) for value in values), key=str)


def _value(value: Value, kind: Kind) -> str | bool:
    if isinstance(value, bool):
        return value
    text = spell(value)
    if kind is Kind.MONTH:
        return text[:7]  # a month is kept as its last day
    return format(value, "f") if isinstance(value, Decimal) else text
