"""Builds the bundle that installs Sverka on a machine without network: `python .ci/bundle [FOLDER]`.

It holds wheels for every system and Python that `targets.py` lists, the installers of `files/`, a guide in Russian
and SHA-256 sums. The same wheels give the same bytes; SOURCE_DATE_EPOCH sets the date of the files inside.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

try:
    from targets import ALL, PYTHONS, Closure, Target, Wheel, close, read_wheel, this_machine
except ModuleNotFoundError as error:
    sys.exit(f"bundle: {error}; run it with the Python of the project: .venv/bin/python .ci/bundle")

ROOT = Path(__file__).resolve().parents[2]
FILES = Path(__file__).resolve().parent / "files"
EXTRAS = ("fmt", "report")  # the light ones
EARLIEST = 315532800  # 1980-01-01, the first day that a zip archive knows
SUMS = "SHA256SUMS"
# What a file of ASCII alone can't say: install.cmd was started inside the archive, with nothing else unpacked.
NOT_UNPACKED = "Сначала распакуйте весь архив в папку, потом запустите install.cmd из неё."
# Typed between double quotes in both shells, so it has none of its own, nor a `%` or a `!`.
SUITS = (
    "import sys, platform; sys.exit(sys.version_info[:2] not in ({versions}) or sys.maxsize < 2**32"
    " or platform.machine().lower() not in ('x86_64', 'amd64'))"
)


class BundleError(Exception):
    """The bundle can't be built; the text says why."""


def main() -> None:
    """Build, and say what was built."""
    parser = argparse.ArgumentParser(prog="bundle", description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "dist", help="where to put it (dist)")
    parser.add_argument("--only-this", action="store_true", help="for this system and this Python alone")
    options = parser.parse_args()
    try:
        targets = [this_machine()] if options.only_this else ALL
        with tempfile.TemporaryDirectory(prefix="bundle-") as scratch:
            file = build(targets, options.folder, Path(scratch))
    except (BundleError, ValueError) as error:
        sys.exit(f"bundle: {error}")
    print(f"{file}  {file.stat().st_size:,} bytes  sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}")


def build(targets: list[Target], folder: Path, scratch: Path) -> Path:
    """The bundle of the targets, written whole into the folder."""
    product = read_wheel(build_product(scratch / "product"))
    roots = [f"sverka[{','.join(EXTRAS)}]=={product.version}", "pip"]
    wheels = collect(targets, roots, product, scratch)
    name = f"sverka-{product.version}-offline" + (f"-{targets[0].name}" if len(targets) == 1 else "")
    pip = max((wheel for wheel in wheels if wheel.name == "pip"), key=lambda wheel: wheel.version)
    facts = {
        "version": str(product.version),
        "requirement": roots[0],
        "pip": pip.path.name,
        "targets": [target.name for target in targets],
    }
    contents = {f"wheels/{wheel.path.name}": wheel.path.read_bytes() for wheel in wheels}
    contents |= installers(targets, str(product.version))
    contents["LICENSE"] = (ROOT / "LICENSE").read_bytes()
    contents["bundle.json"] = (json.dumps(facts, indent=2) + "\n").encode()
    contents[SUMS] = sums(contents)
    return write_zip(folder, name, contents)


def build_product(folder: Path) -> Path:
    """The wheel of this checkout."""
    pip("wheel", "--no-deps", f"--wheel-dir={folder}", str(ROOT), what="the wheel of sverka")
    return next(folder.glob("sverka-*.whl"))


