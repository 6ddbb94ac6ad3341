"""`sverka check`: snapshots to verdicts."""

from __future__ import annotations

from datetime import date

import click

from validator.cli.context import load_library, tell
from validator.cli.documents import Intake, delivered
from validator.cli.options import as_of_option, language_option, paths_argument, policies_option, results_option
from validator.cli.outputs import deliver, output_option, parse_outputs
from validator.cli.settings import configured
from validator.cli.waiver_files import told_of, waivers_option, waiving_of
from validator.journeys.assemble import assemble, exit_code
from validator.journeys.check import check
from validator.logic.report import Report, Result
from validator.logic.text import Text


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    text = Text(
        "Проверить снимки организаций: файлы, папки, архивы или `-`; без путей — то, что названо в sverka.yaml.",
        "Check organization snapshots: files, folders, archives or `-`; without paths, what sverka.yaml names.",
    )

    @click.command(name="check", help=tell(text))
    @paths_argument
    @output_option
    @results_option
    @policies_option
    @waivers_option
    @as_of_option
    @language_option
    def command(
        paths: tuple[str, ...],
        outputs: tuple[str, ...],
        results: str,
        policies: tuple[str, ...],
        waivers: tuple[str, ...],
        as_of: date | None,
    ) -> int:
        """Check the documents, write the report, answer with the exit code."""
        targets = parse_outputs(outputs or configured("output"), paths)
        report = evaluate(paths, policies, as_of, waivers)
        code = exit_code(report)
        if results == "findings":
            report["results"] = [r for r in report["results"] if r["verdict"] != "ok" or r["disputed"]]
        return deliver(report, targets, code)

    return command


def evaluate(
    paths: tuple[str, ...], policies: tuple[str, ...], law_date: date | None, waivers: tuple[str, ...] = ()
) -> Report:
    """The report of the documents that the paths lead to, violations that are waived turned into `waived`."""
    library = load_library(policies)
    waiving = waiving_of(waivers, library) if waivers else None
    intake = Intake(library)
    results: list[Result] = []
    for item in delivered(paths):
        snapshot = intake.admit(item)
        if snapshot is not None:
            judged = check(snapshot, library.policies, law_date)
            results.extend(judged if waiving is None else waiving.apply(snapshot, judged, law_date))
    results = intake.settle(results)
    warnings = [*library.warnings, *intake.warnings, *([] if waiving is None else told_of(waiving))]
    day = None if law_date is None else law_date.isoformat()
    return assemble(library.policies, day, intake.rows, results, intake.quarantined, warnings)
