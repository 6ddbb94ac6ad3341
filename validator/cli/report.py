"""`sverka report`: saved results shown in any format, or compared by date, without policies and snapshots."""

from __future__ import annotations

from contextlib import ExitStack
from functools import cache, partial
from typing import TYPE_CHECKING

import click

from validator.cli.context import stop, tell, usage_error
from validator.cli.options import language_option
from validator.cli.outputs import (
    FOR_PEOPLE,
    REPORT_FORMATS,
    Output,
    output_option,
    parse_outputs,
    tell_ending,
    write_each,
    write_report,
)
from validator.cli.result_outputs import PageOf, Split, split_of, split_option, write_pages, write_results
from validator.logic.problem import InputError, Problem
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.journeys.results.merged import Named
    from validator.journeys.results.whole import WholeResults
    from validator.logic.report import Report

ENDINGS = {0: Text("сохранённые результаты показаны", "the saved results are shown")}


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    text = Text(
        "Показать сохранённые результаты: отчёт (`check -o json=ФАЙЛ`), папку пакетной проверки (`check --to`) или"
        " `-`. Ни политик, ни снимков не нужно, порог не применяется: код выхода 0, если показано. Несколько"
        " названных — части одной проверки, если организации в них разные.",
        "Show saved results: a report (`check -o json=FILE`), the folder of a batch (`check --to`) or `-`. No"
        " policy and no snapshot is needed, no gate applies: the exit code is 0 once they are shown. Several"
        " of them are the parts of one run, when their organizations differ.",
    )
    trend = Text(
        "сравнить по датам: каждый названный — одна дата (text, markdown, json, html, xlsx)",
        "compare dates: each one named is a date (text, markdown, json, html, xlsx)",
    )
    metavar = tell(Text("СОХРАНЁННОЕ…", "SAVED…"))

    @click.command(name="report", help=tell(text))
    @click.argument("saved", nargs=-1, required=True, metavar=metavar)
    @partial(output_option, formats=REPORT_FORMATS)
    @split_option
    @click.option("--trend", is_flag=True, help=tell(trend))
    @language_option
    def command(saved: tuple[str, ...], outputs: tuple[str, ...], split_by: str | None, trend: bool) -> int:
        """Read the results, write every output, answer with 0."""
        if trend:
            from validator.cli.trend import run_trend  # noqa: PLC0415 - only where dates are compared

            if split_by is not None:
                usage_error("--split-by не сочетается с --trend", "--split-by does not go with --trend")
            return run_trend(saved, outputs)
        targets = parse_outputs(outputs, saved, REPORT_FORMATS)
        return _show(saved, targets, split_of(split_by, targets))

    return command


def _show(saved: tuple[str, ...], targets: list[Output], split: Split | None) -> int:
    from validator.cli.saved_results import read_all, refuse_uncounted  # noqa: PLC0415 - slow to load
    from validator.journeys.results.whole import report_of  # noqa: PLC0415

    with ExitStack() as stack:
        parts = read_all(saved, stack)
        if len(parts) > 1 or not FOR_PEOPLE.isdisjoint(target.format for target in targets):
            refuse_uncounted(parts)
        results = _together(parts)

        @cache
        def report() -> Report:
            return report_of(results)

        @cache
        def pages() -> PageOf | None:
            return None if split is None else write_pages(results, split)

        def write(output: Output) -> None:
            if output.format in FOR_PEOPLE:
                write_results(results, output, pages() if output.format == "html" else None)
            else:
                write_report(report(), output)

        try:
            write_each(targets, write)
        except InputError as error:
            stop(error.problems)
    tell_ending(targets, 0, ENDINGS)
    return 0


def _together(parts: list[Named]) -> WholeResults:
    """The results as those of one run. Leaves with 2 when they are not."""
    from validator.journeys.results.merged import merged  # noqa: PLC0415 - slow to load

    if len(parts) == 1:
        return parts[0].results
    try:
        found = merged(parts)
        _ = found.table  # made now: what is impossible shows there
    except InputError as error:
        stop(error.problems)
    except ValueError:
        message = Text("выводы частей не сходятся с политиками", "the results of the parts do not fit the policies")
        help_ = Text("сохраните результаты заново", "save the results anew")
        stop([Problem("saved-report", message, help_, file=parts[0].name)])
    return found
