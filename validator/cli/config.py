"""`sverka config`: every effective setting, and where its value comes from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import click
from click.core import ParameterSource

from validator.cli.context import current_language, notice, tell, user_environment
from validator.cli.gate_options import gate_of_options, gate_options
from validator.cli.options import F, as_of_option, language_option, policies_option, results_option
from validator.cli.settings import SETTINGS, Origin, Setting, Value, Word, effective, settings_file
from validator.logic.text import Text
from validator.render.json_text import json_text
from validator.render.safe import log_line

# What the environment also decides, though no settings file does.
OTHER_VARIABLES = ("SVERKA_CACHE", "SVERKA_CACHE_DIR", "SVERKA_TODAY")
_ORIGINS = {
    "flag": Text("командная строка", "command line"),
    "environment": Text("переменная окружения", "environment"),
    "file": Text("файл настроек", "settings file"),
    "default": Text("по умолчанию", "default"),
}
_NOT_SET = Text("не задано", "not set")


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    text = Text(
        "Показать действующие настройки и откуда взята каждая: командная строка, переменная окружения, файл"
        " (sverka.yaml, .sverka.yaml или [tool.sverka] в pyproject.toml; от этой папки вверх до корня репозитория)"
        " или значение по умолчанию. Параметры те же, что у других команд.",
        "Show the effective settings and where each comes from: the command line, the environment, the file"
        " (sverka.yaml, .sverka.yaml or [tool.sverka] of pyproject.toml; from this folder up to the root of the"
        " repository) or the default. The options are those of other commands.",
    )
    hint = Text("для людей (text) или для программ (json)", "for people (text) or for programs (json)")
    layouts = click.Choice(["text", "json"])

    @click.command(name="config", help=tell(text))
    @click.option("-o", "--output", "layout", type=layouts, default="text", help=tell(hint))
    @policies_option
    @as_of_option
    @results_option
    @gate_options
    @_path_options
    @language_option
    @click.pass_context
    def command(context: click.Context, /, layout: str, **options: object) -> None:
        """Print the settings."""
        gate_of_options(options)  # what `check` would refuse is no setting
        given = {name: _words(value) for name, value in options.items()}
        values = {name: _value(setting, context, given) for name, setting in SETTINGS.items()}
        _tell_unknown_variables(user_environment())
        click.echo(_as_json(values) if layout == "json" else _as_text(values))

    return command


def _path_options(function: F) -> F:
    """`--waivers` and `--baseline`, whose files are shown and not read."""
    for name in ("baseline", "waivers"):
        setting, path = SETTINGS[name], tell(Text("ПУТЬ", "PATH"))
        option = click.option(setting.flag, name, multiple=setting.many, metavar=path, help=tell(setting.title))
        function = option(function)
    return function


def _words(value: object) -> tuple[str, ...]:
    """The words of an option as a settings file has them."""
    match value:
        case tuple():
            return tuple(map(str, value))
        case bool():
            return ("yes" if value else "no",)
        case date():
            return (value.isoformat(),)
        case _:
            return () if value is None else (str(value),)


def _value(setting: Setting, context: click.Context, given: Mapping[str, tuple[str, ...]]) -> Value:
    """The value as a command with these options would have it."""
    levels = [level for level in (context, context.parent) if level is not None]
    if any(level.get_parameter_source(setting.name) is ParameterSource.COMMANDLINE for level in levels):
        if setting.name in given:
            words = given[setting.name]
            flag = setting.flag.replace("--", "--no-", 1) if words == ("no",) else setting.flag
            return Value(tuple(map(Word, words)), Origin("flag", flag))
        if setting.name == "lang":
            return Value((Word(current_language()),), Origin("flag", setting.flag))
    return effective(setting, user_environment())


def _as_text(values: Mapping[str, Value]) -> str:
    file = settings_file()
    if file is None:
        lines = [tell(Text("Файла настроек нет", "There is no settings file"))]
    else:
        lines = [tell(Text(f"Файл настроек: {file.name}", f"Settings file: {file.name}"))]
    for name, value in values.items():
        shown = ", ".join(value.texts) or tell(_NOT_SET)
        kind, place = value.origin
        source = f"{tell(_ORIGINS[kind])} {place}".rstrip()
        lines += ["", f"{name}: {shown}", f"    {source}", f"    {tell(SETTINGS[name].title)}"]
    return "\n".join(map(log_line, lines))


def _as_json(values: Mapping[str, Value]) -> str:
    """Keys never change with the language; a list stays a list, a single value that is not set is null."""
    file = settings_file()
    return json_text(
        {
            "schema": "sverka.config/1",
            "file": None if file is None else file.name,
            "settings": [
                {
                    "name": name,
                    "value": _plain(SETTINGS[name], value),
                    "origin": {"kind": value.origin.kind, "place": value.origin.place or None},
                    "title": SETTINGS[name].title._asdict(),
                }
                for name, value in values.items()
            ],
        },
        indent=2,
    )


def _plain(setting: Setting, value: Value) -> list[str] | str | None:
    if setting.many:
        return list(value.texts)
    return value.texts[0] if value.texts else None


def _tell_unknown_variables(environment: Mapping[str, str]) -> None:
    """A misspelt variable changes nothing, and nobody would notice."""
    from validator.language.structure import closest  # noqa: PLC0415

    known = {*(setting.variable for setting in SETTINGS.values()), *OTHER_VARIABLES}
    for name in sorted(set(environment) - known):
        if name.startswith("SVERKA_"):
            near = closest(name, known)
            hint = Text(f"; похоже на {near}", f"; did you mean {near}?") if near else Text("", "")
            notice(
                Text(
                    f"переменная окружения ничего не значит: {name}{hint.ru}",
                    f"the variable of the environment means nothing: {name}{hint.en}",
                )
            )
