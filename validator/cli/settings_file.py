"""The settings file: found near the current folder, read strictly, every mistake told at its place.

It is `sverka.yaml`, `.sverka.yaml` or the table `[tool.sverka]` of `pyproject.toml`, the nearest within the
repository.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from validator.cli.context import MISNAMED_SETTINGS, SETTINGS_FILES, configured_language, settings_folders, shown
from validator.cli.settings import SETTINGS, Origin, Value
from validator.cli.settings_values import Base, Given, note, read_value
from validator.language.limits import POLICY_LIMITS
from validator.language.nodes import Mapping, Node, Scalar, Sequence
from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import InputError, Problem, Span
from validator.logic.text import Text

PYPROJECT = "pyproject.toml"
_TABLE = "tool.sverka"


class SettingsFile(NamedTuple):
    """The settings that a file makes, by name; `name` is its path from the current folder."""

    name: str
    values: dict[str, Value]


class _Entry(NamedTuple):
    """A key of a settings file with its value."""

    key: Given
    value: Given


def find_settings() -> SettingsFile | None:
    """The nearest settings of the repository, None when there are none. Raises `InputError` with every mistake."""
    folders = settings_folders()
    for folder in folders:
        _refuse_misnamed(folder)
        found = [(name, entries) for name in SETTINGS_FILES if (entries := _entries(folder, name)) is not None]
        if len(found) > 1:
            raise _twice(folder, [name for name, _ in found])
        if found:
            (name, entries), *_ = found
            file = _name(folder, name)
            return SettingsFile(file, _values(entries, file, Base(folder, os.path.realpath(folders[-1]))))
    return None


def settings_in(folder: str) -> list[str]:
    """The names of the files of a folder that hold settings, right or wrong. Raises `InputError`."""
    _refuse_misnamed(folder)
    return [name for name in SETTINGS_FILES if _holds_settings(Path(folder, name), _name(folder, name))]


def _holds_settings(path: Path, file: str) -> bool:
    if path.name == PYPROJECT:
        return _toml_entries(path, file) is not None
    return os.path.lexists(path)


def _entries(folder: str, name: str) -> list[_Entry] | None:
    """What one of the files says; None when it is not there, or is a `pyproject.toml` without our table."""
    path = Path(folder, name)
    if not os.path.lexists(path):
        return None
    if name == PYPROJECT:
        return _toml_entries(path, _name(folder, name))
    return _yaml_entries(_bytes(path, _name(folder, name)), _name(folder, name))


def _name(folder: str, name: str) -> str:
    return shown(os.path.relpath(os.path.join(folder, name)))


def _bytes(path: Path, name: str) -> bytes:
    """The bytes of a file. A link is refused: it may lead out of the repository."""
    try:
        if stat.S_ISREG(path.lstat().st_mode):
            with path.open("rb") as stream:
                return stream.read(POLICY_LIMITS.file_bytes + 1)
        message = Text("это не обычный файл", "this is not a regular file")
        help_ = Text("замените ссылку или папку самим файлом", "put the file itself here, no link and no folder")
    except OSError:
        message = Text("файл не читается", "the file can't be read")
        help_ = Text("проверьте права на файл", "check who may read it")
    raise InputError([Problem("settings-file", message, help_, file=name)])


def _twice(folder: str, names: list[str]) -> InputError:
    listed = ", ".join(f"`{name}`" for name in names)
    message = Text(
        f"настройки сразу в нескольких файлах одной папки: {listed}",
        f"settings in several files of one folder: {listed}",
    )
    help_ = Text("оставьте настройки в одном из них", "keep the settings in one of them")
    return InputError([Problem("settings-twice", message, help_, file=_name(folder, names[0]))])


def _refuse_misnamed(folder: str) -> None:
    """A file that somebody surely took for the settings, and that would change nothing."""
    for wrong, right in MISNAMED_SETTINGS.items():
        if os.path.lexists(os.path.join(folder, wrong)):
            message = Text("файл настроек называется иначе", "the settings file has another name")
            help_ = Text(f"переименуйте его в `{right}`", f"rename it to `{right}`")
            raise InputError([Problem("settings-file", message, help_, file=_name(folder, wrong))])


# --- YAML ---------------------------------------------------------------------------------------------------------


def _yaml_entries(data: bytes, file: str) -> list[_Entry]:
    from validator.language.source import read_yaml  # noqa: PLC0415 - not for settings in TOML

    root = read_yaml(data, file, POLICY_LIMITS).root
    assert isinstance(root, Mapping)
    return [_Entry(_of_node(key, file), _of_node(value, file)) for key, value in root.items()]


def _of_node(node: Node, file: str) -> Given:
    match node:
        case Scalar():
            return Given(node.text, node.span(file), file)
        case Sequence():
            return Given([_of_node(item, file) for item in node.items], node.span(file), file)
        case Mapping():
            return Given(None, node.span(file), file)


# --- TOML ---------------------------------------------------------------------------------------------------------


def _toml_entries(path: Path, file: str) -> list[_Entry] | None:
    """The table of a `pyproject.toml`. Most have none, and are not even parsed."""
    data = path.read_bytes() if path.is_file() else b""
    if b"sverka" not in data:
        return None
    import tomllib  # noqa: PLC0415

    try:
        root = tomllib.loads(data.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except ValueError as error:
        raise InputError([_toml_problem(error, file)]) from None
    tool = root.get("tool")
    table = tool.get("sverka") if isinstance(tool, dict) else None
    if table is None:
        return None
    if not isinstance(table, dict):
        message = Text("ожидается таблица", "expected a table")
        raise InputError([Problem("mapping-expected", message, _WRITE_TABLE, file=file, path=_TABLE)])
    return [
        _Entry(Given(key, None, file, f"{_TABLE}.{key}"), _of_toml(value, file, f"{_TABLE}.{key}"))
        for key, value in table.items()
    ]


_WRITE_TABLE = Text("пишите `[tool.sverka]`, ниже ключи", "write `[tool.sverka]`, and the keys below it")


def _of_toml(value: object, file: str, path: str) -> Given:
    if isinstance(value, list):
        return Given([_of_toml(item, file, f"{path}[{i}]") for i, item in enumerate(value)], None, file, path)
    if isinstance(value, date) and not isinstance(value, datetime):
        return Given(value.isoformat(), None, file, path)
    return Given(value if isinstance(value, str) else None, None, file, path)


def _toml_problem(error: ValueError, file: str) -> Problem:
    """`tomllib` tells its place in words."""
    place = re.search(r"line (\d+), column (\d+)", str(error))
    span = None
    if place:
        line, column = int(place[1]), int(place[2])
        span = Span(file, line, column, line, column + 1)
    message = Text("это не TOML", "this is not TOML")
    help_ = Text("исправьте файл: в нём могут быть настройки", "correct the file: it may hold settings")
    return Problem("settings-syntax", message, help_, span, file)


# --- values -------------------------------------------------------------------------------------------------------


def _values(entries: list[_Entry], file: str, base: Base) -> dict[str, Value]:
    problems: list[Problem] = []
    values = dict(_each(entries, base, problems))
    if not problems:
        problems.extend(_unseen_language(entries, values, file))
    if problems:
        raise InputError(sorted(problems, key=lambda problem: problem.span or Span(file, 0, 0, 0, 0)))
    return values


def _each(entries: list[_Entry], base: Base, problems: list[Problem]) -> Iterator[tuple[str, Value]]:
    for key, value in entries:
        name = key.value
        assert isinstance(name, str)
        setting = SETTINGS.get(name)
        if setting is None:
            from validator.language.structure import nearest, shorten  # noqa: PLC0415 - only for a mistake

            token = shorten(name)
            message = Text(f"неизвестная настройка `{token}`", f"unknown setting `{token}`")
            note(problems, "unknown-key", key, message, nearest(name, SETTINGS))
            continue
        words = read_value(setting, value, base, problems)
        place = key.span.start() if key.span else f"{key.file}: {key.path}"
        yield name, Value(words, Origin("file", place))


def _unseen_language(entries: list[_Entry], values: dict[str, Value], file: str) -> Iterator[Problem]:
    """The language is needed before anything is read, so it has to stand where a quick look finds it."""
    told = values["lang"].texts[0] if "lang" in values else None
    if told == configured_language():
        return
    table = Given(None, None, file, _TABLE)
    key = next((entry.key for entry in entries if entry.key.value == "lang"), table)
    if key.span is None:
        help_ = Text(
            'пишите `[tool.sverka]`, ниже отдельной строкой `lang = "ru"`',
            'write `[tool.sverka]`, and below it `lang = "ru"` on a line of its own',
        )
    else:
        help_ = Text(
            "пишите `lang: ru` отдельной строкой без отступа", "write `lang: ru` on a line of its own, not indented"
        )
    message = Text("язык записан так, что его не видно с первого взгляда", "the language can't be seen at a glance")
    yield Problem("settings-lang", message, help_, key.span, key.file, key.path)
