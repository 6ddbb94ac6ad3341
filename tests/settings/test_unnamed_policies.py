"""A folder `policies/` beside the settings that they do not name: its policies are not passed over silently."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from settings_place import Place, Ran

Sverka = Callable[..., Ran]
COMMANDS = (("check", "snapshots"), ("test",), ("lint",), ("explain", "FM-BAN"))


@pytest.fixture(autouse=True)
def _snapshot(place: Place) -> None:
    place.snapshot()


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("settings", ["policies: [builtin]\n", "lang: ru\n"])
def test_the_folder_is_told_with_what_to_write(
    settings: str, command: tuple[str, ...], place: Place, sverka: Sverka
) -> None:
    place.policies("policies")
    place.write("sverka.yaml", settings)
    told = sverka(*command).err
    assert "папка policies не названа в sverka.yaml, по её политикам не судят" in told
    assert told.count("`policies: [builtin, policies]`") == 1


def test_what_the_notice_says_to_write_ends_it_and_the_norm_is_judged(place: Place, sverka: Sverka) -> None:
    place.policies("policies")
    place.write("sverka.yaml", "policies: [builtin, policies]\n")
    ran = sverka("check", "snapshots", "-o", "json")
    assert "не названа" not in ran.err
    assert "OWN-1" in ran.out
    (place.repo / "sverka.yaml").unlink()
    place.write("pyproject.toml", '[tool.sverka]\nlang = "en"\n')
    assert '`policies = ["builtin", "policies"]`' in sverka("check", "snapshots").err
    place.write("pyproject.toml", '[tool.sverka]\npolicies = ["builtin", "policies"]\n')
    assert "is not named" not in sverka("check", "snapshots").err


def test_below_the_settings_the_folder_is_told_by_its_path(
    place: Place, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.policies("policies")
    place.write("sverka.yaml", "lang: en\n")
    monkeypatch.chdir(place.deep)
    told = sverka("check", "../../snapshots").err
    assert "the folder ../../policies is not named in ../../sverka.yaml, its policies are not applied" in told


def test_folders_of_the_command_line_or_the_environment_are_somebody_s_choice(
    place: Place, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.policies("policies")
    place.write("sverka.yaml", "policies: [builtin]\n")
    assert sverka("check", "snapshots", "--policies", "builtin").err == ""
    assert sverka("lint", "policies").err == ""
    monkeypatch.setenv("SVERKA_POLICIES", "builtin")
    assert sverka("check", "snapshots").err == ""


def test_a_folder_without_policy_files_is_nothing_to_tell(place: Place, sverka: Sverka) -> None:
    place.write("policies/README.md", "later")
    place.write("policies/norms/.gitkeep", "")
    place.write("policies/minutes/a.yaml", "a: b")
    place.write("sverka.yaml", "policies: [builtin]\n")
    assert sverka("check", "snapshots").err == ""


def test_without_settings_there_is_nothing_to_name_it_in(place: Place, sverka: Sverka) -> None:
    place.policies("policies")
    assert sverka("check", "snapshots").err == ""