def pip(*arguments: str, what: str) -> None:
    """Run pip of this Python. Raises BundleError with the end of what it said."""
    command = [sys.executable, "-m", "pip", *arguments, "--quiet", "--disable-pip-version-check", "--no-input"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode:
        told = [line for line in ran.stderr.splitlines() if not line.startswith("WARNING")]
        raise BundleError(f"{what} can't be had:\n  " + "\n  ".join(told[-6:]))


def collect(targets: list[Target], roots: list[str], product: Wheel, scratch: Path) -> list[Wheel]:
    """The wheels that all targets need, and nothing besides. Raises BundleError when a target lacks one."""
    found: dict[str, Wheel] = {}
    for target in targets:
        print(f"{target.name}: ", end="", flush=True)
        chosen = download(target, roots, product, scratch / target.name)
        print(", ".join(f"{wheel.name} {wheel.version}" for wheel in chosen))
        for wheel in chosen:
            other = found.setdefault(wheel.path.name, wheel)
            if other.path.read_bytes() != wheel.path.read_bytes():
                raise BundleError(f"two different files are called {wheel.path.name}")
    wheels = sorted(found.values(), key=lambda wheel: wheel.path.name)
    for target in targets:  # together they must still suffice: one target's newer wheel may be another's choice
        if missing := close(roots, wheels, target).missing:
            raise BundleError(f"{target.name}: wheels of the other targets want more: {', '.join(missing)}")
    return wheels


def download(target: Target, roots: list[str], product: Wheel, folder: Path) -> list[Wheel]:
    """The wheels that one target needs: asked for until nothing is missing."""
    folder.mkdir()
    shutil.copy(product.path, folder)
    asked: list[str] = [f"{product.path}[{','.join(EXTRAS)}]", *roots[1:]]
    while True:
        pip("download", *target.pip_options(), f"--dest={folder}", *asked, what=f"{target.name}: wheels")
        found: Closure = close(roots, [read_wheel(path) for path in sorted(folder.glob("*.whl"))], target)
        if not found.missing:
            return found.chosen
        if set(found.missing) <= set(asked):
            raise BundleError(f"{target.name}: no wheel for {', '.join(found.missing)}")
        asked += [requirement for requirement in found.missing if requirement not in asked]


def installers(targets: list[Target], version: str) -> dict[str, bytes]:
    """The scripts and texts of `files/`, filled in, each in the encoding and with the line ends of its reader."""
    pythons = [python for python in PYTHONS if any(target.python == python for target in targets)]
    versions = ", ".join(f"({major}, {minor})" for major, minor in pythons) + ","
    names = [f"{major}.{minor}" for major, minor in reversed(pythons)]
    values = {
        "@VERSION@": version,
        "@SUITS@": SUITS.format(versions=versions),
        "@NOT_UNPACKED_BASE64@": base64.b64encode(NOT_UNPACKED.encode()).decode(),
        "@PYTHONS@": " ".join(names),
        "@PYTHONS_TOLD@": ", ".join(reversed(names)),
        "@PYTHON_EXAMPLE@": names[len(names) // 2],
        "@PYTHON_EXAMPLE_SHORT@": names[len(names) // 2].replace(".", ""),
    }
    contents: dict[str, bytes] = {}
    for file in sorted(one for one in FILES.iterdir() if one.is_file()):  # Python leaves a folder of compiled code
        text = file.read_text(encoding="utf-8")
        for mark, value in values.items():
            text = text.replace(mark, value)
        if file.suffix in (".cmd", ".txt"):
            text = text.replace("\n", "\r\n")  # also for the Notepad of old Windows, which knows nothing else
        encoding = "ascii" if file.suffix == ".cmd" else "utf-8-sig" if file.name == "README.txt" else "utf-8"
        contents[file.name] = text.encode(encoding)
    return contents


def sums(contents: dict[str, bytes]) -> bytes:
    """The sums as `sha256sum -c` reads them."""
    lines = [f"{hashlib.sha256(contents[name]).hexdigest()}  {name}\n" for name in sorted(contents)]
    return "".join(lines).encode()


def write_zip(folder: Path, name: str, contents: dict[str, bytes]) -> Path:
    """The archive with one folder inside; order, dates and rights do not depend on this machine."""
    moment = time.gmtime(max(int(os.environ.get("SOURCE_DATE_EPOCH", EARLIEST)), EARLIEST))[:6]
    folder.mkdir(parents=True, exist_ok=True)
    file, temporary = folder / f"{name}.zip", folder / f".{name}.tmp"
    with zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED) as archive:  # wheels are packed already
        for place in sorted(contents):
            member = zipfile.ZipInfo(f"{name}/{place}", moment)
            member.create_system = 3  # rights as Unix writes them
            member.external_attr = (0o100755 if place.endswith(".sh") else 0o100644) << 16
            archive.writestr(member, contents[place])
    temporary.replace(file)
    return file


if __name__ == "__main__":
    main()
