"""`sverka prove`: whether the policies are consistent, proved by a solver, each finding shown by a snapshot.

0 when all is proved or acknowledged, 1 for a finding, 2 when nothing was analysed (no solver, a broken set, a
mistake of the command line), 3 for questions that stay open.
"""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from validator.cli.context import notice, notice_once, shown, stop, tell, usage_error
from validator.cli.options import Day, language_option, policies_option
from validator.cli.outputs import deliver, output_option, parse_outputs
from validator.cli.waiver_files import waivers_option
from validator.language.limits import POLICY_LIMITS
from validator.language.structure import nearest
from validator.logic.problem import InputError, Problem
from validator.logic.proof import ANALYSES
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.journeys.prove.kept import Kept
    from validator.journeys.prove.run import Asked
    from validator.language.library import Library
    from validator.logic.proof import ProofReport

F = TypeVar("F", bound=Callable[..., Any])
FORMATS = ("text", "json", "sarif")
ENDINGS = {
    0: Text("всё доказано или признано", "all is proved or acknowledged"),
    1: Text("есть находки", "there are findings"),
    3: Text("не всё решено", "not everything is settled"),
}


class Seconds(click.FloatRange):
    """A number of seconds within limits."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number, or a usage error in the language of the run."""
        try:
            found = float(value)
        except ValueError:
            found = math.nan
        low, high = self.min or 0, self.max or math.inf
        if not low <= found <= high:
            message = Text(
                f"`{value}` не годится: нужно число секунд от {low:g} до {high:g}",
                f"`{value}` does not do: a number of seconds from {low:g} to {high:g} is wanted",
            )
            self.fail(tell(message), param, ctx)
        return found


class Options(NamedTuple):
    """The command line, policies and outputs apart."""

    changed: str | None
    properties: tuple[str, ...]
    known: tuple[str, ...]
    waivers: tuple[str, ...]
    only: tuple[str, ...]
    accept_bounded: bool
    second_opinion: bool
    timeout: float
    bounded: int
    today: date | None


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    text = Text(
        "Доказать, что политики непротиворечивы: нет мёртвых и невыполнимых норм, противоречий, пробелов, "
        "исправлений, которые не помогают. Каждая находка показана снимком, который можно вставить примером.",
        "Prove that the policies are consistent: no dead norms, none that can't be met, no contradictions, gaps or "
        "remedies that do not cure. Each finding comes with a snapshot that can be pasted as an example.",
    )

    @click.command(name="prove", help=tell(text))
    @_what
    @_how
    @waivers_option
    @partial(output_option, formats=FORMATS)
    @policies_option
    @language_option
    def command(policies: tuple[str, ...], outputs: tuple[str, ...], every: bool, **given: Any) -> int:
        if every:
            return _list()
        options = Options(**given)
        _check(options)
        targets = parse_outputs(outputs, (*options.properties, *options.known), FORMATS)
        report = _prove(policies, options)
        from validator.journeys.prove.run import exit_code  # noqa: PLC0415 - not for `--help`

        code = exit_code(report, accept_bounded=options.accept_bounded)
        return deliver(report, targets, code, family="prove.", endings=ENDINGS)

    return command


def _what(function: F) -> F:
    """What is to be proved."""
    revision, file, code = Text("РЕВИЗИЯ", "REV"), Text("ФАЙЛ", "FILE"), Text("КОД", "CODE")
    changed = Text(
        "только о политиках, изменённых с этой ревизии git, и что правка меняет",
        "only about policies changed since that git revision, and what the change changes",
    )
    own = Text("файл своих свойств; можно повторять", "a file of own properties; repeatable")
    known = Text(
        "файл признанных находок; без него — `prove-known.yaml` в папках политик; можно повторять",
        "a file of known findings; else `prove-known.yaml` in the policy folders; repeatable",
    )
    only = Text("только этот анализ; можно повторять", "that analysis only; repeatable")
    every = Text("перечислить анализы", "list the analyses")
    options = (
        click.option("--changed", metavar=tell(revision), help=tell(changed)),
        click.option("--property", "properties", multiple=True, metavar=tell(file), help=tell(own)),
        click.option("--known", multiple=True, metavar=tell(file), help=tell(known)),
        click.option("--only", multiple=True, metavar=tell(code), help=tell(only)),
        click.option("--list", "every", is_flag=True, help=tell(every)),
    )
    for option in reversed(options):
        function = option(function)
    return function


