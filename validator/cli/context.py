"""What every command shares: the language of the run, streams that never fail on a character, loading policies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, NoReturn, TextIO

from validator.language.file_names import AnyPath, posix_name
from validator.logic.problem import InputError, Problem
from validator.logic.text import Language, Text

if TYPE_CHECKING:
    from validator.cli.settings_file import SettingsFile
    from validator.interpreters.compile.kept import KeptProgram
    from validator.language.library import Library, PolicyText

USAGE, INTERNAL, INTERRUPTED = 2, 4, 130
# Click asks gettext for its texts in the domain that gettext calls its default.
CATALOGUES, DOMAIN = os.path.join(os.path.dirname(__file__), "locale"), "messages"
LANGUAGE_VARIABLES = ("SVERKA_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
SETTINGS_FILES = ("sverka.yaml", ".sverka.yaml", "pyproject.toml")
# Files that somebody surely took for the settings, and that would change nothing.
MISNAMED_SETTINGS = {"sverka.yml": "sverka.yaml", ".sverka.yml": ".sverka.yaml"}
_MUCH = 1 << 20
_LANGUAGE: ContextVar[Language] = ContextVar("language", default="ru")
_BEFORE: ContextVar[str | None] = ContextVar("the LANGUAGE of the user", default=None)


class StopError(Exception):
    """The run ends here with an exit code: what there was to say is said."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Run:
    """What a run remembers of itself.

    `command` is the command as its user calls it, once that is known without click. `completing` when a shell asks
    for the rest of a word, so that nothing is to be read. `defaulted` are the settings that options fell back on,
    `settings` the settings file (None when there is none), once it was looked for. `told` are notices given
    once.
    """

    def __init__(self) -> None:
        self.command = ""
        self.completing = False
        self.defaulted: set[str] = set()
        self.settings: list[SettingsFile | None] = []
        self.told: set[Text] = set()


_RUN: ContextVar[Run | None] = ContextVar("the run", default=None)


def this_run() -> Run:
    """The memory of the run; outside of any, one that nobody will look at."""
    return _RUN.get() or Run()


def language_of(arguments: list[str], environment: dict[str, str]) -> Language:
    """The language of a run: the last `--lang`, SVERKA_LANG, the settings file, the locale, else Russian.

    Read before the command line is parsed, because help and usage errors are in that language too.
    """
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    for index in reversed(range(len(options))):
        if options[index] == "--lang" and index + 1 < len(options):
            return _language(options[index + 1])
        if options[index].startswith("--lang="):
            return _language(options[index].removeprefix("--lang="))
    own, *locale = LANGUAGE_VARIABLES
    if (found := language_in(environment, own)) is not None:
        return found
    if (configured := configured_language()) is not None:
        return configured
    return next((found for name in locale if (found := language_in(environment, name)) is not None), "ru")


def language_in(environment: Mapping[str, str], variable: str) -> Language | None:
    """The language that a variable of the environment asks for, None when it asks for none."""
    value = environment.get(variable, "")
    return None if not value or value in ("C", "POSIX") or value.startswith("C.") else _language(value)


def configured_language() -> Language | None:
    """What the nearest settings file says, by a quick look at it: the help must not wait for a YAML reader.

    Whether the file is right is told by the commands that use it; they refuse a `lang` that this look can't see.
    """
    for folder in settings_folders():
        for name in SETTINGS_FILES:
            data = _beginning(os.path.join(folder, name))
            if data and (name != "pyproject.toml" or b"tool.sverka" in data):
                from validator.cli.settings_look import look  # noqa: PLC0415 - most folders have no settings

                applies, language = look(name, data)
                if applies:
                    return language
    return None


def _beginning(file: str) -> bytes:
    """The first mebibyte of a file, nothing where there is no file that can be read."""
    try:
        if not os.path.isfile(file):  # a pipe would keep us waiting
            return b""
        with open(file, "rb") as stream:
            return stream.read(_MUCH)
    except OSError:
        return b""


def settings_folders() -> list[str]:
    """The folders whose settings may apply, the nearest first: this one and those above within the repository.

    The repository is the folder with `.git`. Outside of any, only this folder counts: what lies in a home folder
    or in a folder for everybody must not change a verdict.
    """
    try:
        folders = [os.getcwd()]
    except OSError:  # the current folder is gone
        return []
    while not os.path.lexists(os.path.join(folders[-1], ".git")):
        above = os.path.dirname(folders[-1])
        if above == folders[-1]:
            return folders[:1]
        folders.append(above)
    return folders


def may_be_configured() -> bool:
    """Whether any file is there that may hold settings, or be taken for one that does."""
    names = (*SETTINGS_FILES, *MISNAMED_SETTINGS)
    files = [os.path.join(folder, name) for folder in settings_folders() for name in names]
    return any(os.path.lexists(file) and not _is_of_others(file) for file in files)


def _is_of_others(file: str) -> bool:
    """Whether a file is a `pyproject.toml` that says nothing of us, as most do."""
    if not file.endswith("pyproject.toml") or not os.path.isfile(file):
        return False
    data = _beginning(file)
    return 0 < len(data) < _MUCH and b"sverka" not in data


def _language(value: str) -> Language:
    return "en" if value.lower().startswith("en") else "ru"


