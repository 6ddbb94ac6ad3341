"""`sverka fmt`: policy files in the one layout. A file is rewritten whole or left alone byte for byte.

A mistake in one file never stops the others; what can't be laid out is told with its place.
"""

from __future__ import annotations

import difflib
import os
import stat
from collections import Counter
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import NamedTuple

import click

from validator.cli.context import INTERNAL, USAGE, notice, problem_lines, say_aside, shown, tell, usage_error
from validator.cli.options import language_option
from validator.logic.problem import InputError, Problem
from validator.logic.text import Text

FINDINGS = 1
DEFAULT_FOLDER = "policies"
ENDINGS = (".yaml", ".yml")


class State(Enum):
    """What became of a file."""

    SAME = "same"
    CHANGED = "changed"
    MISTAKEN = "mistaken"  # the strict reader refuses it
    UNREADABLE = "unreadable"
    PASSED_OVER = "passed over"  # no policy file, or a link
    UNWRITTEN = "unwritten"
    FAULT = "fault"


class Outcome(NamedTuple):
    """One file: its text before and after when they differ, its problems when it has any."""

    path: Path
    state: State
    before: bytes = b""
    after: str = ""
    problems: tuple[Problem, ...] = ()


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    text = Text(
        "Привести файлы политик к единому виду; смысл и комментарии не меняются. Без путей — папка `policies`.",
        "Bring policy files into the one layout; meaning and comments stay. Without paths: the folder `policies`.",
    )
    check_help = Text("ничего не записывать; 1, если есть что менять", "write nothing; 1 when files would change")
    diff_help = Text("показать изменения, ничего не записывать", "show the changes, write nothing")

    @click.command(name="fmt", help=tell(text))
    @click.argument("paths", nargs=-1, metavar=tell(Text("[ПУТИ]…", "[PATHS]…")))
    @click.option("--check", is_flag=True, help=tell(check_help))
    @click.option("--diff", is_flag=True, help=tell(diff_help))
    @language_option
    def command(paths: tuple[str, ...], check: bool, diff: bool) -> int:
        return _run(paths or _default(), only_check=check or diff, diff=diff)

    return command


def _default() -> tuple[str, ...]:
    if not Path(DEFAULT_FOLDER).is_dir():
        usage_error(
            "не указано, какие файлы привести к единому виду",
            "which files are to be laid out?",
            Text(
                "назовите файлы или папку с политиками: `sverka fmt policies`",
                "name files or a policy folder: `sverka fmt policies`",
            ),
        )
    return (DEFAULT_FOLDER,)


def _run(paths: tuple[str, ...], *, only_check: bool, diff: bool) -> int:
    """Lay out every file and tell; the exit code: 4, then 2, then 1, when several apply."""
    files, closed = _find(paths)
    states: Counter[State] = Counter()
    passed_over: list[Path] = []
    for path in files:
        outcome = _laid_out(path)
        if outcome.state is State.CHANGED and not only_check:
            outcome = _written(outcome)
        states[outcome.state] += 1
        if outcome.state is State.PASSED_OVER and not outcome.problems:
            passed_over.append(path)
        _tell(outcome, only_check=only_check, diff=diff)
    if passed_over:
        _tell_passed_over(passed_over)
    for folder in closed:
        name = shown(folder)
        notice(Text(f"sverka: папка не открывается: {name}", f"sverka: the folder can't be opened: {name}"))
    if not closed and states.total() == states[State.PASSED_OVER]:
        usage_error(
            "не найдено ни одного файла политики",
            "no policy file was found",
            Text("нужны файлы .yaml с политиками", ".yaml files with policies are wanted"),
        )
    click.echo(_summary(states, only_check=only_check))
    return _code(states, only_check=only_check, closed=bool(closed))


def _code(states: Counter[State], *, only_check: bool, closed: bool) -> int:
    if states[State.FAULT] or states[State.UNWRITTEN]:
        return INTERNAL
    if closed or states[State.UNREADABLE]:
        return USAGE
    return FINDINGS if states[State.MISTAKEN] or (only_check and states[State.CHANGED]) else 0


def _find(paths: tuple[str, ...]) -> tuple[list[Path], list[Path]]:
    """The files of the paths, and folders that can't be opened. Leaves with 2 for a path that does not exist."""
    from validator.snapshots.stream import find  # noqa: PLC0415 - after the command line is known to be right

    try:
        found = find([Path(path) for path in paths])
    except OSError as error:  # also a name that the system can't have
        missing = shown(error.filename or error.args[0])
        usage_error(f"нет такого пути: {missing}", f"no such path: {missing}")
    return [*found.files, *found.passed_over], found.closed


