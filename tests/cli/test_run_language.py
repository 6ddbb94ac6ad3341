"""The language of a run: which setting wins, and that all of it is in that language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from workplace import Folder, Ran, start

from validator.cli.context import language_of
from validator.cli.main import COMMANDS

Sverka = Callable[..., Ran]


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "ru"),
        (["--lang", "en"], {}, "en"),
        (["--lang=en"], {}, "en"),
        (["check", "x", "--lang", "en"], {}, "en"),
        (["--lang", "ru", "check", "--lang", "en"], {}, "en"),
        (["--lang", "en", "check", "--lang=ru"], {}, "ru"),
        (["check", "--", "--lang", "en"], {}, "ru"),
        (["check", "--lang"], {}, "ru"),
        (["--lang", "ru"], {"SVERKA_LANG": "en"}, "ru"),
        ([], {"SVERKA_LANG": "en", "LANG": "ru_RU.UTF-8"}, "en"),
        ([], {"SVERKA_LANG": "ru", "LANGUAGE": "en"}, "ru"),
        ([], {"LANGUAGE": "en:ru", "LANG": "ru_RU.UTF-8"}, "en"),
        ([], {"LC_ALL": "en_US.UTF-8", "LANG": "ru_RU.UTF-8"}, "en"),
        ([], {"LC_MESSAGES": "en_GB", "LANG": "ru_RU.UTF-8"}, "en"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "de_DE.UTF-8"}, "ru"),
        ([], {"LC_ALL": "C", "LANG": "C.UTF-8"}, "ru"),
        ([], {"LC_ALL": "POSIX"}, "ru"),
        ([], {"SVERKA_LANG": "", "LANG": ""}, "ru"),
    ],
)
def test_the_option_wins_then_the_setting_then_the_locale(
    arguments: list[str], environment: dict[str, str], language: str
) -> None:
    assert language_of(arguments, environment) == language


def cyrillic(text: str) -> bool:
    return any("а" <= char.lower() <= "я" for char in text)


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)], ids="".join)
def test_help_is_wholly_in_the_language_of_the_run(command: list[str], sverka: Sverka) -> None:
    russian, english = sverka(*command, "--help"), sverka(*command, "--help", "--lang", "en")
    assert russian.code == english.code == 0
    assert russian.out.startswith("Использование: sverka")
    assert "показать эту справку" in russian.out
    for word in ("Usage", "Options", "Commands", "Show ", "OPTIONS", "ARGS", "FILE", "PATHS", "default"):
        assert word not in russian.out
    assert english.out.startswith("Usage: sverka")
    assert not cyrillic(english.out)
    assert russian.err == english.err == ""


def test_every_command_is_listed_in_the_help(sverka: Sverka) -> None:
    listed = sverka("--help").out
    assert all(f"  {name} " in listed for name in COMMANDS)


@pytest.mark.parametrize("arguments", [["--lang", "en", "check", "IN"], ["check", "IN", "--lang", "en"]])
def test_the_option_may_stand_before_or_after_the_command(
    arguments: list[str], folder: Folder, sverka: Sverka
) -> None:
    file = folder.violating()
    ran = sverka(*(file if part == "IN" else part for part in arguments), "--policies", folder.policies)
    assert "VIOLATION" in ran.out
    assert "Exit code: 1" in ran.out


def test_one_process_may_speak_both_languages(folder: Folder, sverka: Sverka) -> None:
    file = folder.violating()
    command = ["check", file, "--policies", folder.policies]
    russian = sverka(*command)
    english = sverka(*command, "--lang", "en")
    assert sverka(*command) == russian
    assert sverka(*command, "--lang", "en") == english
    assert russian.out != english.out
    assert sverka("check").err.startswith("sverka: Не указан аргумент 'ПУТИ…'.")
    assert sverka("check", "--lang", "en").err.startswith("sverka: Missing argument 'PATHS…'.")


@pytest.mark.parametrize("arguments", [["limits"], ["explain", "T-CONNECT", "--policies", "POLICIES"]])
def test_what_commands_print_is_in_the_language_of_the_run(
    arguments: list[str], folder: Folder, sverka: Sverka
) -> None:
    command = [folder.policies if part == "POLICIES" else part for part in arguments]
    assert cyrillic(sverka(*command).out)
    english = sverka(*command, "--lang", "en").out.replace("ст. 1", "")  # places of acts are as the acts have them
    assert not cyrillic(english)


def test_an_unknown_language_is_bad_usage(sverka: Sverka) -> None:
    ran = sverka("check", "x", "--lang", "fr")
    assert ran.code == 2
    assert "'ru', 'en'" in ran.err


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"LC_ALL": "C"},
        {"LC_ALL": "ru_RU.UTF-8"},
        {"LC_ALL": "ru_RU.CP1251"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0"},
    ],
    ids=str,
)
def test_click_speaks_russian_under_every_locale(environment: dict[str, str]) -> None:
    ran = start("check", **environment)
    assert ran.returncode == 2
    assert ran.stderr.decode().splitlines() == [
        "sverka: Не указан аргумент 'ПУТИ…'.",
        "    справка: sverka check --help",
    ]


def test_the_version_is_one_line(sverka: Sverka) -> None:
    from validator import __version__

    assert sverka("--version") == Ran(0, f"sverka {__version__}\n", "")


def test_a_shell_can_ask_for_completions() -> None:
    ran = start(_SVERKA_COMPLETE="bash_complete", COMP_WORDS="sverka va", COMP_CWORD="1")
    assert ran.returncode == 0
    assert ran.stdout.decode().split() == ["plain,validate"]
