"""What stands beside a field: literal values, references to other values, comparisons."""

from __future__ import annotations

from collections.abc import Iterable

from validator.language.conditions import MEMBERSHIP, SET_OPERATORS, operators_of
from validator.language.operands import comparable
from validator.language.schema.ground import Ground
from validator.language.schema.pieces import (
    AS_OF,
    DATA_NAME,
    DAY,
    DECIMAL,
    INTEGER,
    MONTH,
    SPECIAL,
    TEXT,
    TRUTH,
    Schema,
    closed,
    either,
    formed,
    given,
    if_list,
    if_mapping,
    keyed,
    list_of,
    not_alone,
    one_of,
    operation,
    ref,
    unoffered,
    word_or,
)
from validator.language.schema.places import days_of, item_of, may_equal
from validator.logic.shape import FieldShape, Kind


def literal_of(ground: Ground, shape: FieldShape) -> Schema:
    """A value that the field may have, as `literal` of the readers takes it."""
    return ground.define(f"literal_{ground.kind(shape)}", lambda: _make_literal(ground, shape))


def _make_literal(ground: Ground, shape: FieldShape) -> Schema:
    match shape.kind:
        case Kind.BOOLEAN:
            return TRUTH
        case Kind.INTEGER:
            return INTEGER
        case Kind.DECIMAL:
            return DECIMAL
        case Kind.MONTH:
            return formed(MONTH)
        case Kind.DATE:
            special = days_of(shape)
            return word_or({word: SPECIAL[word] for word in special}, DAY) if special else DAY
        case Kind.ENUM:
            return one_of(shape.values)
        case Kind.SERVICE:
            return ref("service")
        case Kind.REF if shape.special:
            return one_of({word: SPECIAL[word] for word in shape.special})
        case Kind.REF:
            return {"type": "object"}  # nothing can be written here but `{field: …}`
        case Kind.SET:
            return {**list_of(literal_of(ground, item_of(shape))), "uniqueItems": True}
        case _:
            return {**TEXT, "not": {"const": "unknown"}}


def value_of(ground: Ground, shape: FieldShape) -> Schema:
    """What may stand beside a field without braces: a value, or the day of judgement."""
    if not shape.kind.is_day:
        return literal_of(ground, shape)
    form = formed(MONTH) if shape.kind is Kind.MONTH else DAY
    words = AS_OF | {word: SPECIAL[word] for word in days_of(shape)}
    return ground.define(f"value_{ground.kind(shape)}", lambda: word_or(words, form))


def operand(ground: Ground, shape: FieldShape) -> Schema:
    """The right-hand side of an operator: a value, or a mapping that says where to take it from."""
    reference, value = _reference(ground, shape), value_of(ground, shape)
    return ground.define(f"operand_{ground.kind(shape)}", lambda: if_mapping(reference, value))


def _reference(ground: Ground, shape: FieldShape) -> Schema:
    """`{param: …}`, `{field: …}`, `{as_of: …}`, as far as they can hold a value of that kind."""

    def make() -> Schema:
        keys = reference_keys(ground, shape)
        lone = not_alone("plus_days") if "plus_days" in keys else {"minProperties": 1}
        return {**closed(keys), **lone, "allOf": alone(keys)}

    return ground.define(f"reference_{ground.kind(shape)}", make)


def reference_keys(ground: Ground, shape: FieldShape) -> dict[str, Schema]:
    """The keys that say where a value of that kind comes from: a parameter, a field, the day of judgement."""
    keys: dict[str, Schema] = {}
    if shape.kind.is_number or shape.kind.is_day:
        keys["param"] = keyed("param", _parameters(ground, shape.kind))
    keys["field"] = keyed("field", paths(ground, shape))
    if shape.kind.is_day:
        keys["as_of"] = keyed("as_of_shifted", closed({"plus_days": keyed("plus_days", ref("days"))}))
        keys["plus_days"] = keyed("plus_days", ref("days"))
    return keys


