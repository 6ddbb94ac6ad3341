"""Documents for the tests of this folder: how one is written, read and taken apart again."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Literal

import pytest
import yaml

from validator.language.library import load, read_folder
from validator.language.names import ReferenceNames
from validator.language.source import read_json, read_yaml
from validator.language.vocabulary import read_vocabulary
from validator.logic.facts import ItemList, Record, Snapshot
from validator.logic.problem import InputError, Problem
from validator.resources import policies_folder, schema_bytes
from validator.snapshots.read import read_snapshot

Syntax = Literal["yaml", "json"]
SYNTAXES: tuple[Syntax, Syntax] = ("yaml", "json")
VOCABULARY = read_vocabulary(schema_bytes("snapshot"))
AS_OF = "2025-09-25"


@cache
def names() -> ReferenceNames:
    """The services and regions of the shipped registers."""
    data = ("sources", "registers")
    texts = [text for text in read_folder(policies_folder()) if text.place.split("/")[0] in data]
    return load(texts, VOCABULARY).names


def minimal(**more: Any) -> dict[str, Any]:
    """The smallest document, with other parts added; `organization` is added key by key."""
    organization = {"inn": "7800000002", "region": "78", "kind": "school"} | more.pop("organization", {})
    return {"schema": "sverka.snapshot/1", "as_of": AS_OF, "organization": organization} | more


def read_text(text: str, syntax: Syntax) -> tuple[Snapshot, list[Problem]]:
    """The facts of a document given as text, and the warnings."""
    read = read_yaml if syntax == "yaml" else read_json
    return read_snapshot(read(text.encode(), f"school.{syntax}"), VOCABULARY, names())


def spelled(document: Any, syntax: Syntax) -> str:
    """The document as text."""
    if syntax == "json":
        return json.dumps(document, ensure_ascii=False, indent=1)
    return str(yaml.safe_dump(document, allow_unicode=True, sort_keys=False))


def read(document: Any, syntax: Syntax = "json") -> Snapshot:
    """The facts of a document that has no mistakes and gives no warnings."""
    snapshot, warnings = read_text(spelled(document, syntax), syntax)
    assert warnings == []
    return snapshot


def refused(document: Any, syntax: Syntax = "json") -> list[Problem]:
    """The mistakes of a document that must be refused."""
    return refused_text(spelled(document, syntax), syntax)


def refused_text(text: str, syntax: Syntax) -> list[Problem]:
    """The mistakes of a document, given as text, that must be refused."""
    with pytest.raises(InputError) as refusal:
        read_text(text, syntax)
    return refusal.value.problems


def found(problems: list[Problem]) -> list[tuple[str, str]]:
    """Codes and paths, as a test compares them."""
    return [(problem.code, problem.path) for problem in problems]


def facts(part: Record | ItemList) -> Any:
    """Everything that was read, without the places it was read at; kinds of values are told apart."""
    if isinstance(part, ItemList):
        return (part.path, part.closed, [facts(item) for item in part])
    return (
        part.path,
        part.ref,
        {name: (type(value).__name__, value) for name, value in part.values.items()},
        {name: facts(inner) for name, inner in part.records.items()},
        {name: facts(inner) for name, inner in part.lists.items()},
    )


def with_field(path: str, value: Any) -> dict[str, Any]:
    """The smallest document with one field of it set: `uses.first_on`, `organization.public_share.region`."""
    first, *rest = path.split(".")
    document = minimal()
    if not rest:
        document[first] = value
        return document
    inner: Any = value
    for depth in range(len(rest), 0, -1):
        holder = ".".join([first, *rest[: depth - 1]])
        inner = _identity(holder) | {rest[depth - 1]: inner}
        if holder in VOCABULARY.lists:
            inner = [inner]
    if first == "organization":
        document[first] |= inner
    else:
        document[first] = inner
    return document


PREFIX = {"people": "p", "guardians": "g", "classes": "c", "chats": "h", "uses": "u", "documents": "d"}


def _identity(holder: str) -> dict[str, str]:
    return {"ref": f"{PREFIX[holder]}_1"} if holder in PREFIX else {}


def value_at(snapshot: Snapshot, path: str) -> Any:
    """The value of a field of the first items on the way; None when it is unknown."""
    *steps, name = path.split(".")
    record = snapshot.root
    for step in steps:
        if step in record.lists:
            record = record.lists[step].items[0]
        elif step != "organization":
            record = record.records[step]
    return record.values.get(name)
