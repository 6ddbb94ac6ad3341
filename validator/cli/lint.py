"""`sverka lint`: everything that is wrong or weak in a policy set, all at once.

0 when there is nothing but notes, 1 for errors and findings, 2 for a folder that is no policy folder or a mistake
of the command line.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from validator.cli.context import current_language, notice, shown, stop, tell, usage_error
from validator.cli.options import Day, language_option, policies_option
from validator.cli.outputs import Output, deliver, output_option, parse_outputs
from validator.cli.unnamed_policies import tell_unnamed_policies
from validator.language.structure import nearest
from validator.logic.problem import InputError, Problem
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.journeys.lint.levels import Told
    from validator.language.library import PolicyText

F = TypeVar("F", bound=Callable[..., Any])
BUILTIN = "builtin"
ENDINGS = {
    0: Text("ошибок и замечаний нет", "no errors and no findings"),
    1: Text("есть что исправить", "there is something to mend"),
}
# Names that a folder of one's own often takes from the shipped set.
_ELSEWHERE = ("unknown-act", "unknown-definition", "unknown-parameter", "unknown-register", "unknown-values")


class Asked(NamedTuple):
    """The command line: which problems to tell, whether notes count, and the day of the run."""

    only: tuple[str, ...]
    ignore: tuple[str, ...]
    strict: bool
    all_notes: bool
    today: date | None
    stale_after: int | None


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    text = Text(
        "Найти в политиках всё неверное и слабое: ошибки, замечания и заметки. Папки складываются в один набор; "
        "без них — папки из --policies, иначе встроенный набор.",
        "Find all that is wrong or weak in policies: errors, findings and notes. The folders make one set; without "
        "any, those of --policies, else the shipped set.",
    )

    @click.command(name="lint", help=tell(text))
    @click.argument("folders", nargs=-1, metavar=tell(Text("[ПАПКА|builtin]…", "[FOLDER|builtin]…")))
    @output_option
    @_options
    @policies_option
    @language_option
    def command(
        folders: tuple[str, ...],
        outputs: tuple[str, ...],
        only: tuple[str, ...],
        ignore: tuple[str, ...],
        strict: bool,
        all_notes: bool,
        today: date | None,
        stale_days: int | None,
        explain: str | None,
        every: bool,
        policies: tuple[str, ...],
    ) -> int:
        if every:
            return _list()
        if explain is not None:
            return _explain(explain)
        _check_codes(only, ignore)
        if not folders:
            tell_unnamed_policies(policies)
        asked = Asked(only, ignore, strict, all_notes, today, stale_days)
        return _run(folders or policies or (BUILTIN,), asked, parse_outputs(outputs))

    return command


def _options(function: F) -> F:
    """Which problems to tell, how grave notes are, the day of the run, and what there is to know about codes."""
    code, days, day = Text("КОД", "CODE"), Text("ДНЕЙ", "DAYS"), Text("ГГГГ-ММ-ДД", "YYYY-MM-DD")
    only = Text("только ошибки и этот код; можно повторять", "errors and that code only; repeatable")
    ignore = Text("без этого кода (не для ошибок); можно повторять", "without that code (no error); repeatable")
    strict = Text("заметки тоже считать замечаниями", "take notes for findings too")
    notes = Text(
        "перечислить и заметки о встроенном наборе, когда проверяются и свои папки",
        "list notes about the shipped set too when own folders are linted",
    )
    today = Text("на какой день судить о давности сверки актов", "the day on which checks of acts may be too old")
    stale = Text(
        "сколько дней сверка акта не устаревает; иначе по параметру `policy-check-days`, иначе 180",
        "for how many days a check of an act holds; else what the parameter `policy-check-days` says, else 180",
    )
    explain = Text("напечатать страницу об этом коде", "print the page about that code")
    every = Text("перечислить все коды", "list all codes")
    options = (
        click.option("--only", multiple=True, metavar=tell(code), help=tell(only)),
        click.option("--ignore", multiple=True, metavar=tell(code), help=tell(ignore)),
        click.option("--strict", is_flag=True, help=tell(strict)),
        click.option("--all-notes", is_flag=True, help=tell(notes)),
        click.option("--today", type=Day(), envvar="SVERKA_TODAY", metavar=tell(day), help=tell(today)),
        click.option("--stale-days", type=click.IntRange(1, 36500), metavar=tell(days), help=tell(stale)),
        click.option("--explain", metavar=tell(code), help=tell(explain)),
        click.option("--list", "every", is_flag=True, help=tell(every)),
    )
    for option in reversed(options):
        function = option(function)
    return function


# --- codes -----------------------------------------------------------------------------------------------------


def _known_code(name: str) -> None:
    from validator.journeys.lint.codes import CODES  # noqa: PLC0415 - only for this command

    if name not in CODES:
        usage_error(f"нет кода `{name}`", f"there is no code `{name}`", nearest(name, CODES))


def _check_codes(only: tuple[str, ...], ignore: tuple[str, ...]) -> None:
    from validator.journeys.lint.codes import ERRORS  # noqa: PLC0415 - only for this command

    for name in (*only, *ignore):
        _known_code(name)
    for name in ignore:
        if name in ERRORS:
            help_ = Text("с ошибкой набором пользоваться нельзя: исправьте её", "a set with an error is of no use")
            usage_error(f"`{name}` — ошибка, её не скрыть", f"`{name}` is an error and can't be left out", help_)


def _page(code: str) -> str:
    from validator.resources import lint_pages_folder  # noqa: PLC0415 - only when a page is asked for

    ending = ".md" if current_language() == "ru" else ".en.md"
    return (lint_pages_folder() / f"{code}{ending}").read_text(encoding="utf-8")


def _explain(code: str) -> int:
    _known_code(code)
    click.echo(_page(code), nl=False)
    return 0


def _list() -> int:
    """Every code with its level and the heading of its page."""
    from validator.journeys.lint.codes import CODES  # noqa: PLC0415 - only for this command
    from validator.render.problems.words import LEVELS  # noqa: PLC0415

    width = max(map(len, CODES))
    for code, level in CODES.items():
        title = _page(code).partition("\n")[0].partition(" — ")[2]
        click.echo(f"{code:<{width}}  {tell(LEVELS[level.value]):<9}  {title}")
    return 0


# --- the run ---------------------------------------------------------------------------------------------------


def _run(folders: tuple[str, ...], asked: Asked, outputs: list[Output]) -> int:
    from validator.journeys.lint.levels import Level  # noqa: PLC0415 - only for this command
    from validator.journeys.lint.run import lint  # noqa: PLC0415
    from validator.language.vocabulary import read_vocabulary  # noqa: PLC0415
    from validator.render.problems.words import SHIPPED, problem_report  # noqa: PLC0415
    from validator.resources import schema_bytes  # noqa: PLC0415

    texts = _texts(folders)
    found = lint(texts, read_vocabulary(schema_bytes("snapshot")), asked.today, asked.stale_after)
    kept = [_judged(told, asked.strict) for told in found if _is_told(told, asked)]
    day = None if asked.today is None else asked.today.isoformat()
    own = any(not text.file.startswith(SHIPPED) for text in texts)
    count_shipped = own and not asked.all_notes
    report = problem_report("lint", kept, len(texts), day, len(found) - len(kept), count_shipped=count_shipped)
    code = 1 if any(told.level is not Level.NOTE for told in kept) else 0
    deliver(report, outputs, code, "problems.", ENDINGS)
    _tell_counted(report["totals"]["only_counted"], outputs)
    if BUILTIN not in folders and any(told.problem.code in _ELSEWHERE for told in found):
        notice(
            Text(
                "если эти имена из встроенного набора, проверьте папки вместе с ним: sverka lint builtin …",
                "if these names belong to the shipped set, lint the folders with it: sverka lint builtin …",
            )
        )
    return code


def _tell_counted(number: int, outputs: list[Output]) -> None:
    """Beside lines for programs that people read; the text says it itself, and JSON holds every note."""
    if number and any(output.format == "concise" for output in outputs):
        notice(
            Text(
                f"заметок о встроенном наборе: {number}, они не перечислены; показать их: `--all-notes`",
                f"notes about the shipped set: {number}, not listed; to see them: `--all-notes`",
            )
        )


def _is_told(told: Told, asked: Asked) -> bool:
    """Errors always are: nothing can be relied on while there is one."""
    code = told.problem.code
    return not told.problem.warning or ((not asked.only or code in asked.only) and code not in asked.ignore)


def _judged(told: Told, strict: bool) -> Told:
    from validator.journeys.lint.levels import Level  # noqa: PLC0415 - only for this command

    return told._replace(level=Level.FINDING) if strict and told.level is Level.NOTE else told


def _texts(folders: tuple[str, ...]) -> list[PolicyText]:
    """The files of all folders. Leaves with 2 when one of them is no policy folder, or none holds a policy."""
    places = {os.path.realpath(_path(folder)): folder for folder in reversed(folders)}
    try:
        texts = [text for folder in reversed(places.values()) for text in _files(folder)]
    except InputError as error:
        stop(error.problems)
    if not any(text.place.startswith(("norms/", "decisions/")) for text in texts):
        message = Text("нет ни одной нормы и ни одного решения", "there is no norm and no decision")
        help_ = Text("добавьте файлы в `norms/` или `decisions/`", "add files to `norms/` or `decisions/`")
        stop([Problem("policy-folder", message, help_, file=", ".join(map(shown, folders)))])
    return texts


def _path(folder: str) -> Path:
    from validator.resources import named_policies  # noqa: PLC0415 - only for this command

    return named_policies(folder)


def _files(folder: str) -> list[PolicyText]:
    """The files of one folder; those of the shipped set are named so, wherever the program lies."""
    from validator.language.library import read_folder  # noqa: PLC0415 - only for this command

    texts = read_folder(_path(folder))
    if folder == BUILTIN:
        return [text._replace(file=f"{BUILTIN}/{text.place}") for text in texts]
    return texts
