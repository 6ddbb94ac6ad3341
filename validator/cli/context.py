"""What every command shares: the language of the run, streams that never fail on a character, loading policies."""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

import click

from validator.logic.problem import InputError, Problem
from validator.logic.text import Language, Text

if TYPE_CHECKING:
    from validator.language.library import Library

USAGE, INTERNAL, INTERRUPTED = 2, 4, 130
# Click asks gettext for its texts in the domain that gettext calls its default.
CATALOGUES, DOMAIN = Path(__file__).with_name("locale"), "messages"
_LANGUAGE: ContextVar[Language] = ContextVar("language", default="ru")


def language_of(arguments: list[str], environment: dict[str, str]) -> Language:
    """The language of a run: the last `--lang`, then SVERKA_LANG, then the locale, else Russian.

    Read before the command line is parsed, because help and usage errors are in that language too.
    """
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    for index in reversed(range(len(options))):
        if options[index] == "--lang" and index + 1 < len(options):
            return _language(options[index + 1])
        if options[index].startswith("--lang="):
            return _language(options[index].removeprefix("--lang="))
    for name in ("SVERKA_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value and value not in ("C", "POSIX") and not value.startswith("C."):
            return _language(value)
    return "ru"


def _language(value: str) -> Language:
    return "en" if value.lower().startswith("en") else "ru"


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """While it lasts, our texts and those of click are in `language`, whatever the locale.

    gettext knows no other way to be told a language than LANGUAGE, so it is set here and put back afterwards.
    """
    token, before, folder = _LANGUAGE.set(language), os.environ.get("LANGUAGE"), gettext.bindtextdomain(DOMAIN)
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    try:
        yield
    finally:
        gettext.bindtextdomain(DOMAIN, folder)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before
        _LANGUAGE.reset(token)


def current_language() -> Language:
    """The language of this run."""
    return _LANGUAGE.get()


def tell(text: Text) -> str:
    """The text in the language of this run."""
    return text.in_language(current_language())


def shown(path: str | Path) -> str:
    """The name of a file as reports show it: the same under every locale, bytes that are no UTF-8 as `\\xff`."""
    return os.fsencode(Path(path).as_posix()).decode("utf-8", "backslashreplace")


def notice(text: Text) -> None:
    """Something worth knowing about the run, on standard error, where no reader of a report looks."""
    say_aside(tell(text))


def say_aside(line: str) -> None:
    """One line on standard error. Nobody may be reading there any more; that changes nothing about the run."""
    from validator.render.safe import one_line  # noqa: PLC0415 - most runs have nothing to say

    try:
        click.echo(one_line(line), err=True)
    except BrokenPipeError:
        discard(sys.stderr)


def discard(stream: TextIO) -> None:
    """What is still to be written to a closed pipe goes nowhere, so that Python does not complain at exit."""
    try:
        number = stream.fileno()
    except (OSError, ValueError):
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), number)


def prepare_streams() -> None:
    """Output that goes to no terminal is UTF-8 with LF, and no character can stop a report half-way.

    A real console keeps its own code page; what it can't show is escaped. A stream may be None when it is closed.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="backslashreplace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def problem_lines(problems: list[Problem]) -> list[str]:
    """`file:line:column: message [code]`, and a line of help."""
    lines: list[str] = []
    for problem in problems:
        where = problem.where()
        path = f"{problem.path}: " if problem.path else ""
        lines.append(f"{where}: {path}{tell(problem.message)} [{problem.code}]".removeprefix(": "))
        if tell(problem.help):
            lines.append("    " + tell(problem.help))
    return lines


def stop(problems: list[Problem], code: int = USAGE) -> NoReturn:
    """Say what is wrong on standard error and leave with an exit code."""
    for line in problem_lines(problems):
        say_aside(line)
    raise click.exceptions.Exit(code)


def load_library(folders: tuple[str, ...]) -> Library:
    """The policy set of the named folders (`builtin` for the shipped one). Leaves with 2 when it is broken."""
    import gc  # noqa: PLC0415 - other commands need no policies

    from validator.language.cache import load_cached, store_for  # noqa: PLC0415
    from validator.language.library import read_folder  # noqa: PLC0415
    from validator.resources import policies_folder, schema_bytes  # noqa: PLC0415

    gc.disable()  # what is loaded stays, so looking for garbage in it costs time and finds none
    try:
        texts = [
            text
            for folder in folders or ("builtin",)
            for text in read_folder(policies_folder() if folder == "builtin" else Path(folder))
        ]
        return load_cached(texts, schema_bytes("snapshot"), store_for(os.environ, sys.platform), notice)
    except InputError as error:
        stop(error.problems)
    finally:
        gc.enable()


def usage_error(ru: str, en: str, help_: Text | None = None) -> NoReturn:
    """A mistake of the command line: one line, a line of help, exit 2."""
    context = click.get_current_context(silent=True)
    say_usage(tell(Text(ru, en)), tell(help_) if help_ else help_hint(context.command_path if context else ""))
    raise click.exceptions.Exit(USAGE)


def say_usage(message: str, help_: str) -> None:
    """What is wrong with the command line, and what to do about it."""
    say_aside(f"sverka: {message}")
    say_aside(f"    {help_}")


def help_hint(command: str) -> str:
    """Where the help of a command is."""
    return f"{tell(Text('справка', 'help'))}: {command or 'sverka'} --help"
