"""`sverka impact`: whose verdicts a change of policies flips, in which direction, and why."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import click
from click.core import ParameterSource

from validator.cli.context import tell, usage_error
from validator.cli.options import as_of_option, language_option
from validator.cli.outputs import deliver, output_option, parse_outputs
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.logic.impact import ImpactReport

FORMATS = ("text", "markdown", "json")
_ENDINGS = {
    0: Text("ни один вердикт не изменится", "no verdict flips"),
    1: Text("вердикты изменятся", "verdicts flip"),
    3: Text("сравнены не все документы", "not every document was compared"),
}
_ONLY_REPORTED = Text(
    "вердикты изменятся; по `--exit-zero` это только сообщено", "verdicts flip; with `--exit-zero` only reported"
)


class _Command(click.Command):
    """A command whose option `--on` takes all the paths that follow it, as shells expand patterns."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, spread(args, "--on"))


def spread(arguments: list[str], option: str) -> list[str]:
    """The arguments with the option written before each word that follows it, up to the next option."""
    found: list[str] = []
    inside = False
    for index, argument in enumerate(arguments):
        if argument == "--":
            return found + arguments[index:]
        if argument == option:
            inside = True
            if index + 1 < len(arguments):  # else click says that its value is missing
                continue
        elif argument.startswith("-") and argument != "-":
            inside = False
        elif inside:
            found.append(option)
        found.append(argument)
    return found


class Asked(NamedTuple):
    """What the command line asks for."""

    sides: tuple[str, ...]
    base: str | None
    on: tuple[str, ...]
    policies: tuple[str, ...]
    as_of: date | None
    as_of_named: bool  # on the command line, and not in a settings file, which is about other commands too
    reasons: bool


ABOUT = Text(
    "Показать, чьи вердикты изменит правка политик, в какую сторону и почему. Сравниваются ревизия git и рабочая "
    "папка (`--base`) либо СТАРАЯ и НОВАЯ: папки с политиками, `builtin` или отчёты, сохранённые "
    "`sverka check -o json`.",
    "Show whose verdicts a change of policies flips, which way and why. The sides are a git revision and the "
    "working folder (`--base`), or OLD and NEW: policy folders, `builtin`, or reports saved by "
    "`sverka check -o json`.",
)
BASE = Text("сравнить с этой ревизией git", "compare with this git revision")
ON = Text("снимки: файлы, папки или `-`; можно несколько подряд", "snapshots: files, folders or `-`; several")
POLICIES = Text(
    "папка с политиками; можно повторять. С `--base` — то, что сравнивают; с двумя папками — общая часть обеих",
    "a policy folder; repeatable. With `--base`, what is compared; with two folders, what both build on",
)
REASONS = Text(
    "показать и вердикты, у которых меняется лишь причина", "show verdicts that change in reason alone too"
)
EXIT_ZERO = Text("изменения вердиктов не дают кода 1", "flips do not give exit code 1")


def build() -> click.Command:
    """The command, its texts in the language of the run."""

    @click.command(name="impact", cls=_Command, help=tell(ABOUT))
    @click.argument("sides", nargs=-1, metavar=tell(Text("[СТАРАЯ НОВАЯ]", "[OLD NEW]")))
    @click.option("--base", metavar=tell(Text("РЕВИЗИЯ", "REV")), help=tell(BASE))
    @click.option("--on", multiple=True, metavar=tell(Text("ПУТИ…", "PATHS…")), help=tell(ON))
    @partial(output_option, formats=FORMATS)
    @click.option("--policies", multiple=True, metavar=tell(Text("ПАПКА", "FOLDER")), help=tell(POLICIES))
    @click.option("--reasons", is_flag=True, help=tell(REASONS))
    @click.option("--exit-zero", is_flag=True, help=tell(EXIT_ZERO))
    @as_of_option
    @language_option
    @click.pass_context
    def command(
        context: click.Context,
        sides: tuple[str, ...],
        base: str | None,
        on: tuple[str, ...],
        outputs: tuple[str, ...],
        policies: tuple[str, ...],
        reasons: bool,
        exit_zero: bool,
        as_of: date | None,
    ) -> int:
        """Compare, write the report, answer with the exit code."""
        from validator.cli.impact_run import compare  # noqa: PLC0415 - not for `--help`

        _check_sides(sides, base)
        targets = parse_outputs(outputs, (*on, *sides), FORMATS)
        named = context.get_parameter_source("as_of") is ParameterSource.COMMANDLINE
        report = compare(Asked(sides, base, on, policies, as_of, named, reasons))
        code = exit_code(report, exit_zero=exit_zero)
        endings = {**_ENDINGS, 0: _ONLY_REPORTED} if flips(report) else _ENDINGS
        return deliver(report, targets, code, family="impact.", endings=endings)

    return command


def _check_sides(sides: tuple[str, ...], base: str | None) -> None:
    """Leaves with 2 unless exactly one way to name the two sides was used."""
    help_ = Text(
        "`sverka impact --base РЕВИЗИЯ --on СНИМКИ` или `sverka impact СТАРАЯ НОВАЯ --on СНИМКИ`",
        "`sverka impact --base REV --on SNAPSHOTS` or `sverka impact OLD NEW --on SNAPSHOTS`",
    )
    if base is not None and sides:
        usage_error(
            "нужно одно из двух: `--base` или СТАРАЯ и НОВАЯ",
            "one of the two is wanted: `--base`, or OLD and NEW",
            help_,
        )
    if base is None and len(sides) != 2:
        usage_error(
            f"не названо, что сравнивать: сторон {len(sides)}, а нужно две (они пишутся до `--on`)",
            f"what to compare is not named: {len(sides)} given, two are wanted (written before `--on`)",
            help_,
        )


def flips(report: ImpactReport) -> bool:
    """Whether any verdict flips."""
    return bool(report["flips"])


def exit_code(report: ImpactReport, *, exit_zero: bool = False) -> int:
    """1 when a verdict flips (and that is to count), else 3 when a document could not be compared, else 0."""
    if flips(report) and not exit_zero:
        return 1
    return 3 if report["inputs"]["quarantined"] or report["inputs"]["left_out"] else 0
