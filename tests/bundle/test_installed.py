"""The product installed from the bundle, away from the checkout: it holds all that the checkout does."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest
from installed import ROOT, Installed, offline, plain_environment

from validator import __version__, resources
from validator.cli.main import COMMANDS

SNAPSHOT = "sverka-demo/snapshots/spb-school-transfer-week.yaml"
WHOLE_RUNS = [
    ["check", SNAPSHOT, "--lang", "en"],
    ["check", SNAPSHOT, "--policies", "builtin", "--policies", "sverka-demo/policies", "-o", "json"],
    ["validate", "sverka-demo/snapshots"],
    ["explain", "FM-BAN"],
    ["explain", "FM-BAN", "--snapshot", SNAPSHOT, "--lang", "en"],
    ["schema", "snapshot"],
    ["schema", "policy"],
    ["schema", "report"],
    ["limits"],
    ["docs", "--coverage"],
    ["--help"],
    ["--help", "--lang", "en"],
    ["check"],  # a usage error in Russian comes from the catalogue of click's texts
]


class Ran(NamedTuple):
    """The exit code and both outputs of a run."""

    code: int
    out: str
    err: str


def run(command: list[str], folder: Path, cache: Path) -> Ran:
    environment = {**plain_environment(), "SVERKA_CACHE_DIR": str(cache)}
    ran = subprocess.run(
        [*offline(), *command], cwd=folder, env=environment, capture_output=True, check=False, timeout=120
    )
    return Ran(ran.returncode, ran.stdout.decode(), ran.stderr.decode())


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder far from the checkout, with a space and Cyrillic letters in its name."""
    return tmp_path_factory.mktemp("другая папка")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def demo(installed: Installed, elsewhere: Path, cache: Path) -> Ran:
    """What the installed `sverka demo` left and said."""
    return run([str(installed.command), "demo"], elsewhere, cache)


def ours(arguments: list[str], folder: Path, cache: Path) -> Ran:
    """The same command of the checkout."""
    entry = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from validator.cli.main import main; main()"
    return run([sys.executable, "-c", entry, *arguments], folder, cache)


def test_the_program_comes_from_the_new_folder_alone(installed: Installed, elsewhere: Path, cache: Path) -> None:
    code = "import validator, sys; print(validator.__file__, *sys.path, sep='\\n')"
    _, out, _ = run([str(installed.python), "-I", "-c", code], elsewhere, cache)
    assert Path(out.splitlines()[0]).is_relative_to(installed.folder)
    assert not [line for line in out.splitlines() if Path(line).is_relative_to(ROOT)]


def test_the_installed_version_is_ours(installed: Installed, elsewhere: Path, cache: Path) -> None:
    assert run([str(installed.command), "--version"], elsewhere, cache) == (0, f"sverka {__version__}\n", "")


def test_demo_works_in_the_installed_product(demo: Ran, elsewhere: Path) -> None:
    code, out, err = demo
    assert (code, err) == (1, "")
    assert "12 вымышленных организаций" in out
    assert "Документов 12 = проверено 12 + отложено 0 + не дошла очередь 0" in out
    assert len(list((elsewhere / "sverka-demo" / "snapshots").iterdir())) == 12


def test_demo_of_the_installed_product_is_that_of_the_checkout(
    demo: Ran, elsewhere: Path, cache: Path, tmp_path: Path
) -> None:
    assert ours(["demo"], tmp_path, cache) == demo
    for path in (tmp_path / "sverka-demo").rglob("*"):
        twin = elsewhere / path.relative_to(tmp_path)
        assert twin.is_dir() if path.is_dir() else twin.read_bytes() == path.read_bytes(), path


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("arguments", WHOLE_RUNS, ids=" ".join)
def test_commands_do_what_they_do_in_the_checkout(
    installed: Installed, elsewhere: Path, cache: Path, arguments: list[str]
) -> None:
    there = run([str(installed.command), *arguments], elsewhere, cache)
    assert there == ours(arguments, elsewhere, cache)
    if arguments == ["check"]:
        assert there.code == 2
        assert there.err.startswith("sverka: Не указан аргумент")
    else:
        assert there.code in (0, 1)
        assert there.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_there(installed: Installed, elsewhere: Path, cache: Path, command: str) -> None:
    there = run([str(installed.command), command, "--help"], elsewhere, cache)
    assert there == ours([command, "--help"], elsewhere, cache)
    assert there.code == 0
    assert there.out.startswith(f"Использование: sverka {command} [ПАРАМЕТРЫ]")


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_every_file_of_the_product_unchanged(installed: Installed) -> None:
    """The package, and the folders beside it that pyproject.toml puts into it."""
    wheel = next((installed.folder / "wheels").glob("sverka-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        inside = {name: archive.read(name) for name in archive.namelist() if ".dist-info/" not in name}
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    shipped = {"validator": "validator", **settings["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]}
    expected: dict[str, bytes] = {}
    for source, place in shipped.items():
        expected |= {f"{place}/{name}": data for name, data in files_of(ROOT / source).items()}
    assert sorted(inside) == sorted(expected)
    assert [name for name in inside if inside[name] != expected[name]] == []
    for kind in ("/policies/norms/", "/schemas/snapshot", "/demo/README.ru.md", "/organizations/", "/locale/ru/"):
        assert any(kind in name for name in inside), kind


def test_every_folder_that_the_program_looks_for_is_in_the_wheel(
    installed: Installed, elsewhere: Path, cache: Path
) -> None:
    """`resources.py` falls back to the checkout around it, which a user does not have."""
    wanted = sorted(name for name in vars(resources) if name.endswith("_folder") and not name.startswith("_"))
    assert {"policies_folder", "demo_folder", "organizations_folder"} <= set(wanted)
    calls = "".join(f"r.{name}()," for name in wanted)
    code = f"from validator import resources as r; print(*({calls}), sep='|')"
    ran = run([str(installed.python), "-I", "-c", code], elsewhere, cache)
    places = dict(zip(wanted, map(Path, ran.out.strip().split("|")), strict=True))
    assert [name for name, place in places.items() if not place.is_relative_to(installed.folder / "sverka")] == []
    assert [name for name, place in places.items() if not place.is_dir() or not any(place.iterdir())] == []


def test_the_installer_says_how_to_start(installed: Installed, elsewhere: Path, cache: Path) -> None:
    assert f"Готово: Сверка {__version__} установлена." in installed.log
    command = re.search(r'^    ("[^"]+") demo$', installed.log, re.M)
    activate = re.search(r'^    (\. "[^"]+")$', installed.log, re.M)
    assert command
    assert activate
    for line in (f"{command[1]} --version", f"{activate[1]} && sverka --version"):
        assert run(["sh", "-c", line], elsewhere, cache) == (0, f"sverka {__version__}\n", ""), line