def _laid_out(path: Path) -> Outcome:
    """What the layout makes of a file; nothing is written here."""
    from validator.language.layout import LayoutError, NotPolicyError, laid_out  # noqa: PLC0415
    from validator.snapshots.stream import deliver  # noqa: PLC0415

    if path.suffix.lower() not in ENDINGS:
        return Outcome(path, State.PASSED_OVER)
    delivered = deliver(path)
    if delivered.problem is not None:
        problem = delivered.problem._replace(file=shown(path))
        state = State.PASSED_OVER if problem.code == "symbolic-link" else State.UNREADABLE
        return Outcome(path, state, problems=(problem,))
    try:
        after = laid_out(delivered.data, shown(path))
    except InputError as error:
        return Outcome(path, State.MISTAKEN, problems=tuple(error.problems))
    except NotPolicyError:
        return Outcome(path, State.PASSED_OVER)
    except LayoutError as error:
        return Outcome(path, State.FAULT, problems=(_fault(path, str(error)),))
    state = State.SAME if after.encode() == delivered.data else State.CHANGED
    return Outcome(path, state, delivered.data, after)


def _fault(path: Path, what: str) -> Problem:
    message = Text(
        f"внутренняя ошибка, это вина программы ({what}); файл оставлен как есть",
        f"internal error, the fault is ours ({what}); the file is left as it is",
    )
    return Problem(
        "layout-fault", message, Text("сообщите нам, приложив файл", "report it with the file"), file=shown(path)
    )


def _written(outcome: Outcome) -> Outcome:
    """Puts the new text in the place of the file, which keeps its rights; a failure concerns this file alone."""
    from validator.cli.outputs import write_whole  # noqa: PLC0415 - only when something is to be written

    path = outcome.path
    try:
        if not os.access(path, os.W_OK):
            raise PermissionError
        rights = stat.S_IMODE(path.stat().st_mode)
        write_whole(path, outcome.after)
        path.chmod(rights)
    except OSError:
        problem = Problem(
            "unwritable-file",
            Text("файл не записывается", "the file can't be written"),
            Text(
                "проверьте права на файл и папку и место на диске",
                "check the rights to file and folder, and the disk",
            ),
            file=shown(path),
        )
        return outcome._replace(state=State.UNWRITTEN, problems=(problem,))
    return outcome


def _tell(outcome: Outcome, *, only_check: bool, diff: bool) -> None:
    for line in problem_lines(list(outcome.problems)):
        say_aside(line)
    if outcome.state is not State.CHANGED:
        return
    from validator.render.safe import log_line  # noqa: PLC0415 - only when something has changed

    what = Text("изменится", "would change") if only_check else Text("изменён", "changed")
    lines = list(_diff(outcome))
    ends = "" if lines else tell(Text(" (только концы строк или метка BOM)", " (line ends or the BOM only)"))
    click.echo(log_line(f"{shown(outcome.path)}: {tell(what)}{ends}"))
    for line in lines if diff else ():
        click.echo(log_line(line))


def _diff(outcome: Outcome) -> Iterator[str]:
    """The changed lines; nothing when only what ends lines or marks bytes has changed."""
    name = shown(outcome.path)
    before = outcome.before.decode("utf-8-sig").removesuffix("\n").replace("\r", "").split("\n")
    after = outcome.after.removesuffix("\n").split("\n")
    return difflib.unified_diff(before, after, name, name, lineterm="")


def _tell_passed_over(files: list[Path]) -> None:
    number, first = len(files), shown(files[0])
    notice(
        Text(
            f"не политики, оставлены как есть: {number} (первый: {first})",
            f"no policy files, left as they are: {number} (the first: {first})",
        )
    )


def _summary(states: Counter[State], *, only_check: bool) -> str:
    changed, same = states[State.CHANGED], states[State.SAME]
    left = states.total() - changed - same - states[State.PASSED_OVER]
    would = Text("изменятся", "would change") if only_check else Text("изменено", "changed")
    total = changed + same + left
    return tell(
        Text(
            f"Файлов политик {total}: {would.ru} {changed}, без изменений {same}, не приведено {left}",
            f"Policy files {total}: {would.en} {changed}, unchanged {same}, not laid out {left}",
        )
    )
