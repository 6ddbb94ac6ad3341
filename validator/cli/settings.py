"""Settings: one table from which reading them, `sverka config` and the help are made.

A value comes from the command line, else from the environment, else from the settings file, else it is the default.
Nothing else is asked: no file of the user or of the machine can change a verdict.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Literal

from validator.cli.context import LANGUAGE_VARIABLES, language_in, may_be_configured, stop, this_run
from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import Problem, Span
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.cli.settings_file import SettingsFile


class Kind(Enum):
    """What the words of a setting are."""

    POLICIES = "policies"  # folders, or `builtin`
    PATHS = "paths"
    OUTPUTS = "outputs"  # FORMAT or FORMAT=FILE
    DAY = "day"
    CHOICE = "choice"
    BARS = "bars"  # what `--fail-on` takes
    NAMES = "names"  # of policies, topics and acts; whether they exist only a policy set can tell
    FILE = "file"


class Setting(NamedTuple):
    """One setting. `default` is empty where leaving it out is a choice of its own; `choices` are for `CHOICE`."""

    name: str
    kind: Kind
    default: tuple[str, ...]
    flag: str
    title: Text
    choices: tuple[str, ...] = ()

    @property
    def many(self) -> bool:
        """Whether it holds a list of words."""
        return self.kind in (Kind.POLICIES, Kind.PATHS, Kind.OUTPUTS, Kind.BARS, Kind.NAMES)

    @property
    def variable(self) -> str:
        """The variable of the environment; a list is separated there as in PATH."""
        return f"SVERKA_{self.name.upper()}"


# The words of the gate are those of `journeys/gate.py`, which is not imported here: it needs the policy language.
SETTINGS = {
    setting.name: setting
    for setting in (
        Setting(
            "policies",
            Kind.POLICIES,
            ("builtin",),
            "--policies",
            Text(
                "по каким политикам судить: `builtin` и свои папки", "policies to judge by: `builtin`, own folders"
            ),
        ),
        Setting(
            "snapshots",
            Kind.PATHS,
            (),
            "PATHS",
            Text(
                "что проверяют `check` и `validate`, когда пути не названы",
                "what `check` and `validate` read when no path is named",
            ),
        ),
        Setting(
            "waivers",
            Kind.PATHS,
            (),
            "--waivers",
            Text(
                "файлы и папки с отступлениями организации",
                "files and folders with the waivers of the organization",
            ),
        ),
        Setting(
            "as_of",
            Kind.DAY,
            (),
            "--as-of",
            Text(
                "право на какой день; без настройки — на день каждого снимка",
                "the law of which day; without it, of the day of each snapshot",
            ),
        ),
        Setting(
            "lang", Kind.CHOICE, ("ru",), "--lang", Text("язык сообщений", "language of messages"), ("ru", "en")
        ),
        Setting(
            "results",
            Kind.CHOICE,
            ("all",),
            "--results",
            Text(
                "оценки в отчёте `check`: все или без благополучных",
                "judgements in the report of `check`: all, or without those that are ok",
            ),
            ("all", "findings"),
        ),
        Setting(
            "output",
            Kind.OUTPUTS,
            ("text",),
            "--output",
            Text("отчёты `check`: ФОРМАТ или ФОРМАТ=ФАЙЛ", "reports of `check`: FORMAT or FORMAT=FILE"),
        ),
        Setting(
            "fail_on",
            Kind.BARS,
            ("medium",),
            "--fail-on",
            Text(
                "какие нарушения `check` блокируют (код выхода 1)",
                "which violations of `check` block (exit code 1)",
            ),
        ),
        Setting(
            "on_unknown",
            Kind.CHOICE,
            ("high",),
            "--on-unknown",
            Text(
                "с какой тяжести пробел в данных блокирует (код выхода 3)",
                "from which severity on an unknown blocks (exit code 3)",
            ),
            ("never", "critical", "high", "medium", "low", "info"),
        ),
        Setting(
            "on_disputed",
            Kind.CHOICE,
            ("ignore",),
            "--on-disputed",
            Text("чем считать спорный вывод", "what a disputed result counts as"),
            ("ignore", "chosen", "unknown", "strictest"),
        ),
        Setting(
            "exit_zero",
            Kind.CHOICE,
            ("no",),
            "--exit-zero",
            Text(
                "только сообщать: у `check` код 0 вместо 1 и 3",
                "report only: `check` leaves with 0 instead of 1 and 3",
            ),
            ("no", "yes"),
        ),
        Setting(
            "only",
            Kind.NAMES,
            (),
            "--only",
            Text("судить только по этим политикам, темам, актам", "judge by these policies, topics and acts only"),
        ),
        Setting(
            "exclude",
            Kind.NAMES,
            (),
            "--exclude",
            Text("не судить по этим политикам, темам, актам", "leave these policies, topics and acts out"),
        ),
        Setting(
            "baseline",
            Kind.FILE,
            (),
            "--baseline",
            Text(
                "список известного: оно остаётся в отчёте, но не блокирует",
                "the list of known findings: they stay in the report and do not block",
            ),
        ),
    )
}


class Origin(NamedTuple):
    """Where a value comes from: the flag, the variable, or `file:line:column`; nothing for a default."""

    kind: Literal["flag", "environment", "file", "default"]
    place: str = ""


class Word(NamedTuple):
    """One word of a value, and where in the settings file it stands (None when it comes from elsewhere)."""

    text: str
    span: Span | None = None


class Value(NamedTuple):
    """The effective value of a setting: its words, none when it is not set and has no default."""

    words: tuple[Word, ...]
    origin: Origin

    @property
    def texts(self) -> tuple[str, ...]:
        """The words without their places."""
        return tuple(word.text for word in self.words)


def settings_file() -> SettingsFile | None:
    """The settings file of this run, read once. Leaves with 2 when it is broken."""
    kept = this_run().settings
    if not kept:
        kept.append(_find_settings() if may_be_configured() else None)
    return kept[0]


def _find_settings() -> SettingsFile | None:
    from validator.cli.settings_file import find_settings  # noqa: PLC0415 - most folders have no settings
    from validator.logic.problem import InputError  # noqa: PLC0415

    try:
        return find_settings()
    except InputError as error:
        stop(error.problems)


def effective(setting: Setting, environment: Mapping[str, str]) -> Value:
    """The value of a setting where the command line names none. Leaves with 2 when it is wrong."""
    if setting.name == "lang":
        return _language(setting, environment)
    if text := environment.get(setting.variable):
        return _from_environment(setting, text)
    return _from_file(setting) or _default(setting)


def _language(setting: Setting, environment: Mapping[str, str]) -> Value:
    """As `context.language_of` has it: the file stands before the locale."""
    own, *locale = LANGUAGE_VARIABLES
    if (found := language_in(environment, own)) is not None:
        return Value((Word(found),), Origin("environment", own))
    if (value := _from_file(setting)) is not None:
        return value
    for name in locale:
        if (found := language_in(environment, name)) is not None:
            return Value((Word(found),), Origin("environment", name))
    return _default(setting)


def _from_environment(setting: Setting, text: str) -> Value:
    from validator.cli.settings_values import Given, read_value  # noqa: PLC0415

    parts = [part for part in text.split(os.pathsep) if part] if setting.many else [text]
    given = [Given(part, None, setting.variable) for part in parts]
    problems: list[Problem] = []
    words = read_value(setting, Given(given if setting.many else text, None, setting.variable), None, problems)
    if problems:
        stop(problems)
    return Value(words, Origin("environment", setting.variable))


def _from_file(setting: Setting) -> Value | None:
    file = settings_file()
    if file is None or setting.name not in file.values:
        return None
    return file.values[setting.name]


def _default(setting: Setting) -> Value:
    return Value(tuple(map(Word, setting.default)), Origin("default"))


def configured(name: str) -> tuple[str, ...]:
    """The words of a setting for use. Leaves with 2 when it is wrong, or names a path that does not exist."""
    setting = SETTINGS[name]
    value = effective(setting, os.environ)
    if value.origin.kind == "file" and setting.kind in (Kind.POLICIES, Kind.PATHS, Kind.FILE):
        missing = [word for word in value.words if not _is_there(setting, word.text)]
        if missing:
            stop([_no_path(word, value.origin) for word in missing])
    return value.texts


def _is_there(setting: Setting, path: str) -> bool:
    return (setting.kind is Kind.POLICIES and path == "builtin") or os.path.exists(path)


def _no_path(word: Word, origin: Origin) -> Problem:
    return Problem(
        "settings-path-missing",
        Text(f"нет такого пути: {word.text}", f"no such path: {word.text}"),
        Text("создайте его или исправьте настройку", "create it, or correct the setting"),
        word.span,
        origin.place,
    )


def default_from_settings(name: str) -> Callable[[], tuple[str, ...] | str | None]:
    """The default of an option: the configured value, asked for only when the command line names none."""

    def default() -> tuple[str, ...] | str | None:
        run = this_run()
        if run.completing:
            return None
        words = configured(name)
        run.defaulted.add(name)
        if SETTINGS[name].many:
            return words
        return words[0] if words else None

    return default
