"""`sverka report --trend`: saved results of several dates compared."""

from __future__ import annotations

from contextlib import ExitStack
from functools import cache

from validator.cli.context import current_language, notice, shown, stop, usage_error
from validator.cli.outputs import FOR_PEOPLE, Output, parse_outputs, tell_ending, write_each, write_report
from validator.cli.result_outputs import written_binary
from validator.cli.saved_results import read_all, refuse_uncounted
from validator.journeys.results.merged import Named
from validator.journeys.results.trend import in_order, trend_of
from validator.logic.problem import InputError
from validator.logic.text import Text
from validator.logic.trend import Trend

FORMATS = ("text", "markdown", "json", "html", "xlsx")
ENDINGS = {0: Text("даты сравнены", "the dates are compared")}


def run_trend(saved: tuple[str, ...], outputs: tuple[str, ...]) -> int:
    """Compare the dates, write every output, answer with 0. Leaves with 2 for what can't be compared."""
    targets = parse_outputs(outputs, saved, FORMATS)
    if len(saved) < 2:
        usage_error("для --trend нужно не меньше двух дат", "--trend needs two dates at least")
    with ExitStack() as stack:
        parts = read_all(saved, stack)
        refuse_uncounted(parts)
        try:
            dates = in_order(parts)
            trend = cache(lambda: trend_of(dates))
            write_each(targets, lambda output: _write(dates, trend(), output))
        except InputError as error:
            stop(error.problems)
    tell_ending(targets, 0, ENDINGS)
    return 0


def _write(dates: list[Named], trend: Trend, output: Output) -> None:
    if output.format not in FOR_PEOPLE:
        write_report(trend, output, "trend.")
        return
    if output.format == "xlsx":
        from validator.render.trend.xlsx import write  # noqa: PLC0415 - needs an extra

        assert output.file is not None
        with written_binary(output.file) as stream:
            told = write(trend, stream, current_language())
        for text in told:
            notice(text)
    else:
        _write_page(dates, output)
        if output.file is None:
            return
    name = shown(output.file)
    notice(Text(f"записан {output.format}: {name}", f"written {output.format}: {name}"))


def _write_page(dates: list[Named], output: Output) -> None:
    from validator.cli.result_outputs import write_text  # noqa: PLC0415
    from validator.render.html import render  # noqa: PLC0415 - needs an extra

    results = [one.results for one in dates]
    write_text(render(results[-1], current_language(), trend=results), output)
