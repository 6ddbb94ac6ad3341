"""Changes to a snapshot after which verdicts can be foretold: less said, another order, other pseudonyms."""

from __future__ import annotations

import copy
from typing import Any

from validator.interpreters.strategies.choosers import Chooser
from validator.interpreters.strategies.worlds import Json, World
from validator.language.vocabulary import Vocabulary
from validator.logic.shape import FieldShape, Kind, RecordShape


def forget(world: World, choose: Chooser, document: Json, percent: int = 20) -> Json:
    """The document with less said: values left out, lists no longer complete, last items gone.

    Only last items go, so that the places of the others stay as they are.
    """
    found: Json = copy.deepcopy(document)
    for name, shape in world.vocabulary.document.fields.items():
        if shape.kind is Kind.LIST:
            _forget_list(choose, found, found["coverage"], shape, percent)
        elif shape.kind is Kind.RECORD and isinstance(found.get(name), dict):
            _forget_fields(choose, found[name], shape, percent)
    return without_dangling(found, world.vocabulary)


def _forget_list(choose: Chooser, holder: Json, coverage: Json, shape: FieldShape, percent: int) -> None:
    key = shape.coverage.removeprefix("coverage.")
    if choose.chance(percent):
        if coverage.get(key) == "complete" and choose.chance(50):
            coverage[key] = "partial"
        else:
            coverage.pop(key, None)
        if holder.get(shape.name) and choose.chance(50):
            holder[shape.name].pop()
    for item in holder.get(shape.name, []):
        _forget_fields(choose, item, shape, percent)


def _forget_fields(choose: Chooser, record: Json, shape: FieldShape, percent: int) -> None:
    assert shape.record is not None
    for name, field in shape.record.fields.items():
        if name not in record or field.required or field.identity:
            continue
        if field.kind is Kind.LIST:
            _forget_list(choose, record, record, field, percent)
        elif field.kind is Kind.RECORD and isinstance(record[name], dict):
            _forget_fields(choose, record[name], field, percent)
        elif choose.chance(percent):
            if choose.chance(50):
                del record[name]
            else:
                record[name] = "unknown"


def without_dangling(document: Json, vocabulary: Vocabulary) -> Json:
    """The document without references to items that are gone."""
    refs = {name: {item.get("ref") for item in _items(document.get(name))} for name in vocabulary.lists}

    def clean(record: Json, shape: RecordShape) -> None:
        for name, field in shape.fields.items():
            value = record.get(name)
            if field.kind is Kind.LIST and field.record is not None:
                for item in _items(value):
                    clean(item, field.record)
            elif field.kind is Kind.RECORD and field.record is not None and isinstance(value, dict):
                clean(value, field.record)
            elif field.target is not None and value not in (None, "unknown", *field.special):
                wanted = value if isinstance(value, list) else [value]
                if not set(wanted) <= refs[field.target]:
                    del record[name]

    clean(document, vocabulary.document)
    return document


def _items(value: Any) -> list[Json]:
    return value if isinstance(value, list) else []


def shuffle(choose: Chooser, node: Any) -> Any:
    """The document with every list in another order."""
    if isinstance(node, dict):
        return {key: shuffle(choose, value) for key, value in node.items()}
    if isinstance(node, list):
        rest = [shuffle(choose, item) for item in node]
        return [rest.pop(choose.below(len(rest))) for _ in range(len(rest))]
    return node


def rename_refs(node: Any, vocabulary: Vocabulary, suffix: str = "z") -> Any:
    """The document with other pseudonyms for the same items."""
    refs = {item["ref"] for name in vocabulary.lists for item in node.get(name, []) if "ref" in item}

    def renamed(part: Any) -> Any:
        match part:
            case dict():
                return {key: renamed(value) for key, value in part.items()}
            case list():
                return [renamed(item) for item in part]
            case str() if part in refs:
                return part + suffix
            case _:
                return part

    return renamed(node)
