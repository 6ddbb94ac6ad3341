"""Building the bundle: which wheels it takes for which machine, and that equal wheels give equal bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from installed import BUNDLE, module

from validator import __version__

WINDOWS, LINUX = "windows", "linux"


@pytest.fixture(scope="module")
def targets() -> ModuleType:
    import targets

    return targets


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    return module(BUNDLE / "__main__.py", "bundle_main")


def make_wheel(folder: Path, name: str, *requires: str, tags: str = "py3-none-any", python: str = "") -> Path:
    """A wheel of nothing, with requirements; `name` is `distribution-version`."""
    folder.mkdir(exist_ok=True)
    distribution, version = name.split("-")
    lines = ["Metadata-Version: 2.1", f"Name: {distribution}", f"Version: {version}"]
    lines += [f"Requires-Dist: {requirement}" for requirement in requires]
    lines += [f"Requires-Python: {python}"] * bool(python) + ["Provides-Extra: fmt", "Provides-Extra: report"]
    inside = f"{distribution}-{version}.dist-info"
    file = folder / f"{name}-{tags}.whl"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(f"{inside}/METADATA", "\n".join(lines) + "\n")
        archive.writestr(f"{inside}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tags}\n")
        archive.writestr(f"{inside}/RECORD", "")
    return file


def names(closure: object) -> list[str]:
    return [wheel.path.name for wheel in closure.chosen]  # type: ignore[attr-defined]


# --- the archive ----------------------------------------------------------------------------------------------


def test_the_archive_holds_one_folder_with_what_it_takes(bundle: Path) -> None:
    with zipfile.ZipFile(bundle) as archive:
        members = archive.infolist()
    folder = bundle.stem
    assert folder.startswith(f"sverka-{__version__}-offline")
    assert {member.filename.split("/")[0] for member in members} == {folder}
    assert {member.filename.split("/", 1)[1] for member in members if "/wheels/" not in member.filename} == {
        "LICENSE", "README.txt", "SHA256SUMS", "bundle.json", "install.cmd", "install.py", "install.sh",
        "no-python.txt",
    }  # fmt: skip
    assert [member.filename for member in members] == sorted(member.filename for member in members)
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    rights = {member.filename: member.external_attr >> 16 & 0o777 for member in members}
    assert rights.pop(f"{folder}/install.sh") == 0o755
    assert set(rights.values()) == {0o644}


def test_a_second_build_gives_the_same_bytes(bundle: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "TZ": "Asia/Kamchatka", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    command = [sys.executable, str(BUNDLE), str(tmp_path / "out"), "--only-this"]
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    assert (tmp_path / "out" / bundle.name).read_bytes() == bundle.read_bytes()
    assert os.listdir(tmp_path / "out") == [bundle.name]


def test_the_date_inside_can_be_set(builder: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1763640000")
    with zipfile.ZipFile(builder.write_zip(tmp_path, "x", {"a": b"1"})) as archive:
        assert archive.infolist()[0].date_time == (2025, 11, 20, 12, 0, 0)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")  # a zip archive knows no day before 1980
    with zipfile.ZipFile(builder.write_zip(tmp_path, "x", {"a": b"1"})) as archive:
        assert archive.infolist()[0].date_time[0] == 1980


def test_the_facts_of_the_bundle_are_of_this_machine(bundle: Path, targets: ModuleType) -> None:
    with zipfile.ZipFile(bundle) as archive:
        facts = json.loads(archive.read(f"{bundle.stem}/bundle.json"))
        wheels = {name.rpartition("/")[2] for name in archive.namelist() if name.endswith(".whl")}
    assert facts["targets"] == [targets.this_machine().name]
    assert facts["version"] == __version__
    assert facts["pip"] in wheels
    assert f"sverka-{__version__}-py3-none-any.whl" in wheels


# --- which wheels ---------------------------------------------------------------------------------------------


def test_every_system_is_served_with_every_python_from_3_11(targets: ModuleType) -> None:
    pythons = ("cp311", "cp312", "cp313", "cp314")
    assert [target.name for target in targets.ALL] == [f"{s}-{p}" for s in (LINUX, WINDOWS) for p in pythons]


def test_conditions_are_read_for_the_target_and_not_for_this_machine(targets: ModuleType, tmp_path: Path) -> None:
    make_wheel(tmp_path, "app-1", "only_windows; sys_platform == 'win32'", "only_old; python_version < '3.12'")
    make_wheel(tmp_path, "only_windows-1")
    make_wheel(tmp_path, "only_old-1")
    wheels = [targets.read_wheel(path) for path in tmp_path.iterdir()]
    found = {
        (system, python): [
            name.split("-")[0] for name in names(targets.close(["app"], wheels, targets.Target(system, python)))
        ]
        for system in (LINUX, WINDOWS)
        for python in ((3, 11), (3, 12))
    }
    assert found == {
        (LINUX, (3, 11)): ["app", "only_old"],
        (LINUX, (3, 12)): ["app"],
        (WINDOWS, (3, 11)): ["app", "only_old", "only_windows"],
        (WINDOWS, (3, 12)): ["app", "only_windows"],
    }


@pytest.mark.parametrize(
    ("tags", "fits"),
    [
        ("cp312-cp312-win_amd64", [WINDOWS]),
        ("cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64", [LINUX]),
        ("cp311-abi3-manylinux_2_5_x86_64", [LINUX]),
        ("py3-none-any", [LINUX, WINDOWS]),
        ("cp313-cp313-win_amd64", []),
        ("cp312-cp312-manylinux_2_39_x86_64", []),
        ("cp312-cp312-musllinux_1_2_x86_64", []),
        ("cp312-cp312-linux_x86_64", []),
        ("cp312-cp312-win_arm64", []),
        ("cp312-cp312t-win_amd64", []),
    ],
)
def test_a_wheel_goes_only_where_it_can_run(
    targets: ModuleType, tmp_path: Path, tags: str, fits: list[str]
) -> None:
    wheel = targets.read_wheel(make_wheel(tmp_path, "app-1", tags=tags))
    systems = [
        s for s in (LINUX, WINDOWS) if not targets.close(["app"], [wheel], targets.Target(s, (3, 12))).missing
    ]
    assert systems == fits


def test_versions_and_extras_are_followed(targets: ModuleType, tmp_path: Path) -> None:
    make_wheel(tmp_path, "app-1", "lib>=2", "extra_one; extra == 'fmt'", "extra_two; extra == 'report'")
    for name in ("lib-1", "lib-2", "lib-10", "extra_one-1", "extra_two-1"):
        make_wheel(tmp_path, name)
    make_wheel(tmp_path, "lib-11", python=">=3.13")
    wheels = [targets.read_wheel(path) for path in tmp_path.iterdir()]
    target = targets.Target(LINUX, (3, 12))
    assert names(targets.close(["app[fmt]"], wheels, target)) == [
        f"{name}-py3-none-any.whl" for name in ("app-1", "extra_one-1", "lib-10")
    ]
    assert targets.close(["app", "lib>=20", "absent[x]>1"], wheels, target).missing == ["absent[x]>1", "lib>=20"]


# --- asking pip for them --------------------------------------------------------------------------------------


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place where pip finds wheels."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "shelf"))
    make_wheel(tmp_path / "shelf", "pip-99")
    return tmp_path / "shelf"


ROOTS = ["sverka[fmt,report]==1", "pip"]


def ask(builder: ModuleType, targets: ModuleType, shelf: Path, system: str, *requires: str) -> list[str]:
    product = targets.read_wheel(make_wheel(shelf.parent, "sverka-1", *requires))
    target = targets.Target(system, (3, 12))
    found = builder.collect([target], ROOTS, product, shelf.parent)
    return [wheel.path.name for wheel in found]


def test_what_only_another_system_needs_is_fetched_too(
    builder: ModuleType, targets: ModuleType, shelf: Path
) -> None:
    """pip reads the conditions as of this machine, which is neither this system nor this Python."""
    for name in ("colours-1", "shades-1"):
        make_wheel(shelf, name)
    make_wheel(shelf, "paint-1", "shades; platform_system == 'Windows'")
    needs = ("colours; sys_platform == 'win32'", "paint; sys_platform == 'win32'")
    found = ask(builder, targets, shelf, WINDOWS, *needs)
    assert [name.split("-")[0] for name in found] == ["colours", "paint", "pip", "shades", "sverka"]


def test_what_only_this_machine_needs_is_left_out(builder: ModuleType, targets: ModuleType, shelf: Path) -> None:
    make_wheel(shelf, "here-1")
    found = ask(builder, targets, shelf, WINDOWS, f"here; sys_platform == '{sys.platform}'")
    assert [name.split("-")[0] for name in found] == ["pip", "sverka"]


def test_a_wheel_that_can_not_be_had_is_an_error_that_names_it(
    builder: ModuleType, targets: ModuleType, shelf: Path
) -> None:
    make_wheel(shelf, "native-1", tags="cp312-cp312-manylinux_2_17_x86_64")
    assert "native-1-cp312-cp312-manylinux_2_17_x86_64.whl" in ask(builder, targets, shelf, LINUX, "native")
    with pytest.raises(builder.BundleError, match=r"windows-cp312.*(?s:.)*native"):
        ask(builder, targets, shelf, WINDOWS, "native")


def test_a_wheel_that_only_the_target_lacks_is_an_error_too(
    builder: ModuleType, targets: ModuleType, shelf: Path
) -> None:
    with pytest.raises(builder.BundleError, match=r"windows-cp312.*(?s:.)*absent"):
        ask(builder, targets, shelf, WINDOWS, "absent; sys_platform == 'win32'")


def test_the_command_line_says_aloud_what_is_missing(tmp_path: Path) -> None:
    """With an empty shelf nothing can be had, not even what builds our own wheel."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    environment |= {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1"}
    command = [sys.executable, str(BUNDLE), str(tmp_path), "--only-this"]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "bundle: the wheel of sverka can't be had:" in ran.stderr
    assert os.listdir(tmp_path) == []
