"""Conditions on a record: its fields, quantifiers over its lists, connectives, enclosing records."""

from __future__ import annotations

from collections.abc import Container

from validator.language.conditions import CONNECTIVES, QUANTIFIERS, operators_of
from validator.language.schema.ground import Ground
from validator.language.schema.pieces import (
    ALIAS,
    DECIMAL,
    DEFINITION_NAME,
    TEXT,
    Schema,
    bare,
    closed,
    given,
    if_mapping,
    keyed,
    list_of,
    not_alone,
    of_field,
    operation,
    ref,
    told,
    unoffered,
    within,
)
from validator.language.schema.places import ANY, Place, own_fields, union_fields
from validator.language.schema.values import comparison, comparisons, reference_keys, value_of
from validator.language.vocabulary import ROOT
from validator.logic.shape import FieldShape, Kind, RecordShape
from validator.logic.text import Text


def condition(ground: Ground, place: Place) -> None:
    """Define the condition on a record of that place, `condition_<name>`."""
    name = f"condition_{place.name}"
    properties = {field: _field(ground, place, shape) for field, shape in place.shape.fields.items()}
    ground.define(name, lambda: _whole(ground, place, properties))


def _whole(ground: Ground, place: Place, fields: dict[str, Schema]) -> Schema:
    scopes = _scopes(ground, place, fields)
    return {
        **closed(fields | _connectives(ground, place) | scopes),
        "patternProperties": {ALIAS: ref(f"condition_{ANY}")},
    }


def _scopes(ground: Ground, place: Place, fields: Container[str]) -> dict[str, Schema]:
    """Enclosing records by their names. Offered are those that always enclose: the organization, and of an item of
    a nested list the one that holds it; which other names are bound depends on where the condition stands.
    """
    holder, _, inner = place.path.partition(".")
    offered = {ROOT} if place.path != ROOT and not place.nested else set()
    if inner and not place.nested:
        offered.add(ground.vocabulary.lists[holder].scope)
    scopes = {name: ref(f"scope_{name}") for name in ground.scope_names if name not in fields}
    return {name: scope if name in offered else unoffered(scope) for name, scope in scopes.items()}


def _field(ground: Ground, place: Place, shape: FieldShape) -> Schema:
    match shape.kind:
        case Kind.RECORD:
            schema = {"type": "object", **within(f"condition_{place.name}_{shape.name}")}
        case Kind.LIST:
            schema = _quantifiers(shape)
        case Kind.REF:
            schema = _follow(ground, shape)
        case _:
            schema = if_mapping(comparisons(ground, shape), value_of(ground, shape))
    return of_field(shape, schema)


def _follow(ground: Ground, shape: FieldShape) -> Schema:
    """A mapping under a reference steps into the record it points to, unless it holds comparisons."""
    target = ground.vocabulary.lists[shape.target or ""]
    words = (*operators_of(shape), *reference_keys(ground, shape))
    inner = {"if": given(*words), "then": comparisons(ground, shape), "else": ref(f"condition_{target.scope}")}
    offered = {name: comparison(name, {}) for name in operators_of(shape)}
    return {**if_mapping(inner, value_of(ground, shape)), "properties": offered}


def _quantifiers(shape: FieldShape) -> Schema:
    item = f"condition_{shape.scope}"
    count = closed(
        {
            "of": keyed("of_items", ref(item)),
            "is": operation("is_count", if_mapping(ref("number_orders"), DECIMAL)),
        },
        ("of", "is"),
    )
    bodies = {"count": count, "as": {"type": "string", "minLength": 1}}
    properties = {name: operation(name, bodies.get(name) or ref(item)) for name in QUANTIFIERS}
    return {**closed(properties), **not_alone("as")}


def _connectives(ground: Ground, place: Place) -> dict[str, Schema]:
    """The connectives that can say something of a record: no sum where there is no number."""
    own = ref(f"condition_{place.name}")
    fields = own_fields(place.shape) if place.name != ANY else union_fields(ground.places)
    days = [path for path, shape in fields if shape.kind.is_day]
    numbers = [path for path, shape in fields if shape.kind.is_number]
    counts = {n: _counted(s) for n, s in place.shape.fields.items() if s.kind is Kind.LIST}
    found: dict[str, Schema | None] = {
        "all": list_of(own),
        "any": list_of(own),
        "not": own,
        "meets": None if place.nested else _meets(ground, place),
        "undecided": TEXT,
        "fresh": _fresh(own, days) if days else None,
        "sum": _sum(ground, numbers) if numbers else None,
        "ratio": _ratio(ground, numbers, counts) if numbers or counts else None,
    }
    return {name: operation(name, schema) for name in CONNECTIVES if (schema := found[name]) is not None}


def _meets(ground: Ground, place: Place) -> Schema:
    definitions = ground.names.definitions.items()
    fitting = {name: title for name, (about, title) in definitions if place.name == ANY or about == place.path}
    return ground.define(f"definition_of_{place.name}", lambda: ground.named(fitting, DEFINITION_NAME))


def _fresh(own: Schema, days: list[str]) -> Schema:
    keys = {
        "of": keyed("of_condition", own),
        "on": keyed("on_field", {"enum": days}),
        "within_days": keyed("within_days", ref("days")),
    }
    return closed(keys, keys)


def _sum(ground: Ground, numbers: list[str]) -> Schema:
    terms = {**list_of({"enum": numbers}), "minItems": 1}
    orders = ground.defs["number_orders"]["properties"]
    return {**closed({"of": keyed("of_fields", terms), **orders}, ("of",)), "minProperties": 2}


def _ratio(ground: Ground, numbers: list[str], counts: dict[str, Schema]) -> Schema:
    field: Schema = {"enum": numbers} if numbers else {"type": "object"}
    counted = {**closed(counts), "minProperties": 1, "maxProperties": 1}
    term = if_mapping(counted, field) if counts else field
    orders = ground.defs["number_orders"]["properties"]
    keys = {"of": keyed("of_part", term), "to": keyed("to_whole", term), **orders}
    return {**closed(keys, ("of", "to")), "minProperties": 3}


def _counted(shape: FieldShape) -> Schema:
    keys = {
        "count": operation("count_items", ref(f"condition_{shape.scope}")),
        "as": operation("as", {"type": "string"}),
    }
    return told(closed(keys, ("count",)), shape.title, shape.description)


def condition_any(ground: Ground) -> None:
    """A condition on an item of one of several lists: the fields of all of them."""
    shapes: dict[str, FieldShape] = {}
    found: dict[str, dict[str, str]] = {}
    for place in ground.subjects:
        properties = ground.defs[f"condition_{place.name}"]["properties"]
        for name, shape in place.shape.fields.items():
            shapes.setdefault(name, shape)
            found.setdefault(name, {}).setdefault(
                bare(properties[name]), f"condition_{place.name}/properties/{name}"
            )
    fields = {
        name: ref(next(iter(refs.values()))) if len(refs) == 1 else {"anyOf": [ref(r) for r in refs.values()]}
        for name, refs in found.items()
    }
    title = Text("запись одного из списков", "an item of one of several lists")
    place = Place(ANY, ANY, RecordShape(ANY, shapes), title)
    ground.define(f"condition_{ANY}", lambda: _whole(ground, place, fields))
