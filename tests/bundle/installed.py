"""What the tests of the bundle share: the installed product, and a run of it as a user starts it."""

from __future__ import annotations

import functools
import importlib.util
import os
import shutil
import subprocess
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = ROOT / ".ci" / "bundle"


class Installed(NamedTuple):
    """The unpacked bundle with the product installed beside the installers, and what the installer said."""

    folder: Path
    log: str

    @property
    def command(self) -> Path:
        """The installed `sverka`."""
        return self.folder / "sverka" / "bin" / "sverka"

    @property
    def python(self) -> Path:
        """The Python of the installed environment."""
        return self.folder / "sverka" / "bin" / "python"


def plain_environment() -> dict[str, str]:
    """No settings of this machine but those without which nothing runs."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}


@functools.cache
def offline() -> tuple[str, ...]:
    """What to put before a command so that it has no network, where the system can do that."""
    if shutil.which("unshare"):
        for way in (("unshare", "-n"), ("unshare", "-r", "-n")):
            if subprocess.run([*way, "true"], capture_output=True, check=False).returncode == 0:
                return way
    return ()


def module(path: Path, name: str) -> ModuleType:
    """A Python file that is in no package, as a module."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found
