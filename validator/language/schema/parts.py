"""What of a policy depends on the list it is about, and how the schema chooses by `about`."""

from __future__ import annotations

from collections.abc import Mapping

from validator.language.schema.examples import examples
from validator.language.schema.ground import Ground
from validator.language.schema.pieces import (
    TRUTH,
    Schema,
    closed,
    exactly,
    given,
    if_mapping,
    keyed,
    list_of,
    of_field,
    ref,
    unoffered,
)
from validator.language.schema.places import ANY, Place, own_fields, union_fields
from validator.language.schema.values import literal_of
from validator.logic.shape import FieldShape, Kind


def parts(ground: Ground, place: Place | None) -> None:
    """The parts of norms, decisions and definitions that are about the items of one list (None: of several)."""
    name = place.name if place else ANY
    condition = ref(f"condition_{name}")
    fields = own_fields(place.shape) if place else union_fields(ground.places)
    ground.defs[f"window_{name}"] = _window(fields)
    ground.defs[f"examples_{name}"] = examples(ground, place)
    shared = {
        "in_force": ref(f"window_{name}"),
        "applies_when": condition,
        "examples": ref(f"examples_{name}"),
    }
    criteria = list_of({"properties": {"when": unoffered(condition)}})
    norm = {
        **shared,
        "remedy_sets": closed({path: _set_to(ground, shape) for path, shape in fields}),
        "waivable": if_mapping(closed({"when": keyed("waivable.when", condition)}, ("when",)), TRUTH),
    }
    ground.defs[f"norm_{name}"] = {
        **_narrowed(norm, {"exceptions": criteria}),
        **_requirement(condition),
    }
    ground.defs[f"decision_{name}"] = _narrowed(shared, {"criteria": criteria, "exclusions": criteria})
    ground.defs[f"definition_{name}"] = {"properties": {"when": keyed("when", condition)}}


def _narrowed(offered: Mapping[str, Schema], others: Mapping[str, Schema]) -> Schema:
    """Keys offered here, because here their content is known, and keys that the file itself offers."""
    own = {name: keyed(name, schema) for name, schema in offered.items()}
    return {"properties": own | {name: unoffered(schema) for name, schema in others.items()}}


def _requirement(condition: Schema) -> Schema:
    """The key that says what is demanded: that of the modality, and only one."""

    def offers(*names: str) -> Schema:
        return {"properties": {name: keyed(name, condition) for name in names}}

    permission = {"properties": {"modality": {"pattern": exactly("permission")}}, "required": ["modality"]}
    one = {
        "if": {"required": ["forbidden"]},
        "then": offers("forbidden"),
        "else": {
            "if": {"required": ["required"]},
            "then": offers("required"),
            "else": offers("forbidden", "required"),
        },
    }
    return {"if": permission, "then": offers("allowed"), "else": one}


def _set_to(ground: Ground, shape: FieldShape) -> Schema:
    literal = literal_of(ground, shape)
    return of_field(shape, if_mapping(ref("value_set"), literal) if shape.kind is Kind.SET else literal)


def _window(fields: list[tuple[str, FieldShape]]) -> Schema:
    keys = {
        "from": keyed("in_force.from", ref("day_term")),
        "through": keyed("in_force.through", ref("day_term")),
    }
    days = [path for path, shape in fields if shape.kind.is_day]
    if days:
        day: Schema = {"enum": days}
        ends = {"from": keyed("judged_on.from", day), "through": keyed("judged_on.through", day)}
        keys["judged_on"] = keyed("judged_on", if_mapping(closed(ends, ends), day))
    return closed(keys)


def dispatch(ground: Ground, kind: str, absent: str) -> list[Schema]:
    """Which parts hold, by `about`; of several lists, or with other names of fields, those of any list."""
    chosen: list[Schema] = [
        {
            "if": {
                "required": ["about"],
                "properties": {"about": {"pattern": exactly(place.path)}},
                "not": {"required": ["fields"]},
            },
            "then": ref(f"{kind}_{place.name}"),
        }
        for place in ground.subjects
    ]
    several: Schema = {"required": ["about"], "properties": {"about": {"type": "array"}}}
    chosen.append({"if": {"anyOf": [several, {"required": ["fields"]}]}, "then": ref(f"{kind}_{ANY}")})
    chosen.append({"if": {"not": given("about", "fields")}, "then": ref(f"{kind}_{absent}")})
    return chosen
