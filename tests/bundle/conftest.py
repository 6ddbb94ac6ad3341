"""Fixtures of the bundle: built and installed once, whichever worker comes first, without network."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from installed import BUNDLE, Installed, offline, plain_environment

sys.path.insert(0, str(BUNDLE))  # `targets` is found there by the builder, too
DEADLINE = 300  # seconds to wait for the worker that builds


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive for this system and this Python. Building takes some seconds and the network of pip."""
    folder = _once(tmp_path_factory, "built", _build)
    return next(folder.glob("*.zip"))


@pytest.fixture(scope="session")
def installed(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The bundle unpacked in a folder with a Cyrillic name and installed by install.sh without network."""

    def install(folder: Path) -> None:
        place = folder / "Мой комплект"
        place.mkdir()
        # The permission to run install.sh is lost, as with many programs that unpack.
        with zipfile.ZipFile(bundle) as archive:
            archive.extractall(place)
        command = [*offline(), "sh", str(place / bundle.stem / "install.sh")]
        environment = {**plain_environment(), "PIP_NO_INDEX": "1", "SVERKA_PYTHON": sys.executable, "LC_ALL": "C"}
        ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
        (folder / "install.log").write_bytes(ran.stdout + ran.stderr)
        (folder / "install.code").write_text(str(ran.returncode))

    folder = _once(tmp_path_factory, "installed", install)
    code, log = int((folder / "install.code").read_text()), (folder / "install.log").read_text("utf-8")
    assert code == 0, log
    return Installed(folder / "Мой комплект" / bundle.stem, log)


@pytest.fixture
def unpacked(bundle: Path, tmp_path: Path) -> Path:
    """A copy of the unpacked bundle, not installed, to be damaged."""
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(tmp_path)
    return tmp_path / bundle.stem


def _build(folder: Path) -> None:
    command = [sys.executable, str(BUNDLE), str(folder), "--only-this"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    (folder / "build.log").write_text(ran.stdout + ran.stderr)
    assert ran.returncode == 0, ran.stderr


def _once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first worker fills while the others wait for it."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"bundle-{name}"
    done, failed = folder.with_suffix(".done"), folder.with_suffix(".failed")
    try:
        folder.mkdir()
    except FileExistsError:
        for _ in range(DEADLINE * 10):
            if done.exists():
                return folder
            if failed.exists():
                pytest.fail(f"another worker could not make it: {failed.read_text('utf-8')}")
            time.sleep(0.1)
        pytest.fail(f"{folder} was not made in time")
    try:
        make(folder)
    except BaseException as error:
        failed.write_text(str(error), "utf-8")
        raise
    done.touch()
    return folder