def _how(function: F) -> F:
    """How hard to try, and what counts."""
    seconds, number, day = Text("СЕКУНД", "SECONDS"), Text("ЧИСЛО", "NUMBER"), Text("ГГГГ-ММ-ДД", "YYYY-MM-DD")
    accept = Text(
        "не считать незаконченным то, что доказано лишь для коротких списков или не разобрано",
        "do not count as unfinished what is proved for short lists only, or not analysed",
    )
    second = Text(
        "перепроверить каждый ответ вторым способом, для списков любой длины",
        "check every answer by a second encoding, for lists of any length",
    )
    timeout = Text("сколько решать один вопрос", "how long to think about one question")
    bounded = Text("длина списков там, где границу не вывести", "the length of lists where no bound can be derived")
    today = Text(
        "на какой день судить о сроках признанных находок и отступлений; без него сроки не проверяются",
        "the day on which known findings and waivers may be over; without it none is called over",
    )
    options = (
        click.option("--accept-bounded", is_flag=True, help=tell(accept)),
        click.option("--second-opinion", is_flag=True, help=tell(second)),
        click.option(
            "--timeout",
            type=Seconds(0.001, 3600),
            default=10.0,
            show_default=True,
            metavar=tell(seconds),
            help=tell(timeout),
        ),
        click.option(
            "--bound",
            "bounded",
            type=click.IntRange(1, 12),
            default=3,
            show_default=True,
            metavar=tell(number),
            help=tell(bounded),
        ),
        click.option("--today", type=Day(), envvar="SVERKA_TODAY", metavar=tell(day), help=tell(today)),
    )
    for option in reversed(options):
        function = option(function)
    return function


def _list() -> int:
    """Every analysis with what it looks for."""
    for code, title in ANALYSES.items():
        click.echo(f"{code:<8}  {tell(title)}")
    return 0


def _check(options: Options) -> None:
    """Leaves with 2 without the solver, and for an analysis that does not exist."""
    for code in options.only:
        if code not in ANALYSES:
            usage_error(f"нет анализа `{code}`", f"there is no analysis `{code}`", nearest(code, ANALYSES))
    _check_wanted(options)
    if not _solver_is_here():
        usage_error(
            "нет решателя, без него доказать ничего нельзя",
            "the solver is missing, nothing can be proved without it",
            Text("pip install 'sverka[prove]'", "pip install 'sverka[prove]'"),
        )
    if options.second_opinion and options.changed is None and not options.only:
        notice(Text("второе мнение по всему набору долгое", "a second opinion on the whole set takes long"))


def _check_wanted(options: Options) -> None:
    """Leaves with 2 when an analysis is asked for by name and what it looks at is not given."""
    for code, given, option in (
        ("ANA-A15", options.changed, Text("--changed РЕВИЗИЯ", "--changed REV")),
        ("ANA-A16", options.waivers, Text("--waivers ПУТЬ", "--waivers PATH")),
        ("ANA-A19", options.properties, Text("--property ФАЙЛ", "--property FILE")),
    ):
        if code in options.only and not given:
            usage_error(
                f"для `{code}` ({ANALYSES[code].ru}) не сказано, на что смотреть",
                f"`{code}` ({ANALYSES[code].en}) has nothing to look at",
                Text(f"добавьте `{option.ru}`", f"add `{option.en}`"),
            )


def _solver_is_here() -> bool:
    try:
        return find_spec("z3") is not None
    except ImportError:  # whoever stands in the way of an import may say so
        return False


# --- the run ---------------------------------------------------------------------------------------------------


