"""A sound document as JSON again: what was YAML, or stood on many lines, without any change of what it says."""

from __future__ import annotations

import json
from collections.abc import Mapping as Fields
from typing import assert_never

from validator.language.limits import SNAPSHOT_LIMITS
from validator.language.names import ReferenceNames
from validator.language.nodes import Document, Mapping, Node, Scalar, Sequence
from validator.language.source import read_json, syntax_of
from validator.language.structure import parse_integer
from validator.language.vocabulary import Vocabulary
from validator.logic.facts import ItemList, Record
from validator.logic.problem import InputError, Problem
from validator.logic.shape import FieldShape, Kind
from validator.logic.text import Text
from validator.snapshots.read import read_snapshot
from validator.snapshots.stream import Delivered, document_of

_BOM = b"\xef\xbb\xbf"
_SPACE = b" \t\r\n"


def as_json(item: Delivered, vocabulary: Vocabulary, names: ReferenceNames, *, one_line: bool) -> bytes:
    """A document that was read without mistakes, as JSON; JSON stays as it is, byte for byte, unless `one_line`.

    On one line JSON stays as it is where it stands on one already, but for the space around it. Whatever is
    spelled anew is read back, and must give the same facts. Raises InputError when that can't be had, which is
    when the JSON is longer than a snapshot may be.
    """
    is_json = item.start is not None or (item.syntax or syntax_of(item.file)) == "json"
    if is_json:
        line = item.data.removeprefix(_BOM).strip(_SPACE)
        if not one_line:
            return item.data
        if b"\n" not in line and b"\r" not in line:
            return line
    document = document_of(item)
    data = spelled(document, vocabulary)
    before, _ = read_snapshot(document, vocabulary, names)
    after, _ = read_snapshot(read_json(data, item.file, SNAPSHOT_LIMITS), vocabulary, names)
    if (before.as_of, facts_of(before.root)) != (after.as_of, facts_of(after.root)):
        message = Text(
            "документ не удалось записать в JSON без потерь", "the document can't be spelled as JSON exactly"
        )
        raise InputError(
            [Problem("not-respelled", message, Text("передайте его в JSON", "give it as JSON"), None, item.file)]
        )
    return data


def spelled(document: Document, vocabulary: Vocabulary) -> bytes:
    """The document as JSON on one line, keys in their order. A YAML value becomes what its field asks for."""
    root = document.root
    fields = vocabulary.document.fields
    found = _object(root, fields) if isinstance(root, Mapping) else _spell(root, None)
    return found.encode()


def facts_of(part: Record | ItemList) -> object:
    """All that was read, to be compared: without the places, with the kind of every value."""
    if isinstance(part, ItemList):
        return part.closed, [facts_of(item) for item in part]
    return (
        part.ref,
        {name: (type(value), value) for name, value in part.values.items()},
        {name: facts_of(inner) for name, inner in part.records.items()},
        {name: facts_of(inner) for name, inner in part.lists.items()},
    )


def _spell(node: Node, shape: FieldShape | None) -> str:
    """A value of a field; None stands for what is text in every case."""
    match node:
        case Scalar():
            return _scalar(node, shape)
        case Sequence():
            return f"[{','.join(_spell(item, shape) for item in node.items)}]"
        case Mapping():
            return _object(node, shape.record.fields if shape is not None and shape.record is not None else {})
        case _:
            assert_never(node)


def _object(node: Mapping, fields: Fields[str, FieldShape]) -> str:
    entries = (f"{_text(key.text)}:{_spell(value, fields.get(key.text))}" for key, value in node.items())
    return f"{{{','.join(entries)}}}"


def _scalar(node: Scalar, shape: FieldShape | None) -> str:
    if not node.is_text:
        return node.text  # a number or a word of JSON, as it was spelled
    if node.kind == "plain" and shape is not None:
        if shape.kind is Kind.BOOLEAN and node.text in ("true", "false"):
            return node.text
        if shape.kind is Kind.INTEGER and parse_integer(node.text) is not None:
            return node.text
    return _text(node.text)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
