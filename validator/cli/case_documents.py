"""Case files from paths: each is read, and nothing that lies beside them is skipped without a word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from validator.cli.context import notice, shown, stop, usage_error
from validator.cli.documents import named
from validator.journeys.examples.files import is_snapshot, read_case_file
from validator.language.limits import SNAPSHOT_LIMITS
from validator.language.source import read_yaml
from validator.logic.problem import InputError, Problem
from validator.logic.text import Text
from validator.snapshots.stream import Delivered, deliver, find

if TYPE_CHECKING:
    from validator.journeys.examples.cases import AnyCase
    from validator.language.library import Library
    from validator.language.nodes import Document

YAML = (".yaml", ".yml")


def cases_of(paths: list[str], library: Library) -> list[AnyCase]:
    """The cases of every case file that the paths name or hold. Leaves with 2 when one of them can't be read."""
    cases: list[AnyCase] = []
    problems: list[Problem] = []
    read = 0
    unused: dict[Path, str] = {}
    used: set[Path] = set()
    for file, is_named in _files(paths):
        try:
            document = None if file.suffix.lower() not in YAML and not is_named else _document(file)
            if document is None or is_snapshot(document):
                if is_named:
                    problems.append(_no_case_file(file))
                unused[file.resolve()] = shown(file)
                continue
            found = read_case_file(document, library, _fetch(file.parent))
        except InputError as error:
            problems.extend(error.problems)
            continue
        read += 1
        cases.extend(found.cases)
        used |= {(file.parent / place).resolve() for place in found.snapshots}
    if problems:
        stop(problems)
    if not read:
        _no_case_files(paths)
    _tell_unused([name for file, name in unused.items() if file not in used])
    return cases


def _files(paths: list[str]) -> list[tuple[Path, bool]]:
    """Every file, and whether it was named itself. Leaves with 2 for a path that does not exist."""
    files: list[tuple[Path, bool]] = []
    for path in map(Path, paths):
        try:
            found = find([path])
        except OSError:
            usage_error(f"нет такого пути: {shown(path)}", f"no such path: {shown(path)}")
        if found.closed:
            name = shown(found.closed[0])
            usage_error(f"папка не открывается: {name}", f"the folder can't be opened: {name}")
        is_folder = path.is_dir()
        _tell_passed_over([file for file in found.passed_over if file.stem != "README"])
        files += [(file, not is_folder) for file in found.files]
    return list(dict(files).items())


def _no_case_files(paths: list[str]) -> NoReturn:
    names = ", ".join(shown(path) for path in paths)
    usage_error(
        f"не найдено ни одного файла случаев: {names}",
        f"no case file was found: {names}",
        Text(
            "файл случаев кончается на `.yaml`, в нём есть `cases:`", "a case file ends in `.yaml` and has `cases:`"
        ),
    )


def _document(file: Path) -> Document:
    item = named(deliver(file))
    if item.problem is not None:
        raise InputError([item.problem])
    return read_yaml(item.data, item.file, SNAPSHOT_LIMITS)


def _fetch(folder: Path) -> Callable[[str], Delivered]:
    """Files of a folder by their place in it; what a link leads out of the folder is not opened."""

    def fetch(place: str) -> Delivered:
        file = folder / place
        if not file.resolve().is_relative_to(folder.resolve()):
            message = Text("ссылка ведёт из папки этого файла", "a link leads out of the folder of this file")
            help_ = Text("положите сам снимок в эту папку", "put the snapshot itself into that folder")
            return Delivered(shown(file), b"", Problem("outside-folder", message, help_, file=shown(file)))
        return named(deliver(file))

    return fetch


def _no_case_file(file: Path) -> Problem:
    message = Text("это снимок, а не файл случаев", "this is a snapshot, not a case file")
    help_ = Text(
        "файл случаев начинается с `cases:`; снимок проверяет `sverka check`",
        "a case file has `cases:`; a snapshot is checked by `sverka check`",
    )
    return Problem("no-case-file", message, help_, file=shown(file))


def _tell_passed_over(files: list[Path]) -> None:
    if files:
        number, first = len(files), shown(files[0])
        notice(
            Text(
                f"в папке есть файлы, которые не случаи и не снимки: {number} (первый: {first})",
                f"the folder holds files that are neither cases nor snapshots: {number} (the first: {first})",
            )
        )


def _tell_unused(names: list[str]) -> None:
    if names:
        number, first = len(names), names[0]
        notice(
            Text(
                f"снимков, которых не берёт ни один случай: {number} (первый: {first})",
                f"snapshots that no case takes: {number} (the first: {first})",
            )
        )