def _parameters(ground: Ground, kind: Kind) -> Schema:
    name = "parameter_of_days" if kind.is_day else "parameter_of_numbers"
    fitting = {n: t for n, (k, t) in ground.names.parameters.items() if comparable(kind, k)}
    return ground.define(name, lambda: ground.named(fitting, DATA_NAME))


def paths(ground: Ground, shape: FieldShape, *, single: bool = False) -> Schema:
    """Paths to fields of a fitting kind; behind a name given by `as` anything may follow."""
    kind = "number" if shape.kind.is_number else "day" if shape.kind.is_day else ground.kind(shape)
    return ground.define(f"path_{kind}{'_or_item' if single else ''}", lambda: _make_paths(ground, shape, single))


def _make_paths(ground: Ground, shape: FieldShape, single: bool) -> Schema:
    alike = [path for path, other in ground.fields if may_equal(shape, other)]
    if single:
        alike += [path for path, other in ground.fields if other.kind is shape.item]
    scopes = "|".join(ground.scope_names)
    free = {
        "type": "string",
        "pattern": f"^(?!(?:{scopes})\\.)[A-Za-z_][A-Za-z_0-9]*(\\.[a-z_]+)+$",
        "patternErrorMessage": "нет такого поля, или оно другого рода / no such field, or one of another kind",
    }
    return either({"enum": alike}, free) if alike else free


def comparisons(ground: Ground, shape: FieldShape) -> Schema:
    """A mapping under a field: comparisons, or one operand."""

    def make() -> Schema:
        properties = {name: comparison(name, _right(ground, name, shape)) for name in operators_of(shape)}
        keys = reference_keys(ground, shape)
        shifted = {"if": {"not": given(*sources(keys))}, "then": {"properties": {"plus_days": False}}}
        rules = [shifted, *alone(keys)] if "plus_days" in keys else alone(keys)
        return {**closed(properties | keys), "minProperties": 1, "allOf": rules}

    return ground.define(f"compare_{ground.kind(shape)}", make)


def comparison(name: str, right: Schema) -> Schema:
    """An operator of comparison. `known` is not offered: it is wrong everywhere but in decisions."""
    return unoffered(operation(name, right)) if name == "known" else operation(name, right)


def _right(ground: Ground, operator: str, shape: FieldShape) -> Schema:
    """What stands on the right of an operator."""
    if operator in ("known", "empty"):
        return TRUTH
    if operator == "listed_in":
        return ref("register_name")
    if operator in MEMBERSHIP:
        several = {**list_of(literal_of(ground, shape)), "uniqueItems": True}
        return if_mapping(ref("value_set"), several) if shape.kind.is_name else several
    if operator in SET_OPERATORS:
        return _members(ground, shape, single=operator == "contains")
    return operand(ground, shape)


def _members(ground: Ground, shape: FieldShape, *, single: bool) -> Schema:
    """What a set is tested against: values, a named set of them, a field; one value alone after `contains`."""
    keys = {
        "values": ground.defs["value_set"]["properties"]["values"],
        "field": keyed("field", paths(ground, shape, single=single)),
    }
    mapping = {**closed(keys), "minProperties": 1, "maxProperties": 1}
    several = literal_of(ground, shape)
    one = literal_of(ground, item_of(shape))
    return if_mapping(mapping, if_list(several, one) if single else several)


def sources(keys: Iterable[str]) -> list[str]:
    """The keys of an operand that say where the value comes from."""
    return [key for key in keys if key != "plus_days"]


def alone(keys: Iterable[str]) -> list[Schema]:
    """An operand has one source, and nothing stands beside it but a shift of days."""
    return [
        {
            "if": {"required": [source]},
            "then": {"propertyNames": {"enum": [source, "plus_days"] if "plus_days" in keys else [source]}},
        }
        for source in sources(keys)
    ]
