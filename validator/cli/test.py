"""`sverka test`: the embedded examples of policies, each of which must come out as it says."""

from __future__ import annotations

import click

from validator.cli.context import load_library, problem_lines, tell, usage_error
from validator.cli.options import language_option, policies_option
from validator.language.structure import nearest
from validator.logic.text import Text


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    text = Text("Выполнить примеры, встроенные в политики.", "Run the examples embedded in policies.")

    @click.command(name="test", help=tell(text))
    @click.argument("names", nargs=-1, metavar=tell(Text("[ПОЛИТИКА]…", "[POLICY]…")))
    @policies_option
    @language_option
    def command(names: tuple[str, ...], policies: tuple[str, ...]) -> int:
        return _run(names, policies)

    return command


def _run(names: tuple[str, ...], folders: tuple[str, ...]) -> int:
    """Run and tell; 0 when all came out as expected, else 1. Leaves with 2 when there is none to run."""
    from validator.journeys.examples import run_examples  # noqa: PLC0415 - only for this command

    library = load_library(folders)
    known = [*library.policies.norms, *library.policies.decisions]
    for name in names:
        if name not in known:
            usage_error(f"нет политики `{name}`", f"there is no policy `{name}`", nearest(name, known))
    results = run_examples(library, names or None)
    if not results:
        usage_error("не найдено ни одного примера", "no example was found")
    failed = [case for case in results if case.problems]
    for case in failed:
        click.echo(f"{case.policy}: {case.name}")
        for line in problem_lines(list(case.problems)):
            click.echo(f"    {line}")
    total, wrong = len(results), len(failed)
    click.echo(tell(Text(f"Примеров {total}, не сошлось {wrong}", f"Examples {total}, mismatches {wrong}")))
    return 1 if failed else 0
