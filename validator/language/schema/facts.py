"""Facts of a snapshot as examples write them."""

from __future__ import annotations

from validator.language.schema.ground import Ground
from validator.language.schema.pieces import (
    DAY,
    DECIMAL,
    MONTH,
    SPECIAL,
    TEXT,
    Schema,
    closed,
    formed,
    if_list,
    if_mapping,
    keyed,
    list_of,
    one_of,
    ref,
    told,
    word_or,
)
from validator.language.schema.places import ANY, item_of, record_of
from validator.language.vocabulary import ROOT
from validator.logic.shape import FieldShape, Kind, RecordShape
from validator.logic.text import Text


def facts(ground: Ground) -> None:
    """Define the facts of every record, `fact_<name>`, and of every list, `facts_<name>`."""
    organization = ground.vocabulary.document.fields[ROOT].record
    assert organization is not None
    _record_facts(ground, ROOT, organization)
    for place in ground.subjects:
        if place.path != ROOT:
            _record_facts(ground, place.name, place.shape)
    names: dict[str, Schema] = {}
    for place in ground.subjects:
        names |= {name: {} for name in ground.defs[f"fact_{place.name}"]["properties"]}
    ground.defs[f"fact_{ANY}"] = closed(names)
    lists = {
        p.path: keyed("lists.list", ref(f"facts_{p.name}"), p.title) for p in ground.subjects if "." not in p.path
    }
    lists.pop(ROOT)
    coverage = {path: keyed("coverage_of", _coverage_word(), _list_title(ground, path)) for path in lists}
    for place in ground.subjects:
        ground.defs[f"facts_{place.name}"] = list_of(ref(f"fact_{place.name}"))
    ground.defs["fact_lists"] = closed(lists)
    ground.defs["fact_coverage"] = closed(coverage)
    _record_facts(ground, "roadmap", record_of(ground.vocabulary.document.fields["roadmap"]))


def _list_title(ground: Ground, path: str) -> Text:
    return ground.vocabulary.lists[path].title


def _record_facts(ground: Ground, name: str, shape: RecordShape) -> None:
    properties: dict[str, Schema] = {}
    for field in shape.fields.values():
        properties[field.name] = told(_fact(ground, name, field), field.title, field.description)
        if field.kind is Kind.LIST:
            properties[field.coverage] = keyed("coverage_of", _coverage_word(), field.title)
    ground.defs[f"fact_{name}"] = closed(properties)


def _fact(ground: Ground, holder: str, shape: FieldShape) -> Schema:
    """A fact as a snapshot in YAML writes it; `unknown` may stand in place of each."""
    unknown = {"unknown": SPECIAL["unknown"]}
    match shape.kind:
        case Kind.RECORD:
            _record_facts(ground, f"{holder}_{shape.name}", record_of(shape))
            return if_mapping(ref(f"fact_{holder}_{shape.name}"), one_of(unknown))
        case Kind.LIST:
            return if_list(ref(f"facts_{shape.scope}"), one_of(unknown))
        case Kind.SET:
            item = _plain_fact(ground, item_of(shape), {})
            return if_list({**list_of(item), "uniqueItems": True}, one_of(unknown))
        case _:
            return _plain_fact(ground, shape, unknown)


def _plain_fact(ground: Ground, shape: FieldShape, unknown: dict[str, Text]) -> Schema:
    special = {word: SPECIAL[word] for word in shape.special} | unknown
    match shape.kind:
        case Kind.ENUM:
            return one_of({**shape.values, **unknown})
        case Kind.BOOLEAN:
            return one_of({True: Text("да", "yes"), False: Text("нет", "no"), **unknown})
        case Kind.SERVICE:
            return word_or({**ground.names.services, **unknown}, TEXT)
        case Kind.INTEGER:
            return word_or(special, {"type": "integer"}) if special else {"type": "integer"}
        case Kind.DECIMAL:
            return word_or(special, DECIMAL)
        case Kind.DATE:
            return word_or(special, DAY)
        case Kind.MONTH:
            return word_or(special, formed(MONTH))
        case _:
            return word_or(special, TEXT) if special else TEXT


def _coverage_word() -> Schema:
    return one_of(
        {
            "complete": Text("полный список", "complete list"),
            "partial": Text("неполный список", "partial list"),
            "unknown": Text("полнота неизвестна", "completeness unknown"),
        }
    )
