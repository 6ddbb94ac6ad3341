"""What a setting may hold: every word checked, whether it stands in a file or in the environment.

What only a mistake needs is imported when there is one: many a command asks for settings and reads nothing else.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import assert_never

from validator.cli.settings import Kind, Setting, Word
from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import Problem, Span
from validator.logic.text import Text


class Given(NamedTuple):
    """A value as somebody wrote it: a text, a list, or None for anything else.

    `span` is None where the text has no places: in the environment and in TOML. `path` then leads to the value.
    """

    value: str | list[Given] | None
    span: Span | None
    file: str
    path: str = ""


class Base(NamedTuple):
    """Where the paths of a settings file start, and the folder they may not leave; both absolute."""

    folder: str
    root: str


def read_value(setting: Setting, given: Given, base: Base | None, problems: list[Problem]) -> tuple[Word, ...]:
    """The words of a setting; what is wrong is noted. Without a `base`, paths are those of the command line."""
    if not isinstance(given.value, list):
        texts = [given]
    elif not setting.many:
        note(problems, "text-expected", given, _ONE_WORD, _expected(setting))
        return ()
    elif not given.value:
        note(problems, "empty-list", given, _NOTHING, _expected(setting))
        return ()
    else:
        texts = given.value
    words = tuple(word for text in texts if (word := _word(setting, text, base, problems)) is not None)
    if setting.kind is Kind.BARS and len(texts) > 1:
        for text in texts:
            if text.value == "never":
                note(problems, "unknown-value", text, NEVER_ALONE, NEVER_HELP)
    return words


NEVER_ALONE = Text("`never` не сочетается с другими словами", "`never` goes with no other word")
NEVER_HELP = Text("уберите его или всё остальное", "remove it, or all the rest")


_ONE_WORD = Text("ожидается одно значение, а не список", "expected one value, not a list")
_NOTHING = Text("список пуст", "the list is empty")


def note(problems: list[Problem], code: str, given: Given, message: Text, help_: Text) -> None:
    """Note a mistake at a value."""
    problems.append(Problem(code, message, help_, given.span, given.file, given.path))


def _word(setting: Setting, given: Given, base: Base | None, problems: list[Problem]) -> Word | None:
    text = given.value
    if not isinstance(text, str) or not text.strip():
        message = Text("ожидается непустой текст", "expected a text that is not empty")
        note(problems, "text-expected", given, message, _expected(setting))
        return None
    match setting.kind:
        case Kind.POLICIES:
            found = text if text == "builtin" else _path(text, given, base, problems)
        case Kind.PATHS:
            found = _path(text, given, base, problems)
        case Kind.OUTPUTS:
            found = _output(text, given, base, problems)
        case Kind.DAY:
            found = _day(text, given, problems)
        case Kind.CHOICE:
            found = _choice(setting, text, given, problems)
        case Kind.BARS:
            found = _bar(text, given, problems)
        case Kind.NAMES:
            found = text
        case Kind.FILE:
            found = _path(text, given, base, problems)
        case _:
            assert_never(setting.kind)
    return None if found is None else Word(found, given.span)


def _expected(setting: Setting) -> Text:
    """An example of what is wanted."""
    match setting.kind:
        case Kind.POLICIES:
            example = "[builtin, policies]"
        case Kind.PATHS:
            example = f"[{setting.name}]"
        case Kind.OUTPUTS:
            example = "[text, json=report.json]"
        case Kind.DAY:
            example = "2025-11-01"
        case Kind.CHOICE:
            example = setting.choices[0]
        case Kind.BARS:
            example = "[high, prohibition]"
        case Kind.NAMES:
            example = "[FM-BAN, topic=users]"
        case Kind.FILE:
            example = f"{setting.name}.json"
        case _:
            assert_never(setting.kind)
    return Text(f"например `{setting.name}: {example}`", f"for example `{setting.name}: {example}`")


def _day(text: str, given: Given, problems: list[Problem]) -> str | None:
    from validator.language.structure import parse_day, shorten  # noqa: PLC0415

    if parse_day(text) is not None:
        return text
    token = shorten(text)
    help_ = Text("пишите ГГГГ-ММ-ДД, например 2025-11-01", "write YYYY-MM-DD, for example 2025-11-01")
    note(problems, "date-expected", given, Text(f"`{token}` не дата", f"`{token}` is not a date"), help_)
    return None


def _choice(setting: Setting, text: str, given: Given, problems: list[Problem]) -> str | None:
    if text in setting.choices:
        return text
    from validator.language.structure import nearest, shorten  # noqa: PLC0415

    token = shorten(text)
    message = Text(f"неизвестное значение `{token}`", f"unknown value `{token}`")
    note(problems, "unknown-value", given, message, nearest(text, setting.choices))
    return None


def _bar(text: str, given: Given, problems: list[Problem]) -> str | None:
    from validator.journeys.gate import GateWordError, bar_of  # noqa: PLC0415 - only where a gate is configured

    try:
        bar_of(text)
    except GateWordError as error:
        from validator.language.structure import nearest, shorten  # noqa: PLC0415

        token = shorten(error.token)
        message = Text(f"неизвестное значение `{token}`", f"unknown value `{token}`")
        note(problems, "unknown-value", given, message, nearest(error.token, error.known))
        return None
    return text


def _output(text: str, given: Given, base: Base | None, problems: list[Problem]) -> str | None:
    from validator.cli.outputs import REPORT_FORMATS  # noqa: PLC0415 - only where reports are configured

    name, equals, file = text.partition("=")
    if name not in REPORT_FORMATS:
        from validator.language.structure import nearest, shorten  # noqa: PLC0415

        token = shorten(name)
        message = Text(f"неизвестный формат `{token}`", f"unknown format `{token}`")
        note(problems, "unknown-value", given, message, nearest(name, REPORT_FORMATS))
        return None
    if not equals:
        return text
    if not file:
        message = Text(f"для `{name}=` не указан файл", f"`{name}=` names no file")
        note(problems, "text-expected", given, message, Text(f"пишите `{name}=файл`", f"write `{name}=file`"))
        return None
    found = _path(file, given, base, problems)
    return None if found is None else f"{name}={found}"


def _path(text: str, given: Given, base: Base | None, problems: list[Problem]) -> str | None:
    """A path as it is reached from the current folder."""
    if base is None:
        return text
    refusal = _refusal(text, base)
    if refusal is not None:
        from validator.language.structure import shorten  # noqa: PLC0415

        (why, help_), token = refusal, shorten(text)
        note(problems, "settings-path", given, Text(f"{why.ru}: `{token}`", f"{why.en}: `{token}`"), help_)
        return None
    found = Path(os.path.relpath(os.path.join(base.folder, text))).as_posix()
    # A folder of that name is meant, not what the word means on the command line.
    return f"./{found}" if found == "builtin" or found.startswith("-") else found


def _refusal(text: str, base: Base) -> tuple[Text, Text] | None:
    """Why a path may not stand in a settings file, and what to do."""
    if PurePosixPath(text).is_absolute() or PureWindowsPath(text).drive:
        return (
            Text("путь от корня диска", "an absolute path"),
            Text("пишите путь от папки этого файла", "write the path from the folder of this file"),
        )
    if "\\" in text:
        return (
            Text("обратная черта в пути", "a backslash in the path"),
            Text("пишите `/`: так путь верен в любой системе", "write `/`, which every system understands"),
        )
    target = os.path.realpath(os.path.join(base.folder, text))
    if target != base.root and not target.startswith(os.path.join(base.root, "")):
        return (
            Text("путь ведёт за пределы репозитория", "the path leads out of the repository"),
            Text(
                "перенесите это в репозиторий или назовите в командной строке",
                "move it into the repository, or name it on the command line",
            ),
        )
    return None
