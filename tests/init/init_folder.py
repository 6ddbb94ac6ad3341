"""What the tests of `sverka init` share: the state of a folder, git and pre-commit as users run them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

CREATED = [
    ".github/workflows/sverka.yml",
    ".gitlab-ci.yml",
    ".pre-commit-config.yaml",
    ".sverka/schemas/policy.schema.json",
    ".sverka/schemas/settings.schema.json",
    ".sverka/schemas/snapshot.schema.json",
    ".vscode/extensions.json",
    ".vscode/settings.json",
    "snapshots/example-school.yaml",
    "sverka.yaml",
]


class Ran(NamedTuple):
    """What a run of the command left behind."""

    code: int
    out: str
    err: str


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of a folder, but for those of git, with its bytes and the time of its last change."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }


def start(*command: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A program in a folder, with the commands of this environment of Python first on the path."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    nothing = cwd.parent / "no-git-settings"
    nothing.touch()
    settings = {"PATH": path, "GIT_CONFIG_GLOBAL": str(nothing), "GIT_CONFIG_NOSYSTEM": "1", **environment}
    return subprocess.run(
        command, cwd=cwd, env={**plain, **settings}, capture_output=True, text=True, encoding="utf-8", check=False
    )


def git(folder: Path, *arguments: str) -> None:
    """Run git, as somebody; it has to succeed."""
    who = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.com")
    ran = start("git", *who, *arguments, cwd=folder)
    assert ran.returncode == 0, ran.stderr
