"""Settings in use: the command line, then the environment, then the file, then the default."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from settings_place import Place, Ran

from validator.cli.settings import SETTINGS

Sverka = Callable[..., Ran]


def report(ran: Ran) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ran.out)
    return found


def policies_in(ran: Ran) -> set[str]:
    return {result["policy"] for result in report(ran)["results"]}


def config(sverka: Sverka, *arguments: str) -> dict[str, tuple[Any, str, str | None]]:
    """Every setting with its value and origin."""
    ran = sverka("config", "-o", "json", *arguments)
    assert ran.code == 0, ran.err
    return {s["name"]: (s["value"], s["origin"]["kind"], s["origin"]["place"]) for s in report(ran)["settings"]}


# --- each setting does what it says ---------------------------------------------------------------------------


def test_check_without_paths_reads_the_configured_ones_by_the_configured_policies(
    place: Place, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.policies()
    place.snapshot("data/a.json")
    place.snapshot("data/b.json", inn="7899009996", sferum_connected=False)
    place.write("sverka.yaml", "policies: [own]\nsnapshots: [data]\noutput: json\n")
    ran = sverka("check")
    assert ran.code == 1
    assert policies_in(ran) == {"OWN-1"}
    assert {row["file"] for row in report(ran)["organizations"]} == {"data/a.json", "data/b.json"}
    monkeypatch.chdir(place.deep)
    below = sverka("check")
    assert {row["file"] for row in report(below)["organizations"]} == {"../../data/a.json", "../../data/b.json"}
    assert policies_in(below) == {"OWN-1"}


def test_validate_without_paths_reads_the_configured_ones(place: Place, sverka: Sverka) -> None:
    place.policies()
    place.snapshot("data/a.json")
    place.write("sverka.yaml", "policies: own\nsnapshots: data\n")
    ran = sverka("validate", "-o", "json")
    assert (ran.code, report(ran)["inputs"]["documents"]) == (0, 1)


@pytest.mark.parametrize("command", ["check", "validate"])
def test_without_paths_and_without_settings_the_paths_are_missing(
    command: str, place: Place, sverka: Sverka
) -> None:
    place.write("sverka.yaml", "results: all\n")
    ran = sverka(command)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("sverka: Не указан аргумент 'ПУТИ…'.")


@pytest.mark.parametrize("command", [["explain", "OWN-1"], ["test"], ["docs", "--coverage"]], ids=" ".join)
def test_commands_about_policies_use_the_configured_ones(command: list[str], place: Place, sverka: Sverka) -> None:
    place.policies()
    before = sverka(*command)
    place.write("sverka.yaml", "policies: [own]\n")
    ran = sverka(*command)
    assert (ran.code, ran.err) == (0, "")
    assert ran == sverka(*command, "--policies", "own")
    assert ran.out != before.out


def test_the_configured_day_is_that_of_the_law_and_the_report_names_it(place: Place, sverka: Sverka) -> None:
    place.policies()
    place.snapshot()
    place.write("sverka.yaml", "policies: own\nsnapshots: snapshots\nas_of: 2025-05-31\noutput: json\n")
    found = report(sverka("check"))
    assert found["law_date"] == "2025-05-31"
    assert found["results"][0]["reason"] == "not_in_force"


def test_configured_results_and_outputs_shape_the_report(
    place: Place, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.policies()
    place.snapshot()
    lines = "policies: own\nsnapshots: snapshots\nresults: findings\noutput: [concise, json=out/r.json]\n"
    place.write("sverka.yaml", lines)
    (place.repo / "out").mkdir()
    monkeypatch.chdir(place.deep)  # the file of the report lies where the settings say, not here
    ran = sverka("check")
    assert ran.code == 0
    assert json.loads((place.repo / "out/r.json").read_text("utf-8"))["results"] == []
    assert not sverka("validate").out.startswith("{")
    assert sverka("check", "-o", "json", "--results", "all").out.startswith("{")


def test_validate_does_not_write_the_reports_of_check(place: Place, sverka: Sverka) -> None:
    place.policies()
    place.snapshot()
    place.write("sverka.yaml", "policies: own\nsnapshots: snapshots\noutput: json=r.json\n")
    assert sverka("validate").code == 0
    assert not (place.repo / "r.json").exists()


# --- the order ------------------------------------------------------------------------------------------------

FILE = (
    "policies: own\nsnapshots: data\nas_of: 2025-01-01\nlang: en\nresults: findings\noutput: concise\nwaivers: w\n"
    "fail_on: [high, prohibition]\non_unknown: never\non_disputed: chosen\nexit_zero: yes\n"
    "only: OWN-1\nexclude: [topic=x]\nbaseline: b.json\n"
)
BY_VARIABLE = {
    "policies": (["builtin", "own"], os.pathsep.join(["builtin", "own"])),
    "snapshots": (["x y", "z"], os.pathsep.join(["x y", "z"])),
    "waivers": (["x y", "z"], os.pathsep.join(["x y", "z"])),
    "as_of": ("2025-02-02", "2025-02-02"),
    "lang": ("ru", "ru"),
    "results": ("all", "all"),
    "output": (["text", "json=r.json"], os.pathsep.join(["text", "json=r.json"])),
    "fail_on": (["low", "prohibition=info"], os.pathsep.join(["low", "prohibition=info"])),
    "on_unknown": ("info", "info"),
    "on_disputed": ("strictest", "strictest"),
    "exit_zero": ("no", "no"),
    "only": (["policy=OWN-1", "act=own-act"], os.pathsep.join(["policy=OWN-1", "act=own-act"])),
    "exclude": (["OWN-2"], "OWN-2"),
    "baseline": ("c.json", "c.json"),
}
BY_FILE = {
    "policies": (["own"], 1),
    "snapshots": (["data"], 2),
    "as_of": ("2025-01-01", 3),
    "lang": ("en", 4),
    "results": ("findings", 5),
    "output": (["concise"], 6),
    "waivers": (["w"], 7),
    "fail_on": (["high", "prohibition"], 8),
    "on_unknown": ("never", 9),
    "on_disputed": ("chosen", 10),
    "exit_zero": ("yes", 11),
    "only": (["OWN-1"], 12),
    "exclude": (["topic=x"], 13),
    "baseline": ("b.json", 14),
}
BY_FLAG = {
    "policies": (["builtin"], ("--policies", "builtin")),
    "as_of": ("2025-03-03", ("--as-of", "2025-03-03")),
    "lang": ("ru", ("--lang", "ru")),
    "results": ("all", ("--results", "all")),
    "waivers": (["a", "b"], ("--waivers", "a", "--waivers", "b")),
    "fail_on": (["low", "obligation=high"], ("--fail-on", "low", "--fail-on", "obligation=high")),
    "on_unknown": ("medium", ("--on-unknown", "medium")),
    "on_disputed": ("unknown", ("--on-disputed", "unknown")),
    "exit_zero": ("yes", ("--exit-zero",)),
    "only": (["OWN-1", "topic=x"], ("--only", "OWN-1", "--only", "topic=x")),
    "exclude": (["act=y"], ("--exclude", "act=y")),
    "baseline": ("d.json", ("--baseline", "d.json")),
}


@pytest.mark.usefixtures("place")
def test_without_anything_every_setting_has_its_default(sverka: Sverka) -> None:
    assert config(sverka) == {
        "policies": (["builtin"], "default", None),
        "snapshots": ([], "default", None),
        "waivers": ([], "default", None),
        "as_of": (None, "default", None),
        "lang": ("ru", "default", None),
        "results": ("all", "default", None),
        "output": (["text"], "default", None),
        "fail_on": (["medium"], "default", None),
        "on_unknown": ("high", "default", None),
        "on_disputed": ("ignore", "default", None),
        "exit_zero": ("no", "default", None),
        "only": ([], "default", None),
        "exclude": ([], "default", None),
        "baseline": (None, "default", None),
    }


def test_the_table_of_these_tests_is_complete() -> None:
    assert set(BY_VARIABLE) == set(BY_FILE) == set(SETTINGS)


@pytest.mark.parametrize("name", SETTINGS)
def test_the_file_wins_over_the_default_and_the_environment_over_the_file(
    name: str, place: Place, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.policies()
    place.write("sverka.yaml", FILE)
    value, line = BY_FILE[name]
    assert config(sverka)[name] == (value, "file", f"sverka.yaml:{line}:1")
    value, text = BY_VARIABLE[name]
    monkeypatch.setenv(f"SVERKA_{name.upper()}", text)
    assert config(sverka)[name] == (value, "environment", f"SVERKA_{name.upper()}")
    monkeypatch.setenv(f"SVERKA_{name.upper()}", "")
    assert config(sverka)[name][1] == "file"  # an empty variable says nothing


@pytest.mark.parametrize("name", BY_FLAG)
def test_the_command_line_wins_over_everything(
    name: str, place: Place, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.write("sverka.yaml", FILE.replace("policies: own", "policies: deep"))
    monkeypatch.setenv(f"SVERKA_{name.upper()}", BY_VARIABLE[name][1].replace("own", "deep"))
    value, flag = BY_FLAG[name]
    assert config(sverka, *flag)[name] == (value, "flag", flag[0])


def test_every_setting_that_has_a_flag_can_be_tried_by_it() -> None:
    """`PATHS` are no flag, and `-o` is how `config` itself prints."""
    assert set(BY_FLAG) == set(SETTINGS) - {"snapshots", "output"}


@pytest.mark.usefixtures("place")
def test_a_flag_that_takes_a_setting_back_is_shown_too(sverka: Sverka, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SVERKA_EXIT_ZERO", "yes")
    assert config(sverka)["exit_zero"] == ("yes", "environment", "SVERKA_EXIT_ZERO")
    assert config(sverka, "--no-exit-zero")["exit_zero"] == ("no", "flag", "--no-exit-zero")


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (["--fail-on", "hihg"], "--fail-on: неизвестное значение `hihg`"),
        (["--fail-on", "never", "--fail-on", "low"], "--fail-on: `never` не сочетается"),
        (["--on-unknown", "x"], "'x'"),
    ],
)
def test_config_refuses_what_check_would_refuse(flags: list[str], told: str, sverka: Sverka) -> None:
    ran = sverka("config", *flags)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_check_follows_the_same_order(place: Place, sverka: Sverka, monkeypatch: pytest.MonkeyPatch) -> None:
    place.policies()
    place.snapshot()
    place.write("sverka.yaml", "policies: own\nsnapshots: snapshots\nas_of: 2025-05-31\noutput: json\n")
    assert report(sverka("check"))["law_date"] == "2025-05-31"
    monkeypatch.setenv("SVERKA_AS_OF", "2025-06-02")
    assert report(sverka("check"))["law_date"] == "2025-06-02"
    assert report(sverka("check", "--as-of", "2025-06-03"))["law_date"] == "2025-06-03"
    monkeypatch.setenv("SVERKA_OUTPUT", "concise")
    assert not sverka("check").out.startswith("{")
    monkeypatch.setenv("SVERKA_SNAPSHOTS", "deep")
    assert sverka("check").code == 2  # no snapshot there
    assert sverka("check", "snapshots").code == 0


def test_paths_of_the_environment_may_lie_anywhere_as_on_the_command_line(
    place: Place, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.policies("../shared rules")
    place.snapshot()
    monkeypatch.setenv("SVERKA_POLICIES", str(place.around / "shared rules"))
    assert policies_in(sverka("check", "snapshots", "-o", "json")) == {"OWN-1"}


def test_a_folder_called_builtin_is_a_folder_when_written_as_a_path(place: Place, sverka: Sverka) -> None:
    place.policies("builtin")
    place.snapshot()
    place.write("sverka.yaml", "policies: [./builtin]\nsnapshots: snapshots\noutput: json\n")
    assert policies_in(sverka("check")) == {"OWN-1"}


def test_a_pyproject_sets_the_same(place: Place, sverka: Sverka) -> None:
    place.policies()
    text = 'policies = ["own"]\nsnapshots = "data"\nas_of = 2025-01-01\nlang = "en"  # c\noutput = ["concise"]\n'
    place.write("pyproject.toml", f'[project]\nname = "x"\n[tool.sverka]\n{text}[tool.other]\nlang = "ru"\n')
    found = config(sverka)
    assert found["policies"] == (["own"], "file", "pyproject.toml: tool.sverka.policies")
    assert found["as_of"][0] == "2025-01-01"
    assert found["lang"] == ("en", "file", "pyproject.toml: tool.sverka.lang")


# --- the language ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["lang: en", "lang:   'en'", 'lang: "en"  # English', "lang: en\r"])
def test_the_language_of_the_file_is_that_of_help_and_of_mistakes_of_the_command_line(
    line: str, place: Place, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place.repo / "sverka.yaml").write_bytes(f"\ufeffresults: all\n{line}\n".encode())
    monkeypatch.chdir(place.deep)
    assert sverka("--help").out.startswith("Usage: ")
    assert sverka("check", "--nonsense").err.startswith("sverka: No such option")
    assert sverka("limits").out.splitlines()[0].endswith("bytes")
    assert sverka("--help", "--lang", "ru").out.startswith("Использование: ")
    monkeypatch.setenv("SVERKA_LANG", "ru")
    assert sverka("--help").out.startswith("Использование: ")


def test_the_language_of_the_file_wins_over_the_locale(
    place: Place, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert config(sverka)["lang"] == ("en", "environment", "LANG")
    place.write("sverka.yaml", "lang: ru\n")
    assert sverka("--help").out.startswith("Использование: ")
    assert config(sverka)["lang"] == ("ru", "file", "sverka.yaml:1:1")


def test_a_language_elsewhere_in_a_pyproject_is_not_ours(place: Place, sverka: Sverka) -> None:
    place.write("pyproject.toml", '[tool.other]\nlang = "en"\n[tool.sverka]\nresults = "all"\n[x]\nlang = "en"\n')
    assert sverka("--help").out.startswith("Использование: ")
    assert config(sverka)["lang"] == ("ru", "default", None)


# --- `sverka config` ------------------------------------------------------------------------------------------


def test_config_is_readable_in_both_languages(place: Place, sverka: Sverka) -> None:
    place.write("sverka.yaml", "as_of: 2025-01-02\n")
    assert sverka("config").out.splitlines()[:5] == [
        "Файл настроек: sverka.yaml",
        "",
        "policies: builtin",
        "    по умолчанию",
        "    по каким политикам судить: `builtin` и свои папки",
    ]
    english = sverka("config", "--lang", "en").out
    assert "as_of: 2025-01-02\n    settings file sverka.yaml:1:1\n    the law of which day" in english
    assert "lang: en\n    command line --lang\n" in english
    assert not any("а" <= char.lower() <= "я" for char in english)


@pytest.mark.usefixtures("place")
def test_config_says_when_there_is_no_file(sverka: Sverka) -> None:
    assert sverka("config").out.startswith("Файла настроек нет\n")
    assert report(sverka("config", "-o", "json"))["file"] is None


@pytest.mark.usefixtures("place")
def test_config_tells_variables_that_mean_nothing(sverka: Sverka, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SVERKA_POLICY", "x")
    monkeypatch.setenv("SVERKA_CACHE", "off")
    ran = sverka("config", "--lang", "en")
    assert ran.code == 0
    assert ran.err == (
        "the variable of the environment means nothing: SVERKA_POLICY; did you mean SVERKA_POLICIES?\n"
    )


def test_a_shell_completes_in_spite_of_broken_settings(place: Place) -> None:
    place.write("sverka.yaml", "nonsense: 1\n")
    variables = {"_SVERKA_COMPLETE": "bash_complete", "COMP_WORDS": "sverka check --resul", "COMP_CWORD": "2"}
    entry = "from validator.cli.main import main; main()"
    ran = subprocess.run(
        [sys.executable, "-c", entry], env={**os.environ, **variables}, capture_output=True, check=False
    )
    assert (ran.returncode, ran.stdout.decode().strip()) == (0, "plain,--results")
    assert ran.stderr == b""


def test_help_in_a_folder_with_settings_starts_no_reader(place: Place) -> None:
    place.write("sverka.yaml", "lang: en\n")
    code = (
        "import sys; from validator.cli.main import run; run(['--help']);"
        "print(sorted({'yaml', 'tomllib', 'json'} & set(sys.modules)), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert ran.stderr.decode().strip() == "[]"
    assert ran.stdout.decode().startswith("Usage")
