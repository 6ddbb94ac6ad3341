"""`sverka check`: snapshots to verdicts."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import click

from validator.cli.baseline_files import (
    baseline_in,
    baseline_of_options,
    baseline_options,
    check_baseline_target,
    with_baseline,
)
from validator.cli.batch_options import batch_of, batch_options
from validator.cli.context import kept_program, load_library, tell, usage_error
from validator.cli.documents import Intake, delivered
from validator.cli.gate_options import cut_down, endings, gate_of_options, gate_options
from validator.cli.options import as_of_option, language_option, paths_argument, policies_option, results_option
from validator.cli.outputs import ENDINGS, SHOWING_ALL, deliver, output_option, parse_outputs
from validator.cli.settings import configured
from validator.cli.waiver_files import told_of, waivers_option, waiving_of
from validator.journeys.assemble import assemble, exit_code
from validator.journeys.check import check
from validator.journeys.findings import WORTH_BYTES, Finder
from validator.logic.report import Report, Result
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.language.library import Library


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
    @gate_options
    @baseline_options
    @batch_options
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
        **options: object,
    ) -> int:
        """Check the documents, write the report, answer with the exit code."""
        batch, asked, listed = batch_of(options), gate_of_options(options), baseline_of_options(options)
        if batch.folder is not None:
            if outputs:
                usage_error(
                    "с --to результаты идут в папку, без -o", "with --to results go to the folder, without -o"
                )
            from validator.cli.batch import run_batch  # noqa: PLC0415 - only batches need the engine

            return run_batch(paths, batch, asked, listed, policies, waivers, as_of)
        targets = parse_outputs(outputs or configured("output"), paths)
        findings_only = results == "findings" or SHOWING_ALL.isdisjoint(target.format for target in targets)
        check_baseline_target(listed, paths, targets)
        library = cut_down(load_library(policies), asked)
        known = baseline_in(listed, library.policies)
        report = evaluate_by(library, paths, as_of, waivers, findings_only=findings_only)
        report = with_baseline(report, listed, known, library.policies, asked.gate)
        code = exit_code(report, asked.gate)
        told = endings(ENDINGS, asked, library.policies, code, report.get("baseline"))
        return deliver(report, targets, asked.code(code), endings=told)

    return command


def evaluate(
    paths: tuple[str, ...],
    policies: tuple[str, ...],
    law_date: date | None,
    waivers: tuple[str, ...] = (),
    *,
    findings_only: bool = False,
) -> Report:
    """The report of the documents that the paths lead to, violations that are waived turned into `waived`.

    With `findings_only` the results that are ok and undisputed are counted and not listed.
    """
    return evaluate_by(load_library(policies), paths, law_date, waivers, findings_only=findings_only)


def evaluate_by(
    library: Library,
    paths: tuple[str, ...],
    law_date: date | None,
    waivers: tuple[str, ...] = (),
    *,
    findings_only: bool = False,
) -> Report:
    """The same by policies that are loaded already."""
    waiving = waiving_of(waivers, library) if waivers else None
    intake = Intake(library)
    # A set that comes from the cache is used again and again, so its program is worth writing for any snapshot.
    worth_bytes = 0 if library.cached else WORTH_BYTES
    finder = Finder(library.policies, library.vocabulary, kept_program(library), worth_bytes)
    results: list[Result] = []
    fine: dict[str, Counter[str]] = {}
    for item in delivered(paths):
        snapshot = intake.admit(item)
        if snapshot is None:
            continue
        if findings_only:
            judged, fine[item.file] = finder.find(snapshot, law_date)
        else:
            judged = check(snapshot, library.policies, law_date)
        results.extend(judged if waiving is None else waiving.apply(snapshot, judged, law_date))
    results = intake.settle(results)
    warnings = [*library.warnings, *intake.warnings, *([] if waiving is None else told_of(waiving))]
    day = None if law_date is None else law_date.isoformat()
    # What a conflict took back is not counted either.
    total = sum((fine[row["file"]] for row in intake.rows if row["file"] in fine), Counter())
    return assemble(library.policies, day, intake.rows, results, intake.quarantined, warnings, fine=total)
