"""Definitions that many parts refer to: texts, citations, names of other files, terms, enclosing records."""

from __future__ import annotations

from validator.language.conditions import EQUALITY, NUMBER_OPERATORS
from validator.language.schema.ground import Ground
from validator.language.schema.pieces import (
    DATA_NAME,
    INTEGER,
    ROW_NAME,
    TEXT,
    Schema,
    closed,
    exactly,
    if_mapping,
    keyed,
    list_of,
    one_of,
    operation,
    ref,
    told,
    within,
)
from validator.language.schema.values import operand
from validator.logic.shape import FieldShape, Kind
from validator.logic.text import Text


def shared(ground: Ground) -> None:
    """Define what many parts refer to."""
    names = ground.names
    ground.defs["both"] = closed({"ru": keyed("ru", TEXT), "en": keyed("en", TEXT)}, ("ru", "en"))
    ground.defs["citation"] = _citation(ground)
    ground.defs["citations"] = list_of(ref("citation"))
    ground.defs["list_path"] = one_of({place.path: place.title for place in ground.subjects})
    integers = {n: t for n, (kind, t) in names.parameters.items() if kind is Kind.INTEGER}
    ground.defs["days"] = if_mapping(
        closed({"param": keyed("param", ground.named(integers, DATA_NAME))}, ("param",)), INTEGER
    )
    ground.defs["service"] = ground.named(names.services, ROW_NAME)
    ground.defs["register_name"] = ground.named(names.registers, DATA_NAME)
    ground.defs["value_set"] = closed(
        {"values": keyed("values_name", ground.named(names.values, DATA_NAME))}, ("values",)
    )
    ground.defs["day_term"] = operand(ground, FieldShape("", Kind.DATE, Text("", ""), Text("", "")))
    ground.defs["number_term"] = operand(ground, FieldShape("", Kind.DECIMAL, Text("", ""), Text("", "")))
    orders = {name: operation(name, ref("number_term")) for name in (*EQUALITY, *NUMBER_OPERATORS)}
    ground.defs["number_orders"] = {**closed(orders), "minProperties": 1}
    for place in ground.subjects:
        ground.defs[f"scope_{place.name}"] = told(
            {"type": "object", **within(f"condition_{place.name}")},
            Text(f"Запись «{place.title.ru}»", f"Record “{place.title.en}”"),
            Text(
                "Условие об охватывающей записи. Имя действует, если проверяемая запись лежит в ней или сама "
                "ею является; организация есть всегда. Схема допускает имя везде, проверку ведёт программа.",
                "A condition on an enclosing record. The name holds when the judged item lies in it or is it; "
                "the organization is always there. The schema admits the name everywhere, the program checks.",
            ),
        )


def _citation(ground: Ground) -> Schema:
    acts = ground.names.acts
    titles = {name: title for name, (title, _) in acts.items()}
    places = [
        {
            "if": {"properties": {"act": {"pattern": exactly(name)}}, "required": ["act"]},
            "then": {"properties": {"at": ground.named(clauses)}},
        }
        for name, (_, clauses) in acts.items()
        if clauses
    ]
    keys = {"act": keyed("act_name", ground.named(titles, DATA_NAME)), "at": keyed("at", TEXT)}
    return {**closed(keys, ("act", "at")), **({"allOf": places} if places else {})}
