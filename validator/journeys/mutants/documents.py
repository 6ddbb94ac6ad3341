"""Snapshots and examples as plain data, and as the nodes that the strict reader gives."""

from __future__ import annotations

import re
from typing import TypeAlias

from validator.language.nodes import Mapping, Node, Scalar, Sequence

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool"
Facts: TypeAlias = "dict[str, Json]"
_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)\Z")


def node_of(value: Json) -> Node:
    """The value as the strict reader would give it, without a place."""
    match value:
        case dict():
            mapping = Mapping(1, 1, 1, 1)
            for name, inner in value.items():
                mapping.entries[name] = (_scalar(name, plain=True), node_of(inner))
            return mapping
        case list():
            sequence = Sequence(1, 1, 1, 1)
            sequence.items.extend(node_of(inner) for inner in value)
            return sequence
        case bool():
            return _scalar("true" if value else "false", plain=True)
        case int():
            return _scalar(str(value), plain=True)
        case str():
            return _scalar(value, plain=False)


def _scalar(text: str, *, plain: bool) -> Scalar:
    return Scalar(text, "plain" if plain else "quoted", 1, 1, 1, 1)


def json_at(node: Node) -> Json:
    """A node of a YAML text as plain data; what stands plain there and reads as a number or truth value is one."""
    match node:
        case Mapping():
            return {key.text: json_at(value) for key, value in node.items()}
        case Sequence():
            return [json_at(item) for item in node.items]
        case Scalar():
            if node.kind == "plain" and node.text in ("true", "false"):
                return node.text == "true"
            return int(node.text) if node.kind == "plain" and _WHOLE.match(node.text) else node.text
