"""Where settings are looked for: the nearest file wins, and nothing outside the repository counts."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from settings_place import Place, Ran

from validator.cli.context import SETTINGS_FILES

Sverka = Callable[..., Ran]
TOML = '[project]\nname = "x"\n[tool.sverka]\nas_of = "{day}"\n'


def day(ran: Ran) -> str | None:
    """The configured day, as `sverka config -o json` tells it."""
    assert ran.code == 0, ran.err
    found: str | None = next(s["value"] for s in json.loads(ran.out)["settings"] if s["name"] == "as_of")
    return found


def config(sverka: Sverka) -> str | None:
    return day(sverka("config", "-o", "json"))


@pytest.mark.parametrize("name", SETTINGS_FILES)
def test_each_file_is_found_in_the_current_folder_and_from_below(
    name: str, place: Place, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = TOML.format(day="2025-01-02") if name == "pyproject.toml" else "as_of: 2025-01-02\n"
    place.write(name, text)
    assert config(sverka) == "2025-01-02"
    monkeypatch.chdir(place.deep)
    assert config(sverka) == "2025-01-02"


def test_the_nearest_file_wins_whole(place: Place, sverka: Sverka, monkeypatch: pytest.MonkeyPatch) -> None:
    place.write("sverka.yaml", "as_of: 2025-01-02\nresults: findings\n")
    place.write("deep/.sverka.yaml", "as_of: 2025-03-04\n")
    monkeypatch.chdir(place.deep)
    ran = sverka("config", "-o", "json")
    assert day(ran) == "2025-03-04"
    told = json.loads(ran.out)
    assert told["file"] == "../.sverka.yaml"
    assert {s["name"]: s["value"] for s in told["settings"]}["results"] == "all"  # files are not mixed


def test_a_pyproject_without_the_table_is_no_settings_file(
    place: Place, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.write("sverka.yaml", "as_of: 2025-01-02\n")
    place.write("deep/pyproject.toml", '[project]\nname = "sverka"\n[tool.other]\nx = 1\n')
    monkeypatch.chdir(place.deep)
    assert config(sverka) == "2025-01-02"


def test_a_pyproject_of_other_tools_may_stand_beside_the_settings(place: Place, sverka: Sverka) -> None:
    place.write("sverka.yaml", "as_of: 2025-01-02\n")
    place.write("pyproject.toml", "[tool.other]\nx = 1\n")
    assert config(sverka) == "2025-01-02"


@pytest.mark.parametrize("repository", ["folder", "file"])
def test_the_search_stops_at_the_root_of_the_repository(
    repository: str, place: Place, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    if repository == "file":  # as in a worktree or a submodule
        (place.repo / ".git").rmdir()
        place.write(".git", "gitdir: elsewhere\n")
    place.write("../sverka.yaml", "as_of: 2025-01-02\nnonsense: 1\n")
    monkeypatch.chdir(place.deep)
    assert config(sverka) is None
    place.write("sverka.yaml", "as_of: 2025-03-04\n")
    assert config(sverka) == "2025-03-04"


def test_outside_of_any_repository_only_the_current_folder_counts(
    place: Place, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place.repo / ".git").rmdir()
    if any((above / ".git").exists() for above in place.repo.parents):
        pytest.skip("the temporary folder lies in a repository")
    place.write("sverka.yaml", "as_of: 2025-01-02\n")
    assert config(sverka) == "2025-01-02"
    monkeypatch.chdir(place.deep)
    assert config(sverka) is None


@pytest.mark.parametrize(
    "names",
    [("sverka.yaml", ".sverka.yaml"), ("sverka.yaml", "pyproject.toml"), (".sverka.yaml", "pyproject.toml")],
)
def test_two_files_in_one_folder_are_a_mistake(names: tuple[str, str], place: Place, sverka: Sverka) -> None:
    for name in names:
        place.write(name, TOML.format(day="2025-01-02") if name == "pyproject.toml" else "as_of: 2025-01-02\n")
    ran = sverka("config", "--lang", "en")
    assert ran.code == 2
    assert ran.err.startswith(f"{names[0]}: settings in several files of one folder: ")
    assert f"`{names[1]}`" in ran.err
    assert sverka("config").err.startswith(f"{names[0]}: настройки сразу в нескольких файлах одной папки: ")


@pytest.mark.parametrize("name", ["sverka.yml", ".sverka.yml"])
def test_a_file_under_another_ending_is_a_mistake_and_not_passed_over(
    name: str, place: Place, sverka: Sverka
) -> None:
    place.write(name, "as_of: 2025-01-02\n")
    ran = sverka("config", "--lang", "en")
    assert ran.code == 2
    assert ran.err.splitlines() == [
        f"{name}: the settings file has another name [settings-file]",
        f"    rename it to `{name.replace('.yml', '.yaml')}`",
    ]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_in_place_of_the_file_is_refused(place: Place, sverka: Sverka) -> None:
    place.write("../elsewhere.yaml", "as_of: 2025-01-02\n")
    (place.repo / "sverka.yaml").symlink_to("../elsewhere.yaml")
    ran = sverka("config")
    assert ran.code == 2
    assert "это не обычный файл" in ran.err


def test_a_folder_in_place_of_the_file_is_refused(place: Place, sverka: Sverka) -> None:
    (place.repo / "sverka.yaml").mkdir()
    ran = sverka("config", "--lang", "en")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "sverka.yaml: this is not a regular file [settings-file]")


@pytest.mark.skipif(os.name == "nt", reason="a folder in use can't be removed on Windows")
def test_a_current_folder_that_is_gone_has_no_settings(
    place: Place, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = place.repo / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert sverka("--version").code == 0
    monkeypatch.chdir(Path(place.repo))