def _prove(folders: tuple[str, ...], options: Options) -> ProofReport:
    from validator.cli.prove_sets import sets_of  # noqa: PLC0415 - not for `--help`
    from validator.interpreters.smt.answer import Limits  # noqa: PLC0415
    from validator.journeys.prove.ground import Ground  # noqa: PLC0415
    from validator.journeys.prove.run import prove  # noqa: PLC0415
    from validator.resources import schema_bytes  # noqa: PLC0415

    sets = sets_of(folders, options.changed)
    if not sets.library.policies.policies():
        named = ", ".join(map(shown, folders or ("builtin",)))
        usage_error(
            f"доказывать не о чем: норм и решений нет ({named})",
            f"there is nothing to prove: no norm and no decision ({named})",
            Text(
                "черновики не доказываются; проверьте, та ли это папка", "drafts are not proved; check the folder"
            ),
        )
    schema = schema_bytes("snapshot")
    limits = Limits(timeout=int(options.timeout * 1000), bounded=options.bounded)
    kept = _kept(schema)
    ground = Ground(sets.library, limits, kept, sets.changed, doubt=options.second_opinion)
    asked = _asked(options, sets.library, folders)._replace(
        old=sets.old, revision=options.changed, whole=sets.changed is None
    )
    if sets.changed is not None and not sets.changed:
        notice(
            Text(
                f"с ревизии {options.changed} ни одна политика не изменилась по смыслу",
                f"since {options.changed} no policy has changed in meaning",
            )
        )
    try:
        return prove(ground, asked, schema, _solver())
    finally:
        kept.write()


def _solver() -> str:
    from importlib.metadata import version  # noqa: PLC0415 - only for the statement

    return f"z3 {version('z3-solver')}"


def _kept(schema: bytes) -> Kept:
    """Answers of earlier runs: by the same program, solver and schema."""
    from validator.journeys.prove.kept import Kept, program  # noqa: PLC0415 - not for `--help`
    from validator.language.store import key_of_parts, store_for  # noqa: PLC0415

    key = key_of_parts((program().encode(), _solver().encode(), schema))
    return Kept(store_for(os.environ, sys.platform), key, notice_once)


def _asked(options: Options, library: Library, folders: tuple[str, ...]) -> Asked:
    """What beside the policies the run looks at. Leaves with 2 for a file that can't be used."""
    from validator.journeys.prove.known import read_known  # noqa: PLC0415 - not for `--help`
    from validator.journeys.prove.properties import read_properties  # noqa: PLC0415
    from validator.journeys.prove.run import Asked  # noqa: PLC0415

    stated: list[Any] = []
    known: list[Any] = []
    problems = []
    for file in options.properties:
        try:
            stated += read_properties(_bytes(file), file, library)
        except InputError as error:
            problems += error.problems
    for file in options.known or _beside(folders):
        try:
            known += read_known(_bytes(file), file)
        except InputError as error:
            problems += error.problems
    if problems:
        stop(problems)
    waivers: tuple[Any, ...] = ()
    if options.waivers:
        from validator.cli.waiver_files import waiver_files  # noqa: PLC0415 - only where there are waivers

        waivers = waiver_files(options.waivers).waivers
    analyses = frozenset(options.only) or frozenset(ANALYSES)
    return Asked(analyses, stated=tuple(stated), waivers=waivers, known=tuple(known), today=options.today)


def _beside(folders: tuple[str, ...]) -> list[str]:
    """The files of known findings in the policy folders."""
    from validator.resources import named_policies  # noqa: PLC0415 - not for `--help`

    files = [named_policies(folder) / "prove-known.yaml" for folder in folders or ("builtin",)]
    return [file.as_posix() for file in files if file.is_file()]


def _bytes(file: str) -> bytes:
    """What is in a file. Raises `InputError` when it can't be read; no more is read than a file may hold."""
    path = Path(file)
    try:
        with path.open("rb") as stream:
            return stream.read(POLICY_LIMITS.file_bytes + 1)
    except FileNotFoundError:
        told = Text("нет такого файла", "there is no such file")
        help_ = Text("проверьте имя файла", "check the name of the file")
    except OSError:
        # Windows refuses a folder like a file without rights.
        told = Text("файл не читается", "the file can't be read")
        help_ = Text("проверьте права на файл", "check who may read it")
        if path.is_dir():
            told = Text("это папка, а нужен файл", "this is a folder, a file is wanted")
            help_ = Text("назовите файл в ней", "name a file in it")
    raise InputError([Problem("unreadable-file", told, help_, file=shown(file))])
