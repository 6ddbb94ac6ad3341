"""What every command shares: the language of the run, streams that never fail on a character, loading policies."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from validator.logic.problem import InputError, Problem
from validator.logic.text import Language, Text

if TYPE_CHECKING:
    from validator.language.library import Library

USAGE, INTERNAL = 2, 4


def language_of(arguments: list[str], environment: dict[str, str]) -> Language:
    """The language of a run: `--lang`, then SVERKA_LANG, then the locale; Russian when nothing says otherwise.

    Read before the command line is parsed, because help and usage errors are in that language too.
    """
    for index, argument in enumerate(arguments):
        if argument == "--lang" and index + 1 < len(arguments):
            return _language(arguments[index + 1])
        if argument.startswith("--lang="):
            return _language(argument.removeprefix("--lang="))
    for name in ("SVERKA_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value and value not in ("C", "POSIX") and not value.startswith("C."):
            return _language(value)
    return "ru"


def _language(value: str) -> Language:
    return "en" if value.lower().startswith("en") else "ru"


def current_language() -> Language:
    """The language of this run."""
    context = click.get_current_context(silent=True)
    found = context.find_root().obj if context else None
    return found if found in ("ru", "en") else language_of(sys.argv[1:], dict(os.environ))


def tell(text: Text) -> str:
    """The text in the language of this run."""
    return text.in_language(current_language())


def prepare_streams() -> None:
    """Output that is not a UTF-8 terminal gets UTF-8, and no character can stop a report half-way.

    A real console keeps its own code page; what it can't show is escaped.
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
    from validator.render.safe import one_line  # noqa: PLC0415 - only when something is wrong

    lines: list[str] = []
    for problem in problems:
        where = problem.where()
        path = f"{problem.path}: " if problem.path else ""
        lines.append(one_line(f"{where}: {path}{tell(problem.message)} [{problem.code}]".removeprefix(": ")))
        if tell(problem.help):
            lines.append(one_line("    " + tell(problem.help)))
    return lines


def stop(problems: list[Problem], code: int = USAGE) -> None:
    """Say what is wrong on standard error and leave with an exit code."""
    for line in problem_lines(problems):
        click.echo(line, err=True)
    raise click.exceptions.Exit(code)


def load_library(folders: tuple[str, ...]) -> Library:
    """The policy set of the named folders (`builtin` for the shipped one). Leaves with 2 when it is broken."""
    from validator.language.library import load, read_folder  # noqa: PLC0415 - other commands need no policies
    from validator.language.vocabulary import read_vocabulary  # noqa: PLC0415
    from validator.resources import policies_folder, schema_bytes  # noqa: PLC0415

    try:
        texts = [
            text
            for folder in folders or ("builtin",)
            for text in read_folder(policies_folder() if folder == "builtin" else Path(folder))
        ]
        return load(texts, read_vocabulary(schema_bytes("snapshot")))
    except InputError as error:
        stop(error.problems)
        raise


def usage_error(ru: str, en: str, help_: Text | None = None) -> None:
    """A mistake of the command line: one line, exit 2."""
    stop([Problem("usage", Text(ru, en), help_ or Text("", ""))])
