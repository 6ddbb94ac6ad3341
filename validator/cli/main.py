"""The `sverka` command: which commands there are, and exit codes that never lie.

A command's module is imported when the command is used, so that each starts with no more than it needs.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import Any, NoReturn

from validator import __version__
from validator.cli.context import (
    INTERNAL,
    INTERRUPTED,
    StopError,
    discard,
    language_of,
    notice,
    prepare_streams,
    running,
    say,
    say_aside,
    tell,
)
from validator.logic.text import Text

COMPLETION = "_SVERKA_COMPLETE"
COMMANDS = {
    "check": Text("проверить снимки организаций по политикам", "check organization snapshots against policies"),
    "validate": Text("проверить только входные данные", "check the input rules only"),
    "explain": Text(
        "объяснить норму, а со снимком и её вердикт", "explain a norm, and with a snapshot its verdict"
    ),
    "lint": Text("найти в политиках всё неверное и слабое", "find all that is wrong or weak in policies"),
    "test": Text("выполнить примеры политик", "run the examples of policies"),
    "prove": Text("доказать непротиворечивость политик", "prove that the policies are consistent"),
    "fmt": Text("привести политики к единому виду", "bring policies into the one layout"),
    "impact": Text("чьи вердикты изменит правка политик", "whose verdicts a change of policies flips"),
    "report": Text("показать сохранённые результаты, сравнить даты", "show saved results, compare dates"),
    "waivers": Text("отступления и сколько дней им осталось", "waivers and how many days they have left"),
    "docs": Text("набор политик книгой, покрытие, противоречия", "the policy set as a book, coverage, conflicts"),
    "import": Text("таблицы и книги Excel → снимки", "tables and workbooks to snapshots"),
    "form": Text("составить анкету — книгу Excel", "make a questionnaire, a workbook"),
    "init": Text("настроить репозиторий со снимками", "set up a repository of snapshots"),
    "demo": Text("распаковать готовый пример и проверить его", "unpack a ready example and check it"),
    "config": Text("действующие настройки и откуда они", "effective settings and where they come from"),
    "schema": Text("напечатать опубликованную схему", "print a published schema"),
    "limits": Text("показать пределы входных данных", "show the limits on input"),
}


_MANY_OBJECTS = 50_000


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code (`PRODUCT.md`, exit codes)."""
    code = run(sys.argv[1:] if arguments is None else arguments)
    if "click" not in sys.modules and not sys.gettrace() and not sys.getprofile():
        _leave(code)
    sys.exit(code)


def _leave(code: int) -> NoReturn:
    """End a plain run at once: everything is written, and to take apart all that was loaded takes long."""
    import atexit  # noqa: PLC0415

    atexit._run_exitfuncs()
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.flush()
    os._exit(code)


def run(arguments: list[str]) -> int:
    """Run the command line; the exit code."""
    prepare_streams()
    with running(language_of(arguments, dict(os.environ))):
        try:
            code = _code(arguments)
            _flush()
            return code
        except BrokenPipeError:
            discard(sys.stdout)
            return 0
        except KeyboardInterrupt:
            notice(Text("прервано", "interrupted"))
            return INTERRUPTED
        except OSError as error:
            return _system(error)
        except Exception as error:  # the last resort: anything unforeseen is an internal error
            return _internal(error)


def _code(arguments: list[str]) -> int:
    try:
        return _run(arguments)
    except StopError as stopped:
        return stopped.code


def _run(arguments: list[str]) -> int:
    """Read the command line and do what it asks: in short where it is plain, else with click."""
    if not os.environ.get(COMPLETION):
        if arguments == ["--version"]:
            say(f"sverka {__version__}")
            return 0
        from validator.cli.plain import plain_check  # noqa: PLC0415 - `--version` needs no more

        given = plain_check(arguments)
        if given is not None:
            return _checked(given)
    from validator.cli.commands import run_by_click  # noqa: PLC0415 - most runs are plain

    return run_by_click(arguments)


def _checked(given: dict[str, Any]) -> int:
    """The exit code of a check. Until the policies are there nothing is garbage, so none is looked for.

    Then it is, where there is much: to look through all that was loaded takes as long as to explain some findings.
    """
    import gc  # noqa: PLC0415

    first, *later = gc.get_threshold()
    gc.set_threshold(max(first, _MANY_OBJECTS), *later)
    gc.disable()
    try:
        from validator.cli.check import run_check  # noqa: PLC0415

        return run_check(**given)
    finally:
        gc.set_threshold(first, *later)
        gc.enable()


def _flush() -> None:
    """What is buffered is written while its failure can still be told; a closed stream holds nothing."""
    if sys.stdout is not None:
        sys.stdout.flush()


_SYSTEM = {
    errno.ENOSPC: Text("на диске нет места", "no space is left on the disk"),
    errno.EDQUOT: Text("исчерпана квота на диске", "the disk quota is used up"),
    errno.EACCES: Text("нет прав доступа", "permission is denied"),
    errno.EPERM: Text("нет прав доступа", "permission is denied"),
    errno.EROFS: Text("диск только для чтения", "the disk is read-only"),
    errno.EIO: Text("ошибка чтения или записи", "reading or writing failed"),
    errno.EMFILE: Text("открыто слишком много файлов", "too many files are open"),
}


def _system(error: OSError) -> int:
    """The system refused to read or write: no mistake in a policy or a snapshot, and the run is incomplete."""
    told = Text(error.strerror or type(error).__name__, error.strerror or type(error).__name__)
    what = tell(_SYSTEM.get(error.errno or 0, told))
    file = f": {error.filename}" if error.filename else ""
    say_aside(f"sverka: {tell(Text('работа не закончена', 'the run is incomplete'))}: {what}{file}")
    try:
        _flush()
    except OSError:
        discard(sys.stdout)
    return INTERNAL


def _internal(error: Exception) -> int:
    """Say that it is our fault; the trace goes to a file and holds places in the program alone, no data."""
    message = Text("внутренняя ошибка, это вина программы", "internal error, the fault is ours")
    say_aside(f"sverka: {tell(message)}: {type(error).__name__}{_trace(error)}")
    return INTERNAL


def _trace(error: Exception) -> str:
    import tempfile  # noqa: PLC0415 - only on failure
    import traceback  # noqa: PLC0415

    frames = "".join(traceback.format_tb(error.__traceback__))
    text = f"sverka {__version__}, Python {sys.version}\n{type(error).__name__}\n{frames}"
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="sverka-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.write(text)
    except OSError:
        return ""
    return f"; {file.name}"
