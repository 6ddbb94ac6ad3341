"""Where the files that ship with the product lie: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from validator.language.file_names import path_of

if TYPE_CHECKING:
    from pathlib import Path

_HERE = os.path.dirname(__file__)
_INSIDE, _BESIDE = os.path.join(_HERE, "data"), os.path.dirname(_HERE)


def _name(name: str, beside: str = "") -> str:
    """The folder as a wheel holds it, else as a checkout does, where it may go by another name."""
    inside = os.path.join(_INSIDE, name)
    return inside if os.path.isdir(inside) else os.path.join(_BESIDE, *(beside or name).split("/"))


def _folder(name: str, beside: str = "") -> Path:
    return path_of(_name(name, beside))


def policies_folder() -> Path:
    """The policies that ship with the product."""
    return _folder("policies")


def named_policies(name: str) -> Path:
    """The policy folder that a user names: `builtin` is the shipped one, anything else a path."""
    return path_of(policies_name(name))


def policies_name(name: str) -> str:
    """The same as a name, for those who do without `pathlib`."""
    return _name("policies") if name == "builtin" else name


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
    with open(os.path.join(_name("schemas"), f"{name}.schema.json"), "rb") as file:
        return file.read()
