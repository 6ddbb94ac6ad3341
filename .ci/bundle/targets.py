"""The machines a bundle serves, and which wheels each of them needs.

pip can download wheels for another machine, but it reads the conditions of requirements (`; sys_platform == ...`)
as if they were asked here. So what a machine needs is worked out from the wheels themselves.
"""

from __future__ import annotations

import email.parser
import platform
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version

PYTHONS = ((3, 11), (3, 12), (3, 13), (3, 14))
# What a Linux of 2014 and later can run, newest first; `linux_x86_64` wheels fit only where they were made.
LINUX = ("manylinux_2_17", "manylinux2014", "manylinux_2_12", "manylinux2010", "manylinux_2_5", "manylinux1")
PLATFORMS = {"linux": [f"{name}_x86_64" for name in LINUX], "windows": ["win_amd64"]}


class Target(NamedTuple):
    """A machine: `linux` (x86_64, glibc) or `windows` (amd64), and the version of CPython."""

    system: str
    python: tuple[int, int]

    @property
    def abi(self) -> str:
        """`cp311`."""
        return "cp{}{}".format(*self.python)

    @property
    def name(self) -> str:
        """`linux-cp311`; the installer knows itself by it."""
        return f"{self.system}-{self.abi}"

    def pip_options(self) -> list[str]:
        """How pip is told to download for this machine."""
        options = ["--only-binary=:all:", "--implementation=cp", f"--abi={self.abi}"]
        options += [f"--python-version={self.python[0]}.{self.python[1]}"]
        return options + [f"--platform={name}" for name in PLATFORMS[self.system]]

    def tags(self) -> frozenset[Tag]:
        """The wheels it can install."""
        platforms = PLATFORMS[self.system]
        own = cpython_tags(self.python, abis=[self.abi], platforms=platforms)
        return frozenset([*own, *compatible_tags(self.python, self.abi, platforms)])

    def environment(self) -> dict[str, str]:
        """The values that conditions of requirements ask for; the first patch release stands for all."""
        version = "{}.{}".format(*self.python)
        windows = self.system == "windows"
        return {
            "implementation_name": "cpython",
            "implementation_version": f"{version}.0",
            "os_name": "nt" if windows else "posix",
            "platform_machine": "AMD64" if windows else "x86_64",
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_system": "Windows" if windows else "Linux",
            "platform_version": "",
            "python_full_version": f"{version}.0",
            "python_version": version,
            "sys_platform": "win32" if windows else "linux",
        }


ALL = [Target(system, python) for system in ("linux", "windows") for python in PYTHONS]


def this_machine() -> Target:
    """The target that runs this. Raises ValueError when it is none of them."""
    system = {"linux": "linux", "win32": "windows"}.get(sys.platform, sys.platform)
    target = Target(system, sys.version_info[:2])
    if target not in ALL or platform.machine().lower() not in ("x86_64", "amd64"):
        raise ValueError(f"no bundle is made for {target.name} on {platform.machine()}")
    return target


class Wheel(NamedTuple):
    """A wheel file with what its name and its metadata say."""

    path: Path
    name: str
    version: Version
    tags: frozenset[Tag]
    pythons: SpecifierSet
    requires: tuple[Requirement, ...]


def read_wheel(path: Path) -> Wheel:
    """The wheel of a file."""
    name, version, _, tags = parse_wheel_filename(path.name)
    with zipfile.ZipFile(path) as archive:
        member = next(m for m in archive.namelist() if m.count("/") == 1 and m.endswith(".dist-info/METADATA"))
        metadata = email.parser.Parser().parsestr(archive.read(member).decode("utf-8"))
    requires = tuple(Requirement(line) for line in metadata.get_all("Requires-Dist") or [])
    return Wheel(path, name, version, tags, SpecifierSet(metadata.get("Requires-Python") or ""), requires)


class Closure(NamedTuple):
    """Which wheels satisfy the requirements, and the requirements that no wheel satisfies."""

    chosen: list[Wheel]
    missing: list[str]


def close(requirements: Iterable[str], wheels: list[Wheel], target: Target) -> Closure:
    """Everything the requirements lead to on the target, each requirement with its newest fitting wheel."""
    queue = [(Requirement(text), extra) for text in requirements for extra in ("", *Requirement(text).extras)]
    chosen: dict[Path, Wheel] = {}
    missing: list[str] = []
    seen: set[tuple[str, str]] = set()
    while queue:
        requirement, extra = queue.pop()
        if (str(requirement), extra) in seen:
            continue
        seen.add((str(requirement), extra))
        fitting = [wheel for wheel in wheels if _fits(wheel, requirement, target)]
        if not fitting:
            missing.append(_without_condition(requirement))
            continue
        wheel = max(fitting, key=lambda wheel: (wheel.version, wheel.path.name))
        chosen[wheel.path] = wheel
        queue.extend(_needs(wheel, extra, target))
    return Closure(sorted(chosen.values(), key=lambda wheel: wheel.path.name), sorted(set(missing)))


def _fits(wheel: Wheel, requirement: Requirement, target: Target) -> bool:
    return (
        wheel.name == canonicalize_name(requirement.name)
        and requirement.specifier.contains(wheel.version, prereleases=True)
        and wheel.pythons.contains("{}.{}.0".format(*target.python))
        and not wheel.tags.isdisjoint(target.tags())
    )


def _needs(wheel: Wheel, extra: str, target: Target) -> Iterator[tuple[Requirement, str]]:
    environment = {**target.environment(), "extra": extra}
    for needed in wheel.requires:
        if needed.marker is None or needed.marker.evaluate(environment):
            yield from ((needed, inner) for inner in ("", *needed.extras))


def _without_condition(requirement: Requirement) -> str:
    plain = Requirement(str(requirement))
    plain.marker = None
    return str(plain)
