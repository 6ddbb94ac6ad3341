"""What a settings file may say, and how each mistake is told: its place, and both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from settings_place import Place, Ran

Sverka = Callable[..., Ran]

MISTAKES = {
    "a misspelt key": (
        "polices: [builtin]\n",
        "sverka.yaml:1:1: неизвестная настройка `polices` [unknown-key]\n    похоже на `policies`",
        "sverka.yaml:1:1: unknown setting `polices` [unknown-key]\n    did you mean `policies`?",
    ),
    "a key that is none": (
        "results: all\nqwerty: 1\n",
        "sverka.yaml:2:1: неизвестная настройка `qwerty` [unknown-key]\n    допустимо: `as_of`, `baseline`,",
        "sverka.yaml:2:1: unknown setting `qwerty` [unknown-key]\n    expected one of: `as_of`, `baseline`,",
    ),
    "a key twice": ("results: all\nresults: all\n", "sverka.yaml:2:1: ", "sverka.yaml:2:1: "),
    "no date": (
        "as_of: soon\n",
        "sverka.yaml:1:8: `soon` не дата [date-expected]\n    пишите ГГГГ-ММ-ДД",
        "sverka.yaml:1:8: `soon` is not a date [date-expected]\n    write YYYY-MM-DD",
    ),
    "a date that no calendar has": (
        "as_of: 2025-02-30\n",
        "sverka.yaml:1:8: `2025-02-30` не дата",
        "sverka.yaml:1:8: ",
    ),
    "a list for one value": (
        "as_of: [2025-01-01]\n",
        "sverka.yaml:1:8: ожидается одно значение, а не список [text-expected]\n    например `as_of: 2025-11-01`",
        "sverka.yaml:1:8: expected one value, not a list [text-expected]\n    for example `as_of: 2025-11-01`",
    ),
    "nothing": (
        "lang:\n",
        "sverka.yaml:1:6: ожидается непустой текст [text-expected]\n    например `lang: ru`",
        "sverka.yaml:1:6: expected a text that is not empty [text-expected]\n    for example `lang: ru`",
    ),
    "an empty list": (
        "policies: []\n",
        "sverka.yaml:1:11: список пуст [empty-list]\n    например `policies: [builtin, policies]`",
        "sverka.yaml:1:11: the list is empty [empty-list]\n    for example `policies: [builtin, policies]`",
    ),
    "a mapping": (
        "snapshots:\n  a: b\n",
        "sverka.yaml:2:3: ожидается непустой текст [text-expected]\n    например `snapshots: [snapshots]`",
        "sverka.yaml:2:3: expected a text that is not empty [text-expected]",
    ),
    "a list in a list": (
        "policies: [builtin, [x]]\n",
        "sverka.yaml:1:21: ожидается непустой",
        "sverka.yaml:1:21: ",
    ),
    "a language we do not speak": (
        "lang: de\n",
        "sverka.yaml:1:7: неизвестное значение `de` [unknown-value]\n    допустимо: `en`, `ru`",
        "sverka.yaml:1:7: unknown value `de` [unknown-value]\n    expected one of: `en`, `ru`",
    ),
    "a misspelt choice": (
        "results: finding\n",
        "sverka.yaml:1:10: неизвестное значение `finding` [unknown-value]\n    похоже на `findings`",
        "sverka.yaml:1:10: unknown value `finding` [unknown-value]\n    did you mean `findings`?",
    ),
    "a severity that is none": (
        "fail_on: [high, grave]\n",
        "sverka.yaml:1:17: неизвестное значение `grave` [unknown-value]\n    допустимо: `critical`, `high`,",
        "sverka.yaml:1:17: unknown value `grave` [unknown-value]\n    expected one of: `critical`, `high`,",
    ),
    "a misspelt severity of a modality": (
        "fail_on: prohibition=hihg\n",
        "sverka.yaml:1:10: неизвестное значение `hihg` [unknown-value]\n    похоже на `high`",
        "sverka.yaml:1:10: unknown value `hihg` [unknown-value]\n    did you mean `high`?",
    ),
    "never beside something": (
        "fail_on: [never, high]\n",
        "sverka.yaml:1:11: `never` не сочетается с другими словами [unknown-value]\n    уберите",
        "sverka.yaml:1:11: `never` goes with no other word [unknown-value]\n    remove it, or all the rest",
    ),
    "no such way with unknowns": (
        "on_unknown: prohibition\n",
        "sverka.yaml:1:13: неизвестное значение `prohibition` [unknown-value]",
        "sverka.yaml:1:13: unknown value `prohibition` [unknown-value]",
    ),
    "a truth value where a word is wanted": (
        "exit_zero: true\n",
        "sverka.yaml:1:12: неизвестное значение `true` [unknown-value]\n    допустимо: `no`, `yes`",
        "sverka.yaml:1:12: unknown value `true` [unknown-value]\n    expected one of: `no`, `yes`",
    ),
    "several baselines": (
        "baseline: [a.json, b.json]\n",
        "sverka.yaml:1:11: ожидается одно значение, а не список [text-expected]\n    например `baseline: base",
        "sverka.yaml:1:11: expected one value, not a list [text-expected]\n    for example `baseline: baseline",
    ),
    "a baseline out of the repository": (
        "baseline: ../known.json\n",
        "sverka.yaml:1:11: путь ведёт за пределы репозитория: `../known.json` [settings-path]",
        "sverka.yaml:1:11: the path leads out of the repository: `../known.json` [settings-path]",
    ),
    "a misspelt format": (
        "output: [text, jsn=r.json]\n",
        "sverka.yaml:1:16: неизвестный формат `jsn` [unknown-value]\n    похоже на `json`",
        "sverka.yaml:1:16: unknown format `jsn` [unknown-value]\n    did you mean `json`?",
    ),
    "a format without its file": (
        "output: json=\n",
        "sverka.yaml:1:9: для `json=` не указан файл [text-expected]",
        "sverka.yaml:1:9: `json=` names no file [text-expected]\n    write `json=file`",
    ),
    "a path out of the repository": (
        "policies: [builtin, ../shared]\n",
        "sverka.yaml:1:21: путь ведёт за пределы репозитория: `../shared` [settings-path]",
        "sverka.yaml:1:21: the path leads out of the repository: `../shared` [settings-path]",
    ),
    "an absolute path": (
        "snapshots: /srv/snapshots\n",
        "sverka.yaml:1:12: путь от корня диска: `/srv/snapshots` [settings-path]",
        "sverka.yaml:1:12: an absolute path: `/srv/snapshots` [settings-path]",
    ),
    "a path of Windows": (
        "snapshots: 'C:/a'\n",
        "sverka.yaml:1:12: путь от корня диска: `C:/a`",
        "sverka.yaml:1:12: ",
    ),
    "a backslash": (
        "snapshots: a\\b\n",
        "sverka.yaml:1:12: обратная черта в пути: `a\\b` [settings-path]",
        "sverka.yaml:1:12: a backslash in the path: `a\\b` [settings-path]",
    ),
    "a report out of the repository": (
        "output: json=../../r.json\n",
        "sverka.yaml:1:9: путь ведёт за пределы репозитория: `../../r.json` [settings-path]",
        "sverka.yaml:1:9: the path leads out of the repository: `../../r.json` [settings-path]",
    ),
    "a language in braces": (
        "{lang: en}\n",
        "sverka.yaml:1:2: язык записан так, что его не видно",
        "sverka.yaml:1:2: the language can't be seen at a glance [settings-lang]\n    write `lang: ru` on a line",
    ),
    "no YAML": ("policies: [builtin\n", "sverka.yaml:", "sverka.yaml:"),
    "no text at all": ("# policies: [builtin]\n", "sverka.yaml:1:1: ", "sverka.yaml:1:1: "),
}


@pytest.mark.parametrize("name", MISTAKES)
@pytest.mark.parametrize("command", [["config"], ["check"], ["explain", "FM-BAN"], ["validate"]], ids=" ".join)
def test_a_mistake_is_told_at_its_place_and_nothing_is_done(
    name: str, command: list[str], place: Place, sverka: Sverka
) -> None:
    text, ru, en = MISTAKES[name]
    place.write("sverka.yaml", text)
    for language, wanted in (("ru", ru), ("en", en)):
        ran = sverka(*command, "--lang", language)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(wanted)
        assert any("а" <= char.lower() <= "я" for char in ran.err) == (language == "ru")


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(place: Place, sverka: Sverka) -> None:
    place.write("sverka.yaml", "results: some\npolices: x\nas_of: soon\n")
    lines = sverka("config", "--lang", "en").err.splitlines()
    assert [line.split(" ")[0] for line in lines if not line.startswith(" ")] == [
        "sverka.yaml:1:10:",
        "sverka.yaml:2:1:",
        "sverka.yaml:3:8:",
    ]


def test_a_file_below_a_link_that_leads_out_is_refused(place: Place, sverka: Sverka) -> None:
    (place.around / "outside").mkdir()
    (place.repo / "own").symlink_to("../outside")
    place.write("sverka.yaml", "policies: own\n")
    ran = sverka("config", "--lang", "en")
    assert ran.code == 2
    assert ran.err.startswith("sverka.yaml:1:11: the path leads out of the repository: `own`")


TOML_MISTAKES = {
    "a misspelt key": (
        '[tool.sverka]\npolices = ["builtin"]\n',
        "pyproject.toml: tool.sverka.polices: неизвестная настройка `polices` [unknown-key]\n    похоже на `pol",
        "pyproject.toml: tool.sverka.polices: unknown setting `polices` [unknown-key]\n    did you mean `pol",
    ),
    "an item": (
        '[tool.sverka]\npolicies = ["builtin", 7]\n',
        "pyproject.toml: tool.sverka.policies[1]: ожидается непустой текст [text-expected]",
        "pyproject.toml: tool.sverka.policies[1]: expected a text that is not empty [text-expected]",
    ),
    "an instant for a day": (
        "[tool.sverka]\nas_of = 2025-01-01T10:00:00Z\n",
        "pyproject.toml: tool.sverka.as_of: ожидается непустой текст",
        "pyproject.toml: tool.sverka.as_of: expected a text",
    ),
    "no table": (
        '[tool]\nsverka = "x"\n',
        "pyproject.toml: tool.sverka: ожидается таблица [mapping-expected]",
        "pyproject.toml: tool.sverka: expected a table [mapping-expected]",
    ),
    "a language in a table within the line": (
        '[tool]\nsverka = {lang = "en"}\n',
        "pyproject.toml: tool.sverka.lang: язык записан так",
        "pyproject.toml: tool.sverka.lang: the language can't be seen at a glance",
    ),
    "no TOML": (
        "[tool.sverka]\nas_of = \n",
        "pyproject.toml:2:9: это не TOML [settings-syntax]",
        "pyproject.toml:2:9: this is not TOML [settings-syntax]",
    ),
    "no UTF-8": ("[tool.sverka]\n# \udcff\n", "pyproject.toml: это не TOML", "pyproject.toml: this is not TOML"),
}


@pytest.mark.parametrize("name", TOML_MISTAKES)
def test_a_mistake_in_a_pyproject_is_told_with_the_path_of_its_key(name: str, place: Place, sverka: Sverka) -> None:
    text, ru, en = TOML_MISTAKES[name]
    (place.repo / "pyproject.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    for language, wanted in (("ru", ru), ("en", en)):
        ran = sverka("config", "--lang", language)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(wanted)


def test_a_path_that_does_not_exist_is_told_where_it_is_written(place: Place, sverka: Sverka) -> None:
    place.write("sverka.yaml", "snapshots: [deep, nowhere]\npolicies: [builtin, own]\n")
    checked, validated = sverka("check", "deep", "--lang", "en"), sverka("validate", "--policies", "builtin")
    assert (checked.code, validated.code) == (2, 2)
    assert checked.err.startswith("sverka.yaml:2:21: no such path: own [settings-path-missing]")
    assert validated.err.startswith("sverka.yaml:1:19: нет такого пути: nowhere [settings-path-missing]")


def test_what_is_overridden_need_not_exist(place: Place, sverka: Sverka) -> None:
    place.policies("other")
    place.snapshot()
    place.write("sverka.yaml", "snapshots: nowhere\npolicies: nowhere\n")
    assert sverka("check", "snapshots", "--policies", "other").code == 0


VARIABLES = {
    "SVERKA_AS_OF": ("soon", "SVERKA_AS_OF: `soon` is not a date [date-expected]"),
    "SVERKA_RESULTS": ("some", "SVERKA_RESULTS: unknown value `some` [unknown-value]"),
    "SVERKA_OUTPUT": ("txt", "SVERKA_OUTPUT: unknown format `txt` [unknown-value]"),
}


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("variable", VARIABLES)
def test_a_mistake_in_the_environment_names_the_variable(
    variable: str, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    value, message = VARIABLES[variable]
    monkeypatch.setenv(variable, value)
    ran = sverka("check", "snapshots", "--lang", "en")
    assert ran.code == 2
    assert ran.err.startswith(message)
