"""The waivers that a command was given: files and folders, read whole or refused whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.cli.context import notice, shown, stop, tell, usage_error
from validator.cli.settings import default_from_settings
from validator.logic.named_tuple import NamedTuple
from validator.logic.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from validator.cli.options import F
    from validator.journeys.waivers.waiving import Waiving
    from validator.language.library import Library
    from validator.logic.problem import Problem
    from validator.logic.waiver import Waiver
    from validator.snapshots.stream import Delivered


class WaiverFiles(NamedTuple):
    """The waivers, and the files that they come from, under the names that reports show."""

    waivers: tuple[Waiver, ...]
    files: tuple[Delivered, ...]


def waivers_option(function: F) -> F:
    """`--waivers`, repeatable; else SVERKA_WAIVERS, else the settings file, else no waivers."""
    import click  # noqa: PLC0415 - a plain check does without it

    text = Text(
        "файл или папка с отступлениями (.yaml); можно повторять", "a file or folder of waivers (.yaml); repeatable"
    )
    metavar, default = tell(Text("ПУТЬ", "PATH")), default_from_settings("waivers")
    return click.option("--waivers", multiple=True, default=default, metavar=metavar, help=tell(text))(function)


def waiver_files(paths: tuple[str, ...]) -> WaiverFiles:
    """The waivers of the paths. Leaves with 2 for a path that does not exist, and for any mistake in a file.

    A folder without waivers is told about, and so is every file in it that is no waiver file.
    """
    from pathlib import Path  # noqa: PLC0415 - only where there are waivers

    from validator.cli.documents import named  # noqa: PLC0415
    from validator.language.limits import default  # noqa: PLC0415
    from validator.logic.problem import InputError  # noqa: PLC0415
    from validator.snapshots.stream import deliver, find, unreadable_folder  # noqa: PLC0415
    from validator.snapshots.waivers import ENDINGS, read_waivers  # noqa: PLC0415

    try:
        found = find([Path(path) for path in paths])
    except OSError as error:
        missing = shown(error.filename or error.args[0])
        usage_error(f"нет такого пути: {missing}", f"no such path: {missing}")
    given = {Path(path) for path in paths}
    files = [file for file in found.files if file in given or file.suffix.lower() in ENDINGS]
    others = [*found.passed_over, *(file for file in found.files if file not in files)]
    _tell_others([file for file in others if not file.name.upper().startswith("README")])
    limit = default("limit-pack-files")
    if len(files) > limit:
        usage_error(f"файлов с отступлениями больше {limit}", f"more than {limit} files of waivers")
    delivered = tuple(map(named, [*map(unreadable_folder, found.closed), *map(deliver, files)]))
    try:
        waivers = read_waivers(iter(delivered))
    except InputError as error:
        stop(error.problems)
    if paths and not waivers:
        listed = ", ".join(map(shown, paths))
        notice(Text(f"отступлений нет: {listed}", f"there are no waivers: {listed}"))
    return WaiverFiles(waivers, delivered)


def _tell_others(files: list[Path]) -> None:
    if files:
        number, first = len(files), shown(sorted(files)[0])
        notice(
            Text(
                f"в папках с отступлениями есть другие файлы: {number} (первый: {first})",
                f"folders of waivers hold other files: {number} (the first: {first})",
            )
        )


def waiving_of(paths: tuple[str, ...], library: Library) -> Waiving:
    """The waivers of the paths, ready to be applied."""
    from validator.journeys.waivers.waiving import Waiving  # noqa: PLC0415 - only where there are waivers

    waivers = selected_waivers(waiver_files(paths).waivers, library)
    return Waiving(waivers, library.policies, library.vocabulary.root)


def selected_waivers(waivers: tuple[Waiver, ...], library: Library) -> tuple[Waiver, ...]:
    """The waivers without those of policies that were not selected, which are told aside."""
    from validator.journeys.selection import waivers_of  # noqa: PLC0415 - only where there are waivers

    kept = waivers_of(waivers, library.policies)
    if len(kept) < len(waivers):
        number, first = len(waivers) - len(kept), next(one.id for one in waivers if one not in kept)
        notice(
            Text(
                f"не проверены отступления от норм, которые не выбраны: {number} (первое: {first})",
                f"not checked are waivers of norms that were not selected: {number} (the first: {first})",
            )
        )
    return kept


def told_of(waiving: Waiving) -> list[Problem]:
    """The warnings after the last snapshot; waivers of organizations that were not there are told aside."""
    absent = waiving.not_seen()
    if absent:
        number, first = len(absent), absent[0].id
        notice(
            Text(
                f"не проверены отступления организаций, снимков которых нет: {number} (первое: {first})",
                f"not checked are waivers of organizations without a snapshot: {number} (the first: {first})",
            )
        )
    return waiving.warnings()
