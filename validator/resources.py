"""Where the files that ship with the product lie: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_INSIDE = Path(__file__).with_name("data")
_BESIDE = Path(__file__).parent.parent


def _folder(name: str) -> Path:
    inside = _INSIDE / name
    return inside if inside.is_dir() else _BESIDE / name


def policies_folder() -> Path:
    """The policies that ship with the product."""
    return _folder("policies")


@cache
def schema_bytes(name: str) -> bytes:
    """A published schema by its short name: `snapshot`, `policy`, `report`. Raises FileNotFoundError."""
    return (_folder("schemas") / f"{name}.schema.json").read_bytes()
