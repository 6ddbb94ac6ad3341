"""The strict readers of the product; nothing else may read a policy or a snapshot.

The name of a file decides its syntax. Both readers give the same tree for the same content, but for the kind
of a scalar: YAML has text only, JSON says what it spelled.
"""

from __future__ import annotations

from typing import Literal

from validator.language.limits import POLICY_LIMITS, SNAPSHOT_LIMITS, ReadLimits
from validator.language.nodes import Document
from validator.language.source_json import read_json
from validator.language.source_problems import problem
from validator.language.source_tree import one_place
from validator.logic.problem import InputError

__all__ = ["POLICY_LIMITS", "SNAPSHOT_LIMITS", "ReadLimits", "Syntax", "read_document", "read_json", "read_yaml"]

Syntax = Literal["yaml", "json"]


def read_yaml(
    data: bytes,
    file: str,
    limits: ReadLimits = SNAPSHOT_LIMITS,
    *,
    object_only: bool = True,
    require_end_marker: bool = False,
) -> Document:
    """The YAML document in `data`, as `source_yaml.read_yaml` reads it; PyYAML is loaded where there is YAML."""
    from validator.language import source_yaml  # noqa: PLC0415

    return source_yaml.read_yaml(data, file, limits, object_only=object_only, require_end_marker=require_end_marker)


def read_document(
    data: bytes,
    file: str,
    *,
    syntax: Syntax | None = None,
    limits: ReadLimits = SNAPSHOT_LIMITS,
    object_only: bool = True,
    require_end_marker: bool = False,
) -> Document:
    """The document in `data`, read as `syntax` or, when that is None, as the ending of `file` says.

    `require_end_marker` concerns YAML only: JSON can't be cut unnoticed. Raises InputError.
    """
    match syntax or syntax_of(file):
        case "json":
            return read_json(data, file, limits, object_only=object_only)
        case "yaml":
            return read_yaml(data, file, limits, object_only=object_only, require_end_marker=require_end_marker)
        case None:
            raise InputError([problem("file-ending", one_place(file, 1, 1))])


def syntax_of(file: str) -> Syntax | None:
    """The syntax the ending of a name stands for, None for any other ending."""
    name = file.lower()
    if name.endswith(".json"):
        return "json"
    return "yaml" if name.endswith((".yaml", ".yml")) else None
