"""Where the files that ship with the product lie: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_INSIDE = Path(__file__).with_name("data")
_BESIDE = Path(__file__).parent.parent


def _folder(name: str, beside: str = "") -> Path:
    """The folder as a wheel holds it, else as a checkout does, where it may go by another name."""
    inside = _INSIDE / name
    return inside if inside.is_dir() else _BESIDE / (beside or name)


def policies_folder() -> Path:
    """The policies that ship with the product."""
    return _folder("policies")


def named_policies(name: str) -> Path:
    """The policy folder that a user names: `builtin` is the shipped one, anything else a path."""
    return policies_folder() if name == "builtin" else Path(name)


def demo_folder() -> Path:
    """What `sverka demo` unpacks, all but the snapshots."""
    return _folder("demo", "fixtures/demo")


def organizations_folder() -> Path:
    """The snapshots of invented organizations."""
    return _folder("organizations", "fixtures/organizations")


def lint_pages_folder() -> Path:
    """The pages about the codes of `sverka lint`: `CODE.md` in Russian, `CODE.en.md` in English."""
    return _folder("lint", "docs/lint")


@cache
def schema_bytes(name: str) -> bytes:
    """A published schema by its short name: `snapshot`, `policy`, `report`. Raises FileNotFoundError."""
    return (_folder("schemas") / f"{name}.schema.json").read_bytes()