@contextmanager
def running(language: Language) -> Iterator[None]:
    """While it lasts, there is a run, and our texts are in its `language`."""
    token, token_run = _LANGUAGE.set(language), _RUN.set(Run())
    try:
        yield
    finally:
        _RUN.reset(token_run)
        _LANGUAGE.reset(token)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """While it lasts, the texts of click are in `language` as well as ours, whatever the locale.

    gettext knows no other way to be told a language than LANGUAGE, so it is set here and put back afterwards.
    """
    import gettext  # noqa: PLC0415 - only click needs it

    before, folder = os.environ.get("LANGUAGE"), gettext.bindtextdomain(DOMAIN)
    token, token_before = _LANGUAGE.set(language), _BEFORE.set(before)
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, CATALOGUES)
    try:
        yield
    finally:
        gettext.bindtextdomain(DOMAIN, folder)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before
        _LANGUAGE.reset(token)
        _BEFORE.reset(token_before)


def user_environment() -> dict[str, str]:
    """The environment as the user set it: without what `speaking` tells gettext."""
    before = _BEFORE.get()
    others = {name: value for name, value in os.environ.items() if name != "LANGUAGE"}
    return others if before is None else {**others, "LANGUAGE": before}


def current_language() -> Language:
    """The language of this run."""
    return _LANGUAGE.get()


def tell(text: Text) -> str:
    """The text in the language of this run."""
    return text.in_language(current_language())


def shown(path: AnyPath) -> str:
    """The name of a file as reports show it: the same under every locale, bytes that are no UTF-8 as `\\xff`."""
    return os.fsencode(posix_name(path)).decode("utf-8", "backslashreplace")


def notice(text: Text) -> None:
    """Something worth knowing about the run, on standard error, where no reader of a report looks."""
    say_aside(tell(text))


def notice_once(text: Text) -> None:
    """A notice that more than one piece of the run may have reason to give; it is given once."""
    told = this_run().told
    if text not in told:
        told.add(text)
        notice(text)


def say(text: str, *, end: str = "\n") -> None:
    """A text on standard output, at once; nothing where that is closed."""
    if sys.stdout is not None:
        sys.stdout.write(text + end)
        sys.stdout.flush()


def say_aside(line: str) -> None:
    """One line on standard error. That it can't be written or read changes nothing about the run."""
    from validator.render.safe import log_line  # noqa: PLC0415 - most runs have nothing to say

    if sys.stderr is None:
        return
    try:
        sys.stderr.write(log_line(line) + "\n")
        sys.stderr.flush()
    except OSError:
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
    raise StopError(code)


def load_library(folders: tuple[str, ...]) -> Library:
    """The policy set of the named folders (`builtin` for the shipped one). Leaves with 2 when it is broken."""
    texts = policy_texts(folders)
    try:
        return library_of(texts)
    except InputError as error:
        stop(error.problems)


def policy_texts(folders: tuple[str, ...]) -> list[PolicyText]:
    """The policy files of the named folders. Leaves with 2 when a folder can't be read."""
    from validator.cli.unnamed_policies import tell_unnamed_policies  # noqa: PLC0415 - other commands need none
    from validator.language.policy_folder import read_folder  # noqa: PLC0415
    from validator.resources import policies_name  # noqa: PLC0415

    tell_unnamed_policies(folders)
    try:
        return [text for folder in folders or ("builtin",) for text in read_folder(policies_name(folder))]
    except InputError as error:
        stop(error.problems)


def library_of(texts: list[PolicyText]) -> Library:
    """The checked policy set of the files, from the cache where it is there. Raises `InputError`."""
    import gc  # noqa: PLC0415 - other commands need no policies

    from validator.language.cache import load_cached  # noqa: PLC0415
    from validator.language.store import store_for  # noqa: PLC0415
    from validator.resources import schema_bytes  # noqa: PLC0415

    gc.disable()  # what is loaded stays, so looking for garbage in it costs time and finds none
    try:
        return load_cached(texts, schema_bytes("snapshot"), store_for(os.environ, sys.platform), notice_once)
    finally:
        gc.enable()


def kept_program(library: Library) -> KeptProgram | None:
    """Where the generated program of the policy set is kept; None when nothing is to be kept."""
    from validator.interpreters.compile.kept import KeptProgram  # noqa: PLC0415 - other commands need none
    from validator.language.store import store_for  # noqa: PLC0415
    from validator.resources import schema_bytes  # noqa: PLC0415

    store = store_for(os.environ, sys.platform)
    return None if store is None else KeptProgram(store, library.policies, schema_bytes("snapshot"), notice_once)


def usage_error(ru: str, en: str, help_: Text | None = None) -> NoReturn:
    """A mistake of the command line: one line, a line of help, exit 2."""
    say_usage(tell(Text(ru, en)), tell(help_) if help_ else help_hint(_command()))
    raise StopError(USAGE)


def _command() -> str:
    """The command as its user calls it, nothing where there is none."""
    if this_run().command:
        return this_run().command
    import click  # noqa: PLC0415 - then it is click that reads the command line

    context = click.get_current_context(silent=True)
    return context.command_path if context else ""


def say_usage(message: str, help_: str) -> None:
    """What is wrong with the command line, and what to do about it."""
    say_aside(f"sverka: {message}")
    say_aside(f"    {help_}")


def help_hint(command: str) -> str:
    """Where the help of a command is."""
    return f"{tell(Text('справка', 'help'))}: {command or 'sverka'} --help"
